"""Requests to SPARQL services: time-outs, retries, credentials, and what went wrong in plain words."""

from __future__ import annotations

import http.client
import os
import re
import time
import urllib.error
import urllib.parse
import urllib.request
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING

from ccin_graph.errors import EndpointError

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from email.message import Message

#: Names of the environment variables that hold credentials; there is no other way to give them.
USER, PASSWORD, TOKEN = "CCIN_ENDPOINT_USER", "CCIN_ENDPOINT_PASSWORD", "CCIN_ENDPOINT_TOKEN"

#: Answers that say "later": too many requests, not available now.
_LATER = (429, 503)

_PORTS = {"http": 80, "https": 443}
_PIECE = 1 << 16


@dataclass(frozen=True, slots=True)
class Credentials:
    """What a service asks to be shown; never printed.

    Parameters
    ----------
    header : str
        Value of the ``Authorization`` header; empty for none.
    secrets : tuple of str
        What must not appear in a message.

    Examples
    --------
    >>> Credentials.from_environment({"CCIN_ENDPOINT_TOKEN": "open sesame"})
    Credentials()
    """

    header: str = field(default="", repr=False)
    secrets: tuple[str, ...] = field(default=(), repr=False)

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Credentials:
        """Read credentials: a token, else a user and a password, else none.

        Parameters
        ----------
        environment : mapping of str to str, optional
            ``os.environ`` by default.

        Returns
        -------
        Credentials

        Raises
        ------
        EndpointError
            If they cannot be sent, or there is a user without a password.
        """
        import base64

        known = os.environ if environment is None else environment
        token, user, password = (known.get(name, "") for name in (TOKEN, USER, PASSWORD))
        for name in (TOKEN, USER, PASSWORD):
            if any(ord(character) < 32 for character in known.get(name, "")):
                raise EndpointError(f"{name} holds a control character", remedy="Set it anew, on one line.")
        if token:
            if not token.isascii():
                raise EndpointError(f"{TOKEN} holds more than ASCII", remedy="Set it anew.")
            return cls(f"Bearer {token}", (token,))
        if not user and not password:
            return cls()
        if not user or not password:
            missing = PASSWORD if user else USER
            raise EndpointError(f"{missing} is not set", remedy=f"Set {USER} and {PASSWORD}, or neither.")
        pair = base64.b64encode(f"{user}:{password}".encode()).decode()
        return cls(f"Basic {pair}", (password, pair))


@dataclass(frozen=True, slots=True)
class Answer:
    """What a service answered.

    Parameters
    ----------
    url : str
        Where it came from, after redirects.
    status : int
    media_type : str
        In small letters, without parameters.
    headers : email.message.Message
    content : bytes
    """

    url: str
    status: int
    media_type: str
    headers: Message
    content: bytes

    @property
    def has_an_end(self) -> bool:
        """Whether the protocol tells where the answer ends, so that half of one is not taken for the whole."""
        return "Content-Length" in self.headers or "chunked" in str(self.headers.get("Transfer-Encoding", "")).lower()


