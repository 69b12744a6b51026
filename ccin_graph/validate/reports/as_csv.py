"""A report as CSV, for a spreadsheet."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

from ccin_graph.validate.reports.visible import visible

if TYPE_CHECKING:
    from ccin_graph.validate.reports.report import Entry, Report

COLUMNS = (
    "severity", "rule", "file", "line", "column", "name", "subject", "property", "value", "message", "suggestion",
    "source", "accepted", "see",
)  # fmt: skip


def to_csv(report: Report) -> str:
    """Return a report as CSV (RFC 4180), a row a finding.

    A cell that a spreadsheet would compute (one that begins with ``=``, ``+``, ``-`` or ``@``) gets an apostrophe
    before it, for its text may be anybody's.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    writer.writerows([_cell(text) for text in _row(entry)] for entry in report.entries)
    return out.getvalue()


def _row(entry: Entry) -> tuple[str, ...]:
    finding, place = entry.finding, entry.finding.location
    return (
        entry.standing,
        finding.rule,
        place.file,
        str(place.line or ""),
        str(place.column or ""),
        entry.name,
        finding.subject,
        finding.path,
        finding.value,
        entry.said,
        finding.suggestion,
        entry.source,
        finding.accepted,
        entry.rule.see,
    )


def _cell(text: str) -> str:
    text = visible(text)
    return f"'{text}" if text.startswith(("=", "+", "-", "@")) else text
