"""Bring printed text to a form in which two printings of one name are equal.

The texts were extracted from PDF files and slides: lines end in hyphens, emphasis became Markdown, a pound
sign became a LaTeX letter. A name is compared after all of this has been folded away, on both sides.

Hyphens are the one thing that a single form cannot settle. In ``co-operative``, and in ``develop-`` before a
line that begins with ``ment``, the hyphen joins and has to vanish; in ``Cardiff-based`` it stands between two
words and has to part them. `fold` joins, so that it gives one form for each word; `contains` looks in both.
"""

from __future__ import annotations

import html
import re
import unicodedata
from functools import lru_cache

_SINGLE_QUOTES = "\u2018\u2019\u201a\u201b\u2032\u02bc\u00b4`"
_DOUBLE_QUOTES = "\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb"
_HYPHENS = "\u2010\u2011\u2212"
_LONG_DASHES = "\u2012\u2014\u2015"
_FOOTNOTE_MARKS = "\u00b9\u00b2\u00b3\u2070\u2074\u2075\u2076\u2077\u2078\u2079\u2122"
_BULLETS = "\u2022\u25aa\u25b6\u25cf\u00b7"

_CHARACTERS = str.maketrans(
    {
        **dict.fromkeys(_SINGLE_QUOTES, "'"),
        **dict.fromkeys(_DOUBLE_QUOTES, '"'),
        **dict.fromkeys(_HYPHENS, "-"),
        **dict.fromkeys(_LONG_DASHES, " - "),
        # Before NFKD, which would glue them to the word they follow: "Network1".
        **dict.fromkeys(_FOOTNOTE_MARKS, ""),
        **dict.fromkeys(_BULLETS, " "),
        **dict.fromkeys("_#{}", ""),
        "\u2013": "-",
        "&": " and ",
    }
)

# Each piece of markup is named for what takes its place; what has no name leaves nothing.
_MARKUP = re.compile(
    r"""
    <sup>&</sup>(?:lt;|<)sup>\s*\d+\s*</sup>                       # a footnote mark, escaped halfway
  | (?P<pound>\$?\s?\\(?:mathfrak\s*\{\s*L\s*\}|pounds\b))
  | (?P<square>(?<=m)<sup>2</sup>) | (?P<ordinal><sup>(?:st|nd|rd|th)</sup>)
  | (?P<blank></?(?:br|p|li|div|t[dhr])\b[^<>]*>) | (?P<entity>&\#?\w+;)
  | <sup>\s*\d+\s*</sup> | </?[a-z][^<>\n]*>                  # footnote marks, tags
  | \[(?=[^\[\]]*\]\([^()\s]*\)) | \]\([^()\s]*\)            # a link around its text
  | (?:(?<=[\d%}])|(?-i:(?<=[a-z])))\$ | \$(?=[^\s$]*\\)       # a formula; any other dollar is money
  | \\(?:[a-z]+\s*\{)? | [*`]+ | (?<![^\W_])_+ | _+(?![^\W_])
  | \u00ad(?:[^\S\n]*\n\s*)? | [\u200b\u2060\ufeff]+
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LINE_END_HYPHEN = re.compile(r"(?<=\w)-[^\S\n]*\n\s*(?=\w)")
_INNER_HYPHEN = re.compile(r"(?<=\w)-(?=\w)")
_INNER_QUOTE = re.compile(r'(?<=\w)"(?=\w)')
_OUTER_APOSTROPHE = re.compile(r"(?<!\w)'|'(?!\w)")
# The word this network is named for is printed with a hyphen, with none and with a blank.
_CO_OP = re.compile(r"\bco[\s-]+(?=op(?:s?\b|erati))")


def fold(text: str) -> str:
    r"""Bring a text to the form in which names are compared.

    Case, accents, ligatures, markup, kinds of quotes and of blanks go; ``&`` becomes ``and``; a hyphen inside
    a word goes, at a line's end with the break; other dashes become a blank. An apostrophe stays between two
    letters (``council's``).

    Parameters
    ----------
    text : str
        One or more lines as they stand in the source, joined by newlines.

    Returns
    -------
    str
        One line, folded; folding it again changes nothing.

    Examples
    --------
    >>> fold("The **Co-\noperative Councils' Innovation** Network")
    'the cooperative councils innovation network'
    >>> fold(r"Telford \& Wrekin") == fold("Telford and  Wrekin")
    True
    """
    return _folded(text, "")


def contains(text: str, phrase: str) -> bool:
    """Tell whether a phrase stands in a text, both folded, from word boundary to word boundary.

    Parameters
    ----------
    text : str
        The cited lines, joined by newlines.
    phrase : str
        The name looked for.

    Returns
    -------
    bool
        Whether it is there; a phrase without a letter or digit never is.

    Examples
    --------
    >>> contains("in Cardiff Council's view", "Cardiff council")
    True
    >>> contains("a Cardiff-based start-up", "Cardiff")
    True
    >>> contains("eleven councils", "council")
    False
    """
    return any(_stands_in(_folded(text, hyphen), _folded(phrase, hyphen)) for hyphen in ("", " "))


def without_markup(text: str, *, in_place: bool = False) -> str:
    r"""Take out Markdown, HTML and the LaTeX that the extraction made of pound signs.

    Parameters
    ----------
    text : str
        One or more lines of a source.
    in_place : bool, optional
        Fill up with blanks, so that what is left stands where it stood.

    Returns
    -------
    str
        The bare text.

    Examples
    --------
    >>> without_markup(r"over  $\mathfrak{L}1.5m$  in **two** years")
    'over  £1.5m  in two years'
    """

    def replaced(markup: re.Match[str]) -> str:
        bare = _bare(markup)
        # A pound sign belongs to what follows, anything else to what goes before.
        padded = bare.rjust(len(markup[0])) if bare == "£" else bare.ljust(len(markup[0]))
        return padded if in_place else bare

    return _MARKUP.sub(replaced, text)


def _bare(markup: re.Match[str]) -> str:
    match markup.lastgroup:
        case "entity":
            return html.unescape(markup[0])
        case "ordinal":
            return markup[0][len("<sup>") : -len("</sup>")]
    return {"pound": "£", "square": "²", "blank": " "}.get(markup.lastgroup or "", "")


@lru_cache(maxsize=8192)
def _folded(text: str, hyphen: str) -> str:
    """Fold with a given reading of hyphens inside words, until nothing changes (markup may be nested)."""
    while (folded := _fold_once(text, hyphen)) != text:
        text = folded
    return folded


def _fold_once(text: str, hyphen: str) -> str:
    text = _plain_characters(without_markup(text)).casefold()
    text = _LINE_END_HYPHEN.sub("-", text)
    text = _CO_OP.sub("co", text)
    text = _INNER_HYPHEN.sub(hyphen, text).replace("-", " ")
    text = _INNER_QUOTE.sub(" ", text).replace('"', "")
    return " ".join(_OUTER_APOSTROPHE.sub("", text).split())


def _plain_characters(text: str) -> str:
    """Strip accents, ligatures and invisible characters, and make quotes and dashes plain."""
    decomposed = unicodedata.normalize("NFKD", text.translate(_CHARACTERS))
    return "".join(char for char in decomposed if unicodedata.category(char) not in {"Mn", "Cf"})


def _stands_in(text: str, phrase: str) -> bool:
    if not any(char.isalnum() for char in phrase):
        return False
    start = text.find(phrase)
    while start >= 0:
        end = start + len(phrase)
        if not text[start - 1 : start].isalnum() and not text[end : end + 1].isalnum():
            return True
        start = text.find(phrase, start + 1)
    return False
