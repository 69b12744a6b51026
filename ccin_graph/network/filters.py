"""Which rows of the table a network is made from, and which council each row counts for.

There are three views of councils over time. *As they were*: the table as it stands, where a council that was
abolished in 2023 and the one that took its place are two. *Rolled forward*: :func:`roll_forward` counts what a
council did for its successor. *By place*: :func:`by_place` counts it for the place, whoever governs it.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping

    import networkx as nx

    from ccin_graph.network.participation import Participation

COUNCIL = "council"
NETWORK_BODY = f"{BASE}organisation/ccin"
"""The Co-operative Councils' Innovation Network itself, which takes part in much that its members do."""

_DATE = re.compile(r"(\d{4})(-\d\d)?(-\d\d)?[~?%]?")


def select(
    participations: Iterable[Participation],
    *,
    publications: Collection[str] | None = None,
    dates: Mapping[str, str] | None = None,
    since: str | None = None,
    until: str | None = None,
    roles: Collection[str] | None = None,
    working_only: bool = False,
    kinds: Collection[str] | None = None,
    regions: Collection[str] | None = None,
    network_body: bool = True,
    without: Collection[str] = (),
) -> list[Participation]:
    """Return the rows that meet every condition given, in the order of the table.

    Parameters
    ----------
    participations : iterable of Participation
        The table.
    publications : collection of str, optional
        Keep rows that one of these publications states.
    dates : mapping of str to str, optional
        Dates of publications by their IRIs, as :func:`calendar` reads them; needed for `since` and `until`.
    since, until : str, optional
        Keep rows of publications dated in this period, both ends included. An end counts as far as it is given:
        ``until="2018"`` keeps April 2018. It is the date of the *publication*, not that of the work.
    roles : collection of str, optional
        Keep rows with one of these roles.
    working_only : bool, optional
        Keep rows whose role is a share in the work.
    kinds : collection of str, optional
        Keep rows of organisations of these kinds.
    regions : collection of str, optional
        Keep rows of organisations of these regions, and of those without a region the rows in projects where one
        of these regions is left after all other conditions.
    network_body : bool, optional
        False leaves out the network itself, :data:`NETWORK_BODY`; other networks (of the kind ``network``) stay.
    without : collection of str, optional
        IRIs of organisations to leave out.

    Returns
    -------
    list of Participation

    Raises
    ------
    NetworkError
        If a single string is given for a collection, if a date cannot be read, or if a period is asked for and a
        publication has no date.

    Examples
    --------
    >>> from ccin_graph.network import Participation
    >>> rows = [
    ...     Participation("ex:oldham", "Oldham", "council", "ex:food", "Food hub", "lead", True, "ex:2018"),
    ...     Participation(NETWORK_BODY, "The network", "network", "ex:food", "Food hub", "advice", True, "ex:2021"),
    ... ]
    >>> [row.label for row in select(rows, network_body=False)]
    ['Oldham']
    >>> [row.label for row in select(rows, dates={"ex:2018": "2018-04~", "ex:2021": "2021"}, since="2019")]
    ['The network']
    """
    given = {"publications": publications, "roles": roles, "kinds": kinds, "regions": regions, "without": without}
    for name, value in given.items():
        if isinstance(value, str):
            raise NetworkError(f"{name} are given one by one, not as {value!r}", remedy=f"Write [{value!r}].")
    conditions: list[Callable[[Participation], bool]] = []
    if publications is not None:
        conditions.append(lambda row: row.publication in publications)
    if since is not None or until is not None:
        first, last = calendar(since) if since else "", calendar(until) if until else ""
        conditions.append(lambda row: _within(date_of(row.publication, dates or {}), first, last))
    if roles is not None:
        conditions.append(lambda row: row.role in roles)
    if working_only:
        conditions.append(lambda row: row.working)
    if kinds is not None:
        conditions.append(lambda row: row.kind in kinds)
    if not network_body:
        conditions.append(lambda row: row.organisation != NETWORK_BODY)
    if without:
        conditions.append(lambda row: row.organisation not in without)
    kept = [row for row in participations if all(condition(row) for condition in conditions)]
    return kept if regions is None else _in_regions(kept, regions)


def strong_ties(
    graph: nx.Graph[str], least: float, *, weight: str = "shared", keep_isolates: bool = True
) -> nx.Graph[str]:
    """Return the network with only its strong ties.

    Parameters
    ----------
    graph : networkx.Graph
        A projection.
    least : float
        The smallest weight that is kept.
    weight : str, optional
        The attribute of ties that is compared.
    keep_isolates : bool, optional
        Whether a node stays that has no tie left.

    Returns
    -------
    networkx.Graph
        A copy.

    Raises
    ------
    NetworkError
        If a tie does not have the weight.

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.Graph()
    >>> graph.add_weighted_edges_from([("a", "b", 2), ("b", "c", 1)], weight="shared")
    >>> strong_ties(graph, 2, keep_isolates=False).edges
    EdgeView([('a', 'b')])
    """
    for one, other, data in graph.edges(data=True):
        if weight not in data:
            raise NetworkError(f"the tie of {one} and {other} has no weight {weight!r}")
    result: nx.Graph[str] = graph.copy()
    result.remove_edges_from([(one, other) for one, other, data in graph.edges(data=True) if data[weight] < least])
    if not keep_isolates:
        result.remove_nodes_from([node for node, degree in list(result.degree) if degree == 0])
    return result


