"""Projections: by hand, on a published graph, and against networkx."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest
from networkx.algorithms import bipartite

from ccin_graph.errors import NetworkError
from ccin_graph.network import (
    council_affiliate,
    council_council,
    council_partner,
    organisation_project_graph,
    project,
    sides,
)
from ccin_graph.network.projections import WEIGHTS, organisation_organisation

if TYPE_CHECKING:
    from ccin_graph.network import Participation


def ties(graph: nx.Graph[str]) -> dict[tuple[str, ...], Any]:
    """Return the ties of a graph by their ends, without the prefix."""
    return {
        tuple(sorted((one[3:], other[3:]))): (data["shared"], data["newman"], [name[3:] for name in data["projects"]])
        for one, other, data in graph.edges(data=True)
    }


def test_councils_by_hand(small: list[Participation]) -> None:
    graph = council_council(organisation_project_graph(small))
    assert list(graph) == ["ex:oldham", "ex:preston", "ex:rochdale"]
    # food has four participants, a college and the Co-op among them: 1/3; homes has two: 1
    assert ties(graph) == {("oldham", "rochdale"): (2, pytest.approx(1 / 3 + 1), ["food", "homes"])}
    assert graph.nodes["ex:oldham"]["region"] == "North West"
    assert graph.graph["name"] == "council-council"


def test_partners_by_hand(small: list[Participation]) -> None:
    graph = council_partner(organisation_project_graph(small))
    assert ties(graph) == {
        ("co-op", "oldham"): (2, pytest.approx(1 / 3 + 1 / 2), ["food", "lab"]),
        ("college", "oldham"): (1, pytest.approx(1 / 3), ["food"]),
        ("oldham", "trust"): (1, pytest.approx(1 / 2), ["lab"]),
        ("co-op", "rochdale"): (1, pytest.approx(1 / 3), ["food"]),
        ("college", "rochdale"): (1, pytest.approx(1 / 3), ["food"]),
    }
    assert nx.get_node_attributes(graph, "side") == {
        **dict.fromkeys(["ex:oldham", "ex:preston", "ex:rochdale"], "focus"),
        **dict.fromkeys(["ex:co-op", "ex:college", "ex:trust"], "partner"),
    }


def test_affiliates_by_hand(small: list[Participation]) -> None:
    graph = council_affiliate(organisation_project_graph(small))
    assert set(ties(graph)) == {("co-op", "oldham"), ("oldham", "trust"), ("co-op", "rochdale")}
    assert ties(graph)["co-op", "rochdale"][1] == pytest.approx(1 / 3)  # the college still counts


def test_a_project_done_alone_ties_nobody(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    assert graph.degree("ex:solo") == 1
    assert project(graph, sides(graph)[0]).degree("ex:preston") == 0
    wider = organisation_project_graph(small, working_only=False)
    assert ties(council_affiliate(wider))["preston", "trust"] == (1, 1.0, ["solo"])


def test_southern_women_as_published(southern_women: list[Participation]) -> None:
    # Breiger, "The duality of persons and groups", Social Forces 53 (1974), prints this matrix: events in common
    graph = council_council(organisation_project_graph(southern_women))
    assert (len(graph), graph.number_of_edges()) == (18, 139)
    published = {
        ("Evelyn Jefferson", "Laura Mandeville"): 6,
        ("Evelyn Jefferson", "Theresa Anderson"): 7,
        ("Laura Mandeville", "Brenda Rogers"): 6,
        ("Evelyn Jefferson", "Flora Price"): 1,
        ("Katherina Rogers", "Sylvia Avondale"): 6,
    }
    assert {pair: graph.edges[pair]["shared"] for pair in published} == published
    assert not graph.has_edge("Laura Mandeville", "Flora Price")


@pytest.mark.parametrize("table", ["small", "southern_women", "crowd"])
def test_networkx_gives_the_same(table: str, request: pytest.FixtureRequest) -> None:
    graph = organisation_project_graph(request.getfixturevalue(table))
    organisations, projects = sides(graph)
    ours = project(graph, organisations)
    shared = bipartite.weighted_projected_graph(graph, organisations)
    newman = bipartite.collaboration_weighted_projected_graph(graph, organisations)
    assert {frozenset(edge) for edge in ours.edges} == {frozenset(edge) for edge in shared.edges}
    for one, other, data in ours.edges(data=True):
        assert data["shared"] == shared.edges[one, other]["weight"] == len(data["projects"])
        assert data["newman"] == pytest.approx(newman.edges[one, other]["weight"], rel=1e-12)
        assert data["projects"] == sorted(nx.common_neighbors(graph, one, other))
    assert set(projects) >= {name for names in nx.get_edge_attributes(ours, "projects").values() for name in names}


@pytest.mark.parametrize("table", ["small", "southern_women", "crowd"])
def test_weights_around_a_node_add_up_to_its_joint_projects(table: str, request: pytest.FixtureRequest) -> None:
    graph = organisation_project_graph(request.getfixturevalue(table))
    ours = project(graph, sides(graph)[0])
    for node in ours:
        joint = sum(1 for name in graph[node] if graph.degree(name) >= 2)
        assert sum(data["newman"] for data in ours[node].values()) == pytest.approx(joint)


@pytest.mark.parametrize("table", ["small", "crowd"])
def test_two_sides_are_the_ties_between_them(table: str, request: pytest.FixtureRequest) -> None:
    graph = organisation_project_graph(request.getfixturevalue(table))
    whole = project(graph, sides(graph)[0])
    kind = nx.get_node_attributes(whole, "kind")
    for view, wanted in (
        (council_council(graph), lambda one, other: {one, other} == {"council"}),
        (council_partner(graph), lambda one, other: (one == "council") != (other == "council")),
        (council_affiliate(graph), lambda one, other: {one, other} == {"council", "affiliate"}),
    ):
        expected = {frozenset(edge): whole.edges[edge] for edge in whole.edges if wanted(kind[edge[0]], kind[edge[1]])}
        assert {frozenset(edge): view.edges[edge] for edge in view.edges} == expected


def test_part_of_the_organisations_keeps_the_size_of_projects(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    pair = project(graph, ["ex:rochdale", "ex:oldham", "ex:oldham"])
    assert list(pair) == ["ex:oldham", "ex:rochdale"]
    assert pair.edges["ex:oldham", "ex:rochdale"]["newman"] == pytest.approx(4 / 3)
    between = project(graph, ["ex:oldham"], partners=["ex:rochdale"])
    assert list(between.edges(data="shared")) == [("ex:oldham", "ex:rochdale", 2)]


def test_the_projected_graph_is_the_callers_own(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    view = council_council(graph)
    view.nodes["ex:oldham"]["label"] = "changed"
    assert graph.nodes["ex:oldham"]["label"] == "Oldham"


def test_nothing_to_project(small: list[Participation]) -> None:
    empty = organisation_project_graph([])
    for named in (council_council, council_partner, council_affiliate):
        assert len(named(empty)) == 0
    graph = organisation_project_graph(small)
    assert len(project(graph, [])) == 0
    assert list(project(graph, ["ex:oldham"], partners=[])) == ["ex:oldham"]
    leads = organisation_project_graph(small, roles={"lead"})
    assert council_affiliate(leads).number_of_edges() == 0


def test_what_cannot_be_projected(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    with pytest.raises(NetworkError, match="not an organisation of the graph: ex:food, ex:nobody"):
        project(graph, ["ex:nobody", "ex:food", "ex:oldham"])
    with pytest.raises(NetworkError, match="on both sides of the projection: ex:oldham"):
        project(graph, ["ex:oldham"], partners=["ex:oldham", "ex:co-op"])
    with pytest.raises(NetworkError, match="one by one"):
        project(graph, "ex:oldham")
    with pytest.raises(NetworkError, match="neither organisation nor project"):
        council_council(nx.path_graph(["a", "b"]))


def test_further_weights_by_hand(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    # Oldham took part in three of the four projects, Rochdale in two, both in two
    edge = council_council(graph, weights=["pmi", "cosine"]).edges["ex:oldham", "ex:rochdale"]
    assert list(edge) == ["shared", "newman", "projects", "cosine", "pmi"]
    assert edge["cosine"] == pytest.approx(2 / math.sqrt(3 * 2))
    assert edge["pmi"] == pytest.approx(math.log2(2 * 4 / (3 * 2)))
    assert "pmi" not in council_partner(graph, weights={"cosine"}).edges["ex:oldham", "ex:co-op"]
    for wrong, what in ((["jaccard"], "no weight jaccard"), ("pmi", "one by one")):
        with pytest.raises(NetworkError, match=what):
            project(graph, [], weights=wrong)


def test_cosine_of_the_southern_women_against_a_dense_product(southern_women: list[Participation]) -> None:
    import numpy as np

    graph = organisation_project_graph(southern_women)
    women, events = sides(graph)
    dense = bipartite.biadjacency_matrix(graph, women, events, dtype=np.dtype(float)).toarray()
    unit = dense / np.linalg.norm(dense, axis=1, keepdims=True)
    expected, joint = unit @ unit.T, dense @ dense.T / len(events)
    alone = dense.sum(axis=1) / len(events)
    for one, other, data in council_council(graph, weights=WEIGHTS).edges(data=True):
        i, j = women.index(one), women.index(other)
        assert data["cosine"] == pytest.approx(expected[i, j])
        assert data["pmi"] == pytest.approx(math.log2(joint[i, j] / (alone[i] * alone[j])))


def test_everybody_with_everybody(crowd: list[Participation]) -> None:
    graph = organisation_project_graph(crowd)
    whole = organisation_organisation(graph)
    assert whole.graph["name"] == "organisation-organisation"
    assert nx.utils.edges_equal(whole.edges(data=True), project(graph, sides(graph)[0]).edges(data=True))
