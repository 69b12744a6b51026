"""Every rule between records: it fires on records made to break it, and not on the unchanged project."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import QueryError
from ccin_graph.findings import Severity
from ccin_graph.validate.locating import locate
from ccin_graph.validate.rules import run_rules
from ccin_graph.vocabulary import BASE, PREFIXES

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.build import Dataset
    from tests.conftest import Project

RULES = sorted(path.stem for path in (Path(__file__).parents[2] / "queries" / "violations").glob("*.rq"))

LIGHTS = "data/case-studies/tide-2021/harbour-lights.yaml"
ROOMS = "data/case-studies/tide-2021/warm-rooms.yaml"
NORTHMERE = "data/organisations/councils/northmere.yaml"
RIVER = "data/organisations/others/river-board.yaml"
MEMBERS = "data/listings/members-2021.yaml"
SALTBY = "data/organisations/councils/saltby.yaml"
LIGHTS_ID, ROOMS_ID = "case-study/tide-2021/harbour-lights", "case-study/tide-2021/warm-rooms"


@pytest.fixture
def project(project: Project) -> Project:
    """Return a copy of the invented project without the questions of the packs: most of a build is theirs."""
    for pack in project.tree.queries.iterdir():
        if pack.is_dir() and pack.name not in ("derive", "violations"):
            shutil.rmtree(pack)
    return project


def no_other_participant(project: Project) -> str:
    project.edit(ROOMS, "- {agent: saltby, role: client, at: 28}\n", "")
    project.edit(ROOMS, "participants:\n- {agent: brightwater-trust, role: delivery, at: 28}\n", "lead: [saltby]\n")
    return ROOMS_ID


def no_area(project: Project) -> str:
    file = "data/organisations/councils/westhollow.yaml"
    project.write(file, project.read(file).partition("area: {")[0])
    return "organisation/westhollow"


def two_categories(project: Project) -> str:
    project.append("data/listings/associates-2021.yaml", "- {listed: northmere, at: 9}")
    return "listing/associates-2021#entry.northmere"


def edited(file: str, old: str, new: str, subject: str) -> Callable[[Project], str]:
    """Break a rule by one edit."""

    def run(project: Project) -> str:
        project.edit(file, old, new)
        return subject

    return run


def stated(file: str, turtle: str, subject: str) -> Callable[[Project], str]:
    """Break a rule by what no record could say."""

    def run(project: Project) -> str:
        prefixes = "".join(f"@prefix {name}: <{PREFIXES[name]}> ." for name in ("oa", "org"))
        project.append(f"ontology/concepts/{file}.ttl", prefixes + turtle.replace("<", f"<{BASE}"))
        return subject

    return run


BREAK: dict[str, Callable[[Project], str]] = {
    "about-unrelated-project": edited(LIGHTS, "quayside-wardens]", "quayside-wardens, tide-fund]", LIGHTS_ID),
    "claim-of-unrelated-project": edited(
        ROOMS,
        "role: client, at: 28}",
        "role: client, project: quayside-wardens, at: 28}",
        f"{ROOMS_ID}#participation.saltby.client.quayside-wardens",
    ),
    "collaboration-of-one": edited(
        "data/organisations/others/brightwater-trust.yaml",
        "type: FormalOrganisation",
        "type: Collaboration",
        "organisation/brightwater-trust",
    ),
    "dated-far-from-source": edited(
        "data/projects/harbour-lights.yaml", "period: 2020/2021", "period: 2024/2025", "project/harbour-lights"
    ),
    "figure-of-unrelated-body": edited(
        ROOMS,
        "place: Old Quay, at: 29",
        "organisation: northmere, at: 29",
        f"{ROOMS_ID}#figure.visitors-in-the-first-month",
    ),
    "part-of-unrelated-project": edited(
        "data/projects/quayside-wardens.yaml", "[harbour-lights]", "[tide-fund]", "project/quayside-wardens"
    ),
    "sections-overlap": edited(
        ROOMS, 'within: tide-2021/harbour-lights\npages: "6"\nat: 26-31', "at: [24, 26-31]", ROOMS_ID
    ),
    "category-of-no-list": stated(
        "role",
        "<organisation/saltby#m> a ccin:NetworkMembership ; org:role <category/affiliate> .",
        "organisation/saltby#m",
    ),
    "claim-outside-section": edited(
        ROOMS, "river-board, at: 31", "river-board, at: 33", f"{ROOMS_ID}#mention.river-board"
    ),
    "claimed-twice": edited(
        ROOMS,
        "role: client, at: 28}\n",
        "role: client, at: 28}\n- {agent: saltby, role: client, key: again, at: 29}\n",
        f"{ROOMS_ID}#participation.saltby.client",
    ),
    "code-and-region": edited(NORTHMERE, "E99000001", "W99000001", "organisation/northmere"),
    "code-and-tier": edited(NORTHMERE, "E99000001", "E07000999", "organisation/northmere"),
    "coordinates-outside-region": edited(NORTHMERE, "latitude: 53.75", "latitude: 51.75", "organisation/northmere"),
    "figure-twice": edited(
        ROOMS,
        "place: Old Quay, at: 29}\n",
        "place: Old Quay, at: 29}\n- {measure: visitors in the first month, value: 250, unit: person, "
        "qualifier: about, status: actual, place: Old Quay, key: again, at: 28}\n",
        f"{ROOMS_ID}#figure.visitors-in-the-first-month",
    ),
    "fraction-of-a-person": edited(
        ROOMS, "value: 250", "value: 250.5", f"{ROOMS_ID}#figure.visitors-in-the-first-month"
    ),
    "group-beside-council": edited(
        "data/listings/members-2019.yaml",
        "entries:\n",
        "entries:\n- {listed: saltby-labour-group, printed: Saltby, at: 5}\n",
        "listing/members-2019#entry.saltby-labour-group",
    ),
    "line-beyond-text": edited(ROOMS, "river-board, at: 31", "river-board, at: 310", f"{ROOMS_ID}#mention.river-board"),
    "member-of-itself": edited(
        MEMBERS, "listed: northmere", "listed: harbour-network", "listing/members-2021#entry.harbour-network"
    ),
    "mention-of-participant": edited(ROOMS, "agent: river-board", "agent: saltby", f"{ROOMS_ID}#mention.saltby"),
    "outside-lifetime": edited(SALTBY, "date: 2023-04-01", "date: 2018-04-01", "listing/members-2019#entry.saltby"),
    "overlapping-memberships": edited(
        "data/people/ada-thornbury.yaml",
        "posts:\n",
        "posts:\n- {organisation: northmere, office: leader, post: Head of the city, period: 2021, at: tide-2021:35}\n",
        "person/ada-thornbury#post.northmere.head-of-the-city",
    ),
    "passage-and-lines": stated(
        "role",
        "<publication/tide-2021/text#line=1,2> a ccin:Passage ; oa:hasSource <publication/tide-2021/text> ; "
        "oa:hasSelector <publication/tide-2021/selector#line=3,4> ; ccin:publication <publication/tide-2021> ; "
        "ccin:firstLine 2 ; ccin:lastLine 2 .",
        "publication/tide-2021/text#line=1,2",
    ),
    "principal-council-without-region": edited(
        "data/organisations/councils/westhollow.yaml", "region: london\n", "", "organisation/westhollow"
    ),
    "principle-not-in-force": stated(
        "ccin-principles",
        '<scheme/newer> a skos:ConceptScheme ; skos:prefLabel "CCIN principles"@en ; owl:versionInfo "9" .',
        f"{LIGHTS_ID}#principle.co-production",
    ),
    "printed-name-of-another": edited(
        LIGHTS, "printed: Kestrel", "printed: Brightwater Trust", f"{LIGHTS_ID}#participation.kestrel-analytics.advice"
    ),
    "section-of-another-publication": edited(ROOMS, "\nat: 26-31", "\nat: [26-31, tide-2019:7]", ROOMS_ID),
    "session-outside-event": edited(
        "data/events/tide-gathering-2021-opening.yaml", "2021-06-12", "2021-06-13", "event/tide-gathering-2021-opening"
    ),
    "tier-without-council": edited(RIVER, "[public-body]", "[town-council]", "organisation/river-board"),
    "told-before-it-happened": edited(MEMBERS, "date: 2021-05-01", "date: 2022-05-01", "listing/members-2021"),
    "told-elsewhere": edited(
        "data/projects/warm-rooms.yaml", "at: tide-2021:26-31", "at: tide-2021:3", "project/warm-rooms"
    ),
    "year-out-of-range": edited(
        SALTBY, "date: 2023-04-01", "date: 1723-04-01", "organisation/saltby#change.1723-04-01"
    ),
    "case-study-without-claims": no_other_participant,
    "code-on-a-body": edited(NORTHMERE, "identifier: [NMR]", "identifier: [E99000001]", "organisation/northmere"),
    "listed-twice": edited(
        MEMBERS,
        "at: 5}\n",
        "at: 5}\n- {listed: northmere, key: again, at: 4}\n",
        "listing/members-2021#entry.northmere.again",
    ),
    "one-name-two-bodies": edited(
        RIVER, "name: River Board", "name: River Board\nnames: [Brightwater Trust]", "organisation/brightwater-trust"
    ),
    "one-name-two-projects": edited(
        "data/projects/warm-rooms.yaml", "name: Warm Rooms", "name: Harbour Lights", "project/harbour-lights"
    ),
    "part-of-itself": edited(
        "data/projects/harbour-lights.yaml",
        "kind: project",
        "kind: project\npart_of: [quayside-wardens]",
        "project/harbour-lights",
    ),
    "participant-is-lead": edited(
        LIGHTS,
        "participants:\n",
        "participants:\n- {agent: northmere, role: partner, at: 16}\n",
        f"{LIGHTS_ID}#participation.northmere.partner",
    ),
    "period-outside-project": edited(
        LIGHTS,
        "status: actual, at: 17}",
        "status: actual, period: 2018, at: 17}",
        f"{LIGHTS_ID}#figure.grant-of-the-foundation",
    ),
    "principal-council-without-area": no_area,
    "two-categories": two_categories,
    "unused-organisation": edited(ROOMS, "mentions:\n- {agent: river-board, at: 31}\n", "", "organisation/river-board"),
    "unused-output": edited(LIGHTS, "outputs:\n- {output: lantern-map, at: 22}\n", "", "output/lantern-map"),
    "unused-project": edited("data/projects/warm-rooms.yaml", "funded_through: [tide-fund]\n", "", "project/tide-fund"),
}


def fired(dataset: Dataset, project: Project) -> set[tuple[str, str]]:
    results = run_rules(dataset.store, project.tree.queries)
    return {(result.rule, result.subject.removeprefix(BASE)) for result in results}


def test_no_rule_fires_on_the_unchanged_project(dataset: Dataset, clean: Project) -> None:
    assert fired(dataset, clean) == set()


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_fires_on_what_is_made_to_break_it_and_names_its_file(project: Project, rule: str) -> None:
    assert rule in BREAK, "a new rule: break the invented project for it here"
    subject = BREAK[rule](project)
    dataset = project.dataset()
    findings = locate(run_rules(dataset.store, project.tree.queries), dataset.store, dataset.corpus.origins)
    found = [finding for finding in findings if (finding.rule, finding.subject) == (rule, BASE + subject)]
    assert found
    for finding in found:
        if not finding.location.file:
            assert finding.subject not in dataset.corpus.origins
            continue
        assert finding.location.line > 0
        assert (project.root / finding.location.file).is_file()
        assert finding.message.startswith(f"{subject}: ")


def test_one_list_that_two_publications_print_is_of_one_category(project: Project) -> None:
    text = project.read("data/listings/members-2019.yaml").replace("members-2019", "members-again")
    project.write("data/listings/members-again.yaml", text)
    assert "two-categories" not in {rule for rule, _ in fired(project.dataset(), project)}


# What a rule must have


@pytest.mark.parametrize(
    ("header", "said"),
    [
        ("#+ summary: S\n#+ message: m", "no known severity, or no message"),
        ("#+ summary: S\n#+ severity: grave\n#+ message: m", "no known severity"),
        ("#+ summary: S\n#+ severity: warning", "no known severity, or no message"),
    ],
)
def test_a_rule_without_severity_or_message_is_one_clear_error(project: Project, header: str, said: str) -> None:
    project.write("queries/violations/aaa.rq", f"{header}\nSELECT ?this {{ ?this a ?that }}")
    with pytest.raises(QueryError, match=rf"queries/violations/aaa\.rq: {said}"):
        list(run_rules(project.dataset().store, project.tree.queries))


@pytest.mark.parametrize("query", ["SELECT", "ASK {}", "SELECT ?this { SERVICE <x:y> { ?this ?p ?o } }"])
def test_a_rule_that_cannot_be_run_is_one_clear_error(project: Project, query: str) -> None:
    project.write("queries/violations/aaa.rq", f"#+ summary: S\n#+ severity: warning\n#+ message: m\n{query}")
    with pytest.raises(QueryError, match=r"(?s)queries/violations/aaa\.rq: .*Mend the rule"):
        list(run_rules(project.dataset().store, project.tree.queries))


def test_a_rule_that_does_not_select_this_is_one_clear_error(project: Project) -> None:
    header = "#+ summary: S\n#+ severity: warning\n#+ message: m"
    project.write("queries/violations/aaa.rq", f"{header}\nSELECT ?that {{ ?that a ?kind }}")
    with pytest.raises(QueryError, match=r"queries/violations/aaa\.rq: no column \?this"):
        list(run_rules(project.dataset().store, project.tree.queries))


@pytest.mark.parametrize("severity", ["violation", "warning", "information"])
def test_a_result_has_the_severity_message_and_value_of_its_rule(project: Project, severity: str) -> None:
    project.write(
        "queries/violations/aaa.rq",
        f"#+ summary: S\n#+ severity: {severity}\n#+ message: mend it\n"
        f"SELECT ?this ?value {{ BIND (<{BASE}organisation/northmere> AS ?this) BIND ('v' AS ?value) }}",
    )
    (result,) = [r for r in run_rules(project.dataset().store, project.tree.queries) if r.rule == "aaa"]
    assert result.severity is Severity[severity.upper()]
    assert (result.message, result.value, result.subject) == ("mend it", "v", f"{BASE}organisation/northmere")
