"""Values and IRIs made to break out of a page or of the folder: no element comes of any, and no file lies elsewhere."""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from lxml import etree, html

from ccin_graph.errors import SiteError
from ccin_graph.publish.addresses import Addresses
from ccin_graph.publish.completing import completed
from ccin_graph.publish.settings import Settings
from ccin_graph.publish.site import publish
from ccin_graph.store import EmbeddedStore
from ccin_graph.vocabulary import BASE, CCIN, PREFIXES, RDF, SCHEMA
from tests.pages import Folder

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.build import Dataset
    from ccin_graph.tree import Tree
    from tests.conftest import Project

_SCRIPT = "alert(1)"
PAYLOADS = (
    f"<script>{_SCRIPT}</script>",
    f"</script><script>{_SCRIPT}</script>",
    f"<ScRiPt>{_SCRIPT}</sCrIpT>",
    "<script src=//example.org/x.js></script>",
    f'"><script>{_SCRIPT}</script>',
    f"'><script>{_SCRIPT}</script>",
    f"--><script>{_SCRIPT}</script><!--",
    f"]]><script>{_SCRIPT}</script>",
    f"<!--<script>{_SCRIPT}</script>-->",
    f"</title><script>{_SCRIPT}</script>",
    f"</style><script>{_SCRIPT}</script>",
    f"</textarea><script>{_SCRIPT}</script>",
    f"</noscript><script>{_SCRIPT}</script>",
    f"</svg><script>{_SCRIPT}</script>",
    f"</text></svg><script>{_SCRIPT}</script>",
    f"<svg onload={_SCRIPT}>",
    f"<svg><script>{_SCRIPT}</script></svg>",
    f"<svg/onload={_SCRIPT}>",
    f"<svg><animate onbegin={_SCRIPT} attributeName=x dur=1s>",
    f'<svg><a xlink:href="javascript:{_SCRIPT}"><text>x</text></a></svg>',
    f'<svg><use href="data:image/svg+xml,<svg onload={_SCRIPT}>"/></svg>',
    f"<svg><foreignObject><body onload={_SCRIPT}></foreignObject></svg>",
    f"<img src=x onerror={_SCRIPT}>",
    f'<img src="x" onerror="{_SCRIPT}">',
    f'"><img src=x onerror={_SCRIPT}>',
    f"' onmouseover='{_SCRIPT}",
    f'" onmouseover="{_SCRIPT}',
    f'" autofocus onfocus="{_SCRIPT}',
    'x" style="position:fixed;inset:0',
    f"<body onload={_SCRIPT}>",
    f'<iframe src="javascript:{_SCRIPT}"></iframe>',
    '<iframe srcdoc="<script>alert(1)</script>">',
    f'<object data="javascript:{_SCRIPT}">',
    f'<embed src="javascript:{_SCRIPT}">',
    '<base href="//example.org/">',
    '<meta http-equiv=refresh content="0;url=//example.org">',
    "<link rel=stylesheet href=//example.org/x.css>",
    "<style>@import '//example.org/x.css';</style>",
    "<form action=//example.org><input name=q>",
    f'<button formaction="javascript:{_SCRIPT}">x',
    f'<a href="javascript:{_SCRIPT}">x</a>',
    f"<a href='data:text/html,<script>{_SCRIPT}</script>'>x</a>",
    f"javascript:{_SCRIPT}",
    f"<details open ontoggle={_SCRIPT}>",
    f"<video><source onerror={_SCRIPT}>",
    f"<audio src=x onerror={_SCRIPT}>",
    f"<marquee onstart={_SCRIPT}>",
    f"<input autofocus onfocus={_SCRIPT}>",
    "<select><option>x</select>",
    "<table><tr><td>x</table>",
    f"<math><mtext><script>{_SCRIPT}</script></math>",
    f"<template><script>{_SCRIPT}</script></template>",
    "<plaintext>",
    "<xmp>",
    "<listing>",
    "<!DOCTYPE html>",
    '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><x>&y;</x>',
    "<![CDATA[x]]>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "&#60;script&#62;alert(1)",
    "&amp;lt;b&amp;gt;",
    "&nbsp;&quot;&apos;",
    "&#x3c;img src=x&#x3e;",
    "{{ 7 * 7 }}",
    "{% raw %}{{ site }}{% endraw %}",
    "{{ ''.__class__.__mro__ }}",
    "${7*7}",
    "#{7*7}",
    "<%= 7*7 %>",
    "{# comment #}",
    "\u2028alert(1)//",
    "\u2029</script>",
    "\u202eth<b>gir",
    "\ufeff<b>bom</b>",
    "\x7f<b>del</b>",
    "<b\u00a0onclick=alert(1)>x</b>",
    "\\u003cscript\\u003e",
    '\\"};alert(1);//',
    "*/alert(1)/*",
    "`-alert(1)-`",
    "';alert(1);'",
    "[x](javascript:alert(1)) **b** `c`",
    '=HYPERLINK("//example.org")',
    "a" * 3000 + "<b>",
    "<b>\nbold\n</b>",
    "+cmd|' /C x'!A0",
    "\t<i>tab</i>",
)
assert len(set(PAYLOADS)) >= 80

