"""Communities: published divisions and values, definitions by hand, many runs, and graphs with little to divide."""

from __future__ import annotations

import importlib.util
import itertools
import random
import subprocess
import sys
from collections import Counter
from math import log
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import council_council, organisation_project_graph, project, sides
from ccin_graph.network.agreement import adjusted_mutual_information, compare
from ccin_graph.network.barber import barber_communities, barber_modularity
from ccin_graph.network.communities import communities, consensus
from ccin_graph.network.traits import community_label, traits

if TYPE_CHECKING:
    from ccin_graph.network import Participation

LEIDEN = pytest.param(
    "leiden", marks=pytest.mark.skipif(not importlib.util.find_spec("networkit"), reason="networkit is an extra")
)
BARBELL: nx.Graph[str] = nx.Graph([(tie[0], tie[1]) for tie in ("ab", "bc", "ca", "cx", "xy", "yz", "zx")])


def karate() -> nx.Graph[str]:
    """Return Zachary's karate club with text for nodes and without weights."""
    club = nx.karate_club_graph()
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from((f"n{node:02}", {"club": data["club"]}) for node, data in club.nodes(data=True))
    graph.add_edges_from((f"n{one:02}", f"n{other:02}") for one, other in club.edges)
    return graph


def groups(members: dict[str, int]) -> list[str]:
    """Return the members of each group, joined."""
    return ["".join(sorted(node for node in members if members[node] == n)) for n in sorted(set(members.values()))]


# one run


@pytest.mark.parametrize("method", ["louvain", LEIDEN])
def test_zacharys_karate_club_as_published(method: str) -> None:
    # Brandes et al., IEEE Transactions on Knowledge and Data Engineering 20 (2008): the optimum, 0.4198, four groups
    best = max((communities(karate(), method=method, seed=seed) for seed in range(20)), key=lambda c: c.modularity)
    assert best.modularity == pytest.approx(0.4198, abs=5e-5)
    assert max(best.members.values()) == 4


@pytest.mark.parametrize("method", ["louvain", LEIDEN])
def test_two_triangles(method: str) -> None:
    found = communities(BARBELL, method=method)
    assert groups(found.members) == ["abc", "xyz"]
    assert found.modularity == pytest.approx(2 * (3 / 7 - (7 / 14) ** 2))
    assert "resolution 1, edges weighted by 'newman'" in found.methods
    assert "6 nodes and 7 ties" in found.methods
    assert "seed 1." in found.methods


@pytest.mark.parametrize("method", ["louvain", LEIDEN])
def test_resolution_and_weight(method: str) -> None:
    assert groups(communities(BARBELL, method=method, resolution=0.1).members) == ["abcxyz"]
    assert len(groups(communities(BARBELL, method=method, resolution=5).members)) == 6
    heavy = BARBELL.copy()
    heavy.edges["c", "x"]["newman"] = 20.0
    assert "cx" in groups(communities(heavy, method=method).members)
    light = BARBELL.copy()
    light.edges["c", "x"]["newman"] = 0.0
    assert communities(light, method=method).modularity == pytest.approx(0.5)


def test_numbers_go_by_size_and_then_by_name() -> None:
    graph: nx.Graph[str] = nx.Graph([(tie[0], tie[1]) for tie in ("pq", "xy", "yz", "ab")])
    nx.set_node_attributes(graph, {"p": "A", "a": "B"}, "label")
    assert communities(graph).members == {"a": 3, "b": 3, "p": 2, "q": 2, "x": 1, "y": 1, "z": 1}


@pytest.mark.parametrize("method", ["louvain", LEIDEN])
def test_little_to_divide(method: str) -> None:
    empty = communities(nx.Graph(), method=method)
    assert (empty.members, empty.modularity) == ({}, 0.0)
    alone = communities(nx.empty_graph(["b", "a"]), method=method)
    assert (alone.members, alone.modularity) == ({"a": 1, "b": 2}, 0.0)
    pair = communities(nx.path_graph(["a", "b"]), method=method)
    assert (pair.members, pair.modularity) == ({"a": 1, "b": 1}, 0.0)


