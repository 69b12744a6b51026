"""A network over time, as far as dated publications tell: who joined, who is no longer named, which ties deepened.

A publication shows what its authors chose to tell when it appeared. That an organisation or a tie is *not told again*
does not mean that it ended, and the date of a publication is not the date of the work. So nothing here says that a
tie ended: the cumulative network only grows, and what a publication leaves out is called dropped, not over.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ccin_graph.errors import NetworkError
from ccin_graph.network.bipartite import organisation_project_graph
from ccin_graph.network.export import check_undirected, write_file
from ccin_graph.network.filters import date_of
from ccin_graph.network.overview import sorted_ties
from ccin_graph.network.projections import organisation_organisation

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from os import PathLike

    import networkx as nx

    from ccin_graph.network.participation import Participation

GEXF = "http://www.gexf.net/1.2draft"


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The network that one publication tells of, and that of all up to it.

    Parameters
    ----------
    publication : str
        Its IRI.
    date : str
        Its date: year, month and day as far as they are known.
    told : networkx.Graph
        The network that it tells of on its own.
    cumulative : networkx.Graph
        The network of all publications up to it together. It can hold ties that none of them tells of alone.
    """

    publication: str
    date: str
    told: nx.Graph[str]
    cumulative: nx.Graph[str]


@dataclass(frozen=True, slots=True)
class Change:
    """What one publication adds to those before it.

    Parameters
    ----------
    publication, date : str
        As in the snapshot.
    joined : tuple of str
        Nodes that no publication before it names, sorted.
    returned : tuple of str
        Nodes that it names and the one before it does not, but an earlier one does.
    dropped : tuple of str
        Nodes that the publication before it names and it does not.
    new_ties : tuple of (str, str)
        Ties that the network did not have before, sorted.
    deepened : tuple of (str, str)
        Ties that the network had, and that have more projects now.
    repeated : int
        Ties that this publication and the one before it both tell of.
    retold : int
        Those of `repeated` for which this publication names no project that the one before did not: one case told
        twice, and no sign that a tie lasts. 0 where ties do not have ``projects``.
    kept : float or None
        `repeated` as a share of the ties of the one before: their persistence. None if that had none, and for the
        first publication.
    kept_possible : float or None
        The same among ties whose two ends this publication names, so that they could have been told again: what
        is left of persistence when a publication speaks of others.
    overlap : float or None
        `repeated` as a share of the ties that either tells of (Jaccard [1]_); None if neither has any.

    References
    ----------
    .. [1] P. Jaccard, "The distribution of the flora in the alpine zone", New Phytologist 11, 37 (1912); between
       waves of a network as in T. A. B. Snijders, G. G. van de Bunt, C. E. G. Steglich, Social Networks 32, 44 (2010).
    """

    publication: str
    date: str
    joined: tuple[str, ...]
    returned: tuple[str, ...]
    dropped: tuple[str, ...]
    new_ties: tuple[tuple[str, str], ...]
    deepened: tuple[tuple[str, str], ...]
    repeated: int
    retold: int
    kept: float | None
    kept_possible: float | None
    overlap: float | None


def snapshots(
    participations: Iterable[Participation],
    dates: Mapping[str, str],
    make: Callable[[nx.Graph[str]], nx.Graph[str]] = organisation_organisation,
    *,
    working_only: bool = True,
) -> list[Snapshot]:
    """Return the network by publication and cumulatively, in the order of their dates.

    Parameters
    ----------
    participations : iterable of Participation
        The table.
    dates : mapping of str to str
        Dates of publications by their IRIs: ``2018``, ``2018-04`` or ``2018-04-21``, with ``~`` if about. A year
        stands before its months; equal dates are in the order of the IRIs.
    make : callable, optional
        The projection, a function of a two-mode graph.
    working_only : bool, optional
        As for :func:`~ccin_graph.network.bipartite.organisation_project_graph`.

    Returns
    -------
    list of Snapshot
        One for each publication that has a row.

    Raises
    ------
    NetworkError
        If a publication has no date, or a row no publication.

    Examples
    --------
    >>> from ccin_graph.network import Participation
    >>> rows = [
    ...     Participation(f"ex:{who}", who, "council", "ex:food", "Food hub", "lead", True, f"ex:{year}")
    ...     for who, year in [("c", 2021), ("a", 2018), ("b", 2018), ("a", 2021)]
    ... ]
    >>> for shot in snapshots(rows, {"ex:2018": "2018-04~", "ex:2021": "2021"}):
    ...     print(shot.date, len(shot.told), shot.cumulative.number_of_edges())
    2018-04 2 1
    2021 2 3
    """
    rows = list(participations)
    publications = sorted({row.publication for row in rows})
    order = sorted((date_of(publication, dates), publication) for publication in publications)

    def network(kept: Iterable[str]) -> nx.Graph[str]:
        wanted = set(kept)
        chosen = [row for row in rows if row.publication in wanted]
        return make(organisation_project_graph(chosen, working_only=working_only))

    return [
        Snapshot(publication, date, network([publication]), network(iri for _, iri in order[: place + 1]))
        for place, (date, publication) in enumerate(order)
    ]


