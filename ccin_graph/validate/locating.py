"""From a result about a node to a finding at the file and line where it is to be mended."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.records.expanded import location_of
from ccin_graph.vocabulary import STATISTICAL_GEOGRAPHY, shorten

if TYPE_CHECKING:
    from collections.abc import Iterable

    from ccin_graph.findings import Finding
    from ccin_graph.records.expanded import Origin
    from ccin_graph.store import Store
    from ccin_graph.validate.results import Result

_BEHIND = (
    "PREFIX prov: <http://www.w3.org/ns/prov#> SELECT ?claim {{ {node} prov:wasDerivedFrom ?claim }} ORDER BY ?claim"
)
_PASSAGE = """PREFIX ccin: <https://w3id.org/ccin/def#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX prov: <http://www.w3.org/ns/prov#>
SELECT ?passage {{ {node} prov:wasDerivedFrom|dcterms:source ?passage . ?passage a ccin:Passage }} ORDER BY ?passage"""


def locate(results: Iterable[Result], store: Store, origins: dict[str, Origin]) -> list[Finding]:
    """Say where each result is to be mended.

    A derived node has no record of its own: it is reported at the first claim behind it.

    Parameters
    ----------
    results : iterable of Result
    store : Store
    origins : dict of str to Origin

    Returns
    -------
    list of Finding
    """
    return [_finding(result, store, origins) for result in results]


def _finding(result: Result, store: Store, origins: dict[str, Origin]) -> Finding:
    node = result.subject
    if node not in origins:
        behind = _first(store, _BEHIND, node)
        node = behind if behind in origins else node
    location = location_of(origins, node, result.path)
    return result.finding(_called(result.subject), location, _first(store, _PASSAGE, node))


def _called(node: str) -> str:
    # An area has an IRI of the statistics office.
    code = node.removeprefix(STATISTICAL_GEOGRAPHY)
    return shorten(node) if code == node else f"area {code}"


def _first(store: Store, template: str, node: str) -> str:
    # The IRI is one of the dataset's own nodes, read from it; the library writes it.
    import pyoxigraph as ox

    rows = store.select(template.format(node=ox.NamedNode(node))).rows
    return getattr(rows[0][0], "value", "") if rows else ""
