"""The engines say the same: of the real graph, and of graphs that are broken in every way our shapes ask about."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterable
from functools import partial
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.errors import ShapesError
from ccin_graph.store import EmbeddedStore
from ccin_graph.store.rdflib_graph import to_rdflib
from ccin_graph.validate.results import Result
from ccin_graph.validate.shacl import (
    Engine,
    engine_beyond_core,
    to_result,
    validate_graphs,
    validate_shapes,
    what_is_lost,
)
from ccin_graph.vocabulary import BASE, CCIN, PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from ccin_graph.tree import Tree

Quads = list[ox.Quad]
Breaking = Callable[[Quads], Quads]

NOWHERE = ox.NamedNode("https://example.org/nowhere")
TYPE = ox.NamedNode(RDF + "type")


def iri(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def typed(text: str, datatype: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + datatype))


# Ways to break a graph: all take the quads, and what to break, and return other quads


def first(quads: Quads, kind: str, property_: str) -> ox.Quad:
    """Return the first statement of a property about a thing of a kind."""
    members = {quad.subject for quad in quads if quad.predicate == TYPE and quad.object == iri(kind)}
    found = [quad for quad in quads if quad.predicate == iri(property_) and quad.subject in members]
    assert found, f"no {property_} of a {kind} to break"
    return min(found, key=str)


def without(quads: Quads, kind: str, property_: str) -> Quads:
    """Take out every statement of a property about one thing."""
    taken = first(quads, kind, property_)
    return [quad for quad in quads if (quad.subject, quad.predicate) != (taken.subject, taken.predicate)]


def with_value(quads: Quads, kind: str, property_: str, value: ox.NamedNode | ox.Literal | ox.BlankNode) -> Quads:
    """Put another value in the place of one."""
    taken = first(quads, kind, property_)
    return [ox.Quad(quad.subject, quad.predicate, value, quad.graph_name) if quad == taken else quad for quad in quads]


def with_more(quads: Quads, kind: str, property_: str, value: ox.NamedNode | ox.Literal) -> Quads:
    """Add a value beside one."""
    beside = first(quads, kind, property_)
    return [*quads, ox.Quad(beside.subject, beside.predicate, value, beside.graph_name)]


def with_range(quads: Quads, low: ox.Literal, high: ox.Literal) -> Quads:
    """Give a figure a range instead of its value."""
    value = first(quads, "ccin:Figure", "schema:value")
    ends = (
        ox.Quad(value.subject, iri(end), text) for end, text in (("schema:minValue", low), ("schema:maxValue", high))
    )
    return [*(quad for quad in quads if quad != value), *ends]


def with_type(quads: Quads, kind: str, other: str) -> Quads:
    """Call one thing something else."""
    one = min((quad for quad in quads if quad.predicate == TYPE and quad.object == iri(kind)), key=str)
    return [ox.Quad(quad.subject, TYPE, iri(other), quad.graph_name) if quad == one else quad for quad in quads]


def without_types(quads: Quads, kind: str) -> Quads:
    """Take every type from one thing."""
    one = min((quad for quad in quads if quad.predicate == TYPE and quad.object == iri(kind)), key=str)
    return [quad for quad in quads if (quad.subject, quad.predicate) != (one.subject, TYPE)]


BREAKINGS: dict[str, Breaking] = {
    "a link is missing": partial(without, kind="ccin:Participation", property_="prov:agent"),
    "a name is missing": partial(without, kind="ccin:Council", property_="skos:prefLabel"),
    "evidence is missing": partial(without, kind="ccin:Figure", property_="prov:wasDerivedFrom"),
    "a type of body is missing": partial(without, kind="org:Organization", property_="org:classification"),
    "a value and both ends are missing": partial(without, kind="ccin:Figure", property_="schema:value"),
    "one link too many": partial(
        with_more, kind="ccin:Participation", property_="prov:hadRole", value=ox.NamedNode(BASE + "role/client")
    ),
    "one name too many, in the same language": partial(
        with_more, kind="ccin:Council", property_="skos:prefLabel", value=ox.Literal("Another", language="en")
    ),
    "one name too many, in another language": partial(
        with_more, kind="ccin:Council", property_="skos:prefLabel", value=ox.Literal("Arall", language="cy")
    ),
    "a link leads nowhere": partial(with_value, kind="ccin:Participation", property_="prov:agent", value=NOWHERE),
    "a link leads to a thing of another kind": partial(
        with_value, kind="ccin:Participation", property_="prov:agent", value=ox.NamedNode(BASE + "role/lead")
    ),
    "a concept of another scheme": partial(
        with_value, kind="ccin:Participation", property_="prov:hadRole", value=ox.NamedNode(BASE + "status/actual")
    ),
    "a concept that is none": partial(
        with_value, kind="ccin:Participation", property_="prov:hadRole", value=ox.NamedNode(BASE + "role/chief")
    ),
    "a text in the place of a link": partial(
        with_value, kind="ccin:Participation", property_="ccin:project", value=ox.Literal("the project")
    ),
    "a link in the place of a text": partial(with_value, kind="ccin:Figure", property_="ccin:measure", value=NOWHERE),
    "a node without an IRI in the place of a link": partial(
        with_value, kind="ccin:Participation", property_="prov:agent", value=ox.BlankNode("nobody")
    ),
    "a text that is empty": partial(with_value, kind="ccin:Figure", property_="ccin:measure", value=ox.Literal("")),
    "a text that is too long": partial(
        with_value, kind="ccin:Figure", property_="ccin:measure", value=ox.Literal("very " * 100)
    ),
    "a text in the place of a number": partial(
        with_value, kind="ccin:Figure", property_="schema:value", value=ox.Literal("twelve")
    ),
    "a number of another datatype": partial(
        with_value, kind="ccin:Figure", property_="schema:value", value=typed("12", "double")
    ),
    "a number that is none": partial(
        with_value, kind="ccin:Figure", property_="schema:value", value=typed("twelve", "decimal")
    ),
    "a truth that is none": partial(
        with_value, kind="ccin:MembershipListing", property_="ccin:complete", value=typed("none", "boolean")
    ),
    "a range upside down": partial(with_range, low=typed("9", "decimal"), high=typed("1", "decimal")),
    "a range of no width": partial(with_range, low=typed("9", "decimal"), high=typed("9.0", "decimal")),
    "a range that cannot be compared": partial(with_range, low=typed("9", "decimal"), high=ox.Literal("many")),
    "lines upside down": partial(
        with_value, kind="ccin:Passage", property_="ccin:firstLine", value=typed("99999", "integer")
    ),
    "a code of another form": partial(
        with_value,
        kind="ccin:Area",
        property_="skos:notation",
        value=ox.Literal("e1", datatype=ox.NamedNode(CCIN + "GSSCode")),
    ),
    "a code of another datatype": partial(
        with_value, kind="ccin:Area", property_="skos:notation", value=ox.Literal("E09000002")
    ),
    "a latitude in France": partial(with_value, kind="ccin:Area", property_="geo:lat", value=typed("47.2", "decimal")),
    "a latitude that is no number": partial(
        with_value, kind="ccin:Area", property_="geo:lat", value=ox.Literal("north")
    ),
    "a partner too few": partial(
        with_value, kind="ccin:Partnership", property_="ccin:partner", value=ox.NamedNode(BASE + "role/lead")
    ),
    "a weight of nothing": partial(
        with_value, kind="ccin:Partnership", property_="ccin:weight", value=typed("0", "integer")
    ),
    "a member that is a person elsewhere": partial(with_type, kind="ccin:Post", other="org:Membership"),
    "a project of no kind": partial(without_types, kind="ccin:Project"),
    "a council that is a project": partial(with_type, kind="ccin:Project", other="ccin:Council"),
}


def said_by_all(quads: Iterable[ox.Quad], tree: Tree) -> list[Result]:
    quads = list(quads)
    ours, reference, fast = (sorted(validate_shapes(quads, tree.shapes, engine), key=str) for engine in Engine)
    assert fast == reference
    assert ours == reference
    return ours


def test_the_engines_say_the_same_of_the_real_graph(real: EmbeddedStore, checkout: Tree) -> None:
    results = said_by_all(real.quads(), checkout)
    assert all(result.message and result.rule for result in results)


@pytest.mark.parametrize("name", BREAKINGS)
def test_the_engines_say_the_same_of_a_broken_graph(
    name: str, needed: list[ox.Quad], checkout: Tree, whole: list[Result]
) -> None:
    broken = BREAKINGS[name](needed)
    assert said_by_all(broken, checkout) != whole, "what is broken is not seen"


@pytest.fixture(scope="module")
def whole(needed: list[ox.Quad], checkout: Tree) -> list[Result]:
    return said_by_all(needed, checkout)


def test_what_is_written_otherwise_is_not_broken(needed: list[ox.Quad], checkout: Tree, whole: list[Result]) -> None:
    value = first(needed, "ccin:Figure", "schema:value").object
    assert isinstance(value, ox.Literal)
    written = typed(f"+0{value.value}{'0' if '.' in value.value else '.00'}", "decimal")
    assert said_by_all(with_value(needed, "ccin:Figure", "schema:value", written), checkout) == whole


# Results


def test_a_result_says_what_is_written(needed: list[ox.Quad], checkout: Tree) -> None:
    broken = BREAKINGS["a truth that is none"](needed)
    for engine in Engine:
        (result,) = (one for one in validate_shapes(broken, checkout.shapes, engine) if one.path == CCIN + "complete")
        assert result.value == "none"
        assert result.component.endswith("#DatatypeConstraintComponent")


SHAPES = """
PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX e: <https://example.org/>
e:Shape a sh:NodeShape ; sh:targetClass e:Thing ;
  sh:property [ sh:path e:size ; sh:maxCount 0 ] ;
  sh:property [ sh:path ( e:part [ sh:inversePath e:of ] ) ; sh:maxCount 0 ; sh:message "kein"@de , "none"@en ] ;
  sh:node [ sh:property [ sh:path e:size ; sh:minLength 9 ] ] ;
  sh:or ( [ sh:class e:Other ] [ sh:property [ sh:path e:other ; sh:minCount 1 ] ] ) .
