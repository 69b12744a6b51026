"""The data behind every page: what the graph says of its things, as Turtle, JSON-LD and N-Triples.

Every triple stands in the document of its subject, and that of nothing else: all documents together are the graph.
"""

from __future__ import annotations

import json
from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ccin_graph.vocabulary import PREFIXES, RDF, XSD

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ccin_graph.publish.model import Model

#: Where things stand that are not ours and that nothing of ours leads to.
ELSEWHERE = "data/elsewhere"
#: Of the vocabularies that describe datasets, beside those that the graph uses.
_DESCRIBING = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dqv": "http://www.w3.org/ns/dqv#",
    "formats": "http://www.w3.org/ns/formats/",
    "ldqd": "http://www.w3.org/2016/05/ldqd#",
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
}
_TYPE = RDF + "type"
_STRING = XSD + "string"


def documents(model: Model) -> dict[str, list[str]]:
    """Return of which things the documents of a site tell.

    What is said of a thing that is not ours (the area of a council) stands in the documents that lead to it.

    Parameters
    ----------
    model : Model

    Returns
    -------
    dict of str to list of str
        IRIs by the document's path without ending, both in order.

    Examples
    --------
    >>> from ccin_graph.publish.model import Model
    >>> from ccin_graph.publish.settings import Settings
    >>> settings = Settings("A network", "https://example.org/id/organisation/net", "https://example.org/id/")
    >>> leek, area = ox.NamedNode("https://example.org/id/organisation/leek"), ox.NamedNode("https://areas.example/1")
    >>> said = [ox.Quad(leek, ox.NamedNode("https://example.org/area"), area),
    ...     ox.Quad(area, ox.NamedNode("https://example.org/code"), ox.Literal("1"))]
    >>> documents(Model(said, settings))
    {'id/organisation/leek': ['https://areas.example/1', 'https://example.org/id/organisation/leek']}
    """
    found: dict[str, list[str]] = defaultdict(list)
    for subject, places in sorted(_places(model).items()):
        for place in places:
            found[place].append(subject)
    return dict(sorted(found.items()))


def _places(model: Model) -> dict[str, set[str]]:
    """Return in which documents a subject stands."""
    own = {subject: model.addresses.document(subject) for subject in model}
    places = {subject: {document} for subject, document in own.items() if document is not None}
    leading: dict[str, set[str]] = defaultdict(set)
    for subject in own:
        for predicate in model.predicates(subject):
            for target in model.links(subject, predicate):
                if own.get(target, "") is None:
                    leading[target].add(subject)
    # From ours to what they lead to, and on from there: a thing stands where the nearest of ours stand.
    near = set(places)
    while near:
        reached = {target for target, sources in leading.items() if target not in places and sources & near}
        places |= {target: set().union(*(places[one] for one in leading[target] & near)) for target in reached}
        near = reached
    return places | {subject: {ELSEWHERE} for subject in own if subject not in places}


def triples_of(model: Model, subjects: list[str]) -> list[ox.Triple]:
    """Return what a document says of its things.

    Parameters
    ----------
    model : Model
    subjects : list of str
        IRIs of its things.

    Returns
    -------
    list of pyoxigraph.Triple
        In the order in which it is written: the thing itself and its types first.
    """
    ours = {subject for subject in subjects if model.addresses.document(subject) is not None}
    triples = (triple for subject in subjects for triple in model.triples(subject))
    return sorted(triples, key=lambda triple: _order(triple, ours))


def _order(triple: ox.Triple, ours: set[str]) -> tuple[bool, str, bool, str, str]:
    subject, predicate = triple.subject, triple.predicate.value
    assert isinstance(subject, ox.NamedNode)
    # The thing itself before its parts, ours before what it leads to, types before all else.
    return subject.value not in ours, subject.value, predicate != _TYPE, predicate, str(triple.object)


def ordered(triples: Iterable[ox.Triple], first: str) -> list[ox.Triple]:
    """Return triples in the order in which documents are written.

    Parameters
    ----------
    triples : iterable of pyoxigraph.Triple
    first : str
        IRI of what the document is about; it comes first, and its parts behind it.

    Returns
    -------
    list of pyoxigraph.Triple
    """
    found = set(triples)
    subjects = {one.subject.value for one in found if isinstance(one.subject, ox.NamedNode)}
    ours = {one for one in subjects if one == first or one.startswith(f"{first}#")}
    return sorted(found, key=lambda triple: _order(triple, ours))


