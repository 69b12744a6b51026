"""Results as RDF Data Cubes in the graph ``…/graph/analysis``, so that SPARQL can ask for facts and findings together.

Each table is a ``qb:DataSet`` with its structure, each row a ``qb:Observation``, made by the run of an analysis: a
``prov:Activity`` that names the data, the queries, the parameters and the software. IRIs follow from what they name,
and there are no blank nodes.
"""

from __future__ import annotations

import hashlib
import json
from typing import TYPE_CHECKING
from urllib.parse import quote

import pyoxigraph as ox

from ccin_graph.errors import NetworkError
from ccin_graph.network.results import plain
from ccin_graph.vocabulary import ANALYSIS, BASE, DCTERMS, PREFIXES, PROV, QB, RDF, RDFS, SCHEMA, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from ccin_graph.network.provenance import Provenance
    from ccin_graph.network.results import Cell, Column, Result, Run

HOME = f"{BASE}analysis/"
"""What IRIs of results begin with."""

_RANGES = {
    "thing": f"{RDFS}Resource",
    "things": f"{RDFS}Resource",
    "text": f"{XSD}string",
    "integer": f"{XSD}integer",
    "number": f"{XSD}double",
    "truth": f"{XSD}boolean",
}
_PROPERTIES = {
    "dimension": "DimensionProperty",
    "measure": "MeasureProperty",
    "attribute": "AttributeProperty",
}
_GRAPH = ox.NamedNode(ANALYSIS)


def observations(runs: Iterable[Run], provenance: Provenance, choice: Mapping[str, str] | None = None) -> list[ox.Quad]:
    """Return the results of runs as quads, sorted, each once.

    Parameters
    ----------
    runs : iterable of Run
        Those of one report.
    provenance : Provenance
    choice : mapping of str to str, optional
        What was chosen of the tables. Results of a part have IRIs of their own.

    Returns
    -------
    list of pyoxigraph.Quad
        In the graph ``…/graph/analysis``.

    Raises
    ------
    NetworkError
        If two rows of a result have the same dimensions.
    """
    triples = sorted(set(_Cube(provenance, choice or {}).triples(runs)), key=str)
    return [ox.Quad(one.subject, one.predicate, one.object, _GRAPH) for one in triples]


