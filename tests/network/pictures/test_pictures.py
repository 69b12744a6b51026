"""Each picture: what its title says, that names do not cover each other, what is left out, what cannot be drawn."""

from __future__ import annotations

import dataclasses
from typing import TYPE_CHECKING

import networkx as nx
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import (
    Consensus,
    Participation,
    consensus,
    council_affiliate,
    council_council,
    council_partner,
    organisation_organisation,
    organisation_project_graph,
    rank_intervals,
)
from ccin_graph.network.pictures import (
    draw,
    draw_atlas,
    draw_columns,
    draw_ego,
    draw_grid,
    draw_ranks,
    draw_spells,
)
from ccin_graph.network.pictures.outline import extract, on_paper, outline
from ccin_graph.network.pictures.spells import Spell, year_of

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.network.pictures.conftest import Seen

    Read = Callable[[Path], tuple[str, str]]

PLACES = {"ex:oldham": (53.55, -2.05), "ex:rochdale": (53.62, -2.16), "ex:preston": (53.76, -2.70)}
LISTS = {"Member": ["2013-23", "2018-04-09", "2021-08-21"], "Affiliate": ["2018-04-09", "2021-08-21"]}


def test_title_and_description_are_read_out(small: list[Participation], tmp_path: Path, described: Read) -> None:
    svg, png = draw(council_partner(organisation_project_graph(small)), tmp_path / "small", dpi=40)
    title, description = described(svg)
    assert title == "Best connected: Oldham (3 ties)"
    assert description.startswith("Best connected: Oldham (3 ties). A network drawing of 5 of 6 nodes and 5 of 5 ties.")
    from PIL import Image

    with Image.open(png) as picture:
        assert (picture.info["Title"], picture.info["Description"]) == (title, description)


def test_an_ampersand_in_a_description(tmp_path: Path, described: Read) -> None:
    graph: nx.Graph[str] = nx.Graph([("a", "b")])
    svg, _ = draw(graph, tmp_path / "odd", title="Food & <drink>", dpi=30)
    assert described(svg)[1].startswith("Food &amp; &lt;drink&gt;. A network")


def test_communities_have_colours_and_names(
    crowd: list[Participation], tmp_path: Path, seen: Seen, described: Read
) -> None:
    graph = organisation_organisation(organisation_project_graph(crowd))
    tied = graph.subgraph([node for node, degree in graph.degree if degree])
    groups = consensus(tied, runs=5)
    svg, _ = draw(tied, tmp_path / "groups", groups=groups, group_labels={1: "Food"}, dpi=40)
    number = len(set(groups.members.values()))
    firm = sum(value >= 0.9 for value in groups.stability.values())
    title = described(svg)[0]
    assert title.startswith(f"{len(tied)} organisations fall into {number} communities (modularity ")
    assert title.endswith(f"{firm} of them belong firmly")
    read = [text.get_text() for text in seen.texts]
    size = sum(community == 1 for community in groups.members.values())
    assert f"Food ({size})" in read
    assert f"{number - 6} others" in read
    assert "Dark rim: council" in read
    assert seen.overlapping() == []


def test_communities_without_stability_say_nothing_of_it(tmp_path: Path, described: Read) -> None:
    club = nx.relabel_nodes(nx.karate_club_graph(), str)
    found = consensus(club, runs=2, weight="weight")
    assert isinstance(found, Consensus)
    plain = dataclasses.replace(found, stability={})
    svg, _ = draw(club, tmp_path / "club", groups=plain, dpi=30)
    assert "firmly" not in described(svg)[0]


def test_columns_say_who_worked_with_whom(
    small: list[Participation], tmp_path: Path, seen: Seen, described: Read
) -> None:
    svg, _ = draw_columns(council_affiliate(organisation_project_graph(small)), tmp_path / "columns", dpi=40)
    # oldham with co-op and trust, rochdale with co-op; preston's project has the trust in a role that is no work
    found = "2 of 3 councils worked with 2 of 2 affiliates."
    assert described(svg)[0].startswith(found)
    read = [text.get_text() for text in seen.texts]
    assert {"Councils", "Affiliates", "Oldham  2", "Rochdale  1", "2  Co-Op", "1  Trust"} <= set(read)
    assert "Not drawn: 1 without a tie." in read
    assert seen.overlapping() == []


