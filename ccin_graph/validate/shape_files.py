"""The files of a folder of shapes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import ShapesError

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


def shape_files(folder: Path) -> Iterator[tuple[str, str, list[ox.Quad]]]:
    """Read every file of shapes of a folder, in the order of their names.

    Parameters
    ----------
    folder : Path
        ``shapes/``.

    Yields
    ------
    tuple of str, str and list of pyoxigraph.Quad
        How findings name the file, its text, and what it says. A blank node has a name that no other file's has.

    Raises
    ------
    ShapesError
        If a file is not Turtle.

    Examples
    --------
    >>> from ccin_graph.tree import find_tree
    >>> next(shape_files(find_tree().shapes))[0]
    'shapes/appearance.ttl'
    """
    for path in sorted(folder.glob("*.ttl")):
        shown = f"{folder.name}/{path.name}"
        content = path.read_bytes()
        try:
            quads = list(ox.parse(content, ox.RdfFormat.TURTLE, rename_blank_nodes=True))
        except SyntaxError as error:
            raise ShapesError(f"{shown}:{error.lineno}: {error.msg}", remedy="Mend the Turtle.") from error
        yield shown, content.decode(), quads
