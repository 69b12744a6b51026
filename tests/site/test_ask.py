"""The page that asks, in a real browser."""

from __future__ import annotations

import csv
import gzip
import io
import re
import threading
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from playwright.sync_api import expect

from ccin_graph.graph import Graph
from ccin_graph.packs import questions
from ccin_graph.store import EmbeddedStore
from tests.site.conftest import TREE

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.site.conftest import Watched

CCIN = "PREFIX ccin: <https://w3id.org/ccin/def#>"
#: Ten questions of the packs with values of their own.
ASKED: dict[str, dict[str, Any]] = {
    "partnerships/shared-partners": {"first": "Oldham Metropolitan Borough Council", "second": "rochdale"},
    "councils/projects": {"council": "Preston City Council"},
    "councils/partners": {"council": "stevenage"},
    "councils/principles": {"council": "organisation/plymouth"},
    "councils/page": {"council": "Oldham"},
    "members/as-of": {"date": "2019-10-02"},
    "members/changes": {"from": "2018-04-09", "to": "2021-08-21"},
    "principles/practised": {},
    "outcomes/figures-of-theme": {},
    "evidence/one-line": {},
}


@pytest.fixture(scope="module")
def graph(site: Path) -> Graph:
    """Return the published dump as Python reads it."""
    dump = site.parent / "dump.nq"
    dump.write_bytes(gzip.decompress((site / "data" / "ccin.nq.gz").read_bytes()))
    return Graph(EmbeddedStore.from_file(dump), TREE)


def _ready(page: Page) -> Page:
    page.wait_for_selector("#ask-run:not([disabled])")
    return page


def _answered(page: Page) -> str:
    expect(page.locator("#ask-message")).to_have_text(re.compile(r"\([\d,]+ ms\)"))
    return page.inner_text("#ask-message")


def _write(page: Page, query: str) -> None:
    page.evaluate("query => document.querySelector('.CodeMirror').CodeMirror.setValue(query)", query)


def test_ten_questions_with_values(desk: Watched, graph: Graph) -> None:
    page = _ready(desk.open("ask.html"))
    for name, values in ASKED.items():
        page.fill("#ask-find", name.partition("/")[2].replace("-", " ").split()[0])
        page.evaluate("name => { location.hash = `query=${name}` }", name)
        page.wait_for_selector(f"#ask-questions a[data-query='{name}'][aria-current]", state="attached")
        for parameter, value in values.items():
            page.fill(f"#ask-p-{parameter}", value)
        page.click("#ask-run")
        many = len(graph.query(name, **values))
        assert _answered(page).startswith(f"{many:,} row"), name
        assert many > 0, name
        page.evaluate("document.getElementById('ask-message').textContent = ''")


def test_every_question_has_the_same_rows_as_in_python(desk: Watched, graph: Graph) -> None:
    names = [
        query.name
        for query in questions(TREE.queries)
        if not query.needs_more and all(parameter.default for parameter in query.parameters)
    ]
    assert len(names) > 100
    page = _ready(desk.open("ask.html"))
    # The browser answers one after another while Python does the same.
    page.evaluate(
        """names => {
          window.answers = (async () => {
            const found = [];
            for (const name of names) {
              found.push((await ccin.ask(name).catch(error => { throw new Error(`${name}: ${error}`); })).answer);
            }
            return found;
          })();
        }""",
        names,
    )
    expected = {name: [dict(row) for row in graph.query(name).values()] for name in names}
    answers: list[dict[str, Any]] = page.evaluate("answers")
    for name, found in zip(names, answers, strict=True):
        assert found["kind"] == "rows", name
        here = [
            {
                column: "" if cell is None else str(cell["value"])
                for column, cell in zip(found["variables"], row, strict=True)
            }
            for row in found["rows"]
        ]
        assert here == expected[name], name


def test_a_query_of_ones_own_its_table_and_its_files(desk: Watched) -> None:
    page = _ready(desk.open("ask.html"))
    _write(
        page, "PREFIX ccin: <https://w3id.org/ccin/def#> SELECT ?council { ?council a ccin:Council } ORDER BY ?council"
    )
    page.click("#ask-run")
    assert _answered(page).startswith("85 rows")
    assert page.locator("table.answer a").first.inner_text() == "London Borough of Barking and Dagenham"
    with page.expect_download() as started:
        page.click(".downloads button >> text='CSV'")
    rows = list(csv.reader(io.StringIO(Path(started.value.path()).read_text("utf-8"))))
    assert rows[0] == ["council"]
    assert len(rows) == 86
    assert rows[1][0].startswith("https://w3id.org/ccin/id/organisation/")


