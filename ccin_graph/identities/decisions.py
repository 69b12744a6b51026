"""The decisions on who is who: an SSSOM mapping set that curators keep by hand, read strictly.

A row says that a record which is gone, or a name that was met, is the record kept (``skos:exactMatch``), or that it is
not (``predicate_modifier`` *Not*).
"""

from __future__ import annotations

import csv
import difflib
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

import yaml

from ccin_graph.errors import IdentitiesError
from ccin_graph.findings import Finding, Location
from ccin_graph.identities.naming import Name
from ccin_graph.records.forms import SLUG
from ccin_graph.vocabulary import BASE, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping
    from pathlib import Path

    from ccin_graph.identities.candidates import Body

#: Name of the file below ``data/``.
FILE = "identities.sssom.tsv"

#: The columns of the file, in the order that SSSOM gives them.
COLUMNS = (
    "subject_id", "subject_label", "predicate_id", "predicate_modifier", "object_id", "object_label",
    "mapping_justification", "author_label", "subject_type", "mapping_date", "confidence", "comment",
)  # fmt: skip

#: What ``subject_type`` says of a subject that is a name and not a record.
LITERAL = "rdfs literal"

_HEADER_NEEDED = ("mapping_set_id", "license", "curie_map")
_HEADER = (*_HEADER_NEEDED, "mapping_set_title", "mapping_set_description", "mapping_set_version", "sssom_version")

_CLOSED = {
    "predicate_id": ("skos:exactMatch",),
    "predicate_modifier": ("", "Not"),
    "mapping_justification": ("semapv:ManualMappingCuration",),
    "subject_type": ("", LITERAL),
}
_FILLED = ("subject_label", "object_label", "author_label", "comment")


@dataclass(frozen=True, slots=True)
class Decision:
    """One row: who is who, or who is not.

    Parameters
    ----------
    subject : str
        IRI of the record that is gone or kept apart; empty where a name was decided on.
    name : str
        What the subject is called.
    kept : str
        IRI of the record kept.
    same : bool
        Whether the two are one.
    comment : str
        Why.
    line : int
        Where it stands, counted from 1.
    """

    subject: str
    name: str
    kept: str
    same: bool
    comment: str
    line: int

    @property
    def pair(self) -> tuple[str, str]:
        """What was decided on, whichever came first: two IRIs, or a name as it identifies and an IRI."""
        one, other = sorted((self.subject or f"“{Name.of(self.name).letters}”", self.kept))
        return one, other


def read_decisions(path: Path) -> list[Decision]:
    """Read the decisions.

    Parameters
    ----------
    path : Path
        SSSOM/TSV with its metadata in the first lines; no file means that nothing was decided.

    Returns
    -------
    list of Decision

    Raises
    ------
    IdentitiesError
        With everything that is wrong with the file's form.
    """
    if not path.exists():
        return []
    reading = _Reading()
    decisions = reading.read(path)
    if reading.findings:
        raise IdentitiesError(sorted(reading.findings, key=lambda finding: finding.sort_key))
    return decisions


