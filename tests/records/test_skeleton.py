"""The skeleton of a new record."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import TreeError
from ccin_graph.records.forms import FOLDERS, KINDS, NESTED
from ccin_graph.records.reading import read_text
from ccin_graph.records.skeleton import free_path, skeleton

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.records.context import Context
    from ccin_graph.records.expanded import Expanded
    from tests.conftest import Project


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_skeleton_can_be_read_and_lies_in_its_place(context: Context, kind: str) -> None:
    path, text = skeleton(kind, "some-thing", context, "tide-2021")
    mapping, findings = read_text(text, path)
    assert not findings
    assert mapping is not None
    declared, identifier = mapping.scalar("type"), mapping.scalar("id")
    assert declared is not None
    assert identifier is not None
    assert declared.text == kind
    folder, _, name = path.removeprefix("data/").rpartition("/")
    assert folder.removesuffix("/tide-2021") in FOLDERS[kind]
    assert name == "some-thing.yaml"
    assert identifier.text.partition("/")[0] == KINDS[folder.partition("/")[0]]


@pytest.mark.parametrize("kind", FOLDERS)
def test_a_skeleton_has_every_key_that_a_curator_may_write(context: Context, kind: str) -> None:
    mapping, _ = read_text(skeleton(kind, "x", context, "tide-2021")[1], "x")
    assert mapping is not None
    assert set(mapping.entries) == set(context.keys(kind)) - {"earliest", "latest", "accept"}


@pytest.mark.parametrize("kind", FOLDERS)
def test_all_that_is_wrong_with_a_skeleton_is_what_is_to_be_filled_in(
    expanded: Callable[..., Expanded], context: Context, kind: str
) -> None:
    path, text = skeleton(kind, "x", context, "tide-2021")
    identifier = text.partition("\n")[0].removeprefix("id: ")
    record_kind, _, slug = identifier.partition("/")
    findings = expanded(text, record_kind, slug).findings
    assert {finding.rule for finding in findings} <= {"bad-value", "bad-locator"}
    lines = text.splitlines()
    assert all("<" in lines[finding.location.line - 1] for finding in findings), path


def test_a_skeleton_names_the_ids_it_needs(context: Context) -> None:
    text = skeleton("CaseStudy", "lamps", context, "tide-2021")[1]
    assert text.startswith("id: case-study/tide-2021/lamps\ntype: CaseStudy\n")
    assert "publication: tide-2021\n" in text
    assert 'participants:\n- {agent: "<organisation>", role: "<role>", at: "<lines>"}\n' in text
    assert 'about: ["<project>"]\n' in text


def test_every_nested_claim_of_a_skeleton_has_what_its_id_is_made_of_and_its_lines(context: Context) -> None:
    for kind in FOLDERS:
        text = skeleton(kind, "x", context, "t")[1]
        for name, form in NESTED.items():
            match = re.search(rf"^{name}:\n- \{{(.*)\}}$", text, re.MULTILINE)
            if match:
                assert all(f"{part}: " in match[1] for part in (*form.parts, "at")), (kind, name)


@pytest.mark.parametrize(
    ("kind", "slug", "publication", "said"),
    [
        ("Projcet", "x", "", "no type 'Projcet'. Write one of Publication, Organisation"),
        ("Project", "Some Thing", "", "'Some Thing' is not a slug. Use small letters"),
        ("Project", "../x", "", "'../x' is not a slug"),
        ("Project", "x--y", "", "'x--y' is not a slug"),
        ("CaseStudy", "x", "", "a case study lies in a publication. Name it with --publication"),
    ],
)
def test_a_skeleton_that_cannot_be_made(context: Context, kind: str, slug: str, publication: str, said: str) -> None:
    with pytest.raises(TreeError, match=re.escape(said)):
        skeleton(kind, slug, context, publication)


def test_the_publication_of_a_skeleton_is_a_slug(context: Context) -> None:
    with pytest.raises(TreeError):
        skeleton("CaseStudy", "x", context, "../../..")


def test_a_record_that_exists_is_not_overwritten(clean: Project) -> None:
    assert free_path(clean.root, "data/projects/new.yaml") == clean.root / "data/projects/new.yaml"
    with pytest.raises(TreeError, match=re.escape("data/projects/warm-rooms.yaml exists. Choose another slug")):
        free_path(clean.root, "data/projects/warm-rooms.yaml")
