"""Query packs: the ``.rq`` files below ``queries/`` and what their headers say.

A header is the ``#+`` lines at the top of a file; without the signs they are YAML, in the vocabulary of grlc (summary,
description, tags, endpoint, defaults, enumerate) with a few words of our own (question, audience, parameters, columns).
Parameters are variables in grlc's convention, so that the folder works as a grlc API as it is.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from ccin_graph.errors import QueryError, UnknownQuery
from ccin_graph.headers import check_header, place_of, read_header, written_header
from ccin_graph.sparql import form_of, selected_by, variables
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from pathlib import Path

#: The headers of all packs as JSON, beside the packs; see `index_of`.
INDEX = "index.json"

#: Packs of questions that the facts alone do not answer.
FEDERATED, ANALYSIS = "federated", "analysis"
_BEYOND = {
    FEDERATED: "It asks other services too, and is refused without `--federated`.",
    ANALYSIS: "It asks the results of analyses too, which `ccin-graph network report` writes as `analysis.nq`.",
}

#: Packs that are parts of the machinery, not questions.
MACHINERY = ("derive", "violations", "claims", "controls")


@dataclass(frozen=True, slots=True)
class Parameter:
    """A value that a query asks for.

    Parameters
    ----------
    name : str
        As users write it: ``council``.
    variable : str
        As the query writes it: ``_council_iri``.
    kind : str
        ``organisation``, ``theme`` … for an IRI of that kind, else ``string``, ``date`` or ``number``.
    about : str
        What it means.
    default : str
        Taken where no value is given; empty if one must be. An IRI of this graph without what they all begin with.
    choices : tuple of str
        All values there are, where the header lists them.
    """

    name: str
    variable: str
    kind: str
    about: str
    default: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Query:
    """One query file.

    Parameters
    ----------
    name : str
        Pack and stem: ``partnerships/shared-partners``.
    text : str
        The whole file.
    summary : str
        One line.
    question : str
        What it answers, in plain words.
    tags : tuple of str
    parameters : tuple of Parameter
    columns : dict of str to str
        What each column means.
    settings : dict
        The other words of the header (`order` of a rule; `severity`, `message`, `see` of a violation).
    audience : str
        Whom it is for: ``researcher``, ``publisher`` or ``curator``; empty for a query of the machinery.
    endpoint : str
        The service that grlc, and an example query, asks; empty for a query of the machinery.
    """

    name: str
    text: str
    summary: str
    question: str
    tags: tuple[str, ...]
    parameters: tuple[Parameter, ...]
    columns: dict[str, str]
    settings: dict[str, Any]
    audience: str = ""
    endpoint: str = ""

    @property
    def pack(self) -> str:
        """Name of the pack."""
        return self.name.partition("/")[0]

    @property
    def body(self) -> str:
        """The query without its header."""
        return "".join(line for line in self.text.splitlines(keepends=True) if not line.startswith("#+"))

    @property
    def federated(self) -> bool:
        """Whether it asks other services too."""
        return self.pack == FEDERATED

    @property
    def needs_more(self) -> bool:
        """Whether the facts alone do not answer it: it asks other services, or the results of analyses."""
        return bool(self.beyond)

    @property
    def beyond(self) -> str:
        """What it asks besides the facts, as a sentence; empty for most."""
        return _BEYOND.get(self.pack, "")

    @property
    def stem(self) -> str:
        """Name without the pack."""
        return self.name.rpartition("/")[2]

    @property
    def file(self) -> str:
        """The file, as messages name it."""
        return f"queries/{self.name}.rq"

    def place(self, *words: str) -> str:
        """Return the file and the line of a word of the header, as messages begin.

        Parameters
        ----------
        *words : str
            As `ccin_graph.headers.place_of` takes them.

        Returns
        -------
        str
        """
        return place_of(self.name, self.text, *words)


def read_query(path: Path, name: str) -> Query:
    """Read one query file.

    Parameters
    ----------
    path : Path
    name : str
        Pack and stem.

    Returns
    -------
    Query

    Raises
    ------
    QueryError
        If the file or its header cannot be read, a word of the header is unknown or of the wrong form, or header and
        query disagree on parameters or columns; the message names file and line.
    """
    text = _text_of(path, name)
    header = check_header(name, text, _header(text, path.parent.parent / INDEX, name))
    if not form_of(text):
        last = len(text.splitlines())
        raise QueryError(f"queries/{name}.rq:{last}: no query below the header", remedy="Write a SELECT below it.")
    columns = {str(column): str(meaning) for column, meaning in header.get("columns", {}).items()}
    _check_columns(columns, text, name)
    summary = str(header["summary"])
    return Query(
        name=name,
        text=text,
        summary=summary,
        question=str(header.get("question", summary)),
        tags=tuple(map(str, header.get("tags", ()))),
        parameters=_parameters(header, text, name),
        columns=columns,
        settings={word: header[word] for word in ("order", "severity", "message", "see") if word in header},
        audience=str(header.get("audience", "")),
        endpoint=str(header.get("endpoint", "")),
    )


def _text_of(path: Path, name: str) -> str:
    try:
        # Some editors on Windows begin a file with a byte order mark.
        return path.read_text("utf-8-sig")
    except UnicodeDecodeError as error:
        line = error.object[: error.start].count(b"\n") + 1
        raise QueryError(f"queries/{name}.rq:{line}: not UTF-8", remedy="Save it as UTF-8.") from error
    except OSError as error:
        raise QueryError(f"queries/{name}.rq cannot be read: {error.strerror}", remedy="Is it a file?") from error


def _header(text: str, index: Path, name: str) -> Any:
    known = _indexed(index).get(name)
    if known is not None and known["written"] == written_header(text):
        return known["header"]
    return read_header(name, text)


def _check_columns(columns: dict[str, str], text: str, name: str) -> None:
    selected = selected_by(text)
    # A query of one's own need not say what its columns mean.
    if not columns or not selected:
        return
    for column in columns:
        if column not in selected:
            place = place_of(name, text, "columns", column)
            raise QueryError(f"{place}: the query has no column ?{column}", remedy=f"It has {', '.join(selected)}.")
    for column in selected:
        if column not in columns:
            place = place_of(name, text, "columns")
            raise QueryError(f"{place}: nothing is said of the column ?{column}", remedy=f"Add '#+   {column}: …'.")


@cache
def _indexed(index: Path) -> dict[str, Any]:
    import json

    try:
        known = json.loads(index.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def index_of(folder: Path) -> str:
    """Return the headers of all packs as JSON, for ``queries/index.json``.

    Reading YAML costs a cold query more than loading the graph. A header that has changed since is read anew, so that
    the index can be stale or missing, and only costs time.

    Parameters
    ----------
    folder : Path
        ``queries/``.

    Returns
    -------
    str
    """
    import json

    index = {}
    for path in sorted(folder.glob("*/*.rq"), key=lambda path: (path.parent.name, path.stem)):
        name = f"{path.parent.name}/{path.stem}"
        text = _text_of(path, name)
        index[name] = {"written": written_header(text), "header": read_header(name, text)}
    return json.dumps(index, ensure_ascii=False, indent=1, default=str) + "\n"


def _parameters(header: dict[str, Any], text: str, name: str) -> tuple[Parameter, ...]:
    declared = header.get("parameters", {})
    defaults = {key: _short(value) for entry in header.get("defaults", ()) for key, value in entry.items()}
    choices = {
        key: tuple(map(_short, values)) for entry in header.get("enumerate", ()) for key, values in entry.items()
    }
    # grlc's convention: ?_name, ?_name_iri, ?_name_date …
    parameters = [variable for variable in variables(text) if variable.startswith("_")]
    used = {variable.split("_")[1]: variable for variable in parameters}
    if len(used) != len(parameters):
        raise QueryError(
            f"{place_of(name, text, 'parameters')}: two variables for one parameter",
            remedy="Write a parameter in one way.",
        )
    if set(used) != set(declared):
        differ = ", ".join(sorted(map(str, set(used) ^ set(declared))))
        place = place_of(name, text, "parameters", *(str(key) for key in declared if key not in used))
        raise QueryError(f"{place}: header and query disagree on {differ}", remedy="Declare each ?_parameter once.")
    return tuple(
        Parameter(key, used[key], str(spec["kind"]), str(spec["about"]), defaults.get(key, ""), choices.get(key, ()))
        for key, spec in declared.items()
    )


def _short(value: object) -> str:
    return str(value).removeprefix(BASE)


def read_pack(folder: Path, pack: str) -> list[Query]:
    """Read the queries of one pack.

    Parameters
    ----------
    folder : Path
        ``queries/``.
    pack : str
        Name of a folder in it.

    Returns
    -------
    list of Query
        By their declared order, then by name.
    """
    queries = [read_query(path, f"{pack}/{path.stem}") for path in sorted((folder / pack).glob("*.rq"))]
    return sorted(queries, key=lambda query: (query.settings.get("order", 0), query.name))


def pack_names(folder: Path) -> list[str]:
    """List the packs of questions.

    Parameters
    ----------
    folder : Path
        ``queries/``.

    Returns
    -------
    list of str
    """
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name not in MACHINERY)


def questions(folder: Path) -> list[Query]:
    """Read the questions of all packs.

    Parameters
    ----------
    folder : Path
        ``queries/``.

    Returns
    -------
    list of Query
        Pack by pack. Which of them facts alone do not answer, `Query.federated` and `Query.needs_more` tell.
    """
    return [query for pack in pack_names(folder) for query in read_pack(folder, pack)]


def find_query(folder: Path, name: str) -> Query:
    """Find a query by its name.

    Parameters
    ----------
    folder : Path
        ``queries/``.
    name : str
        ``pack/stem``, or the stem alone where only one pack has it.

    Returns
    -------
    Query

    Raises
    ------
    UnknownQuery
        If there is none, or more than one; the message names the nearest.
    """
    known = {f"{path.parent.name}/{path.stem}": path for path in sorted(folder.glob("*/*.rq"))}
    matches = [full for full in known if name in (full, full.rpartition("/")[2])]
    if len(matches) == 1:
        return read_query(known[matches[0]], matches[0])
    if matches:
        raise UnknownQuery(f"'{name}' is the name of several queries", remedy=f"Write one of {', '.join(matches)}.")
    import difflib

    words = {**{full: full for full in known}, **{full.rpartition("/")[2]: full for full in known}}
    near = difflib.get_close_matches(name, list(words), 3, 0.5)
    hint = f"Did you mean {' or '.join(dict.fromkeys(words[word] for word in near))}?" if near else ""
    raise UnknownQuery(f"no query '{name}'", remedy=hint or "See 'ccin-graph query list'.")
