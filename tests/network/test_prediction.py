"""Who might work with whom: scores by hand and against networkx, a split in time, and answers that say nothing."""

from __future__ import annotations

import math
import random
import subprocess
import sys
from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import Participation
from ccin_graph.network.prediction import (
    BASELINE,
    FEW,
    SCORES,
    Evaluation,
    Score,
    average_precision,
    evaluate,
    scores_of,
    suggestions,
)

if TYPE_CHECKING:
    from collections.abc import Callable

DATES = {"ex:early": "2018-04~", "ex:late": "2021"}


def test_scores_of_the_karate_club_against_networkx() -> None:
    club = nx.Graph([(f"{one + 1:02}", f"{other + 1:02}") for one, other in nx.karate_club_graph().edges])
    pairs = sorted(nx.non_edges(club))
    theirs = {
        "adamic-adar": nx.adamic_adar_index(club, pairs),
        "resource-allocation": nx.resource_allocation_index(club, pairs),
        BASELINE: nx.preferential_attachment(club, pairs),
    }
    for name, found in theirs.items():
        assert scores_of(club, pairs, name) == pytest.approx([value for *_, value in found])
    common = [float(len(set(club[one]) & set(club[other]))) for one, other in pairs]
    assert scores_of(club, pairs, "common-neighbours") == common
    # by hand: persons 1 and 34 share 9, 14, 20 and 32, who have five, five, three and six ties
    assert scores_of(club, [("01", "34")], "common-neighbours") == [4.0]
    assert scores_of(club, [("01", "34")], "resource-allocation") == pytest.approx([1 / 5 + 1 / 5 + 1 / 3 + 1 / 6])


def test_scores_by_hand() -> None:
    graph = nx.Graph([("a", "z"), ("b", "z"), ("c", "z"), ("a", "y"), ("b", "y")])
    assert scores_of(graph, [("a", "b"), ("a", "c")], "adamic-adar") == pytest.approx(
        [1 / math.log(3) + 1 / math.log(2), 1 / math.log(3)]
    )
    assert scores_of(graph, [("a", "c")], BASELINE) == [2.0]
    nx.set_node_attributes(graph, {"a": 7, "c": 3}, "took_part")
    assert scores_of(graph, [("a", "c")], BASELINE) == [21.0]
    assert scores_of(nx.Graph(), [], "adamic-adar") == []
    with pytest.raises(NetworkError, match="no score 'katz'"):
        scores_of(graph, [], "katz")
    with pytest.raises(NetworkError, match="not in the network: nobody"):
        scores_of(graph, [("a", "nobody")], BASELINE)


def test_average_precision_by_hand() -> None:
    def precision(values: list[float], came: list[int]) -> float:
        return average_precision(np.array(values, dtype=float), np.array(came, dtype=bool))

    assert precision([4, 3, 2, 1], [1, 0, 1, 0]) == pytest.approx((1 + 2 / 3) / 2)
    assert precision([4, 3, 2, 1], [0, 0, 0, 1]) == pytest.approx(1 / 4)
    assert precision([1, 1, 1, 1], [1, 0, 0, 0]) == pytest.approx(1 / 4)  # equal scores: the prevalence
    assert precision([2, 2, 1, 1], [1, 0, 1, 0]) == pytest.approx((1 / 2 + 2 / 4) / 2)
    assert precision([1, 2], [0, 0]) == 0.0
    assert precision([], []) == 0.0


@pytest.fixture
def split(participation: Callable[..., Participation]) -> list[Participation]:
    """Return councils a, b, c and affiliates x, y of an early publication, and what a late one adds.

    Early: a and the college, the college and x, b and y, c alone. Late: a and x, c and d, d new.
    """
    table = [
        ("early", "p1", "a:council college:other"),
        ("early", "p2", "college:other x:affiliate"),
        ("early", "p3", "b:council y:affiliate"),
        ("early", "p4", "c:council"),
        ("late", "p5", "a:council x:affiliate"),
        ("late", "p6", "c:council d:council z:affiliate"),
    ]
    return [
        participation(who.split(":")[0], what, kind=who.split(":")[1], publication=f"ex:{when}")
        for when, what, all_ in table
        for who in all_.split()
    ]


