"""What is probably meant by a misspelt query: the place, the line, and the nearest word, prefix or term.

An engine says where it gave up, which is often far behind the slip, and answers a query with a misspelt property with
nothing at all. Here the tokens are compared with what SPARQL knows, with the prefixes, and with what the graph holds.
"""

from __future__ import annotations

import difflib
import re
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import CcinError, QuerySyntaxError
from ccin_graph.sparql import prefixes_of, replace_variables, tokens
from ccin_graph.vocabulary import BASE, ONTOLOGY, PREFIXES, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.store import Store

_VOCABULARY = """
A ABS ALL AND AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL CLEAR COALESCE CONCAT CONSTRUCT CONTAINS COUNT
DATATYPE DAY DEFAULT DELETE DESC DESCRIBE DISTINCT DROP ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH
GROUP GROUP_CONCAT HAVING HOURS IF IN INSERT IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISURI LANG LANGMATCHES LCASE
LIMIT LOAD MAX MD5 MIN MINUS MINUTES MONTH NAMED NOT NOW OFFSET OPTIONAL ORDER PREFIX RAND REDUCED REGEX REPLACE
ROUND SAMETERM SAMPLE SECONDS SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE
STRDT STRENDS STRLANG STRLEN STRSTARTS STRUUID SUBSTR SUM TIMEZONE TRUE TZ UCASE UNDEF UNION URI UUID VALUES
WHERE YEAR
"""
_WORDS = frozenset(_VOCABULARY.split())
_PLACE = re.compile(r"(?s)error at (\d+):(\d+): (?:expected )?(.*)")
_PAIRS = {"}": "{", ")": "(", "]": "["}

_TERMS = """SELECT DISTINCT ?term {
  { ?s ?term ?o } UNION { ?s a ?term } UNION { GRAPH ?_ontology { ?term a ?kind } }
  FILTER (ISIRI(?term))
} ORDER BY ?term"""


@dataclass(frozen=True, slots=True)
class Hint:
    """Something in a query that is probably not meant.

    Parameters
    ----------
    line, column : int
        Where it stands, from 1.
    message : str
        What it is, and what may be meant.
    text : str
        The line.

    Examples
    --------
    >>> print(Hint(1, 8, "'nmae' is odd", "SELECT nmae"))
    line 1, column 8: 'nmae' is odd
        SELECT nmae
               ^
    """

    line: int
    column: int
    message: str
    text: str

    def __str__(self) -> str:
        # Long lines are shown around the place.
        start = max(0, self.column - 60)
        shown = self.text[start : start + 100].replace("\t", " ")
        mark = " " * (self.column - 1 - start) + "^"
        return f"line {self.line}, column {self.column}: {self.message}\n    {shown}\n    {mark}"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    place: int


#: What stands before the first token, and after the last.
_NONE = _Token("", "", 0)


def slips(query: str) -> list[Hint]:
    """Find what no graph is needed for: words, prefixes, brackets and variables.

    Parameters
    ----------
    query : str

    Returns
    -------
    list of Hint
        In the order of their places.

    Examples
    --------
    >>> print(slips("SELECT ?s { ?s a ?o FITLER (?o > 1) }")[0])
    line 1, column 21: 'FITLER' is no word of SPARQL; did you mean FILTER?
        SELECT ?s { ?s a ?o FITLER (?o > 1) }
                            ^
    """
    said = _meaning(query)
    found = [*_words(said), *_clauses(said), *_prefixes(said, prefixes_of(query)), *_brackets(said), *_variables(said)]
    return [_hint(query, place, message) for place, message in sorted(found)]


def unknown_terms(query: str, store: Store) -> list[Hint]:
    """Find terms and things that the graph does not hold: with them, a query is answered with nothing.

    Looked for are names and IRIs of our namespaces and of the vocabularies that the graph is written in.

    Parameters
    ----------
    query : str
    store : Store

    Returns
    -------
    list of Hint
        In the order of their places.
    """
    declared = prefixes_of(query)
    known: dict[str, str] = {}
    hints = []
    for place, written, iri in _iris(_meaning(query), declared):
        if _is_known(iri, store):
            continue
        if not known and not iri.startswith(BASE):
            asked = replace_variables(_TERMS, {"_ontology": str(ox.NamedNode(ONTOLOGY))}.get)
            terms = (row[0] for row in store.select(asked).rows)
            known = {term.value: shorten(term.value) for term in terms if isinstance(term, ox.NamedNode)}
        near = _things_near(iri, store) if iri.startswith(BASE) else _terms_near(iri, known)
        meant = f"; did you mean {' or '.join(near)}?" if near else ""
        hints.append(_hint(query, place, f"nothing in the graph is called {written}{meant}"))
    return hints


