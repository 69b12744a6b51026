"""All records of a folder to quads, or to the list of everything that is wrong with them."""

from __future__ import annotations

import difflib
from collections import defaultdict
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ccin_graph.errors import RecordsError, TreeError
from ccin_graph.findings import Finding, Location, Severity
from ccin_graph.records.context import Context, read_context
from ccin_graph.records.expanded import Expanded, Origin
from ccin_graph.records.expansion import expand
from ccin_graph.records.forms import FOLDERS, KINDS, SLUG
from ccin_graph.records.mapping import triples_of
from ccin_graph.records.reading import read_record
from ccin_graph.vocabulary import BASE, CONCEPTS, ONTOLOGY, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.records.reading import Scalar
    from ccin_graph.tree import Tree


#: Files below ``data/`` that are no records.
NOT_RECORDS = ("identities.sssom.tsv", "retired.yaml")


@dataclass(slots=True)
class Corpus:
    """Everything the records say, and where they say it.

    Attributes
    ----------
    quads : list of pyoxigraph.Quad
        Asserted quads: entities, what each publication claims, concepts, ontology. No blank nodes but the ontology's.
    origins : dict of str to Origin
        Where each node was written, by its IRI.
    accepted : dict of tuple to str
        Why a record accepts a warning, by the record's IRI and the rule.
    warnings : list of Finding
        What the loader noticed and could live with.
    expanded : list of dict
        The plain JSON-LD nodes before they became quads.
    context : Context
    """

    context: Context
    quads: list[ox.Quad] = field(default_factory=list)
    origins: dict[str, Origin] = field(default_factory=dict)
    accepted: dict[tuple[str, str], str] = field(default_factory=dict)
    warnings: list[Finding] = field(default_factory=list)
    expanded: list[dict[str, Any]] = field(default_factory=list)


def load_records(tree: Tree) -> Corpus:
    """Read every record of a project.

    Parameters
    ----------
    tree : Tree

    Returns
    -------
    Corpus

    Raises
    ------
    RecordsError
        With every problem of every file, if there is any.
    TreeError
        If a folder or the ontology cannot be read.
    """
    context = read_context(tree.context)
    corpus = Corpus(context)
    corpus.quads += read_vocabulary(tree)
    concepts = {
        quad.subject.value.removeprefix(BASE)
        for quad in corpus.quads
        if quad.predicate.value == SKOS + "inScheme" and isinstance(quad.subject, ox.NamedNode)
    }
    results = [_expand_file(path, tree, context) for path in record_files(tree)]
    findings = [_about(result, finding) for result in results for finding in result.findings]
    findings += _unresolved(results, concepts)
    findings += _spellings(results)
    _collect(corpus, results, findings)
    problems = [finding for finding in findings if finding.severity is Severity.VIOLATION]
    if problems:
        raise RecordsError(sorted(problems, key=lambda finding: finding.sort_key))
    corpus.warnings = findings
    corpus.quads += _quads(corpus, results)
    return corpus


def record_files(tree: Tree) -> list[Path]:
    """List the record files of a project in a fixed order.

    Parameters
    ----------
    tree : Tree

    Returns
    -------
    list of Path

    Raises
    ------
    TreeError
        If there is no ``data/``.
    """
    if not tree.data.is_dir():
        raise TreeError(f"no folder {tree.data}", remedy="Go to a checkout, or name one with --root.")
    files = (path for path in tree.data.rglob("*") if path.is_file() and not path.name.startswith("."))
    return sorted(path for path in files if path.relative_to(tree.data).as_posix() not in NOT_RECORDS)


def _expand_file(path: Path, tree: Tree, context: Context) -> Expanded:
    inside = path.relative_to(tree.data)
    shown = (Path("data") / inside).as_posix()
    kind = KINDS.get(inside.parts[0])
    if kind is None or path.suffix != ".yaml" or len(inside.parts) < 2 or not SLUG.fullmatch(path.stem):
        folders = ", ".join(KINDS)
        message = (
            f"not a record; records are <slug>.yaml files in {folders}, with a slug of small letters, digits, hyphens"
        )
        return Expanded(findings=[Finding("misplaced-file", message, Location(shown, 1, 1))])
    mapping, findings = read_record(path, shown)
    slug = f"{inside.parts[1]}/{path.stem}" if kind == "case-study" else path.stem
    if mapping is None:
        return Expanded(identifier=f"{kind}/{slug}", findings=findings)
    result = expand(mapping, shown, kind, slug, context)
    declared = mapping.scalar("type")
    folder = inside.parent.as_posix()
    wanted = [
        f"{name}/{inside.parts[1]}" if kind == "case-study" else name for name in FOLDERS.get(_text(declared), ())
    ]
    if declared and wanted and folder not in wanted:
        message = f"a {declared.text} lies in data/{wanted[0]}/; move the file, or mend the type"
        findings.append(Finding("wrong-folder", message, Location(shown, declared.line, declared.column)))
    publication = mapping.scalar("publication")
    if kind == "case-study" and publication and publication.text != inside.parts[1]:
        message = f"publication '{publication.text}' but the file lies in {folder}/; move it, or mend the key"
        findings.append(Finding("wrong-folder", message, Location(shown, publication.line, publication.column)))
    result.findings = findings + result.findings
    return result


