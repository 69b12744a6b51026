"""What a user chose to look at: one set of filters for every network and every command."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace
from typing import TYPE_CHECKING, Any

from ccin_graph.errors import NetworkError
from ccin_graph.network.filters import by_place, roll_forward, select, strong_ties
from ccin_graph.network.participation import KINDS
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Iterable

    import networkx as nx

    from ccin_graph.network.participation import Participation
    from ccin_graph.network.tables import Tables

VIEWS = ("as-they-were", "successors", "places")
"""Ways to look at councils over time."""

_YEARS = re.compile(r"(\d{4})?(?:(-)(\d{4})?)?")


@dataclass(frozen=True, slots=True)
class Choice:
    """Filters. A choice of nothing keeps everything.

    Parameters
    ----------
    years : str, optional
        Years in which publications appeared: ``2018``, ``2018-2020``, ``2019-`` or ``-2019``. It is not the date of the
        work.
    sources : tuple of str, optional
        Publications, by slug or IRI.
    roles : tuple of str, optional
        Roles, by name; only those that are a share in the work count in any case.
    kinds : tuple of str, optional
        Kinds of organisations, of :data:`~ccin_graph.network.participation.KINDS`.
    regions : tuple of str, optional
        Regions, by name; organisations without one stay in the projects of those that have it.
    network_body : bool, optional
        False leaves out the Co-operative Councils' Innovation Network itself.
    councils : str, optional
        One of :data:`VIEWS`.
    strength : int, optional
        Ties are kept that share at least so much.

    Examples
    --------
    >>> Choice(years="2018-", network_body=False).parameters()
    {'years': '2018-', 'network_body': 'no'}
    """

    years: str = ""
    sources: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    network_body: bool = True
    councils: str = VIEWS[0]
    strength: int = 1

    def parameters(self) -> dict[str, str]:
        """Return what differs from a choice of nothing, as a person reads it.

        Returns
        -------
        dict of str to str
        """
        nothing = Choice()
        found = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: _shown(value) for name, value in found.items() if value != getattr(nothing, name)}

    def sentence(self) -> str:
        """Return the choice as a sentence of a methods paragraph.

        Returns
        -------
        str
            Empty for a choice of nothing.

        Examples
        --------
        >>> Choice(roles=("lead", "delivery")).sentence()
        'Only part of the table was used (roles: lead, delivery).'
        """
        given = "; ".join(f"{name.replace('_', ' ')}: {value}" for name, value in self.parameters().items())
        return f"Only part of the table was used ({given})." if given else ""

    def of(self, tables: Tables) -> Tables:
        """Return the tables with only the rows that the choice keeps.

        Parameters
        ----------
        tables : Tables

        Returns
        -------
        Tables
            What projects are about is kept of all: the networks look only at projects with a row left.

        Raises
        ------
        NetworkError
            For a source, role, kind, region or view that there is not, and for years that cannot be read.
        """
        if self.councils not in VIEWS:
            raise NetworkError(f"no view '{self.councils}'", remedy=f"Views are {', '.join(VIEWS)}.")
        first, last = _period(self.years)
        rows = tables.participations
        roles = _known("role", self.roles, {row.role for row in rows})
        chosen: dict[str, Any] = {
            "publications": _known("source", self.sources, tables.dates),
            "kinds": _known("kind", self.kinds, KINDS),
            "regions": _known("region", self.regions, {row.region for row in rows if row.region}),
            "dates": tables.dates,
            "since": first,
            "until": last,
            "network_body": self.network_body,
        }
        return replace(
            tables,
            participations=select(self._seen(rows, tables), roles=roles, **chosen),
            offices=select(self._seen(tables.offices, tables), **chosen),
        )

    def strong(self, graph: nx.Graph[str]) -> nx.Graph[str]:
        """Return a network with the ties that are strong enough.

        Parameters
        ----------
        graph : networkx.Graph

        Returns
        -------
        networkx.Graph
            The graph itself where ties of any strength are kept, and where they have none: an organisation takes
            part in a project once.
        """
        if self.strength <= 1 or not any("shared" in data for _, _, data in graph.edges(data=True)):
            return graph
        return strong_ties(graph, self.strength)

    def _seen(self, rows: list[Participation], tables: Tables) -> list[Participation]:
        """Return rows with councils as they are looked at."""
        if self.councils == "successors":
            return roll_forward(rows, tables.successors, labels=tables.labels)
        if self.councils == "places":
            return by_place(rows, tables.places, labels=tables.labels)
        return rows


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return ", ".join(value) if isinstance(value, tuple) else str(value)


def _period(years: str) -> tuple[str | None, str | None]:
    """Return the first and the last year."""
    if not years:
        return None, None
    found = _YEARS.fullmatch(years.strip())
    if not found or not (found[1] or found[3]):
        raise NetworkError(f"'{years}' is no span of years", remedy="Write 2018, 2018-2020, 2018- or -2018.")
    first, last = found[1], found[3] if found[2] else found[1]
    if first and last and first > last:
        raise NetworkError(f"the years {years} run backwards", remedy=f"Write {last}-{first}.")
    return first, last


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.removeprefix(BASE).removeprefix("publication/").lower()).strip("-")


def _known(what: str, given: tuple[str, ...], names: Iterable[str]) -> list[str] | None:
    """Return the names that were meant, by their letters; None if none was given."""
    if not given:
        return None
    known = {_slug(name): name for name in names}
    if unknown := [name for name in given if _slug(name) not in known]:
        there = ", ".join(sorted(known)) or "none"
        raise NetworkError(f"no {what} '{unknown[0]}'", remedy=f"There are: {there}.")
    return [known[_slug(name)] for name in given]
