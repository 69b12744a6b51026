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
@click.option("--body", help="One body only, by slug, IRI or name: definite, possible or no.")
@click.option("--category", help="member, associate or affiliate; all by default.")
@options.table_format
def command(tree: Tree, dataset: Path | None, day: str, body: str | None, category: str | None, form: str) -> None:
    """List who belonged to the network on a day: definite or possible, and the lists it rests on.

    \b
    Examples:
      ccin-graph members --as-of 2020-01-01 --category affiliate
      ccin-graph members --as-of 2020-01-01 --body "Preston City Council"
    """
    from ccin_graph.queries.members import members_as_of, standing_of

    store = options.open_store(tree, dataset)
    if body is None:
        table = members_as_of(store, tree.queries, day, category)
    else:
        table = standing_of(store, tree.queries, body, day, category)
        for took in table.taken:
            click.echo(str(took), err=True)
    click.echo(table.render(form), nl=form == "table")
    click.echo(f"{len(table)} rows", err=True)
