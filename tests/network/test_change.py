"""A network over time: by hand, and as a file for Gephi's timeline."""

from __future__ import annotations

import random
import subprocess
import sys
from itertools import pairwise
from typing import TYPE_CHECKING
from xml.etree import ElementTree

import networkx as nx
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import council_council
from ccin_graph.network.change import Change, Snapshot, changes, snapshots, write_dynamic_gexf

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ccin_graph.network import Participation

DATES = {"ex:one": "2013~", "ex:two": "2018-04~", "ex:three": "2021-08-21", "ex:later": "2024"}
SPACE = {"g": "http://www.gexf.net/1.2draft"}


@pytest.fixture
def told(participation: Callable[..., Participation]) -> list[Participation]:
    """Return what three publications tell of councils a to e.

    one: a, b, c in food. two: a, b in food and homes; c does not speak. three: a, c in lab; d, e in park. And one names
    f in mill, three names g there: only together do they tell of that tie.
    """
    table = [
        ("one", "food", "abc"),
        ("one", "mill", "f"),
        ("two", "food", "ab"),
        ("two", "homes", "ab"),
        ("three", "lab", "ac"),
        ("three", "park", "de"),
        ("three", "mill", "g"),
    ]
    return [
        participation(who, what, kind="council", publication=f"ex:{when}") for when, what, all_ in table for who in all_
    ]


def short(change: Change) -> tuple[str, ...]:
    """Return who and what changed, without prefixes: joined, returned, dropped, new ties, deepened."""
    nodes = (change.joined, change.returned, change.dropped)
    ties = (change.new_ties, change.deepened)
    return (
        *("".join(name[3:] for name in names) for names in nodes),
        *(" ".join(one[3:] + other[3:] for one, other in pairs) for pairs in ties),
    )


def test_who_joined_who_is_not_named_again_and_what_deepened(told: list[Participation]) -> None:
    first, second, third = changes(snapshots(told, DATES, council_council))
    assert (first.date, second.date, third.date) == ("2013", "2018-04", "2021-08-21")
    assert short(first) == ("abcf", "", "", "ab ac bc", "")
    assert (first.kept, first.kept_possible, first.overlap) == (None, None, 0.0)
    assert short(second) == ("", "", "cf", "", "ab")
    # of ab, ac and bc, the second tells of ab; c it does not name
    assert (second.repeated, second.kept, second.kept_possible, second.overlap) == (1, 1 / 3, 1.0, 1 / 3)
    assert second.retold == 0  # homes is new
    # a and c have a second project; the tie of f and g is told of by no publication alone
    assert short(third) == ("deg", "c", "b", "de fg", "ac")
    assert (third.repeated, third.kept, third.kept_possible, third.overlap) == (0, 0.0, None, 0.0)


def test_the_cumulative_network_only_grows(told: list[Participation]) -> None:
    shots = snapshots(told, DATES, council_council)
    assert [shot.publication for shot in shots] == ["ex:one", "ex:two", "ex:three"]
    assert [len(shot.told) for shot in shots] == [4, 2, 5]
    for one, other in pairwise(shots):
        assert set(one.cumulative) <= set(other.cumulative)
        assert set(one.cumulative.edges) <= set(other.cumulative.edges)
    assert shots[-1].cumulative.edges["ex:a", "ex:b"]["shared"] == 2
    assert not shots[-1].told.has_edge("ex:f", "ex:g")
    assert shots[-1].cumulative.has_edge("ex:f", "ex:g")


def test_a_case_told_twice_is_no_lasting_tie(told: list[Participation]) -> None:
    again = [row for row in told if row.project == "ex:food"]
    _, second = changes(snapshots(again, DATES, council_council))
    assert (second.repeated, second.retold, second.deepened) == (1, 1, ())


def test_nothing_and_little(participation: Callable[..., Participation], tmp_path: Path) -> None:
    assert snapshots([], DATES) == []
    assert changes([]) == []
    empty = nx.read_gexf(write_dynamic_gexf([], tmp_path / "empty.gexf"), version="1.2draft")
    assert len(empty) == 0
    (only,) = changes(snapshots([participation("a", "food", publication="ex:one")], DATES))
    assert (only.joined, only.new_ties, only.kept, only.overlap) == (("ex:a",), (), None, None)


