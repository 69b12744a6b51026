"""The little that must be known of a query's text before an engine sees it: its tokens.

Strings, IRIs and comments are recognised, so that a variable, a keyword or a bracket inside them is not taken for one.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from ccin_graph.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

#: An engine written in a recursive style dies on queries nested some thousands deep.
MAX_NESTING = 200

#: … and on chains of operators, of which no question needs as many.
MAX_OPERATORS = 1000

#: What a query can be; an update is none.
FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")

_TOKEN = re.compile(
    r"""
    (?P<comment>\#[^\n\r]*)
  | (?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
  # A string without its end runs to the end of the line or text: the engine refuses it, and no time is lost on it.
  | (?P<string>\"\"\"(?:[^"\\]|\\.|"(?!""))*(?:\"\"\"|\Z) | '''(?:[^'\\]|\\.|'(?!''))*(?:'''|\Z)
              | "(?:[^"\\\n\r]|\\.)*"? | '(?:[^'\\\n\r]|\\.)*'?)
  | (?P<variable>[?$]\w+)
  | (?P<number>\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)
  | (?P<word>[\w-]+)(?P<local>:(?:(?:[\w:]|%[0-9A-Fa-f]{2}|\\.)(?:[\w:.-]|%[0-9A-Fa-f]{2}|\\.)*)?)?
  | (?P<name>:[\w:]* | @[A-Za-z-]+)
  | (?P<open>[({\[])
  | (?P<close>[)}\]])
  | (?P<other>.)
    """,
    re.VERBOSE | re.DOTALL,
)


_OPERATORS = frozenset("!+-*/|^&=<>")


@lru_cache(maxsize=256)
def tokens(query: str) -> tuple[tuple[str, str], ...]:
    """Split a query into tokens.

    Parameters
    ----------
    query : str

    Returns
    -------
    tuple of (kind, text)
        Joined, the texts are the query.

    Examples
    --------
    >>> [text for kind, text in tokens('SELECT ?a { ?a ?b "?c" } # ?d') if kind == "variable"]
    ['?a', '?a', '?b']
    """
    # Kept, for a question of the packs is looked at in a dozen ways.
    found = ((match.lastgroup or "other", match.group()) for match in _TOKEN.finditer(query))
    return tuple(("name" if kind == "local" else kind, text) for kind, text in found)


def replace_variables(query: str, replacement: Callable[[str], str | None]) -> str:
    """Replace variables of a query by terms.

    Parameters
    ----------
    query : str
    replacement : callable
        Takes a variable's name without its sign; returns the term as SPARQL writes it, or None to leave the variable.

    Returns
    -------
    str

    Examples
    --------
    >>> replace_variables("ASK { ?s a ?_type_iri }", {"_type_iri": "<http://example.org/T>"}.get)
    'ASK { ?s a <http://example.org/T> }'
    """
    pieces = []
    for kind, text in tokens(query):
        term = replacement(text[1:]) if kind == "variable" else None
        pieces.append(text if term is None else term)
    return "".join(pieces)


def variables(query: str) -> list[str]:
    """List the variables of a query in the order in which they first stand, without their sign.

    Parameters
    ----------
    query : str

    Returns
    -------
    list of str

    Examples
    --------
    >>> variables("SELECT ?b { ?a ?b 1 }")
    ['b', 'a']
    """
    return list(dict.fromkeys(text[1:] for kind, text in tokens(query) if kind == "variable"))


def prefixes_of(query: str) -> dict[str, str]:
    """Return the prefixes that a query declares.

    Parameters
    ----------
    query : str

    Returns
    -------
    dict of str to str
        Namespace by prefix, without the colon.

    Examples
    --------
    >>> prefixes_of("PREFIX org: <http://www.w3.org/ns/org#> ASK { ?s a org:Post }")
    {'org': 'http://www.w3.org/ns/org#'}
    """
    said = list(_meaning(query))
    return {
        said[place + 1][1][:-1]: said[place + 2][1][1:-1]
        for place in range(len(said) - 2)
        if said[place][1].upper() == "PREFIX" and said[place + 1][0] == "name" and said[place + 2][0] == "iri"
    }


def form_of(query: str) -> str:
    """Return the form of a query.

    Parameters
    ----------
    query : str

    Returns
    -------
    str
        ``SELECT``, ``ASK``, ``CONSTRUCT`` or ``DESCRIBE``; empty if it is none of them.

    Examples
    --------
    >>> form_of("PREFIX ask: <http://example.org/select> # CONSTRUCT\\nselect * { ?s ?p ?o }")
    'SELECT'
    """
    words = (text.upper() for kind, text in _meaning(query) if kind == "word")
    return next((word for word in words if word in FORMS), "")


def selected_by(query: str) -> list[str]:
    """List the columns that a SELECT names.

    Parameters
    ----------
    query : str

    Returns
    -------
    list of str
        Without their sign; none for ``SELECT *`` and for other forms.

    Examples
    --------
    >>> selected_by("SELECT DISTINCT ?a (COUNT(?b) AS ?many) WHERE { ?a ?p ?b { SELECT ?c { ?c ?p 1 } } }")
    ['a', 'many']
    """
    names: list[str] = []
    depth, inside, before = 0, False, ""
    for kind, text in _meaning(query):
        word = text.upper()
        if not inside:
            if kind == "word" and word in FORMS and word != "SELECT":
                return []
            inside = kind == "word" and word == "SELECT"
            continue
        if depth == 0 and (text == "{" or word in ("WHERE", "FROM")):
            break
        depth += (kind == "open") - (kind == "close")
        if kind == "variable" and (depth == 0 or before == "AS"):
            names.append(text[1:])
        before = word
    return names


def services_of(query: str) -> list[str]:
    """List the services that a query asks by name.

    Parameters
    ----------
    query : str

    Returns
    -------
    list of str
        IRIs, in the order in which they first stand.

    Examples
    --------
    >>> services_of("SELECT * { SERVICE SILENT <http://example.org/sparql> { ?s ?p ?o } }")
    ['http://example.org/sparql']
    """
    said = [(kind, text) for kind, text in _meaning(query) if text.upper() != "SILENT"]
    return list(
        dict.fromkeys(
            text[1:-1] for (_, before), (kind, text) in pairwise(said) if before.upper() == "SERVICE" and kind == "iri"
        )
    )


def _meaning(query: str) -> Iterator[tuple[str, str]]:
    return ((kind, text) for kind, text in tokens(query) if kind != "comment" and not text.isspace())


def asks_service(query: str) -> bool:
    """Whether a query asks another service (``SERVICE``), by name or not.

    Parameters
    ----------
    query : str

    Returns
    -------
    bool

    Examples
    --------
    >>> asks_service("SELECT * { SERVICE ?where { ?s ?p 'x' } }")
    True
    >>> asks_service("SELECT * { ?s ?p 'SERVICE' }")
    False
    """
    return any(kind == "word" and "SERVICE" in text.upper() for kind, text in tokens(query))


def guard(query: str, *, federated: bool = False) -> None:
    """Refuse a query that would leave this machine or bring the engine down.

    Parameters
    ----------
    query : str
    federated : bool, default False
        Whether ``SERVICE`` is allowed.

    Raises
    ------
    StoreError
        If the query asks another service, or is nested too deep.

    Examples
    --------
    >>> guard("SELECT * { ?s ?p 'SERVICE' }")
    """
    depth = operators = 0
    for kind, text in tokens(query):
        operators += text in _OPERATORS or text.upper() == "UNION"
        if operators > MAX_OPERATORS:
            raise StoreError(f"the query has more than {MAX_OPERATORS} operators", remedy="Write it shorter.")
        if kind == "open":
            depth += 1
            if depth > MAX_NESTING:
                raise StoreError(f"the query is nested more than {MAX_NESTING} deep", remedy="Write it flatter.")
        elif kind == "close":
            depth -= 1
        elif kind == "iri" and text.count("(") > MAX_NESTING:
            # "1<((…2>" is an IRI to us and may be brackets between less and greater to the engine.
            raise StoreError("the query is nested too deep, or has an IRI of brackets", remedy="Write it flatter.")
        elif kind == "word" and "SERVICE" in text.upper() and not federated:
            raise StoreError(
                "the query asks another service (SERVICE)",
                remedy="Nothing is fetched: leave SERVICE out, or allow it: --federated, or federated=True.",
            )
