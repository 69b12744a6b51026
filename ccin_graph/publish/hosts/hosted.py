"""A site as its server sees it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

if TYPE_CHECKING:
    from ccin_graph.publish.resolution import Rule
    from ccin_graph.publish.retired import Retired


@dataclass(frozen=True, slots=True)
class Hosted:
    """A site as its server sees it.

    Parameters
    ----------
    title : str
        In one line.
    base : str
        What the IRIs of things begin with.
    home : str
        Where the site is served.
    things : str
        What the paths of things begin with, below the top.
    rules : tuple of Rule
    retired : tuple of Retired
    """

    title: str
    base: str
    home: str
    things: str
    rules: tuple[Rule, ...]
    retired: tuple[Retired, ...]

    @property
    def top(self) -> str:
        """Path of the site's top on its host; ``/`` at least."""
        return urlsplit(self.home).path

    def pattern_of(self, one: Retired) -> str:
        """Pattern for the path of a retired IRI below the top, and of what was part of it."""
        return f"{re.escape(self.things + one.id)}(?:/(?:text|selector))?"
