"""Ten things that somebody who never saw a record breaks in ten real records: each message alone is enough to mend it.

The records are the real ones, and what is broken is what a new curator breaks. Of each it is tested that the check
names the file and the line, the word or name that is wrong, and what to write instead or where to look.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ccin_graph.build import assemble
from ccin_graph.errors import RecordsError
from ccin_graph.tree import Tree
from ccin_graph.validate import check

if TYPE_CHECKING:
    from ccin_graph.findings import Finding

SOURCES = Path(__file__).parents[3] / "shared" / "sources"


@dataclass(frozen=True)
class Slip:
    """What is broken.

    Parameters
    ----------
    file : str
        Below ``data/``.
    old, new : str
        What stands there, and what is written instead.
    rule : str
        That finds it.
    said : tuple of str
        What the message or its suggestion must say.
    """

    file: str
    old: str
    new: str
    rule: str
    said: tuple[str, ...]


#: What keeps the records from becoming a graph.
OF_FORM = (
    Slip("projects/brent-hubs.yaml", "kind: ", "knid: ", "unknown-key", ("'knid'", "did you mean 'kind'?")),
    Slip(
        "case-studies/case-studies-2021/one-view.yaml",
        "{agent: ey, role: delivery",
        "{agent: ey, role: deliverer",
        "unknown-reference",
        ("role/deliverer", "did you mean 'delivery'?"),
    ),
    Slip("listings/members-2021.yaml", "complete: true", "complete: yes", "bad-value", ("'yes'", "true or false")),
    Slip(
        "people/sharon-taylor.yaml",
        "organisation: stevenage",
        "organisation: stevanage",
        "unknown-reference",
        ("organisation/stevanage", "did you mean 'stevenage'?"),
    ),
    Slip(
        "events/ccin-conference-2019-steve-reed-address.yaml",
        "date: 2019-10-02",
        "date: 2/10/2019",
        "bad-value",
        ("'2/10/2019'", "write 2020-03-16"),
    ),
)

#: What only shapes, rules and texts find.
OF_SUBSTANCE = (
    Slip(
        "case-studies/case-studies-2018/rochdale-healthy-heroes.yaml",
        "value: 105",
        "value: 150",
        "number-not-in-passage",
        ("the number 150", "case-studies-2018:2244-2246", "mend the number or the lines"),
    ),
    Slip(
        "organisations/councils/wigan.yaml",
        "latitude: 53.52415",
        "latitude: 35.52415",
        "area-latitude",
        ("area E08000010", "35.52415", "latitude:"),
    ),
    Slip(
        "organisations/others/arup.yaml",
        "covid-2020:865",
        "covid-2020:869",
        "not-named-in-lines",
        ("no name of organisation/arup", "covid-2020:869", "mend 'at:'"),
    ),
    Slip(
        "outputs/oldham-social-value-framework.yaml",
        "name: Oldham Social Value Framework",
        "name: Oldham Social Value Framewrok",
        "likely-misprint",
        ("'framewrok'", "'framework'"),
    ),
    Slip(
        "organisations/groups/renfrewshire-labour-group.yaml",
        "classification: [political-group]",
        "classification: [political-party]",
        "political-group-type",
        ("organisation/renfrewshire-labour-group", "classification:"),
    ),
)

SLIPS = (*OF_FORM, *OF_SUBSTANCE)


def findings(root: Path, sources: Path) -> list[Finding]:
    tree = Tree(root)
    try:
        return [finding for finding in check(assemble(tree), tree, sources) if finding.to_mend]
    except RecordsError as error:
        return list(error.findings)


def broken(checkout: Tree, root: Path, slips: tuple[Slip, ...]) -> None:
    """Copy the project, and make the slips in it."""
    for folder in ("data", "ontology", "shapes", "queries"):
        shutil.copytree(checkout.root / folder, root / folder)
    for slip in slips:
        path = root / "data" / slip.file
        text = path.read_text("utf-8")
        assert slip.old in text, f"{slip.file} has changed: break something else"
        path.write_text(text.replace(slip.old, slip.new, 1), "utf-8")


@pytest.fixture(scope="module")
def found(checkout: Tree, tmp_path_factory: pytest.TempPathFactory) -> list[Finding]:
    """Return what the check finds in two copies of the records: first what cannot be read, then the rest."""
    if not SOURCES.is_dir():
        pytest.skip("no folder ../shared/sources")
    everything = []
    for slips in (OF_FORM, OF_SUBSTANCE):
        root = tmp_path_factory.mktemp("newcomer")
        broken(checkout, root, slips)
        everything += findings(root, SOURCES)
    return everything


def test_ten_records_are_broken_in_ten_ways() -> None:
    assert len({slip.file for slip in SLIPS}) == len({(slip.old, slip.rule) for slip in SLIPS}) == 10


@pytest.mark.parametrize("slip", SLIPS, ids=lambda slip: Path(slip.file).stem)
def test_the_message_alone_is_enough(slip: Slip, found: list[Finding], checkout: Tree) -> None:
    here = [finding for finding in found if finding.location.file == f"data/{slip.file}"]
    assert slip.rule in {finding.rule for finding in here}, "\n".join(map(str, here))
    said = "\n".join(f"{finding} {finding.suggestion}" for finding in here if finding.rule == slip.rule)
    assert [words for words in slip.said if words not in said] == [], said
    text = (checkout.data / slip.file).read_text("utf-8")
    line = text[: text.index(slip.old)].count("\n") + 1
    assert line in {finding.location.line for finding in here}, said


def test_nothing_else_is_found(found: list[Finding]) -> None:
    assert {finding.location.file for finding in found} == {f"data/{slip.file}" for slip in SLIPS}
