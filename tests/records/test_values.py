"""What a single value may be, and what no text may contain."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ccin_graph.records.values import fault_of, private_detail_in

if TYPE_CHECKING:
    from ccin_graph.records.context import Context


def fault(context: Context, where: str, value: str) -> str | None:
    kind, _, name = where.partition(".")
    return fault_of(context.keys(kind)[name], value)


@pytest.mark.parametrize(
    ("where", "value"),
    [
        ("Figure.value", "96000"),
        ("Figure.value", "93.6"),
        ("Figure.value", "-2.5"),
        ("Figure.value", "0"),
        ("Figure.value", "0.10"),
        ("Publication.lines", "35"),
        ("MembershipListing.complete", "true"),
        ("MembershipListing.complete", "false"),
        ("Project.period", "2020/2021"),
        ("Project.period", "2013~"),
        ("Event.date", "2021-06-12"),
        ("Publication.sha256", "0123456789abcdef" * 4),
        ("Area.gss", "E99000001"),
        ("Council.website", "https://example.org/a?b=c&d#e"),
        ("Council.website", "http://example.org"),
        ("Participation.agent", "northmere"),
        ("Participation.agent", "40c"),
        ("CaseStudy.within", "tide-2021/harbour-lights"),
        ("Figure.unit", "GBP"),
        ("Figure.unit", "square-metre"),
        ("Figure.place", "Old Quay"),
        ("Council.places", "St. Œdric’s"),
        ("Council.name", "no"),
        ("Participation.printed", "E’s & Y"),
    ],
)
def test_values_that_a_key_takes(context: Context, where: str, value: str) -> None:
    assert fault(context, where, value) is None


@pytest.mark.parametrize(
    ("where", "value", "said"),
    [
        ("Figure.value", "96,000", "'96,000' is not a number; write it in full, in digits without commas or signs"),
        ("Figure.value", "£5", "not a number"),
        ("Figure.value", "1e3", "not a number"),
        ("Figure.value", "1.", "not a number"),
        ("Figure.value", ".5", "not a number"),
        ("Figure.value", "007", "not a number"),
        ("Figure.value", "1/2", "not a number"),
        ("Figure.value", "NaN", "not a number"),
        ("Figure.value", "٣", "not a number"),
        ("Figure.value", "+5", "not a number"),
        ("Figure.value", "5 ", "not a number"),
        ("Figure.value", "1" * 19, "not a number"),
        ("Publication.lines", "35.0", "'35.0' is not a whole number"),
        ("Publication.lines", "-1", "not a whole number"),
        ("MembershipListing.complete", "no", "'no' is not true or false; write true or false"),
        ("MembershipListing.complete", "True", "not true or false"),
        ("MembershipListing.complete", "1", "not true or false"),
        ("Project.period", "last year", "'last year' is not a date; write 2020, 2020-03"),
        ("Project.period", "2020-02-30", "'2020-02-30' is not a day of the calendar"),
        ("Project.period", "2021/2020", "ends before it begins"),
        ("Project.period", "22:22", "'22:22' is not a date"),
        ("Project.earliest", "2020-01-01", "'earliest' is computed from the date; leave the key out"),
        ("Publication.sha256", "0123456789ABCDEF" * 4, "is not the SHA-256 of the text"),
        ("Publication.sha256", "abc", "is not the SHA-256 of the text"),
        ("Area.gss", "E9900001", "is not a GSS code such as E09000002"),
        ("Area.gss", "e99000001", "is not a GSS code"),
        ("Council.website", "example.org", "'example.org' is not a web address; begin with https://"),
        ("Council.website", "https://exa mple.org", "is not a web address"),
        ("Council.website", "javascript:alert(1)", "is not a web address"),
        ("Council.website", "https://example.org/<script>", "is not a web address"),
        ("Council.website", 'https://example.org/"', "is not a web address"),
        ("Participation.agent", "North Mere", "is not an id; write it in small letters, digits and hyphens"),
        ("Participation.agent", "north--mere", "is not an id"),
        ("Participation.agent", "-northmere", "is not an id"),
        ("Participation.agent", "organisation/northmere", "is not an id"),
        ("Participation.agent", "../northmere", "is not an id"),
        ("Participation.agent", "northmere#x", "is not an id"),
        ("Participation.role", "Lead", "is not an id"),
        ("CaseStudy.within", "harbour-lights", "is not an id"),
        ("CaseStudy.within", "a/b/c", "is not an id"),
        ("Figure.unit", "gbp!", "is not an id"),
        ("Figure.unit", "GBPS", "is not an id"),
        ("Project.summary", "one\ntwo", "has a line break; write one paragraph"),
        ("Participation.printed", "one\ntwo", "has a line break"),
        ("Figure.place", "ask jo@example.org", "contains an e-mail address; no contact details enter the graph"),
        ("Project.summary", "", "is empty; give a value or leave the key out"),
        ("Project.summary", " \t ", "is empty"),
        ("Figure.value", "", "is empty"),
        ("Participation.agent", " ", "is empty"),
    ],
)
def test_values_that_a_key_does_not_take(context: Context, where: str, value: str, said: str) -> None:
    assert said in (fault(context, where, value) or "")


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("an e-mail address", "write to someone@example.org"),
        ("an e-mail address", "First.Last+tag@mail.example.co.uk"),
        ("an e-mail address", "(a_b@example.org)"),
        ("a telephone number", "ring 01632 960123"),
        ("a telephone number", "0161 496 0123"),
        ("a telephone number", "(0161) 496 0123"),
        ("a telephone number", "0161-496-0123"),
        ("a telephone number", "07700 900123"),
        ("a telephone number", "07700900123"),
        ("a telephone number", "020 7946 0958"),
        ("a telephone number", "0800 111 222"),
        ("a telephone number", "+44 161 496 0123"),
        ("a telephone number", "+44 (0)161 496 0123"),
        ("a telephone number", "0161.496.0123"),
        ("a telephone number", "Tel.0161 496 0123"),
        ("a telephone number", "ring 0161 496 0123."),
        ("a telephone number", "0161 496 0123, or write"),
        ("a telephone number", "(0) 161 496 0123"),
        ("a telephone number", "0044 161 496 0123"),
        ("a telephone number", "+33 1 99 00 12 34"),
        ("a telephone number", "+1 (202) 555-0123"),
        ("a telephone number", "0033 1 99 00 12 34"),
        ("a postcode", "SW1A1AA"),
        ("a postcode", "m1 1aa"),
        ("a postcode", "1 High Street, ZZ1A 1AA"),
        ("a postcode", "M1 1AA"),
        ("a postcode", "GU21 6XR"),
    ],
)
def test_private_details_are_recognised(kind: str, text: str) -> None:
    assert private_detail_in(text) == kind


@pytest.mark.parametrize(
    "text",
    ["01/02", "01/02/2020", "03-04-2021", "0.5", "0.123456789", "2020 2021", "in 2020 21 councils", "2020-2021",
     "E09000002", "S12000033", "£0123456789", "96,000 and 0,123,456,789", "£1.2 million", "0777", "1 000 000 000",
     "10 100 1000 10000", "ISO 9001 2015", "24/7", "@handle", "12 @ £3", "a at b", "RC000000", "Year 11 2020",
     "W1 2 and W3 4", "D2N2", "Zone 1 2AM", "100 per cent", "phase 01 of 02, 03 and 04", "covid-19 2020/21",
     "01.02.2020", "+20 000 000", "+1200000", "00445790", "M3 1st prize"],
)  # fmt: skip
def test_figures_codes_and_dates_are_no_private_details(text: str) -> None:
    assert private_detail_in(text) is None


@pytest.mark.parametrize(
    "where",
    ["Project.name", "Project.names", "Project.summary", "CaseStudy.title", "Figure.measure", "SourceNote.note",
     "PolicyAsk.ask", "Post.post", "Participation.printed", "Council.identifier", "CaseStudy.pages", "Event.places"],
)  # fmt: skip
def test_private_details_are_refused_in_every_kind_of_text(context: Context, where: str) -> None:
    assert "contact details" in (fault(context, where, "someone@example.org") or "")


@pytest.mark.parametrize(
    "address", ["https://[", "https://example.org:port/", "https://example.org/%zz", "https://example.org/#a#b"]
)
def test_an_address_that_is_no_iri_is_a_fault(context: Context, address: str) -> None:
    assert "is not a web address" in (fault(context, "Council.website", address) or "")


@given(st.from_regex(r"https?://[a-z0-9.-]{1,20}(/[A-Za-z0-9._~!$&'()*+,;=:@/?-]{0,20})?", fullmatch=True))
def test_an_ordinary_address_that_passes_is_an_iri(context: Context, address: str) -> None:
    if fault(context, "Council.website", address) is None:
        assert ox.NamedNode(address).value == address


@pytest.mark.parametrize("character", ["\x00", "\x07", "\x1b"])
def test_a_control_character_is_a_fault(context: Context, character: str) -> None:
    assert fault(context, "Project.name", f"a{character}b") is not None


@given(st.text(max_size=40))
def test_no_value_brings_the_rules_down(context: Context, text: str) -> None:
    for key in context.keys("Figure").values():
        assert fault_of(key, text) is None or isinstance(fault_of(key, text), str)
