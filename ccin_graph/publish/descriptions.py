"""The dataset described for machines: VoID, DCAT 3, schema.org and DQV, on one node and its parts.

The Vocabulary of Interlinked Datasets counts and points, the Data Catalog Vocabulary lists what can be downloaded,
schema.org says the same to search engines, and the Data Quality Vocabulary holds what was measured.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.publish.data_files import WRITERS, ordered, turtle
from ccin_graph.publish.dumps import FOLDER, checksum, dataset_name
from ccin_graph.publish.negotiation import media_type
from ccin_graph.publish.resolution import common_address
from ccin_graph.vocabulary import BASE, CCIN, DCTERMS, OWL, PREFIXES, RDF, RDFS, SCHEMA, SKOS, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ccin_graph.publish.model import Model, Value
    from ccin_graph.publish.settings import Settings
    from ccin_graph.store import EmbeddedStore
    from ccin_graph.tree import Tree

DCAT = "http://www.w3.org/ns/dcat#"
FORMATS = "http://www.w3.org/ns/formats/"
SPDX = "http://spdx.org/rdf/terms#"
VOID = "http://rdfs.org/ns/void#"
_FOAF = PREFIXES["foaf"]
_IANA = "https://www.iana.org/assignments/media-types/"
_LANGUAGES = "http://id.loc.gov/vocabulary/iso639-1/"
_TYPE = RDF + "type"
#: Properties that link things of ours to things of others.
_LINKING = (
    DCTERMS + "spatial",
    OWL + "sameAs",
    *(SKOS + name for name in ("exactMatch", "closeMatch", "broadMatch", "narrowMatch", "relatedMatch")),
)
#: Forms of RDF, as VoID names them.
_RDF_FORMS = {
    "nq": "N-Quads", "trig": "TriG", "ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples",
}  # fmt: skip
_OTHER_FORMS = {"csv": "CSV", "graphml": "GraphML", "gexf": "GEXF"}
_SIMPLE = re.compile(r"[A-Za-z0-9._-]+")


def dataset_iri(settings: Settings) -> str:
    """Return the IRI of the dataset that a site publishes.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    str

    Examples
    --------
    >>> from ccin_graph.publish.settings import Settings
    >>> dataset_iri(Settings("A network", "https://example.org/id/organisation/net", "https://example.org/id/"))
    'https://example.org/id/dataset/net'
    """
    return f"{settings.base}dataset/{dataset_name(settings)}"


def write_descriptions(model: Model, store: EmbeddedStore, folder: Path, tree: Tree | None = None) -> int:
    """Write ``data/dataset`` as Turtle, JSON-LD and N-Triples, and the first of them as ``.well-known/void`` too.

    Parameters
    ----------
    model : Model
    store : EmbeddedStore
        The same graph, for what is asked of it.
    folder : Path
        Top of the site; the dumps, tables and networks must lie there already.
    tree : Tree, optional
        For the measurements of quality, which are left out without it.

    Returns
    -------
    int
        How many triples the description has.
    """
    described = list(description(model, store, folder))
    if tree is not None:
        described += _quality(store, model.settings, tree)
    triples = ordered(described, dataset_iri(model.settings))
    (folder / FOLDER).mkdir(parents=True, exist_ok=True)
    for ending, written in WRITERS.items():
        (folder / FOLDER / f"dataset.{ending}").write_bytes(written(triples))
    (folder / ".well-known").mkdir(parents=True, exist_ok=True)
    (folder / ".well-known" / "void").write_bytes(turtle(triples))
    return len(triples)


def description(model: Model, store: EmbeddedStore, folder: Path) -> Iterator[ox.Triple]:
    """Yield the description of the dataset and of its parts, but for its quality.

    Parameters
    ----------
    model : Model
    store : EmbeddedStore
        The same graph, for its named graphs.
    folder : Path
        Top of the site.

    Yields
    ------
    pyoxigraph.Triple
        Without blank nodes.
    """
    describing = _Describing(model, folder)
    yield from describing.itself()
    yield from describing.partitions()
    yield from describing.graphs(store)
    yield from describing.links()
    yield from describing.downloads()


@dataclass(slots=True)
class _Property:
    """How often a property is used, and with what."""

    triples: int = 0
    subjects: int = 0
    objects: set[Value] = field(default_factory=set)


class _Describing:
    def __init__(self, model: Model, folder: Path) -> None:
        settings = model.settings
        self.model = model
        self.settings = settings
        self.folder = folder
        self.dataset = dataset_iri(settings)
        self.top = settings.home or common_address(settings)
        self.language = settings.languages[0]
        self.said: dict[str, int] = {}
        self.properties: dict[str, _Property] = defaultdict(_Property)
        for iri in model:
            self.said[iri] = 0
            for predicate in model.predicates(iri):
                values = model.values(iri, predicate)
                self.said[iri] += len(values)
                used = self.properties[predicate]
                used.triples += len(values)
                used.subjects += 1
                used.objects.update(values)
        self.classes = {one for one in self.properties[_TYPE].objects if isinstance(one, str)}

    def itself(self) -> Iterator[ox.Triple]:
        from ccin_graph import __version__

        settings = self.settings
        for type_ in (VOID + "Dataset", DCAT + "Dataset", SCHEMA + "Dataset"):
            yield _link(self.dataset, _TYPE, type_)
        texts = {"title": settings.title, "name": settings.title, "description": settings.description}
        for property_ in (DCTERMS + "title", DCTERMS + "description", SCHEMA + "name", SCHEMA + "description"):
            text = texts[property_.rpartition("/")[2]]
            if text:
                yield self._text(self.dataset, property_, text)
        yield from self._rights()
        for property_ in (DCAT + "landingPage", SCHEMA + "url", _FOAF + "homepage"):
            yield _link(self.dataset, property_, f"{self.top}index.html" if settings.home else self.top)
        for property_ in (DCAT + "version", SCHEMA + "version"):
            yield _plain(self.dataset, property_, __version__)
        yield _typed(self.dataset, SCHEMA + "isAccessibleForFree", "true", "boolean")
        for language in settings.languages:
            if len(language) == 2:
                yield _link(self.dataset, DCTERMS + "language", _LANGUAGES + language)
            yield _plain(self.dataset, SCHEMA + "inLanguage", language)
        yield _link(self.dataset, DCTERMS + "conformsTo", CCIN.removesuffix("#"))
        yield _link(self.dataset, VOID + "rootResource", settings.network)
        yield _plain(self.dataset, VOID + "uriSpace", settings.base)
        yield from self._counts()

    def _rights(self) -> Iterator[ox.Triple]:
        if self.settings.licence:
            yield _link(self.dataset, DCTERMS + "license", self.settings.licence)
            yield _link(self.dataset, SCHEMA + "license", self.settings.licence)
        if self.settings.publisher:
            publisher = f"{self.dataset}#publisher"
            yield _link(publisher, _TYPE, _FOAF + "Agent")
            yield _plain(publisher, _FOAF + "name", self.settings.publisher)
            yield _plain(publisher, SCHEMA + "name", self.settings.publisher)
            yield _link(self.dataset, DCTERMS + "publisher", publisher)
            yield _link(self.dataset, SCHEMA + "publisher", publisher)

    def _counts(self) -> Iterator[ox.Triple]:
        counted = {
            "triples": sum(self.said.values()),
            "entities": sum(iri.startswith(self.settings.base) for iri in self.said),
            "classes": len(self.classes),
            "properties": len(self.properties),
            "distinctSubjects": len(self.said),
            "distinctObjects": len(set().union(*(used.objects for used in self.properties.values()))),
            "documents": len({self.model.addresses.document(iri) for iri in self.said} - {None}),
        }
        for name, count in counted.items():
            yield _typed(self.dataset, VOID + name, str(count), "integer")
        terms = self.classes | self.properties.keys()
        for namespace in sorted({_namespace(term) for term in terms} - {self.settings.base}):
            yield _link(self.dataset, VOID + "vocabulary", namespace)
        for form in ("Turtle", "JSON-LD", "N-Triples"):
            yield _link(self.dataset, VOID + "feature", FORMATS + form)
        for example in self._examples():
            yield _link(self.dataset, VOID + "exampleResource", example)
        for publication in self.model.instances(CCIN + "Publication"):
            yield _link(self.dataset, DCTERMS + "source", publication)
            yield _link(self.dataset, SCHEMA + "isBasedOn", publication)

    def _examples(self) -> Iterator[str]:
        # The one of each kind of which most is said, so that there is something to see.
        for class_ in ("Council", "Project", "CaseStudy", "Output", "MembershipListing", "Publication", "Partnership"):
            found = self.model.instances(CCIN + class_)
            if found:
                yield max(found, key=lambda iri: (self.said[iri], iri))

    def partitions(self) -> Iterator[ox.Triple]:
        for class_ in self.classes:
            things = self.model.instances(class_)
            part = self._part("class", class_)
            yield _link(self.dataset, VOID + "classPartition", part)
            yield _link(part, _TYPE, VOID + "Dataset")
            yield _link(part, VOID + "class", class_)
            yield _typed(part, VOID + "entities", str(len(things)), "integer")
            yield _typed(part, VOID + "triples", str(sum(self.said[thing] for thing in things)), "integer")
        for property_, used in self.properties.items():
            part = self._part("property", property_)
            yield _link(self.dataset, VOID + "propertyPartition", part)
            yield _link(part, _TYPE, VOID + "Dataset")
            yield _link(part, VOID + "property", property_)
            yield _typed(part, VOID + "triples", str(used.triples), "integer")
            yield _typed(part, VOID + "distinctSubjects", str(used.subjects), "integer")
            yield _typed(part, VOID + "distinctObjects", str(len(used.objects)), "integer")

    def _part(self, of: str, iri: str) -> str:
        short = shorten(iri).replace(":", ".")
        name = short if _SIMPLE.fullmatch(short) else hashlib.sha256(iri.encode()).hexdigest()[:16]
        return f"{self.dataset}#{of}.{name}"

    def graphs(self, store: EmbeddedStore) -> Iterator[ox.Triple]:
        counted = Counter(quad.graph_name.value for quad in store.quads() if isinstance(quad.graph_name, ox.NamedNode))
        by_slug = {iri.rpartition("/")[2]: iri for iri in self.model.instances(CCIN + "Publication")}
        for graph, count in counted.items():
            slug = graph.rpartition("/")[2]
            yield _link(self.dataset, VOID + "subset", graph)
            yield _link(graph, _TYPE, VOID + "Dataset")
            yield self._text(graph, DCTERMS + "title", f"{self.settings.title}: graph {slug}")
            yield _typed(graph, VOID + "triples", str(count), "integer")
            if slug in by_slug:
                yield _link(graph, DCTERMS + "source", by_slug[slug])

    def links(self) -> Iterator[ox.Triple]:
        counted: Counter[tuple[str, str]] = Counter()
        for iri in self.model:
            for property_ in _LINKING:
                for other in self.model.links(iri, property_):
                    if self.model.addresses.document(other) is None:
                        counted[property_, _namespace(other)] += 1
        for (property_, space), count in counted.items():
            name = hashlib.sha256(f"{property_} {space}".encode()).hexdigest()[:16]
            links = f"{self.dataset}#links.{name}"
            other = f"{self.dataset}#target.{hashlib.sha256(space.encode()).hexdigest()[:16]}"
            yield _link(other, _TYPE, VOID + "Dataset")
            yield _plain(other, VOID + "uriSpace", space)
            yield _link(links, _TYPE, VOID + "Linkset")
            yield _link(links, VOID + "subjectsTarget", self.dataset)
            yield _link(links, VOID + "objectsTarget", other)
            yield _link(links, VOID + "linkPredicate", property_)
            yield _typed(links, VOID + "triples", str(count), "integer")
            yield _link(self.dataset, VOID + "subset", links)

    def downloads(self) -> Iterator[ox.Triple]:
        target = self.folder / FOLDER
        for path in sorted(path for path in target.rglob("*") if path.is_file()):
            ending = path.name.removesuffix(".gz").rpartition(".")[2]
            if ending in _OTHER_FORMS or (path.parent == target and path.name.endswith(".gz") and ending in _RDF_FORMS):
                yield from self._download(path, ending)

    def _download(self, path: Path, ending: str) -> Iterator[ox.Triple]:
        place = path.relative_to(self.folder).as_posix()
        inner, form = place.removeprefix(f"{FOLDER}/"), _RDF_FORMS.get(ending) or _OTHER_FORMS[ending]
        node = f"{self.dataset}#download.{inner.replace('/', '.')}"
        type_ = media_type(place.removesuffix(".gz")).partition(";")[0]
        yield _link(self.dataset, DCAT + "distribution", node)
        yield _link(self.dataset, SCHEMA + "distribution", node)
        for class_ in (DCAT + "Distribution", SCHEMA + "DataDownload"):
            yield _link(node, _TYPE, class_)
        yield self._text(node, DCTERMS + "title", f"{inner} ({form})")
        yield _plain(node, SCHEMA + "name", inner)
        for property_ in (DCAT + "downloadURL", DCAT + "accessURL", SCHEMA + "contentUrl"):
            yield _link(node, property_, self.top + place)
        yield _link(node, DCAT + "mediaType", _IANA + type_)
        yield _plain(node, SCHEMA + "encodingFormat", type_)
        if path.name.endswith(".gz"):
            yield _link(node, DCAT + "compressFormat", _IANA + "application/gzip")
        size = path.stat().st_size
        yield _typed(node, DCAT + "byteSize", str(size), "nonNegativeInteger")
        yield _plain(node, SCHEMA + "contentSize", f"{size} B")
        if self.settings.licence:
            yield _link(node, DCTERMS + "license", self.settings.licence)
        if ending in _RDF_FORMS:
            yield _link(self.dataset, VOID + "dataDump", self.top + place)
        if ending == "csv" and path.parent.name == "tables":
            yield _link(node, DCTERMS + "conformsTo", "https://www.w3.org/TR/tabular-data-model/")
            yield _link(node, RDFS + "seeAlso", f"{self.top}{FOLDER}/tables/csv-metadata.json")
        yield _link(node, SPDX + "checksum", f"{node}.sha256")
        yield _link(f"{node}.sha256", _TYPE, SPDX + "Checksum")
        yield _link(f"{node}.sha256", SPDX + "algorithm", SPDX + "checksumAlgorithm_sha256")
        yield _typed(f"{node}.sha256", SPDX + "checksumValue", checksum(path), "hexBinary")

    def _text(self, subject: str, property_: str, text: str) -> ox.Triple:
        value = ox.Literal(text, language=self.language)
        return ox.Triple(ox.NamedNode(subject), ox.NamedNode(property_), value)


def _quality(store: EmbeddedStore, settings: Settings, tree: Tree) -> Iterator[ox.Triple]:
    """Yield what was measured of the dataset, of what the graph alone tells."""
    from dataclasses import replace

    from ccin_graph.validate.quality import DATASET, measure_quality, quality_quads

    statement = measure_quality(store, None, tree)
    if settings.base != BASE:
        # The parts of another network are not found by their publications.
        whole = tuple(one for one in statement.measurements if not one.publication)
        statement = replace(statement, measurements=whole)

    def own(term: object) -> object:
        if isinstance(term, ox.NamedNode) and term.value == DATASET:
            return ox.NamedNode(dataset_iri(settings))
        if isinstance(term, ox.NamedNode) and term.value.startswith(BASE):
            return ox.NamedNode(settings.base + term.value.removeprefix(BASE))
        return term

    for quad in quality_quads(statement):
        subject, value = own(quad.subject), own(quad.object)
        assert isinstance(subject, ox.NamedNode)
        assert isinstance(value, ox.NamedNode | ox.Literal)
        yield ox.Triple(subject, quad.predicate, value)


def _namespace(iri: str) -> str:
    return iri[: max(iri.rfind("#"), iri.rfind("/")) + 1]


def _link(subject: str, property_: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(property_), ox.NamedNode(value))


def _plain(subject: str, property_: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(property_), ox.Literal(value))


def _typed(subject: str, property_: str, value: str, datatype: str) -> ox.Triple:
    term = ox.Literal(value, datatype=ox.NamedNode(XSD + datatype))
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(property_), term)
