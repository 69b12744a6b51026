"""Names for pictures: short ones, and where they fit."""

from __future__ import annotations

import math
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

LONGEST = 30
"""Characters of the longest name that is printed whole."""

TOO_FAR = 0.6
"""What it costs to put a name as far from its circle as is still tried; to cover its like costs 1."""

BESIDE = 0.3
"""What it costs to put a name where it may be taken for that of another circle of its size."""

RINGS = 6
"""How many distances from its circle are tried for a name."""

_STYLE = re.compile(r"^(?:The )?(?:London Borough|Royal Borough|Metropolitan Borough|Borough|City|County) of ")
_TIER = re.compile(
    r"(?: (?:City|County|Borough|District|Metropolitan|Metropolitan Borough|Metropolitan District|County Borough"
    r"|City and County|City and District))? Council$"
)
_LEGAL = re.compile(r",? (?:Ltd\.?|Limited|plc|PLC|LLP|CIC|C\.I\.C\.)$")


class Box(NamedTuple):
    """A rectangle on paper."""

    left: float
    bottom: float
    right: float
    top: float


def short_name(label: str, kind: str = "council") -> str:
    """Return a name as short as a picture needs.

    Councils lose their style ("London Borough of"), principal ones also their tier ("City Council"); town,
    parish and community councils keep theirs. Other organisations lose their legal form. What is still long is
    cut at a word.

    Parameters
    ----------
    label : str
        The name.
    kind : str, optional
        What the organisation is; only the name of a ``council`` loses style and tier.

    Returns
    -------
    str
        The short name.

    Examples
    --------
    >>> short_name("London Borough of Lambeth"), short_name("Plymouth City Council")
    ('Lambeth', 'Plymouth')
    >>> short_name("Kettering Town Council"), short_name("Arts Council", "other")
    ('Kettering Town Council', 'Arts Council')
    >>> short_name("Mutual Ventures Limited", "affiliate")
    'Mutual Ventures'
    """
    if kind == "council":
        if not re.search(r" (?:Town|Parish|Community) Council$", label):
            label = _TIER.sub("", label)
        short = _STYLE.sub("", label)
    else:
        short = _LEGAL.sub("", label)
    if len(short) > LONGEST:
        head = short[:LONGEST]
        short = (head.rsplit(" ", 1)[0] if " " in head else head[:-1]).rstrip(" ,-–&(") + "…"
    return short or label


def short_names(names: Mapping[str, tuple[str, str]]) -> dict[str, str]:
    """Return a short name for each node; where two would be the same, both keep their whole name.

    Parameters
    ----------
    names : mapping of str to tuple of str
        Label and kind of each node.

    Returns
    -------
    dict
        The name to print for each node.

    Examples
    --------
    >>> short_names({"a": ("Oxford City Council", "council"), "b": ("Oxford District Council", "council")})
    {'a': 'Oxford City Council', 'b': 'Oxford District Council'}
    """
    short = {node: short_name(label, kind) for node, (label, kind) in names.items()}
    count = Counter(short.values())
    return {node: short[node] if count[short[node]] == 1 else names[node][0] for node in names}


Circle: TypeAlias = tuple[float, float, float]
"""Middle and radius."""


class Wish(NamedTuple):
    """A name to print: whose, its circle, its width and height, and what it may cost."""

    key: str
    circle: Circle
    extent: tuple[float, float]
    worth: float = 1.0


def fit(wishes: Iterable[Wish], circles: Sequence[Circle], page: Box) -> dict[str, Box]:
    """Return where to print names so that no two overlap and few circles are covered.

    Names are placed in the order given, each at the best spot around its circle that is free; one that fits
    nowhere, or only by covering circles of `worth` times the area of its own, is left out.

    Parameters
    ----------
    wishes : iterable of Wish
        What to print, in points.
    circles : sequence of tuple
        ``(x, y, radius)`` of all circles, in points.
    page : Box
        What names must stay within.

    Returns
    -------
    dict
        The box of each name that fits.

    Examples
    --------
    >>> fit([Wish("a", (50, 50, 5), (30, 8))], [(50, 50, 5)], Box(0, 0, 100, 100))
    {'a': Box(left=35.0, bottom=36.0, right=65.0, top=44.0)}
    """
    placed: dict[str, Box] = {}
    for wish in wishes:
        x, y, radius = wish.circle
        width, height = wish.extent
        near = _around(wish, circles)
        best: tuple[float, Box] | None = None
        for effort, (across, up) in _spots(wish):
            left, bottom = x + across - width / 2, y + up - height / 2
            box = Box(left, bottom, left + width, bottom + height)
            if not _within(box, page) or any(_overlap(box, other) for other in placed.values()):
                continue
            cost = effort + sum(_in_the_way(box, circle, radius) for circle in near)
            if best is None or cost < best[0]:
                best = (cost, box)
        if best and best[0] < wish.worth:
            placed[wish.key] = best[1]
    return placed


def _spots(wish: Wish) -> Iterator[tuple[float, tuple[float, float]]]:
    """Yield offsets of a name from the middle of its circle, with how far the eye has to go."""
    width, height = wish.extent
    for ring in range(RINGS):
        far = wish.circle[2] + 1 + 4 * ring
        beside, above = far + width / 2, far + height / 2
        straight = [(0.0, -above), (0.0, above), (beside, 0.0), (-beside, 0.0)]
        corners = [(math.cos(angle) * far, math.sin(angle) * far) for angle in (math.pi / 4, math.pi / 8)]
        slanted = [(width / 4, above), *((x + width / 2, y + height / 2) for x, y in corners)]
        mirrored = [(left * x, up * y) for x, y in slanted for up in (-1, 1) for left in (1, -1)]
        effort = TOO_FAR * ring / RINGS
        yield from ((effort, spot) for spot in straight)
        yield from ((effort + 0.04, spot) for spot in mirrored)


def _around(wish: Wish, circles: Sequence[Circle]) -> list[Circle]:
    """Return the circles, without its own, that a name may come near."""
    (x, y, radius), (width, height) = wish.circle, wish.extent
    reach = radius + 4 * RINGS + 8
    return [
        circle
        for circle in circles
        if circle != wish.circle
        and abs(circle[0] - x) < width + reach + circle[2]
        and abs(circle[1] - y) < height + reach + circle[2]
    ]


def _within(box: Box, page: Box) -> bool:
    """Tell whether a box lies on the page."""
    return box.left >= page.left and box.right <= page.right and box.bottom >= page.bottom and box.top <= page.top


def _overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes overlap."""
    return one.left < other.right and other.left < one.right and one.bottom < other.top and other.bottom < one.top


def _in_the_way(box: Box, circle: Circle, own: float) -> float:
    """Return what it costs a name, whose own circle has a certain radius, to cover another circle or be near it."""
    x, y, radius = circle
    across = min(box.right, x + radius) - max(box.left, x - radius)
    up = min(box.top, y + radius) - max(box.bottom, y - radius)
    like = BESIDE if radius > own / 2 else 0.0
    if across > 0 and up > 0:
        return 2 * like + across * up / (4 * own * own)
    return like if min(across, up) > -4 else 0.0
