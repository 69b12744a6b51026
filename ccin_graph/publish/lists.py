"""The lists of all things of a kind, from A to Z, and those narrowed to one value of a facet."""

from __future__ import annotations

import json
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.publish.addresses import file_name
from ccin_graph.publish.content import Cell, Link
from ccin_graph.publish.model import BODIES, Kind, Model
from ccin_graph.publish.pages import parts
from ccin_graph.vocabulary import CCIN, DCTERMS, ORG, PROV, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

#: Things that stand on one page of a list.
ROOM = 380


@dataclass(frozen=True, slots=True)
class FacetValue:
    """One value of a facet.

    Parameters
    ----------
    text, href : str
    many : int
        How many things have it.
    """

    text: str
    href: str
    many: int


@dataclass(frozen=True, slots=True)
class Facet:
    """A trait by which a list is narrowed down.

    Parameters
    ----------
    name : str
    values : tuple of FacetValue
    """

    name: str
    values: tuple[FacetValue, ...]


@dataclass(frozen=True, slots=True)
class Group:
    """The things of one letter.

    Parameters
    ----------
    key, name : str
    rows : tuple of tuple of Piece
    """

    key: str
    name: str
    rows: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Listing:
    """One page of a list.

    Parameters
    ----------
    path, title, intro : str
    up : tuple of Link
    groups : tuple of Group
    facets : tuple of Facet
    letters, further : tuple of Link
        The letters of the whole list, and its pages.
    data : str
        Path of the script that holds the whole list for narrowing it down by several facets at once.
    """

    path: str
    title: str
    intro: str
    up: tuple[Link, ...]
    groups: tuple[Group, ...]
    facets: tuple[Facet, ...] = ()
    letters: tuple[Link, ...] = ()
    further: tuple[Link, ...] = ()
    data: str = ""


def traits(model: Model, iri: str) -> dict[str, list[str]]:
    """Return the traits of a thing by which lists are narrowed down, as IRIs or texts.

    Parameters
    ----------
    model : Model
    iri : str

    Returns
    -------
    dict of str to list of str
        By the facet's name; facets without a value are left out.
    """
    kind = model.kind_of(iri)
    regions = _regions(model, iri)
    found: dict[str, list[str]] = {
        "Region": regions,
        "Nation": sorted({parts.broadest(model, region) for region in regions}),
    }
    types = (*model.links(iri, ORG + "classification"), *model.links(iri, CCIN + "projectKind"))
    found["Type"] = [*types, *model.links(iri, CCIN + "outputKind")]
    found["Category"] = sorted(
        {one for each in model.subjects(ORG + "member", iri) if CCIN + "NetworkMembership" in model.types(each)
         for one in model.links(each, ORG + "role")}
    )  # fmt: skip
    projects = _projects(model, iri, kind)
    themes = {one for project in projects for one in model.links(project, DCTERMS + "subject")}
    found["Theme"] = sorted(themes | set(model.links(iri, DCTERMS + "subject")))
    found["Principle"] = sorted({one for project in projects for one in model.links(project, CCIN + "practises")})
    found["Year"] = sorted(_years(model, iri, projects))
    found["Scheme"] = list(model.links(iri, SKOS + "inScheme")) if kind in (Kind.CONCEPT, Kind.PRINCIPLE) else []
    return {name: values for name, values in found.items() if values}


def _regions(model: Model, iri: str) -> list[str]:
    own = model.links(iri, CCIN + "region")
    if own:
        return list(own)
    bodies = set(model.subjects(CCIN + "leads", iri)) | set(model.links(iri, ORG + "linkedTo"))
    for project in (*model.links(iri, SCHEMA + "about"), *model.links(iri, PROV + "wasGeneratedBy")):
        bodies.update(model.subjects(CCIN + "leads", project))
    return sorted({region for body in bodies for region in model.links(body, CCIN + "region")})


