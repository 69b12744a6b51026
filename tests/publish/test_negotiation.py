"""Which form of a document a client gets, for what clients really send and for what they could."""

from __future__ import annotations

import re
from typing import Final

import pytest

from ccin_graph.publish.negotiation import FORMS, MEDIA_TYPES, accept_patterns, media_type, preferred

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,image/apng,*/*;q=0.8"
FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,image/webp,*/*;q=0.8"
SAFARI = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
OLD_BROWSER = "image/gif, image/jpeg, image/pjpeg, application/x-shockwave-flash, */*"
RDFLIB = "text/turtle, application/rdf+xml;q=0.9, application/n-triples;q=0.8, text/html;q=0.1, */*;q=0.1"
JENA = "text/turtle,application/n-triples;q=0.9,application/ld+json;q=0.8,application/rdf+xml;q=0.7,*/*;q=0.3"

#: What is sent, what is meant, and what a server gives that must give something (None: the same).
HEADERS: Final[list[tuple[str | None, str | None]]] = [
    (None, "html"),
    ("", "html"),
    ("*/*", "html"),
    (CHROME, "html"),
    (FIREFOX, "html"),
    (SAFARI, "html"),
    (OLD_BROWSER, "html"),
    ("text/html", "html"),
    ("application/xhtml+xml", "html"),
    ("text/turtle", "ttl"),
    ("application/x-turtle", "ttl"),
    ("TEXT/Turtle", "ttl"),
    ("application/ld+json", "jsonld"),
    ("application/json", "jsonld"),
    ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "jsonld"),
    ("application/n-triples", "nt"),
    (RDFLIB, "ttl"),
    (JENA, "ttl"),
    ("text/html;q=0.5, text/turtle", "ttl"),
    ("text/turtle;q=0.5, text/html", "html"),
    ("text/turtle;q=0.8, application/ld+json;q=0.9, */*;q=0.1", "jsonld"),
    ("text/turtle ; q=0.2 , application/n-triples ; q=0.7", "nt"),
    ("text/html;q=0, text/turtle;q=0.1", "ttl"),
    ("text/html;q=0, */*", "ttl"),
    ("text/*;q=0.5, application/ld+json;q=0.4", "html"),
    ("text/*;q=0.3, application/ld+json;q=0.4", "jsonld"),
    ("application/*", "jsonld"),
    ("text/*;q=0.1, */*;q=0.9", "jsonld"),
    ("text/html;q=0.1, */*;q=0.5", "ttl"),
    ("text/turtle;q=1.0, text/html;q=1", "html"),
    ("text/turtle;q=0.001", "ttl"),
    ("text/turtle;level=1;q=0.4, text/html;q=0.3", "ttl"),
    ("application/rdf+xml, text/turtle;q=0.5, text/html;q=0.4", "ttl"),
    ("application/rdf+xml", None),
    ("image/png", None),
    ("text/turtle;q=0", None),
    ("*/*;q=0", None),
    ("nonsense", "html"),
    (",,;;,q=1", "html"),
]


@pytest.mark.parametrize(("accept", "wanted"), HEADERS)
def test_what_a_client_wants(accept: str | None, wanted: str | None) -> None:
    assert preferred(accept) == wanted


@pytest.mark.parametrize(("accept", "wanted"), HEADERS)
def test_the_patterns_for_servers_say_the_same(accept: str | None, wanted: str | None) -> None:
    found = next((form for pattern, form in accept_patterns() if re.search(pattern, accept or "", re.I)), "html")
    assert found == (wanted or "html")


def test_qualities_are_told_apart_to_one_decimal() -> None:
    for high in range(1, 10):
        for low in range(high):
            for first, other in (("html", "nt"), ("ttl", "html"), ("nt", "jsonld")):
                accept = f"{FORMS[other][0]};q=0.{low}, {FORMS[first][0]};q=0.{high}"
                assert preferred(accept) == first
                assert next(form for pattern, form in accept_patterns() if re.search(pattern, accept)) == first


def test_what_cannot_be_had_in_all_forms() -> None:
    assert preferred("text/turtle, text/html;q=0.1", ("html",)) == "html"
    assert preferred("text/turtle", ("html",)) is None
    assert preferred("*/*", ("ttl", "jsonld")) == "ttl"


@pytest.mark.parametrize("accept", ["a/b;" * 5000, "," * 100_000, "text/html;" + '"' * 3000, " " * 50_000 + "x"])
def test_a_hostile_header_costs_nothing(accept: str) -> None:
    assert preferred(accept) in ("html", None)


def test_every_form_is_served_as_what_it_is() -> None:
    assert all(media_type(f"x.{form}").split(";")[0] == types[0] for form, types in FORMS.items())
    assert media_type("assets/ask.wasm") == "application/wasm"
    assert media_type("feed.xml") == "application/atom+xml"
    assert media_type("data/SHA256SUMS").startswith("text/plain")
    assert all(re.fullmatch(r"[a-z0-9]+", ending) for ending in MEDIA_TYPES)
