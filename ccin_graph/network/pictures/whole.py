"""One picture of a network that a person can read, as SVG and PNG."""

from __future__ import annotations

import math
from collections import Counter
from itertools import groupby
from typing import TYPE_CHECKING

from ccin_graph.network.bipartite import PROJECT
from ccin_graph.network.labels import short_names
from ccin_graph.network.overview import canonical, components_of, names_of
from ccin_graph.network.pictures.layout import layout

if TYPE_CHECKING:
    from collections.abc import Mapping
    from os import PathLike
    from pathlib import Path

    import networkx as nx

    from ccin_graph.network.communities import Communities

FIRM = 0.9
"""Share of the runs from which on a node belongs firmly to its community."""

CROWDED = 700
"""Organisations above which those with one tie, councils apart, are left out unless asked for."""


def draw(
    graph: nx.Graph[str],
    path_stem: str | PathLike[str],
    *,
    title: str | None = None,
    note: str = "",
    groups: Communities | None = None,
    group_labels: Mapping[int, str] | None = None,
    least_ties: int | None = None,
    names: int = 30,
    size: tuple[float, float] = (15.0, 10.0),
    dpi: int = 150,
    seed: int = 0,
) -> tuple[Path, Path]:
    """Draw a network as ``<path_stem>.svg`` and ``<path_stem>.png``.

    Circles are organisations, coloured by kind (in colours that every common kind of colour blindness tells
    apart), larger with more ties; lines are ties, thicker with more projects in common. The best connected are
    named, and the best connected of each small component. Organisations without a tie are not drawn; the foot
    of the picture says how many those are, and how many others are left out. The same network gives the same
    bytes with the same versions of matplotlib, numpy and scipy.

    Parameters
    ----------
    graph : networkx.Graph
        A projection, or the two-mode graph; ``label`` and ``kind`` of nodes and ``shared`` of edges are used.
    path_stem : path-like
        Path of the files without their suffix; folders that do not exist are made.
    title : str, optional
        What the picture shows, as a sentence; by default what :func:`headline` says, or what the communities come to.
    note : str, optional
        A further sentence for the foot, such as the data release and the sources.
    groups : Communities, optional
        A division of the network: circles are coloured by community, the largest six; councils have a dark rim.
    group_labels : mapping of int to str, optional
        What to call communities in the legend; by default after their best connected organisation.
    least_ties : int, optional
        Leave out organisations with fewer ties, councils apart. By default 1, and 2 if more than
        :data:`CROWDED` organisations have a tie.
    names : int, optional
        How many organisations to name; one whose name finds no room stays without.
    size : tuple of float, optional
        Width and height in inches.
    dpi : int, optional
        Pixels per inch of the PNG.
    seed : int, optional
        Seed of the layout.

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
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     [path.name for path in draw(nx.star_graph(["a", "b", "c"]), Path(folder, "star"), dpi=30)]
    ['star.svg', 'star.png']
    """
    from ccin_graph.network.pictures.painting import Scene, paint

    plain = canonical(graph)
    ties = dict(plain.degree)
    shown, left_out = _shown(plain, least_ties)
    radius = {node: 0.5 + 0.5 * math.sqrt(ties[node]) for node in shown}
    short = short_names(
        {node: (str(data.get("label", node)), str(data.get("kind", ""))) for node, data in shown.nodes(data=True)}
    )
    group_names = _group_names(shown, groups, group_labels or {}, ties, short) if groups else {}
    if title is None:
        title = _communities_headline(shown, groups, ties, short) if groups else headline(graph)
    scene = Scene(
        graph=shown,
        places=layout(shown, radius, seed=seed, aspect=size[0] / (size[1] - 2)),
        radius=radius,
        ties=ties,
        names={node: short[node] for node in _named(shown, ties, names)},
        title=title,
        foot=" ".join(part for part in (left_out, note) if part),
        description=_described(plain, shown, title, left_out, group_names),
        groups=groups.members if groups else {},
        group_names=group_names,
    )
    return paint(scene, path_stem, size=size, dpi=dpi)


