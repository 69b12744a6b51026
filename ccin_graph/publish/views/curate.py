"""What is left for those who keep the data: each row with its record's file and line, and a form to correct it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ccin_graph.errors import CcinError
from ccin_graph.publish.content import Cell, Words
from ccin_graph.publish.model import BODIES, Citation, Kind
from ccin_graph.publish.pages import parts
from ccin_graph.vocabulary import BASE, CCIN, DCTERMS, OA, ORG, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from ccin_graph.publish.model import Model
    from ccin_graph.store import EmbeddedStore
    from ccin_graph.tree import Tree

#: Items that a page has room for.
_ROOM = 120


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record says something.

    Parameters
    ----------
    file : str
        From the top of the project.
    line : int
    """

    file: str
    line: int


@dataclass(frozen=True, slots=True)
class Item:
    """Something to look at.

    Parameters
    ----------
    cells : tuple of tuple of Piece
    iri : str
    citations : tuple of Citation
    place : Place or None
        None where the records are not at hand.
    """

    cells: tuple[Cell, ...]
    iri: str
    citations: tuple[Citation, ...]
    place: Place | None


@dataclass(frozen=True, slots=True)
class Concern:
    """A page of things to look at.

    Parameters
    ----------
    path, title, lead : str
    columns : tuple of str
    items : tuple of Item
    query : str
        Name of the question of the packs that asks the same, or the nearest; empty where there is none.
    """

    path: str
    title: str
    lead: str
    columns: tuple[str, ...]
    items: tuple[Item, ...]
    query: str = ""


def places_of(model: Model, tree: Tree) -> dict[str, Place]:
    """Return where the records say each thing, from the top of the project.

    Parameters
    ----------
    model : Model
    tree : Tree

    Returns
    -------
    dict of str to Place
        Empty where the graph is not that of the records at hand, or these cannot be read.
    """
    from ccin_graph.records.loading import load_records

    if model.settings.base != BASE:
        return {}
    try:
        origins = load_records(tree).origins
    except CcinError:
        return {}
    found = {}
    for iri, origin in origins.items():
        file = origin.location.file
        found[iri] = Place(file.removeprefix(f"{tree.root.as_posix()}/"), origin.location.line or 1)
    return found


def concerns(model: Model, store: EmbeddedStore, tree: Tree, places: Mapping[str, Place]) -> list[Concern]:
    """Return everything that the one who keeps the data may want to look at.

    Parameters
    ----------
    model : Model
    store : EmbeddedStore
    tree : Tree
    places : mapping of str to Place

    Returns
    -------
    list of Concern
        Also those that have nothing left: that is worth knowing.
    """

    def item(iri: str, *cells: Cell) -> Item:
        return Item(((parts.named(model, iri),), *cells), iri, model.citations(iri), places.get(iri))

    found = [
        *_interpreted(model, places),
        Concern(
            "curate-disagree.html",
            "Figures that disagree",
            "Notes of the curator where a source contradicts itself or another. Both figures stay in the graph.",
            ("About", "What"),
            tuple(_contradictions(model, places)),
            "outcomes/disagree",
        ),
        Concern(
            "curate-duplicates.html",
            "Likely duplicates",
            "Pairs of names that may be one body and that nobody has decided on yet.",
            ("One", "Other", "Why"),
            tuple(_duplicates(model, store, tree, places)),
        ),
        Concern(
            "curate-untyped.html",
            "Bodies without a type",
            "No classification is recorded: the source does not say what kind of body it is, or nobody looked.",
            ("Body",),
            tuple(
                item(iri)
                for kind in BODIES
                for iri in model.things(kind)
                if not model.links(iri, ORG + "classification")
            ),
            "quality/missing",
        ),
        Concern(
            "curate-unplaced.html",
            "Councils without an area",
            "They have no entry in the register of local authorities, or none was found.",
            ("Council",),
            tuple(item(iri) for iri in model.things(Kind.COUNCIL) if not model.links(iri, DCTERMS + "spatial")),
            "quality/missing",
        ),
        Concern(
            "curate-themeless.html",
            "Projects without a theme",
            "No case study that tells of them has a theme.",
            ("Project",),
            tuple(item(iri) for iri in model.things(Kind.PROJECT) if not model.links(iri, DCTERMS + "subject")),
            "quality/missing",
        ),
        Concern(
            "curate-sections.html",
            "Case studies without a principle",
            "They are about a project and put no principle into practice, as far as the curator saw.",
            ("Case study",),
            tuple(item(iri) for iri in _without_principles(model)),
            "quality/without-principles",
        ),
    ]
    return [part for concern in found for part in _in_parts(concern)]


