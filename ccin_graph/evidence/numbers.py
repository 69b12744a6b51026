"""Read the numbers printed in a text, in figures and in words.

`_TOKEN` cuts a text into lookalikes (dates, ``E3M``), multiples (``doubled``), shares (``a third``) and
numbers; `_joined` makes ranges and ratios of neighbouring numbers. One printing may have several readings
(``one in five`` is 20 percent, one and five): each of them counts as stated.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, getcontext
from functools import lru_cache
from itertools import pairwise, zip_longest
from typing import TYPE_CHECKING, TypeAlias

from ccin_graph.evidence.folding import without_markup

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number read from a text.

    Parameters
    ----------
    value : Decimal
        The number in full; of a range, the lower bound.
    start, end : int
        Where it stands in the text.
    unit : str, optional
        ``GBP``, ``EUR``, ``USD`` or ``percent``, where one is printed.
    upper : Decimal, optional
        The upper bound of a range.
    """

    value: Decimal
    start: int
    end: int
    unit: str | None = None
    upper: Decimal | None = None


# A number and the multiplier printed with it, which the lower end of a range may borrow.
_Scaled: TypeAlias = tuple[Quantity, Decimal]


def _numbered(words: str, first: int, step: int = 1) -> dict[str, int]:
    return {word: first + step * index for index, word in enumerate(words.split())}


def _any(words: Iterable[str]) -> str:
    return f"(?:{'|'.join(words)})"


_ONES = _numbered("one two three four five six seven eight nine", 1)
_TEENS = _numbered("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10)
_SMALL = {"zero": 0} | _ONES | _TEENS
_TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, 10)
_GROUPS = {"dozen": 12, "hundred": 100}
_LARGE = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12} | _GROUPS | _LARGE
_PARTS = _numbered("third quarter fifth sixth seventh eighth ninth tenth", 3)
_VULGAR = {"½": (1, 2), "⅓": (1, 3), "⅔": (2, 3), "¼": (1, 4), "¾": (3, 4), "⅕": (1, 5), "⅛": (1, 8)}
# By their first three letters.
_MULTIPLES = {"dou": 2, "twi": 2, "tri": 3, "tre": 3, "thr": 3, "qua": 4}
_MONEY = {"£": "GBP", "pound": "GBP", "€": "EUR", "euro": "EUR", "$": "USD", "dollar": "USD"}
_CHARACTERS = str.maketrans({"\u2019": "'", "\u2010": "-", "\u2011": "-", "\u2212": "-"})

# A hyphen at a line's end goes only inside a number word: "five-" before "strong" stays a word of its own.
_WHOLE = [*_SMALL, *_TENS, *_GROUPS, *_LARGE, *_PARTS, "percent"]
_PIECES = (rf"\b{word[:i]}-\s*\n\s*{word[i:]}\b" for word in _WHOLE for i in range(2, len(word) - 1))
_BROKEN = re.compile(_any(_PIECES), re.IGNORECASE)
_LOOKALIKE = rf"""
    https?://\S+ | www\.\S+ | [\w.+-]+@\S+ | \bcovid[\s-]*19\b | \b24\s?/\s?7\b
  | \b\d{{4}}[-/.]\d\d[-/.]\d\d\b | \b\d\d?(?P<by>[-/.])\d\d?(?P=by)\d{{2,4}}\b     # dates
  | \b(?:19|20)\d\d(?:\s?/\s?\d{{1,4}}|[-\u2013]\s?\d\d)\b(?!,\d|%|pc)              # 2012/13
  | \b0\d{{2,5}}(?:[ -]\d{{2,7}})+\b                                                # telephone numbers
  | \b(?!(?:ca?|x)\d)[^\W\d]+\d(?:[.,]?\w)* | \b(?!over-|under-)[^\W\d]+-\d\w*      # E3M, post-16
  | \b(?:multi|several|few|many)[\s-]+{_any(_GROUPS | _LARGE)}\b
  | \bno[\s-]+one\b | \bone(?:\s+another|-off|'s|[\s-]to[\s-]one)\b
  | \b(?:first|second|other|latter|last)\s+half\b | \bhalf[\s-]terms?\b
"""
_MULTIPLE = rf"""
    \bdoubl(?:ed?|es|ing)\b(?![\s-]+(?:glaz|check|click|deck)) | \b(?:twice|thrice)\b
  | \b(?:tripl|trebl|quadrupl)(?:ed?|es|ing)\b | \b(?P<fold>{_any(_SMALL)}|\d+)[\s-]?fold\b
"""
# "A third" is a share before these, and an ordinal before a noun.
_AFTER_SHARE = r"""(?=\s*(?:$|[.,;:!?)\u2013\u2014]|(?:of|to|in|on|by|are|were|is|was|have|has|had|who
    |said|say|from|or|than|more|less|fewer|lower|higher|owned|each|over|between|live[ds]?|report\w*)\b))"""
