"""What follows from the claims: memberships from lists, partnerships from participations, names and short cuts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.derive import derive
from ccin_graph.errors import QueryError
from ccin_graph.store import EmbeddedStore
from ccin_graph.vocabulary import BASE, DERIVED, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from ccin_graph.build import Dataset
    from tests.conftest import Project

PREFIX = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())

#: A list as (date, who is on it, complete).
Listed = tuple[str, str, bool]


def store_of(turtle: str) -> EmbeddedStore:
    """Return a store of what a text in Turtle says, in one graph; ``:`` is the base of all ids."""
    text = PREFIX.replace("PREFIX", "@prefix").replace(">\n", "> .\n") + f"@prefix : <{BASE}> .\n{turtle}"
    graph = ox.NamedNode("http://e.org/g")
    triples = ox.parse(text, format=ox.RdfFormat.TURTLE)
    return EmbeddedStore(ox.Quad(t.subject, t.predicate, t.object, graph) for t in triples)


def ask(store: EmbeddedStore, text: str) -> list[tuple[str, ...]]:
    """Rows of a SELECT without its prefixes, ids without the base, sorted."""
    rows = store.select(PREFIX + text).rows
    return sorted(tuple(str(getattr(term, "value", "")).removeprefix(BASE) for term in row) for row in rows)


# Memberships


def lists(listed: Iterable[Listed], category: str = "member", network: str = "net") -> str:
    """Lists of one category of one network, in Turtle."""
    lines = []
    for number, (date, bodies, complete) in enumerate(listed):
        name = f"<{BASE}listing/{network}-{category}-{number}>"
        latest = date if len(date) == 10 else f"{date}-12-31"
        earliest = date if len(date) == 10 else f"{date}-01-01"
        lines.append(
            f"{name} ccin:network <{BASE}organisation/{network}> ; ccin:category <{BASE}category/{category}> ; "
            f'dcterms:date "{date}" ; ccin:earliest "{earliest}"^^xsd:date ; ccin:latest "{latest}"^^xsd:date ; '
            f"ccin:complete {str(complete).lower()} ."
        )
        lines += [
            f"<{BASE}listing/{network}-{category}-{number}#entry.{body}> a ccin:ListingEntry ; "
            f"ccin:listed <{BASE}organisation/{body}> ; dcterms:isPartOf {name} ."
            for body in bodies.split()
        ]
    return "\n".join(lines)


def memberships(text: str, queries: Path) -> list[tuple[str, ...]]:
    """Body, category, first, last and end of every membership that is derived."""
    store = store_of(text)
    derive(store, queries)
    return ask(
        store,
        "SELECT ?body ?role ?first ?last ?end { ?m a ccin:NetworkMembership ; org:member ?body ; org:role ?role ; "
        "ccin:firstSeen ?first ; ccin:lastSeen ?last ; ccin:endStatus ?end }",
    )


def spells(listed: Iterable[Listed], queries: Path, body: str = "a") -> list[tuple[str, str, str]]:
    """First, last and end of the memberships of one body."""
    found = memberships(lists(listed), queries)
    return [(first, last, end.rpartition("/")[2]) for who, _, first, last, end in found if who.endswith(f"/{body}")]


@pytest.mark.parametrize(
    ("listed", "wanted"),
    [
        ([("2018-01-01", "a", True)], [("2018-01-01", "2018-01-01", "open")]),
        ([("2018-01-01", "a", False)], [("2018-01-01", "2018-01-01", "unknown")]),
        ([("2018-01-01", "a", True), ("2019-01-01", "a", True)], [("2018-01-01", "2019-01-01", "open")]),
        ([("2018-01-01", "a", True), ("2019-01-01", "b", True)], [("2018-01-01", "2018-01-01", "closed")]),
        ([("2018-01-01", "b", True), ("2019-01-01", "a", True)], [("2019-01-01", "2019-01-01", "open")]),
        ([("2018-01-01", "a", True), ("2019-01-01", "b", False)], [("2018-01-01", "2018-01-01", "open")]),
        ([("2018-01-01", "a", True), ("2019-01-01", "a", False)], [("2018-01-01", "2019-01-01", "unknown")]),
        ([("2018-01-01", "a", False), ("2019-01-01", "b", True)], [("2018-01-01", "2018-01-01", "closed")]),
        ([("2018-01-01", "a", False), ("2019-01-01", "a", True)], [("2018-01-01", "2019-01-01", "open")]),
        (
            [("2018-01-01", "a", True), ("2019-01-01", "b", True), ("2020-01-01", "a", True)],
            [("2018-01-01", "2018-01-01", "closed"), ("2020-01-01", "2020-01-01", "open")],
        ),
        (
            [("2018-01-01", "a", True), ("2019-01-01", "b", False), ("2020-01-01", "a", True)],
            [("2018-01-01", "2020-01-01", "open")],
        ),
        (
            [("2018-01-01", "a", True), ("2019-01-01", "a", True), ("2020-01-01", "a", True)],
            [("2018-01-01", "2020-01-01", "open")],
        ),
        (
            [("2018-01-01", "a", True), ("2019-01-01", "", True), ("2020-01-01", "a", True), ("2021-01-01", "b", True)],
            [("2018-01-01", "2018-01-01", "closed"), ("2020-01-01", "2020-01-01", "closed")],
        ),
        (
            [
                ("2018-01-01", "a", True),
                ("2019-01-01", "b", True),
                ("2020-01-01", "b", True),
                ("2021-01-01", "a", True),
            ],
            [("2018-01-01", "2018-01-01", "closed"), ("2021-01-01", "2021-01-01", "open")],
        ),
        (
            [
                ("2018-01-01", "a", True),
                ("2018-06-01", "b", True),
                ("2019-01-01", "a", False),
                ("2020-01-01", "a", True),
            ],
            [("2018-01-01", "2018-01-01", "closed"), ("2019-01-01", "2020-01-01", "open")],
        ),
        ([("2013", "a", True), ("2018-01-01", "a", True)], [("2013", "2018-01-01", "open")]),
        ([("2018-01-01", "b", True)], []),
    ],
)
def test_a_membership_runs_from_list_to_list_and_a_complete_list_that_omits_the_body_splits_it(
    clean: Project, listed: list[Listed], wanted: list[tuple[str, str, str]]
) -> None:
    assert spells(listed, clean.tree.queries) == wanted
    assert spells(listed[::-1], clean.tree.queries) == wanted


def test_categories_are_told_apart(clean: Project) -> None:
    text = lists([("2018-01-01", "a", True)], "associate") + "\n" + lists([("2019-01-01", "a", True)], "member")
    assert memberships(text, clean.tree.queries) == [
        ("organisation/a", "category/associate", "2018-01-01", "2018-01-01", "end-status/open"),
        ("organisation/a", "category/member", "2019-01-01", "2019-01-01", "end-status/open"),
    ]


def test_networks_are_told_apart(clean: Project) -> None:
    text = lists([("2018-01-01", "a", True)], network="one") + "\n" + lists([("2019-01-01", "b", True)], network="two")
    found = memberships(text, clean.tree.queries)
    assert [row[4] for row in found] == ["end-status/open", "end-status/open"]


def test_a_membership_names_its_network_and_rests_on_every_entry(clean: Project) -> None:
    store = store_of(lists([("2018-01-01", "a", True), ("2019-01-01", "a b", True)]))
    derive(store, clean.tree.queries)
    found = "SELECT ?m ?net ?from { ?m a org:Membership ; org:organization ?net ; prov:wasDerivedFrom ?from }"
    assert ask(store, found) == [
        ("organisation/a#member.net.member.2018-01-01", "organisation/net", "listing/net-member-0#entry.a"),
        ("organisation/a#member.net.member.2018-01-01", "organisation/net", "listing/net-member-1#entry.a"),
        ("organisation/b#member.net.member.2019-01-01", "organisation/net", "listing/net-member-1#entry.b"),
    ]


def test_the_memberships_of_the_invented_project(dataset: Dataset) -> None:
    assert ask(
        dataset.store,
        "SELECT ?body ?end { ?m a ccin:NetworkMembership ; org:member ?body ; ccin:endStatus/skos:prefLabel ?end }",
    ) == [
        ("organisation/brightwater-trust", "Unknown"),
        ("organisation/fenwick-green", "Open"),
        ("organisation/northmere", "Open"),
        ("organisation/saltby", "Closed"),
        ("organisation/saltby-labour-group", "Open"),
        ("organisation/westhollow", "Open"),
    ]


# Partnerships


def part(project: str, **roles: str) -> str:
    """Participations in a project, in Turtle; bodies of one role are written with spaces between them."""
    return "\n".join(
        f"<{BASE}case-study/s#{body}.{role}.{project}> a ccin:Participation ; prov:agent <{BASE}organisation/{body}> ; "
        f"ccin:project <{BASE}project/{project}> ; prov:hadRole <{BASE}role/{role}> ."
        for role, bodies in roles.items()
        for body in bodies.split()
    )


ROLES = "\n".join(
    f"<{BASE}role/{role}> ccin:working {working} ."
    for working, roles in (
        ("true", "lead partner delivery commissioning client advice hosting supply evaluation convening"),
        ("false", "funding grantee consultation signatory membership"),
    )
    for role in roles.split()
)


def partnerships(text: str, queries: Path) -> dict[str, list[str]]:
    """Projects of every partnership that is derived, by the two partners."""
    store = store_of(f"{ROLES}\n{text}")
    derive(store, queries)
    found: dict[str, list[str]] = {}
    for which, project in ask(store, "SELECT ?p ?project { ?p a ccin:Partnership ; ccin:through ?project }"):
        found.setdefault(which.removeprefix("partnership/"), []).append(project.removeprefix("project/"))
    return found


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        (part("x", lead="a", delivery="b"), {"a--b": ["x"]}),
        (part("x", lead="b", delivery="a"), {"a--b": ["x"]}),
        (part("x", lead="a", partner="b", advice="c"), {"a--b": ["x"], "a--c": ["x"]}),
        (part("x", lead="a b"), {"a--b": ["x"]}),
        (part("x", lead="a b", delivery="c"), {"a--b": ["x"], "a--c": ["x"], "b--c": ["x"]}),
        (part("x", lead="a", funding="b"), {}),
        (part("x", lead="a", signatory="b", grantee="c", consultation="d", membership="e"), {}),
        (part("x", lead="a", funding="b", delivery="b"), {"a--b": ["x"]}),
        (part("x", partner="a b"), {}),
        (part("x", delivery="a", advice="b"), {}),
        (part("x", lead="a"), {}),
        (part("x", lead="a", delivery="a"), {}),
        (part("x", client="a", delivery="b"), {"a--b": ["x"]}),
        (part("x", client="a b", delivery="c"), {"a--b": ["x"], "a--c": ["x"], "b--c": ["x"]}),
        (part("x", client="a", funding="b"), {}),
        (part("x", lead="a", client="b", delivery="c"), {"a--b": ["x"], "a--c": ["x"]}),
        (part("x", lead="a", delivery="b") + part("y", lead="a", delivery="b"), {"a--b": ["x", "y"]}),
        (part("x", lead="a", delivery="b") + part("y", lead="b", delivery="a"), {"a--b": ["x", "y"]}),
        (part("x", lead="a") + part("y", delivery="b"), {}),
    ],
)
def test_partners_are_a_lead_or_a_client_without_one_and_those_in_working_roles(
    clean: Project, text: str, wanted: dict[str, list[str]]
) -> None:
    assert partnerships(text, clean.tree.queries) == wanted


def test_the_weight_of_a_partnership_is_the_number_of_its_projects(clean: Project) -> None:
    text = part("x", lead="a", delivery="b", advice="b") + part("y", lead="b", delivery="a c")
    store = store_of(f"{ROLES}\n{text}")
    derive(store, clean.tree.queries)
    counted = "SELECT ?p ?weight (COUNT(?q) AS ?n) { ?p ccin:weight ?weight ; ccin:partner ?q } GROUP BY ?p ?weight"
    assert ask(store, counted) == [
        ("partnership/a--b", "2", "2"),
        ("partnership/b--c", "1", "2"),
    ]


def test_a_partnership_rests_on_the_claims_behind_it(clean: Project) -> None:
    store = store_of(f"{ROLES}\n{part('x', lead='a', delivery='b', funding='c')}")
    derive(store, clean.tree.queries)
    assert ask(store, "SELECT ?claim { ?p a ccin:Partnership ; prov:wasDerivedFrom ?claim }") == [
        ("case-study/s#a.lead.x",),
        ("case-study/s#b.delivery.x",),
    ]


# Names, short cuts, measures


def test_everything_named_has_a_label(dataset: Dataset) -> None:
    store = dataset.store
    assert not store.ask(PREFIX + "ASK { ?s skos:prefLabel|dcterms:title ?n FILTER NOT EXISTS { ?s rdfs:label ?n } }")
    assert ask(store, f"SELECT ?l {{ <{BASE}publication/tide-2021> rdfs:label ?l }}") == [("Tide Papers 2021",)]
    assert ask(store, f"SELECT ?l {{ <{BASE}project/warm-rooms> rdfs:label ?l }}") == [("Warm Rooms",)]


@pytest.mark.parametrize(
    ("subject", "wanted"),
    [
        (
            "project/harbour-lights ccin:participant",
            "brightwater-trust copperfield-foundation kestrel-analytics northmere",
        ),
        ("organisation/brightwater-trust ccin:tookPartIn", "harbour-lights quayside-wardens warm-rooms"),
        ("organisation/northmere ccin:leads", "harbour-lights quayside-wardens"),
        ("organisation/saltby ccin:leads", ""),
        ("project/harbour-lights ccin:practises", "co-production solidarity"),
        ("project/quayside-wardens ccin:practises", "innovation"),
        ("case-study/tide-2021/warm-rooms schema:mentions", "river-board"),
        ("output/lantern-map prov:wasGeneratedBy", "harbour-lights"),
        ("event/tide-gathering-2021 schema:subEvent", "tide-gathering-2021-opening"),
        ("project/warm-rooms dcterms:subject", "poverty"),
        ("project/quayside-wardens dcterms:subject", "neighbourhoods participation"),
    ],
)
def test_short_cuts(dataset: Dataset, subject: str, wanted: str) -> None:
    name, _, term = subject.partition(" ")
    rows = ask(dataset.store, f"SELECT ?x {{ <{BASE}{name}> {term} ?x }}")
    assert sorted(row[0].rpartition("/")[2] for row in rows) == wanted.split()


def test_a_project_has_its_participations(dataset: Dataset) -> None:
    rows = ask(dataset.store, f"SELECT ?x {{ <{BASE}project/warm-rooms> prov:qualifiedAssociation ?x }}")
    claims = "case-study/tide-2021/warm-rooms#participation."
    assert rows == [(f"{claims}brightwater-trust.delivery",), (f"{claims}saltby.client",)]


def test_the_kind_of_measure_follows_from_the_unit_and_from_per(dataset: Dataset) -> None:
    assert ask(
        dataset.store, "SELECT ?measure ?kind { ?f a ccin:Figure ; ccin:measure ?measure ; ccin:measureKind ?kind }"
    ) == [
        ("grant of the foundation", "measure-kind/money"),
        ("quays", "measure-kind/count"),
        ("quays", "measure-kind/count"),
        ("residents asked", "measure-kind/people"),
        ("residents who answered", "measure-kind/share"),
        ("return on spending", "measure-kind/ratio"),
        ("visitors in the first month", "measure-kind/people"),
        ("wardens", "measure-kind/people"),
    ]


# The machinery


def test_nothing_is_derived_that_is_asserted(dataset: Dataset) -> None:
    derived = {quad.triple for quad in dataset.store.quads() if quad.graph_name == ox.NamedNode(DERIVED)}
    assert len(derived) == dataset.derived > 300
    assert not derived & {quad.triple for quad in dataset.corpus.quads}


def test_an_asserted_triple_keeps_a_rule_from_stating_it_again(clean: Project) -> None:
    text = "<http://e.org/a> skos:prefLabel 'A'@en ; rdfs:label 'A'@en . <http://e.org/b> skos:prefLabel 'B'@en ."
    store = store_of(text)
    assert derive(store, clean.tree.queries) == 1
    assert len(store) == 4


def test_deriving_again_adds_nothing(project: Project) -> None:
    store = project.dataset().store
    assert derive(store, project.tree.queries) == 0


def test_a_rule_sees_what_those_before_it_derived(tmp_path: Path) -> None:
    (tmp_path / "derive").mkdir()
    for order, name, rule in (
        (20, "a-second", "CONSTRUCT { ?s <http://e.org/r> ?o } WHERE { ?s <http://e.org/q> ?o }"),
        (10, "z-first", "CONSTRUCT { ?s <http://e.org/q> ?o } WHERE { ?s <http://e.org/p> ?o }"),
    ):
        (tmp_path / "derive" / f"{name}.rq").write_text(f"#+ summary: S\n#+ order: {order}\n{rule}", "utf-8")
    store = store_of("<http://e.org/a> <http://e.org/p> 1 .")
    assert derive(store, tmp_path) == 2


@pytest.mark.parametrize(
    "rule", ["SELECT * { ?s ?p ?o }", "ASK {}", "CONSTRUCT {", "CONSTRUCT WHERE { SERVICE <x:y> {} }"]
)
def test_a_rule_that_cannot_be_run_is_one_clear_error(tmp_path: Path, rule: str) -> None:
    (tmp_path / "derive").mkdir()
    (tmp_path / "derive" / "x.rq").write_text(f"#+ summary: S\n{rule}", "utf-8")
    with pytest.raises(QueryError, match=r"(?s)^queries/derive/x\.rq: .*Mend the rule\.$"):
        derive(store_of(""), tmp_path)
