"""Names are found however they are printed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccin_graph.evidence.folding import contains, fold, without_markup

NETWORK = "Co-operative Councils' Innovation Network"


@pytest.mark.parametrize(
    ("printed", "as_if"),
    [
        pytest.param("CARDIFF Council", "Cardiff Council", id="case"),
        pytest.param("Stra\u00dfe", "STRASSE", id="casefold"),
        pytest.param("**Steve Reed** OBE MP", "Steve Reed OBE MP", id="bold"),
        pytest.param("_Volunteer Manager_", "Volunteer Manager", id="emphasis"),
        pytest.param("## The Preston Model", "The Preston Model", id="heading"),
        pytest.param("@STyne\\_Council", "@styne_council", id="escaped underscore"),
        pytest.param("[@SteveReed](https://twitter.com/@SteveReed)", "@SteveReed", id="link"),
        pytest.param("the <u>development of Airdrie</u>", "the development of Airdrie", id="tag"),
        pytest.param("Hull<br>City", "Hull City", id="tag that parts words"),
        pytest.param("2<sup>nd</sup> October", "2nd October", id="raised ordinal"),
        pytest.param("Manchester<sup>2</sup> shows", "Manchester shows", id="footnote tag"),
        pytest.param("Transfer Network\u00b9.", "Transfer Network.", id="footnote mark"),
        pytest.param(r"over  $\mathfrak{L}1.5m$ . These", "over £1.5m . These", id="LaTeX pound"),
        pytest.param(r"$\mathfrak{L}10,000$ per Ward", "£10,000 per ward", id="LaTeX thousands"),
        pytest.param(r"\pounds 5", "£ 5", id="LaTeX pounds"),
        pytest.param(r"Telford \& Wrekin", "Telford and Wrekin", id="escaped ampersand"),
        pytest.param("Telford &amp; Wrekin", "Telford & Wrekin", id="entity"),
        pytest.param("R&D", "R and D", id="ampersand without blanks"),
        pytest.param("Co-operative", "Cooperative", id="hyphen"),
        pytest.param("co-\noperative", "co-operative", id="hyphen at the end of a line"),
        pytest.param("co-\n\noperatives", "cooperatives", id="hyphen before an empty line"),
        pytest.param("co\noperative", "co-operative", id="hyphen lost at the end of a line"),
        pytest.param("develop- \nment", "development", id="word broken at the end of a line"),
        pytest.param("develop\u00ad\nment", "development", id="soft hyphen at the end of a line"),
        pytest.param("develop\u00adment", "development", id="soft hyphen"),
        pytest.param("purchase-topay", "purchase-to-pay", id="hyphen lost inside a line"),
        pytest.param("Covid\u201119", "Covid-19", id="non-breaking hyphen"),
        pytest.param("pre- and post-16", "pre and post-16", id="dangling hyphen"),
        pytest.param("Recovery \u2013 *Cardiff Council*", "Recovery - Cardiff Council", id="dash"),
        pytest.param("Hub\u2014Brent", "Hub \u2013 Brent", id="long dash"),
        pytest.param("Councils\u2019 Network", "Councils' Network", id="curly apostrophe"),
        pytest.param("\u2018Click and Collect\u2019 shop", '"Click and Collect" shop', id="quotation marks"),
        pytest.param("City\u00a0of  York\t Council", "City of York Council", id="blanks"),
        pytest.param("Plymouth\n\nCity   \nCouncil", "Plymouth City Council", id="line ends"),
        pytest.param("Mondrag\u00f3n, Caf\u00e9", "Mondragon, cafe", id="accents"),
        pytest.param("O\ufb03ce of Pro\ufb01t", "Office of Profit", id="ligatures"),
        pytest.param("\u2022 Hull\u200bCity", "HullCity", id="bullet and zero width"),
    ],
)
def test_fold_makes_equal(printed: str, as_if: str) -> None:
    """Two printings of one text fold to the same form."""
    assert fold(printed) == fold(as_if)


@pytest.mark.parametrize(
    ("one", "other"),
    [("council", "councils"), ("£5", "$5"), ("Oldham", "Oldland"), ("we're", "were"), ("E3M", "E M")],
)
def test_fold_keeps_apart(one: str, other: str) -> None:
    """What differs in a letter, a figure or a currency stays different."""
    assert fold(one) != fold(other)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        pytest.param(f"of the {NETWORK} (CCIN)", "CCIN", id="in brackets"),
        pytest.param("The Co-\noperative Councils\u2019 Innovation \nNetwork", NETWORK, id="over lines"),
        pytest.param("the Cooperative Councils Innovation Network", NETWORK, id="no hyphen, no apostrophe"),
        pytest.param("the Council's team", "Council", id="possessive"),
        pytest.param("the Councils\u2019 team", "councils", id="possessive plural"),
        pytest.param("hosted by Cardiff-based Yoello", "Cardiff", id="before a hyphen"),
        pytest.param("19 Labour-led authorities", "Labour", id="led by"),
        pytest.param("a community-\n\ncontrolled body", "community controlled", id="broken compound"),
        pytest.param("in Stratford upon Avon", "Stratford-upon-Avon", id="hyphens in the name alone"),
        pytest.param("in Stratford-upon-Avon", "Stratford upon Avon", id="hyphens in the text alone"),
        pytest.param("our wonderful develop-\nment team", "development team", id="broken word"),
        pytest.param("Contact:\t**Fiona Gibson**", "Fiona Gibson", id="table cell"),
        pytest.param("Telford & Wrekin's hub", "Telford and Wrekin", id="ampersand and possessive"),
        pytest.param("in the Covid 19 lockdown", "Covid-19", id="blank for a hyphen"),
        pytest.param("councils, then a council", "council", id="second place fits"),
    ],
)
def test_contains(text: str, phrase: str) -> None:
    """A name is found at word boundaries."""
    assert contains(text, phrase)


@pytest.mark.parametrize(
    ("text", "phrase"),
    [
        pytest.param("eleven councils", "council", id="inside a longer word"),
        pytest.param("Bristolian", "Bristol", id="beginning of a word"),
        pytest.param("co-operative bank", "operative", id="half of co-operative"),
        pytest.param("a key partner", "EY", id="end of a word"),
        pytest.param("in E3M2", "E3M", id="before a figure"),
        pytest.param("Cardiff. Council", "Cardiff Council", id="across a full stop"),
        pytest.param("anything", "", id="empty"),
        pytest.param("a - b", "**\u2013**", id="nothing but marks"),
    ],
)
def test_contains_not(text: str, phrase: str) -> None:
    """A part of a word, or nothing at all, is no name."""
    assert not contains(text, phrase)


def test_markup_in_place_keeps_every_position() -> None:
    """In place, blanks fill up and what is left stands where it stood."""
    text = r"for $\mathfrak{L}1.5m$ in **two** [wards](https://a.b), 500m<sup>2</sup> on 2<sup>nd</sup> May"
    bare = without_markup(text, in_place=True)
    assert len(bare) == len(text)
    assert all(bare.index(word) == text.index(word) for word in ("1.5m", "two", "wards", "500m", "May"))
    assert "£1.5m " in bare
    assert "500m\u00b2 " in bare
    assert "2nd " in bare


_SIGNS = "abC oOp-\n'\"&*_#<>/[]()$\\{}L\u00ad\u2019\u2013\u2014\u00e9\u0130\ufb012;"
_PRINTED = st.text(alphabet=st.sampled_from(_SIGNS))


@given(st.one_of(_PRINTED, st.text()))
def test_fold_is_idempotent(text: str) -> None:
    """Folding what is folded changes nothing."""
    assert fold(fold(text)) == fold(text)


@given(st.one_of(_PRINTED, st.text()))
def test_fold_gives_one_line(text: str) -> None:
    """A folded text is one line with single blanks."""
    assert fold(text) == " ".join(fold(text).split())


@given(st.one_of(_PRINTED, st.text()))
def test_in_place_never_changes_the_length(text: str) -> None:
    """In place, a text keeps its length, whatever it is."""
    assert len(without_markup(text, in_place=True)) == len(text)


_WORDS = st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=6), min_size=1, max_size=6)


@given(before=_WORDS, name=_WORDS, after=_WORDS, data=st.data())
def test_a_name_is_found_however_it_is_broken(
    before: list[str], name: list[str], after: list[str], data: st.DataObject
) -> None:
    """A name stands in a text also where a line ends between its words or within one."""
    printed = " ".join(name)
    at = data.draw(st.integers(0, len(printed)))
    left, right = printed[:at], printed[at:]
    inside = left[-1:].isalpha() and right[:1].isalpha()
    broken = f"{left}-\n{right}" if inside else f"{left}\n{right}"
    assert contains(" ".join([*before, broken, *after]), printed)


def test_a_footnote_mark_that_is_escaped_halfway_leaves_nothing() -> None:
    assert without_markup("<sup>&</sup>lt;sup>4</sup>The Mark") == "The Mark"
    assert contains("<sup>&</sup>lt;sup>4</sup>Harbour *papers*", "Harbour papers")
