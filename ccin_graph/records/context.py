"""The JSON-LD context, read as what it also is: the list of keys each type of record takes, and what each key holds."""

from __future__ import annotations

import json
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from ccin_graph.errors import TreeError

if TYPE_CHECKING:
    from pathlib import Path


class Holds(Enum):
    """What a key holds."""

    TEXT = "text in a language"
    STRING = "plain text"
    DECIMAL = "a number"
    INTEGER = "a whole number"
    BOOLEAN = "true or false"
    DATE = "a date"
    DAY = "a day computed from a date"
    CODE = "a code"
    REFERENCE = "a reference"
    ADDRESS = "a web address"
    NESTED = "nested nodes"
    FORM = "something the loader expands"


_DATATYPES = {
    "xsd:string": Holds.STRING,
    "xsd:decimal": Holds.DECIMAL,
    "xsd:integer": Holds.INTEGER,
    "xsd:boolean": Holds.BOOLEAN,
    "xsd:date": Holds.DAY,
    "xsd:hexBinary": Holds.CODE,
    "edtf:EDTF": Holds.DATE,
    "ccin:GSSCode": Holds.CODE,
}


@dataclass(frozen=True, slots=True)
class Key:
    """A key of a record.

    Parameters
    ----------
    name : str
    term : str
        IRI of the property, or an empty string where the loader expands the key.
    holds : Holds
    base : str
        For a reference, what kind of thing it names: ``organisation``, ``role`` …
    datatype : str
        IRI of the datatype of what it holds; empty for text in a language and for references.
    many : bool
        Whether it takes a list.
    """

    name: str
    term: str
    holds: Holds
    base: str
    datatype: str
    many: bool


class Context:
    """The context, and the keys of each type.

    Parameters
    ----------
    document : dict
        The JSON-LD document.

    Examples
    --------
    >>> context = Context({"@context": {"x": "http://example.org/", "id": "@id",
    ...     "Thing": {"@id": "x:Thing", "@context": {"name": {"@id": "x:name"}}}}})
    >>> context.keys("Thing")["name"].term
    'http://example.org/name'
    """

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document
        self._root: dict[str, Any] = document["@context"]
        self._scoped: dict[str, dict[str, Any]] = {
            name: definition["@context"]
            for name, definition in self._root.items()
            if isinstance(definition, dict) and "@context" in definition
        }
        self._keys: dict[str, dict[str, Key]] = {}

    @property
    def types(self) -> tuple[str, ...]:
        """Names of the types, in the order of the context."""
        return tuple(self._scoped)

    def type_iri(self, name: str) -> str:
        """Return the IRI of a type.

        Parameters
        ----------
        name : str
            One of `types`, or a prefixed name.

        Returns
        -------
        str
        """
        definition = self._root.get(name)
        return self._expand(definition["@id"] if isinstance(definition, dict) else name)

    @property
    def language(self) -> str:
        """The language of text that does not name its own."""
        return str(self._root.get("@language", "en"))

    def keys(self, name: str) -> dict[str, Key]:
        """Return the keys that a node of a type takes, in the order of the context.

        Parameters
        ----------
        name : str
            One of `types`.

        Returns
        -------
        dict of str to Key
        """
        if name not in self._keys:
            shared = {key: self._root[key] for key in ("id", "type", "at", "accept") if key in self._root}
            own = self._scoped[name]
            # Where a type does not say otherwise, ``at`` and ``accept`` come last when a record is written out.
            definitions: dict[str, Any] = {key: shared.pop(key) for key in ("id", "type") if key in shared}
            definitions |= own
            definitions |= {key: definition for key, definition in shared.items() if key not in own}
            self._keys[name] = {key: self._key(key, definition) for key, definition in definitions.items()}
        return self._keys[name]

    def _key(self, name: str, definition: Any) -> Key:
        if definition is None:
            return Key(name, "", Holds.FORM, "", "", many=name in ("lead", "accept"))
        if isinstance(definition, str):
            return Key(name, definition, Holds.FORM, "", "", many=False)
        many = definition.get("@container") == "@set"
        if "@reverse" in definition:
            return Key(name, self._expand(definition["@reverse"]), Holds.NESTED, "", "", many)
        term = self._expand(definition["@id"])
        datatype = definition.get("@type")
        if datatype != "@id":
            holds = _DATATYPES[datatype] if datatype else Holds.TEXT
            return Key(name, term, holds, "", self._expand(datatype) if datatype else "", many)
        base = definition.get("@context", {}).get("@base", "").strip("/")
        if base:
            return Key(name, term, Holds.REFERENCE, base, "", many)
        return Key(name, term, Holds.FORM if name == "at" else Holds.ADDRESS, "", "", many)

    def _expand(self, compact: str) -> str:
        prefix, _, local = compact.partition(":")
        namespace = self._root.get(prefix)
        return namespace + local if isinstance(namespace, str) else compact


def read_context(path: Path) -> Context:
    """Read the context of a project.

    Parameters
    ----------
    path : Path
        ``ontology/context.jsonld``.

    Returns
    -------
    Context

    Raises
    ------
    TreeError
        If it is missing or is not JSON.
    """
    try:
        return Context(json.loads(path.read_text("utf-8")))
    except OSError as error:
        raise TreeError(f"{path} cannot be read: {error.strerror}", remedy="Restore the file.") from error
    except (ValueError, KeyError, TypeError) as error:
        raise TreeError(f"{path} is not a JSON-LD context: {error}", remedy="Restore the file.") from error
