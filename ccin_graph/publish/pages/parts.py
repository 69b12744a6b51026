"""Pieces that several pages are made of: names that lead on, claims as rows."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccin_graph.publish.content import Cell, Fact, Link, Piece, Row, Rows, Tag, Words
from ccin_graph.publish.model import Kind, Literal, Model
from ccin_graph.publish.words import date_in_words, figure_in_words
from ccin_graph.vocabulary import CCIN, DCTERMS, OA, ORG, PREFIXES, PROV, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

DERIVED = Tag("derived", "Computed from claims by a rule; no source says it in these words.")
INTERPRETED = Tag("interpreted", "The text describes the practice without naming the principle; the curator judged.")
STATED = Tag("stated", "The text names the principle or value.")
_STATUS = {
    "target": Tag("target", "What is aimed at or promised; not what was reached."),
    "estimate": Tag("estimate", "What somebody reckoned, forecast or modelled."),
}
#: How many neighbours a drawing has room for.
NEAREST = 14


def slug(iri: str) -> str:
    """Return the last part of an IRI.

    Parameters
    ----------
    iri : str

    Returns
    -------
    str

    Examples
    --------
    >>> slug("https://w3id.org/ccin/id/role/lead")
    'lead'
    """
    return iri.rstrip("/").rpartition("/")[2]


def text_of(model: Model, iri: str, predicate: str) -> Cell:
    """Return a text of a thing with its language, or nothing where there is none.

    Parameters
    ----------
    model : Model
    iri, predicate : str

    Returns
    -------
    tuple of Piece
    """
    return tuple(words(text) for text in model.texts(iri, predicate)[:1])


def words(text: Literal) -> Words:
    """Return a text with its language, where that is not the page's.

    Parameters
    ----------
    text : Literal

    Returns
    -------
    Words
    """
    return Words(text.value, language_of(text))


def language_of(text: Literal) -> str:
    """Return the language of a text where it is not that of the page, else nothing.

    Parameters
    ----------
    text : Literal

    Returns
    -------
    str
    """
    return "" if text.language.partition("-")[0] in ("", "en") else text.language


def named(model: Model, iri: str) -> Link:
    """Return the name of a thing, leading to its page, or to its IRI where it is none of ours.

    Parameters
    ----------
    model : Model
    iri : str

    Returns
    -------
    Link
    """
    name = model.name(iri)
    page = model.page(iri)
    if page is not None and (model.kind_of(iri) is not None or "#" in iri):
        return Link(name.value, page, language_of(name))
    if iri.startswith(("http://", "https://")) and page is None:
        return Link(name.value, iri, language_of(name), outside=True)
    return Link(name.value, "", language_of(name))


def kind_word(model: Model, iri: str) -> str:
    """Return the kind of a body as one word, which the drawings have as a class.

    Parameters
    ----------
    model : Model
    iri : str

    Returns
    -------
    str
    """
    return (model.kind_of(iri) or Kind.ORGANISATION).name.lower().replace("_", "-")


def joined(links: Iterable[Piece]) -> Cell:
    """Return pieces with commas between them.

    Parameters
    ----------
    links : iterable of Piece

    Returns
    -------
    tuple of Piece
    """
    cell: list[Piece] = []
    for link in links:
        if cell:
            cell.append(Words(", "))
        cell.append(link)
    return tuple(cell)


def linked(model: Model, term: str, iris: Iterable[str]) -> Iterator[Fact]:
    """Yield a fact whose values are things, or nothing where there are none.

    Parameters
    ----------
    model : Model
    term : str
    iris : iterable of str

    Yields
    ------
    Fact
    """
    cells = tuple((named(model, iri),) for iri in by_label(model, iris))
    if cells:
        yield Fact(term, cells)


def told(term: str, text: str) -> Iterator[Fact]:
    """Yield a fact whose value is a text, or nothing where there is none.

    Parameters
    ----------
    term, text : str

    Yields
    ------
    Fact
    """
    if text:
        yield Fact(term, ((Words(text),),))


def by_label(model: Model, iris: Iterable[str]) -> list[str]:
    """Return things in the order of their labels, each once.

    Parameters
    ----------
    model : Model
    iris : iterable of str

    Returns
    -------
    list of str
    """
    return sorted(set(iris), key=lambda iri: (model.label(iri).casefold(), iri))


def broadest(model: Model, concept: str) -> str:
    """Return the broadest concept above another: the nation of a region.

    Parameters
    ----------
    model : Model
    concept : str

    Returns
    -------
    str
        The concept itself where nothing is above it.
    """
    seen = {concept}
    while (broader := model.link(concept, SKOS + "broader")) and broader not in seen:
        concept = broader
        seen.add(concept)
    return concept


def dated(model: Model, iri: str) -> Iterator[Fact]:
    """Yield when something took place or was made, as far as it is known.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    yield from told("When", date_in_words(model.text(iri, CCIN + "period") or model.text(iri, DCTERMS + "date")))


