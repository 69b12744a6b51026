"""Apache: the folder of the prefix at w3id.org, and a site on a host of its own."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from ccin_graph.publish.negotiation import MEDIA_TYPES, NAMED_MEDIA_TYPES, accept_patterns
from ccin_graph.publish.security import headers, paths_with_scripts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.publish.hosts.hosted import Hosted

_FORM = "%{ENV:FORM}"


def _accepted_by_apache() -> Iterator[str]:
    patterns = accept_patterns()
    yield "# What the client wants: the first line that matches its Accept header decides."
    yield "RewriteRule ^ - [E=FORM:html]"
    for position, (pattern, form) in enumerate(patterns, 1):
        yield f'RewriteCond %{{HTTP:Accept}} "{pattern}" [NC]'
        yield f"RewriteRule ^ - [E=FORM:{form},S={len(patterns) - position}]"


def _apache_rules(site: Hosted, top: str, skip: str | None = None) -> Iterator[str]:
    for rule in site.rules:
        if rule.pattern == skip:
            continue
        pattern = f"^{rule.pattern}$"
        if rule.forms == ("html",):
            yield f"RewriteRule {pattern} {top}{rule.page} [R=303,L,NE]"
        elif rule.page == f"{rule.data}.html":
            yield f"RewriteRule {pattern} {top}{rule.data}.{_FORM} [R=303,L,NE]"
        else:
            yield "RewriteCond %{ENV:FORM} =html"
            yield f"RewriteRule {pattern} {top}{rule.page} [R=303,L,NE]"
            yield f"RewriteRule {pattern} {top}{rule.data}.{_FORM} [R=303,L,NE]"


def w3id(site: Hosted) -> Iterator[str]:
    """Yield ``.htaccess`` of the prefix's folder at w3id.org.

    Parameters
    ----------
    site : Hosted

    Yields
    ------
    str
        A line.
    """
    yield f"# Permanent IRIs of {site.title}"
    yield f"# {site.base}… leads to {site.home}"
    yield "# Made by ccin-graph; make it anew rather than changing it here."
    yield "Options -MultiViews"
    yield "RewriteEngine On"
    yield from _vary()
    if any(not one.is_merged for one in site.retired):
        yield f'ErrorDocument 410 "This was withdrawn. {site.home} says why, on the page of the same name."'
    for one in site.retired:
        if one.is_merged:
            yield f"RewriteRule ^{site.pattern_of(one)}$ {site.base}{one.into} [R=301,L,NE]"
        else:
            yield f"RewriteRule ^{site.pattern_of(one)}$ - [G,L]"
    yield "# Files, as the description of the dataset names them where the site has no address of its own."
    yield rf"RewriteRule ^((?:data|redirects)/[A-Za-z0-9._/-]+|\.well-known/void|feed\.xml)$ {site.home}$1 [R=302,L,NE]"
    yield from _accepted_by_apache()
    yield from _apache_rules(site, site.home)


def _vary() -> Iterator[str]:
    yield "<IfModule mod_headers.c>"
    yield "  Header always merge Vary Accept"
    yield '  Header always set Access-Control-Allow-Origin "*"'
    yield "</IfModule>"


def apache(site: Hosted) -> Iterator[str]:
    """Yield ``.htaccess`` of the site's top on a host with Apache.

    Parameters
    ----------
    site : Hosted

    Yields
    ------
    str
        A line.
    """
    yield f"# {site.title}: types, headers and content negotiation of the site at {site.home}"
    yield "# Made by ccin-graph; make it anew rather than changing it here."
    yield "Options -MultiViews -Indexes"
    yield "AddDefaultCharset Off"
    yield "DirectoryIndex index.html"
    yield f"ErrorDocument 404 {site.top}404.html"
    for ending, type_ in sorted(MEDIA_TYPES.items()):
        yield f"AddType '{type_}' .{ending}"
    yield "RemoveEncoding .gz"
    for name, type_ in sorted(NAMED_MEDIA_TYPES.items()):
        yield f'<Files "{name}">'
        yield f"  ForceType '{type_}'"
        yield "</Files>"
    yield "<IfModule mod_headers.c>"
    for name, value in headers("").items():
        yield f'  Header always set {name} "{value}"'
    yield '  Header always set Access-Control-Allow-Origin "*"'
    for path in ("assets/", *paths_with_scripts()):
        policy = headers(path)["Content-Security-Policy"]
        yield f'  <If "%{{REQUEST_URI}} =~ m#^{site.top}{path}#">'
        yield f'    Header always set Content-Security-Policy "{policy}"'
        yield "  </If>"
    yield "</IfModule>"
    yield "RewriteEngine On"
    yield f"RewriteBase {site.top}"
    for one in site.retired:
        if one.is_merged:
            yield f"RewriteRule ^{site.pattern_of(one)}$ {site.top}{site.things}{one.into} [R=301,L,NE]"
        else:
            path = re.escape(site.top + site.things + one.id)
            yield f'<If "%{{REQUEST_URI}} =~ m#^{path}(?:/|$)#">'
            yield f"  ErrorDocument 410 {site.top}id/{one.id}.html"
            yield "</If>"
            yield f"RewriteRule ^{site.pattern_of(one)}$ - [G,L]"
    yield from _accepted_by_apache()
    yield "<IfModule mod_headers.c>"
    yield '  Header always merge Vary Accept "expr=%{REQUEST_STATUS} == 303"'
    yield "</IfModule>"
    yield from _apache_rules(site, site.top, skip="")
