"""What place each body has in the network: computed once, told in a sentence."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccin_graph.network.participation import Participation


@dataclass(frozen=True, slots=True)
class Standing:
    """The place of one body in the network of those who worked in the same projects.

    Parameters
    ----------
    partners : dict of str to int
        The bodies it worked with, by IRI, and in how many projects.
    projects : int
        Distinct projects behind them.
    core : int
        Largest *k* such that it belongs to a group in which each worked with *k* others of the group or more.
    innermost : int
        The largest core of any body.
    rank, of : int
        Its place by number of partners among bodies of its kind, and how many of these there are.
    shared : bool
        Whether others have that place too.
    """

    partners: dict[str, int]
    projects: int
    core: int
    innermost: int
    rank: int
    of: int
    shared: bool


def standings(participations: Sequence[Participation]) -> dict[str, Standing]:
    """Return the place of every body in the network of bodies that worked in the same project.

    Parameters
    ----------
    participations : sequence of Participation

    Returns
    -------
    dict of str to Standing
        By IRI; bodies that worked with nobody have none.
    """
    import networkx as nx

    from ccin_graph.network import organisation_organisation, organisation_project_graph

    graph = organisation_organisation(organisation_project_graph(participations))
    graph = graph.subgraph([node for node, degree in graph.degree if degree])
    cores = nx.core_number(graph)
    innermost = max(cores.values(), default=0)
    ranks: dict[str, Counter[int]] = {}
    for node, degree in graph.degree:
        ranks.setdefault(graph.nodes[node]["kind"], Counter())[degree] += 1
    result = {}
    for node in graph:
        degree = graph.degree(node)
        degrees = ranks[graph.nodes[node]["kind"]]
        result[node] = Standing(
            partners={other: tie["shared"] for other, tie in graph[node].items()},
            projects=len({project for tie in graph[node].values() for project in tie["projects"]}),
            core=cores[node],
            innermost=innermost,
            rank=1 + sum(many for other, many in degrees.items() if other > degree),
            of=degrees.total(),
            shared=degrees[degree] > 1,
        )
    return result
