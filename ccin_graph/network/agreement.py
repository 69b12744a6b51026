"""Whether two divisions of the same nodes say the same, beyond what chance alone would give."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Hashable, Mapping, Sequence

    import networkx as nx

NATIONS = ("Northern Ireland", "Scotland", "Wales")
"""The nations that are not divided into regions."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """How far a division follows an attribute.

    Parameters
    ----------
    attribute : str
        Name of the attribute.
    information : float
        Adjusted mutual information, see :func:`adjusted_mutual_information`.
    nodes, without : int
        Nodes that were compared, and nodes left out because they have no value.
    values : int
        Different values among those compared.
    methods : str
        How it was found, as a paragraph for a paper.
    """

    attribute: str
    information: float
    nodes: int
    without: int
    values: int
    methods: str


def compare(members: Mapping[str, int], graph: nx.Graph[str], attribute: str, *, ties_only: bool = True) -> Comparison:
    """Compare a division with an attribute of the nodes, such as region or nation.

    Parameters
    ----------
    members : mapping of str to int
        The community of every node.
    graph : networkx.Graph
        The network that was divided.
    attribute : str
        Name of a node attribute.
    ties_only : bool, optional
        Leave out nodes without ties, which are communities of one whatever their attribute is.

    Returns
    -------
    Comparison
        Over the nodes of `members` that have a value.

    Raises
    ------
    NetworkError
        If a node of `members` is not in the graph.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph(["ab", "xy"])
    >>> nx.set_node_attributes(graph, {"a": "Wales", "b": "Wales", "x": "London", "y": "London"}, "region")
    >>> compare({"a": 1, "b": 1, "x": 2, "y": 2}, graph, "region").information
    1.0
    """
    if unknown := sorted(set(members) - set(graph)):
        raise NetworkError(f"not in the network: {', '.join(unknown)}")
    asked = [node for node in sorted(members) if graph.degree(node) or not ties_only]
    kept = [node for node in asked if graph.nodes[node].get(attribute)]
    values = [graph.nodes[node][attribute] for node in kept]
    information = adjusted_mutual_information([members[node] for node in kept], values)
    text = (
        f"Communities were compared with '{attribute}' over the {len(kept)} nodes "
        f"{'with ties ' if ties_only else ''}that have it ({len(asked) - len(kept)} have not) by adjusted mutual "
        "information (Vinh, Epps and Bailey 2010; arithmetic mean of the entropies): 1 for equal divisions, 0 on "
        "average for unrelated ones of the same sizes."
    )
    return Comparison(attribute, information, len(kept), len(asked) - len(kept), len(set(values)), text)


def nations(graph: nx.Graph[str]) -> dict[str, str]:
    """Return the nation of every node that has a region, to be set as an attribute.

    Parameters
    ----------
    graph : networkx.Graph
        A network whose nodes may have ``region``: a region of England, or one of :data:`NATIONS`.

    Returns
    -------
    dict of str to str
        In sorted order of nodes.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.path_graph(["a", "b", "c"])
    >>> nx.set_node_attributes(graph, {"a": "Wales", "b": "London"}, "region")
    >>> nations(graph)
    {'a': 'Wales', 'b': 'England'}
    """
    regions = {node: graph.nodes[node].get("region") for node in sorted(graph)}
    return {node: region if region in NATIONS else "England" for node, region in regions.items() if region}


def adjusted_mutual_information(one: Sequence[Hashable], other: Sequence[Hashable]) -> float:
    r"""Return the adjusted mutual information of two divisions.

    .. math:: \frac{I - E[I]}{(H_1 + H_2) / 2 - E[I]}

    with the mutual information :math:`I`, the entropies :math:`H`, and the expectation :math:`E[I]` over all divisions
    of the same sizes, each equally likely (the hypergeometric model) [1]_.

    Parameters
    ----------
    one, other : sequence of hashable
        The group of each node in the first and in the second division, in the same order of nodes.

    Returns
    -------
    float
        1 for equal divisions, 0 on average for unrelated ones, below 0 for less than chance gives. Where both divisions
        put all into one group, or both put each alone, or there are no nodes, they are equal: 1. Where only one
        division does so, chance gives all the information there can be: 0.

    Raises
    ------
    NetworkError
        If the divisions are not of equal length.

    References
    ----------
    .. [1] N. X. Vinh, J. Epps, J. Bailey, "Information theoretic measures for clusterings comparison: variants,
       properties, normalization and correction for chance", Journal of Machine Learning Research 11, 2837 (2010).
       https://jmlr.org/papers/v11/vinh10a.html

    Examples
    --------
    >>> adjusted_mutual_information([1, 1, 2, 2], ["x", "x", "y", "y"])
    1.0
    >>> round(adjusted_mutual_information([1, 1, 2, 2], ["x", "y", "x", "y"]), 3)
    -0.5
    """
    from math import log

    if len(one) != len(other):
        raise NetworkError(f"divisions of {len(one)} and of {len(other)} nodes cannot be compared")
    size, pairs = len(one), Counter(zip(one, other, strict=True))
    rows, columns = Counter(one), Counter(other)
    if len(pairs) == len(rows) == len(columns):
        return 1.0
    if {len(rows), len(columns)} & {1, size}:
        return 0.0
    mutual = sum(
        count / size * log(size * count / (rows[row] * columns[column])) for (row, column), count in pairs.items()
    )
    entropy = sum(count / size * log(size / count) for side in (rows, columns) for count in side.values()) / 2
    expected = _expected(Counter(rows.values()), Counter(columns.values()), size)
    return (mutual - expected) / (entropy - expected)


def _expected(rows: Counter[int], columns: Counter[int], size: int) -> float:
    """Return the mutual information expected of two divisions by how many groups of each size they have."""
    import numpy as np
    from scipy.stats import hypergeom

    total = 0.0
    for row, times in sorted(rows.items()):
        for column, again in sorted(columns.items()):
            count = np.arange(max(1, row + column - size), min(row, column) + 1)
            chance = hypergeom.pmf(count, size, row, column)
            total += times * again * float((chance * count / size * np.log(size * count / (row * column))).sum())
    return total
