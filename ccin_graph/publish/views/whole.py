"""The pages that look at the whole, and the data that their scripts need."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from ccin_graph.errors import CcinError
from ccin_graph.packs import read_pack
from ccin_graph.publish.ask_data import ask_data, asked_in_browser
from ccin_graph.publish.explore_data import explore_data
from ccin_graph.publish.pages import parts
from ccin_graph.publish.pages.queries import query_path, table_rows
from ccin_graph.publish.views.atlas import PATH as MAP
from ccin_graph.publish.views.atlas import atlas
from ccin_graph.publish.views.curate import concerns, places_of
from ccin_graph.publish.views.matrix import matrices
from ccin_graph.publish.views.timeline import HEIGHT, WIDTH, timeline

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ccin_graph.network.participation import Participation
    from ccin_graph.publish.model import Model
    from ccin_graph.publish.places import Standing
    from ccin_graph.store import EmbeddedStore
    from ccin_graph.tree import Tree

ASK = "ask.html"
#: Names and paths of the pages, for the navigation.
VIEWS = (
    ("Ask", ASK),
    ("Explore", "explore.html"),
    ("Map", MAP),
    ("Timeline", "timeline.html"),
    ("Principles by theme", "matrix.html"),
    ("Curate", "curate.html"),
)
_EXAMPLE = """PREFIX ccin: <https://w3id.org/ccin/def#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>

SELECT ?council ?name (COUNT(DISTINCT ?project) AS ?projects)
WHERE {
  ?council a ccin:Council ; rdfs:label ?name ; ccin:leads ?project .
}
GROUP BY ?council ?name
ORDER BY DESC(?projects) ?name
LIMIT 20
"""
_BEST = 25


class View(NamedTuple):
    """A page to draw.

    Parameters
    ----------
    template, path : str
    values : dict
    """

    template: str
    path: str
    values: dict[str, Any]


def views(
    model: Model,
    store: EmbeddedStore,
    tree: Tree,
    standings: Mapping[str, Standing],
    picture: str,
) -> Iterator[View]:
    """Yield the pages that look at the whole.

    Parameters
    ----------
    model : Model
    store : EmbeddedStore
    tree : Tree
    standings : mapping of str to Standing
    picture : str
        The network as SVG, for where nothing can be moved.

    Yields
    ------
    View
    """
    yield View("ask.html", ASK, {"title": "Ask", "packs": _packs(tree), "example": _EXAMPLE})
    best = sorted(standings, key=lambda iri: (-len(standings[iri].partners), model.label(iri).casefold(), iri))[:_BEST]
    rows = [(parts.named(model, iri), model.kind_of(iri), len(standings[iri].partners)) for iri in best]
    yield View("explore.html", "explore.html", {"title": "Explore", "picture": picture, "best": rows})
    linked = {"model": model, "named": lambda iri: parts.named(model, iri)}
    if drawn := atlas(model, standings):
        nations = sorted({town.nation for town in drawn.towns if town.nation})
        query = _query(tree, "partnerships/between-councils")
        yield View("map.html", MAP, {"title": "Map", "atlas": drawn, "nations": nations, "query": query} | linked)
    if told := timeline(model):
        size = {"width": WIDTH, "height": HEIGHT}
        query = _query(tree, "members/memberships")
        yield View(
            "timeline.html", "timeline.html", {"title": "Timeline", "timeline": told, "query": query} | size | linked
        )
    if found := matrices(model):
        query = _query(tree, "principles/by-theme")
        yield View(
            "matrix.html", "matrix.html", {"title": "Principles by theme", "matrices": found, "query": query} | linked
        )
    left = concerns(model, store, tree, places_of(model, tree))
    coverage = _answer(store, tree, "quality/coverage")
    yield View("curate.html", "curate.html", {"title": "Curate", "concerns": left, "coverage": coverage})
    for concern in left:
        query = _query(tree, concern.query) if concern.query else ""
        yield View("concern.html", concern.path, {"title": concern.title, "concern": concern, "query": query})


def view_data(model: Model, tree: Tree, participations: Sequence[Participation]) -> Iterator[tuple[str, str]]:
    """Yield the data that the scripts of these pages load: path and content.

    Parameters
    ----------
    model : Model
    tree : Tree
    participations : sequence of Participation

    Yields
    ------
    path, content : str
    """
    yield "data/ask.json", ask_data(model, tree.queries)
    yield "data/network.json", explore_data(participations, model)


def _packs(tree: Tree) -> dict[str, list[Any]]:
    packs: dict[str, list[Any]] = {}
    for query in asked_in_browser(tree.queries):
        packs.setdefault(query.name.partition("/")[0], []).append((query, query_path(query.name)))
    return packs


def _query(tree: Tree, name: str) -> str:
    """Return the path of a question's page, if the packs have it."""
    pack = name.partition("/")[0]
    if not (tree.queries / pack).is_dir():
        return ""
    return next((query_path(query.name) for query in read_pack(tree.queries, pack) if query.name == name), "")


def _answer(store: EmbeddedStore, tree: Tree, name: str) -> tuple[list[str], list[list[str]]]:
    from ccin_graph.packs import find_query
    from ccin_graph.queries import Table, bind

    try:
        table = Table(store.select(bind(find_query(tree.queries, name), {}, store)))
    except CcinError:
        return [], []
    return list(table.columns), table_rows(table)
