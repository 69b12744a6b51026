"""The one canonical form of a record: keys in the order of the context, a claim a line, nothing else to argue about."""

from __future__ import annotations

import re
import textwrap
from typing import TYPE_CHECKING

import yaml

from ccin_graph.errors import RecordNotWritten
from ccin_graph.records.context import Context, Holds, Key
from ccin_graph.records.forms import FOLDERS, LEAD, NESTED
from ccin_graph.records.reading import Mapping, Node, Scalar, Sequence, read_text
from ccin_graph.records.values import one_line

if TYPE_CHECKING:
    from collections.abc import Iterator

WIDTH = 110

_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`][^\n]*")
#: What ends a plain text somewhere in YAML, within braces or not.
_AMBIGUOUS = re.compile(r":(?=[\s?,\[\]{}]|$)|\s#|[\[\]{},]|\?$")
#: What YAML would read as something else than text; quoted, though our loader reads text by its key.
_NOT_TEXT = re.compile(r"(?i)~|null|true|false|yes|no|on|off|[-+.]?[0-9][0-9_.,:eE+-]*|0[xo][0-9a-f]+|\.inf|\.nan")
#: Values that are no texts, and need no quotes.
_WORD = re.compile(r"-?\w(?:[\w./~+?-]|:(?=\w))*")
_UNQUOTED = (Holds.DECIMAL, Holds.INTEGER, Holds.BOOLEAN, Holds.DATE, Holds.REFERENCE, Holds.FORM)


def canonical(text: str, shown: str, context: Context) -> str:
    """Rewrite a record in canonical form.

    Parameters
    ----------
    text : str
        A record that can be read.
    shown : str
        How errors name its file.
    context : Context

    Returns
    -------
    str
        The same record; `canonical` of it is itself.

    Raises
    ------
    RecordNotWritten
        If it cannot be read, its type is unknown, or it has comments, which would be lost.
    """
    mapping, findings = read_text(text, shown)
    if mapping is None or findings:
        raise RecordNotWritten("; ".join(str(finding) for finding in findings), remedy="Mend it first.")
    comment = _first_comment(text)
    if comment:
        raise RecordNotWritten(
            f"{shown}:{comment}: a comment, which would be lost", remedy="Make it a note or a summary, or take it out."
        )
    declared = mapping.scalar("type")
    if declared is None or declared.text not in FOLDERS:
        raise RecordNotWritten(f"{shown}: no type that is known", remedy="Run 'ccin-graph check'.")
    keys = context.keys(declared.text)
    return "\n".join(line for key in _order(mapping, keys) for line in _top(key, mapping, keys, context)) + "\n"


def _first_comment(text: str) -> int:
    if "#" not in text:
        return 0
    # A sign that no scalar contains can only begin a comment.
    inside = []
    for event in yaml.parse(text, Loader=yaml.CSafeLoader):
        if isinstance(event, yaml.ScalarEvent) and event.start_mark and event.end_mark:
            start = event.start_mark.index
            # The line that opens a folded text may end with a comment too.
            begin = text.index("\n", start) if event.style in ("|", ">") and "\n" in text[start:] else start
            inside.append((begin, event.end_mark.index))
    for match in re.finditer("#", text):
        if not any(start <= match.start() < end for start, end in inside):
            return text.count("\n", 0, match.start()) + 1
    return 0


def _order(mapping: Mapping, keys: dict[str, Key]) -> list[str]:
    known = [name for name in keys if name in mapping.entries]
    return known + [name for name in mapping.entries if name not in keys]


def _top(name: str, mapping: Mapping, keys: dict[str, Key], context: Context) -> Iterator[str]:
    value = mapping.entries[name].value
    key = keys.get(name)
    if name in NESTED or name in ("lead", "accept"):
        items = value.items if isinstance(value, Sequence) else (value,)
        if all(isinstance(item, Scalar) for item in items):
            yield f"{_key(name)}: {_flow_list(items, key)}"
            return
        yield f"{_key(name)}:"
        form = LEAD if name == "lead" else NESTED.get(name)
        nested = context.keys(form.type) if form else {}
        for item in items:
            yield f"- {_flow(item, nested)}"
    elif isinstance(value, Scalar) and key is not None and key.holds is Holds.TEXT and not key.many:
        yield from _paragraph(name, value.text)
    else:
        yield f"{_key(name)}: {_value(name, value, key, context)}"


def _paragraph(name: str, text: str) -> Iterator[str]:
    line = f"{name}: {_scalar(text, None)}"
    if name == "title" or len(line) <= WIDTH or not text.isprintable():
        yield line
        return
    yield f"{name}: >-"
    for folded in textwrap.wrap(" ".join(text.split()), WIDTH - 2, break_long_words=False, break_on_hyphens=False):
        yield f"  {folded}"


def _value(name: str, value: Node, key: Key | None, context: Context) -> str:
    if isinstance(value, Mapping):
        return _flow(value, context.keys("Area") if name == "area" else {})
    items = value.items if isinstance(value, Sequence) else (value,)
    # A single passage stands alone; every other list key shows that it takes a list.
    if key is not None and key.many and (name != "at" or len(items) > 1):
        return _flow_list(items, key)
    return _flow_list(items, key) if isinstance(value, Sequence) and len(items) != 1 else _one(items[0], key)


def _flow_list(items: tuple[Node, ...], key: Key | None) -> str:
    return f"[{', '.join(_one(item, key) for item in items)}]"


def _flow(node: Node, keys: dict[str, Key]) -> str:
    if not isinstance(node, Mapping):
        return _one(node, None)
    pieces = []
    for name in _order(node, keys):
        value = node.entries[name].value
        items = value.items if isinstance(value, Sequence) else (value,)
        key = keys.get(name)
        listed = len(items) > 1 or (key is not None and key.many and name != "at")
        pieces.append(f"{_key(name)}: {_flow_list(items, key) if listed else _one(items[0], key)}")
    return f"{{{', '.join(pieces)}}}"


def _one(node: Node, key: Key | None) -> str:
    if isinstance(node, Mapping):
        return _flow(node, {})
    if isinstance(node, Sequence):
        return _flow_list(node.items, key)
    return _scalar(node.text, key)


def _key(name: str) -> str:
    return _scalar(name, None)


def _scalar(text: str, key: Key | None) -> str:
    text = one_line(text)
    if key is not None and key.holds in _UNQUOTED and key.base != "place" and _WORD.fullmatch(text):
        return text
    if key is not None and key.holds is Holds.STRING and re.fullmatch(r"[0-9]+-[0-9]+", text):
        return text
    if _PLAIN.fullmatch(text) and text.isprintable() and not _AMBIGUOUS.search(text) and not _NOT_TEXT.fullmatch(text):
        return text
    return f'"{"".join(_escaped(character) for character in text)}"'


def _escaped(character: str) -> str:
    if character in '\\"':
        return f"\\{character}"
    if character.isprintable():
        return character
    return f"\\u{ord(character):04x}" if ord(character) < 0x10000 else f"\\U{ord(character):08x}"
