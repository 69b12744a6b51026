"""Options that several commands take, and the dataset they work on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from ccin_graph.tree import Tree, find_tree, shown_path

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore, Store

Command = TypeVar("Command", bound=Callable[..., Any])


def _tree(_: click.Context, __: click.Parameter, value: Path | None) -> Tree:
    return find_tree(value)


root = click.option(
    "--root",
    "tree",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    callback=_tree,
    help="Folder that holds data/, ontology/, shapes/ and queries/; by default the one you are in.",
)

sources = click.option(
    "--sources",
    type=click.Path(exists=True, file_okay=False, path_type=Path),
    help="Folder of the source texts (<publication>.txt).",
)

register = click.option(
    "--register",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The register of local authorities (uk_local_authorities.csv), to hold the records of councils against.",
)

#: As in `ccin_graph.queries.table.FORMATS`, which is not imported for a help text.
TABLE_FORMATS = ("table", "csv", "tsv", "json", "md", "html", "spreadsheet")

table_format = click.option(
    "--format",
    "form",
    type=click.Choice(TABLE_FORMATS),
    default="table",
    show_default=True,
    help="How rows are printed. csv, tsv and json are for machines, exact to the W3C's formats, with whole IRIs;"
    " spreadsheet is CSV for people: IRIs shortened, and no text in it runs as a formula.",
)

dataset_file = click.option(
    "--dataset",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A dataset in N-Quads; by default build/ccin.nq, or the records where it was not built.",
)


def _timeout(**more: Any) -> Callable[[Command], Command]:
    return click.option(
        "--timeout",
        metavar="SECONDS",
        type=click.FloatRange(0, min_open=True),
        default=60.0,
        show_default=True,
        help="How long an answer of the service may take.",
        **more,
    )


timeout = _timeout()

#: Where `dataset` leaves what it read, for `open_store`; the commands pass on a file or None.
_PLACE = "ccin_graph.place"


@dataclass(slots=True)
class Place:
    """Where the graph is, if not in a file.

    Parameters
    ----------
    store : Path or None
        Folder of a store on disk.
    endpoint : str or None
        Address of a service.
    timeout : float
        Seconds that an answer of it may take.
    """

    store: Path | None = None
    endpoint: str | None = None
    timeout: float = 60.0


def _place(context: click.Context) -> Place:
    place: Place = context.meta.setdefault(_PLACE, Place())
    return place


def _keep(context: click.Context, parameter: click.Parameter, value: Any) -> None:
    assert parameter.name is not None
    setattr(_place(context), parameter.name, value)


def dataset(command: Command) -> Command:
    """Give a command the options that say which graph it works on: a file, a store on disk, or a service.

    Parameters
    ----------
    command : callable
        Takes the file as ``dataset``, and opens it with `open_store`.

    Returns
    -------
    callable
    """
    added = (
        dataset_file,
        click.option(
            "--store",
            metavar="DIR",
            type=click.Path(exists=True, file_okay=False, path_type=Path),
            expose_value=False,
            callback=_keep,
            help="A store on disk instead, made by 'ccin-graph load --store'.",
        ),
        click.option(
            "--endpoint",
            metavar="URL",
            expose_value=False,
            callback=_keep,
            help="A SPARQL service instead, filled by 'ccin-graph load --endpoint'.",
        ),
        _timeout(expose_value=False, callback=_keep),
    )
    for option in reversed(added):
        command = option(command)
    return command


def open_store(tree: Tree, path: Path | None) -> Store:
    """Open the graph that a command works on.

    Parameters
    ----------
    tree : Tree
    path : Path or None
        The file that the user named.

    Returns
    -------
    Store
        What the user named, else what was built, else what the records say now.

    Raises
    ------
    BadParameter
        If more than one is named.
    """
    from ccin_graph.errors import BadParameter

    place = _place(click.get_current_context())
    if sum(value is not None for value in (path, place.store, place.endpoint)) > 1:
        raise BadParameter("more than one graph is named", remedy="Give one of --dataset, --store and --endpoint.")
    if place.endpoint is not None:
        from ccin_graph.store.remote import RemoteStore

        return RemoteStore(place.endpoint, timeout=place.timeout)
    if place.store is not None:
        return _open_disk(tree, place.store)
    return open_file(tree, path)


def _open_disk(tree: Tree, folder: Path) -> Store:
    from ccin_graph.store.disk import DiskStore

    store = DiskStore(folder)
    built = tree.build / "ccin.nq"
    if store.is_stale(built):
        remedy = f"'ccin-graph load --store {shown_path(folder)}' brings it up to date"
        click.echo(f"Note: the store holds another dataset than {shown_path(built)}; {remedy}.", err=True)
    return store


def open_file(tree: Tree, path: Path | None) -> EmbeddedStore:
    """Open the dataset in a file.

    Parameters
    ----------
    tree : Tree
    path : Path or None
        What the user named.

    Returns
    -------
    EmbeddedStore
        The file named, else what was built, else what the records say now.
    """
    from ccin_graph.store import EmbeddedStore

    built = _built(tree, path)
    if built:
        return EmbeddedStore.from_file(built)
    from ccin_graph.build import assemble

    click.echo("Nothing was built yet: reading the records.", err=True)
    return assemble(tree).store


def dataset_path(tree: Tree, path: Path | None) -> Path:
    """Return the file of the dataset, which is built first where it was not.

    Parameters
    ----------
    tree : Tree
    path : Path or None
        What the user named.

    Returns
    -------
    Path
    """
    built = _built(tree, path)
    if built:
        return built
    from ccin_graph.build import assemble, write_dataset

    click.echo("Nothing was built yet: building the dataset.", err=True)
    write_dataset(assemble(tree), tree.build)
    return tree.build / "ccin.nq"


def _built(tree: Tree, path: Path | None) -> Path | None:
    """Return the file that was named or built, with a note if it is behind the records; None if there is none."""
    built = path or tree.build / "ccin.nq"
    if path is None and built.exists() and _is_stale(tree, built):
        click.echo("Note: records have changed since the last 'ccin-graph build'.", err=True)
    return built if built.exists() else None


def _is_stale(tree: Tree, built: Path) -> bool:
    when = built.stat().st_mtime
    folders = (tree.data, tree.ontology, tree.queries / "derive")
    return any(path.stat().st_mtime > when for folder in folders for path in folder.rglob("*") if path.is_file())
