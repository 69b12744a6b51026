"""Records on disk to quads: strict, complete in what they report, and aware of file and line."""
