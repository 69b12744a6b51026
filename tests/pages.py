"""Reading a published folder in tests: pages as trees, with their links and fragments."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from lxml import html

if TYPE_CHECKING:
    from collections.abc import Iterator

#: Attributes that make a browser fetch or follow something.
FOLLOWED = ("href", "src", "action", "data", "poster", "formaction", "srcset")


@dataclass
class Read:
    """One page of a published folder."""

    path: str
    text: str

    @cached_property
    def tree(self) -> html.HtmlElement:
        return html.document_fromstring(self.text)

    @cached_property
    def ids(self) -> list[str]:
        return [str(one) for one in self.tree.xpath("//@id")]

    def followed(self) -> Iterator[tuple[str, str]]:
        """Yield the element and the value of every attribute that leads somewhere."""
        for name in FOLLOWED:
            for element in self.tree.xpath(f"//*[@{name}]"):
                yield element.tag, str(element.get(name))


class Folder:
    """A published folder, and the path of its top on its host."""

    def __init__(self, root: Path, top: str = "/") -> None:
        self.root = root
        self.top = top
        self.files = {path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_file()}
        self._read: dict[str, Read] = {}

    @property
    def pages(self) -> list[str]:
        return sorted(path for path in self.files if path.endswith(".html"))

    def page(self, path: str) -> Read:
        if path not in self._read:
            self._read[path] = Read(path, (self.root / path).read_text("utf-8"))
        return self._read[path]

    def target(self, page: str, href: str) -> tuple[str, str] | None:
        """Return file and fragment that a link leads to; None where it leads out of the folder."""
        parts = urlsplit(href)
        if parts.scheme or parts.netloc:
            return None
        steps = page.split("/")[:-1] if parts.path else page.split("/")
        path = parts.path
        if path.startswith("/"):
            assert path.startswith(self.top), f"{page}: {href} leads out of the folder"
            steps, path = [], path.removeprefix(self.top)
        for step in unquote(path).split("/") if path else ():
            if step == "..":
                assert steps, f"{page}: {href} leads above the folder"
                steps.pop()
            elif step not in ("", "."):
                steps.append(step)
        return "/".join(steps), unquote(parts.fragment)

    def broken(self) -> list[str]:
        """Return every link that leads to no file or no fragment of the folder."""
        wrong = []
        ids = {path: set(self.page(path).ids) for path in self.pages}
        for path in self.pages:
            for _, href in self.page(path).followed():
                found = self.target(path, href)
                if found is None or found == ("", ""):
                    continue
                file, fragment = found
                if file not in self.files:
                    wrong.append(f"{path}: {href}: no such file")
                elif fragment and file.endswith(".html") and fragment not in ids[file] and file != "ask.html":
                    wrong.append(f"{path}: {href}: no such fragment")
        return wrong