def _in_parts(concern: Concern) -> Iterable[Concern]:
    """Yield a concern, or several where it is too long for a page."""
    many = -(-len(concern.items) // _ROOM)
    if many <= 1:
        yield concern
        return
    for number in range(many):
        path = concern.path if not number else concern.path.replace(".html", f".{number + 1}.html")
        items = concern.items[number * _ROOM : (number + 1) * _ROOM]
        yield replace(concern, path=path, title=f"{concern.title} ({number + 1} of {many})", items=items)


def _interpreted(model: Model, places: Mapping[str, Place]) -> Iterable[Concern]:
    """Yield the interpreted principles of each publication: all of them would be too long for a page."""
    by_publication: dict[str, list[str]] = {}
    for claim in model.instances(CCIN + "PrincipleClaim"):
        if parts.slug(model.link(claim, CCIN + "basis") or "") == "interpreted":
            section = model.link(claim, CCIN + "statedIn") or ""
            by_publication.setdefault(model.link(section, DCTERMS + "isPartOf") or "", []).append(claim)
    for publication, claims in sorted(by_publication.items()):
        items = []
        for claim in claims:
            project, principle = model.link(claim, CCIN + "project") or "", model.link(claim, CCIN + "principle") or ""
            cells = (parts.named(model, project),), (parts.named(model, principle),)
            items.append(Item(cells, claim, model.citations(claim), places.get(claim)))
        items.sort(key=lambda one: (one.citations[0].first if one.citations else 0, one.iri))
        yield Concern(
            f"curate-interpreted-{parts.slug(publication)}.html",
            f"Interpreted principles: {model.label(publication)}",
            "The text describes the practice without naming the principle. A second reader may see it otherwise.",
            ("Project", "Principle"),
            tuple(items),
            "principles/stated",
        )


def _contradictions(model: Model, places: Mapping[str, Place]) -> Iterable[Item]:
    for note in model.instances(CCIN + "SourceNote"):
        if parts.slug(model.link(note, CCIN + "noteKind") or "") == "contradiction":
            section = model.link(note, CCIN + "statedIn") or note.partition("#")[0]
            cells = (parts.named(model, section),), (Words(model.text(note, OA + "bodyValue")),)
            yield Item(cells, note, model.citations(note), places.get(note))


def _duplicates(model: Model, store: EmbeddedStore, tree: Tree, places: Mapping[str, Place]) -> Iterable[Item]:
    from ccin_graph.identities.review import undecided

    if model.settings.base != BASE:
        # The decisions are on bodies of our own records.
        return
    try:
        pairs = undecided(store, tree)
    except CcinError:
        return
    for pair in pairs:
        one, other = pair.iris
        cells = (parts.named(model, one),), (parts.named(model, other),), (Words("; ".join(pair.reasons)),)
        yield Item(cells, one, model.citations(one), places.get(one))


def _without_principles(model: Model) -> Sequence[str]:
    told = {model.link(claim, CCIN + "statedIn") for claim in model.instances(CCIN + "PrincipleClaim")}
    return [
        iri
        for iri in model.things(Kind.CASE_STUDY)
        if iri not in told and any(model.kind_of(one) is Kind.PROJECT for one in model.links(iri, SCHEMA + "about"))
    ]