def roll_forward(
    participations: Iterable[Participation],
    successors: Mapping[str, str],
    *,
    labels: Mapping[str, str] | None = None,
) -> list[Participation]:
    """Count what an abolished council did for the council that took its place.

    Parameters
    ----------
    participations : iterable of Participation
        The table.
    successors : mapping of str to str
        The successor of each council that has one, by IRI. It is followed to the end: a successor can have a
        successor. Each has one: for a council that was split, choose one or leave it out, as giving its past to
        several would count it several times.
    labels : mapping of str to str, optional
        Names of successors that have no row of their own.

    Returns
    -------
    list of Participation
        The rows with each council replaced; two that become equal are one. A successor without rows of its own
        gets its name from `labels` (else its IRI stands for it) and the region on which the councils agree that it
        stands for.

    Raises
    ------
    NetworkError
        If successors run in a circle.

    Examples
    --------
    >>> from ccin_graph.network import Participation
    >>> row = Participation("ex:taunton", "Taunton Deane", "council", "ex:food", "Food hub", "lead", True)
    >>> roll_forward([row], {"ex:taunton": "ex:somerset"}, labels={"ex:somerset": "Somerset"})[0].label
    'Somerset'
    """
    last = {}
    for council in successors:
        seen, current = [council], council
        while current in successors:
            current = successors[current]
            if current in seen:
                raise NetworkError(f"successors run in a circle: {' → '.join([*seen, current])}")
            seen.append(current)
        last[council] = current
    return _replaced(participations, last, labels or {})


def by_place(
    participations: Iterable[Participation],
    places: Mapping[str, str],
    *,
    labels: Mapping[str, str] | None = None,
) -> list[Participation]:
    """Count what councils did for their places, whichever council governs them.

    Parameters
    ----------
    participations : iterable of Participation
        The table.
    places : mapping of str to str
        The place of each council, by IRI; several councils can share one. A council that is not named stays.
    labels : mapping of str to str, optional
        Names of places; without one, the IRI stands for it.

    Returns
    -------
    list of Participation
        The rows with each council replaced by its place, which keeps the kind ``council``, so that every projection
        works on it, and has the region on which its councils agree. Two rows that become equal are one.

    Examples
    --------
    >>> from ccin_graph.network import Participation
    >>> rows = [Participation(f"ex:{who}", who, "council", "ex:food", "Food hub", "lead", True) for who in ("a", "b")]
    >>> [row.label for row in by_place(rows, {"ex:a": "ex:kent", "ex:b": "ex:kent"}, labels={"ex:kent": "Kent"})]
    ['Kent']
    """
    return _replaced(participations, places, labels or {})


def calendar(date: str) -> str:
    """Return the plain part of a date: year, month and day as far as they are known.

    Parameters
    ----------
    date : str
        ``2018``, ``2018-04`` or ``2018-04-21``, at the end ``~``, ``?`` or ``%`` where it is not certain (EDTF).

    Returns
    -------
    str
        Dates in the order of these texts are in the order of time, where a year stands before its months.

    Raises
    ------
    NetworkError
        If it is something else.

    Examples
    --------
    >>> calendar("2018-04~")
    '2018-04'
    """
    if not _DATE.fullmatch(date):
        raise NetworkError(f"{date!r} is no date", remedy="Write 2018, 2018-04 or 2018-04-21, with ~ if about.")
    return date.rstrip("~?%")


def date_of(publication: str, dates: Mapping[str, str]) -> str:
    """Return the plain date of a publication, or say that there is none.

    Parameters
    ----------
    publication : str
    dates : mapping of str to str

    Returns
    -------
    str

    Raises
    ------
    NetworkError
        If it has no date.
    """
    if publication not in dates:
        raise NetworkError(f"no date is given for {publication or 'a row without publication'}")
    return calendar(dates[publication])


def _within(date: str, first: str, last: str) -> bool:
    """Return whether a date lies in a period; an end that is a year covers all of it."""
    return (not first or date >= first[: len(date)]) and (not last or date[: len(last)] <= last)


def _in_regions(rows: list[Participation], regions: Collection[str]) -> list[Participation]:
    """Return the rows of regions, and those without a region in the same projects."""
    known = {row.organisation for row in rows if row.region}
    chosen = {row.organisation for row in rows if row.region in regions}
    projects = {row.project for row in rows if row.organisation in chosen}
    return [
        row for row in rows if row.organisation in chosen or (row.organisation not in known and row.project in projects)
    ]


def _replaced(
    participations: Iterable[Participation], targets: Mapping[str, str], labels: Mapping[str, str]
) -> list[Participation]:
    """Return rows with councils replaced, so that all rows of one IRI agree."""
    rows = list(participations)
    own = {row.organisation: row for row in rows if row.organisation not in targets}
    regions: dict[str, set[str]] = {}
    for row in rows:
        target = targets.get(row.organisation, row.organisation)
        if row.region and (target not in own or row.organisation == target):
            regions.setdefault(target, set()).add(row.region)

    def moved(row: Participation) -> Participation:
        if row.kind != COUNCIL or row.organisation not in targets:
            return row
        target = targets[row.organisation]
        found = regions.get(target, set())
        return replace(
            row,
            organisation=target,
            label=own[target].label if target in own else labels.get(target, target),
            kind=own[target].kind if target in own else COUNCIL,
            region=next(iter(found)) if len(found) == 1 else None,
        )

    return list(dict.fromkeys(map(moved, rows)))
