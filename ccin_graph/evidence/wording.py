"""Words that a claim needs in the lines it cites, besides names and numbers."""

from __future__ import annotations

import re

from ccin_graph.evidence.folding import fold

#: What a text says when it does not mean exactly the number that it gives, by the id of the qualifier.
HEDGES = {
    "about": re.compile(
        r"\b(?:about|around|approx\w*|approaching|circa|some|nearly|almost|roughly|close to|estimat\w*|or so|"
        r"just (?:over|under)|in the region|average|thirds?|quarters?|half|a (?:hundred|thousand|million)|"
        r"c(?:irca|\.)?(?= ?£?\d))|[~≈]",
        re.IGNORECASE,
    ),
    "at-least": re.compile(
        r"\b(?:over|more|at least|minimum|in excess|upwards|exceed\w*|excess|above|no (?:less|fewer)|plus|counting)\b"
        r"|[+>≥]|&gt;",
        re.IGNORECASE,
    ),
    "at-most": re.compile(
        r"\b(?:up ?to|less|under|below|fewer|maximum|at most|no more|within|as little)\b|[<≤]|&lt;", re.IGNORECASE
    ),
}

#: Words shorter than this name no principle, and of longer ones so many letters are compared.
_STEM = 5


def hedges(text: str, qualifier: str) -> bool:
    """Tell whether a text has a word for a qualifier such as *about*.

    Parameters
    ----------
    text : str
        The cited lines.
    qualifier : str
        Its id; one that needs no word, such as ``exactly``, is always there.

    Returns
    -------
    bool

    Examples
    --------
    >>> hedges("more than 96,000 residents", "at-least"), hedges("96,000 residents", "at-least")
    (True, False)
    >>> hedges("96,000 residents", "exactly")
    True
    """
    pattern = HEDGES.get(qualifier)
    return pattern is None or bool(pattern.search(text))


def names_principle(text: str, label: str) -> bool:
    """Tell whether a text has a word of the name of a principle or value, in any form of the word.

    Parameters
    ----------
    text : str
        The cited lines.
    label : str

    Returns
    -------
    bool

    Examples
    --------
    >>> names_principle("a democracy of its members", "Democratic engagement")
    True
    >>> names_principle("a fund for all", "Democratic engagement")
    False
    """
    folded = fold(text)
    words = (word.removesuffix("ness") for word in fold(label).split())
    return any(word[:_STEM] in folded for word in words if len(word) >= _STEM - 1)
