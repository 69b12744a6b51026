"""A graph to query: one small interface, and the stores that have it."""

from ccin_graph.store.embedded import EmbeddedStore
from ccin_graph.store.interface import Solutions, Store

__all__ = ["EmbeddedStore", "Solutions", "Store"]
