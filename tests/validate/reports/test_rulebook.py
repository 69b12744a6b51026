"""Every rule is described, wherever it is written."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import ShapesError
from ccin_graph.findings import Severity
from ccin_graph.tree import Tree
from ccin_graph.validate.reports.rulebook import DOCS, Kind, Shape, read_rules

if TYPE_CHECKING:
    from ccin_graph.validate.reports.rulebook import Rule

PACKAGE = Path(__file__).parents[3] / "ccin_graph"
#: Where a finding or result is made, and the first word in quotes after it.
MADE = re.compile(
    r"""(?:\b(?:Finding|Result|_finding|report|wrong)\(|\brule=|\brule = )\s*(?:[a-z_]+,\s*)*"""
    r""""([a-z]+(?:-[a-z]+)+|alias|anchor|tag|clash)\""""
)


@pytest.fixture(scope="module")
def rules(checkout: Tree) -> dict[str, Rule]:
    return read_rules(checkout)


def made_in_python() -> set[str]:
    files = [path for path in PACKAGE.rglob("*.py") if not {"reports", "network", "publish"} & set(path.parts)]
    return {name for path in files for name in MADE.findall(path.read_text("utf-8"))}


def test_every_rule_of_the_package_is_described(rules: dict[str, Rule]) -> None:
    made = made_in_python()
    assert {"unknown-key", "clash", "name-not-in-passage", "control-total", "likely-duplicate"} <= made
    assert made <= set(rules), "describe them in ccin_graph/validate/reports/rulebook.py"


def test_every_shape_and_every_rule_between_records_is_described(rules: dict[str, Rule], checkout: Tree) -> None:
    queries = {path.stem for path in (checkout.queries / "violations").glob("*.rq")}
    assert queries == {name for name, rule in rules.items() if rule.kind is Kind.RULES}
    written = "".join(path.read_text("utf-8") for path in checkout.shapes.glob("*.ttl"))
    named = {name for name, rule in rules.items() if rule.kind is Kind.SHAPES}
    assert len(named) > 50
    assert all(f"shape:{name}" in written for name in named)


def test_every_rule_says_what_must_hold_what_to_do_and_where_to_read_on(rules: dict[str, Rule]) -> None:
    for rule in rules.values():
        assert re.fullmatch(r"[A-Z'].*[.!?]", rule.summary), rule
        assert rule.remedy, rule
        assert rule.see.startswith(DOCS), rule
        assert isinstance(rule.severity, Severity)


def test_what_a_suggestion_needs_is_read_from_the_shape(checkout: Tree, tmp_path: Path) -> None:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "queries").symlink_to(checkout.queries)
    (tmp_path / "shapes" / "x.ttl").write_text(
        """@prefix sh: <http://www.w3.org/ns/shacl#> . @prefix e: <http://e.org/shapes#> .
        e:low sh:path e:from ; sh:lessThan e:to ; sh:class e:Thing ; sh:pattern "^http://e.org/" ;
          sh:in ( e:a e:b ) ; sh:severity sh:Warning ; sh:message "It is low: mend it."@en .
        e:scheme sh:path e:in ; sh:node [ sh:class e:C ; sh:property [ sh:path e:inScheme ; sh:hasValue e:s ] ] ;
          sh:message "m"@en .
        e:nameless sh:property [ sh:path e:from ; sh:message "m"@en ] .""",
        "utf-8",
    )
    rule, other = (rule for rule in read_rules(Tree(tmp_path)).values() if rule.kind is Kind.SHAPES)
    assert (rule.name, rule.severity, rule.see) == ("low", Severity.WARNING, DOCS + "curation")
    assert (rule.summary, rule.remedy) == ("It is low.", "It is low: mend it.")
    e = "http://e.org/shapes#"
    assert rule.iri == e + "low"
    assert rule.shape == Shape(
        path=e + "from", classes=(e + "Thing",), pattern="^http://e.org/", allowed=(e + "a", e + "b"), below=(e + "to",)
    )
    assert other.shape == Shape(path=e + "in", classes=(e + "C",), having=((e + "inScheme", e + "s"),))


def test_shapes_that_are_no_turtle_are_an_error(checkout: Tree, tmp_path: Path) -> None:
    (tmp_path / "shapes").mkdir()
    (tmp_path / "queries").symlink_to(checkout.queries)
    (tmp_path / "shapes" / "x.ttl").write_text("no turtle", "utf-8")
    with pytest.raises(ShapesError, match=r"shapes/x\.ttl"):
        read_rules(Tree(tmp_path))


def test_every_section_that_a_built_in_rule_names_is_there(rules: dict[str, Rule], checkout: Tree) -> None:
    headings = re.findall(r"^#+ (.+)$", (checkout.root / "docs" / "curation.md").read_text("utf-8"), re.MULTILINE)
    anchors = {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}
    for rule in rules.values():
        page, _, anchor = rule.see.removeprefix(DOCS).partition("#")
        if page == "curation" and anchor and rule.kind not in (Kind.SHAPES, Kind.RULES):
            assert anchor in anchors, rule
