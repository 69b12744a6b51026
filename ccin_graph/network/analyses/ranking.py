"""Ranks with their intervals as results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.analyses.base import LABEL, SEED
from ccin_graph.network.results import Cell, Column, Result, Run
from ccin_graph.network.uncertainty import rank_intervals

if TYPE_CHECKING:
    from ccin_graph.network.tables import Tables


RANKINGS = {
    "councils-by-partners": ("council", "not council"),
    "councils-by-councils": ("council", ""),
    "councils-by-affiliates": ("council", "affiliate"),
    "affiliates-by-councils": ("affiliate", "council"),
}
"""The rankings: whose ties are counted, to whom."""


def ranked(tables: Tables, ranking: str, *, by: str = "degree", replicates: int = 1000, seed: int = SEED) -> Run:
    """Rank organisations, with intervals.

    Parameters
    ----------
    tables : Tables
    ranking : str
        One of :data:`RANKINGS`.
    by : str, optional
        ``degree``, ``strength``, ``newman`` or ``projects``.
    replicates, seed : int, optional
        As for :func:`~ccin_graph.network.uncertainty.rank_intervals`.

    Returns
    -------
    Run
        With the result ``ranks``.

    Raises
    ------
    NetworkError
        If there is no such ranking.
    """
    if ranking not in RANKINGS:
        raise NetworkError(f"no ranking '{ranking}'", remedy=f"Rankings are {', '.join(RANKINGS)}.")
    focus, against = RANKINGS[ranking]
    working = [row for row in tables.participations if row.working]
    nodes = {row.organisation for row in working if row.kind == focus}
    partners = {
        "": None,
        "not council": {row.organisation for row in working if row.kind != "council"},
    }.get(against, {row.organisation for row in working if row.kind == against})
    found = rank_intervals(working, nodes, partners=partners, by=by, replicates=replicates, seed=seed)
    columns = (
        Column("ranking", "text", "who is ranked by ties to whom", "dimension"),
        Column("node", "thing", "the organisation", "dimension"),
        LABEL,
        Column("value", "number", f"the measure, {by}"),
        Column("rank", "integer", "place, equal ones sharing it"),
        Column("low", "integer", "better end of the 95% interval of the rank"),
        Column("high", "integer", "worse end of it"),
        Column("without_low", "integer", "best rank when one publication at a time is left out"),
        Column("without_high", "integer", "worst rank when one publication at a time is left out"),
        Column("depends_on", "thing", "the publication that the rank depends on most", "attribute"),
        Column("depends_rank", "integer", "rank without that publication"),
        Column("depends_value", "number", "value without that publication"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            ranking,
            row.node,
            row.label,
            row.value,
            row.rank,
            row.low,
            row.high,
            row.without_low,
            row.without_high,
            row.depends_on or None,
            row.depends_rank,
            row.depends_value,
        )
        for row in found.rows
    ]
    return Run(
        name=f"ranks.{ranking}",
        finding=found.finding,
        methods=found.methods,
        parameters={"ranking": ranking, "by": by, "replicates": replicates, "level": found.level, "seed": seed},
        results=(Result("ranks", "ranks and how far they can be trusted", columns, rows),),
    )
