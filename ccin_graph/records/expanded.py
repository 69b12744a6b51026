"""What a record becomes on its way to triples, and where each node of it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccin_graph.findings import Finding, Location

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a node was written.

    Parameters
    ----------
    location : Location
        Of the node.
    keys : dict of str to Location
        Of each of its properties, by the property's IRI.
    """

    location: Location
    keys: dict[str, Location] = field(default_factory=dict)

    def of(self, term: str) -> Location:
        """Where a property was written; the node itself if it was not."""
        return self.keys.get(term, self.location)


def location_of(origins: Mapping[str, Origin], node: str, term: str = "") -> Location:
    """Return where a property of a node was written.

    Parameters
    ----------
    origins : mapping of str to Origin
        Of every node, by its IRI.
    node : str
    term : str, optional
        IRI of the property; of the node itself by default.

    Returns
    -------
    Location
        Empty where the node was derived, or stands in no record.

    Examples
    --------
    >>> location_of({"urn:a": Origin(Location("a.yaml", 1), {"urn:p": Location("a.yaml", 3)})}, "urn:a", "urn:p").line
    3
    """
    origin = origins.get(node)
    return origin.of(term) if origin else Location()


@dataclass(frozen=True, slots=True)
class Reference:
    """A name of another record or concept, to be looked up once all are known."""

    kind: str
    name: str
    location: Location


@dataclass(slots=True)
class Expanded:
    """What one record becomes.

    Attributes
    ----------
    identifier : str
        The record's id.
    document : list of dict
        JSON-LD nodes: the record with its claims inside, then the places and passages it speaks of.
    graphs : dict of str to str
        The named graph of each node, by the node's IRI.
    origins : dict of str to Origin
    references : list of Reference
    accepted : dict of str to str
        Why the record accepts a warning, by rule.
    findings : list of Finding
    """

    identifier: str = ""
    document: list[dict[str, Any]] = field(default_factory=list)
    graphs: dict[str, str] = field(default_factory=dict)
    origins: dict[str, Origin] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    accepted: dict[str, str] = field(default_factory=dict)
    findings: list[Finding] = field(default_factory=list)
