"""A report as JUnit XML, for continuous integration.

A suite for each kind of rule. A rule without findings is one test that passes; of a rule with findings every finding is
a test: a failure where it is to be mended, skipped where it is accepted, passed where it is information.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape, quoteattr

from ccin_graph.validate.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccin_graph.validate.reports.report import Entry, Report
    from ccin_graph.validate.reports.rulebook import Rule


def to_junit(report: Report) -> str:
    """Return a report as JUnit XML.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
    """
    found: dict[str, list[Entry]] = defaultdict(list)
    for entry in report.entries:
        found[entry.rule.name].append(entry)
    suites: dict[str, list[Rule]] = defaultdict(list)
    for rule in report.rules:
        suites[rule.kind.value].append(rule)
    body = [line for kind, rules in suites.items() for line in _suite(kind, rules, found)]
    head = f"<testsuites name={quoteattr('ccin-graph check')}{_counts(report.rules, found)}>"
    return "\n".join(['<?xml version="1.0" encoding="UTF-8"?>', head, *body, "</testsuites>"]) + "\n"


def _suite(kind: str, rules: list[Rule], found: dict[str, list[Entry]]) -> Iterator[str]:
    yield f"  <testsuite name={quoteattr(kind)}{_counts(rules, found)}>"
    for rule in rules:
        if not found[rule.name]:
            yield f"    <testcase classname={quoteattr(kind)} name={_attribute(rule.name)}/>"
        for entry in found[rule.name]:
            yield from _case(kind, entry)
    yield "  </testsuite>"


def _counts(rules: Sequence[Rule], found: dict[str, list[Entry]]) -> str:
    entries = [entry for rule in rules for entry in found[rule.name]]
    tests = len(entries) + sum(not found[rule.name] for rule in rules)
    failures = sum(entry.finding.to_mend for entry in entries)
    skipped = sum(bool(entry.finding.accepted) for entry in entries)
    return f' tests="{tests}" failures="{failures}" errors="0" skipped="{skipped}"'


def _case(kind: str, entry: Entry) -> Iterator[str]:
    finding, place = entry.finding, entry.finding.location
    name = f"{finding.rule}: {entry.place or entry.name or 'dataset'}"
    where = f" file={_attribute(place.file)}" if place.file else ""
    where += f' line="{place.line}"' if place.line else ""
    yield f"    <testcase classname={_attribute(f'{kind}.{finding.rule}')} name={_attribute(name)}{where}>"
    if finding.to_mend:
        yield f'      <failure type="{entry.standing}" message={_attribute(entry.said)}>{_text(_told(entry))}</failure>'
    elif finding.accepted:
        yield f"      <skipped message={_attribute(f'accepted: {finding.accepted}')}/>"
    else:
        yield f"      <system-out>{_text(_told(entry))}</system-out>"
    yield "    </testcase>"


def _told(entry: Entry) -> list[str]:
    finding = entry.finding
    facts = {
        "subject": " ".join(part for part in (finding.label, f"<{finding.subject}>" * bool(finding.subject)) if part),
        "found": finding.value,
        "source": entry.source,
        "suggestion": finding.suggestion,
        "see": entry.rule.see,
    }
    return [str(finding), *(f"{name}: {fact}" for name, fact in facts.items() if fact)]


def _text(lines: list[str]) -> str:
    return escape("\n".join(visible(line) for line in lines))


def _attribute(text: str) -> str:
    return quoteattr(visible(text))
