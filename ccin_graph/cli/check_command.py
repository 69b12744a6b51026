"""``ccin-graph check``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccin_graph.build import Dataset
    from ccin_graph.findings import Finding

#: As in `ccin_graph.validate.reports.FORMATS`, which is not imported before a check is asked for.
FORMATS = ("text", "json", "csv", "html", "junit", "sarif", "turtle")
#: The forms of the re-user's view.
STATEMENTS = ("text", "html", "turtle")


@click.command(name="check", short_help="everything a curator should know")
@click.argument("files", nargs=-1, metavar="[FILE]...", type=click.Path(path_type=Path))
@options.root
@options.sources
@options.register
@click.option(
    "--engine",
    type=click.Choice(["setwise", "pyshifty", "pyshacl"]),
    help="SHACL engine; by default setwise, and where the shapes ask for more than SHACL Core the best installed.",
)
@click.option(
    "--format", "form", type=click.Choice(FORMATS), default="text", show_default=True, help="How findings are written."
)
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, not to the terminal.")
@click.option(
    "--view",
    type=click.Choice(["maintainer", "reuser"]),
    default="maintainer",
    show_default=True,
    help="What to mend, or what to know before relying on the data (text, html, or turtle for DQV).",
)
@click.option(
    "--dqv",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Also write the quality of the data as DQV to this file (.nq, .trig or .ttl).",
)
@click.option("--endpoint", metavar="URL", help="Check what a SPARQL service holds; the address is that for queries.")
@click.option(
    "--graph",
    "graphs",
    metavar="IRI",
    multiple=True,
    help="With --endpoint: only this named graph; may be given several times.",
)
@click.option(
    "--shapes",
    type=click.Path(path_type=Path),
    help="With FILE or --endpoint: other shapes, a file or folder, instead of ours.",
)
@click.option(
    "--time-limit",
    type=click.FloatRange(0, min_open=True),
    default=600.0,
    show_default=True,
    help="With FILE or --endpoint: how many seconds it may take.",
)
def command(
    files: tuple[Path, ...],
    tree: Tree,
    sources: Path | None,
    register: Path | None,
    engine: str | None,
    form: str,
    out: Path | None,
    view: str,
    dqv: Path | None,
    endpoint: str | None,
    graphs: tuple[str, ...],
    shapes: Path | None,
    time_limit: float,
) -> None:
    """Check the records: their form, the shapes and the rules between records.

    With --sources, also whether the lines that they cite say it; with --register, whether councils are what the
    register of local authorities says.

    With FILE, check files of RDF instead (Turtle, TriG, N-Triples, N-Quads, JSON-LD, RDF/XML): together one graph,
    against our shapes and rules or any other shapes. Nothing is fetched.

    With --endpoint, check what a SPARQL service holds in the same way. A service that asks for credentials finds them
    in CCIN_ENDPOINT_USER and CCIN_ENDPOINT_PASSWORD, or in CCIN_ENDPOINT_TOKEN.

    \b
    Examples:
      ccin-graph check --sources ../sources --register uk_local_authorities.csv
      ccin-graph check --format sarif --out findings.sarif
      ccin-graph check --view reuser --format html --out quality.html
      ccin-graph check theirs.ttl more.jsonld
      ccin-graph check theirs.ttl --shapes their-shapes/
      ccin-graph check --endpoint http://localhost:7878/query
    """
    from ccin_graph.build import assemble
    from ccin_graph.errors import BadParameter, RecordsError
    from ccin_graph.validate import check
    from ccin_graph.validate.shacl import Engine

    if files or endpoint or shapes or graphs:
        _refuse_together(files, endpoint, graphs, bool(sources or register or dqv or view == "reuser"))
        findings = _check_others(files, tree, endpoint, graphs, shapes, engine, time_limit)
        _write(_shown(findings, None if shapes else tree, None, form, to_terminal=out is None), out)
        _close(findings, engine)
        return
    if view == "reuser" and form not in STATEMENTS:
        raise BadParameter(f"the re-user's view is not written as {form}", remedy=f"Take {', '.join(STATEMENTS)}.")
    if dqv:
        from ccin_graph.validate.quality import refuse_suffix

        refuse_suffix(dqv.suffix)
    try:
        dataset = assemble(tree)
    except RecordsError as error:
        if view == "reuser" or dqv or (form == "text" and not out and not sys.stdout.isatty()):
            raise
        _write(_shown(error.findings, tree, None, form, to_terminal=out is None), out)
        click.echo(str(error).splitlines()[-1], err=True)
        sys.exit(1)
    findings = check(dataset, tree, sources, Engine(engine) if engine else None, register)
    if view == "maintainer":
        _write(_shown(findings, tree, dataset, form, to_terminal=out is None), out)
    if view == "reuser" or dqv:
        _state(findings, tree, dataset, sources, form if view == "reuser" else "", out, dqv)
    _close(
        findings, engine, "" if sources else "The source texts were not looked at; name their folder with --sources."
    )


def _refuse_together(files: tuple[Path, ...], endpoint: str | None, graphs: tuple[str, ...], for_records: bool) -> None:
    from ccin_graph.errors import BadParameter

    if files and endpoint:
        raise BadParameter("either files or --endpoint", remedy="Check one after the other.")
    if graphs and not endpoint:
        raise BadParameter("--graph is for --endpoint", remedy="Name the service.")
    if not files and not endpoint:
        raise BadParameter("--shapes is for files and services", remedy="Name the files, or --endpoint.")
    if for_records:
        given = "FILE" if files else "--endpoint"
        raise BadParameter(
            "--sources, --register, --dqv and --view are for the records",
            remedy=f"Give it without, or without {given}.",
        )


def _check_others(
    files: tuple[Path, ...],
    tree: Tree,
    endpoint: str | None,
    graphs: tuple[str, ...],
    shapes: Path | None,
    engine: str | None,
    time_limit: float,
) -> list[Finding]:
    from ccin_graph.validate.bounded import Limits, check_files_bounded
    from ccin_graph.validate.shacl import Engine

    chosen, limits = Engine(engine) if engine else None, Limits(seconds=time_limit)
    if endpoint:
        from ccin_graph.validate.remote import check_remote

        return check_remote(endpoint, tree, graphs, shapes, chosen, limits)
    return check_files_bounded(files, tree, shapes, chosen, limits)


def _close(findings: list[Finding], engine: str | None, left_out: str = "") -> None:
    """Sum up on standard error what was found and what was not looked at, and end with the status of the findings."""
    from ccin_graph.validate import summary_of
    from ccin_graph.validate.shacl import what_is_lost

    for said in (summary_of(findings), left_out, "" if engine else what_is_lost()):
        if said:
            click.echo(said, err=True)
    if any(finding.to_mend for finding in findings):
        sys.exit(1)


def _shown(
    findings: Sequence[Finding], tree: Tree | None, dataset: Dataset | None, form: str, *, to_terminal: bool
) -> str:
    from ccin_graph.validate.reports import make_report, render
    from ccin_graph.validate.reports.as_text import grouped, plain

    interactive = to_terminal and sys.stdout.isatty()
    if form == "text" and not interactive:
        return plain(findings)
    report = make_report(findings, tree, dataset)
    if form == "text":
        import os
        import shutil

        colour = "NO_COLOR" not in os.environ and os.environ.get("TERM") != "dumb"
        return grouped(report, min(shutil.get_terminal_size().columns, 110), colour=colour)
    return render(report, form, dataset.store if dataset else None)


def _state(
    findings: Sequence[Finding],
    tree: Tree,
    dataset: Dataset,
    sources: Path | None,
    form: str,
    out: Path | None,
    dqv: Path | None,
) -> None:
    from ccin_graph.validate.quality import measure_quality, quality_file
    from ccin_graph.validate.reports import make_report
    from ccin_graph.validate.reports.statement import quality_html, quality_text

    statement = measure_quality(dataset.store, make_report(findings, tree, dataset), tree, sources)
    if dqv:
        _write(quality_file(statement, dqv.suffix), dqv)
    if form == "turtle":
        _write(quality_file(statement, ".ttl"), out)
    elif form:
        _write(quality_html(statement) if form == "html" else quality_text(statement), out)


def _write(text: str, out: Path | None) -> None:
    if out is None:
        click.echo(text, nl=False)
        return
    from ccin_graph.errors import TreeError

    try:
        out.write_bytes(text.encode("utf-8"))
    except OSError as error:
        raise TreeError(f"{out} cannot be written: {error.strerror}", remedy="Name another file.") from error
    click.echo(f"written to {out}", err=True)
