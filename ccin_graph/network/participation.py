"""One row of the table that every network is made from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError

if TYPE_CHECKING:
    from ccin_graph.queries import Table

KINDS = ("council", "affiliate", "political-group", "collaboration", "network", "other")
"""What an organisation can be, in the order in which legends list them."""


@dataclass(frozen=True, slots=True)
class Participation:
    """An organisation took part in a project, in one role, as one publication says.

    An organisation takes part *once* in a project, however many roles it has and however many publications say
    so: the rows of one organisation and one project become one tie, which keeps all their roles and publications.

    Parameters
    ----------
    organisation : str
        IRI of the organisation.
    label : str
        Its preferred name.
    kind : str
        What it is: one of :data:`KINDS`.
    project : str
        IRI of the project.
    project_label : str
        The project's preferred name.
    role : str
        The role, as the table gives it (the IRI or the local name of its concept).
    working : bool
        Whether the role is a working one: doing, rather than signing, hosting or being asked.
    publication : str, optional
        IRI of the publication that says so.
    region : str, optional
        Region of a council; None where there is none or it is not known.
    categories : tuple of str, optional
        Membership categories of the organisation.

    Raises
    ------
    NetworkError
        For an empty IRI, name or role, for a kind that does not exist, and for an organisation that takes part
        in itself.

    Examples
    --------
    >>> row = Participation("ex:oldham", "Oldham Council", "council", "ex:food", "Food hub", "lead", True)
    >>> row.kind, row.region
    ('council', None)
    >>> Participation("ex:oldham", "Oldham Council", "town", "ex:food", "Food hub", "lead", True)
    Traceback (most recent call last):
    ...
    ccin_graph.errors.NetworkError: ex:oldham: there is no kind of organisation 'town'. Kinds are council, \
affiliate, political-group, collaboration, network and other.
    """

    organisation: str
    label: str
    kind: str
    project: str
    project_label: str
    role: str
    working: bool
    publication: str = ""
    region: str | None = None
    categories: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for name in ("organisation", "label", "project", "project_label", "role"):
            if not getattr(self, name):
                what = f"{self.organisation or 'an organisation'} in {self.project or 'a project'}"
                raise NetworkError(f"{what}: a participation without {name.replace('_', ' ')}")
        if self.kind not in KINDS:
            raise NetworkError(
                f"{self.organisation}: there is no kind of organisation {self.kind!r}",
                remedy=f"Kinds are {', '.join(KINDS[:-1])} and {KINDS[-1]}.",
            )
        if self.organisation == self.project:
            raise NetworkError(f"{self.organisation} is named as an organisation and as its own project")


def participations_of(table: Table) -> list[Participation]:
    """Read participations from the answer to the query ``network/participations``.

    Parameters
    ----------
    table : Table

    Returns
    -------
    list of Participation
    """
    return [
        Participation(
            organisation=row["organisation"],
            label=row["label"],
            kind=row["kind"],
            project=row["project"],
            project_label=row["projectLabel"],
            role=row["role"],
            working=row["working"] == "true",
            publication=row["publication"],
            region=row["region"] or None,
        )
        for row in table.values()
    ]
