"""Content to HTML: the templates, compiled once, everything escaped."""

from __future__ import annotations

import json
from functools import partial
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

from ccin_graph.publish import lines
from ccin_graph.publish.content import Link, Page
from ccin_graph.publish.dumps import dataset_name
from ccin_graph.publish.security import headers

if TYPE_CHECKING:
    from collections.abc import Callable

    from jinja2 import Template
    from markupsafe import Markup

    from ccin_graph.publish.settings import Settings

ALTERNATES = {"ttl": "text/turtle", "jsonld": "application/ld+json", "nt": "application/n-triples"}
#: The page that stands for all that are not there.
MISSING = "404.html"
#: What only a header may say, not a page.
_HEADER_ONLY = "frame-ancestors 'none'; "


class Renderer:
    """The templates of a site, with what every page of it shares.

    Parameters
    ----------
    settings : Settings
    release : str
        What the data call themselves: version and digest.
    """

    def __init__(self, settings: Settings, release: str) -> None:
        import jinja2

        environment = jinja2.Environment(
            loader=jinja2.PackageLoader("ccin_graph.publish"),
            autoescape=True,
            undefined=jinja2.StrictUndefined,
            trim_blocks=False,
            lstrip_blocks=False,
            keep_trailing_newline=True,
        )
        environment.filters.update(
            slug=lines.slug,
            drawn=_drawn,
            json_ld=_json_ld,
            ending=lambda name: f".{name.rpartition('.')[2]}",
            **{one.__name__: _filter(one) for one in (lines.piece, lines.cell, lines.cited, lines.rows, lines.listed)},
        )
        environment.globals.update(site=settings, dump=f"data/{dataset_name(settings)}.nq.gz", release=release, nav=())
        self._environment = environment
        self._templates: dict[str, Template] = {}
        self.settings = settings
        self.release = release

    def navigate(self, links: tuple[Link, ...]) -> None:
        """Set the main navigation of the pages that are rendered from now on.

        Parameters
        ----------
        links : tuple of Link
        """
        self._environment.globals["nav"] = links

    def render(self, template: str, path: str, **values: Any) -> str:
        """Return a page.

        Parameters
        ----------
        template : str
            Name of the template.
        path : str
            Where the page will stand, from the top of the site.
        **values
            What it shows.

        Returns
        -------
        str
        """
        compiled = self._templates.get(template)
        if compiled is None:
            compiled = self._templates[template] = self._environment.get_template(template)
        policy = headers(path)["Content-Security-Policy"].replace(_HEADER_ONLY, "")
        home = self.settings.home
        # Servers show it at whatever address nothing stands, so that its links begin at the top of the host.
        top = urlsplit(home).path or "/"
        shared = {
            "path": path,
            "to": (lambda target: top + target) if path == MISSING else partial(way, path),
            "policy": policy,
            "canonical": f"{home}{path}" if home else "",
        }
        return compiled.render(shared | values) + "\n"

    def entity(self, page: Page, *, part: Any = None, map_: str = "", data: str = "") -> str:
        """Return the page of a thing.

        Parameters
        ----------
        page : Page
        part : Part, optional
            Which of several pages this is.
        map_ : str, optional
            SVG of the place.
        data : str, optional
            Path, without ending, of its data files; empty where there are none.

        Returns
        -------
        str
        """
        values = {
            "title": page.title,
            "page": page,
            "part": part,
            "map": map_,
            "alternates": [(f"{data}.{ending}", type_) for ending, type_ in ALTERNATES.items()] if data else [],
            "cite": self._citation(page) if data else "",
            "report": self._report(page),
            "has_stretches": any(section.form == "passages" for section in page.sections),
        }
        return self.render("entity.html", page.path, **values)

    def _citation(self, page: Page) -> str:
        who, where = self.settings.publisher or self.settings.title, self.settings.title
        return f"{who}: “{page.title}”, in: {where}, release {self.release}. {page.iri}"

    def _report(self, page: Page) -> str:
        if not self.settings.report:
            return ""
        asked = "What is wrong, and what does the source say (publication, page, lines)?"
        body = f"Page: {page.title}\n{page.iri}\nRelease: {self.release}\n\n{asked}\n"
        join = "&" if "?" in self.settings.report else "?"
        return self.settings.report + join + urlencode({"title": f"Error on “{page.title}”", "body": body})


def way(page: str, target: str) -> str:
    """Return the way from a page to a path of the site, for links that work wherever the folder lies.

    Parameters
    ----------
    page, target : str
        From the top of the site; the target may have a fragment.

    Returns
    -------
    str

    Examples
    --------
    >>> way("id/organisation/preston.html", "id/case-study/a/b.html#figure.homes")
    '../case-study/a/b.html#figure.homes'
    >>> way("id/a.html", "id/a.html#b"), way("id/a/b.html", "")
    ('#b', '../../')
    """
    plain, mark, fragment = target.partition("#")
    if plain == page and mark:
        return mark + fragment
    here, there = page.split("/")[:-1], plain.split("/")
    common = 0
    for one, other in zip(here, there[:-1], strict=False):
        if one != other:
            break
        common += 1
    return "../" * (len(here) - common) + "/".join(there[common:]) + mark + fragment


def _filter(written: Callable[..., str]) -> Callable[..., Markup]:
    from markupsafe import Markup

    return lambda *arguments: Markup(written(*arguments))


def _drawn(svg: str) -> Markup:
    from markupsafe import Markup

    # Made by `drawing` and `prose`, which escape what they are given.
    return Markup(svg)


def _json_ld(described: dict[str, Any]) -> Markup:
    from markupsafe import Markup

    # Neither "<" nor ">" nor "&" stands in it, so nothing in it can end the element.
    text = json.dumps(described, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    for sign in "<>&\u2028\u2029":
        text = text.replace(sign, f"\\u{ord(sign):04x}")
    return Markup(text)
