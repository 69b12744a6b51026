"""The graph from a store on disk or from a service, as a user of the command line meets it."""

from __future__ import annotations

import os
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from ccin_graph.build import canonical_lines
from ccin_graph.store.http import PASSWORD, TOKEN, USER
from tests.servers import FaultyServer, Reply, Service, free_port

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.store import EmbeddedStore
    from tests.conftest import Project


class CommandLine:
    """The command line in a copy of the invented project."""

    def __init__(self, project: Project) -> None:
        self.project = project

    def __call__(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        known = {name: value for name, value in os.environ.items() if name not in (USER, PASSWORD, TOKEN)}
        return subprocess.run(
            [sys.executable, "-W", "error", "-m", "ccin_graph", *arguments],
            cwd=self.project.root,
            env={**known, **environment},
            capture_output=True,
            text=True,
        )


@pytest.fixture
def ccin(project: Project, store: EmbeddedStore) -> CommandLine:
    """Return the command line where the dataset was built."""
    (project.root / "build").mkdir()
    (project.root / "build" / "ccin.nq").write_bytes(b"".join(canonical_lines(store)))
    return CommandLine(project)


QUESTION = ("query", "run", "councils/projects", "council=Northmere City Council", "--format", "csv")


def test_a_store_on_disk_is_made_once_and_asked(ccin: CommandLine, store: EmbeddedStore) -> None:
    made = ccin("load", "--store", "graph")
    assert (made.returncode, made.stdout) == (0, f"{len(store)} quads written to graph\n"), made.stderr
    assert ccin("load", "--store", "graph").stdout == f"{len(store)} quads are already in graph\n"
    asked = ccin(*QUESTION, "--store", "graph")
    assert asked.returncode == 0
    assert "Note" not in asked.stderr
    assert asked.stdout == ccin(*QUESTION).stdout
    for command in (
        ("members", "--as-of", "2020-06-01"),
        ("network", "summary"),
        ("evidence", "rests-on", "tide-2021:16"),
    ):
        here, there = ccin(*command), ccin(*command, "--store", "graph")
        assert (there.returncode, there.stdout) == (0, here.stdout), there.stderr


def test_a_store_says_when_it_is_stale(ccin: CommandLine) -> None:
    ccin("load", "--store", "graph")
    ccin.project.append(
        "build/ccin.nq", '<http://e.org/a> <http://e.org/b> "c" <https://w3id.org/ccin/id/graph/entities> .'
    )
    asked = ccin(*QUESTION, "--store", "graph")
    assert asked.returncode == 0
    assert "the store holds another dataset than build/ccin.nq; 'ccin-graph load --store graph'" in asked.stderr
    assert "written to" in ccin("load", "--store", "graph").stdout
    assert "Note" not in ccin(*QUESTION, "--store", "graph").stderr


def test_without_a_dataset_it_is_built_first(project: Project) -> None:
    done = CommandLine(project)("load", "--store", "graph")
    assert done.returncode == 0, done.stderr
    assert "building the dataset" in done.stderr
    assert (project.root / "build" / "ccin.nq").exists()


@pytest.mark.parametrize("way", ["graph store", "update"])
def test_a_service_is_loaded_and_asked(ccin: CommandLine, oxigraph: Service, store: EmbeddedStore, way: str) -> None:
    oxigraph.put(b"")
    more = ("--update", oxigraph.update) if way == "update" else ()
    for _ in range(2):
        loaded = ccin("load", "--endpoint", oxigraph.query, *more)
        assert loaded.returncode == 0, loaded.stderr
        assert loaded.stdout.startswith(f"{len(store)} triples in ")
        assert (oxigraph.update if way == "update" else oxigraph.graph_store) in loaded.stdout
        assert "entities: " in loaded.stderr
    asked = ccin(*QUESTION, "--endpoint", oxigraph.query)
    assert (asked.returncode, asked.stdout) == (0, ccin(*QUESTION).stdout), asked.stderr
    there = ccin(*QUESTION, "--endpoint", oxigraph.query, "--no-derived")
    assert there.stdout == ccin(*QUESTION, "--no-derived").stdout
    members = ("members", "--as-of", "2020-06-01", "--format", "csv")
    assert ccin(*members, "--endpoint", oxigraph.query).stdout == ccin(*members).stdout


def test_a_graph_that_is_no_more_is_removed_there(ccin: CommandLine, oxigraph: Service) -> None:
    oxigraph.put(b"<http://e.org/a> <http://e.org/b> <http://e.org/c> <https://w3id.org/ccin/id/graph/gone> .\n")
    assert "gone: removed" in ccin("load", "--endpoint", oxigraph.query).stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("load",), "Give --endpoint URL or --store DIR"),
        (("load", "--endpoint", "http://127.0.0.1/", "--store", "graph"), "Give --endpoint URL or --store DIR"),
        (("load", "--store", "graph", "--update", "http://127.0.0.1/"), "Give --endpoint URL or --store DIR"),
        (("load", "--endpoint", "127.0.0.1"), "no address of a service"),
        (("load", "--store", "data"), "holds something else"),
        ((*QUESTION, "--endpoint", "ftp://127.0.0.1/"), "no address of a service"),
        ((*QUESTION, "--endpoint", "http://me:s3cret@127.0.0.1/"), "Set CCIN_ENDPOINT_USER"),
        ((*QUESTION, "--store", "data"), "ccin-graph load --store"),
        ((*QUESTION, "--store", "data", "--endpoint", "http://127.0.0.1/"), "Give one of --dataset, --store"),
        ((*QUESTION, "--dataset", "build/ccin.nq", "--store", "data"), "Give one of --dataset, --store"),
        ((*QUESTION, "--timeout", "0"), "--timeout"),
    ],
)
def test_a_mistake_is_a_message_and_no_traceback(ccin: CommandLine, arguments: tuple[str, ...], said: str) -> None:
    done = ccin(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert "Traceback" not in done.stderr
    assert "s3cret" not in done.stderr


def test_a_service_that_is_not_there_is_a_message(ccin: CommandLine) -> None:
    for command in (QUESTION, ("load",)):
        done = ccin(*command, "--endpoint", f"http://127.0.0.1:{free_port()}/query")
        assert (done.returncode, done.stdout) == (2, "")
        assert "is not reached: Connection refused" in done.stderr
        assert "Traceback" not in done.stderr


def test_credentials_are_sent_and_not_printed(ccin: CommandLine) -> None:
    with FaultyServer(lambda _: Reply(401, b"s3cret is wrong", "text/plain")) as server:
        done = ccin(*QUESTION, "--endpoint", server.url, CCIN_ENDPOINT_USER="me", CCIN_ENDPOINT_PASSWORD="s3cret")
    assert server.asked[0].headers["authorization"].startswith("Basic ")
    assert done.returncode == 2
    assert "answers 401 Unauthorized: ... is wrong. Set CCIN_ENDPOINT_USER" in done.stderr
    assert "s3cret" not in done.stdout + done.stderr


def test_the_time_an_answer_may_take_is_an_option(ccin: CommandLine) -> None:
    with FaultyServer(lambda _: Reply(content=b" " * 1000, slowly=True)) as server:
        done = ccin(*QUESTION, "--endpoint", server.url, "--timeout", "0.3")
    assert done.returncode == 2
    assert "did not answer within 0.3 seconds" in done.stderr


def test_questions_are_listed_with_what_they_need(ccin: CommandLine) -> None:
    listed = ccin("query", "list").stdout
    marked = [line for line in listed.splitlines() if "--federated" in line]
    assert marked
    assert all(line.startswith("federated/") for line in marked)
    assert marked == ccin("query", "list", "federated").stdout.splitlines()
    assert [line.startswith("analysis/") for line in listed.splitlines()] == [
        line.endswith("(asks results of analyses)") for line in listed.splitlines()
    ]
    refused = ccin("query", "run", "federated/borders")
    assert (refused.returncode, refused.stdout) == (2, "")
    assert "--federated" in refused.stderr


def test_local_questions_import_no_service(ccin: CommandLine, tmp_path: Path) -> None:
    ccin("load", "--store", str(tmp_path / "graph"))
    code = (
        "import sys\nfrom ccin_graph.cli import cli\n"
        f"cli([*{QUESTION!r}, '--store', {str(tmp_path / 'graph')!r}], standalone_mode=False)\n"
        "print([n for n in ('SPARQLWrapper', 'urllib.request', 'rdflib', 'xml.dom') if n in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ccin.project.root, capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"
