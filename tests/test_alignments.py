"""The alignments of the ontology: every own term looked at, every foreign term real, every mapping explained."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib

from ccin_graph.vocabulary import CCIN, OWL, RDF, RDFS, SCHEMA, SKOS

if TYPE_CHECKING:
    from ccin_graph.tree import Tree

VOCABULARIES = Path(__file__).parent / "fixtures" / "vocabularies"
NAMES = ("schema-org", "eurio", "vivo", "essglobal")
#: In schema.org, and not yet in rdflib's list of its terms.
YOUNGER = {SCHEMA + term for term in ("PoliticalParty", "funding", "measurementQualifier")}
MATCHES = {SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")}
PARENTS = {RDFS + "subClassOf", RDFS + "subPropertyOf"}
NOTE = SKOS + "editorialNote"


def triples(path: Path) -> list[ox.Triple]:
    return [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]


def value(term: object) -> str:
    return str(getattr(term, "value", ""))


@pytest.fixture(scope="module")
def ontology(checkout: Tree) -> list[ox.Triple]:
    return triples(checkout.ontology / "ccin.ttl")


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def said(name: str, checkout: Tree) -> list[ox.Triple]:
    """Return what one alignment says."""
    return triples(checkout.ontology / "alignments" / f"{name}.ttl")


def mappings(said: list[ox.Triple]) -> set[tuple[str, str, str]]:
    return {
        (value(one.subject), one.predicate.value, value(one.object))
        for one in said
        if one.predicate.value in MATCHES | PARENTS
    }


def own_terms(ontology: list[ox.Triple]) -> set[str]:
    return {value(one.subject) for one in ontology if value(one.subject).startswith(CCIN)}


def parents(term: str, ontology: list[ox.Triple]) -> set[str]:
    direct = {value(one.object) for one in ontology if value(one.subject) == term and one.predicate.value in PARENTS}
    return direct.union(*(parents(one, ontology) for one in direct if one.startswith(CCIN)))


def test_there_is_one_for_each_vocabulary(checkout: Tree) -> None:
    assert {path.stem for path in (checkout.ontology / "alignments").iterdir()} == set(NAMES)


def test_every_own_term_is_aligned_or_said_to_have_no_counterpart(
    name: str, said: list[ox.Triple], ontology: list[ox.Triple]
) -> None:
    aligned = {subject for subject, _, _ in mappings(said)}
    without = {value(one.subject) for one in said if one.predicate.value == NOTE}
    if name == "schema-org":
        of_schema = {one for one in own_terms(ontology) if any(up.startswith(SCHEMA) for up in parents(one, ontology))}
        aligned |= of_schema
        assert not without & of_schema
    terms = own_terms(ontology)
    assert terms <= aligned | without
    assert not aligned & without
    assert {one for one in aligned | without if one.startswith(CCIN)} == terms


def test_every_term_of_the_other_vocabulary_exists(name: str, said: list[ox.Triple]) -> None:
    targets = {target for _, _, target in mappings(said)}
    assert targets
    if name == "schema-org":
        assert {one for one in targets if rdflib.URIRef(one) not in rdflib.SDO} <= YOUNGER
    else:
        lines = (VOCABULARIES / f"{name}.txt").read_text("utf-8").splitlines()
        assert targets <= {line for line in lines if not line.startswith("#")}


def test_every_mapping_is_explained(said: list[ox.Triple]) -> None:
    axioms: dict[str, dict[str, str]] = {}
    for one in said:
        axioms.setdefault(value(one.subject), {})[one.predicate.value] = value(one.object)
    explained = {
        (axiom[OWL + "annotatedSource"], axiom[OWL + "annotatedProperty"], axiom[OWL + "annotatedTarget"])
        for axiom in axioms.values()
        if axiom.get(RDF + "type") == OWL + "Axiom" and axiom.get(RDFS + "comment", "").endswith(".")
    }
    assert explained == mappings(said)


def test_classes_are_aligned_with_classes_and_properties_with_properties(
    said: list[ox.Triple], ontology: list[ox.Triple]
) -> None:
    for subject, _, target in mappings(said):
        if subject.startswith(CCIN) and "/obo/" not in target:
            local = target.replace("#", "/").rpartition("/")[2]
            assert subject.removeprefix(CCIN)[0].isupper() is local[0].isupper(), (subject, target)
    del ontology


def test_what_a_sub_property_entails_agrees_with_the_domains(
    name: str, said: list[ox.Triple], ontology: list[ox.Triple]
) -> None:
    # schema:about and schema:mentions are said of creative works, of which a claim is one; the sections are articles.
    if name != "schema-org":
        return
    domains = {value(one.subject): value(one.object) for one in ontology if one.predicate.value == RDFS + "domain"}
    works = {SCHEMA + "Claim", SCHEMA + "Article", SCHEMA + "CreativeWork"}
    for subject, predicate, _ in mappings(said):
        if predicate == RDFS + "subPropertyOf" and subject != CCIN + "project":
            assert parents(domains[subject], ontology) & works, subject


def test_an_alignment_says_what_it_is(name: str, said: list[ox.Triple]) -> None:
    iri = f"{CCIN.removesuffix('#')}/alignments/{name}"
    types = {value(one.object) for one in said if value(one.subject) == iri and one.predicate.value == RDF + "type"}
    assert types == {OWL + "Ontology"}
    assert not any(isinstance(term, ox.BlankNode) for one in said for term in (one.subject, one.object))


def test_the_alignments_are_no_part_of_the_graph(checkout: Tree) -> None:
    assert not any(path.parent.name == "alignments" for path in checkout.ontology.glob("*.ttl"))
