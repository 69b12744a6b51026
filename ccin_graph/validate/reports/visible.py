"""Text that is safe to show: what cannot be seen is written out."""

from __future__ import annotations

import unicodedata


def visible(text: str) -> str:
    r"""Write out the characters of a text that a screen would obey or hide.

    Control characters could move a terminal's cursor, marks of direction could turn a line round, a line break would
    part what belongs on one line, and XML forbids most of them.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        One line without control characters; spaces of every width stay.

    Examples
    --------
    >>> visible("a\x1b[2Jb")
    'a\\x1b[2Jb'
    >>> visible("naïve – £1")
    'naïve – £1'
    """
    if text.isprintable():
        return text
    return "".join(character if _is_shown(character) else _written_out(character) for character in text)


def _is_shown(character: str) -> bool:
    return character.isprintable() or unicodedata.category(character) == "Zs"


def _written_out(character: str) -> str:
    return character.encode("unicode_escape", "surrogatepass").decode("ascii")
