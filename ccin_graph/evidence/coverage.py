"""Which lines of a source are accounted for, and which sections say little."""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.evidence.texts import SourceText, read_text
from ccin_graph.packs import read_query
from ccin_graph.vocabulary import BASE, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ccin_graph.store import Store

#: Sections with fewer claims than this are shown.
FEW_CLAIMS = 3


@dataclass(frozen=True, slots=True)
class Section:
    """A case study or list, and what it states.

    Parameters
    ----------
    identifier, title : str
    claims : int
    lines : int
        Printed lines that it covers.
    """

    identifier: str
    title: str
    claims: int
    lines: int


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much of a source the records account for.

    Parameters
    ----------
    publication : str
    printed : int
        Lines that are not blank.
    in_sections : int
        Printed lines that belong to a section or list.
    cited : int
        Printed lines that a section, claim or other record cites.
    claims : int
        Claims stated in its sections.
    sections : tuple of Section
    unaccounted : tuple of (int, int)
        Ranges of lines that nothing cites; blank lines between them do not part them.
    """

    publication: str
    printed: int
    in_sections: int
    cited: int
    claims: int
    sections: tuple[Section, ...]
    unaccounted: tuple[tuple[int, int], ...]


def coverage(store: Store, queries: Path, sources: Path) -> list[Coverage]:
    """Measure the coverage of every publication that has a source text.

    Parameters
    ----------
    store : Store
    queries : Path
        ``queries/``.
    sources : Path
        Folder of the texts.

    Returns
    -------
    list of Coverage
        In the order of the publications' identifiers.

    Raises
    ------
    EvidenceError
        If a text is missing.
    """
    publications = sorted(_slug(row[0]) for row in _rows(store, queries, "texts"))
    cited: dict[str, set[int]] = defaultdict(set)
    for _, publication, first, last in _rows(store, queries, "passages"):
        cited[_slug(publication)].update(range(int(first), int(last) + 1))
    sections: dict[str, dict[str, tuple[str, int, set[int]]]] = defaultdict(dict)
    for section, title, publication, first, last, claims in _rows(store, queries, "sections"):
        entry = sections[_slug(publication)].setdefault(section, (title, int(claims), set()))
        entry[2].update(range(int(first), int(last) + 1))
    return [
        _coverage(read_text(sources, publication), cited[publication], sections[publication])
        for publication in publications
    ]


def _coverage(text: SourceText, cited: set[int], sections: dict[str, tuple[str, int, set[int]]]) -> Coverage:
    printed = {number for number, line in enumerate(text.lines, 1) if line.strip()}
    covered = set[int]().union(*(lines for _, _, lines in sections.values())) & printed
    return Coverage(
        publication=text.publication,
        printed=len(printed),
        in_sections=len(covered),
        cited=len(cited & printed),
        claims=sum(claims for _, claims, _ in sections.values()),
        sections=tuple(
            Section(shorten(section), title, claims, len(lines & printed))
            for section, (title, claims, lines) in sorted(sections.items(), key=lambda item: min(item[1][2]))
        ),
        unaccounted=tuple(_ranges(sorted(printed - cited), printed)),
    )


def _ranges(missing: list[int], printed: set[int]) -> Iterator[tuple[int, int]]:
    start = previous = 0
    for number in missing:
        if start and any(between in printed for between in range(previous + 1, number)):
            yield start, previous
            start = 0
        start = start or number
        previous = number
    if start:
        yield start, previous


def _rows(store: Store, queries: Path, name: str) -> Iterable[list[str]]:
    rows = store.select(read_query(queries / "claims" / f"{name}.rq", f"claims/{name}").text).rows
    return ([str(getattr(term, "value", "")) for term in row] for row in rows)


def _slug(publication: str) -> str:
    return publication.removeprefix(BASE + "publication/")


def coverage_text(measured: list[Coverage]) -> str:
    """Return coverage as a page to read.

    Parameters
    ----------
    measured : list of Coverage

    Returns
    -------
    str
    """
    return "\n".join(line for source in measured for line in _page(source))


def _page(source: Coverage) -> Iterator[str]:
    yield source.publication
    share = source.in_sections / source.printed if source.printed else 0.0
    covered = f"{source.in_sections} ({share:.0%}) in {len(source.sections)} curated sections and lists"
    yield f"  {source.printed} printed lines, {covered}"
    yield f"  {source.cited} cited by some record, {source.claims} claims"
    few = [section for section in source.sections if section.claims < FEW_CLAIMS]
    if few:
        yield f"  sections with fewer than {FEW_CLAIMS} claims:"
        yield from (f"    {section.claims}  {section.identifier}  ({section.title})" for section in few)
    if source.unaccounted:
        yield "  lines that no record accounts for:"
        ranges = [f"{first}" if first == last else f"{first}-{last}" for first, last in source.unaccounted]
        yield from (f"    {', '.join(ranges[start : start + 12])}" for start in range(0, len(ranges), 12))
    yield ""


def coverage_csv(measured: list[Coverage]) -> str:
    """Return coverage as CSV: a row for each section and for each range of lines that no record accounts for.

    Parameters
    ----------
    measured : list of Coverage

    Returns
    -------
    str
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(["publication", "kind", "section", "title", "first", "last", "lines", "claims"])
    for source in measured:
        for section in source.sections:
            writer.writerow(
                [
                    source.publication,
                    "section",
                    section.identifier,
                    section.title,
                    "",
                    "",
                    section.lines,
                    section.claims,
                ]
            )
        for first, last in source.unaccounted:
            writer.writerow([source.publication, "unaccounted", "", "", first, last, last - first + 1, 0])
    return out.getvalue()
