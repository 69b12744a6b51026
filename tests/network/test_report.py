"""The whole report of the records of this project: files, bytes, findings; and of little or nothing."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from ccin_graph.network.analyses import RANKINGS, WORK, mixed, ranked
from ccin_graph.network.catalogue import PROJECTIONS
from ccin_graph.network.choice import Choice
from ccin_graph.network.findings import findings
from ccin_graph.network.null_models import null_models
from ccin_graph.network.provenance import Provenance
from ccin_graph.network.report import Report, make_report, write_report
from ccin_graph.network.tables import Tables

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.build import Dataset
    from ccin_graph.network import Participation
    from tests.conftest import Project

ROOT = Path(__file__).parents[2]
FINDINGS = ROOT / "docs" / "findings.md"
PROVENANCE = Provenance("0" * 64, {"network/participations": "1" * 64}, {"ccin-graph": "0.1.0", "python": "3.11"})


@pytest.fixture(scope="module")
def report(tables: Tables) -> Report:
    pytest.importorskip("bicm", reason="null models need bicm")
    pytest.importorskip("networkit", reason="Leiden communities need networkit")
    return make_report(tables)


@pytest.fixture
def fewer_draws(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let chance be drawn a few times where a test does not ask for what it gives."""
    for function, name in ((ranked, "replicates"), (mixed, "permutations"), (null_models, "samples")):
        defaults = function.__kwdefaults__
        assert defaults is not None
        monkeypatch.setitem(defaults, name, 50)


@pytest.fixture(scope="module")
def quick(tables: Tables) -> Report:
    """Return a report of one publication without what takes long."""
    return make_report(Choice(sources=("taskforce-2013",)).of(tables), full=False)


