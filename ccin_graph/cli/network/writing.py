"""Commands that write files: export, report, plot."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccin_graph.cli.network.looking import looks, name, progress
from ccin_graph.tree import shown_path

if TYPE_CHECKING:
    from ccin_graph.cli.network.looking import Look

_out = click.option(
    "--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.  [default: build/network]"
)


@click.command(name="export")
@_out
@looks(form=False)
@name
def export(look: Look, name: str, out: Path | None) -> None:
    """Write a network as GraphML, GEXF, CSV and Cytoscape JSON, with its measures.

    \b
    Example:
      ccin-graph network export council-council --councils successors
    """
    from ccin_graph.build import staged
    from ccin_graph.network.analyses import measured
    from ccin_graph.network.report import write_graph

    folder = out or look.tree.build / "network"
    graph = look.network(look.tables(), name)
    table = measured(graph, name).result("measures").to_csv()
    with staged(folder) as stage:
        write_graph(graph, stage, name)
        (stage / f"{name}.measures.csv").write_text(table, "utf-8", newline="")
    click.echo(
        f"{shown_path(folder)}/{name}.graphml, .gexf, .cyjs, .nodes.csv, .edges.csv, .measures.csv "
        f"({len(graph)} nodes, {graph.number_of_edges()} ties)"
    )


@click.command(name="report")
@_out
@click.option("--quick", is_flag=True, help="Leave out what takes long: communities, null models, robustness.")
@looks(form=False)
def report(look: Look, out: Path | None, quick: bool) -> None:
    """Write the whole report: every table, every graph, a page of methods, and the results as RDF.

    \b
    Example:
      ccin-graph network report --out build/network
    """
    from ccin_graph.network.provenance import provenance_of
    from ccin_graph.network.report import make_report, write_report
    from ccin_graph.network.tables import tables_of

    folder = out or look.tree.build / "network"
    graph = look.graph()
    provenance = provenance_of(graph)
    found = make_report(tables_of(graph), look.choice, seed=look.seed, full=not quick, step=progress)
    written = write_report(found, folder, provenance)
    click.echo(f"{len(written)} files in {shown_path(folder)}: methods.md says what they are and how they were made.")
    for line in found.left_out:
        click.echo(line, err=True)


@click.command(name="plot")
@_out
@click.option("--all", "everything", is_flag=True, help="Draw every picture instead.")
@looks(form=False)
@name
def plot(look: Look, name: str, out: Path | None, everything: bool) -> None:
    """Draw a network as SVG and PNG, or with --all every picture there is.

    \b
    Example:
      ccin-graph network plot council-affiliate
      ccin-graph network plot --all
    """
    from ccin_graph.network.pictures import draw, draw_all

    folder = out or look.tree.build / "network"
    if everything and look.choice.strength > 1:
        raise click.UsageError("--strength is for one network: leave it out with --all.")
    tables = look.tables()
    if everything:
        paths = draw_all(look.graph(), folder, participations=tables.participations, seed=look.seed)
    else:
        paths = [*draw(look.network(tables, name), folder / name)]
    for path in paths:
        click.echo(shown_path(path))