def anchor_of(claim: str, owner: str) -> str:
    """Return the fragment by which a claim is found on its own page, nothing on the pages of others.

    Parameters
    ----------
    claim, owner : str
        IRI of the claim, and of the thing that the page is about.

    Returns
    -------
    str
    """
    document, mark, fragment = claim.partition("#")
    return fragment if mark and document == owner else ""


def printed(model: Model, claim: str) -> Cell:
    """Return the form that stands in the text, where it is none of the body's names.

    Parameters
    ----------
    model : Model
    claim : str

    Returns
    -------
    tuple of Piece
    """
    form = model.texts(claim, CCIN + "printed")
    return (Words(f" (printed “{form[0].value}”)", quiet=True),) if form else ()


def body_rows(model: Model, claims: Iterable[str], owner: str, *, with_project: bool = False) -> tuple[Row, ...]:
    """Return participations as rows: body, role, and the project where the page tells of several.

    Parameters
    ----------
    model : Model
    claims : iterable of str
    owner : str
        What the page is about.
    with_project : bool, default False

    Returns
    -------
    tuple of Row
        Leads first, then by the body's name.
    """
    rows = []
    for claim in claims:
        body, role = model.link(claim, PROV + "agent"), model.link(claim, PROV + "hadRole")
        project = model.link(claim, CCIN + "project")
        if body is None or role is None:
            continue
        cells: list[Cell] = [(named(model, body), *printed(model, claim)), (named(model, role),)]
        if with_project:
            cells.append((named(model, project),) if project else ())
        order = (slug(role) != "lead", model.label(body).casefold(), model.label(role), claim)
        rows.append((order, Row(tuple(cells), model.citations(claim), anchor_of(claim, owner))))
    return in_order(rows)


def in_order(rows: Iterable[tuple[tuple[Any, ...], Row]]) -> tuple[Row, ...]:
    """Return rows in the order of what each is sorted by.

    Parameters
    ----------
    rows : iterable of (tuple, Row)
        What a row is sorted by, and the row.

    Returns
    -------
    tuple of Row

    Examples
    --------
    >>> [row.anchor for row in in_order([(("b",), Row((), anchor="second")), (("a",), Row((), anchor="first"))])]
    ['first', 'second']
    """
    return tuple(row for _, row in sorted(rows, key=lambda one: one[0]))


def participants(model: Model, claims: Iterable[str], owner: str, *, with_project: bool = False) -> Iterator[Rows]:
    """Yield the section of who took part.

    Parameters
    ----------
    model : Model
    claims : iterable of str
    owner : str
    with_project : bool, default False

    Yields
    ------
    Rows
    """
    rows = body_rows(model, claims, owner, with_project=with_project)
    if rows:
        columns = ("Who", "Role", *(("In",) if with_project else ()))
        yield Rows("participants", "Who took part", rows, columns)


