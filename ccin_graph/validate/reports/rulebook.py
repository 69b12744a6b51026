"""What every rule asks: what it is called, how grave it is, what to do, and where the guide says more."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

import pyoxigraph as ox

from ccin_graph.findings import Severity
from ccin_graph.packs import read_pack
from ccin_graph.validate.results import SEVERITIES
from ccin_graph.validate.shape_files import shape_files
from ccin_graph.vocabulary import RDF, RDFS, SH

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ccin_graph.tree import Tree

#: What is said of every node of the shapes, by property.
_Described = defaultdict[Any, dict[str, list[Any]]]

#: Where the pages of the documentation are.
DOCS = "https://w3id.org/ccin/docs/"
#: Namespace of the rules that are no shapes.
RULES = "https://w3id.org/ccin/rules#"


class Kind(Enum):
    """What looks for a rule's findings."""

    RECORDS = "records"
    SHAPES = "shapes"
    RULES = "rules"
    CONTROLS = "controls"
    EVIDENCE = "evidence"
    IDENTITIES = "identities"
    VITALITY = "vitality"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Shape:
    """What of a shape is of use for a suggestion.

    Parameters
    ----------
    path : str
        IRI of the property; empty for a node shape and for a path that is more than a property.
    steps : tuple of pyoxigraph.Triple
        Of such a path; the subject of the first stands for it.
    classes : tuple of str
        Classes that a value must have.
    pattern : str
        What the IRI or text of a value must match.
    allowed : tuple of str
        Values of ``sh:in``.
    having : tuple of (str, str)
        Properties that a value must have, each with its value: the scheme of a concept.
    below : tuple of str
        Properties whose values must be higher.
    """

    path: str = ""
    steps: tuple[ox.Triple, ...] = ()
    classes: tuple[str, ...] = ()
    pattern: str = ""
    allowed: tuple[str, ...] = ()
    having: tuple[tuple[str, str], ...] = ()
    below: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Parameters
    ----------
    name : str
        As findings name it.
    kind : Kind
    severity : Severity
        Of its findings.
    summary : str
        What must hold, in a sentence.
    remedy : str
        What to do where it does not.
    see : str
        Web address of the section of the documentation.
    iri : str
        Of the shape, or of the rule.
    shape : Shape, optional
        For a shape.
    """

    name: str
    kind: Kind
    severity: Severity
    summary: str
    remedy: str
    see: str
    iri: str
    shape: Shape | None = None


def read_rules(tree: Tree) -> dict[str, Rule]:
    """Return every rule of a project: of its loader, shapes, queries, controls and evidence.

    Parameters
    ----------
    tree : Tree

    Returns
    -------
    dict of str to Rule
        By name, in the order of kinds and names.

    Raises
    ------
    ShapesError
        If a file of shapes is not Turtle.
    QueryError
        If a rule's header cannot be read.
    """
    rules = [*_built_in(), *_shape_rules(tree.shapes), *_query_rules(tree.queries)]
    order = list(Kind)
    return {rule.name: rule for rule in sorted(rules, key=lambda rule: (order.index(rule.kind), rule.name))}


def unknown_rule(name: str, severity: Severity) -> Rule:
    """Return what can be said of a rule that no rule book describes, such as one of a user's own shapes.

    Parameters
    ----------
    name : str
    severity : Severity

    Returns
    -------
    Rule

    Examples
    --------
    >>> unknown_rule("my-rule", Severity.WARNING).summary
    'My rule.'
    """
    words = name.replace("-", " ").strip()
    summary = f"{words[:1].upper()}{words[1:]}."
    return Rule(name, Kind.OTHER, severity, summary, summary, DOCS + "curation", RULES + quote(name, safe=""))


def _query_rules(queries: Path) -> Iterator[Rule]:
    for query in read_pack(queries, "violations"):
        severity = Severity[str(query.settings.get("severity", "violation")).upper()]
        remedy = _sentence(str(query.settings.get("message", query.summary)))
        see = DOCS + str(query.settings.get("see", "curation"))
        yield Rule(query.stem, Kind.RULES, severity, _sentence(query.summary), remedy, see, RULES + query.stem)


def _shape_rules(folder: Path) -> Iterator[Rule]:
    described: _Described = defaultdict(lambda: defaultdict(list))
    for _, _, quads in shape_files(folder):
        for quad in quads:
            described[quad.subject][quad.predicate.value].append(quad.object)
    for node in list(described):
        if isinstance(node, ox.NamedNode) and SH + "message" in described[node]:
            yield _shape_rule(node, described)


def _shape_rule(node: ox.NamedNode, described: _Described) -> Rule:
    about = described[node]
    asked = [about, *(described[other] for other in about.get(SH + "node", ()) if other in described)]

    def values(term: str) -> tuple[str, ...]:
        return tuple(sorted(one.value for one in about.get(term, ()) if not _is_blank(one)))

    def value(term: str, default: str = "") -> str:
        return next(iter(values(term)), default)

    message = value(SH + "message")
    shape = Shape(
        path=value(SH + "path"),
        steps=tuple(step for path in about.get(SH + "path", ()) for step in _steps(path, described, [])),
        classes=tuple(one.value for facts in asked for one in facts.get(SH + "class", ()) if not _is_blank(one)),
        pattern=next((one.value for facts in asked for one in facts.get(SH + "pattern", ())), ""),
        allowed=tuple(one for facts in asked for head in facts.get(SH + "in", ()) for one in _members(head, described)),
        having=tuple(pair for facts in asked for pair in _having(facts, described)),
        below=(*values(SH + "lessThan"), *values(SH + "lessThanOrEquals")),
    )
    return Rule(
        name=node.value.rpartition("#")[2],
        kind=Kind.SHAPES,
        severity=SEVERITIES.get(value(SH + "severity"), Severity.VIOLATION),
        summary=_sentence(message.partition(": ")[0]),
        remedy=message,
        see=value(RDFS + "seeAlso", DOCS + "curation"),
        iri=node.value,
        shape=shape,
    )


def _having(about: dict[str, list[Any]], described: _Described) -> Iterator[tuple[str, str]]:
    for inner in about.get(SH + "property", ()):
        facts = described.get(inner, {})
        for path in facts.get(SH + "path", ()):
            for value in facts.get(SH + "hasValue", ()):
                if isinstance(path, ox.NamedNode) and isinstance(value, ox.NamedNode):
                    yield path.value, value.value


def _members(head: Any, described: _Described) -> Iterator[str]:
    seen = set()
    while head in described and head not in seen:
        seen.add(head)
        yield from (one.value for one in described[head].get(RDF + "first", ()) if not isinstance(one, ox.BlankNode))
        head = next(iter(described[head].get(RDF + "rest", ())), None)


def _steps(path: Any, described: _Described, inside: list[str]) -> Iterator[ox.Triple]:
    # A path that is more than a property is a tree of blank nodes; here they get names that do not change.
    if not _is_blank(path):
        return
    pairs = [(term, target) for term, targets in sorted(described[path].items()) for target in targets]
    named = [(term, target, [*inside, str(number)]) for number, (term, target) in enumerate(pairs)]
    for term, target, within in named:
        yield ox.Triple(_blank(inside), ox.NamedNode(term), _blank(within) if _is_blank(target) else target)
    for _, target, within in named:
        yield from _steps(target, described, within)


def _blank(inside: list[str]) -> ox.BlankNode:
    return ox.BlankNode("-".join(["path", *inside]))


def _is_blank(term: Any) -> bool:
    return isinstance(term, ox.BlankNode)


def _sentence(text: str) -> str:
    text = text.strip()
    return text[:1].upper() + text[1:] + ("" if text.endswith((".", "!", "?")) else ".")


def _built_in() -> Iterator[Rule]:
    for kind, see, rules in _BUILT_IN:
        for name, (severity, summary, remedy) in rules.items():
            yield Rule(name, kind, severity, summary, remedy, DOCS + see, RULES + name)


_MUST, _SHOULD, _MAY = Severity.VIOLATION, Severity.WARNING, Severity.INFORMATION

#: The rules that are written in Python, where their findings are made; a test looks for one that is missing here.
_BUILT_IN: tuple[tuple[Kind, str, dict[str, tuple[Severity, str, str]]], ...] = (
    (
        Kind.RECORDS,
        "curation#1-where-things-go",
        {
            "misplaced-file": (_MUST, "Below data/ lie records and nothing else.", "Move the file, or rename it."),
            "wrong-folder": (_MUST, "A record lies in the folder of its type.", "Move the file, or mend its type."),
            "id-and-file-disagree": (_MUST, "A record's id says what its file says.", "Rename one of the two."),
            "duplicate-id": (_MUST, "No two records have one id.", "Rename one of the two."),
        },
    ),
    (
        Kind.RECORDS,
        "curation#2-how-a-record-is-written",
        {
            "file-too-large": (_MUST, "A record is a small file.", "Split it, or mend what made it large."),
            "unreadable-file": (_MUST, "A record can be opened.", "Mend the file's permissions."),
            "wrong-encoding": (_MUST, "A record is UTF-8 without a byte-order mark.", "Save it as such."),
            "not-yaml": (_MUST, "A record is YAML.", "Check quotes and indentation at the line named."),
            "not-a-record": (_MUST, "A record is a mapping of keys to values.", "Begin with 'id:' and 'type:'."),
            "several-documents": (_MUST, "One file holds one record.", "Make a file of each."),
            "too-deep": (_MUST, "Records are flat.", "Take out the inner levels."),
            "alias": (_MUST, "A record says everything where it stands.", "Write the value out instead of '*'."),
            "anchor": (_MUST, "A record says everything where it stands.", "Take the '&' out, or quote the value."),
            "tag": (_MUST, "A record has no tags.", "Take the '!' out, or quote the value."),
            "bad-key": (_MUST, "A key is a word.", "Mend the key, or quote the value before it."),
            "duplicate-key": (_MUST, "A key stands once in a mapping.", "Join the two, or take one out."),
            "unknown-key": (_MUST, "A record has only the keys that its type takes.", "Mend the key."),
            "unknown-type": (_MUST, "A record has a type of the table.", "Mend 'type:'."),
            "missing-key": (_MUST, "A record has the keys that its id is made of.", "Add the key."),
            "bad-value": (_MUST, "A value is what its key takes.", "Mend the value as the message says."),
            "bad-locator": (_MUST, "'at' names lines of a publication.", "Write 387, 387-391 or publication:lines."),
            "clash": (_MUST, "A source makes a claim once.", "Take one of the two out, or give one a 'key:'."),
            "unknown-reference": (_MUST, "A name stands for a record or concept.", "Make it first, or mend the name."),
            "place-in-two-spellings": (_MUST, "A place is spelt in one way.", "Write it as in the other record."),
            "season-or-financial-year": (
                _SHOULD,
                "A financial year is written as an interval.",
                "Write 2021/2022, or accept the season with the reason.",
            ),
        },
    ),
    (
        Kind.RECORDS,
        "curation#a-person",
        {"private-detail": (_MUST, "No contact details enter the graph.", "Take the detail out.")},
    ),
    (
        Kind.CONTROLS,
        "curation#figures",
        {
            "unknown-control": (_MUST, "A control names a query of queries/controls/.", "Mend 'control:'."),
            "control-total": (
                _MAY,
                "What a source counts of itself agrees with what the graph holds.",
                "Look whether a claim is missing; the source may be wrong.",
            ),
        },
    ),
    (
        Kind.EVIDENCE,
        "curation#3-the-case-study",
        {
            "no-source-text": (_MUST, "The text of every publication is at hand.", "Put it into the folder."),
            "other-source-text": (_MUST, "A source text is the recorded one.", "Use the recorded one."),
            "line-count": (_MUST, "A publication says how many lines its text has.", "Mend 'lines:'."),
            "no-such-line": (_MUST, "Cited lines exist.", "Mend 'at:'."),
            "blank-passage": (_MUST, "Cited lines are not blank.", "Cite the lines that carry the claim."),
            "name-not-in-passage": (
                _MUST,
                "A claim's names stand in the lines it cites.",
                "Mend the lines, or give 'printed:' as the name stands there.",
            ),
            "number-not-in-passage": (
                _MUST,
                "A figure's number stands in the lines it cites.",
                "Mend the number or the lines, or give 'printed:'.",
            ),
            "blank-end": (_SHOULD, "Cited lines begin and end with a line that says something.", "Mend 'at:'."),
            "not-named-in-lines": (
                _SHOULD,
                "The lines that the record of an organisation or output cites name it.",
                "Mend 'at:', or add the name to 'names:'.",
            ),
            "qualifier-not-in-passage": (
                _SHOULD,
                "A text that means 'about', 'at least' or 'at most' says so.",
                "Mend 'qualifier:', or cite the line that says it.",
            ),
            "principle-not-in-passage": (
                _SHOULD,
                "A principle that is stated is named in the lines.",
                "Write 'basis: interpreted', or mend 'at:'.",
            ),
            "likely-misprint": (
                _SHOULD,
                "The words of a name stand in a text or in another record.",
                "Mend the name, or accept it with the reason.",
            ),
            "title-not-in-section": (
                _MUST,
                "A case study's title stands in its lines.",
                "Mend the title or the lines.",
            ),
        },
    ),
    (
        Kind.EVIDENCE,
        "curation#an-organisation",
        {
            "not-in-register": (_MUST, "The register of authorities has the code of a council.", "Mend 'identifier:'."),
            "not-as-in-register": (
                _SHOULD,
                "Codes, names, region, kind and coordinates of a council are those of the register.",
                "Mend the record, or accept it with the reason.",
            ),
        },
    ),
    (
        Kind.IDENTITIES,
        "curation#5-one-body-one-record",
        {
            "likely-duplicate": (
                _SHOULD,
                "Two records that look alike have been looked at.",
                "Join the two, or write among the decisions that they are two.",
            ),
            "identity-encoding": (_MUST, "The decisions are UTF-8.", "Save the file as UTF-8."),
            "identity-header": (_MUST, "The decisions begin with the keys of a mapping set.", "Mend the lines with #."),
            "identity-column": (_MUST, "The decisions have the columns of SSSOM.", "Mend the line of columns."),
            "identity-row": (_MUST, "Every row has a cell for every column.", "Mend the row."),
            "identity-value": (_MUST, "A cell holds what its column takes.", "Mend the cell."),
            "identity-decided-twice": (_MUST, "A pair is decided once.", "Take one of the rows out."),
            "identity-unknown-record": (_MUST, "A decision is about records.", "Mend the id."),
            "identity-not-merged": (_MUST, "Of two records that are one, one is left.", "Join them, or mend the row."),
            "identity-name": (_MUST, "A decision agrees with the names of its record.", "Mend the row, or the names."),
        },
    ),
    (
        Kind.VITALITY,
        "curation",
        {
            "shape-unknown-term": (_MUST, "Shapes say nothing in SHACL's name that SHACL has not.", "Mend the term."),
            "shape-unknown-name": (_MUST, "Shapes name classes and properties that exist.", "Mend the name."),
            "shape-ill-formed": (_MUST, "Shapes are well-formed, as SHACL defines it.", "Mend what the message names."),
            "shape-unreached": (_MUST, "Something leads to every shape.", "Give it a target, or name it in a shape."),
            "shape-without-constraint": (_MUST, "Every shape asks for something.", "Add a constraint."),
            "shape-without-message": (_MUST, "Every shape says what to do.", "Add 'sh:message'."),
            "shape-without-severity": (_MUST, "Every shape says how grave it is.", "Add 'sh:severity'."),
            "shape-without-reference": (_MUST, "Every shape says where to read on.", "Add 'rdfs:seeAlso'."),
            "shape-unused-target": (
                _MAY,
                "There is something that a shape is about.",
                "Look whether data are missing.",
            ),
            "shape-unused-path": (_MAY, "The data use the properties of the shapes.", "Look whether data are missing."),
        },
    ),
    (
        Kind.OTHER,
        "curation",
        {
            "nothing-checked": (_SHOULD, "Files that are checked hold what the shapes are about.", "Name others."),
            "import-not-followed": (_SHOULD, "What a file imports is at hand.", "Save it as a file and name it too."),
        },
    ),
)