def headline(graph: nx.Graph[str]) -> str:
    """Return who has the most ties in a network, as a sentence that is fair to those who have equally many.

    Parameters
    ----------
    graph : networkx.Graph
        A network of this package.

    Returns
    -------
    str
        Up to three names with their number of ties, in the two-mode graph of projects; or how many organisations
        share the first place.

    Raises
    ------
    NetworkError
        If the graph is directed, a multigraph or has a node tied to itself.

    Examples
    --------
    >>> import networkx as nx
    >>> headline(nx.star_graph(["Oldham", "Co-op", "College"]))
    'Best connected: Oldham (2 ties)'
    >>> headline(nx.path_graph(2)), headline(nx.empty_graph(2))
    ('2 organisations, each with 1 tie', 'No two organisations are tied')
    """
    plain = canonical(graph)
    ties, names = dict(plain.degree), names_of(plain)
    kinds = {node: str(data.get("kind", "")) for node, data in plain.nodes(data=True)}
    one, what = ("project", "Most projects") if PROJECT in kinds.values() else ("tie", "Best connected")
    short = short_names({node: (names[node][0], kinds[node]) for node in plain})
    tied = [node for node in plain if ties[node] and kinds[node] != PROJECT]
    if not tied:
        return "No two organisations are tied"
    leaders: list[str] = []
    order = sorted(tied, key=lambda node: (-ties[node], short[node], names[node]))
    for count, nodes in groupby(order, key=ties.__getitem__):
        group = list(nodes)
        word = one if count == 1 else f"{one}s"
        if group == order:
            return f"{len(group)} organisations, each with {count} {word}"
        if leaders and (count == 1 or len(leaders) + len(group) > 3):
            break
        if len(group) > 3:
            return f"{len(group)} organisations share the first place, each with {count} {word}"
        for node in group:
            leaders.append(f"{short[node]} ({count})" if leaders else f"{short[node]} ({count} {word})")
    return f"{what}: {', '.join(leaders)}"


def _shown(graph: nx.Graph[str], least_ties: int | None) -> tuple[nx.Graph[str], str]:
    """Return the part of a network that is drawn, and a sentence on what is not."""
    ties = dict(graph.degree)
    tied = [node for node in graph if ties[node]]
    least = least_ties if least_ties is not None else 2 if len(tied) > CROWDED else 1
    kept = [node for node in tied if ties[node] >= least or graph.nodes[node].get("kind") == "council"]
    alone, few = len(graph) - len(tied), len(tied) - len(kept)
    what = []
    if alone:
        what.append(f"{alone} {'organisation' if alone == 1 else 'organisations'} without a tie")
    if few:
        word = "organisation" if few == 1 else "organisations"
        what.append(f"{few} {word} with fewer than {least} ties (councils are all kept; ties not drawn still count)")
    return canonical(graph.subgraph(kept)), f"Not drawn: {'; '.join(what)}." if what else ""


def _named(graph: nx.Graph[str], ties: dict[str, int], count: int) -> list[str]:
    """Return the nodes to name, those first that matter most: the best connected, and each component's hub."""
    names = names_of(graph)

    def order(node: str) -> tuple[int, bool, tuple[str, str]]:
        return -ties[node], graph.nodes[node].get("kind") != "council", names[node]

    best = sorted(graph, key=order)[:count]
    hubs = [min(nodes, key=order) for nodes in components_of(graph)] if count else []
    return [*best, *sorted(set(hubs) - set(best), key=order)]


def _group_names(
    graph: nx.Graph[str],
    groups: Communities,
    labels: Mapping[int, str],
    ties: Mapping[str, int],
    short: Mapping[str, str],
) -> dict[int, str]:
    """Return what to call the largest communities that are drawn, largest first."""
    from ccin_graph.network.pictures.sheet import PALETTE

    size = Counter(groups.members[node] for node in graph)
    largest = sorted(size, key=lambda group: (-size[group], group))[: len(PALETTE)]
    best = {
        group: min((node for node in graph if groups.members[node] == group), key=lambda node: (-ties[node], node))
        for group in largest
    }
    return {group: f"{labels.get(group) or f'around {short[best[group]]}'} ({size[group]})" for group in largest}


def _communities_headline(
    graph: nx.Graph[str], groups: Communities, ties: Mapping[str, int], short: Mapping[str, str]
) -> str:
    """Return how many communities there are and around whom the largest lie."""
    if not len(graph):
        return "No two organisations are tied"
    size = Counter(groups.members[node] for node in graph)
    first = min(size, key=lambda group: (-size[group], group))
    hub = min((node for node in graph if groups.members[node] == first), key=lambda node: (-ties[node], node))
    stability: Mapping[str, float] = getattr(groups, "stability", {})
    firm = sum(stability[node] >= FIRM for node in graph) if stability else 0
    found = (
        f"{len(graph)} organisations fall into {len(size)} communities (modularity {groups.modularity:.2f}), the "
        f"largest of {size[first]} around {short[hub]}"
    )
    return f"{found}; {firm} of them belong firmly" if stability else found


def _described(
    whole: nx.Graph[str], shown: nx.Graph[str], title: str, left_out: str, group_names: Mapping[int, str]
) -> str:
    """Return what the picture shows for those who do not see it."""
    parts = [
        f"{title.rstrip('.')}." if title else "",
        f"A network drawing of {len(shown)} of {len(whole)} nodes and {shown.number_of_edges()} of "
        f"{whole.number_of_edges()} ties.",
        left_out,
        f"Largest communities: {', '.join(group_names.values())}." if group_names else "",
        f"Best connected: {headline(whole).removeprefix('Best connected: ')}." if group_names else "",
    ]
    return " ".join(part for part in parts if part)