def principle_claims(model: Model, claims: Iterable[str], owner: str, *, with_project: bool = False) -> Iterator[Rows]:
    """Yield the section of principles put into practice.

    Parameters
    ----------
    model : Model
    claims : iterable of str
    owner : str
    with_project : bool, default False

    Yields
    ------
    Rows
    """
    rows = []
    for claim in claims:
        principle, basis = model.link(claim, CCIN + "principle"), model.link(claim, CCIN + "basis")
        project = model.link(claim, CCIN + "project")
        if principle is None:
            continue
        cells: list[Cell] = [(named(model, principle),), (basis_tag(model, basis),) if basis else ()]
        if with_project:
            cells.append((named(model, project),) if project else ())
        row = Row(tuple(cells), model.citations(claim), anchor_of(claim, owner))
        rows.append(((model.label(principle).casefold(), claim), row))
    if rows:
        columns = ("Principle or value", "Basis", *(("By",) if with_project else ()))
        yield Rows("principles", "Principles put into practice", in_order(rows), columns)


def basis_tag(model: Model, basis: str) -> Tag:
    """Return whether a principle is stated or interpreted, as a tag.

    Parameters
    ----------
    model : Model
    basis : str
        IRI of the concept.

    Returns
    -------
    Tag
    """
    known = {"interpreted": INTERPRETED, "stated": STATED}
    return known.get(slug(basis)) or Tag(model.label(basis).casefold(), model.text(basis, SKOS + "definition"))


def figures(
    model: Model, claims: Iterable[str], owner: str, *, heading: str = "Figures", with_about: bool = False
) -> Iterator[Rows]:
    """Yield the section of figures: value, what it counts, when, and whether it was reached.

    Parameters
    ----------
    model : Model
    claims : iterable of str
    owner : str
    heading : str, default "Figures"
    with_about : bool, default False
        Whether each row tells what the figure is about.

    Yields
    ------
    Rows
    """
    rows = []
    for claim in claims:
        figure = figure_in_words(model, claim)
        measure: list[Piece] = [*text_of(model, claim, CCIN + "measure")]
        status = model.link(claim, CCIN + "status")
        if status is not None and slug(status) != "actual":
            tag = _STATUS.get(slug(status)) or Tag(figure.status, model.text(status, SKOS + "definition"))
            measure += [Words(" "), tag]
        if figure.period:
            measure.append(Words(f" {figure.period}", quiet=True))
        measure += printed(model, claim)
        cells: list[Cell] = [(Words(figure.value),), tuple(measure)]
        about = model.link(claim, CCIN + "about")
        if with_about:
            cells.append((named(model, about),) if about else ())
        order = (model.label(about).casefold() if with_about and about else "", figure.measure.casefold(), claim)
        rows.append((order, Row(tuple(cells), model.citations(claim), anchor_of(claim, owner))))
    if rows:
        columns = ("Value", "What it counts", *(("About",) if with_about else ()))
        yield Rows("figures", heading, in_order(rows), columns)


def notes(model: Model, section: str, owner: str) -> Iterator[Rows]:
    """Yield the curator's notes on a section of a source.

    Parameters
    ----------
    model : Model
    section, owner : str

    Yields
    ------
    Rows
    """
    rows = []
    for note in model.subjects(CCIN + "statedIn", section):
        if CCIN + "SourceNote" in model.types(note):
            kind = model.link(note, CCIN + "noteKind")
            text = text_of(model, note, OA + "bodyValue")
            tag = (Tag(model.label(kind).casefold(), model.text(kind, SKOS + "definition")), Words(" ")) if kind else ()
            rows.append(Row(((*tag, *text),), model.citations(note), anchor_of(note, owner)))
    if rows:
        intro = "What is odd in the source at these lines, as the curator noted it."
        yield Rows("notes", "Curator's notes on the source", tuple(rows), intro=intro)