def test_what_is_not_divided() -> None:
    with pytest.raises(NetworkError, match=r"no method 'infomap'. Methods are louvain and leiden"):
        communities(BARBELL, method="infomap")
    with pytest.raises(NetworkError, match="resolution 0 is not a number above 0"):
        communities(BARBELL, resolution=0)
    for weight in (-1.0, float("nan"), float("inf"), "much"):
        graph: nx.Graph[str] = nx.Graph()
        graph.add_edge("a", "b", newman=weight)
        with pytest.raises(NetworkError, match="which no method takes"):
            communities(graph)
    with pytest.raises(NetworkError, match="undirected"):
        communities(nx.DiGraph())
    with pytest.raises(NetworkError, match="tied to itself"):
        communities(nx.Graph([("a", "a")]))


def test_leiden_without_networkit_says_what_is_lost(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "networkit", None)
    with pytest.raises(NetworkError, match=r"no assurance that every community is connected .* use the method louvain"):
        communities(BARBELL, method="leiden")


# consensus


@pytest.mark.parametrize("method", ["louvain", LEIDEN])
def test_runs_that_agree_are_the_consensus(method: str) -> None:
    found = consensus(BARBELL, method=method)
    assert groups(found.members) == ["abc", "xyz"]
    assert (found.rounds, found.settled, found.divisions) == (1, True, 1)
    assert set(found.stability.values()) == {1.0}
    assert "100 runs" in found.methods
    assert "seeds 1 to 100; the runs gave 1 different division and agreed after 1 round." in found.methods


def test_a_ring_that_can_be_cut_in_many_ways() -> None:
    ring: nx.Graph[str] = nx.cycle_graph([f"n{number:02}" for number in range(20)])
    found = consensus(ring)
    assert found.divisions > 10
    assert found.settled
    assert found.rounds > 1
    assert all(0 <= value <= 1 for value in found.stability.values())
    assert min(found.stability.values()) < 0.7


def test_stability_against_its_definition() -> None:
    graph = karate()
    found = consensus(graph, runs=30, seed=5)
    share = dict.fromkeys(graph, 0.0)
    for seed in range(5, 35):
        run = communities(graph, seed=seed).members
        for node in graph:
            one = {other for other in graph if run[other] == run[node]} - {node}
            two = {other for other in graph if found.members[other] == found.members[node]} - {node}
            share[node] += 1 if not one | two else len(one & two) / len(one | two) > 0.5
    assert found.stability == pytest.approx({node: count / 30 for node, count in share.items()})
    assert found.modularity == pytest.approx(
        nx.community.modularity(graph, [set(names) for names in by_group(found.members).values()])
    )


def by_group(members: dict[str, int]) -> dict[int, list[str]]:
    """Return the members of each group."""
    result: dict[int, list[str]] = {}
    for node, group in members.items():
        result.setdefault(group, []).append(node)
    return result


def test_a_consensus_that_is_broken_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.modules[consensus.__module__], "MOST_ROUNDS", 1)
    ring: nx.Graph[str] = nx.cycle_graph([f"n{number:02}" for number in range(20)])
    found = consensus(ring)
    assert not found.settled
    assert "did not come to agree" in found.methods
    assert set(found.members) == set(ring)


def test_little_to_agree_on() -> None:
    assert consensus(nx.Graph()).members == {}
    alone = consensus(nx.empty_graph(["a", "b"]))
    assert (alone.members, alone.stability, alone.settled) == ({"a": 1, "b": 2}, {"a": 1.0, "b": 1.0}, True)
    with pytest.raises(NetworkError, match="a consensus of 0 runs"):
        consensus(BARBELL, runs=0)
    for threshold in (0, 1.1):
        with pytest.raises(NetworkError, match="not above 0 and at most 1"):
            consensus(BARBELL, threshold=threshold)


@pytest.mark.parametrize("method", ["louvain", LEIDEN])
def test_the_order_of_nodes_and_ties_changes_nothing(method: str, crowd: list[Participation]) -> None:
    graph = council_council(organisation_project_graph(crowd))
    backwards: nx.Graph[str] = nx.Graph()
    backwards.add_nodes_from(reversed(list(graph.nodes(data=True))))
    backwards.add_edges_from((other, one, data) for one, other, data in reversed(list(graph.edges(data=True))))
    assert consensus(backwards, method=method, runs=10) == consensus(graph, method=method, runs=10)


def test_two_hash_seeds_give_the_same() -> None:
    code = (
        "import networkx as nx; from ccin_graph.network.communities import consensus;"
        "g = nx.relabel_nodes(nx.karate_club_graph(), str); found = consensus(g, runs=5, weight='weight');"
        "print(found, list(found.members))"
    )
    printed = {
        subprocess.run(
            [sys.executable, "-c", code],
            capture_output=True,
            text=True,
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
        ).stdout
        for seed in ("1", "2")
    }
    assert len(printed) == 1


