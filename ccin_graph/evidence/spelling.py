"""Likely misprints in names: a word that nothing else has, one letter away from one that many have."""

from __future__ import annotations

import re
import string
import unicodedata
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_WORD = re.compile(r"[a-z]{3,}")
_HYPHEN = re.compile(r"(?<=\w)[-\u00ad\u2010\u2011]\s*(?=\w)")


def words_of(text: str) -> set[str]:
    """Return the words of a text in small plain letters.

    Parameters
    ----------
    text : str

    Returns
    -------
    set of str
        Of three letters or more; of words with a hyphen the parts and the whole.

    Examples
    --------
    >>> sorted(words_of("The Council's co-operative café"))
    ['cafe', 'cooperative', 'councils', 'operative', 'the']
    """
    plain = unicodedata.normalize("NFKD", text.replace("'", "").replace("\u2019", "")).casefold()
    plain = "".join(sign for sign in plain if not unicodedata.combining(sign)) if not plain.isascii() else plain
    found = set(_WORD.findall(plain))
    found.update(_WORD.findall(_HYPHEN.sub("", plain)))
    return found


class Vocabulary:
    """The words that are known.

    Parameters
    ----------
    texts : iterable of str
    """

    def __init__(self, texts: Iterable[str]) -> None:
        self._words: set[str] = set()
        for text in texts:
            self._words |= words_of(text)

    def __contains__(self, word: str) -> bool:
        return word in self._words

    def likely_misprints(self, name: str, known_too: set[str]) -> Iterator[tuple[str, str]]:
        """Yield the words of a name that are not known, with a known one that is one letter away.

        Parameters
        ----------
        name : str
        known_too : set of str
            Words that are known for this name.

        Yields
        ------
        word, near : str

        Examples
        --------
        >>> list(Vocabulary(["Wigan Council"]).likely_misprints("Wigan Counncil", set()))
        [('counncil', 'council')]
        """
        parts = sorted(words_of(name.replace("-", " ")) - known_too - self._words)
        for word in parts:
            near = min((one for one in _one_letter_away(word) if one in self or one in known_too), default="")
            if near:
                yield word, near


def _one_letter_away(word: str) -> Iterator[str]:
    for place in range(len(word) + 1):
        before, after = word[:place], word[place:]
        if after:
            yield before + after[1:]
        if len(after) > 1:
            yield before + after[1] + after[0] + after[2:]
        for letter in string.ascii_lowercase:
            yield before + letter + after
            if after:
                yield before + letter + after[1:]
