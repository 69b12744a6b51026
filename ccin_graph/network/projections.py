"""One-mode networks: two organisations are tied if they took part in the same project."""

from __future__ import annotations

import math
from collections import defaultdict
from itertools import combinations, product
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.bipartite import sides

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Iterator

    import networkx as nx
    from scipy.sparse import csr_array

FOCUS = "focus"
PARTNER = "partner"

WEIGHTS = ("cosine", "pmi")
"""The weights that a projection has besides ``shared`` and ``newman`` where they are named."""


def project(
    graph: nx.Graph[str],
    nodes: Iterable[str],
    *,
    partners: Iterable[str] | None = None,
    weights: Collection[str] = (),
) -> nx.Graph[str]:
    r"""Project a bipartite graph onto organisations.

    With :math:`a_{ip} = 1` where organisation *i* took part in project *p* and :math:`k_p = \sum_i a_{ip}` the
    number of participants of *p* **in the bipartite graph** (all of them, not only those projected onto):

    - ``shared`` is :math:`\sum_p a_{ip} a_{jp}`, the number of projects in common;
    - ``newman`` is :math:`\sum_{p: k_p \ge 2} a_{ip} a_{jp} / (k_p - 1)`, Newman's collaboration weight: in a
      project of many, two participants are less likely to have worked with each other. In a projection onto all
      organisations, the weights around a node add up to the number of its projects that it did not do alone.

    And where they are named, with :math:`d_i = \sum_p a_{ip}` the number of projects of *i* and *P* that of the graph:

    - ``cosine`` is :math:`s_{ij} / \sqrt{d_i d_j}` with :math:`s_{ij}` as ``shared`` [2]_: 1 if two took part in the
      same projects and no others;
    - ``pmi`` is :math:`\log_2 (s_{ij} P / (d_i d_j))`, pointwise mutual information [3]_: 0 if two meet as often as
      they would by chance, 1 if twice as often. It is large for two that took part in one project each, so that it
      says little about those who are seldom met.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.bipartite.organisation_project_graph` returns.
    nodes : iterable of str
        Organisations to project onto.
    partners : iterable of str, optional
        Organisations of a second side. If given, only ties between `nodes` and `partners` are kept; the nodes of
        the result have ``side`` ``focus`` or ``partner``.
    weights : collection of str, optional
        Further weights, of :data:`WEIGHTS`.

    Returns
    -------
    networkx.Graph
        First `nodes`, then `partners`, each sorted, with their attributes, those without a tie included. Edges have
        ``shared`` (int), ``newman`` (float), ``projects`` (sorted list of the projects in common) and the further
        weights (float).

    Raises
    ------
    NetworkError
        If the graph is not bipartite, if a node is not one of its organisations, if a node is on both sides, or if
        there is no such weight.

    References
    ----------
    .. [1] M. E. J. Newman, "Scientific collaboration networks. II. Shortest paths, weighted networks, and
       centrality", Physical Review E 64, 016132 (2001), section IV. https://doi.org/10.1103/PhysRevE.64.016132
    .. [2] G. Salton, M. J. McGill, *Introduction to Modern Information Retrieval*, McGraw-Hill (1983), ch. 4.
    .. [3] K. W. Church, P. Hanks, "Word association norms, mutual information, and lexicography", Computational
       Linguistics 16, 22 (1990). https://aclanthology.org/J90-1003/

    Examples
    --------
    >>> from ccin_graph.network import Participation, organisation_project_graph
    >>> table = [("a", "p"), ("b", "p"), ("a", "q"), ("b", "q"), ("c", "q")]
    >>> graph = organisation_project_graph(
    ...     Participation(who, who.upper(), "council", what, what.upper(), "partner", True) for who, what in table
    ... )
    >>> project(graph, ["a", "b"]).edges["a", "b"]
    {'shared': 2, 'newman': 1.5, 'projects': ['p', 'q']}
    >>> sorted(project(graph, ["a", "b"], partners=["c"]).edges)
    [('a', 'c'), ('b', 'c')]
    >>> project(graph, ["a", "b"], weights=["cosine"]).edges["a", "b"]["cosine"]
    1.0
    """
    import networkx as nx

    further = _weights(weights)
    organisations, projects = sides(graph)
    rows = _members(nodes, organisations)
    columns = rows if partners is None else _members(partners, organisations)
    if partners is not None and (both := sorted(set(rows) & set(columns))):
        raise NetworkError(f"on both sides of the projection: {', '.join(both)}")

    result: nx.Graph[str] = nx.Graph()
    for side, chosen in ((FOCUS, rows), (PARTNER, columns)):
        for node in chosen:
            result.add_node(node, **{**graph.nodes[node], **({} if partners is None else {"side": side})})
    together = _together(graph, rows, columns, projects)
    ties = {}
    for pair, shared, newman in _products(graph, rows, columns, projects):
        more = {name: _weight(name, shared, graph, pair, len(projects)) for name in further}
        ties[pair] = {"shared": shared, "newman": newman, "projects": together[pair], **more}
    result.add_edges_from((*pair, ties[pair]) for pair in sorted(ties))
    return result


