"""A report as one page: what to mend, file by file."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.validate.reports.page import link, page, table, text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.validate.reports.report import Entry, Report
    from ccin_graph.validate.reports.rulebook import Rule

_STANDINGS = {
    "violation": ("Violations", "must be mended"),
    "warning": ("Warnings", "are mended, or accepted with the reason"),
    "accepted": ("Accepted warnings", "have a reason in the record"),
    "information": ("Information", "worth a look, nothing more"),
}


def to_html(report: Report) -> str:
    """Return a report as a page that needs nothing else.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
    """
    number = report.to_mend
    lead = f"{number} finding{'' if number == 1 else 's'} to mend." if number else "Nothing to mend."
    body = ["<h1>What to mend in the CCIN graph</h1>", f'<p class="lead">{lead}</p>', *_counts(report)]
    for file, entries in report.by_file().items():
        body += [f"<h2>{text(file) or 'The dataset'}</h2>"]
        body += [line for entry in entries for line in _article(entry)]
    body += _rules(report)
    return page("What to mend in the CCIN graph", body)


def _counts(report: Report) -> list[str]:
    rows = [
        [f'<span class="standing {standing}">{name}</span>', str(report.counts[standing]), meaning]
        for standing, (name, meaning) in _STANDINGS.items()
    ]
    return table("Findings by what they ask for", ["Findings", "Number", "They"], rows, frozenset({1}))


def _article(entry: Entry) -> Iterator[str]:
    finding, place = entry.finding, entry.finding.location
    where = f"line {place.line}" + (f", column {place.column}" if place.column else "") if place.line else ""
    yield f'<article class="{entry.standing}" id="finding-{entry.identifier}">'
    yield f'<p><span class="standing">{entry.standing}</span> <span class="soft">{where}</span></p>'
    yield f"<p>{text(entry.said)}</p>"
    if finding.suggestion:
        yield f'<p class="remedy">Suggestion: {text(finding.suggestion)}</p>'
    if finding.accepted:
        yield f"<p>Accepted: {text(finding.accepted)}</p>"
    facts = {
        "subject": link(finding.subject, entry.name) if finding.subject else "",
        "found": link(finding.value, entry.found) if finding.value else "",
        "source": link(finding.passage, entry.source) if entry.source else "",
        "rule": f"{link(entry.rule.see, entry.rule.name)}",
    }
    yield "<dl>"
    yield from (f"<dt>{name}</dt><dd>{fact}</dd>" for name, fact in facts.items() if fact)
    yield "</dl>"
    yield "</article>"


def _rules(report: Report) -> list[str]:
    used = {entry.rule.name for entry in report.entries}
    lines = ["<h2>What was checked</h2>", f"<p>{len(report.rules)} rules; those with findings are marked.</p>"]
    kinds: dict[str, list[Rule]] = {}
    for rule in report.rules:
        kinds.setdefault(rule.kind.value, []).append(rule)
    for kind, rules in kinds.items():
        rows = [
            [
                link(rule.see, rule.name),
                text(rule.summary),
                rule.severity.name.lower(),
                "yes" if rule.name in used else "",
            ]
            for rule in rules
        ]
        lines += [f"<details><summary>{text(kind)} ({len(rules)})</summary>"]
        lines += table(f"Rules about {kind}", ["Rule", "What must hold", "Severity", "Findings"], rows)
        lines += ["</details>"]
    return lines