def test_long_columns_are_cut_with_a_word(crowd: list[Participation], tmp_path: Path, seen: Seen) -> None:
    graph = council_partner(organisation_project_graph(crowd))
    draw_columns(graph, tmp_path / "columns", most=30, dpi=40)
    read = [text.get_text() for text in seen.texts]
    assert any("with fewer ties than those drawn" in text for text in read)
    assert sum("  " in text for text in read) == 60
    assert seen.overlapping() == []


def test_columns_cross_as_little_as_they_must(tmp_path: Path, seen: Seen) -> None:
    graph: nx.Graph[str] = nx.Graph([("a", "z"), ("b", "y"), ("c", "x"), ("a", "y"), ("b", "x")])
    nx.set_node_attributes(graph, {node: "focus" if node in "abc" else "partner" for node in graph}, "side")
    draw_columns(graph, tmp_path / "columns", dpi=30)
    height = {text.get_text().strip("0123456789 "): text.get_position()[1] for text in seen.texts}
    left, right = (sorted(names, key=lambda name: height[name]) for names in ("abc", "xyz"))
    assert (left, right) in ((["a", "b", "c"], ["z", "y", "x"]), (["c", "b", "a"], ["x", "y", "z"]))


def test_what_has_no_two_sides(tmp_path: Path) -> None:
    with pytest.raises(NetworkError, match="stands on no side"):
        draw_columns(nx.path_graph(["a", "b"]), tmp_path / "x")
    graph: nx.Graph[str] = nx.empty_graph(["a", "b", "c"])
    nx.set_node_attributes(graph, {"a": "1", "b": "2", "c": "3"}, "side")
    with pytest.raises(NetworkError, match="more than two sides: 1, 2, 3"):
        draw_columns(graph, tmp_path / "x")


def test_the_ego_network_tells_groups(small: list[Participation], tmp_path: Path, seen: Seen, described: Read) -> None:
    graph = organisation_organisation(organisation_project_graph(small))
    svg, _ = draw_ego(graph, "ex:oldham", tmp_path / "ego", dpi=40)
    title, description = described(svg)
    # rochdale, co-op and college meet in food; the trust's role in the lab is one of work
    assert title == "Oldham has 4 partners, who reach each other without it"
    assert description.endswith("Groups: Co-Op, College, Rochdale, Trust.")
    wheel: nx.Graph[str] = nx.Graph([("h", "a"), ("h", "b"), ("h", "c"), ("a", "b")])
    svg, _ = draw_ego(wheel, "h", tmp_path / "wheel", dpi=40)
    assert described(svg)[0] == "h has 3 partners in 2 groups that share no project with each other"
    assert {"a", "b", "c", "h"} <= {text.get_text() for text in seen.texts}


def test_names_around_an_ego_do_not_meet(crowd: list[Participation], tmp_path: Path, seen: Seen) -> None:
    graph = organisation_organisation(organisation_project_graph(crowd))
    busiest = max(graph, key=lambda node: (graph.degree(node), node))
    draw_ego(graph, busiest, tmp_path / "ego", dpi=40)
    sheet = seen[-1]
    around = [text for text in seen.texts if text.get_rotation_mode() == "anchor"]
    assert len(around) == min(graph.degree(busiest), 60)
    spots = [text.get_position() for text in around]
    gaps = [((a - c) ** 2 + (b - d) ** 2) ** 0.5 for i, (a, b) in enumerate(spots) for c, d in spots[i + 1 :]]
    assert min(gaps) > 9.5
    for text in around:
        box = text.get_window_extent(sheet.renderer)
        assert box.x0 >= 0
        assert box.x1 <= sheet.width


def test_nobody_around_an_ego(tmp_path: Path, described: Read) -> None:
    svg, _ = draw_ego(nx.empty_graph(["a"]), "a", tmp_path / "ego", dpi=30)
    assert described(svg)[0] == "a has no partners"
    with pytest.raises(NetworkError, match="b is not in the network"):
        draw_ego(nx.empty_graph(["a"]), "b", tmp_path / "ego")


