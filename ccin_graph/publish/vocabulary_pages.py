"""Ontology, alignments and shapes: their pages and their files, at the addresses that their IRIs lead to."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.publish.data_files import WRITERS, ordered
from ccin_graph.publish.pages.ontology import ALIGNMENTS, read_alignments, terms
from ccin_graph.publish.pages.ontology import PAGE as ONTOLOGY_PAGE
from ccin_graph.publish.pages.shapes import PAGE as SHAPES_PAGE
from ccin_graph.publish.pages.shapes import read_shapes
from ccin_graph.publish.rendering import ALTERNATES
from ccin_graph.vocabulary import CCIN, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.publish.model import Model
    from ccin_graph.publish.rendering import Renderer
    from ccin_graph.tree import Tree

_ONTOLOGY = (
    "Every term that the graph uses beside those of the standard vocabularies, with what it means and an example."
)
_SHAPES = "What data must be like to be part of this graph: each shape with what it says to who breaks it."
_PLURALS = {"class": "classes", "property": "properties", "property of values": "properties of values"}


def vocabulary_pages(model: Model, tree: Tree, renderer: Renderer) -> Iterator[tuple[str, str]]:
    """Yield the pages of ontology, alignments and shapes.

    Parameters
    ----------
    model : Model
    tree : Tree
    renderer : Renderer

    Yields
    ------
    (str, str)
        Path and HTML.
    """
    alignments = read_alignments(tree, model)
    shapes = read_shapes(tree, model)
    found = terms(model, alignments, shapes, tree)
    groups = [(_PLURALS.get(kind, f"{kind}s"), list(group)) for kind, group in groupby(found, lambda term: term.kind)]
    yield (
        ONTOLOGY_PAGE,
        renderer.render(
            "ontology.html",
            ONTOLOGY_PAGE,
            title="Ontology",
            lead=_ONTOLOGY,
            alternates=_alternates("def"),
            groups=groups,
            terms=found,
            alignments=alignments,
        ),
    )
    for term in found:
        if term.shapes or term.queries:
            title = f"Where “{term.label}” is used"
            yield term.uses, renderer.render("term.html", term.uses, title=title, term=term)
    for one in alignments:
        alternates = _alternates(one.path.removesuffix(".html"))
        yield one.path, renderer.render("alignment.html", one.path, title=one.title, one=one, alternates=alternates)
    files = [(file, list(group)) for file, group in groupby(shapes, lambda shape: shape.file)]
    yield (
        SHAPES_PAGE,
        renderer.render(
            "shapes.html", SHAPES_PAGE, title="Shapes", lead=_SHAPES, alternates=_alternates("shapes"), files=files
        ),
    )


def _alternates(document: str) -> list[tuple[str, str]]:
    return [(f"{document}.{ending}", type_) for ending, type_ in ALTERNATES.items()]


def vocabulary_files(tree: Tree) -> Iterator[tuple[str, bytes]]:
    """Yield the files of alignments and shapes; the ontology's are among those of the documents.

    Parameters
    ----------
    tree : Tree

    Yields
    ------
    (str, bytes)
        Path and content.
    """
    for path in sorted((tree.ontology / "alignments").glob("*.ttl")):
        triples = [quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)]
        about = f"{CCIN.removesuffix('#')}/alignments/{path.stem}"
        for ending, written in WRITERS.items():
            yield f"{ALIGNMENTS}/{path.stem}.{ending}", written(ordered(triples, about))
    yield from _shapes(tree)


def _shapes(tree: Tree) -> Iterator[tuple[str, bytes]]:
    graph = ox.Dataset()
    for path in sorted(tree.shapes.glob("*.ttl")):
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE, rename_blank_nodes=True):
            graph.add(quad)
    # Nodes without a name get the same one each time.
    graph.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    triples = sorted((quad.triple for quad in graph), key=str)
    prefixes = {name: iri for name, iri in PREFIXES.items() if name != "id"}
    forms = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}
    for ending, form in forms.items():
        written = ox.serialize(triples, format=form, prefixes=prefixes)
        assert written is not None
        yield f"shapes.{ending}", written
