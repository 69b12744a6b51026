"""The mistakes a curator makes: each gives a finding that names file and line, and no mistake gives a traceback."""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import RecordsError
from ccin_graph.findings import Finding, Severity

if TYPE_CHECKING:
    from tests.conftest import Project

LIGHTS = "data/case-studies/tide-2021/harbour-lights.yaml"
ROOMS = "data/case-studies/tide-2021/warm-rooms.yaml"
MEMBERS = "data/listings/members-2021.yaml"
PEOPLE = "data/people/ada-thornbury.yaml"
FUND = "data/projects/tide-fund.yaml"
WARDENS = "data/projects/quayside-wardens.yaml"
HARBOUR = "data/projects/harbour-lights.yaml"
NAME, NUMBER = "name-not-in-passage", "number-not-in-passage"


def findings(project: Project) -> list[Finding]:
    """What 'ccin-graph check --sources' wants mended, whether or not a graph could be built."""
    try:
        return [finding for finding in project.check() if finding.to_mend]
    except RecordsError as error:
        return list(error.findings)


def test_there_is_nothing_to_mend_in_the_unchanged_project(clean: Project) -> None:
    assert [finding for finding in clean.check() if finding.to_mend] == []


#: Mistakes that keep the records from becoming a graph: file, what stands there, what is written instead, rule.
OF_FORM: dict[str, tuple[str, str, str, str]] = {
    "a misspelt key": (LIGHTS, "summary: The city", "sumary: The city", "unknown-key"),
    "a misspelt key of a claim": (LIGHTS, "printed: Kestrel", "pritned: Kestrel", "unknown-key"),
    "a role that does not exist": (LIGHTS, "role: funding", "role: helper", "unknown-reference"),
    "a dangling project": (LIGHTS, "[harbour-lights, quay", "[harbour-lights, key", "unknown-reference"),
    "a dangling project of a claim": (
        LIGHTS,
        "interpreted, project: quay",
        "interpreted, project: key",
        "unknown-reference",
    ),
    "a category misspelt": (MEMBERS, "category: member", "category: membr", "unknown-reference"),
    "no as a value": (MEMBERS, "complete: true", "complete: no", "bad-value"),
    "no as a status": (LIGHTS, "status: actual, at: 17", "status: no, at: 17", "unknown-reference"),
    "a time of day as a line": (ROOMS, "role: client, at: 28", "role: client, at: 16:16", "unknown-reference"),
    "a duplicated key": (ROOMS, "within: tide-2021/harbour-lights", "title: Warm Rooms on the river", "duplicate-key"),
    "an e-mail address in a summary": (ROOMS, "a district council.", "rooms@example.org.", "private-detail"),
    "a telephone number in a note": (MEMBERS, "in full", "in full 01632 960123", "private-detail"),
    "a postcode in a name": (PEOPLE, "name: Ada Thornbury", "name: Ada Thornbury M1 1AA", "private-detail"),
    "a tab": (FUND, "kind: fund", "kind:\tfund\n\tx: y", "not-yaml"),
}

#: Mistakes that only the texts, shapes and rules find.
OF_SUBSTANCE: dict[str, tuple[str, str, str, str]] = {
    "a participant that the lines do not name": (LIGHTS, "agent: copperfield-", "agent: river-board, key: ", NAME),
    "a participant on the wrong line": (ROOMS, "role: client, at: 28", "role: client, at: 29", NAME),
    "a printed form that is not printed": (LIGHTS, "printed: Kestrel", "printed: Kestral", NAME),
    "a figure changed by one digit": (LIGHTS, "value: 96000", "value: 96001", NUMBER),
    "a figure changed by one decimal": (LIGHTS, "value: 93.5", "value: 93.6", NUMBER),
    "a sum changed by one digit": (LIGHTS, "value: 1200000", "value: 1300000", NUMBER),
    "an end of a range changed": (LIGHTS, "max: 55", "max: 56", NUMBER),
    "a line that the text does not have": (
        LIGHTS,
        "output: lantern-map, at: 22",
        "output: lantern-map, at: 220",
        "no-such-line",
    ),
    "a range that ends on a blank line": (
        ROOMS,
        "basis: interpreted, at: 28",
        "basis: interpreted, at: 26-27",
        "blank-end",
    ),
    "a qualifier without a word for it": (ROOMS, "qualifier: exactly", "qualifier: about", "qualifier-not-in-passage"),
    "a principle said to be stated": (
        LIGHTS,
        "innovation, basis: interpreted",
        "innovation, basis: stated",
        "principle-not-in-passage",
    ),
    "a misprint in a name": (WARDENS, "name: Quayside Wardens", "name: Quayside Wradens", "likely-misprint"),
    "a blank line": (ROOMS, "agent: river-board, at: 31", "agent: river-board, at: 32", "blank-passage"),
    "a season for a financial year": (HARBOUR, "period: 2020/2021", "period: 2020-21", "season-or-financial-year"),
    "a figure without its status": (
        LIGHTS,
        "status: actual, organisation: northmere, at: 24",
        "organisation: northmere, at: 24",
        "figure-status",
    ),
    "a claim without its lines": (ROOMS, "role: delivery, at: 28", "role: delivery", "participation-evidence"),
}