def _about(result: Expanded, finding: Finding) -> Finding:
    # By its subject a finding is accepted, and named in reports.
    return replace(finding, subject=BASE + result.identifier) if result.identifier else finding


def _text(scalar: Scalar | None) -> str:
    return scalar.text if scalar else ""


def read_vocabulary(tree: Tree) -> Iterator[ox.Quad]:
    """Read our concepts and our ontology.

    Parameters
    ----------
    tree : Tree

    Yields
    ------
    pyoxigraph.Quad
        Each in the graph of concepts or of the ontology.

    Raises
    ------
    TreeError
        If a file is not Turtle.
    """
    for folder, name in ((tree.ontology / "concepts", CONCEPTS), (tree.ontology, ONTOLOGY)):
        graph = ox.NamedNode(name)
        for path in sorted(folder.glob("*.ttl")):
            for quad in _parse_turtle(path):
                yield ox.Quad(quad.subject, quad.predicate, quad.object, graph)


def _parse_turtle(path: Path) -> Iterator[ox.Quad]:
    try:
        yield from ox.parse(path=path, format=ox.RdfFormat.TURTLE, rename_blank_nodes=True)
    except SyntaxError as error:
        raise TreeError(f"{path.name}:{error.lineno}: {error.msg}", remedy="Mend the Turtle.") from error


def _unresolved(results: list[Expanded], concepts: set[str]) -> Iterator[Finding]:
    known = concepts | {result.identifier for result in results if result.identifier}
    by_kind: dict[str, list[str]] = defaultdict(list)
    for name in known:
        kind, _, slug = name.partition("/")
        by_kind[kind].append(slug)
    for result in results:
        for reference in result.references:
            if f"{reference.kind}/{reference.name}" in known:
                continue
            near = difflib.get_close_matches(reference.name, sorted(by_kind[reference.kind]), 1, 0.5)
            what = "record" if reference.kind in KINDS.values() else "concept"
            remedy = f"did you mean '{near[0]}'?" if near else _choice(sorted(by_kind[reference.kind]))
            message = f"no {what} {reference.kind}/{reference.name}; {remedy}"
            suggestion = f"write '{near[0]}'" if near else ""
            found = Finding(
                "unknown-reference", message, reference.location, value=reference.name, suggestion=suggestion
            )
            yield _about(result, found)


def _spellings(results: list[Expanded]) -> Iterator[Finding]:
    """Yield the places that records name in two ways: with one IRI they would have two names."""
    first: dict[str, tuple[str, Location]] = {}
    for result in results:
        for node in result.document:
            if node["type"] != ["Place"]:
                continue
            here = result.origins[BASE + node["id"]].location
            name, there = first.setdefault(node["id"], (node["name"], here))
            if name != node["name"]:
                message = (
                    f"'{node['name']}' is one place with '{name}' ({there.file}:{there.line}); write both in one way"
                )
                found = Finding(
                    "place-in-two-spellings", message, here, value=node["name"], suggestion=f"write '{name}'"
                )
                yield _about(result, found)


def _choice(slugs: list[str]) -> str:
    return f"write one of {', '.join(slugs)}" if 0 < len(slugs) <= 20 else "make it first, or mend the name"


def _collect(corpus: Corpus, results: list[Expanded], findings: list[Finding]) -> None:
    seen: dict[str, str] = {}
    for result in results:
        own = BASE + result.identifier
        place = result.origins.get(own)
        if result.identifier and result.identifier in seen and place:
            message = f"id '{result.identifier}' is also that of {seen[result.identifier]}; rename one of the two"
            findings.append(_about(result, Finding("duplicate-id", message, place.location)))
        elif place:
            seen[result.identifier] = place.location.file
        corpus.expanded += result.document
        for iri, origin in result.origins.items():
            corpus.origins.setdefault(iri, origin)
        for rule, why in result.accepted.items():
            corpus.accepted[own, rule] = why


def _quads(corpus: Corpus, results: list[Expanded]) -> list[ox.Quad]:
    graphs = {iri: ox.NamedNode(graph) for result in results for iri, graph in result.graphs.items()}
    # A set, for several records may speak of the same place or passage.
    triples = {triple for node in corpus.expanded for triple in triples_of(node, corpus.context)}
    return [
        ox.Quad(triple.subject, triple.predicate, triple.object, graphs[triple.subject.value])
        for triple in triples
        if isinstance(triple.subject, ox.NamedNode)
    ]
