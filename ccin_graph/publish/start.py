"""The start page: the network in numbers and pictures, and questions to begin with."""

from __future__ import annotations

import math
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from ccin_graph.publish.content import Cell, Words
from ccin_graph.publish.drawing import shortened
from ccin_graph.publish.model import BODIES, Kind, Model
from ccin_graph.publish.pages import parts
from ccin_graph.vocabulary import CCIN

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccin_graph.publish.places import Standing

#: Questions that the start page leads to, where the packs have them.
FIRST_QUESTIONS = (
    "partnerships/strongest", "partnerships/brokers", "principles/counts", "outcomes/returns", "members/changes",
    "partnerships/across-regions", "outcomes/disagree", "quality/interpreted-share",
)  # fmt: skip
_DRAWN = 90
_NAMED = 22
_SIDE = 900


@dataclass(frozen=True, slots=True)
class NetworkPicture:
    """The network on the start page.

    Parameters
    ----------
    svg, intro : str
    tables : tuple of (str, tuple of tuple of Piece)
        Who has most partners, by kind.
    """

    svg: str
    intro: str
    tables: tuple[tuple[str, tuple[Cell, ...]], ...]


def numbers(model: Model) -> list[tuple[str, int, str]]:
    """Return how many there are of what: path of the list, number, words.

    Parameters
    ----------
    model : Model

    Returns
    -------
    list of (str, int, str)
    """
    found = []
    for kind in (Kind.COUNCIL, Kind.PROJECT, Kind.CASE_STUDY, Kind.PARTNERSHIP, Kind.OUTPUT, Kind.PERSON):
        many = len(model.things(kind))
        if many:
            found.append((f"{kind.page}.html", many, kind.one if many == 1 else kind.many))
    others = sum(len(model.things(kind)) for kind in BODIES if kind is not Kind.COUNCIL)
    if others:
        found.insert(1, ("organisations.html", others, "other organisations"))
    claims = len(model.instances(CCIN + "Passage"))
    if claims:
        found.append(("publications.html", claims, "passages that claims rest on"))
    return found


def network_picture(model: Model, standings: Mapping[str, Standing]) -> NetworkPicture | None:
    """Return the best connected bodies as a drawing, and who they are.

    Parameters
    ----------
    model : Model
    standings : mapping of str to Standing

    Returns
    -------
    NetworkPicture or None
        None where nobody worked with anybody.
    """
    if not standings:
        return None

    def order(iri: str) -> tuple[int, str, str]:
        return -len(standings[iri].partners), model.label(iri).casefold(), iri

    best = sorted(standings, key=order)
    drawn = _together(standings, best[:_DRAWN])
    inside = set(drawn)
    ties = sorted(
        (one, other, many)
        for one in drawn
        for other, many in standings[one].partners.items()
        if other in inside and one < other
    )
    pairs = sum(len(one.partners) for one in standings.values()) // 2
    intro = (
        f"{len(standings):,} bodies worked in the same projects as others: {pairs:,} pairs. The drawing shows "
        f"{len(drawn)} of those with the most partners, the ones that hang together; a larger circle has more of them. "
        "A tie means a project in common, as a source tells it."
    )
    tables = []
    for kind, title in (
        (Kind.COUNCIL, "Councils with the most partners"),
        (None, "Other bodies with the most partners"),
    ):
        rows = [iri for iri in best if (model.kind_of(iri) is Kind.COUNCIL) == (kind is Kind.COUNCIL)][:8]
        cells = tuple(
            (parts.named(model, iri), Words(f" – {len(standings[iri].partners)}", quiet=True)) for iri in rows
        )
        if cells:
            tables.append((title, cells))
    return NetworkPicture(_svg(model, standings, drawn, ties), intro, tuple(tables))


def _together(standings: Mapping[str, Standing], nodes: list[str]) -> list[str]:
    """Return the largest group of nodes that hang together, in their order."""
    import networkx as nx

    inside = set(nodes)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(nodes)
    graph.add_edges_from((one, other) for one in nodes for other in standings[one].partners if other in inside)
    components = sorted(nx.connected_components(graph), key=lambda group: (-len(group), min(group)))
    return [node for node in nodes if node in components[0]]