class ServiceClient:
    """Sends requests to one service.

    Parameters
    ----------
    timeout : float, default 60
        Seconds that one answer may take.
    credentials : Credentials, optional
        None by default.
    attempts : int, default 5
        How often a request is sent where the service says "later" (429 or 503).
    longest_wait : float, default 60
        Seconds it is waited for at most before the next attempt; a service that asks for more is believed, and the
        request given up.
    writes : bool, default False
        Whether it sends data: these follow no redirect to another host.
    sleep : callable, default `time.sleep`
    """

    def __init__(
        self,
        *,
        timeout: float = 60.0,
        credentials: Credentials | None = None,
        attempts: int = 5,
        longest_wait: float = 60.0,
        writes: bool = False,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.timeout = timeout
        self._credentials = credentials or Credentials()
        self._attempts = attempts
        self._longest_wait = longest_wait
        self._sleep = sleep
        # Not the common opener: no files, no FTP, no cookies, and redirects as we want them.
        self._opener = urllib.request.OpenerDirector()
        for handler in (
            urllib.request.ProxyHandler(),
            urllib.request.UnknownHandler(),
            urllib.request.HTTPHandler(),
            urllib.request.HTTPSHandler(),
            urllib.request.HTTPDefaultErrorHandler(),
            urllib.request.HTTPErrorProcessor(),
            _Redirects(credentials=bool(self._credentials.header), writes=writes),
        ):
            self._opener.add_handler(handler)

    def send(self, request: urllib.request.Request, *, missing_ok: bool = False) -> Answer:
        """Send a request and read the whole answer.

        Parameters
        ----------
        request : urllib.request.Request
            One that may be repeated without harm.
        missing_ok : bool, default False
            Whether 404 is an answer too.

        Returns
        -------
        Answer

        Raises
        ------
        EndpointError
            If the service is not reached, is too slow, refuses, sends half an answer, or sends elsewhere.
        """
        if self._credentials.header:
            request.add_header("Authorization", self._credentials.header)
        for attempt in range(1, self._attempts + 1):
            try:
                return self._once(request)
            except urllib.error.HTTPError as error:
                with error:
                    if error.code == 404 and missing_ok:
                        return _answer(error.url, 404, error.headers, b"")
                    if error.code not in _LATER:
                        raise self._refusal(request, error) from None
                    wait = _wait(error.headers.get("Retry-After"), attempt)
                    self._check_wait(request, error, wait, last=attempt == self._attempts)
                self._sleep(wait)
        raise AssertionError("the last attempt returns or raises")

    def _once(self, request: urllib.request.Request) -> Answer:
        url = shown_url(request.full_url)
        deadline = time.monotonic() + self.timeout
        try:
            with self._opener.open(request, timeout=self.timeout) as response:
                content = _read(response, deadline)
                return _answer(response.url, response.status, response.headers, content)
        except urllib.error.HTTPError:
            raise
        except TimeoutError as error:
            raise self._too_slow(url) from error
        except urllib.error.URLError as error:
            if isinstance(error.reason, TimeoutError):
                raise self._too_slow(url) from error
            reason = getattr(error.reason, "strerror", None) or error.reason
            raise EndpointError(f"{url} is not reached: {reason}", remedy="Is the address right?") from error
        except http.client.IncompleteRead as error:
            raise EndpointError(f"{url} sent half an answer and closed", remedy="Try again.") from error
        except (http.client.HTTPException, OSError) as error:
            reason = getattr(error, "strerror", None) or type(error).__name__
            raise EndpointError(f"{url} broke off: {reason}", remedy="Is it an HTTP service?") from error

    def _too_slow(self, url: str) -> EndpointError:
        return EndpointError(
            f"{url} did not answer within {self.timeout:g} seconds", remedy="Ask for less, or allow more time."
        )

    def _refusal(self, request: urllib.request.Request, error: urllib.error.HTTPError) -> EndpointError:
        remedies = {
            401: f"Set {USER} and {PASSWORD}, or {TOKEN}, in the environment.",
            403: f"Set {USER} and {PASSWORD}, or {TOKEN}, in the environment.",
            404: "Is the address right? Services often have .../query, .../sparql or .../update.",
            405: "Is the address right? Services often have .../query, .../sparql or .../update.",
        }
        said = self._first_line(error)
        told = f": {said}" if said else ""
        return EndpointError(
            f"{shown_url(request.full_url)} answers {error.code} {_reason(error)}{told}",
            remedy=remedies.get(error.code, ""),
            status=error.code,
        )

    def _check_wait(
        self, request: urllib.request.Request, error: urllib.error.HTTPError, wait: float, *, last: bool
    ) -> None:
        url = shown_url(request.full_url)
        if wait > self._longest_wait:
            raise EndpointError(
                f"{url} answers {error.code} and asks to wait {wait:.0f} seconds",
                remedy="Try later.",
                status=error.code,
            ) from None
        if last:
            raise EndpointError(
                f"{url} answers {error.code} {_reason(error)}, {self._attempts} times",
                remedy="Try later.",
                status=error.code,
            ) from None

    def _first_line(self, error: urllib.error.HTTPError) -> str:
        try:
            text = error.read(_PIECE).decode("utf-8", "replace")
        except (OSError, http.client.HTTPException):
            return ""
        if "html" in str(error.headers.get("Content-Type", "")).lower():
            title = re.search(r"<title[^>]*>([^<]*)", text, re.IGNORECASE)
            text = title[1] if title else ""
        line = next((line.strip() for line in text.splitlines() if line.strip()), "")
        line = "".join(character if character.isprintable() else " " for character in line)[:300]
        for secret in self._credentials.secrets:
            line = line.replace(secret, "...")
        return line.rstrip(".")


class _Redirects(urllib.request.HTTPRedirectHandler):
    """Follows a redirect with the request as it is; to another host only where nothing is at stake."""

    def __init__(self, *, credentials: bool, writes: bool) -> None:
        self._guarded = "Credentials are" if credentials else "Data are" if writes else ""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Message, newurl: str
    ) -> urllib.request.Request | None:
        here, there = urllib.parse.urlsplit(req.full_url), urllib.parse.urlsplit(newurl)
        if self._guarded and not _same_host(here, there):
            fp.close()
            host = f"{there.scheme}://{there.netloc.rpartition('@')[2]}"
            raise EndpointError(
                f"{shown_url(req.full_url)} redirects to another host, {host}",
                remedy=f"{self._guarded} not sent there; name that address if you trust it.",
                status=code,
            )
        if code == 303:
            kept = {key: value for key, value in req.headers.items() if not key.lower().startswith("content-")}
            return urllib.request.Request(newurl, headers=kept, unverifiable=True)
        # The question goes with it: urllib would ask the new address for nothing.
        return urllib.request.Request(
            newurl, data=req.data, headers=dict(req.headers), method=req.get_method(), unverifiable=True
        )


