"""Each network has a query: on the records of this project, its rows are the edges that the function makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network.catalogue import PROJECTIONS, projection
from ccin_graph.network.choice import Choice
from ccin_graph.network.layers import by_publication
from ccin_graph.network.overview import sorted_ties

if TYPE_CHECKING:
    import networkx as nx

    from ccin_graph.graph import Graph
    from ccin_graph.network.tables import Tables


def weights(graph: nx.Graph[str], name: str) -> dict[tuple[str, str], int]:
    ties = {pair: graph.edges[pair] for pair in sorted_ties(graph)}
    return {
        pair: len(data["roles"]) if name == "organisation-project" else data["shared"] for pair, data in ties.items()
    }


@pytest.mark.parametrize("name", PROJECTIONS)
def test_the_rows_of_the_query_are_the_edges_of_the_function(name: str, records: Graph, tables: Tables) -> None:
    graph = PROJECTIONS[name].make(tables)
    asked: dict[tuple[str, str], int] = {}
    for row in records.query(PROJECTIONS[name].query).values():
        pair = (min(row["source"], row["target"]), max(row["source"], row["target"]))
        assert pair not in asked
        asked[pair] = int(row["roles" if name == "organisation-project" else "weight"])
        if "sourceLabel" in row:
            assert row["sourceLabel"] == graph.nodes[row["source"]]["label"]
            assert row["targetLabel"] == graph.nodes[row["target"]]["label"]
    assert asked == weights(graph, name)
    assert asked
    assert graph.graph["name"] == name


def test_the_layers_are_those_of_the_query(records: Graph, tables: Tables) -> None:
    found = by_publication(tables.participations)
    asked: dict[str, dict[tuple[str, str], int]] = {}
    for row in records.query("network/organisation-organisation-by-publication").values():
        asked.setdefault(row["publication"], {})[row["source"], row["target"]] = int(row["weight"])
    assert asked == {
        publication: weights(layer, "layer") for publication, layer in found.layers.items() if layer.number_of_edges()
    }


def test_projects_of_the_query_are_counted_once_however_many_roles(records: Graph, tables: Tables) -> None:
    told = {(row["source"], row["target"]): row for row in records.query("network/organisation-project").values()}
    graph = PROJECTIONS["organisation-project"].make(tables)
    for pair, row in told.items():
        assert int(row["publications"]) == len(graph.edges[pair]["publications"])


def test_councils_as_they_were_rolled_forward_and_by_place(tables: Tables) -> None:
    somerset, after = (f"https://w3id.org/ccin/id/organisation/{slug}" for slug in ("somerset", "somerset-council"))
    assert tables.successors == {somerset: after}
    graphs = {
        view: PROJECTIONS["organisation-organisation"].make(Choice(councils=view).of(tables))
        for view in ("as-they-were", "successors", "places")
    }
    assert (somerset in graphs["as-they-were"], somerset in graphs["successors"]) == (True, False)
    assert set(graphs["as-they-were"][somerset]) == set(graphs["successors"][after])
    assert graphs["successors"].nodes[after]["label"] == "Somerset Council"
    oldham = tables.places["https://w3id.org/ccin/id/organisation/oldham"]
    assert oldham.startswith("http://statistics.data.gov.uk/")
    assert graphs["places"].nodes[oldham] == {
        "label": "Oldham",
        "kind": "council",
        "side": "organisation",
        "categories": (),
        "region": "North West",
    }
    assert graphs["places"].number_of_edges() == graphs["as-they-were"].number_of_edges()


def test_a_choice_is_kept_by_every_network(tables: Tables) -> None:
    chosen = Choice(years="2018", network_body=False).of(tables)
    assert 0 < len(chosen.participations) < len(tables.participations)
    assert {row.publication.rpartition("/")[2] for row in chosen.participations} == {"case-studies-2018"}
    for one in PROJECTIONS.values():
        ties = one.make(chosen).number_of_edges()
        assert ties < one.make(tables).number_of_edges()
    assert Choice(sources=("case-studies-2018",)).of(tables).participations
    wales = Choice(regions=("wales",)).of(tables)
    assert {row.region for row in wales.participations} == {"Wales", None}
    leads = Choice(roles=("lead",)).of(tables).participations
    assert {row.role for row in leads} == {"Lead"}
    assert {row.kind for row in Choice(kinds=("council", "affiliate")).of(tables).participations} == {
        "council",
        "affiliate",
    }
    strong = Choice(strength=2).strong(PROJECTIONS["council-partner"].make(tables))
    assert min(data["shared"] for _, _, data in strong.edges(data=True)) == 2


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(years="twenty"), "no span of years"),
        (Choice(years="-"), "no span of years"),
        (Choice(years="2021-2018"), "run backwards"),
        (Choice(sources=("case-studies-2019",)), "no source 'case-studies-2019'. There are: case-studies-2018"),
        (Choice(roles=("king",)), "no role 'king'"),
        (Choice(kinds=("town",)), "no kind 'town'. There are: affiliate"),
        (Choice(regions=("Mordor",)), "no region 'Mordor'"),
        (Choice(councils="maybe"), "no view 'maybe'"),
    ],
)
def test_what_cannot_be_chosen(choice: Choice, said: str, tables: Tables) -> None:
    with pytest.raises(NetworkError, match=said):
        choice.of(tables)


def test_an_unknown_network() -> None:
    with pytest.raises(NetworkError, match="Networks are organisation-project, council-council"):
        projection("hairball")
