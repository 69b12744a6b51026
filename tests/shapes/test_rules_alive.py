"""No part of a rule between records is dead: without it, or with it turned a little, the examples break something else.

A rule is a query, so its parts are those of SPARQL: a filter, an arm of a UNION, an alternative of a path, a row of
VALUES, one side of a conjunction, a comparison, a number. Each is taken out or turned by itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.packs import read_query
from ccin_graph.store import EmbeddedStore

if TYPE_CHECKING:
    from tests.shapes.conftest import World

FOLDER = Path(__file__).parents[2] / "queries" / "violations"
RULES = sorted(path.stem for path in FOLDER.glob("*.rq"))

_CLAUSE = re.compile(r"\b(?:FILTER(?: NOT)?(?: EXISTS)?|MINUS|HAVING|OPTIONAL)\b\s*(?:REGEX\s*)?(?=[({])")
_PATH = re.compile(r"(?<![\w:])[\w-]+:[\w-]+(?:\|[\w-]+:[\w-]+)+")
_ROWS = re.compile(r"\bVALUES\s+(?:\?\w+|\([^)]*\))\s*(?=\{)")
_COMPARED = {" < ": " <= ", " <= ": " < ", " > ": " >= ", " >= ": " > ", " = ": " != ", " != ": " = "}
_NUMBER = re.compile(r'(?<=[<>=+-] )\d+\b|(?<=")\d{4}(?=-)')

#: Rules of which a part only finds candidates quickly, so that nothing changes where it finds more of them.
SHORTCUTS = {"printed-name-of-another"}
#: What may be changed without a difference, and why.
EQUIVALENT: dict[tuple[str, str], str] = {
    (
        "told-elsewhere",
        "without ccin:fundedThrough of ccin:partOf|ccin:fundedThrough",
    ): "the fund of the example claim-of-unrelated-project needs it",
    ("unused-organisation", "without FILTER (?other != ?this)"): "nothing may be part of itself",
}


def end_of(text: str, start: int) -> int:
    """Return the place after the bracket that closes the one at a place; what is in quotes does not count."""
    pairs = {"(": ")", "{": "}"}
    opened, closed = text[start], pairs[text[start]]
    depth, place, quoted = 0, start, False
    while True:
        quoted ^= text[place] == '"'
        depth += 0 if quoted else (text[place] == opened) - (text[place] == closed)
        place += 1
        if depth == 0:
            return place


def without(text: str, start: int, end: int, instead: str = "") -> str:
    return f"{text[:start]}{instead}{text[end:]}"


def clauses(text: str) -> Iterator[tuple[str, str]]:
    for match in _CLAUSE.finditer(text):
        end = end_of(text, match.end())
        yield f"without {text[match.start() : end]}", without(text, match.start(), end)


def arms(text: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"\}\s*UNION\s*\{", text):
        end = end_of(text, match.end() - 1)
        yield f"without the arm {text[match.end() - 1 : end]}", without(text, match.start() + 1, end)
        start = next(place for place in range(match.start(), -1, -1) if _closes(text, place, match.start() + 1))
        yield f"without the arm {text[start : match.start() + 1]}", without(text, start, match.end() - 1)


def _closes(text: str, start: int, end: int) -> bool:
    return text[start] == "{" and end_of(text, start) == end


def alternatives(text: str) -> Iterator[tuple[str, str]]:
    for match in _PATH.finditer(text):
        steps = match[0].split("|")
        for number, step in enumerate(steps):
            rest = "|".join(steps[:number] + steps[number + 1 :])
            yield f"without {step} of {match[0]}", without(text, match.start(), match.end(), rest)


def rows(text: str) -> Iterator[tuple[str, str]]:
    for match in _ROWS.finditer(text):
        end = end_of(text, match.end())
        for row in re.finditer(r"\([^)]*\)|<[^>]*>|\"[^\"]*\"|[\w-]+:[\w-]+", text[match.end() + 1 : end - 1]):
            start = match.end() + 1 + row.start()
            yield f"without the row {row[0]}", without(text, start, start + len(row[0]))


def sides(text: str) -> Iterator[tuple[str, str]]:
    for match in re.finditer(r"\b(?:FILTER|HAVING|IF|BIND)\s*(?=\()", text):
        end = end_of(text, match.end())
        inner = text[match.end() + 1 : end - 1]
        if match[0].strip() == "IF":
            inner = inner.partition(", 1, 0")[0]
        for operator in ("&&", "||"):
            parts = inner.split(f" {operator} ")
            if len(parts) > 1 and all(part.count("(") == part.count(")") for part in parts):
                for number, part in enumerate(parts):
                    rest = f" {operator} ".join(parts[:number] + parts[number + 1 :])
                    yield f"without {part} {operator}", text.replace(inner, rest, 1)


def comparisons(text: str) -> Iterator[tuple[str, str]]:
    body = text.index("WHERE")
    for match in re.finditer(r" (?:[<>]=?|!?=) ", text):
        if match.start() > body:
            turned = _COMPARED[match[0]]
            shown = text[max(0, match.start() - 20) : match.end() + 20].replace("\n", " ")
            yield f"{turned.strip()} in {shown}", without(text, match.start(), match.end(), turned)


def numbers(text: str) -> Iterator[tuple[str, str]]:
    for match in _NUMBER.finditer(text):
        for step in (-1, 1):
            yield f"{int(match[0]) + step} for {match[0]}", without(text, *match.span(), str(int(match[0]) + step))


def changes(text: str) -> Iterator[tuple[str, str]]:
    seen = {text}
    for way in (clauses, arms, alternatives, rows, sides, comparisons, numbers):
        for what, changed in way(text):
            if changed not in seen:
                seen.add(changed)
                yield " ".join(what.split()), changed


def said(store: EmbeddedStore, text: str) -> set[tuple[str, ...]] | None:
    """Return what a query answers; None if it is no query any more."""
    from ccin_graph.errors import StoreError

    try:
        solutions = store.select(text)
    except StoreError:
        return None
    return {tuple(map(str, row)) for row in solutions.rows}


@pytest.mark.parametrize("rule", RULES)
def test_no_part_of_a_rule_is_dead(rule: str, world: World, real: EmbeddedStore) -> None:
    text = read_query(FOLDER / f"{rule}.rq", f"violations/{rule}").text
    store = EmbeddedStore(world.quads({rule}))
    before = said(store, text)
    assert before
    dead = {what: changed for what, changed in changes(text) if said(store, changed) == before}
    if dead and rule not in SHORTCUTS:
        # The real records are examples too: of what is allowed.
        beside = said(real, text)
        dead = {what: changed for what, changed in dead.items() if said(real, changed) == beside}
    assert rule in SHORTCUTS or [what for what in dead if (rule, what) not in EQUIVALENT] == []
    assert {what for name, what in EQUIVALENT if name == rule} <= set(dead), "alive after all: take it out"
    assert rule not in SHORTCUTS or dead


def test_there_is_something_to_change_in_the_rules(world: World) -> None:
    made = [
        changed
        for rule in RULES
        for _, changed in changes(read_query(FOLDER / f"{rule}.rq", f"violations/{rule}").text)
        if said(world.store, changed) is not None
    ]
    assert len(made) > 300
