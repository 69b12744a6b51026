"""Findings: how they are ordered, weighed and shown."""

from __future__ import annotations

import pytest

from ccin_graph.findings import Finding, Location, Severity


def test_a_finding_is_shown_with_file_line_message_and_rule() -> None:
    assert str(Finding("rule", "what to do", Location("data/x.yaml", 3, 5))) == "data/x.yaml:3: what to do (rule)"


@pytest.mark.parametrize(("subject", "shown"), [("https://e.org/a", "https://e.org/a: m (r)"), ("", "dataset: m (r)")])
def test_a_finding_without_a_place_is_shown_at_its_subject(subject: str, shown: str) -> None:
    assert str(Finding("r", "m", subject=subject)) == shown


def test_an_accepted_finding_says_why() -> None:
    assert str(Finding("r", "m", accepted="it is so")).endswith("(r) [accepted: it is so]")


@pytest.mark.parametrize(
    ("severity", "accepted", "to_mend"),
    [
        (Severity.VIOLATION, "", True),
        (Severity.WARNING, "", True),
        (Severity.WARNING, "because", False),
        (Severity.INFORMATION, "", False),
    ],
)
def test_what_must_be_mended(severity: Severity, accepted: str, to_mend: bool) -> None:
    assert Finding("r", "m", severity=severity, accepted=accepted).to_mend is to_mend


def test_findings_are_ordered_by_file_then_line_as_a_number() -> None:
    places = [("b", 1, 1), ("a", 10, 1), ("a", 9, 2), ("a", 9, 1)]
    ordered = sorted((Finding("r", "m", Location(*place)) for place in places), key=lambda finding: finding.sort_key)
    assert [(f.location.file, f.location.line, f.location.column) for f in ordered] == [
        ("a", 9, 1), ("a", 9, 2), ("a", 10, 1), ("b", 1, 1),
    ]  # fmt: skip


def test_severities_are_ordered_by_gravity() -> None:
    assert Severity.INFORMATION < Severity.WARNING < Severity.VIOLATION
