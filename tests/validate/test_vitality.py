"""What SHACL passes over in silence is said: shapes that look at nothing, or that nobody could understand."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.build import assemble
from ccin_graph.errors import ShapesError
from ccin_graph.findings import Finding, Severity
from ccin_graph.store import EmbeddedStore
from ccin_graph.store.rdflib_graph import to_rdflib
from ccin_graph.validate import check
from ccin_graph.validate.shacl import Engine, read_shapes, shapes_of_shapes, validate_graphs
from ccin_graph.validate.vitality import ADVANCED, REPORTS, TERMS, shapes_alive, unknown_terms
from ccin_graph.vocabulary import PREFIXES, SH

if TYPE_CHECKING:
    from ccin_graph.build import Dataset
    from ccin_graph.tree import Tree
    from tests.conftest import Project

ROOT = Path(__file__).parents[2]
SUITE = Path(os.environ.get("CCIN_SHARED") or ROOT.parent / "shared") / "w3c" / "shacl"

HEAD = """@prefix ccin: <https://w3id.org/ccin/def#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix schema: <https://schema.org/> .
@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix shape: <https://w3id.org/ccin/shapes#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .

"""
SAID = (
    'sh:message "Mend it."@en ; sh:severity sh:Violation ; rdfs:seeAlso <https://w3id.org/ccin/docs/curation#figures>'
)


def alive(project: Project, store: EmbeddedStore, text: str) -> list[Finding]:
    """Return what is said of one more file of shapes."""
    project.write("shapes/more.ttl", HEAD + text)
    found = shapes_alive(project.tree.shapes, store, project.tree.ontology)
    return [finding for finding in found if finding.location.file == "shapes/more.ttl"]


def property_shape(rest: str) -> str:
    return f"shape:more a sh:NodeShape ; sh:targetClass ccin:Figure ;\n  sh:property [\n    {rest} ;\n    {SAID} ] .\n"


def test_our_shapes_are_alive(checkout: Tree) -> None:
    found = list(shapes_alive(checkout.shapes, assemble(checkout).store, checkout.ontology))
    assert [str(finding) for finding in found if finding.to_mend] == []


def test_what_is_said_is_part_of_a_check(project: Project, dataset: Dataset) -> None:
    line = project.edit("shapes/figure.ttl", "sh:minLength 3", "sh:minLenght 3")
    (found,) = (one for one in check(dataset, project.tree) if one.rule == "shape-unknown-term")
    assert (found.location.file, found.location.line) == ("shapes/figure.ttl", line)
    assert found.location.column > 1
    assert found.to_mend
    assert str(found) == (
        f"shapes/figure.ttl:{line}: figure-measure: SHACL has no 'sh:minLenght'; did you mean 'minLength'? "
        "(shape-unknown-term)"
    )


VIOLATIONS = {
    "an unknown term as a property": (
        property_shape("sh:path ccin:measure ; sh:mincount 1"),
        "shape-unknown-term",
        "'sh:mincount'; did you mean 'minCount'?",
        "sh:mincount",
    ),
    "an unknown term as a value": (
        property_shape("sh:path ccin:measure ; sh:nodeKind sh:Litteral"),
        "shape-unknown-term",
        "'sh:Litteral'; did you mean 'Literal'?",
        "sh:Litteral",
    ),
    "an unknown term as a target": (
        f"shape:more a sh:NodeShape ; sh:targetclass ccin:Figure ; sh:minCount 1 ; {SAID} .",
        "shape-unknown-term",
        "'sh:targetclass'",
        "sh:targetclass",
    ),
    "a term that is not followed": (
        property_shape("sh:path ccin:measure ; sh:expression [ sh:path ccin:measure ]"),
        "shape-unknown-term",
        "Advanced Features",
        "sh:expression",
    ),
    "a class that is not in the ontology": (
        f"shape:more a sh:NodeShape ; sh:targetClass ccin:Fugure ;\n sh:nodeKind sh:IRI ; {SAID} .",
        "shape-unknown-name",
        "no class 'ccin:Fugure'; did you mean 'ccin:Figure'?",
        "ccin:Fugure",
    ),
    "a class of values that is not in the ontology": (
        property_shape("sh:path ccin:about ; sh:class ccin:Projekt"),
        "shape-unknown-name",
        "did you mean 'ccin:Project'?",
        "ccin:Projekt",
    ),
    "a property that is not in the ontology": (
        property_shape("sh:path ccin:mesure ; sh:minCount 1"),
        "shape-unknown-name",
        "no property 'ccin:mesure'; did you mean 'ccin:measure'?",
        "ccin:mesure",
    ),
    "a property inside a path": (
        property_shape("sh:path ( ccin:about [ sh:inversePath [ sh:zeroOrMorePath ccin:prt ] ] ) ; sh:minCount 1"),
        "shape-unknown-name",
        "no property 'ccin:prt'",
        "ccin:prt",
    ),
    "a property that another is compared with": (
        property_shape("sh:path schema:minValue ; sh:lessThan schema:maximumValue"),
        "shape-unknown-name",
        "neither the ontology nor the data know the property 'schema:maximumValue'",
        "schema:maximumValue",
    ),
    "a class where a property is wanted": (
        property_shape("sh:path ccin:Figure ; sh:maxCount 9"),
        "shape-unknown-name",
        "the ontology has ccin:Figure, but not as a property",
        "ccin:Figure ;",
    ),
    "a class of another vocabulary": (
        f"shape:more a sh:NodeShape ; sh:targetClass org:Organisation ;\n sh:nodeKind sh:IRI ; {SAID} .",
        "shape-unknown-name",
        "neither the ontology nor the data know the class 'org:Organisation'; did you mean 'org:Organization'?",
        "org:Organisation",
    ),
    "a concept that is none": (
        property_shape("sh:path ccin:status ; sh:in ( <https://w3id.org/ccin/id/status/acutal> )"),
        "shape-unknown-name",
        "status/acutal",
        "<https://w3id.org/ccin/id/status/acutal>",
    ),
    "no message": (
        property_shape("sh:path ccin:measure ; sh:minCount 1").replace('sh:message "Mend it."@en ;', ""),
        "shape-without-message",
        "more: no message; add sh:message: in plain words, what to do (of ccin:measure)",
        "shape:more a",
    ),
    "no severity": (
        property_shape("sh:path ccin:measure ; sh:minCount 1").replace("sh:severity sh:Violation ;", ""),
        "shape-without-severity",
        "no severity",
        "shape:more a",
    ),
    "no reference": (
        property_shape("sh:path ccin:measure ; sh:minCount 1").replace(" ; rdfs:seeAlso", " ; rdfs:isDefinedBy"),
        "shape-without-reference",
        "no reference",
        "shape:more a",
    ),
    "a node shape without a message": (
        "shape:more a sh:NodeShape ; sh:targetClass ccin:Figure ; sh:nodeKind sh:IRI ; sh:severity sh:Warning ; "
        "rdfs:seeAlso <https://w3id.org/ccin/docs/curation#figures> .",
        "shape-without-message",
        "more: no message",
        "shape:more a",
    ),
    "a shape that nothing leads to": (
        f"shape:more a sh:PropertyShape ; sh:path ccin:measure ; sh:minCount 1 ; {SAID} .",
        "shape-unreached",
        "nothing leads to it",
        "shape:more a",
    ),
    "a shape that asks for nothing": (
        property_shape("sh:path ccin:measure"),
        "shape-without-constraint",
        "it asks for nothing",
        "shape:more a",
    ),
}


@pytest.mark.parametrize("name", VIOLATIONS)
def test_what_would_pass_in_silence_is_a_violation(name: str, project: Project, store: EmbeddedStore) -> None:
    text, rule, said, word = VIOLATIONS[name]
    (found,) = alive(project, store, text)
    assert found.rule == rule
    assert found.severity is Severity.VIOLATION
    assert said in found.message
    assert found.location.file == "shapes/more.ttl"
    lines = (HEAD + text).splitlines()
    assert word in lines[found.location.line - 1]


@pytest.mark.parametrize(
    "text",
    [
        property_shape("sh:path ccin:measure ; sh:minCount 1"),
        property_shape("sh:path [ sh:alternativePath ( schema:value schema:minValue ) ] ; sh:minCount 1"),
        property_shape("sh:path ccin:about ; sh:or ( [ sh:class ccin:Project ] [ sh:class org:Organization ] )"),
        property_shape("sh:path ccin:about ; sh:node [ sh:property [ sh:path skos:prefLabel ; sh:minCount 1 ] ]"),
        property_shape("sh:path ccin:about ; sh:qualifiedMinCount 1 ; sh:qualifiedValueShape [ sh:nodeKind sh:IRI ]"),
        property_shape("sh:path ccin:status ; sh:in ( <https://w3id.org/ccin/id/status/actual> )"),
        f'shape:more sh:targetClass ccin:Figure ; sh:sparql [ sh:select "SELECT $this {{}}" ] ; {SAID} .',
        f"shape:more sh:targetObjectsOf ccin:about ; sh:node shape:else ; {SAID} .\n"
        "shape:else a sh:NodeShape ; sh:nodeKind sh:IRI .",
        f"shape:more sh:targetNode <https://w3id.org/ccin/id/role/lead> ; sh:nodeKind sh:IRI ; {SAID} .",
        "shape:more a sh:NodeShape ; sh:targetClass ccin:Figure ; sh:deactivated true .",
    ],
)
def test_a_shape_that_is_alive_is_left_alone(text: str, project: Project, store: EmbeddedStore) -> None:
    assert [str(finding) for finding in alive(project, store, text)] == []


def test_what_the_data_do_not_use_is_information(project: Project) -> None:
    found = alive(
        project,
        EmbeddedStore(),
        f"shape:more sh:targetClass ccin:Figure ; sh:property [ sh:path ccin:measure ; sh:minCount 1 ; {SAID} ] .\n"
        f"shape:other sh:targetSubjectsOf ccin:measure ; sh:nodeKind sh:IRI ; {SAID} .",
    )
    said = {(one.rule, one.message) for one in found}
    assert said == {
        ("shape-unused-target", "more: nothing in the data is a ccin:Figure, so it looks at nothing"),
        ("shape-unused-path", "more: no data use ccin:measure, so what it asks of that is not tried"),
        ("shape-unused-target", "other: no data use ccin:measure, so it looks at nothing"),
    }
    assert {one.severity for one in found} == {Severity.INFORMATION}


def test_a_class_is_used_where_a_narrower_one_is(project: Project, store: EmbeddedStore) -> None:
    wide = PREFIXES["m8g"] + "PublicOrganisation"
    assert not store.ask(f"ASK {{ ?body a <{wide}> }}")
    text = f"shape:more a sh:NodeShape ; sh:targetClass <{wide}> ; sh:nodeKind sh:IRI ; {SAID} ."
    assert [str(finding) for finding in alive(project, store, text)] == []


def test_shapes_that_are_not_turtle_are_an_error(project: Project, store: EmbeddedStore) -> None:
    with pytest.raises(ShapesError, match=r"shapes/more\.ttl:10"):
        alive(project, store, "shape:more a")


def test_unknown_terms_are_found_in_the_shapes_of_others() -> None:
    text = "PREFIX sh: <http://www.w3.org/ns/shacl#>\n<x:s> sh:targetClas <x:c> ."
    (found,) = unknown_terms([("theirs.ttl", text, ox.parse(text.encode(), ox.RdfFormat.TURTLE))])
    assert (found.location.file, found.location.line) == ("theirs.ttl", 2)
    assert "did you mean 'targetClass'?" in found.message


def test_the_words_are_those_of_the_vocabulary() -> None:
    vocabulary = pytest.importorskip("pyshacl").__path__[0] + "/assets/shacl.ttl"
    quads = ox.parse(path=vocabulary, format=ox.RdfFormat.TURTLE)
    terms = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    names = {term.removeprefix(SH) for term in terms if term.startswith(SH) and "-" not in term.removeprefix(SH)}
    shape_words = {name for name in names if name and "ConstraintComponent" not in name}
    assert shape_words - TERMS - ADVANCED - REPORTS == set()
    assert TERMS - names - {"ConstraintComponent"} == set()
    assert ADVANCED - names <= {"values"}
    assert set() == TERMS & ADVANCED


# Meta-SHACL: the shapes of shapes


def quads_of(folder: Path) -> list[ox.Quad]:
    return [
        quad
        for path in sorted(folder.glob("*.ttl"))
        for quad in ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    ]


@pytest.mark.parametrize("engine", Engine, ids=lambda engine: engine.value)
def test_our_shapes_meet_the_shapes_of_shapes(engine: Engine, checkout: Tree) -> None:
    meta = shapes_of_shapes()
    assert meta is not None
    assert list(validate_graphs(quads_of(checkout.shapes), meta, engine)) == []


@pytest.mark.skipif(not SUITE.is_dir(), reason=f"no SHACL test suite at {SUITE}; CCIN_SHARED names it")
@pytest.mark.parametrize("engine", Engine, ids=lambda engine: engine.value)
def test_our_shapes_meet_those_of_the_test_suite(engine: Engine, checkout: Tree) -> None:
    path = SUITE / "core" / "complex" / "shacl-shacl-data-shapes.ttl"
    meta = to_rdflib(ox.parse(path=path, format=ox.RdfFormat.TURTLE, base_iri=path.as_uri()))
    assert list(validate_graphs(quads_of(checkout.shapes), meta, engine)) == []


def test_our_shapes_pass_the_meta_check_of_the_reference(checkout: Tree) -> None:
    import pyshacl
    import rdflib

    conforms, _, _ = pyshacl.validate(rdflib.Graph(), shacl_graph=read_shapes(checkout.shapes), meta_shacl=True)
    assert conforms


@pytest.mark.parametrize("engine", Engine, ids=lambda engine: engine.value)
def test_the_shapes_of_shapes_see_a_shape_that_is_none(engine: Engine, project: Project) -> None:
    meta = shapes_of_shapes()
    assert meta is not None
    project.edit("shapes/figure.ttl", "sh:minLength 3", 'sh:minLength "three"')
    (found,) = {str(one.value) for one in validate_graphs(quads_of(project.tree.shapes), meta, engine)}
    assert found == "three"
