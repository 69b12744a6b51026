"""What an engine reports about a node, before it is known where the node was written."""

from __future__ import annotations

from dataclasses import dataclass

from ccin_graph.findings import Finding, Location, Severity
from ccin_graph.vocabulary import SH, shorten

#: What SHACL calls a severity.
SEVERITIES = {
    SH + "Violation": Severity.VIOLATION,
    SH + "Warning": Severity.WARNING,
    SH + "Info": Severity.INFORMATION,
}


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

    def finding(self, called: str, location: Location, passage: str = "") -> Finding:
        """Return the result as a finding.

        Parameters
        ----------
        called : str
            What a reader knows the node by.
        location : Location
            Where the node is to be mended.
        passage : str, optional
            IRI of the source passage behind the node.

        Returns
        -------
        Finding
        """
        found = f" (found: {shorten(self.value)})" if self.value and self.value != self.subject else ""
        return Finding(
            rule=self.rule,
            message=f"{called}: {self.message}{found}",
            location=location,
            severity=self.severity,
            subject=self.subject,
            passage=passage,
            path=self.path,
            value=self.value,
            component=self.component,
        )
