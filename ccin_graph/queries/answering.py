"""Asking a graph: a question of the packs with its values, or a query of one's own with hints where it is misspelt."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from ccin_graph.errors import QuerySyntaxError
from ccin_graph.queries.binding import filled, taken, terms_of
from ccin_graph.queries.table import Table
from ccin_graph.sparql import form_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    import pyoxigraph as ox

    from ccin_graph.packs import Query
    from ccin_graph.store import Store


def answer(
    query: Query, values: Mapping[str, str], store: Store, *, derived: bool = True, federated: bool = False
) -> Table:
    """Answer a question of the packs.

    Parameters
    ----------
    query : Query
    values : mapping of str to str
        As `bind` takes them.
    store : Store
    derived : bool, default True
        Whether derived triples take part.
    federated : bool, default False
        Whether it may ask other services.

    Returns
    -------
    Table
        With what the values were taken for.

    Raises
    ------
    BadParameter
        If a value is missing, unknown or of the wrong kind.
    QuerySyntaxError
        If the file is not SPARQL; the message has its line and column, and what is probably meant.
    StoreError
        If the engine refuses the query.
    """
    terms = terms_of(query, values, store)
    with explaining(query.text, query.file):
        solutions = store.select(filled(query, terms), derived=derived, federated=federated)
    return Table(solutions, taken(query, values, terms, store))


@contextmanager
def explaining(text: str, name: str = "") -> Iterator[None]:
    """Say in plain words what is wrong, where a query turns out to be no SPARQL.

    Parameters
    ----------
    text : str
        The query as it was written.
    name : str, optional
        The file that it was read from.

    Raises
    ------
    QuerySyntaxError
        With line, column and what is probably meant.
    """
    try:
        yield
    except QuerySyntaxError as error:
        from ccin_graph.queries.hints import explained

        raise explained(error, text, name) from error


def ask(
    text: str, store: Store, *, derived: bool = True, federated: bool = False, name: str = ""
) -> Table | bool | tuple[ox.Triple, ...]:
    """Answer a query of one's own.

    Parameters
    ----------
    text : str
        SPARQL 1.1.
    store : Store
    derived : bool, default True
        Whether derived triples take part.
    federated : bool, default False
        Whether it may ask other services.
    name : str, optional
        The file that it was read from, for messages.

    Returns
    -------
    Table, bool or tuple of pyoxigraph.Triple
        Of a SELECT, with hints where a name is unknown to the graph; of an ASK; of a CONSTRUCT or DESCRIBE.

    Raises
    ------
    QuerySyntaxError
        If it is not SPARQL; the message has line, column and what is probably meant.
    StoreError
        If the engine refuses it.
    """
    form = form_of(text)
    with explaining(text, name):
        if form == "ASK":
            return store.ask(text, derived=derived, federated=federated)
        if form in ("CONSTRUCT", "DESCRIBE"):
            return store.construct(text, derived=derived, federated=federated)
        solutions = store.select(text, derived=derived, federated=federated)
    return Table(solutions, hints=hints_of(text, store))


def hints_of(text: str, store: Store) -> tuple[str, ...]:
    """Return what seems to be wrong with a query that can be answered.

    Parameters
    ----------
    text : str
    store : Store

    Returns
    -------
    tuple of str
    """
    from ccin_graph.queries.hints import slips, unknown_terms

    return tuple(str(hint) for hint in [*slips(text), *unknown_terms(text, store)])