_SHARE = rf"""
    (?: \b(?:(?:(?:an?|one)[\s-]+)?half|halv(?:es?|ed|ing))\b
      | \b(?P<top>{_any(_SMALL)}|\d\d?)[\s-]+(?P<parts>{_any(_PARTS)})s\b
      | \b(?:an?|one)[\s-]+(?:quarter\b(?![\s-]+(?:final|mile))|(?P<part>{_any(_PARTS)})\b{_AFTER_SHARE}))
    (?:(?:\s+of)?(?:[\s-]+an?)?[\s-]+(?P<shared>{_any(_GROUPS | _LARGE)})\b)?
"""
_TO_99 = rf"(?:{_any(_TENS)}(?:-\s*{_any(_ONES)}|\s+{_any(_ONES)}(?!-))?|{_any(_SMALL)})\b"
_HUNDREDS = rf"(?:(?:{_TO_99}|an?)[\s-]+)?hundred\b(?:\s+and\s+{_TO_99})?"
_TO_999 = rf"(?:{_HUNDREDS}|{_TO_99})"
_THOUSANDS = rf"(?:(?:{_TO_999}(?:\s+and\s+a\s+half)?|an?)[\s-]+)?{_any(_LARGE)}\b"
_WORDS = rf"""\b(?:{_THOUSANDS}(?:,?\s+{_THOUSANDS})*(?:,?\s+(?:and\s+{_TO_99}|{_HUNDREDS}))?
    |(?:(?:{_TO_99}|an?)\s+)?dozen\b|{_TO_999}(?:\s+and\s+a\s+half\b)?)"""
# Atomic: no part of "21,000" may stand for the whole.
_FIGURES = r"(?!0\d)(?>\d{1,3}(?:[,\u2009\u202f](?:\s*\n\s*)?\d{3})+(?!\d)|\d+)(?:\.\d+)?+|(?<![\w.])\.\d+"
_LENGTH = r"[\s-]?(?:long|wide|away|high|deep|tall|apart|social|distanc|rule|radius)"
_SCALE = rf"{_any(_LARGE)}\b|dozen\b|(?(currency)|(?<!\s))(?:k|bn|[mt]n|m(?!{_LENGTH}))(?![\w^])"
_NUMBER = rf"""
    (?P<currency>[£€$])?(?(currency)\s*)
    (?: (?P<figures>(?:{_FIGURES})(?:\s?{_any(_VULGAR)})?|{_any(_VULGAR)})(?:\s*(?P<scale>{_SCALE}))?
      | (?P<words>{_WORDS}))
    (?: \s*(?:(?P<percent>%|per[\s-]*cent(?:age\s+points?)?\b|pc\b)|(?P<pence>pence\b|(?<=\d)p\b)
             |(?P<money>pound|euro|dollar)s?\b)
      | (?:s|x|m[2²]?|sqm|km|kg|ha|yrs?|hrs?|mins?|mph|[kmg]wh?)?(?!\w|\.\d))
"""
_FLAGS = re.VERBOSE | re.IGNORECASE
_TOKEN = re.compile(
    rf"(?P<lookalike>{_LOOKALIKE})|(?P<multiple>{_MULTIPLE})|(?P<share>{_SHARE})|(?P<number>{_NUMBER})"
    r"|\d(?:[.,]?\w)*",
    _FLAGS,
)
# A dash that begins a line is a bullet.
_TO = re.compile(r"[^\S\n]*[-\u2013\u2014]\s*|\s+to\s+", _FLAGS)
_BETWEEN = re.compile(r"\bbetween\s+$", _FLAGS)
_IN = re.compile(r"(?:[\s-]+in|\s+out\s+of|\s+of(?=\s+every))(?:\s+every)?[\s-]+|/", _FLAGS)


