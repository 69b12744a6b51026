"""The graph as a Python object: load it, ask it, take it elsewhere."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.packs import find_query
from ccin_graph.queries import Table, bind
from ccin_graph.store import EmbeddedStore
from ccin_graph.tree import Tree, find_tree

if TYPE_CHECKING:
    from pathlib import Path

    import rdflib

    from ccin_graph.network.participation import Participation


class Graph:
    """A graph and the query packs that go with it.

    Parameters
    ----------
    store : EmbeddedStore
    tree : Tree
        Where the query packs lie.

    Examples
    --------
    >>> graph = Graph.from_records()
    >>> table = graph.query("councils/projects", council="Preston City Council")
    >>> "Community Anchors: A Co-operative Recovery" in {row["name"] for row in table}
    True
    """

    def __init__(self, store: EmbeddedStore, tree: Tree) -> None:
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

    def query(self, name: str, /, *, derived: bool = True, **values: str) -> Table:
        """Run a query of the packs.

        Parameters
        ----------
        name : str
            ``pack/name``, or the name alone where it is the only one.
        derived : bool, default True
            Whether derived triples take part.
        **values : str
            The query's parameters: a thing by its slug, id, IRI or name.

        Returns
        -------
        Table
        """
        query = find_query(self.tree.queries, name)
        return Table(self.store.select(bind(query, values, self.store), derived=derived))

    def sparql(self, text: str, *, derived: bool = True) -> Table:
        """Run a SELECT query of your own.

        Parameters
        ----------
        text : str
            SPARQL 1.1.
        derived : bool, default True
            Whether derived triples take part.

        Returns
        -------
        Table
        """
        return Table(self.store.select(text, derived=derived))

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

        return to_rdflib(self.store.quads())

    def participations(self) -> list[Participation]:
        """Return who took part in what, the input of every network analysis.

        Returns
        -------
        list of Participation
        """
        from ccin_graph.network.participation import participations_of

        return participations_of(self.query("network/participations"))
