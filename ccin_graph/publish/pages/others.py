"""The page of a person, an event, a membership list, a partnership, a place, a concept, a concept scheme."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING

from ccin_graph.publish.content import Cell, Fact, Row, Rows, Words
from ccin_graph.publish.model import BODIES, Kind, Model
from ccin_graph.publish.pages import parts
from ccin_graph.publish.words import date_in_words, figure_in_words
from ccin_graph.vocabulary import CCIN, DCTERMS, OA, ORG, OWL, PROV, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.publish.content import Section


def person_sections(model: Model, iri: str) -> Iterator[Section]:
    """Yield the public roles of a person, and where they appeared.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Section
    """
    rows = []
    for post in model.subjects(ORG + "member", iri):
        body = model.link(post, ORG + "organization")
        if body:
            when = date_in_words(model.text(post, CCIN + "period"))
            office = model.link(post, ORG + "role")
            cells: tuple[Cell, ...] = (
                (*parts.text_of(model, post, CCIN + "postTitle"), *((Words(f", {when}", quiet=True),) if when else ())),
                (parts.named(model, body), *parts.printed(model, post)),
                (parts.named(model, office),) if office else (),
            )
            rows.append(Row(cells, model.citations(post), parts.anchor_of(post, iri)))
    if rows:
        intro = "As the source tells; a title says nothing of how long it was held."
        yield Rows("posts", "Public roles", tuple(rows), ("Title", "In", "Office"), intro)
    rows = []
    for one in model.subjects(CCIN + "person", iri):
        event, role = model.link(one, CCIN + "event"), model.link(one, CCIN + "appearanceRole")
        if event:
            cells = (
                (parts.named(model, event), *parts.what_it_is(model, event)),
                (parts.named(model, role),) if role else (),
                parts.joined(parts.named(model, body) for body in model.links(one, CCIN + "onBehalfOf")),
            )
            rows.append(Row(cells, model.citations(one), parts.anchor_of(one, iri)))
    if rows:
        yield Rows("appearances", "Appearances", tuple(rows), ("At", "As", "For"))


def event_facts(model: Model, iri: str) -> Iterator[Fact]:
    """Yield what is known of an event at a glance.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    yield from parts.dated(model, iri)
    yield from parts.linked(model, "Place", model.links(iri, SCHEMA + "location"))
    yield from parts.linked(model, "Organised by", model.links(iri, SCHEMA + "organizer"))
    yield from parts.linked(model, "Part of", model.links(iri, SCHEMA + "superEvent"))
    yield from parts.linked(model, "About", model.links(iri, SCHEMA + "about"))
    yield from parts.linked(model, "Themes", model.links(iri, DCTERMS + "subject"))


def event_sections(model: Model, iri: str) -> Iterator[Section]:
    """Yield who appeared at an event, and its sessions.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Section
    """
    rows = []
    for one in model.subjects(CCIN + "event", iri):
        person, role = model.link(one, CCIN + "person"), model.link(one, CCIN + "appearanceRole")
        if person:
            title = model.text(one, CCIN + "postTitle")
            cells: tuple[Cell, ...] = (
                (parts.named(model, person), *((Words(f" – {title}", quiet=True),) if title else ())),
                (parts.named(model, role),) if role else (),
                parts.joined(parts.named(model, body) for body in model.links(one, CCIN + "onBehalfOf")),
            )
            row = Row(cells, model.citations(one), parts.anchor_of(one, iri))
            rows.append(((model.label(person).casefold(), one), row))
    if rows:
        yield Rows("appearances", "Who appeared", parts.in_order(rows), ("Who", "As", "For"))
    sessions = {*model.subjects(SCHEMA + "superEvent", iri), *model.links(iri, SCHEMA + "subEvent")}
    yield from parts.listed(model, "sessions", "Sessions", sessions, cited=True)


