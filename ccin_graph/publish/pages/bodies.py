"""The page of a council, an organisation, a consortium, a political group, a network."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from typing import TYPE_CHECKING

from ccin_graph.publish.content import Cell, Fact, Link, Picture, Piece, Row, Rows, Tag, Words
from ccin_graph.publish.drawing import Neighbour, Span, neighbourhood, years
from ccin_graph.publish.model import Model
from ccin_graph.publish.pages import parts
from ccin_graph.publish.words import date_in_words
from ccin_graph.vocabulary import CCIN, DCTERMS, ORG, PROV, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccin_graph.publish.content import Section
    from ccin_graph.publish.places import Standing


def facts(model: Model, iri: str) -> Iterator[Fact]:
    """Yield what is known of a body at a glance.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    yield from parts.linked(model, "Type", model.links(iri, ORG + "classification"))
    yield from _area(model, iri)
    yield from parts.linked(model, "Region or nation", model.links(iri, CCIN + "region"))
    yield from parts.linked(model, "Place", model.links(iri, SCHEMA + "location"))
    yield from parts.linked(model, "Group of", model.links(iri, ORG + "linkedTo"))
    yield from parts.linked(model, "Part of", model.links(iri, ORG + "subOrganizationOf"))
    yield from parts.linked(model, "Controlled by", model.links(iri, CCIN + "controlledBy"))
    yield from parts.linked(model, "Parts", model.subjects(ORG + "subOrganizationOf", iri))
    yield from parts.linked(model, "Controls", model.subjects(CCIN + "controlledBy", iri))
    yield from parts.linked(model, "Political group", model.subjects(ORG + "linkedTo", iri))
    yield from parts.told("Register code", model.text(iri, DCTERMS + "identifier"))
    yield from parts.homepage(model, iri)


def _area(model: Model, iri: str) -> Iterator[Fact]:
    cells = []
    for area in model.links(iri, DCTERMS + "spatial"):
        code = model.text(area, SKOS + "notation") or parts.slug(area)
        label = f"{model.label(area)} ({code})" if model.label(area) != code else code
        cells.append((Link(label, area, outside=area.startswith(("http://", "https://"))),))
    if cells:
        yield Fact("Area", tuple(cells))


def sections(model: Model, iri: str, standings: Mapping[str, Standing]) -> Iterator[Section]:
    """Yield what a body did with whom, and what is told of it.

    Parameters
    ----------
    model : Model
    iri : str
    standings : mapping of str to Standing

    Yields
    ------
    Section
    """
    yield from _change(model, iri)
    yield from membership(model, iri)
    yield from _projects(model, iri)
    yield from _partners(model, iri)
    yield from place_in_network(model, iri, standings)
    yield from _principles(model, iri)
    yield from parts.figures(model, model.subjects(CCIN + "about", iri), iri, heading="Figures about it")
    yield from _figures_of_led(model, iri)
    yield from _people(model, iri)
    yield from _belongs(model, iri)
    yield from _mentions(model, iri)
    yield from _asks(model, iri)
    yield from _of_network(model, iri)
    yield from parts.listed(model, "published", "What it published", model.subjects(DCTERMS + "publisher", iri))
    yield from parts.listed(
        model, "events", "Events it organised", model.subjects(SCHEMA + "organizer", iri), cited=True
    )


def _change(model: Model, iri: str) -> Iterator[Rows]:
    changes = {*model.links(iri, ORG + "changedBy"), *model.links(iri, ORG + "resultedFrom")}
    changes |= {*model.subjects(ORG + "originalOrganization", iri), *model.subjects(ORG + "resultingOrganization", iri)}
    rows = []
    for change in sorted(changes):
        before = parts.joined(parts.named(model, one) for one in model.links(change, ORG + "originalOrganization"))
        after = parts.joined(parts.named(model, one) for one in model.links(change, ORG + "resultingOrganization"))
        when = date_in_words(model.text(change, DCTERMS + "date"))
        cell: Cell = (Words(f"{when}: "), *before, Words(" became "), *after)
        rows.append(Row((cell,), model.citations(change), parts.anchor_of(change, iri)))
    if rows:
        yield Rows("changes", "Merged or replaced", tuple(rows))


_ENDS = {
    "open": "the last complete list names it, so it may have stayed on",
    "closed": "the next complete list leaves it out; when it left is not known",
    "unknown": "no later complete list tells whether it left",
}


