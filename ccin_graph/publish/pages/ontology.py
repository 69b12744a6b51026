"""The terms of the ontology as their page shows them: what each means, and where it is used."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.packs import questions
from ccin_graph.publish.addresses import file_name
from ccin_graph.publish.content import Link
from ccin_graph.publish.pages.queries import query_path
from ccin_graph.sparql import prefixes_of, tokens
from ccin_graph.vocabulary import CCIN, DCTERMS, OWL, RDFS, SKOS, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.publish.model import Model
    from ccin_graph.publish.pages.shapes import Shape
    from ccin_graph.tree import Tree

PAGE = "def.html"
#: Folder of the alignments, on the site as in the ontology.
ALIGNMENTS = "def/alignments"
_KINDS = {
    OWL + "Class": "class",
    OWL + "ObjectProperty": "property",
    OWL + "DatatypeProperty": "property of values",
    RDFS + "Datatype": "datatype",
}
_PARENTS = (RDFS + "subClassOf", RDFS + "subPropertyOf")
#: How a mapping reads.
RELATIONS = {
    RDFS + "subClassOf": "a kind of",
    RDFS + "subPropertyOf": "a kind of",
    SKOS + "exactMatch": "the same as",
    SKOS + "closeMatch": "close to",
    SKOS + "broadMatch": "narrower than",
    SKOS + "narrowMatch": "broader than",
    SKOS + "relatedMatch": "related to",
}


@dataclass(frozen=True, slots=True)
class Mapping:
    """A mapping of one of our terms to one of another vocabulary.

    Parameters
    ----------
    subject, target : Link
    relation : str
        In words.
    comment : str
        What is meant with it.
    vocabulary : str
        Name of the alignment.
    """

    subject: Link
    relation: str
    target: Link
    comment: str
    vocabulary: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """What our terms are in another vocabulary.

    Parameters
    ----------
    name : str
        Stem of its files.
    title, description : str
    reference : str
        Address of the other vocabulary.
    mappings : tuple of Mapping
    without : tuple of (Link, str)
        Terms that have no counterpart, each with the reason.
    """

    name: str
    title: str
    description: str
    reference: str
    mappings: tuple[Mapping, ...]
    without: tuple[tuple[Link, str], ...]

    @property
    def path(self) -> str:
        """Path of its page."""
        return f"{ALIGNMENTS}/{file_name(self.name)}.html"


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the ontology.

    Parameters
    ----------
    name : str
        Its local name, and the anchor on the page.
    iri : str
    kind : str
        Class, property, property of values, datatype.
    label, definition, example : str
    parents, children, domain, range : tuple of Link
    mappings : tuple of Mapping
    shapes, queries : tuple of Link
        What uses it.
    instances : int
        How many things are of the class, or how often the property is used.
    """

    name: str
    iri: str
    kind: str
    label: str
    definition: str
    example: str
    parents: tuple[Link, ...]
    children: tuple[Link, ...]
    domain: tuple[Link, ...]
    range: tuple[Link, ...]
    mappings: tuple[Mapping, ...]
    shapes: tuple[Link, ...]
    queries: tuple[Link, ...]
    instances: int

    @property
    def uses(self) -> str:
        """Path of the page that tells what uses it; names may differ in a capital only, which a file's must not."""
        stem = self.name.lower() if self.name.isalpha() and self.name.isascii() else file_name(self.name)
        return f"def/uses/{'class' if self.kind == 'class' else 'property'}-{stem}.html"


