"""Every analysis of the tables as a run: what was found, how, and its results as tables.

Each function takes the tables (after any choice) and gives a :class:`~ccin_graph.network.results.Run`. What is computed
and why stands in the module that computes it; here results become rows.
"""

from ccin_graph.network.analyses.base import MIXED, RUNS, SEED, WORK, network
from ccin_graph.network.analyses.breaking import broken
from ccin_graph.network.analyses.chance import validated
from ccin_graph.network.analyses.changing import changed
from ccin_graph.network.analyses.grouping import grouped
from ccin_graph.network.analyses.measuring import measured
from ccin_graph.network.analyses.mixing import mixed
from ccin_graph.network.analyses.predicting import predicted
from ccin_graph.network.analyses.ranking import RANKINGS, ranked

__all__ = [
    "MIXED",
    "RANKINGS",
    "RUNS",
    "SEED",
    "WORK",
    "broken",
    "changed",
    "grouped",
    "measured",
    "mixed",
    "network",
    "predicted",
    "ranked",
    "validated",
]
