"""Pages that would be too large are continued, and nothing of them is lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.publish.content import Page, Picture, Row, Rows, Words
from ccin_graph.publish.paging import LARGEST, fitted

if TYPE_CHECKING:
    from ccin_graph.publish.paging import Part


def _rows(key: str, count: int, size: int) -> Rows:
    return Rows(
        key, key.capitalize(), tuple(Row(((Words(f"<{key} {number}>" + "x" * size),),)) for number in range(count))
    )


def _render(page: Page, part: Part | None) -> str:
    lines = [page.title, f"{part.number} of {part.of}" if part else "whole"]
    for section in page.sections:
        lines.append(section.heading)
        if isinstance(section, Rows):
            lines += [
                piece.text for row in section.rows for cell in row.cells for piece in cell if isinstance(piece, Words)
            ]
    return "\n".join(lines)


def _page(*sections: Rows | Picture) -> Page:
    return Page("id/theme/food.html", "Food", "https://example.org/id/theme/food", "theme", sections=sections)


def test_a_small_page_stands_alone() -> None:
    ((path, html),) = fitted(_page(_rows("a", 3, 10)), _render)
    assert path == "id/theme/food.html"
    assert "whole" in html


def test_a_large_page_is_continued_and_nothing_is_lost() -> None:
    sections = _rows("a", 400, 300), Picture("b", "B", "<svg/>"), _rows("c", 700, 200), _rows("d", 5, 10)
    pages = list(fitted(_page(*sections), _render))
    assert [path for path, _ in pages][:2] == ["id/theme/food.html", "id/theme/food.2.html"]
    assert all(len(html.encode()) <= LARGEST for _, html in pages)
    together = "\n".join(html for _, html in pages)
    for section in sections:
        if isinstance(section, Rows):
            for row in section.rows:
                (piece,) = row.cells[0]
                assert isinstance(piece, Words)
                assert together.count(piece.text) == 1
    assert "B\n" in together
    assert together.count("A (continued)") >= 1


def test_rows_of_very_different_size_are_still_fitted() -> None:
    small, large = _rows("small", 500, 5), _rows("large", 60, 4000)
    pages = list(fitted(_page(small, large), _render))
    assert all(len(html.encode()) <= LARGEST for _, html in pages)
