"""What requests are answered with: content negotiation, files, and nothing beside the folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ccin_graph.errors import SiteError
from ccin_graph.publish.negotiation import FORMS, preferred
from ccin_graph.publish.redirects import write_redirects
from ccin_graph.serve.answering import Answer, Site
from tests.publish.test_negotiation import CHROME, HEADERS
from tests.publish.test_redirects import CASES, ODD, RETIRED, make_site, settings


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site, with things around it that nobody may see."""
    around = tmp_path_factory.mktemp("around")
    (around / "secret.txt").write_text("secret", "utf-8")
    site = around / "site"
    make_site(site)
    write_redirects(settings("http://localhost/"), RETIRED, site, ODD)
    (site / ".ccin-graph-site").write_text("", "utf-8")
    (site / ".well-known").mkdir()
    (site / ".well-known" / "void").write_text("<> a <x:y> .", "utf-8")
    (site / "link.txt").symlink_to(around / "secret.txt")
    (site / "loop").symlink_to(site / "loop")
    (site / "out").symlink_to(around)
    return site


@pytest.fixture(scope="module")
def site(folder: Path) -> Site:
    return Site(folder)


def get(site: Site, target: str, method: str = "GET", **given: str) -> Answer:
    return site.answer(method, target, {name.replace("_", "-"): value for name, value in given.items()})


@pytest.mark.parametrize(("accept", "wanted"), HEADERS)
def test_the_iri_of_a_thing_leads_to_the_form_that_is_wanted(
    site: Site, accept: str | None, wanted: str | None
) -> None:
    answer = get(site, "/id/organisation/preston", **({} if accept is None else {"accept": accept}))
    if wanted is None:
        assert answer.status == 406
        assert b"text/turtle /id/organisation/preston.ttl" in answer.body
    else:
        assert answer.status == 303
        assert answer.headers["Location"] == f"/id/organisation/preston.{wanted}"
    assert answer.headers["Vary"] == "Accept"


@pytest.mark.parametrize(("path", "accept", "target"), CASES)
def test_what_every_kind_of_iri_leads_to(site: Site, path: str, accept: str, target: str) -> None:
    answer = get(site, f"/{path}", accept=accept)
    if preferred(accept, ("html",)) is None and target.endswith(".html"):
        assert answer.status == 406
    else:
        assert (answer.status, answer.headers["Location"]) == (303, f"/{target}")


def test_files(site: Site) -> None:
    for form, types in FORMS.items():
        answer = get(site, f"/id/organisation/preston.{form}", accept=CHROME)
        assert answer.status == 200
        assert answer.headers["Content-Type"].partition(";")[0] == types[0]
        assert answer.body.decode() == f"id/organisation/preston as {form}"
    assert get(site, "/").body == b"page index"
    assert get(site, "/index.html?q=x").body == b"page index"
    assert get(site, "/.well-known/void").headers["Content-Type"].startswith("text/turtle")
    assert get(site, "/data/ccin.nq.gz").headers["Content-Type"] == "application/gzip"
    assert "Content-Encoding" not in get(site, "/data/ccin.nq.gz").headers


def test_what_has_not_changed_is_not_sent_again(site: Site) -> None:
    first = get(site, "/def.ttl")
    tag = first.headers["ETag"]
    assert get(site, "/def.html").headers["ETag"] != tag
    for given in (tag, f"W/{tag}", f'"other", {tag}', "*"):
        again = get(site, "/def.ttl", if_none_match=given)
        assert (again.status, again.body, again.headers["ETag"]) == (304, b"", tag)
    assert get(site, "/def.ttl", if_none_match='"other"').status == 200


def test_merged_withdrawn_and_unknown(site: Site) -> None:
    merged = get(site, "/id/organisation/old-name", accept="text/turtle")
    assert (merged.status, merged.headers["Location"]) == (301, "/id/organisation/preston")
    gone = get(site, "/id/project/never-was")
    assert (gone.status, gone.body) == (410, b"page id/project/never-was")
    missing = get(site, "/id/organisation/nobody.html")
    assert (missing.status, missing.body) == (404, b"page 404")
    assert missing.headers["Content-Type"].startswith("text/html")


HOSTILE = [
    "/../secret.txt", "/id/../../secret.txt", "/%2e%2e/secret.txt", "/..%2fsecret.txt", "/%2e%2e%2fsecret.txt",
    "/..%5csecret.txt", "/..\\secret.txt", "//secret.txt", "///etc/passwd", "/%2fetc/passwd", "/id//../secret.txt",
    "/./secret.txt", "/id/%00/../../secret.txt", "/secret.txt%00.html", "/link.txt", "/loop",
    "/loop/x", "/out/secret.txt",
    "/.ccin-graph-site", "/id/.well-known/void", "/%2e%63cin-graph-site", "/.well-known/../.ccin-graph-site",
    "/%252e%252e/secret.txt", "/%c0%ae%c0%ae/secret.txt", "/\u2025/secret.txt", "/" + "a/" * 5000, "/" + "a" * 5000,
    "/id/organisation/preston.ttl/", "/id/organisation", "/id/", "/data", "/index.html/", "http://evil.example/",
    "*", "", "secret.txt", "/C:/secret.txt", "/con", "/id/organisation/preston%0d%0aX-Injected:%20yes",
]  # fmt: skip


@pytest.mark.parametrize("target", HOSTILE)
def test_nothing_beside_the_folder_is_served(site: Site, target: str) -> None:
    answer = get(site, target)
    assert answer.status in (303, 400, 404)
    assert b"secret" not in answer.body.replace(target.encode(), b"")
    for value in answer.headers.values():
        assert "\r" not in value
        assert "\n" not in value
    if answer.status == 303:  # a slug, which leads to a page that does not exist
        assert get(site, answer.headers["Location"]).status == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_reading(site: Site, method: str) -> None:
    answer = get(site, "/", method)
    assert (answer.status, answer.headers["Allow"]) == (405, "GET, HEAD")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:8000", 200),
        ("127.0.0.1", 200),
        ("[::1]:80", 200),
        ("evil.example", 403),
        ("localhost.evil.example", 403),
    ],
)
def test_another_name_for_this_machine_is_refused(site: Site, host: str, status: int) -> None:
    assert get(site, "/", host=host).status == status


def test_every_answer_has_the_policy(site: Site) -> None:
    for target in (
        "/",
        "/id/organisation/preston",
        "/id/organisation/preston.ttl",
        "/nothing",
        "/id/project/never-was",
    ):
        policy = get(site, target).headers["Content-Security-Policy"]
        assert policy.startswith("default-src 'self'; ")
        assert "unsafe" not in policy
        assert get(site, target).headers["X-Content-Type-Options"] == "nosniff"
    assert "'wasm-unsafe-eval'" in get(site, "/ask.html").headers["Content-Security-Policy"]


def test_a_folder_that_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(SiteError, match="holds no site"):
        Site(tmp_path)
    (tmp_path / "redirects").mkdir()
    for text in ("nonsense", "[]", json.dumps({"rules": [1], "retired": {}})):
        (tmp_path / "redirects" / "rules.json").write_text(text, "utf-8")
        with pytest.raises(SiteError, match="cannot be read"):
            Site(tmp_path)
