"""A network by publication, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

from ccin_graph.network import council_council
from ccin_graph.network.layers import by_publication

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.network import Participation


def test_layers_by_hand(participation: Callable[..., Participation]) -> None:
    rows = [
        participation("oldham", "food", kind="council", publication="ex:2018"),
        participation("luton", "food", kind="council", publication="ex:2018"),
        participation("luton", "food", "lead", kind="council", publication="ex:2021"),
        participation("brent", "food", kind="council", publication="ex:2021"),
        participation("leeds", "food", kind="council"),
        participation("york", "food", "signatory", kind="council", publication="ex:2021", working=False),
    ]
    found = by_publication(rows, council_council)
    assert {iri: sorted(layer.edges) for iri, layer in found.layers.items()} == {
        "ex:2018": [("ex:luton", "ex:oldham")],
        "ex:2021": [("ex:brent", "ex:luton")],
    }
    assert nx.get_node_attributes(found.aggregate, "publications") == {
        "ex:brent": ("ex:2021",),
        "ex:leeds": (),
        "ex:luton": ("ex:2018", "ex:2021"),
        "ex:oldham": ("ex:2018",),
    }
    told = nx.get_edge_attributes(found.aggregate, "publications")
    assert told["ex:luton", "ex:oldham"] == ("ex:2018",)
    assert told["ex:brent", "ex:oldham"] == ()  # only both publications together say so
    assert "ex:york" in by_publication(rows, working_only=False).aggregate
    empty = by_publication([])
    assert (empty.layers, len(empty.aggregate)) == ({}, 0)
