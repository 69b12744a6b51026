"""What every command about the network takes: which part of the table, in which form, from which seed."""

from __future__ import annotations

import functools
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ccin_graph.cli import options
from ccin_graph.network.catalogue import PROJECTIONS
from ccin_graph.network.choice import VIEWS, Choice
from ccin_graph.network.participation import KINDS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    import networkx as nx

    from ccin_graph.graph import Graph
    from ccin_graph.network.results import Result, Run
    from ccin_graph.network.tables import Tables
    from ccin_graph.tree import Tree

name = click.argument("name", type=click.Choice(list(PROJECTIONS)), default="council-partner")

_FILTERS = (
    click.option("--years", default="", metavar="YEARS", help="Publications of 2018, 2018-2020, 2019- or -2019."),
    click.option("--source", "sources", multiple=True, metavar="ID", help="Only this publication; can be repeated."),
    click.option("--role", "roles", multiple=True, metavar="ROLE", help="Only this role, such as lead; repeatable."),
    click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only organisations of this kind."),
    click.option("--region", "regions", multiple=True, metavar="REGION", help="Only this region; repeatable."),
    click.option(
        "--without-network", is_flag=True, help="Leave out the Co-operative Councils' Innovation Network itself."
    ),
    click.option(
        "--councils",
        type=click.Choice(VIEWS),
        default=VIEWS[0],
        show_default=True,
        help="Councils as they were, rolled forward to their successors, or by place.",
    ),
    click.option(
        "--strength",
        type=click.IntRange(min=1),
        default=1,
        show_default=True,
        help="Only ties that share at least so much.",
    ),
)
_FORM = (
    click.option("--seed", type=int, default=1, show_default=True, help="Seed of everything random."),
    click.option(
        "--format",
        "form",
        type=click.Choice(["table", "csv"]),
        default="table",
        show_default=True,
        help="How rows are printed.",
    ),
    click.option(
        "--top", type=click.IntRange(min=1), default=20, show_default=True, help="Rows of a table; CSV has them all."
    ),
    click.option("--table", "chosen", metavar="NAME", help="Another table of the results than the first."),
    click.option(
        "--methods",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Write the methods paragraph to this file; by default it goes to standard error.",
    ),
)


@dataclass(frozen=True, slots=True)
class Look:
    """What a user asked to look at, and how to show it.

    Parameters
    ----------
    tree : Tree
    dataset : Path or None
    choice : Choice
    seed : int
    form : str
        ``table`` or ``csv``.
    top : int
    chosen : str or None
        The table to print.
    methods : Path or None
        Where the methods paragraph goes.
    """

    tree: Tree
    dataset: Path | None
    choice: Choice
    seed: int = 1
    form: str = "table"
    top: int = 20
    chosen: str | None = None
    methods: Path | None = None

    def graph(self) -> Graph:
        """Open the graph."""
        from ccin_graph.graph import Graph

        return Graph(options.open_store(self.tree, self.dataset), self.tree)

    def tables(self) -> Tables:
        """Read the tables, and keep what was chosen."""
        from ccin_graph.network.tables import tables_of

        return self.choice.of(tables_of(self.graph()))

    def rows(self) -> Tables:
        """Read the tables for an analysis of rows, which knows no strength of ties."""
        from ccin_graph.errors import BadParameter

        if self.choice.strength > 1:
            raise BadParameter(
                "this analysis starts from who took part in what, where ties have no strength yet",
                remedy="Leave --strength out.",
            )
        return self.tables()

    def network(self, tables: Tables, name: str) -> nx.Graph[str]:
        """Make a network of the tables."""
        from ccin_graph.network.analyses import network

        return self.choice.strong(network(tables, name))

    def show(self, runs: Sequence[Run], columns: Iterable[str] = ()) -> None:
        """Print a table of the results, and what a paper must say of it.

        Parameters
        ----------
        runs : sequence of Run
        columns : iterable of str, optional
            Those that a screen shows, if not all.
        """
        result = self._asked(runs)
        if self.form == "csv":
            click.echo(result.to_csv(), nl=False)
        else:
            shown = result if self.chosen else _narrowed(result, list(columns))
            click.echo(shown.to_text(self.top))
        told = [text for run in runs for text in (run.finding, run.methods)]
        paragraph = " ".join(dict.fromkeys([*told, *filter(None, [self.choice.sentence()])]))
        if self.methods is None:
            click.echo(f"\n{paragraph}", err=True)
        else:
            _write(self.methods, f"{paragraph}\n")

    def _asked(self, runs: Sequence[Run]) -> Result:
        from ccin_graph.errors import BadParameter
        from ccin_graph.network.results import joined

        found = {result.name: result for result in joined(runs)}
        first = runs[0].results[0].name
        if self.chosen and self.chosen not in found:
            raise BadParameter(f"no table '{self.chosen}'", remedy=f"Tables are {', '.join(found)}.")
        return found[self.chosen or first]


def _narrowed(result: Result, columns: list[str]) -> Result:
    """Return a table with only some columns."""
    from ccin_graph.network.results import Result

    places = [place for name in columns for place, one in enumerate(result.columns) if one.name == name]
    if not places:
        return result
    rows = [tuple(row[place] for place in places) for row in result.rows]
    return Result(result.name, result.about, tuple(result.columns[place] for place in places), rows)


def _write(path: Path, text: str) -> None:
    from ccin_graph.errors import NetworkError

    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise NetworkError(f"{path} cannot be written: {error.strerror}", remedy="Choose another file.") from error


def looks(*, form: bool = True) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Give a command the filters and options that all share; it takes them as one ``look``.

    Parameters
    ----------
    form : bool, optional
        Whether it prints a table.

    Returns
    -------
    callable
        A decorator.
    """
    filters = ("years", "sources", "roles", "kinds", "regions", "councils", "strength")
    forms = ("seed", "form", "top", "chosen", "methods") if form else ("seed",)

    def decorate(command: Callable[..., None]) -> Callable[..., None]:
        @functools.wraps(command)
        def taken(tree: Tree, dataset: Path | None, without_network: bool, **given: Any) -> None:
            chosen = {one: given.pop(one) for one in filters}
            shown = {one: given.pop(one) for one in forms}
            choice = Choice(network_body=not without_network, **chosen)
            command(look=Look(tree, dataset, choice, **shown), **given)

        wrapped: Callable[..., None] = taken
        for option in reversed((*_FILTERS, *(_FORM if form else _FORM[:1]))):
            wrapped = option(wrapped)
        return options.root(options.dataset(wrapped))

    return decorate


def progress(text: str) -> None:
    """Say what is done next, to a person at a terminal.

    Parameters
    ----------
    text : str
    """
    import sys

    if sys.stderr.isatty():
        click.echo(f"… {text}", err=True)
