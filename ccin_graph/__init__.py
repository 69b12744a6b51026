"""Councils, partners, projects and principles of the Co-operative Councils' Innovation Network as linked data."""

__version__ = "0.1.0"