@pytest.fixture(scope="module")
def written(report: Report, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("report")
    write_report(report, folder, PROVENANCE)
    return folder


def test_every_graph_in_every_form(report: Report, written: Path) -> None:
    layers = {name for name in report.graphs if name.startswith("organisation-organisation.")}
    views = {f"{name}.{view}" for name in ("council-council", "council-partner") for view in ("successors", "places")}
    backbones = {f"backbone-{name}" for name in WORK}
    assert set(report.graphs) == {*PROJECTIONS, *layers, *views, *backbones}
    assert len(layers) == 5
    for name, graph in report.graphs.items():
        assert set(nx.read_graphml(written / f"{name}.graphml")) == set(graph)
        back = nx.read_gexf(written / f"{name}.gexf", version="1.2draft")
        assert back.number_of_edges() == graph.number_of_edges()
        assert len(json.loads((written / f"{name}.cyjs").read_text("utf-8"))["elements"]["nodes"]) == len(graph)
        with (written / f"{name}.edges.csv").open(encoding="utf-8", newline="") as stream:
            assert len(list(csv.DictReader(stream))) == graph.number_of_edges()
        with (written / f"{name}.nodes.csv").open(encoding="utf-8", newline="") as stream:
            assert [row["id"] for row in csv.DictReader(stream)] == sorted(graph)
    for name in WORK:
        assert 'mode="dynamic"' in (written / f"{name}.time.gexf").read_text("utf-8")


def test_every_table_is_a_file(report: Report, written: Path) -> None:
    results = report.results()
    assert set(results) == {
        "agreement",
        "attack",
        "backbone",
        "change",
        "change-nodes",
        "change-ties",
        "communities",
        "community-labels",
        "measures",
        "mixing",
        "networks",
        "prediction",
        "ranks",
        "robustness",
        "suggestions",
    }
    for name, result in results.items():
        with (written / f"{name}.csv").open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        assert len(rows) == len(result.rows) > 0
        assert list(rows[0]) == [column.name for column in result.columns]
    assert {row[0] for row in results["measures"].rows} == set(PROJECTIONS)
    assert {row[0] for row in results["ranks"].rows} == set(RANKINGS)


def test_nodes_are_measured_with_their_communities(report: Report) -> None:
    result = report.results()["measures"]
    place = {column.name: number for number, column in enumerate(result.columns)}
    groups = {(row[0], row[2]): row for row in report.results()["communities"].rows if row[1] != "leiden"}
    for row in result.rows:
        _, _, node, _, community, stability = groups[row[0], row[1]]
        assert node == row[1]
        assert (row[place["community"]], row[place["stability"]]) == (community, stability)
        assert (row[place["participation"]] is None) == (row[place["degree"]] == 0)


def test_the_page_of_methods_tells_how_each_analysis_was_made(report: Report, written: Path) -> None:
    text = (written / "methods.md").read_text("utf-8")
    assert PROVENANCE.data in text
    assert not report.left_out
    for run in report.runs:
        section = text.partition(f"\n## {run.name}\n")[2].partition("\n## ")[0]
        assert run.finding in section
        assert run.methods in section
        if "seed" in run.parameters:
            assert f"seed {report.seed}" in section
            assert str(report.seed) in run.methods
    for one in PROJECTIONS.values():
        assert f"`{one.name}`: {one.about}" in text


def test_findings_are_those_of_the_report(report: Report, tables: Tables, request: pytest.FixtureRequest) -> None:
    text = findings(report, tables)
    if request.config.getoption("--refresh-golden"):
        FINDINGS.write_text(text, "utf-8")
    assert FINDINGS.read_text("utf-8") == text, "run 'make golden' and read the difference"


def test_findings_claim_no_more_than_the_tests(report: Report, tables: Tables) -> None:
    assert "**Councils work with councils of their region**" in findings(report, tables)
    run = report.run("mixing.council-council.assortativity.region")
    (mixing,) = run.results
    place = [column.name for column in mixing.columns].index("p")
    unsure = replace(mixing, rows=[(*row[:place], 0.5, *row[place + 1 :]) for row in mixing.rows])
    runs = [replace(one, results=(unsure,)) if one is run else one for one in report.runs]
    text = findings(replace(report, runs=runs), tables)
    assert "It is not shown that councils work with councils of their region: " in text
    assert "**Councils work with" not in text
    assert "regional" not in text


def test_a_backbone_holds_the_ties_that_survive_in_both_models(report: Report) -> None:
    result = report.results()["backbone"]
    names = [column.name for column in result.columns]
    rows = [dict(zip(names, row, strict=True)) for row in result.rows]
    for name in WORK:
        kept = {frozenset((row["one"], row["other"])) for row in rows if row["network"] == name and row["survives"]}
        assert kept == {frozenset(pair) for pair in report.graphs[f"backbone-{name}"].edges}
    assert all(row["projects"] for row in rows)


def every(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


MAKE = """
import sys
from pathlib import Path
from ccin_graph.graph import Graph
from ccin_graph.network.analyses import mixed, ranked
from ccin_graph.network.null_models import null_models
from ccin_graph.network.provenance import provenance_of
from ccin_graph.network.report import make_report, write_report
from ccin_graph.network.tables import tables_of
from ccin_graph.tree import Tree
for function, name in ((ranked, "replicates"), (mixed, "permutations"), (null_models, "samples")):
    function.__kwdefaults__[name] = 50  # that it is the same every time can be seen of few draws
graph = Graph.from_records(Tree(Path(sys.argv[1])))
write_report(make_report(tables_of(graph), seed=7), Path(sys.argv[2]), provenance_of(graph))
"""


def test_the_same_seed_gives_the_same_bytes_whatever_the_hash_seed(clean: Project, tmp_path: Path) -> None:
    root = str(clean.root)
    for seed in ("1", "2"):
        subprocess.run(
            [sys.executable, "-c", MAKE, root, str(tmp_path / seed)],
            check=True,
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            cwd=ROOT,
        )
    first = every(tmp_path / "1")
    assert first == every(tmp_path / "2")
    assert len(first) > 100


def test_a_report_replaces_the_one_before_and_leaves_nothing_behind(quick: Report, tmp_path: Path) -> None:
    (tmp_path / "measures.csv").write_text("old", "utf-8")
    (tmp_path / "own.txt").write_text("mine", "utf-8")
    paths = write_report(quick, tmp_path, PROVENANCE)
    assert (tmp_path / "measures.csv").read_text("utf-8").startswith("network,")
    assert {path.name for path in tmp_path.iterdir()} == {path.name for path in paths} | {"own.txt"}


def test_what_is_left_out_is_said(quick: Report, tmp_path: Path) -> None:
    assert "left out" in quick.left_out[0]
    assert "backbone" not in quick.results()
    write_report(quick, tmp_path, PROVENANCE)
    assert quick.left_out[0] in (tmp_path / "methods.md").read_text("utf-8")


@pytest.mark.usefixtures("fewer_draws")
def test_extras_that_are_not_installed_are_named(tables: Tables, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda name: None)
    found = make_report(Choice(sources=("taskforce-2013",)).of(tables))
    assert any("networkit is not installed" in line for line in found.left_out)
    assert any("bicm is not installed" in line for line in found.left_out)
    assert "backbone" not in found.results()


@pytest.mark.usefixtures("fewer_draws")
@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_report_of_little_or_nothing(
    number: int, participation: Callable[..., Participation], tmp_path: Path
) -> None:
    rows = [
        participation("oldham", "food", kind="council", publication="ex:2018"),
        participation("co-op", "food", kind="affiliate", publication="ex:2018"),
    ][:number]
    found = make_report(Tables(rows, dates={"ex:2018": "2018"}, titles={"ex:2018": "A booklet"}))
    assert write_report(found, tmp_path, PROVENANCE)
    figures = {row[1]: row[2] for row in found.results()["networks"].rows if row[0] == "council-partner"}
    assert (figures["nodes"], figures["ties"]) == (number, max(0, number - 1))


@pytest.mark.usefixtures("fewer_draws")
def test_a_choice_is_in_the_methods_and_in_the_results(tables: Tables, tmp_path: Path) -> None:
    chosen = make_report(tables, Choice(sources=("covid-2020",), councils="places"), full=False)
    write_report(chosen, tmp_path, PROVENANCE)
    assert "sources: covid-2020; councils: places" in (tmp_path / "methods.md").read_text("utf-8")
    assert {row[1] for row in chosen.results()["change"].rows} == {"https://w3id.org/ccin/id/publication/covid-2020"}


@pytest.mark.usefixtures("fewer_draws")
def test_strength_counts_where_there_are_ties_and_is_said_not_to_elsewhere(tables: Tables) -> None:
    few = Choice(sources=("case-studies-2021",), strength=2)
    found = make_report(tables, few, full=False)
    assert all(data["shared"] > 1 for _, _, data in found.graphs["council-partner"].edges(data=True))
    assert "less than 2" in found.left_out[0]


def test_the_digest_is_that_of_the_file(dataset: Dataset, clean: Project, tmp_path: Path) -> None:
    from ccin_graph.build import write_dataset
    from ccin_graph.graph import Graph
    from ccin_graph.network.provenance import provenance_of

    digest = write_dataset(dataset, tmp_path)
    found = provenance_of(Graph(dataset.store, clean.tree))
    assert found.data == digest
    assert found.software["networkx"] == nx.__version__
