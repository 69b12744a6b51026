"""Measures of large networks: the values that networkx gives, from networkit and sparse products.

Up to :data:`LARGE` nodes networkx computes; above, networkit (an extra) does, on one thread, so that sums of floats
come out the same every time. Where it is not installed, networkx does it all and a warning says so. Shortest paths can
be sampled: from some nodes, the pivots, instead of all.
"""

from __future__ import annotations

import random
import warnings
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ccin_graph.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import networkx as nx
    import numpy as np
    from scipy.sparse import csr_array

LARGE = 1_500
"""Nodes above which networkit computes, if it is installed."""

BATCH = 64
"""Pivots whose shortest paths are followed at a time."""

STEPS = 1_000
"""Steps of a walk after which it is as good as stationary: 0.85 to the power of 1000 is nothing."""

CELLS = 20_000_000
"""Stored cells of a sparse product that are held at a time, about."""


def load_networkit() -> Any:
    """Return networkit, or None where it is not installed.

    Returns
    -------
    module or None
    """
    import importlib

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return importlib.import_module("networkit")
    except ImportError:
        return None


@contextmanager
def one_thread(networkit: Any) -> Iterator[None]:
    """Let networkit use one thread only, for results that are the same every time.

    Parameters
    ----------
    networkit : module
    """
    threads = networkit.getMaxNumberOfThreads()
    networkit.setNumberOfThreads(1)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            yield
    finally:
        networkit.setNumberOfThreads(threads)


def adjacency(graph: nx.Graph[str]) -> csr_array:
    """Return the adjacency matrix of a graph without its weights, in the order of its nodes.

    Parameters
    ----------
    graph : networkx.Graph
        Undirected, of any kind of node.

    Returns
    -------
    scipy.sparse.csr_array
        Of ones, symmetric, with sorted indices.

    Examples
    --------
    >>> import networkx as nx
    >>> adjacency(nx.path_graph(3)).toarray().tolist()
    [[0.0, 1.0, 0.0], [1.0, 0.0, 1.0], [0.0, 1.0, 0.0]]
    """
    import numpy as np
    from scipy.sparse import coo_array

    count = len(graph)
    place = {node: number for number, node in enumerate(graph)}
    ends = np.fromiter((place[node] for tie in graph.edges for node in tie), dtype=np.int64).reshape(-1, 2)
    rows, columns = np.concatenate([ends, ends[:, ::-1]]).T
    matrix = coo_array((np.ones(len(rows)), (rows, columns)), shape=(count, count)).tocsr()
    matrix.sort_indices()
    return matrix


def to_networkit(graph: nx.Graph[Any], networkit: Any, *, weight: str | None = None) -> Any:
    """Return a graph as networkit holds it, its nodes numbered in their order.

    Parameters
    ----------
    graph : networkx.Graph
    networkit : module
    weight : str, optional
        Edge attribute with the weights, which every edge must have; None for none.

    Returns
    -------
    networkit.Graph
        networkit counts nodes in unsigned numbers of 64 bits, numpy and scipy in signed ones of 32 or 64: they are
        converted here and nowhere else.
    """
    import numpy as np

    place = {node: number for number, node in enumerate(graph)}
    ends = np.fromiter((place[node] for tie in graph.edges for node in tie), dtype=np.uint64).reshape(-1, 2)
    rows, columns = np.ascontiguousarray(ends[:, 0]), np.ascontiguousarray(ends[:, 1])
    if weight is None:
        return networkit.GraphFromCoo((rows, columns), n=len(place), directed=False)
    values = np.fromiter((data[weight] for _, _, data in graph.edges(data=True)), dtype=np.float64)
    return networkit.GraphFromCoo((values, (rows, columns)), n=len(place), weighted=True, directed=False)


