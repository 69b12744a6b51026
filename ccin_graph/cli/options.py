"""Options that several commands take, and the dataset they work on."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccin_graph.tree import Tree, find_tree

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore


def _tree(_: click.Context, __: click.Parameter, value: Path | None) -> Tree:
    return find_tree(value)


root = click.option(
    "--root",
    "tree",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_tree,
    help="Folder that holds data/, ontology/, shapes/ and queries/; by default the one you are in.",
)

sources = click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the source texts (<publication>.txt).",
)

dataset = click.option(
    "--dataset",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A dataset in N-Quads; by default build/ccin.nq, or the records where it was not built.",
)


def open_store(tree: Tree, path: Path | None) -> EmbeddedStore:
    """Open the dataset that a command works on.

    Parameters
    ----------
    tree : Tree
    path : Path or None
        What the user named.

    Returns
    -------
    EmbeddedStore
        The file named, else what was built, else what the records say now.
    """
    from ccin_graph.store import EmbeddedStore

    built = path or tree.build / "ccin.nq"
    if built.exists():
        if path is None and _is_stale(tree, built):
            click.echo("Note: records have changed since the last 'ccin-graph build'.", err=True)
        return EmbeddedStore.from_file(built)
    from ccin_graph.build import assemble

    click.echo("Nothing was built yet: reading the records.", err=True)
    return assemble(tree).store


def _is_stale(tree: Tree, built: Path) -> bool:
    when = built.stat().st_mtime
    folders = (tree.data, tree.ontology, tree.queries / "derive")
    return any(path.stat().st_mtime > when for folder in folders for path in folder.rglob("*") if path.is_file())
