"""``ccin-graph load``."""

from __future__ import annotations

from pathlib import Path

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree, shown_path


@click.command(name="load", short_help="the dataset into a SPARQL service, or into a store on disk")
@options.root
@options.dataset_file
@click.option(
    "--endpoint", metavar="URL", help="Address of the service for queries, such as http://localhost:7878/query."
)
@click.option(
    "--graph-store",
    metavar="URL",
    help="Address of its Graph Store Protocol; by default one is looked for beside the address for queries.",
)
@click.option("--update", metavar="URL", help="Address of its SPARQL Update, used instead of a graph store.")
@click.option(
    "--store",
    "folder",
    metavar="DIR",
    type=click.Path(file_okay=False, path_type=Path),
    help="Folder for a store on disk.",
)
@options.timeout
def command(
    tree: Tree,
    dataset: Path | None,
    endpoint: str | None,
    graph_store: str | None,
    update: str | None,
    folder: Path | None,
    timeout: float,
) -> None:
    """Load the dataset, graph by graph, and count afterwards what arrived. It can be repeated with the same result.

    A service that asks for credentials finds them in CCIN_ENDPOINT_USER and CCIN_ENDPOINT_PASSWORD, or in
    CCIN_ENDPOINT_TOKEN.

    \b
    Examples:
      ccin-graph load --endpoint http://localhost:7878/query
      ccin-graph load --endpoint http://localhost:3030/ds/query --update http://localhost:3030/ds/update
      ccin-graph load --store build/store
    """
    from ccin_graph.errors import BadParameter

    if bool(endpoint) == bool(folder) or (folder and (graph_store or update)):
        raise BadParameter("load takes a service or a folder", remedy="Give --endpoint URL or --store DIR.")
    if folder:
        _to_disk(options.dataset_path(tree, dataset), folder)
        return
    from ccin_graph.store.loading import load_dataset

    assert endpoint is not None
    store = options.open_file(tree, dataset)
    done = load_dataset(
        store,
        endpoint,
        graph_store=graph_store,
        update=update,
        timeout=timeout,
        progress=lambda graph, triples: click.echo(f"  {graph.rpartition('/')[2]}: {triples} triples sent", err=True),
    )
    for graph in done.removed:
        click.echo(f"  {graph.rpartition('/')[2]}: removed, for the dataset has it no more", err=True)
    triples = sum(done.graphs.values())
    click.echo(f"{triples} triples in {len(done.graphs)} graphs, counted there, by {done.how} at {done.where}")


def _to_disk(dataset: Path, folder: Path) -> None:
    from ccin_graph.store.disk import build_disk_store

    label, built = build_disk_store(dataset, folder)
    what = "written to" if built else "are already in"
    click.echo(f"{label.quads} quads {what} {shown_path(folder)}")
