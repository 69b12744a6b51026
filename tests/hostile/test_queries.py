"""Queries made to leave the machine, to read its files or to bring the engine down."""

from __future__ import annotations

import contextlib
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import CcinError

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.store import EmbeddedStore

ROOT = Path(__file__).parents[2]


@pytest.fixture
def listener() -> Iterator[socket.socket]:
    """Return a socket on which a query that leaves this process would knock."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.05)
        yield server


def knocked(listener: socket.socket) -> bool:
    try:
        connection, _ = listener.accept()
    except TimeoutError:
        return False
    connection.close()
    return True


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { service silent <URL> { ?s ?p ?o } }",
        "SELECT * {SERVICE<URL>{?s ?p ?o}}",
        "SELECT * { VALUES ?x { <URL> } SERVICE ?x { ?s ?p ?o } }",
        "PREFIX x: <URL> SELECT * { SERVICE x: { ?s ?p ?o } }",
        "SELECT * { ?a ?b ?c . SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { BIND(1 AS ?x) FILTER(1=1)SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * { {} UNION { SERVICE <URL> { ?s ?p ?o } } }",
        "SELECT * { FILTER EXISTS { SERVICE <URL> { ?s ?p ?o } } }",
        "ASK { SERVICE <URL> { ?s ?p ?o } }",
        "CONSTRUCT { ?s ?p ?o } WHERE { SERVICE <URL> { ?s ?p ?o } }",
        "SELECT * FROM <URL> { ?s ?p ?o }",
        "SELECT * FROM NAMED <URL> { GRAPH ?g { ?s ?p ?o } }",
        "SELECT * { GRAPH <URL> { ?s ?p ?o } }",
        "DESCRIBE <URL>",
        "LOAD <URL>",
        "SELECT * { ?s ?p 1SERVICE<URL>{?a ?b ?c} }",
        "SELECT * { ?s ?p ?o FILTER(1) ?s ?p trueSERVICE<URL>{?a ?b ?c} }",
        "PREFIX x: <http://e.org/> SELECT * { ?s ?p x:.SERVICE<URL>{?a ?b ?c} }",
        "SELECT * { ?s ?p ?o } # \u2028 SERVICE <URL> { ?a ?b ?c }",
        "SELECT * { \\u0053ERVICE <URL> { ?s ?p ?o } }",
    ],
)
def test_no_query_leaves_the_process(store: EmbeddedStore, listener: socket.socket, query: str) -> None:
    url = f"http://127.0.0.1:{listener.getsockname()[1]}/sparql"
    for method in (store.select, store.ask, store.construct):
        with contextlib.suppress(CcinError):
            method(query.replace("URL", url))
    assert not knocked(listener)


@pytest.mark.parametrize("clause", ["FROM <{}>", "FROM NAMED <{}>"])
def test_no_query_reads_a_file(store: EmbeddedStore, tmp_path: Path, clause: str) -> None:
    path = tmp_path / "secret.ttl"
    path.write_text("<http://e.org/a> <http://e.org/b> 'secret' .", "utf-8")
    for pattern in ("?s ?p ?o", "GRAPH ?g { ?s ?p ?o }"):
        rows = store.select(f"SELECT ?o {clause.format(path.as_uri())} {{ {pattern} }}").rows
        assert "secret" not in {getattr(row[0], "value", "") for row in rows}


@pytest.mark.parametrize(
    "update",
    ["DROP ALL", "CLEAR DEFAULT", "DELETE WHERE { ?s ?p ?o }", "INSERT DATA { <http://e.org/a> <http://e.org/b> 1 }",
     "SELECT * { ?s ?p ?o } ; DROP ALL", "DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", "CREATE GRAPH <http://e.org/g>"],
)  # fmt: skip
def test_no_query_changes_anything(store: EmbeddedStore, update: str) -> None:
    before = len(store)
    for method in (store.select, store.ask, store.construct):
        with pytest.raises(CcinError):
            method(update)
    assert len(store) == before


RUN = """
import sys
from ccin_graph.errors import StoreError
from ccin_graph.store import EmbeddedStore
query = eval(sys.argv[1])
try:
    EmbeddedStore().select(query)
except StoreError:
    pass
"""


def survives(query: str) -> bool:
    """Whether a process of its own lives through a query, given as a Python expression."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", RUN, query]
    return subprocess.run(command, env=environment, check=False, capture_output=True, timeout=60).returncode == 0


@pytest.mark.parametrize(
    "query",
    [
        "'SELECT * ' + '{' * 50_000 + '}' * 50_000",
        "'SELECT * { ?s ?p ?o FILTER(' + '(' * 50_000 + '1' + ')' * 50_000 + ') }'",
        "'SELECT * { ?s ?p ' + '(' * 50_000 + ')' * 50_000 + ' }'",
        "'SELECT * { ?s ?p ' + '[ ?p ' * 50_000 + ']' * 50_000 + ' }'",
        "'SELECT * { ?s ?p ?o FILTER(1<' + '(' * 5_000 + '3' + ')' * 5_000 + '&&2>1) }'",
    ],
)
def test_the_process_survives_what_is_nested(query: str) -> None:
    assert survives(query)


@pytest.mark.parametrize(
    "query",
    [
        "'SELECT * { ?s ?p ?o FILTER(' + '!' * 100_000 + 'true) }'",
        "'SELECT * { ?s ?p ?o FILTER(1' + '+1' * 100_000 + '>0) }'",
        "'SELECT * { {}' + 'UNION{}' * 100_000 + '}'",
        "'SELECT * { ?s <a:b>' + '/<a:b>' * 100_000 + ' ?o }'",
    ],
)
def test_the_process_survives_a_long_chain(query: str) -> None:
    assert survives(query)
