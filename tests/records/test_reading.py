"""Reading a record: what YAML allows beyond keys and values is an error with its line, and every scalar stays text."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

import pytest

from ccin_graph.records.reading import MAX_BYTES, MAX_DEPTH, Mapping, Scalar, Sequence, read_record, read_text

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "id: project/x\ntype: Project\n"


def found(text: str) -> list[tuple[str, int]]:
    """Rule and line of every finding."""
    return [(finding.rule, finding.location.line) for finding in read_text(text, "data/x.yaml")[1]]


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        (HEAD + "name: a\nname: b\n", "duplicate-key", 4),
        (HEAD + "figures:\n- {measure: a,\n   measure: b}\n", "duplicate-key", 5),
        (HEAD + "name: &a x\n", "anchor", 3),
        (HEAD + "name: x\nplaces: &a [y]\n", "anchor", 4),
        (HEAD + "area: &a {gss: y}\n", "anchor", 3),
        (HEAD + "name: x\nsummary: *a\n", "alias", 4),
        (HEAD + "<<: *a\n", "alias", 3),
        (HEAD + "name: !!str x\n", "tag", 3),
        (HEAD + "name: !x y\n", "tag", 3),
        (HEAD + "name: !!python/object/apply:os.system [ls]\n", "tag", 3),
        (HEAD + "places:\n- !!binary eA==\n", "tag", 4),
        (HEAD + "---\nid: project/y\n", "several-documents", 3),
        (HEAD + "name: x\n...\n---\n", "several-documents", 5),
        (HEAD + "name: " + "[" * 20 + "]" * 20 + "\n", "too-deep", 3),
        (HEAD + "? [a, b]\n: c\n", "bad-key", 3),
        (HEAD + "? {a: b}\n: c\n", "bad-key", 3),
        ("", "not-a-record", 1),
        ("\n\n", "not-a-record", 1),
        ("# nothing but this\n", "not-a-record", 1),
        ("---\n", "not-a-record", 1),
        ("- id: project/x\n- type: Project\n", "not-a-record", 1),
        ("project/x\n", "not-a-record", 1),
        ("\ufeff" + HEAD, "wrong-encoding", 1),
        (HEAD + "name: x\n\tsummary: y\n", "not-yaml", 4),
        (HEAD + "\tname: x\n", "not-yaml", 3),
        (HEAD + "name: 'x\n", "not-yaml", 4),
        (HEAD + "name: [x\nsummary: y\n", "not-yaml", 4),
        (HEAD + "name: x: y\n", "not-yaml", 3),
        (HEAD + "name: @x\n", "not-yaml", 3),
        (HEAD + "  name: x\n", "not-yaml", 3),
        (HEAD + 'name: "\\ud800"\n', "not-yaml", 3),
        (HEAD + "name: x\n... y\n", "not-yaml", 4),
    ],
)
def test_what_a_record_may_not_have_is_one_finding_with_its_line(text: str, rule: str, line: int) -> None:
    assert found(text) == [(rule, line)]


@pytest.mark.parametrize("character", ["\x00", "\x01", "\x07", "\x0b", "\x1b", "\x7f", "\ufffe", "\uffff"])
def test_a_control_character_is_one_finding(character: str) -> None:
    assert [rule for rule, _ in found(f"{HEAD}name: a{character}b\n")] == ["not-yaml"]


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x7f"])
def test_a_control_character_is_found_on_its_line(character: str) -> None:
    assert found(f"{HEAD}name: a{character}b\n") == [("not-yaml", 3)]


def test_the_first_of_two_equal_keys_is_named() -> None:
    (finding,) = read_text(HEAD + "name: a\nname: b\n", "x")[1]
    assert "'name' stands twice, first on line 3" in finding.message


def test_every_fault_of_a_file_that_can_be_read_is_found() -> None:
    assert found(HEAD + "name: &a x\nname: !!str y\nplaces: [*a]\n") == [
        ("anchor", 3),
        ("tag", 4),
        ("duplicate-key", 4),
        ("alias", 5),
    ]


def test_columns_are_counted_in_characters() -> None:
    (finding,) = read_text("é: &a 😀\n", "x")[1]
    assert (finding.location.line, finding.location.column) == (1, 4)


def test_lines_are_counted_with_every_line_end() -> None:
    for end in ("\n", "\r\n", "\r"):
        assert found(end.join(["id: a", "name: b", "name: c", ""])) == [("duplicate-key", 3)]


@pytest.mark.parametrize(
    "scalar",
    ["no", "yes", "on", "true", "null", "~", "22:22", "1e3", "0777", "0x1F", "1_000", "93.60", "2020-03", "2020-03-16",
     ".inf", ".nan", "2013~", "2020-03-16T10:00:00Z", "=", "<<", "+1", "-1", "1.50"],
)  # fmt: skip
def test_every_scalar_stays_the_text_that_stands_there(scalar: str) -> None:
    mapping, findings = read_text(f"a: {scalar}\n", "x")
    assert mapping is not None
    assert not findings
    assert mapping.scalar("a") == Scalar(scalar, 1, 4)


def test_a_key_is_text_too() -> None:
    mapping, _ = read_text("no: a\n2020: b\n", "x")
    assert mapping is not None
    assert list(mapping.entries) == ["no", "2020"]


def test_nodes_know_their_line_and_column() -> None:
    mapping, _ = read_text("a:\n- b: c\n  d: [e,\n    f]\n", "x")
    assert mapping is not None
    items = mapping.entries["a"].value
    assert isinstance(items, Sequence)
    (inner,) = items.items
    assert isinstance(inner, Mapping)
    assert (inner.line, inner.column) == (2, 3)
    assert inner.entries["d"].key == Scalar("d", 3, 3)
    listed = inner.entries["d"].value
    assert isinstance(listed, Sequence)
    assert [(item.line, item.column) for item in listed.items] == [(3, 7), (4, 5)]


def test_the_deepest_that_is_allowed() -> None:
    assert not found("a: " + "[" * (MAX_DEPTH - 1) + "x" + "]" * (MAX_DEPTH - 1) + "\n")
    assert found("a: " + "[" * MAX_DEPTH + "x" + "]" * MAX_DEPTH + "\n") == [("too-deep", 1)]


def test_a_scalar_under_a_key_that_holds_a_list_is_none() -> None:
    mapping, _ = read_text("a: [b]\n", "x")
    assert mapping is not None
    assert mapping.scalar("a") is None
    assert mapping.scalar("b") is None


@pytest.mark.parametrize(
    ("content", "rule", "line"),
    [
        (b"id: a\nname: caf\xe9\n", "wrong-encoding", 2),
        (HEAD.encode("utf-16"), "wrong-encoding", 1),
        (HEAD.encode() + b"name: \xed\xa0\x80\n", "wrong-encoding", 3),
        (b"\xef\xbb\xbf" + HEAD.encode(), "wrong-encoding", 1),
        (b"a: " + b"x" * MAX_BYTES, "file-too-large", 1),
        (b"", "not-a-record", 1),
    ],
)
def test_files_that_are_no_records(tmp_path: Path, content: bytes, rule: str, line: int) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(content)
    assert [(f.rule, f.location.file, f.location.line) for f in read_record(path, "data/x.yaml")[1]] == [
        (rule, "data/x.yaml", line)
    ]


def test_a_file_of_the_largest_size_is_read(tmp_path: Path) -> None:
    path = tmp_path / "x.yaml"
    path.write_bytes(b"a: " + b"x" * (MAX_BYTES - 4) + b"\n")
    assert read_record(path, "x")[1] == []


def test_a_file_that_is_not_there_is_a_finding(tmp_path: Path) -> None:
    mapping, (finding,) = read_record(tmp_path / "none.yaml", "data/none.yaml")
    assert mapping is None
    assert finding.rule == "unreadable-file"


@pytest.mark.parametrize("opening", ["[", "{", "- ", "? ", "a: [", "!!str ", "&a ", "[{"])
def test_a_file_of_nothing_but_openings_is_refused_at_once(opening: str) -> None:
    began = time.process_time()
    assert read_text(opening * (500_000 // len(opening)), "x")[1]
    assert time.process_time() - began < 5


def test_an_alias_bomb_is_never_expanded() -> None:
    pairs = zip("abcdefgh", "bcdefghi", strict=True)
    lines = ["a: &a [x, x]", *(f"{name}: &{name} [*{last}, *{last}]" for last, name in pairs)]
    mapping, findings = read_text("\n".join(lines), "x")
    assert mapping is not None
    assert len(findings) == 9 + 16
