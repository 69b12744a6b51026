"""What the tests of validation share."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.vocabulary import CONCEPTS, ONTOLOGY

if TYPE_CHECKING:
    from ccin_graph.build import Dataset


@pytest.fixture(scope="session")
def needed(dataset: Dataset) -> list[ox.Quad]:
    """Return the quads of the project without the concepts that it does not use, for the slow engine's sake."""
    aside = (ox.NamedNode(CONCEPTS), ox.NamedNode(ONTOLOGY))
    quads = [quad for quad in dataset.store.quads() if quad.graph_name not in aside and quad.subject not in aside]
    rest = [quad for quad in dataset.store.quads() if quad.graph_name in aside]
    about: dict[object, list[ox.Quad]] = defaultdict(list)
    for quad in rest:
        about[quad.subject].append(quad)
    kept: dict[object, list[ox.Quad]] = {}
    further: list[object] = [quad.object for quad in quads]
    while further:
        node = further.pop()
        if node in about and node not in kept:
            kept[node] = about[node]
            further += [quad.object for quad in about[node]]
    said = {quad.subject for quad in rest}
    named = [quad for quad in quads if quad.subject not in said or quad.subject in kept]
    return named + [quad for some in kept.values() for quad in some]
