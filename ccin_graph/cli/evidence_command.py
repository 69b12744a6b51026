"""``ccin-graph evidence``."""

from __future__ import annotations

from pathlib import Path

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree


@click.group(name="evidence", short_help="the passage of a claim; what rests on a passage")
def command() -> None:
    """Go from a claim to its lines and from lines to their claims."""


@command.command(name="show")
@options.root
@options.dataset
@options.sources
@click.argument("iri")
def show(tree: Tree, dataset: Path | None, sources: Path | None, iri: str) -> None:
    """Print the passages of a claim or record, with the lines themselves if --sources is given.

    IRI may be shortened to what stands behind https://w3id.org/ccin/id/.

    \b
    Example:
      ccin-graph evidence show case-study/case-studies-2021/one-view#participation.xantura.delivery --sources ../sources
    """
    from ccin_graph.evidence.passages import passages_of, printed

    for passage in passages_of(options.open_store(tree, dataset), tree.queries, iri):
        click.echo(printed(passage, sources))
    if sources is None:
        click.echo("The source texts were not looked at; name their folder with --sources.", err=True)


@command.command(name="rests-on")
@options.root
@options.dataset
@click.argument("locator")
def rests_on(tree: Tree, dataset: Path | None, locator: str) -> None:
    """List what was read in the lines of a LOCATOR (publication:lines).

    \b
    Example:
      ccin-graph evidence rests-on case-studies-2021:385-395
    """
    from ccin_graph.errors import BadParameter
    from ccin_graph.packs import find_query
    from ccin_graph.queries import Table, bind
    from ccin_graph.records.locators import parse_locator

    try:
        lines = parse_locator(locator, None)
    except ValueError as error:
        raise BadParameter(str(error)) from error
    store = options.open_store(tree, dataset)
    values = {"publication": lines.publication, "first": str(lines.first), "last": str(lines.last)}
    click.echo(Table(store.select(bind(find_query(tree.queries, "evidence/rests-on"), values, store))).to_text())
