"""Namespaces: the base in its two places, and IRIs as readers like them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ccin_graph import vocabulary
from ccin_graph.vocabulary import BASE, CCIN, PREFIXES, publication_graph, shorten

if TYPE_CHECKING:
    from ccin_graph.records.context import Context


def test_the_base_is_the_same_in_the_code_and_in_the_context(context: Context) -> None:
    assert context.document["@context"]["@base"] == BASE


def test_prefixes_of_the_context_are_those_of_the_code(context: Context) -> None:
    written = {
        name: iri
        for name, iri in context.document["@context"].items()
        if isinstance(iri, str) and not name.startswith("@") and not iri.startswith("@")
    }
    assert written == {name: PREFIXES[name] for name in written}
    assert written["ccin"] == CCIN


def test_every_namespace_is_one_that_queries_can_name() -> None:
    named = {
        value
        for name, value in vars(vocabulary).items()
        if name.isupper() and isinstance(value, str) and value.endswith(("/", "#"))
    }
    assert named - {vocabulary.GRAPH, vocabulary.STATISTICAL_GEOGRAPHY} <= set(PREFIXES.values())


def test_the_graph_of_a_publication() -> None:
    assert publication_graph("tide-2021") == BASE + "graph/tide-2021"


@pytest.mark.parametrize(
    ("iri", "shown"),
    [
        (BASE + "organisation/northmere", "organisation/northmere"),
        (BASE + "case-study/t/x#figure.y", "case-study/t/x#figure.y"),
        (CCIN + "Council", "ccin:Council"),
        (vocabulary.SKOS + "prefLabel", "skos:prefLabel"),
        ("https://schema.org/a/b", "https://schema.org/a/b"),
        ("https://example.org/x", "https://example.org/x"),
    ],
)
def test_iris_are_shortened_only_where_the_short_form_can_be_read_back(iri: str, shown: str) -> None:
    assert shorten(iri) == shown
