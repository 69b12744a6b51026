"""The feed of changes (Atom): dated releases, as the changelog tells them, and what was merged or withdrawn since.

What has no date has no place in it: a version that is not released yet, for one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from ccin_graph.publish.descriptions import dataset_iri
from ccin_graph.publish.resolution import common_address
from ccin_graph.vocabulary import CCIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ccin_graph.publish.model import Model
    from ccin_graph.publish.retired import Retired
    from ccin_graph.tree import Tree

ATOM = "http://www.w3.org/2005/Atom"
_RELEASE = re.compile(r"## +(?P<version>\S+) +\((?P<day>\d{4}-\d{2}-\d{2})\) *")
#: What XML 1.0 cannot hold at all.
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


@dataclass(frozen=True, slots=True)
class Change:
    """One entry of the feed.

    Parameters
    ----------
    name : str
        What tells it from the others for ever: ``release.0.1.0``.
    title : str
    day : str
        ``2026-05-01``.
    text : str
    """

    name: str
    title: str
    day: str
    text: str


def releases(changelog: str) -> Iterator[Change]:
    """Yield the dated releases of a changelog.

    Parameters
    ----------
    changelog : str
        Markdown, with headings such as ``## 0.2.0 (2026-12-01)``.

    Yields
    ------
    Change

    Examples
    --------
    >>> [(one.title, one.text) for one in releases("# Changes\\n\\n## 0.2.0 (2026-12-01)\\n\\n- More.\\n")]
    [('Release 0.2.0', '- More.')]
    """
    found: re.Match[str] | None = None
    lines: list[str] = []
    for line in [*changelog.splitlines(), "## end"]:
        if line.startswith("## "):
            if found is not None and _is_day(found["day"]):
                text = "\n".join(lines).strip()
                yield Change(f"release.{found['version']}", f"Release {found['version']}", found["day"], text)
            found, lines = _RELEASE.fullmatch(line), []
        else:
            lines.append(line)


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _retirements(retired: Iterable[Retired]) -> Iterator[Change]:
    for one in retired:
        what = f"{one.id} is now {one.into}" if one.is_merged else f"{one.id} was withdrawn"
        yield Change(f"retired.{one.id}", what, one.date, one.why)


def write_feed(model: Model, tree: Tree, retired: Iterable[Retired], folder: Path) -> int:
    """Write ``feed.xml``.

    Parameters
    ----------
    model : Model
    tree : Tree
        Its root may hold a ``CHANGELOG.md``.
    retired : iterable of Retired
    folder : Path
        Top of the site.

    Returns
    -------
    int
        How many entries it has.
    """
    changelog = tree.root / "CHANGELOG.md"
    changes = [*(releases(changelog.read_text("utf-8")) if changelog.is_file() else ()), *_retirements(retired)]
    changes.sort(key=lambda one: (one.day, one.name), reverse=True)
    settings = model.settings
    top = settings.home or common_address(settings)
    feed = ElementTree.Element("feed", xmlns=ATOM)
    _add(feed, "id", f"{common_address(settings)}feed.xml")
    _add(feed, "title", settings.title)
    _add(feed, "subtitle", "Releases, and what was merged or withdrawn.")
    # Without a change there is no day of one; the sources tell at least how new the data can be.
    _add(feed, "updated", _instant(changes[0].day if changes else _newest_source(model)))
    author = ElementTree.SubElement(feed, "author")
    _add(author, "name", settings.publisher or settings.title)
    ElementTree.SubElement(feed, "link", rel="self", type="application/atom+xml", href=f"{top}feed.xml")
    ElementTree.SubElement(feed, "link", rel="alternate", type="text/html", href=top)
    for change in changes:
        entry = ElementTree.SubElement(feed, "entry")
        _add(entry, "id", f"{dataset_iri(settings)}#{change.name}")
        _add(entry, "title", change.title)
        _add(entry, "updated", _instant(change.day))
        ElementTree.SubElement(entry, "link", rel="alternate", type="text/html", href=f"{top}data.html")
        _add(entry, "content", change.text, type="text")
    ElementTree.indent(feed, " ")
    content = ElementTree.tostring(feed, "utf-8", xml_declaration=True)
    (folder / "feed.xml").write_bytes(content + b"\n")
    return len(changes)


def _add(parent: ElementTree.Element, name: str, text: str, **attributes: str) -> None:
    ElementTree.SubElement(parent, name, attributes).text = _NOT_XML.sub("\ufffd", text)


def _instant(day: str) -> str:
    return f"{day}T00:00:00Z"


def _newest_source(model: Model) -> str:
    days = [model.text(iri, CCIN + "latest") for iri in model.instances(CCIN + "Publication")]
    return max(filter(_is_day, days), default="1970-01-01")
