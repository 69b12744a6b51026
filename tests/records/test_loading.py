"""All records of a project: names looked up, files in their places, everything wrong said in one run."""

from __future__ import annotations

import re
import shutil
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.errors import RecordsError, TreeError
from ccin_graph.records.loading import load_records, record_files
from ccin_graph.tree import Tree
from ccin_graph.vocabulary import BASE, CONCEPTS, ENTITIES, ONTOLOGY, publication_graph

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.build import Dataset
    from tests.conftest import Project

LIGHTS = "data/case-studies/tide-2021/harbour-lights.yaml"
NORTHMERE = "data/organisations/councils/northmere.yaml"
WARDENS = "data/projects/quayside-wardens.yaml"
ROOMS = "data/case-studies/tide-2021/warm-rooms.yaml"
MEMBERS = "data/listings/members-2021.yaml"
OPENING = "data/events/tide-gathering-2021-opening.yaml"


def found(project: Project) -> list[tuple[str, str, int]]:
    """Rule, file and line of every problem."""
    return [(f.rule, f.location.file, f.location.line) for f in project.problems()]


def test_the_unchanged_project_has_no_problem_and_no_warning(clean: Project) -> None:
    corpus = clean.load()
    assert corpus.warnings == []
    assert len(corpus.origins) > 60


@pytest.mark.parametrize(
    ("file", "before", "right", "wrong", "kind"),
    [
        (LIGHTS, "agent: ", "kestrel-analytics", "kestrel-analytic", "organisation"),
        (LIGHTS, "role: ", "advice", "advise", "role"),
        (LIGHTS, "about: [harbour-lights, ", "quayside-wardens", "quayside-warden", "project"),
        (LIGHTS, "themes: [", "participation", "particpation", "theme"),
        (LIGHTS, "principle: ", "innovation", "inovation", "principle"),
        (LIGHTS, "value: ", "solidarity", "solidarty", "ica"),
        (LIGHTS, "basis: ", "interpreted", "interpretd", "basis"),
        (LIGHTS, "unit: ", "volunteer", "volunteers", "unit"),
        (LIGHTS, "qualifier: ", "range", "rang", "qualifier"),
        (LIGHTS, "kind: ", "contradiction", "contradicton", "note-kind"),
        (LIGHTS, "output: ", "lantern-map", "lantern", "output"),
        (NORTHMERE, "region: ", "north-west", "north-wst", "region"),
        (NORTHMERE, "classification: [", "unitary-authority", "unitary-autority", "organisation-type"),
        (NORTHMERE, "source: ", "place-register", "places-register", "publication"),
        (WARDENS, "part_of: [", "harbour-lights", "harbour-light", "project"),
        (WARDENS, "at: ", "tide-2021", "tide-2012", "publication"),
        (MEMBERS, "category: ", "member", "membr", "category"),
        (MEMBERS, "listed: ", "westhollow", "westhallow", "organisation"),
        (OPENING, "person: ", "ada-thornbury", "ada-thornberry", "person"),
        (ROOMS, "within: ", "tide-2021/harbour-lights", "tide-2021/harbour-light", "case-study"),
    ],
)
def test_a_name_of_nothing_is_one_problem_with_the_nearest(
    project: Project, file: str, before: str, right: str, wrong: str, kind: str
) -> None:
    line = project.edit(file, before + right, before + wrong)
    (finding,) = project.problems()
    assert (finding.rule, finding.location.file, finding.location.line) == ("unknown-reference", file, line)
    assert re.match(rf"no (record|concept) {kind}/{wrong}; did you mean '{right}'\?", finding.message)


@pytest.mark.parametrize(
    ("file", "old", "new", "missing"),
    [
        (WARDENS, "at: tide-2021:18", "at: 22:22", "no record publication/22;"),
        (LIGHTS, "agent: kestrel-analytics", "agent: zzzz", "no record organisation/zzzz;"),
        (LIGHTS, "role: funding", "role: zzzz", "no concept role/zzzz;"),
    ],
)
def test_a_name_with_nothing_near_is_one_problem_too(
    project: Project, file: str, old: str, new: str, missing: str
) -> None:
    line = project.edit(file, old, new)
    (finding,) = project.problems()
    assert (finding.rule, finding.location.line) == ("unknown-reference", line)
    assert finding.message.startswith(missing)
    assert "did you mean" not in finding.message


def test_a_record_is_no_concept_and_a_role_is_no_theme(project: Project) -> None:
    line = project.edit(LIGHTS, "themes: [participation", "themes: [harbour-lights")
    (finding,) = project.problems()
    assert (finding.rule, finding.location.line) == ("unknown-reference", line)
    assert finding.message.startswith("no concept theme/harbour-lights")


