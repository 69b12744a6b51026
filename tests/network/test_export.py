"""Files for other programs: read back, byte for byte the same, and refused where they would lie."""

from __future__ import annotations

import csv
import json
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import (
    council_partner,
    organisation_project_graph,
    write_csv,
    write_cytoscape,
    write_gexf,
    write_graphml,
)

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from ccin_graph.network import Participation


@pytest.fixture
def partners(small: list[Participation]) -> nx.Graph[str]:
    return council_partner(organisation_project_graph(small))


def test_graphml_comes_back(partners: nx.Graph[str], tmp_path: Path) -> None:
    back = nx.read_graphml(write_graphml(partners, tmp_path / "a" / "partners.graphml"))
    assert set(back) == set(partners)
    assert back.nodes["ex:oldham"] == {
        "label": "Oldham",
        "kind": "council",
        "side": "focus",
        "region": "North West",
    }
    assert back.nodes["ex:co-op"]["categories"] == "affiliate"
    edge = back.edges["ex:oldham", "ex:co-op"]
    assert edge == {
        "shared": 2,
        "weight": 2,
        "newman": partners.edges["ex:oldham", "ex:co-op"]["newman"],
        "projects": "ex:food|ex:lab",
    }
    assert back.number_of_edges() == partners.number_of_edges()


def test_gexf_comes_back(partners: nx.Graph[str], tmp_path: Path) -> None:
    file = write_gexf(partners, tmp_path / "partners.gexf")
    back = nx.read_gexf(file, version="1.2draft")
    assert {node: data["label"] for node, data in back.nodes(data=True)} == nx.get_node_attributes(partners, "label")
    edge = back.edges["ex:oldham", "ex:co-op"]
    assert (edge["shared"], edge["weight"], edge["projects"]) == (2, 2, "ex:food|ex:lab")
    assert edge["newman"] == partners.edges["ex:oldham", "ex:co-op"]["newman"]
    text = file.read_text("utf-8")
    assert "lastmodifieddate" not in text
    assert nx.__version__ not in text


def test_tables_come_back(partners: nx.Graph[str], tmp_path: Path) -> None:
    nodes, edges = write_csv(partners, tmp_path / "tables")
    with nodes.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert list(rows[0]) == ["id", "label", "kind", "categories", "region", "side"]
    assert [row["id"] for row in rows] == sorted(partners)
    assert rows[0]["region"] == ""
    with edges.open(encoding="utf-8", newline="") as stream:
        ties = list(csv.DictReader(stream))
    assert list(ties[0]) == ["source", "target", "weight", "newman", "projects", "shared"]
    assert [(tie["source"], tie["target"]) for tie in ties] == sorted((min(edge), max(edge)) for edge in partners.edges)
    assert {(tie["source"], tie["target"]): float(tie["newman"]) for tie in ties} == {
        (min(pair), max(pair)): newman for pair, newman in nx.get_edge_attributes(partners, "newman").items()
    }


def test_the_two_mode_graph_goes_out_too(small: list[Participation], tmp_path: Path) -> None:
    graph = organisation_project_graph(small)
    assert len(nx.read_graphml(write_graphml(graph, tmp_path / "g.graphml"))) == 10
    assert len(nx.read_gexf(write_gexf(graph, tmp_path / "g.gexf"), version="1.2draft")) == 10
    assert "funding|lead" in write_csv(graph, tmp_path)[1].read_text("utf-8")


def test_cytoscape_comes_back(partners: nx.Graph[str], tmp_path: Path) -> None:
    document = json.loads(write_cytoscape(partners, tmp_path / "g.cyjs").read_text("utf-8"))
    assert document["data"]["name"] == "council-partner"
    back = nx.cytoscape_graph({**document, "data": [], "directed": False, "multigraph": False})
    assert set(back) == set(partners)
    assert {frozenset(pair) for pair in back.edges} == {frozenset(pair) for pair in partners.edges}
    assert back.nodes["ex:oldham"]["name"] == "Oldham"
    assert back.edges["ex:oldham", "ex:co-op"]["projects"] == "ex:food|ex:lab"


