"""Every example breaks what it is named for and nothing else, with every engine; every shape and rule has one."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
import rdflib

from ccin_graph.validate.rules import run_rules
from ccin_graph.validate.shacl import Engine, ShapeResult
from ccin_graph.vocabulary import SH

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.shapes.conftest import Example, Examples, Workshop, World

QUERIES = Path(__file__).parents[2] / "queries"
#: What is said of every record that stands alone, and so of most examples.
LONELY = {"case-study-without-claims", "unused-organisation", "unused-output", "unused-project"}
#: What is said of the valid ones together, for many of them tell of the same lines.
TOGETHER = LONELY | {"sections-overlap"}

Results = dict[str, list[ShapeResult]]


@pytest.fixture(scope="module")
def results_of(world: World, shapes: rdflib.Graph) -> Callable[[Engine], Results]:
    """Return what an engine says, by the example whose node it is about; "" stands for the project itself."""

    @cache
    def run(engine: Engine) -> Results:
        found: Results = defaultdict(list)
        for result in world.results(shapes, engine):
            found[world.owners.get(str(result.focus), "")].append(result)
        return found

    return run


@pytest.fixture(params=list(Engine), ids=lambda engine: str(engine.value))
def results(request: pytest.FixtureRequest, results_of: Callable[[Engine], Results]) -> Results:
    """Return what each engine says."""
    return results_of(request.param)


def said(results: list[ShapeResult]) -> list[tuple[str, str, str, str]]:
    return sorted((one.name, one.component.removeprefix(SH), str(one.focus), str(one.value)) for one in results)


def test_every_shape_and_rule_has_an_example_named_for_it(
    examples: Examples, shapes: rdflib.Graph, rules: set[str]
) -> None:
    told = {str(shape).rpartition("#")[2] for shape in shapes.subjects(rdflib.URIRef(SH + "message"))}
    assert {example.breaks for example in examples.invalid} == told | rules


def test_there_are_as_many_examples_as_were_counted(examples: Examples) -> None:
    # So that none is lost: a file that is not read proves nothing.
    assert (len(examples.valid), len(examples.of_shapes), len(examples.of_rules)) == (73, 511, 93)


def test_every_example_has_a_name_of_its_own(examples: Examples) -> None:
    names = Counter(example.name for example in (*examples.valid, *examples.invalid))
    assert [name for name, many in names.items() if many > 1] == []
    assert [name for name in names if not re.fullmatch(r"[a-z-]+(?:\.[a-z-]+)?", name)] == []


def test_an_invalid_example_breaks_the_shape_it_is_named_for_once_and_no_other(
    examples: Examples, results: Results
) -> None:
    wrong = {
        example.name: said(results[example.name])
        for example in examples.of_shapes
        if [result.name for result in results[example.name]] != [example.breaks]
    }
    assert wrong == {}


def test_an_example_of_a_rule_breaks_no_shape(examples: Examples, results: Results) -> None:
    assert {one.name: said(results[one.name]) for one in examples.of_rules if results[one.name]} == {}


def test_a_valid_example_breaks_no_shape(examples: Examples, results: Results) -> None:
    assert {one.name: said(results[one.name]) for one in examples.valid if results[one.name]} == {}


def test_the_project_breaks_no_shape_but_the_one_that_it_accepts(results: Results) -> None:
    assert [result.name for result in results[""]] == ["organisation-type"]


def test_the_engines_agree(results_of: Callable[[Engine], Results]) -> None:
    said_by = {
        engine: sorted(str(result) for some in results_of(engine).values() for result in some) for engine in Engine
    }
    for engine in Engine:
        assert said_by[engine] == said_by[Engine.PYSHACL], engine


def test_a_valid_example_breaks_no_rule(examples: Examples, workshop: Workshop) -> None:
    found = run_rules(workshop.build(*examples.valid).store, QUERIES)
    assert [result for result in found if result.rule not in TOGETHER] == []


def test_an_example_breaks_the_rule_it_is_named_for_and_no_other(
    rule_example: Example, workshop_of_rules: Workshop
) -> None:
    broken = {result.rule for result in run_rules(workshop_of_rules.build(rule_example).store, QUERIES)}
    assert broken - (LONELY - {rule_example.breaks}) == {rule_example.breaks}