"""
DATA = """
PREFIX e: <https://example.org/>
e:one a e:Thing ; e:size "big" ; e:part e:two . e:three e:of e:two . [] a e:Thing .
"""


@pytest.mark.parametrize("engine", Engine, ids=lambda engine: engine.value)
def test_a_shape_without_name_message_or_simple_path_is_told(engine: Engine) -> None:
    shapes = to_rdflib(ox.parse(SHAPES.encode(), ox.RdfFormat.TURTLE))
    before = set(shapes)
    results = sorted(validate_graphs(ox.parse(DATA.encode(), ox.RdfFormat.TURTLE), shapes, engine), key=str)
    told = sorted((one.name, one.path, one.message, one.shape) for one in results if str(one.focus).endswith("/one"))
    size, path = "<https://example.org/size>", "<https://example.org/part>/(^<https://example.org/of>)"
    shape = "https://example.org/Shape"
    assert told == [
        ("Shape", "", "does not meet sh:node", shape),
        ("Shape", "", "does not meet sh:or", shape),
        ("Shape", path, "none", ""),
        ("Shape-size", size, "does not meet sh:maxCount 0", ""),
    ]
    assert set(shapes) == before
    nameless = [to_result(one) for one in results if not str(one.focus).startswith("https:")]
    assert [(one.subject, one.rule) for one in nameless] == [("", "Shape")]


@pytest.mark.parametrize("engine", Engine, ids=lambda engine: engine.value)
@pytest.mark.parametrize(
    "query",
    [
        "SELEKT $this {}",
        "SELECT $this { SERVICE <http://127.0.0.1/> { ?a ?b ?c } }",
        "SELECT $this FROM <file:///etc/hostname> { ?a ?b ?c }",
    ],
)
def test_shapes_that_cannot_be_used_are_said_so(engine: Engine, query: str) -> None:
    head = "PREFIX sh: <http://www.w3.org/ns/shacl#> PREFIX e: <https://example.org/>"
    shapes = f'{head} e:S sh:targetClass e:Thing ; sh:sparql [ sh:select "{query}" ] .'
    graph = to_rdflib(ox.parse(shapes.encode(), ox.RdfFormat.TURTLE))
    with pytest.raises(ShapesError):
        list(validate_graphs(ox.parse(DATA.encode(), ox.RdfFormat.TURTLE), graph, engine))


# Where an engine is missing


@pytest.fixture
def missing(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Return a function that makes modules impossible to import."""
    real = importlib.import_module

    def hide(*names: str) -> None:
        def import_module(name: str, package: str | None = None) -> object:
            if name in names:
                raise ImportError(f"no {name} here")
            return real(name, package)

        monkeypatch.setattr(importlib, "import_module", import_module)
        for name in names:
            monkeypatch.setitem(__import__("sys").modules, name, None)

    return hide


