"""The whole report: every network, every analysis, as tables, graphs, a page of methods, and RDF."""

from __future__ import annotations

import importlib.util
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from ccin_graph.network.analyses import (
    RANKINGS,
    SEED,
    WORK,
    broken,
    changed,
    grouped,
    measured,
    mixed,
    network,
    predicted,
    ranked,
    validated,
)
from ccin_graph.network.bipartite import organisation_project_graph
from ccin_graph.network.catalogue import PROJECTIONS
from ccin_graph.network.change import snapshots, write_dynamic_gexf
from ccin_graph.network.choice import VIEWS, Choice
from ccin_graph.network.export import write_csv, write_cytoscape, write_gexf, write_graphml
from ccin_graph.network.layers import by_publication
from ccin_graph.network.results import joined

if TYPE_CHECKING:
    from pathlib import Path

    import networkx as nx

    from ccin_graph.network.provenance import Provenance
    from ccin_graph.network.results import Result, Run
    from ccin_graph.network.tables import Tables

Step = Callable[[str], None]

ALONE = ("organisation-project",)
"""Networks whose communities are those of organisations and projects together."""


@dataclass(frozen=True, slots=True)
class Report:
    """What was found.

    Parameters
    ----------
    choice : Choice
        What was looked at.
    seed : int
        Of everything random.
    graphs : dict of str to networkx.Graph
        Every graph by the stem of its files.
    over_time : dict of str to list
        The snapshots of the networks of joint work, for files with spells.
    runs : list of Run
        Every analysis, in the order in which they were made.
    left_out : list of str
        What was not done, and why, each a sentence.
    """

    choice: Choice
    seed: int
    graphs: dict[str, nx.Graph[str]]
    over_time: dict[str, list[Any]]
    runs: list[Run] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)

    def run(self, name: str) -> Run:
        """Return an analysis by its name.

        Parameters
        ----------
        name : str

        Returns
        -------
        Run
        """
        return next(run for run in self.runs if run.name == name)

    def results(self) -> dict[str, Result]:
        """Return all tables by name.

        Returns
        -------
        dict of str to Result
        """
        return {result.name: result for result in joined(self.runs)}


def make_report(
    tables: Tables, choice: Choice | None = None, *, seed: int = SEED, full: bool = True, step: Step | None = None
) -> Report:
    """Make every network and every analysis of it.

    Parameters
    ----------
    tables : Tables
        All of them.
    choice : Choice, optional
        What to look at.
    seed : int, optional
        Of everything random.
    full : bool, optional
        False leaves out what takes long: communities, null models, robustness, and two of the rankings.
    step : callable, optional
        Is told what is done next.

    Returns
    -------
    Report

    Raises
    ------
    NetworkError
        If the choice cannot be made.
    """
    say = step or (lambda _: None)
    choice = choice or Choice()
    kept = choice.of(tables)
    say("networks")
    report = Report(choice, seed, _graphs(tables, kept, choice), _over_time(kept))
    if choice.strength > 1:
        report.left_out.append(
            f"Ties that share less than {choice.strength} are left out of graphs, measures and communities only; the "
            "other analyses start from who took part in what."
        )
    for name in PROJECTIONS:
        _measure(report, kept, name, say, full=full)
    say("change, mixing and prediction")
    report.runs.extend(changed(kept, name) for name in WORK)
    report.runs.extend(mixed(kept, seed=seed))
    report.runs.extend(predicted(kept, pairs, seed=seed) for pairs in ("council-affiliate", "council-council"))
    say("ranks")
    chosen = RANKINGS if full else ("councils-by-partners", "affiliates-by-councils")
    report.runs.extend(ranked(kept, ranking, seed=seed) for ranking in chosen)
    if full:
        say("robustness")
        report.runs.append(broken(kept, seed=seed))
        _compare_with_chance(report, kept, say)
    else:
        report.left_out.append(
            "Communities, null models, robustness and two rankings were left out; "
            "'ccin-graph network report' makes them."
        )
    return report


def _graphs(tables: Tables, kept: Tables, choice: Choice) -> dict[str, nx.Graph[str]]:
    """Return the networks, the layers of that of organisations, and the other views of councils over time."""
    from dataclasses import replace

    found = {name: choice.strong(network(kept, name)) for name in PROJECTIONS}
    for publication, layer in by_publication(kept.participations).layers.items():
        found[f"organisation-organisation.{publication.rpartition('/')[2]}"] = choice.strong(layer)
    for view in VIEWS:
        if view != choice.councils:
            seen = replace(choice, councils=view).of(tables)
            for name in ("council-council", "council-partner"):
                found[f"{name}.{view}"] = choice.strong(network(seen, name))
    return found


def _over_time(kept: Tables) -> dict[str, list[Any]]:
    return {name: list(snapshots(kept.participations, kept.dates, make)) for name, make in WORK.items()}