@lru_cache(maxsize=4096)
def numbers_in(text: str) -> tuple[Quantity, ...]:
    """Find every number printed in a text.

    Parameters
    ----------
    text : str
        The cited lines, joined by newlines.

    Returns
    -------
    tuple of Quantity
        In the order of the text; a printing with several readings yields each of them.

    Examples
    --------
    >>> [(int(found.value), found.unit) for found in numbers_in("£1.2m for 96,000 people")]
    [(1200000, 'GBP'), (96000, None)]
    >>> [(int(found.value), found.upper, found.unit) for found in numbers_in("15-20pc")]
    [(15, Decimal('20'), 'percent')]
    """
    return tuple(sorted(_read(_plain(text)), key=lambda found: (found.start, found.end, found.value)))


def states(text: str, value: Decimal, unit: str | None = None, other: Decimal | None = None) -> bool:
    """Tell whether a text states a number.

    Parameters
    ----------
    text : str
        The cited lines, joined by newlines.
    value : Decimal
        The number in full; a share in percent, of 100.
    unit : str, optional
        What it is a number of. A currency or percent sign that is printed has to agree; where none is printed
        (a column of a table), any unit will do.
    other : Decimal, optional
        A second number that has to be stated too: the upper bound of a range, the base of a ratio.

    Returns
    -------
    bool
        Whether it is stated. A share that does not end (two thirds) is stated by any rounding of it to two or
        more figures.

    Examples
    --------
    >>> states("between £7.5k and £25k", Decimal(7500), "GBP", other=Decimal(25000))
    True
    >>> states("one in five", Decimal(20), "percent"), states("£20", Decimal(20), "percent")
    (True, False)
    """
    agreeing = [found for found in numbers_in(text) if unit is None or found.unit in (None, unit)]
    printed = {number for found in agreeing for number in (found.value, found.upper) if number is not None}
    return any(_agree(number, value) for number in printed) and (other is None or states(text, other, unit))


def _agree(printed: Decimal, value: Decimal) -> bool:
    """Compare exactly; with a share that does not end, to as many figures as the value has."""
    figures = len(value.as_tuple().digits)
    endless = len(printed.as_tuple().digits) == getcontext().prec
    if not endless or figures < 2 or max(abs(printed), abs(value)) >= 1000:
        return printed == value
    step = Decimal(1).scaleb(max(value.adjusted() - figures + 1, -20))
    roundings = [printed.quantize(step, rounding=rounding) for rounding in (ROUND_DOWN, ROUND_HALF_UP)]
    return value.quantize(step, rounding=ROUND_DOWN) in roundings


def _plain(text: str) -> str:
    """Undo what the extraction did; blanks fill up, so that every place stays what it is in the text."""
    plain = without_markup(text.translate(_CHARACTERS), in_place=True)
    return _BROKEN.sub(lambda word: re.sub(r"[-\s]", "", word[0]).ljust(len(word[0])), plain)


def _read(plain: str) -> Iterator[Quantity]:
    numbers: list[_Scaled] = []
    for token in _TOKEN.finditer(plain):
        match token.lastgroup:
            case "multiple":
                fold = (token["fold"] or "").lower()
                times = Decimal(_SMALL.get(fold, fold) if fold else _MULTIPLES[token[0][:3].lower()])
                yield Quantity(times, *token.span())
                yield Quantity((times - 1) * 100, *token.span(), "percent")
            case "share":
                yield from _share(token)
            case "number":
                numbers.append(_number(token))
                yield from _other_readings(token, numbers[-1][0])
    yield from _joined(plain, numbers)


def _share(token: re.Match[str]) -> Iterator[Quantity]:
    """Read a share as fraction and percent, but "half a million" as the number it is."""
    top = (token["top"] or "one").lower()
    part = (token["parts"] or token["part"] or "").lower()
    above = Decimal(_SMALL.get(top, top))
    below = Decimal(_PARTS.get(part) or (4 if "quarter" in token[0].lower() else 2))
    if token["shared"]:
        yield Quantity(above * _SCALES[token["shared"].lower()] / below, *token.span())
    else:
        yield from _fraction(above, below, token.span())