@pytest.mark.parametrize(
    ("source", "target", "line", "said"),
    [
        (NORTHMERE, "organisations/others/northmere.yaml", 2, "a Council lies in data/organisations/councils/; move"),
        (WARDENS, "outputs/quayside-wardens.yaml", 2, "a Project lies in data/projects/; move"),
        (WARDENS, "projects/more/quayside-wardens.yaml", 2, "a Project lies in data/projects/; move"),
        (LIGHTS, "case-studies/tide-2019/harbour-lights.yaml", 4,
         "publication 'tide-2021' but the file lies in case-studies/tide-2019/; move it"),
    ],
)  # fmt: skip
def test_a_record_in_the_wrong_folder(project: Project, source: str, target: str, line: int, said: str) -> None:
    project.move(source, f"data/{target}")
    (finding,) = [f for f in project.problems() if f.rule == "wrong-folder"]
    assert (finding.location.file, finding.location.line) == (f"data/{target}", line)
    assert finding.message.startswith(said)


@pytest.mark.parametrize(
    "target",
    ["projects/Quayside-Wardens.yaml", "projects/quayside_wardens.yaml", "projects/quayside-wardens.yml",
     "projects/quayside-wardens.yaml.bak", "projects/quayside--wardens.yaml", "quayside-wardens.yaml",
     "undertakings/quayside-wardens.yaml"],
)  # fmt: skip
def test_a_file_that_is_no_record(project: Project, target: str) -> None:
    project.move(WARDENS, f"data/{target}")
    (finding,) = [f for f in project.problems() if f.location.file == f"data/{target}"]
    assert (finding.rule, finding.location.line) == ("misplaced-file", 1)
    assert finding.message.startswith("not a record; records are <slug>.yaml files in publications, organisations")


def test_a_record_whose_stem_is_not_its_id(project: Project) -> None:
    project.move(WARDENS, "data/projects/wardens.yaml")
    finding = next(f for f in project.problems() if f.rule == "id-and-file-disagree")
    assert (finding.location.file, finding.location.line) == ("data/projects/wardens.yaml", 1)
    assert finding.message.startswith("id 'project/quayside-wardens' but the file says 'project/wardens'")


def test_a_case_study_lies_directly_in_the_folder_of_its_publication(project: Project) -> None:
    project.move(ROOMS, "data/case-studies/tide-2021/more/warm-rooms.yaml")
    assert "wrong-folder" in {rule for rule, _, _ in found(project)}


def test_two_records_with_one_id(project: Project) -> None:
    other = "data/organisations/others/northmere.yaml"
    project.write(other, "id: organisation/northmere\ntype: Organisation\nname: Northmere\nclassification: [company]\n")
    (finding,) = project.problems()
    assert (finding.rule, finding.location.file, finding.location.line) == ("duplicate-id", other, 1)
    assert finding.message == f"id 'organisation/northmere' is also that of {NORTHMERE}; rename one of the two"


def test_everything_that_is_wrong_anywhere_is_said_in_one_run_in_order(project: Project) -> None:
    expected = [
        ("unknown-key", LIGHTS, project.edit(LIGHTS, "summary:", "sumary:")),
        ("unknown-reference", LIGHTS, project.edit(LIGHTS, "role: advice", "role: advise")),
        ("bad-value", LIGHTS, project.edit(LIGHTS, "value: 93.5", "value: '93,5'")),
        ("duplicate-key", NORTHMERE, project.append(NORTHMERE, "region: london")),
        ("bad-locator", WARDENS, project.edit(WARDENS, "at: tide-2021:18", "at: tide-2021:18-")),
        ("not-yaml", "data/projects/tide-fund.yaml", project.append("data/projects/tide-fund.yaml", "\tx: y")),
    ]
    project.write("data/people/empty.yaml", "")
    expected.append(("not-a-record", "data/people/empty.yaml", 1))
    problems = found(project)
    assert set(expected) <= set(problems)
    files = [file for _, file, _ in problems]
    assert files == sorted(files)


def test_nothing_is_built_of_records_with_a_problem(project: Project) -> None:
    project.append(WARDENS, "x: y")
    with pytest.raises(RecordsError, match="1 problem in the records; nothing was built"):
        load_records(project.tree)


def test_a_warning_alone_keeps_nothing_from_being_built(project: Project) -> None:
    line = project.edit("data/projects/harbour-lights.yaml", "period: 2020/2021", "period: 2020-21")
    corpus = project.load()
    assert [(f.rule, f.location.line) for f in corpus.warnings] == [("season-or-financial-year", line)]


def test_a_file_that_cannot_be_read_is_the_only_problem(project: Project) -> None:
    project.append(NORTHMERE, "\tx: y")
    assert [rule for rule, _, _ in found(project)] == ["not-yaml"]


def test_a_record_of_an_unknown_type_can_still_be_referred_to(project: Project) -> None:
    line = project.edit(NORTHMERE, "type: Council", "type: Counsil")
    assert found(project) == [("unknown-type", NORTHMERE, line)]


@pytest.mark.parametrize("name", [".hidden.yaml", ".northmere.yaml.staged", ".DS_Store"])
def test_hidden_files_are_no_records(project: Project, name: str) -> None:
    project.write(f"data/projects/{name}", "not: [a record")
    assert project.problems() == []


