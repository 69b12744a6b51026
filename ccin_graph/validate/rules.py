"""Rules between records: queries that must return nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import QueryError, StoreError
from ccin_graph.findings import Severity
from ccin_graph.packs import Query, read_pack
from ccin_graph.validate.results import Result

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ccin_graph.store import Store


def run_rules(store: Store, queries: Path) -> Iterator[Result]:
    """Run ``queries/violations/`` over the whole store.

    Parameters
    ----------
    store : Store
    queries : Path
        ``queries/``.

    Yields
    ------
    Result

    Raises
    ------
    QueryError
        If a rule has no severity or message, or cannot be run.
    """
    for rule in read_pack(queries, "violations"):
        severity = _severity(rule)
        try:
            solutions = store.select(rule.text)
        except StoreError as error:
            raise QueryError(f"queries/{rule.name}.rq: {error}", remedy="Mend the rule.") from error
        for row in solutions.rows:
            found = dict(zip(solutions.variables, row, strict=True))
            subject, value = found["this"], found.get("value")
            if isinstance(subject, ox.NamedNode):
                text = getattr(value, "value", "")
                yield Result(rule.stem, severity, rule.settings["message"], subject.value, "", text)


def _severity(rule: Query) -> Severity:
    try:
        severity = Severity[rule.settings["severity"].upper()]
        rule.settings["message"]
    except KeyError as error:
        raise QueryError(
            f"queries/{rule.name}.rq: no known severity, or no message",
            remedy="Give '#+ severity: violation', 'warning' or 'information' and '#+ message: …'.",
        ) from error
    return severity
