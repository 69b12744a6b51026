"""Records of councils against the register of local authorities."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import EvidenceError
from ccin_graph.evidence.register import compare_register, read_register
from ccin_graph.findings import Severity

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.findings import Finding
    from tests.conftest import Project

NORTHMERE = "data/organisations/councils/northmere.yaml"
HEADER = "local-authority-code,official-name,gss-code,region,local-authority-type,lat,long,nice-name"
#: As a register prints them: two blanks in a name, more places than we keep. Not all councils have its code.
ENTRIES = (
    "NMR,Northmere  City Council,E99000001,North West,UA,53.7500000001,-2.7048044,Northmere",
    "SLT,Saltby District Council,E99000002,North West,NMD,53.9,-2.9,Saltby",
    "WHW,Westhollow Borough Council,E99000003,London,LBO,51.5,0.1,Westhollow",
)


@pytest.fixture
def register(tmp_path: Path) -> Path:
    """Write a register that knows the councils of the invented project as their records have them."""
    path = tmp_path / "register.csv"
    path.write_text("\n".join([HEADER, *ENTRIES, ""]), "utf-8")
    return path


def compared(project: Project, register: Path) -> list[Finding]:
    dataset = project.dataset()
    return compare_register(dataset.store, project.tree.queries, register, dataset.corpus.origins)


def test_records_that_agree(project: Project, register: Path) -> None:
    assert compared(project, register) == []


@pytest.mark.parametrize(
    ("old", "new", "there"),
    [
        ("name: Northmere City", "name: Northmere Town", "Northmere City Council"),
        ("{name: Northmere", "{name: Northmeer", "Northmere"),
        ("region: north-west", "region: north-east", "north-west"),
        ("[unitary-authority]", "[london-borough]", "unitary-authority"),
        ("gss: E99000001", "gss: E99000009", "E99000001"),
        ("latitude: 53.75", "latitude: 53.76", "53.75"),
        ("longitude: -2.70480", "longitude: -2.70490", "-2.7048"),
    ],
)
def test_what_differs_is_found_at_its_line(project: Project, register: Path, old: str, new: str, there: str) -> None:
    line = project.edit(NORTHMERE, old, new)
    (finding,) = compared(project, register)
    assert (finding.rule, finding.severity) == ("not-as-in-register", Severity.WARNING)
    assert (finding.location.file, finding.location.line) == (NORTHMERE, line)
    assert finding.suggestion == f"write '{there}'"
    assert f"the register has '{there}' for NMR" in finding.message


def test_coordinates_that_the_record_leaves_out_do_not_differ(project: Project, register: Path) -> None:
    project.edit(NORTHMERE, ", latitude: 53.75, longitude: -2.70480", "")
    assert compared(project, register) == []


def test_coordinates_that_the_register_leaves_out_do_not_differ(project: Project, register: Path) -> None:
    text = register.read_text("utf-8")
    register.write_text(text.replace("53.7500000001,-2.7048044", ","), "utf-8")
    assert compared(project, register) == []


def test_a_whole_number_of_degrees_is_written_plainly(project: Project, register: Path) -> None:
    register.write_text(register.read_text("utf-8").replace("53.7500000001", "50"), "utf-8")
    (finding,) = compared(project, register)
    assert finding.suggestion == "write '50'"


def test_a_council_is_known_by_the_code_of_its_area_too(project: Project, register: Path) -> None:
    project.edit(NORTHMERE, "identifier: [NMR]\n", "")
    assert compared(project, register) == []


def test_a_council_that_the_register_does_not_know(project: Project, register: Path) -> None:
    project.edit(NORTHMERE, "identifier: [NMR]", "identifier: [NMX]")
    (finding,) = compared(project, register)
    assert (finding.rule, finding.severity, finding.location.file) == ("not-in-register", Severity.VIOLATION, NORTHMERE)


def test_a_difference_can_be_accepted(project: Project, register: Path) -> None:
    from ccin_graph.validate import check

    project.edit(NORTHMERE, "longitude: -2.70480", "longitude: -2.70490")
    project.append(NORTHMERE, "accept:\n- {rule: not-as-in-register, why: the register's point lies in the sea}")
    found = check(project.dataset(), project.tree, register=register)
    assert [f.accepted for f in found if f.rule == "not-as-in-register"] == ["the register's point lies in the sea"]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"a,b\n1,2\n", "no column 'local-authority-code'"),
        (HEADER.encode() + b"\nNMR,N,E,R,UA,north,1,N\n", "cannot be read"),
        (HEADER.encode() + b"\nNMR,\xff,E,R,UA,1,1,N\n", "cannot be read"),
    ],
)
def test_a_table_that_is_no_register(tmp_path: Path, content: bytes, said: str) -> None:
    path = tmp_path / "other.csv"
    path.write_bytes(content)
    with pytest.raises(EvidenceError, match=said):
        read_register(path)
    with pytest.raises(EvidenceError, match="cannot be read"):
        read_register(tmp_path / "missing.csv")
