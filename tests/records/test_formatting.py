"""Canonical form for many records at once."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import yaml

from ccin_graph.records.formatting import format_records
from ccin_graph.records.loading import record_files

if TYPE_CHECKING:
    from tests.conftest import Project

WARDENS = "data/projects/quayside-wardens.yaml"
FUND = "data/projects/tide-fund.yaml"


def test_the_invented_project_is_in_canonical_form(clean: Project) -> None:
    assert format_records(clean.tree, write=False) == ([], [])


def test_a_record_that_is_not_is_rewritten_whole(project: Project) -> None:
    before = project.read(WARDENS)
    project.edit(WARDENS, "part_of: [harbour-lights]", "part_of:\n  - 'harbour-lights'")
    assert format_records(project.tree) == ([WARDENS], [])
    assert project.read(WARDENS) == before
    assert format_records(project.tree) == ([], [])
    assert not list((project.root / "data").rglob(".*"))


def test_without_writing_nothing_is_changed(project: Project) -> None:
    project.edit(WARDENS, "part_of: [harbour-lights]", "part_of: harbour-lights")
    before = project.read(WARDENS)
    assert format_records(project.tree, write=False) == ([WARDENS], [])
    assert project.read(WARDENS) == before


def test_only_the_files_that_are_named(project: Project) -> None:
    for file in (WARDENS, FUND):
        project.write(file, "\n".join(reversed(project.read(file).splitlines())))
    assert format_records(project.tree, [project.root / FUND]) == ([FUND], [])


def test_a_record_that_would_lose_something_is_left_alone_and_the_others_are_not(project: Project) -> None:
    line = project.append(WARDENS, "# a remark")
    project.write(FUND, project.read(FUND).replace("name: Tide Fund", "name: 'Tide Fund'"))
    before = project.read(WARDENS)
    changed, (refused,) = format_records(project.tree)
    assert changed == [FUND]
    assert refused.startswith(f"{WARDENS}:{line}: a comment, which would be lost")
    assert project.read(WARDENS) == before


@pytest.mark.parametrize("content", [b"id: caf\xe9\n", b"\xff\xfeid"])
def test_a_record_that_is_not_utf_8_is_left_alone(project: Project, content: bytes) -> None:
    (project.root / WARDENS).write_bytes(content)
    changed, (refused,) = format_records(project.tree)
    assert not changed
    assert refused.startswith(f"{WARDENS}: not UTF-8")


def test_other_line_ends_are_not_canonical(project: Project) -> None:
    project.write(WARDENS, project.read(WARDENS).replace("\n", "\r\n"))
    assert format_records(project.tree, write=False) == ([WARDENS], [])


def test_records_written_in_another_style_come_back_byte_for_byte(project: Project) -> None:
    before = {path: path.read_bytes() for path in record_files(project.tree)}
    for path, content in before.items():
        plain = yaml.load(content, Loader=yaml.BaseLoader)
        path.write_text(yaml.dump(plain, allow_unicode=True), "utf-8")
    changed, refused = format_records(project.tree)
    assert len(changed) == len(before)
    assert not refused
    assert {path: path.read_bytes() for path in before} == before
