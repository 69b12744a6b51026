"""All pictures and exports of one graph: what there is, and that it is the same in two runs with two hash seeds."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

from ccin_graph.graph import Graph
from ccin_graph.network.pictures import draw_all

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import Project

SCRIPT = """
import sys
from pathlib import Path
from ccin_graph.graph import Graph
from ccin_graph.network import *
from ccin_graph.network.pictures import draw_all
from ccin_graph.tree import Tree
graph, folder = Graph.from_records(Tree(Path(sys.argv[1]))), Path(sys.argv[2])
draw_all(graph, folder, dpi=40)
network = organisation_organisation(organisation_project_graph(graph.participations()))
write_graphml(network, folder / "g.graphml"), write_gexf(network, folder / "g.gexf"), write_csv(network, folder)
(folder / "measures.txt").write_text("\\n".join(map(repr, measures(network, pivots=2))), "utf-8")
assert "matplotlib.pyplot" not in sys.modules
"""


def test_every_picture_there_is_data_for(project: Project, tmp_path: Path) -> None:
    paths = draw_all(Graph.from_records(project.tree), tmp_path / "new", dpi=40)
    names = ["network", "communities", "columns", "ego", "map", "memberships", "principles", "ranks"]
    assert [path.name for path in paths] == [f"{name}.{kind}" for name in names for kind in ("svg", "png")]
    assert sorted(path.name for path in (tmp_path / "new").iterdir()) == sorted(path.name for path in paths)
    for path in paths:
        if path.suffix == ".svg":
            text = path.read_text("utf-8")
            assert '<desc id="desc">' in text
            assert "<dc:date>" not in text
            assert "matplotlib" not in text.lower()


def test_rows_can_be_chosen(project: Project, tmp_path: Path) -> None:
    paths = draw_all(Graph.from_records(project.tree), tmp_path, participations=[], dpi=30)
    assert "ranks.svg" not in {path.name for path in paths}
    assert "No two organisations are tied" in (tmp_path / "network.svg").read_text("utf-8")


def test_the_command_draws_them_all(project: Project, tmp_path: Path) -> None:
    from click.testing import CliRunner

    from ccin_graph.cli.network_command import command

    plot = ["plot", "--root", str(project.root), "--all", "--out", str(tmp_path / "out")]
    done = CliRunner().invoke(command, plot)
    assert done.exit_code == 0, done.output
    assert len(done.stdout.splitlines()) == 16
    refused = CliRunner().invoke(command, [*plot, "--strength", "2"])
    assert refused.exit_code == 2
    assert "--strength is for one network" in refused.output


def test_two_runs_and_two_hash_seeds_give_the_same_bytes(project: Project, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", SCRIPT, str(project.root), str(tmp_path / seed)],
            env={"PYTHONHASHSEED": seed, "PATH": "", "MPLCONFIGDIR": str(tmp_path / "mpl"), "TZ": f"UTC-{seed}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    files = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert len(files) >= 20
    assert files == sorted(path.name for path in (tmp_path / "2").iterdir())
    for name in files:
        assert (tmp_path / "1" / name).read_bytes() == (tmp_path / "2" / name).read_bytes(), name
