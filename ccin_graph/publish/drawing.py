"""Small drawings: neighbours around a thing, years of membership, a place on the map. SVG with classes, no styles."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

_WIDTH, _HEIGHT, _LOW = 740, 400, 120
_LONGEST = 26


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A thing around the one in the middle.

    Parameters
    ----------
    iri, label : str
    kind : str
        A word that becomes a class: ``council``, ``project`` …
    weight : int
        How many projects are shared: the width of the line.
    """

    iri: str
    label: str
    kind: str
    weight: int = 1


def neighbourhood(
    label: str, kind: str, neighbours: Sequence[Neighbour], ties: Iterable[tuple[str, str]], described: str
) -> str:
    """Return a drawing of the neighbours of a thing, in a ring around it.

    Parameters
    ----------
    label, kind : str
        Of the thing in the middle.
    neighbours : sequence of Neighbour
        In the order in which they stand, from the top and clockwise.
    ties : iterable of (str, str)
        Pairs of neighbours that are tied to each other.
    described : str
        The drawing in a sentence.

    Returns
    -------
    str
        SVG. The same input gives the same bytes.

    Examples
    --------
    >>> svg = neighbourhood("Leek", "council", [Neighbour("a", "Food <hub>", "project")], [], "Leek and a hub")
    >>> "Food &lt;hub&gt;" in svg and svg.startswith("<svg")
    True
    """
    count = len(neighbours)
    # One or two stand beside the middle, and need no more height than that.
    height = _HEIGHT if count > 2 else _LOW
    middle = (_WIDTH / 2, height / 2)
    places: dict[str, tuple[float, float]] = {}
    for position, one in enumerate(neighbours):
        # Half a step aside, so that no name stands right above or below the middle, where names are widest.
        angle = 2 * math.pi * (position + 0.5) / count - math.pi / 2 if count > 1 else 0.0
        places[one.iri] = (middle[0] + 160 * math.cos(angle), middle[1] + (height / 2 - 35) * math.sin(angle))
    parts = [f'<svg class="graph" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(described)}">']
    for start, end in sorted((min(tie), max(tie)) for tie in ties):
        parts.append(_line("tie far", places[start], places[end]))
    for near in neighbours:
        parts.append(_line(f"tie w{min(near.weight, 4)}", middle, places[near.iri]))
    for near in neighbours:
        x, y = places[near.iri]
        right = x >= middle[0]
        parts.append(
            f'<g class="node {escape(near.kind)}"><title>{escape(near.label)}</title>'
            f'<circle cx="{x:.1f}" cy="{y:.1f}" r="6"/>'
            f'<text x="{x + (11 if right else -11):.1f}" y="{y + 4:.1f}"{"" if right else _END}>'
            f"{escape(shortened(near.label))}</text></g>"
        )
    parts.append(
        f'<g class="node own {escape(kind)}"><title>{escape(label)}</title>'
        f'<circle cx="{middle[0]:.1f}" cy="{middle[1]:.1f}" r="11"/></g></svg>'
    )
    return "".join(parts)


_END = ' text-anchor="end"'


def shortened(label: str, longest: int = _LONGEST) -> str:
    """Return a label that is not too long for a drawing, cut at a word.

    Parameters
    ----------
    label : str
    longest : int, default 26

    Returns
    -------
    str

    Examples
    --------
    >>> shortened("Community Anchors: A Co-operative Recovery")
    'Community Anchors: A…'
    """
    if len(label) <= longest:
        return label
    cut = label[:longest].rpartition(" ")[0] or label[: longest - 1]
    return cut.rstrip(" ,:;-–") + "…"


def _line(name: str, one: tuple[float, float], other: tuple[float, float]) -> str:
    return f'<line class="{name}" x1="{one[0]:.1f}" y1="{one[1]:.1f}" x2="{other[0]:.1f}" y2="{other[1]:.1f}"/>'


@dataclass(frozen=True, slots=True)
class Span:
    """Days that lists tell of, and what is between them.

    Parameters
    ----------
    label : str
    days : tuple of float
        As parts of a year: 2018.27.
    sure : tuple of bool
        Whether the time from each day to the next is definite.
    open_end : bool
        Whether it may go on after the last.
    """

    label: str
    days: tuple[float, ...]
    sure: tuple[bool, ...]
    open_end: bool

    @property
    def first(self) -> float:
        """The first day."""
        return self.days[0]

    @property
    def last(self) -> float:
        """The last day."""
        return self.days[-1]


def years(spans: Sequence[Span], described: str) -> str:
    """Return a drawing of stretches of years: a line where it is definite, dots where it is possible.

    Parameters
    ----------
    spans : sequence of Span
    described : str
        The drawing in a sentence.

    Returns
    -------
    str
        SVG.

    Examples
    --------
    >>> years([Span("Member", (2018.27, 2021.64), (True,), True)], "Member: 2018 to 2021").count("surely")
    1
    """
    low = math.floor(min(span.first for span in spans))
    high = math.ceil(max(span.last for span in spans) + 0.5)
    height = 34 + 26 * len(spans)
    left, right = 14.0, _WIDTH - 14.0

    def across(day: float) -> float:
        return left + (right - left) * (day - low) / max(high - low, 1)

    parts = [f'<svg class="years" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{escape(described)}">']
    step = max(1, math.ceil((high - low) / 9))
    for year in range(low, high + 1, step):
        x = across(year)
        anchor = "" if year == low else _END if x > right - 20 else ' text-anchor="middle"'
        parts.append(f'<line class="rule" x1="{x:.1f}" y1="4" x2="{x:.1f}" y2="{height - 20}"/>')
        parts.append(f'<text x="{x:.1f}" y="{height - 5}"{anchor}>{year}</text>')
    for position, span in enumerate(spans):
        y = 16 + 26 * position
        parts.append(f"<g><title>{escape(span.label)}</title>")
        for start, end, sure in zip(span.days, span.days[1:], span.sure, strict=False):
            name = "surely" if sure else "perhaps"
            parts.append(f'<line class="{name}" x1="{across(start):.1f}" y1="{y}" x2="{across(end):.1f}" y2="{y}"/>')
        if span.open_end:
            parts.append(f'<line class="perhaps" x1="{across(span.last):.1f}" y1="{y}" x2="{right:.1f}" y2="{y}"/>')
        parts += [f'<circle cx="{across(day):.1f}" cy="{y}" r="5"/>' for day in span.days]
        parts.append("</g>")
    return "".join([*parts, "</svg>"])
