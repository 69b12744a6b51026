"""The examples of shapes and rules: small records, and Turtle where the loader would not let a record say it.

A file in ``invalid/`` is named for the shape or rule that it breaks and for how: ``figure-unit.another-scheme.ttl``. It
breaks that one and no other. A file in ``valid/`` breaks none; it is named for what is allowed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.build import assemble
from ccin_graph.records.forms import FOLDERS
from ccin_graph.validate.shacl import read_shapes
from ccin_graph.vocabulary import BASE, ENTITIES

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib

    from ccin_graph.build import Dataset
    from tests.conftest import Project

HERE = Path(__file__).parent
_HEAD = re.compile(r"id: (?P<kind>[a-z-]+)/(?P<slug>[a-z0-9/-]+)\ntype: (?P<type>[A-Za-z]+)\n")


@dataclass(frozen=True)
class Example:
    """One file of ``valid/`` or ``invalid/``.

    Parameters
    ----------
    path : Path
    """

    path: Path

    @property
    def name(self) -> str:
        return self.path.stem

    @property
    def breaks(self) -> str:
        """Name of the shape or rule, which is the first part of the file's name."""
        return self.name.partition(".")[0]

    @property
    def is_record(self) -> bool:
        return self.path.suffix == ".yaml"

    def place(self) -> str:
        """Return the file in which the record would lie."""
        head = _HEAD.match(self.path.read_text("utf-8"))
        assert head, f"{self.path.name} does not begin with id and type"
        return f"data/{FOLDERS[head['type']][0]}/{head['slug']}.yaml"

    def quads(self) -> list[ox.Quad]:
        parsed = ox.parse(self.path.read_bytes(), ox.RdfFormat.TURTLE, base_iri=BASE)
        return [ox.Quad(*quad.triple, ox.NamedNode(ENTITIES)) for quad in parsed]


def examples(folder: str) -> list[Example]:
    """Return the examples of a folder in a fixed order."""
    return [Example(path) for path in sorted((HERE / folder).iterdir())]


@dataclass(frozen=True)
class World:
    """The invented project with examples in it.

    Parameters
    ----------
    quads : list of pyoxigraph.Quad
        Of project and examples.
    owners : dict of str to str
        Name of the example that a node belongs to, by the node's IRI; the nodes of the project itself are not in it.
    """

    quads: list[ox.Quad]
    owners: dict[str, str]


def with_examples(project: Project, wanted: Iterable[Example]) -> tuple[Dataset, World]:
    """Put examples into a copy of the invented project and build it."""
    wanted = list(wanted)
    files = {}
    for example in wanted:
        if example.is_record:
            files[example.place()] = example.name
            project.write(example.place(), example.path.read_text("utf-8"))
    assert len(files) == sum(example.is_record for example in wanted), "two examples have one id"
    dataset = assemble(project.tree)
    owners = {
        iri: files[origin.location.file]
        for iri, origin in dataset.corpus.origins.items()
        if origin.location.file in files
    }
    known = {quad.subject for quad in dataset.store.quads()}
    for example in wanted:
        if not example.is_record:
            for quad in example.quads():
                assert isinstance(quad.subject, ox.NamedNode), f"{example.name} has a node without a name"
                if quad.subject not in known:
                    assert owners.setdefault(quad.subject.value, example.name) == example.name, quad.subject
                dataset.store.add([quad])
    return dataset, World(list(dataset.store.quads()), owners)


@pytest.fixture(scope="session")
def shapes(checkout_shapes: Path) -> rdflib.Graph:
    """Return all shapes of the checkout; no test changes them."""
    return read_shapes(checkout_shapes)


@pytest.fixture(scope="session")
def checkout_shapes() -> Path:
    return HERE.parents[1] / "shapes"
