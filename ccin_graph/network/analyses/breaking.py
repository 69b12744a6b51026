"""What breaks when somebody leaves, as results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.network.analyses.base import LABEL, NETWORK, SEED
from ccin_graph.network.bipartite import organisation_project_graph
from ccin_graph.network.filters import COUNCIL, NETWORK_BODY
from ccin_graph.network.projections import organisation_organisation
from ccin_graph.network.results import Cell, Column, Result, Run
from ccin_graph.network.robustness import attack, damage, damages

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccin_graph.network.robustness import Damage
    from ccin_graph.network.tables import Tables


FUNDING = "Funding"
"""The role of funders."""


def broken(tables: Tables, *, runs: int = 100, seed: int = SEED) -> Run:
    """Say what breaks when an affiliate, a funder or the network body leaves the network of organisations.

    Parameters
    ----------
    tables : Tables
    runs, seed : int, optional
        As for :func:`~ccin_graph.network.robustness.attack`.

    Returns
    -------
    Run
        With the results ``robustness`` and ``attack``.
    """
    worked = organisation_project_graph(tables.participations)
    everyone = organisation_project_graph(tables.participations, working_only=False)
    graph = organisation_organisation(worked)
    # a council that funds is left in: its leaving is another question
    funders = sorted({row.organisation for row in tables.participations if row.role == FUNDING and row.kind != COUNCIL})
    affiliates = [node for node in graph if graph.nodes[node]["kind"] == "affiliate"]
    found = [("leaves", one.removed[0], one.labels[0], one) for one in damages(graph)]
    found += [
        ("leaves with its projects", one.removed[0], one.labels[0], one)
        for one in damages(everyone, {*funders, *({NETWORK_BODY} & set(everyone))}, projects_fall=True)
    ]
    if affiliates:
        found.append(("leave", "all affiliates", f"All affiliates ({len(affiliates)})", damage(graph, affiliates)))
    if funders:
        gone = damage(everyone, funders, projects_fall=True)
        found.append(("leave with their projects", "all funders", f"All funders but councils ({len(funders)})", gone))
    curve = attack(graph, runs=runs, seed=seed)
    columns = (
        Column("case", "text", "whether projects fall with those who leave", "dimension"),
        Column("who", "text", "who leaves", "dimension"),
        LABEL,
        Column("stay", "integer", "organisations that stay"),
        Column("largest_before", "integer", "of these, in the largest component before"),
        Column("largest_after", "integer", "and after"),
        Column("reach_before", "number", "mean number reached by one or two ties before"),
        Column("reach_after", "number", "and after"),
        Column("cut_off", "integer", "that lose all their ties"),
        Column("projects_fallen", "integer", "projects that go too"),
    )
    steps = (
        NETWORK,
        Column("left", "integer", "how many have left", "dimension"),
        Column("targeted", "integer", "largest component, the best connected leaving first"),
        Column("random_mean", "number", "the same for random orders, on average"),
        Column("random_low", "integer", "lower end of 95% of the random orders"),
        Column("random_high", "integer", "upper end of it"),
    )
    return Run(
        name="robustness.organisation-organisation",
        finding=_breaking(found, curve.targeted_robustness, curve.random_robustness),
        methods=(
            "In the network of organisations that worked in the same project, each organisation was taken out in turn; "
            "for funders that are no councils and the network body, in the two-mode graph with all roles, their "
            "projects were taken out "
            "with them. Size of the largest component and mean reach by one or two ties are counted among those that "
            "stay (Borgatti 2006). The best connected leaving one after the other, degrees taken anew at each step "
            "(Albert, "
            f"Jeong and Barabási 2000; Holme et al. 2002), was compared with {runs} random orders (seed {seed}) by "
            "Schneider's R (2011)."
        ),
        parameters={
            "network": "organisation-organisation",
            "runs": runs,
            "seed": seed,
            "targeted-robustness": round(curve.targeted_robustness, 6),
            "random-robustness": round(curve.random_robustness, 6),
        },
        results=(
            Result("robustness", "what breaks when somebody leaves", columns, [_damage(*one) for one in found]),
            Result(
                "attack",
                "how the largest component shrinks",
                steps,
                [
                    ("organisation-organisation", number, *row)
                    for number, row in enumerate(
                        zip(curve.targeted, curve.random_mean, curve.random_low, curve.random_high, strict=True)
                    )
                ],
            ),
        ),
    )


def _damage(case: str, who: str, label: str, one: Damage) -> tuple[Cell, ...]:
    return (
        case,
        who,
        label,
        one.stay,
        one.largest_before,
        one.largest_after,
        one.reach_before,
        one.reach_after,
        len(one.cut_off),
        one.projects_fallen,
    )


def _breaking(found: Iterable[tuple[str, str, str, Damage]], targeted: float, random: float) -> str:
    """Return what breaks, in a sentence."""
    alone = [(label, one) for case, _, label, one in found if case == "leaves"]
    if not alone:
        return "Nobody is there to leave."
    label, one = alone[0]
    return (
        f"The largest loss by one organisation is that of {label}: of {one.largest_before} others in the largest "
        f"component {one.largest_after} stay together, {len(one.cut_off)} lose all their ties. Schneider's R is "
        f"{targeted:.3f} when the best connected leave first and {random:.3f} at random."
    )
