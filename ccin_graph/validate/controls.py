"""What the sources say of themselves against what the graph holds: a difference is information, never a fault."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from ccin_graph.errors import UnknownQuery
from ccin_graph.findings import Severity
from ccin_graph.packs import find_query, read_query
from ccin_graph.validate.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ccin_graph.store import Store


def compare_controls(store: Store, queries: Path) -> Iterator[Result]:
    """Compare every control figure with the answer to its query.

    Parameters
    ----------
    store : Store
    queries : Path
        ``queries/``.

    Yields
    ------
    Result
        For a figure that differs, and for one that names no query of ``queries/controls/``.
    """
    figures = read_query(queries / "claims" / "controls.rq", "claims/controls")
    for row in store.select(figures.text).rows:
        figure, control, value, qualifier = (str(getattr(term, "value", "")) for term in row)
        try:
            query = find_query(queries, f"controls/{control}")
        except UnknownQuery as error:
            yield Result("unknown-control", Severity.VIOLATION, str(error), figure, "", control)
            continue
        held = Decimal(str(getattr(store.select(query.text).rows[0][0], "value", "0")))
        if not _agree(Decimal(value), held, qualifier.rpartition("/")[2]):
            what = query.summary[0].lower() + query.summary[1:]
            said = f"the source says {_words(qualifier)}{value}, the graph holds {held} ({what})"
            yield Result("control-total", Severity.INFORMATION, said, figure, "", "")


def _agree(said: Decimal, held: Decimal, qualifier: str) -> bool:
    if qualifier == "at-least":
        return held >= said
    if qualifier == "at-most":
        return held <= said
    return held == said


def _words(qualifier: str) -> str:
    words = {"at-least": "at least ", "at-most": "at most ", "about": "about "}
    return words.get(qualifier.rpartition("/")[2], "")
