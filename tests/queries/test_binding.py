"""Values into a query: what a user writes becomes one RDF term, or an error that names what is near."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from ccin_graph.build import Dataset
from ccin_graph.errors import BadParameter
from ccin_graph.packs import Parameter, Query
from ccin_graph.queries import bind
from ccin_graph.queries.binding import term_of
from ccin_graph.store import EmbeddedStore
from ccin_graph.vocabulary import BASE, SKOS, XSD


def parameter(kind: str, default: str = "") -> Parameter:
    return Parameter("body", "_body", kind, "the body", default)


def query(text: str, *parameters: Parameter) -> Query:
    return Query("pack/q", text, "S", "S?", (), parameters, {}, {})


NORTHMERE = ox.NamedNode(BASE + "organisation/northmere")


@pytest.mark.parametrize(
    "value",
    [
        "northmere",
        "organisation/northmere",
        BASE + "organisation/northmere",
        "Northmere City Council",
        "northmere city council",
        "Northmere",
        "City of Northmere: the council",
    ],
)
def test_a_thing_by_slug_id_iri_or_any_of_its_names(store: EmbeddedStore, value: str) -> None:
    assert term_of(parameter("organisation"), value, store) == NORTHMERE


@pytest.mark.parametrize(
    ("kind", "value", "iri"),
    [
        ("organisation", "Cyngor Saltby", "organisation/saltby"),
        ("project", "warm-rooms", "project/warm-rooms"),
        ("project", "Harbour Lights", "project/harbour-lights"),
        ("publication", "tide-2021", "publication/tide-2021"),
        ("publication", "Tide Papers 2021", "publication/tide-2021"),
        ("theme", "poverty", "theme/poverty"),
        ("theme", "theme/poverty", "theme/poverty"),
        ("principle", "Co-production", "principle/co-production"),
        ("role", "Advice", "role/advice"),
        ("claim", "case-study/tide-2021/warm-rooms", "case-study/tide-2021/warm-rooms"),
        ("claim", "listing/members-2019#entry.saltby", "listing/members-2019#entry.saltby"),
        ("claim", BASE + "listing/members-2019#entry.saltby", "listing/members-2019#entry.saltby"),
        ("claim", "partnership/brightwater-trust--northmere", "partnership/brightwater-trust--northmere"),
    ],
)  # fmt: skip
def test_things_of_every_kind(store: EmbeddedStore, kind: str, value: str, iri: str) -> None:
    assert term_of(parameter(kind), value, store) == ox.NamedNode(BASE + iri)


@pytest.mark.parametrize(
    ("kind", "value", "said"),
    [
        ("organisation", "northmer", "no organisation 'northmer'. Did you mean northmere"),
        ("organisation", "Northmere Cty Council", "no organisation 'Northmere Cty Council'. Did you mean northmere"),
        ("organisation", "zzzz", "no organisation 'zzzz'. Give its slug, IRI or name (the body)."),
        ("organisation", "warm-rooms", "no organisation 'warm-rooms'"),
        ("organisation", "project/warm-rooms", "no organisation 'project/warm-rooms'"),
        ("organisation", BASE + "project/warm-rooms", "no organisation"),
        ("organisation", "Warm Rooms", "no organisation 'Warm Rooms'"),
        ("organisation", "https://example.org/northmere", "no organisation"),
        ("organisation", "organisation/", "no organisation"),
        ("organisation", "../organisation/northmere", "no organisation"),
        ("theme", "povrty", "no theme 'povrty'. Did you mean poverty"),
        ("theme", "role/lead", "no theme 'role/lead'"),
        ("project", "northmere", "no project 'northmere'"),
        ("claim", "case-study/tide-2021/warm-rooms#mention.nobody", "no claim"),
        ("organisation", "", "'body' needs a value. Give the body (organisation)."),
        ("organisation", "  ", "'body' needs a value"),
        ("string", "", "'body' needs a value"),
        ("date", "", "'body' needs a value"),
    ],
)
def test_what_is_no_such_thing(store: EmbeddedStore, kind: str, value: str, said: str) -> None:
    with pytest.raises(BadParameter) as caught:
        term_of(parameter(kind), value, store)
    assert said in str(caught.value)


def test_a_claim_within_an_organisation_is_no_organisation(store: EmbeddedStore) -> None:
    with pytest.raises(BadParameter):
        term_of(parameter("organisation"), "organisation/quay-alliance#membership.northmere", store)


def test_a_name_of_two_things_names_both(dataset: Dataset) -> None:
    name = ox.Quad(ox.NamedNode(BASE + "organisation/saltby"), ox.NamedNode(SKOS + "altLabel"), ox.Literal("Northmere"))
    graph = ox.NamedNode("http://e.org/g")
    ambiguous = EmbeddedStore([*dataset.store.quads(), ox.Quad(name.subject, name.predicate, name.object, graph)])
    with pytest.raises(BadParameter) as caught:
        term_of(parameter("organisation"), "Northmere ".strip() + "", ambiguous)
    assert str(caught.value) == "several things are called 'Northmere'. Write one of northmere, saltby."
    assert term_of(parameter("organisation"), "northmere", ambiguous) == NORTHMERE


@pytest.mark.parametrize(
    ("value", "day"),
    [("2021-08-21", "2021-08-21"), ("20210821", "2021-08-21"), ("2020-02-29", "2020-02-29")],
)
def test_dates(store: EmbeddedStore, value: str, day: str) -> None:
    assert term_of(parameter("date"), value, store) == ox.Literal(day, datatype=ox.NamedNode(XSD + "date"))


@pytest.mark.parametrize(
    "value", ["2021", "2021-08", "21/08/2021", "2021-02-29", "2021-08-21T00:00:00", "yesterday", "2013~", " 2021-08-21",
              "2021-08-21'", "\"2021-08-21\"^^xsd:date", "10000-01-01"]
)  # fmt: skip
def test_what_is_no_date(store: EmbeddedStore, value: str) -> None:
    with pytest.raises(BadParameter, match=r"'body' takes a date, and .* is none\. Write it as 2021-08-21"):
        term_of(parameter("date"), value, store)


@pytest.mark.parametrize(
    ("value", "number"),
    [("5", "5"), ("-5", "-5"), ("0.5", "0.5"), ("93.60", "93.60"), ("+5", "5"), ("0", "0")],
)
def test_numbers(store: EmbeddedStore, value: str, number: str) -> None:
    assert term_of(parameter("number"), value, store) == ox.Literal(number, datatype=ox.NamedNode(XSD + "decimal"))


@pytest.mark.parametrize(
    "value", ["five", "1,000", "0x10", "NaN", "sNaN", "Infinity", "-inf", "1/2", "5 or 6", "5;", "--5"]
)
def test_what_is_no_number(store: EmbeddedStore, value: str) -> None:
    with pytest.raises(BadParameter, match=r"'body' takes a number, and .* is none\. Write it in digits"):
        term_of(parameter("number"), value, store)


def test_a_number_of_a_million_digits_is_none(store: EmbeddedStore) -> None:
    with pytest.raises(BadParameter):
        term_of(parameter("number"), "1e1000000", store)


@pytest.mark.parametrize(
    "value", ["a", " a ", "?x", '"', "\\", "a\nb", "<a>", "é😀", "' } #", "\t", "\x00"[:0] + "\x01"]
)
def test_strings_stay_what_they_are(store: EmbeddedStore, value: str) -> None:
    if value.strip():
        assert term_of(parameter("string"), value, store) == ox.Literal(value)


def test_a_string_that_is_no_unicode_is_one_clear_error(store: EmbeddedStore) -> None:
    with pytest.raises(BadParameter):
        term_of(parameter("string"), "caf\udce9", store)


def test_only_the_variable_of_the_parameter_is_replaced(store: EmbeddedStore) -> None:
    text = 'SELECT ?body { ?_body ?p "?_body" , <http://e.org/?_body> , ?_body2 } # ?_body'
    bound = bind(query(text, parameter("organisation")), {"body": "northmere"}, store)
    assert bound == f'SELECT ?body {{ {NORTHMERE} ?p "?_body" , <http://e.org/?_body> , ?_body2 }} # ?_body'


def test_a_variable_is_replaced_wherever_it_stands_also_in_sub_selects(store: EmbeddedStore) -> None:
    text = "SELECT ?x { { SELECT ?x { $_body ?p ?x } } FILTER EXISTS { ?_body ?q ?x } }"
    bound = bind(query(text, parameter("organisation")), {"body": "northmere"}, store)
    assert bound.count(str(NORTHMERE)) == 2
    assert "_body" not in bound
    assert store.select(bound).rows


def test_the_default_is_taken_where_no_value_is_given(store: EmbeddedStore) -> None:
    asked = query("ASK { ?_body ?p ?o }", parameter("organisation", "organisation/northmere"))
    assert bind(asked, {}, store) == f"ASK {{ {NORTHMERE} ?p ?o }}"
    assert "saltby" in bind(asked, {"body": "saltby"}, store)


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"bodi": "x"}, "pack/q has no parameter 'bodi'. Did you mean 'body'?"),
        ({"zzz": "x"}, "pack/q has no parameter 'zzz'. It takes body."),
        ({"": "x"}, "pack/q has no parameter ''"),
        ({"_body": "x"}, "pack/q has no parameter '_body'. Did you mean 'body'?"),
    ],
)
def test_a_parameter_that_the_query_does_not_have(store: EmbeddedStore, values: dict[str, str], said: str) -> None:
    with pytest.raises(BadParameter) as caught:
        bind(query("ASK { ?_body ?p ?o }", parameter("organisation")), values, store)
    assert said in str(caught.value)


def test_a_query_without_parameters_takes_none(store: EmbeddedStore) -> None:
    assert bind(query("ASK { ?s ?p ?o }"), {}, store) == "ASK { ?s ?p ?o }"
    with pytest.raises(BadParameter, match=r"It takes none\."):
        bind(query("ASK { ?s ?p ?o }"), {"s": "x"}, store)
