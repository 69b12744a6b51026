"""Options that several commands take."""

from __future__ import annotations

from pathlib import Path

import click

from ccin_graph.tree import Tree, find_tree


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
