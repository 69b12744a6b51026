"""Every measure and what it was checked against that does not share its code: a table, and the checks it lacked."""

from __future__ import annotations

import dataclasses
import importlib.util
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest

import ccin_graph.network
from ccin_graph.network import (
    Measure,
    Participation,
    Structure,
    benjamini_hochberg,
    communities,
    council_council,
    gini,
    measures,
    organisation_project_graph,
    structure,
)

if TYPE_CHECKING:
    from collections.abc import Callable

HERE = "test_published_values::test_the_table_is_that_of_networkx"
NETWORKIT = "test_published_values::test_the_table_is_that_of_networkit"

CHECKED = {
    # of a node
    "Measure.rank": "test_measures::test_equal_values_share_a_rank_and_stand_in_the_order_of_their_names",  # by hand
    "Measure.degree": HERE,
    "Measure.strength": "test_measures::test_southern_women_all_but_two_meet_everyone_of_the_rest",  # Davis et al. 1941
    "Measure.newman": "test_projections::test_networkx_gives_the_same",
    "Measure.projects": "test_measures::test_a_projection_by_hand",
    "Measure.betweenness": "test_measures::test_florentine_families_as_published",  # Jackson 2008; and HERE
    "Measure.closeness": "test_measures::test_the_kite_as_published",  # Krackhardt 1990; and HERE
    "Measure.eigenvector": "test_measures::test_the_kite_as_published",
    "Measure.clustering": NETWORKIT,
    "Measure.core": NETWORKIT,
    "Measure.component": HERE,
    "Measure.pagerank": NETWORKIT,
    "Measure.constraint": HERE,
    "Measure.effective_size": "test_measures::test_structural_holes_as_published",  # Borgatti 1997
    "Measure.two_steps": HERE,
    "Measure.bridges": HERE,
    "Measure.articulation": HERE,
    "Measure.community": "test_measures::test_communities_of_nodes_and_how_their_ties_spread",
    "Measure.stability": "test_communities::test_stability_against_its_definition",
    "Measure.participation": "test_structure::test_participation_in_the_factions_of_the_karate_club",  # by hand
    # of a network
    "summary": "test_overview::test_southern_women",
    "Structure.articulations": "test_structure::test_florentine_families",  # by hand, from the published drawing
    "Structure.bridges": "test_structure::test_florentine_families",
    "Structure.two_steps": "test_structure::test_florentine_families",
    "Structure.degree_gini": "test_published_values::test_gini_of_degrees_from_the_lorenz_curve",
    "Structure.degree_assortativity": "test_structure::test_the_karate_club",  # networkx, and Newman's -0.476
    "assortativity": "test_structure::test_factions_of_the_karate_club_mix_little",  # networkx
    "gini": "test_published_values::test_gini_of_degrees_from_the_lorenz_curve",
    "partner_gini": "test_structure::test_partners_over_councils",
    "participation_coefficients": "test_structure::test_participation_in_the_factions_of_the_karate_club",
    "project": "test_projections::test_southern_women_as_published",  # and networkx
    # groups
    "communities": "test_published_values::test_modularity_of_the_karate_club_in_networkit",
    "consensus": "test_communities::test_a_ring_that_can_be_cut_in_many_ways",
    "barber_modularity": "test_communities::test_modularity_against_its_matrix",
    "barber_communities": "test_communities::test_no_division_of_a_small_graph_is_better",  # all divisions
    "adjusted_mutual_information": "test_communities::test_adjusted_mutual_information_over_all_orders",  # all orders
    "traits": "test_communities::test_traits_by_hand",
    # chance
    "null_models": "test_significance::test_shared_counts_against_full_enumeration",
    "validated_backbone": "test_significance::test_chances_against_their_definition",
    "benjamini_hochberg": "test_published_values::test_false_discoveries_in_scipy",  # and as published in 1995
    "attribute_assortativity": "test_significance::test_assortativity_over_all_orders",
    "affiliates_across_regions": "test_significance::test_affiliates_that_keep_to_a_region_and_that_do_not",
    "rank_intervals": "test_uncertainty::test_a_replicate_is_the_graph_with_copies_of_projects",
    # change, prediction, robustness
    "snapshots": "test_change::test_who_joined_who_is_not_named_again_and_what_deepened",  # by hand
    "changes": "test_change::test_who_joined_who_is_not_named_again_and_what_deepened",
    "evaluate": "test_prediction::test_average_precision_by_hand",
    "suggestions": "test_prediction::test_scores_of_the_karate_club_against_networkx",
    "damage": "test_robustness::test_against_networkx",
    "damages": "test_robustness::test_against_networkx",
    "attack": "test_robustness::test_sizes_are_those_of_networkx",
}
"""What is measured, and the test that holds it against a published value, another program, its definition or a hand."""

NAMES_ONLY = {"node", "label", "kind", "region"}
"""What a row says besides measures."""

needs_networkit = pytest.mark.skipif(not importlib.util.find_spec("networkit"), reason="networkit is an extra")


def southern_women() -> nx.Graph[str]:
    """Return who of Davis's Southern women (1941) met whom, and at how many events."""
    both = nx.davis_southern_women_graph()
    women = set(both.graph["top"])
    ties = [(one, other) if one in women else (other, one) for one, other in both.edges]
    table = [Participation(who, who, "council", event, event, "guest", True) for who, event in ties]
    return council_council(organisation_project_graph(table))