def membership(model: Model, iri: str) -> Iterator[Section]:
    """Yield a body's membership of networks over time: what lists say for sure, and what is possible.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Picture or Rows
    """
    found = [one for one in model.subjects(ORG + "member", iri) if CCIN + "NetworkMembership" in model.types(one)]
    found.sort(key=lambda one: (model.text(one, CCIN + "firstSeen"), one))
    spans: list[Span] = []
    rows = []
    for one in found:
        entries = _entries(model, one)
        category, network = model.link(one, ORG + "role"), model.link(one, ORG + "organization")
        named = parts.named(model, category) if category else Link("Member", "")
        of = (Words(" of "), parts.named(model, network)) if network else ()
        cell: Cell = (named, *of, Words(": "), *_told(model, one, entries))
        rows.append(Row((cell,), model.citations(one), parts.anchor_of(one, iri)))
        spans += _spans(model, one, named.text, entries)
    chained = {entry for one in found for entry in model.links(one, PROV + "wasDerivedFrom")}
    for entry in model.subjects(CCIN + "listed", iri):
        listing = model.link(entry, DCTERMS + "isPartOf")
        if listing is not None and entry not in chained:
            cell = (Words("Listed in "), parts.named(model, listing), *parts.printed(model, entry))
            rows.append(Row((cell,), model.citations(entry)))
    if not rows:
        return
    intro = (
        "Derived from dated lists of members. It is definite on the day of a list that names the body, and between two "
        "consecutive complete lists that both do; at other times it is possible at most."
    )
    if spans:
        said = "; ".join(dict.fromkeys(f"{span.label}: {span.first:.0f} to {span.last:.0f}" for span in spans))
        yield Picture("membership", "Membership over time", years(spans, said), intro, tuple(rows))
    else:
        yield Rows("membership", "Membership over time", tuple(rows), intro=intro)


def _entries(model: Model, membership: str) -> list[tuple[str, bool, str]]:
    """Return the lists that a membership rests on: date, whether complete, IRI; in the order of time."""
    listings = {
        one
        for entry in model.links(membership, PROV + "wasDerivedFrom")
        for one in model.links(entry, DCTERMS + "isPartOf")
    }
    found = [(model.text(one, DCTERMS + "date"), model.text(one, CCIN + "complete") == "true", one) for one in listings]
    return sorted(found, key=lambda one: (_year(one[0]) or 0, one))


def _told(model: Model, membership: str, entries: list[tuple[str, bool, str]]) -> Iterator[Piece]:
    yield Tag("definite", "A list names the body on its day, or two consecutive complete lists both do.")
    between = [one[1] and other[1] for one, other in pairwise(entries)]
    for position, (_, _, listing) in enumerate(entries):
        if position:
            yield Words(" and all the time to that of " if between[position - 1] else " and on that of ")
        else:
            yield Words(" on the list of ")
        page = model.page(listing) or ""
        yield Link(date_in_words(model.text(listing, DCTERMS + "date")), page)
    yield Words("; ")
    yield Tag("possible", "No list rules it out, and none says so.")
    if not all(between):
        yield Words(" between lists of which one is not complete, and")
    end = model.link(membership, CCIN + "endStatus")
    yield Words(
        f" afterwards: {_ENDS.get(parts.slug(end), model.text(end, SKOS + 'definition'))}." if end else " afterwards."
    )


def _spans(model: Model, membership: str, label: str, entries: list[tuple[str, bool, str]]) -> Iterator[Span]:
    days = [_year(date) for date, _, _ in entries]
    if not days or None in days:
        return
    end = model.link(membership, CCIN + "endStatus")
    known = [day for day in days if day is not None]
    between = tuple(one[1] and other[1] for one, other in pairwise(entries))
    yield Span(label, tuple(known), between, not (end and parts.slug(end) == "closed"))


def _year(date: str) -> float | None:
    parts_ = date.rstrip("~?%").split("-")
    if not parts_[0].isdigit() or len(parts_[0]) != 4:
        return None
    month = int(parts_[1]) - 1 if len(parts_) > 1 and parts_[1].isdigit() and 1 <= int(parts_[1]) <= 12 else 0
    day = int(parts_[2]) - 1 if len(parts_) > 2 and parts_[2].isdigit() else 0
    return int(parts_[0]) + month / 12 + day / 365


def _projects(model: Model, iri: str) -> Iterator[Rows]:
    by_project: dict[str, list[str]] = {}
    for claim in model.subjects(PROV + "agent", iri):
        project = model.link(claim, CCIN + "project")
        if project is not None:
            by_project.setdefault(project, []).append(claim)
    rows = []
    for project, claims in by_project.items():
        roles = parts.by_label(model, [role for claim in claims for role in model.links(claim, PROV + "hadRole")])
        citations = tuple(dict.fromkeys(one for claim in claims for one in model.citations(claim)))
        cells: tuple[Cell, ...] = (
            (parts.named(model, project), *parts.what_it_is(model, project)),
            parts.joined(parts.named(model, role) for role in roles),
        )
        leads = any(parts.slug(role) == "lead" for role in roles)
        rows.append(((not leads, model.label(project).casefold(), project), Row(cells, citations)))
    if rows:
        yield Rows("projects", "What it did", parts.in_order(rows), ("Project", "Its role"))


