"""Asking: what values were taken for, and queries of one's own at the command line."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.build import write_dataset
from ccin_graph.errors import BadParameter, QueryError, QuerySyntaxError, StoreError
from ccin_graph.graph import Graph
from ccin_graph.packs import find_query
from ccin_graph.queries import answer

if TYPE_CHECKING:
    from ccin_graph.build import Dataset
    from ccin_graph.store import EmbeddedStore
    from tests.conftest import Project

ROOT = Path(__file__).parents[2]
P = "PREFIX ccin: <https://w3id.org/ccin/def#>\n"


@pytest.mark.parametrize(
    "given", ["northmere", "organisation/northmere", "Northmere City Council", "NORTHMERE city council"]
)
def test_an_answer_says_what_a_value_was_taken_for(store: EmbeddedStore, clean: Project, given: str) -> None:
    table = answer(find_query(clean.tree.queries, "councils/projects"), {"council": given}, store)
    assert [str(taken) for taken in table.taken] == ["council: Northmere City Council (organisation/northmere)"]
    assert len(table)


def test_a_default_is_told_as_such(graph: Graph) -> None:
    table = graph.query("members/changes", to="2021-08-21")
    assert [str(taken) for taken in table.taken] == ["from: 2018-04-09, by default", "to: 2021-08-21"]


def test_a_default_that_fits_not_is_told_with_its_place(graph: Graph) -> None:
    query = find_query(graph.tree.queries, "members/changes")
    (first, second) = query.parameters
    broken = replace(query, parameters=(first, replace(second, default="soon")))
    with pytest.raises(QueryError, match=r"queries/members/changes\.rq:\d+: 'to' takes a date, and 'soon' is none"):
        answer(broken, {}, graph.store)
    with pytest.raises(BadParameter, match=r"^'to' takes a date, and 'later' is none"):
        answer(broken, {"to": "later"}, graph.store)


def test_a_question_that_is_no_sparql_is_told_with_its_place(graph: Graph) -> None:
    query = find_query(graph.tree.queries, "councils/projects")
    broken = replace(query, text=query.text.replace("ORDER BY", "ODRER BY"))
    line = query.text[: query.text.index("ORDER BY")].count("\n") + 1
    with pytest.raises(QuerySyntaxError, match=rf"councils/projects\.rq: not SPARQL\nline {line}, column 1: 'ODRER'"):
        answer(broken, {"council": "northmere"}, graph.store)


def test_a_query_of_ones_own_must_select_in_python(graph: Graph) -> None:
    with pytest.raises(StoreError, match="not a SELECT query"):
        graph.sparql("ASK { ?s ?p ?o }")


@pytest.fixture(scope="module")
def graph(dataset: Dataset, clean: Project) -> Graph:
    return Graph(dataset.store, clean.tree)


@pytest.fixture(scope="module")
def built(dataset: Dataset, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("built")
    write_dataset(dataset, folder)
    return folder / "ccin.nq"


def ccin(*arguments: str, given: str | None = None) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "error", "-m", "ccin_graph", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, input=given)


def asked(built: Path, text: str, *options: str) -> subprocess.CompletedProcess[str]:
    return ccin("query", "ask", "-", "--dataset", str(built), *options, given=text)


def test_a_select_gives_rows(built: Path) -> None:
    done = asked(built, f"{P}SELECT ?c {{ ?c a ccin:Council }} ORDER BY ?c LIMIT 1", "--format", "csv")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines()[0] == "c"


def test_an_ask_gives_true_or_false(built: Path) -> None:
    assert asked(built, f"{P}ASK {{ ?c a ccin:Council }}").stdout == "true\n"
    assert asked(built, "ASK { ?c a <http://e.org/X> }").stdout == "false\n"


def test_a_construct_gives_turtle(built: Path) -> None:
    done = asked(built, f"{P}CONSTRUCT WHERE {{ ?c a ccin:Network }}")
    assert done.returncode == 0
    assert "<https://w3id.org/ccin/id/organisation/harbour-network> a ccin:Network ." in done.stdout


def test_a_file_is_named_in_the_message(built: Path, tmp_path: Path) -> None:
    path = tmp_path / "mine.rq"
    path.write_text("SELECT * {\n  FITLER (1 = 1)\n}", "utf-8")
    done = ccin("query", "ask", str(path), "--dataset", str(built))
    assert done.returncode == 2
    assert "mine.rq: not SPARQL\nline 2, column 3: 'FITLER' is no word of SPARQL; did you mean FILTER?" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_unknown_term_is_a_note_beside_the_answer(built: Path) -> None:
    done = asked(built, f"{P}SELECT ?c {{ ?c a ccin:Counsil }}")
    assert done.returncode == 0
    assert (
        "Note: line 2, column 18: nothing in the graph is called ccin:Counsil; did you mean ccin:Council?"
        in done.stderr
    )


@pytest.mark.parametrize("content", [b"\xff\xfe\x00", b""])
def test_what_is_no_text_is_a_message(built: Path, tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "mine.rq"
    path.write_bytes(content)
    done = ccin("query", "ask", str(path), "--dataset", str(built))
    assert done.returncode == 2
    assert "mine.rq" in done.stderr
    assert "Traceback" not in done.stderr


def test_run_says_what_a_value_was_taken_for(built: Path) -> None:
    done = ccin(
        "query", "run", "councils/projects", "council=northmere", "--dataset", str(built), "--format", "spreadsheet"
    )
    assert done.stderr == "council: Northmere City Council (organisation/northmere)\n"
    assert done.stdout.startswith("\ufeff")


def test_help_says_which_csv_is_which() -> None:
    for command in ("run", "ask"):
        said = " ".join(ccin("query", command, "--help").stdout.split())
        assert "csv, tsv and json are for machines, exact to the W3C's formats" in said
        assert "spreadsheet is CSV for people" in said
