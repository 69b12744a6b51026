"""Questions that ask other services: refused unless that is allowed, asked of a second server of our own."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.build import canonical_lines
from ccin_graph.errors import BadParameter, StoreError
from ccin_graph.graph import Graph
from ccin_graph.packs import FEDERATED, find_query, read_pack
from ccin_graph.queries import bind
from ccin_graph.sparql import asks_service
from ccin_graph.store import EmbeddedStore
from ccin_graph.store.remote import RemoteStore
from ccin_graph.vocabulary import BASE, CCIN, ENTITIES, PROV, RDF
from tests.servers import FaultyServer, Reply, Service, free_port, oxigraph_server, send

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.conftest import Project

QUERIES = Path(__file__).parents[2] / "queries"
PACK = [query.name for query in read_pack(QUERIES, FEDERATED)]
DATA = Path(__file__).parents[1] / "fixtures" / "federated"

#: The answers on the invented project, with what the second server says.
ROWS = {
    "federated/borders": [
        "organisation/northmere|Northmere City Council|organisation/saltby|Saltby District Council|1",
        "organisation/northmere|Northmere City Council|organisation/westhollow|Westhollow Borough Council|0",
    ],
    "federated/official-names": [
        "organisation/northmere|Northmere City Council|E99000001|Northmere|Northmere|live",
        "organisation/saltby|Saltby District Council|E99000002|Saltby|Saltby and the Marshes|terminated",
        "organisation/westhollow|Westhollow Borough Council|E99000003|Westhollow|Westhollow|",
    ],
    "federated/populations": [
        "organisation/northmere|Northmere City Council|Q90000001|98765|3",
        "organisation/saltby|Saltby District Council|Q90000002|43210|1",
        "organisation/westhollow|Westhollow Borough Council|Q90000003||0",
    ],
    "federated/wider-areas": [
        "E99000010|North West|2|organisation/northmere|Northmere City Council",
        "E99000010|North West|2|organisation/saltby|Saltby District Council",
        "E99000011|London|1|organisation/westhollow|Westhollow Borough Council",
    ],
}


@pytest.fixture(scope="module")
def elsewhere() -> Iterator[str]:
    """Return the address of a second server, which says what the ONS and Wikidata would."""
    with oxigraph_server() as service:
        for path in sorted(DATA.glob("*.ttl")):
            query = f"?graph=http://e.org/{path.stem}"
            send(service.graph_store + query, path.read_bytes(), "text/turtle", "PUT")
        # Its own default graph is empty: what it says stands in graphs, as it may elsewhere.
        yield f"{service.query}?union-default-graph="


@pytest.fixture(scope="module")
def together(store: EmbeddedStore) -> EmbeddedStore:
    """Return the invented project where Northmere takes part in a project of its neighbour Saltby, too."""
    part, graph = ox.NamedNode(f"{BASE}case-study/x#participation.northmere"), ox.NamedNode(ENTITIES)
    said = {
        RDF + "type": CCIN + "Participation",
        PROV + "agent": f"{BASE}organisation/northmere",
        CCIN + "project": f"{BASE}project/warm-rooms",
    }
    more = [ox.Quad(part, ox.NamedNode(name), ox.NamedNode(value), graph) for name, value in said.items()]
    return EmbeddedStore([*store.quads(), *more])


def answered(graph: Graph, name: str, service: str) -> list[str]:
    table = graph.query(name, federated=True, service=service)
    return [
        "|".join(cell.rpartition("/")[2] if ".org/" in cell or ".uk/" in cell else cell for cell in row)
        for row in table.shown()
    ]


@pytest.mark.parametrize("name", PACK)
@pytest.mark.parametrize("place", ["embedded", "oxigraph", "fuseki"])
def test_the_answer_joins_what_is_here_and_what_is_there(
    name: str, place: str, together: EmbeddedStore, clean: Project, elsewhere: str, request: pytest.FixtureRequest
) -> None:
    here: EmbeddedStore | RemoteStore = together
    if place != "embedded":
        service: Service = request.getfixturevalue(place)
        service.put(b"".join(canonical_lines(together)))
        here = RemoteStore(service.query)
    assert answered(Graph(here, clean.tree), name, elsewhere) == ROWS[name]


def test_the_pack_is_known_and_every_question_of_it_asks_a_service() -> None:
    assert set(ROWS) == set(PACK)
    assert len(PACK) >= 3
    for path in sorted(QUERIES.glob("*/*.rq")):
        assert asks_service(path.read_text("utf-8")) == (path.parent.name == FEDERATED), path


@pytest.mark.parametrize("name", PACK)
def test_the_columns_declared_are_those_selected(
    name: str, clean: Project, store: EmbeddedStore, elsewhere: str
) -> None:
    table = Graph(store, clean.tree).query(name, federated=True, service=elsewhere)
    assert list(find_query(QUERIES, name).columns) == list(table.columns)


@pytest.mark.parametrize("name", PACK)
def test_without_leave_nothing_goes_out(name: str, store: EmbeddedStore, clean: Project) -> None:
    with FaultyServer(lambda _: Reply()) as server:
        with pytest.raises(StoreError, match="--federated"):
            Graph(store, clean.tree).query(name, service=server.url)
        with pytest.raises(StoreError, match="--federated"):
            RemoteStore(server.url, graphs=()).select(find_query(QUERIES, name).text)
        assert not server.asked


def test_the_command_line_refuses_and_allows(
    clean: Project, elsewhere: str, tmp_path: Path, store: EmbeddedStore
) -> None:
    dataset = tmp_path / "ccin.nq"
    dataset.write_bytes(b"".join(canonical_lines(store)))
    command = [sys.executable, "-m", "ccin_graph", "query", "run", "federated/populations", f"service={elsewhere}"]
    command += ["--root", str(clean.root), "--dataset", str(dataset), "--format", "csv"]
    refused = subprocess.run(command, capture_output=True, text=True)
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--federated" in refused.stderr
    allowed = subprocess.run([*command, "--federated"], capture_output=True, text=True)
    assert allowed.returncode == 0, allowed.stderr
    assert "Q90000001,98765,2" in allowed.stdout


@pytest.mark.parametrize(
    "value",
    [
        "wikidata",
        "file:///etc/passwd",
        "http://e.org/> { ?s ?p ?o } #",
        "http://me:s3cret@e.org/",
        "ftp://e.org/",
        "<http://e.org/>",
    ],
)
def test_a_service_is_an_address_and_nothing_else(value: str, store: EmbeddedStore) -> None:
    with pytest.raises(BadParameter, match="takes the address of a service"):
        bind(find_query(QUERIES, "federated/populations"), {"service": value}, store)


def test_a_service_that_is_not_there_is_one_clear_error(store: EmbeddedStore, clean: Project) -> None:
    with pytest.raises(StoreError, match="the service that the query asks is not reached"):
        Graph(store, clean.tree).query(
            "federated/populations", federated=True, service=f"http://127.0.0.1:{free_port()}/"
        )


def test_a_service_that_is_silent_is_given_up(
    store: EmbeddedStore, clean: Project, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EmbeddedStore, "service_timeout", 0.3)
    with (
        FaultyServer(lambda _: Reply(content=b" " * 100, slowly=True)) as server,
        pytest.raises(StoreError, match=r"no answer within 0\.3 seconds"),
    ):
        Graph(store, clean.tree).query("federated/populations", federated=True, service=server.url)


@pytest.mark.parametrize(
    "reply",
    [
        Reply(500, b"no", "text/plain"),
        Reply(content=b"<html>", media_type="text/html"),
        Reply(content=b"{"),
        Reply(content=b'{"head": {}, "boolean": true}'),
    ],
)
def test_what_is_no_answer_is_one_clear_error(store: EmbeddedStore, clean: Project, reply: Reply) -> None:
    with FaultyServer(lambda _: reply) as server, pytest.raises(StoreError, match="the service that the query asks"):
        Graph(store, clean.tree).query("federated/populations", federated=True, service=server.url)
