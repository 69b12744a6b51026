"""Query packs: headers, parameters, and finding a query by its name."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import QueryError, UnknownQuery
from ccin_graph.packs import (
    INDEX,
    MACHINERY,
    Parameter,
    find_query,
    index_of,
    pack_names,
    read_pack,
    read_query,
)

if TYPE_CHECKING:
    from ccin_graph.packs import Query
    from tests.conftest import Project

HEADER = """\
#+ summary: What is led
#+ question: What does a body lead, since when?
#+ audience: researcher
#+ tags: [a, b]
#+ parameters:
#+   body: {kind: organisation, about: the body}
#+   since: {kind: date, about: the day}
#+ defaults:
#+ - since: 2020-01-01
#+ columns:
#+   project: the project
PREFIX ccin: <https://w3id.org/ccin/def#>
"""
TEXT = HEADER + "SELECT ?project { ?_body_iri ccin:leads ?project FILTER (?_since_date < ?x) }\n"


def read(folder: Path, text: str, name: str = "pack/query") -> Query:
    path = folder / f"{name}.rq"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return read_query(path, name)


def test_a_header_is_read(tmp_path: Path) -> None:
    query = read(tmp_path, TEXT)
    assert (query.name, query.stem, query.text) == ("pack/query", "query", TEXT)
    assert (query.summary, query.question) == ("What is led", "What does a body lead, since when?")
    assert query.tags == ("a", "b")
    assert query.columns == {"project": "the project"}
    assert query.parameters == (
        Parameter("body", "_body_iri", "organisation", "the body", ""),
        Parameter("since", "_since_date", "date", "the day", "2020-01-01"),
    )
    assert query.settings == {}


def test_without_a_question_the_summary_is_one(tmp_path: Path) -> None:
    assert read(tmp_path, "#+ summary: S\nASK {}").question == "S"


def test_the_settings_of_a_rule(tmp_path: Path) -> None:
    query = read(tmp_path, "#+ summary: S\n#+ order: 5\n#+ severity: warning\n#+ message: m\n#+ see: x\nASK {}")
    assert query.settings == {"order": 5, "severity": "warning", "message": "m", "see": "x"}


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "its header has no summary"),
        ("ASK {}", 1, "its header has no summary"),
        ("#+ summary:\nASK {}", 1, "its header has no summary"),
        ("#+ - summary\nASK {}", 1, "its header has no summary"),
        ("#+ just words\nASK {}", 1, "its header has no summary"),
        ("#+ summary: [\nASK {}", 1, "its header is not YAML"),
        ("# A comment\n#+ summary: S\n# Another\n#+ tags: [a\nASK {}", 4, "its header is not YAML"),
        ("#+ summary: S\n#+ columns:\n#+\ta: b\nASK {}", 3, "its header is not YAML"),
        ("#+ summary: S\n#+ tags: !!python/name:os.system\nASK {}", 2, "its header is not YAML"),
        ("#+ summary: S\x00\nASK {}", 1, "its header is not YAML"),
        ("#+ summary: S\n#+ colums: {}\nASK {}", 2, "'colums'. Did you mean 'columns'?"),
        ("#+ summary: S\n#+ tags: [a]\n#+ tags: [b]\nASK {}", 3, "'tags' stands in its header twice"),
        ("#+ summary: S\n#+ columns:\n#+   a: x\n#+   a: y\nASK {}", 4, "'a' stands in its header twice"),
        ("#+ summary: S\nASK { ?_a_iri ?p ?o }", 1, "header and query disagree on a"),
        ("#+ summary: S\n#+ parameters: {a: {kind: string, about: x}}\nASK {}", 2, "header and query disagree on a"),
        (
            "#+ summary: S\n#+ parameters:\n#+   a: {kind: string, about: x}\nASK { ?_b ?p ?_c }",
            3,
            "header and query disagree on a, b, c",
        ),
        ("#+ summary: S\n#+ parameters: {a: {kind: string, about: x}}\nASK { ?s ?p '?_a' }", 2, "disagree on a"),
        ("#+ summary: S\n#+ columns:\n#+   a: x\n#+   b: y\nSELECT ?a {}", 4, "the query has no column ?b"),
        ("#+ summary: S\n#+ columns:\n#+   a: x\nSELECT ?a (1 AS ?b) {}", 2, "nothing is said of the column ?b"),
        ("#+ summary: S\n#+ defaults:\n#+ - a: 1\nASK {}", 3, "no parameter is called 'a'"),
        ("#+ summary: S\n", 1, "no query below the header"),
        ("#+ summary: S\nINSERT DATA { <a> <b> <c> }", 2, "no query below the header"),
    ],
)
def test_a_file_that_cannot_be_used_is_one_clear_error(tmp_path: Path, text: str, line: int, said: str) -> None:
    with pytest.raises(QueryError) as caught:
        read(tmp_path, text)
    assert str(caught.value).startswith(f"queries/pack/query.rq:{line}: ")
    assert said in str(caught.value)
    assert caught.value.remedy


def test_a_file_that_cannot_be_read_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "pack" / "query.rq"
    path.mkdir(parents=True)
    with pytest.raises(QueryError, match=r"queries/pack/query\.rq cannot be read: "):
        read_query(path, "pack/query")
    path.rmdir()
    path.write_bytes(b"#+ summary: S\n#+ question: caf\xe9?\nASK {}\n")
    with pytest.raises(QueryError, match=r"queries/pack/query\.rq:2: not UTF-8"):
        read_query(path, "pack/query")
    with pytest.raises(QueryError, match=r"queries/pack/query\.rq:2: not UTF-8"):
        index_of(tmp_path)


@pytest.mark.parametrize("written", [TEXT.replace("\n", "\r\n"), "\ufeff" + TEXT])
def test_how_an_editor_ends_lines_or_marks_a_file_is_no_matter(tmp_path: Path, written: str) -> None:
    path = tmp_path / "pack" / "query.rq"
    path.parent.mkdir()
    path.write_bytes(written.encode())
    assert read_query(path, "pack/query") == read(tmp_path, TEXT)


@pytest.mark.parametrize(
    ("header", "body"),
    [
        ("parameters: {a: {about: x}}", "ASK { ?_a ?p ?o }"),
        ("parameters: {a: {kind: string, about: x, default: y}}", "ASK { ?_a ?p ?o }"),
        ("question: [a]", "ASK {}"),
        ("endpoint:", "ASK {}"),
        ("order: first", "ASK {}"),
        ("tags: a", "ASK {}"),
        ("tags: &a [*a]", "ASK {}"),
        ("columns: {a: }", "SELECT ?a {}"),
        ("defaults: {a: b}", "ASK {}"),
        ("enumerate: [a: b]", "ASK {}"),
        ("parameters: {a: {kind: string}}", "ASK { ?_a ?p ?o }"),
        ("parameters: {a: string}", "ASK { ?_a ?p ?o }"),
        ("parameters: [a]", "ASK { ?_a ?p ?o }"),
        ("parameters:", "ASK {}"),
        ("tags:", "ASK {}"),
        ("columns: [a]", "ASK {}"),
        ("defaults: [a]", "ASK {}"),
    ],
)
def test_a_header_of_the_wrong_form_is_one_clear_error(tmp_path: Path, header: str, body: str) -> None:
    with pytest.raises(QueryError, match=r"queries/pack/query\.rq:2: '.*' has the wrong form\. \w+"):
        read(tmp_path, f"#+ summary: S\n#+ {header}\n{body}")


def test_one_parameter_is_one_variable(tmp_path: Path) -> None:
    with pytest.raises(QueryError):
        read(tmp_path, "#+ summary: S\n#+ parameters: {a: {kind: string, about: x}}\nASK { ?_a ?p ?_a_iri }")


def test_a_pack_is_read_by_order_then_name(tmp_path: Path) -> None:
    for name, order in (("c", 0), ("b", 20), ("a", 10), ("d", 10)):
        read(tmp_path, f"#+ summary: S\n#+ order: {order}\nASK {{}}", f"pack/{name}")
    assert [query.stem for query in read_pack(tmp_path, "pack")] == ["c", "a", "d", "b"]


def test_packs_of_questions_are_not_those_of_the_machinery(tmp_path: Path) -> None:
    for pack in ("b", "a", *MACHINERY):
        read(tmp_path, "#+ summary: S\nASK {}", f"{pack}/q")
    (tmp_path / "index.json").write_text("{}", "utf-8")
    assert pack_names(tmp_path) == ["a", "b"]


@pytest.mark.parametrize("name", ["councils/projects", "projects"])
def test_a_query_is_found_by_its_whole_name_or_its_stem(clean: Project, name: str) -> None:
    assert find_query(clean.tree.queries, name).name == "councils/projects"


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("shared-partner", "no query 'shared-partner'. Did you mean partnerships/shared-partners"),
        ("partnership/with", "no query 'partnership/with'. Did you mean partnerships/with"),
        ("zzzzzz", "no query 'zzzzzz'. See 'ccin-graph query list'."),
        ("../councils/projects", "no query '../councils/projects'"),
        ("", "no query ''"),
    ],
)
def test_an_unknown_query_is_one_clear_error_with_the_nearest(clean: Project, name: str, said: str) -> None:
    with pytest.raises(UnknownQuery) as caught:
        find_query(clean.tree.queries, name)
    assert said in str(caught.value)


def test_a_stem_that_two_packs_have_must_be_written_whole(tmp_path: Path) -> None:
    for pack in ("a", "b"):
        read(tmp_path, "#+ summary: S\nASK {}", f"{pack}/q")
    with pytest.raises(UnknownQuery, match=r"'q' is the name of several queries. Write one of a/q, b/q\."):
        find_query(tmp_path, "q")
    assert find_query(tmp_path, "b/q").name == "b/q"


# The index of headers


def test_the_index_gives_the_same_queries(tmp_path: Path) -> None:
    without = read(tmp_path / "plain", TEXT)
    (tmp_path / "indexed").mkdir()
    (tmp_path / "indexed" / INDEX).write_text(index_of(tmp_path / "plain"), "utf-8")
    assert read(tmp_path / "indexed", TEXT) == without


def test_a_header_that_changed_since_is_read_anew(tmp_path: Path) -> None:
    read(tmp_path / "before", TEXT)
    changed = tmp_path / "after"
    changed.mkdir()
    (changed / INDEX).write_text(index_of(tmp_path / "before"), "utf-8")
    assert read(changed, TEXT.replace("What is led", "Changed")).summary == "Changed"


def test_a_header_that_did_not_change_is_taken_from_the_index(tmp_path: Path) -> None:
    read(tmp_path / "before", TEXT)
    same = tmp_path / "after"
    same.mkdir()
    index = index_of(tmp_path / "before").replace('"summary": "What is led"', '"summary": "From the index"')
    (same / INDEX).write_text(index, "utf-8")
    assert read(same, TEXT).summary == "From the index"


@pytest.mark.parametrize("content", ["", "{", "[]", "null", '{"other/query": {}}'])
def test_an_index_that_is_none_only_costs_time(tmp_path: Path, content: str) -> None:
    (tmp_path / INDEX).write_text(content, "utf-8")
    assert read(tmp_path, TEXT).summary == "What is led"


def test_the_index_is_the_same_each_time_and_is_sorted(clean: Project) -> None:
    index = index_of(clean.tree.queries)
    assert index == index_of(clean.tree.queries)
    names = list(json.loads(index))
    assert names == sorted(names)
    assert {f"{path.parent.name}/{path.stem}" for path in clean.tree.queries.glob("*/*.rq")} == set(names)
