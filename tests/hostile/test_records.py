"""Records that are broken on purpose: findings, never a traceback, and nothing runs or is read that should not be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ccin_graph.errors import CcinError, RecordNotWritten
from ccin_graph.findings import Severity
from ccin_graph.records.canonical import canonical
from ccin_graph.records.expansion import expand
from ccin_graph.records.mapping import triples_of
from ccin_graph.records.reading import read_text

if TYPE_CHECKING:
    from ccin_graph.records.context import Context
    from tests.conftest import Project

RECORDS = {
    path.stem: path.read_text("utf-8")
    for path in sorted((Path(__file__).parents[1] / "fixtures" / "project" / "data").rglob("*.yaml"))
}
SCRAPS = [
    "", " ", "\n", "\t", ":", ": ", "- ", "-", "[", "]", "{", "}", ",", "#", " #", "&a ", "*a", "!x ", "|", ">", "'",
    '"', "\\", "%", "@", "`", "? ", "<<: ", "---\n", "...\n", "\x00", "\x07", "\x85", "\u2028", "\ufeff", "\u202e", "é",
    "😀", "no", "~", "null", "[[[[", "{{{{", "a: ", "at: ", "id: ", "type: ", "project: ", "key: ", "lead: ",
    "accept: ", "at: 9-1\n", "at: 0\n", "period: Y99\n", "period: 2020/\n", "1e9", "-1", "../", "/", "//", "https://",
    "<b>", "{cy: x}", "[a, [b]]", "&", "?", "=",
]  # fmt: skip


@st.composite
def mutilated(draw: st.DrawFn) -> tuple[str, str]:
    """A record of the invented project, cut, doubled and mixed with scraps; with the id that its file would say."""
    text = RECORDS[draw(st.sampled_from(sorted(RECORDS)))]
    identifier = text.partition("\n")[0].removeprefix("id: ")
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(text)))
        end = min(len(text), start + draw(st.sampled_from([0, 0, 1, 1, 2, 5, 20])))
        text = text[:start] + draw(st.sampled_from(SCRAPS)) + text[end:]
    return identifier, text


@settings(max_examples=400)
@given(mutilated())
def test_a_mutilated_record_is_findings_or_triples(context: Context, record: tuple[str, str]) -> None:
    identifier, text = record
    mapping, findings = read_text(text, "x")
    if mapping is None:
        assert findings
        return
    kind, _, slug = identifier.partition("/")
    result = expand(mapping, "x", kind, slug, context)
    findings += result.findings
    assert all(
        0 < finding.location.line <= text.count("\n") + text.count("\x85") + text.count("\u2028") + 1
        for finding in findings
    )
    if not any(finding.severity is Severity.VIOLATION for finding in findings):
        assert [triple for node in result.document for triple in triples_of(node, context)]


@settings(max_examples=300)
@given(mutilated())
def test_a_mutilated_record_is_rewritten_or_refused(context: Context, record: tuple[str, str]) -> None:
    try:
        written = canonical(record[1], "x", context)
    except RecordNotWritten:
        return
    assert canonical(written, "x", context) == written


@pytest.mark.parametrize(
    "text",
    [
        "id: !!python/object/apply:os.system ['touch {mark}']\n",
        "!!python/object/new:os.system ['touch {mark}']: x\n",
        "id: !<tag:yaml.org,2002:python/name:os.system> x\n",
        "%TAG ! tag:yaml.org,2002:python/object/apply:\n---\nid: !os.system ['touch {mark}']\n",
    ],
)
def test_no_tag_runs_anything(project: Project, tmp_path: Path, text: str) -> None:
    mark = tmp_path / "mark"
    project.write("data/projects/evil.yaml", text.replace("{mark}", str(mark)))
    assert project.problems()
    assert not mark.exists()


@pytest.mark.parametrize(
    "identifier",
    ["../../../etc/passwd", "project/../../x", "project/evil\x00", "project/Evil", "project/evil?x", "project/evil#x",
     "project/evil ", "https://e.org/x", "project/", "/", "project/evil/x", "project//evil"],
)  # fmt: skip
def test_an_id_is_that_of_its_file_and_nothing_else(project: Project, identifier: str) -> None:
    escaped = "".join(f"\\x{ord(c):02x}" if c < " " else c for c in identifier)
    project.write("data/projects/evil.yaml", f'id: "{escaped}"\ntype: Project\nname: Evil\nkind: project\n')
    assert "id-and-file-disagree" in {finding.rule for finding in project.problems()}


@pytest.mark.parametrize(
    "markup", ["<script>alert(1)</script>", "'; DROP ALL; --", "{{7*7}}", "](javascript:alert(1))", "<!--", "%0d%0a"]
)
def test_markup_in_a_text_is_text(project: Project, markup: str) -> None:
    escaped = markup.replace("\\", "\\\\").replace('"', '\\"')
    project.edit("data/projects/warm-rooms.yaml", "name: Warm Rooms", f'name: "{escaped}"')
    names = [
        str(getattr(quad.object, "value", ""))
        for quad in project.load().quads
        if getattr(quad.subject, "value", "").endswith("project/warm-rooms") and "prefLabel" in quad.predicate.value
    ]
    assert names == [markup]


@pytest.mark.parametrize(
    "name", ["x\ny.yaml", "x y.yaml", "é.yaml", "-x.yaml", "x-.yaml", "X.yaml", "x..yaml", "con.yaml:y"]
)
def test_a_file_with_an_awkward_name_is_a_finding(project: Project, name: str) -> None:
    try:
        project.write(f"data/projects/{name}", "id: project/x\n")
    except OSError:
        pytest.skip("not a name here")
    assert [finding.rule for finding in project.problems()] == ["misplaced-file"]


def test_a_folder_called_like_a_record_is_none(project: Project) -> None:
    (project.root / "data/projects/folder.yaml").mkdir()
    assert project.problems() == []


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="no links here")
def test_links_that_lead_nowhere_or_in_a_circle_end(project: Project) -> None:
    (project.root / "data/projects/nowhere.yaml").symlink_to("none.yaml")
    (project.root / "data/projects/circle").symlink_to(project.root / "data", target_is_directory=True)
    assert project.problems() == []


def test_a_record_of_a_thousand_claims_is_read_in_a_moment(project: Project) -> None:
    claims = "".join(f"- {{agent: river-board, key: k{number}, at: {number + 1}}}\n" for number in range(1000))
    project.edit("data/case-studies/tide-2021/warm-rooms.yaml", "mentions:\n", f"mentions:\n{claims}")
    assert project.problems() == []


def test_a_thousand_unknown_names_are_a_thousand_findings_in_a_moment(project: Project) -> None:
    claims = "".join(f"- {{agent: nobody-{number}, at: 31}}\n" for number in range(1000))
    project.edit("data/case-studies/tide-2021/warm-rooms.yaml", "mentions:\n", f"mentions:\n{claims}")
    assert len(project.problems()) == 1000


@pytest.mark.parametrize("folder", ["ontology", "shapes", "queries"])
def test_what_is_not_a_record_and_broken_is_one_clear_error(project: Project, folder: str) -> None:
    broken = {"ontology": "concepts/role.ttl", "shapes": "figure.ttl", "queries": "violations/part-of-itself.rq"}
    project.write(f"{folder}/{broken[folder]}", "\x00<<<")
    with pytest.raises(CcinError) as caught:
        project.check()
    assert Path(broken[folder]).name in str(caught.value)
    assert caught.value.remedy
