"""nginx: a file for conf.d."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ccin_graph.publish.negotiation import MEDIA_TYPES, NAMED_MEDIA_TYPES, accept_patterns
from ccin_graph.publish.security import headers, paths_with_scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.publish.hosts.hosted import Hosted


#: Types whose files are text in UTF-8.
_TEXTS = "text/html text/turtle text/csv text/css text/javascript text/plain text/markdown application/trig"


def nginx(site: Hosted) -> Iterator[str]:
    """Yield the configuration of a server for the site.

    Parameters
    ----------
    site : Hosted

    Yields
    ------
    str
        A line.
    """
    yield f"# {site.title}, for conf.d: set listen and root."
    yield "# Made by ccin-graph; make it anew rather than changing it here."
    yield from _maps(site)
    yield "server {"
    yield "  listen 80;"
    yield f"  server_name {urlsplit(site.home).hostname or '_'};"
    yield "  root /srv/www/site;"
    yield "  absolute_redirect off;"
    yield f"  error_page 404 {site.top}404.html;"
    yield from (f"  {line}" for line in _headers())
    yield from (f"  {line}" for line in _types())
    yield from (f"  {line}" for line in _retired(site))
    yield from (f"  {line}" for line in _things(site))
    yield "}"


def _maps(site: Hosted) -> Iterator[str]:
    yield "map $http_accept $ccin_form {"
    yield "  default html;"
    for pattern, form in accept_patterns():
        yield f'  "~*{pattern}" {form};'
    yield "}"
    yield "map $uri $ccin_policy {"
    yield f'  default "{headers("")["Content-Security-Policy"]}";'
    for path in ("assets/", *paths_with_scripts()):
        yield f'  "~^{re.escape(site.top + path)}" "{headers(path)["Content-Security-Policy"]}";'
    yield "}"


def _types() -> Iterator[str]:
    yield "types {"
    types = {ending: type_.partition(";")[0] for ending, type_ in sorted(MEDIA_TYPES.items())}
    for type_ in dict.fromkeys(types.values()):
        yield f"  {type_} {' '.join(ending for ending, own in types.items() if own == type_)};"
    yield "}"
    yield "default_type application/octet-stream;"
    yield "charset utf-8;"
    yield f"charset_types {_TEXTS};"
    for name, type_ in sorted(NAMED_MEDIA_TYPES.items()):
        yield f"location ~ /{re.escape(name)}$ {{ types {{ }} default_type {type_.partition(';')[0]}; }}"


def _retired(site: Hosted) -> Iterator[str]:
    for one in site.retired:
        yield f'location ~ "^{re.escape(site.top)}{site.pattern_of(one)}$" {{'
        if one.is_merged:
            yield f"  return 301 {site.top}{site.things}{one.into};"
        else:
            yield f"  error_page 410 {site.top}id/{one.id}.html;"
            yield "  return 410;"
        yield "}"


def _things(site: Hosted) -> Iterator[str]:
    for rule in site.rules:
        if not rule.pattern:
            continue
        # Named, for the patterns of the map have groups of their own.
        pattern = re.sub(r"\((?!\?)", "(?<ccin_path>", rule.pattern)
        page, data = (path.replace("$1", "$ccin_path") for path in (rule.page, rule.data))
        yield f'location ~ "^{re.escape(site.top)}{pattern}$" {{'
        yield from (f"  {line}" for line in (*_headers(), "add_header Vary Accept always;"))
        if rule.forms == ("html",):
            yield f"  return 303 {site.top}{page};"
        elif page == f"{data}.html":
            yield f"  return 303 {site.top}{data}.$ccin_form;"
        else:
            yield f'  if ($ccin_form = html) {{ return 303 "{site.top}{page}"; }}'
            yield f"  return 303 {site.top}{data}.$ccin_form;"
        yield "}"


def _headers() -> Iterator[str]:
    for name, value in headers("").items():
        shown = "$ccin_policy" if name == "Content-Security-Policy" else f'"{value}"'
        yield f"add_header {name} {shown} always;"
    yield 'add_header Access-Control-Allow-Origin "*" always;'
