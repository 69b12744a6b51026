"""``python -m ccin_graph`` is ``ccin-graph``."""

from ccin_graph.cli import main

main()
