"""The site on a port: real requests."""

from __future__ import annotations

import http.client
import socket
import threading
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from ccin_graph.cli import cli
from ccin_graph.errors import SiteError
from ccin_graph.publish.redirects import write_redirects
from ccin_graph.serve.http import SiteServer
from tests.publish.test_redirects import RETIRED, make_site, settings

if TYPE_CHECKING:
    from collections.abc import Iterator


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = tmp_path_factory.mktemp("site")
    make_site(site)
    write_redirects(settings("http://localhost/"), RETIRED, site)
    return site


@pytest.fixture(scope="module")
def server(folder: Path) -> Iterator[SiteServer]:
    with SiteServer(folder, 0) as found:
        thread = threading.Thread(target=found.serve_forever, daemon=True)
        thread.start()
        yield found
        found.shutdown()
        thread.join(10)


def test_one_connection_several_requests(server: SiteServer) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    connection.request("GET", "/id/organisation/preston", headers={"Accept": "text/turtle"})
    answer = connection.getresponse()
    assert (answer.status, answer.getheader("Location")) == (303, "/id/organisation/preston.ttl")
    answer.read()
    connection.request("GET", "/id/organisation/preston.ttl")
    answer = connection.getresponse()
    body = answer.read()
    assert (answer.status, body) == (200, b"id/organisation/preston as ttl")
    tag = answer.getheader("ETag")
    connection.request("HEAD", "/id/organisation/preston.ttl")
    answer = connection.getresponse()
    assert (answer.read(), answer.getheader("Content-Length")) == (b"", str(len(body)))
    connection.request("GET", "/id/organisation/preston.ttl", headers={"If-None-Match": str(tag)})
    answer = connection.getresponse()
    assert (answer.status, answer.read()) == (304, b"")
    connection.close()


def test_it_listens_to_this_machine_only(server: SiteServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_raw_nonsense_does_not_end_it(server: SiteServer) -> None:
    for sent in (
        b"\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET /../../etc/passwd HTTP/1.1\r\nHost: localhost\r\n\r\n",
        b"\xff\xfe\r\n\r\n",
    ):
        with socket.create_connection(("127.0.0.1", server.server_port), timeout=20) as connection:
            connection.sendall(sent)
            connection.shutdown(socket.SHUT_WR)
            assert b"root:" not in connection.recv(4096)
    client = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=20)
    client.request("POST", "/", body=b"x" * 1000)
    assert client.getresponse().status == 405
    client.close()


def test_a_port_that_is_taken(server: SiteServer, folder: Path) -> None:
    with pytest.raises(SiteError, match="is taken"):
        SiteServer(folder, server.server_port)


def test_the_command_says_what_is_missing(tmp_path: Path) -> None:
    found = CliRunner().invoke(cli, ["serve", "--site", str(tmp_path / "none")])
    assert isinstance(found.exception, SiteError)
    assert "Run 'ccin-graph publish'." in str(found.exception)
