"""The pattern of a query as a picture: what it looks for, as nodes and edges, and these as an SVG drawing."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from ccin_graph.vocabulary import RDF, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

#: How an edge takes part: it must be there, may be, is one of several ways, must not be, or lies in another service.
KINDS = ("all", "optional", "either", "not", "service")

_RANK = {kind: place for place, kind in enumerate(KINDS)}


@dataclass(frozen=True, slots=True)
class Node:
    """Something that a query looks for or names.

    Parameters
    ----------
    key : str
        What it is in the query: ``?council``, an IRI, a literal.
    label : str
        As it is shown.
    kind : str
        ``parameter``, ``variable``, ``thing`` or ``literal``.
    classes : tuple of str
        What it must be an instance of.
    """

    key: str
    label: str
    kind: str
    classes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Edge:
    """A property between two nodes.

    Parameters
    ----------
    start, end : str
        Keys of nodes.
    labels : tuple of str
        Properties and paths.
    kind : str
        One of `KINDS`.
    """

    start: str
    end: str
    labels: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class Pattern:
    """What a query looks for.

    Parameters
    ----------
    nodes : tuple of Node
        In the order in which they first stand.
    edges : tuple of Edge
    """

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def pattern_of(query: str) -> Pattern:
    """Read the pattern of a query from its algebra.

    Parameters
    ----------
    query : str
        SPARQL 1.1; parameters are variables that begin with ``_``.

    Returns
    -------
    Pattern

    Examples
    --------
    >>> pattern = pattern_of("SELECT ?name { ?_body_iri a <http://e.org/Body> ; <http://e.org/name> ?name }")
    >>> [(edge.start, edge.labels, edge.end) for edge in pattern.edges]
    [('?_body_iri', ('http://e.org/name',), '?name')]
    >>> pattern.nodes[0].label, pattern.nodes[0].classes
    ('body', ('http://e.org/Body',))
    """
    from rdflib.plugins.sparql import prepareQuery

    triples = list(dict.fromkeys(_triples(prepareQuery(query).algebra, "all")))
    nodes: dict[str, Node] = {}
    classes: dict[str, list[str]] = defaultdict(list)
    merged: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for subject, property_, value, kind in triples:
        start = _node(subject, nodes)
        if str(property_) == RDF + "type" and kind in ("all", "either") and not _is_variable(value):
            classes[start].append(shorten(str(value)))
        else:
            merged[start, _node(value, nodes, start), kind].append(_property(property_))
    kept: dict[tuple[str, str], set[str]] = defaultdict(set)
    edges = []
    # What must be there need not be shown again where it may be.
    for (start, end, kind), labels in sorted(merged.items(), key=lambda item: _RANK[item[0][2]]):
        new = tuple(dict.fromkeys(label for label in labels if label not in kept[start, end]))
        kept[start, end].update(new)
        if new:
            edges.append(Edge(start, end, new, kind))
    order = {key: place for place, key in enumerate(nodes)}
    edges.sort(key=lambda edge: (order[edge.start], order[edge.end], _RANK[edge.kind]))
    shown = tuple(
        Node(node.key, node.label, node.kind, tuple(dict.fromkeys(classes[node.key]))) for node in nodes.values()
    )
    return Pattern(shown, tuple(edges))


def _triples(part: Any, kind: str) -> Iterator[tuple[Any, Any, Any, str]]:
    """Walk the algebra, and yield triple patterns with the way in which they take part."""
    from rdflib.plugins.sparql.parserutils import CompValue

    if isinstance(part, (list, tuple)):
        for inner in part:
            yield from _triples(inner, kind)
        return
    if not isinstance(part, CompValue):
        return
    if part.name in ("BGP", "TriplesBlock"):
        # In FILTER EXISTS the algebra keeps the parser's flat list: three terms a triple.
        for triple in part.triples or ():
            for place in range(0, len(triple) - 2, 3):
                yield (*triple[place : place + 3], kind)
    for name, inner in part.items():
        yield from _triples(inner, _within(part.name, name, kind))


def _within(part: str, name: str, kind: str) -> str:
    """Return how a branch of the algebra takes part in a pattern that takes part in a way itself."""
    inner = {
        ("LeftJoin", "p2"): "optional",
        ("Minus", "p2"): "not",
        ("Builtin_NOTEXISTS", "graph"): "not",
        ("ServiceGraphPattern", "graph"): "service",
        ("Union", "p1"): "either",
        ("Union", "p2"): "either",
    }.get((part, name), kind)
    return max(inner, kind, key=_RANK.__getitem__)


def _is_variable(term: Any) -> bool:
    import rdflib

    return isinstance(term, (rdflib.Variable, rdflib.BNode))


def _node(term: Any, nodes: dict[str, Node], of: str = "") -> str:
    import rdflib

    if isinstance(term, rdflib.Variable):
        key = f"?{term}"
        is_parameter = term.startswith("_")
        node = Node(key, term.split("_")[1] if is_parameter else key, "parameter" if is_parameter else "variable")
    elif isinstance(term, rdflib.BNode):
        # Named by when it was met, for the parser numbers them anew every time.
        key = f"_:{term}"
        node = Node(key, "", "variable")
    elif isinstance(term, rdflib.URIRef):
        key = f"<{term}>"
        node = Node(key, shorten(str(term)), "thing")
    else:
        # A value is drawn at each node that has it: two are not tied by both being true.
        key = f"{term.n3() if isinstance(term, rdflib.Literal) else term} of {of}"
        node = Node(key, str(term), "literal")
    nodes.setdefault(key, node)
    return key


def _property(term: Any) -> str:
    """Write a property or path as SPARQL does, with prefixed names."""
    from rdflib.paths import AlternativePath, InvPath, MulPath, NegatedPath, Path, SequencePath

    if isinstance(term, SequencePath):
        return "/".join(map(_property, term.args))
    if isinstance(term, AlternativePath):
        return "|".join(map(_property, term.args))
    if isinstance(term, InvPath):
        return f"^{_property(term.arg)}"
    if isinstance(term, MulPath):
        inner = _property(term.path)
        return f"({inner}){term.mod}" if isinstance(term.path, Path) else f"{inner}{term.mod}"
    if isinstance(term, NegatedPath):
        return f"!({'|'.join(map(_property, term.args))})"
    return f"?{term}" if _is_variable(term) else shorten(str(term))


# Drawing

_CHARACTER, _LINE, _PAD, _GAP = 6.7, 15, 9, 22
_STYLE = (
    "text{font:11px ui-monospace,Menlo,Consolas,monospace;fill:#1b1b1b}.c,.e{fill:#5a5a5a;font-size:10px}"
    ".n{fill:#fff;stroke:#555}.parameter{fill:#fdebc8;stroke:#a56a00}.thing{fill:#e4edf7;stroke:#3c6997}"
    ".literal{fill:#f1f1f1;stroke:#888}path{fill:none;stroke:#555}.optional{stroke-dasharray:6 3}"
    ".either{stroke-dasharray:2 3}.not{stroke:#b3261e;stroke-dasharray:9 2 2 2}"
    ".service{stroke:#6a3d9a;stroke-dasharray:12 3}.h{fill:#fff;fill-opacity:.85;stroke:none}"
)


@dataclass(slots=True)
class _Box:
    """A node, or a bend of an edge that passes a column, with its place."""

    lines: tuple[str, ...]
    column: int
    node: Node | None
    width: float = 0
    height: float = 0
    x: float = 0
    y: float = 0


def draw(pattern: Pattern, title: str) -> str:
    """Draw a pattern as SVG: columns from left to right, as the properties lead.

    Parameters
    ----------
    pattern : Pattern
    title : str
        What the picture shows, for those who do not see it.

    Returns
    -------
    str
        The same for the same pattern; without script, link or anything from elsewhere.
    """
    boxes, routes = _columns(pattern)
    _order(boxes, routes)
    width, height = _place(boxes, routes)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width:.0f}" height="{height:.0f}"'
        f' viewBox="0 0 {width:.0f} {height:.0f}" role="img">',
        f"<title>{_escape(title)}</title>",
        f"<style>{_STYLE}</style>",
        '<marker id="a" viewBox="0 0 8 8" refX="8" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0L8 4L0 8" style="fill:none;stroke:#555"/></marker>',
    ]
    labels: list[str] = []
    many = Counter(end for edge in pattern.edges for end in (("from", edge.start), ("to", edge.end)))
    for edge, keys in routes:
        # Where edges fan out their ends stand apart, where they meet their beginnings do.
        along = 0.68 if many["from", edge.start] >= many["to", edge.end] else 0.32
        path, label = _drawn_edge(edge, [boxes[key] for key in keys], along)
        lines.append(path)
        labels += label
    for box in boxes.values():
        lines += _drawn_box(box)
    return "\n".join([*lines, *labels, "</svg>"]) + "\n"


def _columns(pattern: Pattern) -> tuple[dict[str, _Box], list[tuple[Edge, list[str]]]]:
    """Give every node a column, and edges that pass columns a bend in each."""
    column = _layers(pattern)
    boxes = {
        node.key: _Box((node.label, *(f"a {name}" for name in node.classes)), column[node.key], node)
        for node in pattern.nodes
    }
    routes = []
    for number, edge in enumerate(pattern.edges):
        one, other = column[edge.start], column[edge.end]
        step = 1 if other > one else -1
        keys = [edge.start]
        for place in range(one + step, other, step):
            keys.append(f"bend {number} {place}")
            boxes[keys[-1]] = _Box((), place, None)
        routes.append((edge, [*keys, edge.end]))
    return boxes, routes


def _layers(pattern: Pattern) -> dict[str, int]:
    """Give every node a column: longest paths from the sources, after the edges that lead back are turned round."""
    keys = [node.key for node in pattern.nodes]
    forward = _forward(pattern, keys)
    column = dict.fromkeys(keys, 0)
    for _ in keys:
        for start, end in forward:
            column[end] = max(column[end], column[start] + 1)
    # A source stands next to what it leads to.
    targets = {end for _, end in forward}
    for key in keys:
        ends = [column[end] for start, end in forward if start == key]
        if ends and key not in targets:
            column[key] = min(ends) - 1
    return column


def _forward(pattern: Pattern, keys: list[str]) -> list[tuple[str, str]]:
    after: dict[str, list[str]] = defaultdict(list)
    for edge in pattern.edges:
        if edge.start != edge.end:
            after[edge.start].append(edge.end)
    forward: dict[tuple[str, str], None] = {}
    open_: dict[str, bool] = {}

    def visit(key: str) -> None:
        open_[key] = True
        for end in after[key]:
            forward[(end, key) if open_.get(end) else (key, end)] = None
            if end not in open_:
                visit(end)
        open_[key] = False

    reached = {edge.end for edge in pattern.edges}
    for root in sorted(keys, key=lambda key: key in reached):
        if root not in open_:
            visit(root)
    return list(forward)


def _order(boxes: dict[str, _Box], routes: list[tuple[Edge, list[str]]]) -> None:
    """Order each column by where the neighbours stand, a few times to and fro, so that few edges cross."""
    beside: dict[str, list[str]] = defaultdict(list)
    for _, keys in routes:
        for one, other in pairwise(keys):
            beside[one].append(other)
            beside[other].append(one)
    columns: dict[int, list[str]] = defaultdict(list)
    for key, box in boxes.items():
        columns[box.column].append(key)
    rank = {key: float(place) for keys in columns.values() for place, key in enumerate(keys)}
    for turn in range(8):
        for number in sorted(columns, reverse=bool(turn % 2)):
            side = 1 if turn % 2 else -1
            keys = columns[number]
            wanted = {}
            for key in keys:
                near = [rank[other] for other in beside[key] if boxes[other].column == number + side]
                wanted[key] = sum(near) / len(near) if near else rank[key]
            keys.sort(key=lambda key: wanted[key])
            rank.update((key, float(place)) for place, key in enumerate(keys))
    for key, box in boxes.items():
        box.y = rank[key]


def _place(boxes: dict[str, _Box], routes: list[tuple[Edge, list[str]]]) -> tuple[float, float]:
    for box in boxes.values():
        longest = max((len(line) for line in box.lines), default=0)
        box.width = max(26.0, longest * _CHARACTER + 2 * _PAD) if box.node else 0
        box.height = _LINE * len(box.lines) + 8 if box.node else 10
    columns: dict[int, list[_Box]] = defaultdict(list)
    for box in boxes.values():
        columns[box.column].append(box)
    tall: dict[int, float] = {}
    for number, column in columns.items():
        column.sort(key=lambda box: box.y)
        y = 0.0
        for box in column:
            box.y = y
            y += box.height + _GAP
        tall[number] = y - _GAP
    height = max(tall.values(), default=0)
    # The gap after a column is as wide as the longest label over it.
    label: dict[int, float] = defaultdict(float)
    for edge, keys in routes:
        first = min(boxes[keys[0]].column, boxes[keys[-1]].column)
        label[first] = max(label[first], *(len(text) * 6.1 + 64 for text in edge.labels))
    x = 10.0
    for number in range(min(columns, default=0), max(columns, default=-1) + 1):
        column = columns[number]
        wide = max((box.width for box in column), default=0)
        for box in column:
            box.x = x + (wide - box.width) / 2
            box.y += (height - tall[number]) / 2 + 14
        x += wide + max(label[number], 40.0)
    last = max((box.x + box.width for box in boxes.values()), default=0)
    return last + 10 + (60 if any(keys[0] == keys[-1] for _, keys in routes) else 0), height + 28


def _drawn_edge(edge: Edge, stops: list[_Box], along: float) -> tuple[str, list[str]]:
    first, last = stops[0], stops[-1]
    forward = last.column >= first.column
    points = [(first.x + (first.width if forward else 0), first.y + first.height / 2)]
    for bend in stops[1:-1]:
        points.append((bend.x, bend.y + bend.height / 2))
    points.append((last.x + (0 if forward else last.width), last.y + last.height / 2))
    if first.column == last.column:
        # Within a column, or to itself: round the right side.
        points[-1] = (last.x + last.width, points[-1][1] + (7 if first is last else 0))
        points[0] = (points[0][0], points[0][1] - (7 if first is last else 0))
        out = max(points[0][0], points[-1][0]) + 34
        path = f"M{_at(points[0])}C{out:.0f} {points[0][1]:.0f} {out:.0f} {points[-1][1]:.0f} {_at(points[-1])}"
        middle = (out - 8, (points[0][1] + points[-1][1]) / 2)
    else:
        path = f"M{_at(points[0])}"
        for (x1, y1), (x2, y2) in pairwise(points):
            half = (x1 + x2) / 2
            path += f"C{half:.0f} {y1:.0f} {half:.0f} {y2:.0f} {x2:.0f} {y2:.0f}"
        (x1, y1), (x2, y2) = points[:2] if along < 0.5 else points[-2:]
        t, back = along, 1 - along
        middle = (
            back**3 * x1 + 3 * back * t * (x1 + x2) / 2 + t**3 * x2,
            y1 + (y2 - y1) * (3 * t**2 - 2 * t**3),
        )
    return f'<path class="{edge.kind}" d="{path}" marker-end="url(#a)"/>', _drawn_label(edge, middle)


def _drawn_label(edge: Edge, middle: tuple[float, float]) -> list[str]:
    said = [*edge.labels[:-1], edge.labels[-1] + (" (not)" if edge.kind == "not" else "")]
    wide = max(map(len, said)) * 6.1 + 4
    top = middle[1] - 6 * len(said)
    drawn = [
        f'<rect class="h" x="{middle[0] - wide / 2:.0f}" y="{top:.0f}" width="{wide:.0f}" height="{12 * len(said)}"/>'
    ]
    for place, text in enumerate(said):
        y = top + 9 + 12 * place
        drawn.append(f'<text class="e" x="{middle[0]:.0f}" y="{y:.0f}" text-anchor="middle">{_escape(text)}</text>')
    return drawn


def _drawn_box(box: _Box) -> Iterable[str]:
    if box.node is None:
        return
    kind = "" if box.node.kind == "variable" else f" {box.node.kind}"
    yield (
        f'<rect class="n{kind}" x="{box.x:.0f}" y="{box.y:.0f}" width="{box.width:.0f}" height="{box.height:.0f}"'
        f' rx="{4 if box.node.kind in ("thing", "literal") else 11}"/>'
    )
    for place, line in enumerate(box.lines):
        style = ' class="c"' if place else ""
        y = box.y + 15 + _LINE * place
        yield f'<text{style} x="{box.x + box.width / 2:.0f}" y="{y:.0f}" text-anchor="middle">{_escape(line)}</text>'


def _at(point: tuple[float, float]) -> str:
    return f"{point[0]:.0f} {point[1]:.0f}"


def _escape(text: str) -> str:
    import html

    return html.escape(text)
