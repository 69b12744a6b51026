r"""A report as JSON, for other programs.

The structure is stable: keys are added, never renamed or taken away, while ``version`` is 1. Every key is always there;
``null`` stands for what is not known or does not apply.

::

    {
      "version": 1,
      "generator": {"name": "ccin-graph", "version": "…"},
      "summary": {"to_mend": 0, "violation": 0, "warning": 0, "accepted": 0, "information": 0},
      "rules": [           every rule that was looked at, by kind and name
        {"name": "…",      as findings name it
         "kind": "…",      records, shapes, rules, controls, evidence, identities,
                            vitality or other
         "severity": "…",  violation, warning or information
         "summary": "…",   what must hold
         "remedy": "…",    what to do where it does not
         "see": "…",       web address of the section of the documentation
         "iri": "…"}],     of the shape, or of the rule
      "findings": [        in the order of files, lines, columns and rules
        {"id": "…",        the same while the finding says the same, whatever its line
         "rule": "…",
         "severity": "…",  violation, warning or information
         "to_mend": true,  whether it makes the check fail
         "accepted": "…",  why the record accepts it
         "file": "…",      relative to the folder that holds data/
         "line": 1, "column": 1,
         "subject": "…",   IRI of the node
         "label": "…",     name of the subject
         "path": "…",      IRI of the property
         "value": "…",     IRI or text that was found
         "component": "…", IRI of the SHACL constraint component
         "message": "…",   what is wrong and what to do
         "suggestion": "…",  what to write
         "passage": "…",   IRI of the source passage
         "source": "…"}]   the same as publication:lines
    }
"""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ccin_graph import __version__

if TYPE_CHECKING:
    from ccin_graph.validate.reports.report import Entry, Report
    from ccin_graph.validate.reports.rulebook import Rule

#: Of the structure.
VERSION = 1


def to_json(report: Report) -> str:
    """Return a report as JSON.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
    """
    document = {
        "version": VERSION,
        "generator": {"name": "ccin-graph", "version": __version__},
        "summary": {"to_mend": report.to_mend, **report.counts},
        "rules": [_rule(rule) for rule in report.rules],
        "findings": [_finding(entry) for entry in report.entries],
    }
    return dumped(document)


def dumped(document: dict[str, Any]) -> str:
    """Return a document as JSON that can be written as UTF-8, whatever its texts are.

    Parameters
    ----------
    document : dict

    Returns
    -------
    str

    Examples
    --------
    >>> dumped({"half a character": chr(0xD800)})
    '{\\n "half a character": "\\\\ud800"\\n}\\n'
    """
    text = json.dumps(document, ensure_ascii=False, indent=1)
    return text.encode("utf-8", "backslashreplace").decode("utf-8") + "\n"


def _rule(rule: Rule) -> dict[str, str]:
    return {
        "name": rule.name,
        "kind": rule.kind.value,
        "severity": rule.severity.name.lower(),
        "summary": rule.summary,
        "remedy": rule.remedy,
        "see": rule.see,
        "iri": rule.iri,
    }


def _finding(entry: Entry) -> dict[str, Any]:
    finding, place = entry.finding, entry.finding.location
    return {
        "id": entry.identifier,
        "rule": finding.rule,
        "severity": finding.severity.name.lower(),
        "to_mend": finding.to_mend,
        "accepted": finding.accepted or None,
        "file": place.file or None,
        "line": place.line or None,
        "column": place.column or None,
        "subject": finding.subject or None,
        "label": finding.label or None,
        "path": finding.path or None,
        "value": finding.value or None,
        "component": finding.component or None,
        "message": finding.message,
        "suggestion": finding.suggestion or None,
        "passage": finding.passage or None,
        "source": entry.source or None,
    }
