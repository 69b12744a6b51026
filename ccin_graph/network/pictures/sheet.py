"""The sheet of paper that every picture is on: head, foot, files; matplotlib without its global state."""

from __future__ import annotations

import re
import textwrap
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import escape

from ccin_graph.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from os import PathLike

    from matplotlib.artist import Artist
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure

POINTS = 72.0
"""Points of an inch."""

EDGE = 24.0
"""Points between the edge of the sheet and what is written on it."""

GREY = "#999999"
"""What is not singled out."""

INK = "#444444"
"""Small print."""

PALETTE = ("#0072B2", "#E69F00", "#009E73", "#CC79A7", "#56B4E9", "#D55E00")
"""Colours of Okabe and Ito, "Color Universal Design" (2008), told apart with every common kind of colour blindness."""

FAMILY = ["DejaVu Sans", "sans-serif"]

_STYLE: dict[Any, Any] = {
    "font.family": FAMILY,
    "font.sans-serif": ["DejaVu Sans"],
    "svg.fonttype": "none",
    "svg.hashsalt": "ccin-graph",
    "path.simplify": False,
    "text.parse_math": False,
    "hatch.linewidth": 0.6,
}


class Sheet:
    """A sheet of paper, measured in points from its lower left corner.

    Parameters
    ----------
    size : tuple of float
        Width and height in inches.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        With 72 pixels an inch, so that a pixel is a point.
    width, height : float
        In points.
    """

    def __init__(self, size: tuple[float, float]) -> None:
        from matplotlib.backends.backend_agg import FigureCanvasAgg
        from matplotlib.figure import Figure

        self.figure: Figure = Figure(figsize=size, dpi=POINTS, facecolor="white")
        self.renderer: RendererBase = FigureCanvasAgg(self.figure).get_renderer()  # type: ignore[no-untyped-call]
        self.width, self.height = size[0] * POINTS, size[1] * POINTS

    def axes(self, left: float, bottom: float, right: float, top: float) -> Axes:
        """Return axes without frame over a part of the sheet, in its points."""
        wide, high = self.width, self.height
        part = (left / wide, bottom / high, (right - left) / wide, (top - bottom) / high)
        axes = self.figure.add_axes(part, xlim=(left, right), ylim=(bottom, top))
        axes.set_axis_off()
        return axes

    def extent(self, text: str, size: float, *, bold: bool = False) -> tuple[float, float]:
        """Return width and height of a line of text."""
        from matplotlib.font_manager import FontProperties

        font = FontProperties(family=FAMILY, size=size, weight="bold" if bold else "normal")
        across, up, _ = self.renderer.get_text_width_height_descent(text, font, False)
        return across, up

    def shortened(self, text: str, size: float, most: float) -> str:
        """Return a line of text, cut at a word where it is wider than it may be."""
        while self.extent(text, size)[0] > most and len(text) > 2:
            head = text.rstrip("…")[:-1]
            text = (head.rsplit(" ", 1)[0] if " " in head else head).rstrip(" ,-–&(") + "…"
        return text

    def head(self, title: str, marks: str = "") -> float:
        """Write the title and, below it, what the marks mean; return the height that is left."""
        wide = self.width - 2 * EDGE
        lines = self.wrapped(title, 17, wide, bold=True)
        self._write("\n".join(lines), self.height - 20, size=17, weight="bold")
        below = self.height - 20 - 22 * len(lines) - 4
        small = self.wrapped(marks, 10.5, wide) if marks else []
        self._write("\n".join(small), below, size=10.5, color=INK)
        return below - 6 - 14 * len(small)

    def foot(self, text: str, handles: Sequence[Artist] = (), columns: int | None = None) -> float:
        """Write the legend and the small print; return where the picture may begin."""
        lines = self.wrapped(text, 9, self.width - 2 * EDGE) if text else []
        self.figure.text(
            EDGE / self.width,
            10 / self.height,
            "\n".join(lines),
            size=9,
            color=INK,
            va="bottom",
            linespacing=1.25,
        )
        floor = 14.0 + 13.2 * len(lines)
        if not handles:
            return floor + 20
        columns = columns or len(handles)
        self.figure.legend(
            handles=list(handles),
            loc="lower left",
            bbox_to_anchor=(14 / self.width, (floor - 4) / self.height),
            ncols=columns,
            frameon=False,
            fontsize=10.5,
            handletextpad=0.4,
            columnspacing=1.4,
            borderpad=0.3,
            borderaxespad=0,
        )
        return floor + 4 + 16.5 * -(-len(handles) // columns)

    def wrapped(self, text: str, size: float, most: float, *, bold: bool = False) -> list[str]:
        """Return text in lines no wider than so many points."""
        lines: list[str] = []
        for word in text.split():
            longer = f"{lines[-1]} {word}" if lines else word
            if lines and self.extent(longer, size, bold=bold)[0] <= most:
                lines[-1] = longer
            else:
                lines.append(word)
        return lines or [""]

    def _write(self, text: str, height: float, **style: Any) -> None:
        """Write lines from the left edge down."""
        self.figure.text(EDGE / self.width, height / self.height, text, va="top", linespacing=1.25, **style)


@contextmanager
def style() -> Iterator[None]:
    """Draw with our settings, whatever the caller's are, and leave those as they were."""
    import matplotlib

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        yield


def write(
    sheet: Sheet, path_stem: str | PathLike[str], *, title: str, description: str, dpi: int = 150
) -> tuple[Path, Path]:
    """Write a sheet as SVG and PNG, each with its title and a description for those who do not see it.

    Parameters
    ----------
    sheet : Sheet
    path_stem : path-like
        Path of the files without their suffix; folders that do not exist are made.
    title, description : str
        In the SVG the elements ``title`` and ``desc``, in the PNG the texts ``Title`` and ``Description``.
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
    """
    from ccin_graph.build import staged

    stem = Path(path_stem)
    names = f"{stem.name}.svg", f"{stem.name}.png"
    try:
        with staged(stem.parent) as folder:
            sheet.figure.savefig(folder / names[0], metadata={"Date": None, "Creator": None, "Title": title})
            path = folder / names[0]
            path.write_text(_described(path.read_text("utf-8"), description), "utf-8", newline="\n")
            plain = {"Software": None, "Title": title, "Description": description}
            sheet.figure.savefig(folder / names[1], dpi=dpi, metadata=plain)
    except OSError as error:
        raise NetworkError(f"{stem} cannot be drawn: {error.strerror or error}") from error
    return stem.with_name(names[0]), stem.with_name(names[1])


def _described(svg: str, description: str) -> str:
    """Return an SVG that screen readers announce as one picture with title and description."""
    text = escape(" ".join(textwrap.dedent(description).split()))
    svg = re.sub(r"<title>", '<title id="title">', svg, count=1)
    svg = re.sub(r"</title>", lambda found: f'{found[0]}\n <desc id="desc">{text}</desc>', svg, count=1)
    return re.sub(r"<svg ", '<svg role="img" aria-labelledby="title desc" ', svg, count=1)
