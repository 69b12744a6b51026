"""Small bodies to compare, and a project with decisions to follow."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.identities.candidates import Body
from ccin_graph.identities.decisions import COLUMNS, FILE
from ccin_graph.tree import Tree
from ccin_graph.vocabulary import BASE, CCIN, ORG

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).parents[2]

HEADER = """#curie_map:
#  id: https://w3id.org/ccin/id/
#mapping_set_id: https://w3id.org/ccin/id/mapping-set/identities
#license: https://creativecommons.org/licenses/by/4.0/
"""

ROW = {
    "subject_id": "id:organisation/powers-to-change",
    "subject_label": "Powers to Change",
    "predicate_id": "skos:exactMatch",
    "predicate_modifier": "",
    "object_id": "id:organisation/power-to-change",
    "object_label": "Power to Change",
    "mapping_justification": "semapv:ManualMappingCuration",
    "author_label": "curators",
    "subject_type": "",
    "mapping_date": "2026-11-22",
    "confidence": "1",
    "comment": "a misprint",
}


def a_body(slug: str, *names: str, kind: str = "", related: tuple[str, ...] = (), **sets: set[str]) -> Body:
    """Return an organisation, or what `kind` says."""
    body = Body(f"{BASE}{'project' if kind == 'Project' else 'organisation'}/{slug}")
    body.kinds = {CCIN + kind} if kind else set()
    if kind != "Project":
        body.kinds.add(ORG + "Organization")
    for name in names:
        body.learn("name" if body.names else "label", name)
    body.related = {f"{BASE}organisation/{other}" for other in related}
    for field, values in sets.items():
        setattr(body, field, values)
    return body


@pytest.fixture(scope="session")
def body() -> Callable[..., Body]:
    """Return the function that makes one body."""
    return a_body


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a file of decisions, each a change of one row that is well formed."""

    def written(*changes: dict[str, str], header: str = HEADER, columns: tuple[str, ...] = COLUMNS) -> Path:
        rows = [columns, *(tuple({**ROW, **change}.get(column, "?") for column in columns) for change in changes)]
        path = tmp_path / FILE
        path.write_text(header + "".join("\t".join(row) + "\n" for row in rows), "utf-8")
        return path

    return written


@pytest.fixture
def tree(tmp_path: Path) -> Tree:
    """Return a project of four organisations that decides nothing yet."""
    for folder in ("ontology", "queries", "shapes"):
        shutil.copytree(ROOT / folder, tmp_path / folder)
    names = {
        "power-to-change": "Power to Change",
        "powers-to-change": "Powers to Change Ltd",
        "salford-ptc": "Salford PTC",
        "oldham-partnership": "Oldham Partnership",
    }
    others = tmp_path / "data" / "organisations" / "others"
    others.mkdir(parents=True)
    for slug, name in names.items():
        record = f"id: organisation/{slug}\ntype: Organisation\nname: {name}\nclassification: [charity]\n"
        (others / f"{slug}.yaml").write_text(record, "utf-8")
    return Tree(tmp_path)
