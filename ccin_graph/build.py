"""Records to a dataset in files: canonical N-Quads, TriG, Turtle, JSON-LD."""

from __future__ import annotations

import hashlib
import io
import json
import os
import shutil
import tempfile
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.derive import derive
from ccin_graph.errors import StoreError, TreeError
from ccin_graph.memory import collector_at_rest
from ccin_graph.queries.executables import executable_quads
from ccin_graph.records.loading import Corpus, load_records
from ccin_graph.store import EmbeddedStore
from ccin_graph.vocabulary import PREFIXES, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccin_graph.tree import Tree


@dataclass(slots=True)
class Dataset:
    """A graph that was built from records.

    Attributes
    ----------
    store : EmbeddedStore
        Asserted and derived quads.
    corpus : Corpus
        The records, with the place of every node.
    derived : int
        How many quads were derived.
    """

    store: EmbeddedStore
    corpus: Corpus
    derived: int


def assemble(tree: Tree) -> Dataset:
    """Read the records, put the questions of the packs beside them and derive what follows.

    Parameters
    ----------
    tree : Tree

    Returns
    -------
    Dataset

    Raises
    ------
    RecordsError
        With every problem of every record.
    StoreError
        If a triple stands in two graphs, or a node has no IRI.
    """
    with collector_at_rest():
        corpus = load_records(tree)
        quads = corpus.quads + executable_quads(tree.queries)
        _check_quads(quads)
        store = EmbeddedStore(quads)
        return Dataset(store, corpus, derive(store, tree.queries))


def _check_quads(quads: list[ox.Quad]) -> None:
    graphs: dict[ox.Triple, str] = {}
    for quad in quads:
        if isinstance(quad.subject, ox.BlankNode) or isinstance(quad.object, ox.BlankNode):
            raise StoreError(f"a node without an IRI: {quad}", remedy="Give it an IRI; the dataset has no blank nodes.")
        here = _graph_of(quad)
        first = graphs.setdefault(quad.triple, here)
        if first != here:
            message = f"a triple stands in two graphs, {shorten(first)} and {shorten(here)}: {quad.triple}"
            raise StoreError(message, remedy="State it once.")


def canonical_lines(store: EmbeddedStore) -> list[bytes]:
    """Return the quads of a store as canonical N-Quads lines, in order.

    Parameters
    ----------
    store : EmbeddedStore

    Returns
    -------
    list of bytes
    """
    return sorted(store.n_quads().splitlines(keepends=True))


def write_dataset(dataset: Dataset, folder: Path) -> str:
    """Write ``ccin.nq``, ``.trig``, ``.ttl`` and ``.jsonld``, staged and swapped.

    Two writings of one dataset have the same bytes. A writing that is interrupted leaves the files that were there.

    Parameters
    ----------
    dataset : Dataset
    folder : Path
        Made if it does not exist.

    Returns
    -------
    str
        SHA-256 of ``ccin.nq``.
    """
    digests = {}
    with staged(folder) as stage, collector_at_rest():
        for name, content in dataset_files(dataset.store):
            (stage / name).write_bytes(content)
            digests[name] = hashlib.sha256(content).hexdigest()
    return digests["ccin.nq"]


def dataset_files(store: EmbeddedStore) -> Iterator[tuple[str, bytes]]:
    """Yield the files of a dataset, one after the other; two calls give the same bytes.

    Parameters
    ----------
    store : EmbeddedStore

    Yields
    ------
    (str, bytes)
        Name and content: of ``ccin.nq``, ``.ttl``, ``.trig`` and ``.jsonld``.
    """
    # Quads are parsed anew for each form: a million of them as objects take more memory than all of the files.
    content = b"".join(canonical_lines(store))
    yield "ccin.nq", content
    yield "ccin.ttl", _serialised((quad.triple for quad in _parsed(content)), ox.RdfFormat.TURTLE)
    graphs: dict[str, list[bytes]] = {}
    for line, quad in zip(io.BytesIO(content), _parsed(content), strict=True):
        graphs.setdefault(_graph_of(quad), []).append(line)
    del content
    by_graph = b"".join(line for graph in sorted(graphs) for line in graphs[graph])
    del graphs
    yield "ccin.trig", _serialised(_parsed(by_graph), ox.RdfFormat.TRIG)
    yield "ccin.jsonld", _serialised(_parsed(by_graph), ox.RdfFormat.JSON_LD)


def _parsed(content: bytes) -> Iterator[ox.Quad]:
    quads: Iterator[ox.Quad] = ox.parse(content, ox.RdfFormat.N_QUADS, lenient=True)
    return quads


def _serialised(statements: Iterable[ox.Quad] | Iterable[ox.Triple], form: ox.RdfFormat) -> bytes:
    prefixes = {name: iri for name, iri in PREFIXES.items() if name != "id"}
    written = ox.serialize(statements, format=form, prefixes=prefixes)
    assert written is not None
    return written


def _graph_of(quad: ox.Quad) -> str:
    return quad.graph_name.value if isinstance(quad.graph_name, ox.NamedNode) else ""


@contextmanager
def staged(folder: Path) -> Iterator[Path]:
    """Give a folder to write in; each of its files replaces the one in `folder` when all are written.

    Parameters
    ----------
    folder : Path
        Made if it does not exist.

    Yields
    ------
    Path

    Raises
    ------
    TreeError
        If the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _clear_what_a_killed_one_left(folder)
        stage = Path(tempfile.mkdtemp(prefix=f".staged-{os.getpid()}-", dir=folder))
    except OSError as error:
        raise TreeError(f"{folder} cannot be written to: {error.strerror}", remedy="Choose another folder.") from error
    try:
        yield stage
        for path in sorted(stage.iterdir()):
            os.replace(path, folder / path.name)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _clear_what_a_killed_one_left(folder: Path) -> None:
    for stage in folder.glob(".staged-*-*"):
        try:
            os.kill(int(stage.name.split("-")[1]), 0)
        except (ProcessLookupError, ValueError):
            shutil.rmtree(stage, ignore_errors=True)
        except PermissionError:
            continue


def expanded_document(corpus: Corpus) -> str:
    """Return the records as plain YAML-LD: after the table of forms, before JSON-LD.

    Parameters
    ----------
    corpus : Corpus

    Returns
    -------
    str
        JSON, which is YAML too.
    """
    document = {"@context": corpus.context.document["@context"], "@graph": corpus.expanded}
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"
