"""The command line: parse, call, print. Every command is a module of its own, imported when it is called."""

from __future__ import annotations

import importlib
import sys
from typing import Any

import click

from ccin_graph.errors import CcinError, RecordsError

_COMMANDS = {
    "new": "a record's skeleton, with the ids it will need",
    "format": "records into canonical form",
    "build": "records to dataset files in build/",
    "check": "everything a curator should know",
    "evidence": "the passage of a claim; what rests on a passage",
    "coverage": "which lines of a source are accounted for",
    "identities": "likely duplicates and the decisions taken",
    "members": "who belongs, as of a date",
    "query": "list, show and run the query packs",
    "load": "the dataset into a SPARQL service, or into a store on disk",
    "network": "the collaboration network: measures, communities, backbone, change, report …",
    "serve": "the site on localhost with content negotiation",
    "publish": "the whole site in a folder that any web host can serve",
    "run": "build, check, ask, analyse: everything into build/",
}


class _Commands(click.Group):
    """Finds a command's module by its name, so that one command does not pay for the imports of another."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        command = importlib.import_module(f"ccin_graph.cli.{cmd_name}_command").command
        assert isinstance(command, click.Command)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))

    def resolve_command(self, ctx: click.Context, args: list[str]) -> Any:
        if args and args[0] not in _COMMANDS and not args[0].startswith("-"):
            import difflib

            near = difflib.get_close_matches(args[0], _COMMANDS, 1)
            ctx.fail(f"no command '{args[0]}'" + (f"; did you mean '{near[0]}'?" if near else ""))
        return super().resolve_command(ctx, args)


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 110})
@click.version_option(package_name="ccin-graph", prog_name="ccin-graph")
def cli() -> None:
    """Councils, partners, projects and principles of the Co-operative Councils' Innovation Network as linked data.

    Exit status: 0 nothing to mend, 1 something to mend, 2 could not run.
    """


def main() -> None:
    """Run the command line; a user's mistake is a message, never a traceback."""
    try:
        cli(prog_name="ccin-graph")
    except RecordsError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except CcinError as error:
        click.echo(f"ccin-graph: {error}", err=True)
        sys.exit(2)
