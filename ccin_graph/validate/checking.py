"""All checks of a dataset in one list."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from typing import TYPE_CHECKING

from ccin_graph.findings import Finding, Severity
from ccin_graph.validate.controls import compare_controls
from ccin_graph.validate.locating import locate
from ccin_graph.validate.rules import run_rules

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.build import Dataset
    from ccin_graph.store import EmbeddedStore
    from ccin_graph.tree import Tree
    from ccin_graph.validate.results import Result
    from ccin_graph.validate.shacl import Engine


def check(
    dataset: Dataset,
    tree: Tree,
    sources: Path | None = None,
    engine: Engine | None = None,
    register: Path | None = None,
) -> list[Finding]:
    """Check a dataset.

    Parameters
    ----------
    dataset : Dataset
    tree : Tree
        Shapes and queries are taken from it.
    sources : Path, optional
        Folder of the source texts; without it they are not looked at.
    engine : Engine, optional
        Which SHACL engine; the best that is installed by default.
    register : Path, optional
        The register of local authorities, to hold the records of councils against.

    Returns
    -------
    list of Finding
        In the order of files and lines.
    """
    from ccin_graph.evidence.checking import EvidenceCheck
    from ccin_graph.evidence.register import compare_register
    from ccin_graph.identities.review import identity_findings
    from ccin_graph.validate.vitality import shapes_alive

    corpus = dataset.corpus
    store = dataset.store
    results = [*run_shapes_and_rules(store, tree, engine), *compare_controls(store, tree.queries)]
    findings = [*corpus.warnings, *locate(results, store, corpus.origins)]
    findings += shapes_alive(tree.shapes, store, tree.ontology)
    findings += identity_findings(store, tree, corpus.origins)
    if sources is not None:
        findings += EvidenceCheck(store, tree.queries, sources, corpus.origins).findings()
    if register is not None:
        findings += compare_register(store, tree.queries, register, corpus.origins)
    findings = [_accepted(finding, corpus.accepted) for finding in findings]
    return sorted(findings, key=lambda finding: finding.sort_key)


def run_shapes_and_rules(store: EmbeddedStore, tree: Tree, engine: Engine | None = None) -> list[Result]:
    """Validate a store against the shapes and the rules between records, both at once.

    Parameters
    ----------
    store : EmbeddedStore
    tree : Tree
        Shapes and queries are taken from it.
    engine : Engine, optional
        Which SHACL engine.

    Returns
    -------
    list of Result
        Those of the shapes first.

    Raises
    ------
    ShapesError
        If the shapes cannot be used.
    QueryError
        If a rule cannot be run.
    """
    from ccin_graph.validate.shacl import validate_shapes

    with ThreadPoolExecutor(1) as beside:
        rules = beside.submit(lambda: list(run_rules(store, tree.queries)))
        return [*validate_shapes(store, tree.shapes, engine), *rules.result()]


def _accepted(finding: Finding, accepted: dict[tuple[str, str], str]) -> Finding:
    record = finding.subject.partition("#")[0]
    why = accepted.get((record, finding.rule), "")
    return replace(finding, accepted=why) if why and finding.severity is Severity.WARNING else finding


def summary_of(findings: list[Finding]) -> str:
    """Count findings in a sentence.

    Parameters
    ----------
    findings : list of Finding

    Returns
    -------
    str

    Examples
    --------
    >>> summary_of([])
    'Nothing to mend.'
    """
    violations = sum(finding.severity is Severity.VIOLATION for finding in findings)
    warnings = sum(finding.severity is Severity.WARNING and not finding.accepted for finding in findings)
    accepted = sum(bool(finding.accepted) for finding in findings)
    information = sum(finding.severity is Severity.INFORMATION for finding in findings)
    counts = [
        _count(violations, "violation"),
        _count(warnings, "warning"),
        _count(accepted, "accepted warning"),
        f"{information} for information" if information else "",
    ]
    said = ", ".join(count for count in counts if count)
    if violations or warnings:
        return f"To mend: {said}."
    return f"Nothing to mend ({said})." if said else "Nothing to mend."


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}" if number else ""
