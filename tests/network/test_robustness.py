"""What breaks when somebody leaves: by hand, against networkx, and at the edges."""

from __future__ import annotations

import random
import subprocess
import sys
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import council_partner, organisation_project_graph, sides
from ccin_graph.network.projections import organisation_organisation
from ccin_graph.network.robustness import Damage, attack, damage, damages

if TYPE_CHECKING:
    from ccin_graph.network import Participation


def largest(graph: nx.Graph[str]) -> int:
    """Return the size of the largest component."""
    return max(map(len, nx.connected_components(graph)), default=0)


def test_florentine_families_without_the_medici() -> None:
    # by hand: fourteen families stay, Pucci is not in the graph; Acciaiuoli is cut off, Salviati keeps only Pazzi
    found = damage(nx.florentine_families_graph(), ["Medici"])
    assert (found.stay, found.largest_before, found.largest_after, found.lost) == (14, 14, 11, 3)
    assert found.cut_off == ("Acciaiuoli",)
    assert found.reach_after < found.reach_before
    assert damages(nx.florentine_families_graph())[0].removed == ("Medici",)


def test_a_funder_takes_its_projects_along_or_not(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    # the trust pays for the lab, where Oldham and the Co-op meet too; they also meet in food
    gentle = damage(graph, ["ex:trust"])
    assert (gentle.stay, gentle.projects_fallen, gentle.largest_before, gentle.largest_after) == (5, 0, 4, 4)
    assert (gentle.reach_before, gentle.reach_after, gentle.cut_off) == (12 / 5, 12 / 5, ())
    harsh = damage(graph, ["ex:trust"], projects_fall=True)
    assert (harsh.projects_fallen, harsh.largest_after, harsh.reach_after) == (1, 4, 12 / 5)
    # without the Co-op, food and the lab fall: homes is left to Oldham and Rochdale, trust and college have nobody
    co_op = damage(graph, ["ex:co-op"], projects_fall=True)
    assert (co_op.stay, co_op.projects_fallen, co_op.largest_before, co_op.largest_after) == (5, 2, 4, 2)
    assert co_op.cut_off == ("ex:college", "ex:trust")
    assert (co_op.reach_before, co_op.reach_after) == (12 / 5, 2 / 5)
    assert co_op.labels == ("Co-Op",)
    assert "ex:preston" not in damage(graph, ["ex:oldham"], projects_fall=True).cut_off  # it had nobody before


def test_two_modes_without_falling_projects_are_the_projection(crowd: list[Participation]) -> None:
    graph = organisation_project_graph(crowd)
    assert damages(graph) == damages(organisation_organisation(graph))


def test_against_networkx(crowd: list[Participation]) -> None:
    graph = council_partner(organisation_project_graph(crowd))
    chance = random.Random(5)
    for size in (1, 2, 20):
        gone = set(chance.sample(sorted(graph), size))
        found, rest = damage(graph, gone), graph.subgraph(set(graph) - gone)
        near = [len(nx.single_source_shortest_path_length(rest, node, cutoff=2)) - 1 for node in rest]
        far = [set(nx.single_source_shortest_path_length(graph, node, cutoff=2)) - gone - {node} for node in rest]
        assert found.largest_after == largest(rest)
        assert found.largest_before == max(len(nodes - gone) for nodes in nx.connected_components(graph))
        assert found.reach_after == pytest.approx(sum(near) / len(rest))
        assert found.reach_before == pytest.approx(sum(map(len, far)) / len(rest))


def test_fallen_projects_against_a_graph_without_them(crowd: list[Participation]) -> None:
    chance, graph = random.Random(6), organisation_project_graph(crowd)
    organisations = sides(graph)[0]
    for size in (1, 3, 30):
        gone = set(chance.sample(organisations, size))
        found = damage(graph, gone, projects_fall=True)
        fallen = {project for node in gone for project in graph[node]}
        rest = organisation_organisation(graph.subgraph(set(graph) - gone - fallen))
        near = [len(nx.single_source_shortest_path_length(rest, node, cutoff=2)) - 1 for node in rest]
        assert (found.projects_fallen, found.largest_after) == (len(fallen), largest(rest))
        assert found.reach_after == pytest.approx(sum(near) / len(rest))
        assert all(rest.degree(node) == 0 for node in found.cut_off)


def test_only_some_are_tried(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    assert [one.removed for one in damages(graph, ["ex:trust", "ex:co-op"], projects_fall=True)] == [
        ("ex:co-op",),
        ("ex:trust",),
    ]


def test_attack_by_hand() -> None:
    # a path of five: the middle three have two ties; b comes first by name, then d of c-d-e
    found = attack(nx.path_graph(["a", "b", "c", "d", "e"]), runs=200)
    assert found.order == ("b", "d", "a", "c", "e")
    assert found.targeted == (5, 3, 1, 1, 1, 0)
    assert found.targeted_robustness == pytest.approx(6 / 25)
    assert (found.random_mean[0], found.random_mean[-1]) == (5, 0)
    # one of five leaves: 4 are left together with either end, 3 with b or d, 2 with c
    assert found.random_mean[1] == pytest.approx((4 + 4 + 3 + 3 + 2) / 5, abs=0.2)
    assert (found.random_low[1], found.random_high[1]) == (2, 4)


def test_attack_on_a_complete_graph_makes_no_difference() -> None:
    # Schneider and others (2011): R of a complete graph is (1 - 1/N) / 2, the largest there is
    found = attack(nx.complete_graph([f"n{number:02}" for number in range(20)]), runs=3)
    assert found.targeted == tuple(range(20, -1, -1))
    assert found.random_mean == found.targeted
    assert found.targeted_robustness == pytest.approx((1 - 1 / 20) / 2)


def test_sizes_are_those_of_networkx(crowd: list[Participation]) -> None:
    graph = council_partner(organisation_project_graph(crowd))
    found = attack(graph, steps=30, runs=5)
    for step in range(0, 31, 6):
        assert found.targeted[step] == largest(graph.subgraph(set(graph) - set(found.order[:step])))
    assert found.targeted_robustness < found.random_robustness


def test_seeds(crowd: list[Participation]) -> None:
    graph = council_partner(organisation_project_graph(crowd))
    assert attack(graph, steps=20, runs=10) == attack(graph, steps=20, runs=10)
    other = attack(graph, steps=20, runs=10, seed=1)
    assert other.targeted == attack(graph, steps=20, runs=1).targeted
    assert other.random_mean != attack(graph, steps=20, runs=10).random_mean


def test_nothing_and_little() -> None:
    empty = Damage((), (), 0, 0, 0, 0.0, 0.0, (), 0)
    assert damage(nx.Graph(), []) == empty
    assert damages(nx.Graph()) == []
    only = damage(nx.empty_graph(["a"]), ["a"])
    assert (only.stay, only.largest_before, only.largest_after, only.reach_after) == (0, 0, 0, 0.0)
    found = attack(nx.Graph())
    assert (found.order, found.targeted, found.random_mean, found.targeted_robustness) == ((), (0,), (0.0,), 0.0)
    assert attack(nx.empty_graph(["a", "b"])).targeted == (1, 1, 0)
    assert attack(nx.path_graph(["a", "b"]), steps=0).targeted == (2,)


def test_what_is_not_answered(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    with pytest.raises(NetworkError, match="not an organisation of the graph: ex:food, ex:nobody"):
        damage(graph, ["ex:food", "ex:nobody"])
    with pytest.raises(NetworkError, match="one by one"):
        damage(graph, "ex:oldham")
    with pytest.raises(NetworkError, match="one by one"):
        damages(graph, "ex:oldham")
    with pytest.raises(NetworkError, match="neither organisation nor project"):
        damage(council_partner(graph), ["ex:oldham"], projects_fall=True)
    with pytest.raises(NetworkError, match="-1 nodes cannot leave"):
        attack(graph, steps=-1)
    with pytest.raises(NetworkError, match="0 random orders"):
        attack(graph, runs=0)
    with pytest.raises(NetworkError, match="undirected"):
        attack(nx.DiGraph())


SCRIPT = """
import networkx as nx
from ccin_graph.network.robustness import attack, damages
graph = nx.relabel_nodes(nx.karate_club_graph(), str)
print(attack(graph, runs=20), damages(graph))
"""


def test_the_same_whatever_the_hash_seed() -> None:
    done = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", SCRIPT],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert done[0] == done[1]
