"""The pages of a publication: its sections, and every passage with what rests on it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.publish.content import Cell, Fact, Link, Passages, Piece, Row, Rows, Stretch, Tag, Words
from ccin_graph.publish.model import SOURCES, Kind, Model
from ccin_graph.publish.pages import parts
from ccin_graph.publish.pages.others import figure_line
from ccin_graph.publish.words import date_in_words
from ccin_graph.vocabulary import CCIN, DCTERMS, OA, ORG, PROV

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.publish.content import Section

#: Claims that a page of passages holds; each takes some 200 bytes of it.
_ROOM = 220
#: The least claims for which a publication has pages of passages apart from its own.
_LONG = 180


def facts(model: Model, iri: str) -> Iterator[Fact]:
    """Yield what is known of a publication at a glance.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    yield from parts.linked(model, "Published by", model.links(iri, DCTERMS + "publisher"))
    yield from parts.told("When", date_in_words(model.text(iri, DCTERMS + "date")))
    lines = model.text(iri, CCIN + "lineCount")
    yield from parts.told("Its plain text", f"{int(lines):,} lines" if lines.isdigit() else lines)
    yield from parts.told("SHA-256 of the text", model.text(iri, CCIN + "textDigest"))
    yield from parts.linked(model, "Licence", model.links(iri, DCTERMS + "license"))
    yield from parts.homepage(model, iri)


def sections(model: Model, iri: str) -> Iterator[Section]:
    """Yield the sections and lists of a publication, and what it says of itself.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Section
    """
    inside = model.subjects(DCTERMS + "isPartOf", iri)
    studies = [one for one in inside if model.kind_of(one) is Kind.CASE_STUDY]
    first = {one: min((cited.first for cited in model.citations(one)), default=0) for one in studies}
    rows = []
    for one in sorted(studies, key=lambda one: (first[one], model.label(one))):
        pages = model.text(one, CCIN + "pages").replace("-", "–")
        told = (Words(f" – p. {pages}" if pages else f" – from line {first[one]}", quiet=True),)
        rows.append(Row(((parts.named(model, one), *told),)))
    if rows:
        yield Rows("sections", "Case studies and sections", tuple(rows), cited=False)
    lists = [one for one in inside if model.kind_of(one) is Kind.LISTING]
    yield from parts.listed(model, "lists", "Membership lists", lists)
    sourced = [one for one in model.subjects(DCTERMS + "source", iri) if model.kind_of(one) is not None]
    yield from parts.listed(model, "sourced", "Named after it", sourced)


def passages(model: Model, iri: str, path: str) -> tuple[Section | None, list[tuple[str, str, Rows]]]:
    """Return the passages of a publication: for its own page, and for pages of their own where it is long.

    Parameters
    ----------
    model : Model
    iri : str
    path : str
        Of the publication's page.

    Returns
    -------
    Rows or Passages or None
        The section on its own page.
    list of (str, str, Rows)
        Path, title and section of each further page.
    """
    found = [one for one in model.subjects(CCIN + "publication", iri) if CCIN + "Passage" in model.types(one)]
    found.sort(key=lambda one: (_line(model, one, "firstLine"), _line(model, one, "lastLine"), one))
    if not found:
        return None, []
    resting = {one: _resting(model, one) for one in found}
    intro = (
        "Each passage with the claims that rest on it. The lines are those of the plain text, whose digest stands with "
        "the publication."
    )
    total = sum(max(1, len(claims)) for claims in resting.values())
    if total <= _LONG:
        return Rows(
            "passages",
            "Passages",
            tuple(_row(model, one, resting[one]) for one in found),
            ("Lines", "What rests on them"),
            intro,
            cited=False,
        ), []
    stem = path.removesuffix(".html")
    pages: list[tuple[str, str, Rows]] = []
    stretches = []
    for number, chunk in enumerate(_chunks(found, resting), 1):
        first, last = _line(model, chunk[0], "firstLine"), max(_line(model, one, "lastLine") for one in chunk)
        title = f"{model.label(iri)}: lines {first} to {last}"
        where = f"{stem}.lines-{number}.html"
        rows = tuple(_row(model, one, resting[one]) for one in chunk)
        pages.append(
            (where, title, Rows("passages", "Passages", rows, ("Lines", "What rests on them"), intro, cited=False))
        )
        anchors = tuple((one.partition("#")[2], _lines(model, one)) for one in chunk)
        stretches.append(Stretch((Link(f"What rests on lines {first} to {last}", where),), where, anchors))
    told = (
        "Every passage that a claim rests on, by its lines in the plain text. What rests on them is told stretch by "
        "stretch."
    )
    return Passages("passages", f"Passages: {len(found):,}", told, tuple(stretches)), pages


