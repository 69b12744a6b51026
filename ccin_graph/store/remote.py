"""A remote SPARQL 1.1 service as a store, through SPARQLWrapper.

The graphs of the dataset are named in every request (``default-graph-uri``), so that their union is asked for on every
server, whatever it takes for its default graph and whatever else it holds. Credentials come from the environment only;
see `ccin_graph.store.http`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ccin_graph.errors import EndpointError, QuerySyntaxError, StoreError
from ccin_graph.sparql import asks_service, guard
from ccin_graph.store.http import Credentials, ServiceClient, checked_url, shown_url
from ccin_graph.store.interface import Solutions
from ccin_graph.store.shape import shape_of
from ccin_graph.vocabulary import DERIVED, GRAPH

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from ccin_graph.store.http import Answer
    from ccin_graph.store.shape import Shape

_GRAPHS = f'SELECT DISTINCT ?graph WHERE {{ GRAPH ?graph {{ ?s ?p ?o }} FILTER STRSTARTS(STR(?graph), "{GRAPH}") }}'

#: Rows that a service is once asked for, to see that it gives as many; shorter answers then need no second look.
_PROOF = 1001

_RESULTS = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
    "application/xml": ox.QueryResultsFormat.XML,
}

#: Forms of triples that have an end of their own first: not every service says how long an answer is.
_TRIPLES = "application/ld+json, application/rdf+xml;q=0.9, text/turtle;q=0.5, application/n-triples;q=0.4"
_CLOSED = (ox.RdfFormat.JSON_LD,)


class RemoteStore:
    """A SPARQL service that holds the dataset; see `ccin_graph.store.interface.Store`.

    Parameters
    ----------
    endpoint : str
        Address for queries: ``http://localhost:7878/query``.
    graphs : sequence of str, optional
        The named graphs whose union is asked. By default those of the dataset, which the service is asked for; an empty
        sequence leaves the default graph to the service.
    timeout : float, default 60
        Seconds that one answer may take.
    client : ServiceClient, optional
        By default one with the credentials of the environment.

    Examples
    --------
    >>> store = RemoteStore("http://localhost:7878/query")
    >>> store
    RemoteStore('http://localhost:7878/query')
    >>> store.select("ASK { ?s ?p ?o }")
    Traceback (most recent call last):
    ...
    ccin_graph.errors.StoreError: not a SELECT query. Use ask or construct.
    """

    def __init__(
        self,
        endpoint: str,
        *,
        graphs: Sequence[str] | None = None,
        timeout: float = 60.0,
        client: ServiceClient | None = None,
    ) -> None:
        self.endpoint = checked_url(endpoint)
        self._graphs = None if graphs is None else tuple(graphs)
        self._client = client or ServiceClient(timeout=timeout, credentials=Credentials.from_environment())
        # It was seen to give this many rows and more.
        self._carries = 0
        self._was_proved = False

    def __repr__(self) -> str:
        return f"RemoteStore({shown_url(self.endpoint)!r})"

    @property
    def graphs(self) -> tuple[str, ...]:
        """The named graphs that are asked, in order.

        Raises
        ------
        EndpointError
            If the service holds none of the dataset's.
        """
        if self._graphs is None:
            rows = self._rows(_GRAPHS, (), probe=False).rows
            self._graphs = tuple(sorted(row[0].value for row in rows if isinstance(row[0], ox.NamedNode)))
            if not self._graphs:
                self._graphs = None
                raise EndpointError(
                    f"{shown_url(self.endpoint)} holds no graph of the dataset",
                    remedy="Put it there with 'ccin-graph load --endpoint'.",
                )
        return self._graphs

    def select(self, query: str, *, derived: bool = True, federated: bool = False) -> Solutions:
        """Answer a SELECT query; see `Store.select`.

        Where the service gives no more than so many rows, the others are fetched page by page, and counted.

        Raises
        ------
        EndpointError
            If the service is not reached, refuses, answers with what is no answer, or cuts what cannot be paged.
        """
        self._expect(query, ("SELECT",), "ask or construct", federated)
        return self._rows(query, self._asked(derived))

    def ask(self, query: str, *, derived: bool = True, federated: bool = False) -> bool:
        """Answer an ASK query; see `Store.ask`."""
        self._expect(query, ("ASK",), "select or construct", federated)
        answer = self._parsed(self._send(query, self._asked(derived)))
        try:
            if not isinstance(answer, ox.QueryBoolean):
                raise self._no_answer("rows where yes or no was asked for")
            return bool(answer)
        finally:
            # It must end in this thread; the frames of an error may be freed in any.
            del answer

    def construct(self, query: str, *, derived: bool = True, federated: bool = False) -> tuple[ox.Triple, ...]:
        """Answer a CONSTRUCT or DESCRIBE query; see `Store.construct`.

        Triples cannot be asked for page by page: where the service may have cut them, that is an error.
        """
        shape = self._expect(query, ("CONSTRUCT", "DESCRIBE"), "select or ask", federated)
        graphs = self._asked(derived)
        triples = self._triples(self._send(query, graphs))
        rows = len(triples)
        if shape.form == "CONSTRUCT" and triples:
            rows = max(rows, self._count(shape.count(), graphs))
        if triples and not self._gives(rows, graphs):
            raise EndpointError(
                f"{shown_url(self.endpoint)} gives no more than so many rows, and this answer may have been cut",
                remedy="Ask for less, or with SELECT, which is fetched page by page.",
            )
        return triples

    def quads(self) -> Iterator[ox.Quad]:
        """Fetch every quad, graph by graph.

        Yields
        ------
        pyoxigraph.Quad
        """
        for graph in self.graphs:
            name = ox.NamedNode(graph)
            for subject, predicate, value in self._rows("SELECT ?s ?p ?o WHERE { ?s ?p ?o }", (graph,)).rows:
                assert isinstance(subject, ox.NamedNode | ox.BlankNode)
                assert isinstance(predicate, ox.NamedNode)
                assert value is not None
                yield ox.Quad(subject, predicate, value, name)

    def _expect(self, query: str, forms: tuple[str, ...], others: str, federated: bool) -> Shape:
        guard(query, federated=federated)
        shape = shape_of(query)
        if shape.form not in forms:
            _check_syntax(query)
            article = "an" if forms[0] == "ASK" else "a"
            raise StoreError(f"not {article} {forms[0]} query", remedy=f"Use {others}.")
        return shape

    def _asked(self, derived: bool) -> tuple[str, ...]:
        return tuple(graph for graph in self.graphs if derived or graph != DERIVED)

    def _rows(self, query: str, graphs: tuple[str, ...], *, probe: bool = True) -> Solutions:
        """All rows of a query, in pages if need be."""
        first = self._page(query, graphs)
        shape = shape_of(query)
        given = len(first.rows)
        if not given or (shape.limit is not None and given >= shape.limit):
            return first
        if probe and graphs and given < _PROOF:
            self._prove(graphs)
        if given < self._carries or not self._page(shape.page(first.variables, given, 1), graphs).rows:
            self._carries = max(self._carries, given)
            return first
        return self._paged(shape, first.variables, given, graphs)

    def _paged(self, shape: Shape, variables: tuple[str, ...], size: int, graphs: tuple[str, ...]) -> Solutions:
        counted = self._count(shape.count(), graphs)
        rows: list[Any] = []
        while len(rows) < counted:
            page = self._page(shape.page(variables, len(rows), size), graphs).rows
            if not page:
                break
            rows += page
        # One that gives the first page again and again gives as many rows, but not as many different ones.
        if counted != len(rows) or self._count(shape.count_distinct(variables), graphs) != len(set(rows)):
            raise EndpointError(
                f"{shown_url(self.endpoint)} gives no more than {size} rows at a time, and {counted} cannot be fetched "
                "page by page",
                remedy="Ask for less: the answer is not whole.",
            )
        return Solutions(variables, tuple(rows))

    def _prove(self, graphs: tuple[str, ...]) -> None:
        """See once that the service gives as many rows as it is asked for."""
        if not self._was_proved:
            self._was_proved = True
            self._carries = max(self._carries, self._proof(_PROOF, graphs))

    def _gives(self, rows: int, graphs: tuple[str, ...]) -> bool:
        """Whether the service gives more than so many rows."""
        self._prove(graphs)
        if rows >= self._carries:
            self._carries = max(self._carries, self._proof(rows + 1, graphs))
        if rows >= self._carries:
            # No cap where there are no more triples to give.
            everything = shape_of("SELECT * WHERE { ?s ?p ?o }")
            return self._carries > 0 and self._count(everything.count(), graphs) == self._carries >= rows
        return True

    def _proof(self, rows: int, graphs: tuple[str, ...]) -> int:
        return len(self._page(f"SELECT (1 AS ?one) WHERE {{ ?s ?p ?o }} LIMIT {rows}", graphs).rows)

    def _count(self, query: str, graphs: tuple[str, ...]) -> int:
        try:
            return int(getattr(self._page(query, graphs).rows[0][0], "value", ""))
        except (IndexError, ValueError) as error:
            raise self._no_answer("no number where rows were counted") from error

    def _page(self, query: str, graphs: tuple[str, ...]) -> Solutions:
        answer = self._parsed(self._send(query, graphs))
        try:
            if not isinstance(answer, ox.QuerySolutions):
                raise self._no_answer("yes or no where rows were asked for")
            return Solutions(tuple(v.value for v in answer.variables), tuple(map(tuple, answer)))
        except (SyntaxError, ValueError) as error:
            raise self._no_answer(f"results that cannot be read ({_said(error)})") from error
        finally:
            del answer

    def _send(self, query: str, graphs: tuple[str, ...]) -> Answer:
        from SPARQLWrapper import JSON, JSONLD, POST

        from ccin_graph.store.wrapper import Wrapper

        shape = shape_of(query)
        wrapper = Wrapper(self.endpoint, self._client)
        wrapper.setMethod(POST)
        wrapper.setOnlyConneg(True)
        if shape.form in ("CONSTRUCT", "DESCRIBE"):
            wrapper.setReturnFormat(JSONLD)
            wrapper.addCustomHttpHeader("Accept", _TRIPLES)
        else:
            wrapper.setReturnFormat(JSON)
        wrapper.set_query(shape.text, shape.form)
        for graph in () if shape.datasets else graphs:
            wrapper.addParameter("default-graph-uri", graph)
            if shape.graphs:
                wrapper.addParameter("named-graph-uri", graph)
        try:
            return wrapper.answer()
        except EndpointError as error:
            if error.status == 400:
                _check_syntax(query)
            raise

    def _parsed(self, answer: Answer) -> ox.QuerySolutions | ox.QueryBoolean:
        form = _RESULTS.get(answer.media_type)
        if form is None:
            raise self._no_answer(answer.media_type or "no media type")
        try:
            return ox.parse_query_results(input=answer.content, format=form)
        except (SyntaxError, ValueError) as error:
            raise self._no_answer(f"results that cannot be read ({_said(error)})") from error

    def _triples(self, answer: Answer) -> tuple[ox.Triple, ...]:
        form = ox.RdfFormat.from_media_type(answer.media_type) if answer.media_type else None
        if form is None:
            raise self._no_answer(answer.media_type or "no media type")
        if not answer.has_an_end and form not in _CLOSED:
            raise EndpointError(
                f"{shown_url(self.endpoint)} does not say how long its answer is: half of it would look whole",
                remedy="Ask with SELECT.",
            )
        try:
            return tuple(dict.fromkeys(quad.triple for quad in ox.parse(input=answer.content, format=form)))
        except (SyntaxError, ValueError) as error:
            raise self._no_answer(f"triples that cannot be read ({_said(error)})") from error

    def _no_answer(self, what: str) -> EndpointError:
        return EndpointError(
            f"{shown_url(self.endpoint)} answers with {what}",
            remedy="Is it the address for queries, such as .../query or .../sparql?",
        )


def _check_syntax(query: str) -> None:
    """Say where a query is wrong, which services say in many ways."""
    if asks_service(query):
        # Even to an empty store this would go out.
        return
    try:
        ox.Store().query(query)
    except SyntaxError as error:
        raise QuerySyntaxError(f"not SPARQL: {error.msg}", remedy="Mend the query.") from error


def _said(error: SyntaxError | ValueError) -> str:
    return str(getattr(error, "msg", None) or error)
