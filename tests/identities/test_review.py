"""What is left to decide, beside what was decided; as a table, as findings and on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from ccin_graph.cli import cli
from ccin_graph.errors import IdentitiesError
from ccin_graph.findings import Severity
from ccin_graph.identities import identity_findings, review, undecided
from ccin_graph.records.loading import load_records
from ccin_graph.store import EmbeddedStore
from ccin_graph.tree import find_tree
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from collections.abc import Callable

    from ccin_graph.tree import Tree

    Write = Callable[..., Path]

PAIR = (BASE + "organisation/power-to-change", BASE + "organisation/powers-to-change")
TWO = {"predicate_modifier": "Not"}
DIFFERENT = {**TWO, "subject_id": "id:organisation/salford-ptc"}


def decide(tree: Tree, path: Path) -> None:
    """Put a file of decisions where the project has it."""
    path.rename(tree.data / path.name)


def store_of(tree: Tree) -> EmbeddedStore:
    """Return what the records say."""
    return EmbeddedStore(load_records(tree).quads)


def test_undecided_then_decided(tree: Tree, write: Write) -> None:
    """A pair is listed until a row decides it."""
    store = store_of(tree)
    assert [pair.iris for pair in undecided(store, tree)] == [PAIR]
    decide(tree, write(TWO))
    assert undecided(store, tree) == []


def test_an_accepted_pair_needs_one_record(tree: Tree, write: Write) -> None:
    """To say that two are one is not enough: the records must be joined."""
    decide(tree, write({}))
    with pytest.raises(IdentitiesError, match="both have a record; join the two"):
        undecided(store_of(tree), tree)
    (tree.data / "organisations/others/powers-to-change.yaml").unlink()
    found = review(store_of(tree), tree)
    assert (found.undecided, found.summary()) == ([], "Nothing undecided; 1 decided: 1 the same, 0 different.")


def test_table_of_everything(tree: Tree, write: Write) -> None:
    """Pairs with their standing, then decisions on pairs that are not alike."""
    decide(tree, write(TWO, DIFFERENT))
    found = review(store_of(tree), tree)
    assert len(found.table()) == 0
    rows = list(found.table(everything=True))
    assert [(row["one"], row["standing"], row["note"]) for row in rows] == [
        ("organisation/power-to-change", "different", "a misprint"),
        ("organisation/salford-ptc", "different", "a misprint"),
    ]
    assert rows[0]["likeness"] == "0.96"
    assert rows[1]["likeness"] == ""


def test_findings_warn_at_the_record(tree: Tree, write: Write) -> None:
    """A check can say where to look; decisions that cannot be followed are violations."""
    corpus = load_records(tree)
    store = EmbeddedStore(corpus.quads)
    (warning,) = identity_findings(store, tree, corpus.origins)
    assert (warning.severity, warning.subject) == (Severity.WARNING, PAIR[0])
    assert str(warning).startswith(
        "data/organisations/others/power-to-change.yaml:1: "
        "organisation/power-to-change may be organisation/powers-to-change (names alike"
    )
    decide(tree, write({}))
    (violation,) = identity_findings(store, tree, corpus.origins)
    assert (violation.severity, violation.location.line) == (Severity.VIOLATION, 6)


def test_command(tree: Tree, write: Write) -> None:
    """Rows on standard output, the count on standard error; nothing undecided prints no table."""
    run = CliRunner().invoke(cli, ["identities", "--root", str(tree.root), "--format", "csv"])
    assert run.exit_code == 0, run.output
    assert run.stdout.splitlines()[0] == "one,other,likeness,why"
    assert run.stdout.splitlines()[1].startswith(",".join(PAIR))
    assert run.stderr.startswith("1 pair undecided; 0 decided")
    decide(tree, write(TWO))
    run = CliRunner().invoke(cli, ["identities", "--root", str(tree.root)])
    assert (run.exit_code, run.stdout) == (0, "")
    assert run.stderr == "Nothing undecided; 1 decided: 0 the same, 1 different.\n"
    run = CliRunner().invoke(cli, ["identities", "--all", "--root", str(tree.root)])
    assert "a misprint" in run.stdout


def test_the_projects_own_decisions_can_be_followed() -> None:
    """No row of the real file is stale."""
    tree = find_tree(Path(__file__).parent)
    assert review(store_of(tree), tree, projects=True).decisions