class _Reading:
    """One reading of the file, with what was found wrong on the way."""

    def __init__(self) -> None:
        self.findings: list[Finding] = []
        self.prefixes: dict[str, str] = {}

    def wrong(self, rule: str, line: int, message: str) -> None:
        self.findings.append(_finding(rule, line, message))

    def read(self, path: Path) -> list[Decision]:
        try:
            lines = path.read_text("utf-8").removesuffix("\n").split("\n")
        except UnicodeDecodeError:
            self.wrong("identity-encoding", 1, "not UTF-8; save the file as UTF-8")
            return []
        above = next((number for number, line in enumerate(lines) if not line.startswith("#")), len(lines))
        self._read_header([line[1:] for line in lines[:above]])
        return self._read_rows(lines[above:], above)

    def _read_header(self, lines: list[str]) -> None:
        try:
            header = yaml.load("\n".join(lines), Loader=yaml.CSafeLoader)
        except yaml.YAMLError as error:
            mark = getattr(error, "problem_mark", None)
            message = f"the lines that begin with # are not YAML ({getattr(error, 'problem', error)}); mend them"
            self.wrong("identity-header", mark.line + 1 if mark else 1, message)
            return
        given = header if isinstance(header, dict) else {}
        for key in _HEADER_NEEDED:
            if not given.get(key):
                self.wrong("identity-header", 1, f"no {key} in the lines that begin with #; give it")
        for key in given:
            if key not in _HEADER:
                line = next((number for number, text in enumerate(lines, 1) if text.startswith(f"{key}:")), 1)
                self.wrong("identity-header", line, f"no key '{key}' in a mapping set here; {_nearest(key, _HEADER)}")
        prefixes = given.get("curie_map")
        if isinstance(prefixes, dict):
            self.prefixes = {str(prefix): str(iri) for prefix, iri in prefixes.items()}

    def _read_rows(self, lines: list[str], above: int) -> list[Decision]:
        reader = csv.reader(lines, delimiter="\t", strict=True)
        try:
            columns = next(reader, [])
            if not self._are_columns(columns, above + 1):
                return []
            rows = [(above + reader.line_num, cells) for cells in reader]
        except csv.Error as error:
            self.wrong("identity-row", above + reader.line_num, f"no row of tab-separated cells: {error}; mend it")
            return []
        return [decision for line, cells in rows if (decision := self._decision(line, columns, cells))]

    def _are_columns(self, columns: list[str], line: int) -> bool:
        before = len(self.findings)
        for column in columns:
            if column not in COLUMNS:
                self.wrong("identity-column", line, f"no column '{column}' here; {_nearest(column, COLUMNS)}")
            elif columns.count(column) > 1:
                self.wrong("identity-column", line, f"column '{column}' stands here twice; take one out")
        missing = [column for column in COLUMNS if column not in columns]
        if missing:
            self.wrong("identity-column", line, f"no column {', '.join(missing)}; add it")
        return len(self.findings) == before

    def _decision(self, line: int, columns: list[str], cells: list[str]) -> Decision | None:
        if len(cells) != len(columns):
            message = f"{len(cells)} cells where there are {len(columns)} columns; mend the tabs"
            self.wrong("identity-row", line, message)
            return None
        row = dict(zip(columns, cells, strict=True))
        before = len(self.findings)
        for column, problem in _problems_of(row):
            self.wrong("identity-value", line, f"{column}: {problem}")
        subject = "" if row["subject_type"] == LITERAL else self._record(row["subject_id"], "subject_id", line)
        kept = self._record(row["object_id"], "object_id", line)
        if len(self.findings) > before:
            return None
        return Decision(subject, row["subject_label"], kept, not row["predicate_modifier"], row["comment"], line)

    def _record(self, curie: str, column: str, line: int) -> str:
        """Return the IRI of a record that a CURIE names, or note what is wrong with it."""
        prefix, colon, local = curie.partition(":")
        iri = self.prefixes.get(prefix, "") + local
        kind, _, slug = iri.removeprefix(BASE).partition("/")
        if not colon or prefix not in self.prefixes:
            message = f"{column}: '{curie}' has no prefix of the curie_map; write it as id:organisation/<slug>"
            self.wrong("identity-value", line, message)
        elif not iri.startswith(BASE) or kind not in ("organisation", "project") or not SLUG.fullmatch(slug):
            message = f"{column}: '{curie}' is no organisation or project; write it as id:organisation/<slug>"
            self.wrong("identity-value", line, message)
        return iri


