"""Which principles go with which themes, as a matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.network.pictures.sheet import EDGE, INK, POINTS, Sheet, style, write

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from os import PathLike
    from pathlib import Path

    from matplotlib.axes import Axes

STEP = 15.0
"""Points from one row to the next."""

HEADS = 64.0
"""Points for the names of the columns."""


def draw_grid(
    cells: Iterable[tuple[str, str, int]],
    sizes: Mapping[str, int],
    path_stem: str | PathLike[str],
    *,
    title: str | None = None,
    note: str = "",
    least: int = 1,
    width: float = 13.0,
    dpi: int = 150,
) -> tuple[Path, Path]:
    """Draw a matrix of themes and principles, as ``<path_stem>.svg`` and ``<path_stem>.png``.

    A cell says how many projects of a theme practise a principle; it is darker the larger their share of the theme's
    projects. Themes and principles with more projects stand first.

    Parameters
    ----------
    cells : iterable of (str, str, int)
        Theme, principle and number of projects.
    sizes : mapping of str to int
        Number of projects of every theme.
    path_stem : path-like
        Path of the files without their suffix.
    title : str, optional
        What the picture shows; by default which principle is the most practised in most themes.
    note : str, optional
        A further sentence for the foot.
    least : int, optional
        Projects that a theme must have to be drawn; the foot says how many have fewer.
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
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in draw_grid([("Food", "Learning", 2)], {"Food": 3}, Path(folder, "grid"), dpi=30)]
    ['grid.svg', 'grid.png']
    """
    count = {(theme, principle): number for theme, principle, number in cells if number}
    themes = sorted((theme for theme in sizes if sizes[theme] >= least), key=lambda theme: (-sizes[theme], theme))
    total: dict[str, int] = {}
    for (theme, principle), number in count.items():
        if theme in themes:
            total[principle] = total.get(principle, 0) + number
    principles = sorted(total, key=lambda principle: (-total[principle], principle))
    if title is None:
        title = _finding(count, themes, principles)
    few = sum(1 for theme in sizes if sizes[theme] < least)
    foot = f"Not drawn: {few} themes with fewer than {least} projects." if few else ""
    description = (
        f"{title}. A matrix of {len(themes)} themes and {len(principles)} principles; a cell says how many projects of "
        "a theme practise a principle, darker the larger the share of the theme's projects. "
        + "; ".join(_best(count, theme, principles) for theme in themes)
        + ("." if themes else "")
    )
    with style():
        sheet = Sheet((width, (len(themes) * STEP + HEADS + 124) / POINTS))
        top = sheet.head(
            title,
            "A number is how many projects of the theme practise the principle; in brackets all projects of the theme. "
            "Darker: a larger share of them.",
        )
        bottom = sheet.foot(" ".join(part for part in (foot, note) if part))
        axes = sheet.axes(0, 0, sheet.width, sheet.height)
        _paint(sheet, axes, count, {theme: sizes[theme] for theme in themes}, principles, top)
        _scale(axes, bottom - 12)
        return write(sheet, path_stem, title=title, description=description, dpi=dpi)


def _finding(count: Mapping[tuple[str, str], int], themes: list[str], principles: list[str]) -> str:
    """Return which principle is the most practised in most themes."""
    leads = dict.fromkeys(principles, 0)
    for theme in themes:
        most = max((count.get((theme, principle), 0) for principle in principles), default=0)
        for principle in principles:
            leads[principle] += most > 0 and count.get((theme, principle), 0) == most
    if not leads:
        return "No theme has a project that practises a principle"
    first = max(leads.values())
    who = [principle for principle in principles if leads[principle] == first]
    return (
        f"{' and '.join(who)} {'is' if len(who) == 1 else 'are'} practised most, or as much as any other principle, in "
        f"{first} of {len(themes)} themes"
    )


def _best(count: Mapping[tuple[str, str], int], theme: str, principles: list[str]) -> str:
    """Return the principle that a theme practises most, in words."""
    most = max((count.get((theme, principle), 0) for principle in principles), default=0)
    who = [principle for principle in principles if most and count.get((theme, principle), 0) == most]
    return f"{theme}: {', '.join(who)} ({most})" if who else f"{theme}: none"


def _paint(
    sheet: Sheet,
    axes: Axes,
    count: Mapping[tuple[str, str], int],
    sizes: Mapping[str, int],
    principles: list[str],
    top: float,
) -> None:
    """Paint the cells with their numbers, and the names of rows and columns."""
    from matplotlib.patches import Rectangle

    left = EDGE + max((sheet.extent(f"{theme} ({size})", 9.5)[0] for theme, size in sizes.items()), default=0) + 10
    wide = min((sheet.width - EDGE - left) / max(len(principles), 1), 110.0)
    for place, principle in enumerate(principles):
        words = "\n".join(sheet.wrapped(principle, 9, wide - 6))
        x = left + (place + 0.5) * wide
        axes.text(x, top - HEADS + 4, words, size=9, ha="center", va="bottom", linespacing=1.15)
    for row, (theme, size) in enumerate(sizes.items()):
        y = top - HEADS - (row + 1) * STEP
        axes.text(left - 6, y + STEP / 2, f"{theme} ({size})", size=9.5, ha="right", va="center")
        for place, principle in enumerate(principles):
            number = count.get((theme, principle), 0)
            share = number / size if size else 0.0
            corner = (left + place * wide, y)
            axes.add_patch(
                Rectangle(corner, wide, STEP, facecolor=_shade(share), edgecolor="white", linewidth=1.0, zorder=1)
            )
            if number:
                ink = "white" if share > 0.45 else "#222222"
                middle = corner[0] + wide / 2, corner[1] + STEP / 2
                axes.text(*middle, str(number), size=9, color=ink, ha="center", va="center_baseline", zorder=2)


def _shade(share: float) -> tuple[float, float, float]:
    """Return a blue that is darker the larger the share: light to dark, so that no colours need be told apart."""
    light, dark = (0.955, 0.97, 0.985), (0.03, 0.19, 0.42)
    red, green, blue = (low + (high - low) * share**0.8 for low, high in zip(light, dark, strict=True))
    return red, green, blue


def _scale(axes: Axes, height: float) -> None:
    """Paint what the shades mean."""
    from matplotlib.patches import Rectangle

    steps, wide = (0.0, 0.25, 0.5, 0.75, 1.0), 46.0
    for place, share in enumerate(steps):
        corner = (EDGE + place * wide, height)
        axes.add_patch(Rectangle(corner, wide, 12, facecolor=_shade(share), edgecolor="white"))
        ink = "white" if share > 0.45 else "#222222"
        axes.text(corner[0] + wide / 2, height + 6, f"{share:.0%}", size=8.5, color=ink, ha="center", va="center")
    label = "of the theme's projects practise it"
    axes.text(EDGE + len(steps) * wide + 8, height + 6, label, size=9, color=INK, va="center")
