"""``ccin-graph identities``."""

from __future__ import annotations

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree


@click.command(name="identities", short_help="likely duplicates and the decisions taken")
@options.root
@click.option("--projects", is_flag=True, help="Compare projects too.")
@click.option(
    "--all",
    "everything",
    is_flag=True,
    help="Also weaker likenesses, pairs that a rule keeps apart, and the decisions taken.",
)
@options.table_format
def command(tree: Tree, projects: bool, everything: bool, form: str) -> None:
    """List bodies that may be one and are not decided on, with the reason; count the decisions.

    Decisions are rows of data/identities.sssom.tsv. The records are read as they are now, not as they were last built.

    \b
    Example:
      ccin-graph identities --all --format csv
    """
    from ccin_graph.identities import review
    from ccin_graph.records.loading import load_records
    from ccin_graph.store import EmbeddedStore

    found = review(EmbeddedStore(load_records(tree).quads), tree, projects=projects)
    table = found.table(everything=everything)
    if len(table) or form != "table":
        click.echo(table.render(form), nl=form == "table")
    click.echo(found.summary(), err=True)
