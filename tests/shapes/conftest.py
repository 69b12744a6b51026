"""The examples of shapes and rules: small records, and Turtle where the loader would not let a record say it.

A file in ``invalid/`` is named for the shape or rule that it breaks and for how: ``figure-unit.another-scheme.ttl``. It
breaks that one and no other. A file in ``valid/`` breaks none; its name says what is allowed. Whatever an example
speaks of besides is in the invented project of ``tests/fixtures/``.
"""

from __future__ import annotations

import re
import shutil
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.build import assemble
from ccin_graph.records.forms import FOLDERS
from ccin_graph.validate.shacl import Engine, ShapeResult, read_shapes, validate_graphs
from ccin_graph.vocabulary import BASE, ENTITIES

if TYPE_CHECKING:
    import rdflib

    from ccin_graph.store import EmbeddedStore
    from tests.conftest import Project

HERE = Path(__file__).parent
CHECKOUT = HERE.parents[1]
RULES = {path.stem for path in (CHECKOUT / "queries" / "violations").glob("*.rq")}
_HEAD = re.compile(r"id: [a-z-]+/(?P<slug>[a-z0-9/-]+)\ntype: (?P<type>[A-Za-z]+)\n")


@dataclass(frozen=True)
class Example:
    """One file of ``valid/`` or ``invalid/``."""

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def breaks(self) -> str:
        """Name of the shape or rule."""
        return self.name.partition(".")[0]

    @property
    def is_record(self) -> bool:
        return self.path.suffix == ".yaml"

    def place(self) -> str:
        """Return the file of a project in which the record would lie."""
        head = _HEAD.match(self.path.read_text("utf-8"))
        assert head, f"{self.path.name} does not begin with id and type"
        return f"data/{FOLDERS[head['type']][0]}/{head['slug']}.yaml"

    def quads(self) -> list[ox.Quad]:
        """Return what Turtle says, as if it stood in the graph of entities."""
        parsed = ox.parse(self.path.read_bytes(), ox.RdfFormat.TURTLE, base_iri=BASE)
        return [ox.Quad(quad.subject, quad.predicate, quad.object, ox.NamedNode(ENTITIES)) for quad in parsed]


@dataclass(frozen=True)
class Examples:
    """All of them, in a fixed order."""

    valid: tuple[Example, ...]
    of_shapes: tuple[Example, ...]
    of_rules: tuple[Example, ...]

    @property
    def invalid(self) -> tuple[Example, ...]:
        return (*self.of_shapes, *self.of_rules)


def _read() -> Examples:
    valid, invalid = ([Example(path) for path in sorted((HERE / name).iterdir())] for name in ("valid", "invalid"))
    of_rules = tuple(example for example in invalid if example.breaks in RULES)
    return Examples(tuple(valid), tuple(example for example in invalid if example not in of_rules), of_rules)


EXAMPLES = _read()


_VALID = {example.name for example in EXAMPLES.valid}


def _breaks(name: str) -> str | None:
    return None if name in _VALID else name.partition(".")[0]


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "rule_example" in metafunc.fixturenames:
        metafunc.parametrize("rule_example", EXAMPLES.of_rules, ids=lambda example: example.name)


@dataclass(frozen=True)
class World:
    """The invented project with examples in it.

    Parameters
    ----------
    store : EmbeddedStore
        Of the project and the examples.
    owners : dict of str to str
        Name of the example that a node belongs to, by the node's IRI. The nodes of the project itself are not in it.
    """

    store: EmbeddedStore
    owners: dict[str, str]

    def quads(self, of: set[str] | None = None) -> list[ox.Quad]:
        """Return everything, or the project with the examples of these shapes and the valid ones."""
        kept = {*of, None} if of is not None else None
        left_out = {iri for iri, name in self.owners.items() if kept is not None and _breaks(name) not in kept}
        return [
            quad
            for quad in self.store.quads()
            if getattr(quad.subject, "value", "") not in left_out and getattr(quad.object, "value", "") not in left_out
        ]

    def results(
        self, shapes: rdflib.Graph, engine: Engine | None = None, of: set[str] | None = None
    ) -> list[ShapeResult]:
        return list(validate_graphs(self.quads(of), shapes, engine))


@dataclass(frozen=True)
class Workshop:
    """A copy of the invented project in which examples are tried."""

    project: Project

    def build(self, *examples: Example) -> World:
        """Put examples in, build, and take them out again."""
        files: dict[str, str] = {}
        try:
            for example in examples:
                if example.is_record:
                    assert files.setdefault(example.place(), example.name) == example.name, f"{example.name}: id taken"
                    self.project.write(example.place(), example.path.read_text("utf-8"))
            dataset = assemble(self.project.tree)
        finally:
            for file in files:
                (self.project.root / file).unlink()
        places = {iri: origin.location.file for iri, origin in dataset.corpus.origins.items()}
        owners = {iri: files[file] for iri, file in places.items() if file in files}
        known = {quad.subject for quad in dataset.store.quads()}
        for example in examples:
            quads = [] if example.is_record else example.quads()
            dataset.store.add(quads)
            for subject in {quad.subject for quad in quads} - known:
                assert isinstance(subject, ox.NamedNode), f"{example.name}: a node without a name"
                assert owners.setdefault(subject.value, example.name) == example.name, f"{example.name}: {subject}"
        return World(dataset.store, owners)


@pytest.fixture(scope="session")
def examples() -> Examples:
    """Return all examples."""
    return EXAMPLES


@pytest.fixture(scope="session")
def workshop(clean: Project, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Return a copy of the invented project in which examples are tried."""
    root = tmp_path_factory.mktemp("workshop") / "project"
    shutil.copytree(clean.root, root)
    return Workshop(replace(clean, root=root))


@pytest.fixture(scope="session")
def workshop_of_rules(clean: Project, tmp_path_factory: pytest.TempPathFactory) -> Workshop:
    """Return a workshop without the questions of the packs: no rule is about them, and most of a build is theirs."""
    root = tmp_path_factory.mktemp("workshop") / "project"
    shutil.copytree(clean.root, root, ignore=shutil.ignore_patterns("queries"))
    shutil.copytree(clean.root / "queries" / "derive", root / "queries" / "derive")
    return Workshop(replace(clean, root=root))


@pytest.fixture(scope="session")
def world(workshop: Workshop) -> World:
    """Return the invented project with every example in it; no test changes it."""
    return workshop.build(*EXAMPLES.valid, *EXAMPLES.invalid)


@pytest.fixture(scope="session")
def shapes() -> rdflib.Graph:
    """Return the shapes of the checkout; no test changes them."""
    return read_shapes(CHECKOUT / "shapes")


@pytest.fixture(scope="session")
def rules() -> set[str]:
    """Return the names of the rules between records."""
    return RULES