def test_the_decisions_on_identities_are_no_record(project: Project) -> None:
    project.write("data/identities.sssom.tsv", "subject_id\tobject_id\n")
    assert project.problems() == []


def test_record_files_come_in_a_fixed_order(clean: Project) -> None:
    files = record_files(clean.tree)
    assert files == sorted(files)
    assert len(files) == len(list(clean.tree.data.rglob("*.yaml")))


def test_a_project_without_data_is_one_clear_error(tmp_path: Path) -> None:
    with pytest.raises(TreeError, match=r"no folder .*data"):
        record_files(Tree(tmp_path))


def test_an_ontology_that_is_no_turtle_is_one_clear_error(project: Project) -> None:
    line = project.append("ontology/concepts/role.ttl", "role:x a a a .")
    with pytest.raises(TreeError, match=rf"role\.ttl:{line}: .*Mend the Turtle"):
        project.load()


def test_a_new_concept_can_be_used_at_once(project: Project) -> None:
    project.append("ontology/concepts/theme.ttl", "theme:lamps a skos:Concept ; skos:inScheme scheme:theme .")
    project.edit(LIGHTS, "themes: [participation", "themes: [lamps")
    assert project.problems() == []


# The quads


def graph_of(dataset: Dataset, subject: str) -> set[str]:
    """Graphs in which asserted things are said of a subject."""
    node = ox.NamedNode(BASE + subject)
    return {
        quad.graph_name.value
        for quad in dataset.corpus.quads
        if quad.subject == node and isinstance(quad.graph_name, ox.NamedNode)
    }


@pytest.mark.parametrize(
    ("subject", "graph"),
    [
        ("organisation/northmere", ENTITIES),
        ("project/harbour-lights", ENTITIES),
        ("place/old-quay", ENTITIES),
        ("publication/tide-2021", ENTITIES),
        ("person/ada-thornbury", ENTITIES),
        ("listing/members-2019", publication_graph("tide-2019")),
        ("listing/members-2019#entry.saltby", publication_graph("tide-2019")),
        ("case-study/tide-2021/warm-rooms", publication_graph("tide-2021")),
        ("case-study/tide-2021/warm-rooms#mention.river-board", publication_graph("tide-2021")),
        ("person/ada-thornbury#post.northmere.leader-of-northmere-city-council", publication_graph("tide-2021")),
        ("organisation/quay-alliance#membership.northmere", publication_graph("tide-2021")),
        ("publication/tide-2019/text#line=6,8", publication_graph("tide-2019")),
        ("role/lead", CONCEPTS),
    ],
)
def test_every_node_is_in_its_graph(dataset: Dataset, subject: str, graph: str) -> None:
    assert graph_of(dataset, subject) == {graph}


def test_the_ontology_is_in_its_graph(dataset: Dataset) -> None:
    council = ox.NamedNode("https://w3id.org/ccin/def#Council")
    graphs = {quad.graph_name for quad in dataset.corpus.quads if quad.subject == council}
    assert graphs == {ox.NamedNode(ONTOLOGY)}


def test_no_quad_is_in_the_default_graph_or_said_twice(dataset: Dataset) -> None:
    assert all(isinstance(quad.graph_name, ox.NamedNode) for quad in dataset.corpus.quads)
    assert len(dataset.corpus.quads) == len(set(dataset.corpus.quads))


def test_the_order_of_files_on_disk_changes_nothing(project: Project, tmp_path: Path, dataset: Dataset) -> None:
    turned = tmp_path / "turned"
    shutil.copytree(project.root, turned, ignore=shutil.ignore_patterns("data"))
    for path in sorted(record_files(project.tree), reverse=True):
        target = turned / path.relative_to(project.root)
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(path, target)
    assert set(load_records(Tree(turned)).quads) == set(dataset.corpus.quads)


def test_what_a_record_accepts_is_kept_by_record_and_rule(dataset: Dataset) -> None:
    assert dataset.corpus.accepted == {
        (BASE + "organisation/copperfield-foundation", "organisation-type"): (
            "the papers do not say what kind of body it is"
        )
    }


def test_a_place_is_spelt_in_one_way(project: Project) -> None:
    harbour = "data/projects/harbour-lights.yaml"
    line = project.edit(harbour, "[Old Quay, Fish Steps]", "[Old-Quay, Fish Steps, Fish Steps.]")
    problems = [problem for problem in project.problems() if problem.rule == "place-in-two-spellings"]
    assert {(problem.location.file, problem.location.line, problem.suggestion) for problem in problems} == {
        (ROOMS, 16, "write 'Old-Quay'") if problems[0].location.file == ROOMS else (harbour, line, "write 'Old Quay'"),
        (harbour, line, "write 'Fish Steps'"),
    }


def test_a_problem_names_the_record_that_it_is_in(project: Project) -> None:
    project.edit(LIGHTS, "role: advice", "role: advise")
    (problem,) = project.problems()
    assert problem.subject == f"{BASE}case-study/tide-2021/harbour-lights"
