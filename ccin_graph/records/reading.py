"""YAML text to a tree of nodes that know their line and column; whatever YAML allows beyond that is an error."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

import yaml

from ccin_graph.findings import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MAX_BYTES = 1_000_000
MAX_DEPTH = 8

_NOT_IN_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it stands in the file: ``no`` is "no" and ``2020-03`` is "2020-03"."""

    text: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list of nodes."""

    items: tuple[Node, ...]
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys and their nodes, in the order of the file."""

    entries: dict[str, Entry]
    line: int
    column: int

    def scalar(self, key: str) -> Scalar | None:
        """Return the scalar under `key`, or None if there is none."""
        entry = self.entries.get(key)
        return entry.value if entry is not None and isinstance(entry.value, Scalar) else None


@dataclass(frozen=True, slots=True)
class Entry:
    """A key where it stands, and what it holds."""

    key: Scalar
    value: Node


Node = Scalar | Sequence | Mapping


class _Unreadable(Exception):
    """Ends the reading of one file."""


def read_record(path: Path, shown: str) -> tuple[Mapping | None, list[Finding]]:
    """Read one record.

    Parameters
    ----------
    path : Path
        The file.
    shown : str
        How findings name the file.

    Returns
    -------
    mapping : Mapping or None
        None if the file cannot be read as one mapping.
    findings : list of Finding
    """
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            message = f"{size} bytes; a record has at most {MAX_BYTES}. Split it, or see whether it is a record at all"
            return None, [Finding("file-too-large", message, Location(shown, 1, 1))]
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        return None, [Finding("unreadable-file", f"cannot be opened: {error.strerror}", Location(shown, 1, 1))]
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        message = f"byte {error.object[error.start]:#04x} is not UTF-8; save the file as UTF-8"
        return None, [Finding("wrong-encoding", message, Location(shown, line, 1))]
    return read_text(text, shown)


def read_text(text: str, shown: str) -> tuple[Mapping | None, list[Finding]]:
    """Read one record from text; see `read_record`.

    Parameters
    ----------
    text : str
        YAML.
    shown : str
        How findings name the file.

    Returns
    -------
    mapping : Mapping or None
    findings : list of Finding

    Examples
    --------
    >>> mapping, findings = read_text("id: person/x\\nname: no", "x.yaml")
    >>> mapping.scalar("name").text, findings
    ('no', [])
    """
    reader = _Reader(shown)
    try:
        if text.startswith("\ufeff"):
            reader.report("wrong-encoding", "begins with a byte-order mark; save it as UTF-8 without one", 1, 1)
            text = text[1:]
        node = reader.document(yaml.parse(text, Loader=yaml.CSafeLoader))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
        reader.report(
            "not-yaml", f"{error.problem or 'cannot be read as YAML'}; check quotes and indentation", line, column
        )
        return None, reader.findings
    except yaml.YAMLError as error:
        # A character that YAML does not take has no mark.
        wrong = _NOT_IN_YAML.search(text)
        line = text.count("\n", 0, wrong.start()) + 1 if wrong else 1
        reader.report("not-yaml", f"cannot be read as YAML: {str(error).splitlines()[0]}", line, 1)
        return None, reader.findings
    except _Unreadable:
        return None, reader.findings
    if not isinstance(node, Mapping):
        reader.report("not-a-record", "a record is a mapping of keys to values; begin with 'id:' and 'type:'", 1, 1)
        return None, reader.findings
    return node, reader.findings


class _Reader:
    """Turns the events of one document into nodes, and reports what a record may not have."""

    def __init__(self, shown: str) -> None:
        self.shown = shown
        self.findings: list[Finding] = []

    def report(self, rule: str, message: str, line: int, column: int) -> None:
        self.findings.append(Finding(rule, message, Location(self.shown, line, column)))

    def document(self, events: Iterator[yaml.Event]) -> Node | None:
        node: Node | None = None
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self.report("several-documents", "a second document begins; one file holds one record", *_at(event))
                    raise _Unreadable
            elif isinstance(event, yaml.NodeEvent):
                node = self.node(event, events, 0)
        return node

    def node(self, event: yaml.Event, events: Iterator[yaml.Event], depth: int) -> Node:
        line, column = _at(event)
        if depth > MAX_DEPTH:
            self.report("too-deep", f"nested more than {MAX_DEPTH} levels deep; records are flat", line, column)
            raise _Unreadable
        if isinstance(event, yaml.AliasEvent):
            self.report("alias", f"alias '*{event.anchor}'; write the value out", line, column)
            return Scalar("", line, column)
        anchor = getattr(event, "anchor", None)
        if anchor:
            self.report("anchor", f"anchor '&{anchor}'; records have no anchors, write the value out", line, column)
        tag = getattr(event, "tag", None)
        if tag:
            self.report("tag", f"tag '{tag}'; records have no tags, write the plain value", line, column)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, line, column)
        if isinstance(event, yaml.SequenceStartEvent):
            return Sequence(tuple(self.items(events, depth)), line, column)
        return self.mapping(events, depth, line, column)

    def items(self, events: Iterator[yaml.Event], depth: int) -> Iterator[Node]:
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                return
            yield self.node(event, events, depth + 1)

    def mapping(self, events: Iterator[yaml.Event], depth: int, line: int, column: int) -> Mapping:
        entries: dict[str, Entry] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            key = self.node(event, events, depth + 1)
            value = self.node(next(events), events, depth + 1)
            if not isinstance(key, Scalar):
                self.report("bad-key", "a key is a word", key.line, key.column)
            elif key.text in entries:
                first = entries[key.text].key.line
                message = f"key '{key.text}' stands twice, first on line {first}; join the two"
                self.report("duplicate-key", message, key.line, key.column)
            else:
                entries[key.text] = Entry(key, value)
        return Mapping(entries, line, column)


def _at(event: yaml.Event) -> tuple[int, int]:
    mark = event.start_mark
    return (mark.line + 1, mark.column + 1) if mark else (1, 1)
