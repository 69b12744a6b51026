"""More than chance: null models against full enumeration, published procedures, and planted ties that must be found."""

from __future__ import annotations

import importlib.util
import itertools
import math
import random
import sys
from collections import Counter
from typing import TYPE_CHECKING, Any

import networkx as nx
import numpy as np
import pytest
from scipy import stats

from ccin_graph.errors import NetworkError
from ccin_graph.network import council_affiliate, council_council, organisation_project_graph, project, sides
from ccin_graph.network.null_models import null_models, shared_counts, tails, tie_probabilities, trades
from ccin_graph.network.permutation import affiliates_across_regions, attribute_assortativity
from ccin_graph.network.significance import benjamini_hochberg, validated_backbone

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.network import Participation

needs_bicm = pytest.mark.skipif(not importlib.util.find_spec("bicm"), reason="bicm is an extra")
LITTLE = np.array([[1, 1, 0, 0], [1, 0, 1, 0], [0, 0, 1, 1], [0, 1, 0, 0]])


def all_with_the_sums_of(matrix: np.ndarray) -> list[np.ndarray]:
    """Return every matrix of zeros and ones with the same sums."""
    rows = [
        [choice for choice in itertools.product((0, 1), repeat=matrix.shape[1]) if sum(choice) == total]
        for total in matrix.sum(axis=1)
    ]
    found = (np.array(chosen) for chosen in itertools.product(*rows))
    return [one for one in found if (one.sum(axis=0) == matrix.sum(axis=0)).all()]


@pytest.fixture(scope="module")
def planted() -> Callable[..., nx.Graph[str]]:
    """Return a maker of sparse two-mode graphs with pairs that do much together."""
    from ccin_graph.network import Participation

    def make(pairs: int = 5, together: int = 6) -> nx.Graph[str]:
        chance = random.Random(7)
        rows = []

        def take(who: str, what: str) -> None:
            rows.append(Participation(who, who.title(), "council", what, what, "partner", True))

        for number in range(120):
            for who in chance.sample(range(60), chance.choice([1, 2, 3])):
                take(f"other{who:02}", f"p{number}")
        for pair in range(pairs):
            for side in "ab":
                for number in chance.sample(range(120), 2):
                    take(f"pair{pair}{side}", f"p{number}")
                for number in range(together):
                    take(f"pair{pair}{side}", f"t{pair}-{number}")
        return organisation_project_graph(rows)

    return make


# null models


@needs_bicm
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_the_configuration_model_keeps_sums_and_has_its_form(seed: int) -> None:
    matrix = (np.random.default_rng(seed).random((12, 30)) < 0.15).astype(int)
    found = tie_probabilities(matrix)
    assert found.sum(axis=1) == pytest.approx(matrix.sum(axis=1), abs=1e-6)
    assert found.sum(axis=0) == pytest.approx(matrix.sum(axis=0), abs=1e-6)
    held = found[np.ix_(matrix.sum(axis=1) > 0, matrix.sum(axis=0) > 0)]
    odds = np.log(held / (1 - held))  # log x + log y: the largest entropy of all that keep the sums
    assert odds - odds[:1] - odds[:, :1] + odds[0, 0] == pytest.approx(np.zeros_like(odds), abs=1e-4)


@needs_bicm
def test_the_configuration_model_of_little() -> None:
    assert tie_probabilities(np.zeros((2, 3))).tolist() == [[0.0] * 3] * 2
    assert tie_probabilities(np.ones((2, 3))).tolist() == [[1.0] * 3] * 2
    nested = np.array([[1, 1, 1], [1, 1, 0], [1, 0, 0]])
    assert tie_probabilities(nested).tolist() == nested.tolist()  # there is no other with these sums
    assert tie_probabilities(np.eye(2)) == pytest.approx(np.full((2, 2), 0.5))
    assert tie_probabilities(np.array([[1, 0]])) == pytest.approx(np.array([[1.0, 0.0]]))


def test_the_configuration_model_without_bicm(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "bicm", None)
    with pytest.raises(NetworkError, match="needs bicm, which is not installed"):
        tie_probabilities(np.eye(3))


def test_tails_are_those_of_the_poisson_binomial() -> None:
    chances = np.array([0.1, 0.5, 0.9, 0.3, 0.0])
    exact = [0.0] * 6
    for outcome in itertools.product((0, 1), repeat=5):
        exact[sum(outcome)] += math.prod(p if hit else 1 - p for p, hit in zip(chances, outcome, strict=True))
    assert tails(chances, 5) == pytest.approx(list(np.cumsum(exact[::-1])[::-1]))
    assert tails(np.full(50, 0.01), 4) == pytest.approx([stats.binom.sf(k - 1, 50, 0.01) for k in range(5)], rel=1e-12)
    assert tails(np.full(300, 1e-3), 12)[12] == pytest.approx(stats.binom.sf(11, 300, 1e-3), rel=1e-9)


