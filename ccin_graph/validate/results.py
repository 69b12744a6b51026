"""What an engine reports about a node, before it is known where the node was written."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ccin_graph.findings import Severity


@dataclass(frozen=True, slots=True)
class Result:
    """One result of a shape or a rule.

    Parameters
    ----------
    rule : str
        Name of the shape or rule.
    severity : Severity
    message : str
        What to do.
    subject : str
        IRI of the node.
    path : str
        IRI of the property; empty where it is about the node.
    value : str
        The offending value; empty where something is missing.
    component : str
        IRI of the SHACL constraint component; empty for a rule.
    """

    rule: str
    severity: Severity
    message: str
    subject: str
    path: str
    value: str
    component: str = ""
