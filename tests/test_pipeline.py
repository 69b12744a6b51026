"""Everything in one go, on the invented project."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING, Any

import pytest

from ccin_graph.pipeline import run, summarise

if TYPE_CHECKING:
    from pathlib import Path


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def test_a_run_builds_checks_answers_and_analyses(project: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # the defaults of the other packs name bodies that the invented project does not have
    monkeypatch.setattr("ccin_graph.packs.pack_names", lambda folder: ["analysis", "network"])
    build = project.tree.build
    gone = build / "answers" / "analysis" / "no-question-any-more.csv"
    gone.parent.mkdir(parents=True)
    gone.write_text("of a run before", "utf-8")
    outcome = run(project.tree, project.sources)
    assert not gone.exists()
    assert {"ccin.nq", "findings.txt", "answers", "network"} <= {path.name for path in build.iterdir()}
    # facts and results are asked together, and results are no part of the dataset
    ranks = rows(build / "answers" / "analysis" / "ranks-and-documents.csv")
    assert {row["name"] for row in ranks} >= {"Northmere City Council"}
    assert outcome.answers["analysis/runs"] == len(outcome.report.runs) - sum(
        not any(result.rows for result in one.results) for one in outcome.report.runs
    )
    assert "/graph/analysis>" not in (build / "ccin.nq").read_text("utf-8")
    network = {path.name for path in (build / "network").iterdir()}
    assert {"network.png", "network.svg", "methods.md", "analysis.nq", "measures.csv"} <= network
    assert "backbone.csv" not in network
    printed = summarise(outcome)
    assert "The network: 4 organisations" in printed
    assert "   2  Brightwater Trust (3 projects)" in printed
