"""From a claim to the lines it was read in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.errors import BadParameter
from ccin_graph.evidence.texts import read_text
from ccin_graph.packs import find_query
from ccin_graph.records.locators import Locator
from ccin_graph.sparql import replace_variables
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.store import Store


def passages_of(store: Store, queries: Path, iri: str) -> list[Locator]:
    """Return the passages that a claim or record cites.

    Parameters
    ----------
    store : Store
    queries : Path
        ``queries/``.
    iri : str
        Whole, or without the base.

    Returns
    -------
    list of Locator
        In the order of publications and lines.

    Raises
    ------
    BadParameter
        If no such node cites a passage.
    """
    import pyoxigraph as ox

    try:
        node = ox.NamedNode(iri if iri.startswith(("http://", "https://")) else BASE + iri)
    except ValueError as error:
        raise BadParameter(f"'{iri}' is not an IRI", remedy="Copy it from a query's answer.") from error
    query = find_query(queries, "evidence/of-claim")
    rows = store.select(replace_variables(query.text, {"_claim_iri": str(node)}.get)).rows
    if not rows:
        raise BadParameter(f"nothing called {node.value} cites a passage", remedy="Copy the IRI from a query's answer.")
    found = []
    for _, first, last, passage in rows:
        publication = str(getattr(passage, "value", "")).removeprefix(BASE + "publication/").partition("/")[0]
        found.append(Locator(publication, int(getattr(first, "value", 0)), int(getattr(last, "value", 0))))
    return sorted(found)


def printed(passage: Locator, sources: Path | None = None) -> str:
    """Return a passage as a reader wants it: where it stands and, with the texts, its numbered lines.

    Parameters
    ----------
    passage : Locator
    sources : Path, optional
        Folder of the source texts.

    Returns
    -------
    str

    Raises
    ------
    EvidenceError
        If the text is missing.

    Examples
    --------
    >>> printed(Locator("covid-2020", 10, 12))
    'covid-2020, lines 10-12'
    """
    where = f"{passage.publication}, " + (
        f"line {passage.first}" if passage.first == passage.last else f"lines {passage.first}-{passage.last}"
    )
    if sources is None:
        return where
    lines = read_text(sources, passage.publication).lines[passage.first - 1 : passage.last]
    numbered = [f"{number:6}  {line}" for number, line in enumerate(lines, passage.first)]
    return "\n".join([where, *numbered])
