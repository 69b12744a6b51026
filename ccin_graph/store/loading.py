"""The dataset into a SPARQL service, graph by graph: by the Graph Store Protocol, or by Update.

Either way a graph is replaced as a whole, so that loading can be repeated, and interrupted, with the same result.
"""

from __future__ import annotations

import urllib.parse
import urllib.request
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import pyoxigraph as ox

from ccin_graph import __version__
from ccin_graph.errors import EndpointError, StoreError
from ccin_graph.store.http import Credentials, ServiceClient, checked_url, shown_url
from ccin_graph.store.remote import RemoteStore
from ccin_graph.vocabulary import BASE, GRAPH

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from ccin_graph.store.embedded import EmbeddedStore

_N_TRIPLES = "application/n-triples"

#: Where services keep their graph store, seen from the address for queries: Oxigraph; Fuseki; GraphDB and RDF4J.
_NEIGHBOURS = ("../store", "store", "../data", ".", "data", "rdf-graphs/service")

#: Triples in one INSERT DATA: some services take no long updates.
_BATCH = 2000

#: Beside the dataset's graphs, not among them: half a graph is nobody's answer.
_STAGING = BASE + "staging/"


@dataclass(frozen=True, slots=True)
class Loaded:
    """What `load_dataset` did.

    Parameters
    ----------
    where : str
        Address that it was sent to.
    how : str
        ``Graph Store Protocol`` or ``SPARQL Update``.
    graphs : dict of str to int
        Triples of each graph, as counted by the service.
    removed : tuple of str
        Graphs of an older dataset that are no more.
    """

    where: str
    how: str
    graphs: dict[str, int]
    removed: tuple[str, ...]


class Writer(Protocol):
    """A way to put graphs into a service."""

    how: str
    url: str

    def put(self, graph: str, triples: Iterable[bytes]) -> None:
        """Replace a graph by triples, each a line of N-Triples."""
        ...

    def delete(self, graph: str) -> None:
        """Remove a graph."""
        ...


def load_dataset(
    store: EmbeddedStore,
    endpoint: str,
    *,
    graph_store: str | None = None,
    update: str | None = None,
    timeout: float = 60.0,
    progress: Callable[[str, int], None] | None = None,
) -> Loaded:
    """Put every graph of the dataset into a service, and count there what arrived.

    Graphs of the dataset that the service has and the dataset has no more are removed; whatever else the service holds
    is left alone.

    Parameters
    ----------
    store : EmbeddedStore
    endpoint : str
        Address for queries.
    graph_store : str, optional
        Address of the Graph Store Protocol; by default one is looked for beside `endpoint`.
    update : str, optional
        Address for SPARQL Update, which is used instead.
    timeout : float, default 60
        Seconds that one answer may take.
    progress : callable, optional
        Called with each graph that was put, and its number of triples.

    Returns
    -------
    Loaded

    Raises
    ------
    EndpointError
        If the service is not reached or refuses, no graph store is found, or the counts differ afterwards.
    StoreError
        If both ways are named, or the dataset is empty or has triples outside its graphs.
    """
    if graph_store and update:
        raise StoreError("both a graph store and an update address", remedy="Name one of the two.")
    graphs = _by_graph(store)
    credentials = Credentials.from_environment()
    client = ServiceClient(timeout=timeout, credentials=credentials, writes=True)
    remote = RemoteStore(endpoint, graphs=(), timeout=timeout)
    before = _counts(remote)
    writer: Writer
    if update:
        writer = UpdateWriter(checked_url(update), client)
    else:
        writer = GraphStoreWriter(checked_url(graph_store or find_graph_store(endpoint, client)), client)
    for graph, lines in graphs.items():
        writer.put(graph, lines)
        if progress:
            progress(graph, len(lines))
    removed = tuple(sorted(set(before) - set(graphs)))
    for graph in removed:
        writer.delete(graph)
    return Loaded(writer.url, writer.how, _checked(_counts(remote), graphs, remote), removed)


def _by_graph(store: EmbeddedStore) -> dict[str, list[bytes]]:
    graphs: dict[str, list[bytes]] = {}
    for quad in store.quads():
        if not isinstance(quad.graph_name, ox.NamedNode) or not quad.graph_name.value.startswith(GRAPH):
            raise StoreError(f"a triple outside the dataset's graphs: {quad}", remedy="Run 'ccin-graph build' anew.")
        graphs.setdefault(quad.graph_name.value, []).append(f"{quad.triple} .\n".encode())
    if not graphs:
        raise StoreError("the dataset is empty", remedy="Run 'ccin-graph build'.")
    return {graph: sorted(graphs[graph]) for graph in sorted(graphs)}


