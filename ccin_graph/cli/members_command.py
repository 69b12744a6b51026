"""``ccin-graph members``."""

from __future__ import annotations

from pathlib import Path

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree


@click.command(name="members", short_help="who belongs, as of a date")
@options.root
@options.dataset
@click.option("--as-of", "day", default="2021-08-21", show_default=True, help="A day, such as 2020-01-01.")
@click.option("--category", help="member, associate or affiliate; all by default.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "md", "html"]),
    default="table",
    show_default=True,
    help="How rows are printed.",
)
def command(tree: Tree, dataset: Path | None, day: str, category: str | None, form: str) -> None:
    """List who belonged to the network on a day: definite or possible, and the lists it rests on.

    \b
    Example:
      ccin-graph members --as-of 2020-01-01 --category affiliate
    """
    from ccin_graph.queries.members import members_as_of

    table = members_as_of(options.open_store(tree, dataset), tree.queries, day, category)
    click.echo(table.render(form), nl=form == "table")
    click.echo(f"{len(table)} rows", err=True)