def changes(shots: Sequence[Snapshot]) -> list[Change]:
    """Return what each publication adds to those before it.

    Parameters
    ----------
    shots : sequence of Snapshot
        What :func:`snapshots` returns.

    Returns
    -------
    list of Change
        One for each snapshot. For the first, all is new.

    Examples
    --------
    >>> from ccin_graph.network import Participation
    >>> rows = [
    ...     Participation(f"ex:{who}", who, "council", f"ex:{what}", what, "lead", True, f"ex:{year}")
    ...     for who, what, year in [("a", "p", 18), ("b", "p", 18), ("a", "q", 21), ("b", "q", 21), ("c", "q", 21)]
    ... ]
    >>> last = changes(snapshots(rows, {"ex:18": "2018", "ex:21": "2021"}))[-1]
    >>> last.joined, last.deepened, last.kept
    (('ex:c',), (('ex:a', 'ex:b'),), 1.0)
    """
    import networkx as nx

    result = []
    nothing: nx.Graph[str] = nx.Graph()
    before = network = nothing
    for shot in shots:
        earlier, now = set(sorted_ties(before)), set(sorted_ties(shot.told))
        known, ties = set(sorted_ties(network)), sorted_ties(shot.cumulative)
        again = len(earlier & now)
        retold = sum(1 for tie in earlier & now if set() < _projects(shot.told, tie) <= _projects(before, tie))
        possible = sum(1 for one, other in earlier if one in shot.told and other in shot.told)
        result.append(
            Change(
                publication=shot.publication,
                date=shot.date,
                joined=tuple(sorted(set(shot.told) - set(network))),
                returned=tuple(sorted((set(shot.told) - set(before)) & set(network))),
                dropped=tuple(sorted(set(before) - set(shot.told))),
                new_ties=tuple(tie for tie in ties if tie not in known),
                deepened=tuple(
                    tie for tie in ties if tie in known and _weight(shot.cumulative, tie) > _weight(network, tie)
                ),
                repeated=again,
                retold=retold,
                kept=again / len(earlier) if earlier else None,
                kept_possible=again / possible if possible else None,
                overlap=again / len(earlier | now) if earlier | now else None,
            )
        )
        before, network = shot.told, shot.cumulative
    return result


