"""The query files of the checkout: headers that say what the queries do, and prefixes that everybody shares."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.packs import ANALYSIS, FEDERATED, MACHINERY, Query, pack_names, read_pack, read_query
from ccin_graph.sparql import replace_variables, tokens, variables
from ccin_graph.vocabulary import PREFIXES

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore

#: Prefixes of what others have, in the queries that ask them.
FOREIGN = {
    "entity": "http://statistics.data.gov.uk/def/statistical-entity#",
    "geography": "http://statistics.data.gov.uk/def/statistical-geography#",
    "kind": "http://statistics.data.gov.uk/id/statistical-entity/",
    "wdt": "http://www.wikidata.org/prop/direct/",
}

QUERIES = Path(__file__).parents[2] / "queries"
FILES = {f"{path.parent.name}/{path.stem}": path for path in sorted(QUERIES.glob("*/*.rq"))}
CONSTRUCTS = [name for name in FILES if name.startswith("derive/")]
QUESTIONS = [name for name in FILES if name.partition("/")[0] not in MACHINERY]


def read(name: str) -> Query:
    return read_query(FILES[name], name)


@pytest.mark.parametrize("name", FILES)
def test_a_header_can_be_read(name: str) -> None:
    assert read(name).summary


def test_every_pack_is_questions_or_machinery() -> None:
    packs = {path.name for path in QUERIES.iterdir() if path.is_dir()}
    assert packs == {*pack_names(QUERIES), *MACHINERY}
    assert packs > {FEDERATED, ANALYSIS}


@pytest.mark.parametrize("name", FILES)
def test_prefixes_are_those_of_the_vocabulary_and_all_are_used(name: str) -> None:
    text = read(name).text
    known = PREFIXES | FOREIGN if name.startswith(FEDERATED) else PREFIXES
    declared = dict(re.findall(r"^PREFIX (\w+): <([^>]+)>$", text, re.MULTILINE))
    assert declared == {prefix: known.get(prefix) for prefix in declared}
    body = "".join(token for kind, token in tokens(text) if kind not in ("comment", "string", "iri"))
    used = set(re.findall(r"(?<![\w?$-])(\w+):(?=\w)", body))
    if any(variable.endswith("_date") for variable in variables(text)):
        # grlc writes a date as "…"^^xsd:date.
        used.add("xsd")
    assert used == set(declared)


def test_every_file_writes_prefixes_one_way() -> None:
    for name, path in FILES.items():
        lines = [line for line in path.read_text("utf-8").splitlines() if line.upper().lstrip().startswith("PREFIX")]
        assert all(re.fullmatch(r"PREFIX \w+: <\S+>", line) for line in lines), name


@pytest.mark.parametrize("name", [name for name in FILES if name not in CONSTRUCTS and not name.startswith(FEDERATED)])
def test_the_columns_declared_are_those_selected(name: str, store: EmbeddedStore) -> None:
    query = read(name)
    # Any term will do for a parameter: what is selected does not depend on it.
    text = replace_variables(query.text, dict.fromkeys((p.variable for p in query.parameters), '"2020-01-01"').get)
    assert list(query.columns) == list(store.select(text).variables)
    assert all(query.columns.values())


@pytest.mark.parametrize("name", QUESTIONS)
def test_a_question_says_what_it_asks_for_whom_and_how_its_answer_is_ordered(name: str) -> None:
    query = read(name)
    assert query.question.endswith("?")
    assert query.tags
    assert all(parameter.about and parameter.default for parameter in query.parameters)
    assert "ORDER BY" in query.text


@pytest.mark.parametrize("name", CONSTRUCTS)
def test_a_rule_of_derivation_has_an_order_of_its_own(name: str) -> None:
    orders = [query.settings.get("order") for query in read_pack(QUERIES, "derive")]
    assert None not in orders
    assert len(set(orders)) == len(orders)
    assert "CONSTRUCT" in read(name).text


@pytest.mark.parametrize("name", [name for name in FILES if name.startswith("violations/")])
def test_a_rule_between_records_says_how_grave_it_is_and_what_to_do(name: str) -> None:
    query = read(name)
    assert query.settings["severity"] in ("violation", "warning", "information")
    assert len(query.settings["message"]) > 15
    assert query.settings["see"].startswith("curation")
    assert "this" in query.columns
    assert set(query.columns) <= {"this", "value"}
    assert not query.parameters
