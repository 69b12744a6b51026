"""What a report knows of a finding beyond its message."""

from __future__ import annotations

import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import RecordsError
from ccin_graph.findings import Finding, Location, Severity
from ccin_graph.validate.reports import FORMATS, make_report, render
from ccin_graph.validate.reports.describing import passage_shown
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project
    from tests.validate.reports.conftest import Checked

CASE = "data/case-studies/tide-2021/harbour-lights.yaml"


def test_a_finding_of_a_shape_says_where_what_and_how(faulty: Checked) -> None:
    entry = faulty.entry("figure-minimum")
    finding = entry.finding
    assert finding.location.file == CASE
    assert (
        faulty.project.read(CASE)
        .splitlines()[finding.location.line - 1][finding.location.column - 1 :]
        .startswith("min: 55")
    )
    assert finding.subject == f"{BASE}case-study/tide-2021/harbour-lights#figure.wardens.quayside-wardens"
    assert entry.name == "Harbour Lights: lamps chosen by the street: figure, wardens, quayside wardens"
    assert finding.path == "https://schema.org/minValue"
    assert finding.value == "55"
    assert finding.component.endswith("#LessThanConstraintComponent")
    assert entry.source == "tide-2021:18"
    assert finding.suggestion == "swap 'min:' and 'max:'"
    assert entry.said == "The lower end of a range is below its upper end: mend 'min:' and 'max:'."


def test_a_missing_key_is_suggested(faulty: Checked) -> None:
    assert faulty.entry("case-study-has-summary").finding.suggestion == "add 'summary:'"


def test_a_finding_of_the_evidence_gets_label_and_passage(faulty: Checked) -> None:
    entry = faulty.entry("name-not-in-passage")
    assert entry.name == "Harbour Lights: lamps chosen by the street: participation, river board, funding"
    assert entry.source == "tide-2021:17"


def test_a_finding_of_the_loader_is_about_the_record_that_the_file_is(faulty: Checked) -> None:
    entry = faulty.entry("season-or-financial-year")
    assert entry.finding.subject == BASE + "case-study/tide-2021/harbour-lights"
    assert entry.name == "Harbour Lights: lamps chosen by the street"
    assert (entry.finding.value, entry.finding.suggestion) == ("2021-22", "write '2021/2022'")


def test_what_cannot_be_loaded_has_suggestions_too(project: Project) -> None:
    project.edit(CASE, "themes: [participation", "theems: [participation")
    project.edit(CASE, "agent: copperfield-foundation", "agent: coperfield-foundation")
    project.edit(CASE, "period: 2020/2021", "period: 2021/2020")
    with pytest.raises(RecordsError) as raised:
        project.load()
    report = make_report(raised.value.findings, project.tree)
    told = {entry.rule.name: (entry.finding.value, entry.finding.suggestion) for entry in report.entries}
    assert told == {
        "unknown-key": ("theems", "write 'themes'"),
        "unknown-reference": ("coperfield-foundation", "write 'copperfield-foundation'"),
        "bad-value": ("2021/2020", "write '2020/2021'"),
    }
    assert report.to_mend == 3
    assert all(entry.finding.subject == BASE + "case-study/tide-2021/harbour-lights" for entry in report.entries)


def test_a_private_detail_is_not_repeated(project: Project) -> None:
    project.edit(CASE, "grant of the foundation", "write to somebody@example.org")
    report = make_report(project.problems(), project.tree)
    assert [entry.rule.name for entry in report.entries] == ["private-detail"]
    for form in FORMATS:
        assert "somebody@example.org" not in render(report, form)


def test_standings_are_counted(faulty: Checked) -> None:
    report = faulty.report
    assert sum(report.counts.values()) == len(faulty.findings) == len(report.entries)
    assert report.counts["violation"] >= 2
    assert report.counts["warning"] >= 3
    assert report.counts["accepted"] >= 1
    assert report.to_mend == sum(finding.to_mend for finding in faulty.findings)
    assert faulty.entry("figure-minimum").standing == "violation"
    assert faulty.entry("season-or-financial-year").standing == "warning"


def test_identifiers_are_unique_and_do_not_depend_on_lines(faulty: Checked, tmp_path: Path) -> None:
    identifiers = [entry.identifier for entry in faulty.report.entries]
    assert len(set(identifiers)) == len(identifiers)
    root = tmp_path / "moved"
    shutil.copytree(faulty.project.root, root)
    moved = replace(faulty.project, root=root)
    moved.write(CASE, "# a remark\n\n" + moved.read(CASE))
    dataset = moved.dataset()
    again = make_report(moved.check(), moved.tree, dataset)
    assert [entry.identifier for entry in again.entries] == identifiers
    assert [entry.place for entry in again.entries] != [entry.place for entry in faulty.report.entries]


def test_what_is_said_twice_has_two_identifiers(faulty: Checked) -> None:
    twice = [Finding("r", "m", Location("data/x.yaml", line, 1)) for line in (3, 4)]
    first, second = make_report(twice, faulty.project.tree).entries
    assert second.identifier == f"{first.identifier}-2"


def test_the_order_does_not_depend_on_the_engine(faulty: Checked) -> None:
    backwards = make_report(reversed(faulty.findings), faulty.project.tree, faulty.dataset)
    assert backwards == faulty.report


def test_a_rule_that_nobody_described_is_shown_all_the_same(faulty: Checked) -> None:
    report = make_report([Finding("own rule/1", "m", severity=Severity.WARNING)], faulty.project.tree)
    rule = report.entries[0].rule
    assert rule in report.rules
    assert rule.summary == "Own rule/1."
    for form in FORMATS:
        assert "own rule/1" in render(report, form)


def test_other_shapes_bring_no_rules_of_ours(faulty: Checked) -> None:
    report = make_report([Finding("own", "m"), Finding("own", "n")], None)
    assert [rule.name for rule in report.rules] == ["own"]


def test_what_a_finding_knows_already_stays(faulty: Checked) -> None:
    known = replace(faulty.entry("figure-minimum").finding, label="L", suggestion="S", passage="urn:p")
    (entry,) = make_report([known], faulty.project.tree, faulty.dataset).entries
    assert entry.finding == known


@pytest.mark.parametrize(
    ("iri", "shown"),
    [
        (f"{BASE}publication/tide-2021/text#line=0,1", "tide-2021:1"),
        (f"{BASE}publication/tide-2021/text#line=3,9", "tide-2021:4-9"),
        (f"{BASE}publication/tide-2021/text", ""),
        ("", ""),
    ],
)
def test_a_passage_is_shown_as_curators_write_it(iri: str, shown: str) -> None:
    assert passage_shown(iri) == shown


def test_a_passage_is_named_by_its_publication_and_lines(faulty: Checked) -> None:
    finding = Finding("r", "m", subject=f"{BASE}publication/tide-2021/text#line=15,16")
    (entry,) = make_report([finding], faulty.project.tree, faulty.dataset).entries
    assert entry.name == "Tide Papers 2021: line 16"
    assert entry.source == "tide-2021:16"


def test_a_node_without_an_iri_does_no_harm(faulty: Checked) -> None:
    finding = Finding(
        "figure-minimum", "m", subject="b0", component="http://www.w3.org/ns/shacl#LessThanConstraintComponent"
    )
    (entry,) = make_report([finding], faulty.project.tree, faulty.dataset).entries
    assert entry.name == "b0"


def test_no_form_of_another_name(faulty: Checked) -> None:
    with pytest.raises(ValueError, match="the forms are text, json"):
        render(faulty.report, "word")
