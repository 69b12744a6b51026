"""The errors of ccin-graph: one tree, each message with what, where and what to do.

::

    CcinError
    ├── RecordsError      records that cannot become a graph; carries every finding
    │   ├── IdentitiesError   decisions on who is who that cannot be followed
    │   └── RetiredError      a list of retired IRIs that cannot be followed
    ├── RecordNotWritten  a record that cannot be rewritten in canonical form
    ├── EvidenceError     a source text that is missing or is not the recorded one
    ├── DataError         a file of somebody's that is not RDF, or more than can be looked at
    ├── StoreError        an engine refused a query or a dataset
    │   ├── QuerySyntaxError
    │   └── EndpointError     a SPARQL service is not reached, refuses or answers with what is no answer
    ├── QueryError        a query pack, a query or a parameter that cannot be used
    │   ├── UnknownQuery
    │   └── BadParameter
    ├── ShapesError       shapes that cannot be read
    ├── NetworkError      a graph that an analysis cannot be made of
    ├── SiteError         a site that cannot be made of its settings, or not in that folder
    └── TreeError         a folder that does not hold what it should
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccin_graph.findings import Finding


class CcinError(Exception):
    """Anything a user can mend; the command line prints it without a traceback.

    Parameters
    ----------
    message : str
        What is wrong, and where.
    remedy : str, optional
        What to do about it, as a sentence.

    Examples
    --------
    >>> print(CcinError("no such folder: x", remedy="Run it in a checkout."))
    no such folder: x. Run it in a checkout.
    """

    def __init__(self, message: str, *, remedy: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.message.rstrip('.')}. {self.remedy}" if self.remedy else self.message


class RecordsError(CcinError):
    """Records that cannot become a graph.

    Parameters
    ----------
    findings : sequence of Finding
        Every problem of every file, in the order of files and lines.
    """

    _where = "in the records; nothing was built"

    def __init__(self, findings: Sequence[Finding]) -> None:
        self.findings = tuple(findings)
        count = len(self.findings)
        super().__init__(
            "\n".join(str(finding) for finding in self.findings)
            + f"\n{count} {'problem' if count == 1 else 'problems'} {self._where}"
        )


class IdentitiesError(RecordsError):
    """Decisions on who is who that cannot be followed."""

    _where = "in the decisions; nothing was compared"


class RetiredError(RecordsError):
    """A list of retired IRIs that cannot be followed."""

    _where = "in the list of retired IRIs; nothing was published"


class RecordNotWritten(CcinError):
    """A record that cannot be rewritten without losing something."""


class EvidenceError(CcinError):
    """A source text that is missing or is not the recorded one."""


class DataError(CcinError):
    """A file of somebody's that is not RDF, or more than can be looked at."""


class StoreError(CcinError):
    """An engine refused a query or a dataset."""


class QuerySyntaxError(StoreError):
    """A query that is not SPARQL 1.1."""


class EndpointError(StoreError):
    """A SPARQL service that is not reached, refuses, or answers with what is no answer.

    Parameters
    ----------
    message : str
    remedy : str, optional
    status : int, optional
        The HTTP status, where there was one.
    """

    def __init__(self, message: str, *, remedy: str = "", status: int | None = None) -> None:
        super().__init__(message, remedy=remedy)
        self.status = status


class QueryError(CcinError):
    """A query pack, a query or a parameter that cannot be used."""


class UnknownQuery(QueryError):
    """A name that no query of the packs has."""


class BadParameter(QueryError):
    """A value that is not what a parameter takes, or a parameter that is missing or unknown."""


class ShapesError(CcinError):
    """Shapes that cannot be read."""


class NetworkError(CcinError):
    """A graph that an analysis cannot be made of."""


class SiteError(CcinError):
    """A site that cannot be made of its settings, or not in that folder."""


class TreeError(CcinError):
    """A folder that does not hold what it should."""