def _partners(model: Model, iri: str) -> Iterator[Rows]:
    rows = []
    for partnership in model.subjects(CCIN + "partner", iri):
        through = parts.by_label(model, model.links(partnership, CCIN + "through"))
        for other in model.links(partnership, CCIN + "partner"):
            if other != iri:
                page = model.page(partnership)
                link = Link(f"{len(through)} {'project' if len(through) == 1 else 'projects'}", page or "")
                cells: tuple[Cell, ...] = (
                    (parts.named(model, other), *parts.what_it_is(model, other)),
                    (link, Words(": "), *parts.joined(parts.named(model, one) for one in through)),
                )
                rows.append(((-len(through), model.label(other).casefold(), other), Row(cells)))
    if rows:
        intro = (
            "Derived: one of the two led a project, or was the client of one without a lead, and the other had a "
            "working role. Each opens the claims it follows from."
        )
        yield Rows("partners", "Whom it worked with", parts.in_order(rows), ("Partner", "Through"), intro, cited=False)


def place_in_network(model: Model, iri: str, standings: Mapping[str, Standing]) -> Iterator[Picture]:
    """Yield a body's place in the network: a sentence, a drawing of its neighbours, and the list of them.

    Parameters
    ----------
    model : Model
    iri : str
    standings : mapping of str to Standing

    Yields
    ------
    Picture
    """
    standing = standings.get(iri)
    if standing is None:
        return
    near = sorted(standing.partners, key=lambda one: (-standing.partners[one], model.label(one).casefold(), one))
    drawn = near[: parts.NEAREST]
    shown = sorted(drawn, key=lambda one: (parts.kind_word(model, one), model.label(one).casefold(), one))
    neighbours = [
        Neighbour(one, model.label(one), parts.kind_word(model, one), standing.partners[one]) for one in shown
    ]
    ties = {
        (one, other)
        for one in drawn
        if one in standings
        for other in standings[one].partners
        if other in drawn and one < other
    }
    many = len(near)
    rows = tuple(
        Row(((parts.named(model, one), Words(f" – {_projects_word(standing.partners[one])}", quiet=True)),))
        for one in drawn
    )
    around = f"around it {len(drawn)} of the {many} bodies that worked in the same projects"
    described = f"{model.label(iri)} in the middle, {around}"
    svg = neighbourhood(model.label(iri), parts.kind_word(model, iri), neighbours, ties, described)
    yield Picture("network", "Its place in the network", svg, _sentence(model, iri, standing, len(drawn)), rows)