def shortest_paths(
    graph: nx.Graph[str], *, pivots: int | None = None, seed: int = 1, matrix: csr_array | None = None
) -> tuple[dict[str, float], dict[str, float]]:
    r"""Return betweenness and closeness of every node, exactly or from a sample of shortest paths.

    From a sample of *k* pivots [1]_, the betweenness of *v* is the sum over pivots of the shares of shortest paths from
    them that run through *v*, by :math:`k_v (n - 2)`, with :math:`k_v` the pivots other than *v*: its expectation is
    the exact value. Closeness takes the mean distance to the pivots in the component of *v*, itself left out, for the
    mean distance to all [2]_; components with no more nodes than there are pivots, or without a pivot, are measured
    exactly.

    Parameters
    ----------
    graph : networkx.Graph
        Undirected, without multiple edges.
    pivots : int, optional
        How many nodes to start from, drawn at random; None, or at least the number of nodes, for all.
    seed : int, optional
        Of the draw. It is networkx' own draw: ``betweenness_centrality(graph, k=pivots, seed=seed)`` has these values.
    matrix : scipy.sparse.csr_array, optional
        What :func:`adjacency` gives, where it is at hand.

    Returns
    -------
    tuple of two dict
        Betweenness and closeness by node, as :class:`~ccin_graph.network.measures.Measure` defines them.

    Raises
    ------
    NetworkError
        If there are fewer than two pivots.

    References
    ----------
    .. [1] U. Brandes, C. Pich, "Centrality estimation in large networks", International Journal of Bifurcation and
       Chaos 17, 2303 (2007). https://doi.org/10.1142/S0218127407018403
    .. [2] D. Eppstein, J. Wang, "Fast approximation of centrality", Journal of Graph Algorithms and Applications 8,
       39 (2004). https://doi.org/10.7155/jgaa.00081

    Examples
    --------
    >>> import networkx as nx
    >>> betweenness, closeness = shortest_paths(nx.path_graph(["a", "b", "c"]))
    >>> betweenness["b"], closeness["b"]
    (1.0, 1.0)
    """
    import networkx as nx

    if pivots is not None and pivots < 2:
        raise NetworkError(f"{pivots} pivots", remedy="Take at least two; hundreds for anything published.")
    if pivots is not None and pivots < len(graph):
        drawn = random.Random(seed).sample(range(len(graph)), pivots)
        return _from_pivots(graph, drawn, adjacency(graph) if matrix is None else matrix)
    if (networkit := _networkit_for(graph)) is None:
        return nx.betweenness_centrality(graph), nx.closeness_centrality(graph)
    with one_thread(networkit):
        copy = to_networkit(graph, networkit)
        between = networkit.centrality.Betweenness(copy, True)
        near = networkit.centrality.Closeness(copy, True, networkit.centrality.ClosenessVariant.GENERALIZED)
        between.run()
        near.run()
        scores = [near.score(node) if degree else 0.0 for node, (_, degree) in enumerate(graph.degree)]
    return dict(zip(graph, between.scores(), strict=True)), dict(zip(graph, scores, strict=True))


def triangles(graph: nx.Graph[str], *, matrix: csr_array | None = None) -> dict[str, int]:
    """Return in how many triangles each node is, from sparse products of ties that point to the busier end [1]_.

    Parameters
    ----------
    graph : networkx.Graph
        Undirected, without multiple edges and without nodes tied to themselves.
    matrix : scipy.sparse.csr_array, optional
        What :func:`adjacency` gives, where it is at hand.

    Returns
    -------
    dict of node to int

    References
    ----------
    .. [1] M. Latapy, "Main-memory triangle computations for very large (sparse (power-law)) graphs", Theoretical
       Computer Science 407, 458 (2008). https://doi.org/10.1016/j.tcs.2008.07.017

    Examples
    --------
    >>> import networkx as nx
    >>> triangles(nx.complete_graph(4))
    {0: 3, 1: 3, 2: 3, 3: 3}
    """
    import numpy as np
    from scipy.sparse import csr_array

    cells = (adjacency(graph) if matrix is None else matrix).tocoo()
    rows, columns = cells.coords
    degrees = np.bincount(rows, minlength=len(graph))
    rank = np.empty(len(graph), dtype=np.int64)
    rank[np.argsort(degrees, kind="stable")] = np.arange(len(graph))
    # every tie points to the end with more ties, so that few pairs start at the hubs
    up = rank[rows] < rank[columns]
    rising = csr_array((cells.data[up], (rows[up], columns[up])), shape=cells.shape)
    below = (rising @ rising).multiply(rising)
    beside = (rising @ rising.T).multiply(rising)
    counts = below.sum(axis=1) + below.sum(axis=0) + beside.sum(axis=0)
    return {node: int(count) for node, count in zip(graph, counts.tolist(), strict=True)}


