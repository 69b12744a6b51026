"""How networks hold together: published ones, by hand, and those that have little to hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import council_council, council_partner, organisation_project_graph
from ccin_graph.network.scale import two_steps
from ccin_graph.network.structure import (
    Assortativity,
    Structure,
    assortativity,
    gini,
    participation_coefficients,
    partner_gini,
    structure,
)

if TYPE_CHECKING:
    from ccin_graph.network import Participation


@pytest.fixture
def club() -> nx.Graph[str]:
    """Return Zachary's karate club (1977), persons by their numbers there."""
    karate = nx.karate_club_graph()
    graph = nx.Graph([(f"{one + 1:02}", f"{other + 1:02}") for one, other in karate.edges])
    for number, data in karate.nodes(data=True):
        graph.nodes[f"{number + 1:02}"]["club"] = data["club"]
    return graph


def test_the_karate_club(club: nx.Graph[str]) -> None:
    found = structure(club)
    assert (found.articulations, found.bridges) == (("01",), (("01", "12"),))
    assert found.degree_assortativity == pytest.approx(nx.degree_pearson_correlation_coefficient(club))
    assert found.degree_assortativity == pytest.approx(-0.476, abs=5e-4)


def test_factions_of_the_karate_club_mix_little(club: nx.Graph[str]) -> None:
    # counted in the copy that networkx has of Zachary's matrix: 11 of 78 ties run between the two clubs of later
    found = assortativity(club, "club")
    assert (found.within, found.ties, found.unknown) == (67, 78, 0)
    assert found.coefficient == pytest.approx(nx.attribute_assortativity_coefficient(club, "club"))
    sides = {node: str(data["club"]) for node, data in club.nodes(data=True)}
    assert assortativity(club, sides, name="club") == found


def test_participation_in_the_factions_of_the_karate_club(club: nx.Graph[str]) -> None:
    factions = [{node for node in club if (club.nodes[node]["club"] == "Officer") is side} for side in (True, False)]
    found = participation_coefficients(club, factions)
    # by hand: person 1 has 15 ties in the faction and one out of it, person 3 six and four, person 12 one
    assert found["01"] == pytest.approx(1 - (15 / 16) ** 2 - (1 / 16) ** 2)
    assert found["03"] == pytest.approx(1 - 0.6**2 - 0.4**2)
    assert found["12"] == 0.0
    assert list(found) == sorted(club)
    # Guimerà and Amaral: none if there is one community, 1 - 1/k if each of k neighbours has its own
    assert set(participation_coefficients(club, [set(club)]).values()) == {0.0}
    assert participation_coefficients(club, [{node} for node in club])["01"] == pytest.approx(1 - 1 / 16)


def test_florentine_families() -> None:
    # by hand, from the drawing of the marriages of Padgett and Ansell (1993)
    found = structure(nx.florentine_families_graph())
    assert found.articulations == ("Albizzi", "Guadagni", "Medici", "Salviati")
    assert found.bridges == (
        ("Acciaiuoli", "Medici"),
        ("Albizzi", "Ginori"),
        ("Guadagni", "Lamberteschi"),
        ("Medici", "Salviati"),
        ("Pazzi", "Salviati"),
    )
    # the Pazzi reach two, the Ginori three, the Lamberteschi four
    near = two_steps(nx.florentine_families_graph())
    assert [near[name] for name in ("Pazzi", "Ginori", "Lamberteschi")] == [2, 3, 4]
    # what all fifteen reach adds up to 110
    assert found.two_steps == pytest.approx(110 / (15 * 14))


def test_southern_women_hold_together(southern_women: list[Participation]) -> None:
    # Davis, Gardner and Gardner (1941): 139 of the 153 pairs met, and Theresa met all others
    found = structure(council_council(organisation_project_graph(southern_women)))
    assert (found.articulations, found.bridges, found.two_steps) == ((), (), 1.0)


