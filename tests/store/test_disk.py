"""The dataset on disk: built once, swapped whole, opened for reading."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.build import canonical_lines
from ccin_graph.errors import QuerySyntaxError, StoreError
from ccin_graph.graph import Graph
from ccin_graph.store import disk as disk_module
from ccin_graph.store.disk import DiskStore, Label, build_disk_store, digest_of, read_label

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.store import EmbeddedStore
    from tests.conftest import Project

COUNCILS = "SELECT ?s WHERE { ?s a <https://w3id.org/ccin/def#Council> } ORDER BY ?s"
OTHER = b'<http://e.org/a> <http://e.org/b> "c" <https://w3id.org/ccin/id/graph/entities> .\n'


@pytest.fixture(scope="module")
def file(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dataset") / "ccin.nq"
    path.write_bytes(b"".join(canonical_lines(store)))
    return path


@pytest.fixture
def folder(file: Path, tmp_path: Path) -> Path:
    build_disk_store(file, tmp_path / "store")
    return tmp_path / "store"


def content(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_it_holds_and_answers_what_the_memory_does(folder: Path, store: EmbeddedStore, clean: Project) -> None:
    disk = DiskStore(folder)
    assert set(disk.quads()) == set(store.quads())
    assert disk.select(COUNCILS) == store.select(COUNCILS)
    partnership = "ASK { ?s a <https://w3id.org/ccin/def#Partnership> }"
    assert (disk.ask(partnership), disk.ask(partnership, derived=False)) == (True, False)
    graph = Graph.from_store(folder, clean.tree)
    name, council = "councils/projects", "Northmere City Council"
    wanted = Graph(store, clean.tree).query(name, council=council)
    assert graph.query(name, council=council).solutions == wanted.solutions
    with pytest.raises(QuerySyntaxError):
        disk.select("SELECT")


def test_it_says_what_it_holds(folder: Path, file: Path, store: EmbeddedStore) -> None:
    label = read_label(folder)
    assert (label.sha256, label.quads) == (digest_of(file), len(store))
    assert {path.name for path in folder.iterdir()} == {"store.json", label.folder}


def test_it_is_built_once(folder: Path, file: Path) -> None:
    before = content(folder)
    label, built = build_disk_store(file, folder)
    assert not built
    assert label == read_label(folder)
    assert content(folder).keys() == before.keys()


def test_it_is_only_read(folder: Path, store: EmbeddedStore) -> None:
    before = content(folder)
    disk = DiskStore(folder)
    with pytest.raises(StoreError, match="reading only"):
        disk.add(store.quads())
    with pytest.raises(StoreError):
        disk.select("INSERT DATA { <http://e.org/a> <http://e.org/a> <http://e.org/a> }")
    disk.select(COUNCILS)
    data = {name: text for name, text in content(folder).items() if "LOG" not in name}
    assert data == {name: text for name, text in before.items() if "LOG" not in name}


def test_several_have_it_open_at_once(folder: Path) -> None:
    disk = DiskStore(folder)
    code = "import sys, pathlib, ccin_graph.store.disk as disk; print(len(disk.DiskStore(pathlib.Path(sys.argv[1]))))"
    done = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True)
    assert int(done.stdout) == len(disk)


def test_it_knows_when_it_is_stale(folder: Path, file: Path, tmp_path: Path) -> None:
    disk = DiskStore(folder)
    assert not disk.is_stale(file)
    assert not disk.is_stale(tmp_path / "none.nq")
    other = tmp_path / "ccin.nq"
    other.write_bytes(file.read_bytes() + OTHER)
    assert disk.is_stale(other)


def test_another_dataset_takes_its_place_and_who_has_it_open_keeps_the_old(
    folder: Path, file: Path, tmp_path: Path, store: EmbeddedStore
) -> None:
    old = DiskStore(folder)
    other = tmp_path / "ccin.nq"
    other.write_bytes(file.read_bytes() + OTHER)
    label, built = build_disk_store(other, folder)
    assert built
    assert label.quads == len(store) + 1 == len(DiskStore(folder))
    assert old.select(COUNCILS) == store.select(COUNCILS) == DiskStore(folder).select(COUNCILS)
    assert {path.name for path in folder.iterdir()} == {"store.json", label.folder}


def test_a_store_that_is_replaced_while_it_is_opened_is_opened(
    folder: Path, file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = tmp_path / "ccin.nq"
    other.write_bytes(OTHER)
    labels: list[Label] = []

    def slow(folder: Path) -> Label:
        label = read_label(folder)
        labels.append(label)
        if len(labels) == 1:
            build_disk_store(other, folder)
        return label

    monkeypatch.setattr(disk_module, "read_label", slow)
    assert len(DiskStore(folder)) == 1


def test_a_build_that_fails_leaves_the_old_one(folder: Path, tmp_path: Path) -> None:
    before = read_label(folder)
    broken = tmp_path / "broken.nq"
    broken.write_bytes(OTHER + b"<http://e.org/a> nonsense .\n")
    with pytest.raises(StoreError, match=r"broken\.nq:2: .*Run 'ccin-graph build' anew"):
        build_disk_store(broken, folder)
    assert read_label(folder) == before
    assert {path.name for path in folder.iterdir()} == {"store.json", before.folder}
    assert len(DiskStore(folder)) == before.quads


def test_a_build_that_was_killed_is_cleared_away(folder: Path, tmp_path: Path) -> None:
    # The number of a process that is no more, and that of one that is.
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    left, busy = folder / f"quads-00-{gone.pid}", folder / f"quads-00-{os.getppid()}"
    left.mkdir()
    busy.mkdir()
    other = tmp_path / "ccin.nq"
    other.write_bytes(OTHER)
    label, _ = build_disk_store(other, folder)
    assert {path.name for path in folder.iterdir()} == {"store.json", label.folder, busy.name}


def test_no_store_says_how_to_make_one(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="ccin-graph load --store"):
        DiskStore(tmp_path)


@pytest.mark.parametrize(
    "label",
    [
        "",
        "[]",
        "{}",
        '{"sha256": "", "quads": 0, "folder": "quads-none"}',
        '{"sha256": "", "quads": 0, "folder": "../x"}',
        '{"sha256": "", "quads": 0, "folder": 3}',
    ],
)
def test_a_damaged_store_is_said_and_can_be_made_anew(folder: Path, file: Path, label: str) -> None:
    (folder / "store.json").write_text(label, "utf-8")
    with pytest.raises(StoreError, match="is damaged"):
        DiskStore(folder)
    assert build_disk_store(file, folder)[1]
    assert len(DiskStore(folder)) == read_label(folder).quads


def test_a_store_whose_files_are_broken_is_said(folder: Path) -> None:
    inner = folder / read_label(folder).folder
    (inner / "CURRENT").write_text("nonsense", "utf-8")
    with pytest.raises(StoreError, match="is damaged"):
        DiskStore(folder)


def test_a_folder_of_something_else_is_left_alone(file: Path, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("dear", "utf-8")
    with pytest.raises(StoreError, match=r"holds something else \(letter\.txt\)"):
        build_disk_store(file, tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["letter.txt"]
    with pytest.raises(StoreError, match="holds something else"):
        build_disk_store(file, tmp_path / "letter.txt")


def test_without_a_dataset_there_is_no_store(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="Run 'ccin-graph build'"):
        build_disk_store(tmp_path / "ccin.nq", tmp_path / "store")
    assert not (tmp_path / "store").exists()


def test_the_engine_has_nothing_to_repair_in_it(folder: Path) -> None:
    assert len(ox.Store.read_only(str(folder / read_label(folder).folder))) == read_label(folder).quads
