"""The graph as pages need it: read once, indexed both ways, with labels, kinds and citations at hand."""

from __future__ import annotations

import re
import sys
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

import pyoxigraph as ox

from ccin_graph.errors import SiteError
from ccin_graph.publish.addresses import Addresses
from ccin_graph.vocabulary import CCIN, DCTERMS, OA, ORG, PREFIXES, PROV, RDF, RDFS, SCHEMA, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccin_graph.publish.settings import Settings

TYPE = RDF + "type"
_LABELS = (SKOS + "prefLabel", RDFS + "label", DCTERMS + "title", SCHEMA + "name")
#: What says where a thing was read, on claims and documents, on entities, on notes.
SOURCES = (PROV + "wasDerivedFrom", DCTERMS + "source", OA + "hasTarget")
#: A title that is longer is shortened in citations.
_LONG_TITLE = 44
_PART = re.compile(r"[0-9]+")


class Literal(NamedTuple):
    """A value that is text: what stands there, its language and its datatype.

    Parameters
    ----------
    value : str
    language : str
        Empty where there is none.
    datatype : str
        IRI.
    """

    value: str
    language: str
    datatype: str


#: The IRI of a thing, or a value.
Value = str | Literal


class Kind(Enum):
    """What a thing is, as the site sorts its pages; the value is the name of one, the plural and its list's page."""

    COUNCIL = ("council", "councils", "councils")
    GROUP = ("political group", "political groups", "groups")
    COLLABORATION = ("consortium or board", "consortia and boards", "collaborations")
    NETWORK = ("network", "networks", "networks")
    ORGANISATION = ("organisation", "organisations", "organisations")
    PROJECT = ("project", "projects", "projects")
    OUTPUT = ("output", "outputs", "outputs")
    CASE_STUDY = ("case study", "case studies", "case-studies")
    PUBLICATION = ("publication", "publications", "publications")
    PERSON = ("person", "people", "people")
    EVENT = ("event", "events", "events")
    PRINCIPLE = ("principle", "principles and values", "principles")
    THEME = ("theme", "themes", "themes")
    CONCEPT = ("concept", "concepts", "concepts")
    SCHEME = ("concept scheme", "concept schemes", "schemes")
    LISTING = ("membership list", "membership lists", "listings")
    PARTNERSHIP = ("partnership", "partnerships", "partnerships")
    PLACE = ("place", "places", "places")

    @property
    def one(self) -> str:
        """Name of one thing of this kind."""
        return self.value[0]

    @property
    def many(self) -> str:
        """Name of several."""
        return self.value[1]

    @property
    def page(self) -> str:
        """Path, without ending, of the list of all."""
        return self.value[2]


#: The most special type first.
_KINDS = {
    CCIN + "Council": Kind.COUNCIL,
    CCIN + "PoliticalGroup": Kind.GROUP,
    CCIN + "Network": Kind.NETWORK,
    ORG + "OrganizationalCollaboration": Kind.COLLABORATION,
    ORG + "FormalOrganization": Kind.ORGANISATION,
    ORG + "Organization": Kind.ORGANISATION,
    CCIN + "Project": Kind.PROJECT,
    CCIN + "Output": Kind.OUTPUT,
    CCIN + "CaseStudy": Kind.CASE_STUDY,
    CCIN + "Publication": Kind.PUBLICATION,
    PREFIXES["foaf"] + "Person": Kind.PERSON,
    SCHEMA + "Event": Kind.EVENT,
    CCIN + "MembershipListing": Kind.LISTING,
    CCIN + "Partnership": Kind.PARTNERSHIP,
    SCHEMA + "Place": Kind.PLACE,
    SKOS + "ConceptScheme": Kind.SCHEME,
    SKOS + "Concept": Kind.CONCEPT,
}

