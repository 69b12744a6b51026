"""``ccin-graph new``."""

from __future__ import annotations

import click

from ccin_graph.cli import options
from ccin_graph.records.forms import FOLDERS
from ccin_graph.tree import Tree


@click.command(name="new", short_help="a record's skeleton, with the ids it will need")
@options.root
@click.argument("kind", type=click.Choice(list(FOLDERS), case_sensitive=False))
@click.argument("slug")
@click.option("--publication", default="", help="For a case study, the publication it is in.")
@click.option("--print", "only_print", is_flag=True, help="Print the skeleton instead of writing the file.")
def command(tree: Tree, kind: str, slug: str, publication: str, only_print: bool) -> None:
    """Write the skeleton of a record: every key its type takes, to be filled in or taken out.

    \b
    Example:
      ccin-graph new CaseStudy brent-hubs --publication case-studies-2021
    """
    from ccin_graph.records.context import read_context
    from ccin_graph.records.skeleton import free_path, skeleton

    relative, text = skeleton(kind, slug, read_context(tree.context), publication)
    if only_print:
        click.echo(text, nl=False)
        return
    path = free_path(tree.root, relative)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    click.echo(relative)