def core_numbers(graph: nx.Graph[str]) -> dict[str, int]:
    """Return the largest *k* such that each node belongs to a subgraph in which every node has *k* ties or more.

    Parameters
    ----------
    graph : networkx.Graph
        As for :func:`triangles`.

    Returns
    -------
    dict of node to int

    Examples
    --------
    >>> import networkx as nx
    >>> core_numbers(nx.lollipop_graph(3, 1))
    {0: 2, 1: 2, 2: 2, 3: 1}
    """
    import networkx as nx

    if (networkit := _networkit_for(graph)) is None:
        return dict(nx.core_number(graph))
    with one_thread(networkit):
        found = networkit.centrality.CoreDecomposition(to_networkit(graph, networkit))
        found.run()
        return {node: int(core) for node, core in zip(graph, found.scores(), strict=True)}


def weak_points(graph: nx.Graph[str]) -> tuple[set[str], list[tuple[str, str]]]:
    """Return the nodes and the ties without which others would no longer reach each other.

    Parameters
    ----------
    graph : networkx.Graph
        As for :func:`triangles`.

    Returns
    -------
    tuple of set and list
        Articulation points; and bridges, each with the end first that sorts first, sorted.

    Examples
    --------
    >>> import networkx as nx
    >>> weak_points(nx.path_graph(["a", "b", "c"]))
    ({'b'}, [('a', 'b'), ('b', 'c')])
    """
    import networkx as nx

    # networkit's biconnected components end the process on some graphs, so that networkx finds them at every size;
    # a node of two of them holds them together, and one of two nodes is a tie on no cycle
    seen: set[str] = set()
    twice: set[str] = set()
    bridges = []
    pieces: Iterable[set[str]] = nx.biconnected_components(graph)  # type: ignore[assignment]
    for piece in pieces:
        twice |= seen & piece
        seen |= piece
        if len(piece) == 2:
            one, other = sorted(piece)
            bridges.append((one, other))
    return twice, sorted(bridges)


def two_steps(graph: nx.Graph[str], *, matrix: csr_array | None = None) -> dict[str, int]:
    """Return how many other nodes each node reaches by one or two ties.

    Parameters
    ----------
    graph, matrix
        As for :func:`triangles`.

    Returns
    -------
    dict of node to int

    Examples
    --------
    >>> import networkx as nx
    >>> two_steps(nx.path_graph(["a", "b", "c", "d"]))
    {'a': 2, 'b': 3, 'c': 3, 'd': 2}
    """
    import numpy as np

    matrix = adjacency(graph) if matrix is None else matrix
    degrees = np.diff(matrix.indptr)
    walks = np.cumsum(matrix @ degrees)  # of two ties, from the first nodes up to each
    counts: list[int] = []
    start = 0
    while start < len(degrees):
        before = walks[start - 1] if start else 0
        stop = max(start + 1, int(np.searchsorted(walks, before + CELLS, side="right")))
        reached = matrix[start:stop] @ matrix + matrix[start:stop]
        counts += np.diff(reached.indptr).tolist()
        start = stop
    # whoever has a tie comes back to itself in two steps
    return {node: count - bool(degree) for node, count, degree in zip(graph, counts, degrees.tolist(), strict=True)}


