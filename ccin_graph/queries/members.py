"""Who belonged to the network on a day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.errors import BadParameter
from ccin_graph.packs import find_query
from ccin_graph.queries.answering import answer
from ccin_graph.queries.table import Table
from ccin_graph.store import Solutions

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.store import Store


def members_as_of(store: Store, queries: Path, day: str, category: str | None = None) -> Table:
    """List the members of a day.

    A membership is *definite* on the day of a complete list that names the body and between two consecutive complete
    lists that both name it; it is *possible* unless the day is that of a complete list that omits the body, or lies
    between two that omit it.

    Parameters
    ----------
    store : Store
    queries : Path
        ``queries/``.
    day : str
        ISO 8601.
    category : str, optional
        First word of a category's name: ``member``, ``associate``, ``affiliate``.

    Returns
    -------
    Table
        Body, name, category, standing, and the lists before and after.

    Raises
    ------
    BadParameter
        If `day` is no date, or there is no such category.
    """
    return _of_category(answer(find_query(queries, "members/as-of"), {"date": day}, store), category)


def standing_of(store: Store, queries: Path, body: str, day: str, category: str | None = None) -> Table:
    """Say whether one body was a member on a day: definitely, possibly or not; see `members_as_of`.

    Parameters
    ----------
    store : Store
    queries : Path
        ``queries/``.
    body : str
        Slug, id, IRI or name.
    day : str
        ISO 8601.
    category : str, optional
        First word of a category's name.

    Returns
    -------
    Table
        A row for each category of each network: standing, and the lists before and after.

    Raises
    ------
    BadParameter
        If `body` is unknown, `day` is no date, or there is no such category.
    """
    query = find_query(queries, "members/standing")
    return _of_category(answer(query, {"body": body, "date": day}, store), category)


def _of_category(table: Table, category: str | None) -> Table:
    if category is None:
        return table
    index = table.columns.index("category")
    kinds = {row["category"].split()[0].casefold() for row in table}
    wanted = category.casefold()
    if wanted not in kinds:
        raise BadParameter(f"no members in a category '{category}'", remedy=f"Write one of {', '.join(sorted(kinds))}.")
    rows = [
        row for row in table.solutions.rows if str(getattr(row[index], "value", "")).split()[0].casefold() == wanted
    ]
    return Table(Solutions(table.columns, tuple(rows)), table.taken)
