"""The data behind every page: nothing lost, nothing added, the same bytes every time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.publish.addresses import Addresses
from ccin_graph.publish.data_files import (
    ELSEWHERE,
    documents,
    json_ld,
    n_triples,
    triples_of,
    turtle,
    write_data_files,
)
from ccin_graph.publish.model import Model
from ccin_graph.publish.settings import Settings
from ccin_graph.vocabulary import BASE, CCIN, RDF

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccin_graph.store import EmbeddedStore

SETTINGS = Settings("A network", BASE + "organisation/net", BASE)
FORMS = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}


def iri(text: str) -> ox.NamedNode:
    return ox.NamedNode(text)


def quad(subject: str, predicate: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(iri(subject), iri(predicate), value)


def said(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Triple]]:
    model = Model(quads, SETTINGS)
    return {path: triples_of(model, subjects) for path, subjects in documents(model).items()}


@pytest.fixture(scope="module")
def written(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the data files of the invented project."""
    folder = tmp_path_factory.mktemp("site")
    write_data_files(Model(store.quads(), SETTINGS), folder)
    return folder


def union(folder: Path, ending: str) -> set[ox.Triple]:
    return {
        quad.triple for path in folder.rglob(f"*.{ending}") for quad in ox.parse(path=str(path), format=FORMS[ending])
    }


@pytest.mark.parametrize("ending", FORMS)
def test_all_documents_together_are_the_graph(written: Path, store: EmbeddedStore, ending: str) -> None:
    assert union(written, ending) == {quad.triple for quad in store.quads()}


def test_each_document_says_the_same_in_every_form(written: Path) -> None:
    paths = [path.with_suffix("") for path in written.rglob("*.nt")]
    assert paths
    for path in paths:
        said = [
            {quad.triple for quad in ox.parse(path=f"{path}.{ending}", format=form)} for ending, form in FORMS.items()
        ]
        assert said[0] == said[1] == said[2], path


def test_a_triple_of_ours_stands_in_the_document_of_its_subject_only(store: EmbeddedStore) -> None:
    addresses = Addresses(BASE)
    for path, triples in said(store.quads()).items():
        subjects = {triple.subject for triple in triples}
        assert {addresses.document(one.value) for one in subjects if isinstance(one, ox.NamedNode)} <= {path, None}


def holds(triples: list[ox.Triple], type_: str) -> bool:
    return any(one.predicate.value == RDF + "type" and one.object == iri(CCIN + type_) for one in triples)


def test_claims_stand_with_their_case_study_and_passages_with_their_publication(store: EmbeddedStore) -> None:
    found = said(store.quads())
    claims, passages = ({one for one, said in found.items() if holds(said, type_)} for type_ in ("Figure", "Passage"))
    assert claims
    assert all(one.startswith("id/case-study/") for one in claims)
    assert passages
    assert all(one.startswith("id/publication/") for one in passages)


def test_the_terms_of_the_ontology_stand_in_one_document(store: EmbeddedStore) -> None:
    assert any(triple.subject == iri(CCIN + "Council") for triple in said(store.quads())["def"])


def test_an_area_stands_in_the_documents_of_all_that_lead_to_it() -> None:
    area = "https://areas.example/1"
    quads = [
        quad(BASE + "organisation/a", CCIN + "area", iri(area)),
        quad(BASE + "organisation/b", CCIN + "area", iri(area)),
        quad(area, CCIN + "code", ox.Literal("1")),
    ]
    found = said(quads)
    assert list(found) == ["id/organisation/a", "id/organisation/b"]
    assert all(len(triples) == 2 for triples in found.values())


def test_what_stands_behind_something_foreign_is_not_lost() -> None:
    near, far, alone = "https://areas.example/near", "https://areas.example/far", "https://areas.example/alone"
    quads = [
        quad(BASE + "organisation/a", CCIN + "area", iri(near)),
        quad(near, CCIN + "within", iri(far)),
        quad(far, CCIN + "within", iri(near)),
        quad(alone, CCIN + "within", iri(alone)),
    ]
    found = said(quads)
    assert {path: len(triples) for path, triples in found.items()} == {ELSEWHERE: 1, "id/organisation/a": 3}


