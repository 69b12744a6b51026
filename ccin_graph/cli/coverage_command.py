"""``ccin-graph coverage``."""

from __future__ import annotations

from pathlib import Path

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree


@click.command(name="coverage", short_help="which lines of a source are accounted for")
@options.root
@options.dataset
@click.option(
    "--sources",
    required=True,
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the source texts (<publication>.txt).",
)
@click.option(
    "--csv", "table", type=click.Path(dir_okay=False, path_type=Path), help="Also write the same as CSV here."
)
def command(tree: Tree, dataset: Path | None, sources: Path, table: Path | None) -> None:
    """Show how many lines of each source belong to a curated section, and which lines nothing accounts for.

    \b
    Example:
      ccin-graph coverage --sources ../sources --csv coverage.csv
    """
    from ccin_graph.evidence.coverage import coverage, coverage_csv, coverage_text

    measured = coverage(options.open_store(tree, dataset), tree.queries, sources)
    click.echo(coverage_text(measured), nl=False)
    if table:
        table.write_text(coverage_csv(measured), "utf-8", newline="")
        click.echo(f"written to {table}", err=True)
