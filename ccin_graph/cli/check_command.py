"""``ccin-graph check``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree


@click.command(name="check", short_help="everything a curator should know")
@options.root
@options.sources
@click.option(
    "--engine", type=click.Choice(["pyshifty", "pyshacl"]), help="SHACL engine; by default the fastest installed."
)
def command(tree: Tree, sources: Path | None, engine: str | None) -> None:
    """Check the records: their form, the shapes, the rules between records and, with --sources, their evidence.

    \b
    Example:
      ccin-graph check --sources ../sources
    """
    from ccin_graph.build import assemble
    from ccin_graph.validate import check, summary_of
    from ccin_graph.validate.shacl import Engine

    findings = check(assemble(tree), tree, sources, Engine(engine) if engine else None)
    for finding in findings:
        click.echo(str(finding))
    click.echo(summary_of(findings), err=True)
    if sources is None:
        click.echo("The source texts were not looked at; name their folder with --sources.", err=True)
    if any(finding.to_mend for finding in findings):
        sys.exit(1)