def write_dynamic_gexf(shots: Sequence[Snapshot], path: str | PathLike[str], *, stays: bool = True) -> Path:
    """Write a network over time as GEXF 1.2 with spells, which Gephi shows on its timeline.

    Parameters
    ----------
    shots : sequence of Snapshot
        What :func:`snapshots` returns.
    path : path-like
        The file; folders that do not exist are made.
    stays : bool, optional
        Whether what was told once stays to the end, as in the cumulative network. False gives each publication a
        spell of its own, up to the date of the next, so that what it does not tell of vanishes.

    Returns
    -------
    pathlib.Path
        The file written. Nodes have ``label`` and ``kind``, edges as their weight the ``shared`` of the last cumulative
        network. A date without month or day stands for its first day, as the timeline needs a day; publications of
        one day share their spells, and a spell of the last publication has no end. The same snapshots give the same
        bytes.

    Raises
    ------
    NetworkError
        If a graph is directed or a multigraph, if a name cannot be written in XML, or if the file cannot be written.

    Examples
    --------
    >>> import tempfile
    >>> from ccin_graph.network import Participation
    >>> rows = [
    ...     Participation(f"ex:{who}", who, "council", "ex:food", "Food hub", "lead", True, "ex:2018") for who in "ab"
    ... ]
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = write_dynamic_gexf(snapshots(rows, {"ex:2018": "2018-04~"}), Path(folder, "time.gexf"))
    ...     file.read_text("utf-8").count('<spell start="2018-04-01" />')
    3
    """
    days = sorted({_day(shot.date) for shot in shots})
    ends = dict(zip_longest(days, days[1:]))
    root = ElementTree.Element("gexf", {"xmlns": GEXF, "version": "1.2"})
    ElementTree.SubElement(ElementTree.SubElement(root, "meta"), "creator").text = "ccin-graph"
    mode = {"mode": "dynamic", "defaultedgetype": "undirected", "timeformat": "date"}
    graph = ElementTree.SubElement(root, "graph", mode)
    declared = ElementTree.SubElement(graph, "attributes", {"class": "node", "mode": "static"})
    ElementTree.SubElement(declared, "attribute", {"id": "kind", "title": "kind", "type": "string"})
    nodes, edges = ElementTree.SubElement(graph, "nodes"), ElementTree.SubElement(graph, "edges")
    if shots:
        whole = shots[-1].cumulative
        check_undirected(whole)
        for node in sorted(whole):
            data = whole.nodes[node]
            element = ElementTree.SubElement(nodes, "node", {"id": node, "label": str(data.get("label", node))})
            values = ElementTree.SubElement(element, "attvalues")
            ElementTree.SubElement(values, "attvalue", {"for": "kind", "value": str(data.get("kind", ""))})
            found = [_day(shot.date) for shot in shots if node in (shot.cumulative if stays else shot.told)]
            _spells(element, found, ends, stays=stays)
        for place, (one, other) in enumerate(_tied(shots, stays=stays)):
            weight = str(_weight(whole, (one, other)))
            element = ElementTree.SubElement(
                edges, "edge", {"id": str(place), "source": one, "target": other, "weight": weight}
            )
            found = [
                _day(shot.date) for shot in shots if (shot.cumulative if stays else shot.told).has_edge(one, other)
            ]
            _spells(element, found, ends, stays=stays)
    return _write(Path(path), root)


def _tied(shots: Sequence[Snapshot], *, stays: bool) -> list[tuple[str, str]]:
    """Return the ties that a file over time shows; those no publication tells of alone only where ties stay."""
    ties = sorted_ties(shots[-1].cumulative)
    return ties if stays else [tie for tie in ties if any(shot.told.has_edge(*tie) for shot in shots)]


def _spells(element: ElementTree.Element, found: list[str], ends: Mapping[str, str | None], *, stays: bool) -> None:
    """Add when something is there: from the first day on, or on each day up to the next."""
    spells = ElementTree.SubElement(element, "spells")
    for start, end in [(found[0], None)] if stays else _periods(found, ends):
        ElementTree.SubElement(spells, "spell", {"start": start, **({"end": end} if end else {})})


def _periods(found: list[str], ends: Mapping[str, str | None]) -> Iterator[tuple[str, str | None]]:
    """Yield start and end, one period where the end of one day's is the start of the next."""
    start = None
    for day, end in ends.items():
        if day in found:
            start = start or day
            if end is None or end not in found:
                yield start, end
                start = None


def _projects(graph: nx.Graph[str], tie: tuple[str, str]) -> set[str]:
    """Return the projects of a tie."""
    return set(graph.edges[tie].get("projects", ()))


def _weight(graph: nx.Graph[str], tie: tuple[str, str]) -> int:
    """Return how many projects a tie has."""
    return int(graph.edges[tie].get("shared", 1))


def _day(date: str) -> str:
    """Return the first day of a date."""
    return date + "-01" * (2 - date.count("-"))


def _write(path: Path, root: ElementTree.Element) -> Path:
    """Write XML that can be read back."""
    ElementTree.indent(root)
    content = b'<?xml version="1.0" encoding="UTF-8"?>\n' + ElementTree.tostring(root, "utf-8") + b"\n"
    try:
        ElementTree.fromstring(content)
    except ElementTree.ParseError as error:
        raise NetworkError(f"{path}: a name holds a character that cannot be written in XML") from error
    return write_file(path, content)
