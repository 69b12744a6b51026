"""The networks by name: what each is, the query that lists its edges, and the function that makes it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.bipartite import organisation_project_graph
from ccin_graph.network.projections import (
    council_affiliate,
    council_council,
    council_partner,
    organisation_organisation,
)
from ccin_graph.network.sharing import (
    by_attribute,
    council_council_by_partners,
    council_subject,
    person_organisation,
    subject_subject,
)

if TYPE_CHECKING:
    from collections.abc import Callable

    import networkx as nx

    from ccin_graph.network.tables import Tables


@dataclass(frozen=True, slots=True)
class Projection:
    """A network that is made of the tables.

    Parameters
    ----------
    name : str
        Its name, which is also that of the query in ``queries/network`` that lists its edges.
    about : str
        Who is tied to whom, as part of a sentence.
    weight : str
        What ``shared`` counts on its ties.
    make : callable
        From the tables to the graph.
    """

    name: str
    about: str
    weight: str
    make: Callable[[Tables], nx.Graph[str]]

    @property
    def query(self) -> str:
        """The query that lists its edges."""
        return f"network/{self.name}"


def _of(make: Callable[[nx.Graph[str]], nx.Graph[str]]) -> Callable[[Tables], nx.Graph[str]]:
    return lambda tables: make(organisation_project_graph(tables.participations))


def _council_subject(attribute: str) -> Callable[[Tables], nx.Graph[str]]:
    return lambda tables: council_subject(
        tables.participations,
        tables.subjects.get(attribute, ()),
        labels=tables.labels,
        name=f"council-{attribute}",
        kind=attribute,
    )


def _councils_by(attribute: str) -> Callable[[Tables], nx.Graph[str]]:
    def make(tables: Tables) -> nx.Graph[str]:
        pairs = _council_subject(attribute)(tables)
        nodes = {
            node: {key: value for key, value in data.items() if key != "side"}
            for node, data in pairs.nodes(data=True)
            if data["kind"] == "council"
        }
        rows = [(council, subject) for council in nodes for subject in pairs[council]]
        return by_attribute(rows, nodes=nodes, name=f"council-council-by-{attribute}s")

    return make


PROJECTIONS: dict[str, Projection] = {
    one.name: one
    for one in (
        Projection(
            "organisation-project",
            "organisations and the projects they worked in (two-mode)",
            "1 for taking part",
            lambda tables: organisation_project_graph(tables.participations),
        ),
        Projection("council-council", "councils that worked in the same project", "projects", _of(council_council)),
        Projection(
            "council-council-by-partners",
            "councils that worked with the same organisations, be it in different projects",
            "partners in common",
            _of(council_council_by_partners),
        ),
        Projection(
            "council-council-by-principles",
            "councils that lead projects with the same principles",
            "principles and values in common",
            _councils_by("principle"),
        ),
        Projection(
            "council-council-by-themes",
            "councils that lead projects on the same themes",
            "themes in common",
            _councils_by("theme"),
        ),
        Projection(
            "council-partner",
            "councils and the other organisations that worked in the same project",
            "projects",
            _of(council_partner),
        ),
        Projection(
            "council-affiliate",
            "councils and affiliates that worked in the same project",
            "projects",
            _of(council_affiliate),
        ),
        Projection(
            "organisation-organisation",
            "organisations that worked in the same project",
            "projects",
            _of(organisation_organisation),
        ),
        Projection(
            "person-organisation",
            "people in public roles and the organisations that they stand for (two-mode)",
            "different offices",
            lambda tables: person_organisation(tables.offices),
        ),
        Projection(
            "principle-principle",
            "principles and values that are practised in the same project",
            "projects",
            lambda tables: subject_subject(
                tables.participations,
                tables.subjects.get("principle", ()),
                labels=tables.labels,
                name="principle-principle",
                kind="principle",
            ),
        ),
        Projection(
            "council-principle",
            "councils and the principles that the projects they lead practise (two-mode)",
            "projects",
            _council_subject("principle"),
        ),
        Projection(
            "council-theme",
            "councils and the themes of the projects they lead (two-mode)",
            "projects",
            _council_subject("theme"),
        ),
    )
}
"""The networks by name."""


def projection(name: str) -> Projection:
    """Return a network's definition by its name.

    Parameters
    ----------
    name : str

    Returns
    -------
    Projection

    Raises
    ------
    NetworkError
        If there is no network of that name.

    Examples
    --------
    >>> projection("council-affiliate").about
    'councils and affiliates that worked in the same project'
    """
    if name not in PROJECTIONS:
        raise NetworkError(f"no network '{name}'", remedy=f"Networks are {', '.join(PROJECTIONS)}.")
    return PROJECTIONS[name]
