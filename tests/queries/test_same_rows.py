"""Every question from every store: embedded memory, embedded disk, Oxigraph's server and Apache Jena Fuseki.

The answers of memory are compared with rdflib's in `test_two_engines`, whose comparison by value this takes: two
engines may write one number in two ways.
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from ccin_graph.build import canonical_lines
from ccin_graph.packs import read_query
from ccin_graph.queries import bind
from ccin_graph.store.disk import DiskStore, build_disk_store
from ccin_graph.store.remote import RemoteStore
from tests.queries.test_two_engines import QUESTIONS, examples, oxigraph_value, value_of

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore, Store
    from tests.servers import Service

__all__ = ["examples"]

PAIRS = "its union of graphs has no index over them, and it joins pairs"

#: Questions that Fuseki takes more than five seconds for on the records; it answers them on the invented project.
SLOW_ON_FUSEKI = {
    "network/council-council-by-partners": PAIRS,
    "network/council-partner": PAIRS,
    "quality/coverage": PAIRS,
}

#: Questions that a store answers differently, by store and question, with the reason; each must still be different.
DIFFERENT: dict[tuple[str, str], str] = {}

STORES = ("disk", "oxigraph", "fuseki")

Row = tuple[object, ...]


class Stores:
    """One dataset in every store; a store is filled when it is first asked for."""

    def __init__(self, memory: EmbeddedStore, request: pytest.FixtureRequest, folder: pytest.TempPathFactory) -> None:
        self.memory = memory
        self._request = request
        self._file = folder.mktemp("same") / "ccin.nq"
        self._filled: dict[str, Store] = {}

    def __getitem__(self, name: str) -> Store:
        if name not in self._filled:
            self._filled[name] = self._fill(name)
        return self._filled[name]

    def _fill(self, name: str) -> Store:
        content = b"".join(canonical_lines(self.memory))
        if name == "disk":
            self._file.write_bytes(content)
            build_disk_store(self._file, self._file.parent / "store")
            return DiskStore(self._file.parent / "store")
        service: Service = self._request.getfixturevalue(name)
        service.put(content)
        return RemoteStore(service.query, timeout=120)


@pytest.fixture(scope="class")
def records(real: EmbeddedStore, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    return Stores(real, request, tmp_path_factory)


@pytest.fixture(scope="class")
def invented(store: EmbeddedStore, request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Stores:
    return Stores(store, request, tmp_path_factory)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("place", STORES)
class TestOnTheRecords:
    """With the defaults, on the records of this project."""

    def test_rows_are_the_same(self, place: str, name: str, records: Stores) -> None:
        if place == "fuseki" and name in SLOW_ON_FUSEKI:
            pytest.skip(SLOW_ON_FUSEKI[name])
        query = read_query(QUESTIONS[name], name)
        compare(place, name, bind(query, {}, records.memory), records)


@pytest.mark.parametrize("name", QUESTIONS)
@pytest.mark.parametrize("place", STORES)
class TestOnTheInventedProject:
    """With what that has."""

    def test_rows_are_the_same(self, place: str, name: str, invented: Stores, examples: dict[str, str]) -> None:
        query = read_query(QUESTIONS[name], name)
        values = {parameter.name: value_of(parameter, examples) for parameter in query.parameters}
        compare(place, name, bind(query, values, invented.memory), invented)


def compare(place: str, name: str, text: str, stores: Stores) -> None:
    """Ask a store and the memory, and compare rows and their order."""
    ours, theirs = stores.memory.select(text), stores[place].select(text)
    assert theirs.variables == ours.variables
    wanted = [tuple(map(oxigraph_value, row)) for row in ours.rows]
    found = [tuple(map(oxigraph_value, row)) for row in theirs.rows]
    if (place, name) in DIFFERENT:
        assert Counter(found) != Counter(wanted), f"no longer different: {DIFFERENT[place, name]}"
        return
    assert Counter(found) == Counter(wanted)
    assert found == wanted, "the order is not settled"


def test_exceptions_name_questions_and_reasons() -> None:
    assert set(SLOW_ON_FUSEKI) | {name for _, name in DIFFERENT} <= set(QUESTIONS)
    assert {place for place, _ in DIFFERENT} <= set(STORES)
    assert all(SLOW_ON_FUSEKI.values())
    assert all(DIFFERENT.values())
