"""Where to draw each node: nodes of one tie in a ring around theirs, components side by side, no two on one spot."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    import numpy as np
    from numpy.typing import NDArray

    Place = tuple[float, float]
    Floats = NDArray[np.float64]

GAP = 1.0
"""Least room between two circles, in the unit of radii."""

BEND = 0.85
"""Power to which distances in the network are taken: below 1, long chains curl up and fill a page better."""


def layout(
    graph: nx.Graph[str], radius: Mapping[str, float], *, seed: int = 0, aspect: float = 1.5
) -> dict[str, Place]:
    """Return a place for each node such that no two circles touch.

    Each component is laid out by itself: its core, the nodes with two ties or more, such that distances on paper
    are like distances in the network (stress majorisation [1]_); nodes with one tie in rings around theirs. The
    largest component lies in the middle, the others around it, larger ones nearer.

    Parameters
    ----------
    graph : networkx.Graph
        The network; the order of its nodes does not matter.
    radius : mapping of str to float
        Radius of each node's circle.
    seed : int, optional
        Seed of the little noise on places and distances that decides between pictures that are equally good.
    aspect : float, optional
        Width by height of the area to fill.

    Returns
    -------
    dict
        ``(x, y)`` for each node, in the unit of the radii.

    References
    ----------
    .. [1] E. R. Gansner, Y. Koren, S. North, "Graph drawing by stress majorization", Graph Drawing 2004, LNCS
       3383, 239 (2005).

    Examples
    --------
    >>> import networkx as nx
    >>> graph = nx.star_graph(["hub", "one", "two"])
    >>> places = layout(graph, dict.fromkeys(graph, 1.0))
    >>> round(math.dist(places["hub"], places["one"]), 3) == round(math.dist(places["hub"], places["two"]), 3)
    True
    """
    import networkx as nx

    found = [sorted(nodes) for nodes in nx.connected_components(graph)]
    ordered = sorted(found, key=lambda nodes: (-len(nodes), nodes))
    components = [_component(graph, nodes, radius, seed, aspect) for nodes in ordered]
    shifts = _pack(components, radius, aspect)
    return {
        node: (round(x + right, 3), round(y + up, 3))
        for places, (right, up) in zip(components, shifts, strict=True)
        for node, (x, y) in places.items()
    }


def _component(
    graph: nx.Graph[str], nodes: list[str], radius: Mapping[str, float], seed: int, aspect: float
) -> dict[str, Place]:
    """Return places within one component, the middle of its bounding box at (0, 0)."""
    core = [node for node in nodes if graph.degree(node) > 1] or nodes[:1]
    leaves = {node: sorted(set(graph[node]) - set(core)) for node in core}
    room = {node: _ring_reach(node, leaves[node], radius) for node in core}
    places = _core(graph, core, room, seed, aspect)
    for node in core:
        near = [places[other] for other in graph[node] if other in room]
        places.update(_ring(node, leaves[node], radius, places[node], near))
    right, left = (pick(x for x, _ in places.values()) for pick in (max, min))
    top, bottom = (pick(y for _, y in places.values()) for pick in (max, min))
    return {node: (x - (right + left) / 2, y - (top + bottom) / 2) for node, (x, y) in places.items()}


def _core(
    graph: nx.Graph[str], core: list[str], room: Mapping[str, float], seed: int, aspect: float
) -> dict[str, Place]:
    """Return places of the core, stretched towards the shape of the page, each node with room for its ring."""
    import numpy as np
    from scipy.sparse import coo_array
    from scipy.sparse.csgraph import dijkstra

    if len(core) == 1:
        return {core[0]: (0.0, 0.0)}
    number = {node: place for place, node in enumerate(core)}
    ties = np.array([(number[one], number[other]) for one in core for other in graph[one] if other in number])
    reach = np.array([room[node] for node in core])
    rest = 6 + min(6.0, 200 / len(core))  # room between two tied nodes, beyond their own circles and rings
    lengths = reach[ties[:, 0]] + reach[ties[:, 1]] + rest
    distance = dijkstra(coo_array((lengths, tuple(ties.T)), shape=(len(core), len(core))).tocsr(), directed=False)
    edge = distance[distance > 0].min()
    places = _stress(edge * (distance / edge) ** BEND, seed)
    _, axes = np.linalg.eigh(np.cov(places.T))
    places = places @ _signed(axes[:, ::-1])
    across, up = np.ptp(places, axis=0)
    stretch = math.sqrt(min(max(up * aspect / max(across, 1.0), 0.4), 2.0)) if len(core) > 3 else 1.0
    places = _apart(places * np.array([stretch, 1 / stretch]), reach)
    return {node: (float(x), float(y)) for node, (x, y) in zip(core, places, strict=True)}


def _stress(distance: Floats, seed: int) -> Floats:
    """Return places whose distances are as near to those given as a plane allows."""
    import numpy as np

    count, chance = len(distance), np.random.default_rng(seed)
    noise = np.triu(chance.normal(scale=0.01, size=distance.shape), 1)
    distance = distance * (1 + noise + noise.T)  # else a symmetric network has no one best picture
    centre = np.eye(count) - 1 / count
    values, vectors = np.linalg.eigh(-centre @ distance**2 @ centre / 2)
    places = _signed(vectors[:, -2:]) * np.sqrt(np.maximum(values[-2:], 0))
    places = places + chance.normal(scale=0.05 * distance.mean(), size=places.shape)
    weight = 1 / (distance + np.eye(count)) ** 2
    np.fill_diagonal(weight, 0)
    inverse = np.linalg.pinv(np.diag(weight.sum(axis=1)) - weight)
    for _ in range(300):
        apart = _distances(places)
        pull = -np.divide(weight * distance, apart, out=np.zeros_like(apart), where=apart > 0)
        np.fill_diagonal(pull, -pull.sum(axis=1))
        places = inverse @ (pull @ places)
    return np.asarray(np.round(places, 6))


def _distances(places: Floats) -> Floats:
    """Return the distances between all places; coordinate by coordinate, which is faster than numpy's norm."""
    import numpy as np

    across, up = (axis[:, None] - axis[None] for axis in places.T)
    return np.asarray(np.sqrt(across * across + up * up))


