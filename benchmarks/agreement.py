"""How far a second reading of a case study, made from the text alone, agrees with its record.

``python -m benchmarks.agreement`` prints the figures of ``docs/data-quality.md``; with ``--differences`` it lists every
difference, to be decided from the text.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

import yaml

from ccin_graph.evidence.folding import contains, fold
from ccin_graph.graph import Graph

READINGS = Path(__file__).parent / "readings"

_NAMES = """PREFIX ccin: <https://w3id.org/ccin/def#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?section ?agent ?name
WHERE {
  ?claim a ccin:Participation ; ccin:statedIn ?section ; prov:agent ?agent .
  { ?agent skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name } UNION { ?claim ccin:printed ?name }
}"""
_MENTIONS = """PREFIX ccin: <https://w3id.org/ccin/def#> PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?section ?agent ?name
WHERE {
  ?claim ccin:statedIn ?section ; ccin:mentioned ?agent .
  ?agent skos:prefLabel|skos:altLabel|skos:hiddenLabel ?name
}"""
_FIGURES = """PREFIX ccin: <https://w3id.org/ccin/def#> PREFIX schema: <https://schema.org/>
SELECT ?section ?figure ?value
WHERE { ?figure a ccin:Figure ; ccin:statedIn ?section ; schema:value|schema:minValue|schema:maxValue ?value }"""
_PRINCIPLES = """PREFIX ccin: <https://w3id.org/ccin/def#>
SELECT DISTINCT ?section ?principle
WHERE { ?claim a ccin:PrincipleClaim ; ccin:statedIn ?section ; ccin:principle ?principle }"""


@dataclass
class Compared:
    """One kind of claim, over all case studies that were read twice."""

    both: int = 0
    only_reading: list[str] = field(default_factory=list)
    only_record: list[str] = field(default_factory=list)

    @property
    def found(self) -> float:
        """Share of the second reading's claims that the records have."""
        return self.both / ((self.both + len(self.only_reading)) or 1)

    @property
    def confirmed(self) -> float:
        """Share of the records' claims that the second reading has."""
        return self.both / ((self.both + len(self.only_record)) or 1)


def compare(graph: Graph, readings: Path = READINGS) -> dict[str, Compared]:
    """Compare every reading with its record.

    Parameters
    ----------
    graph : Graph
    readings : Path
        Folder of ``<publication>/<case study>.yaml``.

    Returns
    -------
    dict of str to Compared
        For participants, figures and principles.
    """
    result = {"participants": Compared(), "figures": Compared(), "principles": Compared()}
    agents = _grouped(graph, _NAMES)
    mentions = _grouped(graph, _MENTIONS)
    figures = _grouped(graph, _FIGURES)
    principles: dict[str, set[str]] = {}
    for row in graph.sparql(_PRINCIPLES):
        principles.setdefault(row["section"], set()).add(row["principle"].rpartition("/")[2])
    for path in sorted(readings.glob("*/*.yaml")):
        reading = yaml.safe_load(path.read_text("utf-8"))
        section = f"case-study/{path.parent.name}/{path.stem}"
        _participants(reading, section, agents.get(section, {}), mentions.get(section, {}), result["participants"])
        _figures(reading, section, figures.get(section, {}), result["figures"])
        _principles(reading, section, principles.get(section, set()), result["principles"])
    return result


def _grouped(graph: Graph, query: str) -> dict[str, dict[str, list[str]]]:
    grouped: dict[str, dict[str, list[str]]] = {}
    for row in graph.sparql(query):
        section, thing, text = row.values()
        grouped.setdefault(section, {}).setdefault(thing, []).append(text)
    return grouped


def _same(one: str, other: str) -> bool:
    return fold(one) == fold(other) or contains(one, other) or contains(other, one)


def _participants(
    reading: dict[str, Any], section: str, agents: dict[str, list[str]], mentioned: dict[str, list[str]], into: Compared
) -> None:
    matched: set[str] = set()
    for claim in reading["participants"]:
        hits = {agent for agent, names in agents.items() if any(_same(claim["name"], name) for name in names)}
        if hits:
            matched |= hits
        else:
            where = (
                " (a mention there)"
                if any(_same(claim["name"], name) for names in mentioned.values() for name in names)
                else ""
            )
            into.only_reading.append(f"{section}:{claim['line']} {claim['name']} ({claim['role']}){where}")
    into.both += len(matched)
    into.only_record += [f"{section} {agent}" for agent in sorted(set(agents) - matched)]


def _figures(reading: dict[str, Any], section: str, figures: dict[str, list[str]], into: Compared) -> None:
    left = Counter(Decimal(value).normalize() for values in figures.values() for value in values)
    for claim in reading["figures"]:
        for end in ("value", "min", "max"):
            if end not in claim:
                continue
            value = Decimal(str(claim[end])).normalize()
            near = next((known for known in left if left[known] and abs(known - value) <= abs(value) / 50), None)
            if near is None:
                into.only_reading.append(
                    f"{section}:{claim.get('line')} {claim[end]} {claim.get('unit')} {claim['what']}"
                )
            else:
                left[near] -= 1
                into.both += 1
    into.only_record += [f"{section} {value:f}" for value in sorted(left.elements())]


def _principles(reading: dict[str, Any], section: str, known: set[str], into: Compared) -> None:
    read = {claim["principle"] for claim in reading["principles"]}
    into.both += len(read & known)
    into.only_reading += [f"{section} {slug}" for slug in sorted(read - known)]
    into.only_record += [f"{section} {slug}" for slug in sorted(known - read)]


def report(compared: dict[str, Compared], cases: int) -> str:
    """Return the agreement as a page says it.

    Parameters
    ----------
    compared : dict of str to Compared
    cases : int
        How many case studies were read twice.

    Returns
    -------
    str
    """
    lines = [f"{cases} case studies and sections read twice"]
    for kind, figures in compared.items():
        lines.append(
            f"{kind:13}{figures.found:6.1%} of the second reading is in the records, "
            f"{figures.confirmed:6.1%} of the records is in the second reading "
            f"({figures.both} in both, {len(figures.only_reading)} and {len(figures.only_record)} in one)"
        )
    return "\n".join(lines) + "\n"


def main() -> None:
    """Print the agreement, and with ``--differences`` what differs."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--differences", action="store_true", help="list every difference")
    chosen = parser.parse_args()
    compared = compare(Graph.from_records())
    print(report(compared, len(list(READINGS.glob("*/*.yaml")))), end="")
    if chosen.differences:
        for kind, figures in compared.items():
            for line in figures.only_reading:
                print(f"{kind}: only in the reading: {line}")
            for line in figures.only_record:
                print(f"{kind}: only in the record: {line}")


if __name__ == "__main__":
    main()
