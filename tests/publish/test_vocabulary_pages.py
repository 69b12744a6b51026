"""The pages of ontology, alignments and shapes: an anchor for every IRI, no link that leads nowhere, nothing let in."""

from __future__ import annotations

import posixpath
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import unquote

import pyoxigraph as ox
import pytest

from ccin_graph.publish.model import Model
from ccin_graph.publish.pages.ontology import read_alignments, terms
from ccin_graph.publish.pages.shapes import read_shapes
from ccin_graph.publish.rendering import Renderer
from ccin_graph.publish.settings import Settings
from ccin_graph.publish.vocabulary_pages import vocabulary_files, vocabulary_pages
from ccin_graph.vocabulary import BASE, CCIN, OWL, RDF, RDFS, SKOS

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore
    from ccin_graph.tree import Tree
    from tests.conftest import Project

SETTINGS = Settings("A network", BASE + "organisation/harbour-network", BASE)
SHAPES = CCIN.removesuffix("def#") + "shapes#"
#: What other modules write.
ELSEWHERE = ("assets/", "docs/", "id/", "vocabulary/", "redirects/")
PAGES = ("index.html", "data.html", "about.html", "search.html", "lists.html", "def.ttl", "def.jsonld", "def.nt")


class Seen(HTMLParser):
    """What a page holds: ids, ways, elements, attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.ids: list[str] = []
        self.ways: list[str] = []
        self.tags: list[str] = []
        self.attributes: set[str] = set()
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name == "id":
                self.ids.append(value or "")
            elif name in ("href", "src"):
                self.ways.append(value or "")


@pytest.fixture(scope="module")
def model(store: EmbeddedStore) -> Model:
    return Model(store.quads(), SETTINGS)


@pytest.fixture(scope="module")
def pages(model: Model, clean: Project) -> dict[str, str]:
    return dict(vocabulary_pages(model, clean.tree, Renderer(SETTINGS, "0.1.0")))


@pytest.fixture(scope="module")
def files(clean: Project) -> dict[str, bytes]:
    return dict(vocabulary_files(clean.tree))


def test_every_term_is_an_anchor_with_what_it_means(pages: dict[str, str], model: Model, clean: Project) -> None:
    seen = Seen(pages["def.html"])
    assert len(set(seen.ids)) == len(seen.ids)
    own = [iri for iri in model if iri.startswith(CCIN) and model.text(iri, SKOS + "definition")]
    assert len(own) > 70
    assert {iri.removeprefix(CCIN) for iri in own} <= set(seen.ids)
    found = {term.name: term for term in terms(model, read_alignments(clean.tree, model), (), clean.tree)}
    council = found["Council"]
    assert council.kind == "class"
    assert [parent.text for parent in council.parents] == ["m8g:PublicOrganisation", "org:FormalOrganization"]
    assert {mapping.vocabulary for mapping in council.mappings} == {"eurio", "schema-org", "vivo"}
    assert any("councils/" in query.href for query in council.queries)
    assert found["leads"].domain[0].text == "org:Organization"
    assert council.instances == len(model.instances(CCIN + "Council"))


def test_two_terms_that_differ_in_a_capital_have_two_pages(model: Model, clean: Project) -> None:
    found = terms(model, (), read_shapes(clean.tree, model), clean.tree)
    uses = [term.uses for term in found]
    assert len({path.lower() for path in uses}) == len(uses)


def test_every_shape_is_an_anchor(pages: dict[str, str], clean: Project) -> None:
    seen = Seen(pages["shapes.html"])
    assert len(set(seen.ids)) == len(seen.ids)
    names = {
        quad.subject.value.removeprefix(SHAPES)
        for path in clean.tree.shapes.glob("*.ttl")
        for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)
        if isinstance(quad.subject, ox.NamedNode) and quad.subject.value.startswith(SHAPES)
    }
    assert len(names) > 200
    assert names <= set(seen.ids)


def test_no_link_leads_nowhere(pages: dict[str, str], files: dict[str, bytes]) -> None:
    anchors = {path: set(Seen(html).ids) for path, html in pages.items()}
    followed = 0
    for path, html in pages.items():
        for way in Seen(html).ways:
            if way.startswith(("https://", "http://")):
                continue
            plain, mark, fragment = way.partition("#")
            target = posixpath.normpath(posixpath.join(posixpath.dirname(path), plain)) if plain else path
            if target.startswith(ELSEWHERE) or target in PAGES or target not in pages | files:
                assert target.startswith(ELSEWHERE) or target in PAGES or target.count("/") == 0, (path, way)
                continue
            assert not mark or unquote(fragment) in anchors[target], (path, way)
            followed += 1
    assert followed > 500


def test_a_shape_leads_to_its_explanation_where_there_is_one(model: Model, checkout: Tree, clean: Project) -> None:
    helps = {shape.help.href for shape in read_shapes(checkout, model) if shape.help}
    assert "docs/curation.html#figures" in helps
    assert not any(shape.help for shape in read_shapes(clean.tree, model))


def test_pages_are_small_and_carry_the_policy(pages: dict[str, str]) -> None:
    for path, html in pages.items():
        assert len(html.encode()) < 100_000, path
        assert "default-src &#39;self&#39;" in html or "default-src 'self'" in html


def test_every_alignment_has_a_page_and_files(pages: dict[str, str], files: dict[str, bytes], clean: Project) -> None:
    for path in (clean.tree.ontology / "alignments").glob("*.ttl"):
        assert f"def/alignments/{path.stem}.html" in pages
        own = {quad.triple for quad in ox.parse(path=str(path), format=ox.RdfFormat.TURTLE)}
        forms = {"ttl": ox.RdfFormat.TURTLE, "jsonld": ox.RdfFormat.JSON_LD, "nt": ox.RdfFormat.N_TRIPLES}
        for ending, form in forms.items():
            content = files[f"def/alignments/{path.stem}.{ending}"]
            assert {quad.triple for quad in ox.parse(content, format=form)} == own


def test_the_shapes_as_files_are_the_same_every_time(files: dict[str, bytes], clean: Project) -> None:
    assert dict(vocabulary_files(clean.tree)) == files
    count = sum(
        len(list(ox.parse(path=str(path), format=ox.RdfFormat.TURTLE))) for path in clean.tree.shapes.glob("*.ttl")
    )
    assert len(list(ox.parse(files["shapes.nt"], format=ox.RdfFormat.N_TRIPLES))) == count
    assert len(list(ox.parse(files["shapes.ttl"], format=ox.RdfFormat.TURTLE))) == count
    assert len(list(ox.parse(files["shapes.jsonld"], format=ox.RdfFormat.JSON_LD))) == count


PAYLOADS = [
    "<script>alert(1)</script>", "</title><script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    '"><svg onload=alert(1)>', "' onmouseover='alert(1)", "{{ 7*7 }}", "{% raw %}", "javascript:alert(1)",
    "<!-- ", "]]>", "<style>*{}</style>", "&lt;script&gt;", "\u2028<b>",
]  # fmt: skip


ALLOWED = {
    "a", "body", "br", "button", "code", "dd", "div", "dl", "dt", "footer", "form", "h1", "h2", "h3", "head", "header",
    "html", "input", "label", "li", "link", "main", "meta", "nav", "p", "script", "section", "span", "table", "tbody",
    "td", "th", "thead", "title", "tr", "ul",
}  # fmt: skip


def test_markup_in_ontology_shapes_and_alignments_stays_text(project: Project, tmp_path: Path) -> None:
    def node(iri: str) -> ox.NamedNode:
        return ox.NamedNode(iri)

    quads, shapes, alignment = [], ["@prefix sh: <http://www.w3.org/ns/shacl#> ."], []
    for number, payload in enumerate(PAYLOADS):
        iri = node(f"{CCIN}Hostile%22'()--{number}")
        literal = ox.Literal(payload, language="en")
        quads.append(ox.Quad(iri, node(RDF + "type"), node(OWL + "Class")))
        quads += [ox.Quad(iri, node(term), literal) for term in (RDFS + "label", SKOS + "definition", SKOS + "example")]
        quads.append(ox.Quad(iri, node(RDFS + "subClassOf"), node("javascript:alert(1)")))
        text = ox.Literal(payload)
        shapes.append(
            f"<{SHAPES}hostile-{number}'> a sh:PropertyShape ; sh:message {text} ; sh:path {iri} ; "
            f"<{RDFS}label> {text} ; <{RDFS}seeAlso> <javascript:alert(1)> ."
        )
        alignment.append(f"{iri} <{SKOS}closeMatch> <javascript:alert({number})> ; <{SKOS}editorialNote> {text} .")
        alignment.append(
            f"<{CCIN}axiom-{number}> <{OWL}annotatedSource> {iri} ; <{OWL}annotatedProperty> <{SKOS}closeMatch> ; "
            f"<{OWL}annotatedTarget> <javascript:alert({number})> ; <{RDFS}comment> {text} ."
        )
    project.write("shapes/hostile.ttl", "\n".join(shapes))
    project.write("ontology/alignments/hostile.ttl", "\n".join(alignment))
    plain = dict(vocabulary_pages(Model(quads, SETTINGS), project.tree, Renderer(SETTINGS, "0.1.0")))
    for path, html in plain.items():
        seen = Seen(html)
        assert set(seen.tags) <= ALLOWED, path
        assert seen.tags.count("script") == 1
        assert not any(name.startswith("on") for name in seen.attributes), path
        assert "style" not in seen.attributes
        assert not any(way.startswith("javascript:") for way in seen.ways), path
        assert ".." not in path
        assert not path.startswith("/")
    assert "alert(1)" in plain["def.html"]