def listing_facts(model: Model, iri: str) -> Iterator[Fact]:
    """Yield what is known of a membership list at a glance.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    yield from parts.linked(model, "Network", model.links(iri, CCIN + "network"))
    yield from parts.linked(model, "Category", model.links(iri, CCIN + "category"))
    yield from parts.told("As at", date_in_words(model.text(iri, DCTERMS + "date")))
    yield from parts.linked(model, "Printed in", model.links(iri, DCTERMS + "isPartOf"))
    complete = model.text(iri, CCIN + "complete")
    said = {"true": "yes: it names all members of its category on its day", "false": "no: others may have been members"}
    yield from parts.told("Complete", said.get(complete, complete))


def listing_sections(model: Model, iri: str) -> Iterator[Section]:
    """Yield the entries of a list, each with its own line.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Section
    """
    rows = []
    for entry in model.subjects(DCTERMS + "isPartOf", iri):
        body = model.link(entry, CCIN + "listed")
        if body:
            later = model.link(entry, CCIN + "continuedBy")
            listing = model.link(later, DCTERMS + "isPartOf") if later else None
            cells: tuple[Cell, ...] = (
                (Words(model.text(entry, CCIN + "printed") or model.label(body)),),
                (parts.named(model, body),),
                (parts.named(model, listing), Words(" "), parts.DERIVED) if listing else (),
            )
            citations = model.citations(entry)
            first = min((one.first for one in citations), default=0)
            rows.append(
                (
                    (first, model.label(body).casefold(), entry),
                    Row(cells, citations, parts.anchor_of(entry, iri)),
                )
            )
    if rows:
        ordered = parts.in_order(rows)
        yield Rows("entries", f"The list: {len(ordered)} names", ordered, ("As printed", "Who it is", "Next listed in"))


def partnership_facts(model: Model, iri: str) -> Iterator[Fact]:
    """Yield the two of a partnership.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    yield from parts.linked(model, "Between", model.links(iri, CCIN + "partner"))
    yield from parts.told("Projects", model.text(iri, CCIN + "weight"))


def partnership_sections(model: Model, iri: str) -> Iterator[Section]:
    """Yield the projects of a partnership, and the claims it follows from.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Section
    """
    intro = "One of the two led it, or was the client where nobody led, and the other had a working role."
    yield from parts.listed(model, "through", "Through", model.links(iri, CCIN + "through"), intro=intro)
    rows = parts.body_rows(model, model.links(iri, PROV + "wasDerivedFrom"), iri, with_project=True)
    if rows:
        yield Rows("claims", "What it follows from", rows, ("Who", "Role", "In"))


def place_facts(model: Model, iri: str) -> Iterator[Fact]:
    """Yield the council that governs an area of a place's name.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    area = area_of_name(model, iri)
    councils = model.subjects(DCTERMS + "spatial", area) if area else ()
    yield from parts.linked(model, "Area of this name governed by", councils)


def area_of_name(model: Model, iri: str) -> str | None:
    """Return the area that has the same name as a place.

    Parameters
    ----------
    model : Model
    iri : str

    Returns
    -------
    str or None
        None where no area or more than one has it.
    """
    areas = _areas(model).get(model.label(iri), ())
    return areas[0] if len(areas) == 1 else None


@lru_cache(maxsize=2)
def _areas(model: Model) -> dict[str, list[str]]:
    """Return the areas by their labels."""
    found: dict[str, list[str]] = {}
    for area in model.instances(CCIN + "Area"):
        found.setdefault(model.label(area), []).append(area)
    return found


def place_sections(model: Model, iri: str) -> Iterator[Section]:
    """Yield what is in a place.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Section
    """
    there = model.subjects(SCHEMA + "location", iri)
    bodies = [one for one in there if model.kind_of(one) in BODIES]
    for key, heading, kind in (("projects", "Projects here", Kind.PROJECT), ("events", "Events here", Kind.EVENT)):
        yield from parts.listed(model, key, heading, [one for one in there if model.kind_of(one) is kind], cited=True)
    yield from parts.listed(model, "bodies", "Bodies here", bodies, cited=True)
    yield from parts.figures(model, model.subjects(CCIN + "about", iri), iri)


def scheme_facts(model: Model, iri: str) -> Iterator[Fact]:
    """Yield the version of a concept scheme.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    yield from parts.told("Version", model.text(iri, OWL + "versionInfo"))


