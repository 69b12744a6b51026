"""The tables: every row of the graph, keys that hold, and descriptions that say what stands there."""

from __future__ import annotations

import csv
import io
import json
import re
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from ccin_graph.publish.dumps import checksum
from ccin_graph.publish.model import Model
from ccin_graph.publish.settings import Settings
from ccin_graph.publish.tables import METADATA, PACKAGE, SEPARATOR, WITHIN, write_tables
from ccin_graph.publish.tabular import TABLES, Table
from ccin_graph.vocabulary import BASE, CCIN, ORG, PREFIXES, RDF, SKOS

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore

SETTINGS = Settings(
    "A network", BASE + "organisation/harbour-network", BASE, "https://site.example/", "Who works with whom.",
    licence="https://creativecommons.org/licenses/by/4.0/",
)  # fmt: skip
CLASSES = {
    "organisations": ORG + "Organization", "projects": CCIN + "Project", "participations": CCIN + "Participation",
    "principle-claims": CCIN + "PrincipleClaim", "figures": CCIN + "Figure", "posts": CCIN + "Post",
    "memberships": CCIN + "NetworkMembership", "case-studies": CCIN + "CaseStudy",
    "people": PREFIXES["foaf"] + "Person",
    "partnerships": CCIN + "Partnership", "publications": CCIN + "Publication", "passages": CCIN + "Passage",
    "concepts": SKOS + "Concept",
}  # fmt: skip
BY_NAME = {table.name: table for table in TABLES}


@pytest.fixture(scope="module")
def folder(store: EmbeddedStore, tmp_path_factory: pytest.TempPathFactory) -> Path:
    top = tmp_path_factory.mktemp("site")
    write_tables(Model(store.quads(), SETTINGS), top)
    return top / "data" / "tables"


@pytest.fixture(scope="module")
def rows(folder: Path) -> dict[str, list[dict[str, str]]]:
    found = {}
    for table in TABLES:
        with (folder / f"{table.name}.csv").open(encoding="utf-8", newline="") as file:
            found[table.name] = list(csv.DictReader(file, strict=True))
    return found


@pytest.mark.parametrize("name", CLASSES)
def test_a_row_for_each_thing_of_the_graph(
    name: str, rows: dict[str, list[dict[str, str]]], store: EmbeddedStore
) -> None:
    answer = store.select(f"SELECT DISTINCT ?thing {{ ?thing a <{CLASSES[name]}> }}")
    assert [row["id"] for row in rows[name]] == sorted(str(getattr(row[0], "value", "")) for row in answer.rows)


def test_every_class_has_its_table() -> None:
    assert set(BY_NAME) == {*CLASSES, "evidence"}


def test_the_evidence_of_every_claim(rows: dict[str, list[dict[str, str]]], store: EmbeddedStore) -> None:
    answer = store.select(
        "PREFIX ccin: <https://w3id.org/ccin/def#> PREFIX prov: <http://www.w3.org/ns/prov#> PREFIX dcterms: "
        "<http://purl.org/dc/terms/> SELECT DISTINCT ?claim ?passage { ?claim a ccin:Claim ; "
        "prov:wasDerivedFrom|dcterms:source ?passage . ?passage a ccin:Passage }"
    )
    expected = {tuple(str(getattr(term, "value", "")) for term in row) for row in answer.rows}
    assert {(row["claim"], row["passage"]) for row in rows["evidence"]} == expected
    assert len(rows["evidence"]) == len(expected)


def test_what_stands_in_a_row(rows: dict[str, list[dict[str, str]]]) -> None:
    figure = next(row for row in rows["figures"] if row["measure"] == "return on spending")
    assert (figure["value"], figure["unit"], figure["per"]) == ("3", f"{BASE}unit/GBP", f"{BASE}unit/GBP")
    assert figure["about_name"].startswith("Harbour Lights")
    assert figure["section"] == f"{BASE}case-study/tide-2021/harbour-lights"
    council = next(row for row in rows["organisations"] if row["id"].endswith("/northmere"))
    assert council["kind"] == "council"
    assert re.fullmatch(r"[A-Z]\d{8}", council["gss_code"])