def test_a_thing_comes_first_in_its_own_document_with_its_types() -> None:
    quads = [
        quad("https://areas.example/1", CCIN + "code", ox.Literal("1")),
        quad(BASE + "a/b#part", CCIN + "code", ox.Literal("1")),
        quad(BASE + "a/b", CCIN + "area", iri("https://areas.example/1")),
        quad(BASE + "a/b", RDF + "type", iri(CCIN + "Council")),
    ]
    (triples,) = said(quads).values()
    assert [str(triple.subject) for triple in triples] == [
        f"<{BASE}a/b>", f"<{BASE}a/b>", f"<{BASE}a/b#part>", "<https://areas.example/1>",
    ]  # fmt: skip
    assert triples[0].predicate.value == RDF + "type"


@pytest.mark.parametrize("tail", ["a/../../../etc", "a//b", "a/%2e%2e/b", "/etc/passwd", "a/.htaccess", "", "CON/x"])
def test_no_file_is_written_outside_for_an_iri_that_is_no_safe_path(tail: str, tmp_path: Path) -> None:
    model = Model([quad(BASE + tail, CCIN + "code", ox.Literal("1"))], SETTINGS)
    write_data_files(model, tmp_path / "site" / "inner")
    files = [path.relative_to(tmp_path) for path in tmp_path.rglob("*") if path.is_file()]
    assert len(files) == len(FORMS)
    assert all(path.parts[:3] == ("site", "inner", "id") for path in files)
    assert all(not part.startswith(".") and part != "CON" for path in files for part in path.parts)


LITERALS = [
    ox.Literal("</script><script>alert(1)</script>"),
    ox.Literal('"quoted" \\ and\nbroken\r\t\x0b'),
    ox.Literal("Caerdydd", language="cy"),
    ox.Literal("1.50", datatype=iri("http://www.w3.org/2001/XMLSchema#decimal")),
    ox.Literal("no", datatype=iri("http://www.w3.org/2001/XMLSchema#boolean")),
    ox.Literal("2020-21", datatype=iri("http://id.loc.gov/datatypes/edtf/EDTF")),
    ox.Literal("@id"),
    ox.Literal(""),
    ox.Literal("\U0001f600 \u2028"),
]
NODES = [
    iri("skos:Concept"),
    iri("geo:52.5,-1.5"),
    iri("urn:x:y"),
    iri("http://www.w3.org/2004/02/skos/core#a.b"),
    iri("http://www.w3.org/2004/02/skos/core#"),
    iri("https://example.org/é?q=1#x"),
]


@pytest.mark.parametrize("value", [*LITERALS, *NODES], ids=str)
@pytest.mark.parametrize(("write", "ending"), [(turtle, "ttl"), (json_ld, "jsonld"), (n_triples, "nt")])
def test_every_term_is_read_back_as_it_was(write: object, ending: str, value: ox.NamedNode | ox.Literal) -> None:
    assert callable(write)
    skos = "http://www.w3.org/2004/02/skos/core#"
    triples = [
        ox.Triple(iri(BASE + "a/b"), iri(RDF + "type"), iri(skos + "Concept")),
        ox.Triple(iri(BASE + "a/b"), iri(skos + "note"), value),
    ]
    read = {quad.triple for quad in ox.parse(write(triples), format=FORMS[ending])}
    assert read == set(triples)


def test_a_document_as_json_ld_names_no_context_elsewhere(written: Path) -> None:
    for path in written.rglob("*.jsonld"):
        context = json.loads(path.read_bytes())["@context"]
        assert isinstance(context, dict)
        assert all(isinstance(value, str) and value[-1] in "/#" for value in context.values())


def test_the_order_of_the_quads_changes_nothing(store: EmbeddedStore, written: Path, tmp_path: Path) -> None:
    write_data_files(Model(sorted(store.quads(), key=str, reverse=True), SETTINGS), tmp_path)
    for path in written.rglob("*.*"):
        assert (tmp_path / path.relative_to(written)).read_bytes() == path.read_bytes()
