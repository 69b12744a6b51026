"""Measures: published values, definitions, and graphs that have little to measure."""

from __future__ import annotations

import dataclasses
import math
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import (
    Measure,
    consensus,
    council_council,
    council_partner,
    measures,
    organisation_project_graph,
    project,
    sides,
)
from ccin_graph.network.measures import DAMPING, RANKED

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccin_graph.network import Participation

KITE = ["Andre", "Beverley", "Carol", "Diane", "Ed", "Fernando", "Garth", "Heather", "Ike", "Jane"]


def named(graph: Any, names: Iterable[str]) -> nx.Graph[str]:
    """Return a graph of numbers with names for nodes."""
    result: nx.Graph[str] = nx.relabel_nodes(graph, dict(zip(sorted(graph), names, strict=True)))
    return result


def by_node(rows: list[Measure]) -> dict[str, Measure]:
    """Return rows by their node."""
    return {row.node: row for row in rows}


def test_the_kite_as_published() -> None:
    # Krackhardt, Administrative Science Quarterly 35 (1990): three kinds of centrality, three different people
    rows = by_node(measures(named(nx.krackhardt_kite_graph(), KITE)))
    assert max(rows.values(), key=lambda row: row.degree).node == "Diane"
    assert max(rows.values(), key=lambda row: row.betweenness).node == "Heather"
    assert {row.node for row in rows.values() if row.rank == 2} == {"Fernando", "Garth"}
    assert [rows[name].degree for name in KITE] == [4, 4, 3, 6, 3, 5, 5, 3, 2, 1]
    assert rows["Heather"].betweenness == pytest.approx(14 / 36)
    assert rows["Fernando"].betweenness == pytest.approx(8.333333333 / 36)
    assert rows["Fernando"].closeness == pytest.approx(9 / 14)
    assert rows["Diane"].closeness == pytest.approx(9 / 15)
    assert rows["Diane"].eigenvector == pytest.approx(0.4810, abs=5e-5)
    assert rows["Diane"].clustering == pytest.approx(8 / 15)
    assert [rows[name].core for name in ("Diane", "Heather", "Ike", "Jane")] == [3, 2, 1, 1]


def test_a_projection_by_hand(small: list[Participation]) -> None:
    # ties: oldham with co-op, college and trust, rochdale with co-op and college; preston with nobody
    rows = by_node(measures(council_partner(organisation_project_graph(small))))
    oldham, preston = rows["ex:oldham"], rows["ex:preston"]
    assert (oldham.rank, oldham.label, oldham.kind) == (1, "Oldham", "council")
    assert (oldham.degree, oldham.strength, oldham.projects, oldham.core, oldham.component) == (3, 4, 2, 2, 1)
    assert oldham.newman == pytest.approx(1 / 3 + 1 / 2 + 1 / 3 + 1 / 2)
    assert oldham.betweenness == pytest.approx(3.5 / 10)
    assert oldham.closeness == pytest.approx(4 / 5 * 4 / 5)
    assert oldham.eigenvector == pytest.approx(math.sqrt(0.5 / (1 + ((math.sqrt(17) - 1) / 4) ** 2)))
    assert oldham.clustering == 0.0
    assert dataclasses.astuple(preston)[4:14] == (0, 0, 0.0, 0, 0.0, 0.0, 0.0, 0.0, 0, 2)
    assert dataclasses.astuple(preston)[15:] == (None, 0.0, 0, 0, False, "", None, None, None)
    # of the five in one component, the trust hangs on Oldham alone; neighbours of one side are never tied
    assert (oldham.two_steps, oldham.bridges, oldham.articulation) == (4, 1, True)
    assert [oldham.effective_size, oldham.constraint] == pytest.approx([3, 1 / 3])
    trust = rows["ex:trust"]
    assert (trust.two_steps, trust.bridges, trust.articulation, trust.constraint) == (3, 1, False, 1.0)


def test_weights_against_networkx(crowd: list[Participation]) -> None:
    graph = organisation_project_graph(crowd)
    whole = project(graph, sides(graph)[0])
    component = max(nx.connected_components(whole), key=len)
    leading = nx.eigenvector_centrality_numpy(whole.subgraph(component), weight=None)
    for row in measures(whole, by="newman"):
        assert row.strength == whole.degree(row.node, weight="shared")
        assert row.newman == pytest.approx(sum(1 for name in graph[row.node] if graph.degree(name) > 1))
        assert row.eigenvector == pytest.approx(leading.get(row.node, 0.0), abs=1e-9)


