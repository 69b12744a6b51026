"""The re-user's view: what to know before relying on the data, as text and as a page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.validate.reports.page import link, page, table, text
from ccin_graph.validate.reports.visible import visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.validate.quality import Source, Statement
    from ccin_graph.validate.reports.report import Entry

TITLE = "What to know before relying on the CCIN graph"

#: What is told of every publication: heading and metric.
_COLUMNS = {
    "claims": "claims",
    "on one line": "claims-on-one-line",
    "interpreted": "interpreted-principles",
    "no results": "figures-not-of-results",
    "notes": "noted-passages",
    "lines cited": "lines-accounted-for",
}
_LEGEND = (
    "On one line: claims whose evidence is a single line. Interpreted: of the claims that a principle is practised, "
    "those that a curator judged. No results: figures that are targets or estimates. Notes: curators' notes on odd "
    "passages. Lines cited: printed lines that some record cites, where the texts were at hand."
)


def quality_text(statement: Statement) -> str:
    """Return a statement as text.

    Parameters
    ----------
    statement : Statement

    Returns
    -------
    str
    """
    lines = [TITLE, ""]
    lines += [line for sentence in _sentences(statement) for line in _item(sentence)]
    heads = ["publication", "date", *_columns(statement)]
    rows = [[source.slug, source.date, *_told(statement, source)] for source in statement.sources]
    lines += ["", "By publication", "", *_aligned(heads, rows), "", *_wrapped(_LEGEND)]
    for heading, items in _lists(statement).items():
        lines += ["", heading, "", *(line for item in items for line in _item(item))]
    lines += ["", "Every measure", ""]
    width = max((len(one.metric.label) for one in statement.measurements), default=0)
    for one in statement.measurements:
        if not one.publication:
            lines.append(f"  {one.metric.label:{width}}  {one.shown}")
    return "".join(f"{line.rstrip()}\n" for line in lines)


def quality_html(statement: Statement) -> str:
    """Return a statement as a page that needs nothing else.

    Parameters
    ----------
    statement : Statement

    Returns
    -------
    str
    """
    body = [f"<h1>{TITLE}</h1>", *_listed(_sentences(statement)), "<h2>By publication</h2>"]
    heads = ["Publication", "Date", *(heading.capitalize() for heading in _columns(statement))]
    rows = [
        [
            link(f"https://w3id.org/ccin/id/publication/{source.slug}", source.title),
            f'<span class="whole">{text(source.date)}</span>',
        ]
        + [text(cell) for cell in _told(statement, source)]
        for source in statement.sources
    ]
    body += table(_LEGEND, heads, rows, frozenset(range(2, len(heads))))
    for heading, items in _lists(statement).items():
        body += [f"<h2>{text(heading)}</h2>", *_listed(items)]
    measured = [one for one in statement.measurements if not one.publication]
    body.append("<h2>Every measure</h2>")
    told = [[text(one.metric.label), text(one.shown), text(one.metric.definition)] for one in measured]
    body += table("Of the whole dataset", ["Measure", "Value", "What it is"], told)
    return page(TITLE, body)


def _sentences(statement: Statement) -> Iterator[str]:
    yield from _on_checks(statement)
    yield from _on_evidence(statement)
    yield from _on_memberships(statement)
    figures = statement.measured("figures-not-of-results")
    if figures:
        yield f"{_share(statement, 'figures-not-of-results')} figures are targets or estimates, not results."
    totals = statement.measured("control-totals")
    if totals and int(totals.value):
        differ = len(statement.differing)
        stated = _number(int(totals.value), "total")
        yield f"The sources state {stated} that can be compared with the graph; {differ or 'none'} differ."


def _on_checks(statement: Statement) -> Iterator[str]:
    counts = {slug: statement.measured(slug) for slug in ("violations", "open-warnings", "accepted-warnings")}
    violations, warnings, accepted = (int(one.value) if one else 0 for one in counts.values())
    found = [_number(violations, "violation"), _number(warnings, "open warning"), _number(accepted, "accepted warning")]
    yield f"The check of the records found {', '.join(found[:2])} and {found[2]}."
    if statement.texts_compared:
        yield "The names and numbers of the claims were looked for in the lines of the source texts that they cite."
    else:
        yield "Not every source text was at hand: not all names and numbers were looked for in the lines cited."


def _on_evidence(statement: Statement) -> Iterator[str]:
    evidence = statement.measured("claims-with-evidence")
    if evidence and evidence.part == evidence.whole:
        yield f"Each of the {evidence.whole:,} claims cites the lines it was read in."
    elif evidence:
        yield f"{evidence.whole - evidence.part:,} of {evidence.whole:,} claims cite no lines."
    told = {
        "claims-on-one-line": "claims rest on a single line",
        "statements-of-one-publication": "distinct statements on who took part and which principle is practised are "
        "made by one publication only",
        "interpreted-principles": "claims that a principle is practised are a curator's judgement, not the text's word",
        "partnerships-of-one-project": "partnerships rest on a single project; a partnership is derived from who led a "
        "project and who worked in it",
    }
    for slug, words in told.items():
        if statement.measured(slug):
            yield f"{_share(statement, slug)} {words}."


def _on_memberships(statement: Statement) -> Iterator[str]:
    newest = statement.measured("newest-list")
    if statement.measured("memberships-open"):
        day = f", the newest of which is of {newest.value}" if newest else ""
        share = _share(statement, "memberships-open")
        yield f"{share} memberships are open: the last complete list{day}, names the body, and nothing later is known."
    unknown = statement.measured("memberships-of-unknown-end")
    if unknown and unknown.part:
        yield f"{_share(statement, 'memberships-of-unknown-end')} memberships have an end of which nothing is known."


def _share(statement: Statement, slug: str) -> str:
    one = statement.measured(slug)
    assert one is not None
    return f"{one.shown.partition(' (')[0].capitalize()} of the {one.whole:,}"


def _number(number: int, noun: str) -> str:
    return f"{number or 'no'} {noun}{'' if number == 1 else 's'}"


def _columns(statement: Statement) -> list[str]:
    measured = {one.metric.slug for one in statement.measurements if one.publication}
    return [heading for heading, slug in _COLUMNS.items() if slug in measured]


def _told(statement: Statement, source: Source) -> Iterator[str]:
    for heading in _columns(statement):
        one = statement.measured(_COLUMNS[heading], source.slug)
        yield one.shown.partition(" (")[0] if one else "–"


def _lists(statement: Statement) -> dict[str, list[str]]:
    lists = {
        "Totals that differ": [_about(entry) for entry in statement.differing],
        "Accepted warnings": [f"{_about(entry)} – accepted: {entry.finding.accepted}" for entry in statement.accepted],
        "Curators' notes on the sources": [f"{kind}: {number:,}" for kind, number in statement.notes.items()],
    }
    return {heading: items for heading, items in lists.items() if items}


def _about(entry: Entry) -> str:
    found = f" ({entry.found})" if entry.finding.value else ""
    source = f" [{entry.source}]" if entry.source else ""
    return f"{entry.name}: {entry.said}{found}{source}"


def _listed(items: Iterator[str] | list[str]) -> list[str]:
    return ["<ul>", *(f"<li>{text(item)}</li>" for item in items), "</ul>"]


def _item(item: str) -> list[str]:
    first, *more = _wrapped(item, 96)
    return [f"  - {first}", *(f"    {line}" for line in more)]


def _wrapped(words: str, width: int = 100) -> list[str]:
    import textwrap

    return textwrap.wrap(visible(words), width, break_long_words=False, break_on_hyphens=False) or [""]


def _aligned(heads: list[str], rows: list[list[str]]) -> Iterator[str]:
    shown = [[visible(cell) for cell in row] for row in rows]
    widths = [max(len(row[at]) for row in [heads, *shown]) for at in range(len(heads))]
    for row in (heads, *shown):
        cells = [
            cell.ljust(width) if at < 2 else cell.rjust(width)
            for at, (cell, width) in enumerate(zip(row, widths, strict=True))
        ]
        yield "  " + "  ".join(cells)