def explained(error: QuerySyntaxError, query: str, name: str = "") -> QuerySyntaxError:
    """Return the error of a query that is no SPARQL with place, line and what is probably meant.

    Parameters
    ----------
    error : QuerySyntaxError
        As an engine's store raised it.
    query : str
    name : str, optional
        The file that it was read from.

    Returns
    -------
    QuerySyntaxError
    """
    hints = slips(query)
    where = f"{name}: " if name else ""
    if not hints:
        said = _PLACE.search(error.message)
        if said is None:
            return error
        lines = query.splitlines() or [""]
        line = min(int(said[1]), len(lines))
        # What the engine expected is a list of every letter there is: only its sentences are of use.
        sentence = re.search(r"[A-Z][\w']*(?: [\w']+){3,}", said[3])
        expected = sentence[0] if sentence else "it cannot be read; what is wrong stands here or before"
        hints = [Hint(line, min(int(said[2]), len(lines[line - 1]) + 1), expected, lines[line - 1])]
    return QuerySyntaxError(f"{where}not SPARQL\n" + "\n".join(map(str, hints)))


def _meaning(query: str) -> list[_Token]:
    said, place = [], 0
    for kind, text in tokens(query):
        if kind != "comment" and not text.isspace():
            said.append(_Token(kind, text, place))
        place += len(text)
    return said


def _hint(query: str, place: int, message: str) -> Hint:
    before = query[:place]
    line = before.count("\n") + 1
    return Hint(line, place - (before.rfind("\n") + 1) + 1, message, query.split("\n")[line - 1].rstrip("\r"))


def _near(word: str, words: list[str], cutoff: float = 0.6) -> list[str]:
    folded = {known.casefold(): known for known in reversed(words)}
    return [folded[near] for near in difflib.get_close_matches(word.casefold(), folded, 2, cutoff)]


def _words(said: list[_Token]) -> Iterator[tuple[int, str]]:
    for before, token in pairwise([_NONE, *said]):
        if token.kind != "word" or token.text.upper() in _WORDS:
            continue
        if before.text.upper() == "PREFIX":
            yield token.place, f"a prefix ends with a colon; write PREFIX {token.text}: <…>"
            continue
        near = _near(token.text, sorted(_WORDS))[:1]
        meant = f"did you mean {near[0]}?" if near else "a name has a prefix, a text has quotes, a variable has a '?'"
        yield token.place, f"'{token.text}' is no word of SPARQL; {meant}"


def _clauses(said: list[_Token]) -> Iterator[tuple[int, str]]:
    for token, after in pairwise([*said, _NONE]):
        if token.text.upper() in ("ORDER", "GROUP") and after.text.upper() != "BY":
            yield token.place, f"{token.text} is followed by BY"
        if token.text == after.text == ".":
            yield after.place, "one '.' too many"


def _prefixes(said: list[_Token], declared: dict[str, str]) -> Iterator[tuple[int, str]]:
    told = set()
    for before, token in pairwise([_NONE, *said]):
        prefix, colon, _ = token.text.partition(":")
        if token.kind != "name" or not colon or prefix in told or prefix == "_":
            continue
        if before.text.upper() == "PREFIX":
            ours = PREFIXES.get(prefix)
            if ours and declared.get(prefix, ours) != ours:
                yield token.place, f"'{prefix}:' stands for <{ours}> in this graph"
        elif prefix not in declared:
            told.add(prefix)
            yield token.place, f"the prefix '{prefix}:' is not declared; {_declaration(prefix, declared)}"


def _declaration(prefix: str, declared: dict[str, str]) -> str:
    if prefix in PREFIXES:
        return f"begin the query with PREFIX {prefix}: <{PREFIXES[prefix]}>"
    near = _near(prefix, sorted({*declared, *PREFIXES}), 0.5)
    return f"did you mean '{near[0]}:'?" if near else f"begin the query with PREFIX {prefix}: <…>"


