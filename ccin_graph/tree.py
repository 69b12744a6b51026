"""The folders of a project: where records, ontology, shapes, queries and results lie."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from ccin_graph.errors import TreeError

_PACKAGE = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Tree:
    """The folders of one project.

    Parameters
    ----------
    root : Path
        The folder that holds ``data/``, ``ontology/``, ``shapes/`` and ``queries/``.

    Examples
    --------
    >>> Tree(Path("project")).listings.as_posix()
    'project/data/listings'
    """

    root: Path

    @property
    def data(self) -> Path:
        """The records."""
        return self.root / "data"

    @property
    def listings(self) -> Path:
        """The dated lists of members."""
        return self.data / "listings"

    @property
    def ontology(self) -> Path:
        """Ontology, concept schemes and context."""
        return self.root / "ontology"

    @property
    def context(self) -> Path:
        """The JSON-LD context: the one mapping from record keys to terms."""
        return self.ontology / "context.jsonld"

    @property
    def shapes(self) -> Path:
        """The SHACL shapes."""
        return self.root / "shapes"

    @property
    def queries(self) -> Path:
        """The query packs."""
        return self.root / "queries"

    @property
    def build(self) -> Path:
        """Where results are written: beside the records, or below the working directory when installed."""
        return Path.cwd() / "build" if self.root == _installed() else self.root / "build"


def find_tree(start: Path | None = None) -> Tree:
    """Find the project to work on.

    The nearest folder at or above `start` that has records, an ontology and queries; else the checkout this package
    was imported from; else what the installed package carries.

    Parameters
    ----------
    start : Path, optional
        Where to look first; the working directory by default.

    Returns
    -------
    Tree

    Raises
    ------
    TreeError
        If no such folder exists.
    """
    here = (start or Path.cwd()).resolve()
    for folder in (here, *here.parents, _PACKAGE.parent, _installed()):
        if all((folder / name).is_dir() for name in ("data", "ontology", "queries", "shapes")):
            return Tree(folder)
    raise TreeError(
        f"no project at or above {here}",
        remedy="Go to a folder that holds data/, ontology/, queries/ and shapes/, or name it with --root.",
    )


def shown_path(path: Path) -> str:
    """Return a path as a person at the working directory would write it.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        Relative where it lies below the working directory, with forward slashes.

    Examples
    --------
    >>> shown_path(Path.cwd() / "build" / "ccin.nq")
    'build/ccin.nq'
    """
    here = Path.cwd()
    return path.relative_to(here).as_posix() if path.is_relative_to(here) else path.as_posix()


def _installed() -> Path:
    return _PACKAGE / "share"
