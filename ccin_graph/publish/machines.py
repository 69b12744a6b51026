"""Everything of a site that machines read, and the pages that say so, in the order in which each needs the others."""

from __future__ import annotations

import gc
from typing import TYPE_CHECKING

from ccin_graph.graph import Graph
from ccin_graph.publish.content import Link
from ccin_graph.publish.data_files import write_data_files
from ccin_graph.publish.data_page import PAGE, data_page
from ccin_graph.publish.descriptions import write_descriptions
from ccin_graph.publish.dumps import write_checksums, write_dumps, write_networks
from ccin_graph.publish.feed import write_feed
from ccin_graph.publish.redirects import write_redirects
from ccin_graph.publish.retired import read_retired
from ccin_graph.publish.sitemap import write_sitemap
from ccin_graph.publish.tables import write_tables
from ccin_graph.publish.vocabulary_pages import vocabulary_files, vocabulary_pages

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from ccin_graph.publish.model import Model
    from ccin_graph.publish.rendering import Renderer
    from ccin_graph.publish.retired import Retired
    from ccin_graph.publish.settings import Settings
    from ccin_graph.store import EmbeddedStore
    from ccin_graph.tree import Tree


def write_whole_graph(
    store: EmbeddedStore, tree: Tree, settings: Settings, folder: Path, tell: Callable[[str, int, int], None]
) -> str:
    """Write dumps and networks, which need nothing but the graph.

    Both take memory that the pages of a large graph take afterwards, so that they come before the model of the pages.

    Parameters
    ----------
    store : EmbeddedStore
    tree : Tree
    settings : Settings
    folder : Path
        Top of the site.
    tell : callable
        Told in words what is being done.

    Returns
    -------
    str
        SHA-256 of the graph as N-Quads.
    """
    tell("Dumps", 0, 0)
    digest = write_dumps(store, settings, folder)
    tell("Networks", 0, 0)
    write_networks(Graph(store, tree), folder)
    # A network refers to itself, and goes only when the collector, which is at rest, is asked.
    gc.collect()
    return digest


def write_for_machines(
    store: EmbeddedStore,
    tree: Tree,
    model: Model,
    renderer: Renderer,
    folder: Path,
    page: Callable[[str, str], None],
    tell: Callable[[str, int, int], None],
) -> None:
    """Write data files, tables, descriptions, vocabulary, redirects, feed and sitemap.

    Parameters
    ----------
    store : EmbeddedStore
    tree : Tree
    model : Model
        Of the same graph.
    renderer : Renderer
    folder : Path
        Top of the site; dumps, networks and the pages of the things must lie there already.
    page : callable
        Writes a page: path and HTML.
    tell : callable
        Told in words what is being done.

    Raises
    ------
    RetiredError
        If the list of retired IRIs cannot be followed.
    SiteError
        If base or home cannot stand in the rules of servers.
    """
    settings = model.settings
    retired = read_retired(tree, {iri.removeprefix(settings.base) for iri in model if "#" not in iri})
    tell("Vocabulary", 0, 0)
    for path, html in vocabulary_pages(model, tree, renderer):
        page(path, html)
    for path, content in vocabulary_files(tree):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(content)
    tell("Data files", 0, 0)
    write_data_files(model, folder)
    tell("Tables", 0, 0)
    rows = write_tables(model, folder)
    tell("Descriptions", 0, 0)
    write_descriptions(model, store, folder, tree)
    write_checksums(folder)
    page(PAGE, data_page(model, renderer, folder, len(store), rows))
    write_redirects(settings, retired, folder, model)
    gone = dict(_retired_pages(retired, model, renderer))
    for path, html in gone.items():
        page(path, html)
    write_feed(model, tree, retired, folder)
    write_sitemap(settings, folder, gone)


def _retired_pages(retired: tuple[Retired, ...], model: Model, renderer: Renderer) -> Iterator[tuple[str, str]]:
    for one in retired:
        iri = model.settings.base + one.id
        path = model.addresses.page(iri)
        now = model.settings.base + one.into if one.is_merged else ""
        if path is not None:
            shown = Link(model.label(now), model.page(now) or "") if now else None
            title = "Merged" if now else "Withdrawn"
            yield path, renderer.render("retired.html", path, title=title, one=one, now=shown, iri=iri)
