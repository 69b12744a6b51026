"""Answers as tables: the forms of the W3C, and those that people read."""

from __future__ import annotations

import csv
import html
import io
import json
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccin_graph.queries.table import FORMATS, Table
from ccin_graph.store import EmbeddedStore, Solutions
from ccin_graph.vocabulary import BASE, CCIN, XSD

if TYPE_CHECKING:
    from ccin_graph.store.interface import Term


def number(text: str, kind: str) -> ox.Literal:
    return ox.Literal(text, datatype=ox.NamedNode(XSD + kind))


ROWS: tuple[tuple[Term | None, ...], ...] = (
    (ox.NamedNode(BASE + "organisation/northmere"), ox.Literal('a "b", c'), number("5", "integer")),
    (ox.NamedNode(CCIN + "Council"), ox.Literal("line\nline\r\ttab\\", language="en"), number("2.5", "decimal")),
    (ox.BlankNode("x"), ox.Literal("<b>|&'é😀"), number("true", "boolean")),
    (None, ox.Literal(""), None),
    (ox.NamedNode("https://e.org/a?b=c&d"), ox.Literal("2020-03", datatype=ox.NamedNode("http://e.org/edtf")), None),
)
TABLE = Table(Solutions(("thing", "said", "number"), ROWS))

LITERALS = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
TERMS = (
    st.none()
    | LITERALS.map(ox.Literal)
    | LITERALS.map(lambda text: ox.Literal(text, language="cy"))
    | st.integers().map(lambda value: number(str(value), "integer"))
    | st.from_regex(r"https://e\.org/[a-z0-9/#?=&]{0,10}", fullmatch=True)
    .filter(lambda iri: iri.count("#") < 2)
    .map(ox.NamedNode)
    | st.from_regex(r"b[a-z0-9]{1,5}", fullmatch=True).map(ox.BlankNode)
)
TABLES = st.lists(st.tuples(TERMS, TERMS), max_size=6).map(lambda rows: Table(Solutions(("a", "b"), tuple(rows))))


def parsed(text: str, form: ox.QueryResultsFormat) -> tuple[tuple[str, ...], tuple[tuple[Term | None, ...], ...]]:
    """Read an answer back with pyoxigraph."""
    results = ox.parse_query_results(text, format=form)
    assert isinstance(results, ox.QuerySolutions)
    return tuple(v.value for v in results.variables), tuple(tuple(row) for row in results)


def test_json_is_read_back_as_it_was() -> None:
    assert parsed(TABLE.to_json(), ox.QueryResultsFormat.JSON) == (TABLE.columns, ROWS)


def test_tsv_is_read_back_as_it_was() -> None:
    assert parsed(TABLE.to_tsv(), ox.QueryResultsFormat.TSV) == (TABLE.columns, ROWS)


@given(TABLES)
def test_any_table_as_json_is_read_back_as_it_was(table: Table) -> None:
    assert parsed(table.to_json(), ox.QueryResultsFormat.JSON) == (table.columns, table.solutions.rows)


@given(TABLES)
def test_any_table_as_csv_has_its_rows_and_columns(table: Table) -> None:
    rows = list(csv.reader(io.StringIO(table.to_csv(), newline="")))
    assert rows == [list(table.columns), *([*row.values()] for row in table.values())]


@given(TABLES)
def test_any_table_has_every_form(table: Table) -> None:
    assert all(isinstance(table.render(form), str) for form in FORMATS)


def test_an_answer_of_the_store_as_json_is_read_back_as_it_was(store: EmbeddedStore) -> None:
    table = Table(store.select("SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 500"))
    assert len(table) == 500
    assert parsed(table.to_json(), ox.QueryResultsFormat.JSON) == (table.columns, table.solutions.rows)
    assert parsed(table.to_tsv(), ox.QueryResultsFormat.TSV) == (table.columns, table.solutions.rows)


def test_json_of_the_w3c() -> None:
    document = json.loads(TABLE.to_json())
    assert document["head"] == {"vars": ["thing", "said", "number"]}
    assert document["results"]["bindings"][:4] == [
        {
            "thing": {"type": "uri", "value": BASE + "organisation/northmere"},
            "said": {"type": "literal", "value": 'a "b", c'},
            "number": {"type": "literal", "value": "5", "datatype": XSD + "integer"},
        },
        {
            "thing": {"type": "uri", "value": CCIN + "Council"},
            "said": {"type": "literal", "value": "line\nline\r\ttab\\", "xml:lang": "en"},
            "number": {"type": "literal", "value": "2.5", "datatype": XSD + "decimal"},
        },
        {
            "thing": {"type": "bnode", "value": "x"},
            "said": {"type": "literal", "value": "<b>|&'é😀"},
            "number": {"type": "literal", "value": "true", "datatype": XSD + "boolean"},
        },
        {"said": {"type": "literal", "value": ""}},
    ]


def test_csv_of_the_w3c_has_crlf_doubled_quotes_whole_iris_and_no_datatypes() -> None:
    lines = TABLE.to_csv().split("\r\n")
    assert lines[0] == "thing,said,number"
    assert lines[1] == f'{BASE}organisation/northmere,"a ""b"", c",5'
    assert lines[2] == f'{CCIN}Council,"line\nline\r\ttab\\",2.5'
    assert lines[3] == "_:x,<b>|&'é😀,true"
    assert lines[4] == ",,"
    assert lines[5] == "https://e.org/a?b=c&d,2020-03,"
    assert lines[6:] == [""]