def terms(model: Model, alignments: tuple[Alignment, ...], shapes: tuple[Shape, ...], tree: Tree) -> tuple[Term, ...]:
    """Return the terms of the ontology, classes first, by their labels.

    Parameters
    ----------
    model : Model
    alignments : tuple of Alignment
    shapes : tuple of Shape
    tree : Tree
        Where the query packs lie.

    Returns
    -------
    tuple of Term
    """
    mapped: dict[str, list[Mapping]] = defaultdict(list)
    for alignment in alignments:
        for mapping in alignment.mappings:
            mapped[mapping.subject.text].append(mapping)
    shaped: dict[str, list[Link]] = defaultdict(list)
    for shape in shapes:
        for iri in shape.uses:
            shaped[iri].append(Link(shape.name, shape.href))
    asked = _queries(tree)
    used = _uses(model)
    found = []
    for iri in model:
        kinds = [_KINDS[type_] for type_ in model.types(iri) if type_ in _KINDS]
        if not iri.startswith(CCIN) or not kinds:
            continue
        found.append(
            Term(
                iri.removeprefix(CCIN),
                iri,
                kinds[0],
                model.label(iri),
                model.text(iri, SKOS + "definition"),
                model.text(iri, SKOS + "example"),
                tuple(term_link(model, one) for parent in _PARENTS for one in model.links(iri, parent)),
                tuple(term_link(model, one) for parent in _PARENTS for one in model.subjects(parent, iri)),
                tuple(term_link(model, one) for one in model.links(iri, RDFS + "domain")),
                tuple(term_link(model, one) for one in model.links(iri, RDFS + "range")),
                tuple(mapped[shorten(iri)]),
                tuple(shaped[iri]),
                tuple(asked[iri]),
                len(model.instances(iri)) if kinds[0] == "class" else used[iri],
            )
        )
    order = list(_KINDS.values())
    return tuple(sorted(found, key=lambda term: (order.index(term.kind), term.label.casefold(), term.iri)))


def _uses(model: Model) -> Counter[str]:
    found: Counter[str] = Counter()
    for subject in model:
        for predicate in model.predicates(subject):
            found[predicate] += len(model.values(subject, predicate))
    return found


def term_link(model: Model, iri: str) -> Link:
    """Return a link to a term of any vocabulary.

    Parameters
    ----------
    model : Model
    iri : str

    Returns
    -------
    Link
        To our page for a term of ours, else to the term itself.
    """
    page = model.page(iri)
    if page is not None:
        return Link(shorten(iri), page)
    return Link(shorten(iri), iri if iri.startswith(("http://", "https://")) else "", outside=True)


def _queries(tree: Tree) -> dict[str, list[Link]]:
    found: dict[str, list[Link]] = defaultdict(list)
    for query in questions(tree.queries):
        if query.federated:
            continue
        prefixes = prefixes_of(query.text)
        for iri in sorted(set(_named(query.text, prefixes))):
            found[iri].append(Link(query.question, query_path(query.name)))
    return found


def _named(text: str, prefixes: dict[str, str]) -> Iterator[str]:
    for kind, token in tokens(text):
        if kind == "iri":
            yield token[1:-1]
        elif kind == "name" and ":" in token:
            prefix, _, local = token.partition(":")
            if prefix in prefixes:
                yield prefixes[prefix] + local


def read_alignments(tree: Tree, model: Model) -> tuple[Alignment, ...]:
    """Return the alignments of a project's ontology.

    Parameters
    ----------
    tree : Tree
    model : Model

    Returns
    -------
    tuple of Alignment
        By name.
    """
    paths = sorted((tree.ontology / "alignments").glob("*.ttl"))
    return tuple(
        _alignment(path.stem, list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)), model) for path in paths
    )


def _alignment(name: str, quads: list[ox.Quad], model: Model) -> Alignment:
    said: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in quads:
        said[_value(quad.subject)][quad.predicate.value] = _value(quad.object)
    comments = {
        tuple(axiom.get(OWL + end, "") for end in ("annotatedSource", "annotatedProperty", "annotatedTarget")):
        axiom.get(RDFS + "comment", "")
        for axiom in said.values()
    }  # fmt: skip
    mappings = []
    for quad in quads:
        triple = (_value(quad.subject), quad.predicate.value, _value(quad.object))
        if triple[1] in RELATIONS:
            target = Link(re.split("[#/]", triple[2])[-1], term_link(model, triple[2]).href, outside=True)
            subject = term_link(model, triple[0])
            mappings.append(Mapping(subject, RELATIONS[triple[1]], target, comments.get(triple, ""), name))
    noted = {iri: note[SKOS + "editorialNote"] for iri, note in said.items() if SKOS + "editorialNote" in note}
    without = [(term_link(model, iri), noted[iri]) for iri in sorted(noted)]
    itself = next((one for one in said.values() if DCTERMS + "title" in one), {})
    mappings.sort(key=lambda one: (one.subject.text, one.relation, one.target.text))
    return Alignment(
        name,
        itself.get(DCTERMS + "title", name),
        itself.get(DCTERMS + "description", ""),
        itself.get(DCTERMS + "references", ""),
        tuple(mappings),
        tuple(without),
    )


def _value(term: object) -> str:
    return str(getattr(term, "value", ""))
