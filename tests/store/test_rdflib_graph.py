"""Triples as an rdflib graph."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib

from ccin_graph.store.rdflib_graph import to_rdflib
from ccin_graph.vocabulary import PREFIXES, XSD

if TYPE_CHECKING:
    from ccin_graph.build import Dataset

S, P = ox.NamedNode("http://e.org/s"), ox.NamedNode("http://e.org/p")


def typed(text: str, datatype: str) -> rdflib.Literal:
    return rdflib.Literal(text, datatype=rdflib.URIRef(datatype))


@pytest.mark.parametrize(
    ("term", "wanted"),
    [
        (ox.NamedNode("http://e.org/o"), rdflib.URIRef("http://e.org/o")),
        (ox.Literal("plain"), rdflib.Literal("plain")),
        (ox.Literal('a "b"\n\\'), rdflib.Literal('a "b"\n\\')),
        (ox.Literal("Tŷ 😀", language="cy"), rdflib.Literal("Tŷ 😀", lang="cy")),
        (ox.Literal("93.60", datatype=ox.NamedNode(XSD + "decimal")), typed("93.60", XSD + "decimal")),
        (ox.Literal("2020-03", datatype=ox.NamedNode("http://e.org/d")), typed("2020-03", "http://e.org/d")),
    ],
)  # fmt: skip
def test_terms_are_the_same(term: ox.NamedNode | ox.Literal, wanted: rdflib.term.Node) -> None:
    (triple,) = to_rdflib([ox.Triple(S, P, term)])
    assert triple == (rdflib.URIRef("http://e.org/s"), rdflib.URIRef("http://e.org/p"), wanted)


def test_quads_lose_their_graph() -> None:
    quads = [ox.Quad(S, P, ox.Literal("a"), ox.NamedNode(f"http://e.org/{name}")) for name in ("g", "h")]
    assert len(to_rdflib(quads)) == 1


def test_prefixes_are_those_of_the_vocabulary() -> None:
    assert {prefix: str(iri) for prefix, iri in to_rdflib([]).namespaces()} == PREFIXES


def test_the_whole_dataset_has_as_many_triples(dataset: Dataset) -> None:
    triples = {quad.triple for quad in dataset.store.quads()}
    assert len(to_rdflib(dataset.store.quads())) == len(triples) == len(dataset.store)
