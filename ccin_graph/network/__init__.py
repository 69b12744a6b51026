"""Who worked with whom: networks of organisations, made from a table of who took part in what.

One direction, each step a module::

    Participation ─▶ organisation_project_graph ─▶ council_council ─▶ measures ─▶ write_csv
     (the table)        (two-mode graph)           council_partner     summary      write_gexf
                                                   council_affiliate                write_graphml
                                                   project                          draw

Every graph is a :class:`networkx.Graph` whose nodes are IRIs. Importing this package loads neither networkx nor
numpy, scipy or matplotlib: the functions that need them do.
"""

from ccin_graph.network.bipartite import organisation_project_graph, sides
from ccin_graph.network.export import write_csv, write_gexf, write_graphml
from ccin_graph.network.labels import short_name
from ccin_graph.network.measures import Measure, measures
from ccin_graph.network.overview import Summary, summary
from ccin_graph.network.participation import KINDS, Participation
from ccin_graph.network.picture import draw, headline
from ccin_graph.network.projections import council_affiliate, council_council, council_partner, project

__all__ = [
    "KINDS",
    "Measure",
    "Participation",
    "Summary",
    "council_affiliate",
    "council_council",
    "council_partner",
    "draw",
    "headline",
    "measures",
    "organisation_project_graph",
    "project",
    "short_name",
    "sides",
    "summary",
    "write_csv",
    "write_gexf",
    "write_graphml",
]
