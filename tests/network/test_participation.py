"""One row of the table."""

from __future__ import annotations

from dataclasses import FrozenInstanceError
from typing import Any

import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.network import KINDS, Participation

GOOD: dict[str, Any] = {
    "organisation": "ex:oldham",
    "label": "Oldham",
    "kind": "council",
    "project": "ex:food",
    "project_label": "Food",
    "role": "lead",
}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_is_accepted(kind: str) -> None:
    row = Participation(**{**GOOD, "kind": kind}, working=True)
    assert (row.kind, row.publication, row.region, row.categories) == (kind, "", None, ())


@pytest.mark.parametrize("missing", ["organisation", "label", "project", "project_label", "role"])
def test_what_must_be_there(missing: str) -> None:
    with pytest.raises(NetworkError, match=f"without {missing.replace('_', ' ')}"):
        Participation(**{**GOOD, missing: ""}, working=True)


def test_an_unknown_kind_names_the_kinds() -> None:
    with pytest.raises(NetworkError, match=r"no kind of organisation 'Council'.*Kinds are council, affiliate"):
        Participation(**{**GOOD, "kind": "Council"}, working=True)


def test_an_organisation_is_not_its_own_project() -> None:
    with pytest.raises(NetworkError, match="its own project"):
        Participation(**{**GOOD, "project": "ex:oldham"}, working=True)


def test_a_row_cannot_be_changed() -> None:
    row = Participation(**GOOD, working=True)
    with pytest.raises(FrozenInstanceError):
        row.role = "partner"  # type: ignore[misc]