def turtle(triples: list[ox.Triple]) -> bytes:
    """Return triples as Turtle, with the prefixes that they use.

    Parameters
    ----------
    triples : list of pyoxigraph.Triple
        In the order in which they are written.

    Returns
    -------
    bytes
    """
    written = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=_prefixes(_iris(triples)))
    assert written is not None
    return written


def n_triples(triples: list[ox.Triple]) -> bytes:
    """Return triples as canonical N-Triples, sorted by line.

    Parameters
    ----------
    triples : list of pyoxigraph.Triple

    Returns
    -------
    bytes
    """
    return "".join(sorted(f"{triple} .\n" for triple in triples)).encode("utf-8")


def json_ld(triples: list[ox.Triple]) -> bytes:
    """Return triples as JSON-LD that carries its context, so that nobody has to fetch one.

    Parameters
    ----------
    triples : list of pyoxigraph.Triple
        In the order in which they are written.

    Returns
    -------
    bytes
    """
    iris = _iris(triples)
    # An IRI such as geo:52.5,-1.5 would be read with the prefix of that name.
    schemes = {iri.partition(":")[0] for iri in iris}
    prefixes = {name: iri for name, iri in _prefixes(iris).items() if name not in schemes}
    nodes: dict[str, dict[str, Any]] = {}
    for triple in triples:
        assert isinstance(triple.subject, ox.NamedNode)
        node = nodes.setdefault(triple.subject.value, {"@id": triple.subject.value})
        if triple.predicate.value == _TYPE and isinstance(triple.object, ox.NamedNode):
            node.setdefault("@type", []).append(_compact(triple.object.value, prefixes))
        else:
            values = node.setdefault(_compact(triple.predicate.value, prefixes), [])
            values.append(_json_value(triple.object, prefixes))
    graph = [{key: value[0] if len(value) == 1 else value for key, value in _listed(node)} for node in nodes.values()]
    document = {"@context": prefixes, "@graph": graph}
    return (json.dumps(document, ensure_ascii=False, indent=1) + "\n").encode("utf-8")


def _listed(node: dict[str, Any]) -> Iterable[tuple[str, list[Any]]]:
    return ((key, value if isinstance(value, list) else [value]) for key, value in node.items())


def _json_value(value: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple, prefixes: dict[str, str]) -> Any:
    if isinstance(value, ox.NamedNode):
        return {"@id": value.value}
    assert isinstance(value, ox.Literal)
    if value.language:
        return {"@language": value.language, "@value": value.value}
    if value.datatype.value == _STRING:
        return value.value
    return {"@type": _compact(value.datatype.value, prefixes), "@value": value.value}


def _iris(triples: list[ox.Triple]) -> set[str]:
    found: set[str] = set()
    for triple in triples:
        for term in (triple.subject, triple.predicate, triple.object):
            if isinstance(term, ox.NamedNode):
                found.add(term.value)
            elif isinstance(term, ox.Literal):
                found.add(term.datatype.value)
    return found


def _prefixes(iris: set[str]) -> dict[str, str]:
    heads = {iri[: len(iri) - len(_local(iri))] for iri in iris}
    return {
        name: namespace for name, namespace in (PREFIXES | _DESCRIBING).items() if name != "id" and namespace in heads
    }


def _local(iri: str) -> str:
    return iri[max(iri.rfind("#"), iri.rfind("/")) + 1 :]


def _compact(iri: str, prefixes: dict[str, str]) -> str:
    local = _local(iri)
    head = iri[: len(iri) - len(local)]
    name = next((name for name, namespace in prefixes.items() if namespace == head), None)
    return iri if name is None or not local.isalnum() else f"{name}:{local}"


#: What writes a document, by the ending of its file.
WRITERS = {"ttl": turtle, "jsonld": json_ld, "nt": n_triples}


def write_data_files(model: Model, folder: Path) -> int:
    """Write the data files of every document.

    Parameters
    ----------
    model : Model
    folder : Path
        Top of the site.

    Returns
    -------
    int
        How many documents there are.
    """
    found = documents(model)
    for parent in sorted({path.rpartition("/")[0] for path in found}):
        (folder / parent).mkdir(parents=True, exist_ok=True)
    # Document by document: the triples of all of them as objects take more memory than all of the rest.
    for path, subjects in found.items():
        triples = triples_of(model, subjects)
        for ending, written in WRITERS.items():
            (folder / f"{path}.{ending}").write_bytes(written(triples))
    return len(found)
