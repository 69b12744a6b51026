"""Small maps: the outline of the United Kingdom with the places of one thing, or of all councils."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from ccin_graph.publish.content import Cell, Words
from ccin_graph.publish.model import BODIES, Kind, Model
from ccin_graph.publish.pages import parts
from ccin_graph.publish.pages.others import area_of_name
from ccin_graph.vocabulary import CCIN, DCTERMS, ORG, PREFIXES, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Number = TypeVar("Number", int, float)

_WIDTH, _HEIGHT = 200, 336
#: What is drawn, in degrees from the middle of the outline's projection.
_WEST, _NORTH, _SCALE = -4.1, 7.0, 30
#: A step of the outline that is no longer is not seen.
_STEP = 2
#: Rings that are no more than dots at this scale are left out.
_LEAST = 5


def map_of(model: Model, iri: str) -> str:
    """Return the map of the places of a thing.

    Parameters
    ----------
    model : Model
    iri : str

    Returns
    -------
    str
        SVG; empty where no coordinates are known.
    """
    points = list(dict.fromkeys(_points(model, iri)))
    return drawn(points) if points else ""


def drawn(points: Sequence[tuple[str, float, float]], *, size: float = 5) -> str:
    """Return a map with places on it.

    Parameters
    ----------
    points : sequence of (str, float, float)
        Name, longitude, latitude.
    size : float, default 5
        Radius of a place.

    Returns
    -------
    str
        SVG; empty where no place lies on the map.
    """
    from ccin_graph.network.pictures.outline import on_paper

    marks = []
    for name, longitude, latitude in points:
        if not (-12 < longitude < 4 and 48 < latitude < 62):
            continue
        x, y = _at(*on_paper(longitude, latitude))
        marks.append(f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:g}"><title>{escape(name)}</title></circle>')
    if not marks:
        return ""
    names = [name for name, _, _ in points]
    label = f"Map: {', '.join(names)}" if len(names) <= 4 else f"Map of {len(names)} places in the United Kingdom"
    return (
        f'<svg class="uk" viewBox="0 0 {_WIDTH} {_HEIGHT}" role="img" aria-label="{escape(label)}">'
        f'<path class="land" d="{_land("United Kingdom")}"/><path class="beyond" d="{_land("Ireland")}"/>'
        f"{''.join(marks)}</svg>"
    )


def council_map(model: Model) -> CouncilMap | None:
    """Return the map of all councils with how many there are in each region.

    Parameters
    ----------
    model : Model

    Returns
    -------
    CouncilMap or None
        None where no council has coordinates on the map.
    """
    svg = drawn(councils(model), size=3)
    if not svg:
        return None
    counts = {
        region: len([one for one in model.subjects(CCIN + "region", region) if model.kind_of(one) is Kind.COUNCIL])
        for council in model.things(Kind.COUNCIL)
        for region in model.links(council, CCIN + "region")
    }
    ordered = sorted(counts, key=lambda region: (-counts[region], model.label(region)))
    rows = tuple((parts.named(model, region), Words(f" – {counts[region]}", quiet=True)) for region in ordered)
    return CouncilMap(svg, "The councils that the sources tell of, members and others, by region.", rows)


@dataclass(frozen=True, slots=True)
class CouncilMap:
    """All councils on a map, and how many there are in each region.

    Parameters
    ----------
    svg, intro : str
    rows : tuple of tuple of Piece
    """

    svg: str
    intro: str
    rows: tuple[Cell, ...]


def councils(model: Model) -> list[tuple[str, float, float]]:
    """Return the places of all councils.

    Parameters
    ----------
    model : Model

    Returns
    -------
    list of (str, float, float)
        Name, longitude, latitude.
    """
    return [point for iri in model.things(Kind.COUNCIL) for point in _points(model, iri)]


def _points(model: Model, iri: str) -> Iterable[tuple[str, float, float]]:
    kind = model.kind_of(iri)
    areas = list(model.links(iri, DCTERMS + "spatial"))
    if kind is Kind.GROUP:
        areas += [
            area for council in model.links(iri, ORG + "linkedTo") for area in model.links(council, DCTERMS + "spatial")
        ]
    places = list(model.links(iri, SCHEMA + "location")) if kind in (*BODIES, Kind.PROJECT, Kind.EVENT) else []
    if kind is Kind.PLACE:
        places.append(iri)
    for place in places:
        if model.text(place, PREFIXES["geo"] + "lat"):
            areas.append(place)
        elif area := area_of_name(model, place):
            areas.append(area)
    for area in areas:
        try:
            latitude = float(model.text(area, PREFIXES["geo"] + "lat"))
            longitude = float(model.text(area, PREFIXES["geo"] + "long"))
        except ValueError:
            continue
        yield model.label(area), longitude, latitude


def _at(east: float, north: float) -> tuple[float, float]:
    return (east - _WEST) * _SCALE, (_NORTH - north) * _SCALE


def thinned(points: Iterable[tuple[Number, Number]], step: float) -> list[tuple[Number, Number]]:
    """Return the points of a line without those too near to the one before; there would be thousands.

    Parameters
    ----------
    points : iterable of (int or float, int or float)
    step : float
        Two that are no further apart, across and down together, are seen as one.

    Returns
    -------
    list

    Examples
    --------
    >>> thinned([(0, 0), (1, 1), (2, 1), (9, 9)], 2)
    [(0, 0), (2, 1), (9, 9)]
    """
    found: list[tuple[Number, Number]] = []
    for x, y in points:
        if not found or abs(x - found[-1][0]) + abs(y - found[-1][1]) > step:
            found.append((x, y))
    return found


@cache
def _land(country: str) -> str:
    """Return the outline of a country as a path in whole and half units."""
    from ccin_graph.network.pictures.outline import on_paper, outline

    paths = []
    for ring in outline()[country]:
        places = (_at(*on_paper(longitude, latitude)) for longitude, latitude in ring)
        points = thinned(((round(x), round(y)) for x, y in places), _STEP)
        if len(points) >= _LEAST:
            steps = "".join(f"l{x - before_x} {y - before_y}" for (before_x, before_y), (x, y) in pairwise(points))
            paths.append(f"M{points[0][0]} {points[0][1]}{steps.replace(' -', '-')}z")
    return "".join(paths)