def test_every_key_leads_to_a_row(rows: dict[str, list[dict[str, str]]]) -> None:
    ids = {name: {row.get("id") for row in table} for name, table in rows.items()}
    followed = 0
    for table in TABLES:
        for column in table.columns:
            for row in rows[table.name] if column.key else ():
                for value in filter(None, row[column.name].split(SEPARATOR)):
                    assert value in ids[column.key], (table.name, column.name, value)
                    followed += 1
    assert followed > 200


def test_every_value_is_of_its_datatype(rows: dict[str, list[dict[str, str]]]) -> None:
    checks: dict[str, Any] = {
        "string": str, "anyURI": lambda text: re.fullmatch(r"https?://[^\s|]+", text), "decimal": Decimal,
        "integer": int, "date": date.fromisoformat, "boolean": lambda text: text in ("true", "false"),
    }  # fmt: skip
    for table in TABLES:
        assert len({tuple(row[key] for key in table.keys) for row in rows[table.name]}) == len(rows[table.name])
        for column in table.columns:
            for row in rows[table.name]:
                assert row[column.name] or not column.required, (table.name, column.name)
                if row[column.name]:
                    for value in row[column.name].split(SEPARATOR) if column.many else (row[column.name],):
                        assert checks[column.cells](value), (table.name, column.name, value)


def test_the_files_are_rfc_4180(folder: Path) -> None:
    for table in TABLES:
        content = (folder / f"{table.name}.csv").read_bytes()
        assert not content.startswith(b"\xef\xbb\xbf")
        assert content.endswith(b"\r\n")
        assert content.partition(b"\r\n")[0].decode() == ",".join(column.name for column in table.columns)


def property_url(column: dict[str, Any]) -> bool:
    return "propertyUrl" in column or column.get("suppressOutput") is True


def test_the_metadata_follow_csv_on_the_web(folder: Path) -> None:
    metadata = json.loads((folder / METADATA).read_text("utf-8"))
    assert metadata["@context"][0] == "http://www.w3.org/ns/csvw"
    assert set(metadata) <= {"@context", "dc:title", "dc:license", "dialect", "tables"}
    schemas = {table["url"]: table["tableSchema"] for table in metadata["tables"]}
    assert set(schemas) == {path.name for path in folder.glob("*.csv")}
    for url, schema in schemas.items():
        names = [column["name"] for column in schema["columns"]]
        with (folder / url).open(encoding="utf-8", newline="") as file:
            assert next(csv.reader(file)) == [column["titles"] for column in schema["columns"]]
        assert len(set(names)) == len(names)
        for column in schema["columns"]:
            # The name is a variable of a URI template (RFC 6570).
            assert re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_]*", column["name"])
            assert column["datatype"] in ("string", "integer", "decimal", "date", "boolean", "anyURI")
            assert property_url(column)
            assert set(column) <= {
                "name", "titles", "dc:description", "datatype", "required", "separator", "propertyUrl", "valueUrl",
                "suppressOutput",
            }  # fmt: skip
            for template in (column.get("valueUrl", ""), schema["aboutUrl"]):
                assert set(re.findall(r"\{\+(\w+)\}", template)) <= set(names)
        keys = schema["primaryKey"]
        assert set([keys] if isinstance(keys, str) else keys) <= set(names)
        for key in schema.get("foreignKeys", ()):
            target = schemas[key["reference"]["resource"]]
            assert key["columnReference"] in names
            assert key["reference"]["columnReference"] == target["primaryKey"] == "id"


def test_the_data_package(folder: Path) -> None:
    jsonschema = pytest.importorskip("jsonschema", reason="jsonschema is not installed")
    package = json.loads((folder / PACKAGE).read_text("utf-8"))
    jsonschema.validate(package, PACKAGE_SCHEMA)
    names = {resource["name"]: resource for resource in package["resources"]}
    assert set(names) == set(BY_NAME)
    for name, resource in names.items():
        path = folder / resource["path"]
        assert resource["bytes"] == path.stat().st_size
        assert resource["hash"] == f"sha256:{checksum(path)}"
        fields = [field["name"] for field in resource["schema"]["fields"]]
        assert fields == [column.name for column in BY_NAME[name].columns]
        for key in resource["schema"].get("foreignKeys", ()):
            assert key["fields"] in fields
            assert (key["reference"]["resource"] or name) in names