def pagerank(graph: nx.Graph[str], *, damping: float, matrix: csr_array | None = None) -> dict[str, float]:
    """Return the probability to find a walker at each node who follows a tie at random, or starts again anywhere.

    Parameters
    ----------
    graph, matrix
        As for :func:`triangles`.
    damping : float
        The probability with which a tie is followed where there is one.

    Returns
    -------
    dict of node to float
        By power iteration, until no step changes the sum of all by more than 1e-15 for each node.

    Examples
    --------
    >>> import networkx as nx
    >>> {node: round(value, 3) for node, value in pagerank(nx.path_graph(3), damping=0.85).items()}
    {0: 0.257, 1: 0.486, 2: 0.257}
    """
    import numpy as np

    matrix = adjacency(graph) if matrix is None else matrix
    count = len(graph)
    degrees = np.diff(matrix.indptr)
    share = np.divide(1.0, degrees, out=np.zeros(count), where=degrees > 0)
    here = np.full(count, 1 / count) if count else np.zeros(0)
    for _ in range(STEPS):
        lost = here[degrees == 0].sum()
        there = damping * (matrix @ (here * share) + lost / count) + (1 - damping) / count if count else here
        moved, here = np.abs(there - here).sum(), there
        if moved <= 1e-15 * count:
            break
    return dict(zip(graph, here.tolist(), strict=True))


def _networkit_for(graph: nx.Graph[str]) -> Any:
    """Return networkit for a large graph where it is installed, else None, with a warning for a large one."""
    if len(graph) <= max(LARGE, 2):  # networkit divides by nothing where two nodes or fewer have nobody between
        return None
    if (networkit := load_networkit()) is None:
        warnings.warn(
            f"networkit is not installed: networkx measures {len(graph)} nodes, with the same results but slowly",
            stacklevel=3,
        )
    return networkit


def _from_pivots(
    graph: nx.Graph[str], pivots: Sequence[int], matrix: csr_array
) -> tuple[dict[str, float], dict[str, float]]:
    """Return betweenness and closeness estimated from the shortest paths that start at some places."""
    import networkx as nx
    import numpy as np
    from scipy.sparse.csgraph import connected_components

    count = len(graph)
    through, distance, met = np.zeros(count), np.zeros(count), np.zeros(count)
    for start in range(0, len(pivots), BATCH):
        for total, more in zip((through, distance, met), _sweep(matrix, pivots[start : start + BATCH]), strict=True):
            total += more
    of = np.full(count, float(len(pivots)))
    of[list(pivots)] -= 1
    betweenness = through / (of * (count - 2)) if count > 2 else through
    _, component = connected_components(matrix, directed=False)
    size = np.bincount(component)[component].astype(float)
    closeness = np.divide((size - 1) * met, (count - 1) * distance, out=np.zeros(count), where=distance > 0)
    result = dict(zip(graph, closeness.tolist(), strict=True))
    exactly = (size > 1) & ((size <= len(pivots)) | (met == 0))
    part = graph.subgraph([node for node, chosen in zip(graph, exactly.tolist(), strict=True) if chosen])
    result |= {node: value * (len(part) - 1) / (count - 1) for node, value in nx.closeness_centrality(part).items()}
    return dict(zip(graph, betweenness.tolist(), strict=True)), result


def _sweep(matrix: csr_array, pivots: Sequence[int]) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Follow all shortest paths from some places at once, as Brandes (2001) does from one, a column for each.

    Returns for every node the sum of dependencies of the pivots on it, of their distances to it, and how many reach it.
    """
    import numpy as np

    shape = (matrix.shape[0], len(pivots))
    columns = np.arange(len(pivots))
    steps = np.full(shape, -1, dtype=np.int16)
    paths = np.zeros(shape)
    steps[pivots, columns], paths[pivots, columns] = 0, 1.0
    front, depth = paths.copy(), 0
    while front.any():
        front = matrix @ front
        front[steps >= 0] = 0.0
        depth += 1
        new = front > 0
        steps[new] = depth
        paths[new] = front[new]
    depends = np.zeros(shape)
    for level in range(depth - 1, 1, -1):
        share = np.zeros(shape)
        here = steps == level
        share[here] = (1.0 + depends[here]) / paths[here]
        back = matrix @ share
        before = steps == level - 1
        depends[before] = paths[before] * back[before]
    steps[pivots, columns] = -1
    reached = steps > 0
    return depends.sum(axis=1), np.where(reached, steps, 0).sum(axis=1, dtype=float), reached.sum(axis=1).astype(float)