def test_trades_reach_every_matrix_equally_often() -> None:
    every = all_with_the_sums_of(LITTLE)
    seen: Counter[bytes] = Counter()
    for rows, columns in trades(LITTLE, samples=3000, seed=3):
        sample = np.zeros_like(LITTLE)
        sample[rows, columns] = 1
        seen[sample.tobytes()] += 1
    assert set(seen) == {one.astype(LITTLE.dtype).tobytes() for one in every}
    assert stats.chisquare(list(seen.values())).pvalue > 0.01


def test_trades_keep_sums_and_their_seed() -> None:
    matrix = (np.random.default_rng(4).random((31, 50)) < 0.1).astype(int)
    for rows, columns in trades(matrix, samples=5, seed=1):
        sample = np.zeros_like(matrix)
        np.add.at(sample, (rows, columns), 1)
        assert sample.max() == 1
        assert (sample.sum(axis=0) == matrix.sum(axis=0)).all()
        assert (sample.sum(axis=1) == matrix.sum(axis=1)).all()
        assert (sample != matrix).any()
    assert shared_counts(matrix, samples=5, seed=1) == shared_counts(matrix, samples=5, seed=1)
    assert shared_counts(matrix, samples=5, seed=1) != shared_counts(matrix, samples=5, seed=2)


def test_shared_counts_against_full_enumeration() -> None:
    every = all_with_the_sums_of(LITTLE)
    common = [one @ one.T for one in every]
    degrees = LITTLE.sum(axis=1)
    for (few, many), (reached, draws) in shared_counts(LITTLE, samples=1500, seed=1).items():
        pairs = [pair for pair in itertools.combinations(range(4), 2) if sorted(degrees[list(pair)]) == [few, many]]
        for count, times in enumerate(reached):
            exact = sum(one[pair] >= count for one in common for pair in pairs)
            if pairs:
                assert times / draws == pytest.approx(exact / len(every) / len(pairs), abs=0.03)


# false discoveries


def test_benjamini_and_hochberg_as_published() -> None:
    # Benjamini and Hochberg (1995), section 4: fifteen comparisons; four are rejected at 0.05, Bonferroni rejects three
    chances = [
        *[0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344],
        *[0.0459, 0.3240, 0.4262, 0.5719, 0.6528, 0.7590, 1.0],
    ]
    found = benjamini_hochberg(chances)
    assert [q <= 0.05 for q in found] == [True] * 4 + [False] * 11
    assert found == pytest.approx(stats.false_discovery_control(chances))
    shuffled = [0.3, 0.01, 0.2, 0.01, 1.0]
    assert benjamini_hochberg(shuffled) == pytest.approx(stats.false_discovery_control(shuffled))
    assert benjamini_hochberg(shuffled, tests=8) == pytest.approx(
        stats.false_discovery_control([*shuffled, 1, 1, 1])[:5]
    )


def test_what_is_no_list_of_chances() -> None:
    assert benjamini_hochberg([]) == []
    with pytest.raises(NetworkError, match=r"1\.5 is not a chance"):
        benjamini_hochberg([0.5, 1.5])
    with pytest.raises(NetworkError, match="2 chances of 1 tests"):
        benjamini_hochberg([0.5, 0.5], tests=1)


# backbone


@needs_bicm
def test_planted_ties_are_found_and_both_models_agree(planted: Callable[..., nx.Graph[str]]) -> None:
    graph = planted()
    found = validated_backbone(graph, sides(graph)[0], models=null_models(graph, samples=1000))
    assert sorted(found.graph.edges) == [(f"pair{pair}a", f"pair{pair}b") for pair in range(5)]
    assert (found.both, found.only_bicm, found.only_curveball, found.unresolved, found.tests) == (5, 0, 0, 0, 2346)
    edge = found.graph.edges["pair0a", "pair0b"]
    assert edge["shared"] == len(edge["projects"]) >= 6
    assert {f"t0-{number}" for number in range(6)} <= set(edge["projects"])
    assert edge["p_bicm"] < edge["q_bicm"] < 0.05
    assert edge["p_curveball"] < edge["q_curveball"] < 0.05
    assert len(found.graph) == 69
    assert found.finding.startswith("5 of ")
    assert found.finding.endswith("are more than chance would give (rate 0.05); the two null models agree.")
    for part in ("2346 pairs among 69 organisations", "1000 samples", "seed 1", "rate 0.05", "Benjamini and Hochberg"):
        assert part in found.methods


