"""The dataset into a service: by graph store and by update, counted, and as often as one likes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.errors import EndpointError, StoreError
from ccin_graph.store import EmbeddedStore
from ccin_graph.store import loading as loading_module
from ccin_graph.store.http import PASSWORD, TOKEN, USER, ServiceClient
from ccin_graph.store.loading import GraphStoreWriter, find_graph_store, load_dataset
from ccin_graph.store.remote import RemoteStore
from ccin_graph.vocabulary import GRAPH
from tests.servers import FaultyServer, Reply, Service, send

if TYPE_CHECKING:
    from collections.abc import Callable

FOREIGN = b"<http://e.org/a> <http://e.org/b> <http://e.org/c> <http://e.org/graph> .\n"
OLD = f"<http://e.org/a> <http://e.org/b> <http://e.org/c> <{GRAPH}gone> .\n".encode()


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (USER, PASSWORD, TOKEN):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(params=["oxigraph", "fuseki"])
def server(request: pytest.FixtureRequest) -> Service:
    """A server that holds something of somebody else's, and a graph of an older dataset."""
    service = request.getfixturevalue(request.param)
    assert isinstance(service, Service)
    service.put(FOREIGN + OLD)
    return service


@pytest.mark.parametrize("way", ["found", "graph store", "update"])
def test_what_arrives_is_the_dataset_and_again_the_same(
    server: Service, store: EmbeddedStore, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(loading_module, "_BATCH", 100)
    told: list[str] = []

    def load() -> loading_module.Loaded:
        return load_dataset(
            store,
            server.query,
            graph_store=server.graph_store if way == "graph store" else None,
            update=server.update if way == "update" else None,
            progress=lambda graph, _: told.append(graph),
        )

    first, second = load(), load()
    assert first.removed == (f"{GRAPH}gone",)
    assert second.removed == ()
    assert first.graphs == second.graphs
    assert sum(first.graphs.values()) == len(store)
    assert told == [*first.graphs, *first.graphs]
    assert (first.how, first.where) == (
        ("SPARQL Update", server.update) if way == "update" else ("Graph Store Protocol", server.graph_store)
    )
    assert set(RemoteStore(server.query).quads()) == set(store.quads())
    everything = RemoteStore(server.query, graphs=())
    assert everything.ask("ASK { GRAPH <http://e.org/graph> { <http://e.org/a> ?p ?o } }")
    named = everything.select("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }").rows
    assert len(named) == len(first.graphs) + 1, "something was left behind"


def test_an_update_that_broke_off_does_no_harm(server: Service, store: EmbeddedStore) -> None:
    half = f"INSERT DATA {{ GRAPH <{loading_module._STAGING}entities> {{ <http://e.org/x> <http://e.org/y> 1 }} }}"
    send(server.update, half.encode(), "application/sparql-update")
    assert not any("staging" in graph for graph in RemoteStore(server.query).graphs)
    load_dataset(store, server.query, update=server.update)
    assert not RemoteStore(server.query, graphs=()).ask("ASK { GRAPH ?g { <http://e.org/x> ?p ?o } }")


def test_texts_arrive_as_they_are(server: Service) -> None:
    texts = ['"', "\\", "line\nbreak\r\ttab", "ünïcode 𝛼 \u2028", "</script>", "{ } ; DROP ALL #", "'''", "\u0001", " "]
    said = EmbeddedStore(
        ox.Quad(
            ox.NamedNode(f"http://e.org/{number}"),
            ox.NamedNode("http://e.org/says"),
            ox.Literal(text, language="en-gb") if number % 2 else ox.Literal(text),
            ox.NamedNode(f"{GRAPH}texts"),
        )
        for number, text in enumerate(texts)
    )
    for update in (None, server.update):
        load_dataset(said, server.query, update=update)
        assert set(RemoteStore(server.query).quads()) == set(said.quads())


def test_a_graph_store_is_found_without_writing(server: Service) -> None:
    assert find_graph_store(server.query, ServiceClient()) == server.graph_store


def test_without_a_graph_store_the_error_says_what_to_name() -> None:
    with (
        FaultyServer(lambda _: Reply(200, b"<html>", "text/html")) as faulty,
        pytest.raises(EndpointError, match="--graph-store, or use --update"),
    ):
        find_graph_store(faulty.url, ServiceClient())
    assert {asked.method for asked in faulty.asked} == {"HEAD"}


def test_what_did_not_arrive_is_said(oxigraph: Service, store: EmbeddedStore, monkeypatch: pytest.MonkeyPatch) -> None:
    oxigraph.put(b"")
    put = GraphStoreWriter.put

    def lossy(self: GraphStoreWriter, graph: str, triples: list[bytes]) -> None:
        put(self, graph, triples[1:] if graph.endswith("entities") else triples)

    monkeypatch.setattr(GraphStoreWriter, "put", lossy)
    with pytest.raises(EndpointError, match=r"counts other triples than were sent: entities \d+ of \d+"):
        load_dataset(store, oxigraph.query)


def refusing(method: str) -> Callable[[object], Reply]:
    def answer(asked: object) -> Reply:
        if getattr(asked, "method", "") == method:
            return Reply(403, b"read only here", "text/plain")
        return Reply(content=b'{"head": {"vars": ["graph", "triples"]}, "results": {"bindings": []}}')

    return answer


def test_a_refusal_is_said_with_the_servers_words(store: EmbeddedStore) -> None:
    with (
        FaultyServer(refusing("PUT")) as faulty,
        pytest.raises(EndpointError, match="answers 403 Forbidden: read only here") as caught,
    ):
        load_dataset(store, faulty.url, graph_store=faulty.url)
    assert USER in str(caught.value)


def test_data_are_not_sent_to_another_host(store: EmbeddedStore) -> None:
    with FaultyServer(lambda _: Reply()) as other:

        def answer(asked: object) -> Reply:
            if getattr(asked, "method", "") == "PUT":
                return Reply(307, b"", "text/plain", {"Location": other.url})
            return Reply(content=b'{"head": {"vars": ["graph", "triples"]}, "results": {"bindings": []}}')

        with FaultyServer(answer) as faulty, pytest.raises(EndpointError, match="Data are not sent there"):
            load_dataset(store, faulty.url, graph_store=faulty.url)
        assert not other.asked


def test_what_cannot_be_loaded_is_refused_before_anything_is_sent(store: EmbeddedStore) -> None:
    node = ox.NamedNode("http://e.org/a")
    with FaultyServer(lambda _: Reply()) as faulty:
        for wrong, said in (
            (EmbeddedStore(), "is empty"),
            (EmbeddedStore([ox.Quad(node, node, node)]), "outside the dataset's graphs"),
            (EmbeddedStore([ox.Quad(node, node, node, node)]), "outside the dataset's graphs"),
        ):
            with pytest.raises(StoreError, match=said):
                load_dataset(wrong, faulty.url)
        with pytest.raises(StoreError, match="Name one of the two"):
            load_dataset(store, faulty.url, graph_store=faulty.url, update=faulty.url)
        assert not faulty.asked
