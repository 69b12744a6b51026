"""Councils and their ties over the outline of the United Kingdom, with the crowded places drawn larger beside it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, NamedTuple

from ccin_graph.network.labels import Box, Circle, short_names
from ccin_graph.network.overview import canonical, sorted_ties
from ccin_graph.network.pictures.outline import on_paper, outline
from ccin_graph.network.pictures.painting import paint_circles, paint_names
from ccin_graph.network.pictures.sheet import EDGE, GREY, INK, PALETTE, Sheet, style, write
from ccin_graph.network.pictures.whole import headline

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from os import PathLike
    from pathlib import Path

    import networkx as nx
    from matplotlib.artist import Artist
    from matplotlib.axes import Axes

    Place = tuple[float, float]

WHOLE = Box(-8.3, 49.85, 2.0, 58.75)
"""West, south, east and north of the map."""

INSETS = {
    "Tyne, Wear and Durham": Box(-2.2, 54.68, -1.0, 55.1),
    "Greater Manchester": Box(-2.78, 53.32, -1.88, 53.7),
    "London": Box(-0.53, 51.28, 0.34, 51.7),
}
"""The same of the places that are drawn larger."""

LAND, COAST, NEIGHBOUR = "#eeeeea", "#b9b9b2", "#f7f7f5"
WITHIN, ACROSS = PALETTE[0], PALETTE[5]


class _Panel(NamedTuple):
    """A part of the map on a part of the sheet."""

    axes: Axes
    box: Box
    left: float
    low: float
    unit: float

    def spot(self, place: Place) -> Place:
        """Return where a place, of latitude and longitude, lies on the sheet."""
        east, north = on_paper(place[1], place[0])
        return self.box.left + (east - self.left) * self.unit, self.box.bottom + (north - self.low) * self.unit


def draw_atlas(
    graph: nx.Graph[str],
    places: Mapping[str, tuple[float, float]],
    path_stem: str | PathLike[str],
    *,
    title: str | None = None,
    note: str = "",
    size: tuple[float, float] = (14.0, 11.0),
    dpi: int = 150,
) -> tuple[Path, Path]:
    """Draw councils where they are, and their ties, as ``<path_stem>.svg`` and ``<path_stem>.png``.

    Ties within a region and across regions have different colours. The outline is Natural Earth's.

    Parameters
    ----------
    graph : networkx.Graph
        A network of councils; ``label``, ``region`` of nodes and ``shared`` of edges are used.
    places : mapping of str to tuple of float
        Latitude and longitude of councils, in degrees. The foot names councils with ties that have none.
    path_stem : path-like
        Path of the files without their suffix.
    title : str, optional
        What the picture shows; by default how many ties run across regions.
    note : str, optional
        A further sentence for the foot.
    size : tuple of float, optional
        Width and height in inches.
    dpi : int, optional
        Pixels per inch of the PNG.

    Returns
    -------
    tuple of two pathlib.Path
        The SVG and the PNG.

    Raises
    ------
    NetworkError
        If the graph is directed, a multigraph or has a node tied to itself.
    CcinError
        If a file cannot be written.

    Examples
    --------
    >>> import networkx as nx, tempfile
    >>> from pathlib import Path
    >>> where = {"Oldham": (53.55, -2.05), "Lambeth": (51.46, -0.12)}
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in draw_atlas(nx.Graph([("Oldham", "Lambeth")]), where, Path(folder, "map"), dpi=30)]
    ['map.svg', 'map.png']
    """
    plain = canonical(graph)
    ties = dict(plain.degree)
    lost = [node for node in plain if ties[node] and node not in places]
    shown = canonical(plain.subgraph([node for node in plain if node in places]))
    short = short_names({node: (str(data.get("label", node)), "council") for node, data in plain.nodes(data=True)})
    across, known, unknown = _across(plain)
    if title is None:
        title = f"{across} of {known} ties between councils run across regions" if known else headline(plain)
    foot = [
        f"Not drawn, as no place is recorded: {', '.join(sorted(short[node] for node in lost))}." if lost else "",
        f"{unknown} ties with an end of no known region are drawn as ties across regions." if unknown else "",
        "Outline: Natural Earth, public domain.",
        note,
    ]
    leaders = sorted((node for node in plain if ties[node]), key=lambda node: (-ties[node], short[node]))[:5]
    best = ", ".join(f"{short[node]} ({ties[node]})" for node in leaders)
    description = (
        f"{title}. A map of {len(shown)} councils of the United Kingdom with {shown.number_of_edges()} of "
        f"{plain.number_of_edges()} ties between them, and larger maps of {', '.join(INSETS)}. Most ties: {best}."
    )
    with style():
        sheet = Sheet(size)
        top = sheet.head(
            title,
            "A line joins two councils that took part in the same project, thicker the more projects. A circle is "
            "larger the more ties; small hollow circles have none. Lines that leave a frame go on in the map.",
        )
        bottom = sheet.foot(" ".join(part for part in foot if part), _legend()) + 6
        middle = EDGE + (sheet.width - 2 * EDGE) * 0.6
        whole = _panel(sheet, Box(EDGE, bottom, middle, top), WHOLE)
        frames = _frames(sheet, Box(middle + 16, bottom, sheet.width - EDGE, top - 18))
        inside = {
            name: [node for node in shown if _within(panel.spot(places[node]), panel.box)]
            for name, panel in frames.items()
        }
        elsewhere = set(shown).difference(*inside.values())
        rims = [circle for panel in frames.values() for circle in _frame(whole, panel)]
        _paint(sheet, whole, shown, places, {node: short[node] for node in shown if node in elsewhere}, rims)
        for name, panel in frames.items():
            _paint(sheet, panel, shown, places, {node: short[node] for node in inside[name]}, None)
            caption = f"Around {name}: {_counted(shown.subgraph(inside[name]))}"
            panel.axes.text(panel.box.left, panel.box.top + 4, caption, size=10.5, va="bottom", clip_on=False)
        return write(sheet, path_stem, title=title, description=description, dpi=dpi)


def _across(graph: nx.Graph[str]) -> tuple[int, int, int]:
    """Return how many ties run across regions, of how many whose ends have one, and how many have not."""
    region = {node: graph.nodes[node].get("region") for node in graph}
    known = [(one, other) for one, other in graph.edges if region[one] and region[other]]
    across = sum(region[one] != region[other] for one, other in known)
    return across, len(known), graph.number_of_edges() - len(known)


def _counted(graph: nx.Graph[str]) -> str:
    """Return how many councils and ties there are, in words."""
    councils, ties = len(graph), graph.number_of_edges()
    return (
        f"{councils} {'council' if councils == 1 else 'councils'}, "
        f"{ties or 'no'} {'tie' if ties == 1 else 'ties'} among them"
    )


def _legend() -> Sequence[Artist]:
    """Return what the colours mean."""
    from matplotlib.lines import Line2D

    return [
        Line2D([], [], color=WITHIN, linewidth=2.5, label="Tie within a region"),
        Line2D([], [], color=ACROSS, linewidth=2.5, label="Tie across regions"),
        Line2D(
            [], [], marker="o", linestyle="", color=PALETTE[0], markeredgecolor="white", markersize=9, label="Council"
        ),
    ]


def _panel(sheet: Sheet, box: Box, bounds: Box) -> _Panel:
    """Return a part of the map as large as its part of the sheet allows, from the upper left corner of that."""
    west, south = on_paper(bounds.left, bounds.bottom)
    east, north = on_paper(bounds.right, bounds.top)
    unit = min((box.right - box.left) / (east - west), (box.top - box.bottom) / (north - south))
    wide, high = (east - west) * unit, (north - south) * unit
    part = Box(box.left, box.top - high, box.left + wide, box.top)
    return _Panel(sheet.axes(*part), part, west, south, unit)


def _frames(sheet: Sheet, box: Box) -> dict[str, _Panel]:
    """Return the larger maps, one below the other, all of one size: each shows what lies around its place as well."""
    each = (box.top - box.bottom) / len(INSETS)
    frames = {}
    for place, (name, bounds) in enumerate(INSETS.items()):
        part = Box(box.left, box.top - (place + 1) * each + 26, box.right, box.top - place * each)
        west, south = on_paper(bounds.left, bounds.bottom)
        east, north = on_paper(bounds.right, bounds.top)
        unit = min((part.right - part.left) / (east - west), (part.top - part.bottom) / (north - south))
        left = (west + east) / 2 - (part.right - part.left) / 2 / unit
        low = (south + north) / 2 - (part.top - part.bottom) / 2 / unit
        frames[name] = _Panel(sheet.axes(*part), part, left, low, unit)
    return frames


def _frame(whole: _Panel, part: _Panel) -> list[Circle]:
    """Draw the frame of a larger map where it lies; return circles along it that no name should cover."""
    left = whole.box.left + (part.left - whole.left) * whole.unit
    low = whole.box.bottom + (part.low - whole.low) * whole.unit
    wide, high = part.box.right - part.box.left, part.box.top - part.box.bottom
    shrink = whole.unit / part.unit
    frame = Box(left, low, left + wide * shrink, low + high * shrink)
    whole.axes.plot(*zip(*_corners(frame), strict=True), color=INK, linewidth=0.8, zorder=2.5)
    steps = [place / 8 for place in range(9)]
    return [
        (frame.left + across * (frame.right - frame.left), frame.bottom + up * (frame.top - frame.bottom), 6.0)
        for across in steps
        for up in steps
    ]


def _paint(
    sheet: Sheet,
    panel: _Panel,
    graph: nx.Graph[str],
    places: Mapping[str, Place],
    names: Mapping[str, str],
    rims: list[Circle] | None,
) -> None:
    """Paint land, ties, councils and the names of those that are tied; without rims a frame, and everyone's name."""
    from matplotlib.collections import LineCollection, PolyCollection

    for country, rings in outline().items():
        land = [[panel.spot((y, x)) for x, y in ring] for ring in rings]
        colour = NEIGHBOUR if country == "Ireland" else LAND
        panel.axes.add_collection(PolyCollection(land, facecolors=colour, edgecolors=COAST, linewidths=0.6, zorder=0))
    if rims is None:
        panel.axes.plot(*zip(*_corners(panel.box), strict=True), color=INK, linewidth=0.8, zorder=5, clip_on=False)
    spots = {node: panel.spot(places[node]) for node in graph}
    region = {node: graph.nodes[node].get("region") for node in graph}
    pairs = sorted_ties(graph)
    alike = [bool(region[one]) and region[one] == region[other] for one, other in pairs]
    panel.axes.add_collection(
        LineCollection(
            [(spots[one], spots[other]) for one, other in pairs],
            linewidths=[0.9 + 0.9 * min(graph.edges[pair].get("shared", 1), 5) for pair in pairs],
            colors=[WITHIN if same else ACROSS for same in alike],
            alpha=0.6,
            zorder=1,
        )
    )
    ties = dict(graph.degree)
    circles: dict[str, Circle] = {
        node: (*spots[node], (2.5 + 2 * math.sqrt(ties[node]) if ties[node] else 2.0) * (1.0 if node in names else 0.6))
        for node in graph
        if _within(spots[node], panel.box)
    }
    order = sorted(circles, key=lambda node: (-circles[node][2], node))
    paint_circles(
        panel.axes,
        [circles[node] for node in order],
        [PALETTE[0] if ties[node] else "white" for node in order],
        rims=["white" if ties[node] else GREY for node in order],
        widths=0.8,
    )
    named = sorted((node for node in names if node in circles), key=lambda node: (-ties[node], names[node]))
    named = [node for node in named if ties[node] or rims is None]
    most = max((ties[node] for node in named), default=0) or 1
    sizes = {node: 8 + 2.5 * ties[node] / most for node in named}
    paint_names(sheet, panel.axes, {node: names[node] for node in named}, sizes, circles, panel.box, rims or ())


def _corners(box: Box) -> list[Place]:
    """Return the way around a box."""
    return [
        (box.left, box.bottom),
        (box.right, box.bottom),
        (box.right, box.top),
        (box.left, box.top),
        (box.left, box.bottom),
    ]


def _within(spot: Place, box: Box) -> bool:
    """Tell whether a spot lies in a part of the sheet."""
    return box.left <= spot[0] <= box.right and box.bottom <= spot[1] <= box.top
