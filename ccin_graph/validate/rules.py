"""Rules between records: queries that must return nothing."""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import partial
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

#: More rules than this are not run at once, however many processors there are.
_AT_ONCE = 8


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
        If a rule has no severity or message, does not select ``?this``, or cannot be run.
    """
    rules = read_pack(queries, "violations")
    # The engine does not hold Python's lock while it works, so that as many rules run at once as there are processors.
    with ThreadPoolExecutor(min(os.cpu_count() or 1, _AT_ONCE)) as pool:
        for results in pool.map(partial(_run, store), rules):
            yield from results


def _run(store: Store, rule: Query) -> list[Result]:
    severity = _severity(rule)
    try:
        solutions = store.select(rule.text)
    except StoreError as error:
        raise QueryError(f"queries/{rule.name}.rq: {error}", remedy="Mend the rule.") from error
    if "this" not in solutions.variables:
        raise QueryError(f"queries/{rule.name}.rq: no column ?this", remedy="Select the node to mend as ?this.")
    message = rule.settings["message"]
    rows = (dict(zip(solutions.variables, row, strict=True)) for row in solutions.rows)
    found = ((row["this"], getattr(row.get("value"), "value", "")) for row in rows)
    # A nameless node, in somebody else's file, is a finding too.
    return [
        Result(rule.stem, severity, message, this.value if isinstance(this, ox.NamedNode) else "", "", value)
        for this, value in found
    ]


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
