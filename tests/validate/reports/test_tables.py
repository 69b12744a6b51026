"""A report as JSON and as CSV."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING

from ccin_graph.findings import Finding, Location
from ccin_graph.validate.reports import make_report, render
from ccin_graph.validate.reports.as_csv import COLUMNS

if TYPE_CHECKING:
    from tests.validate.reports.conftest import Checked

KEYS = [
    "id", "rule", "severity", "to_mend", "accepted", "file", "line", "column", "subject", "label", "path", "value",
    "component", "message", "suggestion", "passage", "source",
]  # fmt: skip


def test_json_has_the_structure_that_is_documented(faulty: Checked) -> None:
    document = json.loads(render(faulty.report, "json"))
    assert list(document) == ["version", "generator", "summary", "rules", "findings"]
    assert document["version"] == 1
    assert document["summary"] == {"to_mend": faulty.report.to_mend, **faulty.report.counts}
    assert all(list(finding) == KEYS for finding in document["findings"])
    assert all(
        list(rule) == ["name", "kind", "severity", "summary", "remedy", "see", "iri"] for rule in document["rules"]
    )
    assert {finding["rule"] for finding in document["findings"]} <= {rule["name"] for rule in document["rules"]}
    assert [finding["message"] for finding in document["findings"]] == [one.message for one in faulty.report.findings]


def test_json_says_null_for_what_is_not_known(faulty: Checked) -> None:
    (finding,) = json.loads(render(make_report([Finding("r", "m")], faulty.project.tree), "json"))["findings"]
    known = {key: value for key, value in finding.items() if value is not None}
    assert list(known) == ["id", "rule", "severity", "to_mend", "message"]


def test_json_can_be_written_whatever_a_text_is(faulty: Checked) -> None:
    report = make_report([Finding("r", "half \ud800 of a character")], faulty.project.tree)
    for form in ("json", "sarif"):
        text = render(report, form)
        text.encode("utf-8")
        assert "half \ud800 of a character" in json.dumps(json.loads(text), ensure_ascii=False)


def test_csv_has_a_row_a_finding(faulty: Checked) -> None:
    text = render(faulty.report, "csv")
    header, *rows = csv.reader(io.StringIO(text, newline=""))
    assert tuple(header) == COLUMNS
    assert len(rows) == len(faulty.report.entries)
    assert text.count("\r\n") == len(rows) + 1
    row = dict(
        zip(header, rows[[entry.rule.name for entry in faulty.report.entries].index("figure-minimum")], strict=True)
    )
    assert row["value"] == "55"
    assert row["suggestion"] == "swap 'min:' and 'max:'"
    assert (row["severity"], row["line"], row["column"], row["source"]) == ("violation", "23", "22", "tide-2021:18")


def test_a_spreadsheet_computes_nothing(faulty: Checked) -> None:
    cells = [cell for row in csv.reader(io.StringIO(render(faulty.report, "csv"), newline="")) for cell in row]
    assert any(cell.startswith("'=HYPERLINK") for cell in cells)
    assert not any(cell.startswith(("=", "+", "-", "@", "\t", "\r")) for cell in cells)


def test_a_cell_is_one_line(faulty: Checked) -> None:
    report = make_report([Finding("r", "a\nb\tc", Location("x", 1, 1))], faulty.project.tree)
    assert render(report, "csv").count("\n") == 2
