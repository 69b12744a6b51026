"""Which ties are more than chance: pairs tested against two null models, and the backbone that both leave."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.null_models import NullModels, null_models
from ccin_graph.network.overview import sorted_ties
from ccin_graph.network.projections import project

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx


@dataclass(frozen=True, slots=True)
class Tie:
    """Two organisations with projects in common, and how likely chance alone gives them so many.

    Parameters
    ----------
    one, other : str
        IRIs.
    label, other_label : str
        Their names.
    shared : int
        Projects in common.
    projects : tuple of str
        Which.
    expected : float
        Projects in common that the configuration model expects.
    p_bicm, q_bicm : float
        In the bipartite configuration model, the chance of as many or more; and the smallest false-discovery rate at
        which the tie survives.
    p_curveball, q_curveball : float
        The same over random graphs with exactly the same numbers of ties.
    survives : bool
        Whether it does in both.
    """

    one: str
    other: str
    label: str
    other_label: str
    shared: int
    projects: tuple[str, ...]
    expected: float
    p_bicm: float
    q_bicm: float
    p_curveball: float
    q_curveball: float
    survives: bool


@dataclass(frozen=True, slots=True)
class Backbone:
    """The ties that are more than chance.

    Parameters
    ----------
    graph : networkx.Graph
        All nodes of the projection with their attributes; the ties that survive in both models, with ``shared``,
        ``newman``, ``projects`` and ``expected``, ``p_bicm``, ``q_bicm``, ``p_curveball``, ``q_curveball``.
    ties : list of Tie
        Every tie of the projection, least likely first; equal ones by name.
    tests : int
        Pairs tested, those without a tie included.
    both, only_bicm, only_curveball : int
        Ties that survive in both models and in one alone. They agree if the latter two are 0.
    unresolved : int
        Of `only_bicm`, those that no random graph reached: more samples might keep them.
    finding : str
        What came of it, in a sentence; plainly if nothing survives.
    methods : str
        How it was found, as a paragraph for a paper.
    """

    graph: nx.Graph[str]
    ties: list[Tie]
    tests: int
    both: int
    only_bicm: int
    only_curveball: int
    unresolved: int
    finding: str
    methods: str


def validated_backbone(
    graph: nx.Graph[str],
    nodes: Iterable[str],
    *,
    partners: Iterable[str] | None = None,
    rate: float = 0.05,
    models: NullModels | None = None,
) -> Backbone:
    r"""Keep the ties of a projection that chance does not explain.

    For each pair of organisations the question is whether they have more projects in common than two organisations of
    so many projects would have if everyone chose at random. It is asked of two null models over the whole bipartite
    graph, whichever nodes it is projected onto:

    - the bipartite configuration model [1]_: the number in common is a sum of independent events of probability
      :math:`P_{ip} P_{jp}`, whose tail is computed exactly;
    - the curveball randomisation: the same numbers of ties exactly, by sampling; with *h* the number of times that two
      such organisations had as many in common in *n* draws, the chance is :math:`(h + 1) / (n + 1)`, which is never 0.

    A tie survives if its *q* is at most `rate` in both, *q* after Benjamini and Hochberg over all possible pairs of
    the projection. The first model is the more cautious one where organisations have few projects, for it lets their
    number vary: an organisation with one project in the table has several in many of its graphs. One project in common
    is rarely more than chance, however real the work was: an empty backbone says that the table is too sparse to tell,
    not that nobody works together.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.bipartite.organisation_project_graph` returns.
    nodes, partners : iterable of str
        As for :func:`~ccin_graph.network.projections.project`.
    rate : float, optional
        Share of false discoveries among the survivors that is accepted, between 0 and 1.
    models : NullModels, optional
        What :func:`~ccin_graph.network.null_models.null_models` gives for `graph`, to use it for several projections;
        made with its defaults if it is not given.

    Returns
    -------
    Backbone
        Empty for a graph without ties.

    Raises
    ------
    NetworkError
        As for :func:`~ccin_graph.network.projections.project`; if `rate` is out of range or the models are of another
        graph; if ``bicm``, an extra, is not installed.

    References
    ----------
    .. [1] F. Saracco, M. J. Straka, R. Di Clemente, A. Gabrielli, G. Caldarelli, T. Squartini, "Inferring monopartite
       projections of bipartite networks: an entropy-based approach", New Journal of Physics 19, 053022 (2017).
       https://doi.org/10.1088/1367-2630/aa6b38
    """
    if not 0 < rate < 1:
        raise NetworkError(f"a false-discovery rate of {rate} is not between 0 and 1")
    nodes = nodes if isinstance(nodes, str) else list(nodes)
    partners = partners if partners is None or isinstance(partners, str) else list(partners)
    projection = project(graph, nodes, partners=partners)
    first, second = len(set(nodes)), None if partners is None else len(set(partners))
    tests = first * (first - 1) // 2 if second is None else first * second
    models = models or null_models(graph)
    if unknown := sorted(set(projection) - set(models.degrees)):
        raise NetworkError(f"not in the null models: {', '.join(unknown)}", remedy="Make them of the same graph.")
    ties = _tested(projection, models, tests, rate)
    both = sum(tie.survives for tie in ties)
    only_bicm = [tie for tie in ties if tie.q_bicm <= rate < tie.q_curveball]
    only_curveball = sum(tie.q_curveball <= rate < tie.q_bicm for tie in ties)
    unresolved = sum(not _hits(models, tie.one, tie.other, tie.shared)[0] for tie in only_bicm)
    return Backbone(
        graph=_surviving(projection, ties),
        ties=ties,
        tests=tests,
        both=both,
        only_bicm=len(only_bicm),
        only_curveball=only_curveball,
        unresolved=unresolved,
        finding=_finding(ties, both, len(only_bicm), only_curveball, unresolved, rate),
        methods=(
            f"The number of projects in common was tested for each of {tests} pairs among {len(projection)} "
            f"organisations against {models.methods}. P-values are one-sided; a tie is kept if it passes the procedure "
            f"of Benjamini and Hochberg (1995) at the rate {rate:g} over all pairs in both models."
        ),
    )


def benjamini_hochberg(chances: Sequence[float], *, tests: int | None = None) -> list[float]:
    r"""Return the smallest false-discovery rate at which each test of many is a discovery.

    With *m* tests and the chances in order, :math:`q_{(k)} = \min_{j \ge k} \min(1, m\, p_{(j)} / j)` [1]_. The rate is
    kept if tests are independent, or depend on each other positively [2]_.

    Parameters
    ----------
    chances : sequence of float
        The p-values.
    tests : int, optional
        How many tests were made, if more than are given; the others have the chance 1.

    Returns
    -------
    list of float
        In the order of `chances`.

    Raises
    ------
    NetworkError
        If a chance is not between 0 and 1, or `tests` is less than are given.

    References
    ----------
    .. [1] Y. Benjamini, Y. Hochberg, "Controlling the false discovery rate", Journal of the Royal Statistical Society
       B 57, 289 (1995).
    .. [2] Y. Benjamini, D. Yekutieli, Annals of Statistics 29, 1165 (2001).

    Examples
    --------
    >>> [round(q, 4) for q in benjamini_hochberg([0.01, 0.04, 0.02])]
    [0.03, 0.04, 0.03]
    >>> benjamini_hochberg([0.01], tests=10)
    [0.1]
    """
    made = len(chances) if tests is None else tests
    if made < len(chances):
        raise NetworkError(f"{len(chances)} chances of {made} tests")
    if wrong := [chance for chance in chances if not 0 <= chance <= 1]:
        raise NetworkError(f"{wrong[0]} is not a chance")
    result, least = [1.0] * len(chances), 1.0
    order = sorted(range(len(chances)), key=lambda place: chances[place])
    for rank in range(len(order), 0, -1):
        place = order[rank - 1]
        least = min(least, chances[place] * made / rank)
        result[place] = least
    return result


def _tested(projection: nx.Graph[str], models: NullModels, tests: int, rate: float) -> list[Tie]:
    """Return every tie with its chances, least likely first."""
    pairs = sorted_ties(projection)
    shared = [projection.edges[pair]["shared"] for pair in pairs]
    kinds = [_kind(models, *pair) for pair in pairs]
    p_bicm = [models.exact[kind][count] for kind, count in zip(kinds, shared, strict=True)]
    counted = [_hits(models, *pair, count) for pair, count in zip(pairs, shared, strict=True)]
    p_curveball = [(hits + 1) / (draws + 1) for hits, draws in counted]
    q_bicm, q_curveball = (benjamini_hochberg(chances, tests=tests) for chances in (p_bicm, p_curveball))
    ties = [
        Tie(
            one=one,
            other=other,
            label=str(projection.nodes[one].get("label", one)),
            other_label=str(projection.nodes[other].get("label", other)),
            shared=shared[place],
            projects=tuple(projection.edges[one, other]["projects"]),
            expected=models.expected[kinds[place]],
            p_bicm=p_bicm[place],
            q_bicm=q_bicm[place],
            p_curveball=p_curveball[place],
            q_curveball=q_curveball[place],
            survives=q_bicm[place] <= rate and q_curveball[place] <= rate,
        )
        for place, (one, other) in enumerate(pairs)
    ]
    return sorted(ties, key=lambda tie: (tie.p_bicm, tie.label, tie.other_label, tie.one, tie.other))


def _kind(models: NullModels, one: str, other: str) -> tuple[int, int]:
    """Return the numbers of projects of two organisations, the smaller first."""
    few, many = sorted((models.degrees[one], models.degrees[other]))
    return few, many


def _hits(models: NullModels, one: str, other: str, shared: int) -> tuple[int, int]:
    """Return how often two such organisations had as many in common in the random graphs, and of how many draws."""
    reached, draws = models.sampled[_kind(models, one, other)]
    return reached[shared], draws


def _surviving(projection: nx.Graph[str], ties: list[Tie]) -> nx.Graph[str]:
    """Return the projection with the ties that survive."""
    import networkx as nx

    result: nx.Graph[str] = nx.Graph(name="backbone")
    result.add_nodes_from(projection.nodes(data=True))
    for tie in sorted(ties, key=lambda tie: (tie.one, tie.other)):
        if tie.survives:
            figures = ("expected", "p_bicm", "q_bicm", "p_curveball", "q_curveball")
            found = {name: getattr(tie, name) for name in figures}
            result.add_edge(tie.one, tie.other, **projection.edges[tie.one, tie.other], **found)
    return result


def _finding(ties: list[Tie], both: int, only_bicm: int, only_curveball: int, unresolved: int, rate: float) -> str:
    """Return what came of it."""
    if not ties:
        return "There are no ties to test."
    counted = f"{len(ties)} {'tie' if len(ties) == 1 else 'ties'}"
    if both:
        text = f"{both} of {counted} {'is' if both == 1 else 'are'} more than chance would give (rate {rate:g})"
    else:
        least = min(max(tie.q_bicm, tie.q_curveball) for tie in ties)
        text = f"None of {counted} is more than chance would give (rate {rate:g}; the smallest q is {least:.2g})"
    if not only_bicm and not only_curveball:
        return f"{text}; the two null models agree."
    text += f"; the configuration model alone would keep {only_bicm} more, the randomisation alone {only_curveball}"
    return f"{text}; {unresolved} would need more samples to decide." if unresolved else f"{text}."
