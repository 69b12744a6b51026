"""The outline of the United Kingdom and its neighbours, and how a place on the globe becomes one on paper.

``outline_uk.json`` beside this module is made from Natural Earth's countries at 1:10 million, version 4.1.0, which are
in the public domain, as the npm package ``world-atlas`` carries them in TopoJSON::

    npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
    python -m ccin_graph.network.pictures.outline package/countries-10m.json
"""

from __future__ import annotations

import json
import math
import sys
from itertools import pairwise
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("outline_uk.json")

COUNTRIES = ("United Kingdom", "Ireland", "Isle of Man")
"""Those whose outline is kept."""

TOLERANCE = 0.006
"""Degrees of latitude by which the outline may be off after it was simplified."""

LEAST = 0.002
"""Square degrees of the smallest island that is kept."""

MERIDIAN, PARALLEL = -2.0, 54.0
"""The middle of the map."""

Ring = list[tuple[float, float]]


def outline() -> dict[str, list[Ring]]:
    """Return the outlines of the countries as rings of longitude and latitude.

    Returns
    -------
    dict of str to list

    Examples
    --------
    >>> list(outline())
    ['United Kingdom', 'Ireland', 'Isle of Man']
    """
    countries: dict[str, list[Ring]] = json.loads(FILE.read_text("utf-8"))["countries"]
    return countries


def on_paper(longitude: float, latitude: float) -> tuple[float, float]:
    """Return where a place lies on the map: the transverse Mercator projection of a sphere around 2° W, 54° N.

    Parameters
    ----------
    longitude, latitude : float
        In degrees.

    Returns
    -------
    tuple of two float
        East and north of the middle, in degrees of a great circle.

    Examples
    --------
    >>> on_paper(-2.0, 55.0)
    (0.0, 1.0)
    """
    east, north = math.radians(longitude - MERIDIAN), math.radians(latitude)
    across = math.atanh(math.cos(north) * math.sin(east))
    up = math.atan2(math.tan(north), math.cos(east))
    return round(math.degrees(across), 6), round(math.degrees(up) - PARALLEL, 6)


def extract(topology: dict[str, Any]) -> dict[str, list[Ring]]:
    """Return the outlines of the countries, simplified.

    Parameters
    ----------
    topology : dict
        A TopoJSON topology with the object ``countries``.

    Returns
    -------
    dict of str to list
        As :func:`outline`.
    """
    (wide, high), (left, low) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points: Ring = []
        for across, up in arc:
            x, y = x + across, y + up
            points.append((x * wide + left, y * high + low))
        arcs.append(points)
    found: dict[str, list[Ring]] = {}
    for country in topology["objects"]["countries"]["geometries"]:
        name = country["properties"]["name"]
        if name in COUNTRIES:
            polygons = country["arcs"] if country["type"] == "MultiPolygon" else [country["arcs"]]
            rings = [_joined(arcs, polygon[0]) for polygon in polygons]
            kept = sorted((ring for ring in rings if _area(ring) > LEAST), key=_area, reverse=True)
            found[name] = [_simplified(ring) for ring in kept]
    return {name: found[name] for name in COUNTRIES}


def _joined(arcs: list[Ring], numbers: list[int]) -> Ring:
    """Return the ring that arcs make; one with a negative number runs backwards."""
    ring: Ring = []
    for number in numbers:
        ring += (arcs[number] if number >= 0 else arcs[~number][::-1])[bool(ring) :]
    return ring


def _area(ring: Ring) -> float:
    """Return the area of a ring."""
    return abs(sum(x * v - u * y for (x, y), (u, v) in pairwise(ring))) / 2


def _simplified(ring: Ring) -> Ring:
    """Return a ring without the points that it can do without (Douglas and Peucker 1973), rounded."""
    half = len(ring) // 2
    kept = _line(ring[: half + 1]) + _line(ring[half:])[1:]
    return [(round(x, 3), round(y, 3)) for x, y in kept]


def _line(points: Ring) -> Ring:
    """Return a line without the points that lie near it."""
    (x, y), (u, v) = points[0], points[-1]
    shrink = math.cos(math.radians(y))
    across, up = (u - x) * shrink, v - y
    length = math.hypot(across, up)
    far, where = 0.0, 0
    for place in range(1, len(points) - 1):
        right, high = (points[place][0] - x) * shrink, points[place][1] - y
        off = abs(right * up - high * across) / length if length else math.hypot(right, high)
        if off > far:
            far, where = off, place
    if far <= TOLERANCE:
        return [points[0], points[-1]]
    return _line(points[: where + 1]) + _line(points[where:])[1:]


def main(path: str) -> None:
    """Write the outline from a file of ``world-atlas``.

    Parameters
    ----------
    path : str
        ``countries-10m.json``.
    """
    data = {
        "source": "Natural Earth, Admin 0 – Countries, 1:10m, version 4.1.0, public domain (naturalearthdata.com)",
        "by": "npm package world-atlas 2.0.2, countries-10m.json",
        "made": "python -m ccin_graph.network.pictures.outline countries-10m.json",
        "countries": extract(json.loads(Path(path).read_text("utf-8"))),
    }
    FILE.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8", newline="\n")


if __name__ == "__main__":
    main(sys.argv[1])
