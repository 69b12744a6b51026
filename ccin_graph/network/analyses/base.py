"""What the analyses share: the networks with their attributes, and columns that many results have."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.agreement import nations
from ccin_graph.network.catalogue import projection
from ccin_graph.network.projections import (
    council_affiliate,
    council_council,
    council_partner,
    organisation_organisation,
)
from ccin_graph.network.results import Column

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx

    from ccin_graph.network.tables import Tables


SEED = 1
"""The seed of everything random, unless another is asked for."""

RUNS = 100
"""Runs of a method behind a consensus."""

MIXED = ("region", "nation", "type", "category")
"""What the ends of ties are compared by."""

WORK: dict[str, Callable[[nx.Graph[str]], nx.Graph[str]]] = {
    "council-council": council_council,
    "council-partner": council_partner,
    "council-affiliate": council_affiliate,
    "organisation-organisation": organisation_organisation,
}
"""The networks of joint work: projections of organisations and projects, which null models and time are for."""

NETWORK = Column("network", "text", "name of the network", "dimension")
LABEL = Column("label", "text", "its name", "note")


def network(tables: Tables, name: str) -> nx.Graph[str]:
    """Return a network by its name, with nation, type and category of each organisation that has them.

    Parameters
    ----------
    tables : Tables
    name : str
        One of :data:`~ccin_graph.network.catalogue.PROJECTIONS`.

    Returns
    -------
    networkx.Graph

    Raises
    ------
    NetworkError
        If there is no network of that name.
    """
    graph = projection(name).make(tables)
    for node, nation in nations(graph).items():
        graph.nodes[node]["nation"] = nation
    for attribute, values in sorted(tables.attributes.items()):
        for node in graph:
            if node in values:
                graph.nodes[node][attribute] = values[node]
    return graph


def values_of(tables: Tables, graph: nx.Graph[str]) -> dict[str, dict[str, list[str]]]:
    """Return themes and principles of the projects that each organisation worked in, and its region."""
    worked: dict[str, set[str]] = {}
    for row in tables.participations:
        if row.working:
            worked.setdefault(row.organisation, set()).add(row.project)
    regions = {node: str(data["region"]) for node, data in graph.nodes(data=True) if data.get("region")}
    result = {"region": {node: [region] for node, region in regions.items()}}
    for attribute, rows in tables.subjects.items():
        of: dict[str, set[str]] = {}
        for project_, subject in rows:
            of.setdefault(project_, set()).add(tables.labels.get(subject, subject))
        result[attribute] = {
            node: sorted(set().union(*(of.get(project_, set()) for project_ in worked.get(node, {node}))))
            for node in graph
        }
    return result


def joint_work(name: str) -> Callable[[nx.Graph[str]], nx.Graph[str]]:
    """Return the projection of a network of joint work by its name, or say that it is none."""
    if name not in WORK:
        raise NetworkError(f"'{name}' is no network of joint work", remedy=f"Take one of {', '.join(WORK)}.")
    return WORK[name]
