"""Names reduced to what identifies: the form in which two names of one body are equal, and how alike they are else."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from typing import TYPE_CHECKING

from ccin_graph.evidence.folding import fold

if TYPE_CHECKING:
    from collections.abc import Mapping

_HYPHENS = re.compile(r"[-\u2010\u2011]")
_SIGNS = re.compile(r"[^\w\s]|_")

#: Words that a name has or has not without another body being meant.
_SMALL = frozenset({"a", "and", "at", "for", "in", "of", "on", "the"})

_SPELLINGS = {
    "cab": "citizens advice",
    "center": "centre",
    "coop": "cooperative",
    "coops": "cooperatives",
    "organization": "organisation",
}

#: What kinds of bodies are called, and the short form that stands for it.
_KINDS = {
    "business improvement district": "bid",
    "citizens advice bureau": "citizens advice",
    "clinical commissioning group": "ccg",
    "community and voluntary service": "cvs",
    "community land trust": "clt",
    "community voluntary service": "cvs",
    "council for voluntary service": "cvs",
    "food bank": "foodbank",
    "local enterprise partnership": "lep",
    "national health service": "nhs",
    "united kingdom": "uk",
    "voluntary service council": "cvs",
}
_KIND = re.compile(rf"\b(?:{'|'.join(_KINDS)})(?=s?\b)")

_LEGAL_FORM = re.compile(
    r"(?<=\w) (?:community interest company|community benefit society|charitable incorporated organisation"
    r"|limited|ltd|plc|llp|cic|cio|inc)$"
)

_STYLES = "borough|city|county|district|london|metropolitan|municipality|royal"
_COUNCIL = re.compile(
    rf"(?:(?:{_STYLES}|and) )+of (?P<seat>.+?)(?: (?:{_STYLES}))*(?: council)?"
    r"|(?:lb|rb) (?:of )?(?P<borough>.+)"
    rf"|(?P<place>.+?)(?: (?:{_STYLES}))* (?:council|lbc|mbc|mdc)"
)

_SHORTEST_MISSPELT = 5
_WORDS_ALIKE = 0.8


@dataclass(frozen=True, slots=True)
class Name:
    """A name and what identifies in it.

    Parameters
    ----------
    text : str
        As it is recorded.
    words : tuple of str
        Its words, normalised, in their order; small words left out.
    initials : frozenset of str
        The initials of all its words, and of those that are not small.

    Attributes
    ----------
    key : tuple of str
        Its words whatever their order: equal for two names of one body that differ in form only.
    letters : str
        Its words in one: equal for names that differ only in where a word ends.

    Examples
    --------
    >>> name = Name.of("The Bishopwearmouth Co-op CIC")
    >>> name.words
    ('bishopwearmouth', 'cooperative')
    >>> name.key == Name.of("Co-operative Bishopwearmouth Ltd").key
    True
    """

    text: str
    words: tuple[str, ...]
    initials: frozenset[str]
    key: tuple[str, ...] = field(init=False, repr=False)
    letters: str = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "key", tuple(sorted(set(self.words))))
        object.__setattr__(self, "letters", "".join(self.words))

    @classmethod
    def of(cls, text: str) -> Name:
        """Read a name.

        Parameters
        ----------
        text : str

        Returns
        -------
        Name
        """
        return _named(text)


@lru_cache(maxsize=16384)
def _named(text: str) -> Name:
    plain = _plain(text)
    words = tuple(word for word in normalised(text).split() if word not in _SMALL)
    return Name(text, words or tuple(plain.split()), _initials(plain.split()))


def _plain(text: str) -> str:
    """Fold a name, hyphens to blanks, and take out every sign."""
    folded = fold(_HYPHENS.sub(" ", text)).replace("'", "")
    return " ".join(_SIGNS.sub(" ", folded).split())


def _initials(words: list[str]) -> frozenset[str]:
    if len(words) < 2:
        return frozenset()
    long = [word for word in words if word not in _SMALL]
    return frozenset("".join(word[0] for word in chosen) for chosen in (words, long) if len(chosen) > 1)


def normalised(text: str) -> str:
    """Bring a name to the form in which the names of one body are equal.

    Case, signs and accents go; ``co-op`` becomes ``cooperative``; legal forms go from the end; what a council calls
    itself (city, borough, district …) goes, but a town, parish or community council keeps its kind; some kinds of
    bodies get their short form.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> normalised("London Borough of Barking & Dagenham")
    'barking and dagenham council'
    >>> normalised("Oldham Metropolitan Borough Council") == normalised("Oldham MBC")
    True
    >>> normalised("Winsford Town Council")
    'winsford town council'
    >>> normalised("NHS Bassetlaw Clinical Commissioning Group")
    'bassetlaw ccg'
    """
    words = " ".join(_SPELLINGS.get(word, word) for word in _plain(text).split()).removeprefix("the ")
    words = _KIND.sub(lambda kind: _KINDS[kind[0]], words)
    while (shorter := _LEGAL_FORM.sub("", words)) != words:
        words = shorter
    if words.endswith(" ccg"):
        words = words.removeprefix("nhs ").replace(" nhs ", " ")
    return _council(words)


def _council(words: str) -> str:
    match = _COUNCIL.fullmatch(words)
    return f"{match[match.lastgroup or 0]} council" if match else words


@lru_cache(maxsize=65536)
def _alike(one: str, other: str) -> float:
    """How alike two different words are: 0 unless one may be a misspelling of the other."""
    if min(len(one), len(other)) < _SHORTEST_MISSPELT or not (one + other).isalpha():
        return 0.0
    first, second = sorted((one, other))
    matcher = SequenceMatcher(None, first, second, autojunk=False)
    if matcher.real_quick_ratio() < _WORDS_ALIKE or matcher.quick_ratio() < _WORDS_ALIKE:
        return 0.0
    ratio = matcher.ratio()
    return ratio if ratio >= _WORDS_ALIKE else 0.0


def likeness(one: Name, other: Name, weights: Mapping[str, float]) -> float:
    """Tell how alike two names are: the weight of the words they share within the weight of all their words.

    Parameters
    ----------
    one, other : Name
    weights : mapping of str to float
        How much each word tells; 1 for a word that is not there.

    Returns
    -------
    float
        From 0 to 1; 1 for names with the same words. Words of five letters and more may be misspelt.

    Examples
    --------
    >>> round(likeness(Name.of("Power to Change"), Name.of("Powers to Change"), {}), 2)
    0.97
    >>> likeness(Name.of("Mind"), Name.of("Hillingdon Mind"), {"hillingdon": 3, "mind": 1})
    0.4
    """
    free = list(other.words)
    missing = []
    shared = 0.0
    for word in one.words:
        if word in free:
            free.remove(word)
            shared += 2 * weights.get(word, 1)
        else:
            missing.append(word)
    for word in missing:
        best = max(free, key=lambda candidate: _alike(word, candidate), default="")
        if best and (degree := _alike(word, best)):
            free.remove(best)
            shared += degree * (weights.get(word, 1) + weights.get(best, 1))
    total = sum(weights.get(word, 1) for word in (*one.words, *other.words))
    return shared / total if total else 0.0
