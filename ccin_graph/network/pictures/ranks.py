"""How sure a place in a table is: ranks with their intervals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.network.labels import short_names
from ccin_graph.network.pictures.sheet import EDGE, INK, PALETTE, POINTS, Sheet, style, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import PathLike
    from pathlib import Path

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    from ccin_graph.network.uncertainty import RankInterval, RankTable

STEP = 18.0
"""Points from one row to the next."""

RESAMPLED, LEFT_OUT = PALETTE[0], PALETTE[5]


def draw_ranks(
    table: RankTable,
    path_stem: str | PathLike[str],
    *,
    titles: Mapping[str, str] | None = None,
    title: str | None = None,
    note: str = "",
    most: int = 25,
    width: float = 13.0,
    dpi: int = 150,
) -> tuple[Path, Path]:
    """Draw ranks with their intervals, as ``<path_stem>.svg`` and ``<path_stem>.png``.

    Parameters
    ----------
    table : RankTable
        What :func:`~ccin_graph.network.uncertainty.rank_intervals` returns.
    path_stem : path-like
        Path of the files without their suffix.
    titles : mapping of str to str, optional
        Titles of publications by IRI, for the column that names the one a rank depends on most.
    title : str, optional
        What the picture shows; by default how many of those drawn may be first.
    note : str, optional
        A further sentence for the foot, after the methods.
    most : int, optional
        Rows; those that share the last rank are drawn together or not at all, unless they are too many.
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
    CcinError
        If a file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from pathlib import Path
    >>> from ccin_graph.network import Participation, rank_intervals
    >>> rows = [Participation(who, who, "council", "p", "P", "lead", True, "2018") for who in ("a", "b")]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in draw_ranks(rank_intervals(rows, ["a", "b"]), Path(folder, "ranks"), dpi=30)]
    ['ranks.svg', 'ranks.png']
    """
    rows = _whole_ranks(table.rows, most)
    if title is None:
        title = _finding(table, rows)
    left_out = len(table.rows) - len(rows)
    foot = [table.methods, f"Not drawn: {left_out} of lower ranks." if left_out else "", note]
    description = (
        f"{title}. {len(rows)} organisations by {table.by}, each with its rank and interval: "
        + "; ".join(f"{row.label} {row.rank} ({row.low} to {row.high})" for row in rows)
        + "."
    )
    with style():
        sheet = Sheet((width, (len(rows) * STEP + 230) / POINTS))
        top = sheet.head(
            title,
            f"Dot: rank by {table.by}. Bar: where {table.level:.0%} of the ranks lie if case studies are drawn again. "
            "Diamond: the rank without the publication that it depends on most, which is named.",
        )
        sheet.foot(" ".join(part for part in foot if part), _legend(table))
        axes = sheet.axes(0, 0, sheet.width, sheet.height)
        _paint(sheet, axes, rows, titles or {}, top)
        return write(sheet, path_stem, title=title, description=description, dpi=dpi)


def _whole_ranks(rows: list[RankInterval], most: int) -> list[RankInterval]:
    """Return the first rows, not cut between equals where that can be helped."""
    if len(rows) <= most:
        return rows
    whole = [row for row in rows[:most] if row.rank != rows[most].rank]
    return whole or rows[:most]


def _finding(table: RankTable, rows: list[RankInterval]) -> str:
    """Return how many of those drawn may be first, as a sentence."""
    if not rows:
        return "Nobody is ranked"
    able = sum(row.low == 1 for row in table.rows)
    first = [row for row in rows if row.rank == 1]
    short = short_names({row.node: (row.label, row.kind) for row in first})
    who = " and ".join(short[row.node] for row in first) if len(first) <= 3 else f"{len(first)} organisations"
    place = "leads" if len(first) == 1 else "share the first place"
    worst = max(row.high for row in first)
    if able <= len(first):
        return f"{who} {place}, which no other interval reaches"
    return (
        f"{who} {place}, which the intervals of {able} of {len(table.rows)} reach; "
        f"that of the first goes down to rank {worst}"
    )


def _legend(table: RankTable) -> Sequence[Artist]:
    """Return what the marks mean."""
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], marker="o", linestyle="", color=RESAMPLED, markersize=8, label="Rank"),
        Line2D([], [], color=RESAMPLED, linewidth=5, alpha=0.4, label=f"{table.level:.0%} interval"),
        Line2D(
            [], [], marker="D", linestyle="", color="white", markeredgecolor=LEFT_OUT, markersize=7,
            label="Rank without one publication",
        ),
    ]  # fmt: skip


def _paint(
    sheet: Sheet,
    axes: Axes,
    rows: list[RankInterval],
    titles: Mapping[str, str],
    top: float,
) -> None:
    """Paint names, intervals and the publications that ranks depend on."""
    short = short_names({row.node: (row.label, row.kind) for row in rows})
    names = EDGE + max((sheet.extent(short[row.node], 10)[0] for row in rows), default=0) + 44
    right = sheet.width - EDGE - 250
    worst = max((max(row.high, row.depends_rank, row.rank) for row in rows), default=1)
    unit = (right - names - 20) / max(worst - 1, 1)

    def across(rank: float) -> float:
        return names + (rank - 1) * unit

    floor = top - 30 - len(rows) * STEP
    for rank in _round_ranks(worst):
        axes.plot([across(rank)] * 2, [floor + 4, top - 24], color="#dddddd", linewidth=0.8, zorder=0)
        axes.text(across(rank), top - 16, str(rank), size=9, color=INK, ha="center", va="center")
    axes.text(names - 12, top - 16, "rank", size=9, color=INK, ha="right", va="center")
    axes.text(right, top - 16, "depends most on", size=9, color=INK, va="center")
    for place, row in enumerate(rows):
        y = top - 40 - place * STEP
        axes.text(names - 34, y, short[row.node], size=10, ha="right", va="center")
        axes.text(names - 12, y, str(row.rank), size=10, ha="right", va="center", color=INK)
        axes.plot(
            [across(row.low), across(row.high)], [y, y], color=RESAMPLED, linewidth=6, alpha=0.4, zorder=1,
            solid_capstyle="butt",
        )  # fmt: skip
        axes.plot(across(row.rank), y, marker="o", markersize=6.5, color=RESAMPLED, zorder=3)
        if row.depends_on:
            look = {"markersize": 5.5, "color": "white", "markeredgecolor": LEFT_OUT, "markeredgewidth": 1.3}
            axes.plot(across(row.depends_rank), y, marker="D", zorder=2, **look)  # type: ignore[arg-type]
            name = titles.get(row.depends_on, row.depends_on.rsplit("/", 1)[-1])
            axes.text(right, y, sheet.shortened(name, 9, 245), size=9, color=INK, va="center")


def _round_ranks(worst: int) -> list[int]:
    """Return the ranks to write over the picture."""
    step = next(step for step in (1, 2, 5, 10, 20, 50, 100, 200, 500, 10**9) if worst / step <= 12)
    return sorted({1, *range(step, worst + 1, step)})