#: Kinds of bodies that can take part in projects.
BODIES = (Kind.COUNCIL, Kind.GROUP, Kind.COLLABORATION, Kind.NETWORK, Kind.ORGANISATION)


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a claim was read.

    Parameters
    ----------
    publication : str
        IRI.
    label : str
        Title of the publication, shortened where it is long.
    pages : str
        Printed pages of the section, as ``10-11``; empty where they are not known.
    first, last : int
        Lines of the plain text, from 1; 0 where the whole publication is meant.
    href : str
        Path, from the top of the site, of the passage on the publication's page.
    """

    publication: str
    label: str
    pages: str
    first: int
    last: int
    href: str

    @property
    def lines(self) -> str:
        """The lines in words: ``line 385`` or ``lines 385–391``; empty where the whole publication is meant."""
        if not self.first:
            return ""
        return f"line {self.first}" if self.first == self.last else f"lines {self.first}–{self.last}"


class Model:
    """A graph in memory, for pages.

    Parameters
    ----------
    quads : iterable of pyoxigraph.Quad
    settings : Settings
        Base IRI and languages.

    Examples
    --------
    >>> from ccin_graph.publish.settings import Settings
    >>> settings = Settings("A network", "https://example.org/id/organisation/net", "https://example.org/id/")
    >>> iri, label = ox.NamedNode("https://example.org/id/place/leek"), ox.NamedNode(SKOS + "prefLabel")
    >>> model = Model([ox.Quad(iri, label, ox.Literal("Leek", language="en")),
    ...     ox.Quad(iri, ox.NamedNode(TYPE), ox.NamedNode(SCHEMA + "Place"))], settings)
    >>> model.label(iri.value), model.kind_of(iri.value).one, model.page(iri.value)
    ('Leek', 'place', 'id/place/leek.html')
    """

    def __init__(self, quads: Iterable[ox.Quad], settings: Settings) -> None:
        self.settings = settings
        self.addresses = Addresses(settings.base)
        self._forward: dict[str, dict[str, list[Value]]] = {}
        self._inverse: dict[str, dict[str, list[str]]] = {}
        self._derived: set[str] = set()
        self._read(quads)
        self._rank = {language: position for position, language in enumerate(settings.languages)}
        self._labels: dict[str, Literal] = {}
        self._kinds = self._all_kinds()
        self._fragments: dict[str, list[str]] = {}
        for iri in sorted(self._forward):
            document, mark, _ = iri.partition("#")
            if mark:
                self._fragments.setdefault(document, []).append(iri)
        self._things: dict[Kind, list[str]] = {kind: [] for kind in Kind}
        for iri, kind in self._kinds.items():
            self._things[kind].append(iri)
        for things in self._things.values():
            things.sort(key=self._order)

    def _read(self, quads: Iterable[ox.Quad]) -> None:
        # Each IRI is one string however often it occurs: a million quads name some ten thousand things.
        intern = sys.intern
        # There are few properties, languages and datatypes, and each is looked at once.
        sound: set[str] = set()
        for quad in quads:
            value = quad.object
            if isinstance(quad.subject, ox.Triple) or isinstance(value, ox.Triple):
                raise SiteError(f"a triple about a triple: {quad}", remedy="Give the claim an IRI of its own.")
            if isinstance(quad.subject, ox.BlankNode) or isinstance(value, ox.BlankNode):
                message = f"a node without an IRI: {quad.triple}"
                raise SiteError(message, remedy="Give it an IRI; it has no page otherwise.")
            subject, predicate = intern(quad.subject.value), intern(quad.predicate.value)
            if subject not in self._forward:
                _check(subject)
            if predicate not in sound:
                _check(predicate)
                sound.add(predicate)
            properties = self._forward.setdefault(subject, {})
            if isinstance(value, ox.Literal):
                literal = Literal(value.value, intern(value.language or ""), intern(value.datatype.value))
                if literal.datatype not in sound or literal.language not in sound:
                    _check_text(value)
                    sound.update((literal.datatype, literal.language))
                properties.setdefault(predicate, []).append(literal)
                continue
            target = intern(value.value)
            if target not in self._inverse:
                _check(target)
            properties.setdefault(predicate, []).append(target)
            self._inverse.setdefault(target, {}).setdefault(predicate, []).append(subject)
            if predicate == TYPE and getattr(quad.graph_name, "value", "").endswith("/graph/derived"):
                self._derived.add(subject)
        self._put_in_order()

    def _put_in_order(self) -> None:
        for said in self._forward.values():
            for predicate, values in said.items():
                if len(values) > 1:
                    said[predicate] = sorted(set(values), key=_value_order)
        for leading in self._inverse.values():
            for predicate, subjects in leading.items():
                if len(subjects) > 1:
                    leading[predicate] = sorted(set(subjects))

    def __iter__(self) -> Iterator[str]:
        """Every subject, in the order of the IRIs."""
        return iter(sorted(self._forward))

    def __contains__(self, iri: str) -> bool:
        """Whether anything is said of a thing."""
        return iri in self._forward

    def predicates(self, iri: str) -> tuple[str, ...]:
        """Return what is said of a thing, as the IRIs of properties.

        Parameters
        ----------
        iri : str

        Returns
        -------
        tuple of str
            In order.
        """
        return tuple(sorted(self._forward.get(iri, ())))

    def triples(self, iri: str) -> Iterator[ox.Triple]:
        """Yield what is said of a thing, in whichever graph, each triple once.

        Parameters
        ----------
        iri : str

        Yields
        ------
        pyoxigraph.Triple
        """
        subject = ox.NamedNode(iri)
        for predicate, values in self._forward.get(iri, {}).items():
            property_ = ox.NamedNode(predicate)
            for value in values:
                yield ox.Triple(subject, property_, _term(value))

    def values(self, iri: str, predicate: str) -> tuple[Value, ...]:
        """Return the values of a property: IRIs as `str`, texts as `Literal`.

        Parameters
        ----------
        iri, predicate : str

        Returns
        -------
        tuple of str or Literal
            In order.
        """
        return tuple(self._forward.get(iri, {}).get(predicate, ()))

    def links(self, iri: str, predicate: str) -> tuple[str, ...]:
        """Return the things that a property leads to.

        Parameters
        ----------
        iri, predicate : str

        Returns
        -------
        tuple of str
            IRIs, in order.
        """
        return tuple(value for value in self._forward.get(iri, {}).get(predicate, ()) if not isinstance(value, Literal))

    def link(self, iri: str, predicate: str) -> str | None:
        """Return the first thing that a property leads to.

        Parameters
        ----------
        iri, predicate : str

        Returns
        -------
        str or None
        """
        found = self.links(iri, predicate)
        return found[0] if found else None

    def texts(self, iri: str, predicate: str) -> tuple[Literal, ...]:
        """Return the texts of a property, in the preferred language first.

        Parameters
        ----------
        iri, predicate : str

        Returns
        -------
        tuple of Literal
        """
        found = [value for value in self._forward.get(iri, {}).get(predicate, ()) if isinstance(value, Literal)]
        return tuple(sorted(found, key=lambda literal: (self._language_rank(literal), literal)))

    def text(self, iri: str, predicate: str) -> str:
        """Return the text of a property in the preferred language.

        Parameters
        ----------
        iri, predicate : str

        Returns
        -------
        str
            Empty where there is none.
        """
        found = self.texts(iri, predicate)
        return found[0].value if found else ""

    def subjects(self, predicate: str, iri: str) -> tuple[str, ...]:
        """Return the things that lead to a thing by a property.

        Parameters
        ----------
        predicate, iri : str

        Returns
        -------
        tuple of str
            IRIs, in order.
        """
        return tuple(self._inverse.get(iri, {}).get(predicate, ()))

    def types(self, iri: str) -> tuple[str, ...]:
        """Return the classes of a thing.

        Parameters
        ----------
        iri : str

        Returns
        -------
        tuple of str
        """
        return self.links(iri, TYPE)

    def instances(self, type_: str) -> tuple[str, ...]:
        """Return the things of a class.

        Parameters
        ----------
        type_ : str
            IRI of the class.

        Returns
        -------
        tuple of str
        """
        return self.subjects(TYPE, type_)

    def is_derived(self, iri: str) -> bool:
        """Whether a thing was computed from claims rather than read.

        Parameters
        ----------
        iri : str

        Returns
        -------
        bool
        """
        return iri in self._derived

    def name(self, iri: str) -> Literal:
        """Return the label of a thing with its language.

        Parameters
        ----------
        iri : str

        Returns
        -------
        Literal
            Of a partnership the names of its two; the last part of the IRI where a thing has no label.
        """
        known = self._labels.get(iri)
        if known is None:
            found = next((texts[0] for label in _LABELS if (texts := self.texts(iri, label))), None)
            known = self._labels[iri] = found or Literal(self._pair(iri) or _slug(iri), "", "")
        return known

    def _pair(self, iri: str) -> str:
        """Name a partnership by its two; empty for everything else."""
        return " and ".join(sorted(map(self.label, self.links(iri, CCIN + "partner")), key=str.casefold))

    def label(self, iri: str) -> str:
        """Return the label of a thing in the preferred language.

        Parameters
        ----------
        iri : str

        Returns
        -------
        str
            The last part of the IRI where a thing has no label.
        """
        return self.name(iri).value

    def short_title(self, iri: str) -> str:
        """Return the title of a publication, short enough to stand beside every claim.

        Parameters
        ----------
        iri : str

        Returns
        -------
        str
            Cut at a word where it is long, with the year.
        """
        title = self.label(iri)
        if len(title) <= _LONG_TITLE:
            return title
        year = self.text(iri, DCTERMS + "date")[:4]
        cut = title[: _LONG_TITLE - 8].rpartition(" ")[0].rstrip(" :,–-(")
        return f"{cut or title[:_LONG_TITLE]}… {year if year.isdigit() else ''}".strip()

    def kind_of(self, iri: str) -> Kind | None:
        """Return what a thing is.

        Parameters
        ----------
        iri : str

        Returns
        -------
        Kind or None
            None for what has no page of its own: claims, passages, areas, terms of the ontology.
        """
        return self._kinds.get(iri)

    def things(self, kind: Kind) -> list[str]:
        """Return the things of a kind, by their labels.

        Parameters
        ----------
        kind : Kind

        Returns
        -------
        list of str
        """
        return list(self._things[kind])

    def page(self, iri: str) -> str | None:
        """Return the path of the page, with the fragment, where a thing that the graph describes stands.

        Parameters
        ----------
        iri : str

        Returns
        -------
        str or None
        """
        return self.addresses.page(iri) if iri in self._forward else None

    def fragments(self, iri: str) -> tuple[str, ...]:
        """Return the things whose IRIs are that of another thing with a fragment: its claims.

        Parameters
        ----------
        iri : str

        Returns
        -------
        tuple of str
        """
        return tuple(self._fragments.get(iri, ()))

    def citations(self, iri: str) -> tuple[Citation, ...]:
        """Return where a claim, a document or an entity was read.

        Parameters
        ----------
        iri : str

        Returns
        -------
        tuple of Citation
            By publication and line; those of the claims it was derived from where it was computed.
        """
        section = self.link(iri, CCIN + "statedIn") or iri
        pages = self.text(section, CCIN + "pages")
        found: set[Citation] = set()
        for source in SOURCES:
            for target in self.links(iri, source):
                publication = self.link(target, CCIN + "publication")
                if publication is not None:
                    first, last = self.text(target, CCIN + "firstLine"), self.text(target, CCIN + "lastLine")
                    if _PART.fullmatch(first) and _PART.fullmatch(last):
                        href = self.addresses.page(target) or ""
                        cited = Citation(publication, self.short_title(publication), pages, int(first), int(last), href)
                        found.add(cited)
                elif self._kinds.get(target) is Kind.PUBLICATION:
                    found.add(Citation(target, self.short_title(target), "", 0, 0, self.page(target) or ""))
                elif target != iri and target not in self._kinds and target in self._forward:
                    found.update(self.citations(target))
        return tuple(sorted(found, key=lambda one: (one.label, one.publication, one.first, one.last, one.pages)))

    def _all_kinds(self) -> dict[str, Kind]:
        found: dict[str, Kind] = {}
        for type_, kind in reversed(_KINDS.items()):
            for iri in self._inverse.get(type_, {}).get(TYPE, ()):
                document = self.addresses.document(iri)
                if document is not None and "#" not in iri:
                    found[iri] = kind
        for predicate, kind in ((CCIN + "principle", Kind.PRINCIPLE), (DCTERMS + "subject", Kind.THEME)):
            for concept in self._of_schemes_used_by(predicate):
                if found.get(concept) is Kind.CONCEPT:
                    found[concept] = kind
        return dict(sorted(found.items()))

    def _of_schemes_used_by(self, predicate: str) -> set[str]:
        in_scheme = SKOS + "inScheme"
        used = {iri for iri, inverse in self._inverse.items() if predicate in inverse}
        schemes = {scheme for iri in used for scheme in self.links(iri, in_scheme)}
        return {concept for scheme in schemes for concept in self.subjects(in_scheme, scheme)}

    def _language_rank(self, literal: Literal) -> int:
        if not literal.language:
            return len(self._rank)
        full = self._rank.get(literal.language)
        if full is None:
            full = self._rank.get(literal.language.partition("-")[0])
        return len(self._rank) + 1 if full is None else full

    def _order(self, iri: str) -> tuple[str, str, str]:
        label = self.label(iri)
        return label.casefold(), label, iri


def _check(iri: str) -> None:
    """Refuse what a lenient reader lets through: a text that is no IRI would break the files it is written to."""
    try:
        ox.NamedNode(iri)
    except ValueError as error:
        raise SiteError(f"no IRI: {iri!r} ({error})", remedy="Write it with percent-encoding.") from error


def _check_text(text: ox.Literal) -> None:
    if text.direction is not None:
        raise SiteError(f"a text with a direction: {text}", remedy="Give it its language alone.")
    _check(text.datatype.value)
    try:
        ox.Literal("", language=text.language)
    except ValueError as error:
        raise SiteError(f"no language: {text} ({error})", remedy="Write its code, as in 'en'.") from error


def _term(value: Value) -> ox.NamedNode | ox.Literal:
    if not isinstance(value, Literal):
        return ox.NamedNode(value)
    if value.language:
        return ox.Literal(value.value, language=value.language)
    return ox.Literal(value.value, datatype=ox.NamedNode(value.datatype))


def _value_order(value: Value) -> tuple[bool, str, str, str]:
    if isinstance(value, Literal):
        return True, value.value, value.language, value.datatype
    return False, value, "", ""


def _slug(iri: str) -> str:
    return re.split(r"[/#]", iri.rstrip("/#"))[-1] or iri