def _brackets(said: list[_Token]) -> Iterator[tuple[int, str]]:
    opened: list[_Token] = []
    for token in said:
        if token.kind == "open":
            opened.append(token)
        elif token.kind == "close":
            if opened and opened[-1].text == _PAIRS[token.text]:
                opened.pop()
            else:
                yield token.place, f"this '{token.text}' closes no '{_PAIRS[token.text]}'"
                return
    if opened:
        yield opened[-1].place, f"this '{opened[-1].text}' is not closed"


def _variables(said: list[_Token]) -> Iterator[tuple[int, str]]:
    names = [token.text[1:] for token in said if token.kind == "variable"]
    selected = False
    for before, token in pairwise([_NONE, *said]):
        word = token.text.upper()
        selected = word == "SELECT" or (selected and word != "WHERE" and token.text != "{")
        if selected and token.kind == "variable" and names.count(token.text[1:]) == 1 and before.text.upper() != "AS":
            near = _near(token.text[1:], sorted({name for name in names if name != token.text[1:]}))
            meant = f"; did you mean ?{near[0]}?" if near else ""
            yield token.place, f"{token.text} is selected and stands nowhere else{meant}"


def _iris(said: list[_Token], declared: dict[str, str]) -> Iterator[tuple[int, str, str]]:
    """Yield place, writing and IRI of the names in a query that the graph could know."""
    ours = [namespace for namespace in PREFIXES.values() if namespace != XSD]
    for before, token in pairwise([_NONE, *said]):
        iri = ""
        prefix, colon, local = token.text.partition(":")
        if (
            token.kind == "iri"
            and not before.text.endswith(":")
            and before.text.upper() not in ("BASE", "FROM", "NAMED")
        ):
            iri = token.text[1:-1]
        elif token.kind == "name" and colon and local and prefix in declared and before.text.upper() != "PREFIX":
            iri = declared[prefix] + re.sub(r"\\(.)", r"\1", local)
        if iri and any(iri.startswith(namespace) and iri != namespace for namespace in ours):
            yield token.place, token.text, iri


def _is_known(iri: str, store: Store) -> bool:
    try:
        node = ox.NamedNode(iri)
        return store.ask(
            f"ASK {{ {{ {node} ?p ?o }} UNION {{ ?s {node} ?o }} UNION {{ ?s ?p {node} }} "
            f"UNION {{ GRAPH {node} {{ ?s ?p ?o }} }} }}"
        )
    except (CcinError, ValueError):
        return True


def _terms_near(iri: str, known: dict[str, str]) -> list[str]:
    namespace = max((one for one in PREFIXES.values() if iri.startswith(one)), key=len)
    same = {term.removeprefix(namespace): short for term, short in known.items() if term.startswith(namespace)}
    local = iri.removeprefix(namespace)
    near = [same[name] for name in _near(local, list(same), 0.7)]
    # The right name after the wrong prefix.
    elsewhere = [short for term, short in known.items() if re.split(r"[/#]", term)[-1].casefold() == local.casefold()]
    return list(dict.fromkeys([*near[:1], *elsewhere, *near]))[:2]


def _things_near(iri: str, store: Store) -> list[str]:
    kind, _, slug = iri.removeprefix(BASE).partition("/")
    start = ox.Literal(f"{BASE}{kind}/")
    rows = store.select(
        f"SELECT DISTINCT ?thing {{ ?thing ?p ?o FILTER STRSTARTS(STR(?thing), {start}) }} ORDER BY ?thing"
    ).rows
    things = {getattr(row[0], "value", "").removeprefix(f"{BASE}{kind}/") for row in rows}
    if things:
        return [f"<{BASE}{kind}/{near}>" for near in _near(slug, sorted(thing for thing in things if "#" not in thing))]
    kinds = store.select(
        f"SELECT DISTINCT ?kind {{ ?thing a ?type FILTER STRSTARTS(STR(?thing), {ox.Literal(BASE)}) "
        f'BIND (STRBEFORE(STRAFTER(STR(?thing), {ox.Literal(BASE)}), "/") AS ?kind) }} ORDER BY ?kind'
    ).rows
    return [f"<{BASE}{near}/{slug}>" for near in _near(kind, [str(getattr(row[0], "value", "")) for row in kinds])]
