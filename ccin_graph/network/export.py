"""Networks as files for other programs: GraphML, GEXF, CSV and Cytoscape JSON, the same bytes for the same network."""

from __future__ import annotations

import re
from io import BytesIO, StringIO
from numbers import Integral, Real
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccin_graph.errors import NetworkError
from ccin_graph.network.overview import sorted_ties
from ccin_graph.network.results import SEPARATOR

if TYPE_CHECKING:
    from os import PathLike

    import networkx as nx

_NOT_XML = re.compile("[^\t\n\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def write_graphml(graph: nx.Graph[str], path: str | PathLike[str]) -> Path:
    """Write a network as GraphML.

    Parameters
    ----------
    graph : networkx.Graph
        Any network of this package. Nodes and edges are written in sorted order, lists joined by ``|``, values
        that are None or an empty list left out. An edge with ``shared`` gets it as ``weight`` too, which is
        what Gephi and others look for.
    path : path-like
        The file; folders that do not exist are made.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    NetworkError
        If the graph is directed or a multigraph, if a value is not text, a number, a truth value or a list of
        them, if a text cannot be written in XML or holds the separator in a list, or if the file cannot be
        written.

    Examples
    --------
    >>> import networkx as nx, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = write_graphml(nx.path_graph(["ex:a", "ex:b"]), Path(folder, "network.graphml"))
    ...     sorted(nx.read_graphml(file))
    ['ex:a', 'ex:b']
    """
    from networkx.readwrite.graphml import GraphMLWriter

    writer = GraphMLWriter(encoding="utf-8", prettyprint=True)
    writer.add_graph_element(_plain(graph, xml=True))
    buffer = BytesIO()
    writer.dump(buffer)
    return write_file(Path(path), buffer.getvalue())


def write_gexf(graph: nx.Graph[str], path: str | PathLike[str]) -> Path:
    """Write a network as GEXF 1.2, the format of Gephi, without the date that networkx puts into it.

    Parameters
    ----------
    graph : networkx.Graph
        As for :func:`write_graphml`.
    path : path-like
        The file; folders that do not exist are made.

    Returns
    -------
    pathlib.Path
        The file written.

    Raises
    ------
    NetworkError
        As for :func:`write_graphml`.

    Examples
    --------
    >>> import networkx as nx, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = write_gexf(nx.path_graph(["ex:a", "ex:b"]), Path(folder, "network.gexf"))
    ...     "lastmodified" in file.read_text("utf-8")
    False
    """
    from networkx.readwrite.gexf import GEXFWriter

    writer = GEXFWriter(encoding="utf-8", prettyprint=True, version="1.2draft")
    meta = writer.xml.find("meta")
    meta.attrib.pop("lastmodifieddate")
    meta.find("creator").text = "ccin-graph"
    writer.add_graph(_plain(graph, xml=True))
    buffer = BytesIO()
    writer.write(buffer)
    return write_file(Path(path), buffer.getvalue())


def write_cytoscape(graph: nx.Graph[str], path: str | PathLike[str]) -> Path:
    """Write a network as Cytoscape JSON (``.cyjs``), which Cytoscape and Cytoscape.js read.

    Parameters
    ----------
    graph : networkx.Graph
        As for :func:`write_graphml`.
    path : path-like
        The file; folders that do not exist are made.

    Returns
    -------
    pathlib.Path
        The file written: nodes have ``id`` and ``name`` (their label), edges ``source`` and ``target``, both the other
        attributes.

    Raises
    ------
    NetworkError
        As for :func:`write_graphml`.

    Examples
    --------
    >>> import json, networkx as nx, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     file = write_cytoscape(nx.path_graph(["ex:a", "ex:b"]), Path(folder, "network.cyjs"))
    ...     json.loads(file.read_text("utf-8"))["elements"]["edges"]
    [{'data': {'source': 'ex:a', 'target': 'ex:b', 'id': '0'}}]
    """
    import json

    plain = _plain(graph, xml=False)
    # networkx takes a node from "value" when it reads the file
    nodes = [
        {**data, "id": node, "value": node, "name": data.get("label", node)} for node, data in plain.nodes(data=True)
    ]
    edges = [
        {"source": one, "target": other, **data, "id": str(place)}
        for place, (one, other, data) in enumerate(plain.edges(data=True))
    ]
    document = {
        "format_version": "1.0",
        "generated_by": "ccin-graph",
        "data": {"name": plain.graph.get("name", "")},
        "elements": {"nodes": [{"data": data} for data in nodes], "edges": [{"data": data} for data in edges]},
    }
    return write_file(Path(path), (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8"))


def write_csv(graph: nx.Graph[str], folder: str | PathLike[str], prefix: str = "") -> tuple[Path, Path]:
    r"""Write a network as two tables, ``nodes.csv`` and ``edges.csv``, in UTF-8 with a header.

    Parameters
    ----------
    graph : networkx.Graph
        As for :func:`write_graphml`.
    folder : path-like
        Where the two files go; it is made if it does not exist.
    prefix : str, optional
        What their names begin with, so that several networks can lie in one folder.

    Returns
    -------
    tuple of two pathlib.Path
        ``nodes.csv`` (``id``, ``label``, ``kind`` and the other attributes by name) and ``edges.csv``
        (``source``, ``target``, ``weight`` and the other attributes by name; the source sorts before the
        target). A cell is empty where a node or edge lacks the attribute.

    Raises
    ------
    NetworkError
        As for :func:`write_graphml`.

    Examples
    --------
    >>> import networkx as nx, tempfile
    >>> with tempfile.TemporaryDirectory() as folder:
    ...     nodes, edges = write_csv(nx.path_graph(["ex:b", "ex:a"]), folder)
    ...     edges.read_text("utf-8")
    'source,target\nex:a,ex:b\n'
    """
    plain = _plain(graph, xml=False)
    nodes = [{**data, "id": node} for node, data in plain.nodes(data=True)]
    edges = [{**data, "source": one, "target": other} for one, other, data in plain.edges(data=True)]
    return (
        write_file(Path(folder, f"{prefix}nodes.csv"), _table(nodes, ["id"], ["label", "kind"])),
        write_file(Path(folder, f"{prefix}edges.csv"), _table(edges, ["source", "target"], ["weight"])),
    )


def _plain(graph: nx.Graph[str], *, xml: bool) -> nx.Graph[str]:
    """Return a copy in sorted order whose attributes are all single values."""
    import networkx as nx

    check_undirected(graph)
    name = graph.graph.get("name")
    plain: nx.Graph[str] = nx.Graph(**({"name": name} if name else {}))
    for node in sorted(graph):
        _single(node, str(node), xml=xml)
        plain.add_node(node, **_attributes(graph.nodes[node], str(node), xml=xml))
    for one, other in sorted_ties(graph):
        data = graph.edges[one, other]
        weight = {"weight": data["shared"]} if "shared" in data else {}
        plain.add_edge(one, other, **_attributes({**weight, **data}, f"{one} and {other}", xml=xml))
    return plain


def _attributes(data: dict[str, Any], where: str, *, xml: bool) -> dict[str, str | int | float]:
    """Return attributes in sorted order without those that say nothing."""
    values = ((key, _single(data[key], f"{key} of {where}", xml=xml)) for key in sorted(data))
    return {key: value for key, value in values if value is not None}


def _single(value: object, what: str, *, xml: bool) -> str | int | float | None:
    """Return a value that every format can hold, None for one that says nothing."""
    if isinstance(value, (list, tuple, set, frozenset)):
        items = sorted(str(item) for item in value) if isinstance(value, (set, frozenset)) else map(str, value)
        parts = list(items)
        if any(SEPARATOR in part for part in parts):
            raise NetworkError(f"{what}: {SEPARATOR!r} joins the values of a list, so no value may hold it")
        value = SEPARATOR.join(parts) or None
    if isinstance(value, str) and xml and (found := _NOT_XML.search(value)):
        raise NetworkError(f"{what}: the character U+{ord(found[0]):04X} cannot be written in XML")
    if value is None or isinstance(value, (str, bool)):
        return value
    if isinstance(value, Real):  # numpy's numbers too
        return int(value) if isinstance(value, Integral) else float(value)
    raise NetworkError(f"{what}: {type(value).__name__} is neither text, a number nor a list of them")


def _table(rows: list[dict[str, Any]], always: list[str], first: list[str]) -> bytes:
    """Return rows as CSV: columns that are always there, those to come first, the others by name."""
    import csv

    found = {key for row in rows for key in row} - set(always)
    leading = [key for key in first if key in found]
    text = StringIO(newline="")
    table = csv.DictWriter(text, [*always, *leading, *sorted(found - set(leading))], lineterminator="\n")
    table.writeheader()
    table.writerows(rows)
    return text.getvalue().encode("utf-8")


def check_undirected(graph: nx.Graph[str]) -> None:
    """Refuse a graph that a file would show as something else.

    Parameters
    ----------
    graph : networkx.Graph

    Raises
    ------
    NetworkError
        If it is directed or a multigraph.
    """
    if graph.is_directed() or graph.is_multigraph():
        raise NetworkError("only undirected networks with one edge for each pair are exported")


def write_file(path: Path, content: bytes) -> Path:
    """Write a file, and the folders it lies in.

    Parameters
    ----------
    path : Path
    content : bytes

    Returns
    -------
    Path
        The file written.

    Raises
    ------
    NetworkError
        If it cannot be written.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise NetworkError(f"{path} cannot be written: {error.strerror or error}") from error
    return path