def test_structural_holes_as_published() -> None:
    # Borgatti, "Structural holes: unpacking Burt's redundancy measures", Connections 20 (1997), figure 1: the effective
    # size of G is 6 - 8/6 = 4.67 there, as four ties run between its six contacts
    ties = ["AB", "AF", "AG", "AE", "EG", "FG", "BG", "BD", "DG", "GC"]
    rows = by_node(measures(nx.Graph([(tie[0], tie[1]) for tie in ties])))
    assert round(rows["G"].effective_size, 2) == 4.67
    assert (rows["A"].effective_size, rows["C"].effective_size) == (2.5, 1.0)
    # by hand: C gives all to G; of the share that D gives to B and to G, 1/2 each, some comes back through the other
    assert rows["C"].constraint == 1.0
    assert rows["D"].constraint == pytest.approx((1 / 2 + 1 / 2 / 6) ** 2 + (1 / 2 + 1 / 2 / 3) ** 2)


def test_florentine_families_as_published() -> None:
    # Jackson, Social and Economic Networks (2008), p. 4, prints the betweenness of three families
    rows = by_node(measures(nx.florentine_families_graph(), by="betweenness"))
    assert [round(rows[name].betweenness, 3) for name in ("Medici", "Guadagni", "Strozzi")] == [0.522, 0.255, 0.103]
    assert (rows["Medici"].rank, rows["Medici"].degree) == (1, 6)
    # by hand, from the drawing of Padgett and Ansell (1993): among the Medici's six only Ridolfi and Tornabuoni married
    assert rows["Medici"].effective_size == pytest.approx(6 - 2 / 6)
    assert (rows["Medici"].two_steps, rows["Medici"].bridges, rows["Medici"].articulation) == (11, 2, True)
    assert (rows["Pazzi"].two_steps, rows["Pazzi"].bridges, rows["Pazzi"].articulation) == (2, 1, False)
    assert {name for name, row in rows.items() if row.articulation} == {"Medici", "Albizzi", "Guadagni", "Salviati"}


def test_the_karate_club_against_networkx_and_a_dense_solution() -> None:
    import numpy as np

    club = nx.Graph([(f"{one + 1:02}", f"{other + 1:02}") for one, other in nx.karate_club_graph().edges])
    rows = by_node(measures(club, by="pagerank"))
    # Zachary, Journal of Anthropological Research 33 (1977): persons 34 and 1 lead the two factions, 12 knows only 1
    assert [name for name, row in rows.items() if row.rank <= 2] == ["34", "01"]
    assert (rows["34"].degree, rows["01"].degree) == (17, 16)
    assert {name: row.bridges for name, row in rows.items() if row.bridges} == {"01": 1, "12": 1}
    assert {name for name, row in rows.items() if row.articulation} == {"01"}
    constraint, effective = nx.constraint(club), nx.effective_size(club)
    nodes = sorted(club)
    walk = nx.to_numpy_array(club, nodelist=nodes)
    walk /= walk.sum(axis=1, keepdims=True)
    stay = np.linalg.solve(np.eye(34) - DAMPING * walk.T, np.full(34, (1 - DAMPING) / 34))
    for name, expected in zip(nodes, stay, strict=True):
        assert rows[name].pagerank == pytest.approx(expected, abs=1e-10)
        assert rows[name].constraint == pytest.approx(constraint[name])
        assert rows[name].effective_size == pytest.approx(effective[name])


def test_pagerank_by_hand() -> None:
    # hub h, three leaves l: l = 0.15/4 + 0.85 h/3 and h + 3 l = 1
    rows = by_node(measures(nx.star_graph(["hub", "i1", "i2", "i3"])))
    assert rows["hub"].pagerank == pytest.approx((1 - 0.45 / 4) / 1.85)
    alone = measures(nx.empty_graph(["a", "b", "c", "d"]))
    assert [row.pagerank for row in alone] == [0.25] * 4


def test_southern_women_all_but_two_meet_everyone_of_the_rest(southern_women: list[Participation]) -> None:
    rows = by_node(measures(council_council(organisation_project_graph(southern_women))))
    assert rows["Theresa Anderson"].degree == 17
    assert (rows["Flora Price"].degree, rows["Flora Price"].strength) == (12, 14)
    assert rows["Evelyn Jefferson"].strength == 50


def test_no_nodes() -> None:
    assert measures(nx.Graph()) == []


def test_one_node() -> None:
    (row,) = measures(nx.empty_graph(["a"]))
    assert dataclasses.astuple(row) == (
        1,
        "a",
        "a",
        "",
        0,
        0,
        0.0,
        0,
        0.0,
        0.0,
        0.0,
        0.0,
        0,
        1,
        1.0,
        None,
        0.0,
        0,
        0,
        False,
        "",
        None,
        None,
        None,
    )