def _fraction(above: Decimal, below: Decimal, span: tuple[int, int]) -> Iterator[Quantity]:
    yield Quantity(above / below, *span)
    yield Quantity(above * 100 / below, *span, "percent")


def _number(token: re.Match[str]) -> _Scaled:
    if token["words"]:
        value, scale = _worded(token["words"].lower())
    else:
        value, scale = _figures(token["figures"]), Decimal(_SCALES.get((token["scale"] or "").lower(), 1))
        # "1,500m" are metres.
        metres = token["scale"] in ("m", "M") and not token["currency"] and value >= 1000
        value, scale = (value, Decimal(1)) if metres else (value * scale, scale)
    unit = _MONEY.get((token["currency"] or token["money"] or "").lower())
    if token["pence"]:
        return Quantity(value / 100, *token.span(), "GBP"), Decimal("0.01")
    return Quantity(value, *token.span(), "percent" if token["percent"] else unit), scale


def _other_readings(token: re.Match[str], number: Quantity) -> Iterator[Quantity]:
    """Read a lone fraction sign also as percent, and "50," at a line's end before "300" as two numbers."""
    if token[0] in _VULGAR:
        yield replace(number, value=number.value * 100, unit="percent")
    pieces = (token["figures"] or "").split("\n")
    if len(pieces) > 1 and not pieces[1].strip().startswith("0"):
        yield from (replace(number, value=_figures(piece.strip()), unit=None) for piece in pieces)


def _figures(figures: str) -> Decimal:
    """Read figures with their separators and a fraction sign.

    >>> _figures("2½"), _figures("96,000")
    (Decimal('2.5'), Decimal('96000'))
    """
    above, below = _VULGAR.get(figures[-1], (0, 1))
    whole = re.sub(r"[^0-9.]", "", figures)
    return Decimal(whole or 0) + Decimal(above) / below


def _worded(words: str) -> tuple[Decimal, Decimal]:
    """Read a number in words, and the multiplier that its last word is.

    >>> _worded("two thousand one hundred and fifty"), _worded("three million")
    ((Decimal('2150'), Decimal('1')), (Decimal('3000000'), Decimal('1000000')))
    """
    total, group = Decimal(0), Decimal(0)
    known = re.findall(r"[a-z]+", words)
    for word in known:
        if word in _LARGE:
            total, group = total + (group or Decimal(1)) * _LARGE[word], Decimal(0)
        elif word in _GROUPS:
            group = (group or Decimal(1)) * _GROUPS[word]
        else:
            group += Decimal("0.5") if word == "half" else (_SMALL | _TENS).get(word, 0)
    return total + group, Decimal(_SCALES.get(known[-1], 1))


def _joined(plain: str, numbers: list[_Scaled]) -> Iterator[Quantity]:
    """Yield the numbers, two neighbours that bound a range as one, and the shares that ratios are."""
    closed = False
    for first, second in zip_longest(numbers, numbers[1:]):
        bounds = _range(plain, first, second) if second and not closed else None
        if not closed:
            yield bounds or first[0]
        closed = bounds is not None
    for (above, _), (below, _) in pairwise(numbers):
        # "One in five", "24 out of 32", "1/3", but not "six in 2016".
        share = 0 < above.value < below.value and not 1900 <= below.value < 2100
        if share and above.unit is None is below.unit and _IN.fullmatch(plain[above.end : below.start]):
            yield from _fraction(above.value, below.value, (above.start, below.end))


def _range(plain: str, first: _Scaled, second: _Scaled) -> Quantity | None:
    """Make a range of two numbers; the lower borrows unit and multiplier ("30 to 55k", but "£500 to £1m")."""
    (lower, scale), (upper, upper_scale) = first, second
    gap = plain[lower.end : upper.start]
    between = gap.strip().lower() == "and" and _BETWEEN.search(plain[max(0, lower.start - 20) : lower.start])
    units = {lower.unit, upper.unit} - {None}
    if not (between or _TO.fullmatch(gap)) or len(units) > 1:
        return None
    scaled = lower.value * (upper_scale if scale == 1 else 1)
    value = scaled if scaled < upper.value else lower.value
    if value >= upper.value:
        return None
    return Quantity(value, lower.start, upper.end, lower.unit or upper.unit, upper.value)
