"""The decisions are read strictly: every mistake is named with its line and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import CcinError, IdentitiesError, RecordsError
from ccin_graph.identities.decisions import COLUMNS, FILE, problems, read_decisions
from ccin_graph.records.loading import NOT_RECORDS
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.identities.candidates import Body

    Write = Callable[..., Path]
    Maker = Callable[..., Body]


ROOT = Path(__file__).parents[2]

HEADER = """#curie_map:
#  id: https://w3id.org/ccin/id/
#mapping_set_id: https://w3id.org/ccin/id/mapping-set/identities
#license: https://creativecommons.org/licenses/by/4.0/
"""

NAMED = {"subject_id": "", "subject_type": "rdfs literal"}
DIFFERENT = {"predicate_modifier": "Not", "subject_id": "id:organisation/salford-ptc", "subject_label": "Salford PTC"}


def findings_of(path: Path) -> list[str]:
    """Return what is wrong with a file."""
    with pytest.raises(IdentitiesError) as caught:
        read_decisions(path)
    return [str(finding) for finding in caught.value.findings]


def test_no_file_is_no_decision(tmp_path: Path) -> None:
    """A project need not have decided anything."""
    assert read_decisions(tmp_path / FILE) == []


def test_rows_are_read(write: Write) -> None:
    """Records that are gone, names that were met, and pairs that are two."""
    gone, named, different = read_decisions(write({}, NAMED, DIFFERENT))
    kept = BASE + "organisation/power-to-change"
    assert (gone.subject, gone.kept, gone.same, gone.line) == (BASE + "organisation/powers-to-change", kept, True, 6)
    assert (named.subject, named.name, named.same) == ("", "Powers to Change", True)
    assert (different.pair, different.same) == ((kept, BASE + "organisation/salford-ptc"), False)


def test_columns_may_stand_in_any_order(write: Write) -> None:
    """SSSOM fixes no order."""
    assert read_decisions(write({}, columns=COLUMNS[::-1])) == read_decisions(write({}))


def test_cells_may_be_quoted(write: Write) -> None:
    """As RFC 4180 and SSSOM/TSV have it."""
    (decision,) = read_decisions(write({"comment": '"printed ""Powers"" on line 261"'}))
    assert decision.comment == 'printed "Powers" on line 261'


@pytest.mark.parametrize(
    ("change", "said"),
    [
        pytest.param({"predicate_id": "owl:sameAs"}, "predicate_id: 'owl:sameAs' is not known", id="predicate"),
        pytest.param({"predicate_modifier": "not"}, "write nothing or 'Not'", id="modifier"),
        pytest.param({"mapping_justification": "me"}, "write 'semapv:ManualMappingCuration'", id="justification"),
        pytest.param({"subject_type": "owl class"}, "write nothing or 'rdfs literal'", id="type"),
        pytest.param({"comment": " "}, "comment: is empty", id="no reason"),
        pytest.param({"author_label": ""}, "author_label: is empty", id="no author"),
        pytest.param({"confidence": "high"}, "no number from 0 to 1", id="confidence word"),
        pytest.param({"confidence": "1.5"}, "no number from 0 to 1", id="confidence above 1"),
        pytest.param({"confidence": "nan"}, "no number from 0 to 1", id="confidence not a number"),
        pytest.param({"mapping_date": "22/11/2026"}, "write it as 2021-08-21", id="date"),
        pytest.param({"mapping_date": "20261122"}, "write it as 2021-08-21", id="date without hyphens"),
        pytest.param({"object_id": "power-to-change"}, "has no prefix of the curie_map", id="no prefix"),
        pytest.param({"object_id": "org:power-to-change"}, "has no prefix of the curie_map", id="unknown prefix"),
        pytest.param({"object_id": "id:person/sue"}, "is no organisation or project", id="person"),
        pytest.param({"object_id": "id:organisation/A B"}, "is no organisation or project", id="no slug"),
        pytest.param({"subject_id": ""}, "subject_id: '' has no prefix", id="no subject"),
        pytest.param({"subject_type": "rdfs literal"}, "subject_id: a name has none", id="literal with id"),
    ],
)
def test_wrong_cells(write: Write, change: dict[str, str], said: str) -> None:
    """Each is found, at its line."""
    (finding,) = findings_of(write({}, change))
    assert finding.startswith(f"data/{FILE}:7: ")
    assert said in finding


def test_wrong_columns(write: Write) -> None:
    """Unknown, missing and doubled columns; the rows are not read then."""
    columns = ("subject", *COLUMNS[1:-1], "confidence")
    assert findings_of(write({}, columns=columns)) == [
        f"data/{FILE}:5: column 'confidence' stands here twice; take one out (identity-column)",
        f"data/{FILE}:5: column 'confidence' stands here twice; take one out (identity-column)",
        f"data/{FILE}:5: no column 'subject' here; did you mean 'subject_id'? (identity-column)",
        f"data/{FILE}:5: no column subject_id, comment; add it (identity-column)",
    ]


@pytest.mark.parametrize(
    ("header", "said"),
    [
        pytest.param(HEADER.replace("#license", "#licence"), "did you mean 'license'?", id="unknown key"),
        pytest.param(HEADER.replace("#license", "#licence"), ":1: no license in", id="missing key"),
        pytest.param("", "no curie_map in", id="no header"),
        pytest.param(HEADER + "#a: [\n", "are not YAML", id="no YAML"),
        pytest.param("#just a remark\n", "no mapping_set_id in", id="no mapping"),
    ],
)
def test_wrong_headers(write: Write, header: str, said: str) -> None:
    """The metadata of the set are needed, and no others are taken."""
    assert any(said in finding for finding in findings_of(write({}, header=header)))


@pytest.mark.parametrize(
    ("added", "said"),
    [
        pytest.param("one\ttwo\n", ":7: 2 cells where there are 12 columns", id="too few cells"),
        pytest.param("\n", ":7: 0 cells where there are 12 columns", id="empty line"),
        pytest.param('"never closed\n', "no row of tab-separated cells", id="quotes"),
    ],
)
def test_wrong_rows(write: Write, added: str, said: str) -> None:
    """What is no row is said to be none."""
    path = write({})
    path.write_text(path.read_text("utf-8") + added, "utf-8")
    assert any(said in finding for finding in findings_of(path))


def test_not_utf8(tmp_path: Path) -> None:
    """A file in another encoding is refused."""
    path = tmp_path / FILE
    path.write_bytes(b"#\xff\n")
    assert "not UTF-8" in findings_of(path)[0]


def test_an_empty_file_lacks_everything(tmp_path: Path) -> None:
    """It is no traceback."""
    path = tmp_path / FILE
    path.write_bytes(b"")
    assert any("no column" in finding for finding in findings_of(path))


def test_every_problem_is_reported_at_once(write: Write) -> None:
    """Nobody mends a file one run a mistake; the error is one of the tree, with every finding."""
    path = write({"comment": ""}, {"confidence": "2", "mapping_date": ""})
    assert len(findings_of(path)) == 3
    with pytest.raises(IdentitiesError, match="3 problems in the decisions") as caught:
        read_decisions(path)
    assert isinstance(caught.value, RecordsError)
    assert isinstance(caught.value, CcinError)


@pytest.fixture
def records(body: Maker) -> dict[str, Body]:
    """Return the records that decisions speak of."""
    bodies = [
        body("power-to-change", "Power to Change", "Powers to Change"),
        body("salford-ptc", "Salford PTC"),
        body("demos", "Demos"),
        body("demos", "Demos", kind="Project"),
    ]
    return {one.iri: one for one in bodies}


def said_of(path: Path, records: dict[str, Body]) -> list[str]:
    """Return what the comparison with the records finds."""
    return [str(finding).removeprefix(f"data/{FILE}:") for finding in problems(read_decisions(path), records)]


def test_decisions_that_can_be_followed(write: Write, records: dict[str, Body]) -> None:
    """A record that is gone, one of the names, a pair of two records, and a name that is another's."""
    other_name = {**NAMED, "predicate_modifier": "Not", "subject_label": "PTC"}
    assert said_of(write({}, NAMED, DIFFERENT, other_name), records) == []


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        pytest.param([{}, {}], "7: line 6 says that ", id="decided twice"),
        pytest.param([{}, {"predicate_modifier": "Not"}], "7: line 6 says that ", id="both ways"),
        pytest.param([NAMED, NAMED], "7: line 6 says that ", id="name decided twice"),
        pytest.param(
            [{}, {"object_id": "id:organisation/demos"}],
            "7: line 6 says that organisation/powers-to-change is organisation/power-to-change",
            id="merged into two",
        ),
        pytest.param(
            [
                DIFFERENT,
                {
                    **DIFFERENT,
                    "subject_id": "id:organisation/power-to-change",
                    "object_id": "id:organisation/salford-ptc",
                },
            ],
            "7: line 6 says that ",
            id="the other way round",
        ),
        pytest.param(
            [{"object_id": "id:organisation/power-to-chang"}],
            "6: no record organisation/power-to-chang; did you mean organisation/power-to-change?",
            id="no object",
        ),
        pytest.param(
            [{}, {"subject_id": "id:organisation/ptc", "object_id": "id:organisation/powers-to-change"}],
            "7: no record organisation/powers-to-change; line 6 says it is organisation/power-to-change",
            id="object merged away",
        ),
        pytest.param(
            [{"subject_id": "id:organisation/demos"}],
            "6: organisation/demos and organisation/power-to-change are said to be one and both have a record",
            id="not merged",
        ),
        pytest.param(
            [{**DIFFERENT, "subject_id": "id:organisation/xyz"}],
            "6: no record organisation/xyz; mend the id, or take the row out",
            id="rejected subject is gone",
        ),
        pytest.param(
            [{"subject_id": "id:project/demos"}],
            "6: project/demos and organisation/power-to-change are not of one kind",
            id="two kinds",
        ),
        pytest.param(
            [{"subject_id": "id:organisation/power-to-change"}],
            "6: organisation/power-to-change is compared with itself",
            id="itself",
        ),
        pytest.param(
            [{**NAMED, "subject_label": "The Power"}],
            "6: 'The Power' is no name of organisation/power-to-change; add it to its names or misprints",
            id="not a name",
        ),
        pytest.param(
            [{**NAMED, "predicate_modifier": "Not"}],
            "6: 'Powers to Change' is a name of organisation/power-to-change; take it out",
            id="a name after all",
        ),
    ],
)
def test_decisions_that_cannot_be_followed(
    write: Write, records: dict[str, Body], changes: list[dict[str, str]], said: str
) -> None:
    """Each is found once, at its line, with what to do."""
    (finding,) = said_of(write(*changes), records)
    assert finding.startswith(said)


def test_the_file_is_no_record() -> None:
    """The loader of records passes it over."""
    assert FILE in NOT_RECORDS


def test_the_projects_own_decisions_are_canonical() -> None:
    """Rows stand in the order of SSSOM's canonical form, so that two curators' additions meet in one place."""
    lines = (ROOT / "data" / FILE).read_text("utf-8").splitlines()
    columns, *rows = [line.split("\t") for line in lines if not line.startswith("#")]
    assert tuple(columns) == COLUMNS
    assert rows == sorted(rows)
