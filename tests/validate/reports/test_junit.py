"""A report as JUnit XML."""

from __future__ import annotations

from typing import TYPE_CHECKING
from xml.etree import ElementTree

import pytest

from ccin_graph.findings import Finding, Location
from ccin_graph.validate.reports import make_report, render

if TYPE_CHECKING:
    from tests.validate.reports.conftest import Checked


@pytest.fixture
def suites(faulty: Checked) -> ElementTree.Element:
    return ElementTree.fromstring(render(faulty.report, "junit").encode())


def test_what_is_to_mend_fails_and_nothing_else(suites: ElementTree.Element, faulty: Checked) -> None:
    failed = [case for case in suites.iter("testcase") if case.find("failure") is not None]
    assert len(failed) == faulty.report.to_mend
    skipped = [case for case in suites.iter("testcase") if case.find("skipped") is not None]
    assert len(skipped) == faulty.report.counts["accepted"]
    assert "accepted: kept <for> the next edition" in {case.find("skipped").get("message") for case in skipped}  # type: ignore[union-attr]


def test_counts_are_those_of_the_cases(suites: ElementTree.Element) -> None:
    for suite in (suites, *suites.iter("testsuite")):
        cases = list(suite.iter("testcase"))
        for name, tag in (("failures", "failure"), ("skipped", "skipped"), ("errors", "error")):
            assert int(suite.get(name, "")) == sum(case.find(tag) is not None for case in cases)
        assert int(suite.get("tests", "")) == len(cases)


def test_a_rule_without_findings_is_a_test_that_passes(suites: ElementTree.Element, faulty: Checked) -> None:
    found = {entry.rule.name for entry in faulty.report.entries}
    quiet = {case.get("name") for case in suites.iter("testcase") if len(case) == 0}
    assert quiet == {rule.name for rule in faulty.report.rules} - found


def test_a_failure_says_file_line_and_remedy(suites: ElementTree.Element) -> None:
    (case,) = (case for case in suites.iter("testcase") if (case.get("name") or "").startswith("figure-minimum:"))
    assert (case.get("file"), case.get("line")) == ("data/case-studies/tide-2021/harbour-lights.yaml", "23")
    assert case.get("classname") == "shapes.figure-minimum"
    failure = case.find("failure")
    assert failure is not None
    assert failure.text is not None
    assert failure.get("type") == "violation"
    assert "suggestion: swap 'min:' and 'max:'" in failure.text
    assert "source: tide-2021:18" in failure.text


def test_every_text_is_xml(faulty: Checked) -> None:
    evil = Finding("r", "\x00\x0b]]>&\ufffe\ud800", Location("<\x01>", 1, 1), subject="\x02", accepted="")
    ElementTree.fromstring(render(make_report([evil], faulty.project.tree), "junit").encode())


def test_a_clean_project_fails_nothing(flawless: Checked) -> None:
    suites = ElementTree.fromstring(render(flawless.report, "junit").encode())
    assert suites.get("failures") == "0"
