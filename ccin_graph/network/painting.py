"""Paints a network that has its places: circles, lines, names, title, legend; matplotlib without its global state."""

from __future__ import annotations

import math
import textwrap
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from ccin_graph.network.bipartite import PROJECT
from ccin_graph.network.labels import Box, Circle, Wish, fit

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import networkx as nx
    from matplotlib.axes import Axes
    from matplotlib.backend_bases import RendererBase
    from matplotlib.figure import Figure

COLOURS = {
    "council": "#0072B2",
    "affiliate": "#E69F00",
    "political-group": "#CC79A7",
    "collaboration": "#009E73",
    "network": "#D55E00",
    "other": "#999999",
    PROJECT: "#222222",
}
"""Colours of Okabe and Ito, "Color Universal Design" (2008)."""

NAMES = {
    "council": "Council",
    "affiliate": "Affiliate",
    "political-group": "Political group",
    "collaboration": "Consortium, board or alliance",
    "network": "Network",
    "other": "Other organisation",
    PROJECT: "Project",
}

LARGEST = 7.0
"""Points of the unit in which radii are given, at most: few circles do not grow to fill the page."""

SPREAD = 1.5
"""How much further apart than they are laid out few circles may stand."""

NEAR = 6.0
"""Points between a circle and its name from which on a line joins them."""

POINTS = 72.0

_FAMILY = ["DejaVu Sans", "sans-serif"]
_STYLE: dict[Any, Any] = {
    "font.family": _FAMILY,
    "font.sans-serif": ["DejaVu Sans"],
    "svg.fonttype": "none",
    "svg.hashsalt": "ccin-graph",
    "path.simplify": False,
    "text.parse_math": False,
}


@dataclass(frozen=True, slots=True)
class Scene:
    """What to paint.

    Parameters
    ----------
    graph : networkx.Graph
        The nodes and edges.
    places : mapping of str to tuple of float
        Middle of each circle.
    radius : mapping of str to float
        Radius of each circle, in the unit of `places`.
    ties : mapping of str to int
        Number of ties of each node, those not painted included.
    names : mapping of str to str
        Names to print, those that matter most first.
    title, foot : str
        What stands above and below.
    """

    graph: nx.Graph[str]
    places: Mapping[str, tuple[float, float]]
    radius: Mapping[str, float]
    ties: Mapping[str, int]
    names: Mapping[str, str]
    title: str
    foot: str


def paint(scene: Scene, svg: Path, png: Path, *, size: tuple[float, float], dpi: int) -> None:
    """Paint a scene into two files.

    Parameters
    ----------
    scene : Scene
        What to paint.
    svg, png : pathlib.Path
        The files.
    size : tuple of float
        Width and height in inches.
    dpi : int
        Pixels per inch of the PNG.

    Raises
    ------
    OSError
        If a file cannot be written.
    """
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        figure = Figure(figsize=size, dpi=POINTS, facecolor="white")  # a pixel is a point while placing names
        renderer: RendererBase = FigureCanvasAgg(figure).get_renderer()  # type: ignore[no-untyped-call]
        width, height = size[0] * POINTS, size[1] * POINTS
        top = _head(figure, scene, width, height)
        bottom = _foot(figure, scene, width, height)
        if scene.places:
            axes = figure.add_axes((0, 0, 1, 1), xlim=(0, width), ylim=(0, height))
            axes.set_axis_off()
            page = Box(6, bottom, width - 6, top)
            circles = _on_paper(scene, page)
            _ties(axes, scene, circles)
            _circles(axes, scene, circles)
            _names(axes, scene, circles, page, renderer)
        figure.savefig(svg, metadata={"Date": None, "Creator": None, "Title": scene.title})
        figure.savefig(png, dpi=dpi, metadata={"Software": None, "Title": scene.title})


def _head(figure: Figure, scene: Scene, width: float, height: float) -> float:
    """Write title and what the marks mean; return the height that is left."""
    lines = textwrap.wrap(scene.title, int((width - 48) / 10.8)) or [""]
    figure.text(24 / width, 1 - 20 / height, "\n".join(lines), size=17, weight="bold", va="top", linespacing=1.25)
    below = height - 20 - 22 * len(lines) - 4
    marks = _marks(scene)
    figure.text(24 / width, below / height, marks, size=10.5, color="#444444", va="top")
    return below - 20


def _marks(scene: Scene) -> str:
    """Return what circles and lines mean, as sentences."""
    few, many = (pick((scene.ties[node] for node in scene.graph), default=0) for pick in (min, max))
    span = f"{few} to {many}" if few < many else f"all have {few}"
    if any(data.get("kind") == PROJECT for _, data in scene.graph.nodes(data=True)):
        return f"A line joins an organisation to a project it took part in. A circle is larger the more ties ({span})."
    return (
        f"A circle is an organisation, larger the more ties it has ({span}). A line joins two that took part "
        "in the same project, thicker the more projects they share."
    )


