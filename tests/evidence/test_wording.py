"""Words that a claim needs in its lines, and words that are likely misprints."""

from __future__ import annotations

import pytest

from ccin_graph.evidence.spelling import Vocabulary, words_of
from ccin_graph.evidence.wording import hedges, names_principle


@pytest.mark.parametrize(
    ("text", "qualifier"),
    [
        ("about 40 homes", "about"),
        ("c2000 people", "about"),
        ("approaching £40m", "about"),
        ("a third of the orders", "about"),
        ("over 96,000 residents", "at-least"),
        (">90 awarded", "at-least"),
        ("1,000+ members", "at-least"),
        ("up to 12 weeks", "at-most"),
        ("fewer than ten", "at-most"),
        ("ten", "exactly"),
        ("from 30 to 55", "range"),
    ],
)
def test_a_qualifier_has_a_word_for_it(text: str, qualifier: str) -> None:
    assert hedges(text, qualifier)


@pytest.mark.parametrize("qualifier", ["about", "at-least", "at-most"])
def test_a_bare_number_has_none(qualifier: str) -> None:
    assert not hedges("The council let 96,000 residents choose.", qualifier)


@pytest.mark.parametrize(
    ("text", "label"),
    [("to be open, honest", "Openness"), ("co-producing", "Co-production"), ("a *democracy*", "Democratic")],
)
def test_a_principle_is_named_in_any_form_of_its_word(text: str, label: str) -> None:
    assert names_principle(text, label)


def test_a_principle_that_is_not_named() -> None:
    assert not names_principle("equality and solidarity", "Equity")


def test_words_are_compared_without_case_accents_and_apostrophes() -> None:
    assert words_of("Café\u2019s CO-OP") == {"cafes", "coop"}


@pytest.mark.parametrize("word", ["Counncil", "Coucnil", "Couvcil", "Concil"])
def test_one_letter_away_is_a_likely_misprint(word: str) -> None:
    assert list(Vocabulary(["Oldham Council"]).likely_misprints(f"Oldham {word}", set())) == [(word.lower(), "council")]


@pytest.mark.parametrize("name", ["Oldham Council", "Oldham's council", "Oldham Lanterns", "Oldham NHS"])
def test_known_words_and_new_ones_are_none(name: str) -> None:
    assert list(Vocabulary(["Oldham council Oldhams"]).likely_misprints(name, set())) == []
