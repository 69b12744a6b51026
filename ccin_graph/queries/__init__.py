"""Running the query packs: values become RDF terms, answers become tables."""

from ccin_graph.queries.answering import answer, ask
from ccin_graph.queries.binding import bind
from ccin_graph.queries.table import Table

__all__ = ["Table", "answer", "ask", "bind"]
