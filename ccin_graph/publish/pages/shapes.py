"""The shapes as their page shows them: what each demands, how grave it is, what to do."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.publish.addresses import file_name
from ccin_graph.publish.content import Link
from ccin_graph.publish.pages.ontology import term_link
from ccin_graph.records.forms import SLUG
from ccin_graph.vocabulary import CCIN, RDFS, SH

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.publish.model import Model
    from ccin_graph.tree import Tree

PAGE = "shapes.html"
_DOCS = CCIN.removesuffix("def#") + "docs/"


@dataclass(frozen=True, slots=True)
class Shape:
    """A shape.

    Parameters
    ----------
    name : str
        End of its IRI, and the anchor on the page.
    file : str
        Stem of the file it stands in.
    label : str
        Name of what it is about, of a node shape.
    message : str
        What is told to who breaks it.
    severity : str
        Violation, warning, info; empty for what only gathers others.
    targets : tuple of Link
        Classes, or what else it looks at.
    path : Link or None
        The property.
    help : Link or None
        Where it is explained.
    uses : frozenset of str
        IRIs of the terms it speaks of.
    """

    name: str
    file: str
    label: str
    message: str
    severity: str
    targets: tuple[Link, ...]
    path: Link | None
    help: Link | None
    uses: frozenset[str]

    @property
    def href(self) -> str:
        """Where it stands on the site."""
        return f"{PAGE}#{self.name}"


def read_shapes(tree: Tree, model: Model) -> tuple[Shape, ...]:
    """Return the shapes of a project, file by file.

    Parameters
    ----------
    tree : Tree
    model : Model

    Returns
    -------
    tuple of Shape
    """
    found = (shape for path in sorted(tree.shapes.glob("*.ttl")) for shape in _of_file(path, model, tree))
    return tuple(shape if _is_explained(shape, tree) else replace(shape, help=None) for shape in found)


def _is_explained(shape: Shape, tree: Tree) -> bool:
    if shape.help is None or shape.help.outside:
        return True
    return (tree.root / shape.help.href.partition("#")[0]).with_suffix(".md").is_file()


def _of_file(path: Path, model: Model, tree: Tree) -> list[Shape]:
    said: dict[ox.NamedNode | ox.BlankNode | ox.Triple, list[tuple[str, object]]] = defaultdict(list)
    for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE):
        said[quad.subject].append((quad.predicate.value, quad.object))
    found = []
    for node, pairs in said.items():
        values: dict[str, list[object]] = defaultdict(list)
        for predicate, value in pairs:
            values[predicate].append(value)
        is_shape = any(predicate.startswith(SH) for predicate in values)
        if isinstance(node, ox.NamedNode) and is_shape:
            found.append(_shape(node, values, _uses(node, said), path.stem, model, tree))
    return found


def _shape(
    node: ox.NamedNode, values: dict[str, list[object]], uses: frozenset[str], file: str, model: Model, tree: Tree
) -> Shape:
    def first(property_: str) -> str:
        return next((_value(one) for one in values[property_] if not isinstance(one, ox.BlankNode)), "")

    targets = [
        _value(one) for name in ("targetClass", "targetSubjectsOf", "targetObjectsOf") for one in values[SH + name]
    ]
    path = first(SH + "path")
    return Shape(
        _anchor(node.value),
        file,
        first(RDFS + "label"),
        first(SH + "message"),
        first(SH + "severity").rpartition("#")[2].lower(),
        tuple(term_link(model, one) for one in sorted(targets)),
        term_link(model, path) if path else None,
        _help(first(RDFS + "seeAlso"), tree),
        uses,
    )


def _uses(
    node: ox.NamedNode, said: dict[ox.NamedNode | ox.BlankNode | ox.Triple, list[tuple[str, object]]]
) -> frozenset[str]:
    found: set[str] = set()
    waiting: list[object] = [node]
    seen: set[object] = set()
    while waiting:
        one = waiting.pop()
        if one in seen:
            continue
        seen.add(one)
        for _, value in said.get(one, ()) if isinstance(one, ox.NamedNode | ox.BlankNode) else ():
            if isinstance(value, ox.NamedNode):
                found.add(value.value)
            elif isinstance(value, ox.BlankNode):
                waiting.append(value)
    return frozenset(iri for iri in found if iri.startswith(CCIN))


def _anchor(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def _help(iri: str, tree: Tree) -> Link | None:
    if iri.startswith(_DOCS):
        page, mark, fragment = iri.removeprefix(_DOCS).partition("#")
        if not all(map(SLUG.fullmatch, page.split("/"))) or not (tree.root / "docs" / f"{page}.md").is_file():
            # Another network's records without our documentation.
            return None
        path = "/".join(map(file_name, page.split("/")))
        return Link("Explained", f"docs/{path}.html{mark}{fragment}")
    return Link("Explained", iri, outside=True) if iri.startswith(("http://", "https://")) else None


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
