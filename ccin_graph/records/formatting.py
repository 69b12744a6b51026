"""Canonical form for many records at once."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from ccin_graph.errors import RecordNotWritten
from ccin_graph.records.canonical import canonical
from ccin_graph.records.context import read_context
from ccin_graph.records.loading import record_files

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccin_graph.tree import Tree


def format_records(tree: Tree, files: Sequence[Path] = (), *, write: bool = True) -> tuple[list[str], list[str]]:
    """Bring records into canonical form.

    Parameters
    ----------
    tree : Tree
    files : sequence of Path, optional
        Which records; all by default.
    write : bool, default True
        Whether to write them; each is replaced whole.

    Returns
    -------
    changed : list of str
        Files that were, or would be, changed.
    refused : list of str
        Messages about files that cannot be rewritten without losing something.
    """
    context = read_context(tree.context)
    changed, refused = [], []
    for path in files or record_files(tree):
        shown = path.relative_to(tree.root).as_posix() if path.is_relative_to(tree.root) else path.as_posix()
        try:
            before = path.read_bytes().decode("utf-8")
            after = canonical(before, shown, context)
        except UnicodeDecodeError:
            refused.append(f"{shown}: not UTF-8; save the file as UTF-8")
            continue
        except RecordNotWritten as error:
            refused.append(str(error))
            continue
        if after != before:
            changed.append(shown)
            if write:
                staged = path.with_name(f".{path.name}.staged")
                staged.write_bytes(after.encode())
                os.replace(staged, path)
    return changed, refused
