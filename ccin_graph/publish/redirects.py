"""Rules that make permanent IRIs resolve: for w3id.org, Apache, nginx, Netlify and Cloudflare.

A thing is no document: its IRI answers 303 with the document in the form that the client wants. Apache and nginx match
patterns, so they honour qualities to one decimal and give HTML where a client accepts nothing else; the static rules
of Netlify and Cloudflare cannot look at the Accept header at all; there a small function does it, in full.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccin_graph.errors import SiteError
from ccin_graph.publish.hosts import apache, nginx, platforms
from ccin_graph.publish.hosts.hosted import Hosted
from ccin_graph.publish.resolution import common_address, folder_of_things, rules

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ccin_graph.publish.retired import Retired
    from ccin_graph.publish.settings import Settings

#: The rules as data, for `ccin_graph.serve`.
RULES = "rules.json"
#: Stands for the address of the site where ``site.toml`` has no ``home``.
NO_HOME = "https://site.example/"
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.:-]+(/[A-Za-z0-9._~-]+)*/")


def write_redirects(settings: Settings, retired: Iterable[Retired], folder: Path, iris: Iterable[str] = ()) -> None:
    """Write the rules of every server into ``redirects/``.

    Parameters
    ----------
    settings : Settings
        Where there is no `home`, ``https://site.example/`` stands for it, to be replaced by hand.
    retired : iterable of Retired
    folder : Path
        Top of the site.
    iris : iterable of str, optional
        The IRIs of the site's things, for those that need rules of their own.

    Raises
    ------
    SiteError
        If base or home is no address that every server's configuration can hold.
    """
    for path, text in redirect_files(settings, retired, iris).items():
        target = folder / "redirects" / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, "utf-8", newline="")


def redirect_files(settings: Settings, retired: Iterable[Retired], iris: Iterable[str] = ()) -> dict[str, str]:
    """Return the rules of every server.

    Parameters
    ----------
    settings : Settings
    retired : iterable of Retired
    iris : iterable of str, optional
        The IRIs of the site's things, for those that need rules of their own.

    Returns
    -------
    dict of str to str
        Texts by path below ``redirects/``.

    Raises
    ------
    SiteError
        If base or home is no address that every server's configuration can hold.
    """
    site = Hosted(
        " ".join(settings.title.split()),
        _checked("base", settings.base),
        _checked("home", settings.home or NO_HOME),
        folder_of_things(settings),
        rules(settings, iris),
        tuple(sorted(retired, key=lambda one: one.id)),
    )
    return {
        "README.txt": _readme(site, common_address(settings)),
        RULES: platforms.as_json(site) + "\n",
        "w3id/.htaccess": _lines(apache.w3id(site)),
        "apache/.htaccess": _lines(apache.apache(site)),
        "nginx.conf": _lines(nginx.nginx(site)),
        "netlify/_redirects": _lines(platforms.netlify_redirects(site)),
        "netlify/_headers": _lines(platforms.header_rules(site)),
        "netlify/edge-functions/negotiate.js": platforms.function(site, "netlify"),
        "cloudflare/_redirects": _lines(platforms.static_redirects(site)),
        "cloudflare/_headers": _lines(platforms.header_rules(site)),
        "cloudflare/worker.js": platforms.function(site, "cloudflare"),
        "cloudflare/wrangler.toml": platforms.wrangler(site),
    }


def _lines(lines: Iterable[str]) -> str:
    return "".join(f"{line}\n" for line in lines)


def _checked(key: str, address: str) -> str:
    if not _ADDRESS.fullmatch(address):
        raise SiteError(
            f"site.toml: '{key}' is {address}, which no server's rules can hold as it is",
            remedy="Use letters, digits, hyphens, dots and slashes.",
        )
    return address


def _readme(site: Hosted, common: str) -> str:
    shown = f"{site.home} (put the real address in its place)" if site.home == NO_HOME else site.home
    return f"""\
Rules that make the IRIs below {common} lead to the files of this site.
The site is served at {shown}.

w3id/.htaccess         for the folder of the prefix in w3id.org's repository
apache/.htaccess       for the top of the site on a host with Apache (mod_rewrite; mod_headers if it is there)
nginx.conf             for nginx, in conf.d; mind root and listen
netlify/               _redirects and _headers to the top of the site, edge-functions/ to netlify/edge-functions/ of the
                       project. The static rules lead to HTML only, for they cannot look at the Accept header; the
                       function negotiates.
cloudflare/            wrangler.toml and worker.js to the project, _redirects and _headers to the top of the site. The
                       worker negotiates; Pages, which takes the ending off .html, will not do.
rules.json             the same as data, for 'ccin-graph serve'

Apache and nginx honour qualities (q=) to one decimal. A client that accepts none of the forms gets HTML from them, and
406 from the functions.
"""
