"""Large graphs of the shape of the real one: copies of it side by side, each thing and name of a copy its own.

What is broken in such a graph on purpose is known to the last statement.
"""

from __future__ import annotations

import random
import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.vocabulary import (
    BASE,
    CCIN,
    CONCEPTS,
    DCTERMS,
    ONTOLOGY,
    PROV,
    QUERIES,
    RDF,
    RDFS,
    SKOS,
    STATISTICAL_GEOGRAPHY,
    XSD,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

#: Graphs that stand in the large graph once.
_SHARED = (CONCEPTS, ONTOLOGY, QUERIES)
_NAMES = {
    *(SKOS + name for name in ("prefLabel", "altLabel", "hiddenLabel")),
    *(RDFS + "label", DCTERMS + "title", CCIN + "printed", SKOS + "notation", RDF + "value"),
}
_TYPE = ox.NamedNode(RDF + "type")
_CODE = re.compile(r"([A-Z][0-9]{2})([0-9]{6})")


def copied(quads: Iterable[ox.Quad], statements: int) -> list[ox.Quad]:
    """Copy a graph until it has so many statements.

    Parameters
    ----------
    quads : iterable of pyoxigraph.Quad
        The real graph; it is the first copy.
    statements : int
        At least how many.

    Returns
    -------
    list of pyoxigraph.Quad
    """
    quads = sorted(quads, key=str)
    found = list(quads)
    own = [quad for quad in quads if getattr(quad.graph_name, "value", "") not in _SHARED]
    shared = {_kind(quad.subject) for quad in quads if getattr(quad.graph_name, "value", "") in _SHARED} | {"graph"}
    number = 1
    while len(found) < statements:
        number += 1
        copy = _Copy(number, shared)
        found += [copy.quad(quad) for quad in own]
    return found


def _kind(term: object) -> str:
    iri = term.value if isinstance(term, ox.NamedNode) else ""
    return iri.removeprefix(BASE).partition("/")[0] if iri.startswith(BASE) else ""


class _Copy:
    """Gives the things of a copy their own IRIs and names.

    Parameters
    ----------
    number : int
    shared : set of str
        Kinds of things that all copies share: the concepts.
    """

    def __init__(self, number: int, shared: set[str]) -> None:
        self.number = number
        self.shared = shared
        self.known: dict[str, ox.NamedNode] = {}

    def quad(self, quad: ox.Quad) -> ox.Quad:
        """Return a statement of the copy."""
        assert isinstance(quad.subject, ox.NamedNode)
        thing = quad.object
        if isinstance(thing, ox.NamedNode):
            thing = self.iri(thing)
        elif (
            isinstance(thing, ox.Literal) and quad.predicate.value in _NAMES and _kind(quad.subject) not in self.shared
        ):
            thing = self.name(thing)
        return ox.Quad(self.iri(quad.subject), quad.predicate, thing, quad.graph_name)

    def iri(self, node: ox.NamedNode) -> ox.NamedNode:
        """Return the IRI of a thing in the copy."""
        known = self.known.get(node.value)
        if known is None:
            known = self.known[node.value] = ox.NamedNode(self._renamed(node.value))
        return known

    def _renamed(self, iri: str) -> str:
        if iri.startswith(STATISTICAL_GEOGRAPHY):
            return self._coded(iri)
        kind, slash, rest = iri.removeprefix(BASE).partition("/")
        if not iri.startswith(BASE) or not slash or kind in self.shared:
            return iri
        end = min((rest.find(sign) for sign in "/#" if sign in rest), default=len(rest))
        return f"{BASE}{kind}/{rest[:end]}-{self.number}{rest[end:]}"

    def name(self, literal: ox.Literal) -> ox.Literal:
        """Return a name of a thing in the copy."""
        datatype = literal.datatype.value
        if literal.language:
            return ox.Literal(f"{literal.value} {self.number}", language=literal.language)
        if datatype == CCIN + "GSSCode":
            return ox.Literal(self._coded(literal.value), datatype=literal.datatype)
        if datatype == XSD + "string" and not literal.value.startswith("line="):
            return ox.Literal(f"{literal.value} {self.number}")
        return literal

    def _coded(self, text: str) -> str:
        return _CODE.sub(lambda code: f"{code[1]}{(int(code[2]) + self.number * 5000) % 10**6:06}", text)


@dataclass(frozen=True, slots=True)
class Seed:
    """A way to break a statement, and what has to be found then.

    Parameters
    ----------
    kind : str
        IRI of the class of what is broken.
    property : str
        IRI; one of its statements is taken.
    broken : callable
        From the statement to what stands in its place.
    rules : tuple of str
        Shapes and rules that have a result then, one for each time they stand here.
    """

    kind: str
    property: str
    broken: Callable[[ox.Quad], list[ox.Quad]]
    rules: tuple[str, ...]


def _with(
    value: ox.NamedNode | ox.Literal, property_: str = "", *, beside: bool = False
) -> Callable[..., list[ox.Quad]]:
    def broken(quad: ox.Quad) -> list[ox.Quad]:
        predicate = ox.NamedNode(property_) if property_ else quad.predicate
        other = ox.Quad(quad.subject, predicate, value, quad.graph_name)
        return [quad, other] if beside else [other]

    return broken


SEEDS: dict[str, Seed] = {
    "a concept of another scheme": Seed(
        CCIN + "Participation", PROV + "hadRole", _with(ox.NamedNode(BASE + "status/actual")), ("participation-role",)
    ),
    "a basis too many": Seed(
        CCIN + "PrincipleClaim",
        CCIN + "basis",
        _with(ox.Literal("perhaps"), beside=True),
        ("principle-claim-basis", "principle-claim-basis"),
    ),
    "an empty measure": Seed(
        CCIN + "Figure", CCIN + "measure", _with(ox.Literal("", language="en")), ("figure-measure",)
    ),
    "a title in another language": Seed(
        CCIN + "CaseStudy", DCTERMS + "title", _with(ox.Literal("Étude", language="fr")), ("case-study-title",)
    ),
    "a property that nobody knows": Seed(
        CCIN + "Project", SKOS + "prefLabel", _with(ox.Literal("x"), CCIN + "misspelt", beside=True), ("project",)
    ),
    "a code on a body": Seed(
        CCIN + "Council",
        SKOS + "prefLabel",
        _with(ox.Literal("E09000002"), DCTERMS + "identifier", beside=True),
        ("code-on-a-body",),
    ),
}


def seeded(quads: list[ox.Quad], each: int, seed: int = 1) -> tuple[list[ox.Quad], Counter[str]]:
    """Break things in a graph.

    Parameters
    ----------
    quads : list of pyoxigraph.Quad
    each : int
        How many things of each way.
    seed : int, default 1
        Of the choice.

    Returns
    -------
    tuple of list and Counter
        The broken graph, and how many results each shape and rule has more than before.
    """
    chance = random.Random(seed)
    members: dict[str, set[object]] = defaultdict(set)
    for quad in quads:
        if quad.predicate == _TYPE and isinstance(quad.object, ox.NamedNode):
            members[quad.object.value].add(quad.subject)
    places = defaultdict(list)
    for index, quad in enumerate(quads):
        places[quad.predicate.value].append(index)
    expected: Counter[str] = Counter()
    broken: dict[int, list[ox.Quad]] = {}
    used: set[object] = set()
    for one in SEEDS.values():
        able = [index for index in places[one.property] if quads[index].subject in members[one.kind]]
        chance.shuffle(able)
        chosen: list[int] = []
        for index in able:
            if len(chosen) < each and quads[index].subject not in used:
                used.add(quads[index].subject)
                chosen.append(index)
        assert len(chosen) == each, f"only {len(chosen)} things of {one.kind}"
        for index in chosen:
            broken[index] = one.broken(quads[index])
        expected.update(rule for rule in one.rules for _ in chosen)
    return [new for index, quad in enumerate(quads) for new in broken.get(index, [quad])], expected
