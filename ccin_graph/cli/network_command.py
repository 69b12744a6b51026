"""``ccin-graph network``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccin_graph.cli import options
from ccin_graph.network.report import NETWORKS
from ccin_graph.tree import Tree, shown_path

if TYPE_CHECKING:
    from ccin_graph.network.report import Network

_name = click.argument("name", type=click.Choice(list(NETWORKS)), default="council-partner")
_out = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.  [default: build/network]"
)


def _network(tree: Tree, dataset: Path | None, name: str) -> Network:
    from ccin_graph.graph import Graph
    from ccin_graph.network.report import network_of

    return network_of(Graph(options.open_store(tree, dataset), tree).participations(), name)


@click.group(name="network", short_help="the collaboration network: summary, measures, export, plot")
def command() -> None:
    """Analyse who worked with whom: council-partner, council-council, council-affiliate, organisation-project."""


@command.command(name="summary")
@options.root
@options.dataset
@_name
def summary(tree: Tree, dataset: Path | None, name: str) -> None:
    """Print the size and shape of a network.

    \b
    Example:
      ccin-graph network summary council-affiliate
    """
    from dataclasses import asdict

    click.echo(f"{name}: {NETWORKS[name]}")
    for key, value in asdict(_network(tree, dataset, name).summary).items():
        shown = f"{value:.4g}" if isinstance(value, float) else value
        click.echo(f"  {key.replace('_', ' ')}: {shown}")


@command.command(name="measures")
@options.root
@options.dataset
@click.option("--top", type=click.IntRange(min=1), default=20, show_default=True, help="How many rows to print.")
@click.option("--csv", "as_csv", is_flag=True, help="Print every measure of every node as CSV instead.")
@_name
def measures(tree: Tree, dataset: Path | None, top: int, as_csv: bool, name: str) -> None:
    """Print the measures of every node of a network, best connected first.

    \b
    Example:
      ccin-graph network measures council-affiliate --top 10
    """
    from ccin_graph.network.report import measures_csv

    rows = _network(tree, dataset, name).measures
    if as_csv:
        click.echo(measures_csv(rows), nl=False)
        return
    click.echo(f"{'rank':>4}  {'degree':>6}  {'newman':>7}  {'betweenness':>11}  {'core':>4}  name")
    for row in rows[:top]:
        figures = f"{row.rank:4}  {row.degree:6}  {row.newman:7.2f}  {row.betweenness:11.4f}  {row.core:4}"
        click.echo(f"{figures}  {row.label} ({row.kind})")


@command.command(name="export")
@options.root
@options.dataset
@_out
@_name
def export(tree: Tree, dataset: Path | None, out: Path | None, name: str) -> None:
    """Write a network as GraphML, GEXF and CSV, with its measures.

    \b
    Example:
      ccin-graph network export council-council
    """
    from ccin_graph.network.report import write_network

    folder = out or tree.build / "network"
    write_network(_network(tree, dataset, name), folder)
    click.echo(f"{shown_path(folder)}/{name}.graphml, .gexf and {name}/ (nodes.csv, edges.csv, measures.csv)")


@command.command(name="plot")
@options.root
@options.dataset
@_out
@_name
def plot(tree: Tree, dataset: Path | None, out: Path | None, name: str) -> None:
    """Draw a network as SVG and PNG.

    \b
    Example:
      ccin-graph network plot council-affiliate
    """
    from ccin_graph.network.picture import draw

    folder = out or tree.build / "network"
    for path in draw(_network(tree, dataset, name).graph, folder / name):
        click.echo(shown_path(path))
