"""Things in the words of schema.org, for search engines: one object of JSON-LD in the head of each page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccin_graph.publish.model import BODIES, Kind, Model
from ccin_graph.vocabulary import CCIN, DCTERMS, ORG, PREFIXES, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

_TYPES = {
    Kind.COUNCIL: "GovernmentOrganization",
    Kind.GROUP: "Organization",
    Kind.COLLABORATION: "Organization",
    Kind.NETWORK: "Organization",
    Kind.ORGANISATION: "Organization",
    Kind.PROJECT: "Project",
    Kind.OUTPUT: "CreativeWork",
    Kind.CASE_STUDY: "Article",
    Kind.PUBLICATION: "CreativeWork",
    Kind.PERSON: "Person",
    Kind.EVENT: "Event",
    Kind.PRINCIPLE: "DefinedTerm",
    Kind.THEME: "DefinedTerm",
    Kind.CONCEPT: "DefinedTerm",
    Kind.SCHEME: "DefinedTermSet",
    Kind.LISTING: "ItemList",
    Kind.PARTNERSHIP: "Thing",
    Kind.PLACE: "Place",
}
#: Our properties and schema.org's, by the kind that they are said of; what is not said in the graph is left out.
_LINKS: dict[Kind, tuple[tuple[str, str], ...]] = {
    Kind.CASE_STUDY: ((DCTERMS + "isPartOf", "isPartOf"), (SCHEMA + "about", "about")),
    Kind.PUBLICATION: ((DCTERMS + "publisher", "publisher"),),
    Kind.EVENT: (
        (SCHEMA + "organizer", "organizer"),
        (SCHEMA + "superEvent", "superEvent"),
        (SCHEMA + "location", "location"),
        (SCHEMA + "about", "about"),
    ),
    Kind.PROJECT: ((SCHEMA + "location", "location"), (CCIN + "partOf", "parentOrganization")),
    Kind.PRINCIPLE: ((SKOS + "inScheme", "inDefinedTermSet"),),
    Kind.THEME: ((SKOS + "inScheme", "inDefinedTermSet"),),
    Kind.CONCEPT: ((SKOS + "inScheme", "inDefinedTermSet"),),
}
_BODY_LINKS = ((SCHEMA + "location", "location"), (ORG + "subOrganizationOf", "parentOrganization"))


def described(model: Model, iri: str, kind: Kind) -> dict[str, Any]:
    """Return a thing in the words of schema.org.

    Parameters
    ----------
    model : Model
    iri : str
    kind : Kind

    Returns
    -------
    dict
        JSON-LD, without empty values.
    """
    said: dict[str, Any] = {"@context": "https://schema.org/", "@type": _TYPES[kind], "@id": iri}
    said["name"] = model.label(iri)
    said["alternateName"] = [one.value for one in model.texts(iri, SKOS + "altLabel")]
    said["description"] = model.text(iri, DCTERMS + "abstract") or model.text(iri, SKOS + "definition")
    said["url"] = _home(model, iri)
    links = _BODY_LINKS if kind in BODIES else _LINKS.get(kind, ())
    for predicate, name in links:
        # A part of a project is a project; schema.org has parts of organisations, and a Project is one.
        said[name] = _named(model, model.links(iri, predicate))
    said["sameAs"] = [*model.links(iri, PREFIXES["foaf"] + "homepage"), *model.links(iri, SKOS + "exactMatch")]
    dates = (DCTERMS + "date", "startDate" if kind is Kind.EVENT else "datePublished")
    if kind in (Kind.EVENT, Kind.PUBLICATION, Kind.OUTPUT):
        said[dates[1]] = model.text(iri, CCIN + "earliest") or model.text(iri, dates[0])
    if kind in BODIES:
        memberships = model.subjects(ORG + "member", iri)
        networks = {one for each in memberships for one in model.links(each, ORG + "organization")}
        said["memberOf"] = _named(model, sorted(networks))
    if kind is Kind.PERSON:
        posts = model.subjects(ORG + "member", iri)
        said["jobTitle"] = sorted({model.text(post, CCIN + "postTitle") for post in posts} - {""})
        said["affiliation"] = _named(
            model, sorted({one for post in posts for one in model.links(post, ORG + "organization")})
        )
    return {key: value for key, value in said.items() if value not in ("", [], None)}


def _home(model: Model, iri: str) -> str:
    page = model.page(iri)
    return f"{model.settings.home}{page}" if model.settings.home and page else ""


def _named(model: Model, iris: Iterable[str]) -> list[dict[str, str]]:
    return [{"@id": iri, "name": model.label(iri)} for iri in iris]
