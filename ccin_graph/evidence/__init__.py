"""Claims held against the lines of the source texts that they cite."""
