"""What every store can do, wherever its data lie."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    import pyoxigraph as ox

    Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple


@dataclass(frozen=True, slots=True)
class Solutions:
    """The answer to a SELECT.

    Parameters
    ----------
    variables : tuple of str
        Names of the columns.
    rows : tuple of tuple
        RDF terms; None where a variable is unbound.
    """

    variables: tuple[str, ...]
    rows: tuple[tuple[Term | None, ...], ...]


class Store(Protocol):
    """A graph to query. The default graph of every query is the union of the named graphs."""

    def select(self, query: str, *, derived: bool = True, federated: bool = False) -> Solutions:
        """Answer a SELECT query.

        Parameters
        ----------
        query : str
            SPARQL 1.1.
        derived : bool, default True
            Whether derived triples take part.
        federated : bool, default False
            Whether the query may ask other services (``SERVICE``).

        Returns
        -------
        Solutions

        Raises
        ------
        QuerySyntaxError
            If it is not a SPARQL query.
        StoreError
            If the engine refuses it, or it is no SELECT.
        """
        ...

    def ask(self, query: str, *, derived: bool = True, federated: bool = False) -> bool:
        """Answer an ASK query; parameters and errors as in `select`."""
        ...

    def construct(self, query: str, *, derived: bool = True, federated: bool = False) -> tuple[ox.Triple, ...]:
        """Answer a CONSTRUCT or DESCRIBE query; parameters and errors as in `select`."""
        ...