def _signed(vectors: Floats) -> Floats:
    """Return columns whose largest entry is positive: which of the two signs comes out is not laid down."""
    import numpy as np

    largest = vectors[np.abs(np.round(vectors, 9)).argmax(axis=0), np.arange(vectors.shape[1])]
    return vectors * np.where(largest < 0, -1.0, 1.0)


def _apart(places: Floats, room: Floats) -> Floats:
    """Return places pushed apart until no two circles are nearer than GAP; spread out if pushing does not do it."""
    import numpy as np

    least = room[:, None] + room[None] + GAP
    np.fill_diagonal(least, 0)
    while True:
        for _ in range(500):
            apart = _distances(places)
            one, other = np.nonzero(apart < least)
            near, lack = apart[one, other], (least - apart)[one, other]
            if lack.max(initial=0) < 0.01:
                return places
            step = np.divide(lack, near, out=np.zeros_like(near), where=near > 0)
            push = np.zeros_like(places)
            np.add.at(push, one, (places[one] - places[other]) * step[:, None])
            places = places + push * 0.26
        places = places * 1.15


def _ring_reach(node: str, leaves: list[str], radius: Mapping[str, float]) -> float:
    """Return the radius of a node with the rings around it."""
    return max(
        (math.hypot(*place) + radius[leaf] for leaf, place in _ring(node, leaves, radius, (0.0, 0.0), []).items()),
        default=radius[node],
    )


def _ring(
    node: str, leaves: list[str], radius: Mapping[str, float], middle: Place, near: list[Place]
) -> dict[str, Place]:
    """Return places of leaves in rings around a node, on the side away from its other neighbours."""
    if not leaves:
        return {}
    size = max(radius[leaf] for leaf in leaves)
    away = math.atan2(*(sum(middle[axis] - place[axis] for place in near) for axis in (1, 0))) if near else math.pi / 2
    places: dict[str, Place] = {}
    rest, distance = leaves, radius[node] + size + 2 * GAP
    while rest:
        least = 2 * math.asin(min(1.0, (size + GAP / 2) / distance))
        fits = max(1, int(2 * math.pi / least))
        here, rest = rest[:fits], rest[fits:]
        step = 2 * math.pi / len(here) if len(here) > 8 or not near else max(least, math.pi / 5)
        for index, leaf in enumerate(here):
            angle = away + (index - (len(here) - 1) / 2) * step
            places[leaf] = (middle[0] + distance * math.cos(angle), middle[1] + distance * math.sin(angle))
        distance += 2 * size + GAP
    return places


def _pack(components: list[dict[str, Place]], radius: Mapping[str, float], aspect: float) -> list[Place]:
    """Return how far to shift each component: the first not at all, each other to the nearest spot still free."""
    import numpy as np

    if not components:
        return []
    reach = [
        max(math.hypot(*place) + radius[node] for node, place in places.items()) + 2 * GAP for places in components
    ]
    first = _outline(components[0], radius)
    across = np.ptp(first, axis=0) if len(first) else np.zeros(2)
    half = math.sqrt(across[0] * across[1] + 12 * sum(r * r for r in reach[1:])) + max(reach)
    x, y = np.meshgrid(np.arange(-half * aspect, half * aspect, 1.5), np.arange(-half, half, 1.5))
    order = np.lexsort((x.ravel(), y.ravel(), np.round(np.hypot(x / aspect, y).ravel(), 6)))
    spots = np.column_stack((x.ravel(), y.ravel()))[order]
    clear = _clearance(spots, first)
    shifts = [(0.0, 0.0)]
    for need in reach[1:]:
        spot = spots[np.argmax(clear >= need)]
        shifts.append((float(spot[0]), float(spot[1])))
        clear = np.minimum(clear, np.linalg.norm(spots - spot, axis=1) - need)
    return shifts


def _outline(places: Mapping[str, Place], radius: Mapping[str, float]) -> Floats:
    """Return points on the circles of a component."""
    import numpy as np

    angles = np.linspace(0, 2 * math.pi, 12, endpoint=False)
    round_ = np.column_stack((np.cos(angles), np.sin(angles)))
    return np.concatenate([np.array(place) + round_ * (radius[node] + GAP) for node, place in places.items()])


def _clearance(spots: Floats, outline: Floats) -> Floats:
    """Return how far each spot is from the convex hull of points, negative inside."""
    import numpy as np
    from scipy.spatial import ConvexHull

    planes = ConvexHull(outline).equations
    return np.asarray((spots @ planes[:, :2].T + planes[:, 2]).max(axis=1))