# bipartite modularity


def matrix_modularity(graph: nx.Graph[str], members: dict[str, int]) -> float:
    """Return Barber's modularity by its matrix."""
    organisations, projects = sides(graph)
    adjacency = nx.bipartite.biadjacency_matrix(graph, organisations, projects).toarray()
    ties = adjacency.sum()
    excess = adjacency - np.outer(adjacency.sum(axis=1), adjacency.sum(axis=0)) / ties
    same = np.equal.outer([members[node] for node in organisations], [members[node] for node in projects])
    return float((excess * same).sum() / ties)


@pytest.mark.parametrize("table", ["small", "southern_women", "crowd"])
def test_modularity_against_its_matrix(table: str, request: pytest.FixtureRequest) -> None:
    graph = organisation_project_graph(request.getfixturevalue(table))
    chance = random.Random(1)
    for _ in range(5):
        members = {node: chance.randrange(4) for node in graph}
        assert barber_modularity(graph, members) == pytest.approx(matrix_modularity(graph, members))
    assert barber_modularity(graph, dict.fromkeys(graph, 1)) == pytest.approx(0)


def test_southern_women_in_four_groups(southern_women: list[Participation]) -> None:
    # 0.345537 is the optimum: the integer programme over all divisions was solved once with HiGHS, without a gap
    found = barber_communities(organisation_project_graph(southern_women))
    assert found.modularity == pytest.approx(0.345537, abs=1e-6)
    assert max(found.members.values()) == 4
    assert "best of 20 runs with seeds 1 to 20" in found.methods


def test_no_division_of_a_small_graph_is_better(small: list[Participation]) -> None:
    graph = organisation_project_graph(row for row in small if row.project != "ex:solo")
    nodes = list(graph)
    best = max(
        barber_modularity(graph, dict(zip(nodes, labels, strict=True)))
        for labels in itertools.product(range(3), repeat=len(nodes))
    )
    assert barber_communities(graph).modularity == pytest.approx(best)


def test_groups_of_two_sides_with_little_in_them(small: list[Participation]) -> None:
    empty = organisation_project_graph([])
    assert (barber_communities(empty).members, barber_communities(empty).modularity) == ({}, 0.0)
    graph = organisation_project_graph(small)
    graph.add_node("ex:new", side="organisation")
    members = barber_communities(graph).members
    assert [node for node in members if members[node] == members["ex:new"]] == ["ex:new"]
    with pytest.raises(NetworkError, match="without a group: ex:new"):
        barber_modularity(graph, {node: 1 for node in graph if node != "ex:new"})
    with pytest.raises(NetworkError, match="best of 0 runs"):
        barber_communities(graph, runs=0)
    with pytest.raises(NetworkError, match="neither organisation nor project"):
        barber_communities(nx.path_graph(["a", "b"]))


# comparison


def test_adjusted_mutual_information_as_published() -> None:
    # scikit-learn's tests, after the Matlab code of Vinh, Epps and Bailey: mutual information 0.41022, expected 0.15042
    one = [1, 1, 1, 1, 1, 1, 2, 2, 2, 2, 2, 2, 3, 3, 3, 3, 3]
    other = [1, 1, 1, 1, 2, 1, 2, 2, 2, 2, 3, 1, 3, 3, 3, 2, 2]
    assert adjusted_mutual_information(one, other) == pytest.approx(0.27821, abs=5e-6)
    assert adjusted_mutual_information(one * 110, other * 110) == pytest.approx(0.38, abs=5e-3)


def mutual(one: Any, other: Any) -> float:
    """Return the mutual information of two divisions."""
    size = len(one)
    rows, columns = Counter(one), Counter(other)
    return sum(
        count / size * log(size * count / rows[pair[0]] / columns[pair[1]])
        for pair, count in Counter(zip(one, other, strict=True)).items()
    )


@pytest.mark.parametrize("other", ["xxxyyz", "xyxyxy", "xxxxxy", "xyzuvv"])
def test_adjusted_mutual_information_over_all_orders(other: str) -> None:
    one = "aabbbc"
    orders = [mutual(one, order) for order in itertools.permutations(other)]
    expected = sum(orders) / len(orders)
    mean = (mutual(one, one) + mutual(other, other)) / 2
    assert adjusted_mutual_information(one, other) == pytest.approx((mutual(one, other) - expected) / (mean - expected))


