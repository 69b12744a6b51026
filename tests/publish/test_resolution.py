"""What an IRI leads to by the rules of servers is where the site has put it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.publish.addresses import Addresses
from ccin_graph.publish.resolution import ALL, Rule, common_address, folder_of_things, rules
from ccin_graph.publish.settings import Settings
from ccin_graph.vocabulary import BASE, GRAPH

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore

SETTINGS = Settings("A network", BASE + "organisation/harbour-network", BASE)


def target(settings: Settings, iri: str, form: str, all_of_them: tuple[Rule, ...] = ()) -> str | None:
    path = iri.partition("#")[0].removeprefix(common_address(settings))
    known = all_of_them or rules(settings)
    return next(filter(None, (rule.target(path, form) for rule in known if form in rule.forms)), None)


def test_every_thing_of_the_graph_leads_to_its_document(store: EmbeddedStore) -> None:
    addresses = Addresses(BASE)
    subjects = {quad.subject.value for quad in store.quads() if isinstance(quad.subject, ox.NamedNode)}
    ours = {iri for iri in subjects if addresses.document(iri) is not None}
    assert len(ours) > 300
    known = rules(SETTINGS, ours)
    assert len(known) < len(rules(SETTINGS)) + 10
    for iri in ours:
        for form in ("ttl", "jsonld", "nt"):
            assert target(SETTINGS, iri, form, known) == addresses.data(iri, form), iri
        page = target(SETTINGS, iri, "html", known)
        assert page is not None
        assert page.removesuffix(".html") == addresses.document(iri) or iri.startswith(BASE + "query/prefixes")


def test_an_iri_with_signs_that_no_rule_can_hold_gets_none() -> None:
    tails = ("unit/EUR", "a/b c", 'a/"', "a/$1", "a/;x", "a/../b", "a/.htaccess", "a/é", "a/v1.2", "a//b", "a/x)")
    found = rules(SETTINGS, [BASE + tail for tail in tails])
    own = [rule.pattern for rule in found if rule not in rules(SETTINGS)]
    assert own == [re.escape("id/a/v1.2"), re.escape("id/unit/EUR")]


def test_graphs_and_dataset_lead_to_the_description() -> None:
    for iri in (GRAPH + "entities", BASE + "dataset/ccin", BASE + "quality-measurement/claims/dataset"):
        assert target(SETTINGS, iri, "ttl") == "data/dataset.ttl"
        assert target(SETTINGS, iri, "html") == "data.html"


@pytest.mark.parametrize(
    "path", ["id/a/b.html", "id/../x", "id/a/", "id", "id/", "ids/a", "data/x.ttl", "id/a b", "id/é"]
)
def test_files_and_nonsense_lead_nowhere(path: str) -> None:
    assert all(rule.target(path, "html") is None for rule in rules(SETTINGS))


@pytest.mark.parametrize(
    ("base", "common", "things"),
    [
        ("https://w3id.org/ccin/id/", "https://w3id.org/ccin/", "id/"),
        ("https://e.example/", "https://e.example/", ""),
        ("https://e.example/x/", "https://e.example/", "x/"),
        ("https://e.example/a/b/c/", "https://e.example/a/b/", "c/"),
    ],
)
def test_what_base_and_site_have_in_common(base: str, common: str, things: str) -> None:
    settings = Settings("A network", base + "organisation/net", base)
    assert (common_address(settings), folder_of_things(settings)) == (common, things)
    assert target(settings, base + "organisation/net", "ttl") == "id/organisation/net.ttl"
    assert target(settings, base + "organisation/net", "ttl") == Addresses(base).data(base + "organisation/net", "ttl")


def test_the_patterns_can_be_read_by_every_server() -> None:
    for rule in rules(SETTINGS, [BASE + "unit/EUR"]):
        assert re.fullmatch(r"[A-Za-z0-9()\[\]?:|*+/\\.-]*", rule.pattern), rule.pattern
        assert len(re.findall(r"\((?!\?)", rule.pattern)) <= 1
        assert rule.forms in (ALL, ("html",))