def test_communities_of_nodes_and_how_their_ties_spread() -> None:
    # two triangles joined by c-x: c has two ties in its own community and one in the other
    ties = ["ab", "bc", "ca", "cx", "xy", "yz", "zx"]
    graph: nx.Graph[str] = nx.Graph([(tie[0], tie[1]) for tie in ties])
    graph.add_node("q")
    rows = by_node(measures(graph, groups=consensus(graph, runs=5)))
    assert [rows[node].community for node in "abcxyzq"] == [1, 1, 1, 2, 2, 2, 3]
    assert rows["c"].participation == pytest.approx(1 - (2 / 3) ** 2 - (1 / 3) ** 2)
    assert (rows["a"].participation, rows["q"].participation) == (0.0, None)
    assert {row.stability for row in rows.values()} == {1.0}


def test_no_ties() -> None:
    rows = measures(nx.empty_graph(["b", "a", "c"]))
    assert [(row.rank, row.node, row.component) for row in rows] == [(1, "a", 1), (1, "b", 2), (1, "c", 3)]


def test_one_tie() -> None:
    rows = measures(nx.path_graph(["a", "b"]))
    assert [row.eigenvector for row in rows] == [pytest.approx(math.sqrt(0.5))] * 2
    assert [row.closeness for row in rows] == [1.0, 1.0]


def test_the_eigenvector_is_that_of_the_largest_component() -> None:
    graph = nx.union(nx.path_graph(["a", "b", "c"]), nx.complete_graph(["x", "y"]))
    rows = by_node(measures(graph))
    assert [rows[node].eigenvector for node in "abc"] == pytest.approx([0.5, math.sqrt(0.5), 0.5])
    assert [rows[node].eigenvector for node in "xy"] == [0.0, 0.0]
    assert [rows[node].component for node in "abcxy"] == [1, 1, 1, 2, 2]


def test_the_eigenvector_of_two_equally_large_components_is_not_defined() -> None:
    graph = nx.union(nx.path_graph(["a", "b", "c"]), nx.complete_graph(["x", "y", "z"]))
    assert {row.eigenvector for row in measures(graph)} == {0.0}


def test_closeness_is_smaller_in_a_smaller_component() -> None:
    graph = nx.union(nx.complete_graph(["a", "b", "c"]), nx.complete_graph(["x", "y"]))
    rows = by_node(measures(graph))
    assert [rows[node].closeness for node in "ax"] == pytest.approx([2 / 4, 1 / 4])


def test_equal_values_share_a_rank_and_stand_in_the_order_of_their_names() -> None:
    graph = nx.star_graph(["hub", "i3", "i1", "i2"])
    nx.set_node_attributes(graph, {"hub": "Z", "i1": "B", "i2": "A", "i3": "B"}, "label")
    graph.add_node("alone", label="A")
    rows = measures(graph)
    assert [(row.rank, row.node) for row in rows] == [(1, "hub"), (2, "i2"), (2, "i1"), (2, "i3"), (5, "alone")]


def test_other_orders(small: list[Participation]) -> None:
    graph = council_partner(organisation_project_graph(small))
    for name in RANKED:
        values = [getattr(row, name) for row in measures(graph, by=name)]
        assert values == sorted(values, reverse=True)
    with pytest.raises(NetworkError, match=r"no measure 'fame' to rank by. Measures are degree, strength"):
        measures(graph, by="fame")


def test_the_order_of_nodes_and_edges_changes_nothing(crowd: list[Participation]) -> None:
    graph = council_partner(organisation_project_graph(crowd))
    backwards: nx.Graph[str] = nx.Graph()
    backwards.add_nodes_from(reversed(list(graph.nodes(data=True))))
    backwards.add_edges_from((other, one, data) for one, other, data in reversed(list(graph.edges(data=True))))
    assert measures(backwards) == measures(graph)


def test_graphs_that_are_not_measured() -> None:
    with pytest.raises(NetworkError, match="tied to itself: a"):
        measures(nx.Graph([("a", "a")]))
    with pytest.raises(NetworkError, match="undirected"):
        measures(nx.DiGraph())


def test_rows_make_a_data_frame(small: list[Participation]) -> None:
    import pandas as pd

    table = pd.DataFrame(measures(council_council(organisation_project_graph(small))))
    assert list(table.columns[:4]) == ["rank", "node", "label", "kind"]
    assert table.set_index("node").loc["ex:rochdale", "strength"] == 2
