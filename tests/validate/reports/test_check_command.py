"""``ccin-graph check``: forms, views, files, exit status."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from ccin_graph.cli import check_command
from ccin_graph.cli.check_command import command
from ccin_graph.errors import BadParameter, RecordsError, TreeError
from ccin_graph.validate.reports import FORMATS, render

if TYPE_CHECKING:
    from click.testing import Result

    from tests.conftest import Project
    from tests.validate.reports.conftest import Checked

CASE = "data/case-studies/tide-2021/harbour-lights.yaml"


def run(project: Project, *more: str, sources: bool = True) -> Result:
    given = ["--sources", str(project.sources)] if sources else []
    return CliRunner().invoke(command, ["--root", str(project.root), *given, *more])


def test_it_offers_every_form() -> None:
    assert check_command.FORMATS == FORMATS


@pytest.mark.parametrize("form", FORMATS)
def test_it_prints_each_form(faulty: Checked, form: str) -> None:
    done = run(faulty.project, "--format", form)
    assert done.exit_code == 1
    assert done.stdout_bytes == render(faulty.report, form, faulty.dataset.store).encode()
    assert done.stderr.startswith(f"To mend: {faulty.report.counts['violation']} violations")


def test_text_is_plain_where_nobody_looks(faulty: Checked) -> None:
    done = run(faulty.project)
    assert done.stdout.splitlines() == [str(finding) for finding in faulty.findings]


class Terminal(io.StringIO):
    """A terminal that somebody looks at."""

    def isatty(self) -> bool:
        return True


def test_on_a_terminal_it_is_grouped_and_coloured(faulty: Checked, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdout", Terminal())
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.delenv("NO_COLOR", raising=False)
    shown = check_command._shown(faulty.findings, faulty.project.tree, faulty.dataset, "text", to_terminal=True)
    assert "\x1b[31;1mviolation" in shown
    monkeypatch.setenv("NO_COLOR", "1")
    shown = check_command._shown(faulty.findings, faulty.project.tree, faulty.dataset, "text", to_terminal=True)
    assert "\x1b" not in shown
    assert shown.startswith("data/case-studies/")
    plain = check_command._shown(faulty.findings, faulty.project.tree, faulty.dataset, "text", to_terminal=False)
    assert plain == render(faulty.report, "text")


def test_a_clean_project_passes(flawless: Checked) -> None:
    done = run(flawless.project)
    assert done.exit_code == 0
    assert "Nothing to mend" in done.stderr


def test_it_writes_to_a_file(faulty: Checked, tmp_path: Path) -> None:
    out = tmp_path / "findings.html"
    done = run(faulty.project, "--format", "html", "--out", str(out))
    assert (done.exit_code, done.stdout) == (1, "")
    assert out.read_bytes() == render(faulty.report, "html").encode()
    assert f"written to {out}" in done.stderr


def test_a_file_that_cannot_be_written_is_an_error(faulty: Checked, tmp_path: Path) -> None:
    done = run(faulty.project, "--out", str(tmp_path / "nowhere" / "x.txt"))
    assert isinstance(done.exception, TreeError)


@pytest.mark.parametrize(
    ("form", "beginning"), [("text", "What to know"), ("html", "<!DOCTYPE html>"), ("turtle", "@prefix")]
)
def test_the_reusers_view(flawless: Checked, form: str, beginning: str) -> None:
    done = run(flawless.project, "--view", "reuser", "--format", form)
    assert done.exit_code == 0
    assert done.stdout.startswith(beginning)


def test_the_reusers_view_has_no_other_form(flawless: Checked) -> None:
    done = run(flawless.project, "--view", "reuser", "--format", "sarif")
    assert isinstance(done.exception, BadParameter)


@pytest.mark.parametrize("view", ["maintainer", "reuser"])
def test_the_quality_is_written_as_dqv(flawless: Checked, tmp_path: Path, view: str) -> None:
    file = tmp_path / "quality.nq"
    done = run(flawless.project, "--view", view, "--dqv", str(file))
    assert done.exit_code == 0
    graphs = {quad.graph_name for quad in ox.parse(file.read_text("utf-8"), format=ox.RdfFormat.N_QUADS)}
    assert graphs == {ox.NamedNode("https://w3id.org/ccin/id/graph/quality")}


def test_records_that_cannot_be_loaded_are_findings_too(project: Project, tmp_path: Path) -> None:
    line = project.edit(CASE, "themes:", "theems:")
    done = run(project, "--format", "json")
    assert done.exit_code == 1
    (finding,) = json.loads(done.stdout)["findings"]
    assert (finding["rule"], finding["line"], finding["suggestion"]) == ("unknown-key", line, "write 'themes'")
    assert "1 problem in the records; nothing was built" in done.stderr
    out = tmp_path / "findings.txt"
    assert run(project, "--out", str(out)).exit_code == 1
    assert out.read_text("utf-8").startswith(f"{CASE}:{line}: no key 'theems'")


@pytest.mark.parametrize("more", [[], ["--view", "reuser"], ["--format", "json", "--dqv", "x.nq"]])
def test_as_text_or_for_reusers_they_are_an_error(project: Project, more: list[str]) -> None:
    project.edit(CASE, "themes:", "theems:")
    assert isinstance(run(project, *more).exception, RecordsError)


def test_every_form_is_the_same_to_the_byte(faulty: Checked, tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from ccin_graph.build import assemble; from ccin_graph.tree import Tree;"
        "from ccin_graph.validate import check; from ccin_graph.validate.reports import *;"
        "from ccin_graph.validate.quality import *; from ccin_graph.validate.shacl import Engine;"
        "tree, sources = Tree(Path(sys.argv[1])), Path(sys.argv[2]); dataset = assemble(tree);"
        "report = make_report(check(dataset, tree, sources, Engine(sys.argv[3])), tree, dataset);"
        "parts = [render(report, form, dataset.store) for form in FORMATS];"
        "statement = measure_quality(dataset.store, report, tree, sources);"
        "parts += [quality_file(statement, end) for end in ('.nq', '.trig')];"
        "sys.stdout.buffer.write(''.join(parts).encode())"
    )
    written = set()
    for seed, engine in (("1", "pyshifty"), ("2", "pyshifty"), ("3", "pyshacl")):
        done = subprocess.run(
            [sys.executable, "-c", code, str(faulty.project.root), str(faulty.project.sources), engine],
            capture_output=True, check=True, cwd=Path(__file__).parents[3], env={"PYTHONHASHSEED": seed, "PATH": ""},
        )  # fmt: skip
        written.add(done.stdout)
    assert len(written) == 1


def test_a_wrong_ending_of_the_file_is_refused_before_anything_is_printed(flawless: Checked, tmp_path: Path) -> None:
    done = run(flawless.project, "--dqv", str(tmp_path / "quality.txt"))
    assert isinstance(done.exception, BadParameter)
    assert "'.txt'" in str(done.exception)
    assert done.output == ""
