"""Communities as results: who forms a group, how firmly, what sets it apart, what it follows."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from ccin_graph.network.agreement import compare
from ccin_graph.network.analyses.base import LABEL, NETWORK, RUNS, SEED, values_of
from ccin_graph.network.barber import barber_communities
from ccin_graph.network.communities import METHODS, Communities, Consensus, consensus
from ccin_graph.network.overview import names_of
from ccin_graph.network.results import Column, Result, Run
from ccin_graph.network.traits import community_label, traits

if TYPE_CHECKING:
    import networkx as nx

    from ccin_graph.network.tables import Tables


FREQUENT = 0.25
"""Share of the members that must have what a community is named after."""

TRAITS = 3
"""How many such traits make up its name."""


def grouped(
    tables: Tables,
    graph: nx.Graph[str],
    name: str,
    *,
    method: str = METHODS[0],
    resolution: float = 1.0,
    runs: int = RUNS,
    seed: int = SEED,
) -> tuple[Run, Communities]:
    """Divide a network into communities, say what sets each apart, and compare them with region and nation.

    Parameters
    ----------
    tables : Tables
    graph : networkx.Graph
        What :func:`network` returns.
    name : str
        Its name.
    method : str, optional
        ``louvain`` or ``leiden``, a consensus of many runs; ``barber`` for organisations and projects together.
    resolution, runs, seed : optional
        As for :func:`~ccin_graph.network.communities.consensus`.

    Returns
    -------
    tuple of Run and Communities
        The results are ``communities``, ``community-labels`` and ``agreement``.
    """
    if method == "barber":
        found: Communities = barber_communities(graph, runs=runs, seed=seed)
    else:
        found = consensus(graph, method=method, resolution=resolution, runs=runs, seed=seed)
    stability = found.stability if isinstance(found, Consensus) else {}
    sizes = Counter(found.members.values())
    names = names_of(graph)
    apart = {
        number: [trait for trait in those if trait.inside >= FREQUENT * trait.size][:TRAITS]
        for number, those in traits(found.members, values_of(tables, graph), most=100).items()
    }
    comparisons = [compare(found.members, graph, attribute) for attribute in ("region", "nation")]
    several = sum(size > 1 for size in sizes.values())
    lowest = min((stability[node] for node in stability if graph.degree(node)), default=None)
    firm = "" if lowest is None else f" The least stable member is with its community in {lowest:.0%} of the runs."
    alike = "; ".join(f"{one.attribute} {one.information:.2f} over {one.nodes} nodes" for one in comparisons)
    method_ = Column("method", "text", "how communities were looked for", "dimension")
    community = Column("community", "integer", "number of the community, 1 being the largest", "dimension")
    run = Run(
        name=f"communities.{name}.{method}",
        finding=(
            f"{several} communities of two or more among {len(sizes) - several} nodes alone, modularity "
            f"{found.modularity:.3f}.{firm} Adjusted mutual information with {alike}."
        ),
        methods=f"{found.methods} {comparisons[0].methods} The same for 'nation'.",
        parameters={
            "network": name,
            "method": method,
            "resolution": resolution,
            "runs": runs,
            "seed": seed,
            **({"threshold": 0.5, "weight": "newman"} if method != "barber" else {}),
        },
        results=(
            Result(
                "communities",
                "the community of each node",
                (
                    NETWORK,
                    method_,
                    Column("node", "thing", "the node", "dimension"),
                    LABEL,
                    Column("community", "integer", "number of its community, 1 being the largest"),
                    Column("stability", "number", "share of runs in which it is with its community", "attribute"),
                ),
                [
                    (name, method, node, names[node][0], number, stability.get(node))
                    for node, number in sorted(found.members.items(), key=lambda pair: (pair[1], names[pair[0]]))
                ],
            ),
            Result(
                "community-labels",
                "what sets communities apart",
                (
                    NETWORK,
                    method_,
                    community,
                    Column("size", "integer", "members"),
                    Column("stability", "number", "mean stability of its members", "attribute"),
                    Column("traits", "text", "themes, principles and regions that members have and others have not"),
                    Column("members", "texts", "names of its members", "note"),
                ),
                [
                    (
                        name,
                        method,
                        number,
                        size,
                        _mean([stability[node] for node in stability if found.members[node] == number]),
                        community_label(apart[number]),
                        tuple(sorted(names[node][0] for node in graph if found.members[node] == number)),
                    )
                    for number, size in sorted(sizes.items())
                    if size > 1
                ],
            ),
            Result(
                "agreement",
                "how far communities follow region and nation",
                (
                    NETWORK,
                    method_,
                    Column("attribute", "text", "what they are compared with", "dimension"),
                    Column("information", "number", "adjusted mutual information"),
                    Column("nodes", "integer", "nodes with ties that have the attribute"),
                    Column("modularity", "number", "modularity of the communities"),
                ),
                [(name, method, one.attribute, one.information, one.nodes, found.modularity) for one in comparisons],
            ),
        ),
    )
    return run, found


def _mean(values: list[float]) -> float | None:
    return sum(values) / len(values) if values else None