PUBLISHED: dict[str, Callable[[], Any]] = {
    "Southern women": southern_women,  # Davis, Gardner, Gardner, Deep South (1941)
    "karate club": lambda: nx.relabel_nodes(nx.karate_club_graph(), str),  # Zachary (1977)
    "Florentine families": nx.florentine_families_graph,  # Padgett and Ansell (1993)
    "kite": lambda: nx.relabel_nodes(nx.krackhardt_kite_graph(), str),  # Krackhardt (1990)
}


def test_everything_that_is_measured_is_in_the_table() -> None:
    fields = {f"Measure.{field.name}" for field in dataclasses.fields(Measure) if field.name not in NAMES_ONLY}
    fields |= {f"Structure.{field.name}" for field in dataclasses.fields(Structure)}
    assert fields <= set(CHECKED)
    assert {name for name in CHECKED if "." not in name} <= set(ccin_graph.network.__all__)


@pytest.mark.parametrize("test", sorted(set(CHECKED.values())))
def test_every_check_exists(test: str) -> None:
    module, _, name = test.partition("::")
    text = Path(__file__).with_name(f"{module}.py").read_text("utf-8")
    assert re.search(rf"^def {name}\(", text, re.MULTILINE), test


@pytest.mark.parametrize("name", PUBLISHED)
def test_the_table_is_that_of_networkx(name: str) -> None:
    graph = PUBLISHED[name]()
    expected: dict[str, dict[str, float]] = {
        "degree": dict(graph.degree),
        "betweenness": nx.betweenness_centrality(graph),
        "closeness": nx.closeness_centrality(graph),
        "eigenvector": nx.eigenvector_centrality_numpy(graph, weight=None),
        "clustering": dict(nx.clustering(graph)),  # type: ignore[arg-type]
        "core": nx.core_number(graph),
        "pagerank": nx.pagerank(graph, weight=None, tol=1e-14, max_iter=1000),
        "constraint": nx.constraint(graph),
        "effective_size": nx.effective_size(graph),
        "two_steps": {node: len(nx.single_source_shortest_path_length(graph, node, cutoff=2)) - 1 for node in graph},
        "bridges": {node: sum(node in tie for tie in nx.bridges(graph)) for node in graph},
        "articulation": {node: node in set(nx.articulation_points(graph)) for node in graph},
        "component": dict.fromkeys(graph, 1),
    }
    for row in measures(graph):
        for measure, values in expected.items():
            assert getattr(row, measure) == pytest.approx(values[row.node], abs=1e-8), (row.node, measure)


@needs_networkit
@pytest.mark.parametrize("name", PUBLISHED)
def test_the_table_is_that_of_networkit(name: str) -> None:
    networkit: Any = pytest.importorskip("networkit")
    graph = PUBLISHED[name]()
    nodes = list(graph)
    copy = networkit.Graph(len(nodes))
    for one, other in graph.edges:
        copy.addEdge(nodes.index(one), nodes.index(other))
    found = {
        "betweenness": networkit.centrality.Betweenness(copy, normalized=True),
        "closeness": networkit.centrality.Closeness(copy, True, networkit.centrality.ClosenessVariant.GENERALIZED),
        "clustering": networkit.centrality.LocalClusteringCoefficient(copy),
        "core": networkit.centrality.CoreDecomposition(copy),
        "pagerank": networkit.centrality.PageRank(copy, 0.85, 1e-14),
        "eigenvector": networkit.centrality.EigenvectorCentrality(copy, 1e-12),
    }
    for search in found.values():
        search.run()
    for row in measures(graph):
        for measure, search in found.items():
            score = search.score(nodes.index(row.node))
            assert getattr(row, measure) == pytest.approx(score, abs=1e-6), (row.node, measure)


@needs_networkit
def test_modularity_of_the_karate_club_in_networkit() -> None:
    networkit: Any = pytest.importorskip("networkit")
    club: nx.Graph[str] = nx.Graph([(str(one), str(other)) for one, other in nx.karate_club_graph().edges])
    found = communities(club, seed=1)
    copy = networkit.Graph(34)
    for one, other in club.edges:
        copy.addEdge(int(one), int(other))
    division = networkit.Partition(34)
    division.setUpperBound(max(found.members.values()) + 1)
    for node, group in found.members.items():
        division.addToSubset(group, int(node))
    assert found.modularity == pytest.approx(networkit.community.Modularity().getQuality(division, copy))
    # Brandes et al., IEEE Transactions on Knowledge and Data Engineering 20, 172 (2008): no division has more
    assert found.modularity <= 0.4198 + 5e-5


@pytest.mark.parametrize("name", PUBLISHED)
def test_gini_of_degrees_from_the_lorenz_curve(name: str) -> None:
    graph = PUBLISHED[name]()
    degrees = np.sort([degree for _, degree in graph.degree])
    # twice the area between the diagonal and the curve of how much the poorest have together
    curve = np.concatenate([[0.0], np.cumsum(degrees) / degrees.sum()])
    area = ((curve[1:] + curve[:-1]) / 2).sum() / len(degrees)
    assert gini(degrees.tolist()) == pytest.approx(1 - 2 * area)
    assert structure(graph).degree_gini == pytest.approx(1 - 2 * area)


def test_false_discoveries_in_scipy() -> None:
    from scipy.stats import false_discovery_control

    chances = np.random.default_rng(1).random(60) ** 3
    adjusted = false_discovery_control(chances, method="bh")
    found = benjamini_hochberg(chances.tolist())
    assert found == pytest.approx(adjusted.tolist())