def _svg(model: Model, standings: Mapping[str, Standing], nodes: list[str], ties: list[tuple[str, str, int]]) -> str:
    import networkx as nx

    from ccin_graph.network.pictures.layout import layout

    radius = {node: 3 + math.sqrt(len(standings[node].partners)) * 1.7 for node in nodes}
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from(sorted(nodes))
    graph.add_edges_from((one, other) for one, other, _ in ties)
    found = layout(graph, radius, aspect=1.8)
    xs, ys = [x for x, _ in found.values()], [y for _, y in found.values()]
    scale = (_SIDE - 150) / max(max(xs) - min(xs), 1.0)
    height = round((max(ys) - min(ys)) * scale) + 60
    places = {
        node: (75 + (x - min(xs)) * scale, 30 + (max(ys) - y) * scale, max(2.5, radius[node] * min(scale, 1.6)))
        for node, (x, y) in found.items()
    }
    label = f"{len(nodes)} bodies with many partners and their ties; the best connected are listed below"
    out = [f'<svg class="graph" viewBox="0 0 {_SIDE} {height}" role="img" aria-label="{escape(label)}">']
    for one, other, many in ties:
        (x1, y1, _), (x2, y2, _) = places[one], places[other]
        out.append(f'<line class="tie w{min(many, 4)}" x1="{x1:.0f}" y1="{y1:.0f}" x2="{x2:.0f}" y2="{y2:.0f}"/>')
    for node in nodes:
        x, y, r = places[node]
        kind = (model.kind_of(node) or Kind.ORGANISATION).name.lower()
        out.append(
            f'<g class="node {kind}"><title>{escape(model.label(node))}</title>'
            f'<circle cx="{x:.0f}" cy="{y:.0f}" r="{r:.1f}"/></g>'
        )
    named = sorted(nodes, key=lambda node: model.kind_of(node) is not Kind.COUNCIL)
    out += _labels([(places[node], _short(model, node)) for node in named])
    return "".join([*out, "</svg>"])


def _short(model: Model, iri: str) -> str:
    from ccin_graph.network.labels import short_name

    council = model.kind_of(iri) is Kind.COUNCIL
    return shortened(short_name(model.label(iri), "council" if council else "other"), 22)


def _labels(wanted: list[tuple[tuple[float, float, float], str]]) -> Iterator[str]:
    """Yield labels beside circles, the first ones first, as many as there is room for."""
    circles = [(x - r, y - r, x + r, y + r) for (x, y, r), _ in wanted]
    taken: list[tuple[float, float, float, float]] = []
    yielded = 0
    for (x, y, r), text in wanted:
        wide = len(text) * 6.4
        for left, top, anchor in (
            (x + r + 3, y - 7, ""),
            (x - r - 3 - wide, y - 7, ' text-anchor="end"'),
            (x - wide / 2, y - r - 16, ' text-anchor="middle"'),
            (x - wide / 2, y + r + 2, ' text-anchor="middle"'),
        ):
            box = (left, top, left + wide, top + 14)
            inside = left >= 0 and box[2] <= _SIDE
            if inside and not any(
                box[0] < other[2] and other[0] < box[2] and box[1] < other[3] and other[1] < box[3]
                for other in (*circles, *taken)
            ):
                taken.append(box)
                at = left if not anchor else box[2] if "end" in anchor else left + wide / 2
                yield f'<text x="{at:.0f}" y="{top + 11:.0f}"{anchor}>{escape(text)}</text>'
                yielded += 1
                break
        if yielded == _NAMED:
            return


def described(model: Model) -> dict[str, object]:
    """Return the site in the words of schema.org.

    Parameters
    ----------
    model : Model

    Returns
    -------
    dict
    """
    settings = model.settings
    said = {
        "@context": "https://schema.org/",
        "@type": "WebSite",
        "name": settings.title,
        "description": settings.description,
        "url": settings.home,
        "about": {"@id": settings.network, "name": model.label(settings.network)},
        "publisher": {"@type": "Organization", "name": settings.publisher} if settings.publisher else "",
        "license": settings.licence,
    }
    return {key: value for key, value in said.items() if value}
