"""Ties against null models as results: which of them are more than chance."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.network.analyses.base import NETWORK, SEED, joint_work
from ccin_graph.network.bipartite import organisation_project_graph, sides
from ccin_graph.network.results import Cell, Column, Result, Run
from ccin_graph.network.significance import validated_backbone

if TYPE_CHECKING:
    import networkx as nx

    from ccin_graph.network.null_models import NullModels
    from ccin_graph.network.tables import Tables


def validated(
    tables: Tables, name: str, *, models: NullModels | None = None, rate: float = 0.05, seed: int = SEED
) -> tuple[Run, nx.Graph[str]]:
    """Test the ties of a network of joint work against two null models.

    Parameters
    ----------
    tables : Tables
    name : str
        One of :data:`WORK`.
    models : NullModels, optional
        Made before, for several networks; made with `seed` if not given.
    rate : float, optional
        The false-discovery rate.
    seed : int, optional

    Returns
    -------
    tuple of Run and networkx.Graph
        The result is ``backbone``, all ties with their chances; the graph has those that survive.

    Raises
    ------
    NetworkError
        If the network is no projection of organisations and projects.
    """
    from ccin_graph.network.null_models import null_models

    joint_work(name)
    graph = organisation_project_graph(tables.participations)
    organisations, _ = sides(graph)
    of = {kind: [one for one in organisations if graph.nodes[one]["kind"] == kind] for kind in ("council", "affiliate")}
    others = [one for one in organisations if graph.nodes[one]["kind"] != "council"]
    nodes, partners = {
        "council-council": (of["council"], None),
        "council-partner": (of["council"], others),
        "council-affiliate": (of["council"], of["affiliate"]),
        "organisation-organisation": (organisations, None),
    }[name]
    models = models or null_models(graph, seed=seed)
    found = validated_backbone(graph, nodes, partners=partners, rate=rate, models=models)
    found.graph.graph["name"] = f"backbone-{name}"
    columns = (
        NETWORK,
        Column("one", "thing", "one end of the tie", "dimension"),
        Column("other", "thing", "the other end", "dimension"),
        Column("oneLabel", "text", "its name", "note"),
        Column("otherLabel", "text", "its name", "note"),
        Column("shared", "integer", "projects in common"),
        Column("expected", "number", "projects in common that the configuration model expects"),
        Column("p_bicm", "number", "chance of as many in the configuration model"),
        Column("q_bicm", "number", "smallest false-discovery rate at which it survives there"),
        Column("p_curveball", "number", "chance of as many under the curveball randomisation"),
        Column("q_curveball", "number", "smallest false-discovery rate at which it survives there"),
        Column("survives", "truth", "whether it survives in both"),
        Column("projects", "things", "the projects", "attribute"),
    )
    rows: list[tuple[Cell, ...]] = [
        (
            name,
            tie.one,
            tie.other,
            tie.label,
            tie.other_label,
            tie.shared,
            tie.expected,
            tie.p_bicm,
            tie.q_bicm,
            tie.p_curveball,
            tie.q_curveball,
            tie.survives,
            tie.projects,
        )
        for tie in found.ties
    ]
    run = Run(
        name=f"backbone.{name}",
        finding=found.finding,
        methods=found.methods,
        parameters={
            "network": name,
            "rate": rate,
            "seed": seed,
            "tests": found.tests,
            "survivors": found.both,
            "only-configuration-model": found.only_bicm,
            "only-curveball": found.only_curveball,
        },
        results=(Result("backbone", "ties and how likely chance alone gives them", columns, rows),),
    )
    return run, found.graph
