"""The commands of ``ccin-graph network``: what to look at, what to ask of it, what to write."""
