"""Expanding one record: keys checked, the table of forms applied, and every place remembered."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from ccin_graph.findings import Severity
from ccin_graph.vocabulary import BASE, CCIN, ENTITIES, RFC5147, STATISTICAL_GEOGRAPHY, publication_graph

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.records.expanded import Expanded

    Expand = Callable[..., Expanded]

CASE = "id: case-study/t/x\ntype: CaseStudy\ntitle: X\npublication: t\nat: 1-9\n"
PROJECT = "id: project/x\ntype: Project\n"
COUNCIL = "id: organisation/x\ntype: Council\n"


def case(expanded: Expand, text: str) -> Expanded:
    """Expand a case study of the publication ``t``; `text` begins on line 6."""
    return expanded(CASE + text, "case-study", "t/x")


def council(expanded: Expand, text: str) -> Expanded:
    """Expand a council; `text` begins on line 3."""
    return expanded(COUNCIL + text, "organisation", "x")


def project(expanded: Expand, text: str) -> Expanded:
    """Expand a project; `text` begins on line 3."""
    return expanded(PROJECT + text, "project", "x")


def found(result: Expanded) -> list[tuple[str, int]]:
    """Rule and line of every finding."""
    return [(finding.rule, finding.location.line) for finding in result.findings]


def claims(result: Expanded, name: str = "participants") -> list[dict[str, Any]]:
    """Nodes nested under a key of the record."""
    nodes: list[dict[str, Any]] = result.document[0][name]
    return nodes


def fragments(result: Expanded, name: str = "participants") -> list[str]:
    """Fragments of the ids of the nodes nested under a key."""
    return [node["id"].partition("#")[2] for node in claims(result, name)]


# Keys


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("sumary: y\n", 3, "no key 'sumary' in a Project; did you mean 'summary'?"),
        ("Name: y\n", 3, "no key 'Name' in a Project; did you mean 'name'?"),
        ("name: y\nlead: [a]\n", 4, "no key 'lead' in a Project; a Project takes id"),
        ("zzz: y\n", 3, "no key 'zzz' in a Project; a Project takes id, type, name"),
        ("area: {gss: E99000001}\n", 3, "no key 'area' in a Project"),
    ],
)
def test_an_unknown_key_of_a_record(expanded: Expand, text: str, line: int, said: str) -> None:
    (finding,) = project(expanded, text).findings
    assert (finding.rule, finding.location.line) == ("unknown-key", line)
    assert finding.message.startswith(said)


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        (
            "participants:\n- {agent: a, role: partner, printd: A, at: 2}\n",
            "in a Participation; did you mean 'printed'?",
        ),
        ("figures:\n- {measure: a, value: 1, unti: person, at: 2}\n", "in a Figure; did you mean 'unit'?"),
        ("values:\n- {value: a, bases: stated, at: 2}\n", "in a PrincipleClaim; did you mean 'basis'?"),
        ("lead:\n- {agent: a, org: b}\n", "no key 'org' in a Participation"),
    ],
)
def test_an_unknown_key_of_a_claim(expanded: Expand, claim: str, said: str) -> None:
    (finding,) = case(expanded, claim).findings
    assert (finding.rule, finding.location.line) == ("unknown-key", 7)
    assert said in finding.message


def test_an_unknown_key_of_an_area(expanded: Expand) -> None:
    (finding,) = council(expanded, "area:\n  gss: E99000001\n  lattitude: 5\n").findings
    assert (finding.rule, finding.location.line) == ("unknown-key", 5)
    assert "no key 'lattitude' in a Area; did you mean 'latitude'?" in finding.message


@pytest.mark.parametrize(
    ("text", "rule", "line", "said"),
    [
        ("type: Project\n", "missing-key", 1, "no 'id'; begin the file with 'id: project/x'"),
        ("id: [project/x]\ntype: Project\n", "missing-key", 1, "no 'id'"),
        ("type: Project\nid: project/y\n", "id-and-file-disagree", 2, "id 'project/y' but the file says 'project/x'"),
        ("id: x\ntype: Project\n", "id-and-file-disagree", 1, "id 'x' but the file says 'project/x'; rename one"),
        ("id: project/x\n", "unknown-type", 1, "no 'type'; write one of Publication, Organisation"),
        ("id: project/x\ntype: Projcet\n", "unknown-type", 2, "type 'Projcet' is unknown"),
        ("id: project/x\ntype: Figure\n", "unknown-type", 2, "type 'Figure' is unknown"),
    ],
)
def test_the_id_and_type_of_a_record(expanded: Expand, text: str, rule: str, line: int, said: str) -> None:
    (finding,) = expanded(text, "project", "x").findings
    assert (finding.rule, finding.location.line) == (rule, line)
    assert finding.message.startswith(said)


def test_the_nearest_type_is_named(expanded: Expand) -> None:
    (finding,) = expanded("id: project/x\ntype: Projcet\n", "project", "x").findings
    assert finding.message.endswith("(nearest: Project)")


# Values


@pytest.mark.parametrize(
    ("text", "rule", "line"),
    [
        ("kind: A Project\n", "bad-value", 3),
        ("period: no\n", "bad-value", 3),
        ("period: 22:22\n", "bad-value", 3),
        ("name: [a, b]\n", "bad-value", 3),
        ("kind: {a: b}\n", "bad-value", 3),
        ("part_of:\n- a\n- {b: c}\n", "bad-value", 5),
        ("part_of: [[a]]\n", "bad-value", 3),
        ("name:\n", "bad-value", 3),
        ("names: [a, '']\n", "bad-value", 3),
        ("earliest: 2020-01-01\n", "bad-value", 3),
        ("summary: write to jo@example.org\n", "private-detail", 3),
        ("names:\n- a\n- ring 01632 960123\n", "private-detail", 5),
        ("places: [Old Quay M1 1AA]\n", "private-detail", 3),
    ],
)
def test_a_value_that_its_key_does_not_take(expanded: Expand, text: str, rule: str, line: int) -> None:
    assert found(project(expanded, text)) == [(rule, line)]


def test_the_message_about_a_value_names_its_key(expanded: Expand) -> None:
    (finding,) = case(expanded, "figures:\n- {measure: a, value: '96,000', unit: person, at: 2}\n").findings
    assert finding.message.startswith("value: '96,000' is not a number")


def test_a_list_where_one_value_is_taken(expanded: Expand) -> None:
    (finding,) = project(expanded, "kind: [a, b]\n").findings
    assert finding.message == "'kind' takes one value, not a list"


def test_one_value_where_a_list_is_taken_is_a_list_of_one(expanded: Expand) -> None:
    result = project(expanded, "names: no\npart_of: a\n")
    assert not result.findings
    assert result.document[0]["names"] == ["no"]
    assert result.document[0]["part_of"] == ["a"]


def test_text_loses_what_stands_around_it(expanded: Expand) -> None:
    assert project(expanded, 'name: "  a b "\n').document[0]["name"] == "a b"


@pytest.mark.parametrize("language", ["cy", "gd", "gle"])
def test_text_may_name_its_language(expanded: Expand, language: str) -> None:
    result = council(expanded, f"names: [{{{language}: Cyngor}}, Council]\n")
    assert not result.findings
    assert result.document[0]["names"] == [{"@value": "Cyngor", "@language": language}, "Council"]


@pytest.mark.parametrize(
    "value", ["{en-GB: x}", "{c: x}", "{welsh: x}", "{cy: [x]}", "{cy: x, en: y}", "{cy: {en: x}}", "{c1: x}"]
)
def test_a_mapping_that_is_no_language_and_text(expanded: Expand, value: str) -> None:
    assert found(council(expanded, f"name: {value}\n")) == [("bad-value", 3)]


@pytest.mark.parametrize(("value", "rule"), [("{cy: ''}", "bad-value"), ("{cy: jo@example.org}", "private-detail")])
def test_text_in_a_language_is_checked_like_any_text(expanded: Expand, value: str, rule: str) -> None:
    assert found(council(expanded, f"name: {value}\n")) == [(rule, 3)]


def test_a_language_is_written_in_plain_letters(expanded: Expand) -> None:
    assert found(council(expanded, "name: {éé: x}\n")) == [("bad-value", 3)]


def test_a_language_map_is_only_for_text(expanded: Expand) -> None:
    assert found(council(expanded, "region: {cy: wales}\n")) == [("bad-value", 3)]


# Dates


def test_a_day_is_a_date_and_less_than_a_day_is_edtf(expanded: Expand) -> None:
    event = "id: event/x\ntype: Event\n"
    day = expanded(event + "date: 2021-06-12\n", "event", "x").document[0]
    assert day["date"] == {"@value": "2021-06-12", "@type": "xsd:date"}
    assert (day["earliest"], day["latest"]) == ("2021-06-12", "2021-06-12")
    month = expanded(event + "date: 2021-06\n", "event", "x").document[0]
    assert month["date"] == "2021-06"
    assert (month["earliest"], month["latest"]) == ("2021-06-01", "2021-06-30")


def test_an_open_end_has_no_latest_day(expanded: Expand) -> None:
    node = project(expanded, "period: 2016/..\n").document[0]
    assert node["earliest"] == "2016-01-01"
    assert "latest" not in node


def test_a_season_that_looks_like_a_financial_year_is_a_warning(expanded: Expand) -> None:
    (finding,) = project(expanded, "name: y\nperiod: 2021-22\n").findings
    assert (finding.rule, finding.location.line) == ("season-or-financial-year", 4)
    assert finding.severity is Severity.WARNING
    assert finding.message == "'2021-22' is a season in EDTF; write 2021/2022 for a financial year"


# Places and areas


def test_a_place_becomes_a_node_of_its_own(expanded: Expand) -> None:
    result = project(expanded, "places: [Old Quay, Śródmieście]\n")
    assert result.document[0]["places"] == ["old-quay", "srodmiescie"]
    assert result.document[1:] == [
        {"id": "place/old-quay", "type": ["Place"], "name": "Old Quay"},
        {"id": "place/srodmiescie", "type": ["Place"], "name": "Śródmieście"},
    ]
    assert result.graphs[BASE + "place/old-quay"] == ENTITIES
    assert result.origins[BASE + "place/old-quay"].location.line == 3
    assert not result.references


def test_a_place_has_a_name_that_an_id_can_be_made_of(expanded: Expand) -> None:
    assert found(project(expanded, "places: [—]\n")) == [("bad-value", 3)]


def test_an_area_is_a_node_named_by_its_code(expanded: Expand) -> None:
    result = council(expanded, "area: {gss: E99000001, name: X, latitude: 53.75, longitude: -2.7, source: r}\n")
    assert not result.findings
    area = result.document[0]["area"]
    assert area["id"] == STATISTICAL_GEOGRAPHY + "E99000001"
    assert area["type"] == ["Area"]
    assert (area["latitude"], area["longitude"], area["source"]) == ("53.75", "-2.7", "r")
    assert result.graphs[area["id"]] == ENTITIES
    assert [(r.kind, r.name) for r in result.references] == [("publication", "r")]


@pytest.mark.parametrize("area", ["E99000001", "[E99000001]", "{name: X}", "{gss: [E99000001]}", "{gss: {a: b}}"])
def test_what_is_no_area(expanded: Expand, area: str) -> None:
    (finding,) = council(expanded, f"area: {area}\n").findings
    assert (finding.rule, finding.location.line) == ("bad-value", 3)
    assert finding.message == "an area is a mapping with 'gss', 'name', 'latitude' and 'longitude'"


def test_a_code_that_is_none_is_refused(expanded: Expand) -> None:
    assert found(council(expanded, "area: {gss: E9, name: X}\n")) == [("bad-value", 3)]


# Leads


@pytest.mark.parametrize("written", ["lead: a\n", "lead: [a]\n", "lead:\n- a\n", "lead:\n- {agent: a}\n"])
def test_a_lead_is_a_participation_that_cites_the_section(expanded: Expand, written: str) -> None:
    result = case(expanded, f"about: [p]\n{written}")
    assert not result.findings
    assert claims(result) == [
        {
            "id": "case-study/t/x#participation.a.lead",
            "type": ["Participation", "ccin:Claim"],
            "agent": "a",
            "role": "lead",
            "project": "p",
            "at": [f"{BASE}publication/t/text#line=0,9"],
        }
    ]


def test_a_lead_leads_every_project_of_the_section(expanded: Expand) -> None:
    result = case(expanded, "about: [p, q]\nlead: [a]\n")
    assert fragments(result) == ["participation.a.lead", "participation.a.lead.q"]
    assert [claim["project"] for claim in claims(result)] == ["p", "q"]


def test_a_lead_may_name_its_project_lines_and_printed_form(expanded: Expand) -> None:
    result = case(expanded, "about: [p, q]\nlead:\n- {agent: a, project: q, printed: A, at: 3}\n")
    assert not result.findings
    assert claims(result) == [
        {
            "id": "case-study/t/x#participation.a.lead.q",
            "type": ["Participation", "ccin:Claim"],
            "agent": "a",
            "role": "lead",
            "project": "q",
            "printed": "A",
            "at": [f"{BASE}publication/t/text#line=2,3"],
        }
    ]


def test_leads_come_before_participants(expanded: Expand) -> None:
    text = "about: [p]\nlead: [a, b]\nparticipants:\n- {agent: c, role: partner, at: 2}\n"
    assert fragments(case(expanded, text)) == [
        "participation.a.lead", "participation.b.lead", "participation.c.partner",
    ]  # fmt: skip


def test_no_lead_is_a_lead_of_nothing(expanded: Expand) -> None:
    assert "participants" not in case(expanded, "about: [p]\nlead: []\n").document[0]


def test_a_section_about_no_project_has_leads_of_none(expanded: Expand) -> None:
    (claim,) = claims(case(expanded, "about: []\nlead: [a]\n"))
    assert "project" not in claim


@pytest.mark.parametrize(
    ("lead", "rule", "line"),
    [
        ("lead: [[a]]\n", "bad-value", 6),
        ("lead:\n- {printed: A}\n", "missing-key", 7),
        ("lead: [A B]\n", "bad-value", 6),
        ("lead:\n- {agent: ''}\n", "bad-value", 7),
    ],
)
def test_what_is_no_lead(expanded: Expand, lead: str, rule: str, line: int) -> None:
    assert found(case(expanded, lead)) == [(rule, line)]


def test_a_lead_that_is_also_written_as_participant_clashes(expanded: Expand) -> None:
    text = "about: [p]\nlead: [a]\nparticipants:\n- {agent: a, role: lead, at: 2}\n"
    (finding,) = case(expanded, text).findings
    assert finding.rule == "clash"
    assert "(participation.a.lead)" in finding.message


def test_a_lead_is_not_empty(expanded: Expand) -> None:
    assert found(case(expanded, "lead: ['']\n")) == [("bad-value", 6)]


def test_a_lead_has_no_other_role(expanded: Expand) -> None:
    assert found(case(expanded, "about: [p]\nlead:\n- {agent: a, role: funding}\n"))


# Claims


def test_a_claim_is_about_the_main_project(expanded: Expand) -> None:
    text = (
        "about: [p, q]\n"
        "participants:\n- {agent: a, role: partner, at: 2}\n"
        "principles:\n- {principle: c, basis: stated, at: 2}\n"
        "values:\n- {value: v, basis: stated, at: 2}\n"
        "figures:\n- {measure: m, value: 1, unit: person, at: 2}\n"
        "outputs:\n- {output: o, at: 2}\n"
    )
    result = case(expanded, text)
    assert not result.findings
    for name in ("participants", "principles", "values", "figures", "outputs"):
        assert [claim["project"] for claim in claims(result, name)] == ["p"], name


def test_claims_that_are_about_no_project(expanded: Expand) -> None:
    text = (
        "about: [p]\n"
        "mentions:\n- {agent: a, at: 2}\n"
        "asks:\n- {ask: do, at: 2}\n"
        "notes:\n- {kind: k, note: n, at: 2}\n"
        "figures:\n"
        "- {measure: m, value: 1, unit: person, organisation: o, at: 2}\n"
        "- {measure: n, value: 1, unit: person, place: Here, at: 2}\n"
    )
    result = case(expanded, text)
    assert not result.findings
    for name in ("mentions", "asks", "notes", "figures"):
        assert not any("project" in claim for claim in claims(result, name)), name


def test_a_claim_may_name_another_project(expanded: Expand) -> None:
    text = "about: [p, q]\nparticipants:\n- {agent: a, role: partner, project: q, at: 2}\n"
    (claim,) = claims(case(expanded, text))
    assert claim["project"] == "q"
    assert claim["id"].endswith("#participation.a.partner.q")


def test_naming_the_main_project_changes_nothing(expanded: Expand) -> None:
    text = "about: [p, q]\nparticipants:\n- {agent: a, role: partner, at: 2}\n"
    named = text.replace("partner,", "partner, project: p,")
    assert case(expanded, text).document == case(expanded, named).document


@pytest.mark.parametrize(
    ("claim", "fragment"),
    [
        ("participants:\n- {agent: a, role: partner, at: 2}", "participation.a.partner"),
        ("principles:\n- {principle: co-production, basis: stated, at: 2}", "principle.co-production"),
        ("values:\n- {value: solidarity, basis: stated, at: 2}", "value.solidarity"),
        ("figures:\n- {measure: Café & meals served, value: 1, unit: meal, at: 2}", "figure.cafe-and-meals-served"),
        ("outputs:\n- {output: o, at: 2}", "output.o"),
        ("mentions:\n- {agent: a, at: 2}", "mention.a"),
        ("asks:\n- {ask: Pay for 3 years, at: 2}", "ask.pay-for-3-years"),
        ("notes:\n- {kind: misprint, note: n, at: [7-8, 3]}", "note.misprint.7"),
        ("figures:\n- {measure: m, value: 1, unit: meal, key: In the box, at: 2}", "figure.m.in-the-box"),
        ("figures:\n- {measure: m, value: 1, unit: meal, project: q, key: k, at: 2}", "figure.m.q.k"),
    ],
)
def test_the_id_of_a_claim_is_what_it_says(expanded: Expand, claim: str, fragment: str) -> None:
    assert fragments(case(expanded, f"about: [p]\n{claim}\n"), claim.partition(":")[0]) == [fragment]


def test_the_order_of_claims_changes_nothing(expanded: Expand) -> None:
    one, other = "- {agent: a, role: partner, at: 2}\n", "- {agent: b, role: partner, at: 3}\n"
    straight = case(expanded, f"participants:\n{one}{other}")
    turned = case(expanded, f"participants:\n{other}{one}")
    assert claims(straight) == claims(turned)[::-1]


def test_two_claims_that_say_the_same_clash(expanded: Expand) -> None:
    one, other = "- {measure: m, value: 1, unit: meal, at: 2}", "- {measure: M, value: 2, unit: meal, at: 3}"
    text = f"about: [p]\nfigures:\n{one}\n{other}\n"
    (finding,) = case(expanded, text).findings
    assert (finding.rule, finding.location.line) == ("clash", 9)
    assert finding.message == "says the same as line 8 (figure.m); take one out, or give this one a 'key:'"


def test_a_key_ends_a_clash_and_is_no_property(expanded: Expand) -> None:
    text = (
        "figures:\n- {measure: m, value: 1, unit: meal, at: 2}\n- {measure: m, value: 2, unit: meal, key: b, at: 3}\n"
    )
    result = case(expanded, text)
    assert not result.findings
    assert fragments(result, "figures") == ["figure.m", "figure.m.b"]
    assert not any("key" in claim for claim in claims(result, "figures"))


@pytest.mark.parametrize(
    ("claim", "said"),
    [
        ("participants:\n- {agent: a, at: 2}", "'participants' needs 'role'"),
        ("participants:\n- {role: a, at: 2}", "'participants' needs 'agent'"),
        ("participants:\n- {at: 2}", "'participants' needs 'agent' and 'role'"),
        ("participants:\n- {agnet: a, role: lead, at: 2}", "'participants' needs 'agent'; 'agnet' is not a key of it"),
        ("principles:\n- {basis: stated, at: 2}", "'principles' needs 'principle'"),
        ("notes:\n- {kind: k, note: n}", "'notes' needs 'at'"),
    ],
)
def test_a_claim_without_what_its_id_is_made_of(expanded: Expand, claim: str, said: str) -> None:
    (finding,) = case(expanded, f"{claim}\n").findings
    assert (finding.rule, finding.location.line) == ("missing-key", 7)
    assert finding.message == said


@pytest.mark.parametrize("written", ["participants: [a]", "participants: a", "participants:\n  - [a, b]"])
def test_a_claim_is_a_mapping(expanded: Expand, written: str) -> None:
    (finding,) = case(expanded, f"{written}\n").findings
    assert finding.rule == "bad-value"
    assert finding.message == "'participants' holds mappings such as {agent, role}"


def test_a_single_claim_needs_no_list(expanded: Expand) -> None:
    result = case(expanded, "mentions: {agent: a, at: 2}\n")
    assert not result.findings
    assert fragments(result, "mentions") == ["mention.a"]


def test_every_type_is_given_to_a_node(expanded: Expand) -> None:
    assert council(expanded, "name: y\n").document[0]["type"] == [
        "Council",
        "org:FormalOrganization",
        "org:Organization",
    ]
    person = "id: person/x\ntype: Person\nposts:\n- {organisation: a, office: leader, post: Leader, at: t:2}\n"
    (post,) = claims(expanded(person, "person", "x"), "posts")
    assert post["type"] == ["Post", "ccin:Claim", "org:Membership"]


# Evidence


def test_lines_become_passages_of_the_own_publication(expanded: Expand) -> None:
    result = case(expanded, "")
    text = f"{BASE}publication/t/text"
    assert result.document[0]["at"] == [f"{text}#line=0,9"]
    assert result.document[1:] == [
        {
            "id": f"{text}#line=0,9",
            "type": ["Passage"],
            "text": text,
            "selector": f"{BASE}publication/t/selector#line=0,9",
            "publication": "t",
            "first_line": "1",
            "last_line": "9",
        },
        {
            "id": f"{BASE}publication/t/selector#line=0,9",
            "type": ["FragmentSelector"],
            "position": "line=0,9",
            "conforms_to": RFC5147,
        },
    ]


def test_a_passage_cited_twice_is_one_node(expanded: Expand) -> None:
    result = case(expanded, "mentions:\n- {agent: a, at: 2}\n- {agent: b, at: [2, 'u:2']}\n")
    passages = [node["id"] for node in result.document if node["type"] == ["Passage"]]
    assert sorted(passages) == [
        f"{BASE}publication/t/text#line=0,9",
        f"{BASE}publication/t/text#line=1,2",
        f"{BASE}publication/u/text#line=1,2",
    ]


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("at: 12", 3, "at: '12' does not say in which publication; write publication:12"),
        ("at: t:12-", 3, "at: 't:12-' is not a locator"),
        ("at: t:12-9", 3, "at: 't:12-9' ends before it begins; write 9-12"),
        ("at:\n- t:5\n- t:x", 5, "at: 't:x' is not a locator"),
        ("at: {a: b}", 3, "at: 'at' takes lines, such as 387, 387-391 or [387, 395]"),
        ("at: [[t:5]]", 3, "at: 'at' takes lines"),
        ("at:", 3, "at: '' is not a locator"),
    ],
)
def test_lines_that_are_none(expanded: Expand, text: str, line: int, said: str) -> None:
    (finding,) = project(expanded, f"{text}\n").findings
    assert (finding.rule, finding.location.line) == ("bad-locator", line)
    assert finding.message.startswith(said)


def test_lines_of_a_claim_that_are_none_are_one_finding(expanded: Expand) -> None:
    assert found(case(expanded, "mentions:\n- {agent: a, at: 5-}\n")) == [("bad-locator", 7)]


def test_lines_of_the_section_that_are_none_are_one_finding(expanded: Expand) -> None:
    text = CASE.replace("at: 1-9", "at: 1-") + "about: [p, q]\nlead: [a, b]\n"
    assert found(expanded(text, "case-study", "t/x")) == [("bad-locator", 5)]


def test_a_lead_is_looked_up_once(expanded: Expand) -> None:
    result = case(expanded, "about: [p, q]\nlead: [a]\n")
    assert [r.name for r in result.references if r.kind == "organisation"] == ["a"]


# Graphs, references, origins


def test_a_record_of_a_publication_is_in_its_graph_and_others_are_entities(expanded: Expand) -> None:
    assert case(expanded, "").graphs[BASE + "case-study/t/x"] == publication_graph("t")
    assert project(expanded, "at: t:3\n").graphs[BASE + "project/x"] == ENTITIES


def test_a_claim_is_in_the_graph_of_the_publication_that_it_cites(expanded: Expand) -> None:
    text = "mentions:\n- {agent: a, at: 2}\n- {agent: b, at: 'u:2'}\n- {agent: c, at: ['v:2', 3]}\n- {agent: d}\n"
    result = case(expanded, text)
    graphs = [result.graphs[BASE + claim["id"]] for claim in claims(result, "mentions")]
    assert graphs == [publication_graph(name) for name in ("t", "u", "v", "t")]


def test_a_passage_is_in_the_graph_of_its_publication(expanded: Expand) -> None:
    result = project(expanded, "at: u:3\n")
    assert result.graphs[f"{BASE}publication/u/text#line=2,3"] == publication_graph("u")
    assert result.graphs[f"{BASE}publication/u/selector#line=2,3"] == publication_graph("u")


def test_every_reference_is_remembered_with_its_line(expanded: Expand) -> None:
    text = "about: [p]\nthemes:\n- food\nparticipants:\n- {agent: a, role: partner, at: 'u:2'}\n"
    references = sorted((r.location.line, r.kind, r.name) for r in case(expanded, text).references)
    assert references == [
        (4, "publication", "t"),
        (5, "publication", "t"),
        (6, "project", "p"),
        (8, "theme", "food"),
        (10, "organisation", "a"),
        (10, "publication", "u"),
        (10, "role", "partner"),
    ]


def test_every_property_remembers_where_it_was_written(expanded: Expand) -> None:
    result = case(expanded, "about: [p]\nfigures:\n- measure: m\n  value: 1\n  unit: person\n  at: 2\n")
    origin = result.origins[BASE + "case-study/t/x#figure.m"]
    assert (origin.location.file, origin.location.line) == ("data/x.yaml", 8)
    assert origin.of("https://schema.org/value").line == 9
    assert origin.of(CCIN + "unit").line == 10
    assert origin.of(CCIN + "about").line == 8
    assert origin.of("").line == 8
    assert result.origins[BASE + "case-study/t/x"].of("http://purl.org/dc/terms/title").line == 3


# Accepting


def test_a_record_may_accept_a_rule_with_the_reason(expanded: Expand) -> None:
    result = project(expanded, "accept:\n- {rule: unused-project, why: it is to come}\n")
    assert not result.findings
    assert result.accepted == {"unused-project": "it is to come"}
    assert "accept" not in result.document[0]


@pytest.mark.parametrize(
    "accept", ["unused-project", "[unused-project]", "[{rule: unused-project}]", "[{why: x}]", "[{rule: x, why: ' '}]",
               "[{rule: x, why: ''}]", "[{rule: [x], why: y}]"]
)  # fmt: skip
def test_accepting_without_a_reason_is_an_error(expanded: Expand, accept: str) -> None:
    result = project(expanded, f"accept: {accept}\n")
    assert found(result) == [("bad-value", 3)]
    assert not result.accepted


def test_every_fault_of_a_record_is_found_in_one_go(expanded: Expand) -> None:
    text = "id: project/z\ntype: Project\nnme: y\nkind: A B\nperiod: soon\nat: 5\nnames: [x, '']\n"
    assert sorted(found(expanded(text, "project", "x"))) == sorted(
        [
            ("id-and-file-disagree", 1),
            ("unknown-key", 3),
            ("bad-value", 4),
            ("bad-value", 5),
            ("bad-locator", 6),
            ("bad-value", 7),
        ]
    )
