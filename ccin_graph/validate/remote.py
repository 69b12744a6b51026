"""A graph that a SPARQL service holds against our shapes and rules, or against any other shapes.

The graph is fetched, graph by graph, into a file, and that is checked like any file of somebody's: in a process of its
own, with a limit of time and memory, that opens no connection.
"""

from __future__ import annotations

import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import DataError, EndpointError
from ccin_graph.findings import Finding, Location
from ccin_graph.store.http import shown_url
from ccin_graph.store.remote import RemoteStore
from ccin_graph.validate.bounded import Limits, check_files_bounded

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from ccin_graph.tree import Tree
    from ccin_graph.validate.shacl import Engine

#: More statements are not fetched.
MAX_STATEMENTS = 2_000_000

_NAMED = "SELECT DISTINCT ?graph WHERE { GRAPH ?graph { ?s ?p ?o } } ORDER BY ?graph"
_COUNT = "SELECT (COUNT(*) AS ?statements) WHERE { ?s ?p ?o }"
_ALL = "CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"
_ROWS = "SELECT ?s ?p ?o WHERE { ?s ?p ?o }"
#: Seconds for one answer, where the check as a whole may take longer.
_ANSWER = 120.0


def check_remote(
    endpoint: str,
    tree: Tree,
    graphs: Sequence[str] = (),
    shapes: Path | None = None,
    engine: Engine | None = None,
    limits: Limits | None = None,
) -> list[Finding]:
    """Check what a SPARQL service holds.

    Parameters
    ----------
    endpoint : str
        Address for queries.
    tree : Tree
    graphs : sequence of str, optional
        IRIs of the named graphs that are checked, together one graph. By default everything: the default graph and
        every named one.
    shapes : Path, optional
    engine : Engine, optional
        As `ccin_graph.validate.foreign.check_files` takes them.
    limits : Limits, optional
        Of fetching and checking together.

    Returns
    -------
    list of Finding
        Their place is the address; a graph has no lines.

    Raises
    ------
    EndpointError
        If the service is not reached, refuses or answers with what is no answer.
    DataError
        If it holds nothing, or too much, or the limits do not suffice.
    CcinError
        What `check_files` raises.
    """
    limits = limits or Limits()
    shown = shown_url(endpoint)
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fetched.nt"
        fetch_graph(endpoint, path, graphs, deadline=start + limits.seconds)
        left = replace(limits, seconds=max(1.0, limits.seconds - (time.monotonic() - start)))
        try:
            findings = check_files_bounded([path], tree, shapes, engine, left)
        except DataError as error:
            raise DataError(error.message.replace(str(path), shown), remedy=error.remedy) from error
    # What lies in the file of shapes stays there.
    here = str(path)
    return [replace(one, location=Location(shown)) if one.location.file in (here, "") else one for one in findings]


def fetch_graph(endpoint: str, path: Path, graphs: Sequence[str] = (), deadline: float | None = None) -> int:
    """Write what a SPARQL service holds as N-Triples.

    Parameters
    ----------
    endpoint : str
    path : Path
    graphs : sequence of str, optional
        Named graphs; by default everything.
    deadline : float, optional
        By `time.monotonic`; no answer is waited for after it.

    Returns
    -------
    int
        How many statements; one that stands in two graphs is written twice.

    Raises
    ------
    EndpointError
        If the service is not reached, refuses or answers with what is no answer.
    DataError
        If it holds nothing, or more than `MAX_STATEMENTS`, or nodes without IRI that it cannot give in one answer.
    """
    shown = shown_url(endpoint)

    def asking(named: tuple[str, ...]) -> RemoteStore:
        left = _ANSWER if deadline is None else deadline - time.monotonic()
        if left <= 0:
            raise DataError(f"{shown} takes too long to fetch", remedy="Name a graph of it, or give it more time.")
        return RemoteStore(endpoint, graphs=named, timeout=min(left, _ANSWER))

    wanted: list[tuple[str, ...]] = [(graph,) for graph in graphs]
    if not wanted:
        rows = asking(()).select(_NAMED).rows
        wanted = [(), *((row[0].value,) for row in rows if isinstance(row[0], ox.NamedNode))]
    sizes = {named: _size(asking(named)) for named in wanted}
    whole = sum(sizes.values())
    if whole > MAX_STATEMENTS:
        said = f"{shown} holds {whole} statements; at most {MAX_STATEMENTS} are fetched"
        raise DataError(said, remedy="Name the graph that is to be checked.")
    if not whole:
        raise DataError(f"{shown} holds no statement there", remedy="Name another graph, or mend the address.")
    with path.open("wb") as file:
        for number, (named, size) in enumerate(sizes.items()):
            if size:
                triples = _apart(_triples(asking, named, shown), number)
                ox.serialize(triples, file, format=ox.RdfFormat.N_TRIPLES)
    return whole


def _size(store: RemoteStore) -> int:
    ((count,),) = store.select(_COUNT).rows
    return int(getattr(count, "value", 0))


def _triples(
    asking: Callable[[tuple[str, ...]], RemoteStore], named: tuple[str, ...], shown: str
) -> Iterable[ox.Triple]:
    try:
        return asking(named).construct(_ALL)
    except EndpointError:
        # It cuts long answers: page by page, then, in which a node without an IRI has another name on every page.
        rows = asking(named).select(_ROWS).rows
    if any(isinstance(term, ox.BlankNode) for row in rows for term in row):
        said = f"{shown} cuts its answers, and nodes without IRI cannot be fetched page by page"
        raise DataError(said, remedy="Check a file of its data instead.") from None
    return [ox.Triple(*row) for row in rows]  # type: ignore[arg-type]


def _apart(triples: Iterable[ox.Triple], number: int) -> Iterable[ox.Triple]:
    """Give nodes without IRI names that those of another answer do not have."""

    def own(term: object) -> object:
        return ox.BlankNode(f"g{number}{term.value}") if isinstance(term, ox.BlankNode) else term

    return (ox.Triple(own(one.subject), one.predicate, own(one.object)) for one in triples)  # type: ignore[arg-type]
