"""The tables of a site as CSV (RFC 4180), described for CSV on the Web and as a Frictionless data package."""

from __future__ import annotations

import csv
import io
import json
from typing import TYPE_CHECKING, Any

from ccin_graph.publish.dumps import FOLDER, checksum, dataset_name
from ccin_graph.publish.tabular import TABLES, Cell, Column, Table

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.publish.model import Model
    from ccin_graph.publish.settings import Settings

#: Joins the values of a list.
SEPARATOR = "|"
#: Stands for the separator within a value of a list, as the descriptions say.
WITHIN = "\u00a6"
METADATA = "csv-metadata.json"
PACKAGE = "datapackage.json"
_FRICTIONLESS = {"decimal": "number", "anyURI": "string"}


def write_tables(model: Model, folder: Path) -> dict[str, int]:
    """Write the tables and both their descriptions into ``data/tables/``.

    Parameters
    ----------
    model : Model
    folder : Path
        Top of the site.

    Returns
    -------
    dict of str to int
        How many rows each table has.
    """
    target = folder / FOLDER / "tables"
    target.mkdir(parents=True, exist_ok=True)
    counts: dict[str, int] = {}
    for table in TABLES:
        text, counts[table.name] = _csv(table, model)
        (target / f"{table.name}.csv").write_text(text, "utf-8", newline="")
    (target / METADATA).write_text(_json(csvw(model.settings)), "utf-8", newline="")
    (target / PACKAGE).write_text(_json(data_package(model.settings, target)), "utf-8", newline="")
    return counts


def _csv(table: Table, model: Model) -> tuple[str, int]:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(column.name for column in table.columns)
    count = 0
    for row in table.rows(model):
        writer.writerow(map(_written, row))
        count += 1
    return out.getvalue(), count


def _written(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return SEPARATOR.join(value.replace(SEPARATOR, WITHIN) for value in cell)


def _json(document: dict[str, Any]) -> str:
    return json.dumps(document, ensure_ascii=False, indent=1) + "\n"


def csvw(settings: Settings) -> dict[str, Any]:
    """Return the description of the tables for CSV on the Web (W3C, 2015).

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    dict
        A table group.
    """
    group: dict[str, Any] = {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": settings.languages[0]}],
        "dc:title": f"{settings.title}: tables",
        "dialect": {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n"]},
    }
    if settings.licence:
        group["dc:license"] = {"@id": settings.licence}
    return group | {"tables": [_csvw_table(table) for table in TABLES]}


def _csvw_table(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {"columns": [_csvw_column(column) for column in table.columns]}
    schema["primaryKey"] = table.keys[0] if len(table.keys) == 1 else list(table.keys)
    keys = [
        {"columnReference": column.name, "reference": {"resource": f"{column.key}.csv", "columnReference": "id"}}
        for column in table.columns
        # A foreign key of CSV on the Web leads to a row from every row.
        if column.key and column.required and not column.many
    ]
    if keys:
        schema["foreignKeys"] = keys
    schema["aboutUrl"] = f"{{+{table.keys[0]}}}"
    return {"url": f"{table.name}.csv", "dc:description": table.about, "tableSchema": schema}


def _csvw_column(column: Column) -> dict[str, Any]:
    described: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": _about(column),
        "datatype": column.cells,
    }
    if column.required:
        described["required"] = True
    if column.many:
        described["separator"] = SEPARATOR
    if column.term:
        described["propertyUrl"] = column.term
        if column.cells == "anyURI":
            described["valueUrl"] = f"{{+{column.name}}}"
    else:
        # It names the row, or follows from another column.
        described["suppressOutput"] = True
    return described


def _about(column: Column) -> str:
    about = f"{column.about}; IRI, as in {column.key}.csv" if column.key else column.about
    if column.many:
        about += f"; several are joined by {SEPARATOR}, within one it is written {WITHIN}"
    return about


def data_package(settings: Settings, folder: Path) -> dict[str, Any]:
    """Return the description of the tables as a tabular data package (Frictionless, version 1).

    Parameters
    ----------
    settings : Settings
    folder : Path
        Where the tables lie, for their sizes and checksums.

    Returns
    -------
    dict
    """
    package: dict[str, Any] = {
        "profile": "tabular-data-package",
        "name": f"{dataset_name(settings)}-tables",
        "title": f"{settings.title}: tables",
    }
    if settings.description:
        package["description"] = settings.description
    if settings.home:
        package["homepage"] = settings.home
    if settings.licence:
        package["licenses"] = [{"path": settings.licence}]
    return package | {"resources": [_resource(table, folder / f"{table.name}.csv") for table in TABLES]}


def _resource(table: Table, path: Path) -> dict[str, Any]:
    keys = [
        {
            "fields": column.name,
            "reference": {"resource": "" if column.key == table.name else column.key, "fields": "id"},
        }
        for column in table.columns
        if column.key and not column.many
    ]
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
        "primaryKey": list(table.keys),
    }
    if keys:
        schema["foreignKeys"] = keys
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": path.name,
        "description": table.about,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": path.stat().st_size,
        "hash": f"sha256:{checksum(path)}",
        "dialect": {"lineTerminator": "\r\n", "delimiter": ",", "header": True},
        "schema": schema,
    }


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _FRICTIONLESS.get(column.cells, column.cells),
        "description": _about(column),
    }
    if column.cells == "anyURI" and not column.many:
        field["format"] = "uri"
    if column.term:
        field["rdfType"] = column.term
    constraints = {"required": True} if column.required else {}
    if column.name == "id":
        constraints["unique"] = True
    if constraints:
        field["constraints"] = constraints
    return field
