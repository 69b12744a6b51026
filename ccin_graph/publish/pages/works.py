"""The page of a project, an output, a case study."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.publish.content import Cell, Fact, Picture, Row, Rows, Words
from ccin_graph.publish.drawing import Neighbour, neighbourhood
from ccin_graph.publish.model import Kind, Model
from ccin_graph.publish.pages import parts
from ccin_graph.vocabulary import CCIN, DCTERMS, PROV, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.publish.content import Section


def project_facts(model: Model, iri: str) -> Iterator[Fact]:
    """Yield what is known of a project at a glance.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    yield from parts.linked(model, "Kind", model.links(iri, CCIN + "projectKind"))
    yield from parts.dated(model, iri)
    yield from parts.linked(model, "Place", model.links(iri, SCHEMA + "location"))
    yield from parts.linked(model, "Part of", model.links(iri, CCIN + "partOf"))
    yield from parts.linked(model, "Funded through", model.links(iri, CCIN + "fundedThrough"))
    yield from parts.linked(model, "Themes (derived)", model.links(iri, DCTERMS + "subject"))
    sections = [one for one in model.subjects(SCHEMA + "about", iri) if model.kind_of(one) is Kind.CASE_STUDY]
    yield from parts.linked(model, "Told in", sections)
    yield from parts.homepage(model, iri)


def project_sections(model: Model, iri: str) -> Iterator[Section]:
    """Yield who took part in a project, what it practised, what came of it.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Section
    """
    claims = model.subjects(CCIN + "project", iri)
    taking_part = [claim for claim in claims if model.link(claim, PROV + "agent")]
    yield from parts.participants(model, taking_part, iri)
    yield from _around(model, iri, taking_part)
    yield from parts.figures(model, model.subjects(CCIN + "about", iri), iri)
    yield from parts.principle_claims(model, [claim for claim in claims if model.link(claim, CCIN + "principle")], iri)
    yield from parts.outputs(model, claims, iri)
    yield from parts.listed(model, "parts", "Its parts", model.subjects(CCIN + "partOf", iri), cited=True)
    yield from parts.listed(model, "paid", "What it paid for", model.subjects(CCIN + "fundedThrough", iri), cited=True)
    events = [one for one in model.subjects(SCHEMA + "about", iri) if model.kind_of(one) is Kind.EVENT]
    yield from parts.listed(model, "events", "Events about it", events, cited=True)
    for section in model.subjects(SCHEMA + "about", iri):
        for rows in parts.notes(model, section, iri):
            # The notes of a section that tells of several projects may be on any of them.
            key = "notes-of-" + section.removeprefix(model.settings.base).replace("/", "-")
            yield Rows(key, f"Curator's notes: {model.label(section)}", rows.rows)


def _around(model: Model, iri: str, claims: list[str]) -> Iterator[Picture]:
    roles: dict[str, set[str]] = {}
    for claim in claims:
        for body in model.links(claim, PROV + "agent"):
            roles.setdefault(body, set()).update(
                model.label(one).casefold() for one in model.links(claim, PROV + "hadRole")
            )
    bodies = sorted(roles, key=lambda one: ("lead" not in roles[one], model.label(one).casefold(), one))
    if len(bodies) < 2:
        return
    shown = bodies[: parts.NEAREST]
    neighbours = [
        Neighbour(one, model.label(one), parts.kind_word(model, one), 2 if "lead" in roles[one] else 1) for one in shown
    ]
    described = f"{model.label(iri)} in the middle, around it {len(shown)} of the {len(bodies)} bodies that took part"
    intro = "The project in the middle, those who took part around it; a lead has a thicker line."
    if len(shown) < len(bodies):
        intro += f" {len(shown)} of the {len(bodies)} are drawn."
    rows = tuple(
        Row(((parts.named(model, one), Words(f" – {', '.join(sorted(roles[one]))}", quiet=True)),)) for one in shown
    )
    yield Picture(
        "network", "Around it", neighbourhood(model.label(iri), "project", neighbours, [], described), intro, rows
    )


