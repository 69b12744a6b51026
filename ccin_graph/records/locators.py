"""Locators: ``387``, ``387-391`` or ``case-studies-2021:387`` to lines of a publication, and to the IRI of a passage.

A passage is named by line positions of RFC 5147, which count the gaps between lines from 0: line 387 alone is
``#line=386,387``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from ccin_graph.vocabulary import BASE

_LOCATOR = re.compile(
    r"(?:(?P<publication>[a-z0-9]+(?:-[a-z0-9]+)*):)?(?P<first>[1-9][0-9]{0,6})(?:-(?P<last>[1-9][0-9]{0,6}))?"
)


@dataclass(frozen=True, slots=True, order=True)
class Locator:
    """Lines of one publication, both ends included, counted from 1.

    Parameters
    ----------
    publication : str
        Identifier of the publication.
    first, last : int

    Examples
    --------
    >>> Locator("covid-2020", 387, 391).iri
    'https://w3id.org/ccin/id/publication/covid-2020/text#line=386,391'
    """

    publication: str
    first: int
    last: int

    @property
    def text(self) -> str:
        """IRI of the text/plain rendering the lines belong to."""
        return f"{BASE}publication/{self.publication}/text"

    @property
    def position(self) -> str:
        """The fragment of RFC 5147."""
        return f"line={self.first - 1},{self.last}"

    @property
    def iri(self) -> str:
        """IRI of the passage."""
        return f"{self.text}#{self.position}"

    @property
    def selector(self) -> str:
        """IRI of the selector of the passage."""
        return f"{BASE}publication/{self.publication}/selector#{self.position}"


def parse_locator(text: str, publication: str | None) -> Locator:
    """Read a locator as records write it.

    Parameters
    ----------
    text : str
        A line or a range, with or without a publication before it.
    publication : str or None
        The record's own publication, if it has one.

    Returns
    -------
    Locator

    Raises
    ------
    ValueError
        If it is not a locator; the message says what one looks like.

    Examples
    --------
    >>> parse_locator("387-391", "case-studies-2021")
    Locator(publication='case-studies-2021', first=387, last=391)
    """
    match = _LOCATOR.fullmatch(text)
    if match is None:
        raise ValueError(f"'{text}' is not a locator; write a line (387), a range (387-391) or publication:lines")
    named = match["publication"] or publication
    if named is None:
        raise ValueError(f"'{text}' does not say in which publication; write publication:{text}")
    first = int(match["first"])
    last = int(match["last"] or first)
    if last < first:
        raise ValueError(f"'{text}' ends before it begins; write {last}-{first}")
    return Locator(named, first, last)
