"""What could be written instead."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.findings import Finding
from ccin_graph.store import EmbeddedStore
from ccin_graph.validate.reports.rulebook import Shape
from ccin_graph.validate.reports.suggesting import Suggestions
from ccin_graph.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from ccin_graph.records.context import Context

SH = "http://www.w3.org/ns/shacl#"
PROV = "http://www.w3.org/ns/prov#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SCHEMA = "https://schema.org/"
CLAIM = BASE + "case-study/x/y#participation.a.b"
FIGURE = BASE + "case-study/x/y#figure.a"
DATA = f"""
<{CLAIM}> a ccin:Participation, ccin:Claim ; prov:hadRole <{BASE}role/fundng>, <{BASE}role/lead> .
<{FIGURE}> a ccin:Figure ; schema:minValue 9 ; schema:maxValue 3 .
<{BASE}role/funding> a skos:Concept ; skos:inScheme <{BASE}scheme/role> .
<{BASE}role/lead> a skos:Concept .
<{BASE}theme/fundin> a skos:Concept .
<{BASE}organisation/trust> a org:Organization .
"""
ROLE = Shape(path=PROV + "hadRole", classes=("http://www.w3.org/2004/02/skos/core#Concept",), pattern=f"^{BASE}role/")


def suggest(context: Context, component: str, shape: Shape, subject: str = CLAIM, value: str = "") -> str:
    prefixes = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
    quads = ox.parse(prefixes + DATA, format=ox.RdfFormat.TURTLE)
    finding = Finding("rule", "m", subject=subject, value=value, component=f"{SH}{component}ConstraintComponent")
    return Suggestions(EmbeddedStore(quads), context, {"rule": shape}).of(finding)


@pytest.mark.parametrize("component", ["Class", "Pattern"])
def test_the_nearest_concept_of_the_scheme(context: Context, component: str) -> None:
    assert suggest(context, component, ROLE, value=f"{BASE}role/fundng") == "write 'funding'"


def test_a_concept_of_another_scheme_is_not_near(context: Context) -> None:
    assert suggest(context, "Class", ROLE, value=f"{BASE}role/zzzzz") == ""


def test_the_nearest_concept_of_a_scheme_by_name(context: Context) -> None:
    shape = Shape(path=PROV + "hadRole", classes=ROLE.classes, having=((SKOS + "inScheme", f"{BASE}scheme/role"),))
    assert suggest(context, "Node", shape, value=f"{BASE}role/fundng") == "write 'funding'"


def test_the_nearest_of_the_values_that_are_allowed(context: Context) -> None:
    shape = Shape(path=PROV + "hadRole", allowed=("http://e.org/red", "http://e.org/green"))
    assert suggest(context, "In", shape, value="http://e.org/gren") == "write 'http://e.org/green'"


def test_the_key_of_a_missing_property(context: Context) -> None:
    assert suggest(context, "MinCount", Shape(path=PROV + "wasDerivedFrom")) == "add 'at:'"
    assert suggest(context, "MinCount", Shape(path=PROV + "agent")) == "add 'agent:'"


def test_all_keys_that_a_missing_property_can_have(context: Context) -> None:
    shape = Shape(path="https://w3id.org/ccin/def#about")
    assert suggest(context, "MinCount", shape, FIGURE) == "add one of 'organisation:', 'place:', 'project:'"


def test_no_key_for_what_is_computed_or_unknown(context: Context) -> None:
    assert suggest(context, "MinCount", Shape(path="https://w3id.org/ccin/def#earliest")) == ""
    assert suggest(context, "MinCount", Shape(path="http://e.org/p")) == ""
    assert suggest(context, "MinCount", Shape(path=PROV + "agent"), subject="http://e.org/nobody") == ""


def test_two_ends_to_swap(context: Context) -> None:
    shape = Shape(path=SCHEMA + "minValue", below=(SCHEMA + "maxValue",))
    assert suggest(context, "LessThan", shape, FIGURE, "9") == "swap 'min:' and 'max:'"


def test_one_of_several_to_keep(context: Context) -> None:
    assert suggest(context, "MaxCount", ROLE) == "keep one of 'role/fundng', 'role/lead'"
    assert suggest(context, "MaxCount", Shape(path=SCHEMA + "minValue"), FIGURE) == ""


@pytest.mark.parametrize("component", ["Datatype", "MinLength", "UniqueLang", ""])
def test_nothing_where_nothing_can_be_computed(context: Context, component: str) -> None:
    assert suggest(context, component, ROLE, value="x") == ""


def test_a_pattern_that_python_does_not_know_is_no_hindrance(context: Context) -> None:
    shape = Shape(path=PROV + "hadRole", classes=ROLE.classes, pattern=r"^\i\c*[")
    assert suggest(context, "Class", shape, value=f"{BASE}role/fundng") == "write 'funding'"
