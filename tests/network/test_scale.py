"""Large networks: what networkit, sparse products and samples give is what networkx gives."""

from __future__ import annotations

import importlib.util
import sys
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

import ccin_graph.network
from ccin_graph.errors import NetworkError
from ccin_graph.network import communities, measures, organisation_organisation, organisation_project_graph, scale
from ccin_graph.network.structure import structure

if TYPE_CHECKING:
    from ccin_graph.network import Participation

needs_networkit = pytest.mark.skipif(not importlib.util.find_spec("networkit"), reason="networkit is an extra")


def named(graph: Any) -> nx.Graph[str]:
    """Return a graph whose nodes are text."""
    result: nx.Graph[str] = nx.relabel_nodes(graph, {node: str(node) for node in graph})
    return result


SHAPES: dict[str, nx.Graph[str]] = {
    "karate club": named(nx.karate_club_graph()),
    "southern women": named(nx.davis_southern_women_graph()),
    "florentine families": named(nx.florentine_families_graph()),
    "kite": named(nx.krackhardt_kite_graph()),
    "pieces": named(
        nx.disjoint_union_all(
            [
                nx.gnm_random_graph(150, 260, seed=2),
                nx.path_graph(3),
                nx.star_graph(4),
                nx.complete_graph(5),
                nx.empty_graph(3),
            ]
        )
    ),
    "no ties": named(nx.empty_graph(12)),
    "one node": named(nx.empty_graph(1)),
    "one tie": named(nx.path_graph(2)),
    "nothing": named(nx.empty_graph(0)),
    "chain": named(nx.path_graph(40)),
}


