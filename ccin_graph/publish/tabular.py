"""What the tables of a site are: their columns, keys and rows, before they are written in any form."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.vocabulary import CCIN, DCTERMS, ORG, PREFIXES, PROV, SCHEMA, SKOS

if TYPE_CHECKING:
    from ccin_graph.publish.model import Model

#: A cell: a text, the texts of a list, or nothing.
Cell = str | tuple[str, ...]
Row = tuple[Cell, ...]

_FOAF, _GEO = PREFIXES["foaf"], PREFIXES["geo"]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    name : str
    about : str
        What stands in it.
    datatype : str, default "string"
        Of XML Schema: ``string``, ``integer``, ``decimal``, ``date``, ``boolean``, ``anyURI``.
    required : bool, default False
        Whether every row has it.
    many : bool, default False
        Whether it holds a list.
    key : str, optional
        The table whose ``id`` it names.
    term : str, optional
        IRI of the property that it gives the value of.
    """

    name: str
    about: str
    datatype: str = "string"
    required: bool = False
    many: bool = False
    key: str = ""
    term: str = ""

    @property
    def cells(self) -> str:
        """Datatype of its cells, which is that of an IRI where they name things."""
        return "anyURI" if self.key else self.datatype


@dataclass(frozen=True, slots=True)
class Table:
    """A table.

    Parameters
    ----------
    name : str
    about : str
        What a row is.
    columns : tuple of Column
        The first is ``id`` and tells the rows apart, unless `keys` says what does.
    rows : callable
        From the model to the rows, in order.
    keys : tuple of str, default ("id",)
        Columns that tell the rows apart.
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: Callable[[Model], Iterator[Row]]
    keys: tuple[str, ...] = ("id",)


def _id(about: str) -> Column:
    return Column("id", f"IRI of {about}", "anyURI", required=True)


def _name(of: str, what: str) -> Column:
    return Column(f"{of}_name", f"name of the {what}, for reading; it follows from {of}")


def _ids(model: Model, iri: str, predicate: str) -> tuple[str, ...]:
    return model.links(iri, predicate)


def _one(model: Model, iri: str, predicate: str) -> str:
    return model.link(iri, predicate) or ""


def _others(model: Model, iri: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(literal.value for literal in model.texts(iri, SKOS + "altLabel")))


def _named(model: Model, iri: str | None) -> tuple[Cell, Cell]:
    """Return a thing and its name, two columns side by side."""
    return ("", "") if iri is None else (iri, model.label(iri))


def _organisations(model: Model) -> Iterator[Row]:
    for iri in model.instances(ORG + "Organization"):
        kind = model.kind_of(iri)
        area = model.link(iri, DCTERMS + "spatial") or ""
        yield (
            iri,
            model.label(iri),
            _others(model, iri),
            kind.one if kind else "",
            _ids(model, iri, ORG + "classification"),
            _one(model, iri, CCIN + "region"),
            model.text(area, SKOS + "notation"),
            model.text(area, _GEO + "lat"),
            model.text(area, _GEO + "long"),
            model.link(iri, _FOAF + "homepage") or "",
        )


def _projects(model: Model) -> Iterator[Row]:
    for iri in model.instances(CCIN + "Project"):
        yield (
            iri,
            model.label(iri),
            _others(model, iri),
            model.text(iri, DCTERMS + "abstract"),
            _one(model, iri, CCIN + "projectKind"),
            _ids(model, iri, CCIN + "partOf"),
            _ids(model, iri, CCIN + "fundedThrough"),
            _ids(model, iri, DCTERMS + "subject"),
            model.text(iri, CCIN + "period"),
            model.text(iri, CCIN + "earliest"),
            model.text(iri, CCIN + "latest"),
        )


def _participations(model: Model) -> Iterator[Row]:
    for iri in model.instances(CCIN + "Participation"):
        role = model.link(iri, PROV + "hadRole")
        yield (
            iri,
            *_named(model, model.link(iri, CCIN + "project")),
            *_named(model, model.link(iri, PROV + "agent")),
            *_named(model, role),
            model.text(role or "", CCIN + "working"),
            model.text(iri, CCIN + "printed"),
            _one(model, iri, CCIN + "statedIn"),
        )


def _principle_claims(model: Model) -> Iterator[Row]:
    for iri in model.instances(CCIN + "PrincipleClaim"):
        yield (
            iri,
            *_named(model, model.link(iri, CCIN + "project")),
            *_named(model, model.link(iri, CCIN + "principle")),
            _one(model, iri, CCIN + "basis"),
            _one(model, iri, CCIN + "statedIn"),
        )


def _figures(model: Model) -> Iterator[Row]:
    for iri in model.instances(CCIN + "Figure"):
        yield (
            iri,
            *_named(model, model.link(iri, CCIN + "about")),
            model.text(iri, CCIN + "measure"),
            _one(model, iri, CCIN + "measureKind"),
            model.text(iri, SCHEMA + "value"),
            model.text(iri, SCHEMA + "minValue"),
            model.text(iri, SCHEMA + "maxValue"),
            _one(model, iri, CCIN + "unit"),
            _one(model, iri, CCIN + "per"),
            model.text(iri, CCIN + "perValue"),
            _one(model, iri, CCIN + "change"),
            _one(model, iri, CCIN + "qualifier"),
            _one(model, iri, CCIN + "status"),
            model.text(iri, CCIN + "period"),
            _one(model, iri, CCIN + "statedIn"),
        )


def _memberships(model: Model) -> Iterator[Row]:
    for iri in model.instances(CCIN + "NetworkMembership"):
        yield (
            iri,
            *_named(model, model.link(iri, ORG + "member")),
            _one(model, iri, ORG + "organization"),
            _one(model, iri, ORG + "role"),
            model.text(iri, CCIN + "firstSeen"),
            model.text(iri, CCIN + "lastSeen"),
            _one(model, iri, CCIN + "endStatus"),
        )


def _case_studies(model: Model) -> Iterator[Row]:
    for iri in model.instances(CCIN + "CaseStudy"):
        yield (
            iri,
            model.label(iri),
            _one(model, iri, DCTERMS + "isPartOf"),
            model.text(iri, CCIN + "pages"),
            _one(model, iri, CCIN + "within"),
            model.text(iri, DCTERMS + "abstract"),
            _ids(model, iri, SCHEMA + "about"),
            _ids(model, iri, DCTERMS + "subject"),
        )


def _partnerships(model: Model) -> Iterator[Row]:
    for iri in model.instances(CCIN + "Partnership"):
        one, other = (*model.links(iri, CCIN + "partner"), None, None)[:2]
        yield (
            iri,
            *_named(model, one),
            *_named(model, other),
            model.text(iri, CCIN + "weight"),
            _ids(model, iri, CCIN + "through"),
        )


def _people(model: Model) -> Iterator[Row]:
    for iri in model.instances(_FOAF + "Person"):
        yield iri, model.label(iri), _others(model, iri)


def _posts(model: Model) -> Iterator[Row]:
    for iri in model.instances(CCIN + "Post"):
        yield (
            iri,
            *_named(model, model.link(iri, ORG + "member")),
            *_named(model, model.link(iri, ORG + "organization")),
            _one(model, iri, ORG + "role"),
            model.text(iri, CCIN + "postTitle"),
            model.text(iri, CCIN + "period"),
        )


def _publications(model: Model) -> Iterator[Row]:
    for iri in model.instances(CCIN + "Publication"):
        yield (
            iri,
            model.label(iri),
            model.text(iri, DCTERMS + "date"),
            _ids(model, iri, DCTERMS + "publisher"),
            model.text(iri, CCIN + "lineCount"),
            model.text(iri, CCIN + "textDigest"),
        )


def _passages(model: Model) -> Iterator[Row]:
    for iri in model.instances(CCIN + "Passage"):
        yield (
            iri,
            _one(model, iri, CCIN + "publication"),
            model.text(iri, CCIN + "firstLine"),
            model.text(iri, CCIN + "lastLine"),
        )


def _evidence(model: Model) -> Iterator[Row]:
    passages = set(model.instances(CCIN + "Passage"))
    for iri in model.instances(CCIN + "Claim"):
        for source in (PROV + "wasDerivedFrom", DCTERMS + "source"):
            for passage in model.links(iri, source):
                if passage in passages:
                    yield iri, passage


def _concepts(model: Model) -> Iterator[Row]:
    for iri in model.instances(SKOS + "Concept"):
        yield (
            iri,
            model.label(iri),
            _ids(model, iri, SKOS + "inScheme"),
            _ids(model, iri, SKOS + "broader"),
            model.text(iri, SKOS + "definition"),
        )


_SECTION = Column("section", "the case study, list or event that says so", "anyURI", term=CCIN + "statedIn")
_PROJECT = (
    Column("project", "the project it is about", required=True, key="projects", term=CCIN + "project"),
    _name("project", "project"),
)
_NAMES = Column("other_names", "every other name met", many=True, term=SKOS + "altLabel")


def _concept(name: str, about: str, property_: str, *, required: bool = False, many: bool = False) -> Column:
    return Column(name, about, required=required, many=many, key="concepts", term=property_)


TABLES: tuple[Table, ...] = (
    Table(
        "organisations", "A council, a group, an affiliate, a partner or another body.",
        (
            _id("the organisation"),
            Column("name", "preferred name", required=True, term=SKOS + "prefLabel"),
            _NAMES,
            Column("kind", "what sort of body the site takes it for"),
            _concept("classification", "kinds of organisation", ORG + "classification", many=True),
            _concept("region", "region of England, or nation", CCIN + "region"),
            Column("gss_code", "code of the area that a council governs"),
            Column("latitude", "of the area's centre, WGS 84", "decimal"),
            Column("longitude", "of the area's centre, WGS 84", "decimal"),
            Column("website", "its own", "anyURI", term=_FOAF + "homepage"),
        ),
        _organisations,
    ),
    Table(
        "projects", "An undertaking with an aim: project, programme, policy lab, hub, campaign, scheme, fund.",
        (
            _id("the project"),
            Column("name", "preferred name", required=True, term=SKOS + "prefLabel"),
            _NAMES,
            Column("summary", "what it is, in the curators' words", term=DCTERMS + "abstract"),
            _concept("kind", "what sort of undertaking", CCIN + "projectKind"),
            Column("part_of", "the larger projects", many=True, key="projects", term=CCIN + "partOf"),
            Column("funded_through", "the funds", many=True, key="projects", term=CCIN + "fundedThrough"),
            _concept("themes", "what it is about", DCTERMS + "subject", many=True),
            Column("period", "when, as EDTF", term=CCIN + "period"),
            Column("earliest", "first day the period can mean", "date", term=CCIN + "earliest"),
            Column("latest", "last day the period can mean", "date", term=CCIN + "latest"),
        ),
        _projects,
    ),
    Table(
        "participations", "An organisation took part in a project in a role, as a source says.",
        (
            _id("the claim"),
            *_PROJECT,
            Column("organisation", "who took part", required=True, key="organisations", term=PROV + "agent"),
            _name("organisation", "organisation"),
            _concept("role", "in which role", PROV + "hadRole", required=True),
            _name("role", "role"),
            Column("working", "whether who has the role took a share in the work", "boolean"),
            Column("printed", "the name as printed, where it is another", term=CCIN + "printed"),
            _SECTION,
        ),
        _participations,
    ),
    Table(
        "principle-claims", "A project puts a principle or value into practice, as a source shows.",
        (
            _id("the claim"),
            *_PROJECT,
            _concept("principle", "the principle or value", CCIN + "principle", required=True),
            _name("principle", "principle"),
            _concept("basis", "stated by the text, or interpreted by the curator", CCIN + "basis", required=True),
            _SECTION,
        ),
        _principle_claims,
    ),
    Table(
        "figures", "A number that a source gives for scale, cost or outcome.",
        (
            _id("the claim"),
            Column("about", "project, organisation, network or place", "anyURI", required=True, term=CCIN + "about"),
            _name("about", "thing"),
            Column("measure", "what it counts or measures", required=True, term=CCIN + "measure"),
            _concept("measure_kind", "people, money, homes, time, share, ratio, count", CCIN + "measureKind"),
            Column("value", "the number", "decimal", term=SCHEMA + "value"),
            Column("minimum", "of a range", "decimal", term=SCHEMA + "minValue"),
            Column("maximum", "of a range", "decimal", term=SCHEMA + "maxValue"),
            _concept("unit", "what it is counted in", CCIN + "unit"),
            _concept("per", "for each of which unit", CCIN + "per"),
            Column("per_value", "of how many of them, where it is not one", "decimal", term=CCIN + "perValue"),
            _concept("change", "level, increase or decrease", CCIN + "change"),
            _concept("qualifier", "how exactly it is printed", CCIN + "qualifier"),
            _concept("status", "actual, target or estimate", CCIN + "status"),
            Column("period", "when, as EDTF", term=CCIN + "period"),
            _SECTION,
        ),
        _figures,
    ),
    Table(
        "memberships", "A body belonged to a network in a category, as far as the dated lists tell.",
        (
            _id("the membership"),
            Column("organisation", "the member", required=True, key="organisations", term=ORG + "member"),
            _name("organisation", "organisation"),
            Column("network", "whose member", required=True, key="organisations", term=ORG + "organization"),
            _concept("category", "of membership", ORG + "role", required=True),
            Column("first_seen", "date of the first list that shows it, as EDTF", term=CCIN + "firstSeen"),
            Column("last_seen", "date of the last list that shows it, as EDTF", term=CCIN + "lastSeen"),
            _concept("end", "what is known of its end: open, closed or unknown", CCIN + "endStatus"),
        ),
        _memberships,
    ),
    Table(
        "case-studies", "A section of a publication that tells of projects.",
        (
            _id("the section"),
            Column("title", "as printed", required=True, term=DCTERMS + "title"),
            Column("publication", "where it stands", required=True, key="publications", term=DCTERMS + "isPartOf"),
            Column("pages", "printed pages", term=CCIN + "pages"),
            Column("within", "the section it is part of", key="case-studies", term=CCIN + "within"),
            Column("summary", "in the curators' words", term=DCTERMS + "abstract"),
            Column("projects", "what it tells of", many=True, key="projects", term=SCHEMA + "about"),
            _concept("themes", "its themes", DCTERMS + "subject", many=True),
        ),
        _case_studies,
    ),
    Table(
        "partnerships", "Two organisations worked together; derived from who led and who worked in a project.",
        (
            _id("the partnership"),
            Column("one", "a partner", required=True, key="organisations"),
            _name("one", "partner"),
            Column("other", "the other partner", required=True, key="organisations"),
            _name("other", "partner"),
            Column("weight", "how many projects support it", "integer", required=True, term=CCIN + "weight"),
            Column("projects", "through which", many=True, key="projects", term=CCIN + "through"),
        ),
        _partnerships,
    ),
    Table(
        "people", "A person in a public role.",
        (
            _id("the person"),
            Column("name", "preferred name", required=True, term=SKOS + "prefLabel"),
            _NAMES,
        ),
        _people,
    ),
    Table(
        "posts", "A person holds a public or named office in a body, as a source tells.",
        (
            _id("the claim"),
            Column("person", "who", required=True, key="people", term=ORG + "member"),
            _name("person", "person"),
            Column("organisation", "where", required=True, key="organisations", term=ORG + "organization"),
            _name("organisation", "organisation"),
            _concept("office", "which office", ORG + "role"),
            Column("title", "the office as printed", term=CCIN + "postTitle"),
            Column("period", "when, as EDTF", term=CCIN + "period"),
        ),
        _posts,
    ),
    Table(
        "publications", "A document that claims are read in.",
        (
            _id("the publication"),
            Column("title", "its title", required=True, term=DCTERMS + "title"),
            Column("date", "of publication, as EDTF", term=DCTERMS + "date"),
            Column("publishers", "who published it", many=True, key="organisations", term=DCTERMS + "publisher"),
            Column("lines", "of its plain text", "integer", term=CCIN + "lineCount"),
            Column("text_sha256", "SHA-256 of its plain text", term=CCIN + "textDigest"),
        ),
        _publications,
    ),
    Table(
        "passages", "Lines of the plain text of a publication.",
        (
            _id("the passage"),
            Column("publication", "of which", required=True, key="publications", term=CCIN + "publication"),
            Column("first_line", "counted from 1", "integer", required=True, term=CCIN + "firstLine"),
            Column("last_line", "counted from 1", "integer", required=True, term=CCIN + "lastLine"),
        ),
        _passages,
    ),
    Table(
        "evidence", "A claim of any of the tables, and a passage it rests on.",
        (
            Column("claim", "the claim", "anyURI", required=True),
            Column("passage", "what it was read in", required=True, key="passages", term=PROV + "wasDerivedFrom"),
        ),
        _evidence,
        ("claim", "passage"),
    ),
    Table(
        "concepts", "A concept of one of the schemes: role, principle, theme, kind, unit …",
        (
            _id("the concept"),
            Column("name", "preferred label", required=True, term=SKOS + "prefLabel"),
            Column("schemes", "the schemes it stands in", "anyURI", many=True, term=SKOS + "inScheme"),
            Column("broader", "the broader concepts", many=True, key="concepts", term=SKOS + "broader"),
            Column("definition", "what it means", term=SKOS + "definition"),
        ),
        _concepts,
    ),
)  # fmt: skip
"""The tables of a site."""
