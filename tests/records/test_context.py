"""The context, read as the list of keys that each type of record takes."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox
import pytest

from ccin_graph.errors import TreeError
from ccin_graph.records.context import Context, Holds, read_context
from ccin_graph.records.forms import ALSO, FOLDERS, KINDS, LEAD, NESTED
from ccin_graph.vocabulary import BASE, CCIN, PREFIXES, XSD

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.tree import Tree

#: Terms of standard vocabularies that the context may map keys to, as these vocabularies declare them.
STANDARD = {
    "dcterms": {"abstract", "conformsTo", "date", "identifier", "isPartOf", "license", "publisher", "source", "spatial",
                "subject", "title"},
    "foaf": {"Person", "homepage"},
    "geo": {"lat", "long"},
    "oa": {"FragmentSelector", "bodyValue", "hasSelector", "hasSource", "hasTarget"},
    "org": {"ChangeEvent", "FormalOrganization", "Membership", "Organization", "OrganizationalCollaboration",
            "changedBy", "classification", "linkedTo", "member", "organization", "originalOrganization",
            "resultingOrganization", "role", "subOrganizationOf"},
    "prov": {"agent", "hadRole", "wasDerivedFrom"},
    "rdf": {"value"},
    "schema": {"Event", "Place", "about", "location", "maxValue", "minValue", "organizer", "superEvent", "value"},
    "skos": {"altLabel", "hiddenLabel", "notation", "prefLabel"},
    "xsd": {"boolean", "date", "decimal", "hexBinary", "integer", "string"},
    "edtf": {"EDTF"},
}  # fmt: skip


def declared_terms(tree: Tree) -> set[str]:
    """Every term of our own that the ontology declares."""
    triples = ox.parse(path=tree.ontology / "ccin.ttl", format=ox.RdfFormat.TURTLE)
    return {
        quad.subject.value
        for quad in triples
        if isinstance(quad.subject, ox.NamedNode) and quad.predicate.value.endswith("#type")
    }


def mapped_terms(definition: Any) -> set[str]:
    """Every term that a part of the context maps something to."""
    if isinstance(definition, str):
        return {definition}
    if not isinstance(definition, dict):
        return set()
    own = {definition[word] for word in ("@id", "@reverse", "@type") if word in definition}
    inner = definition.get("@context", {})
    return own.union(*(mapped_terms(value) for key, value in inner.items() if not key.startswith("@")))


def test_every_term_of_the_context_is_declared_somewhere(context: Context, checkout: Tree) -> None:
    root = context.document["@context"]
    entries = [value for key, value in root.items() if not key.startswith("@") and not str(value).startswith("http")]
    terms = {term for entry in entries for term in mapped_terms(entry) if not term.startswith("@")}
    own = {CCIN + term.partition(":")[2] for term in terms if term.startswith("ccin:")}
    assert own - declared_terms(checkout) == set()
    others = {term for term in terms if not term.startswith("ccin:")}
    known = {f"{prefix}:{name}" for prefix, names in STANDARD.items() for name in names}
    assert others - known == set()


def test_every_record_and_nested_node_has_its_part_of_the_context(context: Context) -> None:
    made_by_the_loader = {"Area", "Place", "Passage", "FragmentSelector"}
    assert set(context.types) == set(FOLDERS) | {form.type for form in NESTED.values()} | made_by_the_loader
    assert set(ALSO) <= set(context.types)
    assert LEAD.type in context.types


def test_every_nested_key_and_every_part_of_a_fragment_is_in_the_context(context: Context) -> None:
    for kind in FOLDERS:
        nested = {name for name, key in context.keys(kind).items() if key.holds is Holds.NESTED}
        assert nested <= set(NESTED), kind
    for name, form in NESTED.items():
        assert set(form.parts) <= set(context.keys(form.type)), name


def test_every_base_of_a_reference_is_a_kind_of_record_or_a_scheme(context: Context, checkout: Tree) -> None:
    schemes = {
        match.group(1)
        for path in (checkout.ontology / "concepts").glob("*.ttl")
        for match in re.finditer(rf"<{BASE}([a-z-]+)/>", path.read_text("utf-8"))
    }
    bases = {key.base for kind in context.types for key in context.keys(kind).values()} - {"", "place"}
    assert bases <= schemes | set(KINDS.values())


def test_id_and_type_come_first_and_accept_last(context: Context) -> None:
    for kind in FOLDERS:
        names = list(context.keys(kind))
        assert names[:2] == ["id", "type"]
        assert names[-1] == "accept"


@pytest.mark.parametrize(
    ("where", "term", "holds", "base", "datatype", "many"),
    [
        ("Council.name", "http://www.w3.org/2004/02/skos/core#prefLabel", Holds.TEXT, "", "", False),
        ("Council.names", "http://www.w3.org/2004/02/skos/core#altLabel", Holds.TEXT, "", "", True),
        ("Council.identifier", "http://purl.org/dc/terms/identifier", Holds.STRING, "", XSD + "string", True),
        ("Council.website", "http://xmlns.com/foaf/0.1/homepage", Holds.ADDRESS, "", "", False),
        ("Council.region", CCIN + "region", Holds.REFERENCE, "region", "", False),
        ("Council.at", "http://purl.org/dc/terms/source", Holds.FORM, "", "", True),
        ("Figure.at", "http://www.w3.org/ns/prov#wasDerivedFrom", Holds.FORM, "", "", True),
        ("Figure.value", "https://schema.org/value", Holds.DECIMAL, "", XSD + "decimal", False),
        ("Figure.period", CCIN + "period", Holds.DATE, "", PREFIXES["edtf"] + "EDTF", False),
        ("Figure.earliest", CCIN + "earliest", Holds.DAY, "", XSD + "date", False),
        ("Figure.key", "", Holds.FORM, "", "", False),
        ("Publication.lines", CCIN + "lineCount", Holds.INTEGER, "", XSD + "integer", False),
        ("Area.gss", "http://www.w3.org/2004/02/skos/core#notation", Holds.CODE, "", CCIN + "GSSCode", False),
        ("MembershipListing.complete", CCIN + "complete", Holds.BOOLEAN, "", XSD + "boolean", False),
        ("CaseStudy.figures", CCIN + "statedIn", Holds.NESTED, "", "", True),
        ("CaseStudy.lead", "", Holds.FORM, "", "", True),
        ("CaseStudy.within", CCIN + "within", Holds.REFERENCE, "case-study", "", False),
    ],
)
def test_what_a_key_maps_to_and_holds(
    context: Context, where: str, term: str, holds: Holds, base: str, datatype: str, many: bool
) -> None:
    kind, _, name = where.partition(".")
    key = context.keys(kind)[name]
    assert (key.term, key.holds, key.base, key.datatype, key.many) == (term, holds, base, datatype, many)


def test_types_are_expanded_by_name_or_prefix(context: Context) -> None:
    assert context.type_iri("Council") == CCIN + "Council"
    assert context.type_iri("org:Organization") == "http://www.w3.org/ns/org#Organization"


def test_text_is_english_unless_it_says_otherwise(context: Context) -> None:
    assert context.language == "en"
    assert Context({"@context": {"@language": "cy"}}).language == "cy"


@pytest.mark.parametrize("content", ["", "{", "{}", '{"context": {}}'])
def test_a_context_that_is_none_is_one_clear_error(tmp_path: Path, content: str) -> None:
    path = tmp_path / "context.jsonld"
    path.write_text(content, "utf-8")
    with pytest.raises(TreeError, match="is not a JSON-LD context"):
        read_context(path)


def test_a_context_that_is_no_object_is_one_clear_error(tmp_path: Path) -> None:
    path = tmp_path / "context.jsonld"
    path.write_text("[]", "utf-8")
    with pytest.raises(TreeError, match="is not a JSON-LD context"):
        read_context(path)


def test_a_missing_context_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(TreeError, match=r"cannot be read.*Restore the file"):
        read_context(tmp_path / "context.jsonld")


def test_no_remote_context_is_named(context: Context) -> None:
    assert isinstance(context.document["@context"], dict)
    assert '"@import"' not in json.dumps(context.document)
