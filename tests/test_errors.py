"""The tree of errors, as its docstring draws it."""

from __future__ import annotations

import inspect
import re

from ccin_graph import errors
from ccin_graph.errors import CcinError, RecordsError
from ccin_graph.findings import Finding, Location


def _drawn() -> dict[str, str]:
    """Parent of every error, by the tree in the docstring."""
    parents: dict[str, str] = {}
    ancestors: list[str] = []
    for line in (errors.__doc__ or "").partition("::\n")[2].splitlines():
        match = re.match(r"    (?P<branch>[│├└─ ]*)(?P<name>[A-Z]\w+)", line)
        if match is None:
            continue
        depth = len(match["branch"]) // 4
        del ancestors[depth:]
        parents[match["name"]] = ancestors[-1] if ancestors else "Exception"
        ancestors.append(match["name"])
    return parents


def test_the_tree_in_the_docstring_is_the_tree_of_classes() -> None:
    classes = {
        name: kind.__base__.__name__
        for name, kind in inspect.getmembers(errors, inspect.isclass)
        if issubclass(kind, CcinError) and kind.__module__ == errors.__name__ and kind.__base__ is not None
    }
    assert _drawn() == classes


def test_every_error_has_a_docstring() -> None:
    assert all(getattr(errors, name).__doc__ for name in _drawn())


def test_a_remedy_follows_the_message() -> None:
    assert str(CcinError("no folder.", remedy="Make one.")) == "no folder. Make one."
    assert str(CcinError("no folder")) == "no folder"


def test_records_error_lists_every_finding_and_counts_them() -> None:
    first, second = Finding("a", "one", Location("data/x.yaml", 1)), Finding("b", "two", Location("data/y.yaml", 2))
    lines = str(RecordsError([first, second])).splitlines()
    assert lines == [
        "data/x.yaml:1: one (a)",
        "data/y.yaml:2: two (b)",
        "2 problems in the records; nothing was built",
    ]
    assert str(RecordsError([first])).endswith("1 problem in the records; nothing was built")
