"""One organisation, those around it, and the ties among those."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.labels import short_names
from ccin_graph.network.overview import canonical, components_of, names_of
from ccin_graph.network.pictures.painting import colour_of, kinds_legend, paint_circles
from ccin_graph.network.pictures.sheet import EDGE, GREY, Sheet, style, write

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    import networkx as nx
    from matplotlib.axes import Axes

    Place = tuple[float, float]


def draw_ego(
    graph: nx.Graph[str],
    node: str,
    path_stem: str | PathLike[str],
    *,
    title: str | None = None,
    note: str = "",
    most: int = 60,
    size: tuple[float, float] = (11.0, 11.5),
    dpi: int = 150,
) -> tuple[Path, Path]:
    """Draw the ego network of one organisation, as ``<path_stem>.svg`` and ``<path_stem>.png``.

    Its partners stand on a circle around it, those next to each other that reach each other without it. Between such
    groups are what Burt calls structural holes [1]_.

    Parameters
    ----------
    graph : networkx.Graph
        A network in which partners can be tied to each other, such as
        :func:`~ccin_graph.network.projections.organisation_organisation`.
    node : str
        The organisation.
    path_stem : path-like
        Path of the files without their suffix.
    title : str, optional
        What the picture shows; by default how many partners it has, and in how many groups.
    note : str, optional
        A further sentence for the foot.
    most : int, optional
        Partners to draw; of more, those with the most shared projects are drawn, and the foot says so.
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
        If the node is not in the graph, or the graph is directed, a multigraph or has a node tied to itself.
    CcinError
        If a file cannot be written.

    References
    ----------
    .. [1] R. S. Burt, *Structural Holes*, Harvard University Press (1992).

    Examples
    --------
    >>> import networkx as nx, tempfile
    >>> from pathlib import Path
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in draw_ego(nx.star_graph(["a", "b", "c"]), "a", Path(folder, "ego"), dpi=30)]
    ['ego.svg', 'ego.png']
    """
    plain = canonical(graph)
    if node not in plain:
        raise NetworkError(f"{node} is not in the network")
    names = names_of(plain)
    partners = sorted(plain[node], key=lambda one: (-plain.edges[node, one].get("shared", 1), names[one]))
    kept = partners[:most]
    around = canonical(plain.subgraph(kept))
    groups = components_of(around)
    short = short_names({one: (names[one][0], str(plain.nodes[one].get("kind", ""))) for one in sorted([node, *kept])})
    among = around.number_of_edges()
    if title is None:
        title = _finding(short[node], len(partners), len(kept), groups)
    foot = f"Not drawn: {len(partners) - len(kept)} partners with fewer projects in common." if partners[most:] else ""
    pairs = len(kept) * (len(kept) - 1) // 2
    description = (
        f"{title}. {short[node]} in the middle of a circle of {len(kept)} partners; of the {pairs} pairs of partners "
        f"{among} are tied. Groups: {'; '.join(', '.join(short[one] for one in group) for group in groups)}."
    )
    with style():
        sheet = Sheet(size)
        top = sheet.head(
            title,
            f"A line joins two that took part in the same project, thicker the more projects. Of the {pairs} pairs of "
            f"partners {among} {'is' if among == 1 else 'are'} tied; partners of one group stand together.",
        )
        legend = kinds_legend(plain.subgraph([node, *kept]))
        bottom = sheet.foot(" ".join(part for part in (foot, note) if part), legend)
        axes = sheet.axes(0, 0, sheet.width, sheet.height)
        middle = sheet.width / 2, (bottom + top) / 2
        _paint(sheet, axes, plain, node, groups, short, middle, (top - bottom) / 2)
        return write(sheet, path_stem, title=title, description=description, dpi=dpi)


def _finding(name: str, partners: int, kept: int, groups: list[list[str]]) -> str:
    """Return what the picture shows, as a sentence."""
    if not partners:
        return f"{name} has no partners"
    what = f"{partners} {'partner' if partners == 1 else 'partners'}"
    if len(groups) == 1:
        return f"{name} has {what}, who reach each other without it" if partners > 1 else f"{name} has {what}"
    drawn = "" if kept == partners else f", of whom {kept} are drawn"
    return f"{name} has {what} in {len(groups)} groups that share no project with each other{drawn}"


def _paint(
    sheet: Sheet,
    axes: Axes,
    graph: nx.Graph[str],
    node: str,
    groups: list[list[str]],
    short: dict[str, str],
    middle: Place,
    room: float,
) -> None:
    """Paint the circle of partners with their names, and all ties."""
    from matplotlib.collections import LineCollection

    x, y = middle
    kept = [one for group in groups for one in group]
    longest = max((sheet.extent(short[one], 9.5)[0] for one in kept), default=0.0)
    radius = max(min(room, sheet.width / 2 - EDGE) - longest - 14, 60.0)
    gap = 0.7 if len(groups) > 1 else 0.0
    step = 2 * math.pi / max(len(kept) + gap * len(groups), 1)
    angles, turn = {}, 0.0
    for group in groups:
        for one in group:
            angles[one] = math.pi / 2 - turn * step
            turn += 1
        turn += gap
    spots = {one: (x + radius * math.cos(angle), y + radius * math.sin(angle)) for one, angle in angles.items()}
    spots[node] = middle

    def lines(pairs: list[tuple[str, str]], colour: str, zorder: float) -> None:
        widths = [0.6 + 0.8 * min(graph.edges[pair].get("shared", 1), 6) for pair in pairs]
        ends = [(spots[one], spots[other]) for one, other in pairs]
        axes.add_collection(LineCollection(ends, linewidths=widths, colors=colour, alpha=0.55, zorder=zorder))

    inside = set(kept)
    lines([(one, other) for one in kept for other in sorted(graph[one]) if other in inside and one < other], GREY, 1)
    lines([(node, one) for one in kept], "#555555", 1.5)
    order = [*kept, node]
    circles = [(*spots[one], 13.0 if one == node else 5.5) for one in order]
    paint_circles(axes, circles, [colour_of(graph, one) for one in order], widths=0.8)
    for one in kept:
        turned = math.degrees(angles[one]) % 360
        left = 90 < turned < 270
        axes.text(
            x + (radius + 9) * math.cos(angles[one]),
            y + (radius + 9) * math.sin(angles[one]),
            short[one],
            size=9.5,
            rotation=turned - 180 if left else turned,
            rotation_mode="anchor",
            ha="right" if left else "left",
            va="center",
            zorder=3,
        )
    axes.text(
        x,
        y - 18,
        short[node],
        size=12,
        weight="bold",
        ha="center",
        va="top",
        zorder=4,
        bbox={"facecolor": "white", "edgecolor": "none", "alpha": 0.85, "pad": 1.5},
    )
