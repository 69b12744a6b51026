"""Bodies that may be one are found, and those that must stay apart are not suggested."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccin_graph.identities.candidates import LIKELY, Body, possible_pairs
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable

    Maker = Callable[..., Body]

LOCAL = {BASE + "organisation-type/local-council"}


def likely(*bodies: Body, projects: bool = False) -> list[tuple[str, str]]:
    """Return the slugs of the likely pairs."""
    pairs = [pair for pair in possible_pairs(bodies, projects=projects) if pair.likely]
    return [(pair.one.iri.rpartition("/")[2], pair.other.iri.rpartition("/")[2]) for pair in pairs]


@pytest.mark.parametrize(
    ("one", "other", "why"),
    [
        pytest.param("Hull City Council", "Hull Council", "same name but for its form", id="form"),
        pytest.param("Peopletoo", "People Too", "same name but for its form", id="letters"),
        pytest.param("Tower Hamlets Council for Voluntary Service", "THCVS", "initials", id="initials"),
        pytest.param("EY", "Ernst & Young", "initials", id="two initials"),
        pytest.param("Rochdale Economic Support Network", "ESN", "last initials", id="initials without the place"),
        pytest.param("Clipper", "Clipper Logistics", "one name in the other", id="contained"),
        pytest.param("Powers to Change", "Power to Change", "names alike", id="misspelt"),
        pytest.param("Demos", "Demos", "same name: Demos", id="same"),
    ],
)
def test_likely_by_name(body: Maker, one: str, other: str, why: str) -> None:
    """Every kind of likeness is found, and said."""
    (pair,) = possible_pairs([body("b", other), body("a", one), body("c", "Shelter"), body("d", "Age UK")])
    assert pair.iris == (BASE + "organisation/a", BASE + "organisation/b")
    assert pair.likely
    assert pair.reasons[0].startswith(why)


def test_any_of_the_names_counts(body: Maker) -> None:
    """An alias or a misprint brings two together."""
    assert likely(body("ey", "EY", "Ernst & Young"), body("other", "Audit of Things", "Ernst and Young Ltd"))


def test_likely_by_area_and_identifier(body: Maker) -> None:
    """Two records of one area, or with one number, are likely one whatever they are called."""
    area, number = {"http://example.org/E06000010"}, {"RC000123"}
    pairs = possible_pairs(
        [
            body("hull", "Hull City Council", kind="Council", areas=area, identifiers=number),
            body("kingston", "Kingston", kind="Council", areas=area, identifiers=number),
        ]
    )
    assert [pair.reasons for pair in pairs] == [("same area http://example.org/E06000010", "same identifier RC000123")]


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        pytest.param(
            {"names": ["Medway Council"], "kind": "Council"},
            {"names": ["Medway Council (Labour Group)", "Medway Council"], "kind": "PoliticalGroup"},
            "a political group is not its council",
            id="council and group",
        ),
        pytest.param(
            {"names": ["Labour Group"], "kind": "PoliticalGroup", "related": ("oldham",)},
            {"names": ["Labour Group"], "kind": "PoliticalGroup", "related": ("medway",)},
            "groups of two councils",
            id="two groups",
        ),
        pytest.param(
            {"names": ["Witney Town Council", "Witney Council"], "kind": "Council", "forms": LOCAL},
            {"names": ["Witney Council"], "kind": "Council"},
            "a local council is not the council around it",
            id="town and district",
        ),
        pytest.param(
            {"names": ["Somerset Council"], "kind": "Council", "areas": {"http://example.org/1"}},
            {"names": ["Somerset County Council"], "kind": "Council", "areas": {"http://example.org/2"}},
            "councils of two areas",
            id="two areas",
        ),
        pytest.param(
            {"names": ["Jobcentre Plus"]},
            {"names": ["Jobcentre Plus Ltd"], "related": ("a",)},
            "a record ties one to the other",
            id="part of",
        ),
    ],
)
def test_kept_apart(body: Maker, one: dict[str, object], other: dict[str, object], rule: str) -> None:
    """Who must stay apart is found and marked, and is not likely."""
    bodies = [body(slug, *given.pop("names"), **given) for slug, given in (("a", {**one}), ("b", {**other}))]  # type: ignore[misc]
    (pair,) = possible_pairs(bodies)
    assert pair.degree >= LIKELY
    assert (pair.apart, pair.likely) == (rule, False)


def test_two_local_councils_and_two_groups_of_one_council_may_be_one(body: Maker) -> None:
    """The rules keep apart no more than they should."""
    town = {"kind": "Council", "forms": LOCAL}
    group = {"kind": "PoliticalGroup", "related": ("york",)}
    assert likely(body("a", "Witney Town Council", **town), body("b", "The Witney Town Council", **town))
    assert likely(body("a", "York Labour Group", **group), body("b", "York Labor Group", **group))


def test_a_place_in_a_name_is_not_its_council(body: Maker) -> None:
    """What is called after a borough is not the borough."""
    assert not likely(
        body("torbay", "Torbay Council", "Torbay", kind="Council"),
        body("torbay-food-alliance", "Torbay Food Alliance"),
    )


def test_projects_are_compared_only_among_themselves(body: Maker) -> None:
    """An organisation and a project of one name are two things, and projects are compared on demand."""
    bodies = [
        body("a", "Bristol Is Open"),
        body("b", "Bristol Is Open", kind="Project"),
        body("c", "Bristol is open", kind="Project"),
    ]
    assert likely(*bodies) == []
    assert likely(*bodies, projects=True) == [("b", "c")]


def test_nothing_to_compare(body: Maker) -> None:
    """No body, one body, and bodies without a name."""
    assert possible_pairs([]) == []
    assert possible_pairs([body("a", "Demos")]) == []
    assert possible_pairs([body("a", "!!"), body("b", "??"), body("c")]) == []


@given(st.randoms(use_true_random=False))
def test_order_does_not_matter(body: Maker, chance: random.Random) -> None:
    """The pairs, their degrees and reasons follow from the bodies alone."""
    bodies = crowd(body, 40)
    shuffled = chance.sample(bodies, len(bodies))
    assert [(pair.iris, pair.degree, pair.reasons) for pair in possible_pairs(shuffled)] == [
        (pair.iris, pair.degree, pair.reasons) for pair in possible_pairs(bodies)
    ]


def crowd(body: Maker, count: int) -> list[Body]:
    """Return made-up bodies, every tenth of which is another under a misspelt name."""
    chance = random.Random(20210821)
    places = [
        f"{start}{end}" for start in ("Ash", "Birch", "Cald", "Emb", "Fenn", "Holm") for end in ("ford", "dale", "by")
    ]
    nouns = ["Housing Association", "Food Bank", "Community Trust", "Advice Centre", "Youth Network", "Credit Union"]
    starts = ["bra", "cla", "dor", "eng", "fol", "gri", "hab", "jes", "kim", "lun", "mar", "nor", "pel", "qui", "ros"]
    syllables = ["ka", "lo", "mir", "ten", "dra", "vos", "su", "bin", "wey", "tha", "go", "zel"]
    bodies: list[Body] = []
    for number in range(count):
        if number % 10 == 9:
            name = bodies[-1].label
            middle = len(name) // 2
            bodies.append(body(f"b{number}", name[:middle] + name[middle + 1 :]))
            continue
        made = "".join((chance.choice(starts), *chance.sample(syllables, 2))).title()
        bodies.append(body(f"b{number}", f"{chance.choice(places)} {made} {chance.choice(nouns)}", f"{made} Group"))
    return bodies


def test_a_thousand_bodies_in_two_seconds(body: Maker) -> None:
    """The blocking keeps the comparison far from every pair, and loses few misspellings."""
    bodies = crowd(body, 1000)
    start = time.perf_counter()
    pairs = possible_pairs(bodies)
    assert time.perf_counter() - start < 2
    found = {pair.iris for pair in pairs if pair.likely}
    wanted = {tuple(sorted((bodies[number - 1].iri, bodies[number].iri))) for number in range(9, 1000, 10)}
    assert len(wanted & found) >= 90
