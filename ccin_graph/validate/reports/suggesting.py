"""What could be written instead: the nearest concept, the key that is missing, two ends to swap."""

from __future__ import annotations

import difflib
import re
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.records.context import Holds
from ccin_graph.vocabulary import BASE, RDF, SH, shorten

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from ccin_graph.findings import Finding
    from ccin_graph.records.context import Context, Key
    from ccin_graph.store import Store
    from ccin_graph.validate.reports.rulebook import Shape

#: How many of several values are named.
_NAMED = 4
#: With how many concepts or records a value is compared; the nearest of more is a guess, and slow.
_COMPARED = 2000


class Suggestions:
    """Computes suggestions for the findings of shapes.

    Parameters
    ----------
    store : Store
        What was checked.
    context : Context
        Which key stands for which property.
    shapes : mapping of str to Shape
        By the rule's name.
    """

    def __init__(self, store: Store, context: Context, shapes: Mapping[str, Shape]) -> None:
        self._store = store
        self._context = context
        self._shapes = shapes
        self._nodes: dict[tuple[str, str], list[str]] = {}
        self._near: dict[tuple[Shape, str], str] = {}
        self._ways: dict[str, Callable[[Finding, Shape], str]] = {
            "MinCount": self._missing,
            "MaxCount": self._too_many,
            "LessThan": self._swapped,
            "LessThanOrEquals": self._swapped,
            "Class": self._nearest,
            "Pattern": self._nearest,
            "In": self._nearest,
            "Node": self._nearest,
        }

    def of(self, finding: Finding) -> str:
        """Return what could be written.

        Parameters
        ----------
        finding : Finding

        Returns
        -------
        str
            Empty where nothing can be computed.
        """
        shape = self._shapes.get(finding.rule)
        way = self._ways.get(finding.component.removeprefix(SH).removesuffix("ConstraintComponent"))
        if shape is None or way is None or not shape.path or not _is_iri(finding.subject):
            return ""
        return way(finding, shape)

    def _missing(self, finding: Finding, shape: Shape) -> str:
        names = [f"'{key.name}:'" for key in self._keys(finding.subject, shape.path)]
        if not names:
            return ""
        return f"add {names[0]}" if len(names) == 1 else f"add one of {', '.join(names)}"

    def _too_many(self, finding: Finding, shape: Shape) -> str:
        there = self._select(f"SELECT DISTINCT ?it {{ {_iri(finding.subject)} {_iri(shape.path)} ?it }}")
        values = sorted(map(shorten, there))
        named = [f"'{value}'" for value in values[:_NAMED]]
        more = f" and {len(values) - _NAMED} more" if len(values) > _NAMED else ""
        return f"keep one of {', '.join(named)}{more}" if len(values) > 1 else ""

    def _swapped(self, finding: Finding, shape: Shape) -> str:
        lower = self._keys(finding.subject, shape.path)
        upper = [key for term in shape.below for key in self._keys(finding.subject, term)]
        return f"swap '{lower[0].name}:' and '{upper[0].name}:'" if lower and upper else ""

    def _nearest(self, finding: Finding, shape: Shape) -> str:
        asked = (shape, finding.value)
        if asked not in self._near:
            self._near[asked] = self._nearest_to(finding.value, shape)
        iri = self._near[asked]
        if not iri:
            return ""
        kind = iri.removeprefix(BASE).partition("/")[0]
        from_base = any(key.base == kind for key in self._keys(finding.subject, shape.path))
        return f"write '{_slug(iri) if from_base else shorten(iri)}'"

    def _nearest_to(self, value: str, shape: Shape) -> str:
        known = set(shape.allowed)
        if not known:
            # Where a value must be in a scheme, that says more than its class.
            wanted = shape.having or tuple((RDF + "type", name) for name in shape.classes)
            known = {iri for term, thing in wanted for iri in self._nodes_with(term, thing)}
        if shape.pattern:
            known = {iri for iri in known if _matches(shape.pattern, iri)}
        by_slug = {_slug(iri): iri for iri in sorted(known - {value})}
        if len(by_slug) > _COMPARED:
            return ""
        near = difflib.get_close_matches(_slug(value), list(by_slug), 1, 0.6) if value else []
        return by_slug[near[0]] if near else ""

    def _keys(self, subject: str, term: str) -> list[Key]:
        types = set(self._select(f"SELECT ?it {{ {_iri(subject)} <{RDF}type> ?it }}"))
        named = [name for name in self._context.types if self._context.type_iri(name) in types]
        keys = {key.name: key for name in named for key in self._context.keys(name).values() if key.term == term}
        return [key for _, key in sorted(keys.items()) if key.holds not in (Holds.NESTED, Holds.DAY)]

    def _nodes_with(self, term: str, thing: str) -> list[str]:
        asked = (term, thing)
        if asked not in self._nodes:
            self._nodes[asked] = self._select(f"SELECT DISTINCT ?it {{ ?it {_iri(term)} {_iri(thing)} }}")
        return self._nodes[asked]

    def _select(self, query: str) -> list[str]:
        return [str(getattr(row[0], "value", "")) for row in self._store.select(query).rows]


def _iri(iri: str) -> str:
    return str(ox.NamedNode(iri))


def _is_iri(text: str) -> bool:
    try:
        ox.NamedNode(text)
    except ValueError:  # the name of a blank node, in somebody else's data
        return False
    return True


def _slug(iri: str) -> str:
    return re.split(r"[/#]", iri)[-1]


def _matches(pattern: str, text: str) -> bool:
    try:
        return re.search(pattern, text) is not None
    except re.error:  # an expression of XPath that Python does not know
        return True