Found = set[tuple[str, str, int]]


def made(project: Project, edits: dict[str, tuple[str, str, str, str]]) -> dict[str, tuple[str, str, int]]:
    """Make every mistake, and return the rule, file and line that each is to be found by."""
    made_at = {}
    for mistake, (file, old, new, rule) in edits.items():
        line = project.edit(file, old, new)
        made_at[mistake] = (rule, file, line + (rule == "not-yaml"))
    return made_at


@pytest.fixture(scope="module")
def mistaken(
    tmp_path_factory: pytest.TempPathFactory, clean: Project
) -> tuple[dict[str, tuple[str, str, int]], list[Finding]]:
    """Return where all the mistakes are, and what is found: one run for those of form, one for those of substance."""
    wanted: dict[str, tuple[str, str, int]] = {}
    found: list[Finding] = []
    for edits in (OF_FORM, OF_SUBSTANCE):
        root = tmp_path_factory.mktemp("mistaken") / "project"
        shutil.copytree(clean.root, root)
        project = replace(clean, root=root)
        wanted |= made(project, edits)
        found += findings(project)
    return wanted, found


Mistaken = tuple[dict[str, tuple[str, str, int]], list[Finding]]


@pytest.mark.parametrize("mistake", [*OF_FORM, *OF_SUBSTANCE])
def test_a_mistake_is_found_in_its_file_and_line(mistaken: Mistaken, mistake: str) -> None:
    wanted, found = mistaken
    rule, file, line = wanted[mistake]
    same = [f for f in found if (f.rule, f.location.file, f.location.line) == (rule, file, line)]
    assert same, "\n".join(map(str, found))
    assert all(finding.to_mend for finding in same)


def test_nothing_is_found_where_there_is_no_mistake(mistaken: Mistaken) -> None:
    wanted, found = mistaken
    # One mistake may break several rules: what cites a line that is not there names nothing that stands on it.
    places = {(file, line) for _, file, line in wanted.values()}
    assert {(f.location.file, f.location.line) for f in found if f.to_mend} <= places


def test_every_message_is_a_plain_sentence(mistaken: Mistaken) -> None:
    for finding in mistaken[1]:
        assert re.fullmatch(r"[\w./-]+:\d+: .+ \([a-z0-9-]+\)", str(finding)), str(finding)
        assert not re.search(r"Traceback|Error\b|Exception|<class|0x[0-9a-f]{6}|\bNone\b|_:", finding.message)


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ("sha256: a", "sha256: b", "other-source-text"),
        ("lines: 9", "lines: 8", "line-count"),
    ],
)
def test_another_text_than_the_recorded_one(project: Project, old: str, new: str, rule: str) -> None:
    file = "data/publications/tide-2019.yaml"
    project.edit(file, old, new)
    assert [(f.rule, f.location.file) for f in findings(project)] == [(rule, file)]


def test_a_title_that_is_not_printed(project: Project) -> None:
    project.edit(ROOMS, "title: Warm Rooms on the river", "title: Warm Rooms by the river")
    assert [(f.rule, f.location.file) for f in findings(project)] == [("title-not-in-section", ROOMS)]


@pytest.mark.parametrize("detail", ["rooms@example.org", "01632 960123", "M1 1AA"])
def test_a_private_detail_is_not_repeated_in_what_is_said_of_it(project: Project, detail: str) -> None:
    project.edit(ROOMS, "a district council.", f"a district council, {detail}")
    (finding,) = findings(project)
    assert detail not in str(finding)
    assert detail not in repr(finding)


def test_a_misspelt_key_names_the_nearest(project: Project) -> None:
    project.edit(LIGHTS, "summary: The city", "sumary: The city")
    (finding,) = findings(project)
    assert "did you mean 'summary'?" in finding.message


def test_without_the_sources_the_texts_are_not_looked_at(project: Project) -> None:
    from ccin_graph.validate import check

    project.edit(LIGHTS, "value: 96000", "value: 96001")
    assert not [finding for finding in check(project.dataset(), project.tree) if finding.to_mend]


def test_a_warning_of_the_loader_can_be_accepted(project: Project) -> None:
    project.edit(HARBOUR, "period: 2020/2021", "period: 2020-21")
    project.append(HARBOUR, "accept:\n- {rule: season-or-financial-year, why: it is spring}")
    (finding,) = [finding for finding in project.check() if finding.rule == "season-or-financial-year"]
    assert finding.severity is Severity.WARNING
    assert finding.accepted == "it is spring"
