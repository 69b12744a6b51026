"""Locators: lines of a publication, and the IRIs of passages made of them."""

from __future__ import annotations

import contextlib
import re

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccin_graph.records.locators import Locator, parse_locator
from ccin_graph.vocabulary import BASE

LINES = st.integers(1, 9_999_999)


@pytest.mark.parametrize(
    ("text", "locator"),
    [
        ("387", Locator("own", 387, 387)),
        ("387-391", Locator("own", 387, 391)),
        ("387-387", Locator("own", 387, 387)),
        ("covid-2020:387", Locator("covid-2020", 387, 387)),
        ("covid-2020:387-391", Locator("covid-2020", 387, 391)),
        ("9999999", Locator("own", 9_999_999, 9_999_999)),
    ],
)
def test_lines_ranges_and_other_publications(text: str, locator: Locator) -> None:
    assert parse_locator(text, "own") == locator


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "is not a locator; write a line (387), a range (387-391) or publication:lines"),
        ("0", "is not a locator"),
        ("012", "is not a locator"),
        ("-5", "is not a locator"),
        ("5-", "is not a locator"),
        ("5-6-7", "is not a locator"),
        ("5–6", "is not a locator"),
        ("5, 6", "is not a locator"),
        ("22:22", None),
        ("Own:5", "is not a locator"),
        ("own: 5", "is not a locator"),
        ("own:", "is not a locator"),
        ("5.5", "is not a locator"),
        ("10000000", "is not a locator"),
        ("٣", "is not a locator"),
        ("5\n", "is not a locator"),
        ("391-387", "'391-387' ends before it begins; write 387-391"),
    ],
)
def test_what_is_no_locator(text: str, said: str | None) -> None:
    if said is None:
        # A time of day: read as line 22 of a publication called 22, which no record is.
        assert parse_locator(text, "own").publication == "22"
        return
    with pytest.raises(ValueError, match=re.escape(said)):
        parse_locator(text, "own")


def test_a_record_without_a_publication_must_name_one() -> None:
    with pytest.raises(ValueError, match="'387' does not say in which publication; write publication:387"):
        parse_locator("387", None)


def test_the_iris_of_a_passage() -> None:
    passage = Locator("covid-2020", 387, 391)
    assert passage.text == f"{BASE}publication/covid-2020/text"
    assert passage.position == "line=386,391"
    assert passage.iri == f"{BASE}publication/covid-2020/text#line=386,391"
    assert passage.selector == f"{BASE}publication/covid-2020/selector#line=386,391"


@given(st.tuples(LINES, LINES).map(sorted))
def test_a_locator_that_is_written_out_is_read_back(lines: list[int]) -> None:
    first, last = lines
    for written in (f"own:{first}-{last}", f"{first}-{last}"):
        locator = parse_locator(written, "own")
        assert (locator.first, locator.last) == (first, last)
        assert ox.NamedNode(locator.iri).value == locator.iri


@given(LINES, LINES, LINES, LINES)
def test_passages_of_different_lines_have_different_iris(a: int, b: int, c: int, d: int) -> None:
    one, other = Locator("p", min(a, b), max(a, b)), Locator("p", min(c, d), max(c, d))
    assert (one == other) == (one.iri == other.iri) == (one.selector == other.selector)


@given(st.text(max_size=20))
def test_any_text_is_a_locator_or_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        locator = parse_locator(text, "own")
        assert 1 <= locator.first <= locator.last


def test_locators_are_ordered_by_publication_then_line() -> None:
    assert sorted([Locator("b", 1, 1), Locator("a", 10, 11), Locator("a", 9, 30)]) == [
        Locator("a", 9, 30), Locator("a", 10, 11), Locator("b", 1, 1),
    ]  # fmt: skip
