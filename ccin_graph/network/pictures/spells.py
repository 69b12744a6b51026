"""Who belonged when: definitely between two lists that both name a body, possibly beyond."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.labels import short_name
from ccin_graph.network.pictures.sheet import EDGE, INK, PALETTE, Sheet, style, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from os import PathLike
    from pathlib import Path

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

STEP = 13.0
"""Points from one name to the next."""

DEFINITE, POSSIBLE = PALETTE[0], "#cfe3f1"
SEASONS = {21: 4, 22: 7, 23: 10, 24: 13}
"""The month in the middle of a season of EDTF, the last in the next year."""


@dataclass(frozen=True, slots=True)
class Spell:
    """A time for which lists name a body without a gap.

    Parameters
    ----------
    name : str
        The body.
    category : str
        Of membership.
    first, last : str
        Dates of the first and the last list that name it (EDTF: ``2018-04-09``, ``2013-23`` for an autumn).
    """

    name: str
    category: str
    first: str
    last: str


def year_of(date: str) -> float:
    """Return a date as a number of years.

    Parameters
    ----------
    date : str
        A year, month, season or day (EDTF).

    Returns
    -------
    float
        Its middle.

    Raises
    ------
    NetworkError
        If it is something else.

    Examples
    --------
    >>> year_of("2013-23"), year_of("2018"), round(year_of("2018-04-09"), 2)
    (2013.75, 2018.5, 2018.27)
    """
    found = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?[~?%]?", date)
    if not found:
        raise NetworkError(f"{date!r} is no date", remedy="Write 2018, 2018-04, 2018-04-09 or 2018-21 for a spring.")
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if not month:
        return year + 0.5
    if month in SEASONS:
        return year + (SEASONS[month] - 1) / 12
    return year + (month - 1) / 12 + ((day - 0.5) / 365 if day else 0.5 / 12)


def draw_spells(
    spells: Iterable[Spell],
    lists: Mapping[str, Sequence[str]],
    path_stem: str | PathLike[str],
    *,
    title: str | None = None,
    note: str = "",
    width: float = 14.0,
    dpi: int = 150,
) -> tuple[Path, Path]:
    """Draw who belonged when, as ``<path_stem>.svg`` and ``<path_stem>.png``.

    Between the first and the last list that name a body it belonged definitely; beyond them, up to the next complete
    list that does not, possibly: nobody knows when it came or went.

    Parameters
    ----------
    spells : iterable of Spell
    lists : mapping of str to sequence of str
        The dates of the complete lists of each category, which may be none, in the order in which they are drawn.
    path_stem : path-like
        Path of the files without their suffix.
    title : str, optional
        What the picture shows; by default how many of the first list of the first category are on its last.
    note : str, optional
        A further sentence for the foot.
    width : float, optional
        Of the sheet, in inches; it is as high as it needs.
    dpi : int, optional
        Pixels per inch of the PNG.

    Returns
    -------
    tuple of two pathlib.Path
        The SVG and the PNG.

    Raises
    ------
    NetworkError
        For a date that is none, or a category without a list.
    CcinError
        If a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> spells = [Spell("Oldham Council", "Member", "2013-23", "2021-08-21")]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     files = draw_spells(spells, {"Member": ["2013-23", "2018-04", "2021-08-21"]}, Path(folder, "who"), dpi=30)
    ...     [path.name for path in files]
    ['who.svg', 'who.png']
    """
    known = list(spells)
    if missing := sorted({spell.category for spell in known} - set(lists)):
        raise NetworkError(f"no list is given for {', '.join(missing)}")
    dates = {category: sorted(year_of(date) for date in given) for category, given in lists.items()}
    rows = {category: _rows([one for one in known if one.category == category], dates[category]) for category in lists}
    if title is None:
        title = _finding(known, lists)
    sides = _halves(rows)
    tall = max((_height(side) for side in sides), default=0.0)
    everyone = [date for each in dates.values() for date in each]
    everyone += [year_of(date) for one in known for date in (one.first, one.last)]
    start, end = (min(everyone) - 1.2, max(everyone) + 1.2) if everyone else (0.0, 1.0)
    counts = ", ".join(f"{len(found)} of category {category}" for category, found in rows.items())
    description = (
        f"{title}. A row for every body ({counts}); a dark bar where it belonged definitely, a light hatched one where "
        "possibly, a dot for every list that begins or ends what is known."
    )
    with style():
        sheet = Sheet((width, (tall + 150) / 72))
        top = sheet.head(
            title,
            "Dark: definitely a member, between lists that all name the body. Light and hatched: possibly, up to the "
            "next complete list that does not name it, or where no list reaches. Lines: the lists.",
        )
        bottom = sheet.foot(note, _legend())
        half = (sheet.width - 2 * EDGE - 24) / 2
        for number, side in enumerate(sides):
            left = EDGE + number * (half + 24)
            axes = sheet.axes(left, bottom, left + half, top)
            _paint(sheet, axes, side, dates, (left, left + half), top, (start, end))
        return write(sheet, path_stem, title=title, description=description, dpi=dpi)


def _finding(spells: list[Spell], lists: Mapping[str, Sequence[str]]) -> str:
    """Return how many of the first list of the first category are on its last."""
    category = next(iter(lists), "")
    own = [spell for spell in spells if spell.category == category]
    if not own:
        return "Nobody is on a list"
    days = sorted({*lists[category], *(one.first for one in own), *(one.last for one in own)}, key=year_of)
    founders = {spell.name for spell in own if spell.first == days[0]}
    now = {spell.name for spell in own if spell.last == days[-1]}
    first, last = days[0][:4], days[-1][:4]
    return (
        f"{len(founders & now)} of the {len(founders)} on the first list of category {category} ({first}) are on the "
        f"last ({last}), with {len(now - founders)} others"
    )


def _rows(spells: list[Spell], dates: list[float]) -> list[tuple[str, list[tuple[float, float, float, float]]]]:
    """Return for each body its name, and for each spell the bounds: possible from, definite from, to, possible to."""
    bodies: dict[str, list[tuple[float, float, float, float]]] = {}
    for spell in sorted(spells, key=lambda one: (year_of(one.first), one.name)):
        first, last = year_of(spell.first), year_of(spell.last)
        before = max((date for date in dates if date < first), default=float("-inf"))
        after = min((date for date in dates if date > last), default=float("inf"))
        bodies.setdefault(spell.name, []).append((before, first, last, after))
    return sorted(bodies.items(), key=lambda item: (item[1][0][1], -item[1][-1][2], item[0]))


_Rows = list[tuple[str, list[tuple[float, float, float, float]]]]


def _halves(rows: Mapping[str, _Rows]) -> list[dict[str, _Rows]]:
    """Return the categories in two columns: the first in one, the others in the other."""
    return [dict([*rows.items()][:1]), dict([*rows.items()][1:])]


def _height(side: Mapping[str, _Rows]) -> float:
    """Return how high a column is."""
    return sum(len(found) * STEP + 46 for found in side.values())


def _legend() -> Sequence[Artist]:
    """Return what the bars mean."""
    from matplotlib.patches import Patch

    return [
        Patch(facecolor=DEFINITE, label="Definitely a member"),
        Patch(facecolor=POSSIBLE, edgecolor=DEFINITE, hatch="////", linewidth=0, label="Possibly"),
    ]


def _paint(
    sheet: Sheet,
    axes: Axes,
    side: Mapping[str, _Rows],
    dates: Mapping[str, list[float]],
    span: tuple[float, float],
    top: float,
    years: tuple[float, float],
) -> None:
    """Paint one column: categories one below the other, each with its lists."""
    left, right = span
    names = left + 0.44 * (right - left)
    unit = (right - names) / (years[1] - years[0])

    def across(year: float) -> float:
        return names + (min(max(year, years[0]), years[1]) - years[0]) * unit

    y = top - 14
    for category, found in side.items():
        axes.text(left, y, f"{category} ({len(found)})", size=11, weight="bold", va="center")
        floor = y - 18 - len(found) * STEP
        for date in dates[category]:
            axes.plot([across(date)] * 2, [y - 10, floor + 4], color=INK, linewidth=0.8, zorder=1)
            axes.text(across(date), y, _shown(date), size=9, color=INK, ha="center", va="center")
        for place, (name, spells) in enumerate(found):
            row = y - 20 - place * STEP
            label = sheet.shortened(short_name(name), 9, names - left - 8)
            axes.text(names - 6, row, label, size=9, ha="right", va="center")
            for bounds in spells:
                _bar(axes, row, [across(year) for year in bounds])
        y = floor - 24


def _bar(axes: Axes, row: float, bounds: list[float]) -> None:
    """Paint one spell."""
    before, first, last, after = bounds
    # a gap at a list that does not name the body
    for start, end in ((before + 2, first), (last, after - 2)):
        axes.barh(
            row,
            end - start,
            left=start,
            height=7,
            color=POSSIBLE,
            edgecolor=DEFINITE,
            hatch="////",
            linewidth=0,
            zorder=2,
        )
    axes.barh(row, last - first, left=first, height=7, color=DEFINITE, linewidth=0, zorder=3)
    axes.plot([first, last], [row, row], marker="o", markersize=5.5, linestyle="", color=DEFINITE, zorder=4)


def _shown(date: float) -> str:
    """Return the year of a list."""
    return str(int(date))
