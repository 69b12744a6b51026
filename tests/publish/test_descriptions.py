"""The description of the dataset: every number held against the graph, every file against the folder."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
import rdflib

from ccin_graph.publish.addresses import Addresses
from ccin_graph.publish.descriptions import DCAT, FORMATS, SPDX, VOID, dataset_iri, write_descriptions
from ccin_graph.publish.dumps import checksum, write_dumps
from ccin_graph.publish.model import Model
from ccin_graph.publish.settings import Settings
from ccin_graph.publish.tables import write_tables
from ccin_graph.validate.quality import DQV
from ccin_graph.vocabulary import BASE, DCTERMS, RDF, SCHEMA

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.store import EmbeddedStore
    from tests.conftest import Project

SETTINGS = Settings(
    "A network", BASE + "organisation/harbour-network", BASE, "https://site.example/net/", "Who works with whom.",
    "The curators", "https://creativecommons.org/licenses/by/4.0/", languages=("en", "cy"),
)  # fmt: skip
DATASET = BASE + "dataset/harbour-network"
FORMS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}


def made(store: EmbeddedStore, settings: Settings, folder: Path, project: Project) -> Path:
    write_dumps(store, settings, folder)
    model = Model(store.quads(), settings)
    write_tables(model, folder)
    (folder / "data" / "network").mkdir()
    (folder / "data" / "network" / "council-council.graphml").write_text("<graphml/>", "utf-8")
    write_descriptions(model, store, folder, project.tree)
    return folder


@pytest.fixture(scope="module")
def folder(store: EmbeddedStore, clean: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return made(store, SETTINGS, tmp_path_factory.mktemp("site"), clean)


@pytest.fixture(scope="module")
def described(folder: Path) -> ox.Store:
    found = ox.Store()
    found.load(path=str(folder / "data" / "dataset.ttl"), format=ox.RdfFormat.TURTLE)
    return found


def values(described: ox.Store, subject: str, property_: str) -> list[str]:
    quads = described.quads_for_pattern(ox.NamedNode(subject), ox.NamedNode(property_), None)
    return sorted(str(getattr(quad.object, "value", "")) for quad in quads)


def one(described: ox.Store, subject: str, property_: str) -> str:
    (found,) = values(described, subject, property_)
    return found


def asked(store: EmbeddedStore, query: str) -> Iterator[tuple[str, ...]]:
    for row in store.select(query).rows:
        yield tuple(str(getattr(term, "value", "")) for term in row)


def number(store: EmbeddedStore, what: str, pattern: str = "?s ?p ?o") -> str:
    ((found,),) = asked(store, f"SELECT (COUNT({what}) AS ?n) {{ {pattern} }}")
    return found


def of_ours(store: EmbeddedStore) -> set[str | None]:
    subjects = {quad.subject.value for quad in store.quads() if isinstance(quad.subject, ox.NamedNode)}
    return {Addresses(BASE).document(subject) for subject in subjects} - {None}


def test_the_three_forms_say_the_same(folder: Path) -> None:
    said = [
        {quad.triple for quad in ox.parse(path=str(folder / "data" / f"dataset.{ending}"), format=form)}
        for ending, form in FORMS.items()
    ]
    assert said[0] == said[1] == said[2]
    assert (folder / ".well-known" / "void").read_bytes() == (folder / "data" / "dataset.ttl").read_bytes()
    assert not any(isinstance(term, ox.BlankNode) for triple in said[0] for term in (triple.subject, triple.object))


def test_the_counts_are_those_of_the_graph(described: ox.Store, store: EmbeddedStore) -> None:
    counted = {
        "triples": number(store, "*"),
        "distinctSubjects": number(store, "DISTINCT ?s"),
        "distinctObjects": number(store, "DISTINCT ?o"),
        "properties": number(store, "DISTINCT ?p"),
        "classes": number(store, "DISTINCT ?o", "?s a ?o"),
        "entities": number(store, "DISTINCT ?s", f"?s ?p ?o FILTER(STRSTARTS(STR(?s), '{BASE}'))"),
        "documents": str(len(of_ours(store))),
    }
    assert {name: one(described, DATASET, VOID + name) for name in counted} == counted


def test_the_partitions_are_those_of_the_graph(described: ox.Store, store: EmbeddedStore) -> None:
    classes = {
        one(described, part, VOID + "class"): (
            one(described, part, VOID + "entities"),
            one(described, part, VOID + "triples"),
        )
        for part in values(described, DATASET, VOID + "classPartition")
    }
    query = "SELECT ?c (COUNT(DISTINCT ?s) AS ?n) (COUNT(*) AS ?t) { ?s a ?c ; ?p ?o } GROUP BY ?c"
    assert classes == {class_: (things, triples) for class_, things, triples in asked(store, query)}
    names = ("triples", "distinctSubjects", "distinctObjects")
    properties = {
        one(described, part, VOID + "property"): tuple(one(described, part, VOID + name) for name in names)
        for part in values(described, DATASET, VOID + "propertyPartition")
    }
    query = "SELECT ?p (COUNT(*) AS ?t) (COUNT(DISTINCT ?s) AS ?n) (COUNT(DISTINCT ?o) AS ?m) { ?s ?p ?o } GROUP BY ?p"
    assert properties == {property_: tuple(counts) for property_, *counts in asked(store, query)}


def test_the_named_graphs(described: ox.Store, store: EmbeddedStore) -> None:
    subsets = values(described, DATASET, VOID + "subset")
    graphs = {iri: one(described, iri, VOID + "triples") for iri in subsets if iri.startswith(BASE + "graph/")}
    query = "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"
    assert set(graphs.items()) == set(asked(store, query))
    source = one(described, BASE + "graph/tide-2021", DCTERMS + "source")
    assert source == BASE + "publication/tide-2021"


def test_the_links_to_others(described: ox.Store, store: EmbeddedStore) -> None:
    linksets = [iri for iri in values(described, DATASET, VOID + "subset") if "#links." in iri]
    areas = [iri for iri in linksets if one(described, iri, VOID + "linkPredicate") == DCTERMS + "spatial"]
    (links,) = areas
    space = one(described, one(described, links, VOID + "objectsTarget"), VOID + "uriSpace")
    counted = number(store, "*", f"?s <{DCTERMS}spatial> ?o FILTER(STRSTARTS(STR(?o), '{space}'))")
    assert one(described, links, VOID + "triples") == counted != "0"
    assert all(one(described, iri, RDF + "type") == VOID + "Linkset" for iri in linksets)


def test_every_example_is_a_page_of_the_site(described: ox.Store, store: EmbeddedStore) -> None:
    examples = values(described, DATASET, VOID + "exampleResource")
    assert len(examples) >= 5
    assert {Addresses(BASE).document(example) for example in examples} <= of_ours(store)


def test_every_download_is_there_as_described(described: ox.Store, folder: Path) -> None:
    nodes = values(described, DATASET, DCAT + "distribution")
    assert nodes == values(described, DATASET, SCHEMA + "distribution")
    places = {}
    for node in nodes:
        url = one(described, node, DCAT + "downloadURL")
        path = folder / url.removeprefix(SETTINGS.home)
        places[path] = url
        assert one(described, node, DCAT + "byteSize") == str(path.stat().st_size)
        assert one(described, one(described, node, SPDX + "checksum"), SPDX + "checksumValue").lower() == checksum(path)
        assert one(described, node, SCHEMA + "contentUrl") == url
        gzipped = values(described, node, DCAT + "compressFormat")
        assert bool(gzipped) is (path.suffix == ".gz")
    expected = {path for path in (folder / "data").rglob("*") if path.suffix in (".gz", ".csv", ".graphml")}
    assert set(places) == expected
    dumps = values(described, DATASET, VOID + "dataDump")
    assert dumps == sorted(url for path, url in places.items() if path.suffix == ".gz")


def test_what_the_settings_say_stands_there(described: ox.Store) -> None:
    assert one(described, DATASET, DCTERMS + "title") == one(described, DATASET, SCHEMA + "name") == "A network"
    assert one(described, DATASET, DCTERMS + "license") == SETTINGS.licence
    assert one(described, DATASET, VOID + "uriSpace") == BASE
    assert len(values(described, DATASET, DCTERMS + "language")) == 2
    assert one(described, DATASET, DCAT + "landingPage") == "https://site.example/net/index.html"


def test_what_was_measured_stands_there(described: ox.Store) -> None:
    measurements = values(described, DATASET, DQV + "hasQualityMeasurement")
    claims = BASE + "quality-measurement/claims/dataset"
    assert claims in measurements
    assert one(described, claims, DQV + "computedOn") == DATASET
    # Nothing is said of findings, for no check was made.
    assert not any("violations" in iri for iri in measurements)


CLOSED = {
    VOID: rdflib.VOID, DCAT: rdflib.DCAT, DCTERMS: rdflib.DCTERMS, SCHEMA: rdflib.SDO,
    "http://xmlns.com/foaf/0.1/": rdflib.FOAF,
}  # fmt: skip


#: In DCAT 3, and not yet in rdflib.
NEWER = {DCAT + "version"}


def test_every_term_of_a_vocabulary_exists(described: ox.Store) -> None:
    terms = {quad.predicate.value for quad in described}
    types = described.quads_for_pattern(None, ox.NamedNode(RDF + "type"), None)
    terms |= {str(getattr(quad.object, "value", "")) for quad in types}
    seen = set()
    for term in terms:
        for namespace, vocabulary in CLOSED.items():
            if term.startswith(namespace):
                seen.add(namespace)
                assert rdflib.URIRef(term) in vocabulary or term in NEWER, term
    assert seen == set(CLOSED)
    features = values(described, DATASET, VOID + "feature")
    assert features == [FORMATS + name for name in ("JSON-LD", "N-Triples", "Turtle")]


def test_another_base(store: EmbeddedStore, clean: Project, tmp_path: Path) -> None:
    other = Settings("Other", "https://e.example/id/organisation/net", "https://e.example/id/")
    assert dataset_iri(other) == "https://e.example/id/dataset/net"
    folder = made(store, other, tmp_path, clean)
    found = ox.Store()
    found.load(path=str(folder / "data" / "dataset.ttl"), format=ox.RdfFormat.TURTLE)
    assert one(found, dataset_iri(other), VOID + "uriSpace") == "https://e.example/id/"
    assert values(found, dataset_iri(other), DQV + "hasQualityMeasurement")
    assert all(
        url.startswith("https://e.example/data/") for url in values(found, dataset_iri(other), VOID + "dataDump")
    )


def test_writing_twice_gives_the_same_bytes(store: EmbeddedStore, clean: Project, folder: Path, tmp_path: Path) -> None:
    made(store, SETTINGS, tmp_path, clean)
    assert (tmp_path / "data" / "dataset.jsonld").read_bytes() == (folder / "data" / "dataset.jsonld").read_bytes()
