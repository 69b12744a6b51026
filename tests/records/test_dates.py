"""EDTF dates and the days between which they lie."""

from __future__ import annotations

import calendar
import contextlib
import re
from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccin_graph.records.dates import bounds, reads_as_season

DAYS = st.dates(date(1000, 1, 1), date(9998, 12, 31))


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2021-02", "2021-02-01", "2021-02-28"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2020-12", "2020-12-01", "2020-12-31"),
        ("2020-03-16", "2020-03-16", "2020-03-16"),
        ("2020-02-29", "2020-02-29", "2020-02-29"),
        ("2020-21", "2020-03-01", "2020-05-31"),
        ("2020-22", "2020-06-01", "2020-08-31"),
        ("2013-23", "2013-09-01", "2013-11-30"),
        ("2013~", "2013-01-01", "2013-12-31"),
        ("2013?", "2013-01-01", "2013-12-31"),
        ("2018-04~", "2018-04-01", "2018-04-30"),
        ("201X", "2010-01-01", "2019-12-31"),
        ("2020-XX", "2020-01-01", "2020-12-31"),
        ("2013/2017", "2013-01-01", "2017-12-31"),
        ("2012/2013", "2012-01-01", "2013-12-31"),
        ("2020-04/2021-07", "2020-04-01", "2021-07-31"),
        ("2013~/2017-05", "2013-01-01", "2017-05-31"),
        ("2013-22/2014-21", "2013-06-01", "2014-05-31"),
        ("2020/2020", "2020-01-01", "2020-12-31"),
    ],
)
def test_bounds(text: str, earliest: str, latest: str) -> None:
    assert bounds(text) == (date.fromisoformat(earliest), date.fromisoformat(latest))


@pytest.mark.parametrize("end", ["", ".."])
def test_an_open_end_has_no_bound(end: str) -> None:
    assert bounds(f"2013/{end}") == (date(2013, 1, 1), None)
    assert bounds(f"{end}/2013") == (None, date(2013, 12, 31))


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("2020-02-30", "'2020-02-30' is not a day of the calendar"),
        ("2021-02-29", "is not a day of the calendar"),
        ("0000", "is not a day of the calendar"),
        ("2020-13", "'2020-13' is not a date; write 2020, 2020-03, 2020-03-16, 2020-22 (summer), 2013~ or 2013/2017"),
        ("2020-3", "is not a date"),
        ("20", "is not a date"),
        ("22:22", "is not a date"),
        ("1e3", "is not a date"),
        ("no", "is not a date"),
        ("March 2020", "is not a date"),
        ("16/03/2020", "is not a date"),
        ("2020-2021", "is not a date"),
        ("20200316", "is not a date"),
        ("２０２０", "is not a date"),
        ("2020-03-16~x", "is not a date"),
        ("2017/2013", "'2017/2013' ends before it begins; swap the two dates"),
        ("/", "'/' says nothing; leave the key out"),
        ("../..", "says nothing"),
        ("2013/x", "'x' is not a date"),
    ],
)
def test_what_is_no_date(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=re.escape(said)):
        bounds(text)


def test_an_interval_has_two_ends() -> None:
    with pytest.raises(ValueError, match="is not a date"):
        bounds("2013/2014/2015")


def test_a_year_beyond_the_calendar_is_explained() -> None:
    with pytest.raises(ValueError, match="write 2020"):
        bounds("Y170000002")


@given(DAYS)
def test_a_day_is_its_own_bounds(day: date) -> None:
    assert bounds(day.isoformat()) == (day, day)


@given(st.integers(1000, 9998), st.integers(1, 12))
def test_a_month_runs_from_its_first_to_its_last_day(year: int, month: int) -> None:
    earliest, latest = bounds(f"{year}-{month:02}")
    assert earliest == date(year, month, 1)
    assert latest is not None
    assert latest.day == calendar.monthrange(year, month)[1]
    assert (latest + timedelta(days=1)).day == 1


@given(DAYS, DAYS)
def test_an_interval_runs_from_the_first_to_the_last_day_of_its_ends(one: date, other: date) -> None:
    first, last = sorted((one, other))
    assert bounds(f"{first}/{last}") == (first, last)
    assert bounds(f"{first.year}/{last.year}") == (date(first.year, 1, 1), date(last.year, 12, 31))
    if first < last:
        with pytest.raises(ValueError, match="ends before it begins"):
            bounds(f"{last}/{first}")


@settings(max_examples=40)
@given(st.text("0123456789-/~?%X.", min_size=1, max_size=12))
def test_any_text_has_ordered_bounds_or_is_a_value_error(text: str) -> None:
    with contextlib.suppress(ValueError):
        earliest, latest = bounds(text)
        assert earliest is None or latest is None or earliest <= latest


@pytest.mark.parametrize(
    ("text", "season"),
    [
        ("2020-21", True),
        ("2021-22", True),
        ("2022-23", True),
        ("2023-24", True),
        ("2019-22", False),
        ("2021-21", False),
        ("2021-23", False),
        ("2024-25", False),
        ("2021-12", False),
        ("2021-22-01", False),
        ("2021/2022", False),
    ],
)
def test_a_season_that_looks_like_a_financial_year(text: str, season: bool) -> None:
    assert reads_as_season(text) is season


@pytest.mark.parametrize("text", ["5197-X3", "2020-X3", "2020-XX", "19XX"])
def test_nothing_is_printed_about_a_date(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    bounds.cache_clear()
    with contextlib.suppress(ValueError):
        bounds(text)
    assert capsys.readouterr() == ("", "")