def test_adjusted_mutual_information_where_there_is_nothing_to_adjust() -> None:
    assert adjusted_mutual_information([], []) == 1.0
    assert adjusted_mutual_information([1], [2]) == 1.0
    assert adjusted_mutual_information("aaa", "bbb") == 1.0
    assert adjusted_mutual_information("abc", "xyz") == 1.0
    assert adjusted_mutual_information("aaa", "xyz") == 0.0
    assert adjusted_mutual_information("aab", "xyz") == 0.0
    assert adjusted_mutual_information("aab", "xxx") == 0.0
    assert adjusted_mutual_information("aab", "yyx") == 1.0
    with pytest.raises(NetworkError, match="divisions of 1 and of 2 nodes"):
        adjusted_mutual_information("a", "ab")


def test_compare_with_an_attribute() -> None:
    graph = BARBELL.copy()
    nx.set_node_attributes(graph, dict(zip("abcxyz", ["W", "W", "W", "L", "L", None], strict=True)), "region")
    graph.add_node("alone", region="S")
    members = communities(graph).members
    found = compare(members, graph, "region")
    assert (found.information, found.nodes, found.without, found.values) == (1.0, 5, 1, 2)
    assert "over the 5 nodes with ties that have it (1 have not)" in found.methods
    assert compare(members, graph, "region", ties_only=False).nodes == 6
    with pytest.raises(NetworkError, match="not in the network: nobody"):
        compare({"nobody": 1}, graph, "region")


def test_the_club_follows_its_officers() -> None:
    graph = karate()
    assert compare(consensus(graph, resolution=0.5).members, graph, "club").information > 0.6


# labels


def test_traits_by_hand() -> None:
    members = dict(zip("abcdwxyz", [1, 1, 1, 1, 2, 2, 2, 2], strict=True))
    theme = {"a": ["Food"], "b": {"Food", "Homes"}, "c": ("Homes",), "w": ["Homes"], "x": ["Data"], "y": ["Data"]}
    region = {"a": ["Wales"], "b": ["Wales"], "w": ["London"], "x": ["London"], "y": [], "nobody": ["Mars"]}
    found = traits(members, {"theme": theme, "region": region})
    assert [(trait.attribute, trait.value) for trait in found[1]] == [
        ("region", "Wales"),
        ("theme", "Food"),
        ("theme", "Homes"),
    ]
    food = found[1][1]
    assert (food.inside, food.size, food.outside, food.rest) == (2, 3, 0, 3)
    assert food.lift == pytest.approx((2.5 / 4) / (0.5 / 4))
    assert found[1][0].size == 2
    assert community_label(found[1]) == "Wales (2 of 2) · Food (2 of 3) · Homes (2 of 3)"
    assert community_label(found[2]) == "London (2 of 2) · Data (2 of 3)"


def test_equal_traits_stand_in_the_order_of_their_names() -> None:
    members = dict(zip("abxy", [1, 1, 2, 2], strict=True))
    both = {"a": ["Youth", "Arts"], "b": ["Arts", "Youth"], "x": ["Food"], "y": ["Food"]}
    assert community_label(traits(members, {"theme": both})[1]) == "Arts (2 of 2) · Youth (2 of 2)"
    assert community_label(traits(members, {"theme": both}, most=1)[1]) == "Arts (2 of 2)"
    assert community_label(traits(members, {"theme": both}, at_least=3)[1]) == ""


def test_nothing_sets_a_group_apart() -> None:
    assert traits({}, {}) == {}
    assert traits({"a": 1, "b": 1}, {"theme": {"a": ["Food"], "b": ["Food"]}}) == {1: []}  # there is no rest
    with pytest.raises(NetworkError, match="theme of a: values are given one by one"):
        traits({"a": 1}, {"theme": {"a": "Food"}})


def test_a_whole_table(crowd: list[Participation]) -> None:
    graph = organisation_project_graph(crowd)
    one_mode = project(graph, sides(graph)[0])
    two_mode = barber_communities(graph, runs=3)
    assert two_mode.modularity > 0.5
    assert set(two_mode.members) == set(graph)
    assert set(consensus(one_mode, runs=5).members) == set(one_mode)
