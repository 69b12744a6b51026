"""``ccin-graph publish``."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from ccin_graph.cli import options
from ccin_graph.tree import Tree, shown_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.publish.settings import Settings
    from ccin_graph.store import EmbeddedStore


@click.command(name="publish", short_help="the whole site in a folder that any web host can serve")
@options.root
@click.option(
    "--dataset",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="A dataset in any form of RDF; by default build/ccin.nq, or the records where it was not built.",
)
@click.option("--out", type=click.Path(file_okay=False, path_type=Path), help="Folder to write to.  [default: site]")
@click.option(
    "--site",
    "settings_file",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="What the site says of itself.  [default: web/site.toml]",
)
def command(tree: Tree, dataset: Path | None, out: Path | None, settings_file: Path | None) -> None:
    """Write the site: a page for every thing, lists, data files, dumps, descriptions, redirects.

    The folder replaces the one before when it is complete.

    \b
    Example:
      ccin-graph publish --out site
    """
    from ccin_graph.publish.settings import read_settings
    from ccin_graph.publish.site import publish

    settings = read_settings(settings_file or tree.root / "web" / "site.toml")
    folder = out or tree.root / "site"
    done = publish(_open(tree, dataset, settings), tree, settings, folder, progress=_progress())
    size = f"{done.size / 1_000_000:.1f} MB"
    click.echo(f"{done.pages:,} pages, {done.files:,} files, {size} in {shown_path(folder)}")


def _open(tree: Tree, dataset: Path | None, settings: Settings) -> EmbeddedStore:
    """Open what was built here, or read what somebody else made and derive what follows from it."""
    if dataset is None:
        return options.open_file(tree, None)
    from ccin_graph.publish.completing import completed
    from ccin_graph.store import EmbeddedStore
    from ccin_graph.validate.reading import read_rdf

    # What `ccin-graph build` writes may be of any size, and is read in one go.
    ours = dataset.suffix == ".nq"
    store = EmbeddedStore.from_file(dataset) if ours else EmbeddedStore(read_rdf(dataset).quads)
    return completed(store, tree, settings)


def _progress() -> Callable[[str, int, int], None] | None:
    """Return what tells how far it has got, on a terminal only."""
    if not sys.stderr.isatty():
        return None

    def tell(what: str, done: int, all_of_them: int) -> None:
        many = f" {done:,} of {all_of_them:,}" if all_of_them else ""
        click.echo(f"\r\x1b[K{what}{many}", nl=False, err=True)

    return tell