def test_several_tables_in_one_folder(partners: nx.Graph[str], tmp_path: Path) -> None:
    write_csv(partners, tmp_path, "partners.")
    assert {path.name for path in tmp_path.iterdir()} == {"partners.nodes.csv", "partners.edges.csv"}


def every(graph: nx.Graph[str], folder: Path) -> list[bytes]:
    """Return the bytes of all formats."""
    files = [
        write_graphml(graph, folder / "g.graphml"),
        write_gexf(graph, folder / "g.gexf"),
        write_cytoscape(graph, folder / "g.cyjs"),
    ]
    return [file.read_bytes() for file in [*files, *write_csv(graph, folder)]]


def test_the_order_of_nodes_edges_and_attributes_changes_nothing(partners: nx.Graph[str], tmp_path: Path) -> None:
    backwards: nx.Graph[str] = nx.Graph(name="council-partner")
    nodes: list[Any] = list(partners.nodes(data=True))
    for node, data in reversed(nodes):
        backwards.add_node(node, **dict(reversed(data.items())))
    edges: list[Any] = list(partners.edges(data=True))
    for one, other, data in reversed(edges):
        backwards.add_edge(other, one, **dict(reversed(data.items())))
    assert every(backwards, tmp_path / "b") == every(partners, tmp_path / "a")


def test_nothing_to_export(tmp_path: Path) -> None:
    empty: nx.Graph[str] = nx.Graph()
    assert len(nx.read_graphml(write_graphml(empty, tmp_path / "g.graphml"))) == 0
    assert len(nx.read_gexf(write_gexf(empty, tmp_path / "g.gexf"), version="1.2draft")) == 0
    assert [file.read_text("utf-8") for file in write_csv(empty, tmp_path)] == ["id\n", "source,target\n"]


def test_awkward_names_survive(tmp_path: Path) -> None:
    label = 'Cyngor "Sir" Ynys Môn, <Mutual> & Co — line\ntwo'
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("ex:a?b=1&c=2", label=label)
    assert nx.read_graphml(write_graphml(graph, tmp_path / "g.graphml")).nodes["ex:a?b=1&c=2"] == {"label": label}
    assert nx.read_gexf(write_gexf(graph, tmp_path / "g.gexf"), version="1.2draft").nodes["ex:a?b=1&c=2"] == {
        "label": label
    }
    with write_csv(graph, tmp_path)[0].open(encoding="utf-8", newline="") as stream:
        assert next(csv.DictReader(stream)) == {"id": "ex:a?b=1&c=2", "label": label}


def test_numbers_of_numpy_and_sets(tmp_path: Path) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", count=np.int64(3), share=np.float64(0.5), flag=True, both={"y", "x"}, none=None, empty=[])
    back = nx.read_graphml(write_graphml(graph, tmp_path / "g.graphml")).nodes["a"]
    assert back == {"count": 3, "share": 0.5, "flag": True, "both": "x|y"}


@pytest.mark.parametrize("write", [write_graphml, write_gexf, write_csv, write_cytoscape])
def test_what_cannot_be_exported(write: Callable[..., object], tmp_path: Path) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", things={"a": 1})
    with pytest.raises(NetworkError, match="things of a: dict is neither text"):
        write(graph, tmp_path / "g")
    graph.add_node("a", things=["x|y"])
    with pytest.raises(NetworkError, match=r"things of a: '\|' joins the values"):
        write(graph, tmp_path / "g")
    with pytest.raises(NetworkError, match="only undirected networks"):
        write(nx.DiGraph(), tmp_path / "g")
    (tmp_path / "file").write_text("in the way")
    with pytest.raises(NetworkError, match="cannot be written"):
        write(nx.Graph(), tmp_path / "file" / "g")


@pytest.mark.parametrize("write", [write_graphml, write_gexf])
def test_characters_that_xml_does_not_have(write: Callable[..., object], tmp_path: Path) -> None:
    graph: nx.Graph[str] = nx.Graph()
    graph.add_node("a", label="Old\x0bham")
    with pytest.raises(NetworkError, match=r"label of a: the character U\+000B cannot be written in XML"):
        write(graph, tmp_path / "g")
