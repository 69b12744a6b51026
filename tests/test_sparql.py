"""The tokens of a query: what is a variable, a keyword or a bracket, and what only looks like one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccin_graph.errors import StoreError
from ccin_graph.sparql import MAX_NESTING, guard, replace_variables, tokens, variables

PIECES = st.lists(
    st.sampled_from(
        ["SELECT", " ", "\n", "?a", "$b", "?_x_iri", "{", "}", "(", ")", "[", "]", "<http://e.org/?a>", "<", ">", "=",
         '"?a"', "'?a'", '"""?a\n"""', "'''?a'''", '"a\\"?a"', "'", '"', "#?a\n", "#", "ex:a", "ex:?a", ":a", "@en",
         "1", "1.5", ".", ";", "SERVICE", "\\", "é", "😀", "_:b", "^^", "|", "\r", "a-b", "%", "&&"]
    )
).map("".join)  # fmt: skip


@given(st.text(max_size=200) | PIECES)
def test_the_tokens_of_any_text_are_the_text(text: str) -> None:
    assert "".join(token for _, token in tokens(text)) == text


@given(PIECES)
def test_leaving_every_variable_changes_nothing(text: str) -> None:
    assert replace_variables(text, lambda name: None) == text


@given(PIECES)
def test_only_variables_are_replaced(text: str) -> None:
    replaced = replace_variables(text, lambda name: f"<{name}>")
    kinds = list(tokens(text))
    assert replaced == "".join(f"<{token[1:]}>" if kind == "variable" else token for kind, token in kinds)


@pytest.mark.parametrize(
    ("query", "kinds"),
    [
        ("?a", "variable"),
        ("$a", "variable"),
        ("?é1_", "variable"),
        ("<http://e.org/a#b>", "iri"),
        ("<a>", "iri"),
        ("?a < ?b", "variable other other other variable"),
        ("<a b>", "other word other word other"),
        ('"a"', "string"),
        ("'a'", "string"),
        ('"a\\"b"', "string"),
        ('""', "string"),
        ('"""a"b""c\n"""', "string"),
        ("'''a'b\n'''", "string"),
        ('"a\nb"', "string other word string"),
        ("# a ?b", "comment"),
        ("#\n?a", "comment other variable"),
        ("#\r?a", "comment other variable"),
        ("ex:a", "name"),
        (":a", "name"),
        ("ex:", "name"),
        ("_:a", "name"),
        ("@en-GB", "name"),
        ('"a"@en', "string name"),
        ("SELECT", "word"),
        ("1.5", "number"),
        ("{([])}", "open open open close close close"),
    ],
)
def test_kinds_of_tokens(query: str, kinds: str) -> None:
    assert [kind for kind, _ in tokens(query)] == kinds.split()


@pytest.mark.parametrize(
    "text",
    ['"?a"', "'?a'", '"""\n?a"""', "'''?a'''", "<http://e.org/?a>", "# ?a", '"\\"?a"', "'\\'?a'", '"""a"?a"""'],
)
def test_a_variable_in_a_string_iri_or_comment_is_none(text: str) -> None:
    assert variables(text) == []
    assert replace_variables(text, lambda name: "replaced") == text


def test_variables_come_once_in_their_order() -> None:
    assert variables("SELECT ?b $a { ?a ?b ?c } # ?d") == ["b", "a", "c"]


def test_a_replacement_is_not_looked_at_again() -> None:
    terms = {"a": '"?b"', "b": "<http://e.org/?a>"}
    assert replace_variables("?a ?b ?c", terms.get) == '"?b" <http://e.org/?a> ?c'


