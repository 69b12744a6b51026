"""Which rows count, and for which council."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import networkx as nx
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import council_council, organisation_project_graph
from ccin_graph.network.filters import NETWORK_BODY, by_place, calendar, roll_forward, select, strong_ties

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.network import Participation

DATES = {"ex:2018": "2018-04~", "ex:2020": "2020~", "ex:2021": "2021-08~"}


@pytest.fixture
def dated(participation: Callable[..., Participation]) -> list[Participation]:
    """Return rows of three publications; the network takes part in the first."""
    return [
        participation("oldham", "food", "lead", "council", publication="ex:2018", region="North West"),
        replace(participation("ccin", "food", "advice", "network", publication="ex:2018"), organisation=NETWORK_BODY),
        participation("brent", "homes", "lead", "council", publication="ex:2020", region="London"),
        participation("co-op", "homes", "funding", "affiliate", publication="ex:2020"),
        participation("oldham", "homes", "partner", "council", publication="ex:2021"),
        participation("co-op", "food", "signatory", "affiliate", publication="ex:2021", working=False),
    ]


def pairs(rows: list[Participation]) -> list[str]:
    """Return who did what."""
    return [f"{row.organisation.removeprefix('ex:')} {row.project[3:]}" for row in rows]


@pytest.mark.parametrize(
    ("conditions", "kept"),
    [
        ({}, [0, 1, 2, 3, 4, 5]),
        ({"publications": ["ex:2018", "ex:2021"]}, [0, 1, 4, 5]),
        ({"since": "2020"}, [2, 3, 4, 5]),
        ({"since": "2018-05"}, [2, 3, 4, 5]),
        ({"since": "2020-06"}, [2, 3, 4, 5]),
        ({"until": "2018"}, [0, 1]),
        ({"until": "2018-03"}, []),
        ({"since": "2018-04", "until": "2020-01"}, [0, 1, 2, 3]),
        ({"roles": {"lead"}}, [0, 2]),
        ({"working_only": True}, [0, 1, 2, 3, 4]),
        ({"kinds": ["affiliate"]}, [3, 5]),
        ({"network_body": False}, [0, 2, 3, 4, 5]),
        ({"without": ["ex:oldham"]}, [1, 2, 3, 5]),
        ({"regions": ["London"]}, [2, 3]),
        ({"regions": ["North West"]}, [0, 1, 3, 4, 5]),
        ({"regions": ["Wales"]}, []),
        ({"regions": []}, []),
        ({"kinds": ["council"], "regions": ["London"]}, [2]),
    ],
)
def test_conditions(dated: list[Participation], conditions: dict[str, Any], kept: list[int]) -> None:
    assert select(dated, dates=DATES, **conditions) == [dated[index] for index in kept]


def test_other_networks_stay(participation: Callable[..., Participation]) -> None:
    other = participation("schools-network", "food", kind="network")
    assert select([other], network_body=False) == [other]


def test_a_region_holds_for_all_rows_of_its_council(dated: list[Participation]) -> None:
    # Oldham's second row does not say where it is; Brent, in the same project, is left out
    assert pairs(select(dated, regions=["North West"])) == [
        "oldham food",
        f"{NETWORK_BODY} food",
        "co-op homes",
        "oldham homes",
        "co-op food",
    ]


def test_conditions_that_cannot_be_met(dated: list[Participation]) -> None:
    with pytest.raises(NetworkError, match=r"kinds are given one by one, not as 'council'. Write \['council'\]"):
        select(dated, kinds="council")
    with pytest.raises(NetworkError, match="no date is given for ex:2018"):
        select(dated, since="2018")
    with pytest.raises(NetworkError, match="'spring' is no date"):
        select(dated, dates=DATES, until="spring")


def test_dates() -> None:
    assert [calendar(date) for date in ("2018", "2018-04~", "2018-04-21?")] == ["2018", "2018-04", "2018-04-21"]
    for wrong in ("", "18", "2018/2019", "2018-4"):
        with pytest.raises(NetworkError, match="is no date"):
            calendar(wrong)


def test_strong_ties(small: list[Participation]) -> None:
    graph = council_council(organisation_project_graph(small))
    assert strong_ties(graph, 2).number_of_edges() == 1
    assert len(strong_ties(graph, 3)) == 3
    assert len(strong_ties(graph, 3, keep_isolates=False)) == 0
    assert strong_ties(graph, 1.4, weight="newman").number_of_edges() == 0
    assert graph.number_of_edges() == 1
    assert len(strong_ties(nx.Graph(), 1)) == 0
    with pytest.raises(NetworkError, match="has no weight 'cosine'"):
        strong_ties(graph, 1, weight="cosine")


def test_what_was_done_counts_for_the_last_successor(participation: Callable[..., Participation]) -> None:
    rows = [
        participation("taunton", "food", "lead", "council", region="South West"),
        participation("west", "food", "lead", "council", region="South West"),
        participation("somerset", "homes", "lead", "council", region="South West"),
        participation("shop", "food"),
    ]
    successors = {"ex:taunton": "ex:tw", "ex:tw": "ex:somerset", "ex:west": "ex:tw"}
    rolled = roll_forward(rows, successors)
    assert pairs(rolled) == ["somerset food", "somerset homes", "shop food"]
    assert {row.label for row in rolled} == {"Somerset", "Shop"}
    graph = organisation_project_graph(rolled)
    assert graph.nodes["ex:somerset"]["region"] == "South West"
    assert roll_forward(rows, {}) == rows


def test_a_successor_without_rows_gets_what_is_known(participation: Callable[..., Participation]) -> None:
    rows = [
        participation("a", "food", "lead", "council", region="North West"),
        participation("b", "food", "lead", "council", region="London"),
        participation("c", "food", "lead", "council", region="Wales"),
    ]
    one, two = roll_forward(rows, {"ex:a": "ex:x", "ex:b": "ex:x", "ex:c": "ex:y"}, labels={"ex:x": "New"})
    assert (one.label, one.region, two.label, two.region) == ("New", None, "ex:y", "Wales")


def test_only_councils_are_moved(participation: Callable[..., Participation]) -> None:
    rows = [participation("bank", "food", kind="affiliate")]
    assert roll_forward(rows, {"ex:bank": "ex:other"}) == rows


def test_successors_in_a_circle() -> None:
    with pytest.raises(NetworkError, match="circle: ex:a → ex:b → ex:a"):
        roll_forward([], {"ex:a": "ex:b", "ex:b": "ex:a"})


def test_by_place(participation: Callable[..., Participation]) -> None:
    rows = [
        participation("county", "food", "lead", "council", region="East of England"),
        participation("city", "food", "lead", "council", region="East of England"),
        participation("luton", "food", "partner", "council", region="East of England"),
    ]
    moved = by_place(rows, {"ex:county": "ex:norfolk", "ex:city": "ex:norfolk"}, labels={"ex:norfolk": "Norfolk"})
    graph = council_council(organisation_project_graph(moved))
    assert list(graph.edges(data="shared")) == [("ex:luton", "ex:norfolk", 1)]
    assert graph.nodes["ex:norfolk"]["region"] == "East of England"
    assert by_place(rows, {"ex:luton": "ex:luton"}) == rows[:2] + by_place(rows[2:], {"ex:luton": "ex:luton"})
