"""What a single value may be: one rule for each thing that a key can hold, and what no text may contain."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.records.context import Holds, Key
from ccin_graph.records.dates import bounds
from ccin_graph.records.forms import SLUG

if TYPE_CHECKING:
    from collections.abc import Callable

_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]{0,17})(?:\.[0-9]{1,9})?")
_WHOLE = re.compile(r"0|[1-9][0-9]{0,17}")
_ADDRESS = re.compile(r"https?://[^\s<>\"{}|\\^`]+")
_CODES = {
    "sha256": (re.compile(r"[0-9a-f]{64}"), "the SHA-256 of the text, 64 hexadecimal digits"),
    "gss": (re.compile(r"[A-Z][0-9]{8}"), "a GSS code such as E09000002"),
}

#: Between the digits of a telephone number.
_GAP = r"[\s().\u2010-\u2013-]{0,3}"
#: A number goes on after it, or it is a sum, a share or a code.
_NO_NUMBER_BEFORE, _NO_NUMBER_AFTER = r"(?<![\d£$€A-Za-z])(?<!\d[.,])", r"(?![\d%]|[.,]\d|\s?(?:m|k|bn)\b)"
_AREAS = (
    "A[BL]|B[ABDHLNRST]?|C[ABFHMORTVW]|D[ADEGHLNTY]|E[CHNX]?|F[KY]|G[LUY]?|H[ADGPRSUX]|I[GMPV]|JE|K[ATWY]|L[ADELNSU]?|"
    "M[EKL]?|N[EGNPRW]?|O[LX]|P[AEHLOR]|R[GHM]|S[AEGKLMNOPRSTWY]?|T[ADFNQRSW]|UB|W[ACDFNRSV]?|YO|ZE"
)
_DISTRICT, _UNIT = "[0-9][A-Z0-9]?", "[0-9][ABD-HJLNP-UW-Z]{2}"

_PRIVATE = {
    "an e-mail address": re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),
    "a telephone number": re.compile(
        rf"{_NO_NUMBER_BEFORE}(?:"
        rf"(?:(?:\+|00\s?)44{_GAP}0?{_GAP}|\(0\)\s?|\(?0)[1-9](?:{_GAP}\d){{8,9}}"  # British
        rf"|(?:\+|\b00)(?!44)[1-9](?:{_GAP}\d){{8,14}}"  # with the prefix of another country
        rf"){_NO_NUMBER_AFTER}"
    ),
    "a postcode": re.compile(
        rf"\b[A-Z]{{1,2}}{_DISTRICT}\s{_UNIT}\b|\b(?:{_AREAS}){_DISTRICT}{_UNIT}\b"
        rf"|(?i:\b(?:{_AREAS}){_DISTRICT}\s{_UNIT}\b)(?<!st)(?<!nd)(?<!rd)(?<!th)"
    ),
}


def fault_of(key: Key, text: str) -> str | None:
    """Say what is wrong with a value.

    Parameters
    ----------
    key : Key
        The key it stands under.
    text : str
        The value as written.

    Returns
    -------
    str or None
        None if nothing is wrong.

    Examples
    --------
    >>> fault_of(Key("complete", "", Holds.BOOLEAN, "", "", False), "no")
    "'no' is not true or false; write true or false"
    """
    if not text.strip():
        return "is empty; give a value or leave the key out"
    rule = _RULES.get(key.holds)
    return rule(key, text) if rule else None


def private_detail_in(text: str) -> str | None:
    """Name the kind of private detail that a text contains.

    Parameters
    ----------
    text : str

    Returns
    -------
    str or None

    Examples
    --------
    >>> private_detail_in("write to someone@example.org")
    'an e-mail address'
    """
    return next((kind for kind, pattern in _PRIVATE.items() if pattern.search(text)), None)


def _text(_: Key, text: str) -> str | None:
    detail = private_detail_in(text)
    if detail:
        return f"contains {detail}; no contact details enter the graph, take it out"
    if any(not character.isprintable() and not character.isspace() for character in text):
        return "contains a control character; take it out"
    return "has a line break; write one paragraph" if "\n" in text.strip() else None


def one_line(text: str) -> str:
    """Return a text with every run of white space as one blank, as records mean it.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> one_line(" two  words ")
    'two words'
    """
    return " ".join(text.split())


def _number(_: Key, text: str) -> str | None:
    if _NUMBER.fullmatch(text):
        return None
    return f"'{text}' is not a number; write it in full, in digits without commas or signs (96000, 93.6)"


def _whole(_: Key, text: str) -> str | None:
    return None if _WHOLE.fullmatch(text) else f"'{text}' is not a whole number; write it in digits"


def _truth(_: Key, text: str) -> str | None:
    return None if text in ("true", "false") else f"'{text}' is not true or false; write true or false"


def _date(_: Key, text: str) -> str | None:
    try:
        bounds(text)
    except ValueError as error:
        return str(error)
    return None


def _day(key: Key, _: str) -> str | None:
    return f"'{key.name}' is computed from the date; leave the key out"


def _code(key: Key, text: str) -> str | None:
    pattern, wanted = _CODES[key.name]
    return None if pattern.fullmatch(text) else f"'{text}' is not {wanted}"


def _address(_: Key, text: str) -> str | None:
    if not _ADDRESS.fullmatch(text):
        return f"'{text}' is not a web address; begin with https://"
    try:
        ox.NamedNode(text)
    except ValueError:
        return f"'{text}' is not a web address that an IRI can be; mend it"
    return None


def _reference(key: Key, text: str) -> str | None:
    if key.base == "place":
        return _text(key, text)
    if key.base == "unit" and re.fullmatch(r"[A-Z]{3}", text):
        return None
    pieces = text.split("/")
    if len(pieces) == (2 if key.base == "case-study" else 1) and all(SLUG.fullmatch(piece) for piece in pieces):
        return None
    return f"'{text}' is not an id; write it in small letters, digits and hyphens"


_RULES: dict[Holds, Callable[[Key, str], str | None]] = {
    Holds.TEXT: _text,
    Holds.STRING: _text,
    Holds.DECIMAL: _number,
    Holds.INTEGER: _whole,
    Holds.BOOLEAN: _truth,
    Holds.DATE: _date,
    Holds.DAY: _day,
    Holds.CODE: _code,
    Holds.ADDRESS: _address,
    Holds.REFERENCE: _reference,
}
