"""Finding the project to work on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph import tree as tree_module
from ccin_graph.errors import TreeError
from ccin_graph.tree import Tree, find_tree

if TYPE_CHECKING:
    from tests.conftest import Project


def test_folders_of_a_tree() -> None:
    tree = Tree(Path("p"))
    assert (tree.data, tree.listings, tree.ontology) == (Path("p/data"), Path("p/data/listings"), Path("p/ontology"))
    assert (tree.context, tree.shapes) == (Path("p/ontology/context.jsonld"), Path("p/shapes"))
    assert (tree.queries, tree.build) == (Path("p/queries"), Path("p/build"))


@pytest.mark.parametrize("below", [".", "data", "data/organisations/councils"])
def test_the_nearest_project_at_or_above_a_folder(clean: Project, below: str) -> None:
    assert find_tree(clean.root / below).root == clean.root.resolve()


def test_the_working_directory_is_where_the_search_begins(clean: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(clean.root / "data")
    assert find_tree().root == clean.root.resolve()


@pytest.mark.parametrize("missing", ["data", "ontology", "queries", "shapes"])
def test_a_folder_without_all_four_is_no_project(project: Project, missing: str, checkout: Tree) -> None:
    (project.root / missing).rename(project.root / "other")
    assert find_tree(project.root).root == checkout.root.resolve()


def test_no_project_at_all_is_one_clear_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree_module, "_PACKAGE", tmp_path / "site-packages" / "ccin_graph")
    with pytest.raises(TreeError, match=r"no project at or above .*--root"):
        find_tree(tmp_path)


def test_what_is_carried_by_the_installed_package_is_found_last(
    clean: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "site-packages" / "ccin_graph"
    package.mkdir(parents=True)
    (package / "share").symlink_to(clean.root, target_is_directory=True)
    monkeypatch.setattr(tree_module, "_PACKAGE", package)
    monkeypatch.chdir(tmp_path)
    tree = find_tree()
    assert tree.root == package / "share"
    assert tree.build == tmp_path / "build"
