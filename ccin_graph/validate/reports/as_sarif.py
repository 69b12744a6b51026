"""A report as SARIF 2.1.0 (OASIS), for editors and code hosts."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from ccin_graph import __version__
from ccin_graph.findings import Severity
from ccin_graph.validate.reports.as_json import dumped
from ccin_graph.validate.reports.describing import lines_of

if TYPE_CHECKING:
    from ccin_graph.validate.reports.report import Entry, Report
    from ccin_graph.validate.reports.rulebook import Rule

SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"

_LEVELS = {Severity.VIOLATION: "error", Severity.WARNING: "warning", Severity.INFORMATION: "note"}
#: The folder that holds ``data/``, by the name that code hosts know it under.
_ROOT = "%SRCROOT%"


def to_sarif(report: Report) -> str:
    """Return a report as SARIF.

    Locations are relative to the folder that holds ``data/``; an accepted finding is suppressed in the source, with the
    record's reason.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str
    """
    positions = {rule.name: position for position, rule in enumerate(report.rules)}
    run = {
        "tool": {
            "driver": {
                "name": "ccin-graph",
                "version": __version__,
                "informationUri": "https://w3id.org/ccin/docs/",
                "rules": [_rule(rule) for rule in report.rules],
            }
        },
        "columnKind": "unicodeCodePoints",
        "originalUriBaseIds": {_ROOT: {"description": {"text": "The folder that holds data/."}}},
        "results": [_result(entry, positions[entry.rule.name]) for entry in report.entries],
    }
    document = {"$schema": SCHEMA, "version": "2.1.0", "runs": [run]}
    return dumped(document)


def _rule(rule: Rule) -> dict[str, Any]:
    text = rule.remedy if rule.remedy.startswith(rule.summary.rstrip(".")) else f"{rule.summary} {rule.remedy}"
    return {
        "id": rule.name,
        "shortDescription": {"text": rule.summary},
        "help": {"text": f"{text} See {rule.see}", "markdown": f"{_markdown(text)} [The guide says more]({rule.see})."},
        "helpUri": rule.see,
        "defaultConfiguration": {"level": _LEVELS[rule.severity]},
        "properties": {"tags": [rule.kind.value], "iri": rule.iri},
    }


def _result(entry: Entry, position: int) -> dict[str, Any]:
    finding = entry.finding
    more = [f"{text}." for text in (finding.suggestion[:1].upper() + finding.suggestion[1:],) if text]
    result: dict[str, Any] = {
        "ruleId": finding.rule,
        "ruleIndex": position,
        "level": _LEVELS[finding.severity],
        "message": {"text": " ".join([finding.message, *more])},
        "locations": [_location(entry)],
        "partialFingerprints": {"ccinGraphFinding/v1": entry.identifier},
    }
    lines = lines_of(finding.passage)
    if lines:
        text = finding.passage.partition("#")[0]
        region = {"startLine": lines.first, "endLine": lines.last}
        result["relatedLocations"] = [
            {
                "id": 1,
                "message": {"text": f"read in {entry.source}"},
                "physicalLocation": {"artifactLocation": {"uri": text}, "region": region},
            }
        ]
    if finding.accepted:
        result["suppressions"] = [{"kind": "inSource", "status": "accepted", "justification": finding.accepted}]
    facts = {"path": finding.path, "value": finding.value, "component": finding.component}
    facts["suggestion"] = finding.suggestion
    facts = {name: fact for name, fact in facts.items() if fact}
    if facts:
        result["properties"] = facts
    return result


def _location(entry: Entry) -> dict[str, Any]:
    finding, place = entry.finding, entry.finding.location
    location: dict[str, Any] = {}
    if place.file:
        physical: dict[str, Any] = {"artifactLocation": _artifact(place.file)}
        if place.line:
            column = {"startColumn": place.column} if place.column else {}
            physical["region"] = {"startLine": place.line, **column}
        location["physicalLocation"] = physical
    if finding.subject:
        name = {"name": finding.label} if finding.label else {}
        location["logicalLocations"] = [{**name, "fullyQualifiedName": finding.subject, "kind": "resource"}]
    return location


def _artifact(file: str) -> dict[str, str]:
    path = PurePath(file)
    # A file that somebody named by its whole path lies where it lies.
    return {"uri": path.as_uri()} if path.is_absolute() else {"uri": quote(file), "uriBaseId": _ROOT}


def _markdown(text: str) -> str:
    return re.sub(r"([\\`*_{}\[\]<>#|])", r"\\\1", text)