def council_council(graph: nx.Graph[str], *, weights: Collection[str] = ()) -> nx.Graph[str]:
    """Return the network of councils: two are tied if they took part in the same project.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.bipartite.organisation_project_graph` returns.
    weights : collection of str, optional
        As for :func:`project`.

    Returns
    -------
    networkx.Graph
        Every council of `graph`, with or without a tie; edges as :func:`project` gives them.

    Raises
    ------
    NetworkError
        If the graph is not bipartite, or there is no such weight.

    Examples
    --------
    >>> from ccin_graph.network import Participation, organisation_project_graph
    >>> table = [("ex:oldham", "council"), ("ex:rochdale", "council"), ("ex:co-op", "affiliate")]
    >>> graph = organisation_project_graph(
    ...     Participation(who, who[3:], kind, "ex:food", "Food hub", "partner", True) for who, kind in table
    ... )
    >>> council_council(graph).edges["ex:oldham", "ex:rochdale"]
    {'shared': 1, 'newman': 0.5, 'projects': ['ex:food']}
    """
    return _named("council-council", project(graph, _of(graph, lambda kind: kind == "council"), weights=weights))


def council_partner(graph: nx.Graph[str], *, weights: Collection[str] = ()) -> nx.Graph[str]:
    """Return the network of councils and all other organisations that they worked with.

    Only ties between a council and an organisation that is not a council are kept, whatever that is: affiliate,
    political group, collaboration, network or other.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.bipartite.organisation_project_graph` returns.
    weights : collection of str, optional
        As for :func:`project`.

    Returns
    -------
    networkx.Graph
        Every organisation of `graph`, with or without a tie; ``side`` is ``focus`` for councils and ``partner``
        for the others; edges as :func:`project` gives them.

    Raises
    ------
    NetworkError
        If the graph is not bipartite, or there is no such weight.

    Examples
    --------
    >>> from ccin_graph.network import Participation, organisation_project_graph
    >>> table = [("ex:oldham", "council"), ("ex:co-op", "affiliate"), ("ex:college", "other")]
    >>> graph = organisation_project_graph(
    ...     Participation(who, who[3:], kind, "ex:food", "Food hub", "partner", True) for who, kind in table
    ... )
    >>> sorted(council_partner(graph).edges)
    [('ex:oldham', 'ex:co-op'), ('ex:oldham', 'ex:college')]
    """
    councils = _of(graph, lambda kind: kind == "council")
    others = _of(graph, lambda kind: kind != "council")
    return _named("council-partner", project(graph, councils, partners=others, weights=weights))


def council_affiliate(graph: nx.Graph[str], *, weights: Collection[str] = ()) -> nx.Graph[str]:
    """Return the network of councils and the affiliates that they worked with.

    Only ties between a council and an affiliate are kept.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.bipartite.organisation_project_graph` returns.
    weights : collection of str, optional
        As for :func:`project`.

    Returns
    -------
    networkx.Graph
        Every council and affiliate of `graph`, with or without a tie; ``side`` is ``focus`` for councils and
        ``partner`` for affiliates; edges as :func:`project` gives them, so that other participants of a project
        count towards its size.

    Raises
    ------
    NetworkError
        If the graph is not bipartite, or there is no such weight.

    Examples
    --------
    >>> from ccin_graph.network import Participation, organisation_project_graph
    >>> table = [("ex:oldham", "council"), ("ex:co-op", "affiliate"), ("ex:college", "other")]
    >>> graph = organisation_project_graph(
    ...     Participation(who, who[3:], kind, "ex:food", "Food hub", "partner", True) for who, kind in table
    ... )
    >>> list(council_affiliate(graph).edges(data="newman"))
    [('ex:oldham', 'ex:co-op', 0.5)]
    """
    councils = _of(graph, lambda kind: kind == "council")
    affiliates = _of(graph, lambda kind: kind == "affiliate")
    return _named("council-affiliate", project(graph, councils, partners=affiliates, weights=weights))


