"""The whole site: every page, list, script and data file in one folder that replaces the one before."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from ccin_graph import __version__
from ccin_graph.errors import SiteError
from ccin_graph.memory import collector_at_rest
from ccin_graph.packs import questions
from ccin_graph.publish.colours import colours
from ccin_graph.publish.content import Cell, Link, Page, Row, Rows, Words
from ccin_graph.publish.folder import replaced
from ccin_graph.publish.frontend import front_end
from ccin_graph.publish.lists import list_data, lists
from ccin_graph.publish.machines import write_for_machines, write_whole_graph
from ccin_graph.publish.maps import council_map, map_of
from ccin_graph.publish.model import Kind, Model
from ccin_graph.publish.pages import parts
from ccin_graph.publish.pages.entities import pages_of
from ccin_graph.publish.pages.queries import query_page, query_path
from ccin_graph.publish.paging import Part, fitted
from ccin_graph.publish.places import standings
from ccin_graph.publish.prose import to_html
from ccin_graph.publish.rendering import MISSING, Renderer, way
from ccin_graph.publish.search_index import search_index
from ccin_graph.publish.start import FIRST_QUESTIONS, described, network_picture, numbers
from ccin_graph.publish.views.whole import ASK, VIEWS, view_data, views
from ccin_graph.queries.executables import PREFIX_DECLARATIONS
from ccin_graph.queries.pages import drawn_for
from ccin_graph.vocabulary import BASE, SH

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.packs import Query
    from ccin_graph.publish.places import Standing
    from ccin_graph.publish.settings import Settings
    from ccin_graph.publish.start import NetworkPicture
    from ccin_graph.store import EmbeddedStore
    from ccin_graph.tree import Tree

_NAV = (Kind.COUNCIL, Kind.ORGANISATION, Kind.PROJECT, Kind.PRINCIPLE, Kind.THEME, Kind.PUBLICATION)


_PICTURES = (".png", ".svg")
#: Documents of the checkout that pages of the site take the place of.
_INSTEAD = {"reference/queries.md": "questions.html", "reference/concepts.md": "schemes.html"}


@dataclass(frozen=True, slots=True)
class Published:
    """What was written.

    Parameters
    ----------
    pages, files, size : int
        Pages, all files, and their bytes.
    """

    pages: int
    files: int
    size: int


class Site:
    """A site in the making.

    Parameters
    ----------
    store : EmbeddedStore
        The graph, with what was derived.
    tree : Tree
        Where query packs and documentation lie.
    settings : Settings
    folder : Path
        A folder to write in, which holds the dumps and networks.
    release : str
        Name of the state of the data: the version, and the beginning of the digest of its N-Quads.
    tell : callable
        Told in words what is being done, with how much of it is done and how much there is.
    """

    def __init__(
        self,
        store: EmbeddedStore,
        tree: Tree,
        settings: Settings,
        folder: Path,
        release: str,
        tell: Callable[[str, int, int], None],
    ) -> None:
        self.store = store
        self.tree = tree
        self.settings = settings
        self.folder = folder
        self._tell = tell
        self._tell("Reading the graph", 0, 0)
        self.model = Model(store.quads(), settings)
        self.renderer = Renderer(settings, release)
        self._queries = questions(tree.queries)
        self._picture: NetworkPicture | None = None
        self._docs: list[tuple[str, str]] = []
        self._parents: set[Path] = set()
        self._written: set[str] = set()
        self.made = 0

    def write(self, path: str, content: str | bytes) -> None:
        """Write a file.

        Parameters
        ----------
        path : str
            From the top of the site.
        content : str or bytes

        Raises
        ------
        SiteError
            If the file was written before: two things would stand in one.
        """
        if path in self._written:
            raise SiteError(f"two pages would stand in {path}", remedy="Give one of the two things another IRI.")
        self._written.add(path)
        target = self.folder / path
        if target.parent not in self._parents:
            target.parent.mkdir(parents=True, exist_ok=True)
            self._parents.add(target.parent)
        target.write_bytes(content.encode() if isinstance(content, str) else content)

    def page(self, path: str, html: str) -> None:
        """Write a page.

        Parameters
        ----------
        path, html : str
        """
        self.write(path, html)
        self.made += 1

    def machines(self) -> None:
        """Write what machines read."""
        write_for_machines(self.store, self.tree, self.model, self.renderer, self.folder, self.page, self._tell)

    def pages(self) -> None:
        """Write the pages of all things, of all lists and of all questions, and what the scripts need."""
        places = self._standings()
        self._views(places)
        self._entities(places)
        self._lists()
        self._questions()
        self._documents()
        self._start()
        self._others()

    def _standings(self) -> dict[str, Standing]:
        from ccin_graph.graph import Graph

        self._tell("Measuring the network", 0, 0)
        return standings(Graph(self.store, self.tree).participations())

    def _entities(self, places: dict[str, Standing]) -> None:
        things = [iri for kind in Kind for iri in self.model.things(kind)]
        for done, iri in enumerate(things):
            if done % 50 == 0:
                self._tell("Pages", done, len(things))
            data = self.model.addresses.document(iri) or ""
            drawing = map_of(self.model, iri)
            for page in pages_of(self.model, iri, places):
                own = page.described != {}

                def render(
                    one: Page, part: Part | None, own: bool = own, data: str = data, drawing: str = drawing
                ) -> str:
                    first = own and (part is None or part.number == 1)
                    return self.renderer.entity(
                        one, part=part, map_=drawing if first else "", data=data if first else ""
                    )

                for path, html in fitted(page, render):
                    self.page(path, html)

    def _lists(self) -> None:
        self._tell("Lists", 0, 0)
        for kind in Kind:
            for listing in lists(self.model, kind):
                self.page(
                    listing.path, self.renderer.render("list.html", listing.path, title=listing.title, listing=listing)
                )
            data = list_data(self.model, kind)
            if data:
                self.write(f"assets/list-{kind.page}.js", data)
        kinds = [(kind, len(self.model.things(kind))) for kind in Kind if self.model.things(kind)]
        values = {"title": "All lists", "kinds": kinds, "questions": len(self._queries)}
        self.page("lists.html", self.renderer.render("lists.html", "lists.html", **values))

    def _questions(self) -> None:
        packs: dict[str, list[tuple[Query, str]]] = {}
        for done, query in enumerate(self._queries):
            self._tell("Questions", done, len(self._queries))
            one = query_page(query, self.model, self.store)
            iri = f"{BASE}query/{query.name}"
            fragments = {each.partition("#")[2] for each in self.model.fragments(iri)}
            values = {"title": query.summary, "one": one, "diagram": _diagram(query, self.tree)}
            values["ask"] = "" if query.needs_more else ASK
            values |= {"fragments": fragments, "asked": {parameter.name for parameter in query.parameters}}
            self.page(one.path, self.renderer.render("query.html", one.path, **values))
            packs.setdefault(query.name.partition("/")[0], []).append((query, one.path))
        values = {"title": "Questions", "packs": list(packs.items()), "many": len(self._queries)}
        self.page("questions.html", self.renderer.render("questions.html", "questions.html", **values))
        self._prefixes()

    def _prefixes(self) -> None:
        """Write the page of the prefixes that the questions share, each at its own fragment."""
        declared = self.model.fragments(PREFIX_DECLARATIONS)
        path = self.model.addresses.page(PREFIX_DECLARATIONS)
        if not declared or path is None:
            return
        rows = tuple(
            Row(
                (
                    (Words(self.model.text(one, f"{SH}prefix")),),
                    (Words(self.model.text(one, f"{SH}namespace")),),
                ),
                anchor=one.partition("#")[2],
            )
            for one in declared
        )
        section = Rows("the-prefixes", "Prefixes", rows, ("Prefix", "Stands for"), cited=False)
        values = {"title": "Prefixes of the questions", "up": (Link("Questions", "questions.html"),), "lead": ""}
        values |= {"prose": "", "sections": (section,)}
        self.page(path, self.renderer.render("plain.html", path, **values))

    def _documents(self) -> None:
        docs = self.tree.root / "docs"
        # What the site tells better on pages of its own is not told twice.
        instead = {(docs / name).resolve(): page for name, page in _INSTEAD.items()}
        files = sorted(docs.rglob("*.md")) if docs.is_dir() else []
        for query in self._queries:
            instead[(docs / "queries" / f"{query.name}.md").resolve()] = query_path(query.name)
        files = [file for file in files if file.resolve() not in instead]
        paths = {file.resolve(): f"docs/{file.relative_to(docs).with_suffix('.html').as_posix()}" for file in files}
        for file in files:
            path = paths[file.resolve()]

            def follow(href: str, file: Path = file, path: str = path) -> str | None:
                if href.startswith(("#", "https://", "http://")):
                    return href
                plain, mark, fragment = href.partition("#")
                named = (file.parent / plain).resolve()
                if named in instead:
                    return way(path, instead[named])
                if named.suffix in _PICTURES and named.is_file() and named.is_relative_to(docs.resolve()):
                    picture = f"docs/{named.relative_to(docs.resolve()).as_posix()}"
                    if picture not in self._written:
                        self.write(picture, named.read_bytes())
                    return way(path, picture)
                target = paths.get(named)
                return way(path, target) + mark + fragment if target else None

            document = to_html(file.read_text("utf-8"), follow)
            title = document.title or file.stem.capitalize()
            values = {
                "title": title,
                "up": (Link("About", "about.html"),),
                "lead": "",
                "prose": document.html,
                "sections": (),
            }
            self.page(path, self.renderer.render("plain.html", path, **values))
        self._docs = [(paths[file.resolve()], _title(file)) for file in files]

    def _start(self) -> None:
        self._tell("Start page", 0, 0)
        known = {query.name: query for query in self._queries}
        questions = [(query_path(name), known[name].question) for name in FIRST_QUESTIONS if name in known]
        publications: list[Cell] = [
            (parts.named(self.model, iri), *parts.what_it_is(self.model, iri))
            for iri in self.model.things(Kind.PUBLICATION)
        ]
        values = {
            "title": "Start",
            "heading": self.model.label(self.settings.network),
            "numbers": numbers(self.model),
            "network": self._picture,
            "map": council_map(self.model),
            "questions": questions,
            "publications": publications,
            "described": described(self.model),
        }
        self.page("index.html", self.renderer.render("start.html", "index.html", **values))

    def _views(self, places: dict[str, Standing]) -> None:
        """Write the pages that look at the whole; which there are, the navigation of every page tells."""
        from ccin_graph.graph import Graph

        self._tell("Pages of the whole", 0, 0)
        self._picture = network_picture(self.model, places)
        fixed = self._picture.svg if self._picture else ""
        found = list(views(self.model, self.store, self.tree, places, fixed))
        there = {view.path for view in found}
        lists_ = [Link(kind.page.capitalize(), f"{kind.page}.html") for kind in _NAV if self.model.things(kind)]
        further = [Link(name, path) for name, path in VIEWS if path in there]
        self.renderer.navigate((*lists_, Link("Questions", "questions.html"), *further))
        for view in found:
            self.page(view.path, self.renderer.render(view.template, view.path, **view.values))
        for path, content in view_data(self.model, self.tree, Graph(self.store, self.tree).participations()):
            self.write(path, content)

    def _others(self) -> None:
        self.page("search.html", self.renderer.render("search.html", "search.html", title="Search"))
        further = [
            {
                "path": query_path(query.name),
                "label": query.question,
                "names": query.summary,
                "kind": "question",
                "note": "",
            }
            for query in self._queries
        ]
        self.write("assets/search-index.js", search_index(self.model, further))
        self.page("about.html", self.renderer.render("about.html", "about.html", title="About", docs=self._docs))
        self.page(MISSING, self.renderer.render("missing.html", MISSING, title="Not found"))

    def assets(self, web: Path) -> None:
        """Copy styles and scripts.

        Parameters
        ----------
        web : Path
            The folder of the front end.
        """
        for source in (web / "static", front_end(web)):
            for file in sorted(path for path in source.rglob("*") if path.is_file()):
                self.write(f"assets/{file.relative_to(source).as_posix()}", file.read_bytes())
        self.write("assets/colours.css", colours(self.settings))


def publish(
    store: EmbeddedStore,
    tree: Tree,
    settings: Settings,
    folder: Path,
    *,
    progress: Callable[[str, int, int], None] | None = None,
) -> Published:
    """Write the whole site, which takes the place of the one before when it is complete.

    Parameters
    ----------
    store : EmbeddedStore
        The graph, with what was derived.
    tree : Tree
        Where query packs and documentation lie.
    settings : Settings
    folder : Path
        Absent, empty, or a site that was written here before.
    progress : callable, optional
        Told in words what is being done, with how much of it is done and how much there is.

    Returns
    -------
    Published

    Raises
    ------
    SiteError
        If the folder holds something else, or two pages would stand in one file.
    """
    with replaced(folder) as stage, collector_at_rest():
        tell = progress or (lambda what, done, all_of_them: None)
        digest = write_whole_graph(store, tree, settings, stage, tell)
        site = Site(store, tree, settings, stage, f"{__version__} ({digest[:12]})", tell)
        site.pages()
        site.machines()
        site.assets(_web(tree))
        tell("", 0, 0)
        files = [path for path in stage.rglob("*") if path.is_file()]
        return Published(site.made, len(files), sum(path.stat().st_size for path in files))


def _web(tree: Tree) -> Path:
    """Return the folder of the front end: the project's own, else that of the checkout or package this code is of."""
    package = Path(__file__).parents[1]
    for web in (tree.root / "web", package.parent / "web", package / "share" / "web"):
        if (web / "static").is_dir():
            return web
    raise SiteError(f"{tree.root} has no web/, and the package carries none", remedy="Publish from a checkout.")


def _title(file: Path) -> str:
    first = file.read_text("utf-8").partition("\n")[0]
    return first.removeprefix("# ").strip() if first.startswith("# ") else file.stem.capitalize()


def _diagram(query: Query, tree: Tree) -> str:
    """Return the pattern of a question as a drawing that takes its colours from the stylesheet of the site."""
    from ccin_graph.queries.diagram import draw, pattern_of

    # Reading the algebra takes most of the time, so what `make reference` drew is taken where it is of this query: in
    # the project, or in the checkout that this code is of, whose packs another project often has.
    for root in (tree.root, Path(__file__).parents[2]):
        file = root / "docs" / "queries" / f"{query.name}.svg"
        drawn = file.read_text("utf-8") if file.is_file() else ""
        if f"<!-- {drawn_for(query)} -->" in drawn:
            break
    else:
        drawn = draw(pattern_of(query.text), query.summary)
    return re.sub(r"<!--.*?-->|<style>.*?</style>| style=\"[^\"]*\"", "", drawn, flags=re.DOTALL).strip()
