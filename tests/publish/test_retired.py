"""The list of retired IRIs: read strictly, every mistake with file and line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import RetiredError
from ccin_graph.publish.retired import FILE, Retired, read_retired
from ccin_graph.records.loading import NOT_RECORDS

if TYPE_CHECKING:
    from ccin_graph.tree import Tree
    from tests.conftest import Project

GOOD = """\
merged:
- {id: organisation/northmere-city, into: organisation/northmere, date: 2026-05-01, why: One body under two names.}
withdrawn:
- {id: project/never-was, date: 2026-06-01, why: The source speaks of another project.}
- {id: case-study/tide-2021/blank, date: 2026-06-01, why: Nothing stood there.}
"""


def test_merged_and_withdrawn(project: Project) -> None:
    project.write(f"data/{FILE}", GOOD)
    found = {one.id: one for one in read_retired(project.tree, {"organisation/northmere"})}
    assert list(found) == ["case-study/tide-2021/blank", "organisation/northmere-city", "project/never-was"]
    merged = found["organisation/northmere-city"]
    assert merged == Retired(
        "organisation/northmere-city", "organisation/northmere", "2026-05-01", "One body under two names.", 2
    )
    assert merged.is_merged
    assert not found["project/never-was"].is_merged


def test_a_project_without_the_list(project: Project) -> None:
    assert read_retired(project.tree) == ()


def test_the_list_of_the_checkout_can_be_read(checkout: Tree) -> None:
    read_retired(checkout)


def test_the_list_is_no_record(project: Project) -> None:
    project.write(f"data/{FILE}", GOOD)
    assert FILE in NOT_RECORDS
    assert project.problems() == []


ENTRY = "- {{id: {id}, into: {into}, date: {date}, why: {why}}}"
FINE = {"id": "project/a", "into": "project/b", "date": "2026-05-01", "why": "A reason."}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "a mapping of 'merged:' and 'withdrawn:'"),
        ("- a\n", 1, "a mapping of 'merged:' and 'withdrawn:'"),
        ("merged: []\nmergd: []\n", 2, "no key 'mergd'; did you mean 'merged'?"),
        ("merged:\nwithdrawn: []\n", 1, "'merged' is a list"),
        ("merged:\n- project/a\n", 2, "an entry of 'merged' gives 'id', 'into', 'date', 'why'"),
        ("withdrawn:\n- {id: project/a, date: 2026-05-01}\n", 2, "'why' is missing"),
        ("withdrawn:\n- {id: project/a, date: 2026-05-01, why: ''}\n", 2, "'why' is a text"),
        ("withdrawn:\n- {id: project/a, date: 2026-05-01, why: [x]}\n", 2, "'why' is a text"),
        ("withdrawn:\n- {id: project/a, into: project/b, date: 2026-05-01, why: x}\n", 2, "no key 'into'"),
        ("merged:\n" + ENTRY.format(**{**FINE, "date": "1 May 2026"}), 2, "'1 May 2026' is no day"),
        ("merged:\n" + ENTRY.format(**{**FINE, "date": "2026-02-30"}), 2, "is no day"),
        ("merged:\n" + ENTRY.format(**{**FINE, "id": "project"}), 2, "'project' is no id"),
        ("merged:\n" + ENTRY.format(**{**FINE, "id": "../../etc"}), 2, "is no id"),
        ("merged:\n" + ENTRY.format(**{**FINE, "id": "projet/a"}), 2, "is no id"),
        ("merged:\n" + ENTRY.format(**{**FINE, "id": "case-study/a"}), 2, "is no id"),
        ("merged:\n" + ENTRY.format(**{**FINE, "id": "project/A"}), 2, "is no id"),
        ("merged:\n" + ENTRY.format(**{**FINE, "into": "project/b#x"}), 2, "is no id"),
        ("merged:\n" + ENTRY.format(**{**FINE, "into": "project/bb"}), 2, "no record project/bb; did you mean"),
        ("merged:\n" + ENTRY.format(**{**FINE, "id": "project/b", "into": "project/c"}), 2, "project/b has a record"),
        ("merged:\n" + "\n".join([ENTRY.format(**FINE)] * 2), 3, "stands here and on line 2"),
        (
            "merged:\n" + ENTRY.format(**{**FINE, "into": "project/z"})
            + "\n" + ENTRY.format(**{**FINE, "id": "project/z"}),
            2,
            "project/z is retired itself; lead to project/b",
        ),
        ("merged: &x []\nwithdrawn: *x\n", 1, "anchor"),
        ("merged: []\nmerged: []\n", 2, "stands twice"),
        ("merged: [\n", 2, "check quotes and indentation"),
    ],
)  # fmt: skip
def test_every_mistake_has_a_line(project: Project, text: str, line: int, said: str) -> None:
    project.write(f"data/{FILE}", text)
    with pytest.raises(RetiredError) as caught:
        read_retired(project.tree, {"project/b", "project/c"})
    findings = caught.value.findings
    place = next(finding.location for finding in findings if said in finding.message)
    assert (place.file, place.line) == (f"data/{FILE}", line)
    assert "in the list of retired IRIs" in str(caught.value)