def test_assortativity_by_hand(small: list[Participation]) -> None:
    # ties of Newman's mixing matrix: one within x, two between; e_xx = 1/3, a_x = 2/3
    graph = nx.Graph([("a", "b"), ("b", "c"), ("a", "d"), ("a", "e")])
    found = assortativity(graph, {"a": "x", "b": "x", "c": "y", "d": "y", "e": ""})
    assert found.coefficient == pytest.approx((1 / 3 - 4 / 9 - 1 / 9) / (1 - 5 / 9))
    assert (found.by, found.within, found.ties, found.unknown) == ("given", 1, 3, 1)
    # councils are tied to others only
    assert assortativity(council_partner(organisation_project_graph(small)), "side").coefficient == -1.0
    unknown = assortativity(council_council(organisation_project_graph(small)), "region")
    assert unknown == Assortativity("region", None, 0, 0, 1)


def test_assortativity_that_is_not_defined() -> None:
    assert assortativity(nx.Graph(), "region") == Assortativity("region", None, 0, 0, 0)
    assert assortativity(nx.complete_graph(["a", "b", "c"]), dict.fromkeys("abc", "x")).coefficient is None


@pytest.mark.parametrize(
    ("values", "expected"),
    [([], 0.0), ([0, 0], 0.0), ([5], 0.0), ([1, 2, 3, 4], 0.25), ([0] * 9 + [1], 0.9), ([3, 1], 0.25)],
)
def test_gini_by_hand(values: list[float], expected: float) -> None:
    assert gini(values) == pytest.approx(expected)
    assert gini(reversed(values)) == gini(values)


def test_gini_is_half_the_mean_difference_by_the_mean(southern_women: list[Participation]) -> None:
    graph = organisation_project_graph(southern_women)
    events = [degree for node, degree in graph.degree if graph.nodes[node]["side"] == "organisation"]
    pairs = sum(abs(one - other) for one in events for other in events)
    assert gini(events) == pytest.approx(pairs / (2 * 18 * 89))


def test_partners_over_councils(small: list[Participation]) -> None:
    # Oldham has three partners, Rochdale two, Preston none; the trust one, the Co-op and the college two each
    found = partner_gini(council_partner(organisation_project_graph(small)))
    assert found == {"focus": pytest.approx(gini([0, 2, 3])), "partner": pytest.approx(gini([1, 2, 2]))}
    assert found["focus"] == pytest.approx(0.4)
    assert partner_gini(nx.Graph()) == {}
    with pytest.raises(NetworkError, match="a stands on no side"):
        partner_gini(nx.empty_graph(["a"]))


def test_nothing_and_little() -> None:
    assert structure(nx.Graph()) == Structure((), (), 0.0, 0.0, None)
    assert structure(nx.empty_graph(["a"])) == Structure((), (), 0.0, 0.0, None)
    assert structure(nx.empty_graph(["a", "b"])) == Structure((), (), 0.0, 0.0, None)
    assert structure(nx.path_graph(["a", "b"])) == Structure((), (("a", "b"),), 1.0, 0.0, None)
    assert participation_coefficients(nx.Graph(), []) == {}
    assert participation_coefficients(nx.empty_graph(["a"]), [["a"]]) == {"a": None}


def test_what_is_not_answered() -> None:
    with pytest.raises(NetworkError, match="b is in two communities"):
        participation_coefficients(nx.path_graph(["a", "b"]), [{"a", "b"}, {"b"}])
    with pytest.raises(NetworkError, match="in no community: b"):
        participation_coefficients(nx.path_graph(["a", "b"]), [{"a"}])
    with pytest.raises(NetworkError, match="not of -1"):
        gini([2, -1])
    with pytest.raises(NetworkError, match="tied to itself"):
        structure(nx.Graph([("a", "a")]))
    with pytest.raises(NetworkError, match="undirected"):
        assortativity(nx.DiGraph(), "region")


def test_the_order_changes_nothing(crowd: list[Participation]) -> None:
    graph = council_partner(organisation_project_graph(crowd))
    backwards: nx.Graph[str] = nx.Graph()
    backwards.add_nodes_from(reversed(list(graph.nodes(data=True))))
    backwards.add_edges_from((other, one, data) for one, other, data in reversed(list(graph.edges(data=True))))
    assert structure(backwards) == structure(graph)
    assert assortativity(backwards, "kind") == assortativity(graph, "kind")
