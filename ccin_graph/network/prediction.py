"""Who might work with whom: pairs without a tie, scored by what earlier publications tell, tested on later ones.

Two organisations are tied if they took part in the same project. Pairs of a council and an affiliate, or of two
councils, that are not tied yet are scored in the network of *all* organisations, so that any partner in common counts.
What is predicted is that *a later publication tells of the pair*, which is not quite that they come to work together.
Who is an affiliate is taken from the table, which may know it from a list younger than the split.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.bipartite import organisation_project_graph
from ccin_graph.network.filters import calendar, date_of
from ccin_graph.network.overview import names_of, sorted_ties
from ccin_graph.network.projections import organisation_organisation

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    from ccin_graph.network.participation import Participation

    Pair = tuple[str, str]

BASELINE = "degree-product"
SCORES = ("common-neighbours", "adamic-adar", "resource-allocation", BASELINE)
"""The scores, the baseline last."""

KINDS_OF_PAIRS = {"council-affiliate": ("council", "affiliate"), "council-council": ("council", "council")}
"""The pairs that can be asked for, with the kinds of their ends."""

DIGITS = 12
"""Decimals kept, so that scores which are equal on paper are equal here and share a place."""

FEW = 10
"""Fewer pairs than this that came true do not tell one score from another."""


@dataclass(frozen=True, slots=True)
class Score:
    """How well one score put pairs first that later publications tell of.

    Parameters
    ----------
    name : str
        One of :data:`SCORES`.
    average_precision : float
        Mean precision at the places of the pairs that came true; pairs of equal score share a place, so that a score
        that is the same for all gets the prevalence [1]_.
    low, high : float
        The 95% interval of its difference from the baseline, from resampling pairs
        that came true and pairs that did not [2]_.
    beats : bool
        Whether that interval lies above 0 and enough pairs came true. False for the baseline.

    References
    ----------
    .. [1] E. M. Voorhees, D. K. Harman (eds), *TREC*, MIT Press (2005), ch. 3; with ties as thresholds.
    .. [2] B. Efron, R. J. Tibshirani, *An Introduction to the Bootstrap*, Chapman and Hall (1993), ch. 13. Pairs share
       organisations and are not independent, so the interval is too narrow rather than too wide.
    """

    name: str
    average_precision: float
    low: float
    high: float
    beats: bool


@dataclass(frozen=True, slots=True)
class Evaluation:
    """How well pairs could be predicted on a split in time.

    Parameters
    ----------
    pairs : str
        One of :data:`KINDS_OF_PAIRS`.
    until : str
        The last date of what was learnt from.
    candidates : int
        Pairs of organisations that both were known then and were not tied.
    positives : int
        Those of them that later publications tell of.
    unseen : int
        New pairs of later publications that could not be predicted, as one end was not known.
    prevalence : float
        `positives` by `candidates`: the average precision of chance. 0 without candidates.
    scores : tuple of Score
        In the order of :data:`SCORES`; empty if no pair came true.
    seed : int
        Of the resampling.
    """

    pairs: str
    until: str
    candidates: int
    positives: int
    unseen: int
    prevalence: float
    scores: tuple[Score, ...]
    seed: int

    @property
    def statement(self) -> str:
        """What that comes to, in a few plain sentences."""
        told = (
            f"Of {self.candidates} {self.pairs} pairs without a tie in publications up to {self.until}, "
            f"{self.positives} appear in later ones ({self.prevalence:.2%}); "
            f"{self.unseen} further new pairs could not be predicted, as one end was not known."
        )
        if not self.scores:
            return f"{told} Nothing can be evaluated."
        values = ", ".join(f"{score.name} {score.average_precision:.3f}" for score in self.scores)
        better = [score.name for score in self.scores if score.beats]
        if better:
            verdict = f"The degree-product baseline is beaten by {' and '.join(better)}."
        else:
            verdict = "The degree-product baseline is not beaten."
        few = f" Fewer than {FEW} pairs came true: no score can be told from another." if self.positives < FEW else ""
        return f"{told} Average precision: {values}. {verdict}{few}"


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A pair that might work together, and why.

    Parameters
    ----------
    rank : int
        From 1; equal scores share a rank.
    one, other : str
        IRIs: the council first, of two councils the one that sorts first.
    one_label, other_label : str
        Their names.
    score : float
        By the score that was asked for.
    common_partners : tuple of str
        Organisations that worked with both, sorted.
    projects : tuple of str
        The projects in which they did: the evidence.
    shared_themes : tuple of str
        Themes of both, as the caller gives them.
    region : str
        The region of both, empty if they are not known to have the same.
    """

    rank: int
    one: str
    other: str
    one_label: str
    other_label: str
    score: float
    common_partners: tuple[str, ...]
    projects: tuple[str, ...]
    shared_themes: tuple[str, ...]
    region: str

    @property
    def reasons(self) -> tuple[str, ...]:
        """The reasons as sentences; empty if there is none but the score."""
        found = []
        if count := len(self.common_partners):
            found.append(f"{count} organisation{'s' if count > 1 else ''} worked with both")
        if self.shared_themes:
            found.append(f"both work on {', '.join(self.shared_themes)}")
        if self.region:
            found.append(f"both are in {self.region}")
        return tuple(found)


