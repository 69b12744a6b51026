"""What a request for something of a site is answered with; knows nothing of sockets."""

from __future__ import annotations

import hashlib
import json
import re
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any
from urllib.parse import unquote, urlsplit

from ccin_graph.errors import SiteError
from ccin_graph.publish.negotiation import FORMS, media_type, preferred
from ccin_graph.publish.redirects import RULES
from ccin_graph.publish.resolution import Rule
from ccin_graph.publish.security import headers

#: Hosts that name this machine. Another name that leads here belongs to a page that has no business with us.
_HOSTS = re.compile(r"(localhost|127\.0\.0\.1|\[::1\])(:\d+)?", re.IGNORECASE)
#: The one folder whose name begins with a dot and that is served (RFC 8615).
_WELL_KNOWN = ".well-known"
_PLAIN = "text/plain; charset=utf-8"


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer to a request.

    Parameters
    ----------
    status : int
    headers : dict of str to str
    body : bytes
        Also that of an answer to HEAD, whose length is told and which is not sent.
    """

    status: int
    headers: dict[str, str]
    body: bytes = b""


@dataclass(slots=True)
class Site:
    """A published site.

    Parameters
    ----------
    folder : Path
        What `ccin_graph.publish` wrote.

    Raises
    ------
    SiteError
        If the folder holds no site.
    """

    folder: Path
    _rules: tuple[Rule, ...] = field(init=False)
    _retired: dict[str, dict[str, Any]] = field(init=False)

    def __post_init__(self) -> None:
        path = self.folder / "redirects" / RULES
        try:
            known = json.loads(path.read_text("utf-8"))
            self._rules = tuple(
                Rule(pattern, page, data, tuple(forms)) for pattern, page, data, forms in known["rules"]
            )
            self._retired = known["retired"]
        except OSError as error:
            raise SiteError(f"{self.folder} holds no site", remedy="Run 'ccin-graph publish'.") from error
        except (KeyError, TypeError, ValueError) as error:
            raise SiteError(f"{path} cannot be read", remedy="Run 'ccin-graph publish' anew.") from error
        self.folder = self.folder.resolve()

    def answer(self, method: str, target: str, given: dict[str, str]) -> Answer:
        """Answer a request.

        Parameters
        ----------
        method : str
        target : str
            As the request line has it.
        given : dict of str to str
            The request's headers, by names in small letters.

        Returns
        -------
        Answer
        """
        if not _HOSTS.fullmatch(given.get("host", "localhost")):
            return _text(403, "This site is served to this machine only.")
        if method not in ("GET", "HEAD"):
            return _text(405, "Only GET and HEAD.", {"Allow": "GET, HEAD"})
        path = _path(target)
        if path is None:
            return _text(400, "No path of this site.")
        return self._retirement(path) or self._thing(path, given.get("accept")) or self._file(path, given)

    def _retirement(self, path: str) -> Answer | None:
        found = self._retired.get(re.sub(r"/(?:text|selector)$", "", path))
        if found is None:
            return None
        if found["status"] == 301:
            return _text(301, "", {"Location": f"/{found['target']}"})
        return self._page(410, found["target"], "This was withdrawn.")

    def _thing(self, path: str, accept: str | None) -> Answer | None:
        for rule in self._rules:
            if path and rule.target(path, "html") is not None:
                form = preferred(accept, rule.forms)
                if form is None:
                    offered = "\n".join(f"{FORMS[one][0]} /{rule.target(path, one)}" for one in rule.forms)
                    return _text(406, f"There is:\n{offered}", {"Vary": "Accept"})
                location = f"/{rule.target(path, form)}"
                return _text(303, location, {"Location": location, "Vary": "Accept"})
        return None

    def _file(self, path: str, given: dict[str, str]) -> Answer:
        found = self._safe(f"{path}index.html" if path.endswith("/") or not path else path)
        if found is None:
            return self._page(404, "404.html", "There is no such page.")
        body = found.read_bytes()
        shown = found.relative_to(self.folder).as_posix()
        tag = f'"{hashlib.sha256(body).hexdigest()[:32]}"'
        known = {**_common(shown), "ETag": tag, "Cache-Control": "no-cache"}
        if _matches(given.get("if-none-match"), tag):
            return Answer(304, known)
        return Answer(200, {**known, "Content-Type": media_type(shown)}, body)

    def _page(self, status: int, path: str, otherwise: str) -> Answer:
        found = self._safe(path)
        if found is None:
            return _text(status, otherwise)
        return Answer(status, {**_common(path), "Content-Type": media_type(path)}, found.read_bytes())

    def _safe(self, path: str) -> Path | None:
        parts = PurePosixPath(path).parts
        if any(part.startswith(".") and (part, position) != (_WELL_KNOWN, 0) for position, part in enumerate(parts)):
            return None
        try:
            found = (self.folder / path).resolve()
            # Resolved, so that no link leads out of the folder.
            return found if found.is_file() and found.is_relative_to(self.folder) else None
        except (OSError, RuntimeError, ValueError):
            return None


def _path(target: str) -> str | None:
    """Return the path of a request from the site's top; None for what is none."""
    try:
        path = unquote(urlsplit(target).path, errors="strict") if target.startswith("/") else None
    except ValueError:
        return None
    if path is None or target.startswith("//"):
        return None
    if re.search(r"[\x00-\x1f\x7f\\]", path) or any(part in (".", "..") for part in path.split("/")):
        return None
    path = path.removeprefix("/")
    return None if path.startswith("/") or "//" in path else path


def _matches(given: str | None, tag: str) -> bool:
    if given is None:
        return False
    return given.strip() == "*" or tag in (one.strip().removeprefix("W/") for one in given.split(","))


def _common(path: str) -> dict[str, str]:
    return {**headers(path), "Access-Control-Allow-Origin": "*"}


def _text(status: int, said: str, more: dict[str, str] | None = None) -> Answer:
    body = f"{said}\n".encode() if said else b""
    return Answer(status, {**_common(""), "Content-Type": _PLAIN, **(more or {})}, body)