def _sentence(model: Model, iri: str, standing: Standing, drawn: int) -> str:
    many = len(standing.partners)
    bodies = "one other body" if many == 1 else f"{many} other bodies"
    text = f"Computed from who took part in what: it worked in the same projects as {bodies}, "
    text += f"in {_projects_word(standing.projects)}. "
    kind = model.kind_of(iri)
    if standing.of > 1 and standing.rank <= max(10, standing.of // 4) and kind is not None:
        place = f"{'equal ' if standing.shared else ''}{_ordinal(standing.rank)}"
        text += f"By number of such partners it is {place} among the {standing.of} of its kind in the network. "
    if standing.core == standing.innermost and standing.core > 1:
        text += "It belongs to the innermost core: a group in which each worked with "
        text += f"{standing.core} others of it or more. "
    else:
        text += f"Its core number is {standing.core}: the innermost core of the network has {standing.innermost}. "
    if standing.projects == 1 and many > 3:
        text += "All of this rests on a single project, so it is one meeting of many rather than many relationships. "
    if drawn < many:
        text += f"The drawing shows the {drawn} with the most projects in common."
    return text.strip()


def _ordinal(number: int) -> str:
    ending = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def _projects_word(count: int) -> str:
    return "one project" if count == 1 else f"{count} projects"


def _principles(model: Model, iri: str) -> Iterator[Rows]:
    projects = {one for claim in model.subjects(PROV + "agent", iri) for one in model.links(claim, CCIN + "project")}
    by_principle: dict[str, Counter[str]] = {}
    stated: Counter[str] = Counter()
    for project in projects:
        for claim in model.subjects(CCIN + "project", project):
            principle = model.link(claim, CCIN + "principle")
            if principle is not None:
                by_principle.setdefault(principle, Counter())[project] += 1
                basis = model.link(claim, CCIN + "basis")
                stated[principle] += bool(basis and parts.slug(basis) == "stated")
    rows = []
    for principle, found in by_principle.items():
        tag = parts.STATED if stated[principle] else parts.INTERPRETED
        named = parts.joined(parts.named(model, one) for one in parts.by_label(model, found))
        cells: tuple[Cell, ...] = ((parts.named(model, principle), Words(" "), tag), named)
        rows.append(((-len(found), model.label(principle).casefold(), principle), Row(cells)))
    if rows:
        intro = "Derived: through the projects it took part in; the lines stand on the projects' pages."
        columns = ("Principle or value", "Projects")
        yield Rows("principles", "Principles of its projects", parts.in_order(rows), columns, intro, cited=False)


def _figures_of_led(model: Model, iri: str) -> Iterator[Rows]:
    claims = [
        claim for project in model.links(iri, CCIN + "leads") for claim in model.subjects(CCIN + "about", project)
    ]
    for section in parts.figures(model, claims, iri, heading="Figures of the projects it led", with_about=True):
        yield Rows("led-figures", section.heading, section.rows, section.columns)


def _people(model: Model, iri: str) -> Iterator[Rows]:
    rows = []
    for post in model.subjects(ORG + "organization", iri):
        person = model.link(post, ORG + "member")
        if person and CCIN + "Post" in model.types(post):
            title = model.text(post, CCIN + "postTitle")
            cell: Cell = (parts.named(model, person), Words(f" – {title}" if title else "", quiet=True))
            when = date_in_words(model.text(post, CCIN + "period"))
            cell = (*cell, Words(f", {when}", quiet=True)) if when else cell
            rows.append(((model.label(person).casefold(), post), Row((cell,), model.citations(post))))
    spoke = model.subjects(CCIN + "onBehalfOf", iri)
    for appearance in spoke:
        person, event = model.link(appearance, CCIN + "person"), model.link(appearance, CCIN + "event")
        if person and event:
            cell = (parts.named(model, person), Words(" – spoke for it at ", quiet=True), parts.named(model, event))
            rows.append(((model.label(person).casefold(), appearance), Row((cell,), model.citations(appearance))))
    if rows:
        yield Rows("people", "People in public roles", parts.in_order(rows))


def _belongs(model: Model, iri: str) -> Iterator[Rows]:
    for key, heading, inside, other_end in (
        ("members", "Its members", ORG + "organization", ORG + "member"),
        ("member-of", "What it belongs to", ORG + "member", ORG + "organization"),
    ):
        rows = []
        for one in model.subjects(inside, iri):
            other = model.link(one, other_end)
            types = model.types(one)
            if other and CCIN + "NetworkMembership" not in types and CCIN + "Post" not in types:
                cell = (parts.named(model, other), *parts.printed(model, one))
                row = Row((cell,), model.citations(one), parts.anchor_of(one, iri))
                rows.append(((model.label(other).casefold(), one), row))
        if rows:
            yield Rows(key, heading, parts.in_order(rows))


def _mentions(model: Model, iri: str) -> Iterator[Rows]:
    rows = []
    for claim in model.subjects(CCIN + "mentioned", iri):
        section = model.link(claim, CCIN + "statedIn")
        if section:
            cell = (parts.named(model, section), *parts.printed(model, claim))
            rows.append(((model.label(section).casefold(), claim), Row((cell,), model.citations(claim))))
    if rows:
        intro = "Named in these sections without taking part."
        yield Rows("mentions", "Mentioned", parts.in_order(rows), intro=intro)


def _asks(model: Model, iri: str) -> Iterator[Rows]:
    rows = []
    for ask in model.subjects(CCIN + "addressedTo", iri):
        cell: Cell = (Words(f"{model.label(ask)}. "), Words(model.text(ask, DCTERMS + "abstract"), quiet=True))
        rows.append(Row((cell,), model.citations(ask)))
    if rows:
        yield Rows("asks", "What was asked of it", tuple(rows))


def _of_network(model: Model, iri: str) -> Iterator[Rows]:
    yield from parts.listed(model, "lists", "Lists of its members", model.subjects(CCIN + "network", iri), cited=True)
    by_category: dict[str, dict[str, list[str]]] = {}
    for one in model.subjects(ORG + "organization", iri):
        member, category = model.link(one, ORG + "member"), model.link(one, ORG + "role")
        if member and category and CCIN + "NetworkMembership" in model.types(one):
            by_category.setdefault(category, {}).setdefault(member, []).append(one)
    for category, members in sorted(by_category.items()):
        rows = []
        for member in parts.by_label(model, members):
            seen = [_seen(model, one) for one in members[member]]
            rows.append(Row(((parts.named(model, member), Words(f" – listed {'; '.join(seen)}", quiet=True)),)))
        intro = "Derived from the dated lists; each member's page tells the lines."
        heading = f"On its lists as: {model.label(category).casefold()}"
        yield Rows(f"members-{parts.slug(category)}", heading, tuple(rows), intro=intro, cited=False)


def _seen(model: Model, membership: str) -> str:
    first, last = (date_in_words(model.text(membership, CCIN + name)) for name in ("firstSeen", "lastSeen"))
    return first if first == last else f"{first} to {last}"
