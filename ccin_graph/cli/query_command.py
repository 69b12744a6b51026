"""``ccin-graph query``."""

from __future__ import annotations

from pathlib import Path

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree


@click.group(name="query", short_help="list, show and run the query packs")
def command() -> None:
    """Ask the graph the questions of the query packs."""


@command.command(name="list")
@options.root
@click.argument("pack", required=False)
def list_queries(tree: Tree, pack: str | None) -> None:
    """List the queries, of all packs or of one PACK.

    \b
    Example:
      ccin-graph query list partnerships
    """
    from ccin_graph.errors import UnknownQuery
    from ccin_graph.packs import pack_names, read_pack

    names = pack_names(tree.queries)
    if pack and pack not in names:
        raise UnknownQuery(f"no pack '{pack}'", remedy=f"Packs are {', '.join(names)}.")
    for name in [pack] if pack else names:
        for query in read_pack(tree.queries, name):
            click.echo(f"{query.name:36} {query.summary}")


@command.command(name="show")
@options.root
@click.argument("name")
def show(tree: Tree, name: str) -> None:
    """Show what a query asks, its parameters and columns, and its text.

    \b
    Example:
      ccin-graph query show shared-partners
    """
    from ccin_graph.packs import find_query

    query = find_query(tree.queries, name)
    click.echo(f"{query.name}\n{query.question}\n")
    for parameter in query.parameters:
        default = f" [{parameter.default}]" if parameter.default else ""
        click.echo(f"  --param {parameter.name}=…  {parameter.about} ({parameter.kind}){default}")
    for column, meaning in query.columns.items():
        click.echo(f"  {column}: {meaning}")
    click.echo()
    click.echo("\n".join(line for line in query.text.splitlines() if not line.startswith("#+")))


@command.command(name="run")
@options.root
@options.dataset
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "csv", "tsv", "json", "md", "html"]),
    default="table",
    show_default=True,
    help="How rows are printed.",
)
@click.option(
    "--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="A value for a parameter: slug, IRI or name."
)
@click.option("--no-derived", is_flag=True, help="Leave derived triples out.")
@click.argument("name")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
def run(
    tree: Tree,
    dataset: Path | None,
    form: str,
    params: tuple[str, ...],
    no_derived: bool,
    name: str,
    values: tuple[str, ...],
) -> None:
    """Run a query and print its rows.

    \b
    Example:
      ccin-graph query run councils/projects council=oldham
    """
    from ccin_graph.errors import BadParameter
    from ccin_graph.packs import find_query
    from ccin_graph.queries import Table, bind

    given = {}
    for text in (*params, *values):
        key, sign, value = text.partition("=")
        if not sign:
            raise BadParameter(f"'{text}' is not NAME=VALUE", remedy="Write it as council=oldham.")
        given[key] = value
    query = find_query(tree.queries, name)
    store = options.open_store(tree, dataset)
    table = Table(store.select(bind(query, given, store), derived=not no_derived))
    click.echo(table.render(form), nl=form in ("table",))
    if not len(table):
        click.echo("No rows.", err=True)
