"""The ontology and the concept schemes: every term says what it is, and nobody uses a term that is not there."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from ccin_graph.sparql import tokens
from ccin_graph.vocabulary import BASE, CCIN, OWL, PREFIXES, RDF, RDFS, SKOS

ROOT = Path(__file__).parents[1]
SCHEMES = sorted((ROOT / "ontology" / "concepts").glob("*.ttl"))
TURTLE = sorted((ROOT / "ontology").rglob("*.ttl"))

LABEL, DEFINITION, EXAMPLE = RDFS + "label", SKOS + "definition", SKOS + "example"

Said = dict[str, dict[str, list[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]]]


def read(path: Path) -> Said:
    """What a Turtle file says: objects by subject and property."""
    said: Said = defaultdict(lambda: defaultdict(list))
    for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
        assert isinstance(quad.subject, ox.NamedNode), f"{path.name}: a subject without an IRI"
        said[quad.subject.value][quad.predicate.value].append(quad.object)
    return said


ONTOLOGY = read(ROOT / "ontology" / "ccin.ttl")
TERMS = sorted(subject for subject in ONTOLOGY if subject.startswith(CCIN))


def types(said: dict[str, list[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]]) -> set[str]:
    return {kind.value for kind in said[RDF + "type"] if isinstance(kind, ox.NamedNode)}


def own_terms(text: str) -> set[str]:
    return {CCIN + name for name in re.findall(r"(?<![\w-])ccin:(\w+)", text)}


@pytest.mark.parametrize("term", TERMS)
def test_a_term_has_one_label_one_definition_and_an_example_in_english(term: str) -> None:
    said = ONTOLOGY[term]
    for name, most in ((LABEL, 1), (DEFINITION, 1), (EXAMPLE, 9)):
        texts = said[name]
        assert 1 <= len(texts) <= most, name
        assert all(isinstance(text, ox.Literal) and text.value.strip() for text in texts), name
    assert all(isinstance(text, ox.Literal) and text.language == "en" for text in [*said[LABEL], *said[DEFINITION]])


@pytest.mark.parametrize("term", TERMS)
def test_a_term_is_a_class_a_property_or_a_datatype_of_this_ontology(term: str) -> None:
    known = {OWL + name for name in ("Class", "ObjectProperty", "DatatypeProperty")} | {RDFS + "Datatype"}
    assert len(types(ONTOLOGY[term]) & known) == 1
    assert ONTOLOGY[term][RDFS + "isDefinedBy"] == [ox.NamedNode(CCIN.rstrip("#"))]


@pytest.mark.parametrize("term", [term for term in TERMS if OWL + "Class" in types(ONTOLOGY[term])])
def test_a_class_has_a_parent(term: str) -> None:
    assert ONTOLOGY[term][RDFS + "subClassOf"]


@pytest.mark.parametrize("term", TERMS)
def test_parents_domains_and_ranges_are_declared_or_standard(term: str) -> None:
    for name in ("subClassOf", "subPropertyOf", "domain", "range"):
        for other in ONTOLOGY[term][RDFS + name]:
            assert isinstance(other, ox.NamedNode)
            if other.value.startswith(CCIN):
                assert other.value in TERMS
            else:
                assert any(other.value.startswith(namespace) for namespace in PREFIXES.values()), other


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.stem)
def test_a_file_of_the_ontology_has_no_blank_node(path: Path) -> None:
    quads = list(ox.parse(path=path, format=ox.RdfFormat.TURTLE))
    assert quads
    assert not any(isinstance(term, ox.BlankNode) for quad in quads for term in (quad.subject, quad.object))


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_scheme_is_named_described_and_versioned(path: Path) -> None:
    schemes = {iri: said for iri, said in read(path).items() if SKOS + "ConceptScheme" in types(said)}
    assert schemes
    for iri, said in schemes.items():
        assert iri.startswith(BASE + "scheme/")
        assert len(said[SKOS + "prefLabel"]) == len(said[DEFINITION]) == len(said[OWL + "versionInfo"]) == 1


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_concept_is_in_a_scheme_with_a_label_of_its_own_and_a_definition(path: Path) -> None:
    said_of = read(path)
    schemes = {iri for iri, said in said_of.items() if SKOS + "ConceptScheme" in types(said)}
    concepts = {iri: said for iri, said in said_of.items() if SKOS + "Concept" in types(said)}
    assert concepts
    labels = set()
    for iri, said in concepts.items():
        assert re.fullmatch(rf"{re.escape(BASE)}[a-z-]+/([a-z0-9]+(-[a-z0-9]+)*|[A-Z]{{3}})", iri), iri
        assert len(said[SKOS + "prefLabel"]) == len(said[DEFINITION]) == 1, iri
        inside = {scheme.value for scheme in said[SKOS + "inScheme"] if isinstance(scheme, ox.NamedNode)}
        assert inside, iri
        assert inside <= schemes, iri
        labels.add((str(said[SKOS + "prefLabel"][0]), *sorted(inside)))
    assert len(labels) == len(concepts)


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_broader_concepts_are_there_and_never_circular(path: Path) -> None:
    said_of = read(path)
    broader = {
        iri: {other.value for other in said[SKOS + "broader"] if isinstance(other, ox.NamedNode)}
        for iri, said in said_of.items()
    }
    for iri in broader:
        above, further = set(broader[iri]), set(broader[iri])
        while further:
            further = set().union(*(broader.get(other, set()) for other in further)) - above
            above |= further
        assert iri not in above
        assert above <= set(said_of)


@pytest.mark.parametrize("path", SCHEMES, ids=lambda path: path.stem)
def test_a_top_concept_has_nothing_broader_and_every_other_has(path: Path) -> None:
    for iri, said in read(path).items():
        if SKOS + "Concept" in types(said):
            assert bool(said[SKOS + "topConceptOf"]) != bool(said[SKOS + "broader"]), iri


def test_every_role_says_whether_it_is_working_and_every_unit_its_kind_of_measure() -> None:
    for name, term in (("role", "working"), ("unit", "measureKind")):
        said_of = read(ROOT / "ontology" / "concepts" / f"{name}.ttl")
        concepts = [said for said in said_of.values() if SKOS + "Concept" in types(said)]
        assert all(len(said[CCIN + term]) == 1 for said in concepts), name


@pytest.mark.parametrize(
    "path", sorted((ROOT / "queries").glob("*/*.rq")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_query_uses_no_term_that_is_not_there(path: Path) -> None:
    text = "".join(token for kind, token in tokens(path.read_text("utf-8")) if kind not in ("comment", "string"))
    assert own_terms(text) <= set(TERMS)


@pytest.mark.parametrize("path", [*sorted((ROOT / "shapes").glob("*.ttl")), *SCHEMES], ids=lambda path: path.stem)
def test_a_shape_or_scheme_uses_no_term_that_is_not_there(path: Path) -> None:
    used = {
        term.value
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE)
        for term in (quad.subject, quad.predicate, quad.object)
        if isinstance(term, ox.NamedNode) and term.value.startswith(CCIN)
    }
    assert used <= set(TERMS)


@pytest.mark.parametrize(
    "path", sorted((ROOT / "queries").glob("*/*.rq")), ids=lambda path: f"{path.parent.name}-{path.stem}"
)
def test_a_query_names_no_concept_that_is_not_there(path: Path) -> None:
    concepts = {iri for scheme in SCHEMES for iri in read(scheme)}
    kinds = {iri.removeprefix(BASE).partition("/")[0] for iri in concepts}
    named = set(re.findall(rf"<({re.escape(BASE)}[a-z-]+/[A-Za-z0-9-]+)>", path.read_text("utf-8")))
    assert {iri for iri in named if iri.removeprefix(BASE).partition("/")[0] in kinds} <= concepts
