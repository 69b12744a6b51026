"""Documentation in Markdown to HTML: nothing in it is taken for markup but Markdown's own."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


@dataclass(frozen=True, slots=True)
class Document:
    """A page of documentation.

    Parameters
    ----------
    title : str
        Its first heading.
    html : str
        What follows it.
    """

    title: str
    html: str


def to_html(text: str, follow: Callable[[str], str | None]) -> Document:
    """Return a document as HTML.

    Parameters
    ----------
    text : str
        Markdown, as in ``docs/``.
    follow : callable
        Where a link or picture leads on the site; None where it leads to nothing there, and its words are kept alone.

    Returns
    -------
    Document

    Examples
    --------
    >>> to_html("# Hello\\n\\nA <b>word</b> [on](x.md).\\n", lambda href: None).html
    '<p>A &lt;b&gt;word&lt;/b&gt; on.</p>\\n'
    """
    from markdown_it import MarkdownIt

    parser = MarkdownIt("commonmark", {"html": False}).enable("table")
    tokens = parser.parse(text)
    title = ""
    if len(tokens) > 2 and tokens[0].type == "heading_open" and tokens[0].tag == "h1":
        title = tokens[1].content
        tokens = tokens[3:]
    seen: dict[str, int] = {}
    for position, token in enumerate(tokens):
        if token.type == "heading_open":
            key = (
                re.sub(r"[^\w\- ]", "", tokens[position + 1].content.casefold()).strip().replace(" ", "-") or "section"
            )
            seen[key] = seen.get(key, 0) + 1
            token.attrSet("id", key if seen[key] == 1 else f"{key}-{seen[key]}")
            if token.tag == "h1":
                token.tag = tokens[position + 2].tag = "h2"
        elif token.type == "inline" and token.children:
            token.children = _followed(token.children, follow)
    html: str = parser.renderer.render(tokens, parser.options, {})
    # A wide table scrolls by itself; a code block can be reached by the keyboard.
    html = html.replace("<table>", '<div class="scroll" tabindex="0" role="group" aria-label="Table"><table>')
    html = html.replace("</table>", "</table></div>").replace("<pre>", '<pre tabindex="0">')
    return Document(title, re.sub(r' style="text-align:(\w+)"', r' class="\1"', html))


def _followed(children: list, follow: Callable[[str], str | None]) -> list:  # type: ignore[type-arg]
    kept = []
    dropped: list[bool] = []
    for token in children:
        if token.type == "link_open":
            target = follow(str(token.attrGet("href") or ""))
            dropped.append(target is None)
            if target is None:
                continue
            token.attrSet("href", target)
        elif token.type == "link_close" and dropped.pop():
            continue
        elif token.type == "image":
            picture = follow(str(token.attrGet("src") or ""))
            if picture is None or picture.startswith("#") or "//" in picture:
                token.type, token.tag = "text", ""
            else:
                token.attrSet("src", picture)
        kept.append(token)
    return kept
