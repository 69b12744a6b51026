"""The rules of each server, from the one table in `ccin_graph.publish.resolution`."""
