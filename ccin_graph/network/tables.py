"""Everything that the networks are made of, read from a graph with the queries of the pack ``network``."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ccin_graph.network.filters import calendar
from ccin_graph.network.participation import Participation, participations_of

if TYPE_CHECKING:
    from ccin_graph.graph import Graph

QUERIES = (
    "network/council-places",
    "network/council-successors",
    "network/organisation-attributes",
    "network/participations",
    "network/people",
    "network/project-subjects",
    "network/publications",
)
"""What is asked of the graph, so that a digest of the questions can stand beside the results."""

SUBJECTS = ("theme", "principle")
"""What a project can be about, or practise."""


@dataclass(frozen=True, slots=True)
class Tables:
    """What the networks are made of. All things are IRIs.

    Parameters
    ----------
    participations : list of Participation
        Who took part in what.
    offices : list of Participation
        Who stands for which organisation: the person in the place of the project, the office (or the part in an event)
        in that of the role.
    subjects : dict of str to list of (str, str)
        Under each of :data:`SUBJECTS`: projects and what they are about or practise.
    attributes : dict of str to dict
        Under ``type`` and ``category``: the values of each organisation, sorted and joined by a semicolon.
    labels : dict of str to str
        Names of subjects, places and successors.
    dates, titles : dict of str to str
        Plain dates and titles of publications.
    successors, places : dict of str to str
        The council that took the place of each council that has one, and the area of each council that has one. A
        council that was split has several successors and is left out: to give its past to each would count it twice.
    """

    participations: list[Participation]
    offices: list[Participation] = field(default_factory=list)
    subjects: dict[str, list[tuple[str, str]]] = field(default_factory=dict)
    attributes: dict[str, dict[str, str]] = field(default_factory=dict)
    labels: dict[str, str] = field(default_factory=dict)
    dates: dict[str, str] = field(default_factory=dict)
    titles: dict[str, str] = field(default_factory=dict)
    successors: dict[str, str] = field(default_factory=dict)
    places: dict[str, str] = field(default_factory=dict)


def tables_of(graph: Graph) -> Tables:
    """Read what the networks are made of.

    Parameters
    ----------
    graph : Graph

    Returns
    -------
    Tables

    Examples
    --------
    >>> from ccin_graph.graph import Graph
    >>> tables = tables_of(Graph.from_records())
    >>> sorted(tables.dates.values())[-1], tables.titles[sorted(tables.titles)[0]]
    ('2021-08', 'Co-operative Case Studies 2018')
    """
    rows = {name: list(graph.query(name).values()) for name in QUERIES if name != "network/participations"}
    subjects: dict[str, list[tuple[str, str]]] = {attribute: [] for attribute in SUBJECTS}
    labels: dict[str, str] = {}
    for row in rows["network/project-subjects"]:
        subjects[row["attribute"]].append((row["project"], row["subject"]))
        labels[row["subject"]] = row["label"]
    values: dict[str, dict[str, list[str]]] = {"type": defaultdict(list), "category": defaultdict(list)}
    for row in rows["network/organisation-attributes"]:
        values[row["attribute"]][row["organisation"]].append(row["value"])
    after: dict[str, set[str]] = defaultdict(set)
    for row in rows["network/council-successors"]:
        after[row["council"]].add(row["successor"])
        labels[row["successor"]] = row["successorLabel"]
    places = {}
    for row in rows["network/council-places"]:
        places[row["council"]] = row["place"]
        labels[row["place"]] = row["placeLabel"]
    return Tables(
        participations=participations_of(graph.query("network/participations")),
        offices=[
            Participation(
                organisation=row["organisation"],
                label=row["label"],
                kind=row["kind"],
                project=row["person"],
                project_label=row["personLabel"],
                role=row["role"],
                working=True,
                publication=row["publication"],
                region=row["region"] or None,
            )
            for row in rows["network/people"]
        ],
        subjects=subjects,
        attributes={
            name: {organisation: "; ".join(sorted(found)) for organisation, found in sorted(given.items())}
            for name, given in values.items()
        },
        labels=labels,
        dates={row["publication"]: calendar(row["date"]) for row in rows["network/publications"]},
        titles={row["publication"]: row["title"] for row in rows["network/publications"]},
        successors={council: next(iter(found)) for council, found in sorted(after.items()) if len(found) == 1},
        places=places,
    )
