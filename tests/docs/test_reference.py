"""The generated pages of the documentation are those of this tree."""

from __future__ import annotations

from pathlib import Path

import pytest

from ccin_graph.packs import INDEX, index_of
from ccin_graph.reference import reference_pages, write_reference
from ccin_graph.tree import Tree

ROOT = Path(__file__).parents[2]
TREE = Tree(ROOT)
PAGES = reference_pages(TREE)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_page_is_current(name: str) -> None:
    assert (ROOT / "docs" / "reference" / name).read_text("utf-8") == PAGES[name], "run 'make reference'"


def test_index_of_the_packs_is_current() -> None:
    assert (TREE.queries / INDEX).read_text("utf-8") == index_of(TREE.queries), "run 'make reference'"


def test_pages_are_written(tmp_path: Path) -> None:
    folder = tmp_path / "reference"
    before = (TREE.queries / INDEX).read_bytes()
    write_reference(TREE, folder)
    assert {path.name for path in folder.iterdir()} == set(PAGES)
    assert (TREE.queries / INDEX).read_bytes() == before
