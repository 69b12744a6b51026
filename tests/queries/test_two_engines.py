"""Every question on two engines, pyoxigraph and rdflib: the same rows in the same order.

On the records of this project each is asked with its defaults; on the invented project, which takes rdflib no time,
with what that has; and on the invented project without claims, so that patterns match nothing.

The machinery (rules of derivation, rules between records, what evidence and controls ask) is asked of the invented
project too, and of the same project shaken: every object given to the next subject, so that rules find something.

What the questions avoid, for rdflib has its own way with it: an aggregate over nothing is a row of nothing there, hence
``HAVING (COUNT(*) > 0)`` in sub-selects; a sub-select inside OPTIONAL forgets what it was joined with; the order of an
error is an error, hence COALESCE around what may be unbound; labels joined after a DISTINCT sub-select are all walked.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.packs import FEDERATED, MACHINERY, read_query
from ccin_graph.queries import bind
from ccin_graph.store import EmbeddedStore
from ccin_graph.store.rdflib_graph import to_rdflib
from ccin_graph.vocabulary import BASE, CONCEPTS, ENTITIES, ONTOLOGY, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable

    import rdflib
    from rdflib.plugins.sparql.sparql import Query

    from ccin_graph.packs import Parameter

QUERIES = Path(__file__).parents[2] / "queries"
QUESTIONS = {
    f"{path.parent.name}/{path.stem}": path
    for path in sorted(QUERIES.glob("*/*.rq"))
    if path.parent.name not in (*MACHINERY, FEDERATED)
}

PAIRS = "it joins sub-selects, which rdflib compares row by row"
RESULTS = "it asks the results of analyses, which are a dataset of their own"
ORDER = "rdflib begins its pattern with the properties that everything has"

MACHINES = {
    f"{path.parent.name}/{path.stem}": path for path in sorted(QUERIES.glob("*/*.rq")) if path.parent.name in MACHINERY
}

#: Questions that rdflib takes more than a second for on the records, with what it takes it for.
SLOW = {
    "analysis/ranks-and-documents": RESULTS,
    "analysis/runs": RESULTS,
    "analysis/suggestions-and-principles": RESULTS,
    "councils/mentioned-by": ORDER,
    "evidence/contents": PAIRS,
    "evidence/one-line": "it groups every claim",
    "members/by-type": ORDER,
    "network/council-affiliate": PAIRS,
    "network/council-council": PAIRS,
    "network/council-council-by-partners": PAIRS,
    "network/council-council-by-principles": PAIRS,
    "network/council-council-by-themes": PAIRS,
    "network/council-partner": PAIRS,
    "network/organisation-organisation": PAIRS,
    "network/organisation-organisation-by-publication": PAIRS,
    "network/participations": "it lists every participation",
    "network/principle-principle": PAIRS,
    "outcomes/disagree": ORDER,
    "outcomes/figures-of-theme": ORDER,
    "outcomes/targets": ORDER,
    "partnerships/brokers": PAIRS,
    "partnerships/repeated": ORDER,
    "partnerships/triples": PAIRS,
    "principles/by-theme": ORDER,
    "quality/bystanders": ORDER,
    "quality/coverage": PAIRS,
    "quality/leaderless": ORDER,
}

#: The pack that asks for results of analyses, which are in no dataset that the records alone make.
WITHOUT_ROWS = "analysis/"

#: Questions that the engines answer differently, with the reason; each must still be answered differently.
DIFFERENT: dict[str, str] = {}

#: Queries of the machinery that rdflib cannot answer, with what it says and why; each must still fail so.
UNANSWERED = {
    "violations/coordinates-outside-region": ("Not a number", "rdflib cannot read a negative decimal inside VALUES"),
}

Row = tuple[object, ...]


@pytest.fixture(scope="module")
def real_rdflib(real: EmbeddedStore) -> rdflib.Graph:
    return to_rdflib(real.quads())


@pytest.fixture(scope="module")
def invented_rdflib(store: EmbeddedStore) -> rdflib.Graph:
    return to_rdflib(store.quads())


@pytest.fixture(scope="module")
def bare(store: EmbeddedStore) -> EmbeddedStore:
    """Return the invented project without what its publications claim and what follows from that."""
    kept = {ox.NamedNode(graph) for graph in (CONCEPTS, ENTITIES, ONTOLOGY)}
    return EmbeddedStore(quad for quad in store.quads() if quad.graph_name in kept)


@pytest.fixture(scope="module")
def bare_rdflib(bare: EmbeddedStore) -> rdflib.Graph:
    return to_rdflib(bare.quads())


@pytest.fixture(scope="module")
def shaken(store: EmbeddedStore) -> EmbeddedStore:
    """Return the invented project with every object moved on to the next subject that has the property."""
    by_property = defaultdict(list)
    for quad in store.quads():
        by_property[quad.predicate.value].append(quad)
    moved: dict[ox.Triple, ox.Quad] = {}
    for property_, quads in by_property.items():
        quads.sort(key=lambda quad: (type(quad.object).__name__, str(quad)))
        objects = [quad.object for quad in quads]
        if property_ != RDF + "type":
            objects = [*objects[1:], objects[0]]
        for quad, value in zip(quads, objects, strict=True):
            moved.setdefault(
                ox.Triple(quad.subject, quad.predicate, value),
                ox.Quad(quad.subject, quad.predicate, value, quad.graph_name),
            )
    return EmbeddedStore(moved.values())


@pytest.fixture(scope="module")
def shaken_rdflib(shaken: EmbeddedStore) -> rdflib.Graph:
    return to_rdflib(shaken.quads())


@pytest.fixture(scope="module")
def examples(store: EmbeddedStore) -> dict[str, str]:
    """Return the thing of each kind that most is said of in the invented project."""
    said = Counter(quad.subject.value for quad in store.quads() if isinstance(quad.subject, ox.NamedNode))
    found: dict[str, str] = {}
    for iri, _ in sorted(said.items(), key=lambda item: (-item[1], item[0])):
        kind, _, rest = iri.removeprefix(BASE).partition("/")
        if re.fullmatch("[a-z0-9-]+", rest):
            found.setdefault(kind, iri)
        elif "#figure." in rest:
            found.setdefault("claim", iri)
    return found


@pytest.mark.parametrize("name", [name for name in QUESTIONS if name not in SLOW])
def test_answers_on_the_records_are_the_same(name: str, real: EmbeddedStore, real_rdflib: rdflib.Graph) -> None:
    query = read_query(QUESTIONS[name], name)
    rows = compared(name, bind(query, {}, real), real, real_rdflib)
    assert rows or name.startswith(WITHOUT_ROWS), "no answer with the defaults"
    assert len(set(rows)) == len(rows), "a row comes twice"


@pytest.mark.parametrize("name", QUESTIONS)
def test_answers_on_the_invented_project_are_the_same(
    name: str, store: EmbeddedStore, invented_rdflib: rdflib.Graph, examples: dict[str, str]
) -> None:
    query = read_query(QUESTIONS[name], name)
    values = {parameter.name: value_of(parameter, examples) for parameter in query.parameters}
    compared(name, bind(query, values, store), store, invented_rdflib)


@pytest.mark.parametrize("name", QUESTIONS)
def test_answers_without_claims_are_the_same(
    name: str, store: EmbeddedStore, bare: EmbeddedStore, bare_rdflib: rdflib.Graph, examples: dict[str, str]
) -> None:
    query = read_query(QUESTIONS[name], name)
    values = {parameter.name: value_of(parameter, examples) for parameter in query.parameters}
    compared(name, bind(query, values, store), bare, bare_rdflib)


@pytest.mark.parametrize("name", SLOW)
def test_what_is_slow_has_an_answer(name: str, real: EmbeddedStore) -> None:
    query = read_query(QUESTIONS[name], name)
    rows = real.select(bind(query, {}, real)).rows
    assert rows or name.startswith(WITHOUT_ROWS), "no answer with the defaults"
    assert len(set(rows)) == len(rows), "a row comes twice"


@pytest.mark.parametrize("name", MACHINES)
def test_the_machinery_finds_the_same_in_the_invented_project(
    name: str, store: EmbeddedStore, invented_rdflib: rdflib.Graph
) -> None:
    found_alike(name, store, invented_rdflib)


@pytest.mark.parametrize("name", MACHINES)
def test_the_machinery_finds_the_same_in_a_project_where_much_is_wrong(
    name: str, shaken: EmbeddedStore, shaken_rdflib: rdflib.Graph
) -> None:
    found_alike(name, shaken, shaken_rdflib)


def test_a_shaken_project_breaks_rules(shaken: EmbeddedStore) -> None:
    rules = [read_query(path, name) for name, path in MACHINES.items() if name.startswith("violations/")]
    broken = [rule for rule in rules if shaken.select(rule.text).rows]
    assert len(broken) >= 10


def test_exceptions_name_questions_and_reasons() -> None:
    assert set(SLOW) | set(DIFFERENT) <= set(QUESTIONS)
    assert set(UNANSWERED) <= set(MACHINES)
    assert all(SLOW.values())
    assert all(DIFFERENT.values())
    assert all(reason for said, reason in UNANSWERED.values())


def found_alike(name: str, store: EmbeddedStore, graph: rdflib.Graph) -> None:
    """Ask both engines a query of the machinery, whose rows have no order."""
    text = read_query(MACHINES[name], name).text
    if name in UNANSWERED:
        with pytest.raises(TypeError, match=UNANSWERED[name][0]):
            list(graph.query(prepared(text)))
    elif name.startswith("derive/"):
        assert set(to_rdflib(store.construct(text))) == set(graph.query(prepared(text)))
    else:
        rows = Counter(tuple(map(oxigraph_value, row)) for row in store.select(text).rows)
        assert rows == Counter(rdflib_rows(graph.query(prepared(text))))


def value_of(parameter: Parameter, examples: dict[str, str]) -> str:
    """Return a value that a parameter takes in the invented project."""
    plain = {"date": "2020-06-01" if parameter.name != "to" else "2021-06-01", "number": "20", "string": "lamps"}
    return plain.get(parameter.kind) or examples[parameter.kind]


def compared(name: str, text: str, store: EmbeddedStore, graph: rdflib.Graph) -> list[Row]:
    """Ask both engines, and return the rows."""
    solutions = store.select(text)
    rows = [tuple(map(oxigraph_value, row)) for row in solutions.rows]
    result = graph.query(prepared(text))
    assert result.vars is not None
    assert [str(variable) for variable in result.vars] == list(solutions.variables)
    others = list(rdflib_rows(result))
    if name in DIFFERENT:
        assert Counter(rows) != Counter(others), f"no longer different: {DIFFERENT[name]}"
    else:
        assert Counter(rows) == Counter(others)
        assert rows == others, "the order is not settled"
    return rows


@cache
def prepared(text: str) -> Query:
    """Parse a query for rdflib, which takes it longer than to answer one on the invented project."""
    from rdflib.plugins.sparql import prepareQuery

    return prepareQuery(text)


def rdflib_rows(result: Iterable[object]) -> Iterable[Row]:
    """Rows of rdflib's answer, as values."""
    for row in result:
        assert isinstance(row, tuple)
        yield tuple(map(rdflib_value, row))


def oxigraph_value(term: object) -> object:
    """Return what a term of pyoxigraph says, so that it can be compared."""
    if term is None:
        return None
    if isinstance(term, ox.Literal):
        return literal_value(term.value, term.language, term.datatype.value)
    assert isinstance(term, ox.NamedNode)
    return term.value


def rdflib_value(term: object) -> object:
    """Return what a term of rdflib says, so that it can be compared."""
    import rdflib

    if term is None:
        return None
    if isinstance(term, rdflib.Literal):
        return literal_value(str(term), term.language, str(term.datatype) if term.datatype else XSD + "string")
    assert isinstance(term, rdflib.URIRef)
    return str(term)


def literal_value(text: str, language: str | None, datatype: str) -> tuple[object, ...]:
    """Return a literal as its value: a number whatever its type, else its text with language or datatype."""
    if datatype.removeprefix(XSD) in ("integer", "decimal", "double"):
        return ("number", round(Decimal(text), 9).normalize())
    return (text, language.lower()) if language else (text, datatype)