#: What the profile of a tabular data package asks for, as far as we use it.
PACKAGE_SCHEMA = {
    "type": "object",
    "required": ["profile", "name", "resources"],
    "properties": {
        "profile": {"const": "tabular-data-package"},
        "name": {"type": "string", "pattern": "^([-a-z0-9._/])+$"},
        "homepage": {"type": "string", "format": "uri"},
        "licenses": {
            "type": "array",
            "minItems": 1,
            "items": {"anyOf": [{"required": ["name"]}, {"required": ["path"]}]},
        },
        "resources": {
            "type": "array",
            "minItems": 1,
            "items": {
                "type": "object",
                "required": ["profile", "name", "path", "schema"],
                "properties": {
                    "profile": {"const": "tabular-data-resource"},
                    "name": {"type": "string", "pattern": "^([-a-z0-9._/])+$"},
                    "path": {"type": "string", "pattern": "^(?=^[^./~])(^((?!\\.{2}).)*$).*$"},
                    "bytes": {"type": "integer"},
                    "hash": {"type": "string", "pattern": "^([^:]+:[a-fA-F0-9]+|[a-fA-F0-9]{32}|)$"},
                    "schema": {
                        "type": "object",
                        "required": ["fields"],
                        "properties": {
                            "fields": {
                                "type": "array",
                                "minItems": 1,
                                "items": {
                                    "type": "object",
                                    "required": ["name", "type"],
                                    "properties": {
                                        "type": {"enum": ["string", "number", "integer", "date", "boolean"]},
                                        "format": {"enum": ["default", "uri"]},
                                        "constraints": {
                                            "type": "object",
                                            "properties": {
                                                "required": {"type": "boolean"},
                                                "unique": {"type": "boolean"},
                                            },
                                            "additionalProperties": False,
                                        },
                                    },
                                },
                            },
                            "primaryKey": {"type": "array", "minItems": 1, "uniqueItems": True},
                            "foreignKeys": {
                                "type": "array",
                                "items": {
                                    "type": "object",
                                    "required": ["fields", "reference"],
                                    "properties": {"reference": {"type": "object", "required": ["resource", "fields"]}},
                                },
                            },
                        },
                    },
                },
            },
        },
    },
}


def test_writing_twice_gives_the_same_bytes(folder: Path, store: EmbeddedStore, tmp_path: Path) -> None:
    write_tables(Model(sorted(store.quads(), key=str, reverse=True), SETTINGS), tmp_path)
    for path in folder.iterdir():
        assert (tmp_path / "data" / "tables" / path.name).read_bytes() == path.read_bytes()


def test_hostile_names_stay_in_their_cells(tmp_path: Path) -> None:
    thing = ox.NamedNode(BASE + "person/a")
    names = ['a,"b"\r\nc', "=1+1", "a|b", "\u2028", " spaced "]
    quads = [ox.Quad(thing, ox.NamedNode(RDF + "type"), ox.NamedNode(PREFIXES["foaf"] + "Person"))]
    quads += [ox.Quad(thing, ox.NamedNode(SKOS + "altLabel"), ox.Literal(name)) for name in names]
    write_tables(Model(quads, SETTINGS), tmp_path)
    text = (tmp_path / "data" / "tables" / "people.csv").read_bytes().decode("utf-8")
    (row,) = csv.DictReader(io.StringIO(text, newline=""), strict=True)
    assert sorted(row["other_names"].split(SEPARATOR)) == sorted(name.replace(SEPARATOR, WITHIN) for name in names)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_columns_of_a_table_are_those_of_its_rows(table: Table, store: EmbeddedStore) -> None:
    found = list(table.rows(Model(store.quads(), SETTINGS)))
    assert found
    for row in found:
        assert len(row) == len(table.columns)
        for cell, column in zip(row, table.columns, strict=True):
            assert isinstance(cell, tuple) is column.many