QUERY = "SELECT $this { $this <https://example.org/size> ?size }"
BEYOND = f"{SHAPES} e:Shape sh:sparql [ sh:message 'has a size' ; sh:select '{QUERY}' ] ."


def beyond_core(engine: Engine | None = None) -> list[str]:
    shapes = to_rdflib(ox.parse(BEYOND.encode(), ox.RdfFormat.TURTLE))
    results = validate_graphs(ox.parse(DATA.encode(), ox.RdfFormat.TURTLE), shapes, engine)
    return sorted(one.message for one in results if str(one.focus).endswith("/one"))


def test_the_faster_engine_does_what_is_beyond_core() -> None:
    assert engine_beyond_core() is Engine.PYSHIFTY
    assert what_is_lost() == ""
    assert "has a size" in beyond_core()
    assert beyond_core() == beyond_core(Engine.PYSHACL) == beyond_core(Engine.PYSHIFTY)


def test_core_does_not_need_another_engine(
    missing: Callable[..., None], needed: list[ox.Quad], checkout: Tree, whole: list[Result]
) -> None:
    missing("shifty", "pyshacl")
    assert sorted(validate_shapes(EmbeddedStore(needed), checkout.shapes), key=str) == whole
    assert "neither" in what_is_lost()
    with pytest.raises(ShapesError, match="more than SHACL Core"):
        beyond_core()


def test_without_the_fast_engine_the_reference_works_and_the_loss_is_said(missing: Callable[..., None]) -> None:
    everything = beyond_core()
    missing("shifty")
    assert engine_beyond_core() is Engine.PYSHACL
    assert "pyshifty cannot be imported" in what_is_lost()
    assert beyond_core() == everything
    with pytest.raises(ShapesError, match="--engine pyshacl"):
        beyond_core(Engine.PYSHIFTY)


def test_without_the_reference_the_fast_engine_works_and_the_loss_is_said(missing: Callable[..., None]) -> None:
    everything = beyond_core()
    missing("pyshacl")
    assert engine_beyond_core() is Engine.PYSHIFTY
    assert "pySHACL cannot be imported" in what_is_lost()
    assert beyond_core() == everything
    with pytest.raises(ShapesError, match="--engine pyshifty"):
        beyond_core(Engine.PYSHACL)
