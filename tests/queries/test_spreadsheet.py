"""The download for people: CSV in which nothing runs when a spreadsheet opens it, and numbers stay numbers."""

from __future__ import annotations

import csv
import io
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccin_graph.queries.table import Table
from ccin_graph.store import Solutions
from ccin_graph.vocabulary import BASE, XSD

if TYPE_CHECKING:
    from ccin_graph.store.interface import Term

BEGINNINGS = ("=", "+", "-", "@", "\t", "\r", "\n", "\uff1d", "\uff0b", "\uff0d", "\uff20")


def cells(*terms: Term | None) -> list[str]:
    table = Table(Solutions(tuple(f"c{place}" for place in range(len(terms))), (terms,)))
    text = table.to_spreadsheet()
    assert text.startswith("\ufeff")
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")))[1]


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_a_text_that_begins_like_a_formula_gets_an_apostrophe(beginning: str) -> None:
    text = f"{beginning}HYPERLINK(1)"
    assert cells(ox.Literal(text), ox.Literal(text, language="en"), ox.Literal(f" {text}")) == [
        f"'{text}",
        f"'{text}",
        f"' {text}",
    ]


@pytest.mark.parametrize("text", ["-5", "+5", "-2.50", "-1.5E-3"])
def test_numbers_stay_numbers_and_texts_of_digits_do_not(text: str) -> None:
    kind = "double" if "E" in text else "decimal"
    assert cells(ox.Literal(text, datatype=ox.NamedNode(XSD + kind)), ox.Literal(text)) == [text, f"'{text}"]


def test_what_calls_itself_a_number_and_is_none_is_a_text() -> None:
    assert cells(ox.Literal("=1+1", datatype=ox.NamedNode(XSD + "decimal"))) == ["'=1+1"]


def test_iris_are_short_and_harmless_texts_are_as_they_are() -> None:
    found = cells(ox.NamedNode(BASE + "organisation/preston"), ox.Literal("a=b, c"), ox.Literal("2018-04-09"), None)
    assert found == ["organisation/preston", "a=b, c", "2018-04-09", ""]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=20))
def test_no_text_begins_like_a_formula(text: str) -> None:
    (cell,) = cells(ox.Literal(text))
    assert not cell.lstrip(" ").startswith(BEGINNINGS)
    assert cell in (text, f"'{text}")


def test_the_csv_of_the_w3c_neutralises_nothing() -> None:
    assert Table(Solutions(("a",), ((ox.Literal("=1+1"),),))).to_csv() == "a\r\n=1+1\r\n"
