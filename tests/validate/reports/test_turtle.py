"""A report as a ``sh:ValidationReport``, compared with the one that pySHACL writes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyshacl
import pytest
import rdflib
from rdflib import SH

from ccin_graph.findings import Finding
from ccin_graph.store.rdflib_graph import to_rdflib
from ccin_graph.tree import Tree
from ccin_graph.validate.quality import DATASET
from ccin_graph.validate.reports import make_report, render
from ccin_graph.validate.reports.as_turtle import to_turtle
from ccin_graph.validate.shacl import path_text, read_shapes

if TYPE_CHECKING:
    from pathlib import Path

    from tests.validate.reports.conftest import Checked

SHAPES = "https://w3id.org/ccin/shapes#"


@pytest.fixture(scope="module")
def graph(faulty: Checked) -> rdflib.Graph:
    return rdflib.Graph().parse(data=render(faulty.report, "turtle", faulty.dataset.store), format="turtle")


def told(graph: rdflib.Graph) -> set[tuple[Any, ...]]:
    terms = (
        SH.focusNode, SH.resultPath, SH.value, SH.resultSeverity, SH.sourceShape, SH.sourceConstraintComponent,
        SH.resultMessage,
    )  # fmt: skip
    shaped = graph.subjects(SH.sourceShape, None)
    return {tuple(graph.value(result, term) for term in terms) for result in shaped}


def test_the_results_of_shapes_are_those_of_the_reference(graph: rdflib.Graph, faulty: Checked) -> None:
    shapes = read_shapes(faulty.project.tree.shapes)
    data = to_rdflib(faulty.dataset.store.quads())
    _, reference, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, do_owl_imports=False)
    assert isinstance(reference, rdflib.Graph)
    assert told(graph) == told(reference)
    assert len(told(graph)) >= 4


def test_a_report_has_what_shacl_demands(graph: rdflib.Graph, faulty: Checked) -> None:
    (report,) = graph.subjects(rdflib.RDF.type, SH.ValidationReport)
    assert list(graph.objects(report, SH.conforms)) == [rdflib.Literal(False)]
    results = set(graph.objects(report, SH.result))
    assert results == set(graph.subjects(rdflib.RDF.type, SH.ValidationResult))
    assert len(results) == len(faulty.report.entries)
    for result in results:
        assert isinstance(result, rdflib.URIRef)
        for term in (SH.focusNode, SH.resultSeverity, SH.sourceConstraintComponent):
            assert len(list(graph.objects(result, term))) == 1
        for term in (SH.resultPath, SH.value, SH.sourceShape, SH.sourceConstraint):
            assert len(list(graph.objects(result, term))) <= 1


def test_a_rule_between_records_is_a_sparql_constraint(graph: rdflib.Graph) -> None:
    rule = rdflib.URIRef("https://w3id.org/ccin/rules#unused-organisation")
    results = list(graph.subjects(SH.sourceConstraint, rule))
    assert len(results) == 2
    assert {graph.value(result, SH.sourceConstraintComponent) for result in results} == {SH.SPARQLConstraintComponent}
    assert graph.value(rule, rdflib.SKOS.definition) is not None


def test_other_rules_are_components_of_their_own(graph: rdflib.Graph) -> None:
    rule = rdflib.URIRef("https://w3id.org/ccin/rules#name-not-in-passage")
    (result,) = graph.subjects(SH.sourceConstraintComponent, rule)
    notes = set(map(str, graph.objects(result, rdflib.SKOS.note)))
    assert notes == {"data/case-studies/tide-2021/harbour-lights.yaml:15:3"}
    passage = graph.value(result, rdflib.PROV.wasDerivedFrom)
    assert str(passage).endswith("/publication/tide-2021/text#line=16,17")


def test_values_are_terms_of_the_data(graph: rdflib.Graph) -> None:
    (result,) = graph.subjects(SH.sourceShape, rdflib.URIRef(SHAPES + "figure-minimum"))
    value = graph.value(result, SH.value)
    assert isinstance(value, rdflib.Literal)
    assert value.datatype == rdflib.XSD.decimal


def test_without_findings_the_data_conform(faulty: Checked) -> None:
    graph = rdflib.Graph().parse(data=to_turtle(make_report([], faulty.project.tree)), format="turtle")
    assert (None, SH.conforms, rdflib.Literal(True)) in graph
    assert (None, SH.result, None) not in graph


def test_a_path_of_more_than_a_property_is_written_out(faulty: Checked, tmp_path: Path) -> None:
    root = tmp_path / "shapes"
    root.mkdir()
    (root / "x.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix shape: <https://w3id.org/ccin/shapes#> .
        @prefix e: <http://e.org/> .
        shape:deep sh:path ( [ sh:inversePath e:a ] [ sh:alternativePath ( e:b [ sh:zeroOrMorePath e:c ] ) ] ) ;
          sh:message "m"@en .""",
        "utf-8",
    )
    for folder in ("queries", "ontology"):
        (tmp_path / folder).symlink_to(faulty.project.root / folder)
    findings = [
        Finding("deep", "m", subject=f"http://e.org/{n}", component=str(SH.MinCountConstraintComponent)) for n in "12"
    ]
    text = to_turtle(make_report(findings, Tree(tmp_path)))
    graph = rdflib.Graph().parse(data=text, format="turtle")
    paths = list(graph.objects(None, SH.resultPath))
    assert len(paths) == 2
    wanted = "^<http://e.org/a>/(<http://e.org/b>|(<http://e.org/c>*))"
    assert {path_text(graph, path).replace("(^<http://e.org/a>)", "^<http://e.org/a>") for path in paths} == {wanted}


def test_what_has_no_subject_is_about_the_dataset(faulty: Checked) -> None:
    text = to_turtle(make_report([Finding("r", "\x00 \ud800", value="\x01")], faulty.project.tree))
    graph = rdflib.Graph().parse(data=text, format="turtle")
    assert (None, SH.focusNode, rdflib.URIRef(DATASET)) in graph


def test_a_node_without_an_iri_stays_one(faulty: Checked) -> None:
    text = to_turtle(make_report([Finding("r", "m", subject="b 0")], faulty.project.tree))
    (focus,) = rdflib.Graph().parse(data=text, format="turtle").objects(None, SH.focusNode)
    assert isinstance(focus, rdflib.BNode)


def test_a_shape_about_a_node_without_an_iri_is_not_about_the_dataset(faulty: Checked) -> None:
    finding = Finding("r", "m", component=str(SH.MinCountConstraintComponent))
    text = to_turtle(make_report([finding], faulty.project.tree))
    (focus,) = rdflib.Graph().parse(data=text, format="turtle").objects(None, SH.focusNode)
    assert isinstance(focus, rdflib.BNode)
