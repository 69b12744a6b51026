"""What a page holds, before it is drawn: words, links, tags, claims with their citations, tables, pictures."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, ClassVar

from ccin_graph.publish.model import Citation


@dataclass(frozen=True, slots=True)
class Words:
    """Plain text.

    Parameters
    ----------
    text : str
    language : str, optional
        Language tag, where it is not that of the page.
    quiet : bool, default False
        Whether it stands back behind what is beside it.
    """

    text: str
    language: str = ""
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class Link:
    """The name of a thing, leading to its page.

    Parameters
    ----------
    text : str
    href : str
        Path from the top of the site, or a whole address; empty where the thing has no page.
    language : str, optional
    outside : bool, default False
        Whether `href` is an address elsewhere.
    """

    text: str
    href: str
    language: str = ""
    outside: bool = False


@dataclass(frozen=True, slots=True)
class Tag:
    """One word that tells how a claim is to be taken: derived, interpreted, target, estimate, possible.

    Parameters
    ----------
    word : str
    title : str, optional
        What the word means, in a sentence.
    """

    word: str
    title: str = ""


#: A piece of a line.
Piece = Words | Link | Tag
Cell = tuple[Piece, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """One claim: what it says, and where it was read.

    Parameters
    ----------
    cells : tuple of tuple of Piece
        One for each column; one alone in a list.
    citations : tuple of Citation
    anchor : str, optional
        Fragment by which the claim is found on this page.
    """

    cells: tuple[Cell, ...]
    citations: tuple[Citation, ...] = ()
    anchor: str = ""


@dataclass(frozen=True, slots=True)
class Rows:
    """A list of claims, or a table where it has columns.

    Parameters
    ----------
    key : str
        Fragment of the section.
    heading : str
    rows : tuple of Row
    columns : tuple of str, optional
    intro : str, optional
        A sentence before them.
    cited : bool, default True
        Whether the rows have a column for where they were read.
    """

    key: str
    heading: str
    rows: tuple[Row, ...]
    columns: tuple[str, ...] = ()
    intro: str = ""
    cited: bool = True
    form: ClassVar[str] = "rows"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawing with the words that say the same.

    Parameters
    ----------
    key, heading : str
    svg : str
        Our own SVG; its texts are escaped.
    intro : str, optional
    rows : tuple of Row, optional
        The drawing as a list.
    """

    key: str
    heading: str
    svg: str
    intro: str = ""
    rows: tuple[Row, ...] = ()
    form: ClassVar[str] = "picture"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Passages that stand together, as bare anchors; what rests on them stands on a page of its own.

    Parameters
    ----------
    heading : tuple of Piece
    href : str
        Path of the page that tells what rests on them.
    passages : tuple of (str, str)
        Fragment and lines of each.
    """

    heading: Cell
    href: str
    passages: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Passages:
    """The passages of a publication that is too long for what rests on them to stand on the same page.

    Parameters
    ----------
    key, heading, intro : str
    stretches : tuple of Stretch
    """

    key: str
    heading: str
    intro: str
    stretches: tuple[Stretch, ...]
    form: ClassVar[str] = "passages"


Section = Rows | Picture | Passages


@dataclass(frozen=True, slots=True)
class Fact:
    """A line of what is known of a thing.

    Parameters
    ----------
    term : str
    cells : tuple of tuple of Piece
        One for each value.
    """

    term: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Page:
    """A page about one thing.

    Parameters
    ----------
    path : str
        From the top of the site.
    title : str
    iri : str
    kind : str
        What it is, in a word or two.
    language : str, optional
        Language of the title, where it is not that of the page.
    up : tuple of Link
        The way up: the list that it stands in.
    names : tuple of Words
        Its other names.
    summary : str, optional
        What it is, in the curator's words.
    facts : tuple of Fact
    sections : tuple of Section
    citations : tuple of Citation
        Where it was read of.
    described : dict
        The thing in schema.org's words.
    derived : bool, default False
        Whether it was computed from claims.
    """

    path: str
    title: str
    iri: str
    kind: str
    language: str = ""
    up: tuple[Link, ...] = ()
    names: tuple[Words, ...] = ()
    summary: str = ""
    facts: tuple[Fact, ...] = ()
    sections: tuple[Section, ...] = ()
    citations: tuple[Citation, ...] = ()
    described: dict[str, Any] = field(default_factory=dict)
    derived: bool = False


@dataclass(frozen=True, slots=True)
class CitedIn:
    """The citations of one claim in one publication.

    Parameters
    ----------
    label, href : str
        The publication.
    pages : str
    lines : tuple of (str, str)
        Words and way of each passage.
    """

    label: str
    href: str
    pages: str
    lines: tuple[tuple[str, str], ...]


def grouped(citations: tuple[Citation, ...]) -> list[CitedIn]:
    """Return citations by publication, so that its title is written once.

    Parameters
    ----------
    citations : tuple of Citation

    Returns
    -------
    list of CitedIn

    Examples
    --------
    >>> one = Citation("p", "Booklet", "10-11", 385, 385, "p.html#line=384,385")
    >>> two = Citation("p", "Booklet", "10-11", 404, 406, "p.html#line=403,406")
    >>> grouped((one, two))[0].lines
    (('line 385', 'p.html#line=384,385'), ('404–406', 'p.html#line=403,406'))
    """
    found: dict[tuple[str, str, str], list[Citation]] = {}
    for one in citations:
        found.setdefault((one.label, one.publication, one.pages), []).append(one)
    result = []
    for (label, _, pages), ones in found.items():
        lines: list[tuple[str, str]] = []
        for one in ones:
            if one.first:
                plain = one.lines if not lines else one.lines.partition(" ")[2]
                lines.append((plain, one.href))
        result.append(CitedIn(label, ones[0].href.partition("#")[0], pages.replace("-", "–"), tuple(lines)))
    return result
