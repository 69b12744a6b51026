"""The page of any thing: which content belongs to which kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.publish.content import Fact, Link, Page, Picture, Row, Rows, Words
from ccin_graph.publish.model import BODIES, Kind, Model
from ccin_graph.publish.pages import bodies, others, parts, publications, works
from ccin_graph.publish.pages.publications import claim_in_words
from ccin_graph.publish.schema_org import described
from ccin_graph.vocabulary import DCTERMS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccin_graph.publish.content import Section
    from ccin_graph.publish.places import Standing


def pages_of(model: Model, iri: str, standings: Mapping[str, Standing]) -> Iterator[Page]:
    """Yield the page of a thing, and further ones where it is a long publication.

    Parameters
    ----------
    model : Model
    iri : str
    standings : mapping of str to Standing

    Yields
    ------
    Page
    """
    kind = model.kind_of(iri)
    path = model.page(iri)
    if kind is None or path is None:
        return
    found = list(_sections(model, iri, kind, standings))
    further: list[tuple[str, str, Rows]] = []
    if kind is Kind.PUBLICATION:
        own, further = publications.passages(model, iri, path)
        found += [own] if own is not None else []
    found += _left_over(model, iri, found)
    name = model.name(iri)
    up = (Link(kind.many.capitalize(), f"{kind.page}.html"),)
    page = Page(
        path=path,
        title=name.value,
        iri=iri,
        kind=kind.one,
        language=parts.language_of(name),
        up=up,
        names=parts.other_names(model, iri),
        summary=model.text(iri, DCTERMS + "abstract") or model.text(iri, SKOS + "definition"),
        facts=tuple(_facts(model, iri, kind)),
        sections=tuple(found),
        citations=model.citations(iri) if kind is not Kind.PARTNERSHIP else (),
        described=described(model, iri, kind),
        derived=model.is_derived(iri),
    )
    yield page
    for where, title, section in further:
        yield Page(
            where, title, iri, "passages of a publication", up=(*up, Link(name.value, path)), sections=(section,)
        )


def _facts(model: Model, iri: str, kind: Kind) -> Iterator[Fact]:
    if kind in BODIES:
        yield from bodies.facts(model, iri)
    elif kind is Kind.PROJECT:
        yield from works.project_facts(model, iri)
    elif kind is Kind.OUTPUT:
        yield from works.output_facts(model, iri)
    elif kind is Kind.CASE_STUDY:
        yield from works.case_study_facts(model, iri)
    elif kind is Kind.PUBLICATION:
        yield from publications.facts(model, iri)
    else:
        further = {
            Kind.EVENT: others.event_facts,
            Kind.LISTING: others.listing_facts,
            Kind.PARTNERSHIP: others.partnership_facts,
            Kind.PLACE: others.place_facts,
            Kind.SCHEME: others.scheme_facts,
        }.get(kind, others.concept_facts)
        yield from further(model, iri)


def _sections(model: Model, iri: str, kind: Kind, standings: Mapping[str, Standing]) -> Iterator[Section]:
    if kind in BODIES:
        yield from bodies.sections(model, iri, standings)
        return
    composer = {
        Kind.PROJECT: works.project_sections,
        Kind.OUTPUT: works.output_sections,
        Kind.CASE_STUDY: works.case_study_sections,
        Kind.PUBLICATION: publications.sections,
        Kind.PERSON: others.person_sections,
        Kind.EVENT: others.event_sections,
        Kind.LISTING: others.listing_sections,
        Kind.PARTNERSHIP: others.partnership_sections,
        Kind.PLACE: others.place_sections,
        Kind.SCHEME: others.scheme_sections,
    }.get(kind, others.concept_sections)
    yield from composer(model, iri)


def _left_over(model: Model, iri: str, sections: list[Section]) -> list[Section]:
    """Return what stands at the thing's own fragments and in no section, so that every IRI of ours is found."""
    shown = {row.anchor for section in sections if isinstance(section, Rows | Picture) for row in section.rows}
    rows = []
    for fragment in model.fragments(iri):
        if fragment.partition("#")[2] not in shown:
            row = Row(
                (claim_in_words(model, fragment) or (Words(fragment),),),
                model.citations(fragment),
                fragment.partition("#")[2],
            )
            rows.append(row)
    return [Rows("more", "Also said of it", tuple(rows))] if rows else []
