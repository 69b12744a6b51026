"""Tables that the network tests share: a small one worked out by hand, and two that are published."""

from __future__ import annotations

import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from ccin_graph.graph import Graph
from ccin_graph.network import Participation
from ccin_graph.network.tables import Tables, tables_of
from ccin_graph.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Callable

REGIONS = ("North West", "London", "Yorkshire and The Humber", "South West")


def row(organisation: str, project: str, role: str = "partner", kind: str = "other", **more: Any) -> Participation:
    """Return a participation with names made from its IRIs."""
    given: dict[str, Any] = {"working": True, **more}
    return Participation(
        f"ex:{organisation}", organisation.title(), kind, f"ex:{project}", project.title(), role, **given
    )


@pytest.fixture
def participation() -> Callable[..., Participation]:
    """Return the function that makes one row."""
    return row


@pytest.fixture
def small() -> list[Participation]:
    """Return three councils, two affiliates and two others in four projects.

    food: oldham, rochdale, co-op, college (4); homes: oldham, rochdale (2); lab: oldham, co-op, trust (3);
    solo: preston (1); the trust only signs the charter of preston (not a working role).
    """
    return [
        row("oldham", "food", "lead", "council", region="North West", publication="ex:2021"),
        row("oldham", "food", "funding", "council", region="North West", publication="ex:2018"),
        row("rochdale", "food", kind="council"),
        row("co-op", "food", kind="affiliate", categories=("affiliate",)),
        row("college", "food", "delivery"),
        row("oldham", "homes", "lead", "council"),
        row("rochdale", "homes", "partner", "council"),
        row("oldham", "lab", "client", "council"),
        row("co-op", "lab", "delivery", "affiliate"),
        row("trust", "lab", "funding", "affiliate"),
        row("preston", "solo", "lead", "council"),
        row("trust", "solo", "signatory", "affiliate", working=False),
    ]


@pytest.fixture
def southern_women() -> list[Participation]:
    """Return Davis's Southern women (1941) and the 14 events that they attended, women as councils."""
    import networkx as nx

    graph = nx.davis_southern_women_graph()
    women = set(graph.graph["top"])
    ties = [(one, other) if one in women else (other, one) for one, other in graph.edges]
    return [Participation(who, who, "council", event, event, "guest", True) for who, event in ties]


@pytest.fixture(scope="session")
def crowd() -> list[Participation]:
    """Return a made-up table of the shape of the real one: 85 councils, 35 affiliates, 400 others, 150 projects."""
    chance = random.Random(20210821)
    places = ["Ashby", "Birch", "Calder", "Dun", "Ember", "Fen", "Glen", "Holm", "Ivel", "Kirk", "Lang", "Marsh"]
    ends = ["ford", "ton", "dale", "worth", "ham", "bury", "combe", "wick"]
    styles = [
        "London Borough of {}",
        "{} City Council",
        "{} Metropolitan Borough Council",
        "{} Borough Council",
        "{} Council",
        "{} County Council",
        "{} Town Council",
    ]
    councils = [styles[i % 7].format(places[i % 12] + ends[(i // 12 + i) % 8]) for i in range(85)]
    affiliates = [f"Co-operative {name} {i}" for i, name in enumerate(["Bank", "Alliance", "College", "Trust"] * 9)][
        :35
    ]
    nouns = [
        "Community Trust",
        "Housing Association",
        "NHS Foundation Trust",
        "Citizens Advice",
        "Food Bank",
        "University of the Vale",
        "Credit Union",
        "Youth Centre Ltd",
        "Chamber of Commerce",
        "Ministry of Works",
    ]
    others = [f"{places[i % 12]} {nouns[(i // 12) % 10]} {i}" for i in range(400)]
    kinds = ["other"] * 8 + ["collaboration", "political-group"]
    rows: list[Participation] = []

    def take(name: str, kind: str, project: int, role: str) -> None:
        slug = name.lower().replace(" ", "-")
        rows.append(
            Participation(
                f"https://w3id.org/ccin/id/organisation/{slug}",
                name,
                kind,
                f"https://w3id.org/ccin/id/project/p{project}",
                f"Project {project}",
                role,
                True,
            )
        )

    unused = iter(range(400))
    for project in range(150):
        lead = int(85 * chance.random() ** 1.5)
        take(councils[lead], "council", project, "lead")
        for _ in range(chance.choice([0, 0, 1, 2, 2, 3, 3, 4, 5, 7])):
            other = next(unused, None)
            if other is None or chance.random() < 0.12:
                other = int(60 * chance.random() ** 2)
            take(others[other], kinds[other % 10], project, "delivery")
        if chance.random() < 0.3:
            take(affiliates[int(35 * chance.random() ** 2.5)], "affiliate", project, "partner")
        if chance.random() < 0.12:
            for extra in sorted(chance.sample(range(85), chance.choice([1, 1, 2, 3, 6]))):
                take(councils[extra], "council", project, "partner")
    return rows


@pytest.fixture(scope="session")
def records() -> Graph:
    """Return the graph of the records of this project."""
    return Graph.from_records(Tree(Path(__file__).parents[2]))


@pytest.fixture(scope="session")
def tables(records: Graph) -> Tables:
    """Return what the networks of this project are made of."""
    return tables_of(records)
