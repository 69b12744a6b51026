"""Results as tables: what a cell becomes, what a screen shows, what is said to be left out."""

from __future__ import annotations

import csv
import io

import pytest

from ccin_graph.network.results import Column, Result, Run, joined, plain

COLUMNS = (
    Column("node", "thing", "who", "dimension"),
    Column("share", "number", "how much"),
    Column("labels", "texts", "names", "note"),
)


def result(*rows: tuple[object, ...]) -> Result:
    return Result("shares", "who has how much", COLUMNS, list(rows))  # type: ignore[arg-type]


def test_cells_of_a_file_are_whole() -> None:
    text = result(("https://w3id.org/ccin/id/organisation/oldham", 1 / 3, ('a "b"', "c"))).to_csv()
    assert list(csv.reader(io.StringIO(text, newline=""))) == [
        ["node", "share", "labels"],
        ["https://w3id.org/ccin/id/organisation/oldham", "0.3333333333", 'a "b"|c'],
    ]
    assert [plain(value) for value in (None, True, False, -0.0, 12, 1e-12)] == ["", "true", "false", "0", "12", "1e-12"]


def test_a_screen_shows_short_forms_and_says_what_it_leaves_out() -> None:
    shown = result(
        ("https://w3id.org/ccin/id/organisation/oldham", 1 / 3, ()), ("ex:b", 10.0, ("x", "y")), ("ex:c", 0.0, ())
    ).to_text(2)
    assert shown.splitlines() == [
        "node                  share  labels",
        "-------------------  ------  ------",
        "organisation/oldham  0.3333",
        "ex:b                     10  x, y",
        "… 1 more rows",
    ]
    assert "more rows" not in result().to_text(2)


def test_results_of_one_name_are_one_table() -> None:
    one, other = (
        Run(name, "", "", {}, (result((name, 1.0, ())), Result(f"of-{name}", "", COLUMNS, []))) for name in ("b", "a")
    )
    found = joined([one, other])
    assert [each.name for each in found] == ["of-a", "of-b", "shares"]
    assert [row[0] for row in found[-1].rows] == ["b", "a"]
    assert len(one.result("shares").rows) == 1
    with pytest.raises(StopIteration):
        one.result("nothing")
