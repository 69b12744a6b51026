"""The frame of a page that needs nothing else: no script, no file beside it, no request to anywhere."""

from __future__ import annotations

import base64
import hashlib
import html

from ccin_graph.validate.reports.visible import visible

_STYLE = """
:root { color-scheme: light dark; --paper: #fff; --ink: #1c1b22; --soft: #5b5b66; --line: #d7d7db; --panel: #f6f6f8;
  --link: #0b57d0; --violation: #b3261e; --warning: #8a5300; --accepted: #4b5563; --information: #0f6674;
  --remedy: #1b6e3c }
@media (prefers-color-scheme: dark) { :root { --paper: #16161a; --ink: #ececf1; --soft: #a6a6b3; --line: #3a3a44;
  --panel: #1f1f25; --link: #8ab4f8; --violation: #ff9d94; --warning: #f2c066; --accepted: #b0b7c3;
  --information: #7fd4e2; --remedy: #8fdcab } }
* { box-sizing: border-box }
body { margin: 0 auto; max-width: 64rem; padding: 1.5rem 1rem 4rem; background: var(--paper); color: var(--ink);
  font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.7rem; line-height: 1.2; margin: 0 0 .5rem }
h2 { font-size: 1.2rem; margin: 2.5rem 0 .75rem; border-bottom: 1px solid var(--line); padding-bottom: .25rem }
p { max-width: 46rem; margin: .5rem 0 }
a { color: var(--link) }
code { font: .9em/1.4 ui-monospace, monospace }
ul { padding-left: 1.25rem }
.lead { font-size: 1.1rem }
.soft { color: var(--soft) }
table { border-collapse: collapse; width: 100%; margin: .75rem 0 }
caption { text-align: left; color: var(--soft); padding-bottom: .25rem }
th, td { text-align: left; vertical-align: top; padding: .35rem .75rem .35rem 0; border-bottom: 1px solid var(--line) }
thead th { border-bottom-width: 2px }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap }
.whole { white-space: nowrap }
.wide { overflow-x: auto; overflow-wrap: normal }
details > summary { cursor: pointer; font-weight: 600; padding: .4rem 0 }
article { background: var(--panel); border-left: .3rem solid var(--edge); border-radius: .25rem;
  padding: .6rem .9rem; margin: .6rem 0 }
article p { margin: .15rem 0 }
article dl { display: grid; grid-template-columns: max-content 1fr; gap: .1rem .75rem; margin: .4rem 0 0 }
dt { color: var(--soft) }
dd { margin: 0 }
.standing { color: var(--edge); font-weight: 600 }
.violation { --edge: var(--violation) }
.warning { --edge: var(--warning) }
.accepted { --edge: var(--accepted) }
.information { --edge: var(--information) }
.remedy { color: var(--remedy) }
@media (max-width: 34rem) { article dl { grid-template-columns: 1fr } dd { margin-bottom: .3rem } }
@media print { body { max-width: none } article { break-inside: avoid } }
"""


def page(title: str, body: list[str]) -> str:
    """Return a whole page.

    Its policy forbids everything but its own style, so that even markup that slipped through could do nothing.

    Parameters
    ----------
    title : str
    body : list of str
        HTML, already escaped.

    Returns
    -------
    str
    """
    digest = base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    lines = [
        "<!DOCTYPE html>",
        '<html lang="en-GB">',
        "<head>",
        '<meta charset="utf-8">',
        f'<meta http-equiv="Content-Security-Policy" content="{policy}">',
        '<meta name="viewport" content="width=device-width, initial-scale=1">',
        '<meta name="referrer" content="no-referrer">',
        f"<title>{text(title)}</title>",
        f"<style>{_STYLE}</style>",
        "</head>",
        "<body>",
        "<main>",
        *body,
        "</main>",
        "</body>",
        "</html>",
    ]
    return "\n".join(lines) + "\n"


def text(content: object) -> str:
    """Return a text escaped for HTML, in an element or in a quoted attribute.

    Parameters
    ----------
    content : object

    Returns
    -------
    str

    Examples
    --------
    >>> text("<script>")
    '&lt;script&gt;'
    """
    return html.escape(visible(str(content)))


def link(address: str, shown: str) -> str:
    """Return a link, if it leads to the web, else the text alone.

    Parameters
    ----------
    address, shown : str

    Returns
    -------
    str

    Examples
    --------
    >>> link("javascript:alert(1)", "here")
    'here'
    """
    if not address.startswith(("https://", "http://")):
        return text(shown)
    return f'<a href="{text(address)}" rel="noreferrer">{text(shown)}</a>'


def table(caption: str, columns: list[str], rows: list[list[str]], numbers: frozenset[int] = frozenset()) -> list[str]:
    """Return a table.

    Parameters
    ----------
    caption : str
    columns : list of str
    rows : list of list of str
        HTML, already escaped.
    numbers : frozenset of int, optional
        Positions of the columns that hold numbers.

    Returns
    -------
    list of str
    """
    number = ' class="number"'
    heads = [
        f'<th scope="col"{number if position in numbers else ""}>{text(column)}</th>'
        for position, column in enumerate(columns)
    ]
    lines = ['<div class="wide">', "<table>", f"<caption>{text(caption)}</caption>"]
    lines.append(f"<thead><tr>{''.join(heads)}</tr></thead>")
    lines.append("<tbody>")
    for first, *others in rows:
        cells = [f'<th scope="row">{first}</th>']
        cells += [f"<td{number if at in numbers else ''}>{cell}</td>" for at, cell in enumerate(others, 1)]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return [*lines, "</tbody>", "</table>", "</div>"]