def test_a_split_by_hand(split: list[Participation]) -> None:
    found = evaluate(split, DATES, until="2018", resamples=50)
    # six pairs of a, b, c with x, y, of which b and y are tied; a and x came; c and z, d and z were not known
    assert (found.candidates, found.positives, found.unseen, found.prevalence) == (5, 1, 2, 1 / 5)
    values = {score.name: score.average_precision for score in found.scores}
    assert list(values) == list(SCORES)
    assert values["common-neighbours"] == values["adamic-adar"] == values["resource-allocation"] == 1.0
    assert values[BASELINE] == pytest.approx(1 / 5)  # all took part in one project
    assert not any(score.beats for score in found.scores)
    assert "5 council-affiliate pairs without a tie in publications up to 2018, 1 appear in later ones (20.00%)" in (
        found.statement
    )
    assert found.statement.endswith(
        "The degree-product baseline is not beaten. Fewer than 10 pairs came true: no score can be told from another."
    )
    councils = evaluate(split, DATES, until="2018", pairs="council-council")
    assert (councils.candidates, councils.positives, councils.unseen, councils.scores) == (3, 0, 1, ())
    assert councils.statement.endswith("Nothing can be evaluated.")


def test_what_later_publications_tell_does_not_leak(split: list[Participation]) -> None:
    changed = [row for row in split if row.publication == "ex:early" or row.project == "ex:p5"]
    one, other = evaluate(split, DATES, until="2018"), evaluate(changed, DATES, until="2018")
    assert (one.candidates, one.scores) == (other.candidates, other.scores)


def planted(closing: bool) -> list[Participation]:
    """Return a table in which pairs with a partner in common meet later, or pairs drawn at random do."""
    chance = random.Random(11)
    rows = []

    def meet(project: str, when: str, *who: str) -> None:
        for name in who:
            kind = "council" if name.startswith("c") else "other"
            rows.append(Participation(name, name, kind, project, project, "partner", True, f"ex:{when}"))

    councils = [f"c{number:02}" for number in range(40)]
    for number in range(20):  # a partner brings each council and the next together, later
        one, other = councils[2 * number], councils[2 * number + 1]
        meet(f"p{number}a", "early", one, f"o{number}")
        meet(f"p{number}b", "early", other, f"o{number}")
        met = (one, other) if closing else tuple(chance.sample(councils, 2))
        meet(f"p{number}c", "late", *met)
    return rows


def test_what_can_be_predicted_is() -> None:
    found = evaluate(planted(closing=True), DATES, until="2018", pairs="council-council", resamples=200)
    assert found.positives == 20 >= FEW
    assert [score.beats for score in found.scores] == [True, True, True, False]
    assert found.scores[0].average_precision == 1.0
    assert found.scores[-1].average_precision == pytest.approx(found.prevalence)
    assert found.scores[0].low > 0
    assert found.statement.endswith("is beaten by common-neighbours and adamic-adar and resource-allocation.")


def test_what_cannot_be_predicted_is_not() -> None:
    found = evaluate(planted(closing=False), DATES, until="2018", pairs="council-council", resamples=200)
    assert found.positives >= FEW
    assert not any(score.beats for score in found.scores)
    assert found.statement.endswith("The degree-product baseline is not beaten.")


def test_seeds_and_order() -> None:
    rows = planted(closing=True)
    mixed = list(rows)
    random.Random(3).shuffle(mixed)
    first = evaluate(rows, DATES, until="2018", pairs="council-council", resamples=50)
    assert evaluate(mixed, DATES, until="2018", pairs="council-council", resamples=50) == first
    assert suggestions(mixed, pairs="council-council") == suggestions(rows, pairs="council-council")
    other = evaluate(rows, DATES, until="2018", pairs="council-council", resamples=50, seed=1)
    assert (other.prevalence, other.scores[0].average_precision) == (first.prevalence, 1.0)


