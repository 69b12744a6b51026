"""Measures of networks as results: a row for each node, and one for each figure of the whole."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from ccin_graph.network.analyses.base import MIXED, NETWORK
from ccin_graph.network.catalogue import projection
from ccin_graph.network.communities import Communities
from ccin_graph.network.measures import Measure, measures
from ccin_graph.network.overview import summary
from ccin_graph.network.results import Column, Result, Run
from ccin_graph.network.structure import assortativity, partner_gini, structure

if TYPE_CHECKING:
    import networkx as nx


_MEASURES = {
    "rank": "place by degree, equal ones sharing it",
    "degree": "number of ties",
    "strength": "sum of what is shared over the ties",
    "newman": "sum of Newman's collaboration weight over the ties",
    "projects": "distinct projects behind the ties",
    "betweenness": "share of the shortest paths between others that run through it",
    "closeness": "closeness after Wasserman and Faust",
    "eigenvector": "eigenvector centrality in the largest component",
    "clustering": "share of pairs of neighbours that are tied",
    "core": "largest k of a k-core that holds it",
    "component": "its component, 1 being the largest",
    "pagerank": "PageRank with damping 0.85",
    "constraint": "Burt's constraint",
    "effective_size": "Burt's effective size",
    "two_steps": "nodes reached by one or two ties",
    "bridges": "its ties that are bridges",
    "articulation": "whether others would no longer reach each other without it",
    "community": "its community",
    "stability": "share of runs in which it is with its community",
    "participation": "how evenly its ties spread over communities",
}
_NOTES = {"label": "its name", "kind": "what it is", "region": "its region"}
_COUNTS = {"rank", "degree", "strength", "projects", "core", "component", "two_steps", "bridges", "community"}
_LACKING = {"constraint", "community", "stability", "participation"}

NODE_COLUMNS = (
    NETWORK,
    Column("node", "thing", "the node", "dimension"),
    *(Column(name, "text", about, "note") for name, about in _NOTES.items()),
    *(
        Column(
            name,
            "truth" if name == "articulation" else "integer" if name in _COUNTS else "number",
            about,
            "attribute" if name in _LACKING else "measure",
        )
        for name, about in _MEASURES.items()
    ),
)
"""The columns of the table of measures."""


def measured(graph: nx.Graph[str], name: str, *, groups: Communities | None = None, by: str = "degree") -> Run:
    """Measure a network: a row for each node, and one for each figure of the whole.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`network` returns.
    name : str
        Its name.
    groups : Communities, optional
        A division of it.
    by : str, optional
        The measure to rank by.

    Returns
    -------
    Run
        With the results ``measures`` and ``networks``. A figure that is not defined has no row.
    """
    found = measures(graph, by=by, groups=groups)
    known = {one.name for one in fields(Measure)}
    nodes = [tuple(getattr(row, column.name) for column in NODE_COLUMNS if column.name in known) for row in found]
    whole = _figures(graph)
    size = summary(graph)
    return Run(
        name=f"measures.{name}",
        finding=(
            f"{size.nodes} nodes, {size.edges} ties; the largest of {size.components} components has "
            f"{size.largest_component} nodes, {size.isolates} nodes have no tie; density {size.density:.3g}."
        ),
        methods=(
            f"The network '{name}' ({projection(name).about}) has {size.nodes} nodes and {size.edges} ties. Degree, "
            "betweenness (Freeman 1977), closeness (Wasserman and Faust 1994), eigenvector centrality (Bonacich 1987, "
            "largest component only), PageRank (Brin and Page 1998, damping 0.85), k-cores (Seidman 1983), clustering "
            "(Watts and Strogatz 1998), constraint and effective size (Burt 1992) were computed on the unweighted "
            "network; strength counts what ties share, Newman's weight (2001) divides each project by its participants "
            f"less one. Ranks are by {by}."
        ),
        parameters={"network": name, "by": by},
        results=(
            Result("measures", "measures of the nodes of networks", NODE_COLUMNS, [(name, *row) for row in nodes]),
            Result(
                "networks",
                "figures of whole networks",
                (
                    NETWORK,
                    Column("figure", "text", "what was measured", "dimension"),
                    Column("value", "number", "the figure"),
                    Column("about", "text", "what it means", "note"),
                ),
                [(name, figure, float(value), about) for figure, value, about in whole if value is not None],
            ),
        ),
    )


def _figures(graph: nx.Graph[str]) -> list[tuple[str, float | None, str]]:
    """Return the figures of a whole network, None where one is not defined."""
    size, whole = summary(graph), structure(graph)
    found: list[tuple[str, float | None, str]] = [
        ("nodes", size.nodes, "nodes"),
        ("ties", size.edges, "ties"),
        ("components", size.components, "connected components, a node without ties being one"),
        ("largest-component", size.largest_component, "nodes of the largest component"),
        ("isolates", size.isolates, "nodes without ties"),
        ("density", size.density, "ties as a share of those possible"),
        ("mean-degree", size.mean_degree, "ties per node"),
        ("articulation-points", len(whole.articulations), "nodes without which others lose touch"),
        ("bridges", len(whole.bridges), "ties without which their ends lose touch"),
        ("two-steps", whole.two_steps, "mean share of the others reached by one or two ties"),
        ("degree-gini", whole.degree_gini, "Gini coefficient of the degrees"),
        ("degree-assortativity", whole.degree_assortativity, "correlation of the degrees at the ends of ties"),
    ]
    if {data.get("side") for _, data in graph.nodes(data=True)} == {"focus", "partner"}:
        for side, value in partner_gini(graph).items():
            found.append((f"gini-of-{side}", value, f"Gini coefficient of the degrees on the side '{side}'"))
    for attribute in ("kind", *MIXED):
        mixing = assortativity(graph, attribute)
        found.append((f"assortativity-{attribute}", mixing.coefficient, f"Newman's r by {attribute}"))
        if mixing.ties:
            share = mixing.within / mixing.ties
            found.append((f"within-{attribute}", share, f"share of ties within one {attribute}, of those known"))
    return found