def test_a_variable_is_replaced_by_its_whole_name() -> None:
    assert replace_variables("?ab ?a ?a1", {"a": "X"}.get) == "?ab X ?a1"


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <http://e.org/> { ?s ?p ?o } }",
        "SELECT * { service SILENT <http://e.org/> { ?s ?p ?o } }",
        "SELECT * { SeRvIcE ?x { ?s ?p ?o } }",
        "SELECT * {SERVICE<http://e.org/>{?s ?p ?o}}",
        "SELECT * { ?s ?p ?o . SERVICE ex:a { } }",
        "SELECT * { { SELECT * { SERVICE <http://e.org/> { } } } }",
        "SELECT * { ?s ?p '' SERVICE <http://e.org/> { } }",
        "SELECT * { ?s ?p ''''''SERVICE <http://e.org/> { } }",
        "SELECT * { # SERVICE\n SERVICE <http://e.org/> { } }",
    ],
)
def test_a_query_that_asks_another_service_is_refused(query: str) -> None:
    with pytest.raises(StoreError, match=r"asks another service \(SERVICE\)"):
        guard(query)
    guard(query, federated=True)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p 'SERVICE' }",
        'SELECT * { ?s ?p """\nSERVICE <http://e.org/> { }""" }',
        "SELECT * { ?s <http://e.org/SERVICE> ?o }",
        "SELECT * { ?s ex:SERVICE ?SERVICE }",
        "SELECT * { ?s ?p ?o } # SERVICE <http://e.org/>",
        "SELECT ?services { ?service ?p ?o }",
    ],
)
def test_the_word_alone_is_no_service(query: str) -> None:
    guard(query)


@pytest.mark.parametrize("before", ["1", "1.5", "1e5", "true", "x:."])
def test_a_service_glued_to_what_stands_before_is_refused(before: str) -> None:
    with pytest.raises(StoreError, match="asks another service"):
        guard(f"PREFIX x: <http://e.org/> SELECT * {{ ?s ?p {before}SERVICE<http://e.org/>{{ ?a ?b ?c }} }}")


@pytest.mark.parametrize("pair", ["()", "{}", "[]"])
def test_nesting_is_bounded(pair: str) -> None:
    opening, closing = pair[0], pair[1]
    guard(opening * MAX_NESTING + closing * MAX_NESTING)
    with pytest.raises(StoreError, match=f"nested more than {MAX_NESTING} deep"):
        guard(opening * (MAX_NESTING + 1))


def test_brackets_of_every_kind_count_together_and_closing_ones_free() -> None:
    guard("([{" * (MAX_NESTING // 3) + "}])" * (MAX_NESTING // 3))
    guard("{ }" * (10 * MAX_NESTING))
    with pytest.raises(StoreError, match="nested"):
        guard("([{" * MAX_NESTING)


def test_brackets_in_strings_iris_and_comments_do_not_count() -> None:
    many = "(" * (MAX_NESTING + 1)
    guard(f"SELECT * {{ ?s ?p '{many}' , <http://e.org/{many[:-1]}> }} # {many}")


def test_brackets_between_less_and_greater_count() -> None:
    with pytest.raises(StoreError, match="nested"):
        guard("SELECT * { ?s ?p ?o FILTER(1<" + "(" * 5000 + "3" + ")" * 5000 + "&&2>1) }")


@pytest.mark.parametrize("piece", ['"a\n', "'''a", '"""a', "<a", "?a", "# a\n", "ex:a ", "a ", "((", "a:", '"""'])
def test_a_long_query_is_looked_through_in_a_moment(piece: str) -> None:
    began = time.process_time()
    list(tokens(piece * (60_000 // len(piece))))
    assert time.process_time() - began < 3


@pytest.mark.parametrize("piece", ["a-", "-", '"\\'])
def test_a_long_run_is_looked_through_in_linear_time(piece: str) -> None:
    def seconds(length: int) -> float:
        began = time.process_time()
        list(tokens(piece * (length // len(piece))))
        return time.process_time() - began

    # Eight times the length: 8 times the work if that is linear, 64 times if it is quadratic.
    assert seconds(4000) < 24 * max(seconds(500), 0.0001)
