"""Where results come from: the data, the questions asked of it, the programs that answered."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.errors import NetworkError
from ccin_graph.network.tables import QUERIES

if TYPE_CHECKING:
    from ccin_graph.graph import Graph

SOFTWARE = ("bicm", "networkit", "networkx", "numpy", "scipy")
"""The libraries that results depend on; those that are not installed were not used."""


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where results come from.

    Parameters
    ----------
    data : str
        SHA-256 of the dataset as canonical N-Quads, that is of ``ccin.nq``.
    queries : dict of str to str
        SHA-256 of the text of each query that the tables were read with, by name.
    software : dict of str to str
        Versions of ccin-graph, Python and the libraries, by name.
    """

    data: str
    queries: dict[str, str]
    software: dict[str, str]


def provenance_of(graph: Graph) -> Provenance:
    """Return where results of a graph come from.

    Parameters
    ----------
    graph : Graph

    Returns
    -------
    Provenance

    Raises
    ------
    NetworkError
        If the graph is not in memory, so that its statements cannot be counted one by one.

    Examples
    --------
    >>> from ccin_graph.graph import Graph
    >>> sorted(provenance_of(Graph.from_records()).queries)[0]
    'network/council-places'
    """
    from importlib.metadata import PackageNotFoundError, version
    from platform import python_version

    from ccin_graph import __version__
    from ccin_graph.build import canonical_lines
    from ccin_graph.packs import find_query
    from ccin_graph.store import EmbeddedStore

    if not isinstance(graph.store, EmbeddedStore):
        raise NetworkError(
            "the digest of a dataset cannot be taken from a service or a store on disk",
            remedy="Name the file with --dataset.",
        )
    software = {"ccin-graph": __version__, "python": python_version()}
    for name in SOFTWARE:
        try:
            software[name] = version(name)
        except PackageNotFoundError:
            continue
    digest = hashlib.sha256()
    for line in canonical_lines(graph.store):
        digest.update(line)
    texts = {name: find_query(graph.tree.queries, name).text for name in QUERIES}
    return Provenance(
        data=digest.hexdigest(),
        queries={name: hashlib.sha256(text.encode("utf-8")).hexdigest() for name, text in sorted(texts.items())},
        software=software,
    )
