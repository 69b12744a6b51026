"""The nodes that stand for a passage: the lines, and the selector that finds them in the text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from ccin_graph.vocabulary import RFC5147

if TYPE_CHECKING:
    from ccin_graph.records.locators import Locator


def passage_nodes(locator: Locator) -> tuple[dict[str, Any], dict[str, Any]]:
    """Make the nodes of a passage, in the form that `ccin_graph.records.mapping` takes.

    Parameters
    ----------
    locator : Locator

    Returns
    -------
    passage, selector : dict
    """
    passage = {
        "id": locator.iri,
        "type": ["Passage"],
        "text": locator.text,
        "selector": locator.selector,
        "publication": locator.publication,
        "first_line": str(locator.first),
        "last_line": str(locator.last),
    }
    selector = {
        "id": locator.selector,
        "type": ["FragmentSelector"],
        "position": locator.position,
        "conforms_to": RFC5147,
    }
    return passage, selector
