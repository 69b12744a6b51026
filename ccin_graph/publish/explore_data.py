"""What the page that explores the network needs: bodies, projects, who took part as what and where that stands."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

from ccin_graph.vocabulary import CCIN, DCTERMS, PROV

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    import networkx as nx

    from ccin_graph.network.participation import Participation
    from ccin_graph.publish.model import Model

#: Above so many nodes a layout that keeps all of them apart takes too long; they then stand in a spiral.
MOST_LAID_OUT = 1500
_YEAR = re.compile(r"\d{4}")


def explore_data(
    participations: Sequence[Participation],
    model: Model,
    *,
    validated: Collection[tuple[str, str]] | None = None,
) -> str:
    """Return the network of organisations and projects with its evidence, layouts and communities, as JSON.

    The layout is computed here, so that the first picture is the same for everyone and there at once; an organisation
    stands at the same place with projects and without.

    Parameters
    ----------
    participations : sequence of Participation
    model : Model
    validated : collection of pairs of str, optional
        Pairs of organisations whose tie is more than chance; None where that was not tested.

    Returns
    -------
    str
    """
    from ccin_graph.network import organisation_organisation, organisation_project_graph
    from ccin_graph.network.bipartite import sides

    pairs = organisation_project_graph(participations, working_only=False)
    partners = organisation_organisation(organisation_project_graph(participations))
    bodies, projects = sides(pairs)
    publications = sorted({row.publication for row in participations}, key=lambda iri: (_year(model, iri), iri))
    roles = {row.role: row.working for row in sorted(participations, key=lambda row: row.role)}
    themes = _led_to(model, projects, DCTERMS + "subject")
    principles = _led_to(model, projects, CCIN + "practises")
    number = {iri: place for group in (bodies, projects, publications) for place, iri in enumerate(group)}
    number_of_role = {role: place for place, role in enumerate(roles)}
    community, at = _communities(partners), _places(pairs)
    evidence = _evidence(model)
    claims = set()
    for row in participations:
        page, lines = evidence.get((row.organisation, row.project, row.role, row.publication), ("", ""))
        numbers = number[row.organisation], number[row.project], number_of_role[row.role], number[row.publication]
        claims.add((*numbers, page, lines))
    data = {
        "organisations": [
            _named(model, iri)
            | {
                "kind": pairs.nodes[iri]["kind"],
                "region": pairs.nodes[iri].get("region", ""),
                "community": community.get(iri, 0),
                "at": at[iri],
            }
            for iri in bodies
        ],
        "projects": [
            _named(model, iri)
            | {
                "themes": _numbers(themes, model.links(iri, DCTERMS + "subject")),
                "principles": _numbers(principles, model.links(iri, CCIN + "practises")),
                "at": at[iri],
            }
            for iri in projects
        ],
        "publications": [_named(model, iri) | {"year": _year(model, iri)} for iri in publications],
        "roles": [{"label": role, "working": working} for role, working in roles.items()],
        "themes": [_named(model, iri) for iri in themes],
        "principles": [_named(model, iri) for iri in principles],
        "claims": sorted(claims),
        "validated": None if validated is None else sorted(sorted((number[a], number[b])) for a, b in validated),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def _named(model: Model, iri: str) -> dict[str, Any]:
    return {"iri": iri, "label": model.label(iri), "path": model.page(iri) or ""}


def _year(model: Model, publication: str) -> int:
    found = _YEAR.search(model.text(publication, CCIN + "earliest") or model.text(publication, DCTERMS + "date"))
    return int(found[0]) if found else 0


def _led_to(model: Model, things: Sequence[str], predicate: str) -> list[str]:
    return sorted({target for iri in things for target in model.links(iri, predicate)})


def _numbers(all_of_them: Sequence[str], some: Collection[str]) -> list[int]:
    return [place for place, iri in enumerate(all_of_them) if iri in some]


def _evidence(model: Model) -> dict[tuple[str, str, str, str], tuple[str, str]]:
    """Return the page and lines of every participation by organisation, project, role and publication."""
    found: dict[tuple[str, str, str, str], tuple[str, str]] = {}
    for claim in model.instances(CCIN + "Participation"):
        section = model.link(claim, CCIN + "statedIn") or ""
        publication = model.link(section, DCTERMS + "isPartOf") or ""
        role = model.label(model.link(claim, PROV + "hadRole") or "")
        cited = ", ".join(dict.fromkeys(citation.lines for citation in model.citations(claim) if citation.lines))
        page = model.page(claim) or ""
        for body in model.links(claim, PROV + "agent"):
            for project in model.links(claim, CCIN + "project"):
                found.setdefault((body, project, role, publication), (page, cited))
    return found


def _communities(graph: nx.Graph[str]) -> Mapping[str, int]:
    from ccin_graph.network.communities import communities

    return communities(graph).members if graph.number_of_edges() else {}


def _places(graph: nx.Graph[str]) -> dict[str, tuple[float, float]]:
    if graph.number_of_nodes() <= MOST_LAID_OUT:
        from ccin_graph.network.pictures.layout import layout

        radius = {node: 1 + 0.35 * graph.degree[node] ** 0.5 for node in graph}
        return layout(graph, radius)
    return _spiral(sorted(graph, key=lambda node: (-graph.degree[node], node)))


def _spiral(nodes: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Place nodes as a sunflower does its seeds: evenly, the first in the middle."""
    import math

    turn = math.pi * (3 - math.sqrt(5))
    return {
        node: (
            round(3 * math.sqrt(place) * math.cos(place * turn), 3),
            round(3 * math.sqrt(place) * math.sin(place * turn), 3),
        )
        for place, node in enumerate(nodes)
    }
