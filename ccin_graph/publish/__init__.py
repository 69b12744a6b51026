"""A graph to a folder that any web host can serve: pages, data files, dumps, descriptions."""
