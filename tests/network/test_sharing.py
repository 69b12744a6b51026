"""Networks of those that share partners or attributes, by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import council_council, organisation_project_graph
from ccin_graph.network.sharing import by_attribute, council_council_by_partners

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.network import Participation


def test_councils_by_partners_by_hand(small: list[Participation], participation: Callable[..., Participation]) -> None:
    graph = organisation_project_graph(small)
    by_partners = council_council_by_partners(graph)
    # the Co-op and the college worked with both, the trust only with Oldham
    edge = by_partners.edges["ex:oldham", "ex:rochdale"]
    assert edge == {"shared": 2, "newman": 2.0, "partners": ["ex:co-op", "ex:college"]}
    assert list(by_partners) == ["ex:oldham", "ex:preston", "ex:rochdale"]
    assert by_partners.nodes["ex:oldham"] == {**graph.nodes["ex:oldham"]}
    few = council_council_by_partners(graph, kinds=["other"], weights=["cosine"])
    assert few.edges["ex:oldham", "ex:rochdale"] == {
        "shared": 1,
        "newman": 1.0,
        "partners": ["ex:college"],
        "cosine": 1.0,
    }
    apart = organisation_project_graph([*small, participation("co-op", "solo", kind="affiliate")])
    assert not council_council(apart).has_edge("ex:preston", "ex:oldham")
    assert council_council_by_partners(apart).edges["ex:preston", "ex:oldham"]["newman"] == pytest.approx(1 / 2)
    assert len(council_council_by_partners(organisation_project_graph([]))) == 0
    with pytest.raises(NetworkError, match="one by one"):
        council_council_by_partners(graph, kinds="other")


def test_shared_attributes_by_hand(small: list[Participation]) -> None:
    councils = council_council(organisation_project_graph(small))
    rows = [("ex:oldham", "food"), ("ex:oldham", "food"), ("ex:preston", "food"), ("ex:luton", "food")]
    graph = by_attribute(rows, nodes=councils.nodes, weights=["pmi"], name="council-council by theme")
    assert list(graph) == ["ex:luton", "ex:oldham", "ex:preston", "ex:rochdale"]
    assert graph.edges["ex:oldham", "ex:preston"] == {"shared": 1, "newman": 0.5, "attributes": ["food"], "pmi": 0.0}
    assert graph.nodes["ex:luton"] == {"label": "ex:luton"}
    assert graph.nodes["ex:oldham"]["label"] == "Oldham"
    assert graph.graph["name"] == "council-council by theme"
    assert by_attribute((theme, who) for who, theme in rows).number_of_edges() == 0
    assert len(by_attribute([])) == 0
    with pytest.raises(NetworkError, match="in both columns of the table: b"):
        by_attribute([("a", "b"), ("b", "c")])