def _projects(model: Model, iri: str, kind: Kind | None) -> Sequence[str]:
    if kind is Kind.PROJECT:
        return [iri]
    if kind in BODIES:
        return model.links(iri, CCIN + "tookPartIn")
    return [
        one
        for one in (*model.links(iri, SCHEMA + "about"), *model.links(iri, PROV + "wasGeneratedBy"))
        if model.kind_of(one) is Kind.PROJECT
    ]


def _years(model: Model, iri: str, projects: Sequence[str]) -> set[str]:
    """Return the years of the publications that tell of a thing."""
    sections = {section for project in projects for section in model.subjects(SCHEMA + "about", project)}
    documents = {one for section in (*sections, iri) for one in model.links(section, DCTERMS + "isPartOf")}
    dates = [model.text(one, DCTERMS + "date") for one in (*documents, iri)]
    return {date[:4] for date in dates if date[:4].isdigit()}


def lists(model: Model, kind: Kind) -> Iterator[Listing]:
    """Yield the pages of the list of all things of a kind, and those of each value of its facets.

    Parameters
    ----------
    model : Model
    kind : Kind

    Yields
    ------
    Listing
    """
    things = model.things(kind)
    if not things:
        return
    known = {iri: traits(model, iri) for iri in things}
    facets = _facets(model, kind, known)
    count = "One" if len(things) == 1 else f"All {len(things):,}"
    title = kind.many.capitalize()
    named = kind.one if len(things) == 1 else kind.many
    intro = (
        f"{count} {named} that the sources tell of, from A to Z."
        if kind not in (Kind.CONCEPT, Kind.SCHEME)
        else f"{count} {named}, from A to Z."
    )
    up = (Link("Lists", "lists.html"),)
    data = f"assets/list-{kind.page}.js" if facets else ""
    yield from _pages(model, things, kind.page, title, intro, up, facets, data)
    home = Link(title, f"{kind.page}.html")
    for name in facets:
        values = sorted({value for each in known.values() for value in each.get(name, ())})
        for value in values:
            chosen = [iri for iri in things if value in known[iri].get(name, ())]
            label = _label(model, value)
            told = f"{len(chosen):,} {kind.one if len(chosen) == 1 else kind.many} with {name.lower()}: {label}."
            yield from _pages(model, chosen, _stem(kind, name, value), f"{title}: {label}", told, (*up, home), {}, "")


def _stem(kind: Kind, name: str, value: str) -> str:
    last = parts.slug(value) if value.startswith(("http://", "https://")) else value.lower().replace(" ", "-")
    scheme = value.rstrip("/").split("/")[-2] if name == "Principle" and value.count("/") > 3 else name.lower()
    return f"{kind.page}/{file_name(scheme)}/{file_name(last)}"


def _facets(model: Model, kind: Kind, known: dict[str, dict[str, list[str]]]) -> dict[str, Facet]:
    found: dict[str, Facet] = {}
    for name in ("Region", "Nation", "Type", "Category", "Theme", "Principle", "Year", "Scheme"):
        counts: dict[str, int] = {}
        for each in known.values():
            for value in each.get(name, ()):
                counts[value] = counts.get(value, 0) + 1
        if len(counts) > 1:
            values = sorted(counts, key=lambda value: (_label(model, value).casefold(), value))
            found[name] = Facet(
                name,
                tuple(
                    FacetValue(_label(model, value), f"{_stem(kind, name, value)}.html", counts[value])
                    for value in values
                ),
            )
    return found


def _label(model: Model, value: str) -> str:
    return model.label(value) if value.startswith(("http://", "https://")) else value


def letter_of(label: str) -> str:
    """Return the letter under which a label stands, ``#`` where it begins with none.

    Parameters
    ----------
    label : str

    Returns
    -------
    str

    Examples
    --------
    >>> letter_of("Émile"), letter_of("7PK"), letter_of("“Keep Brent Working”")
    ('E', '#', 'K')
    """
    for sign in unicodedata.normalize("NFKD", label):
        if sign.isalpha():
            return sign.upper()[0]
        if sign.isdigit():
            return "#"
    return "#"


