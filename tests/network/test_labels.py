"""Short names, and where they fit."""

from __future__ import annotations

import random

import pytest

from ccin_graph.network import short_name
from ccin_graph.network.labels import LONGEST, Box, Wish, fit, short_names


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("London Borough of Barking and Dagenham", "Barking and Dagenham"),
        ("The Royal Borough of Greenwich", "Greenwich"),
        ("Royal Borough of Kensington and Chelsea", "Kensington and Chelsea"),
        ("Metropolitan Borough of Wirral", "Wirral"),
        ("Rochdale Borough Council", "Rochdale"),
        ("Oldham Metropolitan Borough Council", "Oldham"),
        ("Plymouth City Council", "Plymouth"),
        ("City of York Council", "York"),
        ("City of Edinburgh Council", "Edinburgh"),
        ("Caerphilly County Borough Council", "Caerphilly"),
        ("City and County of Swansea Council", "City and County of Swansea"),
        ("Telford & Wrekin Council", "Telford & Wrekin"),
        ("Glasgow City Council", "Glasgow"),
        ("Kirklees", "Kirklees"),
        ("Kettering Town Council", "Kettering Town Council"),
        ("Cwmbran Community Council", "Cwmbran Community Council"),
        ("Sheffield City Region Mayoral Combined Authority", "Sheffield City Region Mayoral…"),
        ("Council", "Council"),
    ],
)
def test_councils(label: str, short: str) -> None:
    assert short_name(label, "council") == short
    assert len(short) <= LONGEST


@pytest.mark.parametrize(
    ("label", "short"),
    [
        ("Arts Council", "Arts Council"),
        ("Mutual Ventures Ltd", "Mutual Ventures"),
        ("Stir to Action, CIC", "Stir to Action"),
        ("Ltd", "Ltd"),
        ("Plymouth Social Enterprise Network – the whole of it", "Plymouth Social Enterprise…"),
        ("A" * 40, "A" * 29 + "…"),
    ],
)
def test_others(label: str, short: str) -> None:
    assert short_name(label, "other") == short


def test_names_that_would_be_the_same_stay_whole() -> None:
    names = {
        "a": ("Kettering Borough Council", "council"),
        "b": ("Kettering", "other"),
        "c": ("Oldham Council", "council"),
    }
    assert short_names(names) == {"a": "Kettering Borough Council", "b": "Kettering", "c": "Oldham"}


def overlap(one: Box, other: Box) -> bool:
    """Tell whether two boxes overlap."""
    return one.left < other.right and other.left < one.right and one.bottom < other.top and other.bottom < one.top


@pytest.mark.parametrize("seed", range(5))
def test_names_never_overlap_nor_leave_the_page(seed: int) -> None:
    chance = random.Random(seed)
    page = Box(0, 0, 400, 300)
    circles = [(chance.uniform(0, 400), chance.uniform(0, 300), chance.uniform(2, 15)) for _ in range(80)]
    wishes = [Wish(str(i), circle, (chance.uniform(20, 120), 10), 3.0) for i, circle in enumerate(circles)]
    boxes = fit(wishes, circles, page)
    assert 10 < len(boxes) < 80
    for box in boxes.values():
        assert box.left >= 0
        assert box.bottom >= 0
        assert box.right <= 400
        assert box.top <= 300
    placed = list(boxes.values())
    assert not any(overlap(placed[i], placed[j]) for i in range(len(placed)) for j in range(i))


def test_a_name_stands_beside_its_circle_not_on_it() -> None:
    box = fit([Wish("a", (50, 50, 5), (40, 10))], [(50, 50, 5)], Box(0, 0, 100, 100))["a"]
    assert box.top <= 45
    assert (box.left + box.right) / 2 == 50


def test_a_name_makes_way_for_other_circles() -> None:
    circles = [(50.0, 50.0, 5.0), (50.0, 36.0, 5.0), (50.0, 64.0, 5.0)]
    box = fit([Wish("a", (50, 50, 5), (30, 8))], circles, Box(0, 0, 100, 100))["a"]
    assert box.left > 55 or box.right < 45


def test_a_name_without_room_is_left_out() -> None:
    wish = Wish("a", (50, 50, 5), (200, 10))
    assert fit([wish], [(50, 50, 5)], Box(0, 0, 100, 100)) == {}
    crowded = [(float(x), float(y), 5.0) for x in range(0, 101, 10) for y in range(0, 101, 10)]
    assert fit([wish._replace(extent=(40, 10))], crowded, Box(0, 0, 100, 100)) == {}