def scores_of(graph: nx.Graph[str], pairs: Iterable[Pair], score: str) -> list[float]:
    r"""Return the scores of pairs in a network of organisations.

    With :math:`\Gamma(i)` the neighbours of *i* and :math:`k_z` the degree of *z*:

    - ``common-neighbours`` is :math:`|\Gamma(i) \cap \Gamma(j)|` [1]_;
    - ``adamic-adar`` is :math:`\sum_{z \in \Gamma(i) \cap \Gamma(j)} 1 / \ln k_z` [2]_;
    - ``resource-allocation`` is :math:`\sum_{z \in \Gamma(i) \cap \Gamma(j)} 1 / k_z` [3]_;
    - ``degree-product`` is the product of the numbers of projects of *i* and *j* (the node attribute ``took_part``,
      the degree in the two-mode graph; without it :math:`k_i k_j`) [1]_: who does much is told of again.

    Parameters
    ----------
    graph : networkx.Graph
        A projection onto organisations.
    pairs : iterable of (str, str)
        Nodes of it.
    score : str
        One of :data:`SCORES`.

    Returns
    -------
    list of float
        In the order of the pairs.

    Raises
    ------
    NetworkError
        If there is no such score, or a node is not in the graph.

    References
    ----------
    .. [1] D. Liben-Nowell, J. Kleinberg, "The link-prediction problem for social networks", Journal of the American
       Society for Information Science and Technology 58, 1019 (2007). https://doi.org/10.1002/asi.20591
    .. [2] L. A. Adamic, E. Adar, "Friends and neighbors on the Web", Social Networks 25, 211 (2003).
    .. [3] T. Zhou, L. Lü, Y.-C. Zhang, "Predicting missing links via local information", European Physical Journal B
       71, 623 (2009). https://doi.org/10.1140/epjb/e2009-00335-8

    Examples
    --------
    >>> import networkx as nx
    >>> scores_of(nx.star_graph(["hub", "a", "b", "c"]), [("a", "b")], "resource-allocation")
    [0.333333333333]
    """
    if score not in SCORES:
        raise NetworkError(f"there is no score {score!r}", remedy=f"Scores are {', '.join(SCORES)}.")
    chosen = list(pairs)
    if unknown := sorted({node for pair in chosen for node in pair} - set(graph)):
        raise NetworkError(f"not in the network: {', '.join(unknown)}")
    if score == BASELINE:
        took_part = {node: int(graph.nodes[node].get("took_part", graph.degree(node))) for node in graph}
        return [float(took_part[one] * took_part[other]) for one, other in chosen]
    share: dict[str, Callable[[int], float]] = {
        "common-neighbours": lambda degree: 1.0,
        "adamic-adar": lambda degree: 1 / math.log(degree),
        "resource-allocation": lambda degree: 1 / degree,
    }
    near = {node: set(graph[node]) for pair in chosen for node in pair}
    # a neighbour of both has two ties, so that the logarithm is not 0; fsum does not depend on the order
    weigh = {node: share[score](degree) if degree > 1 else 0.0 for node, degree in graph.degree}
    return [round(math.fsum(weigh[node] for node in near[one] & near[other]), DIGITS) for one, other in chosen]