def _chunks(found: list[str], resting: dict[str, list[str]]) -> Iterator[list[str]]:
    chunk: list[str] = []
    room = _ROOM
    for one in found:
        room -= max(1, len(resting[one]))
        if room < 0 and chunk:
            yield chunk
            chunk, room = [], _ROOM - max(1, len(resting[one]))
        chunk.append(one)
    if chunk:
        yield chunk


def _line(model: Model, passage: str, name: str) -> int:
    text = model.text(passage, CCIN + name)
    return int(text) if text.isdigit() else 0


def _lines(model: Model, passage: str) -> str:
    first, last = _line(model, passage, "firstLine"), _line(model, passage, "lastLine")
    return str(first) if first == last else f"{first}–{last}"


def _resting(model: Model, passage: str) -> list[str]:
    return sorted({one for source in SOURCES for one in model.subjects(source, passage)})


def _row(model: Model, passage: str, claims: list[str]) -> Row:
    pieces: list[Piece] = []
    for claim in claims:
        if pieces:
            pieces.append(Words("; "))
        pieces += claim_in_words(model, claim)
    return Row(((Words(_lines(model, passage)),), tuple(pieces)), anchor=passage.partition("#")[2])


def claim_in_words(model: Model, claim: str) -> Cell:
    """Return a claim in a few words, leading to where it stands.

    Parameters
    ----------
    model : Model
    claim : str

    Returns
    -------
    tuple of Piece
    """
    text = _participation(model, claim) or _told(model, claim)
    if text:
        return (Link(text, model.page(claim) or ""),)
    if CCIN + "SourceNote" in model.types(claim):
        return (Tag("note"), Words(" "), Link(model.text(claim, OA + "bodyValue"), model.page(claim) or ""))
    kind = model.kind_of(claim)
    what = f"{kind.one}: " if kind is not None else ""
    return (Words(what, quiet=True), parts.named(model, claim)) if what else (parts.named(model, claim),)


def _participation(model: Model, claim: str) -> str:
    body, role, project = (model.link(claim, term) for term in (PROV + "agent", PROV + "hadRole", CCIN + "project"))
    if body and role and project:
        return f"{model.label(body)}, {model.label(role).casefold()}, in {model.label(project)}"
    return ""


def _told(model: Model, claim: str) -> str:
    def label(predicate: str) -> str:
        iri = model.link(claim, predicate)
        return model.label(iri) if iri else ""

    if model.link(claim, CCIN + "unit") or model.text(claim, CCIN + "measure"):
        return figure_line(model, claim)
    if principle := label(CCIN + "principle"):
        return f"{principle}, in {label(CCIN + 'project')}"
    if output := label(CCIN + "output"):
        return f"{output}, out of {label(CCIN + 'project')}"
    if mentioned := label(CCIN + "mentioned"):
        return f"{mentioned}, named"
    if listed := label(CCIN + "listed"):
        return f"{listed}, listed"
    if person := label(CCIN + "person"):
        return f"{person}, at {label(CCIN + 'event')}"
    if model.link(claim, CCIN + "addressedTo"):
        return f"asked: {model.label(claim)}"
    if (member := label(ORG + "member")) and (body := label(ORG + "organization")):
        title = model.text(claim, CCIN + "postTitle")
        return f"{member}, {title} ({body})" if title else f"{member}, member of {body}"
    return ""
