"""Memberships over time: what the dated lists make definite, and what they leave possible."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING

from ccin_graph.publish.words import date_in_words
from ccin_graph.vocabulary import CCIN, DCTERMS, ORG, PROV

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccin_graph.publish.model import Model

#: Width of the drawing of one membership, and its height.
WIDTH, HEIGHT = 360, 16


@dataclass(frozen=True, slots=True)
class Span:
    """A part of the axis.

    Parameters
    ----------
    state : str
        ``definite`` or ``possible``.
    left, right : float
        Places on the axis; equal for one day.
    """

    state: str
    left: float
    right: float

    @property
    def width(self) -> float:
        """How long it is drawn."""
        return round(self.right - self.left, 1)


@dataclass(frozen=True, slots=True)
class Bar:
    """One membership.

    Parameters
    ----------
    member : str
        IRI.
    spans : tuple of Span
    said : str
        The same in words.
    """

    member: str
    spans: tuple[Span, ...]
    said: str


@dataclass(frozen=True, slots=True)
class Group:
    """The memberships of one category.

    Parameters
    ----------
    category : str
        IRI.
    lists : tuple of str
        Dates of its complete lists, in words.
    bars : tuple of Bar
        By the label of the member.
    """

    category: str
    lists: tuple[str, ...]
    bars: tuple[Bar, ...]


@dataclass(frozen=True, slots=True)
class Timeline:
    """All memberships.

    Parameters
    ----------
    first, last : int
        Years at the ends of the axis.
    marks : tuple of (int, float)
        Years and their places.
    groups : tuple of Group
    """

    first: int
    last: int
    marks: tuple[tuple[int, float], ...]
    groups: tuple[Group, ...]


def timeline(model: Model) -> Timeline | None:
    """Return the memberships of a network over time.

    A membership is *definite* on the day of a list that names the member, and between two consecutive complete lists
    that both do; it is *possible* on either side, and between other lists, as far as no complete list says otherwise.

    Parameters
    ----------
    model : Model

    Returns
    -------
    Timeline or None
        None where there are no memberships.
    """
    memberships = model.instances(CCIN + "NetworkMembership")
    seen = {membership: _lists_of(model, membership) for membership in memberships}
    if not any(seen.values()):
        return None
    complete = _complete_lists(model)
    known = [one for lists in (*seen.values(), *complete.values()) for one in lists]
    axis = _Axis(min(one.earliest for one in known).year - 1, max(one.latest for one in known).year + 1)
    by_category: dict[str, list[str]] = {}
    for membership in memberships:
        if seen[membership]:
            by_category.setdefault(model.link(membership, ORG + "role") or "", []).append(membership)
    groups = []
    for category in sorted(by_category, key=lambda iri: (-len(by_category[iri]), iri)):
        lists = complete.get(category, [])
        bars = [_bar(model, one, seen[one], lists, axis) for one in by_category[category]]
        bars.sort(key=lambda bar: (model.label(bar.member).casefold(), bar.member, bar.spans[0].left))
        groups.append(Group(category, tuple(one.said for one in lists), tuple(bars)))
    marks = tuple((year, axis.place(date(year, 1, 1))) for year in range(axis.first, axis.last + 2))
    return Timeline(axis.first, axis.last, marks, tuple(groups))


@dataclass(frozen=True, slots=True, order=True)
class _List:
    """A dated list: on a day, or on one of several."""

    earliest: date
    latest: date
    said: str
    complete: bool


class _Axis:
    def __init__(self, first: int, last: int) -> None:
        self.first, self.last = first, last
        self._start = date(first, 1, 1).toordinal()
        self._long = date(last + 1, 1, 1).toordinal() - self._start

    def place(self, day: date) -> float:
        return round((day.toordinal() - self._start) / self._long * WIDTH, 1)


def _list(model: Model, listing: str) -> _List | None:
    earliest, latest = model.text(listing, CCIN + "earliest"), model.text(listing, CCIN + "latest")
    if not earliest or not latest:
        return None
    said = date_in_words(model.text(listing, DCTERMS + "date"))
    complete = model.text(listing, CCIN + "complete") == "true"
    return _List(date.fromisoformat(earliest), date.fromisoformat(latest), said, complete)


def _lists_of(model: Model, membership: str) -> list[_List]:
    """Return the lists that a membership was derived from, in order."""
    listings = {
        model.link(entry, DCTERMS + "isPartOf") or "" for entry in model.links(membership, PROV + "wasDerivedFrom")
    }
    return sorted(one for listing in listings if (one := _list(model, listing)) is not None)


def _complete_lists(model: Model) -> dict[str, list[_List]]:
    """Return the complete lists of each category, in order."""
    found: dict[str, set[_List]] = {}
    for listing in model.instances(CCIN + "MembershipListing"):
        one = _list(model, listing)
        if one is not None and one.complete:
            found.setdefault(model.link(listing, CCIN + "category") or "", set()).add(one)
    return {category: sorted(lists) for category, lists in found.items()}


def _bar(model: Model, membership: str, seen: Sequence[_List], lists: Sequence[_List], axis: _Axis) -> Bar:
    before = max((one for one in lists if one.latest < seen[0].earliest), default=None)
    after = min((one for one in lists if one.earliest > seen[-1].latest), default=None)
    stretches = _definite(seen)
    spans = tuple(_spans(axis, before, stretches, after))
    return Bar(model.link(membership, ORG + "member") or "", spans, _said(before, stretches, after))


def _definite(seen: Sequence[_List]) -> list[tuple[_List, _List]]:
    """Return the first and the last list of each stretch that is definite, in order."""
    found = [(seen[0], seen[0])]
    for one, other in pairwise(seen):
        if one.complete and other.complete:
            found[-1] = found[-1][0], other
        else:
            found.append((other, other))
    return found


def _spans(
    axis: _Axis, before: _List | None, stretches: Sequence[tuple[_List, _List]], after: _List | None
) -> Iterator[Span]:
    end = axis.place(before.latest) if before else 0.0
    for first, last in stretches:
        # Of a list that was made on one of several days, it is not known on which of them it held already.
        left, right = (first.earliest, first.latest) if first == last else (first.latest, last.earliest)
        yield Span("possible", end, axis.place(left))
        yield Span("definite", axis.place(left), axis.place(right))
        end = axis.place(right)
    yield Span("possible", end, axis.place(after.earliest) if after else float(WIDTH))


def _said(before: _List | None, stretches: Sequence[tuple[_List, _List]], after: _List | None) -> str:
    definite = " and ".join(
        f"{'on' if first.earliest == first.latest else 'in'} {first.said}"
        if first == last
        else f"from {first.said} to {last.said}"
        for first, last in stretches
    )
    between = "between and " if len(stretches) > 1 else ""
    since = f"from {before.said}, when a complete list leaves it out," if before else "at any time"
    until = f"until {after.said}, when a complete list leaves it out" if after else "at any time"
    return f"definite {definite}; possible {between}{since} before and {until} after"
