"""The rules of every server, run: Apache and nginx on free ports, the functions of the others in Node."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass
from fnmatch import fnmatchcase
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import SiteError
from ccin_graph.publish.negotiation import FORMS, preferred
from ccin_graph.publish.redirects import NO_HOME, redirect_files, write_redirects
from ccin_graph.publish.retired import Retired
from ccin_graph.publish.security import headers
from ccin_graph.publish.settings import Settings
from tests.publish.test_negotiation import CHROME, FIREFOX, HEADERS, OLD_BROWSER, SAFARI

if TYPE_CHECKING:
    from collections.abc import Iterator

APACHE_MODULES = Path("/usr/lib/apache2/modules")
RETIRED = (
    Retired("organisation/old-name", "organisation/preston", "2026-05-01", "One body."),
    Retired("project/never-was", "", "2026-05-01", "Another project."),
)
DOCUMENTS = (
    "id/organisation/preston",
    "id/publication/tide-2021",
    "id/partnership/a--b",
    "def",
    "shapes",
    "data/dataset",
)
PAGES = ("index", "ask", "data", "404", "docs/curation", "id/query/councils/projects", "id/project/never-was")


@dataclass(frozen=True)
class Answer:
    status: int
    headers: dict[str, str]
    body: str

    @property
    def location(self) -> str:
        return self.headers.get("location", "")


@dataclass(frozen=True)
class Server:
    """A server that runs, and what the paths of IRIs begin with there."""

    port: int
    top: str = "/"

    def get(self, path: str, accept: str | None = None, method: str = "GET") -> Answer:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request(method, self.top + path, headers={} if accept is None else {"Accept": accept})
            response = connection.getresponse()
            headers = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, headers, response.read().decode("utf-8"))
        finally:
            connection.close()


def settings(home: str) -> Settings:
    return Settings(
        "CCIN\nInjected on", "https://w3id.org/ccin/id/organisation/ccin", "https://w3id.org/ccin/id/", home
    )


def make_site(folder: Path) -> None:
    for document in DOCUMENTS:
        for form in FORMS:
            path = folder / f"{document}.{form}"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(f"{document} as {form}", "utf-8")
    for page in PAGES:
        path = folder / f"{page}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"page {page}", "utf-8")
    for name in ("assets/site.css", "assets/ask.wasm", "data/ccin.nq.gz", "data/SHA256SUMS", "feed.xml"):
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(name, "utf-8")


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@contextmanager
def running(command: list[str], port: int, log: Path) -> Iterator[None]:
    with log.open("wb") as out, subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT) as process:
        try:
            for _ in range(200):
                if process.poll() is not None:
                    pytest.fail(f"{command[0]} did not start: {log.read_text('utf-8')}")
                try:
                    socket.create_connection(("127.0.0.1", port), timeout=1).close()
                    break
                except OSError:
                    time.sleep(0.05)
            yield
        finally:
            process.terminate()
            process.wait(20)


@pytest.fixture(scope="module")
def ground() -> Iterator[Path]:
    """Return a folder that a server without rights may read, which pytest's own folders are not."""
    folder = Path(tempfile.mkdtemp(prefix="ccin-graph-servers-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def apache(folder: Path, root: Path, port: int) -> list[str]:
    program = shutil.which("apache2") or shutil.which("httpd")
    if program is None or not APACHE_MODULES.is_dir():
        pytest.skip("Apache is not installed (Debian's apache2-bin)")
    modules = ("mpm_event", "authz_core", "dir", "mime", "rewrite", "headers")
    user = ["User nobody", "Group nogroup"] if os.getuid() == 0 else []
    lines = [
        *(f"LoadModule {name}_module {APACHE_MODULES}/mod_{name}.so" for name in modules),
        *user,
        f"ServerRoot {folder}",
        f"PidFile {folder}/apache.pid",
        f"ErrorLog {folder}/apache-errors.log",
        f"DefaultRuntimeDir {folder}",
        "ServerName localhost",
        f"Listen 127.0.0.1:{port}",
        "TypesConfig /dev/null",
        f"DocumentRoot {root}",
        f"<Directory {root}>",
        "  AllowOverride All",
        "  Options FollowSymLinks",
        "  Require all granted",
        "</Directory>",
    ]
    (folder / "apache.conf").write_text("\n".join(lines) + "\n", "utf-8")
    return [program, "-f", str(folder / "apache.conf"), "-DFOREGROUND"]


@pytest.fixture(scope="module")
def w3id(ground: Path) -> Iterator[Server]:
    """Return Apache with the folder of the prefix, as w3id.org has it."""
    folder, port = ground / "w3id", free_port()
    files = redirect_files(settings("https://site.example/x/"), RETIRED, ODD)
    (folder / "www" / "ccin").mkdir(parents=True)
    (folder / "www" / "ccin" / ".htaccess").write_text(files["w3id/.htaccess"], "utf-8")
    with running(apache(folder, folder / "www", port), port, folder / "out.log"):
        yield Server(port, "/ccin/")


@pytest.fixture(scope="module")
def own_apache(ground: Path) -> Iterator[Server]:
    """Return Apache with the site in a folder of its own."""
    folder, port = ground / "apache", free_port()
    make_site(folder / "www" / "net")
    files = redirect_files(settings(f"http://localhost:{port}/net/"), RETIRED, ODD)
    (folder / "www" / "net" / ".htaccess").write_text(files["apache/.htaccess"], "utf-8")
    with running(apache(folder, folder / "www", port), port, folder / "out.log"):
        yield Server(port, "/net/")


@pytest.fixture(scope="module")
def nginx(ground: Path) -> Iterator[Server]:
    """Return nginx with the site."""
    program = shutil.which("nginx")
    if program is None:
        pytest.skip("nginx is not installed (Debian's nginx)")
    folder, port = ground / "nginx", free_port()
    make_site(folder / "www")
    snippet = redirect_files(settings(f"http://localhost:{port}/"), RETIRED, ODD)["nginx.conf"]
    assert "  listen 80;\n" in snippet
    assert "  root /srv/www/site;\n" in snippet
    snippet = snippet.replace("listen 80;", f"listen 127.0.0.1:{port};").replace("/srv/www/site", str(folder / "www"))
    (folder / "site.conf").write_text(snippet, "utf-8")
    temporary = "".join(
        f"{kind}_temp_path {folder}/{kind};\n" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    user = "user root;\n" if os.getuid() == 0 else ""
    (folder / "nginx.conf").write_text(
        f"{user}daemon off;\npid {folder}/nginx.pid;\nerror_log {folder}/errors.log;\nevents {{}}\n"
        f"http {{\naccess_log off;\n{temporary}include {folder}/site.conf;\n}}\n",
        "utf-8",
    )
    command = [program, "-c", str(folder / "nginx.conf"), "-e", str(folder / "errors.log")]
    with running(command, port, folder / "out.log"):
        yield Server(port)


@pytest.fixture(params=["own_apache", "nginx"])
def host(request: pytest.FixtureRequest) -> Server:
    """Return a server that has both the rules and the files."""
    server = request.getfixturevalue(request.param)
    assert isinstance(server, Server)
    return server


@pytest.mark.parametrize("name", ["w3id", "own_apache", "nginx"])
def test_what_clients_want_is_what_servers_give(name: str, request: pytest.FixtureRequest) -> None:
    server: Server = request.getfixturevalue(name)
    top = "https://site.example/x/" if name == "w3id" else server.top
    for accept, wanted in HEADERS:
        answer = server.get("id/organisation/preston", accept)
        assert answer.status == 303, accept
        location = answer.location.removeprefix(f"http://127.0.0.1:{server.port}").removeprefix(
            f"http://localhost:{server.port}"
        )
        assert location == f"{top}id/organisation/preston.{wanted or 'html'}", accept
        assert "Accept" in answer.headers["vary"]


@pytest.mark.parametrize("accept", [CHROME, FIREFOX, SAFARI, OLD_BROWSER, None])
def test_a_browser_always_gets_html(host: Server, accept: str | None) -> None:
    for path in ("id/organisation/preston", "def", "shapes", "id/dataset/ccin", "id/publication/tide-2021/text"):
        answer = host.get(path, accept)
        target = host.get(
            answer.location.split("localhost")[-1].split("127.0.0.1")[-1].split("/", 1)[1][len(host.top) - 1 :]
        )
        assert (answer.status, target.status) == (303, 200), path
        assert target.headers["content-type"].lower() == "text/html; charset=utf-8"


#: A thing whose file has another name than itself.
ODD = ("https://w3id.org/ccin/id/unit/EUR",)
CASES = [
    ("id/unit/EUR", "text/turtle", "id/unit/_45_55_52.ttl"),
    ("id/unit/EUR", "text/html", "id/unit/_45_55_52.html"),
    ("def", "text/turtle", "def.ttl"),
    ("shapes", "application/ld+json", "shapes.jsonld"),
    ("id/publication/tide-2021/text", "text/turtle", "id/publication/tide-2021.ttl"),
    ("id/publication/tide-2021/selector", "text/html", "id/publication/tide-2021.html"),
    ("id/partnership/a--b", "application/n-triples", "id/partnership/a--b.nt"),
    ("id/query/councils/projects", "text/turtle", "id/query/councils/projects.ttl"),
    ("id/query/prefixes", "text/html", "questions.html"),
    ("id/dataset/ccin", "text/turtle", "data/dataset.ttl"),
    ("id/dataset/ccin", "text/html", "data.html"),
    ("id/graph/tide-2021", "application/ld+json", "data/dataset.jsonld"),
    ("id/quality-metric/claims", "text/html", "data.html"),
    ("def/alignments/eurio", "text/turtle", "def/alignments/eurio.ttl"),
    ("def/alignments/eurio", "text/html", "def/alignments/eurio.html"),
    ("docs/curation", "text/html", "docs/curation.html"),
    ("docs/reference/shapes", "text/turtle", "docs/reference/shapes.html"),
]


@pytest.mark.parametrize("name", ["w3id", "own_apache", "nginx"])
@pytest.mark.parametrize(("path", "accept", "target"), CASES)
def test_what_every_kind_of_iri_leads_to(
    name: str, path: str, accept: str, target: str, request: pytest.FixtureRequest
) -> None:
    server: Server = request.getfixturevalue(name)
    answer = server.get(path, accept)
    assert answer.status == 303
    assert answer.location.endswith(("/x/" if name == "w3id" else server.top) + target)
    assert server.get(path, accept, "HEAD").status == 303


def test_files_have_permanent_addresses_too(w3id: Server) -> None:
    for path in ("data/ccin.nq.gz", "data/tables/figures.csv", ".well-known/void", "feed.xml"):
        answer = w3id.get(path, "text/turtle")
        assert (answer.status, answer.location) == (302, f"https://site.example/x/{path}")


def test_the_prefix_itself_leads_to_the_start_page(w3id: Server) -> None:
    assert w3id.get("").location == "https://site.example/x/index.html"


@pytest.mark.parametrize("name", ["w3id", "own_apache", "nginx"])
def test_merged_and_withdrawn(name: str, request: pytest.FixtureRequest) -> None:
    server: Server = request.getfixturevalue(name)
    merged = server.get("id/organisation/old-name", "text/turtle")
    assert merged.status == 301
    top = "https://w3id.org/ccin/" if name == "w3id" else server.top
    assert merged.location.endswith(f"{top}id/organisation/preston")
    gone = server.get("id/project/never-was")
    assert gone.status == 410
    assert ("withdrawn" if name == "w3id" else "page id/project/never-was") in gone.body
    assert server.get("id/organisation/preston").status == 303


def test_files_are_served_as_what_they_are(host: Server) -> None:
    for form, types in FORMS.items():
        answer = host.get(f"id/organisation/preston.{form}", CHROME)
        assert answer.status == 200
        assert answer.headers["content-type"].partition(";")[0] == types[0]
    for path, type_ in {
        "assets/ask.wasm": "application/wasm",
        "assets/site.css": "text/css",
        "data/ccin.nq.gz": "application/gzip",
        "data/SHA256SUMS": "text/plain",
        "feed.xml": "application/atom+xml",
    }.items():
        answer = host.get(path)
        assert answer.headers["content-type"].partition(";")[0] == type_, path
        assert "content-encoding" not in answer.headers


def test_the_policy_stands_in_the_header_too(host: Server) -> None:
    for path in ("index.html", "id/organisation/preston.html", "id/organisation/preston.ttl"):
        policy = host.get(path).headers["content-security-policy"]
        assert policy.startswith("default-src 'self';")
        assert "unsafe" not in policy
    assert "script-src 'self' 'wasm-unsafe-eval'" in host.get("ask.html").headers["content-security-policy"]
    assert host.get("index.html").headers["x-content-type-options"] == "nosniff"


def test_what_does_not_exist_has_a_page_that_says_so(host: Server) -> None:
    answer = host.get("id/organisation/nobody.html")
    assert (answer.status, answer.body) == (404, "page 404")
    assert "content-security-policy" in answer.headers


NODE = shutil.which("node")


@pytest.mark.skipif(NODE is None, reason="Node is not installed")
@pytest.mark.parametrize("platform", ["cloudflare/worker.js", "netlify/edge-functions/negotiate.js"])
def test_the_functions_negotiate_in_full(platform: str, tmp_path: Path) -> None:
    files = redirect_files(settings("https://site.example/net/"), RETIRED, ODD)
    (tmp_path / "function.mjs").write_text(files[platform], "utf-8")
    requests = [("id/organisation/preston", accept) for accept, _ in HEADERS] + [
        *((path, accept) for path, accept, _ in CASES),
        ("id/organisation/old-name", None),
        ("id/project/never-was", None),
        ("id/organisation/preston.html", None),
        ("__proto__", None),
        ("", None),
    ]
    (tmp_path / "run.mjs").write_text(
        """
        import module from "./function.mjs";
        import { readFileSync } from "node:fs";
        const file = (request) => new Response("file " + new URL(request.url ?? request).pathname);
        globalThis.fetch = file;
        const answers = [];
        for (const [path, accept] of JSON.parse(readFileSync("requests.json"))) {
          const headers = accept === null ? {} : { Accept: accept };
          const request = new Request("https://site.example/net/" + path, { headers });
          const found = module.fetch ? await module.fetch(request, { ASSETS: { fetch: file } }) : await module(request);
          const response = found ?? file(request);
          const [location, vary] = ["Location", "Vary"].map((name) => response.headers.get(name));
          answers.push([response.status, location, vary, await response.text()]);
        }
        console.log(JSON.stringify(answers));
        """,
        "utf-8",
    )
    (tmp_path / "requests.json").write_text(json.dumps(requests), "utf-8")
    assert NODE is not None
    done = subprocess.run([NODE, "run.mjs"], cwd=tmp_path, capture_output=True, text=True, check=True)
    answers = json.loads(done.stdout)
    for (_, accept), (status, location, vary, _) in zip(requests, answers[: len(HEADERS)], strict=False):
        wanted = preferred(accept)
        expected = (303, f"/net/id/organisation/preston.{wanted}") if wanted else (406, None)
        assert ((status, location), vary) == (expected, "Accept"), accept
    for (path, _, target), (status, location, _, _) in zip(CASES, answers[len(HEADERS) :], strict=False):
        html_only = path == "docs/reference/shapes"
        assert (status, location) == ((406, None) if html_only else (303, f"/net/{target}")), path
    merged, gone, file, odd, start = answers[-5:]
    assert merged[:2] == [301, "/net/id/organisation/preston"]
    assert (gone[0], gone[3]) == (410, "file /net/id/project/never-was.html")
    assert [one[0] for one in (file, odd, start)] == [200, 200, 200]


def test_the_static_rules_of_the_others(tmp_path: Path) -> None:
    write_redirects(settings("https://site.example/net/"), RETIRED, tmp_path)
    netlify = (tmp_path / "redirects/netlify/_redirects").read_text("utf-8").splitlines()
    assert "/net/id/organisation/old-name /net/id/organisation/preston 301" in netlify
    assert "/net/id/:one/:two /net/id/:one/:two.html 303" in netlify
    # A rule with a placeholder would lead Cloudflare from every file to one with .html behind it.
    cloudflare = (tmp_path / "redirects/cloudflare/_redirects").read_text("utf-8").splitlines()
    assert cloudflare
    assert not any(":" in line or "*" in line for line in cloudflare)
    typed = (tmp_path / "redirects/netlify/_headers").read_text("utf-8")
    assert "/net/id/*.ttl\n  Content-Type: text/turtle; charset=utf-8" in typed


def test_every_file_has_one_policy_that_its_page_can_live_with(tmp_path: Path) -> None:
    write_redirects(settings("https://site.example/net/"), RETIRED, tmp_path)
    for platform in ("netlify", "cloudflare"):
        rules: list[tuple[str, dict[str, str]]] = []
        for line in (tmp_path / f"redirects/{platform}/_headers").read_text("utf-8").splitlines():
            if line.startswith("/"):
                rules.append((line, {}))
            else:
                name, _, value = line.strip().partition(": ")
                assert name not in rules[-1][1]
                rules[-1][1][name] = value
        for path in ("", "index.html", "councils.html", "councils/region/london.html", "ask.html", "assets/worker.js",
                     "id/organisation/preston.html", "data/ccin.nq.gz", "404.html"):  # fmt: skip
            found = [own for pattern, own in rules if fnmatchcase(f"/net/{path}", pattern)]
            (policy,) = [own["Content-Security-Policy"] for own in found if "Content-Security-Policy" in own]
            assert set(headers(path)["Content-Security-Policy"].split("; ")) <= set(policy.split("; "))
            assert "frame-ancestors 'none'" in policy
            assert "'unsafe-" not in policy


def test_a_site_without_an_address_says_where_to_put_it() -> None:
    files = redirect_files(settings(""), ())
    assert NO_HOME in files["w3id/.htaccess"]
    assert "put the real address in its place" in files["README.txt"]


def test_a_title_cannot_write_a_rule() -> None:
    for text in redirect_files(settings(""), ()).values():
        assert not any(line.startswith("Injected") for line in text.splitlines())


@pytest.mark.parametrize(
    "home", ["https://a.example/$1/", "https://a.example/x;y/", "https://a.example/'/", "https://a.example/%2e/"]
)
def test_an_address_that_rules_cannot_hold_is_refused(home: str) -> None:
    with pytest.raises(SiteError, match="'home'"):
        redirect_files(settings(home), ())


def test_another_networks_base() -> None:
    other = Settings(
        "Other", "https://data.example.org/id/net", "https://data.example.org/", "https://data.example.org/"
    )
    files = redirect_files(other, ())
    assert "RewriteRule ^def$" not in files["w3id/.htaccess"]
    assert (
        "RewriteRule ^([a-z0-9-]+(?:/[a-z0-9-]+)*)$ https://data.example.org/id/$1.%{ENV:FORM}"
        in files["w3id/.htaccess"]
    )
