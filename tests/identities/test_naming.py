"""Names of one body are equal in the form that identifies, and names of two are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccin_graph.identities.naming import Name, likeness, normalised

WORDS = st.lists(
    st.sampled_from(["oldham", "food", "network", "trust", "preston", "housing", "advice", "mind", "water"]),
    min_size=1,
    max_size=5,
)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("POSSABILITIES", "PossAbilities CIC", id="case and legal form"),
        pytest.param("Oxygen Finance Limited", "Oxygen Finance Ltd", id="two legal forms"),
        pytest.param("Bishopwearmouth Co-op", "Bishopwearmouth Cooperative Community Interest Company", id="co-op"),
        pytest.param("Devon & Plymouth Chamber of Commerce", "Devon and Plymouth Chamber of Commerce", id="ampersand"),
        pytest.param("The Trussell Trust", "Trussell Trust", id="the"),
        pytest.param("Morrison's", "Morrisons", id="apostrophe"),
        pytest.param("Esmée Fairbairn Foundation", "Esmee Fairbairn Foundation", id="accent"),
        pytest.param("University of Leeds", "Leeds University", id="order"),
        pytest.param("NHS Bassetlaw Clinical Commissioning Group", "Bassetlaw CCG", id="CCG"),
        pytest.param("Salford NHS Clinical Commissioning Group", "NHS Salford CCG", id="CCG, NHS inside"),
        pytest.param("Bassetlaw Food Bank", "Bassetlaw Foodbank", id="food bank"),
        pytest.param("South Tyneside Citizens' Advice Bureau", "Citizens Advice South Tyneside", id="bureau"),
        pytest.param("York CAB", "Citizens Advice York", id="CAB"),
        pytest.param("Tower Hamlets CVS", "Tower Hamlets Council for Voluntary Service", id="CVS"),
        pytest.param("London Borough of Lambeth", "Lambeth Council", id="London borough"),
        pytest.param("LB Lambeth", "London Borough of Lambeth", id="LB"),
        pytest.param("Royal Borough of Greenwich", "Greenwich Council", id="royal borough"),
        pytest.param("City of Cardiff Council", "Cardiff City Council", id="city of"),
        pytest.param("City and County of Swansea", "Swansea Council", id="city and county of"),
        pytest.param("City of Bradford Metropolitan District Council", "Bradford Council", id="city of, district"),
        pytest.param("Oldham Metropolitan Borough Council", "Oldham MBC", id="metropolitan borough"),
        pytest.param("Telford & Wrekin Council", "Borough of Telford and Wrekin", id="two places"),
        pytest.param("Municipality of Kavala", "Kavala Council", id="municipality"),
    ],
)
def test_names_of_one_body_are_equal(one: str, other: str) -> None:
    """Nothing but the form is different."""
    assert Name.of(one).key == Name.of(other).key


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("Winsford Town Council", "Winsford Council", id="town council"),
        pytest.param("Seaton Community Council", "Seaton Council", id="community council"),
        pytest.param("Dordon Parish Council", "Dordon Council", id="parish council"),
        pytest.param("Edinburgh City Council (Labour & Co-op Group)", "City of Edinburgh Council", id="group"),
        pytest.param("Nottingham City Council", "Nottinghamshire County Council", id="city and county"),
        pytest.param("Oldham Mosque Council", "Oldham Council", id="a council of something else"),
        pytest.param("Citizens Advice York", "Citizens Advice", id="branch"),
        pytest.param("Newcastle City Council", "Newcastle-under-Lyme Borough Council", id="two Newcastles"),
    ],
)
def test_names_of_two_bodies_differ(one: str, other: str) -> None:
    """What tells two bodies apart is left."""
    assert Name.of(one).key != Name.of(other).key


@pytest.mark.parametrize("text", ["", "!!", "The", "Ltd", "City Council", "CIC CIC"])
def test_any_text_is_a_name(text: str) -> None:
    """A name without anything that identifies is no error."""
    assert likeness(Name.of(text), Name.of(text), {}) in (0.0, 1.0)


@given(st.text(max_size=40))
def test_any_text_can_be_normalised(text: str) -> None:
    """Names come from people."""
    assert normalised(text) == " ".join(normalised(text).split())


@given(WORDS, st.booleans(), st.sampled_from(["", " Ltd", " CIC", " Limited", " Community Interest Company"]))
def test_form_does_not_matter(words: list[str], the: bool, legal_form: str) -> None:
    """Article, capitals and legal form change nothing."""
    plain = " ".join(words)
    assert Name.of(f"{'The ' if the else ''}{plain.title()}{legal_form}").key == Name.of(plain).key


@given(WORDS, WORDS)
def test_likeness_is_symmetric_and_bounded(one: list[str], other: list[str]) -> None:
    """Words that are equal or not at all alike count the same from both sides."""
    left, right = Name.of(" ".join(one)), Name.of(" ".join(other))
    assert likeness(left, right, {}) == pytest.approx(likeness(right, left, {}))
    assert 0 <= likeness(left, right, {}) <= 1
    assert likeness(left, left, {}) == pytest.approx(1)


@given(st.text(max_size=30), st.text(max_size=30))
def test_likeness_of_any_two_texts_is_a_share(one: str, other: str) -> None:
    """Never more than all."""
    assert 0 <= likeness(Name.of(one), Name.of(other), {}) <= 1 + 1e-9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Strettham Mums", "Streatham Mums"),
        ("Powers to Change", "Power to Change"),
        ("Oldham Partnershp", "Oldham Partnership"),
    ],
)
def test_misspellings_are_alike(one: str, other: str) -> None:
    """A letter more or less does not part two names."""
    assert likeness(Name.of(one), Name.of(other), {}) > 0.9


def test_rare_words_tell_more() -> None:
    """Two bodies that share only what many have are not alike."""
    weights = {"gentoo": 5.0, "keepmoat": 5.0, "group": 1.0}
    assert likeness(Name.of("Gentoo"), Name.of("Gentoo Group"), weights) > 0.9
    assert likeness(Name.of("Keepmoat Group"), Name.of("Gentoo Group"), weights) < 0.2