def test_the_map_counts_ties_across_regions(tmp_path: Path, seen: Seen, described: Read) -> None:
    graph: nx.Graph[str] = nx.Graph([("a", "b"), ("a", "c"), ("a", "d"), ("b", "e")])
    nx.set_node_attributes(
        graph, dict(zip("abcde", ["North West", "North West", "London", "", "Wales"], strict=True)), "region"
    )
    places = {"a": (53.48, -2.24), "b": (53.55, -2.05), "c": (51.5, -0.1), "d": (54.0, -1.0)}
    svg, _ = draw_atlas(graph, places, tmp_path / "map", dpi=40)
    assert described(svg)[0] == "2 of 3 ties between councils run across regions"
    read = [text.get_text() for text in seen.texts]
    assert "Around Greater Manchester: 2 councils, 1 tie among them" in read
    assert "Around London: 1 council, no ties among them" in read
    assert any("Not drawn, as no place is recorded: e." in text for text in read)
    assert any("1 ties with an end of no known region" in text.replace("\n", " ") for text in read)
    assert seen.overlapping() == []


def test_a_map_of_nothing(small: list[Participation], tmp_path: Path, seen: Seen, described: Read) -> None:
    svg, _ = draw_atlas(nx.Graph(), {}, tmp_path / "map", dpi=30)
    assert described(svg)[0] == "No two organisations are tied"
    svg, _ = draw_atlas(council_council(organisation_project_graph(small)), PLACES, tmp_path / "small", dpi=30)
    assert described(svg)[0] == "2 organisations, each with 1 tie"
    assert seen.overlapping() == []


def test_the_outline_is_that_of_the_kingdom() -> None:
    rings = outline()["United Kingdom"]
    points = [point for ring in rings for point in ring]
    assert min(x for x, _ in points) == pytest.approx(-8.2, abs=0.6)
    assert max(x for x, _ in points) == pytest.approx(1.76, abs=0.05)  # Lowestoft
    assert min(y for _, y in points) == pytest.approx(49.96, abs=0.1)  # the Lizard, without the Scillies
    assert all(ring[0] == ring[-1] for ring in rings)


def test_places_lie_where_they_should() -> None:
    # a degree of latitude is a degree on paper; one of longitude shrinks with its cosine
    assert on_paper(-2.0, 60.0) == (0.0, 6.0)
    east, north = on_paper(-1.0, 54.0)
    assert east == pytest.approx(0.5878, abs=1e-3)
    assert north == pytest.approx(0.004, abs=1e-3)
    assert on_paper(-3.0, 54.0) == (-east, north)


def test_an_outline_from_a_topology() -> None:
    # two arcs make a square, the second runs backwards; a point on its edge is left out, and so is an island of nothing
    topology = {
        "transform": {"scale": [0.1, 0.1], "translate": [0, 50]},
        "arcs": [[[0, 0], [5, 0], [5, 0], [0, 10]], [[0, 0], [0, 10], [10, 0]], [[30, 30], [0, 0], [0, 0], [0, 0]]],
        "objects": {
            "countries": {
                "geometries": [
                    {"type": "MultiPolygon", "arcs": [[[0, -2]], [[2]]], "properties": {"name": "United Kingdom"}},
                    {"type": "Polygon", "arcs": [[0, -2]], "properties": {"name": "Ireland"}},
                    {"type": "Polygon", "arcs": [[0, -2]], "properties": {"name": "Isle of Man"}},
                    {"type": "Polygon", "arcs": [[0, -2]], "properties": {"name": "France"}},
                ]
            }
        },
    }
    found = extract(topology)
    assert list(found) == ["United Kingdom", "Ireland", "Isle of Man"]
    assert found["United Kingdom"] == found["Ireland"] == [[(0, 50), (1, 50), (1, 51), (0, 51), (0, 50)]]


