"""``ccin-graph build``."""

from __future__ import annotations

from pathlib import Path

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree, shown_path


@click.command(name="build", short_help="records to dataset files in build/")
@options.root
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.  [default: build]")
@click.option("--expanded", is_flag=True, help="Print the records as plain YAML-LD instead, and write nothing.")
def command(tree: Tree, out: Path | None, expanded: bool) -> None:
    """Build the dataset: ccin.nq (canonical N-Quads), ccin.trig, ccin.ttl and ccin.jsonld.

    \b
    Example:
      ccin-graph build
    """
    from ccin_graph.build import assemble, expanded_document, write_dataset
    from ccin_graph.records.loading import load_records

    if expanded:
        click.echo(expanded_document(load_records(tree)), nl=False)
        return
    dataset = assemble(tree)
    folder = out or tree.build
    digest = write_dataset(dataset, folder)
    for warning in dataset.corpus.warnings:
        click.echo(str(warning), err=True)
    files = f"{shown_path(folder)}/ccin.nq, .trig, .ttl and .jsonld"
    click.echo(f"{len(dataset.store)} quads ({dataset.derived} derived) in {files}")
    click.echo(f"SHA-256 of ccin.nq: {digest}")
