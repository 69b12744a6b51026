"""Suggestions as results, and how good they are."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.network.analyses.base import SEED, values_of
from ccin_graph.network.bipartite import organisation_project_graph
from ccin_graph.network.filters import select
from ccin_graph.network.prediction import evaluate, suggestions
from ccin_graph.network.results import Column, Result, Run

if TYPE_CHECKING:
    from ccin_graph.network.tables import Tables


def predicted(
    tables: Tables,
    pairs: str,
    *,
    until: str = "2019",
    score: str = "resource-allocation",
    most: int = 20,
    seed: int = SEED,
) -> Run:
    """Say who might work with whom, and how good such sayings are.

    Parameters
    ----------
    tables : Tables
        The network body is left out.
    pairs : str
        ``council-affiliate`` or ``council-council``.
    until : str, optional
        The last date to learn from.
    score, most : optional
        As for :func:`~ccin_graph.network.prediction.suggestions`.
    seed : int, optional

    Returns
    -------
    Run
        With the results ``prediction`` and ``suggestions``.
    """
    rows = select(tables.participations, network_body=False)
    tried = evaluate(rows, tables.dates, until=until, pairs=pairs, seed=seed)
    themes = values_of(tables, organisation_project_graph(rows)).get("theme", {})
    found = suggestions(rows, pairs=pairs, score=score, themes=themes, most=most)
    pair = Column("pairs", "text", "what kinds of organisations", "dimension")
    return Run(
        name=f"prediction.{pairs}",
        finding=tried.statement,
        methods=(
            f"Pairs of the kind {pairs} without a tie in publications up to {until} were scored in the network of all "
            "organisations but the network body: common neighbours and the degree product (Liben-Nowell and Kleinberg "
            "2007), Adamic and Adar (2003) and resource allocation (Zhou, Lü and Zhang 2009). Scores were compared by "
            "average precision, equal scores sharing a place, against pairs told of in later publications; 95% "
            f"intervals of the difference from the degree product come from 1000 resamples of pairs (seed {seed}). "
            f"Suggestions are the {most} pairs that score highest by {score} over all publications."
        ),
        parameters={"pairs": pairs, "until": until, "score": score, "resamples": 1000, "seed": seed, "most": most},
        results=(
            Result(
                "prediction",
                "how well scores find pairs that later publications tell of",
                (
                    pair,
                    Column("score", "text", "how pairs were scored", "dimension"),
                    Column("average_precision", "number", "average precision"),
                    Column("prevalence", "number", "average precision of chance: positives by candidates"),
                    Column("low", "number", "lower end of the 95% interval of its difference from the baseline"),
                    Column("high", "number", "upper end of it"),
                    Column("beats", "truth", "whether it beats the baseline"),
                    Column("candidates", "integer", "pairs that could have come true"),
                    Column("positives", "integer", "pairs that did"),
                    Column("unseen", "integer", "new pairs of which one end was not known"),
                ),
                [
                    (
                        pairs,
                        one.name,
                        one.average_precision,
                        tried.prevalence,
                        one.low,
                        one.high,
                        one.beats,
                        tried.candidates,
                        tried.positives,
                        tried.unseen,
                    )
                    for one in tried.scores
                ],
            ),
            Result(
                "suggestions",
                "who might work with whom, and why",
                (
                    pair,
                    Column("one", "thing", "one organisation", "dimension"),
                    Column("other", "thing", "the other", "dimension"),
                    Column("rank", "integer", "place, equal ones sharing it"),
                    Column("oneLabel", "text", "its name", "note"),
                    Column("otherLabel", "text", "its name", "note"),
                    Column("score", "number", "the score"),
                    Column("reasons", "texts", "why, in words", "note"),
                    Column("common_partners", "things", "organisations that worked with both", "attribute"),
                    Column("projects", "things", "the projects in which they did: the evidence", "attribute"),
                    Column("partners", "integer", "how many organisations worked with both"),
                    Column("themes", "integer", "themes that both work on"),
                    Column("same_region", "truth", "whether both are known to be in one region"),
                ),
                [
                    (
                        pairs,
                        one.one,
                        one.other,
                        one.rank,
                        one.one_label,
                        one.other_label,
                        one.score,
                        one.reasons,
                        one.common_partners,
                        one.projects,
                        len(one.common_partners),
                        len(one.shared_themes),
                        bool(one.region),
                    )
                    for one in found
                ],
            ),
        ),
    )
