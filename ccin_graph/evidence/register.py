"""Whether the records of councils say what the register of local authorities says that they cite.

The register is the table that mySociety publishes. Names, codes, regions and kinds were taken from it as they stand;
coordinates to five places.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING

from ccin_graph.errors import EvidenceError
from ccin_graph.findings import Finding, Severity
from ccin_graph.packs import read_query
from ccin_graph.records.expanded import location_of
from ccin_graph.vocabulary import CCIN, DCTERMS, ORG, PREFIXES, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

    from ccin_graph.records.expanded import Origin
    from ccin_graph.store import Store

#: Kinds of authority in the register, and what our records call them.
_KINDS = {
    "CC": "sui-generis-authority",
    "COMB": "combined-authority",
    "CTY": "county-council",
    "LBO": "london-borough",
    "MD": "metropolitan-district",
    "NID": "ni-district",
    "NMD": "non-metropolitan-district",
    "SCO": "scottish-council",
    "SRA": "strategic-authority",
    "UA": "unitary-authority",
    "WPA": "welsh-council",
}
_PLACES = Decimal("0.00001")
_GEO = PREFIXES["geo"]


@dataclass(frozen=True, slots=True)
class Authority:
    """What the register says of an authority.

    Parameters
    ----------
    code : str
        By which the register knows it.
    gss : str
    name : str
    place : str
        Name of the area.
    region : str
        As our concepts are named: ``north-west``.
    kind : str
    latitude, longitude : str
        To five places; empty where the register has none.
    """

    code: str
    gss: str
    name: str
    place: str
    region: str
    kind: str
    latitude: str
    longitude: str


def read_register(path: Path) -> dict[str, Authority]:
    """Read a register of local authorities.

    Parameters
    ----------
    path : Path
        CSV with the columns of mySociety's ``uk_local_authorities.csv``.

    Returns
    -------
    dict of str to Authority
        By their codes.

    Raises
    ------
    EvidenceError
        If it cannot be read, or lacks a column.
    """
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return {row["local-authority-code"]: _authority(row) for row in csv.DictReader(file)}
    except KeyError as error:
        raise EvidenceError(
            f"{path}: no column {error}", remedy="Give the register of local authorities that mySociety publishes."
        ) from error
    except (OSError, UnicodeDecodeError, csv.Error, InvalidOperation) as error:
        raise EvidenceError(f"{path} cannot be read: {error}", remedy="Give a table in CSV, in UTF-8.") from error


def _authority(row: Mapping[str, str]) -> Authority:
    return Authority(
        code=row["local-authority-code"],
        gss=row["gss-code"],
        name=" ".join(row["official-name"].split()),
        place=row["nice-name"],
        region=row["region"].lower().replace(" ", "-"),
        kind=_KINDS.get(row["local-authority-type"], row["local-authority-type"]),
        latitude=_rounded(row["lat"]),
        longitude=_rounded(row["long"]),
    )


def _rounded(degrees: str) -> str:
    return f"{Decimal(degrees).quantize(_PLACES).normalize():f}" if degrees else ""


def compare_register(store: Store, queries: Path, register: Path, origins: Mapping[str, Origin]) -> list[Finding]:
    """Hold the records of councils against the register of local authorities.

    Parameters
    ----------
    store : Store
        The graph.
    queries : Path
        ``queries/``.
    register : Path
        As `read_register` takes it.
    origins : mapping of str to Origin
        Where each node was written.

    Returns
    -------
    list of Finding

    Raises
    ------
    EvidenceError
        If the register cannot be read.
    """
    by_code = read_register(register)
    by_gss = {authority.gss: authority for authority in by_code.values()}
    found = []
    for row in store.select(read_query(queries / "claims" / "register.rq", "claims/register").text).rows:
        council, area, code, *said = ("" if term is None else str(getattr(term, "value", term)) for term in row)
        authority = by_code.get(code) if code else by_gss.get(said[0])
        if authority is None:
            message = f"the register has no authority with the code '{code or said[0]}'; mend it"
            location = location_of(origins, council, DCTERMS + "identifier")
            found.append(Finding("not-in-register", message, location, Severity.VIOLATION, subject=council))
            continue
        for node, path, here, there in _compared(council, area, said, authority):
            # Either may leave coordinates out.
            if here and there and here != there:
                message = (
                    f"the register has '{there}' for {authority.code}, not '{here}'; mend the record, or accept it "
                    "with the reason"
                )
                location = location_of(origins, node, path)
                more = {"subject": council, "path": path, "value": here, "suggestion": f"write '{there}'"}
                found.append(Finding("not-as-in-register", message, location, Severity.WARNING, **more))
    return found


def _compared(council: str, area: str, said: list[str], there: Authority) -> Iterator[tuple[str, str, str, str]]:
    gss, name, place, region, kind, latitude, longitude = said
    yield area, SKOS + "notation", gss, there.gss
    yield council, SKOS + "prefLabel", name, there.name
    yield area, SKOS + "prefLabel", place, there.place
    yield council, CCIN + "region", region.rpartition("/")[2], there.region
    yield council, ORG + "classification", kind.rpartition("/")[2], there.kind
    yield area, _GEO + "lat", _rounded(latitude), there.latitude
    yield area, _GEO + "long", _rounded(longitude), there.longitude
