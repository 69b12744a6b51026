"""Netlify and Cloudflare: static rules, and the function that negotiates before them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

from ccin_graph.publish.negotiation import FORMS, MEDIA_TYPES
from ccin_graph.publish.security import headers

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.publish.hosts.hosted import Hosted


def _first_segments(site: Hosted) -> list[str]:
    if not site.things:
        return ["*"]
    shared = (
        ["def", "def/alignments/*", "shapes", "docs/*"] if any(rule.page == "def.html" for rule in site.rules) else []
    )
    return [f"{site.things}*", *shared]


def as_json(site: Hosted) -> str:
    """Return rules and retired IRIs as JSON.

    Parameters
    ----------
    site : Hosted

    Returns
    -------
    str
    """
    retired = {
        site.things + one.id: {"status": 301, "target": site.things + one.into}
        if one.is_merged
        else {"status": 410, "target": f"id/{one.id}.html"}
        for one in site.retired
    }
    known = {
        "top": site.top,
        "forms": FORMS,
        "rules": [[rule.pattern, rule.page, rule.data, rule.forms] for rule in site.rules],
        "retired": retired,
    }
    return json.dumps(known, indent=1)


def static_redirects(site: Hosted) -> Iterator[str]:
    """Yield the redirects that need no look at the request: Cloudflare's ``_redirects``.

    Parameters
    ----------
    site : Hosted

    Yields
    ------
    str
        A line.
    """
    for one in site.retired:
        if one.is_merged:
            yield f"{site.top}{site.things}{one.id} {site.top}{site.things}{one.into} 301"
    for rule in site.rules:
        if rule.pattern and re.fullmatch(r"[a-z]+", rule.pattern):
            yield f"{site.top}{rule.pattern} {site.top}{rule.page} 303"


def netlify_redirects(site: Hosted) -> Iterator[str]:
    """Yield Netlify's ``_redirects``, which lead to HTML.

    Parameters
    ----------
    site : Hosted

    Yields
    ------
    str
        A line.
    """
    yield "# HTML only, where the function is not set up. A file that exists comes before these rules."
    for one in site.retired:
        if one.is_merged:
            yield f"{site.top}{site.things}{one.id} {site.top}{site.things}{one.into} 301"
        else:
            yield f"{site.top}{site.things}{one.id} {site.top}id/{one.id}.html 410"
    yield from (line for line in static_redirects(site) if line.endswith(" 303"))
    for part in ("dataset", "graph"):
        yield f"{site.top}{site.things}{part}/* {site.top}data.html 303"
    for part in ("text", "selector"):
        yield f"{site.top}{site.things}publication/:one/{part} {site.top}id/publication/:one.html 303"
    for segments in ("/:one/:two", "/:one/:two/:three"):
        yield f"{site.top}{site.things.removesuffix('/')}".rstrip("/") + f"{segments} {site.top}id{segments}.html 303"


def header_rules(site: Hosted) -> Iterator[str]:
    """Yield ``_headers``, as both platforms read it.

    Parameters
    ----------
    site : Hosted

    Yields
    ------
    str
        A line.
    """
    yield f"{site.top}*"
    # Rules add up, and of two policies both hold. So all files have that of the scripts, which may compile WebAssembly;
    # each page carries its own beside it, which is the stricter one.
    for name, value in headers("assets/").items():
        yield f"  {name}: {value}"
    yield "  Access-Control-Allow-Origin: *"
    for part in ("id", "vocabulary", "data", "def"):
        for form in ("ttl", "jsonld", "nt"):
            yield f"{site.top}{part}/*.{form}"
            yield f"  Content-Type: {MEDIA_TYPES[form]}"
    for form in ("ttl", "jsonld", "nt"):
        for name in ("def", "shapes"):
            yield f"{site.top}{name}.{form}"
            yield f"  Content-Type: {MEDIA_TYPES[form]}"


def _paths(site: Hosted) -> str:
    return json.dumps([f"{site.top}{path}" for path in _first_segments(site)])


def function(site: Hosted, platform: str) -> str:
    """Return the function that negotiates, as a JavaScript module.

    Parameters
    ----------
    site : Hosted
    platform : str
        ``cloudflare`` or ``netlify``.

    Returns
    -------
    str
    """
    scripts = (Path(__file__).parent / f"{name}.js" for name in ("answer", platform))
    text = "".join(path.read_text("utf-8") for path in scripts)
    return text.replace('"@SITE@"', as_json(site)).replace('"@PATHS@"', _paths(site))


def wrangler(site: Hosted) -> str:
    """Return the settings of the Cloudflare Worker.

    Parameters
    ----------
    site : Hosted

    Returns
    -------
    str
        TOML.
    """
    return f"""\
# The site as static assets behind the worker that negotiates.
name = "site"
main = "worker.js"
compatibility_date = "2025-01-01"

[assets]
directory = "./site"
binding = "ASSETS"
html_handling = "none"
not_found_handling = "404-page"
run_worker_first = {_paths(site)}
"""
