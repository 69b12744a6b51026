"""What a SPARQL service holds is checked as a file is: a real server, one that cuts its answers, and none."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from ccin_graph.build import canonical_lines
from ccin_graph.cli.check_command import command
from ccin_graph.errors import BadParameter, DataError, EndpointError
from ccin_graph.store.http import shown_url
from ccin_graph.store.remote import RemoteStore
from ccin_graph.validate import remote
from ccin_graph.validate.bounded import Limits
from ccin_graph.validate.foreign import check_files
from ccin_graph.validate.remote import check_remote, fetch_graph
from tests.servers import Service, free_port

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.store import EmbeddedStore
    from ccin_graph.tree import Tree

GRAPH = "https://example.org/graph"
THEIRS = f"""
PREFIX ccin: <https://w3id.org/ccin/def#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX their: <https://example.org/their/>
their:lead a ccin:Participation ; prov:agent their:body ; prov:hadRole <https://w3id.org/ccin/id/role/chief> .
GRAPH <{GRAPH}> {{ their:figure prov:wasDerivedFrom [ a ccin:Passage ] . their:figure a ccin:Figure . }}
"""


def as_n_quads(trig: str) -> bytes:
    written = ox.serialize(ox.parse(trig.encode(), ox.RdfFormat.TRIG), format=ox.RdfFormat.N_QUADS)
    assert written is not None
    return written


@pytest.fixture
def theirs(oxigraph: Service) -> Service:
    oxigraph.put(as_n_quads(THEIRS))
    return oxigraph


def told(findings: object) -> set[tuple[str, str, str]]:
    return {(one.rule, one.subject, one.value) for one in findings}  # type: ignore[attr-defined]


def test_a_service_is_checked_as_a_file_is(theirs: Service, checkout: Tree, tmp_path: Path) -> None:
    path = tmp_path / "theirs.trig"
    path.write_text(THEIRS, "utf-8")
    found = check_remote(theirs.query, checkout)
    assert told(found) == told(check_files([path], checkout))
    assert {(one.location.file, one.location.line) for one in found} == {(shown_url(theirs.query), 0)}
    # The passage has no IRI, and is told by the figure that it hangs on.
    assert any("the prov:wasDerivedFrom of" in one.message for one in found)


def test_only_the_graphs_that_are_named_are_checked(theirs: Service, checkout: Tree) -> None:
    subjects = {one.subject for one in check_remote(theirs.query, checkout, [GRAPH])}
    assert "https://example.org/their/figure" in subjects
    assert "https://example.org/their/lead" not in subjects
    with pytest.raises(DataError, match="no statement"):
        check_remote(theirs.query, checkout, ["https://example.org/nothing"])


def test_a_whole_dataset_comes_over(oxigraph: Service, store: EmbeddedStore, tmp_path: Path) -> None:
    oxigraph.put(b"".join(canonical_lines(store)))
    path = tmp_path / "fetched.nt"
    assert fetch_graph(oxigraph.query, path) == len(store)
    fetched = {quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES)}
    assert fetched == {quad.triple for quad in store.quads()}


def test_what_a_service_cuts_is_fetched_page_by_page(
    oxigraph: Service, store: EmbeddedStore, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def cut(*_: object, **__: object) -> object:
        raise EndpointError("this answer may have been cut")

    monkeypatch.setattr(RemoteStore, "construct", cut)
    oxigraph.put(b"".join(canonical_lines(store)))
    path = tmp_path / "fetched.nt"
    assert fetch_graph(oxigraph.query, path) == len(store)
    assert {quad.triple for quad in ox.parse(path=path, format=ox.RdfFormat.N_TRIPLES)} == {
        quad.triple for quad in store.quads()
    }
    oxigraph.put(as_n_quads(THEIRS))
    with pytest.raises(DataError, match="nodes without IRI"):
        fetch_graph(oxigraph.query, path)


def test_a_service_may_hold_too_much(theirs: Service, checkout: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "MAX_STATEMENTS", 5)
    with pytest.raises(DataError, match="holds 6 statements; at most 5"):
        check_remote(theirs.query, checkout)


def test_the_time_limit_holds_for_fetching_too(theirs: Service, checkout: Tree) -> None:
    with pytest.raises(DataError, match="takes too long"):
        check_remote(theirs.query, checkout, limits=Limits(seconds=0.000001))


def run(checkout: Tree, *arguments: str) -> Result:
    return CliRunner().invoke(command, ["--root", str(checkout.root), *arguments])


def test_the_command_checks_a_service(theirs: Service, checkout: Tree) -> None:
    result = run(checkout, "--endpoint", theirs.query, "--graph", GRAPH, "--format", "json")
    assert result.exit_code == 1
    assert shown_url(theirs.query) in result.stdout
    assert result.stderr.startswith("To mend: ")


def test_a_service_that_is_not_there_is_said(checkout: Tree) -> None:
    result = run(checkout, "--endpoint", f"http://127.0.0.1:{free_port()}/query", "--time-limit", "10")
    assert isinstance(result.exception, EndpointError)


@pytest.mark.parametrize(
    "arguments",
    [("x.ttl", "--endpoint", "http://e.org/"), ("--graph", GRAPH), ("--endpoint", "http://e.org/", "--view", "reuser")],
)
def test_what_does_not_go_together_is_said(arguments: tuple[str, ...], checkout: Tree) -> None:
    assert isinstance(run(checkout, *arguments).exception, BadParameter)