def test_suggestions_and_their_reasons(participation: Callable[..., Participation]) -> None:
    table = [("a", "council", "p"), ("college", "other", "p"), ("college", "other", "q"), ("x", "affiliate", "q")]
    table += [("b", "council", "r"), ("college", "other", "r"), ("lonely", "affiliate", "s")]
    rows = [
        participation(who, what, kind=kind, **({"region": "Wales"} if who in "abx" else {}))
        for who, kind, what in table
    ]
    themes = {"ex:b": ["food", "health", "food"], "ex:x": ["health", "food", "housing"], "ex:a": ["transport"]}
    first, second = suggestions(rows, themes=themes)
    assert (first.rank, first.one, first.other, first.score) == (1, "ex:b", "ex:x", round(1 / 3, 12))
    assert (second.rank, second.one, second.shared_themes) == (1, "ex:a", ())
    assert first.common_partners == ("ex:college",)
    assert first.projects == ("ex:q", "ex:r")
    assert first.reasons == ("1 organisation worked with both", "both work on food, health", "both are in Wales")
    assert (first.one_label, first.other_label) == ("B", "X")
    assert len(suggestions(rows, most=1)) == 1
    assert suggestions(rows, most=0) == []
    (pair,) = suggestions(rows, pairs="council-council", score="common-neighbours")
    assert (pair.one, pair.other, pair.score, pair.region) == ("ex:a", "ex:b", 1.0, "Wales")
    product = suggestions(rows, score=BASELINE)
    assert len(product) == 4  # the lonely one too: it took part in something
    assert product[-1].reasons == ()


def test_nothing_and_little(participation: Callable[..., Participation]) -> None:
    assert suggestions([]) == []
    assert evaluate([], DATES, until="2018") == Evaluation("council-affiliate", "2018", 0, 0, 0, 0.0, (), 20210821)
    late = evaluate([participation("a", "p", publication="ex:late")], DATES, until="2018")
    assert (late.candidates, late.unseen) == (0, 0)


def test_every_pair_came() -> None:
    rows = [
        Participation(who, who, kind, project, project, "partner", True, f"ex:{when}")
        for who, kind, project, when in [
            ("a", "council", "p", "early"),
            ("x", "affiliate", "q", "early"),
            ("a", "council", "r", "late"),
            ("x", "affiliate", "r", "late"),
        ]
    ]
    found = evaluate(rows, DATES, until="2018", resamples=5)
    assert (found.candidates, found.positives, found.prevalence) == (1, 1, 1.0)
    assert set(found.scores) == {Score(name, 1.0, 0.0, 0.0, False) for name in SCORES}


def test_what_is_not_answered(split: list[Participation]) -> None:
    with pytest.raises(NetworkError, match=r"no pairs 'all'. Pairs are council-affiliate, council-council"):
        evaluate(split, DATES, until="2018", pairs="all")
    with pytest.raises(NetworkError, match="no pairs 'all'"):
        suggestions(split, pairs="all")
    with pytest.raises(NetworkError, match="no date is given for ex:early"):
        evaluate(split, {}, until="2018")
    with pytest.raises(NetworkError, match="'then' is no date"):
        evaluate(split, DATES, until="then")
    with pytest.raises(NetworkError, match="0 resamples"):
        evaluate(split, DATES, until="2018", resamples=0)


SCRIPT = """
from ccin_graph.network import Participation, evaluate, suggestions
rows = {Participation(f"c{who}", f"C {who}", "council" if who % 3 else "affiliate", f"p{what}", f"P {what}", "lead",
                      True, "ex:early" if what < 12 else "ex:late")
        for what in range(30) for who in {what % 7, what % 11 + 3, what % 13}}
print(evaluate(rows, {"ex:early": "2018", "ex:late": "2021"}, until="2018", resamples=50))
print(suggestions(rows, pairs="council-council", score="adamic-adar", themes={f"c{n}": {"a", "b"} for n in range(9)}))
"""


def test_the_same_whatever_the_hash_seed() -> None:
    done = [
        subprocess.run(
            [sys.executable, "-W", "error", "-c", SCRIPT],
            env={"PYTHONHASHSEED": seed, "PATH": ""},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert done[0] == done[1]
    assert b"Score(" in done[0]
    assert b"Suggestion(" in done[0]
