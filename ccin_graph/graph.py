"""The graph as a Python object: load it, ask it, take it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.errors import StoreError
from ccin_graph.packs import find_query
from ccin_graph.queries import Table, answer, ask
from ccin_graph.store import EmbeddedStore
from ccin_graph.tree import Tree, find_tree

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib

    from ccin_graph.network.participation import Participation
    from ccin_graph.store import Store


class Graph:
    """A graph and the query packs that go with it.

    Parameters
    ----------
    store : Store
    tree : Tree
        Where the query packs lie.

    Examples
    --------
    >>> graph = Graph.from_records()
    >>> table = graph.query("councils/projects", council="Preston City Council")
    >>> "Community Anchors: A Co-operative Recovery" in {row["name"] for row in table}
    True
    """

    def __init__(self, store: Store, tree: Tree) -> None:
        self.store = store
        self.tree = tree

    @classmethod
    def from_file(cls, path: Path, tree: Tree | None = None) -> Graph:
        """Load a dataset that was built before.

        Parameters
        ----------
        path : Path
            ``ccin.nq``.
        tree : Tree, optional

        Returns
        -------
        Graph
        """
        return cls(EmbeddedStore.from_file(path), tree or find_tree())

    @classmethod
    def from_records(cls, tree: Tree | None = None) -> Graph:
        """Build the graph from its records, in memory.

        Parameters
        ----------
        tree : Tree, optional
            By default the project around the working directory, else the records that the installed package carries.

        Returns
        -------
        Graph
        """
        from ccin_graph.build import assemble

        tree = tree or find_tree()
        return cls(assemble(tree).store, tree)

    @classmethod
    def from_store(cls, folder: Path, tree: Tree | None = None) -> Graph:
        """Open a store on disk, for reading.

        Parameters
        ----------
        folder : Path
            What ``ccin-graph load --store`` made.
        tree : Tree, optional

        Returns
        -------
        Graph

        Raises
        ------
        StoreError
            If there is none, or it is damaged.
        """
        from ccin_graph.store.disk import DiskStore

        return cls(DiskStore(folder), tree or find_tree())

    @classmethod
    def from_endpoint(cls, url: str, tree: Tree | None = None, *, timeout: float = 60.0) -> Graph:
        """Ask a SPARQL service that holds the dataset.

        Parameters
        ----------
        url : str
            Address for queries.
        tree : Tree, optional
        timeout : float, default 60
            Seconds that one answer may take.

        Returns
        -------
        Graph

        Examples
        --------
        >>> Graph.from_endpoint("http://localhost:7878/query").store
        RemoteStore('http://localhost:7878/query')
        """
        from ccin_graph.store.remote import RemoteStore

        return cls(RemoteStore(url, timeout=timeout), tree or find_tree())

    def query(self, name: str, /, *, derived: bool = True, federated: bool = False, **values: str) -> Table:
        """Run a query of the packs.

        Parameters
        ----------
        name : str
            ``pack/name``, or the name alone where it is the only one.
        derived : bool, default True
            Whether derived triples take part.
        federated : bool, default False
            Whether it may ask other services.
        **values : str
            The query's parameters: a thing by its slug, id, IRI or name.

        Returns
        -------
        Table
            With ``taken``: what the values were taken for.

        Examples
        --------
        >>> table = Graph.from_records().query("councils/projects", council="Preston City Council")
        >>> print(*table.taken)
        council: Preston City Council (organisation/preston)
        """
        query = find_query(self.tree.queries, name)
        return answer(query, values, self.store, derived=derived, federated=federated)

    def sparql(self, text: str, *, derived: bool = True, federated: bool = False) -> Table:
        """Run a SELECT query of your own.

        Parameters
        ----------
        text : str
            SPARQL 1.1.
        derived : bool, default True
            Whether derived triples take part.
        federated : bool, default False
            Whether it may ask other services.

        Returns
        -------
        Table
            With ``hints`` where it names what the graph does not know.

        Raises
        ------
        QuerySyntaxError
            If it is not SPARQL; the message has line, column and what is probably meant.
        """
        answered = ask(text, self.store, derived=derived, federated=federated)
        if not isinstance(answered, Table):
            raise StoreError("not a SELECT query", remedy="Use construct, or write SELECT.")
        return answered

    def construct(self, text: str, *, derived: bool = True) -> rdflib.Graph:
        """Run a CONSTRUCT query of your own.

        Parameters
        ----------
        text : str
            SPARQL 1.1.
        derived : bool, default True
            Whether derived triples take part.

        Returns
        -------
        rdflib.Graph
        """
        from ccin_graph.store.rdflib_graph import to_rdflib

        return to_rdflib(self.store.construct(text, derived=derived))

    def to_rdflib(self) -> rdflib.Graph:
        """Return everything as one rdflib graph.

        Returns
        -------
        rdflib.Graph
        """
        from ccin_graph.store.rdflib_graph import to_rdflib

        # Of any store: not every one gives its quads.
        return to_rdflib(self.store.construct("CONSTRUCT { ?s ?p ?o } WHERE { ?s ?p ?o }"))

    def participations(self) -> list[Participation]:
        """Return who took part in what, the input of every network analysis.

        Returns
        -------
        list of Participation
        """
        from ccin_graph.network.participation import participations_of

        return participations_of(self.query("network/participations"))