def _measure(report: Report, kept: Tables, name: str, say: Step, *, full: bool) -> None:
    """Add the communities and the measures of one network."""
    graph, groups = report.graphs[name], None
    if full:
        say(f"communities of {name}")
        method = "barber" if name in ALONE else "louvain"
        run, groups = grouped(kept, graph, name, method=method, seed=report.seed)
        report.runs.append(run)
        if name in WORK and not importlib.util.find_spec("networkit"):
            report.left_out.append(f"Leiden communities of {name}: networkit is not installed.")
        elif name in WORK:
            report.runs.append(grouped(kept, graph, name, method="leiden", seed=report.seed)[0])
    report.runs.append(measured(graph, name, groups=groups))


def _compare_with_chance(report: Report, kept: Tables, say: Step) -> None:
    """Add the backbones, from one pair of null models."""
    from ccin_graph.network.null_models import null_models

    if not importlib.util.find_spec("bicm"):
        report.left_out.append("The validated backbone: bicm is not installed.")
        return
    say("null models")
    models = null_models(organisation_project_graph(kept.participations), seed=report.seed)
    for name in WORK:
        run, backbone = validated(kept, name, models=models, seed=report.seed)
        report.runs.append(run)
        report.graphs[f"backbone-{name}"] = backbone


def write_report(report: Report, folder: Path, provenance: Provenance) -> list[Path]:
    """Write a report: staged, and each file swapped in when all are written.

    Parameters
    ----------
    report : Report
    folder : Path
        Made if it does not exist. Gets ``<graph>.graphml``, ``.gexf``, ``.cyjs``, ``.nodes.csv`` and ``.edges.csv`` for
        every graph, ``<network>.time.gexf`` for those over time, ``<table>.csv`` for every table, ``methods.md``, and
        the results as ``analysis.nq`` and ``analysis.ttl``.
    provenance : Provenance

    Returns
    -------
    list of Path
        What was written, in sorted order. The same report gives the same bytes.

    Raises
    ------
    NetworkError
        If a graph or table cannot be written.
    TreeError
        If the folder cannot be written to.
    """
    from ccin_graph.build import staged
    from ccin_graph.network.observations import canonical_bytes, observations, turtle

    with staged(folder) as stage:
        for name, graph in report.graphs.items():
            write_graph(graph, stage, name)
        for name, shots in report.over_time.items():
            write_dynamic_gexf(shots, stage / f"{name}.time.gexf")
        for name, result in report.results().items():
            (stage / f"{name}.csv").write_text(result.to_csv(), "utf-8", newline="")
        (stage / "methods.md").write_text(methods(report, provenance), "utf-8", newline="\n")
        quads = observations(report.runs, provenance, report.choice.parameters())
        (stage / "analysis.nq").write_bytes(canonical_bytes(quads))
        (stage / "analysis.ttl").write_bytes(turtle(quads))
        written = sorted(path.name for path in stage.iterdir())
    return [folder / name for name in written]


def write_graph(graph: nx.Graph[str], folder: Path, name: str) -> list[Path]:
    """Write a graph in every form.

    Parameters
    ----------
    graph : networkx.Graph
    folder : Path
    name : str
        Stem of the files.

    Returns
    -------
    list of Path
        GraphML, GEXF, Cytoscape JSON, and the two tables.
    """
    return [
        write_graphml(graph, folder / f"{name}.graphml"),
        write_gexf(graph, folder / f"{name}.gexf"),
        write_cytoscape(graph, folder / f"{name}.cyjs"),
        *write_csv(graph, folder, f"{name}."),
    ]


def methods(report: Report, provenance: Provenance) -> str:
    """Return how everything was made, and what came of it, as a page: paragraphs ready for a paper.

    Parameters
    ----------
    report : Report
    provenance : Provenance

    Returns
    -------
    str
        Markdown.
    """
    software = ", ".join(f"{name} {version}" for name, version in provenance.software.items())
    lines = [
        "# Methods",
        "",
        f"Data: the dataset with the SHA-256 `{provenance.data}`. Software: {software}. Seed: {report.seed}.",
        "",
    ]
    if chosen := report.choice.sentence():
        lines += [chosen, ""]
    lines += [f"{line}\n" for line in report.left_out]
    lines += ["## Networks", ""]
    lines += [f"- `{one.name}`: {one.about}; `shared` counts {one.weight}." for one in PROJECTIONS.values()]
    lines += ["", "## Queries that the tables were read with", ""]
    lines += [f"- `{name}`: SHA-256 `{digest}`" for name, digest in provenance.queries.items()]
    for run in report.runs:
        given = ", ".join(f"{name} {value}" for name, value in run.parameters.items())
        lines += ["", f"## {run.name}", "", run.finding, "", f"*How:* {run.methods}", "", f"*Parameters:* {given}."]
    return "\n".join(lines) + "\n"
