"""``ccin-graph run``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree


@click.command(name="run", short_help="build, check, ask, analyse: everything into build/")
@options.root
@options.sources
def command(tree: Tree, sources: Path | None) -> None:
    """Build the graph, check it, answer the questions of the packs and analyse the network.

    \b
    Example:
      ccin-graph run
    """
    from ccin_graph.pipeline import run, summarise

    outcome = run(tree, sources)
    click.echo(summarise(outcome))
    for finding in outcome.findings:
        if finding.to_mend:
            click.echo(str(finding), err=True)
    if outcome.to_mend:
        sys.exit(1)