def _same_host(here: urllib.parse.SplitResult, there: urllib.parse.SplitResult) -> bool:
    """Whether two addresses are of one service; the step from http to https is no other host, the step back is."""
    if here.hostname != there.hostname:
        return False
    ports = [part.port or _PORTS.get(part.scheme) for part in (here, there)]
    if here.scheme == there.scheme:
        return ports[0] == ports[1]
    return (here.scheme, there.scheme, *ports) == ("http", "https", 80, 443)


def _answer(url: str | None, status: int, headers: Message, content: bytes) -> Answer:
    media_type = str(headers.get("Content-Type", "")).partition(";")[0].strip().lower()
    return Answer(url or "", status, media_type, headers, content)


def _read(response: http.client.HTTPResponse, deadline: float) -> bytes:
    pieces = []
    while piece := response.read1(_PIECE):
        pieces.append(piece)
        if time.monotonic() > deadline:
            # A time-out of the socket counts from one byte to the next.
            raise TimeoutError
    content = b"".join(pieces)
    # What is left of the announced length.
    if response.length:
        raise http.client.IncompleteRead(content, response.length)
    return content


def _reason(error: urllib.error.HTTPError) -> str:
    return http.client.responses.get(error.code, "")


def _wait(asked: str | None, attempt: int) -> float:
    """Return how long to wait: as asked, in seconds or until a date; else 1, 2, 4 … seconds."""
    from datetime import UTC, datetime
    from email.utils import parsedate_to_datetime

    if asked is None:
        return float(2 ** (attempt - 1))
    if asked.strip().isdigit():
        return float(asked)
    try:
        until = parsedate_to_datetime(asked)
    except ValueError:
        return float(2 ** (attempt - 1))
    now = datetime.now(UTC)
    return max(0.0, (until.replace(tzinfo=until.tzinfo or UTC) - now).total_seconds())


def checked_url(url: str) -> str:
    """Return the address of a service if it can be one.

    Parameters
    ----------
    url : str

    Returns
    -------
    str

    Raises
    ------
    EndpointError
        If it is not http or https, or carries credentials.

    Examples
    --------
    >>> checked_url("http://localhost:7878/query")
    'http://localhost:7878/query'
    """
    try:
        parts = urllib.parse.urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or any(ord(character) <= 32 for character in url) or not url.isascii():
        raise EndpointError(
            f"'{shown_url(url)}' is no address of a service", remedy="Write it as http://localhost:7878/query."
        )
    if "@" in parts.netloc:
        raise EndpointError(
            "the address holds credentials", remedy=f"Set {USER} and {PASSWORD} in the environment, and leave them out."
        )
    if parts.fragment:
        raise EndpointError(f"'{shown_url(url)}' has a fragment (#)", remedy="Leave it out.")
    return url


def shown_url(url: str) -> str:
    """Return an address as it may be printed: without credentials and parameters.

    Parameters
    ----------
    url : str

    Returns
    -------
    str

    Examples
    --------
    >>> shown_url("https://me:secret@example.org/query?key=secret")
    'https://example.org/query'
    """
    without = re.sub(r"//[^/?#]*@", "//", url)
    return re.split(r"[?#]", without, maxsplit=1)[0]
