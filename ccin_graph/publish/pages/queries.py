"""The page of a question: what it asks, its parameters, its text, and the first rows of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import CcinError
from ccin_graph.publish.addresses import file_name
from ccin_graph.publish.content import Cell, Link, Row, Rows, Words
from ccin_graph.publish.pages import parts

if TYPE_CHECKING:
    from ccin_graph.packs import Parameter, Query
    from ccin_graph.publish.model import Model
    from ccin_graph.queries import Table
    from ccin_graph.store import EmbeddedStore

#: Rows of the answer that the page shows.
SHOWN = 20


@dataclass(frozen=True, slots=True)
class QueryPage:
    """What the page of a question holds.

    Parameters
    ----------
    path : str
    query : Query
    answer : Rows or None
        The first rows; None where the question needs a value that it has no default for.
    total : int
        Rows of the whole answer.
    """

    path: str
    query: Query
    answer: Rows | None
    total: int

    @property
    def parameters(self) -> tuple[Parameter, ...]:
        """What the question asks for."""
        return self.query.parameters


def query_path(name: str) -> str:
    """Return the path of the page of a question.

    Parameters
    ----------
    name : str
        Pack and stem.

    Returns
    -------
    str

    Examples
    --------
    >>> query_path("partnerships/shared-partners")
    'id/query/partnerships/shared-partners.html'
    """
    return f"id/query/{'/'.join(map(file_name, name.split('/')))}.html"


def query_page(query: Query, model: Model, store: EmbeddedStore) -> QueryPage:
    """Return the page of a question, asked with its defaults.

    Parameters
    ----------
    query : Query
    model : Model
    store : EmbeddedStore

    Returns
    -------
    QueryPage
    """
    from ccin_graph.queries import Table, bind

    path = query_path(query.name)
    if query.needs_more or any(not parameter.default for parameter in query.parameters):
        return QueryPage(path, query, None, 0)
    try:
        table = Table(store.select(bind(query, {}, store)))
    except CcinError:
        # A default names a thing of another network's data.
        return QueryPage(path, query, None, 0)
    whole = table_rows(table)
    columns = _columns(model, list(table.columns), whole)
    rows = tuple(Row(tuple(_cell(model, row[place]) for place in columns)) for row in whole[:SHOWN])
    heading = "The answer" if len(table) <= SHOWN else f"The first {SHOWN} of {len(table):,} rows"
    names = tuple(table.columns[place] for place in columns)
    intro = "A column of names stands with the things they name." if len(names) < len(table.columns) else ""
    return QueryPage(path, query, Rows("the-answer", heading, rows, names, intro, cited=False), len(table))


def _columns(model: Model, names: list[str], rows: list[list[str]]) -> list[int]:
    """Return the columns to show: those that only name the thing of another column would stand there twice."""
    shown: list[int] = []
    for place in range(len(names)):
        twice = any(
            rows and all(row[other] in model and row[place] == model.label(row[other]) for row in rows)
            for other in shown
        )
        if not twice:
            shown.append(place)
    return shown


def table_rows(table: Table) -> list[list[str]]:
    """Return the rows of an answer as texts, IRIs whole.

    Parameters
    ----------
    table : Table

    Returns
    -------
    list of list of str
    """
    return [list(row.values()) for row in table.values()]


def _cell(model: Model, text: str) -> Cell:
    if text in model:
        return (parts.named(model, text),)
    if text.startswith(("http://", "https://")) and " " not in text:
        return (Link(text, text, outside=True),)
    return (Words(text),)
