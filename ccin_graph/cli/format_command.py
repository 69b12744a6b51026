"""``ccin-graph format``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree


@click.command(name="format", short_help="records into canonical form")
@options.root
@click.option("--check", is_flag=True, help="Write nothing; list the files that would change and exit with 1.")
@click.argument("files", nargs=-1, type=click.Path(exists=True, dir_okay=False, path_type=Path))
def command(tree: Tree, check: bool, files: tuple[Path, ...]) -> None:
    """Rewrite records in their one canonical form; all of them, or the FILES named.

    \b
    Example:
      ccin-graph format data/projects/brent-hubs.yaml
    """
    from ccin_graph.records.formatting import format_records

    changed, refused = format_records(tree, [path.resolve() for path in files], write=not check)
    for path in changed:
        click.echo(f"{'would change' if check else 'changed'}: {path}")
    for message in refused:
        click.echo(message, err=True)
    click.echo(f"{len(changed)} changed, {len(refused)} could not be formatted", err=True)
    if refused or (check and changed):
        sys.exit(1)
