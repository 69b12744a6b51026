"""All checks in one list: located, in order, and weighed by what records accept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.findings import Finding, Location, Severity
from ccin_graph.validate import check, summary_of
from ccin_graph.validate.controls import compare_controls
from ccin_graph.validate.locating import locate
from ccin_graph.validate.results import Result
from ccin_graph.validate.shacl import Engine
from ccin_graph.vocabulary import BASE, CCIN, PROV, SCHEMA, SKOS

if TYPE_CHECKING:
    from ccin_graph.build import Dataset
    from tests.conftest import Project

LIGHTS = "data/case-studies/tide-2021/harbour-lights.yaml"
ROOMS = "data/case-studies/tide-2021/warm-rooms.yaml"
NORTHMERE = "data/organisations/councils/northmere.yaml"
COPPERFIELD = "data/organisations/others/copperfield-foundation.yaml"
GRANT = f"{BASE}case-study/tide-2021/harbour-lights#figure.grant-of-the-foundation"


def line_of(project: Project, file: str, text: str) -> int:
    before, found, _ = project.read(file).partition(text)
    assert found, text
    return before.count("\n") + 1


# Where a result is to be mended


@pytest.mark.parametrize(
    ("subject", "path", "file", "text"),
    [
        (f"{BASE}organisation/northmere", "", NORTHMERE, "id:"),
        (f"{BASE}organisation/northmere", CCIN + "region", NORTHMERE, "region:"),
        (f"{BASE}organisation/northmere", SKOS + "prefLabel", NORTHMERE, "name:"),
        (f"{BASE}organisation/northmere", SCHEMA + "nothing", NORTHMERE, "id:"),
        (GRANT, "", LIGHTS, "{measure: grant"),
        (GRANT, SCHEMA + "value", LIGHTS, "{measure: grant"),
        ("http://statistics.data.gov.uk/id/statistical-geography/E99000001", "", NORTHMERE, "area:"),
        (f"{BASE}case-study/tide-2021/harbour-lights#participation.northmere.lead", "", LIGHTS, "lead:"),
    ],
)
def test_a_node_is_found_where_it_or_its_property_was_written(
    dataset: Dataset, clean: Project, subject: str, path: str, file: str, text: str
) -> None:
    result = Result("rule", Severity.WARNING, "mend it.", subject, path, "")
    (finding,) = locate([result], dataset.store, dataset.corpus.origins)
    assert (finding.location.file, finding.location.line) == (file, line_of(clean, file, text))
    assert (finding.rule, finding.severity, finding.subject) == ("rule", Severity.WARNING, subject)


@pytest.mark.parametrize(
    ("subject", "file", "text"),
    [
        (f"{BASE}partnership/brightwater-trust--saltby", ROOMS, "{agent: brightwater-trust"),
        (
            f"{BASE}organisation/saltby#member.harbour-network.member.2019-04-04",
            "data/listings/members-2019.yaml",
            "{listed: saltby",
        ),
    ],
)
def test_a_derived_node_is_reported_at_a_claim_behind_it(
    dataset: Dataset, clean: Project, subject: str, file: str, text: str
) -> None:
    result = Result("rule", Severity.VIOLATION, "mend it.", subject, CCIN + "weight", "")
    (finding,) = locate([result], dataset.store, dataset.corpus.origins)
    assert (finding.location.file, finding.location.line) == (file, line_of(clean, file, text))


def test_a_node_that_no_record_wrote_has_no_place_but_its_name(dataset: Dataset) -> None:
    result = Result("rule", Severity.VIOLATION, "mend it.", f"{BASE}role/lead", "", "")
    (finding,) = locate([result], dataset.store, dataset.corpus.origins)
    assert finding.location == Location()
    assert str(finding).startswith(f"{BASE}role/lead: ")


def test_a_finding_knows_its_passage_and_the_value_that_was_found(dataset: Dataset) -> None:
    result = Result("rule", Severity.VIOLATION, "mend it.", GRANT, CCIN + "unit", f"{BASE}unit/wrong")
    (finding,) = locate([result], dataset.store, dataset.corpus.origins)
    assert finding.passage == f"{BASE}publication/tide-2021/text#line=16,17"
    assert "mend it." in finding.message
    assert "(found: unit/wrong)" in finding.message


# Accepting


def rules(findings: list[Finding]) -> dict[str, str]:
    """Why each finding is accepted, by rule."""
    return {finding.rule: finding.accepted for finding in findings if finding.severity is not Severity.INFORMATION}


def test_a_warning_that_its_record_accepts_is_not_to_mend(dataset: Dataset, clean: Project) -> None:
    (finding,) = [finding for finding in check(dataset, clean.tree) if finding.rule == "organisation-type"]
    assert finding.accepted == "the papers do not say what kind of body it is"
    assert not finding.to_mend
    assert (finding.location.file, finding.severity) == (COPPERFIELD, Severity.WARNING)


def test_a_warning_that_nobody_accepts_is_to_mend(project: Project) -> None:
    text = project.read(COPPERFIELD)
    project.write(COPPERFIELD, text.partition("accept:")[0])
    (finding,) = [finding for finding in project.check() if finding.to_mend]
    assert (finding.rule, finding.location.file) == ("organisation-type", COPPERFIELD)


def test_a_rule_is_accepted_for_one_record_and_one_rule(project: Project) -> None:
    project.edit(COPPERFIELD, "rule: organisation-type", "rule: unused-organisation")
    project.edit("data/organisations/others/river-board.yaml", "classification: [public-body]\n", "")
    found = [(finding.rule, finding.location.file) for finding in project.check() if finding.to_mend]
    assert found == [
        ("organisation-type", COPPERFIELD),
        ("organisation-type", "data/organisations/others/river-board.yaml"),
    ]


def test_a_violation_cannot_be_accepted(project: Project) -> None:
    project.edit(NORTHMERE, "identifier: [NMR]", "identifier: [E99000001]")
    project.append(NORTHMERE, "accept:\n- {rule: code-on-a-body, why: we like it there}")
    (finding,) = [finding for finding in project.check() if finding.rule == "code-on-a-body"]
    assert finding.accepted == ""
    assert finding.to_mend


def test_a_claim_is_accepted_in_its_record(project: Project) -> None:
    project.edit(LIGHTS, "status: actual, at: 17}", "status: actual, period: 2018, at: 17}")
    project.append(LIGHTS, "accept:\n- {rule: period-outside-project, why: the grant came first}")
    (finding,) = [finding for finding in project.check() if finding.rule == "period-outside-project"]
    assert finding.accepted == "the grant came first"


# The list


def test_both_engines_find_the_same(project: Project) -> None:
    project.edit(LIGHTS, "status: actual, at: 17", "at: 17")
    by_engine = [[str(finding) for finding in project.check(engine)] for engine in Engine]
    assert by_engine[0] == by_engine[1]
    assert len(by_engine[0]) >= 2


def test_findings_come_in_the_order_of_files_and_lines(project: Project) -> None:
    project.edit(LIGHTS, "status: actual, at: 17", "at: 17")
    project.edit(LIGHTS, "value: 96000", "value: 96001")
    project.edit(ROOMS, "role: client, at: 28", "role: client, at: 29")
    project.edit("data/projects/harbour-lights.yaml", "period: 2020/2021", "period: 2020-21")
    found = [finding.sort_key for finding in project.check()]
    assert found == sorted(found)
    assert len({key[0] for key in found}) >= 4


def test_without_sources_it_takes_no_sources(dataset: Dataset, clean: Project, tmp_path: Path) -> None:
    assert not [finding for finding in check(dataset, clean.tree) if finding.to_mend]
    missing = [finding for finding in check(dataset, clean.tree, tmp_path) if finding.to_mend]
    assert {finding.rule for finding in missing} == {"no-source-text"}
    assert {finding.location.file for finding in missing} == {
        "data/publications/tide-2019.yaml",
        "data/publications/tide-2021.yaml",
    }


# Controls: what a source says of the network itself


def control(project: Project, value: str, qualifier: str = "exactly", name: str = "lists") -> list[Result]:
    """Let a figure of the invented project name a control, and compare it."""
    project.write(
        "queries/controls/lists.rq",
        "#+ summary: Lists of members\n#+ columns: {number: how many}\nPREFIX ccin: <https://w3id.org/ccin/def#>\n"
        "SELECT (COUNT(?list) AS ?number) { ?list a ccin:MembershipListing }",
    )
    project.edit(
        ROOMS,
        "figures:\n",
        f"figures:\n- {{measure: lists, value: {value}, unit: document, qualifier: {qualifier}, status: actual, "
        f"organisation: harbour-network, control: {name}, at: 28}}\n",
    )
    return list(compare_controls(project.dataset().store, project.tree.queries))


@pytest.mark.parametrize(
    ("value", "qualifier", "agrees"),
    [
        ("4", "exactly", True),
        ("5", "exactly", False),
        ("3", "exactly", False),
        ("3", "at-least", True),
        ("4", "at-least", True),
        ("5", "at-least", False),
        ("5", "at-most", True),
        ("3", "at-most", False),
    ],
)
def test_what_a_source_says_of_the_network_is_compared_with_the_graph(
    project: Project, value: str, qualifier: str, agrees: bool
) -> None:
    results = control(project, value, qualifier)
    assert bool(results) is not agrees
    for result in results:
        assert (result.rule, result.severity) == ("control-total", Severity.INFORMATION)
        assert value in result.message
        assert "the graph holds 4 (lists of members)" in result.message


def test_a_control_that_does_not_exist_is_a_violation(project: Project) -> None:
    (result,) = control(project, "4", name="listz")
    assert (result.rule, result.severity, result.value) == ("unknown-control", Severity.VIOLATION, "listz")
    assert result.subject == f"{BASE}case-study/tide-2021/warm-rooms#figure.lists"
    assert PROV not in result.message


# The summary


@pytest.mark.parametrize(
    ("severities", "said"),
    [
        ("", "Nothing to mend."),
        ("v", "To mend: 1 violation."),
        ("vv", "To mend: 2 violations."),
        ("vw", "To mend: 1 violation, 1 warning."),
        ("ww", "To mend: 2 warnings."),
        ("a", "Nothing to mend (1 accepted warning)."),
        ("i", "Nothing to mend (1 for information)."),
        ("vwaii", "To mend: 1 violation, 1 warning, 1 accepted warning, 2 for information."),
    ],
)
def test_findings_are_counted_in_a_sentence(severities: str, said: str) -> None:
    of = {
        "v": Finding("r", "m", severity=Severity.VIOLATION),
        "w": Finding("r", "m", severity=Severity.WARNING),
        "a": Finding("r", "m", severity=Severity.WARNING, accepted="why"),
        "i": Finding("r", "m", severity=Severity.INFORMATION),
    }
    assert summary_of([of[letter] for letter in severities]) == said
