"""Pages that would be too large are continued on further ones; nothing is left out."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ccin_graph.publish.content import Page, Rows

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ccin_graph.publish.content import Section

#: Bytes that no page goes beyond.
LARGEST = 96_000
#: Rows that a page has room for beside what it must have, where it must be continued.
_ROOM = 170


@dataclass(frozen=True, slots=True)
class Part:
    """Which of several pages one is.

    Parameters
    ----------
    number, of : int
    links : tuple of (str, str)
        Path and label of each.
    """

    number: int
    of: int
    links: tuple[tuple[str, str], ...]


def fitted(page: Page, render: Callable[[Page, Part | None], str]) -> Iterator[tuple[str, str]]:
    """Yield a page, or several where it is too large for one.

    Parameters
    ----------
    page : Page
    render : callable
        A page, and which of several it is, to HTML.

    Yields
    ------
    (str, str)
        Path and HTML.
    """
    whole = render(page, None)
    size = len(whole.encode())
    if size <= LARGEST:
        yield page.path, whole
        return
    rows = sum(len(section.rows) for section in page.sections if isinstance(section, Rows))
    room = _ROOM
    if rows:
        # What a row takes is measured, with something to spare for those that take more.
        room = max(10, int(rows * (LARGEST * 0.7) / size))
    while True:
        parts = list(_divided(page, room))
        stem = page.path.removesuffix(".html")
        paths = [page.path, *(f"{stem}.{number}.html" for number in range(2, len(parts) + 1))]
        links = tuple(
            (path, f"{number}: {part[0].heading}")
            for number, (path, part) in enumerate(zip(paths, parts, strict=True), 1)
        )
        done = []
        for number, (path, sections) in enumerate(zip(paths, parts, strict=True), 1):
            one = replace(page, path=path, sections=tuple(sections))
            if number > 1:
                one = replace(one, facts=(), citations=(), described={}, summary="", names=())
            done.append((path, render(one, Part(number, len(parts), links))))
        if room <= 10 or all(len(html.encode()) <= LARGEST for _, html in done):
            yield from done
            return
        room = max(10, room * 2 // 3)


def _divided(page: Page, room: int) -> Iterator[list[Section]]:
    """Yield the sections of each page: in order, long lists cut where the room ends."""
    here: list[Section] = []
    left = room
    for section in page.sections:
        if not isinstance(section, Rows):
            here.append(section)
            continue
        rows, first = section.rows, True
        while rows:
            if left <= 0 or (left < 10 and len(rows) > left):
                yield here
                here, left = [], room
            taken, rows = rows[:left], rows[left:]
            heading = section.heading if first else f"{section.heading} (continued)"
            here.append(replace(section, rows=taken, heading=heading))
            left -= len(taken)
            first = False
    if here:
        yield here