SLUGS = (
    "..",
    ".",
    "...",
    "",
    "/",
    "//",
    "../../../../etc/passwd",
    "..%2f..%2fetc",
    "%2e%2e",
    "%2e%2e%2f",
    "%00",
    "a%00b",
    "..\\..\\x",
    "a\\b",
    "C:\\x",
    "c:",
    "con",
    "CON",
    "nul",
    "aux.txt",
    "com1",
    "lpt9",
    ".htaccess",
    ".git/config",
    "-rf",
    "--help",
    "~root",
    "$HOME",
    "$(id)",
    "`id`",
    "a b",
    " ",
    "a;b",
    "a|b",
    "a&b",
    "a&amp;b",
    "a<b>c",
    "<script>alert(1)<",
    '"onmouseover="alert(1)',
    "'onmouseover='alert(1)",
    "javascript:alert(1)",
    "a:b",
    "a?b",
    "a?b=c&d",
    "a=b",
    "a,b",
    "a(b)",
    "a[b]",
    "a{b}",
    "a^b",
    "a*b",
    "index.html",
    "x.html",
    "x.html/y",
    "x",
    "X",
    "é",
    "e\u0301",
    "日本",
    "\u202egpj",
    "x" * 300,
    "x" * 299 + "y",
    "text",
    "x/text",
    "selector",
    "a+b",
    "a@b",
    "a!b",
    "a__b",
    "_2e",
    "%3Cscript%3E",
    "%22onload%3Dalert(1)",
    "a'onmouseover='alert(1)",
    "a..b",
    "...html",
    "x.ttl",
    "x.jsonld",
    "x.2",
    "x.lines-1",
    "%E2%80%AE",
    "data:text/html,x",
    "http://example.org/",
    "//example.org",
    "@import",
    "!important",
    "*",
    "+",
    ";x",
    "İ",
    "ẞ",
    "-",
    "x-",
)


def _is_iri(slug: str) -> bool:
    try:
        ox.NamedNode(f"{BASE}project/{slug}")
    except ValueError:
        return False
    return True


#: What no reader of RDF that is strict lets through.
NO_IRIS = tuple(slug for slug in SLUGS if not _is_iri(slug))
assert len(set(SLUGS) - set(NO_IRIS)) >= 60


def _sites(tree: Tree, folder: Path, quads: list[ox.Quad]) -> Folder:
    settings = Settings("Harbour", f"{BASE}organisation/harbour-network", BASE, report="https://example.org/new")
    publish(EmbeddedStore(quads), tree, settings, folder)
    return Folder(folder)


#: Names stand beside circles as far as there is room for them, so that their number depends on their length.
_WITH_ROOM = ("index.html", "explore.html")


def _elements(text: str) -> Counter[tuple[str, tuple[str, ...]]]:
    tree = html.document_fromstring(text)
    return Counter(
        (str(one.tag), tuple(sorted(map(str, one.keys())))) for one in tree.iter() if isinstance(one.tag, str)
    )


def _counted(path: str, text: str) -> Counter[tuple[str, tuple[str, ...]]]:
    found = _elements(text)
    return Counter({one: many for one, many in found.items() if one[0] != "text" or path not in _WITH_ROOM})


