"""A report as text."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.findings import Finding, Location
from ccin_graph.validate.reports import make_report, render
from ccin_graph.validate.reports.as_text import grouped, plain
from ccin_graph.validate.reports.visible import visible

if TYPE_CHECKING:
    from tests.validate.reports.conftest import Checked


def test_text_is_one_line_a_finding(faulty: Checked) -> None:
    assert render(faulty.report, "text") == "".join(f"{finding}\n" for finding in faulty.report.findings)


def test_nothing_is_empty_text() -> None:
    assert plain([]) == ""


def test_findings_are_grouped_by_file(faulty: Checked) -> None:
    text = grouped(faulty.report, 200)
    heads = [line for line in text.splitlines() if line and not line.startswith(" ")]
    files = [finding.location.file for finding in faulty.report.findings]
    assert heads == list(dict.fromkeys(files))
    assert "   23:22  violation  The lower end of a range is below its upper end" in text
    assert "→ swap 'min:' and 'max:'" in text
    assert "read in tide-2021:18" in text
    assert "accepted: kept <for> the next edition" in text


def test_lines_are_wrapped_between_words(faulty: Checked) -> None:
    assert max(len(line) for line in grouped(faulty.report, 80).splitlines() if " " in line.strip()) <= 80


def test_colour_changes_nothing_but_colour(faulty: Checked) -> None:
    import re

    coloured = grouped(faulty.report, 100, colour=True)
    assert "\x1b[31;1mviolation" in coloured
    assert re.sub(r"\x1b\[[0-9;]*m", "", coloured) == grouped(faulty.report, 100)
    assert "\x1b" not in grouped(faulty.report, 100)


def test_a_finding_of_no_file_is_under_the_dataset(faulty: Checked) -> None:
    report = make_report([Finding("r", "m")], faulty.project.tree)
    assert grouped(report).startswith("The dataset\n")


def test_no_finding_can_steer_a_terminal(faulty: Checked) -> None:
    evil = Finding("r", "a\x1b[2J\nb\r\u202ec", Location("data/\x07.yaml", 1, 1), label="\x9b0m", suggestion="\x08")
    report = make_report([evil], faulty.project.tree)
    for text in (plain(report.findings), grouped(report)):
        assert all(character.isprintable() or character == "\n" for character in text)
    assert plain([evil]).count("\n") == 1


def test_spaces_of_every_width_stay() -> None:
    assert visible("a\u00a0b\u2009c – £1") == "a\u00a0b\u2009c – £1"
    assert visible("half \ud800") == "half \\ud800"
