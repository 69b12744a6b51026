"""Literals: taken apart, well-formed or not, and in order."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccin_graph.validate.literals import UnknownDatatype, compare, parts, well_formed
from ccin_graph.vocabulary import XSD


def typed(text: str, datatype: str) -> str:
    return f'"{text}"^^<{XSD}{datatype}>'


@given(st.text(st.characters(codec="utf-8")), st.sampled_from(["", "en", "en-gb"]))
def test_a_literal_is_taken_apart_as_it_was_written(text: str, language: str) -> None:
    literal = ox.Literal(text, language=language) if language else ox.Literal(text)
    assert parts(str(literal))[:2] == (text, language)


@pytest.mark.parametrize(
    ("datatype", "good", "bad"),
    [
        ("integer", ["0", "-12", "+0012", "9" * 5000], ["", "1.0", "one", "1e3", " 1"]),
        ("byte", ["-128", "127"], ["-129", "128", "c"]),
        ("unsignedShort", ["0", "65535"], ["-1", "65536"]),
        ("positiveInteger", ["1"], ["0", "-1"]),
        ("decimal", ["1", "1.", ".5", "-0.50"], [".", "1e3", "INF"]),
        ("double", ["1e3", "-INF", "NaN", ".5E-2"], ["inf", "e3"]),
        ("boolean", ["true", "0"], ["True", "yes", ""]),
        ("date", ["2020-02-29", "2020-02-01Z", "2020-02-01+14:00"], ["2021-02-29", "2020-2-1", "2020-02-01+15:00"]),
        ("dateTime", ["2020-02-29T24:00:00", "2020-02-29T01:02:03.5-05:00"], ["2020-02-29", "2020-02-29T25:00:00"]),
        ("hexBinary", ["", "00fF"], ["0", "0g"]),
        ("string", ["", "anything"], []),
    ],
)
def test_what_is_well_formed(datatype: str, good: list[str], bad: list[str]) -> None:
    is_right = well_formed(XSD + datatype)
    assert [text for text in good if not is_right(text)] == []
    assert [text for text in bad if is_right(text)] == []


def test_of_other_datatypes_every_text_is_right_and_of_unknown_ones_nothing_is_said() -> None:
    assert well_formed("https://example.org/Code")("anything")
    with pytest.raises(UnknownDatatype):
        well_formed(XSD + "duration")


@pytest.mark.parametrize(
    ("one", "other", "order"),
    [
        (typed("9", "integer"), typed("10", "decimal"), -1),
        (typed("1.50", "decimal"), typed("1.5", "double"), 0),
        (typed("2", "byte"), typed("1", "integer"), 1),
        (typed("NaN", "double"), typed("1", "integer"), None),
        (typed("many", "integer"), typed("1", "integer"), None),
        ('"a"', '"b"', -1),
        ('"a"@en', '"b"@en', None),
        (typed("false", "boolean"), typed("1", "boolean"), -1),
        (typed("2020-01-01", "date"), typed("2019-12-31", "date"), 1),
        (typed("2020-01-01", "date"), typed("2020-01-01T00:00:00", "dateTime"), None),
        (typed("2020-01-01T10:00:00Z", "dateTime"), typed("2020-01-01T11:00:00+01:00", "dateTime"), 0),
        (typed("2020-01-01T10:00:00Z", "dateTime"), typed("2020-01-01T11:00:00", "dateTime"), None),
        (typed("2020-01-01T10:00:00Z", "dateTime"), typed("2020-01-03T11:00:00", "dateTime"), -1),
        ("<http://example.org/>", typed("1", "integer"), None),
        ("_:b", "_:b", None),
    ],
)
def test_the_order_of_two(one: str, other: str, order: int | None) -> None:
    assert compare(one, other) == order
    assert compare(other, one) == (None if order is None else -order)


def test_an_order_that_is_not_known_is_not_guessed() -> None:
    with pytest.raises(UnknownDatatype):
        compare(typed("P1D", "duration"), typed("P2D", "duration"))
