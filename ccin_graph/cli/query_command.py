"""``ccin-graph query``."""

from __future__ import annotations

from pathlib import Path
from typing import TextIO

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
            more = "other services: --federated" if query.federated else "results of analyses" if query.beyond else ""
            mark = f" (asks {more})" if more else ""
            click.echo(f"{query.name:36} {query.summary}{mark}")


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
    if query.beyond:
        click.echo(f"{query.beyond}\n")
    for parameter in query.parameters:
        default = f" [{parameter.default}]" if parameter.default else ""
        click.echo(f"  --param {parameter.name}=…  {parameter.about} ({parameter.kind}){default}")
    for column, meaning in query.columns.items():
        click.echo(f"  {column}: {meaning}")
    click.echo()
    click.echo(query.body.rstrip())


@command.command(name="run")
@options.root
@options.dataset
@options.table_format
@click.option(
    "--param", "-p", "params", multiple=True, metavar="NAME=VALUE", help="A value for a parameter: slug, IRI or name."
)
@click.option("--no-derived", is_flag=True, help="Leave derived triples out.")
@click.option("--federated", is_flag=True, help="Allow the query to ask other services (SERVICE).")
@click.argument("name")
@click.argument("values", nargs=-1, metavar="[NAME=VALUE]...")
def run(
    tree: Tree,
    dataset: Path | None,
    form: str,
    params: tuple[str, ...],
    no_derived: bool,
    federated: bool,
    name: str,
    values: tuple[str, ...],
) -> None:
    """Run a query and print its rows.

    \b
    Examples:
      ccin-graph query run councils/projects council=oldham
      ccin-graph query run members/lists --endpoint http://localhost:7878/query
    """
    from ccin_graph.errors import BadParameter
    from ccin_graph.packs import find_query
    from ccin_graph.queries import answer

    given = {}
    for text in (*params, *values):
        key, sign, value = text.partition("=")
        if not sign:
            raise BadParameter(f"'{text}' is not NAME=VALUE", remedy="Write it as council=oldham.")
        given[key] = value
    query = find_query(tree.queries, name)
    store = options.open_store(tree, dataset)
    table = answer(query, given, store, derived=not no_derived, federated=federated)
    for took in table.taken:
        click.echo(str(took), err=True)
    click.echo(table.render(form), nl=form == "table")
    if not len(table):
        click.echo(f"No rows. {query.beyond}".rstrip(), err=True)


@command.command(name="ask")
@options.root
@options.dataset
@options.table_format
@click.option("--no-derived", is_flag=True, help="Leave derived triples out.")
@click.option("--federated", is_flag=True, help="Allow the query to ask other services (SERVICE).")
@click.argument("file", type=click.File("r", encoding="utf-8", errors="strict"))
def ask_own(tree: Tree, dataset: Path | None, form: str, no_derived: bool, federated: bool, file: TextIO) -> None:
    """Ask a SPARQL query of your own, from FILE or, as '-', from standard input.

    A SELECT gives rows, an ASK true or false, a CONSTRUCT or DESCRIBE Turtle. What is misspelt is named, with its line
    and column and what may be meant; also a term that the graph does not know, for which SPARQL has no answer.

    \b
    Examples:
      ccin-graph query ask mine.rq --format csv
      echo 'SELECT * { ?s ?p ?o } LIMIT 3' | ccin-graph query ask -
    """
    from ccin_graph.errors import DataError
    from ccin_graph.queries import Table, ask
    from ccin_graph.queries.answering import hints_of
    from ccin_graph.queries.graphs import turtle

    name = "" if file.name in ("-", "<stdin>") else file.name
    try:
        text = file.read()
    except UnicodeDecodeError as error:
        raise DataError(f"{name or 'standard input'} is not UTF-8", remedy="Save it as UTF-8.") from error
    store = options.open_store(tree, dataset)
    answered = ask(text, store, derived=not no_derived, federated=federated, name=name)
    for hint in answered.hints if isinstance(answered, Table) else hints_of(text, store):
        click.echo(f"Note: {hint}", err=True)
    if isinstance(answered, Table):
        click.echo(answered.render(form), nl=form == "table")
        if not len(answered):
            click.echo("No rows.", err=True)
    elif isinstance(answered, bool):
        click.echo("true" if answered else "false")
    else:
        click.echo(turtle(answered), nl=False)
