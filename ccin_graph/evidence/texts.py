"""The source texts: found by the name of their publication, and only used if they are the recorded ones."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from ccin_graph.errors import EvidenceError


@dataclass(frozen=True)
class SourceText:
    """The text/plain rendering of a publication.

    Parameters
    ----------
    publication : str
        Its identifier.
    content : bytes
    """

    publication: str
    content: bytes

    @property
    def digest(self) -> str:
        """SHA-256, hexadecimal, upper case as xsd:hexBinary has it."""
        return hashlib.sha256(self.content).hexdigest().upper()

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The lines, without their ends; line 1 has index 0."""
        return tuple(self.content.decode("utf-8", "replace").split("\n"))

    def passage(self, first: int, last: int) -> str:
        """Return lines joined by line ends.

        Parameters
        ----------
        first, last : int
            Counted from 1, both included.

        Returns
        -------
        str
        """
        return "\n".join(self.lines[first - 1 : last])


def read_text(folder: Path, publication: str) -> SourceText:
    """Read the text of a publication.

    Parameters
    ----------
    folder : Path
        Holds ``<publication>.txt``.
    publication : str

    Returns
    -------
    SourceText

    Raises
    ------
    EvidenceError
        If there is no such file.
    """
    path = folder / f"{publication}.txt"
    try:
        return SourceText(publication, path.read_bytes())
    except OSError as error:
        raise EvidenceError(
            f"no source text {path}: {error.strerror}", remedy="Name the folder of the texts with --sources."
        ) from error
