"""Principles by theme: in how many projects of a theme a principle is practised."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.publish.model import Kind
from ccin_graph.vocabulary import CCIN, DCTERMS, SKOS

if TYPE_CHECKING:
    from ccin_graph.publish.model import Model

#: Shades of the cells.
SHADES = 5


@dataclass(frozen=True, slots=True)
class Matrix:
    """Counts of projects.

    Parameters
    ----------
    scheme : str
        IRI of the scheme of the principles.
    principles, themes : tuple of str
        IRIs of columns and rows; only those with a project.
    counts : dict of (str, str) to int
        Distinct projects by theme and principle.
    by_theme, by_principle : dict of str to int
        Distinct projects of each, with a principle of the scheme and a theme.
    """

    scheme: str
    principles: tuple[str, ...]
    themes: tuple[str, ...]
    counts: dict[tuple[str, str], int]
    by_theme: dict[str, int]
    by_principle: dict[str, int]

    def shade(self, theme: str, principle: str) -> int:
        """Return how dark a cell is.

        Parameters
        ----------
        theme, principle : str

        Returns
        -------
        int
            0 where there is no project, up to `SHADES` for the largest number.
        """
        many = self.counts.get((theme, principle), 0)
        return -(-many * SHADES // max(self.counts.values())) if many else 0


def matrices(model: Model) -> list[Matrix]:
    """Return a matrix for each scheme of principles that projects practise.

    Parameters
    ----------
    model : Model

    Returns
    -------
    list of Matrix
        The scheme with most projects first.
    """
    projects: dict[str, dict[tuple[str, str], set[str]]] = {}
    for project in model.things(Kind.PROJECT):
        for principle in model.links(project, CCIN + "practises"):
            for scheme in model.links(principle, SKOS + "inScheme"):
                for theme in model.links(project, DCTERMS + "subject"):
                    projects.setdefault(scheme, {}).setdefault((theme, principle), set()).add(project)
    found = [_matrix(model, scheme, cells) for scheme, cells in projects.items()]
    return sorted(found, key=lambda matrix: (-sum(matrix.counts.values()), matrix.scheme))


def _matrix(model: Model, scheme: str, cells: dict[tuple[str, str], set[str]]) -> Matrix:
    def ordered(place: int) -> tuple[tuple[str, ...], dict[str, int]]:
        members: dict[str, set[str]] = {}
        for pair, projects in cells.items():
            members.setdefault(pair[place], set()).update(projects)
        many = {iri: len(projects) for iri, projects in members.items()}
        return tuple(sorted(many, key=lambda iri: (-many[iri], model.label(iri), iri))), many

    themes, by_theme = ordered(0)
    principles, by_principle = ordered(1)
    counts = {pair: len(projects) for pair, projects in cells.items()}
    return Matrix(scheme, principles, themes, counts, by_theme, by_principle)
