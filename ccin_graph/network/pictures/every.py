"""All pictures of one graph."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from ccin_graph.network.bipartite import organisation_project_graph, sides
from ccin_graph.network.communities import consensus
from ccin_graph.network.filters import COUNCIL
from ccin_graph.network.overview import canonical
from ccin_graph.network.pictures.atlas import draw_atlas
from ccin_graph.network.pictures.columns import draw_columns
from ccin_graph.network.pictures.ego import draw_ego
from ccin_graph.network.pictures.grid import draw_grid
from ccin_graph.network.pictures.ranks import draw_ranks
from ccin_graph.network.pictures.spells import Spell, draw_spells
from ccin_graph.network.pictures.whole import draw
from ccin_graph.network.projections import (
    council_affiliate,
    council_council,
    council_partner,
    organisation_organisation,
)
from ccin_graph.network.uncertainty import rank_intervals
from ccin_graph.vocabulary import CCIN, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from os import PathLike

    import networkx as nx

    from ccin_graph.graph import Graph
    from ccin_graph.network.participation import Participation

_PLACES = f"""PREFIX ccin: <{CCIN}> PREFIX dcterms: <{PREFIXES["dcterms"]}>
PREFIX geo: <{PREFIXES["geo"]}>
SELECT ?council (MAX(?north) AS ?latitude) (MAX(?east) AS ?longitude)
WHERE {{ ?council a ccin:Council ; dcterms:spatial ?area . ?area geo:lat ?north ; geo:long ?east }}
GROUP BY ?council
HAVING (COUNT(DISTINCT ?area) = 1)
"""
_TITLES = f"""PREFIX ccin: <{CCIN}> PREFIX dcterms: <{PREFIXES["dcterms"]}>
SELECT ?publication ?title WHERE {{ ?publication a ccin:Publication ; dcterms:title ?title }}
"""


def draw_all(
    graph: Graph,
    folder: str | PathLike[str],
    *,
    participations: Iterable[Participation] | None = None,
    seed: int = 1,
    dpi: int = 150,
) -> list[Path]:
    """Draw every picture of a graph into a folder, each as SVG and PNG.

    Parameters
    ----------
    graph : Graph
    folder : path-like
        Made if it does not exist.
    participations : iterable of Participation, optional
        The rows that the networks are made of, if not all of the graph; who belonged when and which principles go with
        which themes are always those of the whole graph.
    seed : int, optional
        Of communities and of intervals.
    dpi : int, optional
        Pixels per inch of the PNGs.

    Returns
    -------
    list of pathlib.Path
        Of ``network`` (councils and their partners), ``communities`` (of all organisations), ``columns`` (councils and
        affiliates), ``ego`` (the organisation with the most ties), ``map``, ``memberships``, ``principles`` (by theme)
        and ``ranks``: what there is data for, in this order, the SVG of each before its PNG.

    Raises
    ------
    CcinError
        If a file cannot be written.
    """
    rows = graph.participations() if participations is None else list(participations)
    publications = {row.publication for row in rows if row.publication}
    note = f"Data: {len(rows)} participations from {len(publications)} publications."
    two_mode = organisation_project_graph(rows)
    together = organisation_organisation(two_mode)
    into = Path(folder)
    found = [draw(council_partner(two_mode), into / "network", note=note, dpi=dpi)]
    if together.number_of_edges():
        tied = canonical(together.subgraph([node for node, degree in together.degree if degree]))
        groups = consensus(tied, seed=seed)
        notes = f"{note} {groups.methods}"
        found.append(draw(tied, into / "communities", groups=groups, names=40, note=notes, dpi=dpi))
        found.append(draw_columns(council_affiliate(two_mode), into / "columns", note=note, dpi=dpi))
        found.append(draw_ego(together, _busiest(together), into / "ego", note=note, dpi=dpi))
    if places := _places(graph):
        found.append(draw_atlas(council_council(two_mode), places, into / "map", note=note, dpi=dpi))
    if lists := _lists(graph):
        found.append(draw_spells(_spells(graph), lists, into / "memberships", dpi=dpi))
    themes = graph.query("principles/by-theme")
    if len(themes):
        cells = [(row["theme"], row["principle"], int(row["projects"])) for row in themes]
        sizes = {row["theme"]: int(row["ofTheme"]) for row in themes}
        found.append(draw_grid(cells, sizes, into / "principles", least=5, dpi=dpi))
    councils = [node for node in two_mode if two_mode.nodes[node].get("kind") == COUNCIL]
    if councils:
        partners = sorted(set(sides(two_mode)[0]) - set(councils))
        table = rank_intervals(rows, councils, partners=partners, seed=seed)
        found.append(draw_ranks(table, into / "ranks", titles=_titles(graph), note=note, dpi=dpi))
    return [path for pair in found for path in pair]


def _busiest(graph: nx.Graph[str]) -> str:
    """Return the node with the most ties, a council before others."""
    return min(graph, key=lambda node: (-graph.degree(node), graph.nodes[node].get("kind") != COUNCIL, node))


def _places(graph: Graph) -> dict[str, tuple[float, float]]:
    """Return latitude and longitude of councils."""
    rows = graph.sparql(_PLACES).values()
    return {row["council"]: (float(row["latitude"]), float(row["longitude"])) for row in rows}


def _titles(graph: Graph) -> dict[str, str]:
    """Return the titles of publications."""
    return {row["publication"]: row["title"] for row in graph.sparql(_TITLES).values()}


def _lists(graph: Graph) -> dict[str, list[str]]:
    """Return the dates of the complete lists of each category, the category with the oldest list first."""
    found: dict[str, list[str]] = {}
    for row in sorted(graph.query("members/lists"), key=lambda row: (row["date"], row["category"])):
        found.setdefault(row["category"], [])
        if row["complete"] == "true":
            found[row["category"]].append(row["date"])
    return found


def _spells(graph: Graph) -> list[Spell]:
    """Return who belonged when."""
    return [
        Spell(row["name"], row["category"], row["first"], row["last"]) for row in graph.query("members/memberships")
    ]
