"""Everything in one go: build, check, ask, analyse; the results in one folder and a summary to read."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from ccin_graph.build import Dataset, assemble, staged, write_dataset
from ccin_graph.graph import Graph
from ccin_graph.packs import questions
from ccin_graph.tree import shown_path
from ccin_graph.validate import check, summary_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ccin_graph.findings import Finding
    from ccin_graph.network.report import Report
    from ccin_graph.tree import Tree


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run found.

    Parameters
    ----------
    dataset : Dataset
    graph : Graph
    findings : list of Finding
    answers : dict of str to int
        Number of rows of every query of the packs, by name.
    report : Report
        The networks and what was found in them, without what takes long.
    folder : Path
        Where everything was written.
    """

    dataset: Dataset
    graph: Graph
    findings: list[Finding]
    answers: dict[str, int]
    report: Report
    folder: Path

    @property
    def to_mend(self) -> bool:
        """Whether anything must be mended."""
        return any(finding.to_mend for finding in self.findings)


def run(tree: Tree, sources: Path | None = None) -> Outcome:
    """Build the dataset, check it, answer the questions of the packs, analyse the network.

    Parameters
    ----------
    tree : Tree
    sources : Path, optional
        Folder of the source texts.

    Returns
    -------
    Outcome
    """
    from ccin_graph.network.observations import observations
    from ccin_graph.network.pictures import draw
    from ccin_graph.network.provenance import provenance_of
    from ccin_graph.network.report import make_report, write_report
    from ccin_graph.network.tables import tables_of
    from ccin_graph.store import EmbeddedStore

    dataset = assemble(tree)
    folder = tree.build
    write_dataset(dataset, folder)
    findings = check(dataset, tree, sources)
    with staged(folder) as stage:
        (stage / "findings.txt").write_text("".join(f"{finding}\n" for finding in findings), "utf-8")
    graph = Graph(dataset.store, tree)
    report = make_report(tables_of(graph), full=False)
    provenance = provenance_of(graph)
    write_report(report, folder / "network", provenance)
    draw(report.graphs["council-partner"], folder / "network" / "network")
    # The questions of the pack 'analysis' are asked of facts and results together.
    together = EmbeddedStore(dataset.store.quads())
    together.add(observations(report.runs, provenance))
    answers = dict(_answer(Graph(together, tree), folder / "answers"))
    return Outcome(dataset, graph, findings, answers, report, folder)


def _answer(graph: Graph, folder: Path) -> Iterator[tuple[str, int]]:
    asked = [query for query in questions(graph.tree.queries) if not query.federated]
    for pack, of_pack in groupby(asked, lambda query: query.pack):
        with staged(folder / pack) as stage:
            for query in of_pack:
                table = graph.query(query.name)
                (stage / f"{query.stem}.csv").write_text(table.to_csv(), "utf-8", newline="")
                yield query.name, len(table)
    # Answers to questions that are gone.
    for path in {*folder.glob("*/*.csv")} - {folder / f"{query.name}.csv" for query in asked}:
        path.unlink()


_COUNTS = """
SELECT ?what (COUNT(DISTINCT ?thing) AS ?many)
WHERE {
  VALUES (?type ?what) {
    (ccin:CaseStudy "case studies") (ccin:Project "projects") (org:Organization "organisations")
    (ccin:Council "councils") (ccin:Participation "participations") (ccin:PrincipleClaim "principle claims")
    (ccin:Figure "figures") (ccin:Output "outputs") (foaf:Person "people in public roles")
    (ccin:Publication "publications") (ccin:Passage "passages")
  }
  ?thing a ?type .
}
GROUP BY ?what
"""


def summarise(outcome: Outcome) -> str:
    """Return what a person wants to know after a run.

    Parameters
    ----------
    outcome : Outcome

    Returns
    -------
    str
        Counts, findings, the best connected, and where everything lies.
    """
    return "\n".join(_lines(outcome))


def _lines(outcome: Outcome) -> Iterator[str]:
    from ccin_graph.vocabulary import PREFIXES

    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("ccin", "foaf", "org"))
    counted = {row["what"]: row["many"] for row in outcome.graph.sparql(prefixes + _COUNTS)}
    yield "The CCIN graph"
    yield f"  {len(outcome.dataset.store):,} statements, {outcome.dataset.derived:,} of them derived"
    yield f"  {counted['case studies']} case studies and sections, read in {counted['passages']} passages"
    yield (
        f"  {counted['organisations']} organisations ({counted['councils']} councils), {counted['projects']} projects, "
        + (f"{counted['outputs']} outputs, {counted['people in public roles']} people in public roles")
    )
    yield f"  {counted['participations']} participations, {counted['principle claims']} principle claims, " + (
        f"{counted['figures']} figures"
    )
    yield ""
    yield f"Checked: {summary_of(outcome.findings)}"
    yield f"Answered: {len(outcome.answers)} questions, {sum(outcome.answers.values())} rows"
    partners = outcome.report.graphs["council-partner"]
    yield ""
    yield f"The network: {len(partners)} organisations, {partners.number_of_edges()} ties of councils with others"
    yield "  Best connected councils (partners outside the councils)"
    yield from _top(outcome.report, "council-partner", "council")
    yield "  Best connected affiliates (councils they worked with)"
    yield from _top(outcome.report, "council-affiliate", "affiliate")
    yield "  Ties between councils"
    yield from _top(outcome.report, "council-council", "council")
    yield ""
    yield f"Files in {shown_path(outcome.folder)}:"
    yield "  ccin.nq .trig .ttl .jsonld   the graph"
    yield "  findings.txt                 what the checks found"
    yield "  answers/                     every question of the query packs, as CSV"
    yield "  network/                     networks as GraphML, GEXF, CSV and Cytoscape JSON, results as CSV and RDF"
    yield "  network/network.png .svg     the picture"


def _top(report: Report, network: str, kind: str, count: int = 5) -> Iterator[str]:
    result = report.run(f"measures.{network}").result("measures")
    names = [column.name for column in result.columns]
    found = (dict(zip(names, row, strict=True)) for row in result.rows)
    rows = [row for row in found if row["kind"] == kind and row["degree"]][:count]
    for row in rows:
        yield f"    {row['degree']:4}  {row['label']} ({row['projects']} project{'' if row['projects'] == 1 else 's'})"
    if not rows:
        yield "    none"
