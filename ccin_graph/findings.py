"""Findings: what is wrong or worth knowing, with the file and line to look at."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum


class Severity(IntEnum):
    """How much a finding matters; the order is that of gravity."""

    INFORMATION = 0
    WARNING = 1
    VIOLATION = 2


@dataclass(frozen=True, slots=True)
class Location:
    """A place in a record.

    Parameters
    ----------
    file : str
        Path of the record, relative to the folder that holds ``data/``; empty where there is none.
    line, column : int
        Counted from 1; 0 where unknown.
    """

    file: str = ""
    line: int = 0
    column: int = 0


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding.

    Parameters
    ----------
    rule : str
        The rule's short name, in kebab-case.
    message : str
        What is wrong and what to do, in plain words.
    location : Location
        Where to mend it.
    severity : Severity
        A violation must be mended, a warning mended or accepted, information never fails.
    subject : str
        IRI of the node it is about, or an empty string.
    passage : str
        IRI of the source passage behind it, or an empty string.
    accepted : str
        Why a record accepts the finding, or an empty string.
    label : str
        Name of the subject as people know it, or an empty string.
    path : str
        IRI of the property it is about, or an empty string.
    value : str
        What was found there: the IRI or the text of the offending value; empty where something is missing.
    component : str
        IRI of the SHACL constraint component that was violated; empty for a finding of another kind than a shape's.
    suggestion : str
        What to write, where that can be computed, or an empty string.

    Examples
    --------
    >>> print(Finding("unknown-key", "no key 'sumary'; did you mean 'summary'?", Location("data/a.yaml", 7, 1)))
    data/a.yaml:7: no key 'sumary'; did you mean 'summary'? (unknown-key)
    """

    rule: str
    message: str
    location: Location = field(default_factory=Location)
    severity: Severity = Severity.VIOLATION
    subject: str = ""
    passage: str = ""
    accepted: str = ""
    label: str = ""
    path: str = ""
    value: str = ""
    component: str = ""
    suggestion: str = ""

    @property
    def sort_key(self) -> tuple[str, int, int, str, str, str]:
        """File, line, column, rule, message, subject: the order findings are shown in."""
        place = self.location
        return place.file, place.line, place.column, self.rule, self.message, self.subject

    @property
    def to_mend(self) -> bool:
        """Whether the finding makes a check fail."""
        return self.severity is not Severity.INFORMATION and not self.accepted

    def __str__(self) -> str:
        place = f"{self.location.file}:{self.location.line}" if self.location.file else self.subject or "dataset"
        accepted = f" [accepted: {self.accepted}]" if self.accepted else ""
        return f"{place}: {self.message} ({self.rule}){accepted}"
