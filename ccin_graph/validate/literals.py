"""Literals as N-Triples writes them: their parts, whether they are well-formed, and which of two is less.

Only what SHACL asks of a literal, and only of the datatypes that SPARQL can order; the rest is not known here.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from ccin_graph.vocabulary import RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Callable

_ESCAPE = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))")
_SHORT = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}

#: Within this of each other, a time with a zone and one without cannot be told apart.
_ZONES = timedelta(hours=14)

_BOUNDS: dict[str, tuple[int | None, int | None]] = {
    "integer": (None, None),
    "nonNegativeInteger": (0, None),
    "positiveInteger": (1, None),
    "nonPositiveInteger": (None, 0),
    "negativeInteger": (None, -1),
    **{name: (-(2 ** (bits - 1)), 2 ** (bits - 1) - 1) for name, bits in (("byte", 8), ("short", 16), ("int", 32))},
    "long": (-(2**63), 2**63 - 1),
    **{f"unsigned{name}": (0, 2**bits - 1) for name, bits in (("Byte", 8), ("Short", 16), ("Int", 32), ("Long", 64))},
}
_ZONE = r"(?P<zone>Z|[+-](?:0\d|1[0-3]):[0-5]\d|[+-]14:00)?"
_FORMS = {
    "boolean": re.compile(r"true|false|1|0"),
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)"),
    "double": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)(?:[eE][+-]?[0-9]+)?|[+-]?INF|NaN"),
    "hexBinary": re.compile(r"(?:[0-9A-Fa-f]{2})*"),
    "date": re.compile(rf"(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}){_ZONE}"),
    "dateTime": re.compile(
        rf"(?P<day>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}})T(?P<time>[0-9]{{2}}:[0-9]{{2}}:[0-9]{{2}})(?P<part>\.[0-9]{{1,6}})?{_ZONE}"
    ),
    "gYear": re.compile(rf"-?(?:[1-9][0-9]{{3,}}|0[0-9]{{3}}){_ZONE}"),
}
_FORMS["float"] = _FORMS["double"]
_INTEGER = re.compile(r"[+-]?[0-9]+")
#: Any text is one of these.
_TEXTS = {"string", "anyURI"}


class UnknownDatatype(Exception):
    """Nothing is known here of a datatype; another engine has to look."""


def parts(literal: str) -> tuple[str, str, str]:
    r"""Take a literal apart.

    Parameters
    ----------
    literal : str
        As N-Triples writes it.

    Returns
    -------
    tuple of str
        Text, language and the IRI of the datatype.

    Examples
    --------
    >>> parts('"tea \\"for\\" two"@en')
    ('tea "for" two', 'en', 'http://www.w3.org/1999/02/22-rdf-syntax-ns#langString')
    """
    end = literal.rindex('"')
    text, rest = unescaped(literal[1:end]), literal[end + 1 :]
    if rest.startswith("@"):
        return text, rest[1:], RDF + "langString"
    return text, "", rest[3:-1] if rest else XSD + "string"


def unescaped(text: str) -> str:
    """Return a text of N-Triples without its escapes.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
    """
    return _ESCAPE.sub(_character, text) if "\\" in text else text


def _character(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _SHORT.get(match[3], match[3])


@cache
def well_formed(datatype: str) -> Callable[[str], bool]:
    """Return the test of a text of a datatype.

    Parameters
    ----------
    datatype : str
        IRI. Of a datatype that is not XML Schema's, every text is well-formed.

    Returns
    -------
    callable

    Raises
    ------
    UnknownDatatype
        If it is one of XML Schema's of which nothing is known here.

    Examples
    --------
    >>> well_formed(XSD + "date")("2020-02-30"), well_formed(XSD + "unsignedByte")("255")
    (False, True)
    """
    name = datatype.removeprefix(XSD)
    if (name == datatype and not datatype.startswith(RDF)) or name in _TEXTS or datatype == RDF + "langString":
        return lambda text: True
    if name in _BOUNDS:
        least, most = _BOUNDS[name]
        return lambda text: _INTEGER.fullmatch(text) is not None and _between(Decimal(text), least, most)
    if name in ("date", "dateTime"):
        return lambda text: _moment(name, text) is not None
    if name in _FORMS:
        return lambda text: _FORMS[name].fullmatch(text) is not None
    raise UnknownDatatype(datatype)


def _between(number: Decimal, least: int | None, most: int | None) -> bool:
    return (least is None or number >= least) and (most is None or number <= most)


def _moment(name: str, text: str) -> tuple[datetime, bool] | None:
    """Return a date or time in Greenwich, and whether its zone is told; None where there is no such day."""
    match = _FORMS[name].fullmatch(text)
    if match is None:
        return None
    try:
        clock = match["time"] + (match["part"] or "") if name == "dateTime" else "00:00:00"
        later = timedelta(days=1) if clock.startswith("24:00:00") else timedelta()
        moment = datetime.combine(date.fromisoformat(match["day"]), datetime.min.time(), UTC) + later
        if not later:
            moment = datetime.fromisoformat(f"{match['day']}T{clock}+00:00")
        zone = match["zone"]
        if zone and zone != "Z":
            hours, minutes = zone[1:].split(":")
            offset = timedelta(hours=int(hours), minutes=int(minutes))
            moment += offset if zone[0] == "-" else -offset
    except (ValueError, OverflowError):
        return None
    return moment, bool(zone)


def compare(one: str, other: str) -> int | None:
    """Order two terms as SPARQL does.

    Parameters
    ----------
    one, other : str
        As N-Triples writes them.

    Returns
    -------
    int or None
        Below, at or above 0; None where they cannot be compared.

    Raises
    ------
    UnknownDatatype
        If one has a datatype of which nothing is known here.

    Examples
    --------
    >>> compare('"9"^^<http://www.w3.org/2001/XMLSchema#integer>', '"10.0"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    -1
    >>> compare('"9"', '<http://example.org/>') is None
    True
    """
    if not (one.startswith('"') and other.startswith('"')):
        return None
    first, second = _ordered(one), _ordered(other)
    if first is None or second is None or first[0] != second[0]:
        return None
    (kind, a), (_, b) = first, second
    if kind == "number":
        if isinstance(a, float) or isinstance(b, float):
            a, b = float(a), float(b)
        if a != a or b != b:
            return None
    elif kind in ("date", "dateTime"):
        (a, zoned), (b, also) = a, b
        if zoned != also and abs(a - b) <= _ZONES:
            return None
    return int(a > b) - int(a < b)


@lru_cache(maxsize=2**14)
def _ordered(literal: str) -> tuple[str, Any] | None:
    text, _, datatype = parts(literal)
    name = datatype.removeprefix(XSD)
    if name == "string":
        return "string", text
    if datatype == RDF + "langString":
        return None
    if name == datatype or name in ("anyURI", "hexBinary"):
        # SPARQL orders only what it knows.
        return None
    if not well_formed(datatype)(text):
        return None
    if name in ("date", "dateTime"):
        return name, _moment(name, text)
    if name == "boolean":
        return name, text in ("true", "1")
    if name in ("double", "float"):
        return "number", float(text)
    if name == "decimal" or name in _BOUNDS:
        return "number", Decimal(text)
    raise UnknownDatatype(datatype)
