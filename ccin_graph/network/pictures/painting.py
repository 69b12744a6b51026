"""Paints a network that has its places: circles, lines, names; matplotlib without its global state."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccin_graph.network.bipartite import PROJECT
from ccin_graph.network.labels import Box, Circle, Wish, fit
from ccin_graph.network.pictures.sheet import FAMILY, GREY, PALETTE, Sheet, style, write

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import PathLike
    from pathlib import Path

    import networkx as nx
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

COLOURS = {
    "council": "#0072B2",
    "affiliate": "#E69F00",
    "political-group": "#CC79A7",
    "collaboration": "#009E73",
    "network": "#D55E00",
    "other": GREY,
    PROJECT: "#222222",
}
"""Colours of kinds, of the same palette as all."""

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

RIM = "#222222"
"""The rim of a council where colours tell communities apart."""


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
    title, foot, description : str
        What stands above and below, and what is read to those who do not see it.
    groups : mapping of str to int, optional
        Community of each node, by which it is coloured; else it is by its kind.
    group_names : mapping of int to str, optional
        What the legend calls the communities that have a colour of their own; the others are grey.
    """

    graph: nx.Graph[str]
    places: Mapping[str, tuple[float, float]]
    radius: Mapping[str, float]
    ties: Mapping[str, int]
    names: Mapping[str, str]
    title: str
    foot: str
    description: str
    groups: Mapping[str, int] = field(default_factory=dict)
    group_names: Mapping[int, str] = field(default_factory=dict)


def paint(scene: Scene, path_stem: str | PathLike[str], *, size: tuple[float, float], dpi: int) -> tuple[Path, Path]:
    """Paint a scene into an SVG and a PNG.

    Parameters
    ----------
    scene : Scene
        What to paint.
    path_stem : path-like
        Path of the files without their suffix.
    size : tuple of float
        Width and height in inches.
    dpi : int
        Pixels per inch of the PNG.

    Returns
    -------
    tuple of two pathlib.Path

    Raises
    ------
    CcinError
        If a file cannot be written.
    """
    with style():
        sheet = Sheet(size)
        top = sheet.head(scene.title, _marks(scene))
        bottom = sheet.foot(scene.foot, _legend(scene), columns=3 if scene.groups else None)
        if scene.places:
            axes = sheet.axes(0, 0, sheet.width, sheet.height)
            page = Box(6, bottom, sheet.width - 6, top)
            circles = _on_paper(scene, page)
            _ties(axes, scene, circles)
            _circles(axes, scene, circles)
            most = max(scene.ties.values())
            sizes = {node: 8.5 + 4 * scene.ties[node] / most for node in scene.names}
            paint_names(sheet, axes, scene.names, sizes, circles, page)
        return write(sheet, path_stem, title=scene.title, description=scene.description, dpi=dpi)


def paint_names(
    sheet: Sheet,
    axes: Axes,
    names: Mapping[str, str],
    sizes: Mapping[str, float],
    circles: Mapping[str, Circle],
    page: Box,
    taken: Sequence[Circle] = (),
) -> list[str]:
    """Print the names that find room, each on a white halo; text stays text in the SVG.

    Parameters
    ----------
    sheet : Sheet
    axes : matplotlib.axes.Axes
        In the points of the sheet.
    names : mapping of str to str
        Names to print by node, those that matter most first.
    sizes : mapping of str to float
        Of their letters.
    circles : mapping of str to tuple
        All circles, in points.
    page : Box
        What names must stay within.
    taken : sequence of tuple
        Further circles that no name should cover.

    Returns
    -------
    list of str
        The nodes whose names found no room.
    """
    from matplotlib.patheffects import Stroke

    largest = max(sizes.values(), default=0.0)
    wishes = []
    for node, name in names.items():
        across, up = sheet.extent(name, sizes[node])
        wishes.append(Wish(node, circles[node], (across + 3, up + 2), 1 + 2 * (sizes[node] / largest) ** 3))
    found = fit(wishes, [*circles.values(), *taken], page)
    for node, box in found.items():
        look: dict[str, Any] = {"family": FAMILY, "size": sizes[node], "ha": "center", "va": "center"}
        spot = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        halo = [Stroke(linewidth=2.5, foreground="white")]
        axes.text(*spot, names[node], zorder=3, path_effects=halo, **look)
        axes.text(*spot, names[node], zorder=4, **look)
        if pointer := _pointer(circles[node], box):
            axes.plot(*zip(*pointer, strict=True), color="black", linewidth=0.6, zorder=3)
    return [node for node in names if node not in found]


