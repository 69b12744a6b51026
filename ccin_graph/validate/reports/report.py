"""Findings made ready to be shown: completed, in a fixed order, each with its rule and a name of its own."""

from __future__ import annotations

import hashlib
from collections import Counter
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from ccin_graph.records.forms import KINDS, SLUG
from ccin_graph.validate.reports.describing import describe, passage_shown
from ccin_graph.validate.reports.rulebook import read_rules, unknown_rule
from ccin_graph.vocabulary import BASE, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccin_graph.build import Dataset
    from ccin_graph.findings import Finding
    from ccin_graph.tree import Tree
    from ccin_graph.validate.reports.rulebook import Rule


@dataclass(frozen=True, slots=True)
class Entry:
    """A finding with what a report says of it.

    Parameters
    ----------
    finding : Finding
    rule : Rule
    identifier : str
        Made of what the finding says, not of its line: it stays the same while other lines of the record change.
    """

    finding: Finding
    rule: Rule
    identifier: str

    @property
    def standing(self) -> str:
        """``violation``, ``warning``, ``accepted`` or ``information``."""
        return "accepted" if self.finding.accepted else self.finding.severity.name.lower()

    @property
    def name(self) -> str:
        """The subject as people know it, or the end of its IRI."""
        return self.finding.label or shorten(self.finding.subject)

    @property
    def found(self) -> str:
        """What was found, as people read it: the end of an IRI of this graph, a prefixed name, or the text."""
        return shorten(self.finding.value)

    @property
    def said(self) -> str:
        """The message without the subject before it and the value behind it."""
        message = self.finding.message
        if self.finding.subject:
            message = message.removeprefix(f"{shorten(self.finding.subject)}: ")
        if self.finding.value:
            message = message.removesuffix(f" (found: {self.found})")
        return message

    @property
    def source(self) -> str:
        """The source passage as a curator writes it, ``publication:lines``, or an empty string."""
        return passage_shown(self.finding.passage)

    @property
    def place(self) -> str:
        """File, line and column as editors take them, or an empty string."""
        place = self.finding.location
        return ":".join([place.file, *(str(number) for number in (place.line, place.column) if number)])


@dataclass(frozen=True, slots=True)
class Report:
    """The findings of one check.

    Parameters
    ----------
    entries : tuple of Entry
        In the order of files, lines, columns and rules.
    rules : tuple of Rule
        Every rule that was looked at, by kind and name.
    """

    entries: tuple[Entry, ...]
    rules: tuple[Rule, ...]

    @property
    def findings(self) -> list[Finding]:
        """The findings alone."""
        return [entry.finding for entry in self.entries]

    @property
    def counts(self) -> dict[str, int]:
        """How many findings there are of each standing, the gravest first."""
        found = Counter(entry.standing for entry in self.entries)
        return {standing: found[standing] for standing in ("violation", "warning", "accepted", "information")}

    @property
    def to_mend(self) -> int:
        """How many findings make the check fail."""
        return sum(finding.to_mend for finding in self.findings)

    def by_file(self) -> dict[str, list[Entry]]:
        """Group the entries by the file they are to be mended in.

        Returns
        -------
        dict of str to list of Entry
            What has no file comes first, under an empty name.
        """
        groups: dict[str, list[Entry]] = {}
        for entry in self.entries:
            groups.setdefault(entry.finding.location.file, []).append(entry)
        return groups


def make_report(findings: Iterable[Finding], tree: Tree | None, dataset: Dataset | None = None) -> Report:
    """Make findings ready to be shown.

    Parameters
    ----------
    findings : iterable of Finding
    tree : Tree or None
        The rules are read from it; None for a check by other shapes, of which only the findings' names are known.
    dataset : Dataset, optional
        What was checked; without it findings keep what they know of themselves. Records that cannot be loaded make
        none.

    Returns
    -------
    Report
        With the subject, label, passage and suggestion of every finding for which they can be found.
    """
    rules = read_rules(tree) if tree else {}
    found = [_with_subject(finding) for finding in findings]
    if dataset is not None:
        shapes = {name: rule.shape for name, rule in rules.items() if rule.shape}
        found = describe(found, dataset.store, dataset.corpus.context, shapes)
    found.sort(key=_order)
    for finding in found:
        rules.setdefault(finding.rule, unknown_rule(finding.rule, finding.severity))
    seen: Counter[str] = Counter()
    entries = []
    for finding in found:
        identifier = _identifier(finding)
        seen[identifier] += 1
        if seen[identifier] > 1:
            identifier += f"-{seen[identifier]}"
        entries.append(Entry(finding, rules[finding.rule], identifier))
    return Report(tuple(entries), tuple(rules.values()))


def _with_subject(finding: Finding) -> Finding:
    # What the loader says is about the record that the file is, whether it can be read or not.
    folder, *inside = finding.location.file.split("/")
    if finding.subject or folder != "data" or not inside or not inside[-1].endswith(".yaml"):
        return finding
    kind = KINDS.get(inside[0])
    slugs = [inside[-1].removesuffix(".yaml")]
    if kind == "case-study":
        slugs = [*inside[1:-1], *slugs]
    if kind is None or not all(SLUG.fullmatch(slug) for slug in slugs):
        return finding
    return replace(finding, subject=BASE + "/".join([kind, *slugs]))


def _order(finding: Finding) -> tuple[object, ...]:
    # Everything that could tell two findings apart: engines report in no fixed order.
    return (*finding.sort_key, finding.value, finding.path, finding.component, finding.passage, -finding.severity)


def _identifier(finding: Finding) -> str:
    about = finding.subject or finding.location.file
    told = (finding.rule, about, finding.path, finding.value, finding.component, finding.message)
    return hashlib.sha256("\x1f".join(told).encode("utf-8", "surrogatepass")).hexdigest()[:16]