def evaluate(
    participations: Iterable[Participation],
    dates: Mapping[str, str],
    *,
    until: str,
    pairs: str = "council-affiliate",
    resamples: int = 1000,
    seed: int = 20210821,
) -> Evaluation:
    """Learn from publications up to a date and test on later ones.

    Parameters
    ----------
    participations : iterable of Participation
        The table. Leave the network body out first (:func:`~ccin_graph.network.filters.select`): it is everybody's
        partner.
    dates : mapping of str to str
        Dates of publications by their IRIs.
    until : str
        The last date to learn from; ``2019`` takes all of that year.
    pairs : str, optional
        One of :data:`KINDS_OF_PAIRS`.
    resamples : int, optional
        How often pairs are drawn anew for the intervals.
    seed : int, optional
        Of the resampling.

    Returns
    -------
    Evaluation

    Raises
    ------
    NetworkError
        If there are no such pairs, if a publication has no date, or if `resamples` is below 1.

    Examples
    --------
    >>> evaluate([], {}, until="2019").statement
    'Of 0 council-affiliate pairs without a tie in publications up to 2019, 0 appear in later ones (0.00%); \
0 further new pairs could not be predicted, as one end was not known. Nothing can be evaluated.'
    """
    import numpy as np

    if resamples < 1:
        raise NetworkError(f"{resamples} resamples give no interval", remedy="Draw at least one.")
    rows, last = list(participations), calendar(until)
    early = [row for row in rows if date_of(row.publication, dates)[: len(last)] <= last]
    known, whole = _network(early), _network(rows)
    kinds = _kinds(pairs)
    candidates = _untied(known, kinds)
    new = set(sorted_ties(whole)) - set(sorted_ties(known))
    came = np.array([(min(pair), max(pair)) in new for pair in candidates], dtype=bool)
    positives = int(came.sum())
    values = {name: np.array(scores_of(known, candidates, name)) for name in SCORES}
    return Evaluation(
        pairs=pairs,
        until=last,
        candidates=len(candidates),
        positives=positives,
        unseen=sum(1 for pair in new if _kinds_of(whole, pair) == sorted(kinds)) - positives,
        prevalence=positives / len(candidates) if candidates else 0.0,
        scores=_compared(values, came, resamples, seed) if positives else (),
        seed=seed,
    )


def suggestions(
    participations: Iterable[Participation],
    *,
    pairs: str = "council-affiliate",
    score: str = "resource-allocation",
    themes: Mapping[str, Collection[str]] | None = None,
    most: int = 20,
) -> list[Suggestion]:
    """Return the pairs without a tie that score highest, each with its reasons.

    A suggestion is worth what :func:`evaluate` says of its score. Where that is no better than the baseline, the
    reasons are what is left: read them, not the rank.

    Parameters
    ----------
    participations : iterable of Participation
        The table, of all publications. Leave the network body out first.
    pairs : str, optional
        One of :data:`KINDS_OF_PAIRS`.
    score : str, optional
        One of :data:`SCORES`.
    themes : mapping of str to collection of str, optional
        Themes by organisation, for the reasons. They do not count for the score, only for the order of equals.
    most : int, optional
        How many to return at most. Pairs with a score of 0 are not suggested.

    Returns
    -------
    list of Suggestion
        Highest first; equals with more shared themes first, then those of one region, then by label and IRI.

    Raises
    ------
    NetworkError
        If there are no such pairs, or no such score.

    Examples
    --------
    >>> from ccin_graph.network import Participation
    >>> table = [("luton", "council", "food"), ("college", "other", "food")]
    >>> table += [("college", "other", "homes"), ("co-op", "affiliate", "homes")]
    >>> rows = [Participation(who, who, kind, what, what, "partner", True) for who, kind, what in table]
    >>> for found in suggestions(rows, themes={"luton": ["health"], "co-op": ["health"]}):
    ...     print(found.one, found.other, found.score, found.reasons)
    luton co-op 0.5 ('1 organisation worked with both', 'both work on health')
    """
    rows = list(participations)
    graph = _network(rows)
    candidates = _untied(graph, _kinds(pairs))
    given = themes or {}
    found = zip(candidates, scores_of(graph, candidates, score), strict=True)
    names = names_of(graph)

    def order(scored: tuple[Pair, float]) -> tuple[object, ...]:
        (one, other), value = scored
        shared = set(given.get(one, ())) & set(given.get(other, ()))
        return -value, -len(shared), not _same_region(graph, one, other), names[one], names[other]

    result: list[Suggestion] = []
    for place, ((one, other), value) in enumerate(sorted((pair for pair in found if pair[1] > 0), key=order), start=1):
        if place > most:
            break
        common = sorted(set(graph[one]) & set(graph[other]))
        ties = [graph.edges[end, node] for node in common for end in (one, other)]
        result.append(
            Suggestion(
                rank=result[-1].rank if result and result[-1].score == value else place,
                one=one,
                other=other,
                one_label=names[one][0],
                other_label=names[other][0],
                score=value,
                common_partners=tuple(common),
                projects=tuple(sorted({project for tie in ties for project in tie["projects"]})),
                shared_themes=tuple(sorted(set(given.get(one, ())) & set(given.get(other, ())))),
                region=_same_region(graph, one, other),
            )
        )
    return result


