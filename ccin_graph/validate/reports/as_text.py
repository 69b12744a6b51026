"""A report as text: a line a finding for other programs, or grouped by file for somebody at a terminal."""

from __future__ import annotations

import textwrap
from typing import TYPE_CHECKING

from ccin_graph.validate.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccin_graph.findings import Finding
    from ccin_graph.validate.reports.report import Entry, Report

_COLOURS = {"violation": "31;1", "warning": "33", "accepted": "2", "information": "36"}
_SHOWN = {"violation": "violation", "warning": "warning", "accepted": "accepted", "information": "note"}
_INDENT = " " * 21


def plain(findings: Iterable[Finding]) -> str:
    r"""Return one line a finding: ``file:line: message (rule)``.

    Parameters
    ----------
    findings : iterable of Finding

    Returns
    -------
    str

    Examples
    --------
    >>> from ccin_graph.findings import Finding, Location
    >>> plain([Finding("bad-value", "value: is empty", Location("data/a.yaml", 7, 1))])
    'data/a.yaml:7: value: is empty (bad-value)\n'
    """
    return "".join(f"{visible(str(finding))}\n" for finding in findings)


def grouped(report: Report, width: int = 100, *, colour: bool = False) -> str:
    """Return findings grouped by file, with everything that helps to mend them.

    Parameters
    ----------
    report : Report
    width : int, default 100
        Longer lines are wrapped between words.
    colour : bool, default False
        Whether to colour with the codes of ECMA-48.

    Returns
    -------
    str
    """
    pieces = []
    for file, entries in report.by_file().items():
        pieces.append(_painted(visible(file) or "The dataset", "1", colour))
        pieces += [line for entry in entries for line in _lines(entry, width, colour)]
        pieces.append("")
    return "".join(f"{piece}\n" for piece in pieces)


def _lines(entry: Entry, width: int, colour: bool) -> Iterator[str]:
    place = entry.finding.location
    where = f"{place.line}:{place.column}" if place.line else ""
    head = f"{where:>8}  {_SHOWN[entry.standing]:9}"
    said, *more = _wrapped(entry.said, width)
    yield f"{head[:10]}{_painted(head[10:], _COLOURS[entry.standing], colour)}  {said}"
    yield from more
    finding = entry.finding
    about = [entry.name] if finding.subject else []
    if finding.value:
        about.append(f"found: {entry.found}")
    if entry.source:
        about.append(f"read in {entry.source}")
    about.append(entry.rule.name)
    for line in _wrapped(" · ".join(about), width):
        yield _INDENT + _painted(line.strip(), "2", colour)
    if finding.suggestion:
        yield from (
            _INDENT + _painted(line.strip(), "32", colour) for line in _wrapped(f"→ {finding.suggestion}", width)
        )
    if finding.accepted:
        yield from _wrapped(f"accepted: {finding.accepted}", width, first=True)


def _wrapped(text: str, width: int, *, first: bool = False) -> list[str]:
    lines = textwrap.wrap(
        visible(text), max(width - len(_INDENT), 20), break_long_words=False, break_on_hyphens=False
    ) or [""]
    return [_INDENT + line if first or number else line for number, line in enumerate(lines)]


def _painted(text: str, code: str, colour: bool) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if colour else text
