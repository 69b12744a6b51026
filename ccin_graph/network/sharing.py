"""Networks of those that share something else than a project: a partner, an attribute such as a theme, a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.bipartite import ORGANISATION, PROJECT, organisation_project_graph, sides
from ccin_graph.network.projections import FOCUS, PARTNER, WEIGHTS, council_partner, project

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    import networkx as nx

    from ccin_graph.network.participation import Participation

LEAD = "lead"
"""The role of those whose projects a theme or a principle is theirs by."""


def council_council_by_partners(
    graph: nx.Graph[str], *, kinds: Collection[str] | None = None, weights: Collection[str] = ()
) -> nx.Graph[str]:
    """Return the network of councils that have partners in common, be it in different projects.

    A partner of a council is an organisation, not itself a council, that took part in a project with it. The two-mode
    graph of councils and partners is projected as :func:`project` does it, partners in the place of projects: so
    ``newman`` counts a partner of many councils for less.

    Parameters
    ----------
    graph : networkx.Graph
        What :func:`~ccin_graph.network.bipartite.organisation_project_graph` returns.
    kinds : collection of str, optional
        Count only partners of these kinds. A network body is everybody's partner: leave it out where that is not
        what is asked.
    weights : collection of str, optional
        As for :func:`project`.

    Returns
    -------
    networkx.Graph
        Every council of `graph`, with or without a tie. Edges have ``shared`` (the number of partners in common),
        ``newman``, ``partners`` (sorted list of them) and the further weights.

    Raises
    ------
    NetworkError
        If the graph is not bipartite, if `kinds` is a single string, or if there is no such weight.

    Examples
    --------
    >>> from ccin_graph.network import Participation, organisation_project_graph
    >>> table = [("oldham", "council", "food"), ("co-op", "affiliate", "food")]
    >>> table += [("luton", "council", "homes"), ("co-op", "affiliate", "homes")]
    >>> graph = organisation_project_graph(
    ...     Participation(who, who, kind, what, what, "partner", True) for who, kind, what in table
    ... )
    >>> council_council_by_partners(graph).edges["luton", "oldham"]
    {'shared': 1, 'newman': 1.0, 'partners': ['co-op']}
    """
    if isinstance(kinds, str):
        raise NetworkError(f"kinds are given one by one, not as {kinds!r}", remedy=f"Write [{kinds!r}].")
    pairs = council_partner(graph)
    councils = [node for node in pairs if pairs.nodes[node]["side"] == FOCUS]
    rows = [
        (council, partner)
        for council in councils
        for partner in pairs[council]
        if kinds is None or pairs.nodes[partner]["kind"] in kinds
    ]
    nodes = {council: {**graph.nodes[council]} for council in councils}
    return _by_rows("council-council-by-partners", rows, nodes, "partners", weights)


def by_attribute(
    rows: Iterable[tuple[str, str]],
    *,
    nodes: Mapping[str, Mapping[str, object]] | None = None,
    weights: Collection[str] = (),
    name: str = "by-attribute",
) -> nx.Graph[str]:
    """Return the network of those that share an attribute: councils by principles or themes, principles by councils.

    The two-mode graph of the table is projected as :func:`project` does it, attributes in the place of projects: so
    ``newman`` counts an attribute that many share for less.

    Parameters
    ----------
    rows : iterable of (str, str)
        Who has what, for example a council and a theme of its projects. A row that stands there twice counts once.
    nodes : mapping of str to mapping, optional
        Nodes that are there in any case, with their attributes (``graph.nodes`` of another network);
        others get themselves as ``label``.
    weights : collection of str, optional
        As for :func:`project`.
    name : str, optional
        Name of the network.

    Returns
    -------
    networkx.Graph
        Edges have ``shared`` (the number of attributes in common), ``newman``, ``attributes`` (sorted list of them)
        and the further weights.

    Raises
    ------
    NetworkError
        If something stands in both columns, or there is no such weight.

    Examples
    --------
    >>> rows = [("oldham", "food"), ("luton", "food"), ("luton", "housing"), ("preston", "housing")]
    >>> by_attribute(rows).edges["luton", "oldham"]
    {'shared': 1, 'newman': 1.0, 'attributes': ['food']}
    """
    return _by_rows(name, rows, nodes or {}, "attributes", weights)


def council_subject(
    participations: Iterable[Participation],
    subjects: Iterable[tuple[str, str]],
    *,
    labels: Mapping[str, str] | None = None,
    name: str = "council-subject",
    kind: str = "subject",
) -> nx.Graph[str]:
    """Return the two-mode network of councils and what the projects that they lead are about, or practise.

    Parameters
    ----------
    participations : iterable of Participation
        The table.
    subjects : iterable of (str, str)
        Projects and their themes, or their principles.
    labels : mapping of str to str, optional
        Names of subjects; without one, the IRI stands for it.
    name, kind : str, optional
        Name of the network, and kind of the nodes that are no councils.

    Returns
    -------
    networkx.Graph
        Every council with a working role and every subject of a project that one leads; ``side`` is ``focus`` for
        councils and ``partner`` for subjects. Edges have ``shared`` (the number of projects) and ``projects``.

    Examples
    --------
    >>> from ccin_graph.network import Participation
    >>> row = Participation("ex:oldham", "Oldham", "council", "ex:hub", "Food hub", "Lead", True)
    >>> list(council_subject([row], [("ex:hub", "ex:food")]).edges(data=True))
    [('ex:oldham', 'ex:food', {'shared': 1, 'projects': ['ex:hub']})]
    """
    import networkx as nx

    of: dict[str, set[str]] = {}
    for project_, subject in subjects:
        of.setdefault(project_, set()).add(subject)
    rows = [row for row in participations if row.kind == "council" and row.working]
    ties: dict[tuple[str, str], set[str]] = {}
    for row in rows:
        for subject in of.get(row.project, ()) if row.role.lower() == LEAD else ():
            ties.setdefault((row.organisation, subject), set()).add(row.project)
    result: nx.Graph[str] = nx.Graph(name=name)
    for row in sorted(rows, key=lambda row: row.organisation):
        region = {"region": row.region} if row.region else {}
        result.add_node(row.organisation, label=row.label, kind=row.kind, side=FOCUS, **region)
    for subject in sorted({subject for _, subject in ties}):
        result.add_node(subject, label=(labels or {}).get(subject, subject), kind=kind, side=PARTNER)
    for pair, projects in sorted(ties.items()):
        result.add_edge(*pair, shared=len(projects), projects=sorted(projects))
    return result


def subject_subject(
    participations: Iterable[Participation],
    subjects: Iterable[tuple[str, str]],
    *,
    labels: Mapping[str, str] | None = None,
    name: str = "subject-subject",
    kind: str = "subject",
    weights: Collection[str] = (),
) -> nx.Graph[str]:
    """Return the network of principles, or of themes: two are tied if a project has both.

    Parameters
    ----------
    participations : iterable of Participation
        The table: projects count that somebody worked in.
    subjects, labels, name, kind
        As for :func:`council_subject`.
    weights : collection of str, optional
        As for :func:`project`.

    Returns
    -------
    networkx.Graph
        Edges have ``shared`` (the number of projects), ``newman``, ``projects`` and the further weights.

    Examples
    --------
    >>> from ccin_graph.network import Participation
    >>> row = Participation("ex:oldham", "Oldham", "council", "ex:hub", "Food hub", "Lead", True)
    >>> found = subject_subject([row], [("ex:hub", "ex:learning"), ("ex:hub", "ex:innovation")])
    >>> found.edges["ex:innovation", "ex:learning"]["shared"]
    1
    """
    worked = {row.project for row in participations if row.working}
    rows = [(subject, project_) for project_, subject in subjects if project_ in worked]
    names = {subject: (labels or {}).get(subject, subject) for subject, _ in rows}
    nodes = {subject: {"label": label, "kind": kind} for subject, label in names.items()}
    return _by_rows(name, rows, nodes, "projects", weights)


def person_organisation(offices: Iterable[Participation]) -> nx.Graph[str]:
    """Return the two-mode network of people in public roles and the organisations that they stand for.

    Parameters
    ----------
    offices : iterable of Participation
        Who stands for which organisation: the person in the place of the project, the office in that of the role.

    Returns
    -------
    networkx.Graph
        People have ``kind`` and ``side`` ``person``. Edges have ``shared`` (the number of different offices) and
        ``roles`` (their names).

    Raises
    ------
    NetworkError
        As for :func:`~ccin_graph.network.bipartite.organisation_project_graph`.

    Examples
    --------
    >>> from ccin_graph.network import Participation
    >>> row = Participation("ex:oldham", "Oldham", "council", "ex:jo", "Jo Doe", "leader", True)
    >>> list(person_organisation([row]).edges(data="roles"))
    [('ex:oldham', 'ex:jo', ('leader',))]
    """
    graph = organisation_project_graph(offices)
    for person in sides(graph)[1]:
        graph.nodes[person].update(kind="person", side="person")
    for _, _, data in graph.edges(data=True):
        data["shared"] = len(data["roles"])
    graph.graph["name"] = "person-organisation"
    return graph


def _by_rows(
    name: str,
    rows: Iterable[tuple[str, str]],
    nodes: Mapping[str, Mapping[str, object]],
    what: str,
    weights: Collection[str],
) -> nx.Graph[str]:
    """Project a table of who has what onto who, with the name of what they share."""
    import networkx as nx

    pairs = sorted(set(rows))
    left, right = {who for who, _ in pairs}, {value for _, value in pairs}
    if both := sorted((left | set(nodes)) & right):
        raise NetworkError(f"in both columns of the table: {', '.join(both)}")
    graph: nx.Graph[str] = nx.Graph()
    for who in sorted(left | set(nodes)):
        graph.add_node(who, **{"label": who, **nodes.get(who, {}), "side": ORGANISATION})
    graph.add_nodes_from(sorted(right), side=PROJECT)
    graph.add_edges_from(pairs)
    result = project(graph, left | set(nodes), weights=weights)
    for who, data in result.nodes(data=True):
        data.pop("side")
        if "side" in nodes.get(who, {}):
            data["side"] = nodes[who]["side"]
    for _, _, data in result.edges(data=True):
        more = {weight: data.pop(weight) for weight in WEIGHTS if weight in weights}
        data[what] = data.pop("projects")
        data.update(more)
    result.graph["name"] = name
    return result
