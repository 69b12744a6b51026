"""Numbers are read however they are printed, and nothing else is."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from ccin_graph.evidence.numbers import Quantity, numbers_in, states

FIGURES = [
    ("identifying 96,000 residents", "96000"),
    ("over 3000 vulnerable people", "3000"),
    ("(100+ per week)", "100"),
    ("uptake of ~100 staff", "100"),
    ("c100 email addresses", "100"),
    ("comprised c.100 1970s flats", "100"),
    ("1,000s of meals", "1000"),
    ("a 5-year plan", "5"),
    ("150 hours over 3yr. 5 VCFSE", "3"),
    ("3 x projects", "3"),
    ("x 3", "3"),
    ("Coordinators (x3);", "3"),
    ("about 0.5 miles", "0.5"),
    ("2.3 times higher", "2.3"),
    ("by .5 of a point", "0.5"),
    ("in 2017 it", "2017"),
    ("for over-65s", "65"),
    ("850k users", "850000"),
    ("1.5m people", "1500000"),
    ("1.1 million people", "1100000"),
    ("3 dozen", "36"),
    ("over 155,000m\u00b2 (the", "155000"),
    ("500m2", "500"),
    ("500 m\u00b2", "500"),
    ("500m<sup>2</sup>", "500"),
    ("1,500m of path", "1500"),
    ("kept 2m apart", "2"),
    ("2m social distancing", "2"),
    ("5,6,7", "6"),
    ("24 out of 32", "24"),
    ("24 out of 32", "32"),
    ("96,\n000 people", "96000"),
    ("96,\n500 people", "96500"),
    ("by 50,\n300 more", "300"),
    ("since 2018 - 25 members", "25"),
    ("96,000<sup>3</sup>", "96000"),
    ("2\u00bd years", "2.5"),
    ("2 \u00bd years", "2.5"),
    ("\u00bd mile", "0.5"),
]

WORDS = [
    ("in one ward", "1"),
    ("Eleven more", "11"),
    ("thirty two food providers", "32"),
    ("ninety-nine", "99"),
    ("twenty-\nfive", "25"),
    ("twenty one-bedroom flats", "20"),
    ("twenty one-bedroom flats", "1"),
    ("five-\nstrong", "5"),
    ("fif-\nty homes", "50"),
    ("hundred", "100"),
    ("a hundred", "100"),
    ("one hundred and fifty", "150"),
    ("one hundred and\nfifty", "150"),
    ("two hundred thousand", "200000"),
    ("two thousand five hundred", "2500"),
    ("a thousand", "1000"),
    ("a million volunteers", "1000000"),
    ("three million two hundred thousand", "3200000"),
    ("one and a half million", "1500000"),
    ("two and a half years", "2.5"),
    ("half a million", "500000"),
    ("a quarter of a million", "250000"),
    ("dozen", "12"),
    ("over a dozen GP surgeries", "12"),
    ("two dozen", "24"),
    ("half a dozen", "6"),
    ("four times a year", "4"),
    ("twice weekly", "2"),
    ("doubled", "2"),
    ("almost double the average", "2"),
    ("support of doubling", "2"),
    ("trebled", "3"),
    ("tripled", "3"),
    ("threefold", "3"),
    ("almost fourfold", "4"),
    ("10-fold", "10"),
    ("one in five", "1"),
    ("one in five", "5"),
]

MONEY = [
    ("£1m", "1000000", "GBP"),
    ("funders (c£85m)", "85000000", "GBP"),
    ("(c£4.5m grant", "4500000", "GBP"),
    ("£22.6 billion per year", "22600000000", "GBP"),
    ("£5.25bn", "5250000000", "GBP"),
    ("a £1,530k loan", "1530000", "GBP"),
    ("£615,000 made available", "615000", "GBP"),
    ("£1.2 million", "1200000", "GBP"),
    ("£2.5 m", "2500000", "GBP"),
    ("£5\nmillion", "5000000", "GBP"),
    ("£ 5,000", "5000", "GBP"),
    ("£\n5,000", "5000", "GBP"),
    ("over  $\\mathfrak{L}1.5m$ . These", "1500000", "GBP"),
    ("$\\mathfrak{L}10,000$ per Ward", "10000", "GBP"),
    ("$\\pounds 500$", "500", "GBP"),
    ("&pound;500", "500", "GBP"),
    ("56p of every pound", "0.56", "GBP"),
    ("fifty pence", "0.5", "GBP"),
    ("two million pounds", "2000000", "GBP"),
    ("£23.75 \u2013 emerged", "23.75", "GBP"),
    ("£49 or €67", "67", "EUR"),
    ("US$5m", "5000000", "USD"),
    ("(£66m pa)", "66000000", "GBP"),
]

SHARES = [
    ("93.6% of residents", "93.6"),
    ("**93.6**%", "93.6"),
    ("93.6\\%", "93.6"),
    ("$93.6\\%$", "93.6"),
    ("claimants (-5.3%)", "5.3"),
    ("100 per cent", "100"),
    ("100\nper cent", "100"),
    ("ten percent", "10"),
    ("5 percentage points", "5"),
    ("15-20pc", "15"),
    ("one in five households", "20"),
    ("one-in-five", "20"),
    ("1 in 4", "25"),
    ("seven out of every ten", "70"),
    ("24 out of 32 believe", "75"),
    ("half of them", "50"),
    ("to halve obesity", "50"),
    ("a quarter of the town", "25"),
    ("three quarters", "75"),
    ("three-quarters", "75"),
    ("two fifths", "40"),
    ("a third of the schools", "33.3"),
    ("cut by a third.", "33"),
    ("one third owned by staff", "33.33"),
    ("1/3", "33.333"),
    ("\u00be", "75"),
    ("\u2153", "33.3"),
    ("doubled", "100"),
    ("tripled", "200"),
]

RANGES = [
    ("30 \u2013 55k", "30000", "55000", None),
    ("(15-20pc)", "15", "20", "percent"),
    ("£7.5k to £25k", "7500", "25000", "GBP"),
    ("£50 \u2013 £500", "50", "500", "GBP"),
    ("£1-2m", "1000000", "2000000", "GBP"),
    ("£1.5 - £2 million", "1500000", "2000000", "GBP"),
    ("£500 to £1m", "500", "1000000", "GBP"),
    ("between £5,000 and £15,000", "5000", "15000", "GBP"),
    ("between 5 and 10 per cent", "5", "10", "percent"),
    ("between £9 to £9.39 an hour", "9", "9.39", "GBP"),
    ("50-60p", "0.5", "0.6", "GBP"),
    ("three to six months", "3", "6", None),
    ("two to three million", "2000000", "3000000", None),
    ("16-25 year olds", "16", "25", None),
]

LOOKALIKES = [
    "the third sector",
    "a third party",
    "a third national lockdown",
    "the third year",
    "the first quarter of the year",
    "Castle Quarter",
    "the second half of the year",
    "half-term",
    "dozens of",
    "thousands of homes, tens of thousands",
    "a multi-million pound project",
    "several hundred",
    "open 24/7",
    "in 2012/13",
    "during 2019/2020",
    "in 2020-21",
    "in 2016- 21",
    "before 08/09",
    "2013-05-10, 01/04/2014",
    "the 27th and 1st",
    "2<sup>nd</sup> October",
    "Manchester<sup>2</sup> shows",
    "European cities\u00b2",
    "Covid-19, COVID 19",
    "E3M, H4ALL, 7PK, 3D, PM2.5s",
    "pre- and post-16",
    "#ccin2019",
    "https://example.org/2jug7/350 www.example.org/5",
    "fiona.gibson2@example.org",
    "t: 07811 298 588, 0203 355 0240",
    "no one, one another, one's, one-to-one",
    "double glazing",
    "someone often alone",
    "£",
]

NOT_STATED = [
    ("21000", "1000"),
    ("5,000", "5"),
    ("5,000,000", "5000"),
    ("2020-21", "20"),
    ("93.6", "3"),
    ("93.6", "93"),
    ("93.6", "6"),
    ("£1.5m", "1.5"),
    ("30 \u2013 55k", "30"),
    ("30 \u2013 55k", "55"),
    ("96,\n000", "96"),
    ("2012/13", "2012"),
    ("2012/13", "13"),
    ("two thirds", "2"),
    ("two thirds", "70"),
    ("two thirds", "66.5"),
    ("two thirds", "1"),
    ("two thirds", "-12345678901234567890.123456789"),
    ("ninety-nine", "9"),
    ("one hundred and fifty", "50"),
    ("six in 2016", "0.3"),
    ("15-20pc", "17"),
    ("500 m\u00b2", "500000000"),
]


@pytest.mark.parametrize(("text", "value"), FIGURES)
def test_figures(text: str, value: str) -> None:
    """A number in figures is stated."""
    assert states(text, Decimal(value))


@pytest.mark.parametrize(("text", "value"), WORDS)
def test_words(text: str, value: str) -> None:
    """A number in words is stated."""
    assert states(text, Decimal(value))


@pytest.mark.parametrize(("text", "value", "unit"), MONEY)
def test_money(text: str, value: str, unit: str) -> None:
    """A sum is stated in the currency that is printed, and in no other."""
    assert states(text, Decimal(value), unit)
    assert not states(text, Decimal(value), "percent")
    assert Quantity(Decimal(value), 0, 0, unit) in {
        Quantity(found.value, 0, 0, found.unit) for found in numbers_in(text)
    }


@pytest.mark.parametrize(("text", "value"), SHARES)
def test_shares(text: str, value: str) -> None:
    """A share is stated in percent, and is no sum of money."""
    assert states(text, Decimal(value), "percent")
    assert not states(text, Decimal(value), "GBP")


@pytest.mark.parametrize("value", ["66", "67", "66.6", "66.7", "66.67", "66.6667", f"66.{'6' * 30}7"])
def test_two_thirds_by_any_rounding(value: str) -> None:
    """A share that does not end is stated by any rounding to two or more figures."""
    assert states("two thirds owned by the members", Decimal(value), "percent")


@pytest.mark.parametrize(("text", "lower", "upper", "unit"), RANGES)
def test_ranges(text: str, lower: str, upper: str, unit: str | None) -> None:
    """A range is one quantity; its unit and multiplier count for both ends."""
    (found,) = numbers_in(text)
    assert (found.value, found.upper, found.unit) == (Decimal(lower), Decimal(upper), unit)
    assert states(text, Decimal(lower), unit, other=Decimal(upper))
    assert states(text, Decimal(upper), unit)


@pytest.mark.parametrize("text", ["3\n- 5 million", "5 to 3", "£5 - €6", "2 and 3 million"])
def test_no_ranges(text: str) -> None:
    """Bullets, falling numbers, two currencies and a mere "and" make no range."""
    assert all(found.upper is None for found in numbers_in(text))


@pytest.mark.parametrize("text", LOOKALIKES)
def test_lookalikes(text: str) -> None:
    """Dates, names, ordinals and telephone numbers are no numbers."""
    assert numbers_in(text) == ()


@pytest.mark.parametrize(("text", "value"), NOT_STATED)
def test_not_stated(text: str, value: str) -> None:
    """Part of a number is not stated, nor a number without its multiplier."""
    assert not states(text, Decimal(value))


@pytest.mark.parametrize(
    ("text", "value", "unit", "stated"),
    [
        ("£5,000", 5000, "GBP", True),
        ("£5,000", 5000, None, True),
        ("£5,000", 5000, "EUR", False),
        ("£5,000", 5000, "person", False),
        ("5,000", 5000, "GBP", True),
        ("5,000", 5000, "person", True),
        ("100 per cent", 100, "percent", True),
        ("100 per cent", 100, "household", False),
        ("40", 40, "percent", True),
        ("£40 for 40 people", 40, "person", True),
    ],
)
def test_units(text: str, value: int, unit: str | None, stated: bool) -> None:
    """A printed currency or percent sign has to agree; where there is none, any unit will do."""
    assert states(text, Decimal(value), unit) is stated


def test_other_has_to_be_stated_too() -> None:
    """The second number is looked for as the first is."""
    assert states("£1 yielded £3", Decimal(3), "GBP", other=Decimal(1))
    assert not states("£1 yielded £3", Decimal(3), "GBP", other=Decimal(2))


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("for c£85m in all", "£85m"),
        ("over  $\\mathfrak{L}1.5m$ a year", "1.5m"),
        ("only 93.6% of it", "93.6%"),
        ("the 30 \u2013 55k bracket", "30 \u2013 55k"),
        ("nearly one hundred and fifty of", "one hundred and fifty"),
    ],
)
def test_places(text: str, printed: str) -> None:
    """A quantity knows where it is printed."""
    (found,) = numbers_in(text)
    assert text[found.start : found.end].endswith(printed)
    assert found.end == text.index(printed) + len(printed)


def test_one_printing_may_have_several_readings() -> None:
    """A ratio is a share and also its two numbers."""
    readings = {(found.value, found.unit) for found in numbers_in("one in five")}
    assert readings >= {(Decimal(1), None), (Decimal(5), None), (Decimal(20), "percent")}


_INTEGERS = st.integers(min_value=0, max_value=10**12)
_FRAMES = st.sampled_from(["{}", "some {} people", "£{} was", "({})", "{}+", "c{}", "over {}, then", "{}%"])


@given(number=_INTEGERS, frame=_FRAMES, pattern=st.sampled_from(["{}", "{:,}"]))
def test_a_printed_integer_is_stated(number: int, frame: str, pattern: str) -> None:
    """An integer is stated with and without thousands separators."""
    assert states(frame.format(pattern.format(number)), Decimal(number))


@given(number=_INTEGERS, frame=_FRAMES, pattern=st.sampled_from(["{}", "{:,}"]), data=st.data())
def test_a_changed_digit_is_not_stated(number: int, frame: str, pattern: str, data: st.DataObject) -> None:
    """A number with one digit changed is another number."""
    digits = str(number)
    at = data.draw(st.integers(0, len(digits) - 1))
    digit = data.draw(st.sampled_from("0123456789"))
    assume(digit != digits[at])
    changed = Decimal(digits[:at] + digit + digits[at + 1 :])
    assert not states(frame.format(pattern.format(number)), changed)


@given(number=_INTEGERS, data=st.data())
def test_a_part_of_a_number_is_not_stated(number: int, data: st.DataObject) -> None:
    """A run of digits out of a longer one is not stated."""
    digits = str(number)
    start = data.draw(st.integers(0, len(digits) - 1))
    end = data.draw(st.integers(start + 1, len(digits)))
    part = Decimal(digits[start:end])
    assume(part != number)
    assert not states(f"some {number} people", part)
    assert not states(f"some {number:,} people", part)


_PRINTED = st.text(alphabet=st.sampled_from("0123459,.-/%£$ \nkmpcaonehfi\u00bd\u2013*\\<>"), max_size=40)
_SOME_WORDS = "zero one 0 5 00 two and a half third fifths fold in of out every dozen million m £ % p - , /"
_PHRASES = st.lists(st.sampled_from([*_SOME_WORDS.split(), "\n"]), max_size=8).map(" ".join)


@given(st.one_of(_PRINTED, _PHRASES, st.text()))
def test_any_text_can_be_read(text: str) -> None:
    """No text makes the reader fail, and every quantity lies within it."""
    assert all(0 <= found.start < found.end <= len(text) for found in numbers_in(text))


@given(text=st.one_of(_PRINTED, _PHRASES), value=st.decimals(allow_nan=False, allow_infinity=False))
def test_any_number_can_be_asked_for(text: str, value: Decimal) -> None:
    """No number makes the question fail."""
    assert states(text, value) in (True, False)