def test_definite_and_possible_are_told_apart(tmp_path: Path, seen: Seen, described: Read) -> None:
    spells = [
        Spell("Oldham", "Member", "2013-23", "2021-08-21"),
        Spell("Plymouth", "Member", "2013-23", "2013-23"),
        Spell("Plymouth", "Member", "2021-08-21", "2021-08-21"),
        Spell("York", "Member", "2013-23", "2013-23"),
        Spell("Hull", "Member", "2021-08-21", "2021-08-21"),
        Spell("Locality", "Affiliate", "2018-04-09", "2021-08-21"),
    ]
    svg, _ = draw_spells(spells, LISTS, tmp_path / "who", dpi=40)
    assert (
        described(svg)[0]
        == "2 of the 3 on the first list of category Member (2013) are on the last (2021), with 1 others"
    )
    read = [text.get_text() for text in seen.texts]
    assert {"Member (4)", "Affiliate (1)", "Definitely a member", "Possibly", "2013", "2018"} <= set(read)
    assert seen.overlapping() == []
    from matplotlib.patches import Rectangle

    bars = [bar for bar in seen[-1].figure.findobj(Rectangle) if bar.get_hatch() or bar.get_height() == 7]
    definite = [bar for bar in bars if not bar.get_hatch() and bar.get_width() > 0]
    assert len(definite) == 2  # Oldham from 2013 to 2021, Locality from 2018; a list alone is a dot


def test_dates_of_lists() -> None:
    assert [round(year_of(date), 2) for date in ("2013-23", "2013-24", "2018-04", "2018~")] == [
        2013.75,
        2014.0,
        2018.29,
        2018.5,
    ]
    with pytest.raises(NetworkError, match="'soon' is no date"):
        year_of("soon")
    with pytest.raises(NetworkError, match="no list is given for Guest"):
        draw_spells([Spell("a", "Guest", "2018", "2018")], LISTS, "x")


def test_nobody_on_a_list(tmp_path: Path, described: Read) -> None:
    svg, _ = draw_spells([], {}, tmp_path / "nobody", dpi=30)
    assert described(svg)[0] == "Nobody is on a list"


def test_the_grid_says_what_leads(tmp_path: Path, seen: Seen, described: Read) -> None:
    cells = [("Food", "Learning", 3), ("Food", "Innovation", 1), ("Health", "Learning", 2), ("Health", "Innovation", 2)]
    svg, _ = draw_grid(cells, {"Food": 4, "Health": 5, "Parks": 1}, tmp_path / "grid", least=2, dpi=40)
    title, description = described(svg)
    assert title == "Learning is practised most, or as much as any other principle, in 2 of 2 themes"
    assert description.endswith("Health: Learning, Innovation (2); Food: Learning (3).")
    read = [text.get_text() for text in seen.texts]
    assert {"Food (4)", "Health (5)", "Learning", "3"} <= set(read)
    assert "Parks (1)" not in read
    assert "Not drawn: 1 themes with fewer than 2 projects." in read
    assert seen.overlapping() == []


def test_a_grid_of_nothing(tmp_path: Path, described: Read) -> None:
    svg, _ = draw_grid([], {}, tmp_path / "grid", dpi=30)
    assert described(svg)[0] == "No theme has a project that practises a principle"


def test_ranks_say_how_sure_they_are(crowd: list[Participation], tmp_path: Path, seen: Seen, described: Read) -> None:
    rows = [dataclasses.replace(row, publication=f"ex:{row.project[-1]}") for row in crowd]
    councils = sorted({row.organisation for row in rows if row.kind == "council"})
    table = rank_intervals(
        rows, councils, partners=sorted({r.organisation for r in rows} - set(councils)), replicates=50
    )
    svg, _ = draw_ranks(table, tmp_path / "ranks", titles={"ex:1": "The first"}, most=20, dpi=40)
    able = sum(row.low == 1 for row in table.rows)
    assert f"the intervals of {able} of {len(table.rows)} reach" in described(svg)[0]
    assert table.methods in " ".join(text.get_text().replace("\n", " ") for text in seen.texts)
    assert seen.overlapping() == []


def test_equal_ranks_are_drawn_together(tmp_path: Path, seen: Seen, described: Read) -> None:
    rows = [Participation(who, who, "council", f"p{i}", "P", "lead", True, "2018") for who in "abcd" for i in range(3)]
    rows += [Participation("a", "a", "council", "solo", "P", "lead", True, "2018")]
    table = rank_intervals(rows, list("abcd"), by="projects", replicates=20)
    svg, _ = draw_ranks(table, tmp_path / "ranks", most=3, dpi=40)
    shared = [row.rank for row in table.rows]
    drawn = {text.get_text() for text in seen.texts} & set("abcd")
    assert (shared, drawn) == ([1, 1, 1, 1], set("abc"))  # all share the first: cutting them cannot be helped
    assert "Not drawn: 1 of lower ranks." not in described(svg)[1]