@needs_bicm
def test_chances_against_their_definition(planted: Callable[..., nx.Graph[str]]) -> None:
    graph = planted()
    organisations, projects = sides(graph)
    matrix = nx.bipartite.biadjacency_matrix(graph, organisations, projects).toarray()
    probabilities = tie_probabilities(matrix)
    found = validated_backbone(graph, organisations, models=null_models(graph, samples=1000))
    logs = []
    for tie in found.ties:
        joint = probabilities[organisations.index(tie.one)] * probabilities[organisations.index(tie.other)]
        assert tie.expected == pytest.approx(joint.sum())
        assert tie.p_bicm == pytest.approx(tails(joint, tie.shared)[-1])
        logs.append((math.log(tie.p_bicm), math.log(tie.p_curveball)))
    assert np.corrcoef(np.array(logs).T)[0, 1] > 0.98
    assert [tie.p_bicm for tie in found.ties] == sorted(tie.p_bicm for tie in found.ties)


@needs_bicm
def test_where_nothing_survives_it_is_said(planted: Callable[..., nx.Graph[str]]) -> None:
    graph = planted(pairs=0)
    found = validated_backbone(graph, sides(graph)[0], models=null_models(graph, samples=500))
    assert found.graph.number_of_edges() == found.both == 0
    assert found.finding.startswith("None of ")
    assert "the smallest q is" in found.finding


@needs_bicm
def test_too_few_samples_are_said(planted: Callable[..., nx.Graph[str]]) -> None:
    graph = planted()
    found = validated_backbone(graph, sides(graph)[0], models=null_models(graph, samples=1))
    assert found.only_bicm == found.unresolved > 0
    assert "would need more samples to decide" in found.finding