def test_tsv_of_the_w3c_writes_terms_as_turtle_does() -> None:
    lines = TABLE.to_tsv().split("\n")
    assert lines[0] == "?thing\t?said\t?number"
    assert lines[1].startswith(f'<{BASE}organisation/northmere>\t"a \\"b\\", c"\t')
    assert lines[2].split("\t")[1] == '"line\\nline\\r\\ttab\\\\"@en'
    assert lines[4] == '\t""\t'
    assert lines[-1] == ""


def test_markdown_keeps_a_row_on_its_line_and_in_its_cells() -> None:
    table = Table(Solutions(("a|b",), ((ox.Literal("x|y\\|z\nnew <b>"),),)))
    assert table.to_markdown() == "| a\\|b |\n| --- |\n| x\\|y\\\\\\|z new &lt;b> |\n"


@pytest.mark.parametrize("text", ["a\rb", "[here](javascript:alert(1))", "![x](https://e.org/x.png)"])
def test_markdown_shows_text_as_text(text: str) -> None:
    written = Table(Solutions(("a",), ((ox.Literal(text),),))).to_markdown()
    assert "\r" not in written
    assert not re.search(r"(?<!\\)\[[^]]*\]\(", written)


@pytest.mark.parametrize(
    "text", ["<script>alert(1)</script>", '" onmouseover="x', "' x", "&amp;", "</td></table>", "a < b"]
)
def test_html_escapes_everything(text: str) -> None:
    written = Table(Solutions((text,), ((ox.Literal(text),), (ox.NamedNode("https://e.org/?a&b"),)))).to_html()
    assert set(re.findall(r"</?(\w+)", written)) == {"table", "thead", "tbody", "tr", "th", "td"}
    assert written.count(html.escape(text)) >= 2
    assert html.unescape(re.sub(r"<[^>]+>", "\n", written)).count(text) == 2


def test_a_notebook_shows_the_html() -> None:
    assert TABLE._repr_html_() == TABLE.to_html()


def test_text_is_aligned_and_wrapped_between_words() -> None:
    table = Table(Solutions(("name", "n"), ((ox.Literal("one two three"), number("1", "integer")), (None, None))))
    assert table.to_text(width=7) == "name     n\n-------  -\none two  1\nthree\n"


def test_iris_are_short_for_people_and_whole_for_machines() -> None:
    shown = [row["thing"] for row in TABLE]
    assert shown[:4] == ["organisation/northmere", "ccin:Council", "_:x", ""]
    whole = [row["thing"] for row in TABLE.values()]
    assert whole[:4] == [BASE + "organisation/northmere", CCIN + "Council", "_:x", ""]
    assert BASE not in TABLE.to_text()
    assert BASE in TABLE.to_csv()


def test_pandas_has_numbers_booleans_and_whole_iris() -> None:
    rows = tuple(
        (number(str(n), "integer"), number(f"{n}.5", "decimal"), number("1e3", "double"), number("true", "boolean"),
         ox.NamedNode(BASE + "x"), ox.Literal("t", language="en"), None)
        for n in range(3)
    )  # fmt: skip
    frame = Table(Solutions(("i", "d", "e", "b", "u", "t", "none"), rows)).to_pandas()
    assert [frame[column].dtype.kind for column in ("i", "d", "e", "b")] == ["i", "f", "f", "b"]
    assert frame["i"].sum() == 3
    assert frame["d"].sum() == 4.5
    assert list(frame["u"]) == [BASE + "x"] * 3
    assert list(frame["t"]) == ["t"] * 3
    assert frame["none"].isna().all()


def test_an_empty_answer_still_has_its_columns() -> None:
    table = Table(Solutions(("a", "b"), ()))
    assert list(table.to_pandas().columns) == ["a", "b"]
    assert table.to_csv() == "a,b\r\n"
    assert table.to_tsv() == "?a\t?b\n"
    assert json.loads(table.to_json()) == {"head": {"vars": ["a", "b"]}, "results": {"bindings": []}}
    assert table.to_text() == "a  b\n-  -"
    assert len(table) == 0


def test_every_format_is_offered_by_the_command_line() -> None:
    from ccin_graph.cli.options import TABLE_FORMATS

    assert TABLE_FORMATS == FORMATS


def test_every_format_has_its_writer() -> None:
    assert [TABLE.render(form) for form in FORMATS] == [
        TABLE.to_text(), TABLE.to_csv(), TABLE.to_tsv(), TABLE.to_json(), TABLE.to_markdown(), TABLE.to_html(),
        TABLE.to_spreadsheet(),
    ]  # fmt: skip


def test_a_triple_term_is_written_as_sparql_1_2_has_it() -> None:
    northmere = ox.NamedNode("urn:x:northmere")
    term = ox.Triple(northmere, ox.NamedNode("urn:x:p"), ox.Literal("v"))
    table = Table(Solutions(("fact",), ((term,),)))
    (binding,) = json.loads(table.to_json())["results"]["bindings"]
    assert binding["fact"]["type"] == "triple"
    assert binding["fact"]["value"]["subject"] == {"type": "uri", "value": "urn:x:northmere"}
    assert binding["fact"]["value"]["object"] == {"type": "literal", "value": "v"}
