"""The whole dataset to take away: complete, the same bytes every time, with checksums that hold."""

from __future__ import annotations

import gzip
import hashlib
import shutil
import subprocess
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.build import canonical_lines, dataset_files
from ccin_graph.graph import Graph
from ccin_graph.network.catalogue import PROJECTIONS
from ccin_graph.publish.dumps import CHECKSUMS, dataset_name, write_checksums, write_dumps, write_networks
from ccin_graph.publish.settings import Settings
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore
    from tests.conftest import Project

SETTINGS = Settings("A network", BASE + "organisation/harbour-network", BASE)


@pytest.fixture(scope="module")
def written(store: EmbeddedStore, clean: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert write_dumps(store, SETTINGS, folder) == hashlib.sha256(b"".join(canonical_lines(store))).hexdigest()
    write_networks(Graph(store, clean.tree), folder)
    write_checksums(folder)
    return folder / "data"


def test_every_form_is_the_dataset(written: Path, store: EmbeddedStore) -> None:
    for name, content in dataset_files(store):
        path = written / f"harbour-network.{name.partition('.')[2]}.gz"
        assert gzip.decompress(path.read_bytes()) == content
    quads = set(
        ox.parse(gzip.decompress((written / "harbour-network.nq.gz").read_bytes()), format=ox.RdfFormat.N_QUADS)
    )
    assert quads == set(store.quads())


def test_nothing_of_when_and_where_stands_in_the_files(written: Path, store: EmbeddedStore, tmp_path: Path) -> None:
    write_dumps(store, SETTINGS, tmp_path)
    found = sorted(tmp_path.rglob("*.gz"))
    assert len(found) == 4
    for path in found:
        head = path.read_bytes()[:10]
        assert head[3] == 0  # no name
        assert head[4:8] == bytes(4)  # no time
        assert path.read_bytes() == (written / path.name).read_bytes()


def test_the_networks_as_files(written: Path) -> None:
    for name in PROJECTIONS:
        for ending in ("graphml", "gexf"):
            assert (written / "network" / f"{name}.{ending}").stat().st_size
        assert {path.name for path in (written / "network" / name).iterdir()} == {"edges.csv", "nodes.csv"}


def test_the_checksums_name_every_file_and_hold(written: Path) -> None:
    files = {path.relative_to(written).as_posix() for path in written.rglob("*") if path.is_file()} - {CHECKSUMS}
    lines = (written / CHECKSUMS).read_text("utf-8").splitlines()
    assert [line.partition("  ")[2] for line in lines] == sorted(files)
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", CHECKSUMS], cwd=written, check=True)


@pytest.mark.parametrize(
    ("network", "name"),
    [
        ("https://e.org/id/organisation/net", "net"),
        ("https://e.org/id#Net", "net"),
        ("https://e.org/", "dataset"),
        ("https://e.org/..", "dataset"),
        ("https://e.org/%2e", "dataset"),
    ],
)
def test_the_name_of_the_files(network: str, name: str) -> None:
    assert dataset_name(Settings("A network", network, BASE)) == name
