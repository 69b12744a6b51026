"""Places: nothing on top of anything, whatever the shape of the network."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

from ccin_graph.network import council_council, council_partner, organisation_project_graph
from ccin_graph.network.pictures.layout import layout

if TYPE_CHECKING:
    from ccin_graph.network import Participation

SHAPES: dict[str, nx.Graph[int]] = {
    "two": nx.path_graph(2),
    "triangle": nx.complete_graph(3),
    "chain": nx.path_graph(30),
    "ring": nx.cycle_graph(12),
    "star": nx.star_graph(60),
    "two stars": nx.disjoint_union(nx.star_graph(5), nx.star_graph(5)),
    "everyone": nx.complete_graph(25),
    "two sides": nx.complete_bipartite_graph(2, 20),
    "isolates": nx.empty_graph(40),
    "stars and a core": nx.disjoint_union_all([nx.karate_club_graph(), *(nx.star_graph(n % 7) for n in range(50))]),
}


def sized(graph: nx.Graph[str]) -> dict[str, float]:
    """Return radii as pictures have them."""
    return {node: 0.5 + 0.5 * math.sqrt(graph.degree(node)) for node in graph}


def least_room(graph: nx.Graph[str], places: dict[str, tuple[float, float]]) -> float:
    """Return the least distance between two circles."""
    radius = sized(graph)
    spots = np.array([places[node] for node in graph])
    sizes = np.array([radius[node] for node in graph])
    apart = np.linalg.norm(spots[:, None] - spots[None], axis=2) - sizes[:, None] - sizes[None]
    np.fill_diagonal(apart, np.inf)
    return float(apart.min())


def named(graph: Any) -> nx.Graph[str]:
    """Return a graph whose nodes are text."""
    result: nx.Graph[str] = nx.relabel_nodes(graph, {node: f"n{node:03}" for node in graph})
    return result


@pytest.mark.parametrize("shape", SHAPES)
def test_no_two_circles_touch(shape: str) -> None:
    graph = named(SHAPES[shape])
    places = layout(graph, sized(graph))
    assert set(places) == set(graph)
    assert least_room(graph, places) > 0.1


@pytest.mark.parametrize("view", [council_partner, council_council])
def test_a_crowd(crowd: list[Participation], view: object) -> None:
    assert callable(view)
    graph = view(organisation_project_graph(crowd))
    places = layout(graph, sized(graph))
    assert least_room(graph, places) > 0.1
    across, up = np.ptp(np.array(list(places.values())), axis=0)
    assert 1.0 < across / up < 2.5


def test_small_components_lie_around_the_largest() -> None:
    graph = named(SHAPES["stars and a core"])
    places = layout(graph, sized(graph))
    components = sorted(nx.connected_components(graph), key=len, reverse=True)
    corners = np.array([places[node] for node in components[0]])
    low, high = corners.min(axis=0), corners.max(axis=0)
    middle = np.mean([places[node] for node in graph], axis=0)
    assert (low < middle).all()
    assert (middle < high).all()
    from scipy.spatial import Delaunay

    inside = Delaunay(corners)
    others = np.array([places[node] for nodes in components[1:] for node in nodes])
    assert (inside.find_simplex(others) < 0).all()


def test_no_nodes() -> None:
    assert layout(nx.Graph(), {}) == {}


def test_the_order_of_nodes_changes_nothing() -> None:
    graph = named(SHAPES["stars and a core"])
    backwards: nx.Graph[str] = nx.Graph()
    backwards.add_nodes_from(reversed(list(graph)))
    backwards.add_edges_from((other, one) for one, other in reversed(list(graph.edges)))
    assert layout(backwards, sized(backwards)) == layout(graph, sized(graph))


def test_another_seed_another_picture() -> None:
    graph = named(SHAPES["ring"])
    assert layout(graph, sized(graph), seed=1) != layout(graph, sized(graph), seed=2)
