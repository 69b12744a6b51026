"""What the tests of pictures share: what stands on a sheet before it becomes a file."""

from __future__ import annotations

import importlib
import re
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from matplotlib.text import Text

    from ccin_graph.network.pictures.sheet import Sheet

MODULES = ("atlas", "columns", "ego", "grid", "painting", "ranks", "spells")


class Seen(list["Sheet"]):
    """The sheets that were drawn."""

    @property
    def texts(self) -> list[Text]:
        """What stands on the last sheet, each once (a name on a halo is written twice)."""
        from matplotlib.text import Text as Kind

        found: dict[tuple[str, tuple[float, float]], Text] = {}
        for text in self[-1].figure.findobj(Kind):
            if isinstance(text, Kind) and text.get_text().strip() and text.get_visible():
                x, y = text.get_transform().transform(text.get_position())
                found[text.get_text(), (round(float(x), 3), round(float(y), 3))] = text
        return list(found.values())

    def overlapping(self) -> list[tuple[str, str]]:
        """Return the texts that overlap others, or the edge of the sheet."""
        sheet = self[-1]
        sheet.figure.draw_without_rendering()  # a legend is laid out when it is drawn, for the resolution of the file
        boxes = [(text.get_text(), text.get_window_extent(sheet.renderer)) for text in self.texts]
        found = [
            (one, other)
            for place, (one, box) in enumerate(boxes)
            for other, more in boxes[place + 1 :]
            if box.x0 + 1 < more.x1 and more.x0 + 1 < box.x1 and box.y0 + 2 < more.y1 and more.y0 + 2 < box.y1
        ]
        outside = [
            (text, "the edge")
            for text, box in boxes
            if box.x0 < 0 or box.y0 < 0 or box.x1 > sheet.width + 1 or box.y1 > sheet.height + 1
        ]
        return found + outside


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch) -> Seen:
    """Keep every sheet that is written."""
    sheets = Seen()
    for name in MODULES:
        module = importlib.import_module(f"ccin_graph.network.pictures.{name}")
        write: Callable[..., tuple[Path, Path]] = module.write

        def kept(sheet: Sheet, *given: Any, write: Callable[..., Any] = write, **named: Any) -> Any:
            sheets.append(sheet)
            return write(sheet, *given, **named)

        monkeypatch.setattr(module, "write", kept)
    return sheets


@pytest.fixture
def described() -> Callable[[Path], tuple[str, str]]:
    """Return the function that reads title and description of an SVG."""

    def read(svg: Path) -> tuple[str, str]:
        text = svg.read_text("utf-8")
        found = re.search(r'<title id="title">([^<]*)</title>\s*<desc id="desc">([^<]*)</desc>', text)
        assert found
        assert '<svg role="img" aria-labelledby="title desc"' in text
        return found[1], found[2]

    return read
