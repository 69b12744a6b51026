"""A network in a few numbers."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import Summary, council_council, council_partner, organisation_project_graph, summary

if TYPE_CHECKING:
    from ccin_graph.network import Participation


def test_councils(small: list[Participation]) -> None:
    found = summary(council_council(organisation_project_graph(small)))
    assert (found.nodes, found.edges, found.components, found.largest_component, found.isolates) == (3, 1, 2, 2, 1)
    assert (found.density, found.mean_degree) == pytest.approx((1 / 3, 2 / 3))


def test_density_of_two_sides_counts_ties_between_them(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    assert summary(council_partner(graph)).density == pytest.approx(5 / 9)
    assert summary(graph).density == pytest.approx(10 / 24)


def test_a_tie_within_a_side_makes_it_an_ordinary_network(small: list[Participation]) -> None:
    graph = council_partner(organisation_project_graph(small))
    graph.add_edge("ex:oldham", "ex:rochdale")
    assert summary(graph).density == pytest.approx(6 / 15)
    graph.add_node("ex:new")
    assert summary(graph).density == pytest.approx(6 / 21)


def test_southern_women(southern_women: list[Participation]) -> None:
    found = summary(council_council(organisation_project_graph(southern_women)))
    assert (found.nodes, found.edges, found.components, found.isolates) == (18, 139, 1, 0)
    assert found.density == pytest.approx(139 / 153)


def test_nothing_and_little() -> None:
    assert summary(nx.Graph()) == Summary(0, 0, 0, 0, 0.0, 0.0, 0)
    assert summary(nx.empty_graph(["a"])) == Summary(1, 0, 1, 1, 0.0, 0.0, 1)
    assert summary(nx.empty_graph(["a", "b"])) == Summary(2, 0, 2, 1, 0.0, 0.0, 2)
    assert summary(nx.path_graph(["a", "b"])) == Summary(2, 1, 1, 2, 1.0, 1.0, 0)


def test_graphs_that_are_not_summed_up() -> None:
    with pytest.raises(NetworkError, match="tied to itself"):
        summary(nx.Graph([("a", "a")]))
    with pytest.raises(NetworkError, match="undirected"):
        summary(nx.MultiGraph())
