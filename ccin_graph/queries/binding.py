"""Values into a query, in the one way there is: validated RDF terms, written by the library, replace variables."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import BadParameter, QueryError
from ccin_graph.sparql import MAX_NESTING, replace_variables
from ccin_graph.vocabulary import BASE, XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Mapping

    from ccin_graph.packs import Parameter, Query
    from ccin_graph.store import Store

_NUMBER = re.compile(r"[+-]?\d{1,30}(?:\.\d{1,30})?(?:[eE][+-]?\d{1,2})?")
_SLUG = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")

_NAMED = """PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?thing ?name
WHERE { ?thing skos:prefLabel|skos:altLabel|rdfs:label ?name FILTER STRSTARTS(STR(?thing), ?_start) }
ORDER BY ?thing ?name"""

_LABEL = "SELECT ?name { ?_thing <http://www.w3.org/2000/01/rdf-schema#label> ?name } ORDER BY ?name LIMIT 1"


@dataclass(frozen=True, slots=True)
class Taken:
    """What the value of a parameter was taken for.

    Parameters
    ----------
    name : str
        The parameter.
    term : pyoxigraph.NamedNode or pyoxigraph.Literal
    label : str
        The name of a thing; empty for a date, number or text, and for a thing without a name.
    default : bool
        Whether no value was given.

    Examples
    --------
    >>> preston = ox.NamedNode("https://w3id.org/ccin/id/organisation/preston")
    >>> print(Taken("council", preston, "Preston City Council", False))
    council: Preston City Council (organisation/preston)
    """

    name: str
    term: ox.NamedNode | ox.Literal
    label: str
    default: bool

    def __str__(self) -> str:
        value = shorten(self.term.value) if isinstance(self.term, ox.NamedNode) else self.term.value
        said = f"{self.label} ({value})" if self.label else value
        return f"{self.name}: {said}{', by default' if self.default else ''}"


def bind(query: Query, values: Mapping[str, str], store: Store) -> str:
    """Put values into a query.

    Parameters
    ----------
    query : Query
    values : mapping of str to str
        By the parameter's name. A thing may be given by its slug (``preston``), its id (``organisation/preston``), its
        IRI or one of its names; a date as 2021-08-21; a number in digits.
    store : Store
        Where things are looked up by name.

    Returns
    -------
    str
        The query, ready to run.

    Raises
    ------
    BadParameter
        If a value is missing, unknown or of the wrong kind; the message names what is near.
    """
    return filled(query, terms_of(query, values, store))


def filled(query: Query, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    """Put terms into a query.

    Parameters
    ----------
    query : Query
    terms : mapping of str to pyoxigraph.NamedNode or pyoxigraph.Literal
        By the variable, as `terms_of` and `default_terms` give them.

    Returns
    -------
    str
        The whole file, ready to run; every line is where it was.
    """
    return replace_variables(query.text, {name: str(term) for name, term in terms.items()}.get)


def taken(
    query: Query, values: Mapping[str, str], terms: Mapping[str, ox.NamedNode | ox.Literal], store: Store
) -> tuple[Taken, ...]:
    """Say what values are taken for.

    Parameters
    ----------
    query : Query
    values : mapping of str to str
        As they were given.
    terms : mapping of str to pyoxigraph.NamedNode or pyoxigraph.Literal
        What `terms_of` made of them.
    store : Store
        Where things have their names.

    Returns
    -------
    tuple of Taken
        In the order of the query's parameters.
    """
    return tuple(
        Taken(
            parameter.name,
            terms[parameter.variable],
            _label(terms[parameter.variable], store),
            parameter.name not in values,
        )
        for parameter in query.parameters
    )


def _label(term: ox.NamedNode | ox.Literal, store: Store) -> str:
    if isinstance(term, ox.Literal):
        return ""
    rows = store.select(replace_variables(_LABEL, {"_thing": str(term)}.get)).rows
    return str(getattr(rows[0][0], "value", "")) if rows else ""


def terms_of(query: Query, values: Mapping[str, str], store: Store) -> dict[str, ox.NamedNode | ox.Literal]:
    """Turn values into the RDF terms that a query takes.

    Parameters
    ----------
    query : Query
    values : mapping of str to str
        As for `bind`.
    store : Store
        Where things are looked up by name.

    Returns
    -------
    dict of str to pyoxigraph.NamedNode or pyoxigraph.Literal
        By the variable; of the default where no value is given.

    Raises
    ------
    BadParameter
        As `bind` does.
    QueryError
        If a default is not what its parameter takes.
    """
    known = {parameter.name: parameter for parameter in query.parameters}
    for name in values:
        if name not in known:
            import difflib

            near = difflib.get_close_matches(name, known, 1)
            takes = f"It takes {', '.join(known)}." if known else "It takes none."
            raise BadParameter(
                f"{query.name} has no parameter '{name}'", remedy=f"Did you mean '{near[0]}'?" if near else takes
            )
    return {
        parameter.variable: _given_or_default(query, parameter, values.get(parameter.name), store)
        for parameter in query.parameters
    }


def _given_or_default(query: Query, parameter: Parameter, value: str | None, store: Store) -> ox.NamedNode | ox.Literal:
    if value is not None or not parameter.default:
        return term_of(parameter, value or "", store)
    try:
        return term_of(parameter, parameter.default, store)
    except BadParameter as error:
        raise QueryError(f"{query.place('defaults', parameter.name)}: {error.message}", remedy=error.remedy) from error


def term_of(parameter: Parameter, value: str, store: Store) -> ox.NamedNode | ox.Literal:
    """Turn a value into the RDF term that a parameter takes.

    Parameters
    ----------
    parameter : Parameter
    value : str
    store : Store

    Returns
    -------
    pyoxigraph.NamedNode or pyoxigraph.Literal

    Raises
    ------
    BadParameter
        If it is none.
    """
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise BadParameter(f"'{parameter.name}' holds what is no Unicode", remedy="Write it in UTF-8.") from error
    if not value.strip():
        raise BadParameter(f"'{parameter.name}' needs a value", remedy=f"Give {parameter.about} ({parameter.kind}).")
    return _value(parameter, value) or _thing(parameter, value, store)


def default_terms(query: Query) -> dict[str, ox.NamedNode | ox.Literal]:
    """Return the RDF terms of a query's defaults, without a look at any graph.

    Parameters
    ----------
    query : Query

    Returns
    -------
    dict of str to pyoxigraph.NamedNode or pyoxigraph.Literal
        By the variable.

    Raises
    ------
    QueryError
        If a parameter has none, or one of the wrong kind.

    Examples
    --------
    >>> from ccin_graph.packs import find_query
    >>> from ccin_graph.tree import find_tree
    >>> default_terms(find_query(find_tree().queries, "members/as-of"))["_date_date"].value
    '2021-08-21'
    """
    return {parameter.variable: _default(query, parameter) for parameter in query.parameters}


def _default(query: Query, parameter: Parameter) -> ox.NamedNode | ox.Literal:
    value = parameter.default
    if not value:
        place = query.place("parameters", parameter.name)
        raise QueryError(f"{place}: '{parameter.name}' has no default", remedy="Give it one below '#+ defaults:'.")
    place = query.place("defaults", parameter.name)
    try:
        term = _value(parameter, value)
    except BadParameter as error:
        raise QueryError(f"{place}: {error.message}", remedy=error.remedy) from error
    if term is not None:
        return term
    node = _node(value if value.startswith(("http://", "https://")) else BASE + value)
    if node is None or not node.value.startswith(_start_of(parameter)):
        raise QueryError(
            f"{place}: '{value}' is no IRI of the kind '{parameter.kind}'",
            remedy=f"Write one that begins with {_start_of(parameter)}.",
        )
    return node


def _start_of(parameter: Parameter) -> str:
    """Return what the IRIs of a kind begin with."""
    return BASE if parameter.kind == "claim" else f"{BASE}{parameter.kind}/"


def _value(parameter: Parameter, value: str) -> ox.NamedNode | ox.Literal | None:
    """Return the term of what is no thing of the graph."""
    if parameter.kind == "service":
        return _service(parameter, value)
    if parameter.kind == "string":
        return ox.Literal(value)
    if parameter.kind == "date":
        return _date(parameter, value)
    return _number(parameter, value) if parameter.kind == "number" else None


def _service(parameter: Parameter, value: str) -> ox.NamedNode:
    from ccin_graph.errors import EndpointError
    from ccin_graph.store.http import checked_url

    try:
        return ox.NamedNode(checked_url(value))
    except (EndpointError, ValueError) as error:
        raise BadParameter(
            f"'{parameter.name}' takes the address of a service",
            remedy="Write it as https://query.wikidata.org/sparql.",
        ) from error


def _date(parameter: Parameter, value: str) -> ox.Literal:
    from datetime import date

    try:
        day = date.fromisoformat(value)
    except ValueError as error:
        raise BadParameter(
            f"'{parameter.name}' takes a date, and '{value}' is none", remedy="Write it as 2021-08-21."
        ) from error
    return ox.Literal(day.isoformat(), datatype=ox.NamedNode(XSD + "date"))


def _number(parameter: Parameter, value: str) -> ox.Literal:
    if not _NUMBER.fullmatch(value):
        raise BadParameter(f"'{parameter.name}' takes a number, and '{value}' is none", remedy="Write it in digits.")
    from decimal import Decimal

    return ox.Literal(format(Decimal(value), "f"), datatype=ox.NamedNode(XSD + "decimal"))


def _thing(parameter: Parameter, value: str, store: Store) -> ox.NamedNode:
    kind = _start_of(parameter).removeprefix(BASE)
    iri = value if value.startswith(("http://", "https://")) else BASE + value
    for candidate in (iri, BASE + kind + value if _SLUG.fullmatch(value) else iri):
        node = _node(candidate)
        within = kind and "#" in candidate
        if (
            node is not None
            and not within
            and candidate.startswith(BASE + kind)
            and store.ask(f"ASK {{ {node} ?property ?value }}")
        ):
            return node
    import difflib

    start = ox.Literal(BASE + kind)
    rows = store.select(replace_variables(_NAMED, {"_start": str(start)}.get)).rows
    names: dict[str, list[str]] = {}
    for thing, name in rows:
        names.setdefault(getattr(name, "value", "").casefold(), []).append(getattr(thing, "value", ""))
    found = sorted(set(names.get(value.casefold(), [])))
    if len(found) == 1:
        return ox.NamedNode(found[0])
    if found:
        remedy = f"Write one of {', '.join(shorten(iri).removeprefix(kind) for iri in found)}."
        raise BadParameter(f"several things are called '{value}'", remedy=remedy)
    slugs = {iri.removeprefix(BASE + kind): iri for all_of_name in names.values() for iri in all_of_name}
    near = difflib.get_close_matches(value.casefold(), [*slugs, *names], 3, 0.6)
    meant = dict.fromkeys(shorten(slugs.get(word) or names[word][0]).removeprefix(kind) for word in near)
    hint = f"Did you mean {' or '.join(meant)}?" if meant else f"Give its slug, IRI or name ({parameter.about})."
    raise BadParameter(f"no {parameter.kind} '{value}'", remedy=hint)


def _node(iri: str) -> ox.NamedNode | None:
    if iri.count("(") > MAX_NESTING:
        return None
    try:
        return ox.NamedNode(iri)
    except ValueError:
        return None
