"""Which bodies may be one: the pairs that names, areas and identifiers bring together, and those that rules part.

Only pairs that share something telling are looked at: one of the rarest words of a name (its first or last letters, so
that a misspelling does not part them), the letters of a name, initials, an area or an identifier.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from ccin_graph.identities.naming import Name, likeness
from ccin_graph.packs import find_query
from ccin_graph.vocabulary import BASE, CCIN, ORG, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ccin_graph.store import Store

#: Names at least this much alike make a likely pair, and those from here on a possible one.
LIKELY = 0.8
POSSIBLE = 0.65

_COUNCIL = CCIN + "Council"
_GROUP = CCIN + "PoliticalGroup"
_PROJECT = CCIN + "Project"
_ORGANISATION = ORG + "Organization"
_LOCAL_COUNCIL = BASE + "organisation-type/local-council"

#: How few bodies must have a word for a name of that one word, or of several, to be telling inside a longer name.
_FEW = 2
_FEW_FOR_SEVERAL = 4

#: Two bodies are compared if they share the first or last letters of one of the rarest words of a name.
_RARE = 12
_TELLING_WORDS = 4
_TELLING_LETTERS = 4
_SHORTEST_INITIALS = 3


@dataclass(slots=True)
class Body:
    """An organisation or a project, with what it is recognised by.

    Attributes
    ----------
    iri : str
    label : str
    names : list of Name
        Every name, misprints included.
    kinds, forms, areas, identifiers, related : set of str
        Classes; classifications with all that is broader; areas; identifiers; what a record ties it to.
    """

    iri: str
    label: str = ""
    names: list[Name] = field(default_factory=list)
    kinds: set[str] = field(default_factory=set)
    forms: set[str] = field(default_factory=set)
    areas: set[str] = field(default_factory=set)
    identifiers: set[str] = field(default_factory=set)
    related: set[str] = field(default_factory=set)

    def learn(self, what: str, value: str) -> None:
        """Take in one row of the query ``claims/identities``.

        Parameters
        ----------
        what : str
            What the value is: ``label``, ``name``, ``kind``, ``form``, ``area``, ``identifier`` or ``related``.
        value : str
        """
        if what == "label":
            self.label = value
        if what in ("label", "name"):
            self.names.append(Name.of(value))
            return
        known = {
            "kind": self.kinds,
            "form": self.forms,
            "area": self.areas,
            "identifier": self.identifiers,
            "related": self.related,
        }
        known[what].add(value)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two bodies that may be one.

    Parameters
    ----------
    one, other : Body
        In the order of their IRIs.
    reasons : tuple of str
        What brings them together: area, identifiers, and the two names that are nearest.
    degree : float
        How alike they are, from 0 to 1.
    apart : str
        The rule that keeps them apart, or an empty string.
    """

    one: Body
    other: Body
    reasons: tuple[str, ...]
    degree: float
    apart: str

    @property
    def iris(self) -> tuple[str, str]:
        """The IRIs of the two, in order: what a decision about the pair is found by."""
        return self.one.iri, self.other.iri

    @property
    def likely(self) -> bool:
        """Whether a curator should decide: alike enough, and no rule keeps them apart."""
        return self.degree >= LIKELY and not self.apart


def read_bodies(store: Store, queries: Path) -> dict[str, Body]:
    """Read what every organisation and project is recognised by.

    Parameters
    ----------
    store : Store
    queries : Path
        ``queries/``.

    Returns
    -------
    dict of str to Body
        By IRI, in order.
    """
    bodies: dict[str, Body] = {}
    for row in store.select(find_query(queries, "claims/identities").text).rows:
        thing, what, value = (str(getattr(term, "value", "")) for term in row)
        bodies.setdefault(thing, Body(thing)).learn(what, value)
    return bodies


def possible_pairs(bodies: Iterable[Body], *, projects: bool = False) -> list[Pair]:
    """List the pairs of bodies that may be one.

    Organisations are compared with organisations, projects with projects.

    Parameters
    ----------
    bodies : iterable of Body
    projects : bool, default False
        Compare projects too.

    Returns
    -------
    list of Pair
        Also those that a rule keeps apart; the most alike first.
    """
    everything = list(bodies)
    pairs = _pairs_among([body for body in everything if _ORGANISATION in body.kinds])
    if projects:
        pairs += _pairs_among([body for body in everything if _PROJECT in body.kinds])
    return sorted(pairs, key=lambda pair: (-pair.degree, pair.iris))


@dataclass(frozen=True, slots=True)
class _Words:
    """How many bodies have each word in a name, how much it tells (the fewer, the more), and names of one word."""

    counts: dict[str, int]
    weights: dict[str, float]
    alone: frozenset[str]

    @classmethod
    def of(cls, bodies: list[Body]) -> _Words:
        counts = Counter(word for body in bodies for word in {word for name in body.names for word in name.words})
        weights = {word: math.log(1 + len(bodies) / count) for word, count in counts.items()}
        alone = frozenset(name.letters for body in bodies for name in body.names if len(name.words) == 1)
        return cls(dict(counts), weights, alone)


