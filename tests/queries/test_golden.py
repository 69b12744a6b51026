"""Every question of the packs, asked of the invented project: the answers stand in ``tests/golden/``.

After a change that was meant, ``pytest tests --refresh-golden`` writes them anew; read the difference.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.packs import FEDERATED, MACHINERY, read_query
from ccin_graph.queries import Table, bind

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore

GOLDEN = Path(__file__).parents[1] / "golden"
QUERIES = Path(__file__).parents[2] / "queries"
FILES = {f"{path.parent.name}/{path.stem}": path for path in sorted(QUERIES.glob("*/*.rq"))}

#: What a parameter of a kind is given: the defaults name bodies that the invented project does not have.
BY_KIND = {
    "basis": "stated",
    "case-study": "case-study/tide-2021/harbour-lights",
    "category": "member",
    "claim": "case-study/tide-2021/harbour-lights#figure.grant-of-the-foundation",
    "date": "2020-06-01",
    "event": "tide-gathering-2021",
    "ica": "solidarity",
    "listing": "members-2021",
    "measure-kind": "people",
    "note-kind": "contradiction",
    "number": "2",
    "office": "leader",
    "organisation": "northmere",
    "organisation-type": "charity",
    "output": "lantern-map",
    "output-kind": "tool",
    "person": "ada-thornbury",
    "place": "old-quay",
    "principle": "Co-production",
    "project": "harbour-lights",
    "project-kind": "service",
    "publication": "tide-2021",
    "qualifier": "exactly",
    "region": "north-west",
    "role": "delivery",
    "status": "actual",
    "string": "lamps",
    "theme": "participation",
    "unit": "GBP",
}

#: What else is asked, of queries that need it.
VALUES: dict[str, dict[str, str]] = {
    "councils/projects": {"council": "Northmere City Council"},
    "evidence/of-partnership": {"first": "northmere", "second": "brightwater-trust"},
    "evidence/rests-on": {"first": "16", "last": "18"},
    "members/changes": {"from": "2019-04-04", "to": "2021-05-01"},
    "partnerships/between": {"first": "northmere", "second": "brightwater-trust"},
    "partnerships/funded-by": {"funder": "copperfield-foundation"},
    "partnerships/shared-partners": {"first": "northmere", "second": "saltby"},
    "partnerships/with": {"organisation": "organisation/brightwater-trust"},
}


def asked(name: str, store: EmbeddedStore) -> str:
    """Answer a question as CSV."""
    query = read_query(FILES[name], name)
    values = {parameter.name: BY_KIND[parameter.kind] for parameter in query.parameters}
    return Table(store.select(bind(query, values | VALUES.get(name, {}), store))).to_csv()


@pytest.mark.parametrize(
    "name", [name for name in FILES if name.partition("/")[0] not in ("derive", "violations", "controls", FEDERATED)]
)
def test_the_answer_is_the_one_that_was_read_and_found_right(
    name: str, store: EmbeddedStore, request: pytest.FixtureRequest
) -> None:
    answer = asked(name, store)
    if name.startswith("claims/"):
        # Not ordered, for machines only.
        head, *rows = answer.splitlines(keepends=True)
        answer = "".join([head, *sorted(rows)])
    path = GOLDEN / f"{name}.csv"
    if request.config.getoption("--refresh-golden"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(answer, "utf-8", newline="")
    assert path.exists(), "a new query: run 'pytest tests --refresh-golden' and read what it answers"
    wanted = path.read_bytes().decode("utf-8")
    assert answer.splitlines() == wanted.splitlines()
    assert answer == wanted


def test_every_golden_file_belongs_to_a_query() -> None:
    kept = {path.relative_to(GOLDEN).with_suffix("").as_posix() for path in GOLDEN.rglob("*.csv")}
    assert kept == {
        name for name in FILES if name.partition("/")[0] not in ("derive", "violations", "controls", FEDERATED)
    }


def test_most_questions_have_an_answer_in_the_invented_project(store: EmbeddedStore) -> None:
    questions = [name for name in FILES if name.partition("/")[0] not in (*MACHINERY, FEDERATED)]
    unanswered = [name for name in questions if asked(name, store).count("\r\n") < 2]
    assert len(unanswered) * 4 <= len(questions), unanswered


def test_the_derived_triples_can_be_left_out(store: EmbeddedStore) -> None:
    query = read_query(FILES["partnerships/strongest"], "partnerships/strongest")
    assert not store.select(query.text, derived=False).rows
    assert store.select(query.text).rows
