"""What the tests share: a small invented project, copied to where a test may break it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from ccin_graph.build import Dataset, assemble
from ccin_graph.errors import RecordsError
from ccin_graph.records.context import Context, read_context
from ccin_graph.records.expanded import Expanded
from ccin_graph.records.expansion import expand
from ccin_graph.records.loading import Corpus, load_records
from ccin_graph.records.reading import read_text
from ccin_graph.store import EmbeddedStore
from ccin_graph.tree import Tree
from ccin_graph.validate import check
from tests.servers import Service, fuseki_server, oxigraph_server

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from ccin_graph.findings import Finding
    from ccin_graph.validate.shacl import Engine

CHECKOUT = Path(__file__).parents[1]
FIXTURES = Path(__file__).parent / "fixtures"

# The same examples in every run: a failure that nobody changed anything for helps nobody.
settings.register_profile("suite", derandomize=True, database=None, deadline=None, max_examples=100)
settings.load_profile("suite")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--refresh-golden", action="store_true", help="write the golden files anew instead of comparing")


@dataclass(frozen=True)
class Project:
    """A copy of the invented project that a test may change.

    Parameters
    ----------
    root : Path
        Holds data/, ontology/, shapes/ and queries/.
    """

    root: Path
    sources: Path = FIXTURES / "sources"

    @property
    def tree(self) -> Tree:
        return Tree(self.root)

    def read(self, file: str) -> str:
        return (self.root / file).read_text("utf-8")

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="")

    def edit(self, file: str, old: str, new: str) -> int:
        """Replace what stands exactly once in a file, and return the line on which it stood."""
        text = self.read(file)
        assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
        self.write(file, text.replace(old, new))
        return text[: text.index(old)].count("\n") + 1

    def append(self, file: str, line: str) -> int:
        """Add a line to a file, and return its number."""
        text = self.read(file)
        self.write(file, f"{text}{line}\n")
        return text.count("\n") + 1

    def move(self, file: str, target: str) -> None:
        """Move a file to another folder or name."""
        path = self.root / target
        path.parent.mkdir(parents=True, exist_ok=True)
        (self.root / file).rename(path)

    def load(self) -> Corpus:
        return load_records(self.tree)

    def problems(self) -> list[Finding]:
        """What keeps the records from becoming a graph."""
        try:
            load_records(self.tree)
        except RecordsError as error:
            return list(error.findings)
        return []

    def dataset(self) -> Dataset:
        return assemble(self.tree)

    def check(self, engine: Engine | None = None) -> list[Finding]:
        return check(self.dataset(), self.tree, self.sources, engine)


def copy_project(root: Path) -> Project:
    """Copy the invented project, with the ontology, shapes and queries of the checkout."""
    shutil.copytree(FIXTURES / "project", root)
    for folder in ("ontology", "shapes", "queries"):
        shutil.copytree(CHECKOUT / folder, root / folder)
    return Project(root)


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a copy of the invented project of this test's own."""
    return copy_project(tmp_path / "project")


@pytest.fixture(scope="session")
def clean(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a copy of the invented project that no test changes."""
    return copy_project(tmp_path_factory.mktemp("clean") / "project")


@pytest.fixture(scope="session")
def dataset(clean: Project) -> Dataset:
    """Return the dataset of the unchanged project; no test adds to it."""
    return clean.dataset()


@pytest.fixture(scope="session")
def store(dataset: Dataset) -> EmbeddedStore:
    """Return the store of the unchanged project; no test adds to it."""
    return dataset.store


@pytest.fixture(scope="session")
def real(checkout: Tree) -> EmbeddedStore:
    """Return the store of the records of this project; no test adds to it."""
    return assemble(checkout).store


@pytest.fixture(scope="session")
def oxigraph() -> Iterator[Service]:
    """Return a server of Oxigraph; whoever uses it fills it."""
    with oxigraph_server() as service:
        yield service


@pytest.fixture(scope="session")
def fuseki(tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config) -> Iterator[Service]:
    """Return a server of Apache Jena Fuseki; whoever uses it fills it."""
    cache = pytestconfig.cache
    assert cache is not None
    with fuseki_server(cache.mkdir("fuseki"), tmp_path_factory.mktemp("fuseki")) as service:
        yield service


@pytest.fixture(scope="session")
def checkout() -> Tree:
    """Return the project that the tests belong to."""
    return Tree(CHECKOUT)


@pytest.fixture(scope="session")
def context(checkout: Tree) -> Context:
    """Return the JSON-LD context of the checkout."""
    return read_context(checkout.context)


@pytest.fixture(scope="session")
def expanded(context: Context) -> Callable[..., Expanded]:
    """Return a function that expands the text of one record, with the findings of reading it before the others."""

    def run(text: str, kind: str = "project", slug: str = "x") -> Expanded:
        mapping, findings = read_text(text, "data/x.yaml")
        assert mapping is not None, findings
        result = expand(mapping, "data/x.yaml", kind, slug, context)
        result.findings[:0] = findings
        return result

    return run
