"""The records of the project itself: every one is in canonical form, byte for byte."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.errors import RecordNotWritten
from ccin_graph.records.canonical import canonical
from ccin_graph.records.loading import record_files

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.records.context import Context
    from ccin_graph.tree import Tree


def _fault(path: Path, context: Context) -> str:
    before = path.read_bytes()
    try:
        after = canonical(before.decode("utf-8"), path.name, context).encode("utf-8")
    except (RecordNotWritten, UnicodeDecodeError) as error:
        return str(error)
    return "" if after == before else "not in canonical form"


def test_every_record_is_in_canonical_form(checkout: Tree, context: Context) -> None:
    faults = {path.relative_to(checkout.root).as_posix(): _fault(path, context) for path in record_files(checkout)}
    assert {file: fault for file, fault in faults.items() if fault} == {}