def test_what_has_no_date(told: list[Participation], participation: Callable[..., Participation]) -> None:
    with pytest.raises(NetworkError, match="no date is given for ex:three"):
        snapshots(told, {"ex:one": "2013"})
    with pytest.raises(NetworkError, match="no date is given for a row without publication"):
        snapshots([participation("a", "food")], DATES)
    with pytest.raises(NetworkError, match="'soon' is no date"):
        snapshots(told, {**DATES, "ex:one": "soon"})


def spells(file: Path, what: str) -> dict[str, list[tuple[str, str | None]]]:
    """Return starts and ends by node or edge, without prefixes."""
    found = {}
    for element in ElementTree.parse(file).iterfind(f".//g:{what}", SPACE):
        name = element.get("id") or ""
        if what == "edge":
            name = f"{element.get('source')}-{element.get('target')}"
        found[name.replace("ex:", "")] = [
            (str(spell.get("start")), spell.get("end")) for spell in element.iterfind("g:spells/g:spell", SPACE)
        ]
    return found


def test_spells_of_what_stays(told: list[Participation], tmp_path: Path) -> None:
    file = write_dynamic_gexf(snapshots(told, DATES, council_council), tmp_path / "new" / "time.gexf")
    assert spells(file, "edge") == {
        "a-b": [("2013-01-01", None)],
        "a-c": [("2013-01-01", None)],
        "b-c": [("2013-01-01", None)],
        "d-e": [("2021-08-21", None)],
        "f-g": [("2021-08-21", None)],
    }
    assert spells(file, "node")["g"] == [("2021-08-21", None)]


def test_spells_of_what_is_told(told: list[Participation], tmp_path: Path) -> None:
    file = write_dynamic_gexf(snapshots(told, DATES, council_council), tmp_path / "time.gexf", stays=False)
    assert spells(file, "edge") == {
        "a-b": [("2013-01-01", "2021-08-21")],
        "a-c": [("2013-01-01", "2018-04-01"), ("2021-08-21", None)],
        "b-c": [("2013-01-01", "2018-04-01")],
        "d-e": [("2021-08-21", None)],
    }
    assert spells(file, "node")["a"] == [("2013-01-01", None)]


def test_the_file_is_read_by_others(told: list[Participation], tmp_path: Path) -> None:
    file = write_dynamic_gexf(snapshots(told, DATES, council_council), tmp_path / "time.gexf")
    back = nx.read_gexf(file, version="1.2draft")
    assert back.graph["mode"] == "dynamic"
    assert back.nodes["ex:a"]["label"] == "A"
    assert back.nodes["ex:a"]["kind"] == "council"
    assert back.edges["ex:a", "ex:b"]["weight"] == 2
    assert [start for start, _ in back.nodes["ex:d"]["spells"]] == ["2021-08-21"]


def test_the_order_of_rows_changes_nothing(told: list[Participation], tmp_path: Path) -> None:
    mixed = list(told)
    random.Random(7).shuffle(mixed)
    assert changes(snapshots(mixed, DATES)) == changes(snapshots(told, DATES))
    for stays in (True, False):
        files = [
            write_dynamic_gexf(snapshots(rows, DATES), tmp_path / name, stays=stays)
            for name, rows in (("a", told), ("b", mixed))
        ]
        assert files[0].read_bytes() == files[1].read_bytes()


def test_what_cannot_be_written(tmp_path: Path) -> None:
    odd: nx.Graph[str] = nx.Graph()
    odd.add_node("a", label="\x00")
    with pytest.raises(NetworkError, match="cannot be written in XML"):
        write_dynamic_gexf([Snapshot("ex:one", "2013", odd, odd)], tmp_path / "g.gexf")
    with pytest.raises(NetworkError, match="undirected"):
        write_dynamic_gexf([Snapshot("ex:one", "2013", nx.DiGraph(), nx.DiGraph())], tmp_path / "g.gexf")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NetworkError, match="cannot be written"):
        write_dynamic_gexf([], tmp_path / "file" / "g.gexf")


SCRIPT = """
import sys
from ccin_graph.network import Participation
from ccin_graph.network.change import changes, snapshots, write_dynamic_gexf
rows = [Participation(f"ex:{who}", f"Body {who}", "other", f"ex:p{what}", f"P {what}", "lead", True, f"ex:{what % 3}")
        for what in range(12) for who in {what % 5, what % 7, what + 3}]
shots = snapshots(set(rows), {"ex:0": "2013", "ex:1": "2018", "ex:2": "2021"})
print(changes(shots))
print(write_dynamic_gexf(shots, sys.argv[1]).read_text("utf-8"))
"""


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    done = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", SCRIPT, str(tmp_path / seed)],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert done[0] == done[1]
