"""What the documents say is true: links lead somewhere, examples run, the output is what a command prints."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.graph import Graph
from ccin_graph.pipeline import run, summarise
from ccin_graph.records.forms import FOLDERS
from ccin_graph.tree import Tree

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
README = ROOT / "README.md"
_OUTPUT = re.compile(r"(<!-- output of `ccin-graph run` -->\n```text\n).*?(```)", re.DOTALL)


def _blocks(path: Path, language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", path.read_text("utf-8"), re.DOTALL)


def _anchors(path: Path) -> set[str]:
    titles = re.findall(r"^#+ (.+)$", path.read_text("utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).strip().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_links_lead_somewhere(path: Path) -> None:
    for target in re.findall(r"\]\(([^)]+)\)", path.read_text("utf-8")):
        if target.startswith(("http://", "https://")):
            continue
        file, _, anchor = target.partition("#")
        found = (path.parent / file).resolve() if file else path
        assert found.exists(), target
        if anchor:
            assert anchor in _anchors(found), target


def test_shapes_and_rules_point_at_sections_of_the_guide() -> None:
    anchors = _anchors(ROOT / "docs" / "curation.md")
    for path in sorted((ROOT / "shapes").glob("*.ttl")):
        for anchor in re.findall(r"docs/curation#([\w-]+)", path.read_text("utf-8")):
            assert anchor in anchors, f"{path.name}: {anchor}"
    for path in sorted((ROOT / "queries" / "violations").glob("*.rq")):
        for anchor in re.findall(r"^#\+ see: curation#([\w-]+)", path.read_text("utf-8"), re.MULTILINE):
            assert anchor in anchors, f"{path.name}: {anchor}"


def _python_examples() -> list[tuple[Path, str]]:
    return [(path, block) for path in DOCUMENTS for block in _blocks(path, "python")]


@pytest.mark.parametrize(("path", "code"), _python_examples(), ids=lambda value: getattr(value, "name", "code"))
def test_python_example_runs(path: Path, code: str) -> None:
    done = subprocess.run([sys.executable, "-W", "error", "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip()
    expected = re.search(re.escape(code) + r"```\n+```text\n(.*?)```", path.read_text("utf-8"), re.DOTALL)
    if expected:
        assert done.stdout == expected.group(1)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_sparql_example_has_answers(path: Path, real: EmbeddedStore) -> None:
    for query in _blocks(path, "sparql"):
        assert len(Graph(real, Tree(ROOT)).sparql(query))


def test_readme_shows_what_a_run_prints(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    project = tmp_path / "project"
    project.mkdir()
    for name in ("data", "ontology", "queries", "shapes"):
        (project / name).symlink_to(ROOT / name)
    here = Path.cwd()
    try:
        os.chdir(project)
        printed = summarise(run(Tree(project))) + "\n"
    finally:
        os.chdir(here)
    text = README.read_text("utf-8")
    fresh = _OUTPUT.sub(lambda match: match.group(1) + printed + match.group(2), text)
    if request.config.getoption("--refresh-golden"):
        README.write_text(fresh, "utf-8")
        (ROOT / "docs" / "network.png").write_bytes((project / "build" / "network" / "network.png").read_bytes())
    assert README.read_text("utf-8") == fresh, "run 'make golden' and read the difference"


def test_every_type_of_record_is_in_the_guide() -> None:
    guide = (ROOT / "docs" / "curation.md").read_text("utf-8")
    missing = [name for name in FOLDERS if not re.search(rf"\b{name}\b", guide)]
    assert not missing


def test_agreement_is_what_the_benchmark_prints(request: pytest.FixtureRequest, real: EmbeddedStore) -> None:
    from benchmarks.agreement import READINGS, compare, report

    path = ROOT / "docs" / "data-quality.md"
    printed = report(compare(Graph(real, Tree(ROOT))), len(list(READINGS.glob("*/*.yaml"))))
    output = re.compile(r"(<!-- output of `python -m benchmarks.agreement` -->\n```text\n).*?(```)", re.DOTALL)
    fresh = output.sub(lambda match: match.group(1) + printed + match.group(2), path.read_text("utf-8"))
    if request.config.getoption("--refresh-golden"):
        path.write_text(fresh, "utf-8")
    assert path.read_text("utf-8") == fresh, "run 'make golden' and read the difference"
