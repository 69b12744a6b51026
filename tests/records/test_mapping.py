"""Expanded nodes to triples: the same that a JSON-LD processor reads in them."""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from ccin_graph.findings import Severity
from ccin_graph.records.expanded import Expanded
from ccin_graph.records.expansion import expand
from ccin_graph.records.forms import FOLDERS, KINDS, NESTED
from ccin_graph.records.loading import record_files
from ccin_graph.records.mapping import triples_of
from ccin_graph.records.reading import read_record
from ccin_graph.vocabulary import BASE, CCIN, PREFIXES, XSD

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ccin_graph.build import Dataset
    from ccin_graph.records.context import Context
    from ccin_graph.tree import Tree

#: A JSON-LD processor takes some 20 ms for a record, so of the real ones only a few of every type are compared.
OF_EACH_TYPE = 4

EDTF = PREFIXES["edtf"] + "EDTF"


def by_processor(nodes: list[dict[str, Any]], context: Context) -> set[ox.Triple]:
    """What pyoxigraph's JSON-LD parser makes of the nodes."""
    document = json.dumps({"@context": context.document["@context"], "@graph": nodes})
    return {quad.triple for quad in ox.parse(document, format=ox.RdfFormat.JSON_LD)}


def by_mapping(nodes: list[dict[str, Any]], context: Context) -> set[ox.Triple]:
    """What our own mapping makes of the nodes."""
    return {triple for node in nodes for triple in triples_of(node, context)}


def spread(tree: Tree, context: Context) -> list[dict[str, Any]]:
    """Return the nodes of a few records of every type, the longest and some that are evenly spread."""
    by_type: dict[str, list[Path]] = defaultdict(list)
    for path in record_files(tree):
        inside = path.relative_to(tree.data).as_posix()
        declared = path.read_text("utf-8").partition("\ntype: ")[2].partition("\n")[0]
        if path.suffix == ".yaml" and inside.partition("/")[0] in KINDS:
            by_type[declared].append(path)
    nodes = []
    for paths in by_type.values():
        chosen = {max(paths, key=lambda path: path.stat().st_size), *paths[:: len(paths) // (OF_EACH_TYPE - 1) + 1]}
        for path in sorted(chosen):
            nodes += nodes_of(path, tree, context)
    return nodes


def nodes_of(path: Path, tree: Tree, context: Context) -> list[dict[str, Any]]:
    """Return the nodes of a record, or none of a record that somebody is in the middle of editing."""
    parts = path.relative_to(tree.data).parts
    kind = KINDS[parts[0]]
    mapping, findings = read_record(path, path.name)
    if mapping is None or findings:
        return []
    result = expand(mapping, path.name, kind, f"{parts[1]}/{path.stem}" if kind == "case-study" else path.stem, context)
    sound = all(finding.severity is not Severity.VIOLATION for finding in result.findings)
    return result.document if sound else []


def test_the_invented_project_is_mapped_as_a_processor_does(dataset: Dataset, context: Context) -> None:
    nodes = dataset.corpus.expanded
    triples = by_mapping(nodes, context)
    assert len(triples) > 700
    assert triples == by_processor(nodes, context)


def test_a_spread_of_real_records_is_mapped_as_a_processor_does(checkout: Tree, context: Context) -> None:
    nodes = spread(checkout, context)
    kinds = {node["type"][0] for node in nodes}
    assert kinds & set(FOLDERS)
    assert by_mapping(nodes, context) == by_processor(nodes, context)


def test_the_invented_project_has_every_type_and_every_nested_key(dataset: Dataset) -> None:
    types = {node["type"][0] for node in dataset.corpus.expanded}
    assert set(FOLDERS) <= types
    used = {name for node in dataset.corpus.expanded for name in node}
    assert set(NESTED) <= used


def objects(result: Expanded, context: Context, term: str) -> set[ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple]:
    """Objects of a property."""
    return {t.object for node in result.document for t in triples_of(node, context) if t.predicate.value == term}


@pytest.mark.parametrize(
    ("text", "term", "wanted"),
    [
        ("name: no", "http://www.w3.org/2004/02/skos/core#prefLabel", ox.Literal("no", language="en")),
        ("name: {cy: Tŷ}", "http://www.w3.org/2004/02/skos/core#prefLabel", ox.Literal("Tŷ", language="cy")),
        ("website: https://example.org/a", "http://xmlns.com/foaf/0.1/homepage", ox.NamedNode("https://example.org/a")),
        ("identifier: 0777", "http://purl.org/dc/terms/identifier", ox.Literal("0777")),
        ("region: wales", CCIN + "region", ox.NamedNode(BASE + "region/wales")),
        ("places: Old Quay", "https://schema.org/location", ox.NamedNode(BASE + "place/old-quay")),
        ("at: t:3", "http://purl.org/dc/terms/source", ox.NamedNode(BASE + "publication/t/text#line=2,3")),
    ],
)
def test_the_term_that_a_value_becomes(
    expanded: Callable[..., Expanded], context: Context, text: str, term: str, wanted: ox.NamedNode | ox.Literal
) -> None:
    result = expanded(f"id: organisation/x\ntype: Council\n{text}\n", "organisation", "x")
    assert objects(result, context, term) == {wanted}


@pytest.mark.parametrize(
    ("date", "datatype"),
    [("2021-06-12", XSD + "date"), ("2021-06", EDTF), ("2021", EDTF), ("2020/2021", EDTF), ("2021-06-12~", EDTF)],
)
def test_a_day_is_typed_as_a_date_and_everything_else_as_edtf(
    expanded: Callable[..., Expanded], context: Context, date: str, datatype: str
) -> None:
    result = expanded(f"id: event/x\ntype: Event\ndate: {date}\n", "event", "x")
    assert objects(result, context, "http://purl.org/dc/terms/date") == {
        ox.Literal(date, datatype=ox.NamedNode(datatype))
    }


@pytest.mark.parametrize("number", ["93.6", "0.1", "1200000", "123456789012345678", "0.000000001", "-5"])
def test_a_number_never_passes_through_a_float(
    expanded: Callable[..., Expanded], context: Context, number: str
) -> None:
    text = f"id: case-study/t/x\ntype: CaseStudy\npublication: t\nfigures:\n- {{measure: m, value: {number}, at: 2}}\n"
    result = expanded(text, "case-study", "t/x")
    wanted = ox.Literal(number, datatype=ox.NamedNode(XSD + "decimal"))
    assert objects(result, context, "https://schema.org/value") == {wanted}


def test_a_claim_points_at_its_section(expanded: Callable[..., Expanded], context: Context) -> None:
    text = "id: case-study/t/x\ntype: CaseStudy\npublication: t\nmentions:\n- {agent: a, at: 2}\n"
    triples = by_mapping(expanded(text, "case-study", "t/x").document, context)
    claim, section = ox.NamedNode(BASE + "case-study/t/x#mention.a"), ox.NamedNode(BASE + "case-study/t/x")
    assert ox.Triple(claim, ox.NamedNode(CCIN + "statedIn"), section) in triples
