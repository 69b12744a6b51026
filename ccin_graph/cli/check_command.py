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
@options.root
@options.sources
@click.option(
    "--engine", type=click.Choice(["pyshifty", "pyshacl"]), help="SHACL engine; by default the fastest installed."
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
def command(
    tree: Tree, sources: Path | None, engine: str | None, form: str, out: Path | None, view: str, dqv: Path | None
) -> None:
    """Check the records: their form, the shapes, the rules between records and, with --sources, their evidence.

    \b
    Examples:
      ccin-graph check --sources ../sources
      ccin-graph check --format sarif --out findings.sarif
      ccin-graph check --view reuser --format html --out quality.html
    """
    from ccin_graph.build import assemble
    from ccin_graph.errors import BadParameter, RecordsError
    from ccin_graph.validate import check, summary_of
    from ccin_graph.validate.shacl import Engine

    if view == "reuser" and form not in STATEMENTS:
        raise BadParameter(f"the re-user's view is not written as {form}", remedy=f"Take {', '.join(STATEMENTS)}.")
    try:
        dataset = assemble(tree)
    except RecordsError as error:
        if view == "reuser" or dqv or (form == "text" and not out and not sys.stdout.isatty()):
            raise
        _write(_shown(error.findings, tree, None, form, to_terminal=out is None), out)
        click.echo(str(error).splitlines()[-1], err=True)
        sys.exit(1)
    findings = check(dataset, tree, sources, Engine(engine) if engine else None)
    if view == "maintainer":
        _write(_shown(findings, tree, dataset, form, to_terminal=out is None), out)
    if view == "reuser" or dqv:
        _state(findings, tree, dataset, sources, form if view == "reuser" else "", out, dqv)
    click.echo(summary_of(findings), err=True)
    if sources is None:
        click.echo("The source texts were not looked at; name their folder with --sources.", err=True)
    if any(finding.to_mend for finding in findings):
        sys.exit(1)


def _shown(findings: Sequence[Finding], tree: Tree, dataset: Dataset | None, form: str, *, to_terminal: bool) -> str:
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