def _pairs_among(bodies: list[Body]) -> list[Pair]:
    words = _Words.of(bodies)
    pairs = (_compared(one, other, words) for one, other in _neighbours(bodies, words))
    return [pair for pair in pairs if pair.degree >= POSSIBLE]


def _neighbours(bodies: list[Body], words: _Words) -> Iterable[tuple[Body, Body]]:
    """Pairs that share something telling, each once."""
    by_mark: dict[tuple[str, str], list[Body]] = defaultdict(list)
    for body in sorted(bodies, key=lambda body: body.iri):
        for mark in dict.fromkeys(_marks(body, words)):
            by_mark[mark].append(body)
    sharing = (pair for together in by_mark.values() for pair in combinations(together, 2))
    return {(one.iri, other.iri): (one, other) for one, other in sharing}.values()


def _marks(body: Body, words: _Words) -> Iterator[tuple[str, str]]:
    yield from (("area", area) for area in body.areas)
    yield from (("identifier", identifier) for identifier in body.identifiers)
    for name in body.names:
        yield "letters", name.letters
        for initials in name.initials:
            ends = (initials[start:] for start in range(max(1, len(initials) - _SHORTEST_INITIALS + 1)))
            yield from (("letters", end) for end in ends if end in words.alone)
        by_rarity = sorted(set(name.words), key=lambda word: (words.counts[word], word))
        telling = [word for word in by_rarity[:_TELLING_WORDS] if words.counts[word] <= _RARE]
        for word in telling or by_rarity[:1]:
            yield "start", word[:_TELLING_LETTERS]
            yield "end", word[-_TELLING_LETTERS:]


def _compared(one: Body, other: Body, words: _Words) -> Pair:
    found = [(1.0, f"same area {shorten(area)}") for area in sorted(one.areas & other.areas)]
    found += [(1.0, f"same identifier {identifier}") for identifier in sorted(one.identifiers & other.identifiers)]
    # A council's name without the word is a place, and stands in the names of many bodies.
    contained = _COUNCIL not in one.kinds | other.kinds
    names = [_names_compared(left, right, words, contained) for left in one.names for right in other.names]
    found += [max(names, default=(0.0, ""))]
    reasons = tuple(reason for degree, reason in found if degree >= POSSIBLE)
    return Pair(one, other, reasons, max(degree for degree, _ in found), _apart(one, other))


def _names_compared(one: Name, other: Name, words: _Words, contained: bool) -> tuple[float, str]:
    """How alike two names are, and in what."""
    if reason := _same(one, other):
        return 1.0, reason
    if reason := _shortened(one, other) or (_contained(one, other, words) if contained else ""):
        return 0.9, reason
    return likeness(one, other, words.weights), f"names alike: {one.text} ~ {other.text}"


def _same(one: Name, other: Name) -> str:
    """Why two names are one, or an empty string."""
    if one.text == other.text:
        return f"same name: {one.text}"
    if one.words and (one.key == other.key or one.letters == other.letters):
        return f"same name but for its form: {one.text} = {other.text}"
    return ""


def _shortened(one: Name, other: Name) -> str:
    """Say that one name is the initials of the other or of its last words, or return an empty string."""
    for short, long in ((one, other), (other, one)):
        if len(short.words) != 1:
            continue
        if short.letters in long.initials:
            return f"initials: {short.text} = {long.text}"
        if len(short.letters) >= _SHORTEST_INITIALS and any(name.endswith(short.letters) for name in long.initials):
            return f"last initials: {short.text} = {long.text}"
    return ""


def _contained(one: Name, other: Name, words: _Words) -> str:
    """Say that one name stands in the other and few bodies have its words, or return an empty string."""
    short, long = sorted((one, other), key=lambda name: len(name.words))
    if not set(short.words) < set(long.words):
        return ""
    few = _FEW if len(short.words) == 1 else _FEW_FOR_SEVERAL
    telling = min(words.counts[word] for word in short.words) <= few
    return f"one name in the other: {short.text} in {long.text}" if telling else ""


def _apart(one: Body, other: Body) -> str:
    """Say which rule keeps two bodies apart, or return an empty string."""
    councils = [_COUNCIL in body.kinds for body in (one, other)]
    groups = [_GROUP in body.kinds for body in (one, other)]
    local = [_LOCAL_COUNCIL in body.forms for body in (one, other)]
    if any(councils) and any(groups):
        return "a political group is not its council"
    if all(groups) and one.related.isdisjoint(other.related):
        return "groups of two councils"
    if all(councils) and any(local) and not all(local):
        return "a local council is not the council around it"
    if one.areas and other.areas and one.areas.isdisjoint(other.areas):
        return "councils of two areas"
    if other.iri in one.related or one.iri in other.related:
        return "a record ties one to the other"
    return ""
