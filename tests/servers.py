"""Servers that tests start: Oxigraph's, Apache Jena Fuseki, and one that misbehaves as it is told."""

from __future__ import annotations

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FUSEKI = "org.apache.jena:jena-fuseki-server:5.6.0"


@dataclass(frozen=True)
class Service:
    """Addresses of a SPARQL service."""

    query: str
    update: str
    graph_store: str

    def put(self, data: bytes, media_type: str = "application/n-quads") -> None:
        """Replace everything that the service holds."""
        send(self.graph_store, data, media_type, "PUT")


def send(url: str, data: bytes, media_type: str, method: str = "POST") -> None:
    request = urllib.request.Request(url, data=data, headers={"Content-Type": media_type}, method=method)
    with urllib.request.urlopen(request, timeout=60) as response:
        response.read()


def free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
        assert isinstance(port, int)
        return port


@contextmanager
def oxigraph_server() -> Iterator[Service]:
    """Run Oxigraph's server, in memory."""
    binary = Path(sys.executable).parent / "oxigraph"
    if not binary.exists():
        pytest.skip("the server of Oxigraph is not installed")
    base = f"http://127.0.0.1:{free_port()}"
    with _running([str(binary), "serve", "--bind", base.removeprefix("http://")], f"{base}/query?query=ASK%7B%7D", 30):
        yield Service(f"{base}/query", f"{base}/update", f"{base}/store")


@contextmanager
def fuseki_server(cache: Path, base: Path) -> Iterator[Service]:
    """Run Apache Jena Fuseki, in memory; it comes with Maven and is kept in a cache."""
    jar = fuseki_jar(cache)
    url = f"http://127.0.0.1:{free_port()}/ds"
    port = url.partition("127.0.0.1:")[2].partition("/")[0]
    command = ["java", "-Xmx1g", "-jar", str(jar), "--mem", "--update", "--localhost", "--port", port, "/ds"]
    with _running(command, f"{url}/query?query=ASK%7B%7D", 120, {"FUSEKI_BASE": str(base)}, base):
        yield Service(f"{url}/query", f"{url}/update", f"{url}/data")


def fuseki_jar(cache: Path) -> Path:
    """Find Fuseki's jar in the cache, or fetch it with Maven."""
    for program in ("java", "mvn"):
        if shutil.which(program) is None:
            pytest.skip(f"{program} is not installed")
    version = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False).stderr
    found = re.search(r'version "(\d+)', version)
    if found is None or int(found[1]) < 17:
        pytest.skip("Fuseki needs Java 17")
    group, name, number = FUSEKI.split(":")
    jar = cache / f"{name}-{number}.jar"
    if not jar.exists():
        stage = cache / f"{os.getpid()}"
        arguments = ["-q", "-B", "dependency:copy", f"-Dartifact={group}:{name}:{number}", f"-DoutputDirectory={stage}"]
        try:
            subprocess.run(["mvn", *arguments], check=True, capture_output=True, timeout=300, cwd=cache)
            os.replace(stage / jar.name, jar)
        except (subprocess.SubprocessError, OSError):
            pytest.skip("Fuseki cannot be fetched with Maven")
        finally:
            shutil.rmtree(stage, ignore_errors=True)
    return jar


@contextmanager
def _running(
    command: list[str],
    ready: str,
    patience: float,
    environment: dict[str, str] | None = None,
    folder: Path | None = None,
) -> Iterator[None]:
    process = subprocess.Popen(
        command,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, **(environment or {})},
        cwd=folder,
    )
    try:
        _wait_for(process, ready, patience)
        yield
    finally:
        process.terminate()
        try:
            process.wait(20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _wait_for(process: subprocess.Popen[bytes], url: str, patience: float) -> None:
    deadline = time.monotonic() + patience
    while time.monotonic() < deadline:
        if process.poll() is not None:
            pytest.fail(f"the server ended with {process.returncode}: {process.args!r}")
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                response.read()
            return
        except OSError:
            time.sleep(0.1)
    pytest.fail(f"the server was not ready within {patience} seconds: {process.args!r}")


@dataclass
class Reply:
    """What `FaultyServer` says: to be sent as it is."""

    status: int = 200
    content: bytes = b'{"head": {}, "boolean": true}'
    media_type: str = "application/sparql-results+json"
    headers: dict[str, str] = field(default_factory=dict)
    length: int | None = None
    slowly: bool = False


@dataclass(frozen=True)
class Asked:
    """A request that `FaultyServer` was sent."""

    method: str
    path: str
    headers: dict[str, str]
    fields: dict[str, list[str]]

    @property
    def query(self) -> str:
        return self.fields.get("query", [""])[0]


class FaultyServer:
    """An HTTP server that answers what a function says, and remembers what it was asked."""

    def __init__(self, answer: Callable[[Asked], Reply], host: str = "127.0.0.1") -> None:
        self.asked: list[Asked] = []
        self._ended = threading.Event()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def handle_any(self) -> None:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                fields = parse_qs(body.decode()) if "form" in self.headers.get("Content-Type", "") else {}
                asked = Asked(self.command, self.path, {k.lower(): v for k, v in self.headers.items()}, fields)
                outer.asked.append(asked)
                outer.reply(self, answer(asked))

            # The names that the base class looks for.
            do_GET = do_POST = do_PUT = do_DELETE = do_HEAD = handle_any  # noqa: N815

            def log_message(self, format: str, *args: object) -> None:
                pass

        self._server = ThreadingHTTPServer((host, 0), Handler)
        self._server.daemon_threads = True
        self.url = f"http://{host}:{self._server.server_address[1]}/query"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.02,), daemon=True)

    def reply(self, handler: BaseHTTPRequestHandler, reply: Reply) -> None:
        handler.send_response(reply.status)
        handler.send_header("Content-Type", reply.media_type)
        if reply.length != -1:
            handler.send_header("Content-Length", str(len(reply.content) if reply.length is None else reply.length))
        for name, value in reply.headers.items():
            handler.send_header(name, value)
        handler.end_headers()
        if handler.command == "HEAD":
            return
        try:
            if not reply.slowly:
                handler.wfile.write(reply.content)
            else:
                for byte in reply.content:
                    handler.wfile.write(bytes([byte]))
                    handler.wfile.flush()
                    if self._ended.wait(0.05):
                        break
        except OSError:
            pass

    def __enter__(self) -> FaultyServer:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