def _counts(remote: RemoteStore) -> dict[str, int]:
    rows = remote.select(
        "SELECT ?graph (COUNT(*) AS ?triples) WHERE { GRAPH ?graph { ?s ?p ?o } "
        f'FILTER STRSTARTS(STR(?graph), "{GRAPH}") }} GROUP BY ?graph'
    ).rows
    counts = {getattr(graph, "value", ""): int(getattr(count, "value", "0")) for graph, count in rows}
    # Without any graph some services give one row of nothing, or of no graph and none.
    return {graph: count for graph, count in counts.items() if graph and count}


def _checked(found: dict[str, int], graphs: dict[str, list[bytes]], remote: RemoteStore) -> dict[str, int]:
    wanted = {graph: len(lines) for graph, lines in graphs.items()}
    if found != wanted:
        differ = [
            f"{graph.removeprefix(GRAPH)} {found.get(graph, 0)} of {wanted.get(graph, 0)}"
            for graph in sorted({*found, *wanted})
            if found.get(graph) != wanted.get(graph)
        ]
        raise EndpointError(
            f"{shown_url(remote.endpoint)} counts other triples than were sent: {', '.join(differ)}",
            remedy="Is it the query address of the same dataset? Load again once it is.",
        )
    return wanted


def find_graph_store(endpoint: str, client: ServiceClient) -> str:
    """Find the Graph Store Protocol beside an address for queries, without writing anything.

    Parameters
    ----------
    endpoint : str
    client : ServiceClient

    Returns
    -------
    str

    Raises
    ------
    EndpointError
        If none is found.
    """
    base = endpoint.partition("?")[0].rstrip("/")
    for neighbour in _NEIGHBOURS:
        # "../" stands beside the last part of the address, the others below it.
        url = base if neighbour == "." else urllib.parse.urljoin(f"{base}/", neighbour)
        request = urllib.request.Request(f"{url}?default", headers={"Accept": _N_TRIPLES}, method="HEAD")
        try:
            answer = client.send(request)
        except EndpointError as error:
            if error.status is None:
                raise
            continue
        # The type that was asked for is what tells it from a page for people. Oxigraph answers HEAD without one.
        if answer.media_type == _N_TRIPLES or (not answer.media_type and url.endswith("/store")):
            return url
    raise EndpointError(
        f"no graph store found beside {shown_url(endpoint)}", remedy="Name one with --graph-store, or use --update."
    )


class GraphStoreWriter:
    """Puts graphs by the SPARQL 1.1 Graph Store HTTP Protocol.

    Parameters
    ----------
    url : str
    client : ServiceClient
    """

    how = "Graph Store Protocol"

    def __init__(self, url: str, client: ServiceClient) -> None:
        self.url = url
        self._client = client

    def put(self, graph: str, triples: Iterable[bytes]) -> None:
        """Replace a graph; see `Writer.put`."""
        headers = {"Content-Type": _N_TRIPLES}
        self._client.send(self._request(graph, "PUT", data=b"".join(triples), headers=headers))

    def delete(self, graph: str) -> None:
        """Remove a graph; see `Writer.delete`."""
        self._client.send(self._request(graph, "DELETE"), missing_ok=True)

    def _request(
        self, graph: str, method: str, data: bytes | None = None, headers: dict[str, str] | None = None
    ) -> urllib.request.Request:
        sign = "&" if "?" in self.url else "?"
        url = f"{self.url}{sign}graph={urllib.parse.quote(graph, safe='')}"
        return urllib.request.Request(url, data=data, headers=_named(headers), method=method)


class UpdateWriter:
    """Puts graphs by SPARQL 1.1 Update: in pieces into a graph of its own, which then takes the place of the old.

    Parameters
    ----------
    url : str
    client : ServiceClient
    """

    how = "SPARQL Update"

    def __init__(self, url: str, client: ServiceClient) -> None:
        self.url = url
        self._client = client

    def put(self, graph: str, triples: Iterable[bytes]) -> None:
        """Replace a graph; see `Writer.put`."""
        name, staging = ox.NamedNode(graph), ox.NamedNode(_STAGING + graph.removeprefix(GRAPH))
        self._update(f"DROP SILENT GRAPH {staging}".encode())
        for batch in _batches(triples):
            self._update(b"INSERT DATA { GRAPH %s {\n%s} }" % (str(staging).encode(), batch))
        self._update(f"MOVE GRAPH {staging} TO GRAPH {name}".encode())

    def delete(self, graph: str) -> None:
        """Remove a graph; see `Writer.delete`."""
        self._update(f"DROP SILENT GRAPH {ox.NamedNode(graph)}".encode())

    def _update(self, text: bytes) -> None:
        headers = _named({"Content-Type": "application/sparql-update; charset=utf-8"})
        self._client.send(urllib.request.Request(self.url, data=text, headers=headers, method="POST"))


def _batches(triples: Iterable[bytes]) -> Iterator[bytes]:
    from itertools import islice

    lines = iter(triples)
    while batch := list(islice(lines, _BATCH)):
        yield b"".join(batch)


def _named(headers: dict[str, str] | None) -> dict[str, str]:
    return {"User-Agent": f"ccin-graph/{__version__}", **(headers or {})}
