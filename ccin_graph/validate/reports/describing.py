"""What the data add to findings: the subject's name, the passage behind it, and what could be written instead."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.records.locators import Locator
from ccin_graph.validate.reports.suggesting import Suggestions
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from ccin_graph.findings import Finding
    from ccin_graph.records.context import Context
    from ccin_graph.store import Store
    from ccin_graph.validate.reports.rulebook import Shape

_LABELS = """PREFIX dcterms: <http://purl.org/dc/terms/> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?thing ?label {{ VALUES ?thing {{ {things} }} ?thing skos:prefLabel|dcterms:title ?label }}"""
_PASSAGES = """PREFIX ccin: <https://w3id.org/ccin/def#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?thing ?passage {{
  VALUES ?thing {{ {things} }} ?thing prov:wasDerivedFrom|dcterms:source ?passage . ?passage a ccin:Passage }}"""

#: How many nodes are asked about in one query.
_AT_ONCE = 500

_PASSAGE = re.compile(re.escape(BASE) + r"publication/(?P<publication>[^/#]+)/text#line=(?P<first>\d+),(?P<last>\d+)")


def describe(findings: Sequence[Finding], store: Store, context: Context, shapes: Mapping[str, Shape]) -> list[Finding]:
    """Complete findings from the data that were checked.

    Parameters
    ----------
    findings : sequence of Finding
    store : Store
    context : Context
        Which key stands for which property.
    shapes : mapping of str to Shape
        By the rule's name.

    Returns
    -------
    list of Finding
        With label, passage and suggestion where they can be found; what a finding already says stays.
    """
    subjects = {finding.subject for finding in findings if finding.subject}
    labels = _labels(store, subjects)
    passages = _passages(store, {finding.subject for finding in findings if finding.subject and not finding.passage})
    suggestions = Suggestions(store, context, shapes)
    return [
        replace(
            finding,
            label=finding.label or labels.get(finding.subject, ""),
            passage=finding.passage or passages.get(finding.subject, ""),
            suggestion=finding.suggestion or suggestions.of(finding),
        )
        for finding in findings
    ]


def passage_shown(iri: str) -> str:
    """Return a passage as a curator writes it.

    Parameters
    ----------
    iri : str

    Returns
    -------
    str
        Empty for what is no passage.

    Examples
    --------
    >>> passage_shown("https://w3id.org/ccin/id/publication/covid-2020/text#line=386,391")
    'covid-2020:387-391'
    >>> passage_shown("https://w3id.org/ccin/id/publication/covid-2020/text#line=386,387")
    'covid-2020:387'
    """
    lines = lines_of(iri)
    if lines is None:
        return ""
    return f"{lines.publication}:{lines.first}" + (f"-{lines.last}" if lines.last != lines.first else "")


def lines_of(iri: str) -> Locator | None:
    """Return the lines that a passage is.

    Parameters
    ----------
    iri : str

    Returns
    -------
    Locator or None
        None for what is no passage.
    """
    match = _PASSAGE.fullmatch(iri)
    return Locator(match["publication"], int(match["first"]) + 1, int(match["last"])) if match else None


def _labels(store: Store, subjects: set[str]) -> dict[str, str]:
    records = {subject: subject.partition("#")[0].removesuffix("/text") for subject in subjects}
    known: dict[str, str] = {}
    for thing, label in sorted(_answers(store, _LABELS, subjects | set(records.values()))):
        known.setdefault(thing, label)
    labels = {}
    for subject, record in records.items():
        if subject in known:
            labels[subject] = known[subject]
        elif record in known:
            labels[subject] = f"{known[record]}: {_part(subject)}"
    return labels


def _part(subject: str) -> str:
    lines = passage_shown(subject).partition(":")[2]
    if lines:
        return f"line{'s' if '-' in lines else ''} {lines}"
    words = subject.partition("#")[2].replace(".", ", ")
    return re.sub(r"(?<=[a-z])-(?=[a-z])", " ", words)


def _passages(store: Store, subjects: set[str]) -> dict[str, str]:
    found: dict[str, list[str]] = {subject: [subject] for subject in subjects if passage_shown(subject)}
    for thing, passage in _answers(store, _PASSAGES, subjects - set(found)):
        found.setdefault(thing, []).append(passage)
    return {thing: min(passages, key=_position) for thing, passages in found.items()}


def _position(passage: str) -> tuple[Locator, str]:
    return lines_of(passage) or Locator("", 0, 0), passage


def _answers(store: Store, template: str, things: set[str]) -> Iterator[tuple[str, str]]:
    terms = sorted(str(node) for node in map(_node, things) if node)
    for start in range(0, len(terms), _AT_ONCE):
        query = template.format(things=" ".join(terms[start : start + _AT_ONCE]))
        for thing, value in store.select(query).rows:
            yield str(getattr(thing, "value", "")), str(getattr(value, "value", ""))


def _node(iri: str) -> ox.NamedNode | None:
    try:
        return ox.NamedNode(iri)
    except ValueError:  # the name of a blank node, in somebody else's data
        return None