def canonical_bytes(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as canonical N-Quads.

    Parameters
    ----------
    quads : iterable of pyoxigraph.Quad

    Returns
    -------
    bytes
    """
    return b"".join(sorted(f"{quad} .\n".encode() for quad in quads))


def turtle(quads: Iterable[ox.Quad]) -> bytes:
    """Return quads as Turtle, without their graph.

    Parameters
    ----------
    quads : iterable of pyoxigraph.Quad

    Returns
    -------
    bytes
    """
    prefixes = {name: iri for name, iri in PREFIXES.items() if name != "id"}
    written = ox.serialize([quad.triple for quad in quads], format=ox.RdfFormat.TURTLE, prefixes=prefixes)
    assert written is not None
    return written


class _Cube:
    """The triples of a report."""

    def __init__(self, provenance: Provenance, choice: Mapping[str, str]) -> None:
        self.provenance = provenance
        self.choice = choice
        part = hashlib.sha256(json.dumps(dict(sorted(choice.items()))).encode("utf-8")).hexdigest()[:8]
        self.home = f"{HOME}{part}/" if choice else HOME

    def triples(self, runs: Iterable[Run]) -> Iterator[ox.Triple]:
        yield from self._origin()
        seen: set[str] = set()
        for run in runs:
            activity = f"{self.home}run/{quote(run.name)}"
            yield from self._run(activity, run)
            for result in run.results:
                dataset = self.home + result.name
                yield from self._structure(dataset, result)
                yield _link(dataset, f"{PROV}wasGeneratedBy", activity)
                for row in result.rows:
                    observation = f"{dataset}#{_key(result, row)}"
                    if observation in seen:
                        raise NetworkError(f"{result.name}: two rows have the same dimensions: {_key(result, row)}")
                    seen.add(observation)
                    yield from _observation(observation, dataset, result, row)
                    yield _link(observation, f"{PROV}wasGeneratedBy", activity)

    def _origin(self) -> Iterator[ox.Triple]:
        data = f"{HOME}data/{self.provenance.data}"
        yield _link(data, f"{RDF}type", f"{PROV}Entity")
        yield _text(data, f"{RDFS}label", "The dataset ccin.nq, by its SHA-256")
        yield _text(data, f"{SCHEMA}sha256", self.provenance.data)
        for name, digest in self.provenance.queries.items():
            query = f"{HOME}query/{name}"
            yield _link(query, f"{RDF}type", f"{PROV}Entity")
            yield _text(query, f"{RDFS}label", name)
            yield _text(query, f"{SCHEMA}sha256", digest)
        for name, version in self.provenance.software.items():
            agent = f"{HOME}software/{name}"
            yield _link(agent, f"{RDF}type", f"{PROV}SoftwareAgent")
            yield _text(agent, f"{RDFS}label", name)
            yield _text(agent, f"{SCHEMA}softwareVersion", version)

    def _run(self, activity: str, run: Run) -> Iterator[ox.Triple]:
        yield _link(activity, f"{RDF}type", f"{PROV}Activity")
        yield _text(activity, f"{RDFS}label", run.name)
        yield _text(activity, f"{DCTERMS}description", run.methods)
        yield _text(activity, f"{DCTERMS}abstract", run.finding)
        yield _link(activity, f"{PROV}used", f"{HOME}data/{self.provenance.data}")
        for name in self.provenance.queries:
            yield _link(activity, f"{PROV}used", f"{HOME}query/{name}")
        for name in self.provenance.software:
            yield _link(activity, f"{PROV}wasAssociatedWith", f"{HOME}software/{name}")
        for name, value in {**self.choice, **run.parameters}.items():
            parameter = f"{activity}#parameter.{quote(name)}"
            yield _link(activity, f"{SCHEMA}additionalProperty", parameter)
            yield _link(parameter, f"{RDF}type", f"{SCHEMA}PropertyValue")
            yield _text(parameter, f"{SCHEMA}name", name)
            yield ox.Triple(ox.NamedNode(parameter), ox.NamedNode(f"{SCHEMA}value"), _literal(value))

    def _structure(self, dataset: str, result: Result) -> Iterator[ox.Triple]:
        structure = f"{dataset}#structure"
        yield _link(dataset, f"{RDF}type", f"{QB}DataSet")
        yield _text(dataset, f"{RDFS}label", result.about.capitalize())
        yield _link(dataset, f"{QB}structure", structure)
        yield _link(structure, f"{RDF}type", f"{QB}DataStructureDefinition")
        for place, column in enumerate(_columns(result), start=1):
            component, property_ = f"{dataset}#component.{column.name}", _property(result, column)
            yield _link(structure, f"{QB}component", component)
            yield _link(component, f"{RDF}type", f"{QB}ComponentSpecification")
            yield _link(component, f"{QB}{column.role}", property_)
            yield ox.Triple(ox.NamedNode(component), ox.NamedNode(f"{QB}order"), _literal(place))
            if column.role == "attribute":
                yield ox.Triple(ox.NamedNode(component), ox.NamedNode(f"{QB}componentRequired"), _literal(value=False))
            yield _link(property_, f"{RDF}type", f"{RDF}Property")
            yield _link(property_, f"{RDF}type", f"{QB}ComponentProperty")
            yield _link(property_, f"{RDF}type", QB + _PROPERTIES[column.role])
            yield _text(property_, f"{RDFS}label", column.name)
            yield _link(property_, f"{RDFS}range", _RANGES[column.type])
            if column.role != "dimension":
                yield _text(property_, f"{RDFS}comment", column.about)


def _columns(result: Result) -> Iterator[Column]:
    """Yield the columns that become RDF."""
    return (column for column in result.columns if column.role != "note")


def _property(result: Result, column: Column) -> str:
    """Return the IRI of a column: dimensions are shared by all results, what was found is a result's own."""
    return f"{HOME}dimension#{column.name}" if column.role == "dimension" else f"{HOME}{result.name}#{column.name}"


def _key(result: Result, row: tuple[Cell, ...]) -> str:
    """Return what an observation is about, as the fragment of its IRI."""
    found = [plain(cell) for column, cell in zip(result.columns, row, strict=True) if column.role == "dimension"]
    return ",".join(quote(value.removeprefix(BASE), safe="/") for value in found)


def _observation(observation: str, dataset: str, result: Result, row: tuple[Cell, ...]) -> Iterator[ox.Triple]:
    subject = ox.NamedNode(observation)
    yield _link(observation, f"{RDF}type", f"{QB}Observation")
    yield _link(observation, f"{QB}dataSet", dataset)
    for column, cell in zip(result.columns, row, strict=True):
        if column.role != "note" and cell is not None:
            property_ = ox.NamedNode(_property(result, column))
            if column.type in ("thing", "things"):
                things = cell if isinstance(cell, tuple) else (str(cell),)
                yield from (ox.Triple(subject, property_, ox.NamedNode(thing)) for thing in things)
            else:
                yield ox.Triple(subject, property_, _literal(cell))


def _literal(value: Cell) -> ox.Literal:
    """Return a value as a literal; a number as it stands in the tables."""
    if isinstance(value, bool):
        return ox.Literal(plain(value), datatype=ox.NamedNode(f"{XSD}boolean"))
    if isinstance(value, int):
        return ox.Literal(str(value), datatype=ox.NamedNode(f"{XSD}integer"))
    if isinstance(value, float):
        # the shortest form of the rounded number, which every store gives back as it is
        return ox.Literal(float(plain(value)))
    return ox.Literal(plain(value))


def _link(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.NamedNode(value))


def _text(subject: str, predicate: str, value: str) -> ox.Triple:
    return ox.Triple(ox.NamedNode(subject), ox.NamedNode(predicate), ox.Literal(value))
