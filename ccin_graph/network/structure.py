"""How a network holds together as a whole: who mixes with whom, where it would break, how unevenly partners lie."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.overview import canonical, names_of
from ccin_graph.network.scale import two_steps, weak_points

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import networkx as nx


@dataclass(frozen=True, slots=True)
class Assortativity:
    """Whether those who are alike are tied to each other.

    Parameters
    ----------
    by : str
        The attribute.
    coefficient : float or None
        Newman's :math:`r`: 1 if ties run only between nodes of one value, 0 if they run as if values did not matter,
        negative if they run between values. None where it is not defined: no tie counts, or all ends are alike.
    within : int
        Ties between nodes of one value.
    ties : int
        Ties that count: both ends have a value.
    unknown : int
        Ties left out because an end has none.
    """

    by: str
    coefficient: float | None
    within: int
    ties: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Structure:
    """How a network holds together.

    Parameters
    ----------
    articulations : tuple of str
        Nodes without which others would no longer reach each other [1]_, by label.
    bridges : tuple of (str, str)
        Ties without which their ends would no longer reach each other, sorted.
    two_steps : float
        Mean share of the other nodes that a node reaches by one or two ties; 0 with fewer than two nodes.
    degree_gini : float
        :func:`gini` of the degrees.
    degree_assortativity : float or None
        Correlation of the degrees at the two ends of a tie [2]_; None without ties or if all ends have one degree.

    References
    ----------
    .. [1] J. Hopcroft, R. Tarjan, "Efficient algorithms for graph manipulation", Communications of the ACM 16, 372
       (1973).
    .. [2] M. E. J. Newman, "Mixing patterns in networks", Physical Review E 67, 026126 (2003), section III.
       https://doi.org/10.1103/PhysRevE.67.026126
    """

    articulations: tuple[str, ...]
    bridges: tuple[tuple[str, str], ...]
    two_steps: float
    degree_gini: float
    degree_assortativity: float | None


def structure(graph: nx.Graph[str]) -> Structure:
    """Return how a network holds together.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of this package.

    Returns
    -------
    Structure

    Raises
    ------
    NetworkError
        If the graph is directed, a multigraph or has a node tied to itself.

    Examples
    --------
    >>> import networkx as nx
    >>> structure(nx.path_graph(["a", "b", "c"]))
    Structure(articulations=('b',), bridges=(('a', 'b'), ('b', 'c')), two_steps=1.0, degree_gini=0.16666666666666666, \
degree_assortativity=-1.0)
    """
    plain = canonical(graph)
    names = names_of(plain)
    articulations, bridges = weak_points(plain)
    reached = sum(two_steps(plain).values())
    return Structure(
        articulations=tuple(sorted(articulations, key=names.__getitem__)),
        bridges=tuple(bridges),
        two_steps=reached / (len(plain) * (len(plain) - 1)) if len(plain) > 1 else 0.0,
        degree_gini=gini(degree for _, degree in plain.degree),
        degree_assortativity=_degree_correlation(plain),
    )


def assortativity(graph: nx.Graph[str], by: str | Mapping[str, str], *, name: str = "given") -> Assortativity:
    r"""Return whether nodes of the same region, kind or other attribute are tied to each other.

    With :math:`e_{xy}` the share of the ends of ties that run from value *x* to value *y* and
    :math:`a_x = \sum_y e_{xy}`, the coefficient is
    :math:`r = (\sum_x e_{xx} - \sum_x a_x^2) / (1 - \sum_x a_x^2)` [1]_.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of this package.
    by : str or mapping of str to str
        A node attribute, or the value of each node, for what the graph does not hold (nation, type of council). A
        node without a value, or an empty one, does not count. Values that are tuples are compared as a whole.
    name : str, optional
        What to call a mapping.

    Returns
    -------
    Assortativity

    Raises
    ------
    NetworkError
        If the graph is directed, a multigraph or has a node tied to itself.

    References
    ----------
    .. [1] M. E. J. Newman, "Mixing patterns in networks", Physical Review E 67, 026126 (2003), section II.
       https://doi.org/10.1103/PhysRevE.67.026126

    Examples
    --------
    >>> import networkx as nx
    >>> regions = {"a": "Wales", "b": "Wales", "c": "London", "d": "London"}
    >>> assortativity(nx.Graph([("a", "b"), ("c", "d")]), regions).coefficient
    1.0
    """
    plain = canonical(graph)
    if isinstance(by, Mapping):
        value: dict[str, object] = {node: by.get(node) for node in plain}
    else:
        value, name = {node: plain.nodes[node].get(by) for node in plain}, by
    ends: Counter[object] = Counter()
    within = ties = 0
    for one, other in plain.edges:
        if value[one] and value[other]:
            ties += 1
            within += value[one] == value[other]
            ends.update((value[one], value[other]))
    # whole numbers up to the last step: with all ends alike the denominator is exactly 0
    chance = sum(count * count for count in ends.values())
    possible = 4 * ties * ties - chance
    return Assortativity(
        by=name,
        coefficient=(4 * ties * within - chance) / possible if possible else None,
        within=within,
        ties=ties,
        unknown=plain.number_of_edges() - ties,
    )


def participation_coefficients(graph: nx.Graph[str], communities: Iterable[Collection[str]]) -> dict[str, float | None]:
    r"""Return how evenly the ties of each node spread over given communities.

    With :math:`k_i` the degree of *i* and :math:`k_{is}` the number of its ties into community *s*, it is
    :math:`P_i = 1 - \sum_s (k_{is} / k_i)^2` [1]_: 0 if all its ties run into one community, close to 1 if they are
    spread evenly over many.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of this package.
    communities : iterable of collections of str
        A partition of the nodes.

    Returns
    -------
    dict of str to float or None
        By node, in sorted order; None for a node without ties, where it is not defined.

    Raises
    ------
    NetworkError
        If a node is in no community or in two, or if the graph is directed, a multigraph or has a node tied to itself.

    References
    ----------
    .. [1] R. Guimerà, L. A. N. Amaral, "Functional cartography of complex metabolic networks", Nature 433, 895 (2005).
       https://doi.org/10.1038/nature03288

    Examples
    --------
    >>> import networkx as nx
    >>> participation_coefficients(nx.path_graph(["a", "b", "c"]), [{"a", "b"}, {"c"}])
    {'a': 0.0, 'b': 0.5, 'c': 0.0}
    """
    plain = canonical(graph)
    member: dict[str, int] = {}
    for number, nodes in enumerate(communities):
        for node in sorted(set(nodes)):
            if node in member:
                raise NetworkError(f"{node} is in two communities")
            member[node] = number
    if missing := sorted(set(plain) - set(member)):
        raise NetworkError(f"in no community: {', '.join(missing)}")
    result: dict[str, float | None] = {}
    for node in plain:
        into = Counter(member[other] for other in plain[node])
        degree = into.total()
        result[node] = 1 - sum(count * count for count in into.values()) / degree**2 if degree else None
    return result


def gini(values: Iterable[float]) -> float:
    r"""Return how unevenly something is spread: 0 if all have the same, close to 1 if one of many has it all.

    :math:`G = \sum_i \sum_j |x_i - x_j| / (2 n \sum_i x_i)` [1]_, at most :math:`1 - 1/n`.

    Parameters
    ----------
    values : iterable of float
        None of them negative.

    Returns
    -------
    float
        0 where there is no value or all are 0.

    Raises
    ------
    NetworkError
        For a negative value.

    References
    ----------
    .. [1] C. Gini, *Variabilità e mutabilità* (1912); in this form L. Ceriani, P. Verme, Journal of Economic
       Inequality 10, 421 (2012). https://doi.org/10.1007/s10888-011-9188-x

    Examples
    --------
    >>> gini([1, 1, 1, 1]), gini([0, 0, 0, 4])
    (0.0, 0.75)
    """
    ordered = sorted(values)
    if ordered and ordered[0] < 0:
        raise NetworkError(f"the Gini coefficient is that of amounts, not of {ordered[0]}")
    total, count = sum(ordered), len(ordered)
    if not total:
        return 0.0
    return sum((2 * place - count - 1) * value for place, value in enumerate(ordered, start=1)) / (count * total)


def partner_gini(graph: nx.Graph[str]) -> dict[str, float]:
    """Return how unevenly partners spread over the nodes of each side, as the Gini coefficient of their degrees.

    Parameters
    ----------
    graph : networkx.Graph
        A two-sided projection, such as :func:`~ccin_graph.network.projections.council_partner`.

    Returns
    -------
    dict of str to float
        By side, in sorted order: over councils under ``focus``, over their partners under ``partner``. Those without
        a tie count.

    Raises
    ------
    NetworkError
        If a node has no side.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("a", "x"), ("a", "y"), ("a", "z")])
    >>> graph.add_node("b")
    >>> nx.set_node_attributes(graph, {node: "focus" if node in "ab" else "partner" for node in graph}, "side")
    >>> partner_gini(graph)
    {'focus': 0.5, 'partner': 0.0}
    """
    degrees: dict[str, list[int]] = defaultdict(list)
    for node, degree in graph.degree:
        if not (side := graph.nodes[node].get("side")):
            raise NetworkError(f"{node} stands on no side", remedy="Make the graph with council_partner.")
        degrees[side].append(degree)
    return {side: gini(degrees[side]) for side in sorted(degrees)}


def _degree_correlation(graph: nx.Graph[str]) -> float | None:
    """Return Pearson's correlation of the degrees at the ends of ties, in whole numbers up to the last step."""
    degree = dict(graph.degree)
    ends = 2 * graph.number_of_edges()
    product = 2 * sum(degree[one] * degree[other] for one, other in graph.edges)
    first = sum(value**2 for value in degree.values())
    second = sum(value**3 for value in degree.values())
    spread = ends * second - first**2
    return (ends * product - first**2) / spread if spread else None
