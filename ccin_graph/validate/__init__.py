"""Everything that can be wrong with a dataset, as findings that name file and line."""

from ccin_graph.validate.checking import check, summary_of

__all__ = ["check", "summary_of"]
