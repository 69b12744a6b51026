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
def command(tree: Tree, sources: Path | None) -> None:
    """Check the records: their form, the shapes, the rules between records and, with --sources, their evidence.

    \b
    Example:
      ccin-graph check --sources ../sources
    """
    from ccin_graph.build import assemble
    from ccin_graph.validate import check, summary_of

    findings = check(assemble(tree), tree, sources)
    for finding in findings:
        click.echo(str(finding))
    click.echo(summary_of(findings), err=True)
    if sources is None:
        click.echo("The source texts were not looked at; name their folder with --sources.", err=True)
    if any(finding.to_mend for finding in findings):
        sys.exit(1)
