"""Whether like works with like, and whether affiliates work across regions: tests that shuffle who stands where."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.overview import canonical, sorted_ties
from ccin_graph.network.projections import FOCUS, PARTNER

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    import networkx as nx
    import numpy as np

CHUNK = 500
"""Permutations made at a time."""

LEVEL = 0.05
"""The p up to which a finding says that something is not chance."""


@dataclass(frozen=True, slots=True)
class PermutationTest:
    """A number found, and what it is when the values of an attribute are shuffled over the nodes.

    Parameters
    ----------
    attribute : str
        What is shuffled.
    observed : float
        The statistic; 0 where it is not defined.
    expected, low, high : float
        Its mean over the permutations, and the interval that holds the middle 95% of them.
    p_more, p_less : float
        The chance of a value as high, and of one as low: ``(1 + how often) / (1 + permutations)`` [1]_.
    p : float
        Two-sided: twice the smaller of the two, at most 1.
    nodes, units : int
        Nodes shuffled, and ties or pairs that the statistic is made of.
    permutations, seed : int
        How many there were, and from which seed.
    finding : str
        What came of it, in a sentence.
    methods : str
        How it was found, as a paragraph for a paper.

    References
    ----------
    .. [1] B. Phipson, G. K. Smyth, "Permutation P-values should never be zero", Statistical Applications in Genetics
       and Molecular Biology 9, 39 (2010). https://doi.org/10.2202/1544-6115.1585
    """

    attribute: str
    observed: float
    expected: float
    low: float
    high: float
    p_more: float
    p_less: float
    p: float
    nodes: int
    units: int
    permutations: int
    seed: int
    finding: str
    methods: str


def attribute_assortativity(
    graph: nx.Graph[str], attribute: str, *, permutations: int = 9999, seed: int = 1
) -> PermutationTest:
    r"""Test whether nodes with the same value of an attribute are tied to each other more than chance would have it.

    The statistic is Newman's coefficient of assortative mixing [1]_ over the ties whose two ends have a value,

    .. math:: r = \frac{\sum_c e_{cc} - \sum_c a_c^2}{1 - \sum_c a_c^2}

    with :math:`e_{cc}` the share of ties within the value *c* and :math:`a_c` the share of ends of ties that have it:
    1 if all ties are within, 0 if values do not matter. It is not defined, and given as 0, where all ends have one
    value or there are no ties.

    The network stays as it is and the values are shuffled over the nodes that have one and are tied to another that has
    one. That several ties come from one project is thus in both what is observed and what chance gives.

    Parameters
    ----------
    graph : networkx.Graph
        A projection.
    attribute : str
        Name of a node attribute, such as ``region``.
    permutations : int, optional
        How often to shuffle.
    seed : int, optional
        The same seed gives the same result.

    Returns
    -------
    PermutationTest
        With *p* 1 where the statistic is not defined.

    Raises
    ------
    NetworkError
        If `permutations` is below 1 or the graph cannot be measured.

    References
    ----------
    .. [1] M. E. J. Newman, "Mixing patterns in networks", Physical Review E 67, 026126 (2003).
       https://doi.org/10.1103/PhysRevE.67.026126

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph(["ab", "bc", "ca", "xy", "yz", "zx"])
    >>> nx.set_node_attributes(graph, dict(zip("abcxyz", "WWWLLL")), "region")
    >>> found = attribute_assortativity(graph, "region", permutations=999)
    >>> found.observed, found.nodes, found.units
    (1.0, 6, 6)
    """
    import numpy as np

    plain = canonical(graph)
    known = {node for node in plain if plain.nodes[node].get(attribute)}
    ties = [pair for pair in sorted_ties(plain) if set(pair) <= known]
    nodes = sorted({node for pair in ties for node in pair})
    degrees = np.bincount(_places(ties, nodes).reshape(-1), minlength=len(nodes))

    def statistic(values: np.ndarray) -> np.ndarray:
        ends = _places(ties, nodes)
        within = (values[:, ends[:, 0]] == values[:, ends[:, 1]]).mean(axis=1)
        squares = np.zeros(len(values))
        for value in range(int(values.max()) + 1):
            squares += ((values == value) @ degrees / (2 * len(ties))) ** 2
        free = 1 - squares
        coefficient: np.ndarray = np.divide(within - squares, free, out=np.zeros_like(free), where=free > 1e-12)
        return coefficient

    observed, drawn = _shuffled(plain, nodes, attribute, statistic if ties else None, permutations, seed)
    text = (
        f"The assortativity by '{attribute}' (Newman 2003) over the {len(ties)} ties whose ends both have one was "
        f"compared with {permutations} permutations of '{attribute}' over the {len(nodes)} nodes of these ties, the "
        f"network being held fixed (seed {seed}); p-values are two-sided, twice the smaller tail, counting the "
        "observed network as one of the permutations."
    )
    return _tested(attribute, observed, drawn, len(nodes), len(ties), seed, text, f"Ties stay within one {attribute}")


def affiliates_across_regions(
    graph: nx.Graph[str], *, attribute: str = "region", permutations: int = 9999, seed: int = 1
) -> PermutationTest:
    """Test whether affiliates work across regions more, or less, than chance would have it.

    The statistic: of all pairs of councils that worked with the same affiliate, counted once for each affiliate, the
    share that are of different regions. An affiliate that keeps to its region lowers it, and one with many councils
    weighs more. It is not defined, and given as 0, where no affiliate worked with two councils of known region.

    The network stays as it is and regions are shuffled over the councils that have one and worked with an affiliate:
    a test of a property of pairs by permuting nodes [1]_.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.projections.council_affiliate` returns, or another network of two sides.
    attribute : str, optional
        What stands for the region.
    permutations, seed : int, optional
        As for :func:`attribute_assortativity`.

    Returns
    -------
    PermutationTest
        A high *p* means that affiliates choose councils as if regions did not matter: they do work across regions, as
        far as there is anyone to work with. `p_less` is small where they keep to a region.

    Raises
    ------
    NetworkError
        If `permutations` is below 1, or the graph has not two sides.

    References
    ----------
    .. [1] L. Hubert, J. Schultz, "Quadratic assignment as a general data analysis strategy", British Journal of
       Mathematical and Statistical Psychology 29, 190 (1976).

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("a", "co-op"), ("b", "co-op")])
    >>> nx.set_node_attributes(graph, {"a": "focus", "b": "focus", "co-op": "partner"}, "side")
    >>> nx.set_node_attributes(graph, {"a": "Wales", "b": "London"}, "region")
    >>> found = affiliates_across_regions(graph, permutations=99)
    >>> found.observed, found.p, found.units
    (1.0, 1.0, 1)
    """
    plain = canonical(graph)
    for one, other in plain.edges:
        if {plain.nodes[one].get("side"), plain.nodes[other].get("side")} != {FOCUS, PARTNER}:
            raise NetworkError(
                f"{one} and {other} are tied, but not across two sides", remedy="Make it with council_affiliate."
            )
    pairs: list[tuple[str, str]] = []
    nodes: set[str] = set()
    for affiliate in plain:
        if plain.nodes[affiliate].get("side") == PARTNER:
            councils = sorted(node for node in plain[affiliate] if plain.nodes[node].get(attribute))
            nodes.update(councils)
            pairs += combinations(councils, 2)
    order = sorted(nodes)

    def statistic(values: np.ndarray) -> np.ndarray:
        ends = _places(pairs, order)
        result: np.ndarray = (values[:, ends[:, 0]] != values[:, ends[:, 1]]).mean(axis=1)
        return result

    observed, drawn = _shuffled(plain, order, attribute, statistic if pairs else None, permutations, seed)
    text = (
        f"Of the {len(pairs)} pairs of councils that worked with the same affiliate, counted once for each affiliate, "
        f"the share with different values of '{attribute}' was compared with {permutations} permutations of "
        f"'{attribute}' over the {len(order)} councils that worked with an affiliate, the network being held fixed "
        f"(seed {seed}); p-values are two-sided, twice the smaller tail, counting the observed network as one of the "
        "permutations."
    )
    return _tested(
        attribute,
        observed,
        drawn,
        len(order),
        len(pairs),
        seed,
        text,
        f"Councils with an affiliate in common differ in {attribute}",
    )


def _places(pairs: Sequence[tuple[str, str]], nodes: Sequence[str]) -> np.ndarray:
    """Return the places of the ends of pairs, a row for each."""
    import numpy as np

    place = {node: number for number, node in enumerate(nodes)}
    return np.array([(place[one], place[other]) for one, other in pairs], dtype=np.int64).reshape(-1, 2)


def _shuffled(
    graph: nx.Graph[str],
    nodes: list[str],
    attribute: str,
    statistic: Callable[[np.ndarray], np.ndarray] | None,
    permutations: int,
    seed: int,
) -> tuple[float, np.ndarray]:
    """Return a statistic of the values of nodes, and of their permutations; 0 everywhere if it is not defined."""
    import numpy as np

    if permutations < 1:
        raise NetworkError(f"{permutations} permutations", remedy="Make at least one; thousands for publishing.")
    if statistic is None:
        return 0.0, np.zeros(permutations)
    values = [str(graph.nodes[node][attribute]) for node in nodes]
    number = {value: code for code, value in enumerate(sorted(set(values)))}
    codes = np.array([[number[value] for value in values]])
    chance = np.random.default_rng(seed)
    drawn = [
        statistic(chance.permuted(np.repeat(codes, min(CHUNK, permutations - start), axis=0), axis=1))
        for start in range(0, permutations, CHUNK)
    ]
    return float(statistic(codes)[0]), np.concatenate(drawn)


def _tested(
    attribute: str,
    observed: float,
    drawn: np.ndarray,
    nodes: int,
    units: int,
    seed: int,
    methods: str,
    claim: str,
) -> PermutationTest:
    """Return the result of a test from the statistic and its permutations."""
    import numpy as np

    rounding = 1e-12
    p_more = (1 + int((drawn >= observed - rounding).sum())) / (1 + len(drawn))
    p_less = (1 + int((drawn <= observed + rounding).sum())) / (1 + len(drawn))
    p = min(1.0, 2 * min(p_more, p_less))
    low, high = np.quantile(drawn, [0.025, 0.975]).tolist()
    expected = float(drawn.mean())
    numbers = [f"{round(value, 2) + 0.0:.2f}" for value in (observed, expected, low, high)]
    figures = "{}, by chance {}, 95% of permutations {} to {}".format(*numbers) + f", p = {p:.2g}"
    if not units:
        finding = f"{claim}: nothing to test, for no two that are tied have a known {attribute}."
    elif low == high == observed:
        finding = f"{claim}: nothing to test, for shuffling changes nothing: all that are tied have one {attribute}."
    elif p > LEVEL:
        finding = f"{claim} about as often as chance would have it ({figures})."
    else:
        finding = f"{claim} {'more' if p_more < p_less else 'less'} often than chance would have it ({figures})."
    return PermutationTest(
        attribute=attribute,
        observed=observed,
        expected=expected,
        low=low,
        high=high,
        p_more=p_more,
        p_less=p_less,
        p=p,
        nodes=nodes,
        units=units,
        permutations=len(drawn),
        seed=seed,
        finding=finding,
        methods=methods,
    )