def paint_circles(
    axes: Axes,
    circles: Sequence[Circle],
    colours: Sequence[str],
    *,
    rims: str | Sequence[str] = "white",
    widths: float | Sequence[float] = 0.6,
) -> None:
    """Paint circles, the last on top.

    Parameters
    ----------
    axes : matplotlib.axes.Axes
        In the points of the sheet.
    circles : sequence of tuple
        Middle and radius of each.
    colours : sequence of str
        Of each.
    rims : str or sequence of str, optional
        Colour of all rims, or of each.
    widths : float or sequence of float, optional
        Width of all rims, or of each.
    """
    from matplotlib.collections import EllipseCollection

    across = [2 * radius for _, _, radius in circles]
    axes.add_collection(
        EllipseCollection(
            across,
            across,
            [0] * len(circles),
            units="xy",
            offsets=[(x, y) for x, y, _ in circles],
            offset_transform=axes.transData,
            facecolors=colours,
            edgecolors=rims,
            linewidths=widths,
            zorder=2,
        )
    )


def colour_of(graph: nx.Graph[str], node: str) -> str:
    """Return the colour of a node's kind.

    Parameters
    ----------
    graph : networkx.Graph
    node : str

    Returns
    -------
    str
    """
    return COLOURS.get(str(graph.nodes[node].get("kind")), GREY)


def kinds_legend(graph: nx.Graph[str]) -> list[Artist]:
    """Return what the colours of the kinds in a network mean.

    Parameters
    ----------
    graph : networkx.Graph

    Returns
    -------
    list of matplotlib.artist.Artist
    """
    kinds = {str(kind) for _, kind in graph.nodes(data="kind")}
    return [_mark(COLOURS[kind], NAMES[kind]) for kind in NAMES if kind in kinds]


def _mark(colour: str, label: str, rim: str | None = None) -> Artist:
    """Return a circle of a legend."""
    from matplotlib.lines import Line2D

    return Line2D(
        [], [], marker="o", linestyle="", color=colour, markeredgecolor=rim or colour, markersize=9, label=label
    )


def _colour(scene: Scene, node: str) -> str:
    """Return the colour of a node: its community's, or its kind's."""
    if not scene.groups:
        return colour_of(scene.graph, node)
    return dict(zip(scene.group_names, PALETTE, strict=False)).get(scene.groups[node], GREY)


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


def _legend(scene: Scene) -> Sequence[Artist]:
    """Return what the colours mean."""
    if not scene.groups:
        return kinds_legend(scene.graph)
    shown = {scene.groups[node] for node in scene.graph}
    marks = [_mark(colour, name) for (_, name), colour in zip(scene.group_names.items(), PALETTE, strict=False)]
    if rest := len(shown - set(scene.group_names)):
        marks.append(_mark(GREY, "1 other" if rest == 1 else f"{rest} others"))
    if any(str(kind) == "council" for _, kind in scene.graph.nodes(data="kind")):
        marks.append(_mark("white", "Dark rim: council", RIM))
    return marks


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
    nodes = sorted(circles, key=lambda node: (-circles[node][2], node))
    rims = [scene.groups and scene.graph.nodes[node].get("kind") == "council" for node in nodes]
    paint_circles(
        axes,
        [circles[node] for node in nodes],
        [_colour(scene, node) for node in nodes],
        rims=[RIM if rim else "white" for rim in rims],
        widths=[1.4 if rim else 0.6 for rim in rims],
    )


def _pointer(circle: Circle, box: Box) -> tuple[tuple[float, float], tuple[float, float]] | None:
    """Return a line from a circle to its name, or None where the name is near enough."""
    x, y, radius = circle
    end = min(max(x, box.left), box.right), min(max(y, box.bottom), box.top)
    far = math.dist((x, y), end)
    if far - radius < NEAR:
        return None
    return (x + (end[0] - x) * radius / far, y + (end[1] - y) * radius / far), end