def _problems_of(row: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Say what is wrong with each cell by itself: the column, and the problem with its remedy."""
    for column, values in _CLOSED.items():
        if row[column] not in values:
            known = " or ".join(f"'{value}'" if value else "nothing" for value in values)
            yield column, f"'{row[column]}' is not known; write {known}"
    for column in _FILLED:
        if not row[column].strip():
            yield column, "is empty; fill it in"
    if row["subject_type"] == LITERAL and row["subject_id"]:
        yield "subject_id", "a name has none; take it out, or take out the subject_type"
    if not _is(lambda text: 0 <= float(text) <= 1, row["confidence"]):
        yield "confidence", f"'{row['confidence']}' is no number from 0 to 1; write one"
    if not _is(lambda text: date.fromisoformat(text).isoformat() == text, row["mapping_date"]):
        yield "mapping_date", f"'{row['mapping_date']}' is no date; write it as 2021-08-21"


def _is(test: Callable[[str], bool], text: str) -> bool:
    try:
        return test(text)
    except ValueError:
        return False


def problems(decisions: list[Decision], bodies: Mapping[str, Body]) -> Iterator[Finding]:
    """Compare the decisions with one another and with the records.

    Parameters
    ----------
    decisions : list of Decision
    bodies : mapping of str to Body
        The records there are, by IRI.

    Yields
    ------
    Finding
        A pair decided twice, a subject that is said to be two bodies, a record that is not there, two records that are
        said to be one and are still two, a name that its record does not have.
    """
    first: dict[tuple[str, str], Decision] = {}
    merged: dict[str, Decision] = {}
    for decision in decisions:
        earlier = first.setdefault(decision.pair, decision)
        if earlier is decision and decision.same and decision.subject:
            earlier = merged.setdefault(decision.subject, decision)
        if earlier is decision:
            continue
        said = "is" if earlier.same else "is not"
        message = (
            f"line {earlier.line} says that {_called(earlier)} {said} {shorten(earlier.kept)}; keep one of the rows"
        )
        yield _finding("identity-decided-twice", decision.line, message)
    for decision in first.values():
        yield from _against_records(decision, bodies, merged)


def _called(decision: Decision) -> str:
    return shorten(decision.subject) if decision.subject else f"'{decision.name}'"


def _against_records(
    decision: Decision, bodies: Mapping[str, Body], merged: Mapping[str, Decision]
) -> Iterator[Finding]:
    subject, kept, line = shorten(decision.subject), shorten(decision.kept), decision.line
    body = bodies.get(decision.kept)
    if decision.subject and subject.partition("/")[0] != kept.partition("/")[0]:
        yield _finding("identity-value", line, f"{subject} and {kept} are not of one kind; mend the ids")
    elif decision.subject == decision.kept:
        yield _finding("identity-value", line, f"{kept} is compared with itself; mend the ids")
    elif body is None:
        yield _finding("identity-unknown-record", line, f"no record {kept}; {_instead(decision.kept, bodies, merged)}")
    elif not decision.subject:
        yield from _against_names(decision, body)
    elif decision.same and decision.subject in bodies:
        message = f"{subject} and {kept} are said to be one and both have a record; join the two, or write Not"
        yield _finding("identity-not-merged", line, message)
    elif not decision.same and decision.subject not in bodies:
        remedy = _instead(decision.subject, bodies, merged)
        yield _finding("identity-unknown-record", line, f"no record {subject}; {remedy}")


def _against_names(decision: Decision, body: Body) -> Iterator[Finding]:
    kept = shorten(decision.kept)
    has = Name.of(decision.name).letters in {name.letters for name in body.names}
    if decision.same and not has:
        message = f"'{decision.name}' is no name of {kept}; add it to its names or misprints, or take the row out"
        yield _finding("identity-name", decision.line, message)
    elif has and not decision.same:
        message = f"'{decision.name}' is a name of {kept}; take it out of the record, or take the row out"
        yield _finding("identity-name", decision.line, message)


def _instead(iri: str, bodies: Mapping[str, Body], merged: Mapping[str, Decision]) -> str:
    if iri in merged:
        decision = merged[iri]
        return f"line {decision.line} says it is {shorten(decision.kept)}: write that, or take the row out"
    kind, _, slug = iri.rpartition("/")
    slugs = [name.removeprefix(f"{kind}/") for name in bodies if name.startswith(f"{kind}/")]
    near = difflib.get_close_matches(slug, slugs, 1, 0.7)
    return f"did you mean {shorten(f'{kind}/{near[0]}')}?" if near else "mend the id, or take the row out"


def _nearest(word: object, known: tuple[str, ...]) -> str:
    near = difflib.get_close_matches(str(word), known, 1, 0.5)
    return f"did you mean '{near[0]}'?" if near else "take it out"


def _finding(rule: str, line: int, message: str) -> Finding:
    return Finding(rule, message, Location(f"data/{FILE}", line, 1))
