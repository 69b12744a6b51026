"""What the tests of reports share: a project with one fault of each kind, and hostile names in it."""

from __future__ import annotations

import shutil
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest

from ccin_graph.validate.reports import make_report

if TYPE_CHECKING:
    from ccin_graph.build import Dataset
    from ccin_graph.findings import Finding
    from ccin_graph.validate.reports import Entry, Report
    from tests.conftest import Project

CASE = "data/case-studies/tide-2021/harbour-lights.yaml"
WARM = "data/case-studies/tide-2021/warm-rooms.yaml"
HOSTILE = '=HYPERLINK("x")<script>alert(1)</script><img src=x onerror=alert(1)>]]>&\'%s{0}'


@dataclass(frozen=True)
class Checked:
    """A project that was checked."""

    project: Project
    dataset: Dataset
    findings: list[Finding]
    report: Report

    def entry(self, rule: str) -> Entry:
        """Return the only entry of a rule."""
        (found,) = [entry for entry in self.report.entries if entry.rule.name == rule]
        return found


def check_project(project: Project) -> Checked:
    dataset = project.dataset()
    findings = project.check()
    return Checked(project, dataset, findings, make_report(findings, project.tree, dataset))


@pytest.fixture(scope="session")
def faulty(clean: Project, tmp_path_factory: pytest.TempPathFactory) -> Checked:
    """Return a checked project with faults.

    A range whose ends are swapped and a case study without title (violations of shapes, with suggestions), an unused
    organisation with a hostile name (a warning of a rule), another whose warning is accepted, a name that does not
    stand in its passage (evidence), a season (the loader), and information.
    """
    root = tmp_path_factory.mktemp("faulty") / "project"
    shutil.copytree(clean.root, root)
    project = replace(clean, root=root)
    project.edit(CASE, "min: 30, max: 55", "min: 55, max: 30")
    project.edit(
        CASE, "agent: copperfield-foundation, role: funding, at: 17", "agent: river-board, role: funding, at: 17"
    )
    project.edit(CASE, "period: 2020/2021", "period: 2021-22")
    project.edit(WARM, "summary: A trust opened heated rooms for a district council.\n", "")
    project.write("data/organisations/others/hostile.yaml", _organisation("hostile", HOSTILE))
    unused = _organisation("lonely", "Lonely Society")
    project.write(
        "data/organisations/others/lonely.yaml",
        unused + "accept:\n- {rule: unused-organisation, why: kept <for> the next edition}\n",
    )
    return check_project(project)


@pytest.fixture(scope="session")
def flawless(clean: Project) -> Checked:
    """Return the invented project, checked as it is."""
    return check_project(clean)


def _organisation(slug: str, name: str) -> str:
    quoted = name.replace("'", "''")
    return f"id: organisation/{slug}\ntype: Organisation\nname: '{quoted}'\n"
