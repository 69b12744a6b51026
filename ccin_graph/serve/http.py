"""A site on a port of this machine."""

from __future__ import annotations

import errno
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

from ccin_graph.errors import SiteError
from ccin_graph.serve.answering import Site

if TYPE_CHECKING:
    from pathlib import Path

#: Never another one: there is nothing in front that would protect it.
ADDRESS = "127.0.0.1"


class SiteServer(ThreadingHTTPServer):
    """A server of one site; answers each request in a thread.

    Parameters
    ----------
    folder : Path
        What `ccin_graph.publish` wrote.
    port : int
        0 for any that is free.

    Raises
    ------
    SiteError
        If the folder holds no site or the port is taken.
    """

    daemon_threads = True

    def __init__(self, folder: Path, port: int) -> None:
        self.site = Site(folder)
        try:
            super().__init__((ADDRESS, port), _Handler)
        except OSError as error:
            taken = error.errno in (errno.EADDRINUSE, errno.EACCES)
            why = "is taken, or not for you" if taken else f"cannot be used: {error.strerror}"
            raise SiteError(f"port {port} {why}", remedy="Choose another one with --port.") from error

    @property
    def url(self) -> str:
        """Address of the start page."""
        return f"http://localhost:{self.server_port}/"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "ccin-graph"
    sys_version = ""
    timeout = 30

    def _respond(self) -> None:
        assert isinstance(self.server, SiteServer)
        given = {name.lower(): value for name, value in self.headers.items()}
        answer = self.server.site.answer(self.command, self.path, given)
        self.send_response(answer.status)
        for name, value in answer.headers.items():
            self.send_header(name, value)
        if answer.status != 304:
            self.send_header("Content-Length", str(len(answer.body)))
        if self.command not in ("GET", "HEAD"):
            # What was sent with the request is not read, so that nothing can follow it.
            self.close_connection = True
            self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(answer.body)

    do_GET = do_HEAD = do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = _respond  # noqa: N815

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing; the terminal is not a log."""
