"""EDTF dates and the plain dates between which they lie."""

from __future__ import annotations

import calendar
import contextlib
import io
import re
import warnings
from datetime import date
from functools import lru_cache

_PLAIN = re.compile(r"(?P<year>[0-9]{4})(?:-(?P<month>0[1-9]|1[0-2])(?:-(?P<day>0[1-9]|[12][0-9]|3[01]))?)?")


@lru_cache(maxsize=4096)
def bounds(text: str) -> tuple[date | None, date | None]:
    """Return the earliest and the latest day that an EDTF date or interval can mean.

    Parameters
    ----------
    text : str
        EDTF level 0 or 1: ``2020-03``, ``2020-22``, ``2013~``, ``2013/2017``, ``2013/`` (end unknown), ``2013/..``.

    Returns
    -------
    earliest, latest : date or None
        None for an open or unknown end.

    Raises
    ------
    ValueError
        If `text` is not EDTF.

    Examples
    --------
    >>> [day.isoformat() for day in bounds("2020-02")]
    ['2020-02-01', '2020-02-29']
    >>> bounds("2013/..")
    (datetime.date(2013, 1, 1), None)
    """
    start, slash, end = text.partition("/")
    if "/" in end:
        raise ValueError(f"'{text}' is not a date; write 2020-03-16, or an interval such as 2013/2017")
    if slash:
        if start in ("", "..") and end in ("", ".."):
            raise ValueError(f"'{text}' says nothing; leave the key out")
        earliest = None if start in ("", "..") else bounds(start)[0]
        latest = None if end in ("", "..") else bounds(end)[1]
        if earliest and latest and latest < earliest:
            raise ValueError(f"'{text}' ends before it begins; swap the two dates")
        return earliest, latest
    if match := _PLAIN.fullmatch(text):
        try:
            return _plain_bounds(int(match["year"]), match["month"], match["day"])
        except ValueError as error:
            raise ValueError(f"'{text}' is not a day of the calendar") from error
    return _library_bounds(text)


def reads_as_season(text: str) -> bool:
    """Whether a date such as ``2021-22`` is a season in EDTF but looks like a financial year.

    Parameters
    ----------
    text : str

    Returns
    -------
    bool

    Examples
    --------
    >>> reads_as_season("2021-22"), reads_as_season("2019-22")
    (True, False)
    """
    return bool(re.fullmatch(r"[0-9]{4}-2[1-4]", text)) and int(text[5:]) == int(text[2:4]) + 1


def swapped_ends(text: str) -> str:
    """Return an interval with its ends swapped, if that is a date and `text` is none.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Empty where swapping the ends does not help.

    Examples
    --------
    >>> swapped_ends("2017/2013")
    '2013/2017'
    >>> swapped_ends("2013/2017")
    ''
    """
    start, _, end = text.partition("/")
    swapped = f"{end}/{start}"
    return swapped if _is_date(swapped) and not _is_date(text) else ""


def _is_date(text: str) -> bool:
    try:
        bounds(text)
    except ValueError:
        return False
    return True


def _plain_bounds(year: int, month: str | None, day: str | None) -> tuple[date, date]:
    if month is None:
        return date(year, 1, 1), date(year, 12, 31)
    if day is None:
        return date(year, int(month), 1), date(year, int(month), calendar.monthrange(year, int(month))[1])
    exact = date(year, int(month), int(day))
    return exact, exact


def _library_bounds(text: str) -> tuple[date, date]:
    # edtf takes 0.3 s to import, so only dates that need it pay for it; its grammar warns under newer pyparsing.
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from edtf import parse_edtf
        from edtf.parser.edtf_exceptions import EDTFParseException

    try:
        # The library prints what it tries where a month is partly unknown.
        with contextlib.redirect_stdout(io.StringIO()):
            parsed = parse_edtf(text)
        earliest, latest = date(*parsed.lower_strict()[:3]), date(*parsed.upper_strict()[:3])
    except (EDTFParseException, ValueError, TypeError, AttributeError) as error:
        raise ValueError(
            f"'{text}' is not a date; write 2020, 2020-03, 2020-03-16, 2020-22 (summer), 2013~ or 2013/2017"
        ) from error
    return earliest, latest
