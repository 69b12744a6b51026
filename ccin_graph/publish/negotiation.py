"""Which form of a document a client wants: the Accept header read in full, and as patterns for servers that match.

HTML comes first where a client has no preference, and a browser always gets it.
"""

from __future__ import annotations

import re

#: The forms of a document in the order of preference, each with the media types that ask for it, its own first.
FORMS: dict[str, tuple[str, ...]] = {
    "html": ("text/html", "application/xhtml+xml"),
    "ttl": ("text/turtle", "application/x-turtle"),
    "jsonld": ("application/ld+json", "application/json"),
    "nt": ("application/n-triples",),
}

#: How files are served, by the ending of their names.
MEDIA_TYPES: dict[str, str] = {
    "html": "text/html; charset=utf-8",
    "ttl": "text/turtle; charset=utf-8",
    "jsonld": "application/ld+json",
    "nt": "application/n-triples",
    "nq": "application/n-quads",
    "trig": "application/trig; charset=utf-8",
    "rq": "application/sparql-query; charset=utf-8",
    "json": "application/json",
    "csv": "text/csv; charset=utf-8; header=present",
    "graphml": "application/graphml+xml",
    "gexf": "application/gexf+xml",
    "gz": "application/gzip",
    "xml": "application/xml",
    "atom": "application/atom+xml",
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "wasm": "application/wasm",
    "svg": "image/svg+xml",
    "png": "image/png",
    "ico": "image/x-icon",
    "txt": "text/plain; charset=utf-8",
    "md": "text/markdown; charset=utf-8",
    "yaml": "application/yaml",
}
#: What is not said by the ending alone.
NAMED_MEDIA_TYPES = {
    "feed.xml": "application/atom+xml",
    "SHA256SUMS": "text/plain; charset=utf-8",
    "void": "text/turtle; charset=utf-8",
}

_RANGE = re.compile(r"\s*([^\s;,/]+/[^\s;,/]+)\s*(?:;(.*))?", re.DOTALL)
_QUALITY = re.compile(r"\s*q\s*=\s*(1(?:\.0{0,3})?|0?\.\d{1,3}|0)\s*", re.IGNORECASE)
_UNQUOTED_COMMA = re.compile(r',(?=(?:[^"]*"[^"]*")*[^"]*$)')
_UNQUOTED_SEMICOLON = re.compile(r';(?=(?:[^"]*"[^"]*")*[^"]*$)')
#: No header of a client is longer.
_LONGEST = 4096


def media_type(path: str) -> str:
    """Return how a file of the site is served.

    Parameters
    ----------
    path : str

    Returns
    -------
    str

    Examples
    --------
    >>> media_type("id/organisation/preston.ttl"), media_type("data/ccin.nq.gz"), media_type("LICENCE")
    ('text/turtle; charset=utf-8', 'application/gzip', 'application/octet-stream')
    """
    name = path.rpartition("/")[2]
    ending = name.rpartition(".")[2].lower()
    return NAMED_MEDIA_TYPES.get(name) or MEDIA_TYPES.get(ending, "application/octet-stream")


def preferred(accept: str | None, forms: tuple[str, ...] = tuple(FORMS)) -> str | None:
    """Return the form that a client wants most (RFC 9110, section 12.5.1).

    Parameters
    ----------
    accept : str or None
        The header; None where there is none.
    forms : tuple of str, optional
        What can be had, of `FORMS`, in the order of preference.

    Returns
    -------
    str or None
        None where the client accepts nothing of it.

    Examples
    --------
    >>> preferred("text/turtle;q=0.9, text/html;q=0.8, */*;q=0.1")
    'ttl'
    >>> preferred("image/png") is None, preferred("*/*"), preferred(None)
    (True, 'html', 'html')
    """
    if accept is None or not accept.strip():
        return forms[0]
    ranges = _ranges(accept[:_LONGEST])
    if not ranges:
        return forms[0]
    weighed = [(_quality(form, ranges), -position, form) for position, form in enumerate(forms)]
    best, _, form = max(weighed)
    return form if best > 0 else None


def _ranges(accept: str) -> dict[str, float]:
    found: dict[str, float] = {}
    for part in _UNQUOTED_COMMA.split(accept):
        match = _RANGE.fullmatch(part)
        if match:
            read = (_QUALITY.fullmatch(one) for one in _UNQUOTED_SEMICOLON.split(match[2] or ""))
            quality = next((float(one[1]) for one in read if one), 1.0)
            # Of a type named twice, with and without parameters, the kinder one counts.
            found[match[1].lower()] = max(quality, found.get(match[1].lower(), 0.0))
    return found


def _quality(form: str, ranges: dict[str, float]) -> float:
    named = [ranges[one] for one in FORMS[form] if one in ranges]
    if named:
        return max(named)
    return ranges.get(_any_of(form), ranges.get("*/*", 0.0))


def _any_of(form: str) -> str:
    return FORMS[form][0].partition("/")[0] + "/*"


#: Qualities that servers tell apart which can only match patterns: one decimal, and what lies below.
_LEVELS = (
    r"(?:;\s*q\s*=\s*1(?:\.0*)?\s*)?",
    *(rf";\s*q\s*=\s*0?\.{tenth}\d*\s*" for tenth in range(9, 0, -1)),
    r";\s*q\s*=\s*0?\.0\d*[1-9]\d*\s*",
)
_PARAMETERS = r"(?:;(?!\s*q\s*=)[^,;]*)*"


def accept_patterns() -> list[tuple[str, str]]:
    """Return patterns that tell what a client wants, for servers without content negotiation of their own.

    The first that matches the Accept header, in any case of letters, decides; where none does, it is HTML. They honour
    qualities to one decimal, and ranges such as ``text/*``. They are written so that PCRE and Python read them alike.

    Returns
    -------
    list of tuple of str
        Pattern and form.

    Examples
    --------
    >>> header = "text/html;q=0.5, text/turtle"
    >>> next(form for pattern, form in accept_patterns() if re.search(pattern, header, re.IGNORECASE))
    'ttl'
    """
    patterns = []
    for level in _LEVELS:
        for form in FORMS:
            named = f"(?!.*{_said(form)})"
            ranged = f"(?!.*{_token((_any_of(form),))})"
            at = [
                f"(?=.*{_at(FORMS[form], level)})",
                f"{named}(?=.*{_at((_any_of(form),), level)})",
                f"{named}{ranged}(?=.*{_at(('*/*',), level)})",
            ]
            patterns.append((f"^(?:{'|'.join(at)})", form))
    return patterns


def _said(form: str) -> str:
    return _token(FORMS[form])


def _token(types: tuple[str, ...]) -> str:
    return rf"(?:^|,)\s*(?:{'|'.join(map(re.escape, types))})\s*(?:[;,]|$)"


def _at(types: tuple[str, ...], level: str) -> str:
    return rf"(?:^|,)\s*(?:{'|'.join(map(re.escape, types))})\s*{_PARAMETERS}{level}{_PARAMETERS}(?:,|$)"
