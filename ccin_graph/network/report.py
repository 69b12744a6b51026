"""The standard set of networks of a graph: made, measured and written in one go."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

from ccin_graph.network.bipartite import organisation_project_graph
from ccin_graph.network.export import write_csv, write_gexf, write_graphml
from ccin_graph.network.measures import Measure, measures
from ccin_graph.network.overview import Summary, summary
from ccin_graph.network.picture import draw
from ccin_graph.network.projections import council_affiliate, council_council, council_partner

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import networkx as nx

    from ccin_graph.network.participation import Participation

#: The networks by name, with what each is.
NETWORKS = {
    "organisation-project": "organisations and the projects they worked in (two-mode)",
    "council-council": "councils that worked in the same project",
    "council-partner": "councils and the other organisations that worked in the same project",
    "council-affiliate": "councils and affiliates that worked in the same project",
}


@dataclass(frozen=True, slots=True)
class Network:
    """A network with its measures.

    Parameters
    ----------
    name : str
        One of `NETWORKS`.
    graph : networkx.Graph
    measures : list of Measure
    summary : Summary
    """

    name: str
    graph: nx.Graph[str]
    measures: list[Measure]
    summary: Summary


def network_of(participations: Sequence[Participation], name: str) -> Network:
    """Make and measure one of the standard networks.

    Parameters
    ----------
    participations : sequence of Participation
    name : str
        One of `NETWORKS`.

    Returns
    -------
    Network
    """
    graph = organisation_project_graph(participations)
    projections = {
        "council-council": council_council,
        "council-partner": council_partner,
        "council-affiliate": council_affiliate,
    }
    if name in projections:
        graph = projections[name](graph)
    return Network(name, graph, measures(graph), summary(graph))


def write_network(network: Network, folder: Path) -> None:
    """Write a network as GraphML, GEXF and CSV, and its measures as a table.

    Parameters
    ----------
    network : Network
    folder : Path
        Gets ``<name>.graphml``, ``<name>.gexf``, ``<name>/nodes.csv``, ``<name>/edges.csv`` and
        ``<name>/measures.csv``.
    """
    write_graphml(network.graph, folder / f"{network.name}.graphml")
    write_gexf(network.graph, folder / f"{network.name}.gexf")
    write_csv(network.graph, folder / network.name)
    (folder / network.name / "measures.csv").write_text(measures_csv(network.measures), "utf-8", newline="")


def measures_csv(rows: Sequence[Measure]) -> str:
    """Return measures as CSV.

    Parameters
    ----------
    rows : sequence of Measure

    Returns
    -------
    str
        A column for every measure; floats with ten significant digits.
    """
    import csv
    import io
    from dataclasses import fields

    out = io.StringIO()
    writer = csv.DictWriter(out, [field.name for field in fields(Measure)], lineterminator="\r\n")
    writer.writeheader()
    for row in rows:
        plain = {key: f"{value:.10g}" if isinstance(value, float) else value for key, value in asdict(row).items()}
        writer.writerow(plain)
    return out.getvalue()


def write_report(participations: Sequence[Participation], folder: Path) -> list[Network]:
    """Make, measure and write every standard network, and draw councils with their partners.

    Parameters
    ----------
    participations : sequence of Participation
    folder : Path

    Returns
    -------
    list of Network
        In the order of `NETWORKS`.
    """
    networks = [network_of(participations, name) for name in NETWORKS]
    for network in networks:
        write_network(network, folder)
    partners = next(network for network in networks if network.name == "council-partner")
    draw(partners.graph, folder / "network")
    return networks