def _sorting(model: Model, iri: str) -> tuple[str, str, str]:
    label = model.label(iri)
    plain = "".join(sign for sign in unicodedata.normalize("NFKD", label) if sign.isalnum() or sign == " ").strip()
    letter = letter_of(label)
    return "" if letter == "#" else letter, plain.casefold(), iri


def _pages(
    model: Model,
    things: Sequence[str],
    stem: str,
    title: str,
    intro: str,
    up: tuple[Link, ...],
    facets: dict[str, Facet],
    data: str,
) -> Iterator[Listing]:
    ordered = sorted(things, key=lambda iri: _sorting(model, iri))
    chunks = [ordered[start : start + ROOM] for start in range(0, len(ordered), ROOM)]
    paths = [f"{stem}.html", *(f"{stem}.{number}.html" for number in range(2, len(chunks) + 1))]
    letters: dict[str, str] = {}
    for path, chunk in zip(paths, chunks, strict=True):
        for iri in chunk:
            letter = letter_of(model.label(iri))
            letters.setdefault(letter, f"{path}#{_key(letter)}")
    jump = tuple(Link(letter, href) for letter, href in letters.items()) if len(ordered) > 30 else ()
    further: tuple[Link, ...] = ()
    if len(chunks) > 1:
        further = tuple(
            Link(f"{letter_of(model.label(chunk[0]))} – {letter_of(model.label(chunk[-1]))}", path)
            for path, chunk in zip(paths, chunks, strict=True)
        )
    for path, chunk in zip(paths, chunks, strict=True):
        groups: dict[str, list[Cell]] = {}
        for iri in chunk:
            letter = letter_of(model.label(iri)) if len(ordered) > 30 else ""
            groups.setdefault(letter, []).append((parts.named(model, iri), *parts.what_it_is(model, iri)))
        made = tuple(Group(_key(letter) if letter else "", letter, tuple(rows)) for letter, rows in groups.items())
        first = path == paths[0]
        yield Listing(
            path, title, intro, up, made, tuple(facets.values()) if first else (), jump, further, data if first else ""
        )


def _key(letter: str) -> str:
    return (
        "letter-other"
        if letter == "#"
        else f"letter-{letter.lower()}"
        if letter.isascii()
        else f"letter-{ord(letter):x}"
    )


def list_data(model: Model, kind: Kind) -> str:
    """Return a list with its traits as a script that assigns a global, so that it is read from ``file://`` too.

    Parameters
    ----------
    model : Model
    kind : Kind

    Returns
    -------
    str
        Empty where the list has no facets. ``facets``: names with their values; ``rows``: label, path, note, and the
        values of each facet by their number.
    """
    things = sorted(model.things(kind), key=lambda iri: _sorting(model, iri))
    known = {iri: traits(model, iri) for iri in things}
    facets = _facets(model, kind, known)
    if not facets:
        return ""
    order = {
        name: sorted(
            {value for each in known.values() for value in each.get(name, ())},
            key=lambda value: (_label(model, value).casefold(), value),
        )
        for name in facets
    }
    number = {name: {value: position for position, value in enumerate(values)} for name, values in order.items()}
    document = {
        "facets": [
            {"name": name, "values": [_label(model, value) for value in values]} for name, values in order.items()
        ],
        "rows": [
            [
                model.label(iri),
                model.page(iri) or "",
                parts.note_on(model, iri),
                [[number[name][value] for value in known[iri].get(name, ())] for name in facets],
            ]
            for iri in things
        ],
    }
    return f"window.CCIN_LIST = {as_script(document)};\n"


def as_script(document: object) -> str:
    """Return data as a JavaScript expression that nothing in it can end.

    Parameters
    ----------
    document : object
        What JSON can hold.

    Returns
    -------
    str

    Examples
    --------
    >>> as_script({"a": "</script>"})
    '{"a":"\\\\u003c/script>"}'
    """
    text = json.dumps(document, ensure_ascii=False, separators=(",", ":"))
    for sign in "<\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return text
