"""Figures and dates as a reader says them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ccin_graph.vocabulary import CCIN, SCHEMA, SKOS

if TYPE_CHECKING:
    from ccin_graph.publish.model import Model

_MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip
_SEASONS = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_SIGNS = {"GBP": "£", "EUR": "€", "USD": "$"}
_UNUSUAL = {"person": "people", "child": "children", "square foot": "square feet"}


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure in words.

    Parameters
    ----------
    value : str
        With qualifier, sign and unit: ``at least £1,500``.
    measure : str
        What it counts.
    status : str
        ``actual``, ``target`` or ``estimate``, as the scheme says.
    period : str
    """

    value: str
    measure: str
    status: str
    period: str


def figure_in_words(model: Model, iri: str) -> Figure:
    """Return a figure as a reader says it.

    Parameters
    ----------
    model : Model
    iri : str

    Returns
    -------
    Figure
    """
    unit = model.link(iri, CCIN + "unit")
    value = model.text(iri, SCHEMA + "value")
    if value:
        amount = _amount(model, value, unit)
    else:
        low, high = model.text(iri, SCHEMA + "minValue"), model.text(iri, SCHEMA + "maxValue")
        amount = f"{_amount(model, low, unit, named=False)} to {_amount(model, high, unit)}" if low and high else ""
    words = [_word(model, iri, "change", {"level": "", "increase": "up by", "decrease": "down by"})]
    words.append(_word(model, iri, "qualifier", {"exactly": "", "range": ""}))
    words.append(amount)
    words.append(_per(model, iri))
    status = _word(model, iri, "status", {})
    shown = " ".join(word for word in words if word)
    return Figure(shown, model.text(iri, CCIN + "measure"), status, date_in_words(model.text(iri, CCIN + "period")))


def _word(model: Model, iri: str, name: str, known: dict[str, str]) -> str:
    concept = model.link(iri, CCIN + name)
    if concept is None:
        return ""
    slug = concept.rstrip("/").rpartition("/")[2]
    return known.get(slug, model.label(concept).casefold())


def _amount(model: Model, value: str, unit: str | None, *, named: bool = True) -> str:
    number = number_in_words(value)
    if unit is None:
        return number
    slug = unit.rpartition("/")[2]
    code = model.text(unit, SKOS + "notation")
    if slug == "percent":
        return f"{number}%"
    if code in _SIGNS:
        return f"-{_SIGNS[code]}{number[1:]}" if number.startswith("-") else f"{_SIGNS[code]}{number}"
    if not named or slug == "item":
        return number
    return f"{number} {_counted(model.label(unit), number)}"


def _per(model: Model, iri: str) -> str:
    unit = model.link(iri, CCIN + "per")
    if unit is None:
        return ""
    many = model.text(iri, CCIN + "perValue")
    if many:
        return f"per {_amount(model, many, unit)}"
    code = model.text(unit, SKOS + "notation")
    return f"per {_SIGNS[code]}1" if code in _SIGNS else f"per {model.label(unit)}"


def _counted(unit: str, number: str) -> str:
    if number == "1":
        return unit
    if unit in _UNUSUAL:
        return _UNUSUAL[unit]
    head, per, tail = unit.partition(" per ")
    if head.endswith("y") and head[-2:-1] not in "aeou":
        head = head[:-1] + "ies"
    elif head.endswith(("s", "x", "ch", "sh")):
        head += "es"
    else:
        head += "s"
    return head + per + tail


def number_in_words(value: str) -> str:
    """Return a number with its thousands set apart.

    Parameters
    ----------
    value : str
        As the graph has it; shown as it is where it is no number.

    Returns
    -------
    str

    Examples
    --------
    >>> number_in_words("96000"), number_in_words("93.6"), number_in_words("1500.50")
    ('96,000', '93.6', '1,500.50')
    """
    if not re.fullmatch(r"-?[0-9]{1,40}(\.[0-9]{1,20})?", value):
        return value
    try:
        return f"{Decimal(value):,}"
    except InvalidOperation:
        return value


def date_in_words(date: str) -> str:
    """Return an EDTF date or interval as a reader says it.

    Parameters
    ----------
    date : str

    Returns
    -------
    str
        The date itself where it has a form that has no words here.

    Examples
    --------
    >>> [date_in_words(date) for date in ("2020-03", "2021-08-21", "2013~", "2021-21", "2013/2017", "2020/", "201X")]
    ['March 2020', '21 August 2021', 'about 2013', 'spring 2021', '2013 to 2017', 'since 2020', 'the 2010s']
    """
    start, slash, end = date.partition("/")
    if not slash:
        return _day(date)
    if end in ("", ".."):
        return f"since {_day(start)}"
    if start in ("", ".."):
        return f"until {_day(end)}"
    return f"{_day(start)} to {_day(end)}"


def _day(date: str) -> str:
    plain = date.rstrip("~?%")
    marks = date[len(plain) :]
    before = ("about " if "~" in marks or "%" in marks else "") + ("perhaps " if "?" in marks or "%" in marks else "")
    decade = re.fullmatch(r"([0-9]{3})X", plain)
    if decade:
        return f"{before}the {decade[1]}0s"
    parts = re.fullmatch(r"([0-9]{4})(?:-([0-9]{2}))?(?:-([0-9]{2}))?", plain)
    if not parts:
        month = re.fullmatch(r"([0-9]{4})-XX", plain)
        return f"{before}some month of {month[1]}" if month else date
    year, month_, day = parts.groups()
    if month_ is None:
        return before + year
    if month_ in _SEASONS and day is None:
        return f"{before}{_SEASONS[month_]} {year}"
    if not 1 <= int(month_) <= 12:
        return date
    name = f"{_MONTHS[int(month_) - 1]} {year}"
    return before + (f"{int(day)} {name}" if day else name)