@needs_bicm
def test_two_sides_are_tested_by_pairs_across(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    found = validated_backbone(
        graph, ["ex:oldham", "ex:rochdale"], partners=["ex:co-op"], models=null_models(graph, samples=50)
    )
    assert found.tests == 2
    assert {(tie.label, tie.other_label, tie.shared) for tie in found.ties} == {
        ("Co-Op", "Rochdale", 1),
        ("Co-Op", "Oldham", 2),
    }
    assert found.finding.startswith("None of 2 ties")


@needs_bicm
def test_the_same_seed_gives_the_same(planted: Callable[..., nx.Graph[str]]) -> None:
    graph = planted(pairs=1)
    one, two = (null_models(graph, samples=50, seed=9) for _ in range(2))
    assert one == two
    assert null_models(graph, samples=50, seed=8).sampled != one.sampled


def test_nothing_to_test() -> None:
    graph = organisation_project_graph([])
    found = validated_backbone(graph, [])
    assert (len(found.graph), found.ties, found.tests, found.finding) == (0, [], 0, "There are no ties to test.")
    graph.add_node("a", side="organisation")
    assert validated_backbone(graph, ["a"]).tests == 0


def test_what_is_not_tested(small: list[Participation]) -> None:
    graph = organisation_project_graph(small)
    for rate in (0, 1):
        with pytest.raises(NetworkError, match="is not between 0 and 1"):
            validated_backbone(graph, ["ex:oldham"], rate=rate)
    with pytest.raises(NetworkError, match="0 samples"):
        null_models(graph, samples=0)
    with pytest.raises(NetworkError, match=r"not in the null models: ex:oldham"):
        validated_backbone(graph, ["ex:oldham"], models=null_models(organisation_project_graph([])))
    with pytest.raises(NetworkError, match="one by one"):
        validated_backbone(graph, "ex:oldham")


# permutations


def regions(graph: nx.Graph[str], **values: str) -> nx.Graph[str]:
    """Return the graph with regions."""
    nx.set_node_attributes(graph, values, "region")
    return graph


@pytest.mark.parametrize("seed", [1, 2])
def test_assortativity_is_newmans(seed: int, crowd: list[Participation]) -> None:
    graph = council_council(organisation_project_graph(crowd))
    chance = random.Random(seed)
    for node in graph:
        graph.nodes[node]["region"] = chance.choice("ABC")
    tied = graph.edge_subgraph(graph.edges)
    found = attribute_assortativity(graph, "region", permutations=200)
    assert found.observed == pytest.approx(nx.attribute_assortativity_coefficient(tied, "region"))
    assert (found.nodes, found.units) == (len(tied), tied.number_of_edges())


def test_assortativity_over_all_orders() -> None:
    graph = regions(nx.Graph([("a", "b"), ("b", "c"), ("c", "d"), ("x", "a")]), a="N", b="N", c="S", d="S")
    known = graph.subgraph("abcd").copy()
    exact = []
    for order in itertools.permutations("NNSS"):
        nx.set_node_attributes(known, dict(zip("abcd", order, strict=True)), "region")
        exact.append(nx.attribute_assortativity_coefficient(known, "region"))
    found = attribute_assortativity(graph, "region", permutations=6000)
    assert (found.nodes, found.units) == (4, 3)
    assert found.observed == pytest.approx(exact[0])
    assert found.expected == pytest.approx(np.mean(exact), abs=0.03)
    assert found.p_more == pytest.approx(np.mean([value >= exact[0] - 1e-12 for value in exact]), abs=0.03)
    assert found.p == pytest.approx(min(1, 2 * found.p_more))


def test_like_with_like_is_found_and_said() -> None:
    graph: nx.Graph[str] = nx.Graph()
    for region in "NSEW":
        for one, other in itertools.combinations(range(4), 2):
            graph.add_edge(f"{region}{one}", f"{region}{other}")
    nx.set_node_attributes(graph, {node: node[0] for node in graph}, "region")
    found = attribute_assortativity(graph, "region", permutations=999)
    assert (found.observed, found.p_more, found.p) == (1.0, 0.001, 0.002)
    assert found.finding.startswith("Ties stay within one region more often than chance would have it (1.00, by")
    assert "999 permutations of 'region' over the 16 nodes" in found.methods
    assert "seed 1" in found.methods
    assert found == attribute_assortativity(graph, "region", permutations=999)
    assert found != attribute_assortativity(graph, "region", permutations=999, seed=2)


def test_affiliates_that_keep_to_a_region_and_that_do_not() -> None:
    keeps: nx.Graph[str] = nx.Graph()
    leaves: nx.Graph[str] = nx.Graph()
    for number in range(5):
        for councils, graph in ((f"{number}{number}{number}", keeps), (f"{number}{(number + 1) % 5}", leaves)):
            for place, region in enumerate(councils):
                graph.add_edge(f"c{number}{place}", f"a{number}")
                graph.nodes[f"c{number}{place}"].update(side="focus", region=region)
            graph.nodes[f"a{number}"]["side"] = "partner"
    one, two = affiliates_across_regions(keeps, permutations=999), affiliates_across_regions(leaves, permutations=999)
    assert (one.observed, one.units, one.nodes) == (0.0, 15, 15)
    assert one.expected == pytest.approx(1 - 2 / 14, abs=0.02)
    assert one.p == 0.002
    assert "differ in region less often than chance" in one.finding
    assert (two.observed, two.units) == (1.0, 5)
    assert two.p > 0.2
    assert "about as often as chance would have it" in two.finding


def test_pairs_of_councils_by_hand(small: list[Participation]) -> None:
    graph = council_affiliate(organisation_project_graph(small))
    regions(graph, **{"ex:oldham": "North West"})
    nothing = affiliates_across_regions(graph, permutations=99)
    assert (nothing.observed, nothing.p, nothing.units) == (0.0, 1.0, 0)
    assert "nothing to test" in nothing.finding
    regions(graph, **{"ex:rochdale": "Wales"})
    found = affiliates_across_regions(graph, permutations=99)
    assert (found.observed, found.units, found.nodes) == (1.0, 1, 2)


@pytest.mark.parametrize("test", [attribute_assortativity, affiliates_across_regions])
def test_graphs_with_nothing_to_shuffle(test: Any) -> None:
    for nodes in ([], ["a", "b"]):
        graph: nx.Graph[str] = nx.empty_graph(nodes)
        found = test(graph, attribute="region", permutations=10)
        assert (found.observed, found.p, found.units, found.low, found.high) == (0.0, 1.0, 0, 0.0, 0.0)
        assert "nothing to test" in found.finding
    with pytest.raises(NetworkError, match="0 permutations"):
        test(nx.Graph(), attribute="region", permutations=0)


def test_one_value_says_nothing() -> None:
    found = attribute_assortativity(
        regions(nx.path_graph(["a", "b", "c"]), a="N", b="N", c="N"), "region", permutations=50
    )
    assert (found.observed, found.p) == (0.0, 1.0)


def test_one_side_is_no_network_of_affiliates() -> None:
    with pytest.raises(NetworkError, match="a and b are tied, but not across two sides"):
        affiliates_across_regions(nx.path_graph(["a", "b"]))


@needs_bicm
def test_the_backbone_of_a_whole_table(crowd: list[Participation]) -> None:
    graph = organisation_project_graph(crowd)
    models = null_models(graph, samples=300)
    whole = validated_backbone(graph, sides(graph)[0], models=models)
    assert len(whole.ties) == project(graph, sides(graph)[0]).number_of_edges()
    assert whole.both == sum(tie.survives for tie in whole.ties) == whole.graph.number_of_edges()
