"""The two-mode graph."""

from __future__ import annotations

import random
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import organisation_project_graph, sides

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.network import Participation


def everything(graph: nx.Graph[str]) -> tuple[object, object]:
    """Return nodes and edges with their attributes, in their order."""
    return list(graph.nodes(data=True)), list(graph.edges(data=True))


def test_nodes_and_edges(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    assert list(graph) == [
        *("ex:co-op", "ex:college", "ex:oldham", "ex:preston", "ex:rochdale", "ex:trust"),
        *("ex:food", "ex:homes", "ex:lab", "ex:solo"),
    ]
    assert graph.number_of_edges() == 10
    assert graph.nodes["ex:oldham"] == {
        "label": "Oldham",
        "kind": "council",
        "side": "organisation",
        "categories": (),
        "region": "North West",
    }
    assert graph.nodes["ex:co-op"]["categories"] == ("affiliate",)
    assert "region" not in graph.nodes["ex:co-op"]
    assert graph.nodes["ex:food"] == {"label": "Food", "kind": "project", "side": "project"}
    assert nx.is_bipartite(graph)


def test_roles_and_publications_of_one_tie_are_kept_together(small: list[Participation]) -> None:
    edge = organisation_project_graph(small).edges["ex:oldham", "ex:food"]
    assert edge == {"roles": ("funding", "lead"), "publications": ("ex:2018", "ex:2021")}


def test_roles_that_are_no_work_are_left_out_unless_asked_for(small: list[Participation]) -> None:
    assert not organisation_project_graph(small).has_edge("ex:trust", "ex:solo")
    assert organisation_project_graph(small, working_only=False).has_edge("ex:trust", "ex:solo")


def test_only_some_roles(small: list[Participation]) -> None:
    leads = organisation_project_graph(small, roles={"lead"})
    assert sorted(leads.edges) == [
        ("ex:oldham", "ex:food"),
        ("ex:oldham", "ex:homes"),
        ("ex:preston", "ex:solo"),
    ]
    assert "ex:college" not in leads
    assert len(organisation_project_graph(small, roles=["signatory"])) == 0
    assert len(organisation_project_graph(small, roles=["signatory"], working_only=False)) == 2


def test_a_single_string_is_not_a_collection_of_roles(small: list[Participation]) -> None:
    with pytest.raises(NetworkError, match=r"not as 'lead'.*Write \['lead'\]"):
        organisation_project_graph(small, roles="lead")


def test_the_order_of_rows_changes_nothing(crowd: list[Participation]) -> None:
    mixed = list(crowd)
    random.Random(3).shuffle(mixed)
    assert everything(organisation_project_graph(mixed)) == everything(organisation_project_graph(crowd))


def test_an_empty_table() -> None:
    graph = organisation_project_graph([])
    assert len(graph) == 0
    assert sides(graph) == ([], [])


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ({"kind": "affiliate"}, "more than one kind: affiliate, council"),
        ({"kind": "council", "region": "London"}, "more than one region: London, North West"),
    ],
)
def test_rows_that_disagree(
    small: list[Participation], participation: Callable[..., Participation], more: dict[str, str], what: str
) -> None:
    with pytest.raises(NetworkError, match=what):
        organisation_project_graph([*small, participation("oldham", "new", **more)])


def test_an_organisation_cannot_be_a_project_too(
    small: list[Participation], participation: Callable[..., Participation]
) -> None:
    with pytest.raises(NetworkError, match="ex:food is an organisation in one row and a project in another"):
        organisation_project_graph([*small, participation("food", "homes")])


def test_graphs_that_are_not_two_mode() -> None:
    with pytest.raises(NetworkError, match="neither organisation nor project"):
        sides(nx.path_graph(["a", "b"]))
    graph: nx.Graph[str] = nx.Graph([("a", "b")])
    nx.set_node_attributes(graph, {"a": "project", "b": "project"}, "side")
    with pytest.raises(NetworkError, match="a and b are joined, but both are on the project side"):
        sides(graph)
    with pytest.raises(NetworkError, match="undirected"):
        sides(nx.DiGraph())
    with pytest.raises(NetworkError, match="one edge for each pair"):
        sides(nx.MultiGraph())
