"""The header of a query file: the ``#+`` lines, which are YAML without the signs, read strictly.

YAML would take the last of two equal keys in silence, and a value in any form: here either is an error with its line.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from ccin_graph.errors import QueryError

if TYPE_CHECKING:
    from collections.abc import Iterator

_TEXT = (str, "Write a text.")
#: What a header may say, in which form, and how that is written.
_FORMS: dict[str, tuple[type, str]] = {
    "summary": _TEXT,
    "question": _TEXT,
    "description": _TEXT,
    "audience": _TEXT,
    "tags": (list, "Write '[a, b]'."),
    "parameters": (dict, "Its lines are 'name: {kind: …, about: …}'."),
    "defaults": (list, "Its lines are '- parameter: value'."),
    "enumerate": (list, "Its lines are '- parameter: [value, …]'."),
    "columns": (dict, "Its lines are 'name: what it means'."),
    "endpoint": _TEXT,
    "order": (int, "Write a whole number."),
    "severity": _TEXT,
    "message": _TEXT,
    "see": _TEXT,
}


def place_of(name: str, text: str, *words: str) -> str:
    """Return the file and the line of a word of a header, as messages begin.

    Parameters
    ----------
    name : str
        Pack and stem.
    text : str
        The whole file.
    *words : str
        A word, and one below it: ``"defaults", "council"``. Where one is not found, the place is that of the word
        before.

    Returns
    -------
    str

    Examples
    --------
    >>> place_of("pack/one", "#+ summary: S\\n#+ columns:\\n#+   name: its name\\nASK {}", "columns", "name")
    'queries/pack/one.rq:3'
    """
    lines = text.splitlines()
    line = 0
    for word in words:
        said = re.compile(rf"#\+[ -]*['\"]?{re.escape(word)}['\"]?\s*:")
        line = next((number for number in range(line, len(lines)) if said.match(lines[number])), line)
    return f"queries/{name}.rq:{line + 1}"


def written_header(text: str) -> str:
    """Return the header of a file as YAML.

    Parameters
    ----------
    text : str
        The whole file.

    Returns
    -------
    str

    Examples
    --------
    >>> written_header("#+ summary: S\\nASK {}")
    'summary: S'
    """
    return "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))


def read_header(name: str, text: str) -> Any:
    """Read the header of a file.

    Parameters
    ----------
    name : str
        Pack and stem.
    text : str
        The whole file.

    Returns
    -------
    object
        What the YAML says; see `check_header`.

    Raises
    ------
    QueryError
        If it is not YAML, or says a thing twice.
    """
    import yaml

    lines = [number for number, line in enumerate(text.splitlines(), 1) if line.startswith("#+")]
    written = written_header(text)
    try:
        for key in _said_again(yaml.compose(written, Loader=yaml.CSafeLoader)):
            where = f"queries/{name}.rq:{lines[key.start_mark.line]}"
            raise QueryError(f"{where}: '{key.value}' stands in its header twice", remedy="Join the two.")
        return yaml.load(written, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"queries/{name}.rq:{lines[min(mark.line, len(lines) - 1)] if mark else 1}"
        what = getattr(error, "problem", None) or getattr(error, "reason", error)
        raise QueryError(f"{where}: its header is not YAML: {what}", remedy="Mend the '#+' lines.") from error


def _said_again(node: Any, levels: int = 3) -> Iterator[Any]:
    import yaml

    if levels and isinstance(node, yaml.MappingNode):
        met = set()
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if key.value in met:
                    yield key
                met.add(key.value)
            yield from _said_again(value, levels - 1)


def check_header(name: str, text: str, header: Any) -> dict[str, Any]:
    """Return a header if it says what one may, in the forms that it may have.

    Parameters
    ----------
    name : str
        Pack and stem.
    text : str
        The whole file.
    header : object
        What its YAML says.

    Returns
    -------
    dict of str to object

    Raises
    ------
    QueryError
        If there is no summary, or a word is unknown or of the wrong form.
    """
    if not isinstance(header, dict) or not header.get("summary"):
        raise QueryError(f"{place_of(name, text)}: its header has no summary", remedy="Begin it with '#+ summary: …'.")
    for word in header:
        if word not in _FORMS:
            import difflib

            near = difflib.get_close_matches(str(word), _FORMS, 1)
            raise QueryError(
                f"{place_of(name, text, str(word))}: unknown word in its header: '{word}'",
                remedy=f"Did you mean '{near[0]}'?" if near else f"Known are {', '.join(_FORMS)}.",
            )
    for words, remedy in _of_wrong_form(header):
        said = ": ".join(words)
        raise QueryError(f"{place_of(name, text, *words)}: '{said}' has the wrong form", remedy=remedy)
    for word in ("defaults", "enumerate"):
        for parameter in (key for entry in header.get(word, ()) for key in entry):
            if parameter not in header.get("parameters", {}):
                place = place_of(name, text, word, str(parameter))
                raise QueryError(f"{place}: no parameter is called '{parameter}'", remedy="Declare it, or mend it.")
    return header


def _of_wrong_form(header: dict[str, Any]) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the words to mend, and how they are written: first the words themselves, then what stands below them."""
    for word, value in header.items():
        form, written = _FORMS[word]
        if not (_is_text(value) if form is str else isinstance(value, form)):
            yield (word,), written
    if not all(map(_is_text, header.get("tags", ()))):
        yield ("tags",), _FORMS["tags"][1]
    for column in _untold(header.get("columns", {})):
        yield ("columns", column), "Say what it means."
    for parameter, said in header.get("parameters", {}).items():
        if not isinstance(said, dict) or set(said) != {"kind", "about"} or not all(map(_is_text, said.values())):
            yield ("parameters", str(parameter)), f"Write '{parameter}: {{kind: …, about: …}}'."
    for word, fits in (("defaults", _is_text), ("enumerate", _is_list)):
        for entry in header.get(word, ()):
            if not isinstance(entry, dict) or not all(map(fits, entry.values())):
                yield (word,), _FORMS[word][1]


def _untold(columns: dict[str, Any]) -> list[str]:
    return [str(name) for name, meaning in columns.items() if not _is_text(meaning)]


def _is_list(value: object) -> bool:
    return isinstance(value, list)


def _is_text(value: object) -> bool:
    return value not in (None, "") and not isinstance(value, (list, dict))
