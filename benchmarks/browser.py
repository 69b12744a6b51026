"""How fast the pages that ask and explore are, in a real browser on localhost.

``python -m benchmarks.browser [--site FOLDER]`` opens the published site in Chromium: time from opening the page to the
first answer, size of the scripts, and what the explorer needs to draw 20,000 nodes anew. Frame times under software
WebGL say little of a machine with a graphics card; the renderer's name stands beside them.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import shutil
import statistics
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright

from ccin_graph.build import assemble
from ccin_graph.publish.settings import read_settings
from ccin_graph.publish.site import publish
from ccin_graph.tree import find_tree

NODES = 20_000
TIMES = 5
_FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-sync"]
_SOFTWARE = ["--use-angle=swiftshader", "--enable-unsafe-swiftshader"]


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        pass


@contextmanager
def _served(folder: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def generated(nodes: int, seed: int = 1) -> dict[str, Any]:
    """Return a network of so many organisations and projects, in the form that the explorer loads."""
    chance = random.Random(seed)
    half = nodes // 2
    kinds = ("council", "affiliate", "other", "collaboration")

    def at() -> list[float]:
        return [round(chance.gauss(0, 100), 2), round(chance.gauss(0, 100), 2)]

    organisations = [
        {
            "iri": f"http://example.org/o/{one}", "label": f"Organisation {one}", "path": "", "region": "",
            "kind": chance.choice(kinds), "community": one % 40, "at": at(),
        }
        for one in range(half)
    ]  # fmt: skip
    projects = [
        {
            "iri": f"http://example.org/p/{one}",
            "label": f"Project {one}",
            "path": "",
            "themes": [],
            "principles": [],
            "at": at(),
        }
        for one in range(half)
    ]
    claims = [
        [chance.randrange(half), one, 0, 0, "", ""]
        for one in range(half)
        for _ in range(chance.choice((1, 2, 2, 3, 4)))
    ]
    return {
        "organisations": organisations,
        "projects": projects,
        "publications": [{"iri": "http://example.org/b", "label": "A booklet", "path": "", "year": 2021}],
        "roles": [{"label": "partner", "working": True}],
        "themes": [],
        "principles": [],
        "claims": claims,
        "validated": None,
    }


def _first_answer(page: Page, home: str) -> float:
    start = time.perf_counter()
    page.goto(f"{home}ask.html#query=members/lists&run=1")
    page.wait_for_selector("table.answer")
    return time.perf_counter() - start


def _sizes(site: Path) -> None:
    for dump in sorted((site / "data").glob("*.nq.gz")):
        print(f"{dump.name}: {dump.stat().st_size / 1000:.0f} kB")
    print("Scripts, as they are and gzipped:")
    for file in sorted((site / "assets").iterdir()):
        if file.suffix in (".js", ".wasm", ".css") and file.stat().st_size > 5000:
            content = file.read_bytes()
            print(f"  {file.name:24} {len(content) / 1000:8.0f} kB  {len(gzip.compress(content)) / 1000:8.0f} kB")


def main() -> None:
    """Print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--site", type=Path, help="A site that was published before; by default one is made.")
    chromium = shutil.which("chromium")
    arguments = parser.parse_args()
    if chromium is None:
        raise SystemExit("There is no Chromium on this machine.")
    with tempfile.TemporaryDirectory() as temporary:
        site = arguments.site or Path(temporary) / "site"
        if arguments.site is None:
            tree = find_tree()
            publish(assemble(tree).store, tree, read_settings(tree.root / "web" / "site.toml"), site)
        large = Path(temporary) / "large"
        large.mkdir()
        shutil.copytree(site / "assets", large / "assets")
        shutil.copy(site / "explore.html", large)
        (large / "data").mkdir()
        (large / "data" / "network.json").write_text(json.dumps(generated(NODES)), "utf-8")
        _sizes(site)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=chromium, args=_FLAGS + _SOFTWARE)
            with _served(site) as home:
                answers = []
                for _ in range(TIMES):
                    context = browser.new_context()
                    answers.append(_first_answer(context.new_page(), home))
                    context.close()
                print(f"From opening the page to the first answer: {statistics.median(answers):.2f} s (bound 3 s)")
            with _served(large) as home:
                page = browser.new_page()
                page.goto(f"{home}explore.html#mode=pairs")
                page.wait_for_selector("#explore-summary:not(:empty)")
                print(page.inner_text("#explore-summary"))
                drawn = [float(page.evaluate("ccinExplore.timed()")) for _ in range(TIMES)]
                name = page.evaluate(
                    "(() => { const gl = document.createElement('canvas').getContext('webgl2');"
                    " const more = gl.getExtension('WEBGL_debug_renderer_info');"
                    " return more ? gl.getParameter(more.UNMASKED_RENDERER_WEBGL) : 'unknown'; })()"
                )
                print(f"Drawn anew: {statistics.median(drawn):.0f} ms of the page's thread (bound 200 ms), by {name}")
            browser.close()


if __name__ == "__main__":
    main()
