"""Generated graphs of the shape of the real one, of any size."""

from __future__ import annotations

import random
import re
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox

from ccin_graph.vocabulary import (
    BASE,
    CCIN,
    DCTERMS,
    ENTITIES,
    ORG,
    PROV,
    RDF,
    RDFS,
    SCHEMA,
    SKOS,
    XSD,
    publication_graph,
)

_ROLES = ("lead", "partner", "delivery", "funding", "advice")


def generate(statements: int, seed: int = 1) -> list[ox.Quad]:
    """Make a graph of councils, partners, projects, participations, principles and figures with their passages.

    Parameters
    ----------
    statements : int
        About how many quads.
    seed : int, default 1

    Returns
    -------
    list of pyoxigraph.Quad
    """
    chance = random.Random(seed)
    entities = ox.NamedNode(ENTITIES)
    source = ox.NamedNode(publication_graph("generated"))
    quads: list[ox.Quad] = []

    def add(graph: ox.NamedNode, subject: str, **values: ox.NamedNode | ox.Literal) -> None:
        for key, value in values.items():
            prefix, _, local = key.partition("__")
            quads.append(ox.Quad(ox.NamedNode(subject), ox.NamedNode(_PREFIX[prefix] + local), value, graph))

    projects = statements // 70
    councils, others = max(2, projects // 4), max(4, projects)
    for index in range(councils + others):
        name = f"council-{index}" if index < councils else f"other-{index}"
        kind = CCIN + "Council" if index < councils else ORG + "Organization"
        label = ox.Literal(name.replace("-", " ").title(), language="en")
        add(
            entities,
            f"{BASE}organisation/{name}",
            rdf__type=ox.NamedNode(kind),
            skos__prefLabel=label,
            rdfs__label=label,
        )
    publication = ox.NamedNode(f"{BASE}publication/generated")
    add(
        entities,
        publication.value,
        rdf__type=ox.NamedNode(CCIN + "Publication"),
        dcterms__title=ox.Literal("Generated"),
    )
    for index in range(projects):
        project = ox.NamedNode(f"{BASE}project/project-{index}")
        label = ox.Literal(f"Project {index}", language="en")
        add(entities, project.value, rdf__type=ox.NamedNode(CCIN + "Project"), skos__prefLabel=label, rdfs__label=label)
        study = f"{BASE}case-study/generated/study-{index}"
        add(
            source,
            study,
            rdf__type=ox.NamedNode(CCIN + "CaseStudy"),
            dcterms__title=ox.Literal(f"Study {index}", language="en"),
            dcterms__isPartOf=publication,
            schema__about=project,
        )
        for number, role in enumerate(_ROLES):
            agent = chance.randrange(councils) if number == 0 else councils + chance.randrange(others)
            name = f"council-{agent}" if number == 0 else f"other-{agent}"
            passage = f"{BASE}publication/generated/text#line={index * 10 + number},{index * 10 + number + 1}"
            add(
                source,
                f"{study}#participation.{name}.{role}",
                rdf__type=ox.NamedNode(CCIN + "Participation"),
                prov__agent=ox.NamedNode(f"{BASE}organisation/{name}"),
                prov__hadRole=ox.NamedNode(f"{BASE}role/{role}"),
                ccin__project=project,
                ccin__statedIn=ox.NamedNode(study),
                prov__wasDerivedFrom=ox.NamedNode(passage),
            )
            add(
                source,
                passage,
                rdf__type=ox.NamedNode(CCIN + "Passage"),
                ccin__publication=publication,
                ccin__firstLine=ox.Literal(index * 10 + number + 1),
                ccin__lastLine=ox.Literal(index * 10 + number + 1),
            )
        add(
            source,
            f"{study}#figure.people",
            rdf__type=ox.NamedNode(CCIN + "Figure"),
            ccin__about=project,
            ccin__measure=ox.Literal("people reached", language="en"),
            schema__value=ox.Literal(str(chance.randrange(10, 9000)), datatype=ox.NamedNode(XSD + "decimal")),
            ccin__unit=ox.NamedNode(f"{BASE}unit/person"),
            ccin__statedIn=ox.NamedNode(study),
        )
    for role in _ROLES:
        label = ox.Literal(role.title(), language="en")
        add(entities, f"{BASE}role/{role}", skos__prefLabel=label, ccin__working=ox.Literal(role != "funding"))
    return quads


_PREFIX = {
    "ccin": CCIN,
    "dcterms": DCTERMS,
    "prov": PROV,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "skos": SKOS,
}


def write_generated(path: Path, statements: int) -> int:
    """Write a generated graph as N-Quads.

    Parameters
    ----------
    path : Path
    statements : int
        About how many.

    Returns
    -------
    int
        How many were written.
    """
    quads = generate(statements)
    ox.serialize(quads, str(path), format=ox.RdfFormat.N_QUADS)
    return len(quads)


#: The kinds of things that a copy of a graph has of its own; concepts, areas and terms are shared by all copies.
_OWN = re.compile(
    rf"({re.escape(BASE)}(?:case-study|event|listing|organisation|output|partnership|person|place|project|publication)"
    r"/[a-z0-9-]+)"
)
#: One in so many organisations is the same in all copies, so that they hang together and some bodies have many ties.
_SHARED = 12


def write_multiplied(quads: Iterable[ox.Quad], path: Path, statements: int) -> int:
    """Write copies of a graph as N-Quads: of its shape in every respect, and as large as wanted.

    The first copy keeps its names; things of the others are named after it with a number.

    Parameters
    ----------
    quads : iterable of pyoxigraph.Quad
    path : Path
    statements : int
        At least how many are written.

    Returns
    -------
    int
        How many were written.
    """
    lines = sorted(f"{quad} .\n" for quad in quads)
    things = sorted({match for line in lines for match in _OWN.findall(line)})
    bodies = [thing for thing in things if thing.startswith(f"{BASE}organisation/")]
    # A network has lists of its own: shared, it would have thirty complete lists of one day.
    networks = {line.split(">")[0][1:] for line in lines if f"<{CCIN}Network>" in line}
    shared = set(bodies[::_SHARED]) - networks

    def of_copy(line: str, number: int) -> str:
        return _OWN.sub(lambda found: found[1] if found[1] in shared else f"{found[1]}-c{number}", line)

    own = [line for line in lines if of_copy(line, 1) != line]
    copies = max(1, -(-(statements - len(lines)) // len(own)) + 1)
    with path.open("w", encoding="utf-8", newline="\n") as out:
        out.writelines(lines)
        for number in range(1, copies):
            out.writelines(of_copy(line, number) for line in own)
    return len(lines) + (copies - 1) * len(own)