def _foot(figure: Figure, scene: Scene, width: float, height: float) -> float:
    """Write the legend and what is not drawn; return where the picture may begin."""
    from matplotlib.lines import Line2D

    lines = textwrap.wrap(scene.foot, int((width - 48) / 5.2))
    figure.text(24 / width, 10 / height, "\n".join(lines), size=9, color="#444444", va="bottom", linespacing=1.25)
    kinds = {str(kind) for _, kind in scene.graph.nodes(data="kind")}
    handles = [
        Line2D([], [], marker="o", linestyle="", color=COLOURS[kind], markersize=9, label=NAMES[kind])
        for kind in NAMES
        if kind in kinds
    ]
    floor = 14.0 + 12 * len(lines)
    if handles:
        figure.legend(
            handles=handles,
            loc="lower left",
            bbox_to_anchor=(14 / width, (floor - 4) / height),
            ncols=len(handles),
            frameon=False,
            fontsize=10.5,
            handletextpad=0.2,
            columnspacing=1.4,
            borderpad=0.3,
            borderaxespad=0,
        )
    return floor + 20


def _on_paper(scene: Scene, page: Box) -> dict[str, Circle]:
    """Return the circles in points: as large as the page allows, or apart where few would become too large."""
    left, low = (min(place[axis] - scene.radius[node] for node, place in scene.places.items()) for axis in (0, 1))
    right, high = (max(place[axis] + scene.radius[node] for node, place in scene.places.items()) for axis in (0, 1))
    wide, tall = page.right - page.left - 150, page.top - page.bottom - 40
    unit = min(wide / (right - left), tall / (high - low), LARGEST * SPREAD)
    x = (page.left + page.right) / 2 - unit * (left + right) / 2
    y = (page.bottom + page.top) / 2 - unit * (low + high) / 2
    size = min(unit, LARGEST)
    return {
        node: (x + unit * across, y + unit * up, size * scene.radius[node])
        for node, (across, up) in scene.places.items()
    }


def _ties(axes: Axes, scene: Scene, circles: Mapping[str, Circle]) -> None:
    """Paint the lines."""
    from matplotlib.collections import LineCollection

    lines = [(circles[one][:2], circles[other][:2]) for one, other in scene.graph.edges]
    widths = [0.4 + 0.5 * min(shared, 8) for _, _, shared in scene.graph.edges(data="shared", default=1)]
    axes.add_collection(LineCollection(lines, linewidths=widths, colors="#7a7a7a", alpha=0.45, zorder=1))


def _circles(axes: Axes, scene: Scene, circles: Mapping[str, Circle]) -> None:
    """Paint the circles, the smallest last."""
    from matplotlib.collections import EllipseCollection

    nodes = sorted(circles, key=lambda node: (-circles[node][2], node))
    kinds = [str(scene.graph.nodes[node].get("kind")) for node in nodes]
    across = [2 * circles[node][2] for node in nodes]
    axes.add_collection(
        EllipseCollection(
            across,
            across,
            [0] * len(nodes),
            units="xy",
            offsets=[circles[node][:2] for node in nodes],
            offset_transform=axes.transData,
            facecolors=[COLOURS.get(kind, COLOURS["other"]) for kind in kinds],
            edgecolors="white",
            linewidths=0.6,
            zorder=2,
        )
    )


def _names(axes: Axes, scene: Scene, circles: Mapping[str, Circle], page: Box, renderer: RendererBase) -> None:
    """Print the names that find room, each on a white halo; text stays text in the SVG."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.patheffects import Stroke

    most = max(scene.ties.values())
    fonts, wishes = {}, []
    for node, name in scene.names.items():
        fonts[node] = FontProperties(family=_FAMILY, size=8.5 + 4 * scene.ties[node] / most)
        across, up, _ = renderer.get_text_width_height_descent(name, fonts[node], False)
        wishes.append(Wish(node, circles[node], (across + 3, up + 2), 1 + 2 * scene.ties[node] / most))
    for node, box in fit(wishes, list(circles.values()), page).items():
        style: dict[str, Any] = {"fontproperties": fonts[node], "ha": "center", "va": "center"}
        spot = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        halo = [Stroke(linewidth=2.5, foreground="white")]
        axes.text(*spot, scene.names[node], zorder=3, path_effects=halo, **style)
        axes.text(*spot, scene.names[node], zorder=4, **style)
        if pointer := _pointer(circles[node], box):
            axes.plot(*zip(*pointer, strict=True), color="black", linewidth=0.6, zorder=3)


def _pointer(circle: Circle, box: Box) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return a line from a circle to its name, or None where the name is near enough."""
    x, y, radius = circle
    end = min(max(x, box.left), box.right), min(max(y, box.bottom), box.top)
    far = math.dist((x, y), end)
    if far - radius < NEAR:
        return None
    return (x + (end[0] - x) * radius / far, y + (end[1] - y) * radius / far), end
