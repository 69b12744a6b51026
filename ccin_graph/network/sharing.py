"""Networks of those that share something else than a project: a partner, or an attribute such as a theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.bipartite import ORGANISATION, PROJECT
from ccin_graph.network.projections import FOCUS, WEIGHTS, council_partner, project

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import networkx as nx


def council_council_by_partners(
    graph: nx.Graph[str], *, kinds: Collection[str] | None = None, weights: Collection[str] = ()
) -> nx.Graph[str]:
    """Return the network of councils that have partners in common, be it in different projects.

    A partner of a council is an organisation, not itself a council, that took part in a project with it. The two-mode
    graph of councils and partners is projected as :func:`project` does it, partners in the place of projects: so
    ``newman`` counts a partner of many councils for less.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.bipartite.organisation_project_graph` returns.
    kinds : collection of str, optional
        Count only partners of these kinds. A network body is everybody's partner: leave it out where that is not
        what is asked.
    weights : collection of str, optional
        As for :func:`project`.

    Returns
    -------
    networkx.Graph
        Every council of `graph`, with or without a tie. Edges have ``shared`` (the number of partners in common),
        ``newman``, ``partners`` (sorted list of them) and the further weights.

    Raises
    ------
    NetworkError
        If the graph is not bipartite, if `kinds` is a single string, or if there is no such weight.

    Examples
    --------
    >>> from ccin_graph.network import Participation, organisation_project_graph
    >>> table = [("oldham", "council", "food"), ("co-op", "affiliate", "food")]
    >>> table += [("luton", "council", "homes"), ("co-op", "affiliate", "homes")]
    >>> graph = organisation_project_graph(
    ...     Participation(who, who, kind, what, what, "partner", True) for who, kind, what in table
    ... )
    >>> council_council_by_partners(graph).edges["luton", "oldham"]
    {'shared': 1, 'newman': 1.0, 'partners': ['co-op']}
    """
    if isinstance(kinds, str):
        raise NetworkError(f"kinds are given one by one, not as {kinds!r}", remedy=f"Write [{kinds!r}].")
    pairs = council_partner(graph)
    councils = [node for node in pairs if pairs.nodes[node]["side"] == FOCUS]
    rows = [
        (council, partner)
        for council in councils
        for partner in pairs[council]
        if kinds is None or pairs.nodes[partner]["kind"] in kinds
    ]
    nodes = {council: {**graph.nodes[council]} for council in councils}
    return _by_rows("council-council-by-partners", rows, nodes, "partners", weights)


def by_attribute(
    rows: Iterable[tuple[str, str]],
    *,
    nodes: Mapping[str, Mapping[str, object]] | None = None,
    weights: Collection[str] = (),
    name: str = "by-attribute",
) -> nx.Graph[str]:
    """Return the network of those that share an attribute: councils by principles or themes, principles by councils.

    The two-mode graph of the table is projected as :func:`project` does it, attributes in the place of projects: so
    ``newman`` counts an attribute that many share for less.

    Parameters
    ----------
    rows : iterable of (str, str)
        Who has what, for example a council and a theme of its projects. A row that stands there twice counts once.
    nodes : mapping of str to mapping, optional
        Nodes that are there in any case, with their attributes (``graph.nodes`` of another network);
        others get themselves as ``label``.
    weights : collection of str, optional
        As for :func:`project`.
    name : str, optional
        Name of the network.

    Returns
    -------
    networkx.Graph
        Edges have ``shared`` (the number of attributes in common), ``newman``, ``attributes`` (sorted list of them)
        and the further weights.

    Raises
    ------
    NetworkError
        If something stands in both columns, or there is no such weight.

    Examples
    --------
    >>> rows = [("oldham", "food"), ("luton", "food"), ("luton", "housing"), ("preston", "housing")]
    >>> by_attribute(rows).edges["luton", "oldham"]
    {'shared': 1, 'newman': 1.0, 'attributes': ['food']}
    """
    return _by_rows(name, rows, nodes or {}, "attributes", weights)


def _by_rows(
    name: str,
    rows: Iterable[tuple[str, str]],
    nodes: Mapping[str, Mapping[str, object]],
    what: str,
    weights: Collection[str],
) -> nx.Graph[str]:
    """Project a table of who has what onto who, with the name of what they share."""
    import networkx as nx

    pairs = sorted(set(rows))
    left, right = {who for who, _ in pairs}, {value for _, value in pairs}
    if both := sorted((left | set(nodes)) & right):
        raise NetworkError(f"in both columns of the table: {', '.join(both)}")
    graph: nx.Graph[str] = nx.Graph()
    for who in sorted(left | set(nodes)):
        graph.add_node(who, **{"label": who, **nodes.get(who, {}), "side": ORGANISATION})
    graph.add_nodes_from(sorted(right), side=PROJECT)
    graph.add_edges_from(pairs)
    result = project(graph, left | set(nodes), weights=weights)
    for who, data in result.nodes(data=True):
        data.pop("side")
        if "side" in nodes.get(who, {}):
            data["side"] = nodes[who]["side"]
    for _, _, data in result.edges(data=True):
        more = {weight: data.pop(weight) for weight in WEIGHTS if weight in weights}
        data[what] = data.pop("projects")
        data.update(more)
    result.graph["name"] = name
    return result
