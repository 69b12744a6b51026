"""Analyses as runs, by hand on a small table: what becomes a row, what is said of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import Tables, null_models, organisation_project_graph
from ccin_graph.network.analyses import broken, changed, grouped, measured, network, predicted, ranked, validated

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.network import Participation, Run


def rows(run: Run, name: str) -> list[dict[str, Any]]:
    result = run.result(name)
    return [dict(zip([column.name for column in result.columns], row, strict=True)) for row in result.rows]


@pytest.fixture
def told(participation: Callable[..., Participation]) -> Tables:
    """Return what two booklets tell: food in 2018, homes and garden in 2021, all with the Co-op."""
    first, second = {"publication": "ex:2018"}, {"publication": "ex:2021"}
    return Tables(
        [
            participation("oldham", "food", "Lead", "council", region="North West", **first),
            participation("rochdale", "food", "Partner", "council", region="North West", **first),
            participation("co-op", "food", "Delivery", "affiliate", **first),
            participation("luton", "homes", "Lead", "council", region="East of England", **second),
            participation("co-op", "homes", "Delivery", "affiliate", **second),
            participation("oldham", "garden", "Lead", "council", region="North West", **second),
            participation("co-op", "garden", "Delivery", "affiliate", **second),
            participation("bank", "garden", "Funding", working=False, **second),
        ],
        subjects={"theme": [("ex:food", "ex:eating"), ("ex:homes", "ex:housing")], "principle": []},
        attributes={"type": {"ex:oldham": "Borough", "ex:rochdale": "Borough"}, "category": {}},
        labels={"ex:eating": "Eating", "ex:housing": "Housing"},
        dates={"ex:2018": "2018", "ex:2021": "2021"},
        titles={"ex:2018": "First", "ex:2021": "Second"},
    )


def test_a_network_knows_nation_and_type_of_its_nodes(told: Tables) -> None:
    graph = network(told, "council-council")
    assert graph.nodes["ex:oldham"] == {
        "label": "Oldham",
        "kind": "council",
        "side": "organisation",
        "categories": (),
        "region": "North West",
        "nation": "England",
        "type": "Borough",
    }
    with pytest.raises(NetworkError, match="no network 'hairball'"):
        network(told, "hairball")


def test_measures_and_figures_of_the_whole(told: Tables) -> None:
    run = measured(network(told, "council-affiliate"), "council-affiliate")
    found = {row["label"]: row for row in rows(run, "measures")}
    assert [found["Co-Op"][name] for name in ("rank", "degree", "strength", "projects")] == [1, 3, 4, 3]
    assert (found["Oldham"]["strength"], found["Oldham"]["region"]) == (2, "North West")
    figures = {row["figure"]: row["value"] for row in rows(run, "networks")}
    assert (figures["nodes"], figures["ties"], figures["density"], figures["gini-of-focus"]) == (4, 3, 1, 0)
    assert "assortativity-region" not in figures


def test_communities_are_named_after_what_their_members_have(told: Tables) -> None:
    graph = network(told, "council-council")
    run, found = grouped(told, graph, "council-council", runs=10)
    assert found.members == {"ex:oldham": 1, "ex:rochdale": 1, "ex:luton": 2}
    (label,) = rows(run, "community-labels")
    assert (label["size"], label["stability"], label["members"]) == (2, 1.0, ("Oldham", "Rochdale"))
    assert label["traits"] == "North West (2 of 2) · Eating (2 of 2)"
    assert {row["attribute"]: row["nodes"] for row in rows(run, "agreement")} == {"region": 2, "nation": 2}
    assert "10 runs" in run.methods
    assert run.parameters["runs"] == 10


def test_ranks_name_the_document_that_they_rest_on(told: Tables) -> None:
    found = {row["label"]: row for row in rows(ranked(told, "councils-by-affiliates", replicates=50), "ranks")}
    # without the second booklet luton has no affiliate, and without the first rochdale
    assert (found["Luton"]["depends_on"], found["Luton"]["depends_value"]) == ("ex:2021", 0)
    assert (found["Rochdale"]["depends_on"], found["Rochdale"]["depends_value"]) == ("ex:2018", 0)
    with pytest.raises(NetworkError, match="no ranking 'everybody'"):
        ranked(told, "everybody")


def test_change_is_told_tie_by_tie(told: Tables) -> None:
    run = changed(told, "council-affiliate")
    assert [(row["joined"], row["new_ties"], row["deepened"]) for row in rows(run, "change")] == [(3, 2, 0), (1, 1, 1)]
    ties = {(row["oneLabel"], row["otherLabel"]): row["change"] for row in rows(run, "change-ties")[2:]}
    assert ties == {("Co-Op", "Luton"): "new", ("Co-Op", "Oldham"): "deepened"}
    assert [row["label"] for row in rows(run, "change-nodes") if row["change"] == "dropped"] == ["Rochdale"]
    with pytest.raises(NetworkError, match="no network of joint work"):
        changed(told, "council-theme")


def test_suggestions_come_with_reasons_and_with_what_they_are_worth(told: Tables) -> None:
    run = predicted(told, "council-council", until="2018")
    best = rows(run, "suggestions")[0]
    assert (best["oneLabel"], best["otherLabel"], best["partners"], best["same_region"]) == (
        "Luton",
        "Oldham",
        1,
        False,
    )
    assert best["reasons"] == ("1 organisation worked with both",)
    assert best["projects"] == ("ex:food", "ex:garden", "ex:homes")
    assert "Nothing can be evaluated" in run.finding


def test_what_breaks_when_somebody_leaves(told: Tables) -> None:
    found = {(row["case"], row["label"]): row for row in rows(broken(told, runs=3), "robustness")}
    alone = found["leaves", "Co-Op"]
    assert (alone["stay"], alone["largest_before"], alone["largest_after"], alone["cut_off"]) == (3, 3, 2, 1)
    bank = found["leaves with its projects", "Bank"]
    assert (bank["projects_fallen"], bank["stay"]) == (1, 4)
    assert ("leave", "All affiliates (1)") in found


def test_a_backbone_of_too_little_is_empty_and_says_so(told: Tables) -> None:
    pytest.importorskip("bicm", reason="null models need bicm")
    models = null_models(organisation_project_graph(told.participations), samples=200)
    run, graph = validated(told, "council-affiliate", models=models)
    assert graph.number_of_edges() == 0
    assert run.finding.startswith("None of 3 ties is more than chance")
    assert run.parameters["survivors"] == 0
    assert {row["projects"] for row in rows(run, "backbone")} == {("ex:food",), ("ex:homes",), ("ex:food", "ex:garden")}