def _with_texts(quads: list[ox.Quad], text: Callable[[int], str]) -> list[ox.Quad]:
    """Return quads with every free text replaced, each text by the same one everywhere."""
    free = {"http://www.w3.org/2001/XMLSchema#string", RDF + "langString"}
    kept = {
        SCHEMA + "value",
        SCHEMA + "minValue",
        SCHEMA + "maxValue",
        CCIN + "pages",
        RDF + "value",
        CCIN + "textDigest",
    }
    texts = (quad.object for quad in quads if isinstance(quad.object, ox.Literal))
    order = sorted({str(text.value) for text in texts if text.datatype.value in free})
    number = {value: position for position, value in enumerate(order)}
    made = []
    for quad in quads:
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype.value in free and quad.predicate.value not in kept:
            new = text(number[value.value])
            value = ox.Literal(new, language=value.language) if value.language else ox.Literal(new)
        made.append(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    return made


@pytest.fixture(scope="module")
def both(dataset: Dataset, clean: Project, tmp_path_factory: pytest.TempPathFactory) -> tuple[Folder, Folder]:
    """Return two sites of one shape: one with harmless texts, one with payloads in their place."""
    import shutil

    folder = tmp_path_factory.mktemp("hostile")
    quads = sorted(dataset.store.quads(), key=str)
    # Numbered in front, so that both sites sort alike; every payload is used more than once.
    harmless = _with_texts(quads, lambda number: f"n{number:05d} " + "w" * 12)
    hostile = _with_texts(quads, lambda number: f"n{number:05d} {PAYLOADS[number % len(PAYLOADS)]}")
    sites = []
    for name, made, payload in (("harmless", harmless, None), ("hostile", hostile, "</code><script>alert(1)</script>")):
        root = folder / name
        shutil.copytree(clean.root, root)
        word = json.dumps(payload or "word")
        (root / "queries" / "zz-made").mkdir()
        (root / "queries" / "zz-made" / "made.rq").write_text(
            f"#+ summary: {word}\n#+ question: {word}\n#+ parameters:\n#+   thing: {{kind: string, about: {word}}}\n"
            f"#+ defaults:\n#+ - thing: {word}\n#+ columns:\n#+   label: {word}\n"
            f"PREFIX rdfs: <{PREFIXES['rdfs']}>\n# {payload or 'word'}\n"
            "SELECT ?label { ?s rdfs:label ?label . FILTER(?_thing != '') } ORDER BY ?label\n",
            "utf-8",
        )
        (root / "docs").mkdir()
        (root / "docs" / "made.md").write_text(
            f"# A title {payload or 'word'}\n\nA text {payload or 'word'}\n", "utf-8"
        )
        from ccin_graph.tree import Tree

        sites.append(_sites(Tree(root), root / "site", made))
    return sites[0], sites[1]


def test_no_payload_becomes_an_element_or_attribute(both: tuple[Folder, Folder]) -> None:
    harmless, hostile = both
    assert harmless.pages == hostile.pages
    differ = [
        path
        for path in harmless.pages
        if _counted(path, harmless.page(path).text) != _counted(path, hostile.page(path).text)
    ]
    assert not differ


def test_every_payload_stands_in_the_site_as_text(both: tuple[Folder, Folder]) -> None:
    _, hostile = both
    said = " ".join(
        str(hostile.page(path).tree.text_content()) for path in hostile.pages if path.startswith(("id/", "def"))
    )
    plain = re.sub(r"\s+", " ", said)
    # What a parser of HTML never keeps is left out of the comparison.
    missing = [one for one in PAYLOADS if re.sub(r"\s+", " ", one.strip("\ufeff\t ")) not in plain and len(one) < 1000]
    assert not missing


def test_no_script_stands_in_a_page_and_no_address_runs_one(both: tuple[Folder, Folder]) -> None:
    for path in both[1].pages:
        tree = both[1].page(path).tree
        for script in tree.iter("script"):
            assert script.get("src") or script.get("type") == "application/ld+json", path
        for element in tree.iter():
            for name, value in element.items() if isinstance(element.tag, str) else ():
                assert not name.startswith("on"), (path, element.tag, name)
                assert name != "style", (path, element.tag)
                assert not value.strip().lower().startswith(("javascript:", "data:", "vbscript:")) or name in (
                    "content",
                    "title",
                    "value",
                    "aria-label",
                ), (path, name, value)


def test_embedded_descriptions_are_json_that_says_what_was_said(both: tuple[Folder, Folder]) -> None:
    found = 0
    for path in both[1].pages:
        for script in both[1].page(path).tree.xpath("//script[@type='application/ld+json']"):
            assert "<" not in script.text
            assert json.loads(script.text)["@context"].rstrip("/") == "https://schema.org"
            found += 1
    assert found > 50


def test_scripts_of_data_hold_no_end_of_script(both: tuple[Folder, Folder]) -> None:
    for path in both[1].files:
        if path.startswith("assets/") and path.partition("/")[2].startswith(("search-index", "list-")):
            text = (both[1].root / path).read_text("utf-8")
            assert "</script" not in text.lower()
            assert json.loads(text.partition(" = ")[2].rstrip(";\n"))


def test_drawings_are_well_formed(both: tuple[Folder, Folder]) -> None:
    drawn = 0
    for path in both[1].pages:
        for svg in re.findall(r"<svg.*?</svg>", both[1].page(path).text, re.S):
            etree.fromstring(re.sub(r"&(nbsp|copy|quot);", "", svg))
            drawn += 1
    assert drawn


def _things_with_slugs() -> list[tuple[str, str]]:
    return [(slug, f"{BASE}project/{slug}") for slug in SLUGS if slug not in NO_IRIS]


@pytest.fixture(scope="module")
def slugs(clean: Project, tmp_path_factory: pytest.TempPathFactory) -> tuple[Folder, Path]:
    """Return a site of projects whose slugs are hostile, and the folder that holds nothing else."""
    folder = tmp_path_factory.mktemp("slugs")
    lines = []
    for _, iri in _things_with_slugs():
        for predicate, value in (
            (RDF + "type", f"<{CCIN}Project>"),
            (PREFIXES["skos"] + "prefLabel", '"A project"@en'),
            (PREFIXES["schema"] + "about", f"<{_written(iri)}#x>"),
        ):
            lines.append(f"<{_written(iri)}> <{predicate}> {value} <{BASE}graph/entities> .\n")
    file = folder / "hostile.nq"
    file.write_text("".join(lines), "utf-8")
    out = folder / "out"
    out.mkdir()
    settings = Settings("H", f"{BASE}organisation/n", BASE)
    publish(completed(EmbeddedStore.from_file(file), clean.tree, settings), clean.tree, settings, out / "site")
    return Folder(out / "site"), out


def _written(iri: str) -> str:
    return "".join(sign if sign.isalnum() or sign in "/:.#-_~%" else f"\\U{ord(sign):08x}" for sign in iri)


def test_hostile_slugs_write_no_file_outside_the_folder(slugs: tuple[Folder, Path]) -> None:
    site, out = slugs
    assert {path.name for path in out.iterdir()} == {"site"}
    safe = re.compile(r"[a-z0-9_][a-z0-9_.-]*", re.I)
    for path in site.files:
        if path.startswith(("redirects/", ".well-known/")):
            # Names that servers ask for; nothing of the data makes them.
            continue
        assert all(safe.fullmatch(part) for part in path.split("/") if part != ".ccin-graph-site"), path
        assert all(len(part) < 200 for part in path.split("/"))


def test_no_hostile_slug_is_dropped_and_no_two_share_a_page(slugs: tuple[Folder, Path]) -> None:
    site, _ = slugs
    addresses = Addresses(BASE)
    pages = {iri: addresses.page(iri) for _, iri in _things_with_slugs()}
    assert len(set(pages.values())) == len(pages)
    assert len({str(page).lower() for page in pages.values()}) == len(pages)
    assert set(pages.values()) <= site.files
    for _, iri in _things_with_slugs():
        page = pages[iri]
        assert page is not None
        assert site.page(page).tree.xpath("string(//details[@class='data']//code[1])") == iri
    assert not site.broken()


def test_hostile_slugs_add_no_element(slugs: tuple[Folder, Path]) -> None:
    site, _ = slugs
    addresses = Addresses(BASE)
    shapes = {frozenset(_elements(site.page(str(addresses.page(iri))).text).items()) for _, iri in _things_with_slugs()}
    assert len(shapes) == 1


@pytest.mark.parametrize("slug", NO_IRIS)
def test_what_is_no_iri_is_refused_before_anything_is_written(slug: str, clean: Project, tmp_path: Path) -> None:
    iri = _written(f"{BASE}project/{slug}")
    file = tmp_path / "hostile.nq"
    file.write_text(f"<{iri}> <{RDF}type> <{CCIN}Project> <{BASE}graph/entities> .\n", "utf-8")
    settings = Settings("H", f"{BASE}organisation/n", BASE)
    with pytest.raises(SiteError, match="no IRI"):
        publish(EmbeddedStore.from_file(file), clean.tree, settings, tmp_path / "site")
    assert [path.name for path in tmp_path.iterdir()] == ["hostile.nq"]
