"""Councils and their ties on the map, with what is too small to see on it drawn larger beside it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from ccin_graph.publish.maps import thinned
from ccin_graph.publish.model import Kind
from ccin_graph.publish.pages import parts
from ccin_graph.publish.rendering import way
from ccin_graph.vocabulary import CCIN, DCTERMS, ORG, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from ccin_graph.publish.model import Model
    from ccin_graph.publish.places import Standing

_GEO = PREFIXES["geo"]
PATH = "map.html"
#: A step of the outline that is no longer is not seen.
_STEP = 3


@dataclass(frozen=True, slots=True)
class Frame:
    """A part of the map.

    Parameters
    ----------
    name : str
    west, south, east, north : float
        Longitudes and latitudes of its edges.
    width : int
        Width of its drawing.
    """

    name: str
    west: float
    south: float
    east: float
    north: float
    width: int


FRAMES = (
    Frame("United Kingdom", -8.6, 49.8, 2.0, 59.4, 520),
    Frame("Greater Manchester", -2.75, 53.33, -1.9, 53.69, 260),
    Frame("London", -0.53, 51.28, 0.34, 51.7, 260),
)


@dataclass(frozen=True, slots=True)
class Town:
    """A council on the map.

    Parameters
    ----------
    iri : str
    longitude, latitude : float
    nation, region : str
        Labels; empty where they are not known.
    partners : int
        Bodies that it worked with.
    member : bool
        Whether a list of members names it.
    """

    iri: str
    longitude: float
    latitude: float
    nation: str
    region: str
    partners: int
    member: bool


@dataclass(frozen=True, slots=True)
class Atlas:
    """All councils with coordinates, and their ties.

    Parameters
    ----------
    towns : tuple of Town
        By label.
    ties : tuple of (str, str, int)
        Pairs of councils, and in how many projects both worked.
    drawings : tuple of (str, str)
        Name and SVG of each part of the map.
    """

    towns: tuple[Town, ...]
    ties: tuple[tuple[str, str, int], ...]
    drawings: tuple[tuple[str, str], ...]


def atlas(model: Model, standings: Mapping[str, Standing]) -> Atlas | None:
    """Return the councils and their ties on the map.

    Parameters
    ----------
    model : Model
    standings : mapping of str to Standing

    Returns
    -------
    Atlas or None
        None where no council has coordinates.
    """
    towns = tuple(town for iri in model.things(Kind.COUNCIL) if (town := _town(model, iri, standings)) is not None)
    if not towns:
        return None
    known = {town.iri for town in towns}
    ties = tuple(
        (one, other, standings[one].partners[other])
        for one in sorted(known & standings.keys())
        for other in sorted(standings[one].partners)
        if one < other and other in known
    )
    drawings = tuple((frame.name, _drawing(model, frame, towns, ties)) for frame in FRAMES)
    return Atlas(towns, ties, tuple((name, svg) for name, svg in drawings if svg))


def _town(model: Model, iri: str, standings: Mapping[str, Standing]) -> Town | None:
    for area in model.links(iri, DCTERMS + "spatial"):
        latitude, longitude = model.text(area, _GEO + "lat"), model.text(area, _GEO + "long")
        if latitude and longitude:
            region = model.link(iri, CCIN + "region") or ""
            standing = standings.get(iri)
            member = any(CCIN + "NetworkMembership" in model.types(one) for one in model.subjects(ORG + "member", iri))
            partners = len(standing.partners) if standing else 0
            label = model.label(region) if region else ""
            nation = model.label(parts.broadest(model, region)) if region else ""
            return Town(iri, float(longitude), float(latitude), nation, label, partners, member)
    return None


def _drawing(model: Model, frame: Frame, towns: Sequence[Town], ties: Sequence[tuple[str, str, int]]) -> str:
    paper = _Paper(frame)
    inside = {
        town.iri: paper.at(town.longitude, town.latitude)
        for town in towns
        if frame.west <= town.longitude <= frame.east and frame.south <= town.latitude <= frame.north
    }
    if not inside:
        return ""
    name = f"map-{frame.name.lower().replace(' ', '-')}"
    drawn = [
        f'<svg class="atlas" viewBox="0 0 {frame.width} {paper.height}" role="group" aria-labelledby="{name}">'
        f'<title id="{name}">{escape(frame.name)}: {len(inside)} councils, each leading to its page</title>'
        f'<path class="land" d="{_land(frame)}"/>'
    ]
    for one, other, many in ties:
        if one in inside and other in inside:
            (x1, y1), (x2, y2) = inside[one], inside[other]
            drawn.append(f'<line class="tie w{min(many, 4)}" x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}"/>')
    for town in towns:
        if town.iri in inside:
            x, y = inside[town.iri]
            radius = round(3 + town.partners**0.5 * 0.9, 1)
            href = escape(way(PATH, model.page(town.iri) or ""))
            label = escape(model.label(town.iri))
            kind = "member" if town.member else "other"
            drawn.append(
                f'<a href="{href}" data-nation="{escape(town.nation)}" aria-label="{label}"><title>{label}</title>'
                f'<circle class="{kind}" cx="{x}" cy="{y}" r="{radius}"/></a>'
            )
    return "".join([*drawn, "</svg>"])


class _Paper:
    """From longitude and latitude to a place in a frame's drawing."""

    def __init__(self, frame: Frame) -> None:
        from ccin_graph.network.pictures.outline import on_paper

        self._project = on_paper
        corners = [
            (frame.west, frame.south),
            (frame.east, frame.south),
            (frame.west, frame.north),
            (frame.east, frame.north),
        ]
        places = [on_paper(*corner) for corner in corners]
        self._left, self._top = min(x for x, _ in places), max(y for _, y in places)
        self._scale = frame.width / (max(x for x, _ in places) - self._left)
        self.height = round((self._top - min(y for _, y in places)) * self._scale)

    def at(self, longitude: float, latitude: float) -> tuple[float, float]:
        east, north = self._project(longitude, latitude)
        return round((east - self._left) * self._scale, 1), round((self._top - north) * self._scale, 1)


@cache
def _land(frame: Frame) -> str:
    """Return the outline within a frame, with as much detail as can be seen there."""
    from ccin_graph.network.pictures.outline import outline

    paper = _Paper(frame)
    margin = 0.5 * (frame.east - frame.west)
    paths = []
    for rings in outline().values():
        for ring in rings:
            west, east = min(x for x, _ in ring), max(x for x, _ in ring)
            south, north = min(y for _, y in ring), max(y for _, y in ring)
            if east < frame.west - margin or west > frame.east + margin or north < frame.south or south > frame.north:
                continue
            steps = thinned((paper.at(*point) for point in ring), _STEP)
            if len(steps) > 3:
                paths.append("M" + "L".join(f"{x:.0f} {y:.0f}" for x, y in steps) + "Z")
    return "".join(paths)
