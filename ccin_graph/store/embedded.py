"""The embedded store: pyoxigraph, called directly."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pyoxigraph as ox

from ccin_graph.errors import QuerySyntaxError, StoreError
from ccin_graph.sparql import asks_service, guard
from ccin_graph.store.interface import Solutions
from ccin_graph.vocabulary import DERIVED

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

Result = TypeVar("Result")


class EmbeddedStore:
    """A dataset in memory; see `ccin_graph.store.interface.Store`.

    Parameters
    ----------
    quads : iterable of pyoxigraph.Quad, optional
        What it holds at first.

    Examples
    --------
    >>> store = EmbeddedStore([ox.Quad(ox.NamedNode("http://e.org/a"), ox.NamedNode("http://e.org/b"),
    ...     ox.Literal("c"), ox.NamedNode("http://e.org/graph"))])
    >>> store.select("SELECT ?o { ?s ?p ?o }").rows
    ((<Literal value=c datatype=<NamedNode value=http://www.w3.org/2001/XMLSchema#string>>,),)
    """

    #: Seconds that a query with SERVICE may take.
    service_timeout = 60.0

    def __init__(self, quads: Iterable[ox.Quad] = ()) -> None:
        self._store = ox.Store()
        self._store.bulk_extend(quads)

    @classmethod
    def from_file(cls, path: Path) -> EmbeddedStore:
        """Load a dataset that `ccin_graph.build` wrote.

        Parameters
        ----------
        path : Path
            N-Quads. They are not validated again, for they are our own.

        Returns
        -------
        EmbeddedStore

        Raises
        ------
        StoreError
            If the file cannot be read.
        """
        store = cls()
        try:
            store._store.bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS, lenient=True)
        except OSError as error:
            raise StoreError(f"{path} cannot be read: {error}", remedy="Run 'ccin-graph build'.") from error
        except SyntaxError as error:
            raise StoreError(f"{path}:{error.lineno}: {error.msg}", remedy="Run 'ccin-graph build' anew.") from error
        return store

    def __len__(self) -> int:
        return len(self._store)

    def add(self, quads: Iterable[ox.Quad]) -> None:
        """Add quads.

        Parameters
        ----------
        quads : iterable of pyoxigraph.Quad
        """
        self._store.extend(quads)

    def holds(self, triple: ox.Triple) -> bool:
        """Whether a triple stands in any graph.

        Parameters
        ----------
        triple : pyoxigraph.Triple

        Returns
        -------
        bool
        """
        quads = self._store.quads_for_pattern(triple.subject, triple.predicate, triple.object)
        return next(iter(quads), None) is not None

    def quads(self) -> Iterable[ox.Quad]:
        """Every quad, in no order.

        Returns
        -------
        iterable of pyoxigraph.Quad
        """
        quads: Iterable[ox.Quad] = iter(self._store)
        return quads

    def n_quads(self) -> bytes:
        """Every quad as N-Quads, in no order.

        Returns
        -------
        bytes
        """
        written = self._store.dump(format=ox.RdfFormat.N_QUADS)
        assert written is not None
        return written

    def n_triples(self) -> Iterator[bytes]:
        """Every triple as N-Triples, graph by graph.

        Yields
        ------
        bytes
        """
        for graph in (ox.DefaultGraph(), *self._store.named_graphs()):
            written = self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
            assert written is not None
            yield written

    def select(self, query: str, *, derived: bool = True, federated: bool = False) -> Solutions:
        """Answer a SELECT query; see `Store.select`."""

        def run() -> Solutions:
            answer = self._query(query, derived)
            try:
                if not isinstance(answer, ox.QuerySolutions):
                    raise StoreError("not a SELECT query", remedy="Use ask or construct.")
                return Solutions(tuple(v.value for v in answer.variables), tuple(map(tuple, answer)))
            finally:
                # It must end in this thread; the frames of an error may be freed in any.
                del answer

        return self._guarded(query, run, federated)

    def ask(self, query: str, *, derived: bool = True, federated: bool = False) -> bool:
        """Answer an ASK query; see `Store.ask`."""

        def run() -> bool:
            answer = self._query(query, derived)
            try:
                if not isinstance(answer, ox.QueryBoolean):
                    raise StoreError("not an ASK query", remedy="Use select or construct.")
                return bool(answer)
            finally:
                del answer

        return self._guarded(query, run, federated)

    def construct(self, query: str, *, derived: bool = True, federated: bool = False) -> tuple[ox.Triple, ...]:
        """Answer a CONSTRUCT or DESCRIBE query; see `Store.construct`."""

        def run() -> tuple[ox.Triple, ...]:
            answer = self._query(query, derived)
            try:
                if not isinstance(answer, ox.QueryTriples):
                    raise StoreError("not a CONSTRUCT query", remedy="Use select or ask.")
                return tuple(answer)
            finally:
                del answer

        return self._guarded(query, run, federated)

    def _guarded(self, query: str, run: Callable[[], Result], federated: bool) -> Result:
        guard(query, federated=federated)
        asks_others = federated and asks_service(query)
        try:
            if not asks_others:
                return run()
            from ccin_graph.store.waiting import within

            # The engine waits for another service as long as that takes.
            return within(self.service_timeout, run)
        except OSError as error:
            what = "the service that the query asks is not reached" if asks_others else "the store cannot be read"
            raise StoreError(f"{what}: {error}", remedy="Try again, or name another.") from error
        except (RuntimeError, SyntaxError, ValueError) as error:
            # While rows are made, not when the query is read.
            what = "the service that the query asks gives no answer" if asks_others else "the engine refused the query"
            raise StoreError(f"{what}: {error}") from error

    def _query(self, query: str, derived: bool) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        asserted: list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph] | None = None
        named: list[ox.NamedNode | ox.BlankNode] | None = None
        if not derived:
            named = [graph for graph in self._store.named_graphs() if graph.value != DERIVED]
            asserted = [*named]
        try:
            return self._store.query(
                query, use_default_graph_as_union=derived, default_graph=asserted, named_graphs=named
            )
        except SyntaxError as error:
            raise QuerySyntaxError(f"not SPARQL: {error.msg}", remedy="Mend the query.") from error
        except (RuntimeError, ValueError) as error:
            raise StoreError(f"the engine refused the query: {error}") from error