def outputs(model: Model, claims: Iterable[str], owner: str) -> Iterator[Rows]:
    """Yield what came out of a project.

    Parameters
    ----------
    model : Model
    claims : iterable of str
    owner : str

    Yields
    ------
    Rows
    """
    rows = []
    for claim in claims:
        output = model.link(claim, CCIN + "output")
        if output is not None:
            kind = model.link(output, CCIN + "outputKind")
            what = (Words(f" – {model.label(kind).casefold()}", quiet=True),) if kind else ()
            cell = (named(model, output), *what, *printed(model, claim))
            rows.append(Row((cell,), model.citations(claim), anchor_of(claim, owner)))
    if rows:
        yield Rows("outputs", "What came out of it", tuple(rows))


def listed(
    model: Model, key: str, heading: str, iris: Iterable[str], *, intro: str = "", cited: bool = False
) -> Iterator[Rows]:
    """Yield a plain list of things with what they are.

    Parameters
    ----------
    model : Model
    key, heading : str
    iris : iterable of str
    intro : str, optional
    cited : bool, default False
        Whether to tell where each was read of.

    Yields
    ------
    Rows
    """
    rows = tuple(
        Row(((named(model, iri), *what_it_is(model, iri)),), model.citations(iri) if cited else ())
        for iri in by_label(model, iris)
    )
    if rows:
        yield Rows(key, heading, rows, intro=intro, cited=cited)


def what_it_is(model: Model, iri: str) -> Cell:
    """Return a few quiet words on what a thing is, to stand behind its name in a list.

    Parameters
    ----------
    model : Model
    iri : str

    Returns
    -------
    tuple of Piece
    """
    text = note_on(model, iri)
    return (Words(f" – {text}", quiet=True),) if text else ()


def note_on(model: Model, iri: str) -> str:
    """Return a few words on what a thing is: its sort, its place, its year.

    Parameters
    ----------
    model : Model
    iri : str

    Returns
    -------
    str
    """
    kind = model.kind_of(iri)
    found: list[str] = []
    sort = model.link(iri, ORG + "classification") or model.link(iri, CCIN + "projectKind")
    sort = sort or model.link(iri, CCIN + "outputKind")
    if sort:
        found.append(model.label(sort))
    elif kind is Kind.CASE_STUDY and (publication := model.link(iri, DCTERMS + "isPartOf")):
        found.append(model.label(publication))
    elif kind is Kind.PERSON:
        found += sorted({model.text(post, CCIN + "postTitle") for post in model.subjects(ORG + "member", iri)} - {""})[
            :1
        ]
    elif kind in (Kind.CONCEPT, Kind.THEME, Kind.PRINCIPLE) and (scheme := model.link(iri, SKOS + "inScheme")):
        found.append(model.label(scheme))
    found += [model.label(place) for place in model.links(iri, SCHEMA + "location")[:1]]
    date = model.text(iri, CCIN + "period") or model.text(iri, DCTERMS + "date")
    if date:
        found.append(date_in_words(date))
    return ", ".join(found)


def other_names(model: Model, iri: str) -> tuple[Words, ...]:
    """Return the other names that a thing goes by, in all languages.

    Parameters
    ----------
    model : Model
    iri : str

    Returns
    -------
    tuple of Words
    """
    own = model.name(iri)
    seen = {own.value}
    found = []
    for predicate in (SKOS + "prefLabel", DCTERMS + "title", SKOS + "altLabel"):
        for text in model.texts(iri, predicate):
            if text.value not in seen:
                seen.add(text.value)
                found.append(words(text))
    return tuple(found)


def homepage(model: Model, iri: str) -> Iterator[Fact]:
    """Yield the web address of a thing.

    Parameters
    ----------
    model : Model
    iri : str

    Yields
    ------
    Fact
    """
    pages = [
        page for page in model.links(iri, PREFIXES["foaf"] + "homepage") if page.startswith(("http://", "https://"))
    ]
    if pages:
        yield Fact("Web page", tuple((Link(page, page, outside=True),) for page in pages))
