"""One body, one record: likely duplicates among the records, and the decisions on them."""

from ccin_graph.identities.candidates import Pair, possible_pairs
from ccin_graph.identities.decisions import Decision, read_decisions
from ccin_graph.identities.review import Review, identity_findings, review, undecided

__all__ = ["Decision", "Pair", "Review", "identity_findings", "possible_pairs", "read_decisions", "review", "undecided"]
