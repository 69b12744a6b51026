"""Triples as look-ups: what a node says, who says it of a node, and what is of a class.

Terms stay the texts that N-Triples writes, for a shape looks at many nodes at once and asks little of each: sets of
texts are what Python is quick at. Making it takes about as long as loading the triples into a store.
"""

from __future__ import annotations

from functools import cached_property
from itertools import chain
from typing import TYPE_CHECKING

from ccin_graph.memory import collector_at_rest
from ccin_graph.vocabulary import RDF, RDFS

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

#: The values of a property, by their subjects.
Values = dict[str, list[str]]

_BLOCK = 2**22
_TYPE = f"<{RDF}type>"
_BELOW = f"<{RDFS}subClassOf>"


class Triples:
    """A graph as look-ups.

    Parameters
    ----------
    chunks : iterable of bytes
        N-Triples, as `pyoxigraph` writes them. A triple that comes twice counts once.

    Examples
    --------
    >>> triples = Triples([b'<http://e.org/a> <http://e.org/b> "c" .\\n'])
    >>> triples.of("<http://e.org/b>")
    {'<http://e.org/a>': ['"c"']}
    """

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._values: dict[str, Values] = {}
        self._holders: dict[str, Values] = {}
        self._members: dict[str, frozenset[str]] = {}
        with collector_at_rest():
            for chunk in chunks:
                for block in _blocks(chunk):
                    self._add(block)
            for values in self._values.values():
                for subject, objects in values.items():
                    if len(objects) > 1 and len(set(objects)) < len(objects):
                        values[subject] = list(dict.fromkeys(objects))

    def _add(self, block: bytes) -> None:
        known = self._values
        # A line break inside a literal is escaped.
        for statement in block.decode().split(" .\n"):
            if not statement:
                continue
            subject, predicate, value = statement.split(" ", 2)
            values = known.get(predicate)
            if values is None:
                values = known[predicate] = {}
            objects = values.get(subject)
            if objects is None:
                values[subject] = [value]
            else:
                objects.append(value)

    @cached_property
    def by_subject(self) -> Values:
        """The properties that each subject has."""
        found: Values = {}
        for name, values in self._values.items():
            for subject in values:
                found.setdefault(subject, []).append(name)
        return found

    def of(self, property_: str) -> Values:
        """Return the values of a property by their subjects.

        Parameters
        ----------
        property_ : str

        Returns
        -------
        dict of str to list of str
        """
        return self._values.get(property_, {})

    def holders(self, property_: str) -> Values:
        """Return the subjects of a property by its values.

        Parameters
        ----------
        property_ : str

        Returns
        -------
        dict of str to list of str
        """
        found = self._holders.get(property_)
        if found is None:
            found = self._holders[property_] = {}
            for subject, objects in self.of(property_).items():
                for one in objects:
                    found.setdefault(one, []).append(subject)
        return found

    def members(self, class_: str) -> frozenset[str]:
        """Return what is of a class, or of one below it.

        Parameters
        ----------
        class_ : str

        Returns
        -------
        frozenset of str
        """
        found = self._members.get(class_)
        if found is None:
            below = reached(self.holders(_BELOW), class_)
            typed = self.holders(_TYPE)
            found = frozenset(chain.from_iterable(typed.get(one, ()) for one in below))
            self._members[class_] = found
        return found


def _blocks(chunk: bytes) -> Iterator[bytes]:
    """Cut into pieces of whole lines, so that a large graph is never held as text all at once."""
    start = 0
    while start < len(chunk):
        end = (chunk.rfind(b"\n", start, start + _BLOCK) + 1) or (chunk.find(b"\n", start) + 1) or len(chunk)
        yield chunk[start:end]
        start = end


def reached(steps: Mapping[str, list[str]], *starts: str) -> list[str]:
    """Return nodes and what any number of steps lead to.

    Parameters
    ----------
    steps : mapping of str to list of str
    *starts : str

    Returns
    -------
    list of str
    """
    found = dict.fromkeys(starts)
    waiting = list(starts)
    while waiting:
        for one in steps.get(waiting.pop(), ()):
            if one not in found:
                found[one] = None
                waiting.append(one)
    return list(found)
