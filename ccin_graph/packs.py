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
from ccin_graph.sparql import variables
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from pathlib import Path

#: The headers of all packs as JSON, beside the packs; see `index_of`.
INDEX = "index.json"

#: The pack of questions that ask other services too (``SERVICE``), and are refused unless that is allowed.
FEDERATED = "federated"
#: The pack that asks the results of analyses, which are a dataset of their own, beside the facts.
ANALYSIS = "analysis"

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
        return self.pack in (FEDERATED, ANALYSIS)

    @property
    def stem(self) -> str:
        """Name without the pack."""
        return self.name.rpartition("/")[2]


_KNOWN = {
    "summary", "question", "description", "audience", "tags", "parameters", "defaults", "columns", "endpoint",
    "enumerate", "order", "severity", "message", "see",
}  # fmt: skip


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
        If its header cannot be read, or speaks of parameters that the query does not have or the other way round.
    """
    text = path.read_text("utf-8")
    header = _header(text, path.parent.parent / INDEX, name)
    if not isinstance(header, dict) or "summary" not in header:
        raise QueryError(f"{name}.rq: its header has no summary", remedy="Begin the file with '#+ summary: …'.")
    unknown = sorted(set(header) - _KNOWN)
    if unknown:
        raise QueryError(f"{name}.rq: unknown words in its header: {', '.join(unknown)}", remedy="Mend the '#+' lines.")
    try:
        return _query(header, text, name)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise QueryError(
            f"{name}.rq: its header has a word of the wrong form ({error})",
            remedy="Parameters are 'name: {kind: …, about: …}', defaults '- name: value', tags a list.",
        ) from error


def _query(header: dict[str, Any], text: str, name: str) -> Query:
    summary = str(header["summary"])
    return Query(
        name=name,
        text=text,
        summary=summary,
        question=str(header.get("question") or summary),
        tags=tuple(header.get("tags", ())),
        parameters=_parameters(header, text, name),
        columns={str(column): meaning for column, meaning in header.get("columns", {}).items()},
        settings={word: header[word] for word in ("order", "severity", "message", "see") if word in header},
        audience=str(header.get("audience", "")),
        endpoint=str(header.get("endpoint", "")),
    )


def _header(text: str, index: Path, name: str) -> Any:
    written = "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))
    known = _indexed(index).get(name)
    if known is not None and known["written"] == written:
        return known["header"]
    import yaml

    try:
        return yaml.load(written, Loader=yaml.CSafeLoader) or {}
    except yaml.YAMLError as error:
        raise QueryError(f"{name}.rq: its header is not YAML: {error}", remedy="Mend the '#+' lines.") from error


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
        text = path.read_text("utf-8")
        written = "\n".join(line[2:].removeprefix(" ") for line in text.splitlines() if line.startswith("#+"))
        index[name] = {"written": written, "header": _header(text, folder / "none", name)}
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
        raise QueryError(f"{name}.rq: two variables for one parameter", remedy="Write a parameter in one way.")
    if set(used) != set(declared):
        differ = ", ".join(sorted(set(used) ^ set(declared)))
        raise QueryError(f"{name}.rq: header and query disagree on {differ}", remedy="Declare each ?_parameter once.")
    return tuple(
        Parameter(key, used[key], spec["kind"], spec["about"], defaults.get(key, ""), choices.get(key, ()))
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


def pack_names(folder: Path, *, federated: bool = False) -> list[str]:
    """List the packs of questions.

    Parameters
    ----------
    folder : Path
        ``queries/``.
    federated : bool, default False
        Whether the pack that asks other services is among them.

    Returns
    -------
    list of str
    """
    left_out = MACHINERY if federated else (*MACHINERY, FEDERATED)
    return sorted(path.name for path in folder.iterdir() if path.is_dir() and path.name not in left_out)


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
