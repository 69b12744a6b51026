"""A remote service as a store: a real server, and one that misbehaves."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from threading import Thread
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from ccin_graph.build import canonical_lines
from ccin_graph.errors import EndpointError, QuerySyntaxError, StoreError
from ccin_graph.graph import Graph
from ccin_graph.store.http import PASSWORD, TOKEN, USER, Credentials, ServiceClient, checked_url, shown_url
from ccin_graph.store.remote import RemoteStore
from ccin_graph.vocabulary import BASE, CONCEPTS, DERIVED, ENTITIES, GRAPH, ONTOLOGY
from tests.servers import Asked, FaultyServer, Reply, Service, free_port

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.store import EmbeddedStore

ASK = "ASK { ?s ?p ?o }"
CLASSES = "SELECT ?s ?class WHERE { ?s a ?class } ORDER BY ?class ?s"


@pytest.fixture(autouse=True)
def no_credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in (USER, PASSWORD, TOKEN):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(scope="module")
def filled(oxigraph: Service, store: EmbeddedStore) -> Service:
    oxigraph.put(b"".join(canonical_lines(store)))
    return oxigraph


@pytest.fixture
def remote(filled: Service) -> RemoteStore:
    return RemoteStore(filled.query)


def service(answer: Callable[[Asked], Reply] | Reply, host: str = "127.0.0.1") -> FaultyServer:
    return FaultyServer(answer if callable(answer) else lambda _: answer, host)


def asking(server: FaultyServer, **more: Any) -> RemoteStore:
    """Ask the default graph of a server, and wait for nothing."""
    return RemoteStore(server.url, graphs=(), client=ServiceClient(sleep=lambda _: None, **more))


# A real server


def test_a_server_answers_as_the_embedded_store_does(remote: RemoteStore, store: EmbeddedStore) -> None:
    assert remote.select(CLASSES) == store.select(CLASSES)
    assert remote.ask(f"ASK {{ <{BASE}organisation/northmere> ?p ?o }}")
    assert not remote.ask(f"ASK {{ <{BASE}organisation/nobody> ?p ?o }}")
    triples = remote.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }")
    assert len(triples) == len(store)
    assert set(triples) == {quad.triple for quad in store.quads()}


def test_the_union_of_the_datasets_graphs_is_asked(remote: RemoteStore, store: EmbeddedStore) -> None:
    assert set(remote.graphs) == {q.graph_name.value for q in store.quads() if isinstance(q.graph_name, ox.NamedNode)}
    assert set(remote.quads()) == set(store.quads())
    inside = "SELECT (COUNT(*) AS ?n) WHERE { GRAPH ?g { ?s ?p ?o } }"
    assert remote.select(inside) == store.select(inside)


def test_derived_triples_can_be_left_out(remote: RemoteStore, store: EmbeddedStore) -> None:
    for count in ("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }", "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"):
        assert remote.select(count, derived=False) == store.select(count, derived=False)
        assert remote.select(count, derived=False) != remote.select(count)
    partnership = "ASK { ?s a <https://w3id.org/ccin/def#Partnership> }"
    assert (remote.ask(partnership), remote.ask(partnership, derived=False)) == (True, False)
    assert not remote.construct("CONSTRUCT WHERE { ?s a <https://w3id.org/ccin/def#Partnership> }", derived=False)


def test_what_else_a_server_holds_is_not_asked(filled: Service, store: EmbeddedStore) -> None:
    other = b"<http://e.org/a> <http://e.org/b> <http://e.org/c> <http://e.org/graph> .\n"
    filled.put(b"".join(canonical_lines(store)) + other)
    try:
        remote = RemoteStore(filled.query)
        assert not remote.ask("ASK { <http://e.org/a> ?p ?o }")
        assert RemoteStore(filled.query, graphs=["http://e.org/graph"]).ask("ASK { <http://e.org/a> ?p ?o }")
    finally:
        filled.put(b"".join(canonical_lines(store)))


def test_a_graph_of_a_server_answers_the_packs(filled: Service, clean: Any, store: EmbeddedStore) -> None:
    graph, here = Graph.from_endpoint(filled.query, clean.tree), Graph(store, clean.tree)
    name, council = "councils/projects", "Northmere City Council"
    assert graph.query(name, council=council).solutions == here.query(name, council=council).solutions
    assert len(graph.to_rdflib()) == len(store)


@pytest.mark.parametrize("text", ["SELECT * { ?s ?p }", "SELECT", "ASK { ?s nothing:here ?o }"])
def test_what_is_not_sparql_is_said_as_the_embedded_store_says_it(remote: RemoteStore, text: str) -> None:
    with pytest.raises(QuerySyntaxError, match="not SPARQL"):
        remote.ask(text) if text.startswith("ASK") else remote.select(text)


def test_a_form_that_was_not_asked_for_never_leaves(remote: RemoteStore) -> None:
    server = service(Reply())
    with server:
        store = asking(server)
        for call, text in (
            (store.select, ASK),
            (store.ask, CLASSES),
            (store.construct, CLASSES),
            (store.select, "DROP ALL"),
            (store.select, "INSERT DATA { <http://e.org/a> <http://e.org/a> <http://e.org/a> }"),
            (store.select, "SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }"),
        ):
            with pytest.raises(StoreError):
                call(text)
        assert not server.asked


def test_a_server_without_the_dataset_says_how_to_load_it() -> None:
    empty = json.dumps({"head": {"vars": ["graph"]}, "results": {"bindings": []}}).encode()
    with service(Reply(content=empty)) as server, pytest.raises(EndpointError, match="ccin-graph load --endpoint"):
        RemoteStore(server.url).ask(ASK)


def test_the_graphs_are_named_in_the_request_and_comments_are_not_sent() -> None:
    with service(Reply()) as server:
        graphs = [CONCEPTS, DERIVED, ENTITIES, ONTOLOGY]
        store = RemoteStore(server.url, graphs=graphs)
        assert store.ask(f"#+ summary: what was added\n#+ tags: [drop]\n{ASK} # insert")
        store.ask("ASK { GRAPH ?g { ?s ?p ?o } }", derived=False)
        store.ask("ASK FROM <http://e.org/g> { ?s ?p ?o }")
    first, second, third = (asked.fields for asked in server.asked)
    assert first["default-graph-uri"] == graphs
    assert "named-graph-uri" not in first
    assert first["query"][0].strip() == ASK
    assert second["default-graph-uri"] == second["named-graph-uri"] == [CONCEPTS, ENTITIES, ONTOLOGY]
    assert "default-graph-uri" not in third
    assert all(asked.method == "POST" for asked in server.asked)


# "Later"


def later(times: int, status: int, **headers: str) -> Callable[[Asked], Reply]:
    left = [times]

    def answer(_: Asked) -> Reply:
        if left[0]:
            left[0] -= 1
            return Reply(status, b"slow down", "text/plain", {name.replace("_", "-"): v for name, v in headers.items()})
        return Reply()

    return answer


@pytest.mark.parametrize("status", [429, 503])
def test_a_service_that_says_later_is_asked_again_when_it_says(status: int) -> None:
    waited: list[float] = []
    with service(later(3, status, Retry_After="7")) as server:
        store = RemoteStore(server.url, graphs=(), client=ServiceClient(sleep=waited.append))
        assert store.ask(ASK)
    assert waited == [7, 7, 7]
    assert len(server.asked) == 4


def test_later_may_be_a_date() -> None:
    waited: list[float] = []
    when = format_datetime(datetime.now(UTC) + timedelta(seconds=30), usegmt=True)
    with service(later(1, 429, Retry_After=when)) as server:
        assert RemoteStore(server.url, graphs=(), client=ServiceClient(sleep=waited.append)).ask(ASK)
    assert 20 < waited[0] <= 30


@pytest.mark.parametrize("when", [{}, {"Retry_After": "soon"}])
def test_without_a_time_it_is_waited_longer_each_time(when: dict[str, str]) -> None:
    waited: list[float] = []
    with service(later(3, 503, **when)) as server:
        assert RemoteStore(server.url, graphs=(), client=ServiceClient(sleep=waited.append)).ask(ASK)
    assert waited == [1, 2, 4]


def test_waiting_has_an_end() -> None:
    with (
        service(later(99, 429, Retry_After="0")) as server,
        pytest.raises(EndpointError, match="answers 429 Too Many Requests, 5 times"),
    ):
        asking(server).ask(ASK)
    assert len(server.asked) == 5


def test_a_wait_that_is_too_long_is_not_begun() -> None:
    waited: list[float] = []
    with (
        service(later(1, 503, Retry_After="86400")) as server,
        pytest.raises(EndpointError, match="asks to wait 86400 seconds"),
    ):
        RemoteStore(server.url, graphs=(), client=ServiceClient(sleep=waited.append)).ask(ASK)
    assert not waited


@pytest.mark.parametrize("status", [400, 401, 403, 404, 500, 502])
def test_other_refusals_are_not_repeated(status: int) -> None:
    with (
        service(Reply(status, b"\n  no such luck \nsecond line", "text/plain")) as server,
        pytest.raises(EndpointError, match=rf"answers {status} [\w ]+: no such luck") as caught,
    ):
        asking(server).ask(ASK)
    assert "second" not in str(caught.value)
    assert len(server.asked) == 1


# Time, halves and strangers


def test_a_service_that_is_silent_is_given_up() -> None:
    with (
        service(Reply(slowly=True)) as server,
        pytest.raises(EndpointError, match=r"did not answer within 0\.3 seconds"),
    ):
        asking(server, timeout=0.3).ask(ASK)


@pytest.mark.parametrize("length", [None, -1])
def test_a_service_that_drips_is_given_up(length: int | None) -> None:
    # Each byte comes in time, the whole does not.
    reply = Reply(content=b" " * 200 + b'{"head": {}, "boolean": true}', slowly=True, length=length)
    with service(reply) as server, pytest.raises(EndpointError, match="did not answer within"):
        asking(server, timeout=0.5).ask(ASK)


def test_nobody_there() -> None:
    with pytest.raises(EndpointError, match="is not reached: Connection refused"):
        RemoteStore(f"http://127.0.0.1:{free_port()}/query").ask(ASK)


def rows_of(*values: str) -> bytes:
    bindings = [{"a": {"type": "literal", "value": value}} for value in values]
    return json.dumps({"head": {"vars": ["a"]}, "results": {"bindings": bindings}}).encode()


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(content=rows_of("x"), length=500), "sent half an answer"),
        (Reply(content=rows_of("x", "y")[:-12], length=-1), "results that cannot be read"),
        (Reply(content=rows_of("x", "y")[:-2]), "results that cannot be read"),
        (Reply(content=b""), "results that cannot be read"),
        (Reply(content=b'{"results": 1}'), "results that cannot be read"),
        (Reply(content=b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {}}]}}'), "cannot be read"),
        (Reply(content=b'{"head": {}, "boolean": true}'), "answers with yes or no where rows were asked for"),
        (Reply(content=b"<html>", media_type="text/html; charset=utf-8"), "answers with text/html. Is it the address"),
        (Reply(content=b"a\n1\n", media_type="text/csv"), "answers with text/csv"),
        (Reply(content=b"", media_type=""), "answers with no media type"),
        (Reply(404, b"<html><title>Not here</title><p>x", "text/html"), "answers 404 Not Found: Not here"),
    ],
)
def test_what_is_no_answer_is_said(reply: Reply, said: str) -> None:
    with service(reply) as server, pytest.raises(EndpointError) as caught:
        asking(server).select("SELECT ?a { ?s ?p ?a }")
    assert said in str(caught.value)


@pytest.mark.parametrize(
    ("method", "content"),
    [("select", b'{"head": {"vars": ["a"]}, "results": {"bindings": [{"a": {}}]}}'), ("ask", rows_of("x"))],
)
def test_an_error_may_be_freed_in_any_thread(method: str, content: bytes) -> None:
    held: list[EndpointError] = []
    with service(Reply(content=content)) as server:
        try:
            getattr(asking(server), method)({"ask": ASK, "select": "SELECT ?a { ?s ?p ?a }"}[method])
        except EndpointError as error:
            held.append(error)
    assert held
    freed = Thread(target=held.clear)
    freed.start()
    freed.join()


def test_rows_are_no_answer_to_yes_or_no() -> None:
    with service(Reply(content=rows_of("x"))) as server, pytest.raises(EndpointError, match="rows where yes or no"):
        asking(server).ask(ASK)


def test_xml_results_will_do() -> None:
    content = (
        b'<sparql xmlns="http://www.w3.org/2005/sparql-results#"><head/><boolean>true</boolean></sparql>'  # as the W3C
    )
    with service(Reply(content=content, media_type="application/sparql-results+xml")) as server:
        assert asking(server).ask(ASK)


def test_triples_of_unknown_length_are_not_taken() -> None:
    turtle = b"<http://e.org/a> <http://e.org/b> <http://e.org/c> .\n"
    with (
        service(Reply(content=turtle, media_type="text/turtle", length=-1)) as server,
        pytest.raises(EndpointError, match="half of it would look whole"),
    ):
        asking(server).construct("CONSTRUCT WHERE { ?s ?p ?o }")


def test_half_of_the_triples_is_not_taken() -> None:
    half = b'[{"@id": "http://e.org/a", "http://e.org/b": [{"@value": "c"}]}'
    with (
        service(Reply(content=half, media_type="application/ld+json", length=-1)) as server,
        pytest.raises(EndpointError, match="triples that cannot be read"),
    ):
        asking(server).construct("CONSTRUCT WHERE { ?s ?p ?o }")


# Services that give no more than so many rows


class Capped:
    """A SPARQL service over some rows, which gives no more than so many at a time."""

    def __init__(self, cap: int, size: int, *, pages: bool = True) -> None:
        self.cap = cap
        self.pages = pages
        self.store = ox.Store()
        for number in range(size):
            value = ox.Literal(str(number % 13))
            self.store.add(ox.Quad(ox.NamedNode(f"http://e.org/{number}"), ox.NamedNode("http://e.org/p"), value))

    def __call__(self, asked: Asked) -> Reply:
        query = asked.query
        if not self.pages:
            query = query.split(" OFFSET ")[0]
        answer = self.store.query(query)
        if isinstance(answer, ox.QueryTriples):
            content = ox.serialize(
                [triple for triple, _ in zip(answer, range(self.cap), strict=False)], format=ox.RdfFormat.JSON_LD
            )
            assert content is not None
            return Reply(content=content, media_type="application/ld+json")
        whole = answer.serialize(format=ox.QueryResultsFormat.JSON)
        assert whole is not None
        document = json.loads(whole)
        document["results"]["bindings"] = document["results"]["bindings"][: self.cap]
        return Reply(content=json.dumps(document).encode())


@pytest.mark.parametrize("cap", [1, 7, 49, 50, 51, 2000])
@pytest.mark.parametrize(
    "query",
    [
        "SELECT ?s ?o { ?s ?p ?o } ORDER BY DESC(?o) ?s",
        "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s LIMIT 30",
        "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s LIMIT 30 OFFSET 10",
        "SELECT ?s ?o { ?s ?p ?o } ORDER BY ?s OFFSET 3 LIMIT 999",
        "SELECT ?o (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?o HAVING (COUNT(*) > 3) ORDER BY DESC(?n) ?o # LIMIT 1",
        "SELECT DISTINCT ?o { ?s ?p ?o } ORDER BY ?o VALUES ?o { '1' '2' '3' '4' '5' '6' '7' '8' }",
        "PREFIX e: <http://e.org/> SELECT ?s { { SELECT ?s { ?s e:p ?o } ORDER BY ?s LIMIT 40 } } ORDER BY ?s",
    ],
)
def test_what_a_service_cuts_is_fetched_page_by_page(cap: int, query: str) -> None:
    capped = Capped(cap, 50)
    whole = ox.Store.query(capped.store, query)
    assert isinstance(whole, ox.QuerySolutions)
    with service(capped) as server:
        assert asking(server).select(query).rows == tuple(tuple(row) for row in whole)


def test_without_an_order_the_pages_are_whole_too() -> None:
    with service(Capped(7, 50)) as server:
        rows = asking(server).select("SELECT ?o { ?s ?p ?o }").rows
    assert len(rows) == 50
    assert len(set(rows)) == 13


def test_a_service_that_cannot_page_is_an_error_and_never_a_cut() -> None:
    # It gives the first page again and again.
    for query in ("SELECT ?s { ?s ?p ?o } ORDER BY ?s LIMIT 30", "SELECT ?s { ?s ?p ?o }", "SELECT ?o { ?s ?p ?o }"):
        with service(Capped(7, 50, pages=False)) as server, pytest.raises(EndpointError, match="is not whole"):
            asking(server).select(query)
        assert len(server.asked) < 20


def test_a_service_that_always_says_the_same_is_an_error() -> None:
    with service(Reply(content=rows_of("x"))) as server, pytest.raises(EndpointError, match="no number where rows"):
        asking(server).select("SELECT ?a { ?s ?p ?a }")


@pytest.mark.parametrize("cap", [1, 7, 49])
def test_triples_that_may_have_been_cut_are_an_error(cap: int) -> None:
    with service(Capped(cap, 50)) as server:
        store = RemoteStore(server.url, graphs=())
        with pytest.raises(EndpointError, match="may have been cut"):
            store.construct("CONSTRUCT { ?s a ?o } WHERE { ?s ?p ?o }")
        # Few triples of many rows: the rows are what such services count.
        with pytest.raises(EndpointError, match="may have been cut"):
            store.construct("CONSTRUCT { <http://e.org/x> <http://e.org/y> ?o } WHERE { ?s ?p ?o }")


@pytest.mark.parametrize("cap", [50, 51, 2000])
def test_triples_that_were_not_cut_are_none(cap: int) -> None:
    with service(Capped(cap, 50)) as server:
        store = RemoteStore(server.url, graphs=())
        assert len(store.construct("CONSTRUCT { ?s <http://e.org/q> ?o } WHERE { ?s ?p ?o }")) == 50
        assert len(store.construct("CONSTRUCT WHERE { ?s ?p '1' }")) == 4
        assert store.construct("CONSTRUCT WHERE { ?s ?p 'none' }") == ()


def test_a_service_that_gave_a_thousand_rows_is_not_asked_twice(filled: Service, store: EmbeddedStore) -> None:
    inner = RemoteStore(filled.query)
    asked: list[str] = []

    class Counting(ServiceClient):
        def send(self, request: Any, *, missing_ok: bool = False) -> Any:
            asked.append(request.data.decode())
            return super().send(request, missing_ok=missing_ok)

    remote = RemoteStore(filled.query, graphs=inner.graphs, client=Counting())
    remote.select("SELECT ?s { ?s a <https://w3id.org/ccin/def#Council> }")
    before = len(asked)
    for _ in range(3):
        remote.select("SELECT ?s { ?s a <https://w3id.org/ccin/def#CaseStudy> }")
    assert len(asked) == before + 3


# Credentials and redirects


def test_credentials_come_from_the_environment() -> None:
    assert Credentials.from_environment({}).header == ""
    assert Credentials.from_environment({USER: "me", PASSWORD: "s3cret"}).header == "Basic bWU6czNjcmV0"
    assert Credentials.from_environment({TOKEN: "t0ken", USER: "me"}).header == "Bearer t0ken"
    for wrong in ({USER: "me"}, {PASSWORD: "x"}, {TOKEN: "a\nb"}, {TOKEN: "ключ"}):
        with pytest.raises(EndpointError) as caught:
            Credentials.from_environment(wrong)
        assert not any(value in str(caught.value) for value in wrong.values() if len(value) > 2)


def test_credentials_are_sent_and_never_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(USER, "me")
    monkeypatch.setenv(PASSWORD, "s3cret")
    with service(Reply(401, b"no user me with password s3cret (Basic bWU6czNjcmV0)", "text/plain")) as server:
        store = RemoteStore(server.url, graphs=())
        with pytest.raises(EndpointError, match=f"answers 401 Unauthorized.*{USER}") as caught:
            store.ask(ASK)
        assert server.asked[0].headers["authorization"] == "Basic bWU6czNjcmV0"
    for text in (str(caught.value), repr(store), repr(vars(store)), repr(Credentials.from_environment())):
        assert "s3cret" not in text
        assert "bWU6czNjcmV0" not in text


def redirect(to: str, status: int = 307) -> Reply:
    return Reply(status, b"", "text/plain", {"Location": to})


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_credentials_do_not_go_to_another_host(status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "t0ken")
    with service(Reply()) as other, service(redirect(other.url, status)) as server:
        with pytest.raises(EndpointError, match="redirects to another host"):
            asking(server, credentials=Credentials.from_environment()).ask(ASK)
        assert not other.asked


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_a_redirect_takes_the_question_with_it(status: int) -> None:
    with service(Reply()) as other, service(redirect(other.url, status)) as server:
        assert asking(server).ask(ASK)
    assert other.asked[0].method == "POST"
    assert other.asked[0].query == ASK
    assert other.asked[0].headers["host"] in other.url


def test_on_one_host_credentials_go_along(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(TOKEN, "t0ken")
    with service(lambda asked: Reply() if asked.path == "/new" else redirect("/new")) as server:
        assert asking(server, credentials=Credentials.from_environment()).ask(ASK)
    assert [asked.headers["authorization"] for asked in server.asked] == ["Bearer t0ken"] * 2


@pytest.mark.parametrize("where", ["file:///etc/hostname", "ftp://127.0.0.1/x", "/query"])
def test_a_redirect_to_nowhere_is_an_error(where: str) -> None:
    with service(redirect(where)) as server, pytest.raises(EndpointError):
        asking(server).ask(ASK)


@pytest.mark.parametrize(
    "url",
    [
        "",
        "localhost:7878/query",
        "file:///etc/passwd",
        "ftp://example.org/",
        "http://",
        "http:///query",
        "http://a b/",
        "http://[::1/",
        "http://example.org:99999/",
        "http://example.org/#x",
        "http://example.org/\n",
        "http://me:s3cret@example.org/query",
        "http://ünï.org/",
    ],
)
def test_what_is_no_address_is_said(url: str) -> None:
    with pytest.raises(EndpointError) as caught:
        RemoteStore(url)
    assert caught.value.remedy
    assert "s3cret" not in str(caught.value)


def test_an_address_is_shown_without_what_is_secret() -> None:
    assert shown_url("https://me:s3cret@example.org/query?key=s3cret#x") == "https://example.org/query"
    assert checked_url("https://example.org:8443/query?key=x").endswith("key=x")


def test_the_dataset_graphs_are_under_one_name() -> None:
    assert all(graph.startswith(GRAPH) for graph in (CONCEPTS, DERIVED, ENTITIES, ONTOLOGY))
