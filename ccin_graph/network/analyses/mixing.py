"""Permutation tests as results: whether like works with like, and affiliates across regions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.network.analyses.base import MIXED, NETWORK, SEED, network
from ccin_graph.network.permutation import affiliates_across_regions, attribute_assortativity
from ccin_graph.network.results import Cell, Column, Result, Run

if TYPE_CHECKING:
    from ccin_graph.network.permutation import PermutationTest
    from ccin_graph.network.tables import Tables


def mixed(tables: Tables, *, permutations: int = 9999, seed: int = SEED) -> list[Run]:
    """Test whether like works with like, and whether affiliates work across regions.

    Parameters
    ----------
    tables : Tables
    permutations, seed : int, optional
        As for :func:`~ccin_graph.network.permutation.attribute_assortativity`.

    Returns
    -------
    list of Run
        One for each network and attribute, each with the result ``mixing``.
    """
    found = []
    for name in ("council-council", "organisation-organisation"):
        graph = network(tables, name)
        for attribute in MIXED:
            test = attribute_assortativity(graph, attribute, permutations=permutations, seed=seed)
            found.append(_mixing(name, "assortativity", test))
    across = affiliates_across_regions(network(tables, "council-affiliate"), permutations=permutations, seed=seed)
    return [*found, _mixing("council-affiliate", "across", across)]


def _mixing(name: str, what: str, test: PermutationTest) -> Run:
    columns = (
        NETWORK,
        Column("test", "text", "assortativity of ties, or affiliates across regions", "dimension"),
        Column("attribute", "text", "what was shuffled", "dimension"),
        Column("observed", "number", "the statistic found"),
        Column("expected", "number", "its mean over permutations"),
        Column("low", "number", "lower end of the middle 95% of permutations"),
        Column("high", "number", "upper end of it"),
        Column("p", "number", "two-sided p-value"),
        Column("nodes", "integer", "nodes shuffled"),
        Column("units", "integer", "ties or pairs that the statistic is made of"),
    )
    row: tuple[Cell, ...] = (
        name,
        what,
        test.attribute,
        test.observed,
        test.expected,
        test.low,
        test.high,
        test.p,
        test.nodes,
        test.units,
    )
    return Run(
        name=f"mixing.{name}.{what}.{test.attribute}",
        finding=test.finding,
        methods=test.methods,
        parameters={
            "network": name,
            "attribute": test.attribute,
            "permutations": test.permutations,
            "seed": test.seed,
        },
        results=(Result("mixing", "whether like works with like", columns, [row]),),
    )
