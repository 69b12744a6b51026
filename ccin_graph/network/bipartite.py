"""The two-mode graph: organisations on one side, the projects that they took part in on the other."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable

    import networkx as nx

    from ccin_graph.network.participation import Participation

ORGANISATION = "organisation"
PROJECT = "project"


def organisation_project_graph(
    participations: Iterable[Participation],
    *,
    roles: Collection[str] | None = None,
    working_only: bool = True,
) -> nx.Graph[str]:
    """Return the bipartite graph of organisations and the projects that they took part in.

    Parameters
    ----------
    participations : iterable of Participation
        The table. The order of its rows changes nothing.
    roles : collection of str, optional
        Keep only rows with one of these roles; None keeps all.
    working_only : bool, optional
        Keep only rows whose role is a working one. It holds beside `roles`: a role that is not a working one is
        left out even if it is named there, unless this is False.

    Returns
    -------
    networkx.Graph
        Nodes are IRIs with ``label``, ``kind`` (of the organisation, or ``project``) and ``side``
        (``organisation`` or ``project``); organisations also have ``categories`` (sorted tuple) and, where it is
        known, ``region``. An edge stands for taking part, once however many roles: ``roles`` and
        ``publications`` are sorted tuples. Nodes and edges come in sorted order. What has no row that is kept is
        not in the graph.

    Raises
    ------
    NetworkError
        If rows disagree on the name, kind or region of an organisation or on the name of a project, if an IRI
        is an organisation in one row and a project in another, or if `roles` is a single string.

    Examples
    --------
    >>> from ccin_graph.network import Participation
    >>> graph = organisation_project_graph([
    ...     Participation("ex:oldham", "Oldham", "council", "ex:food", "Food hub", "lead", True),
    ...     Participation("ex:oldham", "Oldham", "council", "ex:food", "Food hub", "funding", True),
    ...     Participation("ex:co-op", "Co-op", "affiliate", "ex:food", "Food hub", "signatory", False),
    ... ])
    >>> list(graph), graph.edges["ex:oldham", "ex:food"]["roles"]
    (['ex:oldham', 'ex:food'], ('funding', 'lead'))
    """
    import networkx as nx

    if isinstance(roles, str):
        raise NetworkError(f"roles are given one by one, not as {roles!r}", remedy=f"Write [{roles!r}].")
    kept = [row for row in participations if (row.working or not working_only) and (roles is None or row.role in roles)]
    organisations: dict[str, list[Participation]] = defaultdict(list)
    projects: dict[str, list[Participation]] = defaultdict(list)
    ties: dict[tuple[str, str], list[Participation]] = defaultdict(list)
    for row in kept:
        organisations[row.organisation].append(row)
        projects[row.project].append(row)
        ties[row.organisation, row.project].append(row)

    graph: nx.Graph[str] = nx.Graph(name="organisation-project")
    for iri, rows in sorted(organisations.items()):
        if iri in projects:
            raise NetworkError(f"{iri} is an organisation in one row and a project in another")
        region = _agreed(iri, "region", {row.region for row in rows if row.region})
        graph.add_node(
            iri,
            label=_agreed(iri, "name", {row.label for row in rows}),
            kind=_agreed(iri, "kind", {row.kind for row in rows}),
            side=ORGANISATION,
            categories=tuple(sorted({category for row in rows for category in row.categories})),
            **({"region": region} if region else {}),
        )
    for iri, rows in sorted(projects.items()):
        label = _agreed(iri, "name", {row.project_label for row in rows})
        graph.add_node(iri, label=label, kind=PROJECT, side=PROJECT)
    for (organisation, project), rows in sorted(ties.items()):
        graph.add_edge(
            organisation,
            project,
            roles=tuple(sorted({row.role for row in rows})),
            publications=tuple(sorted({row.publication for row in rows if row.publication})),
        )
    sides(graph)
    return graph


def sides(graph: nx.Graph[str]) -> tuple[list[str], list[str]]:
    """Return the organisations and the projects of a bipartite graph, after checking that it is one.

    Parameters
    ----------
    graph : networkx.Graph
        A graph whose nodes have the attribute ``side``.

    Returns
    -------
    tuple of two lists of str
        Organisations and projects, each sorted.

    Raises
    ------
    NetworkError
        If the graph is directed or a multigraph, if a node stands on neither side, or if an edge joins two nodes
        of one side.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph([("ex:oldham", "ex:food")])
    >>> nx.set_node_attributes(graph, {"ex:oldham": "organisation", "ex:food": "project"}, "side")
    >>> sides(graph)
    (['ex:oldham'], ['ex:food'])
    """
    if graph.is_directed() or graph.is_multigraph():
        raise NetworkError("a two-mode graph is undirected and has one edge for each pair")
    found: dict[str, list[str]] = {ORGANISATION: [], PROJECT: []}
    for node, data in graph.nodes(data=True):
        side = data.get("side")
        if side not in found:
            raise NetworkError(
                f"{node} has the side {side!r}, which is neither {ORGANISATION} nor {PROJECT}",
                remedy="Make the graph with organisation_project_graph.",
            )
        found[side].append(node)
    for one, other in graph.edges:
        if graph.nodes[one]["side"] == graph.nodes[other]["side"]:
            raise NetworkError(f"{one} and {other} are joined, but both are on the {graph.nodes[one]['side']} side")
    return sorted(found[ORGANISATION]), sorted(found[PROJECT])


def _agreed(iri: str, what: str, values: set[str]) -> str:
    """Return the one value, or an empty string where there is none."""
    if len(values) > 1:
        raise NetworkError(f"the table gives {iri} more than one {what}: {', '.join(sorted(values))}")
    return next(iter(values), "")
