"""Lines of content as HTML: names that lead on, tags, citations, rows. They are nine tenths of every page.

Written by hand, for macros of the templates take three times as long; each text goes through `escape`.
"""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING

from ccin_graph.publish.content import Link, Tag, grouped

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from ccin_graph.publish.content import Piece, Row, Rows
    from ccin_graph.publish.model import Citation

    Way = Callable[[str], str]

_SLUG = re.compile(r"[^a-z0-9]+")


def slug(text: str) -> str:
    """Return a text as the name of a class.

    Parameters
    ----------
    text : str

    Returns
    -------
    str

    Examples
    --------
    >>> slug("Broken off!")
    'broken-off'
    """
    return _SLUG.sub("-", text.casefold()).strip("-")


def piece(one: Piece, to: Way) -> str:
    """Return a piece of a line as HTML.

    Parameters
    ----------
    one : Piece
    to : callable
        The way from the page to a path of the site.

    Returns
    -------
    str

    Examples
    --------
    >>> piece(Link("A <b>", "id/a.html"), lambda path: f"../{path}")
    '<a href="../id/a.html">A &lt;b&gt;</a>'
    """
    if isinstance(one, Tag):
        title = f' title="{escape(one.title)}"' if one.title else ""
        return f'<span class="tag t-{slug(one.word)}"{title}>{escape(one.word)}</span>'
    text = escape(one.text)
    language = f' lang="{escape(one.language)}"' if one.language else ""
    if isinstance(one, Link):
        if one.outside:
            return f'<a href="{escape(one.href)}"{language} class="out" rel="external">{text}</a>'
        if one.href:
            return f'<a href="{escape(to(one.href))}"{language}>{text}</a>'
    elif one.quiet:
        return f'<span class="quiet"{language}>{text}</span>'
    return f"<span{language}>{text}</span>" if language else text


def cell(pieces: Iterable[Piece], to: Way) -> str:
    """Return a line, or a cell of a table, as HTML.

    Parameters
    ----------
    pieces : iterable of Piece
    to : callable

    Returns
    -------
    str
    """
    return "".join([piece(one, to) for one in pieces])


def cited(citations: tuple[Citation, ...], to: Way) -> str:
    """Return where a claim was read, as HTML: title, pages, and a link to each passage.

    Parameters
    ----------
    citations : tuple of Citation
    to : callable

    Returns
    -------
    str
    """
    told = []
    for one in grouped(citations):
        pages = f", p. {escape(one.pages)}" if one.pages else ""
        if one.lines:
            links = ", ".join([f'<a href="{escape(to(href))}">{escape(text)}</a>' for text, href in one.lines])
            told.append(f"{escape(one.label)}{pages}, {links}")
        else:
            told.append(f'<a href="{escape(to(one.href))}">{escape(one.label)}</a>{pages}')
    return "; ".join(told)


def listed(rows: Iterable[Row], to: Way) -> str:
    """Return claims as a list.

    Parameters
    ----------
    rows : iterable of Row
    to : callable

    Returns
    -------
    str
    """
    items = []
    for row in rows:
        where = f' <span class="cite">{cited(row.citations, to)}</span>' if row.citations else ""
        items.append(f"<li{_anchor(row)}><span>{''.join([cell(one, to) for one in row.cells])}</span>{where}</li>")
    return '<ul class="claims">\n' + "\n".join(items) + "\n</ul>"


def rows(section: Rows, to: Way) -> str:
    """Return claims as a list, or as a table where they have columns.

    Parameters
    ----------
    section : Rows
    to : callable

    Returns
    -------
    str
    """
    if not section.columns:
        return listed(section.rows, to)
    key = escape(section.key)
    head = "".join([f'<th scope="col">{escape(column)}</th>' for column in section.columns])
    head += '<th scope="col">Read at</th>' if section.cited else ""
    lines = [
        f'<div class="scroll" role="group" aria-labelledby="{key}" tabindex="0">'
        f'<table class="claims c-{slug(section.key)}">\n<thead><tr>{head}</tr></thead>\n<tbody>'
    ]
    for row in section.rows:
        cells = "".join([f"<td>{cell(one, to)}</td>" for one in row.cells])
        where = f'<td class="cite">{cited(row.citations, to)}</td>' if section.cited else ""
        lines.append(f"<tr{_anchor(row)}>{cells}{where}</tr>")
    return "\n".join(lines) + "\n</tbody></table></div>"


def _anchor(row: Row) -> str:
    return f' id="{escape(row.anchor)}"' if row.anchor else ""
