"""Records to a dataset in files: the same bytes every time, one graph for every triple, and never half of it."""

from __future__ import annotations

import gc
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.build import assemble, canonical_lines, expanded_document, staged, write_dataset
from ccin_graph.errors import QueryError, RecordsError, StoreError, TreeError
from ccin_graph.records.loading import record_files
from ccin_graph.store import EmbeddedStore
from ccin_graph.tree import Tree
from ccin_graph.vocabulary import BASE, DERIVED, PREFIXES

if TYPE_CHECKING:
    from ccin_graph.build import Dataset
    from tests.conftest import Project

ROOT = Path(__file__).parents[1]
FILES = ("ccin.jsonld", "ccin.nq", "ccin.trig", "ccin.ttl")
BUILD = """
import sys
from pathlib import Path
from ccin_graph.build import assemble, write_dataset
from ccin_graph.tree import Tree
print(write_dataset(assemble(Tree(Path(sys.argv[1]))), Path(sys.argv[2])))
"""


@pytest.fixture(scope="module")
def built(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder with the files of the unchanged project."""
    folder = tmp_path_factory.mktemp("built")
    write_dataset(dataset, folder)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_the_files_of_a_dataset(built: Path) -> None:
    assert tuple(contents(built)) == FILES


def test_writing_twice_gives_the_same_bytes(dataset: Dataset, built: Path, tmp_path: Path) -> None:
    digest = write_dataset(dataset, tmp_path / "a" / "b")
    assert contents(tmp_path / "a" / "b") == contents(built)
    assert digest == hashlib.sha256(contents(built)["ccin.nq"]).hexdigest()


def shuffled(project: Project, root: Path, *, reverse: bool) -> Path:
    """Copy a project, making its files in another order."""
    shutil.copytree(project.root, root, ignore=shutil.ignore_patterns("data"))
    for path in sorted(record_files(project.tree), key=lambda path: path.stem[::-1], reverse=reverse):
        target = root / path.relative_to(project.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return root


def test_bytes_depend_on_nothing_but_the_records(clean: Project, built: Path, tmp_path: Path) -> None:
    running = []
    for number, (seed, zone) in enumerate(
        [("0", "Pacific/Kiritimati"), ("1", "America/Los_Angeles"), ("random", "UTC")]
    ):
        root = shuffled(clean, tmp_path / f"project-{number}", reverse=bool(number % 2))
        here = tmp_path / f"here-{number}"
        here.mkdir()
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", BUILD, str(root), "out"]
        running.append((here, subprocess.Popen(command, cwd=here, env=environment, stdout=subprocess.PIPE)))
    for here, process in running:
        printed, _ = process.communicate(timeout=60)
        assert process.returncode == 0
        assert contents(here / "out") == contents(built)
        assert printed.decode().strip() == hashlib.sha256(contents(built)["ccin.nq"]).hexdigest()


# What stands in the files


def test_n_quads_are_canonical_sorted_and_without_doubles(dataset: Dataset, built: Path) -> None:
    lines = (built / "ccin.nq").read_bytes().splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert len(lines) == len(dataset.store)
    iri = rb'<[^\x00-\x20<>"{}|^`\\]*>'
    literal = rb'"(?:[^"\\\n\r]|\\[tbnrf"\\]|\\u[0-9A-F]{4})*"(?:@[a-z]+(?:-[a-z0-9]+)*|\^\^' + iri + rb")?"
    form = re.compile(iri + b" " + iri + b" (?:" + iri + b"|" + literal + b") " + iri + rb" \.\n")
    assert [line for line in lines if not form.fullmatch(line)] == []
    assert b"^^<http://www.w3.org/2001/XMLSchema#string>" not in b"".join(lines)


def test_awkward_characters_are_escaped_as_canonical_n_quads_have_it() -> None:
    literal = ox.Literal('tab\tline\nreturn\rquote"slash\\é😀')
    node = ox.NamedNode("http://e.org/a")
    (line,) = canonical_lines(EmbeddedStore([ox.Quad(node, node, literal, node)]))
    wanted = r'"tab\tline\nreturn\rquote\"slash\\é😀"'
    assert line.decode() == f"<http://e.org/a> <http://e.org/a> {wanted} <http://e.org/a> .\n"


@pytest.mark.parametrize(
    ("name", "form"),
    [
        ("ccin.nq", ox.RdfFormat.N_QUADS),
        ("ccin.trig", ox.RdfFormat.TRIG),
        ("ccin.ttl", ox.RdfFormat.TURTLE),
        ("ccin.jsonld", ox.RdfFormat.JSON_LD),
    ],
)
def test_every_file_is_read_back_as_what_was_written(
    dataset: Dataset, built: Path, name: str, form: ox.RdfFormat
) -> None:
    read = list(ox.parse(path=built / name, format=form))
    written = set(dataset.store.quads())
    if form is ox.RdfFormat.TURTLE:
        assert {quad.triple for quad in read} == {quad.triple for quad in written}
    else:
        assert set(read) == written
    assert len(read) == len(written)


def test_every_triple_stands_in_one_named_graph_and_every_node_has_an_iri(dataset: Dataset) -> None:
    graphs: dict[ox.Triple, str] = {}
    for quad in dataset.store.quads():
        assert isinstance(quad.graph_name, ox.NamedNode)
        assert quad.triple not in graphs
        graphs[quad.triple] = quad.graph_name.value
        assert not any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object))
    graph = BASE + "graph/"
    assert set(graphs.values()) == {
        graph + name for name in ("entities", "concepts", "ontology", "derived", "queries", "tide-2019", "tide-2021")
    }


def test_turtle_is_written_with_the_prefixes_of_the_vocabulary(built: Path) -> None:
    declared = dict(re.findall(r"^@prefix (\w+): <([^>]+)> \.$", (built / "ccin.ttl").read_text("utf-8"), re.MULTILINE))
    assert declared
    assert declared == {prefix: PREFIXES[prefix] for prefix in declared}


def test_the_expanded_records_are_json_ld_that_says_the_same(dataset: Dataset) -> None:
    text = expanded_document(dataset.corpus)
    document = json.loads(text)
    assert document["@context"] == dataset.corpus.context.document["@context"]
    assert len(document["@graph"]) == len(dataset.corpus.expanded)
    said = {quad.triple for quad in ox.parse(text, format=ox.RdfFormat.JSON_LD)}
    assert said <= {quad.triple for quad in dataset.corpus.quads}
    assert not any({"lead", "accept", "key"} & set(node) for node in document["@graph"])


def test_how_much_was_derived(dataset: Dataset) -> None:
    assert dataset.derived == sum(quad.graph_name == ox.NamedNode(DERIVED) for quad in dataset.store.quads())


# What is refused


def test_a_triple_in_two_graphs_is_refused(project: Project) -> None:
    project.append(
        "ontology/concepts/role.ttl", "ccin:Council <http://www.w3.org/2000/01/rdf-schema#label> 'Council'@en ."
    )
    with pytest.raises(StoreError, match=r"a triple stands in two graphs, graph/\w+ and graph/\w+: .*ccin/def#Council"):
        project.dataset()


@pytest.mark.parametrize("line", ["role:lead skos:note [ ] .", "[ ] skos:note 'x' .", "_:a skos:note 'x' ."])
def test_a_node_without_an_iri_is_refused(project: Project, line: str) -> None:
    project.append("ontology/concepts/role.ttl", line)
    with pytest.raises(StoreError, match=r"a node without an IRI: .*the dataset has no blank nodes"):
        project.dataset()


def test_a_rule_that_makes_a_node_without_an_iri_is_refused(project: Project) -> None:
    rule = "#+ summary: S\n#+ order: 99\nPREFIX ccin: <https://w3id.org/ccin/def#>\n"
    project.write("queries/derive/blank.rq", f"{rule}CONSTRUCT {{ ?s ccin:about [] }} WHERE {{ ?s a ccin:Council }}")
    with pytest.raises(QueryError, match="without an IRI"):
        project.dataset()


def test_records_that_cannot_become_a_graph_leave_the_last_build_alone(project: Project, tmp_path: Path) -> None:
    out = tmp_path / "out"
    write_dataset(project.dataset(), out)
    before = contents(out)
    project.append("data/projects/tide-fund.yaml", "x: y")
    with pytest.raises(RecordsError):
        write_dataset(project.dataset(), out)
    assert contents(out) == before


def test_the_collector_of_garbage_is_on_again_afterwards(project: Project) -> None:
    project.append("data/projects/tide-fund.yaml", "x: y")
    assert gc.isenabled()
    with pytest.raises(RecordsError):
        assemble(project.tree)
    assert gc.isenabled()


# Staging


def test_files_replace_those_that_were_there_when_all_are_written(tmp_path: Path) -> None:
    for name in ("a", "b", "other"):
        (tmp_path / name).write_text("old", "utf-8")
    with staged(tmp_path) as stage:
        (stage / "a").write_text("new", "utf-8")
        (stage / "b").write_text("new", "utf-8")
        assert (tmp_path / "a").read_text("utf-8") == "old"
    assert contents(tmp_path) == {"a": b"new", "b": b"new", "other": b"old"}


@pytest.mark.parametrize("error", [RuntimeError, KeyboardInterrupt, MemoryError])
def test_what_breaks_off_leaves_everything_as_it_was(tmp_path: Path, error: type[BaseException]) -> None:
    (tmp_path / "a").write_text("old", "utf-8")

    def write() -> None:
        with staged(tmp_path) as stage:
            (stage / "a").write_text("new", "utf-8")
            raise error

    with pytest.raises(error):
        write()
    assert contents(tmp_path) == {"a": b"old"}


def test_a_build_that_breaks_off_while_writing_leaves_the_last_one_whole(
    dataset: Dataset, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_dataset(dataset, tmp_path)
    before = contents(tmp_path)
    write_bytes = Path.write_bytes
    written: list[Path] = []

    def full(path: Path, content: bytes) -> int:
        if written:
            raise OSError(28, "No space left on device")
        written.append(path)
        return write_bytes(path, content[:100])

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_dataset(dataset, tmp_path)
    assert written
    assert contents(tmp_path) == before


KILLED = """
import os, signal, sys
from pathlib import Path
from ccin_graph.build import staged
with staged(Path(sys.argv[1])) as stage:
    (stage / "ccin.nq").write_text("half")
    os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="no such signal here")
def test_a_build_that_is_killed_leaves_the_last_one_whole(tmp_path: Path) -> None:
    (tmp_path / "ccin.nq").write_text("whole", "utf-8")
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    finished = subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env=environment, check=False)
    assert finished.returncode == -signal.SIGKILL
    assert (tmp_path / "ccin.nq").read_text("utf-8") == "whole"


def test_the_next_build_clears_what_a_killed_one_left(tmp_path: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    subprocess.run([sys.executable, "-c", KILLED, str(tmp_path)], env=environment, check=False)
    with staged(tmp_path) as stage:
        (stage / "ccin.nq").write_text("whole", "utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["ccin.nq"]


def test_a_folder_that_cannot_be_made_is_one_clear_error(dataset: Dataset, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(TreeError, match=r"file.*cannot be written to: .*Choose another folder"):
        write_dataset(dataset, tmp_path / "file" / "build")


def test_the_project_is_named_nowhere_in_what_is_built(clean: Project, built: Path) -> None:
    for name, content in contents(built).items():
        assert str(clean.root).encode() not in content, name
        assert Tree(clean.root).root.name.encode() + b"/data" not in content, name