def organisation_organisation(graph: nx.Graph[str], *, weights: Collection[str] = ()) -> nx.Graph[str]:
    """Return the network of all organisations: two are tied if they took part in the same project.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.bipartite.organisation_project_graph` returns.
    weights : collection of str, optional
        As for :func:`project`.

    Returns
    -------
    networkx.Graph
        Every organisation of `graph`, with or without a tie; edges as :func:`project` gives them.

    Raises
    ------
    NetworkError
        If the graph is not bipartite, or there is no such weight.

    Examples
    --------
    >>> from ccin_graph.network import Participation, organisation_project_graph
    >>> table = [("ex:oldham", "council"), ("ex:co-op", "affiliate"), ("ex:college", "other")]
    >>> graph = organisation_project_graph(
    ...     Participation(who, who[3:], kind, "ex:food", "Food hub", "partner", True) for who, kind in table
    ... )
    >>> organisation_organisation(graph).number_of_edges()
    3
    """
    return _named("organisation-organisation", project(graph, sides(graph)[0], weights=weights))


def _weights(names: Collection[str]) -> list[str]:
    """Return further weights in the order of `WEIGHTS`, after checking that they exist."""
    if isinstance(names, str):
        raise NetworkError(f"weights are given one by one, not as {names!r}", remedy=f"Write [{names!r}].")
    if unknown := sorted(set(names) - set(WEIGHTS)):
        raise NetworkError(
            f"there is no weight {', '.join(unknown)}", remedy=f"Besides shared and newman: {', '.join(WEIGHTS)}."
        )
    return [name for name in WEIGHTS if name in names]


def _weight(name: str, shared: int, graph: nx.Graph[str], pair: tuple[str, str], projects: int) -> float:
    """Return a further weight of a pair that shares something."""
    product = graph.degree(pair[0]) * graph.degree(pair[1])
    return shared / math.sqrt(product) if name == "cosine" else math.log2(shared * projects / product)


def _together(
    graph: nx.Graph[str], rows: list[str], columns: list[str], projects: list[str]
) -> dict[tuple[str, str], list[str]]:
    """Return the projects of every pair that has one in common, sorted."""
    result: dict[tuple[str, str], list[str]] = defaultdict(list)
    chosen = set(rows), set(columns)
    for name in projects:
        members = sorted(graph[name])
        if rows is columns:
            pairs = combinations([node for node in members if node in chosen[0]], 2)
        else:
            left, right = ([node for node in members if node in side] for side in chosen)
            pairs = ((min(pair), max(pair)) for pair in product(left, right))  # type: ignore[assignment]
        for pair in pairs:
            result[pair].append(name)
    return result


def _products(
    graph: nx.Graph[str], rows: list[str], columns: list[str], projects: list[str]
) -> Iterator[tuple[tuple[str, str], int, float]]:
    """Yield shared and newman of every pair with a project in common, from two sparse products."""
    import numpy as np
    from scipy.sparse import csr_array, diags_array, triu

    position = {iri: index for index, iri in enumerate(projects)}

    def incidence(chosen: list[str]) -> csr_array:
        taken = [sorted(position[iri] for iri in graph[node]) for node in chosen]
        flat = np.array([index for indices in taken for index in indices], dtype=np.int64)
        bounds = np.cumsum([0, *map(len, taken)])
        return csr_array((np.ones(len(flat)), flat, bounds), shape=(len(chosen), len(projects)))

    if not (rows and columns and projects):
        return
    size = np.array([graph.degree(iri) for iri in projects], dtype=float)
    share = np.divide(1.0, size - 1, out=np.zeros_like(size), where=size >= 2)
    left, right = incidence(rows), incidence(columns)
    found = []
    for weighted in (left @ right.T, left @ diags_array(share) @ right.T):
        matrix = csr_array(triu(weighted, k=1) if rows is columns else weighted)
        matrix.sort_indices()
        found.append(matrix)
    # two that share a project share one of two or more, so that both products have the same cells
    shared, newman = (matrix.data.tolist() for matrix in found)
    one, other = found[0].tocoo().coords
    for i, j, count, weight in zip(one.tolist(), other.tolist(), shared, newman, strict=True):
        pair = rows[i], columns[j]
        yield (pair if pair[0] < pair[1] else (pair[1], pair[0])), int(count), weight


def _members(nodes: Iterable[str], organisations: list[str]) -> list[str]:
    """Return nodes sorted, each once, after checking that they are organisations of the graph."""
    if isinstance(nodes, str):
        raise NetworkError(f"nodes are given one by one, not as {nodes!r}", remedy=f"Write [{nodes!r}].")
    chosen = sorted(set(nodes))
    if unknown := sorted(set(chosen) - set(organisations)):
        raise NetworkError(f"not an organisation of the graph: {', '.join(unknown)}")
    return chosen


def _of(graph: nx.Graph[str], wanted: Callable[[str], bool]) -> list[str]:
    """Return the organisations whose kind is wanted."""
    organisations, _ = sides(graph)
    return [node for node in organisations if wanted(graph.nodes[node]["kind"])]


def _named(name: str, graph: nx.Graph[str]) -> nx.Graph[str]:
    """Return the graph with its name set."""
    graph.graph["name"] = name
    return graph
