"""A page for every question: current, with links that lead somewhere and a picture that belongs to the query."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.packs import questions
from ccin_graph.queries.diagram import draw, pattern_of
from ccin_graph.queries.pages import drawn_for, query_pages
from ccin_graph.tree import Tree

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "docs" / "queries"
TREE = Tree(ROOT)
QUESTIONS = {query.name: query for query in questions(TREE.queries)}
FILES = {path.relative_to(FOLDER).as_posix(): path for path in sorted(FOLDER.glob("*/*"))}


@pytest.fixture(scope="module")
def pages(real: EmbeddedStore) -> dict[str, str]:
    known = {name: path.read_text("utf-8") for name, path in FILES.items() if path.suffix == ".svg"}
    return query_pages(TREE.queries, real, known)


def test_every_question_has_a_page_and_a_picture_and_nothing_else_has() -> None:
    assert set(FILES) == {f"{name}.{ending}" for name in QUESTIONS for ending in ("md", "svg")}


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_page_is_current(name: str, pages: dict[str, str]) -> None:
    assert FILES[f"{name}.md"].read_text("utf-8") == pages[f"{name}.md"], "run 'make reference'"


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_picture_is_of_its_query_as_it_is(name: str) -> None:
    assert f"<!-- {drawn_for(QUESTIONS[name])} -->" in FILES[f"{name}.svg"].read_text("utf-8"), "run 'make reference'"


@pytest.mark.parametrize("name", [name for place, name in enumerate(QUESTIONS) if place % 12 == 0])
def test_a_picture_drawn_anew_is_the_same(name: str) -> None:
    query = QUESTIONS[name]
    assert FILES[f"{name}.svg"].read_text("utf-8").startswith(draw(pattern_of(query.text), query.summary))


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_page_has_everything(name: str) -> None:
    text, query = FILES[f"{name}.md"].read_text("utf-8"), QUESTIONS[name]
    assert text.startswith(f"# {query.summary}\n")
    assert query.question in text
    for parameter in query.parameters:
        assert f"| `{parameter.name}` | {parameter.kind} |" in text
    for column in query.columns:
        assert f"| `{column}` |" in text
    assert f"```sparql\n{query.body.rstrip()}\n```" in text
    assert ("## First rows" in text) == (not query.needs_more)
    assert query.beyond in text
    for target in re.findall(r"\]\(([^)]+)\)", text):
        assert (FILES[f"{name}.md"].parent / target.partition("#")[0]).exists(), target


def test_the_index_links_every_page() -> None:
    index = (ROOT / "docs" / "reference" / "queries.md").read_text("utf-8")
    for name in QUESTIONS:
        assert f"(../queries/{name}.md)" in index
