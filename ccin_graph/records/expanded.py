"""What a record becomes on its way to triples, and where each node of it was written."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from ccin_graph.findings import Finding, Location


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
