"""The picture: what stands on it, what is left out, and that it is the same every time."""

from __future__ import annotations

import re
import subprocess
import sys
from typing import TYPE_CHECKING

import matplotlib as mpl
import networkx as nx
import pytest

from ccin_graph.errors import NetworkError, TreeError
from ccin_graph.network import (
    Participation,
    council_council,
    council_partner,
    draw,
    headline,
    organisation_project_graph,
)
from ccin_graph.network.participation import KINDS
from ccin_graph.network.pictures.painting import COLOURS, NAMES

if TYPE_CHECKING:
    from pathlib import Path


def texts(svg: Path) -> list[str]:
    """Return what can be read in an SVG."""
    return re.findall(r"<text [^>]*>([^<]*)</text>", svg.read_text("utf-8"))


def test_what_stands_on_it(small: list[Participation], tmp_path: Path) -> None:
    graph = council_partner(organisation_project_graph(small))
    svg, png = draw(graph, tmp_path / "new" / "small", title="Oldham works with all", note="Made up.", dpi=40)
    assert (svg.name, png.name) == ("small.svg", "small.png")
    assert png.read_bytes().startswith(b"\x89PNG")
    read = texts(svg)
    assert "Oldham works with all" in read
    assert {"Oldham", "Rochdale", "Co-Op", "College", "Trust", "Council", "Affiliate", "Other organisation"} <= {*read}
    assert "Preston" not in read
    assert "Political group" not in read
    assert "Not drawn: 1 organisation without a tie. Made up." in read


def test_colours_follow_kinds(small: list[Participation], tmp_path: Path) -> None:
    svg, _ = draw(council_partner(organisation_project_graph(small)), tmp_path / "small", dpi=40)
    text = svg.read_text("utf-8").lower()
    assert all((COLOURS[kind].lower() in text) == (kind in {"council", "affiliate", "other"}) for kind in KINDS)


def test_projects_are_told_from_organisations(small: list[Participation], tmp_path: Path) -> None:
    svg, _ = draw(organisation_project_graph(small), tmp_path / "both", dpi=40)
    read = texts(svg)
    assert {"Most projects: Oldham (3 projects), Co-Op (2), Rochdale (2)", "Project", "Food", "Council"} <= {*read}
    assert any(line.startswith("A line joins an organisation to a project it took part in.") for line in read)


def test_every_kind_has_its_own_colour_and_name() -> None:
    assert list(COLOURS) == list(NAMES) == [*KINDS, "project"]
    assert len(set(COLOURS.values())) == len(set(NAMES.values())) == len(NAMES)


def test_those_with_few_ties_can_be_left_out(crowd: list[Participation], tmp_path: Path) -> None:
    graph = council_partner(organisation_project_graph(crowd))
    svg, _ = draw(graph, tmp_path / "crowd", least_ties=2, dpi=40)
    kinds, ties = nx.get_node_attributes(graph, "kind"), dict(graph.degree)
    single = sum(1 for node, kind in kinds.items() if kind != "council" and ties[node] == 1)
    assert f"{single} organisations with fewer than 2 ties" in svg.read_text("utf-8")
    councils = sum(1 for node, kind in kinds.items() if kind == "council" and ties[node])
    circles = svg.read_text("utf-8").lower().count(f"fill: {COLOURS['council'].lower()}")
    assert circles >= councils


def test_how_many_are_named(crowd: list[Participation], tmp_path: Path) -> None:
    graph = council_partner(organisation_project_graph(crowd))
    none, _ = draw(graph, tmp_path / "none", title="", names=0, dpi=40)
    some, _ = draw(graph, tmp_path / "some", title="", names=10, dpi=40)
    assert len(texts(none)) < 10
    components = sum(1 for nodes in nx.connected_components(graph) if len(nodes) > 1)
    assert len(texts(some)) >= len(texts(none)) + 10 + components - 3


def test_nothing_to_draw(tmp_path: Path) -> None:
    graphs: list[nx.Graph[str]] = [nx.Graph(), nx.empty_graph(["a", "b"])]
    for graph in graphs:
        svg, png = draw(graph, tmp_path / "empty", dpi=40)
        assert "No two organisations are tied" in texts(svg)
        assert png.stat().st_size > 0