def scheme_sections(model: Model, iri: str) -> Iterator[Section]:
    """Yield the concepts of a scheme with their definitions, narrower ones below the broader.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Section
    """
    rows = []
    concepts = model.subjects(SKOS + "inScheme", iri)
    known = set(concepts)

    def add(concept: str, depth: int) -> None:
        notation = model.text(concept, SKOS + "notation")
        name: Cell = (
            (Words("– " * depth, quiet=True), parts.named(model, concept)) if depth else (parts.named(model, concept),)
        )
        cells: tuple[Cell, ...] = (
            (*name, *((Words(f" ({notation})", quiet=True),) if notation else ())),
            parts.text_of(model, concept, SKOS + "definition"),
        )
        rows.append(Row(cells))
        if depth < 6:
            for narrower in parts.by_label(model, model.subjects(SKOS + "broader", concept)):
                if narrower in known:
                    add(narrower, depth + 1)

    tops = [one for one in concepts if not known.intersection(model.links(one, SKOS + "broader"))]
    for concept in parts.by_label(model, tops):
        add(concept, 0)
    if rows:
        yield Rows("concepts", "Concepts", tuple(rows), ("Concept", "Meaning"), cited=False)


def concept_facts(model: Model, iri: str) -> Iterator[Fact]:
    """Yield where a concept stands among others.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    yield from parts.linked(model, "Scheme", model.links(iri, SKOS + "inScheme"))
    yield from parts.told("Notation", model.text(iri, SKOS + "notation"))
    yield from parts.linked(model, "Broader", model.links(iri, SKOS + "broader"))
    yield from parts.linked(model, "Narrower", model.subjects(SKOS + "broader", iri))
    related = {*model.links(iri, SKOS + "relatedMatch"), *model.subjects(SKOS + "relatedMatch", iri)}
    yield from parts.linked(model, "Related", {*related, *model.links(iri, SKOS + "related")})
    yield from parts.linked(model, "The same elsewhere", model.links(iri, SKOS + "exactMatch"))
    yield from parts.linked(model, "Kind of measure", model.links(iri, CCIN + "measureKind"))
    working = model.text(iri, CCIN + "working")
    said = {"true": "yes: who has this role has a share in the work", "false": "no"}
    yield from parts.told("Working role", said.get(working, working))


_THEMES_OF_PROJECTS = "Derived: these are themes of the sections that tell of them. The lines are where each is named."
#: How a concept is used: property, heading. What is said of things themselves; claims are told below.
_USES = (
    (ORG + "classification", "Bodies of this type"),
    (CCIN + "region", "Councils here"),
    (CCIN + "projectKind", "Projects of this kind"),
    (CCIN + "outputKind", "Outputs of this kind"),
    (CCIN + "category", "Lists of this category"),
    (CCIN + "measureKind", "Units of this kind"),
)


def concept_sections(model: Model, iri: str) -> Iterator[Section]:
    """Yield what a concept is used for.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Section
    """
    yield from _practised(model, iri)
    subjects = model.subjects(DCTERMS + "subject", iri)
    for key, heading, kind in (
        ("projects", "Projects", Kind.PROJECT),
        ("case-studies", "Case studies", Kind.CASE_STUDY),
        ("events", "Events", Kind.EVENT),
    ):
        found = [one for one in subjects if model.kind_of(one) is kind]
        intro = _THEMES_OF_PROJECTS if kind is Kind.PROJECT else ""
        yield from parts.listed(model, key, heading, found, intro=intro, cited=True)
    for predicate, heading in _USES:
        things = [one for one in model.subjects(predicate, iri) if model.kind_of(one) is not None]
        yield from parts.listed(model, parts.slug(predicate).lower().rpartition("#")[2], heading, things)
    yield from _as_role(model, iri)
    yield from _of_posts(model, iri)
    yield from _of_figures(model, iri)
    yield from _of_notes(model, iri)


def _practised(model: Model, iri: str) -> Iterator[Rows]:
    rows = []
    for claim in model.subjects(CCIN + "principle", iri):
        project, basis = model.link(claim, CCIN + "project"), model.link(claim, CCIN + "basis")
        if project:
            leads = parts.by_label(model, model.subjects(CCIN + "leads", project))
            cells: tuple[Cell, ...] = (
                (parts.named(model, project),),
                parts.joined(parts.named(model, one) for one in leads),
                (parts.basis_tag(model, basis),) if basis else (),
            )
            rows.append(((model.label(project).casefold(), claim), Row(cells, model.citations(claim))))
    if rows:
        yield Rows("practised", "Put into practice by", parts.in_order(rows), ("Project", "Led by", "Basis"))


def _as_role(model: Model, iri: str) -> Iterator[Rows]:
    rows = []
    for claim in model.subjects(PROV + "hadRole", iri):
        body, project = model.link(claim, PROV + "agent"), model.link(claim, CCIN + "project")
        if body and project:
            cells: tuple[Cell, ...] = ((parts.named(model, body),), (parts.named(model, project),))
            rows.append(((model.label(body).casefold(), claim), Row(cells, model.citations(claim))))
    if rows:
        yield Rows("role", "Bodies in this role", parts.in_order(rows), ("Who", "In"))


def _of_posts(model: Model, iri: str) -> Iterator[Rows]:
    rows = []
    for post in model.subjects(ORG + "role", iri):
        if CCIN + "Post" in model.types(post) and (person := model.link(post, ORG + "member")):
            title = model.text(post, CCIN + "postTitle")
            cell = (parts.named(model, person), Words(f" – {title}", quiet=True))
            rows.append(((model.label(person).casefold(), post), Row((cell,), model.citations(post))))
    for one in model.subjects(CCIN + "appearanceRole", iri):
        person, event = model.link(one, CCIN + "person"), model.link(one, CCIN + "event")
        if person and event:
            cell = (parts.named(model, person), Words(" at ", quiet=True), parts.named(model, event))  # type: ignore[assignment]
            rows.append(((model.label(person).casefold(), one), Row((cell,), model.citations(one))))
    if rows:
        yield Rows("people", "People", parts.in_order(rows))


def _of_figures(model: Model, iri: str) -> Iterator[Rows]:
    claims: set[str] = set()
    for name in ("unit", "per", "qualifier", "status", "change", "measureKind"):
        claims.update(one for one in model.subjects(CCIN + name, iri) if model.link(one, CCIN + "about"))
    usual = parts.slug(iri) in ("exactly", "actual")
    if usual:
        # What nearly every figure is says nothing about any: the pages of their things tell them.
        rows = (Row(((Words(f"{len(claims):,} figures"),),)),)
        yield Rows("figures", "Figures", rows, cited=False)
        return
    yield from parts.figures(model, claims, iri, with_about=True)


def _of_notes(model: Model, iri: str) -> Iterator[Rows]:
    rows = []
    for note in model.subjects(CCIN + "noteKind", iri):
        section = model.link(note, CCIN + "statedIn")
        where = (parts.named(model, section), Words(": ")) if section else ()
        rows.append(Row(((*where, *parts.text_of(model, note, OA + "bodyValue")),), model.citations(note)))
    if rows:
        yield Rows("notes", "Notes of this kind", tuple(rows))


def figure_line(model: Model, iri: str) -> str:
    """Return a figure as one line.

    Parameters
    ----------
    model : Model
    iri : str

    Returns
    -------
    str
    """
    figure = figure_in_words(model, iri)
    told = f" ({figure.status})" if figure.status in ("target", "estimate") else ""
    return f"{figure.value}: {figure.measure}{told}"
