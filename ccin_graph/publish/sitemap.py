"""What search engines look for first: ``robots.txt``, and the sitemap with every page."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import quote
from xml.sax.saxutils import escape

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ccin_graph.publish.settings import Settings

#: What one file may hold (sitemaps.org).
MAX_PAGES = 50_000
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
#: Pages that nobody should find by searching.
_LEFT_OUT = ("404.html",)


def write_sitemap(settings: Settings, folder: Path, left_out: Iterable[str] = (), most: int = MAX_PAGES) -> int:
    """Write ``robots.txt``, and ``sitemap.xml`` with every page that the folder holds by now.

    Parameters
    ----------
    settings : Settings
        A site without a `home` has no sitemap, for it names whole addresses.
    folder : Path
        Top of the site.
    left_out : iterable of str, optional
        Paths of pages that do not belong there, such as those of what was withdrawn.
    most : int, optional
        How many pages one file may name; where there are more, there are several, and an index of them.

    Returns
    -------
    int
        How many pages are named.
    """
    lines = ["User-agent: *", "Allow: /"]
    pages: list[str] = []
    if settings.home:
        excluded = {*_LEFT_OUT, *left_out}
        found = (path.relative_to(folder).as_posix() for path in folder.rglob("*.html"))
        pages = sorted(path for path in found if path not in excluded)
        parts = [pages[start : start + most] for start in range(0, len(pages), most)]
        if len(parts) <= 1:
            _write(folder / "sitemap.xml", "urlset", "url", settings.home, pages)
        else:
            names = [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
            for name, part in zip(names, parts, strict=True):
                _write(folder / name, "urlset", "url", settings.home, part)
            _write(folder / "sitemap.xml", "sitemapindex", "sitemap", settings.home, names)
        lines += ["", f"Sitemap: {settings.home}sitemap.xml"]
    (folder / "robots.txt").write_text("".join(f"{line}\n" for line in lines), "utf-8", newline="")
    return len(pages)


def _write(target: Path, whole: str, one: str, home: str, paths: list[str]) -> None:
    entries = "".join(f"<{one}><loc>{escape(home + quote(path))}</loc></{one}>\n" for path in paths)
    target.write_text(f'{_HEAD}<{whole} xmlns="{_NAMESPACE}">\n{entries}</{whole}>\n', "utf-8", newline="")
