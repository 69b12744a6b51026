"""Networks at scale, beside plain networkx, and the report on the real one: ``python -m benchmarks.network``.

The two sides run one after the other, each in a process of its own, so that the memory of one is not that of the other.
networkx follows shortest paths one node at a time: it is timed for a few nodes and its time for all is extrapolated,
which the table marks with ~. What is promised is held against the time of the processor: all of it is work of one
thread, so that this is the time on a machine that does nothing else.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

ORGANISATIONS, PROJECTS = 60_000, 40_000
PIVOTS = 256
TIMED = 8
"""Pivots for which networkx is timed."""
NEIGHBOURHOODS = 400
"""Nodes whose two steps networkx is timed for."""
SECONDS, GIGABYTES, TIMES = 60, 4, 10
"""What is promised."""


def generate(organisations: int = ORGANISATIONS, projects: int = PROJECTS, seed: int = 1) -> nx.Graph[str]:
    """Make a two-mode graph of the shape of the real one: local partners, a few that are everywhere.

    Parameters
    ----------
    organisations, projects : int
    seed : int

    Returns
    -------
    networkx.Graph
        As ``organisation_project_graph`` makes them.
    """
    import networkx as nx
    import numpy as np

    chance = np.random.default_rng(seed)
    size = 1 + chance.negative_binomial(1.2, 0.25, projects)
    project = np.repeat(np.arange(projects), size)
    place = chance.integers(organisations // 40, size=projects)[project]
    local = place * 40 + (40 * chance.random(len(project)) ** 2).astype(np.int64)
    anywhere = (organisations * chance.random(len(project)) ** 3).astype(np.int64)
    organisation = np.where(chance.random(len(project)) < 0.12, anywhere, local)
    graph: nx.Graph[str] = nx.Graph()
    graph.add_nodes_from((f"ex:o{n:06}" for n in range(organisations)), side="organisation", kind="council")
    graph.add_nodes_from((f"ex:p{n:06}" for n in range(projects)), side="project", kind="project")
    ties = zip(organisation.tolist(), project.tolist(), strict=True)
    graph.add_edges_from((f"ex:o{who:06}", f"ex:p{what:06}") for who, what in ties)
    return graph


class Clock:
    """Times steps.

    Attributes
    ----------
    steps, work : dict of str to float
        Seconds of each, on the clock and of the processor: on a busy machine these are fewer.
    """

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self.work: dict[str, float] = {}

    def time(self, step: str, task: Callable[[], Any], times: float = 1.0) -> Any:
        """Run a task and add its seconds to those of a step, multiplied where it is a part of the whole."""
        start, before = time.perf_counter(), time.process_time()
        result = task()
        self.steps[step] = self.steps.get(step, 0.0) + times * (time.perf_counter() - start)
        self.work[step] = self.work.get(step, 0.0) + times * (time.process_time() - before)
        return result


def ours(graph: nx.Graph[str], clock: Clock) -> None:
    """Project, measure and divide with this package."""
    from ccin_graph.network import communities, measures, organisation_organisation

    whole = clock.time("projection", lambda: organisation_organisation(graph))
    clock.time("measures", lambda: measures(whole, pivots=PIVOTS))
    clock.time("communities", lambda: communities(whole, method="leiden"))


def plain(graph: nx.Graph[str], clock: Clock) -> None:
    """Do the same with networkx alone, as its manual says."""
    import networkx as nx

    organisations = [node for node in graph if graph.nodes[node]["side"] == "organisation"]

    def projected() -> nx.Graph[str]:
        newman: nx.Graph[str] = nx.bipartite.collaboration_weighted_projected_graph(graph, organisations)
        shared = nx.bipartite.weighted_projected_graph(graph, organisations)
        for one, other, data in shared.edges(data=True):
            newman.edges[one, other]["shared"] = data["weight"]
            newman.edges[one, other]["projects"] = sorted(set(graph[one]) & set(graph[other]))
        return newman

    whole = clock.time("projection", projected)
    nodes = list(whole)
    some = nodes[:: len(nodes) // NEIGHBOURHOODS]
    share = len(nodes) / len(some)

    def closeness() -> None:
        for node in some[:: len(some) // TIMED][:TIMED]:
            nx.single_source_shortest_path_length(whole, node)

    def two_steps() -> None:
        for node in some:
            nx.single_source_shortest_path_length(whole, node, cutoff=2)

    clock.time("measures", lambda: nx.betweenness_centrality(whole, k=TIMED, seed=1), PIVOTS / TIMED)
    clock.time("measures", closeness, PIVOTS / TIMED)
    clock.time("measures", two_steps, share)
    # its effective sizes take far longer, or a dense matrix of all pairs: here they are what triangles make of degrees
    for task in (
        nx.clustering,
        nx.triangles,
        nx.core_number,
        nx.pagerank,
        lambda whole: nx.eigenvector_centrality_numpy(whole.subgraph(max(nx.connected_components(whole), key=len))),
        lambda whole: list(nx.articulation_points(whole)),
        lambda whole: list(nx.bridges(whole)),
        nx.constraint,
    ):
        clock.time("measures", lambda task=task: task(whole))  # type: ignore[misc]
    clock.time("communities", lambda: nx.community.louvain_communities(whole, weight="weight", seed=1))


SIDES = {"ours": ours, "plain": plain}


def measured(side: str, organisations: int, projects: int) -> dict[str, Any]:
    """Time one side in a process of its own.

    Parameters
    ----------
    side : str
        ``ours`` or ``plain``.
    organisations, projects : int

    Returns
    -------
    dict
        Seconds of each step, and the memory at its highest in gigabytes.
    """
    command = [sys.executable, "-m", "benchmarks.network", "--side", side]
    done = subprocess.run(
        [*command, str(organisations), str(projects)], check=True, stdout=subprocess.PIPE, encoding="utf-8"
    )
    result: dict[str, Any] = json.loads(done.stdout)
    return result


def at_scale(organisations: int = ORGANISATIONS, projects: int = PROJECTS) -> bool:
    """Print both sides beside each other.

    Parameters
    ----------
    organisations, projects : int

    Returns
    -------
    bool
        Whether what is promised was kept.
    """
    graph = generate(organisations, projects)
    print(f"networks: {organisations} organisations, {projects} projects, {graph.number_of_edges()} participations")
    sides = {side: measured(side, organisations, projects) for side in SIDES}
    for step, seconds in sides["ours"]["seconds"].items():
        other = sides["plain"]["seconds"][step]
        mark = "~" if step == "measures" else " "
        print(f"  {step:14}{seconds:8.1f} s   networkx {mark}{other:8.1f} s   x{other / seconds:.1f}")
    total, other = (float(sum(sides[side]["seconds"].values())) for side in SIDES)
    memory: float = sides["ours"]["gigabytes"]
    print(f"  {'overall':14}{total:8.1f} s   networkx ~{other:8.1f} s   x{other / total:.1f}")
    work, more = (sum(sides[side]["work"].values()) for side in SIDES)
    print(f"  {'of processor':14}{work:8.1f} s   networkx ~{more:8.1f} s   x{more / work:.1f}")
    print(f"  memory at most {memory:.2f} GB, networkx {sides['plain']['gigabytes']:.2f} GB")
    print(
        f"  betweenness and closeness from {PIVOTS} pivots; ~ networkx was timed for {TIMED} of them, and for the "
        f"two steps of {NEIGHBOURHOODS} nodes, and extrapolated"
    )
    kept = bool(work <= SECONDS and memory <= GIGABYTES and more >= TIMES * work)
    print(f"  promised: at most {SECONDS} s and {GIGABYTES} GB, x{TIMES} or more: {'kept' if kept else 'NOT KEPT'}")
    return kept


def real_report() -> bool:
    """Time the whole report on the real network, null models included.

    Returns
    -------
    bool
        Whether what is promised was kept.
    """
    from ccin_graph.graph import Graph
    from ccin_graph.network.provenance import provenance_of
    from ccin_graph.network.report import make_report, write_report
    from ccin_graph.network.tables import tables_of

    graph = Graph.from_records()
    with tempfile.TemporaryDirectory() as folder:
        start, before = time.perf_counter(), time.process_time()
        write_report(make_report(tables_of(graph)), Path(folder), provenance_of(graph))
        seconds, work = time.perf_counter() - start, time.process_time() - before
    kept = work <= SECONDS
    verdict = "kept" if kept else "NOT KEPT"
    print(
        f"the report on the real network: {seconds:.1f} s, of processor {work:.1f} s; promised {SECONDS} s: {verdict}"
    )
    return kept


def main() -> int:
    """Print everything, or with ``--side`` time one side and print it as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--side", choices=list(SIDES))
    parser.add_argument("organisations", type=int, nargs="?", default=ORGANISATIONS)
    parser.add_argument("projects", type=int, nargs="?", default=PROJECTS)
    chosen = parser.parse_args()
    if not chosen.side:
        return 0 if all((at_scale(chosen.organisations, chosen.projects), real_report())) else 1
    graph, clock = generate(chosen.organisations, chosen.projects), Clock()
    SIDES[chosen.side](graph, clock)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
    print(json.dumps({"seconds": clock.steps, "work": clock.work, "gigabytes": peak}))
    return 0


if __name__ == "__main__":
    sys.exit(main())
