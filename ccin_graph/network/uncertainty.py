"""How sure a rank is: if other case studies had been told, and if one publication had not been."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from ccin_graph.errors import NetworkError
from ccin_graph.network.bipartite import organisation_project_graph
from ccin_graph.network.projections import project

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import numpy as np

    from ccin_graph.network.participation import Participation

BY = ("degree", "strength", "newman", "projects")
"""The measures whose ranks have intervals; :class:`~ccin_graph.network.measures.Measure` defines them."""


@dataclass(frozen=True, slots=True)
class RankInterval:
    """The rank of one organisation, and how far it can be trusted.

    Parameters
    ----------
    node, label, kind : str
        IRI, name and kind.
    value : float
        The measure.
    rank : int
        Place among the organisations ranked, from 1; equal values share it and the next is left out.
    low, high : int
        Interval of the rank over resampled case studies; `low` is the better end.
    without_low, without_high : int
        Best and worst rank when one publication at a time is left out.
    depends_on : str
        IRI of the publication that the rank depends on most: the one without which it moves furthest, of equal ones
        that without which the value changes most, then the first by IRI. It need not name the organisation: a rank also
        moves because of others. Empty where none changes rank or value.
    depends_rank : int
        Rank without that publication; `rank` where there is none.
    depends_value : float
        Value without that publication; `value` where there is none.
    """

    node: str
    label: str
    kind: str
    value: float
    rank: int
    low: int
    high: int
    without_low: int
    without_high: int
    depends_on: str
    depends_rank: int
    depends_value: float


@dataclass(frozen=True, slots=True)
class RankTable:
    """Ranks with their intervals.

    Parameters
    ----------
    rows : list of RankInterval
        Best rank first, equal ones by name. ``pandas.DataFrame(table.rows)`` makes a data frame of it.
    by : str
        The measure.
    replicates, seed : int
        How often case studies were resampled, and from which seed.
    level : float
        Share of the replicates that the intervals hold.
    publications : tuple of str
        Those left out one at a time.
    finding : str
        What came of it, in a sentence.
    methods : str
        How it was found, as a paragraph for a paper.
    """

    rows: list[RankInterval]
    by: str
    replicates: int
    seed: int
    level: float
    publications: tuple[str, ...]
    finding: str
    methods: str


def rank_intervals(
    participations: Iterable[Participation],
    nodes: Collection[str],
    *,
    partners: Collection[str] | None = None,
    by: str = "degree",
    replicates: int = 1000,
    level: float = 0.95,
    seed: int = 1,
    working_only: bool = True,
) -> RankTable:
    """Rank organisations, with intervals from resampling case studies and from leaving out one publication at a time.

    The table does not say which case study a row is from. What one publication tells of one project stands for a case
    study here: of those, as many as there are are drawn with replacement *within each publication* [1]_, and the
    organisations are ranked again. A project drawn twice from one publication counts as two with the same participants,
    one drawn from two publications as one. Where partners are counted (``degree``), drawing a case study twice adds
    none, so that values of replicates are lower on the whole; ranks compare organisations within a replicate.

    The interval holds the middle `level` of the ranks over replicates. It speaks of *which case studies a booklet
    happened to select*, not of work that no booklet tells; an organisation that is in one case study only is missing
    from a third of the replicates. Wide intervals are the rule in tables of ranks [2]_.

    Parameters
    ----------
    participations : iterable of Participation
        The table. The order of its rows changes nothing.
    nodes : collection of str
        Organisations to rank.
    partners : collection of str, optional
        Organisations whose ties to `nodes` count; by default those among `nodes`.
    by : str, optional
        The measure, one of :data:`BY`.
    replicates : int, optional
        How often to resample.
    level : float, optional
        Share of the replicates that an interval holds, between 0 and 1.
    seed : int, optional
        The same seed gives the same intervals.
    working_only : bool, optional
        As for :func:`~ccin_graph.network.bipartite.organisation_project_graph`.

    Returns
    -------
    RankTable
        A row for each of `nodes`. Rows of the table that name no publication are resampled together, and never left
        out.

    Raises
    ------
    NetworkError
        As for :func:`~ccin_graph.network.projections.project`, and if `by` is not a measure or `replicates` or `level`
        is out of range.

    References
    ----------
    .. [1] B. Efron, R. J. Tibshirani, *An Introduction to the Bootstrap*, Chapman and Hall (1993), chapter 8.
    .. [2] H. Goldstein, D. J. Spiegelhalter, "League tables and their limitations: statistical issues in comparisons of
       institutional performance", Journal of the Royal Statistical Society A 159, 385 (1996).

    Examples
    --------
    >>> from ccin_graph.network import Participation
    >>> told = [("a", "p", "2018"), ("x", "p", "2018"), ("a", "q", "2021"), ("y", "q", "2021"), ("b", "r", "2021")]
    >>> table = rank_intervals(
    ...     [Participation(who, who, "council", what, what, "lead", True, year) for who, what, year in told],
    ...     ["a", "b"], partners=["x", "y"],
    ... )
    >>> [(row.node, row.rank, row.depends_on) for row in table.rows]
    [('a', 1, '2018'), ('b', 2, '')]
    """
    import numpy as np

    if by not in BY:
        raise NetworkError(f"there are no intervals for {by!r}", remedy=f"Measures are {', '.join(BY)}.")
    if replicates < 1:
        raise NetworkError(f"{replicates} replicates", remedy="Make at least one; 1000 for anything published.")
    if not 0 < level < 1:
        raise NetworkError(f"the level {level} is not between 0 and 1")
    kept = [row for row in participations if row.working or not working_only]
    graph = organisation_project_graph(kept, working_only=False)
    project(graph, nodes, partners=partners)  # refuses what cannot be ranked
    ranked = sorted(set(nodes))
    told = _Told(kept, ranked, ranked if partners is None else sorted(set(partners)), by)

    chance = np.random.default_rng(seed)
    drawn = np.array([_ranks(told.values(told.draw(chance))) for _ in range(replicates)])
    edges = [(1 - level) / 2, (1 + level) / 2]
    low, high = np.quantile(drawn, edges, axis=0, method="inverted_cdf") if ranked else (np.empty(0), np.empty(0))

    values = told.values(np.ones(told.units, dtype=np.int64))
    ranks = _ranks(values)
    without = {one: told.values(told.without(one)) for one in told.publications}
    moved = {one: _ranks(found) for one, found in without.items()}
    rows = []
    for place, node in enumerate(ranked):
        changes = {
            one: (abs(int(moved[one][place] - ranks[place])), abs(float(without[one][place] - values[place])))
            for one in told.publications
        }
        most = max(told.publications, key=lambda one: changes[one], default="")
        most = most if most and any(changes[most]) else ""
        ends = [int(moved[one][place]) for one in told.publications] or [int(ranks[place])]
        rows.append(
            RankInterval(
                node=node,
                label=str(graph.nodes[node]["label"]),
                kind=str(graph.nodes[node]["kind"]),
                value=float(values[place]),
                rank=int(ranks[place]),
                low=int(low[place]),
                high=int(high[place]),
                without_low=min(ends),
                without_high=max(ends),
                depends_on=most,
                depends_rank=int(moved[most][place] if most else ranks[place]),
                depends_value=float(without[most][place] if most else values[place]),
            )
        )
    rows.sort(key=lambda row: (row.rank, row.label, row.node))
    return RankTable(
        rows=rows,
        by=by,
        replicates=replicates,
        seed=seed,
        level=level,
        publications=told.publications,
        finding=_finding(rows, by, level),
        methods=(
            f"{len(ranked)} organisations were ranked by {by}. Intervals hold the middle {level:.0%} of their ranks in "
            f"{replicates} bootstrap replicates (Efron and Tibshirani 1993; seed {seed}), which draw with replacement, "
            f"within each publication, from {told.units} case studies, each being what one publication tells of one "
            f"project. Sensitivity to sources: each of {len(told.publications)} publications was left out in turn."
        ),
    )


class _Taking(NamedTuple):
    """Who takes part in which project, a cell for each pair, and an entry for each unit that tells a cell."""

    node: np.ndarray
    project: np.ndarray
    cell: np.ndarray
    unit: np.ndarray

    def told(self, counts: np.ndarray) -> np.ndarray:
        """Return which cells are told where units are drawn so often; once, however many units tell a cell."""
        import numpy as np

        result = np.zeros(len(self.node), dtype=bool)
        result[self.cell[counts[self.unit] > 0]] = True
        return result


class _Told:
    """What publications tell of projects, in units: a unit is what one publication tells of one project."""

    def __init__(self, rows: list[Participation], nodes: list[str], partners: list[str], by: str) -> None:
        import numpy as np

        self.by = by
        keys = sorted({(row.publication, row.project) for row in rows})
        projects = sorted({name for _, name in keys})
        self.units, self.projects = len(keys), len(projects)
        self.publications = tuple(sorted({publication for publication, _ in keys if publication}))
        place = {name: number for number, name in enumerate(projects)}
        self.project_of = np.array([place[name] for _, name in keys], dtype=np.int64)
        self.publication_of = np.array([publication for publication, _ in keys], dtype=object)
        strata: dict[str, list[int]] = defaultdict(list)
        for number, (publication, _) in enumerate(keys):
            strata[publication].append(number)
        self.strata = [np.array(numbers) for numbers in strata.values()]
        number_of = {key: number for number, key in enumerate(keys)}
        units: dict[str, set[int]] = defaultdict(set)
        for row in rows:
            units[row.organisation].add(number_of[row.publication, row.project])

        def taking(chosen: list[str]) -> _Taking:
            entries = sorted(
                (who, int(self.project_of[unit]), unit) for who, node in enumerate(chosen) for unit in units[node]
            )
            cells = {(who, project_): None for who, project_, _ in entries}
            cell_of = {cell: number for number, cell in enumerate(cells)}
            node, project_ = np.array(list(cells), dtype=np.int64).reshape(-1, 2).T
            cell = np.array([cell_of[who, what] for who, what, _ in entries], dtype=np.int64)
            return _Taking(node, project_, cell, np.array([unit for _, _, unit in entries], dtype=np.int64))

        self.same, self.count = nodes == partners, len(nodes)
        self.nodes, self.others, self.everyone = map(taking, (nodes, partners, sorted(units)))
        beside: dict[int, list[int]] = defaultdict(list)
        for cell, project_ in enumerate(self.others.project.tolist()):
            beside[project_].append(cell)
        met = [
            (cell, other)
            for cell, project_ in enumerate(self.nodes.project.tolist())
            for other in beside[project_]
            if not self.same or self.nodes.node[cell] != self.others.node[other]
        ]
        self.one, self.other = np.array(met, dtype=np.int64).reshape(-1, 2).T
        pairs = self.nodes.node[self.one] * len(partners) + self.others.node[self.other]
        found, self.pair = np.unique(pairs, return_inverse=True)
        self.of_pair = found // max(len(partners), 1)

    def draw(self, chance: np.random.Generator) -> np.ndarray:
        """Return how often each unit is drawn."""
        import numpy as np

        counts = np.zeros(self.units, dtype=np.int64)
        for numbers in self.strata:
            counts += np.bincount(chance.choice(numbers, size=len(numbers)), minlength=self.units)
        return counts

    def without(self, publication: str) -> np.ndarray:
        """Return once each unit that another publication tells."""
        import numpy as np

        result: np.ndarray = np.asarray(self.publication_of != publication).astype(np.int64)
        return result

    def values(self, counts: np.ndarray) -> np.ndarray:
        """Return the measure of each node, each unit counted so often."""
        import numpy as np

        mine, theirs = self.nodes.told(counts), self.others.told(counts)
        if self.by == "degree":
            reached = np.zeros(len(self.of_pair), dtype=bool)
            reached[self.pair[mine[self.one] & theirs[self.other]]] = True
            return np.bincount(self.of_pair[reached], minlength=self.count).astype(float)
        times = np.zeros(self.projects, dtype=np.int64)
        np.maximum.at(times, self.project_of, counts)
        # partners of a node that takes part
        beside = np.bincount(self.others.project[theirs], minlength=self.projects) - (1 if self.same else 0)
        if self.by == "strength":
            weight = times * beside
        elif self.by == "projects":
            weight = times * (beside > 0)
        else:
            everyone = self.everyone.told(counts)
            size = np.bincount(self.everyone.project[everyone], minlength=self.projects)
            weight = np.divide(times * beside, size - 1, out=np.zeros(self.projects), where=size >= 2)
        found = np.bincount(self.nodes.node[mine], weights=weight[self.nodes.project[mine]], minlength=self.count)
        return np.asarray(np.round(found, 12))


def _ranks(values: np.ndarray) -> np.ndarray:
    """Return the place of each value, highest first, equal ones sharing a rank."""
    import numpy as np

    return 1 + len(values) - np.searchsorted(np.sort(values), values, side="right")


def _finding(rows: list[RankInterval], by: str, level: float) -> str:
    """Return what came of it."""
    if not rows:
        return "There is nothing to rank."
    top = [row for row in rows if row.rank == rows[0].rank]
    if not rows[0].value:
        return f"No organisation has any {by}."
    worst = max(row.high for row in top)
    if len(top) > 1:
        text = f"{len(top)} organisations share the first rank by {by}, with intervals of ranks down to {worst}"
    else:
        text = f"{top[0].label} is first by {by}, with an interval of ranks from {top[0].low} to {worst}"
    contest = sum(row.low <= worst for row in rows[len(top) :])
    moved = sum(row.without_low != row.without_high for row in rows)
    return (
        f"{text}; the {level:.0%} intervals of {contest} others reach into it, and the ranks of {moved} of {len(rows)} "
        "change with the publication left out."
    )