def test_names_are_text_not_formulas(tmp_path: Path) -> None:
    graph: nx.Graph[str] = nx.Graph([("a", "b")])
    nx.set_node_attributes(graph, {"a": "Save $5 & <more> $", "b": r"\frac{_^"}, "label")
    svg, _ = draw(graph, tmp_path / "odd", title="From $1 to $2", note="a_b $x$", dpi=40)
    assert {"From $1 to $2", "Save $5 &amp; &lt;more&gt; $", r"\frac{_^", "a_b $x$"} <= set(texts(svg))


def test_what_cannot_be_drawn(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(TreeError, match="cannot be written to"):
        draw(nx.path_graph(["a", "b"]), tmp_path / "file" / "picture")
    with pytest.raises(NetworkError, match="undirected"):
        draw(nx.DiGraph(), tmp_path / "picture")


def test_a_dot_in_the_name_of_the_picture_stays(tmp_path: Path) -> None:
    svg, _ = draw(nx.path_graph(["a", "b"]), tmp_path / "release-1.2", dpi=30)
    assert svg.name == "release-1.2.svg"


def test_settings_of_the_caller_neither_matter_nor_change(small: list[Participation], tmp_path: Path) -> None:
    graph = council_council(organisation_project_graph(small))
    plain = [file.read_bytes() for file in draw(graph, tmp_path / "a", dpi=40)]
    with mpl.rc_context({"font.size": 30, "svg.fonttype": "path", "savefig.dpi": 20, "lines.linewidth": 9}):
        before = dict(mpl.rcParams)
        assert [file.read_bytes() for file in draw(graph, tmp_path / "b", dpi=40)] == plain
        assert dict(mpl.rcParams) == before


def test_headlines_are_fair_to_equals(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    # three have two ties each: they are named together or not at all
    assert headline(council_partner(graph)) == "Best connected: Oldham (3 ties)"
    assert headline(council_council(graph)) == "2 organisations, each with 1 tie"
    assert headline(nx.cycle_graph(5)) == "5 organisations, each with 2 ties"
    assert headline(nx.complete_bipartite_graph(4, 5)) == "4 organisations share the first place, each with 5 ties"
    assert headline(nx.wheel_graph(4)) == "4 organisations, each with 3 ties"


SCRIPT = """
import random, sys
from pathlib import Path
from ccin_graph.network import *
rows = [Participation(f"ex:{who}", f"Body {who}", "council" if who < 25 else "other", f"ex:p{what}", f"P {what}",
                      "lead", True) for what in range(30) for who in {what % 17, what % 23, 25 + what, what % 7 + 30}]
random.shuffle(rows)
graph = council_partner(organisation_project_graph(rows))
folder = Path(sys.argv[1])
draw(graph, folder / "picture", dpi=50)
write_graphml(graph, folder / "g.graphml"), write_gexf(graph, folder / "g.gexf"), write_csv(graph, folder)
(folder / "measures.txt").write_text("\\n".join(map(repr, measures(graph))), "utf-8")
assert "matplotlib.pyplot" not in sys.modules
"""


def test_the_same_bytes_whatever_the_hash_seed(tmp_path: Path) -> None:
    for seed in ("1", "2"):
        (tmp_path / seed).mkdir()
        command = [sys.executable, "-W", "error", "-c", SCRIPT, str(tmp_path / seed)]
        done = subprocess.run(
            command,
            env={"PYTHONHASHSEED": seed, "PATH": "", "MPLCONFIGDIR": str(tmp_path), "TZ": f"UTC-{seed}"},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
    files = sorted(path.name for path in (tmp_path / "1").iterdir())
    assert files == ["edges.csv", "g.gexf", "g.graphml", "measures.txt", "nodes.csv", "picture.png", "picture.svg"]
    assert [(tmp_path / "1" / name).read_bytes() for name in files] == [
        (tmp_path / "2" / name).read_bytes() for name in files
    ]