def output_facts(model: Model, iri: str) -> Iterator[Fact]:
    """Yield what is known of an output at a glance.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    yield from parts.linked(model, "Kind", model.links(iri, CCIN + "outputKind"))
    yield from parts.dated(model, iri)
    yield from parts.linked(model, "Made by the project", model.links(iri, PROV + "wasGeneratedBy"))
    yield from parts.homepage(model, iri)


def output_sections(model: Model, iri: str) -> Iterator[Section]:
    """Yield where an output is told of.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Section
    """
    rows = []
    for claim in model.subjects(CCIN + "output", iri):
        project, section = model.link(claim, CCIN + "project"), model.link(claim, CCIN + "statedIn")
        if project and section:
            cells: tuple[Cell, ...] = (
                (parts.named(model, project), *parts.printed(model, claim)),
                (parts.named(model, section),),
            )
            rows.append(Row(cells, model.citations(claim)))
    if rows:
        yield Rows("claims", "Where it is told of", tuple(rows), ("Came out of", "Told in"))
    bodies = {
        body
        for project in model.links(iri, PROV + "wasGeneratedBy")
        for body in model.links(project, CCIN + "participant")
    }
    intro = "They took part in the projects that it came out of; that each of them made it is not said."
    yield from parts.listed(model, "bodies", "Bodies of its projects", bodies, intro=intro)
    yield from parts.figures(model, model.subjects(CCIN + "about", iri), iri)


def case_study_facts(model: Model, iri: str) -> Iterator[Fact]:
    """Yield what is known of a section of a publication at a glance.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    yield from parts.linked(model, "Publication", model.links(iri, DCTERMS + "isPartOf"))
    yield from parts.told("Printed pages", model.text(iri, CCIN + "pages").replace("-", "–"))
    yield from parts.linked(model, "Within", model.links(iri, CCIN + "within"))
    yield from parts.linked(model, "Sections", model.subjects(CCIN + "within", iri))
    yield from parts.linked(model, "About", model.links(iri, SCHEMA + "about"))
    yield from parts.linked(model, "Themes", model.links(iri, DCTERMS + "subject"))


def case_study_sections(model: Model, iri: str) -> Iterator[Section]:
    """Yield every claim that a section makes.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Section
    """
    claims = model.subjects(CCIN + "statedIn", iri)
    several = len(model.links(iri, SCHEMA + "about")) != 1
    taking_part = [claim for claim in claims if model.link(claim, PROV + "agent")]
    yield from parts.participants(model, taking_part, iri, with_project=several)
    principled = [claim for claim in claims if model.link(claim, CCIN + "principle")]
    yield from parts.principle_claims(model, principled, iri, with_project=several)
    figures = [claim for claim in claims if model.link(claim, CCIN + "about")]
    yield from parts.figures(model, figures, iri, with_about=several)
    yield from parts.outputs(model, claims, iri)
    yield from _mentions(model, claims, iri)
    yield from _asks(model, claims, iri)
    yield from parts.notes(model, iri, iri)


def _mentions(model: Model, claims: tuple[str, ...], iri: str) -> Iterator[Rows]:
    rows = []
    for claim in claims:
        body = model.link(claim, CCIN + "mentioned")
        if body:
            row = Row(
                ((parts.named(model, body), *parts.printed(model, claim)),),
                model.citations(claim),
                parts.anchor_of(claim, iri),
            )
            rows.append(((model.label(body).casefold(), claim), row))
    if rows:
        yield Rows("mentions", "Also named", parts.in_order(rows), intro="Named in the text without taking part.")


def _asks(model: Model, claims: tuple[str, ...], iri: str) -> Iterator[Rows]:
    rows = []
    for claim in claims:
        addressees = model.links(claim, CCIN + "addressedTo")
        if addressees:
            asked: Cell = (Words(f"{model.label(claim)}. "), Words(model.text(claim, DCTERMS + "abstract"), quiet=True))
            asked_of = parts.joined(parts.named(model, one) for one in addressees)
            rows.append(Row((asked, asked_of), model.citations(claim), parts.anchor_of(claim, iri)))
    if rows:
        yield Rows("asks", "What it asks for", tuple(rows), ("What", "Of whom"))