@pytest.mark.parametrize(
    ("query", "said", "doubt"),
    [
        ("SELECT * { ?s a ccin:Council }", "Line 1, column", "PREFIX ccin:"),
        ("SELECT * {\n ?s ?p }", "Line 2, column", ""),
        (
            "PREFIX ccin: <https://w3id.org/ccin/def#> SELECT * { ?s a ccin:Concil }",
            "0 rows",
            "Did you mean ccin:Council?",
        ),
        ("SELECT * { SERVICE <https://example.org/> { ?s ?p ?o } }", "leave SERVICE out", ""),
        ("ASK " + "{" * 300 + "}" * 300, "nested more than", ""),
    ],
)
def test_what_is_wrong_is_said(desk: Watched, query: str, said: str, doubt: str) -> None:
    page = _ready(desk.open("ask.html"))
    _write(page, query)
    page.click("#ask-run")
    expect(page.locator("#ask-message")).to_contain_text(said)
    assert doubt in page.inner_text("#ask-answer")
    _write(page, "ASK { ?s ?p ?o }")
    page.click("#ask-run")
    assert _answered(page).startswith("Yes")


def test_a_slow_query_is_cancelled_and_the_next_is_answered(desk: Watched) -> None:
    page = _ready(desk.open("ask.html"))
    _write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c != ?f) }")
    page.click("#ask-run")
    page.click("#ask-cancel")
    expect(page.locator("#ask-message")).to_have_text("Cancelled.")
    _write(page, "ASK { ?s ?p ?o }")
    page.click("#ask-run")
    assert _answered(page).startswith("Yes")


def test_a_time_limit_says_so(desk: Watched) -> None:
    page = _ready(desk.open("ask.html"))
    page.fill("#ask-seconds", "1")
    _write(page, "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER (?c != ?f) }")
    page.click("#ask-run")
    expect(page.locator("#ask-message")).to_contain_text("within 1 seconds")


def test_a_link_opens_the_same_answer_afresh(desk: Watched, browser: Any) -> None:
    page = _ready(desk.open("ask.html#query=councils/projects&p.council=oldham"))
    page.click("#ask-run")
    said = _answered(page).partition(" (")[0]
    context = browser.new_context()
    other = context.new_page()
    other.goto(page.url)
    _ready(other)
    assert _answered(other).partition(" (")[0] == said
    assert other.input_value("#ask-p-council") == "oldham"
    context.close()


def test_ten_thousand_rows_are_shown_a_page_at_a_time(desk: Watched) -> None:
    page = _ready(desk.open("ask.html"))
    _write(page, "SELECT * { ?s ?p ?o } LIMIT 10000")
    page.click("#ask-run")
    assert _answered(page).startswith("10,000 rows")
    assert page.locator("table.answer tbody tr").count() == 100
    page.click(".pages button >> text='Next'")
    assert page.inner_text(".pages span") == "Rows 101 to 200 of 10,000"


def test_keyboard_alone(desk: Watched) -> None:
    page = _ready(desk.open("ask.html"))
    page.locator(".CodeMirror").click()
    page.keyboard.press("Control+a")
    page.keyboard.type("ASK { ?s ?p ?o }")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.id") == "ask-run"
    page.keyboard.press("Enter")
    assert _answered(page).startswith("Yes")


def test_a_question_is_answered_on_its_own_page(desk: Watched, graph: Graph) -> None:
    page = desk.open("id/query/councils/projects.html")
    page.fill("form.ask input[name=council]", "Oldham Metropolitan Borough Council")
    page.click("form.ask button")
    page.wait_for_selector("#question-answer table")
    many = len(graph.query("councils/projects", council="oldham"))
    assert page.inner_text("#question-message").startswith(f"{many} rows")
    page.fill("form.ask input[name=council]", "Oldhma Metropolitan Borough Council")
    page.click("form.ask button")
    expect(page.locator("#question-message")).to_contain_text("Did you mean")


def test_a_folder_without_a_server_says_what_it_needs(site: Path, browser: Any) -> None:
    page = browser.new_page()
    page.goto((site / "ask.html").as_uri())
    said = page.inner_text("#ask-state")
    page.close()
    assert "web server" in said


def test_federated_questions_are_not_offered(desk: Watched) -> None:
    page = desk.open("ask.html")
    assert page.locator("#ask-questions a[data-query^='federated']").count() == 0


def test_it_works_below_a_path_of_its_host_and_where_the_server_unpacks_the_dump(browser: Any, site: Path) -> None:
    class Unpacking(SimpleHTTPRequestHandler):
        def do_GET(self) -> None:
            if not self.path.endswith(".nq.gz"):
                super().do_GET()
                return
            content = gzip.decompress(Path(self.translate_path(self.path)).read_bytes())
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Unpacking, directory=str(site.parent)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = browser.new_page()
    page.goto(f"http://127.0.0.1:{server.server_port}/{site.name}/ask.html#query=members/lists&run=1")
    assert _answered(page).startswith("7 rows")
    page.close()
    server.shutdown()
    server.server_close()