@pytest.fixture(params=["networkx", pytest.param("networkit", marks=needs_networkit)])
def engine(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Let one engine measure, whatever the size."""
    name: str = request.param
    monkeypatch.setattr(scale, "LARGE", 10**9 if name == "networkx" else -1)
    return name


@pytest.mark.parametrize("shape", SHAPES)
def test_both_engines_give_what_networkx_gives(shape: str, engine: str) -> None:
    graph = SHAPES[shape]
    between, near = scale.shortest_paths(graph)
    assert between == pytest.approx(nx.betweenness_centrality(graph), abs=1e-12)
    assert near == pytest.approx(nx.closeness_centrality(graph), abs=1e-12)
    assert scale.core_numbers(graph) == nx.core_number(graph)


@pytest.mark.parametrize("shape", SHAPES)
def test_sparse_products_give_what_networkx_gives(shape: str) -> None:
    graph = SHAPES[shape]
    assert scale.triangles(graph) == dict(nx.triangles(graph).items())  # type: ignore[union-attr]
    reached = {node: len(nx.single_source_shortest_path_length(graph, node, cutoff=2)) - 1 for node in graph}
    assert scale.two_steps(graph) == reached
    points, bridges = scale.weak_points(graph)
    assert points == set(nx.articulation_points(graph))
    assert bridges == sorted((min(tie), max(tie)) for tie in nx.bridges(graph))


@pytest.mark.parametrize("shape", [shape for shape in SHAPES if shape != "nothing"])
def test_pagerank_is_that_of_networkx(shape: str) -> None:
    found = scale.pagerank(SHAPES[shape], damping=0.85)
    assert found == pytest.approx(
        nx.pagerank(SHAPES[shape], alpha=0.85, weight=None, tol=1e-15, max_iter=1000), abs=1e-10
    )
    assert sum(found.values()) == pytest.approx(1)
    assert scale.pagerank(nx.Graph(), damping=0.85) == {}


def test_products_in_small_pieces_change_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = SHAPES["pieces"]
    whole = scale.two_steps(graph), scale.shortest_paths(graph, pivots=30)
    monkeypatch.setattr(scale, "CELLS", 7)
    monkeypatch.setattr(scale, "BATCH", 4)
    pieces = scale.two_steps(graph), scale.shortest_paths(graph, pivots=30)
    assert pieces[0] == whole[0]
    assert pieces[1][0] == pytest.approx(whole[1][0], abs=1e-12)


@pytest.mark.parametrize("shape", ["karate club", "southern women", "pieces", "chain", "no ties"])
@pytest.mark.parametrize("pivots", [2, 5, 11])
def test_a_sample_of_paths_is_that_of_networkx(shape: str, pivots: int) -> None:
    graph = SHAPES[shape]
    between, _ = scale.shortest_paths(graph, pivots=pivots, seed=3)
    assert between == pytest.approx(nx.betweenness_centrality(graph, k=pivots, seed=3), abs=1e-12)


@pytest.mark.parametrize("pivots", [60, 2])
def test_closeness_from_pivots_by_hand(pivots: int) -> None:
    graph = SHAPES["pieces"]
    import random

    drawn = {list(graph)[place] for place in random.Random(4).sample(range(len(graph)), pivots)}
    _, near = scale.shortest_paths(graph, pivots=pivots, seed=4)
    exact = nx.closeness_centrality(graph)
    for nodes in nx.connected_components(graph):
        for node in nodes:
            met = (drawn & nodes) - {node}
            if len(nodes) <= pivots or not met:
                assert near[node] == pytest.approx(exact[node])
            else:
                mean = float(np.mean([nx.shortest_path_length(graph, node, other) for other in met]))
                assert near[node] == pytest.approx((len(nodes) - 1) / (len(graph) - 1) / mean)


def test_estimates_come_near_the_exact_values(crowd: list[Participation]) -> None:
    graph = organisation_organisation(organisation_project_graph(crowd))
    exact, estimated = measures(graph), measures(graph, pivots=150)
    by_node = {row.node: row for row in estimated}
    both = [(row.betweenness, by_node[row.node].betweenness) for row in exact]
    near = [(row.closeness, by_node[row.node].closeness) for row in exact]
    assert np.corrcoef(np.array(both).T)[0, 1] > 0.97
    assert np.corrcoef(np.array(near).T)[0, 1] > 0.97
    same = [(row.degree, row.core, row.constraint, row.two_steps, row.bridges) for row in exact]
    assert [(row.degree, row.core, row.constraint, row.two_steps, row.bridges) for row in estimated] == same


def test_as_many_pivots_as_nodes_are_exact() -> None:
    graph = SHAPES["karate club"]
    assert scale.shortest_paths(graph, pivots=34) == scale.shortest_paths(graph)


def test_too_few_pivots() -> None:
    with pytest.raises(NetworkError, match="1 pivots"):
        measures(SHAPES["karate club"], pivots=1)


@needs_networkit
def test_the_whole_table_is_that_of_networkx(crowd: list[Participation], monkeypatch: pytest.MonkeyPatch) -> None:
    graph = organisation_organisation(organisation_project_graph(crowd))
    small, holds = measures(graph), structure(graph)
    monkeypatch.setattr(scale, "LARGE", 10)
    assert measures(graph) == small
    assert structure(graph) == holds


def test_without_networkit_a_note_and_the_same_values(monkeypatch: pytest.MonkeyPatch) -> None:
    graph = SHAPES["pieces"]
    before = scale.shortest_paths(graph)
    monkeypatch.setattr(scale, "LARGE", 10)
    monkeypatch.setitem(sys.modules, "networkit", None)
    with pytest.warns(UserWarning, match=f"networkit is not installed: networkx measures {len(graph)} nodes"):
        assert scale.shortest_paths(graph) == before


@needs_networkit
def test_a_graph_of_networkit_has_the_same_ties_and_weights() -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_weighted_edges_from([("b", "a", 2), ("a", "c", 0.5), ("d", "d", 3)])
    copy = scale.to_networkit(graph, scale.load_networkit(), weight="weight")
    nodes = list(graph)
    assert {(frozenset((nodes[one], nodes[other])), value) for one, other, value in copy.iterEdgesWeights()} == {
        (frozenset("ab"), 2.0),
        (frozenset("ac"), 0.5),
        (frozenset("d"), 3.0),
    }
    bare = scale.to_networkit(nx.empty_graph(3), scale.load_networkit())
    assert (bare.numberOfNodes(), bare.numberOfEdges()) == (3, 0)


def test_the_benchmark_has_a_two_mode_graph_that_stays_the_same() -> None:
    from benchmarks.network import generate

    graph = generate(120, 80)
    organisations, projects = ccin_graph.network.sides(graph)
    assert (len(organisations), len(projects)) == (120, 80)
    assert sorted(graph.edges) == sorted(generate(120, 80).edges)


def test_any_graph_of_networkx_will_do() -> None:
    club = nx.karate_club_graph()
    rows = measures(club)
    assert (rows[0].label, rows[0].degree) == ("33", 17)
    assert len(communities(club, weight="weight").members) == 34
