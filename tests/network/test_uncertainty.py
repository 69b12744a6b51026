"""Ranks and how far they can be trusted: against the measures of graphs that are made anew, and by hand."""

from __future__ import annotations

import dataclasses
import subprocess
import sys
from typing import TYPE_CHECKING

import numpy as np
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import Participation, council_council, council_partner, measures, organisation_project_graph
from ccin_graph.network.uncertainty import BY, _Told, rank_intervals

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

YEARS = ("ex:2013", "ex:2018", "ex:2021")


@pytest.fixture
def dated(crowd: list[Participation]) -> list[Participation]:
    """Return the crowd with a publication for every row; some projects are told by two."""
    return [
        dataclasses.replace(row, publication=YEARS[(len(row.project_label) + number // 40) % 3])
        for number, row in enumerate(crowd)
    ]


def of_kinds(rows: Sequence[Participation]) -> tuple[list[str], list[str]]:
    """Return councils, and all others."""
    councils = {row.organisation for row in rows if row.kind == "council"}
    return sorted(councils), sorted({row.organisation for row in rows} - councils)


def measured(rows: Sequence[Participation], nodes: list[str], by: str, *, two_sided: bool) -> dict[str, float]:
    """Return a measure of nodes from the graph of the rows, 0 for those that are not in it."""
    graph = organisation_project_graph(rows)
    view = council_partner(graph) if two_sided else council_council(graph)
    found = {row.node: float(getattr(row, by)) for row in measures(view)}
    return {node: found.get(node, 0.0) for node in nodes}


def rank_of(values: dict[str, float]) -> dict[str, int]:
    """Return ranks, highest first."""
    return {node: 1 + sum(other > value + 1e-9 for other in values.values()) for node, value in values.items()}


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("two_sided", [True, False])
def test_values_ranks_and_leaving_out_are_those_of_the_graphs(
    by: str, two_sided: bool, dated: list[Participation]
) -> None:
    councils, others = of_kinds(dated)
    table = rank_intervals(dated, councils, partners=others if two_sided else None, by=by, replicates=20)
    values = measured(dated, councils, by, two_sided=two_sided)
    without = {
        year: measured([row for row in dated if row.publication != year], councils, by, two_sided=two_sided)
        for year in YEARS
    }
    ranks, moved = rank_of(values), {year: rank_of(found) for year, found in without.items()}
    assert table.publications == YEARS
    for row in table.rows:
        assert row.value == pytest.approx(values[row.node])
        assert row.rank == ranks[row.node]
        ends = [moved[year][row.node] for year in YEARS]
        assert (row.without_low, row.without_high) == (min(ends), max(ends))
        furthest = max(abs(end - row.rank) for end in ends)
        assert abs(row.depends_rank - row.rank) == furthest
        if row.depends_on:
            assert row.depends_rank == moved[row.depends_on][row.node]
            assert row.depends_value == pytest.approx(without[row.depends_on][row.node])
        else:
            assert all(found[row.node] == pytest.approx(row.value) for found in without.values())
        assert 1 <= row.low <= row.high <= len(councils)


@pytest.mark.parametrize("by", BY)
@pytest.mark.parametrize("two_sided", [True, False])
def test_a_replicate_is_the_graph_with_copies_of_projects(by: str, two_sided: bool, dated: list[Participation]) -> None:
    councils, others = of_kinds(dated)
    told = _Told(dated, councils, others if two_sided else councils, by)
    chance = np.random.default_rng(2)
    for _ in range(3):
        counts = told.draw(chance)
        keys = sorted({(row.publication, row.project) for row in dated})
        drawn = dict(zip(keys, counts.tolist(), strict=True))
        for year in YEARS:
            of_year = [key for key in keys if key[0] == year]
            assert sum(drawn[key] for key in of_year) == len(of_year)
        copies = []
        for row in dated:
            if drawn[row.publication, row.project]:
                times = max(drawn.get((year, row.project), 0) for year in YEARS)
                copies += [dataclasses.replace(row, project=f"{row.project}-{copy}") for copy in range(times)]
        expected = measured(copies, councils, by, two_sided=two_sided)
        assert told.values(counts).tolist() == pytest.approx(list(expected.values()))


def test_by_hand(participation: Callable[..., Participation]) -> None:
    def told(year: str, project: str, council: str, *partners: str) -> list[Participation]:
        publication = f"ex:{year}"
        return [
            participation(council, project, "lead", "council", publication=publication),
            *[participation(partner, project, publication=publication) for partner in partners],
        ]

    table = [
        *told("2018", "food", "oldham", "college", "trust", "bank"),
        *told("2021", "homes", "oldham", "nhs"),
        *told("2021", "lab", "preston", "college", "trust"),
        *told("2021", "alone", "cardiff"),
    ]
    councils, others = of_kinds(table)
    found = rank_intervals(table, councils, partners=others, replicates=500)
    oldham, preston, cardiff = found.rows
    assert (oldham.value, oldham.rank, oldham.depends_on, oldham.depends_rank) == (4, 1, "ex:2018", 2)
    assert (oldham.depends_value, oldham.without_low, oldham.without_high) == (1, 1, 2)
    # preston is first without 2018, which does not tell of it, and shares the second rank without 2021, which does
    assert (preston.value, preston.rank, preston.depends_on, preston.depends_value) == (2, 2, "ex:2018", 2)
    assert (cardiff.label, cardiff.value, cardiff.rank) == ("Cardiff", 0, 3)
    assert (oldham.low, oldham.high) == (1, 1)  # the one case study of 2018 is in every replicate
    assert preston.high == 2
    assert found.finding.startswith("Oldham is first by degree, with an interval of ranks from 1 to 1")
    for part in ("500 bootstrap replicates", "seed 1", "4 case studies", "each of 2 publications", "95%"):
        assert part in found.methods


def test_one_publication_holds_everything(small: list[Participation]) -> None:
    rows = [dataclasses.replace(row, publication="ex:2021") for row in small]
    councils, others = of_kinds(rows)
    kept = [node for node in others if node != "ex:nobody"]
    found = rank_intervals(rows, councils, partners=kept, replicates=50)
    oldham = found.rows[0]
    assert (oldham.node, oldham.depends_on, oldham.depends_value, oldham.depends_rank) == (
        "ex:oldham",
        "ex:2021",
        0.0,
        1,
    )
    preston = next(row for row in found.rows if row.node == "ex:preston")
    assert preston.value == 0


def test_rows_without_a_publication_are_never_left_out(small: list[Participation]) -> None:
    rows = [dataclasses.replace(row, publication="") for row in small]
    councils, others = of_kinds(rows)
    found = rank_intervals(rows, councils, partners=others, replicates=50)
    assert found.publications == ()
    assert {(row.depends_on, row.depends_rank - row.rank) for row in found.rows} == {("", 0)}
    assert all(row.without_low == row.without_high == row.rank for row in found.rows)


def test_other_roles_count_when_asked(small: list[Participation]) -> None:
    councils, others = of_kinds(small)
    found = rank_intervals(small, councils, partners=others, replicates=5, working_only=False)
    assert next(row for row in found.rows if row.node == "ex:preston").value == 1


def test_the_order_of_rows_changes_nothing(dated: list[Participation]) -> None:
    councils, others = of_kinds(dated)
    one = rank_intervals(dated, councils, partners=others, replicates=50)
    assert rank_intervals(dated[::-1], councils[::-1], partners=others[::-1], replicates=50) == one
    other = rank_intervals(dated, councils, partners=others, replicates=50, seed=2)
    assert [row.low for row in other.rows] != [row.low for row in one.rows]


def test_two_hash_seeds_give_the_same() -> None:
    code = (
        "from ccin_graph.network import Participation; from ccin_graph.network.uncertainty import rank_intervals;"
        "rows = [Participation(f'o{i % 7}', f'O{i % 7}', 'other', f'p{i % 11}', 'P', 'lead', True, f'y{i % 3}')"
        " for i in range(60)];"
        "print(rank_intervals(rows, [f'o{i}' for i in range(7)], by='newman', replicates=20))"
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


def test_nothing_to_rank(small: list[Participation]) -> None:
    empty = rank_intervals([], [])
    assert (empty.rows, empty.finding, empty.publications) == ([], "There is nothing to rank.", ())
    assert rank_intervals(small, []).rows == []
    alone = rank_intervals(small, ["ex:preston"], replicates=5)
    assert [(row.value, row.rank, row.low, row.high) for row in alone.rows] == [(0.0, 1, 1, 1)]
    assert alone.finding == "No organisation has any degree."


def test_what_is_not_ranked(small: list[Participation]) -> None:
    with pytest.raises(NetworkError, match=r"no intervals for 'fame'. Measures are degree, strength"):
        rank_intervals(small, ["ex:oldham"], by="fame")
    with pytest.raises(NetworkError, match="0 replicates"):
        rank_intervals(small, ["ex:oldham"], replicates=0)
    for level in (0, 1):
        with pytest.raises(NetworkError, match="is not between 0 and 1"):
            rank_intervals(small, ["ex:oldham"], level=level)
    with pytest.raises(NetworkError, match="not an organisation of the graph: ex:nobody"):
        rank_intervals(small, ["ex:nobody"])
    with pytest.raises(NetworkError, match="on both sides"):
        rank_intervals(small, ["ex:oldham"], partners=["ex:oldham"])


def test_rows_make_a_data_frame(small: list[Participation]) -> None:
    import pandas as pd

    councils, others = of_kinds(small)
    table = pd.DataFrame(rank_intervals(small, councils, partners=others, replicates=5).rows)
    assert list(table.columns[:5]) == ["node", "label", "kind", "value", "rank"]
