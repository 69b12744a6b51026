"""IRIs that were published and are no longer: ``data/retired.yaml``, read strictly.

What was merged leads to the record that was kept; what was withdrawn answers 410 and has a page that says why.
"""

from __future__ import annotations

import difflib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from ccin_graph.errors import RetiredError
from ccin_graph.findings import Finding, Location
from ccin_graph.records.forms import KINDS, SLUG
from ccin_graph.records.reading import Mapping, Scalar, Sequence, read_record

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ccin_graph.records.reading import Entry, Node
    from ccin_graph.tree import Tree

#: Name of the file below ``data/``.
FILE = "retired.yaml"
_KEYS = {"merged": ("id", "into", "date", "why"), "withdrawn": ("id", "date", "why")}


@dataclass(frozen=True, slots=True)
class Retired:
    """An IRI that was published and is no longer.

    Parameters
    ----------
    id : str
        Its end, behind the base: ``organisation/old-name``.
    into : str
        The id that took its place; empty where it was withdrawn.
    date : str
        Since when.
    why : str
        The reason, in words.
    line : int
        Where the list says so.
    """

    id: str
    into: str
    date: str
    why: str
    line: int = 0

    @property
    def is_merged(self) -> bool:
        """Whether another IRI took its place."""
        return bool(self.into)


def read_retired(tree: Tree, known: Iterable[str] | None = None) -> tuple[Retired, ...]:
    """Read the list of retired IRIs of a project.

    Parameters
    ----------
    tree : Tree
    known : iterable of str, optional
        Ids of everything that has an IRI today. With them it is checked that what is retired has none and what took
        its place has one.

    Returns
    -------
    tuple of Retired
        By id; empty where there is no such file.

    Raises
    ------
    RetiredError
        With everything that is wrong, by line.
    """
    path = tree.data / FILE
    if not path.exists():
        return ()
    reader = _Reader(f"data/{FILE}")
    retired = reader.read(path)
    reader.compare(retired, None if known is None else set(known))
    if reader.findings:
        raise RetiredError(sorted(reader.findings, key=lambda finding: finding.sort_key))
    return tuple(sorted(retired, key=lambda one: one.id))


class _Reader:
    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.findings: list[Finding] = []

    def report(self, message: str, line: int, column: int = 1) -> None:
        self.findings.append(Finding("retired", message, Location(self.shown, line, column)))

    def read(self, path: Path) -> list[Retired]:
        mapping, self.findings = read_record(path, self.shown)
        if mapping is None:
            self.findings = [
                Finding(one.rule, "a mapping of 'merged:' and 'withdrawn:' to lists; write them with []", one.location)
                if one.rule == "not-a-record"
                else one
                for one in self.findings
            ]
            return []
        found = []
        for key, entry in mapping.entries.items():
            if key not in _KEYS:
                self.report(_unknown(key, tuple(_KEYS)), entry.key.line, entry.key.column)
            elif not isinstance(entry.value, Sequence):
                self.report(f"'{key}' is a list; write [] where there is nothing", entry.key.line, entry.key.column)
            else:
                found += [one for node in entry.value.items for one in self._one(key, node)]
        return found

    def _one(self, section: str, node: Node) -> Iterator[Retired]:
        if not isinstance(node, Mapping):
            self.report(f"an entry of '{section}' gives {_listed(_KEYS[section])}", node.line, node.column)
            return
        before = len(self.findings)
        for key, entry in node.entries.items():
            if key not in _KEYS[section]:
                self.report(_unknown(key, _KEYS[section]), entry.key.line, entry.key.column)
        values = {key: self._value(key, node.entries.get(key), node) for key in _KEYS[section]}
        if len(self.findings) == before:
            yield Retired(values["id"], values.get("into", ""), values["date"], values["why"], node.line)

    def _value(self, key: str, entry: Entry | None, node: Mapping) -> str:
        if entry is None:
            self.report(f"'{key}' is missing; give it", node.line, node.column)
            return ""
        if not isinstance(entry.value, Scalar) or not entry.value.text.strip():
            self.report(f"'{key}' is a text; write one", entry.key.line, entry.key.column)
            return ""
        text, line, column = entry.value.text.strip(), entry.value.line, entry.value.column
        if key in ("id", "into") and not _is_id(text):
            kinds = ", ".join(sorted(KINDS.values()))
            self.report(f"'{text}' is no id; write it as <kind>/<slug>, with a kind of {kinds}", line, column)
        elif key == "date" and not _is_day(text):
            self.report(f"'{text}' is no day; write it as 2026-05-01", line, column)
        return text

    def compare(self, retired: list[Retired], known: set[str] | None) -> None:
        lines: dict[str, int] = {}
        gone = {one.id: one for one in retired}
        for one in retired:
            if one.id in lines:
                self.report(f"{one.id} stands here and on line {lines[one.id]}; keep one", one.line)
            lines.setdefault(one.id, one.line)
            if one.into in gone:
                last = gone[one.into].into or "nothing, for it was withdrawn"
                self.report(f"{one.into} is retired itself; lead to {last}", one.line)
            if known is not None and one.id in known:
                self.report(f"{one.id} has a record; take the record out, or this entry", one.line)
            if known is not None and one.into and one.into not in known and one.into not in gone:
                near = difflib.get_close_matches(one.into, sorted(known), 1)
                remedy = f"did you mean {near[0]}?" if near else "name the record that was kept"
                self.report(f"no record {one.into}; {remedy}", one.line)


def _unknown(key: str, keys: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(key, keys, 1)
    return f"no key '{key}'; " + (f"did you mean '{near[0]}'?" if near else f"write {_listed(keys)}")


def _listed(keys: tuple[str, ...]) -> str:
    return ", ".join(f"'{key}'" for key in keys)


def _is_id(text: str) -> bool:
    kind, _, slug = text.partition("/")
    segments = slug.split("/")
    depth = 2 if kind == "case-study" else 1
    return kind in KINDS.values() and len(segments) == depth and all(map(SLUG.fullmatch, segments))


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False
