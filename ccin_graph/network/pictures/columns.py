"""A two-sided network in two columns: every name printed, every tie a line from left to right."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.labels import short_names
from ccin_graph.network.overview import canonical, names_of, sorted_ties
from ccin_graph.network.pictures.painting import colour_of, kinds_legend, paint_circles
from ccin_graph.network.pictures.sheet import EDGE, POINTS, Sheet, style, write
from ccin_graph.network.pictures.whole import headline
from ccin_graph.network.projections import FOCUS, PARTNER

if TYPE_CHECKING:
    from os import PathLike
    from pathlib import Path

    import networkx as nx

STEP = 16.0
"""Points from one name to the next."""

ROUNDS = 24
"""How often each column is put in the order of the other."""

TITLES = {
    "council-affiliate": ("Councils", "Affiliates"),
    "council-partner": ("Councils", "Partners"),
    "organisation-project": ("Organisations", "Projects"),
}
"""What stands over the columns of a network, by its name."""


def draw_columns(
    graph: nx.Graph[str],
    path_stem: str | PathLike[str],
    *,
    title: str | None = None,
    note: str = "",
    most: int = 60,
    width: float = 12.0,
    dpi: int = 150,
) -> tuple[Path, Path]:
    """Draw a two-sided network in two columns, as ``<path_stem>.svg`` and ``<path_stem>.png``.

    Each side is in the order in which its ties cross least: by the mean place of the neighbours, in turns [1]_. The
    sheet is as high as its longer column needs.

    Parameters
    ----------
    graph : networkx.Graph
        A network whose nodes have ``side``: a two-sided projection, or the two-mode graph.
    path_stem : path-like
        Path of the files without their suffix.
    title : str, optional
        What the picture shows; by default how many of the left have a tie, and who has most.
    note : str, optional
        A further sentence for the foot.
    most : int, optional
        Nodes in a column; of a longer one those with the most ties are drawn, and the foot says so.
    width : float, optional
        Of the sheet, in inches.
    dpi : int, optional
        Pixels per inch of the PNG.

    Returns
    -------
    tuple of two pathlib.Path
        The SVG and the PNG.

    Raises
    ------
    NetworkError
        If a node has no side or there are more than two, or if the graph is directed, a multigraph or has a node tied
        to itself.
    CcinError
        If a file cannot be written.

    References
    ----------
    .. [1] K. Sugiyama, S. Tagawa, M. Toda, "Methods for visual understanding of hierarchical system structures", IEEE
       Transactions on Systems, Man, and Cybernetics 11, 109 (1981). https://doi.org/10.1109/TSMC.1981.4308636

    Examples
    --------
    >>> import networkx as nx, tempfile
    >>> from pathlib import Path
    >>> graph = nx.Graph([("Oldham", "College")])
    >>> nx.set_node_attributes(graph, {"Oldham": "focus", "College": "partner"}, "side")
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in draw_columns(graph, Path(folder, "columns"), dpi=30)]
    ['columns.svg', 'columns.png']
    """
    plain = canonical(graph)
    left, right = _sides(plain)
    ties = dict(plain.degree)
    columns = [_busiest(plain, side, most) for side in (left, right)]
    shown = canonical(plain.subgraph([*columns[0], *columns[1]]))
    columns = _ordered(shown, *columns)
    short = short_names(
        {node: (str(data.get("label", node)), str(data.get("kind", ""))) for node, data in shown.nodes(data=True)}
    )
    heads = TITLES.get(str(graph.graph.get("name")), ("", ""))
    if title is None:
        title = headline(plain)
        if shown and heads[0]:
            tied = [f"{sum(1 for node in side if ties[node])} of {len(side)}" for side in (left, right)]
            title = f"{tied[0]} {heads[0].lower()} worked with {tied[1]} {heads[1].lower()}. {title}"
    alone = sum(1 for node in plain if not ties[node])
    cut = sum(1 for node in plain if ties[node]) - len(shown)
    foot = [
        f"Not drawn: {alone} without a tie." if alone else "",
        f"Not drawn: {cut} with fewer ties than those drawn." if cut else "",
        note,
    ]
    description = (
        f"{title}. Two columns: {', '.join(heads) if heads[0] else 'the two sides of the network'}, with "
        f"{len(columns[0])} and {len(columns[1])} names, and {shown.number_of_edges()} of {plain.number_of_edges()} "
        "ties as lines between them."
    )
    tall = max(map(len, columns), default=0) * STEP
    with style():
        sheet = Sheet((width, (tall + 190) / POINTS))
        top = sheet.head(
            title, "A line joins two that took part in the same project, thicker the more projects they share."
        )
        bottom = sheet.foot(" ".join(part for part in foot if part), kinds_legend(shown))
        _paint(sheet, shown, columns, short, heads, bottom, top)
        return write(sheet, path_stem, title=title, description=description, dpi=dpi)


def _sides(graph: nx.Graph[str]) -> tuple[list[str], list[str]]:
    """Return the nodes of both sides: councils or organisations first."""
    found: dict[str, list[str]] = {}
    for node, side in graph.nodes(data="side"):
        if not side:
            raise NetworkError(f"{node} stands on no side", remedy="Make the graph with council_affiliate.")
        found.setdefault(str(side), []).append(node)
    if len(found) > 2:
        raise NetworkError(f"there are more than two sides: {', '.join(sorted(found))}")
    names = sorted(found, key=lambda side: (side != FOCUS, side == PARTNER, side))
    left, right, *_ = [found[name] for name in names] + [[], []]
    return left, right


def _busiest(graph: nx.Graph[str], nodes: list[str], most: int) -> list[str]:
    """Return the nodes of a side that are drawn: those with ties, at most so many."""
    names = names_of(graph)
    tied = [node for node in nodes if graph.degree(node)]
    return sorted(tied, key=lambda node: (-graph.degree(node), names[node]))[:most]


def _ordered(graph: nx.Graph[str], left: list[str], right: list[str]) -> list[list[str]]:
    """Return both columns in an order in which few ties cross, components apart from each other."""
    from ccin_graph.network.overview import components_of

    names = names_of(graph)
    component = {node: place for place, nodes in enumerate(components_of(graph)) for node in nodes}
    columns = [sorted(side, key=lambda node: (component[node], names[node])) for side in (left, right)]
    best, least = columns, _crossings(graph, columns)
    for turn in range(ROUNDS):
        moving = 1 - turn % 2
        fixed = {node: place for place, node in enumerate(columns[1 - moving])}
        now = {node: place for place, node in enumerate(columns[moving])}

        def middle(node: str, fixed: dict[str, int] = fixed) -> float:
            places = [fixed[other] for other in graph[node] if other in fixed]
            return sum(places) / len(places) if places else len(fixed)

        key = {node: (component[node], round(middle(node), 9), now[node]) for node in columns[moving]}
        columns = [*columns]
        columns[moving] = sorted(columns[moving], key=key.__getitem__)
        if (count := _crossings(graph, columns)) < least:
            best, least = columns, count
    return best


def _crossings(graph: nx.Graph[str], columns: list[list[str]]) -> int:
    """Return how many pairs of ties cross."""
    left, right = ({node: place for place, node in enumerate(column)} for column in columns)
    ends = sorted((left[node], right[other]) for node in columns[0] for other in graph[node] if other in right)
    return sum(ends[i][1] > ends[j][1] for j in range(len(ends)) for i in range(j) if ends[i][0] < ends[j][0])


def _paint(
    sheet: Sheet,
    graph: nx.Graph[str],
    columns: list[list[str]],
    short: dict[str, str],
    heads: tuple[str, str],
    bottom: float,
    top: float,
) -> None:
    """Paint both columns and the ties between them."""
    from matplotlib.collections import PathCollection
    from matplotlib.path import Path as Line

    axes = sheet.axes(0, 0, sheet.width, sheet.height)
    room = (sheet.width - 2 * EDGE) * 0.34
    places: dict[str, tuple[float, float]] = {}
    across = (EDGE + room, sheet.width - EDGE - room)
    floor, ceiling = bottom + 6, top - 26
    for side, (x, column) in enumerate(zip(across, columns, strict=True)):
        step = (ceiling - floor) / max(len(column), 1)
        step = min(step, 2.2 * STEP)
        start = (ceiling + floor) / 2 + step * (len(column) - 1) / 2
        away = -9 if side == 0 else 9
        anchor = "right" if side == 0 else "left"
        axes.text(x + away, top - 10, heads[side], size=11, weight="bold", ha=anchor, va="center")
        for place, node in enumerate(column):
            places[node] = (x, start - place * step)
            text = f"{short[node]}  {graph.degree(node)}" if side == 0 else f"{graph.degree(node)}  {short[node]}"
            axes.text(x + away, places[node][1], text, size=9.5, ha=anchor, va="center")
    pull = (across[1] - across[0]) / 2
    lines, widths = [], []
    for pair in sorted_ties(graph):
        one, other = sorted(pair, key=lambda node: places[node][0])
        (x, y), (u, v) = places[one], places[other]
        lines.append(Line([(x, y), (x + pull, y), (u - pull, v), (u, v)], [1, 4, 4, 4]))
        widths.append(0.7 + 0.9 * min(graph.edges[pair].get("shared", 1), 6))
    axes.add_collection(
        PathCollection(lines, facecolors="none", edgecolors="#6a6a6a", linewidths=widths, alpha=0.55, zorder=1)
    )
    nodes = sorted(places)
    paint_circles(axes, [(*places[node], 4.5) for node in nodes], [colour_of(graph, node) for node in nodes])