def average_precision(values: NDArray[np.float64], came: NDArray[np.bool_]) -> float:
    """Return the mean precision at the places of what came true, where equal values share a place.

    Parameters
    ----------
    values : numpy.ndarray of float
        Scores, higher first.
    came : numpy.ndarray of bool
        What came true.

    Returns
    -------
    float
        0 if nothing came true.

    Examples
    --------
    >>> import numpy as np
    >>> average_precision(np.array([3.0, 2.0, 1.0, 1.0]), np.array([True, False, True, False]))
    0.75
    """
    import numpy as np

    return _weighted_precision(values, came, np.ones((1, len(values))))[0] if came.any() else 0.0


def _weighted_precision(
    values: NDArray[np.float64], came: NDArray[np.bool_], weights: NDArray[np.float64]
) -> list[float]:
    """Return average precision where each pair counts as often as its weight, for each row of weights."""
    import numpy as np

    order = np.argsort(-values, kind="stable")
    ends = np.append(np.flatnonzero(np.diff(values[order])), len(values) - 1)
    result = []
    for row in weights:
        counted = row[order]
        true, all_ = np.cumsum(counted * came[order])[ends], np.cumsum(counted)[ends]
        precision = np.divide(true, all_, out=np.zeros_like(true), where=all_ > 0)
        result.append(float(np.sum(np.diff(true, prepend=0.0) * precision) / true[-1]))
    return result


def _compared(
    values: Mapping[str, NDArray[np.float64]], came: NDArray[np.bool_], resamples: int, seed: int
) -> tuple[Score, ...]:
    """Return how well each score does, beside the baseline."""
    import numpy as np

    chance = np.random.default_rng(seed)
    weights = np.zeros((resamples, len(came)))
    for places in (np.flatnonzero(came), np.flatnonzero(~came)):
        if len(places):
            drawn = chance.integers(len(places), size=(resamples, len(places)))
            for row, chosen in zip(weights, drawn, strict=True):
                row[places] = np.bincount(chosen, minlength=len(places))
    sampled = {name: np.array(_weighted_precision(found, came, weights)) for name, found in values.items()}
    result = []
    for name, found in values.items():
        low, high = np.percentile(sampled[name] - sampled[BASELINE], [2.5, 97.5]).tolist()
        enough = int(came.sum()) >= FEW
        result.append(
            Score(
                name=name,
                average_precision=round(average_precision(found, came), DIGITS),
                low=round(low, DIGITS),
                high=round(high, DIGITS),
                beats=enough and low > 0,
            )
        )
    return tuple(result)


def _network(rows: Iterable[Participation]) -> nx.Graph[str]:
    """Return the network of organisations, each with the number of projects that it took part in."""
    pairs = organisation_project_graph(rows)
    graph = organisation_organisation(pairs)
    for node in graph:
        graph.nodes[node]["took_part"] = pairs.degree(node)
    return graph


def _kinds(pairs: str) -> tuple[str, str]:
    """Return the kinds of the ends of pairs."""
    if pairs not in KINDS_OF_PAIRS:
        raise NetworkError(f"there are no pairs {pairs!r}", remedy=f"Pairs are {', '.join(KINDS_OF_PAIRS)}.")
    return KINDS_OF_PAIRS[pairs]


def _kinds_of(graph: nx.Graph[str], pair: Pair) -> list[str]:
    """Return the kinds of the ends of a tie, sorted."""
    return sorted(graph.nodes[node]["kind"] for node in pair)


def _untied(graph: nx.Graph[str], kinds: tuple[str, str]) -> list[Pair]:
    """Return the pairs of two kinds that have no tie, sorted."""
    first, second = ([node for node in sorted(graph) if graph.nodes[node]["kind"] == kind] for kind in kinds)
    return [
        (one, other)
        for one in first
        for other in second
        if (kinds[0] != kinds[1] or one < other) and not graph.has_edge(one, other)
    ]


def _same_region(graph: nx.Graph[str], one: str, other: str) -> str:
    """Return the region that two share, an empty string if they are not known to."""
    region = graph.nodes[one].get("region", "")
    return str(region) if region and region == graph.nodes[other].get("region") else ""
