"""Likely duplicates beside the decisions taken: what is left to decide, as a list, a table or findings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import IdentitiesError
from ccin_graph.findings import Finding, Severity
from ccin_graph.identities.candidates import Pair, possible_pairs, read_bodies
from ccin_graph.identities.decisions import FILE, Decision, problems, read_decisions
from ccin_graph.queries.table import Table
from ccin_graph.records.expanded import location_of
from ccin_graph.store import Solutions
from ccin_graph.vocabulary import XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from ccin_graph.records.expanded import Origin
    from ccin_graph.store import Store
    from ccin_graph.store.interface import Term
    from ccin_graph.tree import Tree

    Row = tuple[Term | None, ...]

_COLUMNS = ("one", "other", "likeness", "why")
_MORE_COLUMNS = ("standing", "note")


@dataclass(frozen=True, slots=True)
class Review:
    """The pairs that may be one body, and the decisions.

    Parameters
    ----------
    pairs : list of Pair
        Weak ones and those that a rule keeps apart included; the most alike first.
    decisions : list of Decision
    """

    pairs: list[Pair]
    decisions: list[Decision]

    @property
    def undecided(self) -> list[Pair]:
        """Likely pairs that no row decides."""
        decided = {decision.pair for decision in self.decisions}
        return [pair for pair in self.pairs if pair.likely and pair.iris not in decided]

    def table(self, *, everything: bool = False) -> Table:
        """Return the pairs as a table.

        Parameters
        ----------
        everything : bool, default False
            Also weak pairs, those that a rule keeps apart, and the decisions; else what is undecided.

        Returns
        -------
        Table
            The two bodies, how alike they are and why; of everything also whether the pair is undecided, decided, weak
            or apart, and the decision's comment or the rule.
        """
        if everything:
            return Table(Solutions((*_COLUMNS, *_MORE_COLUMNS), tuple(self._all_rows())))
        return Table(Solutions(_COLUMNS, tuple(map(_row, self.undecided))))

    def _all_rows(self) -> Iterator[Row]:
        decisions = {decision.pair: decision for decision in self.decisions}
        for pair in self.pairs:
            if decision := decisions.pop(pair.iris, None):
                yield *_row(pair), *_decided(decision)
            elif pair.apart:
                yield *_row(pair), ox.Literal("apart"), ox.Literal(pair.apart)
            else:
                yield *_row(pair), ox.Literal("undecided" if pair.likely else "weak"), None
        for decision in decisions.values():
            subject = ox.NamedNode(decision.subject) if decision.subject else ox.Literal(decision.name)
            yield subject, ox.NamedNode(decision.kept), None, None, *_decided(decision)

    def summary(self) -> str:
        """Return the counts in a sentence.

        Returns
        -------
        str

        Examples
        --------
        >>> Review([], []).summary()
        'Nothing undecided; 0 decided: 0 the same, 0 different.'
        """
        left = len(self.undecided)
        same = sum(decision.same for decision in self.decisions)
        said = f"{left} {'pair' if left == 1 else 'pairs'} undecided" if left else "Nothing undecided"
        counts = f"{len(self.decisions)} decided: {same} the same, {len(self.decisions) - same} different."
        return f"{said}; {counts}" + (f" Decide in data/{FILE}." if left else "")


def _decided(decision: Decision) -> Row:
    return ox.Literal("the same" if decision.same else "different"), ox.Literal(decision.comment)


def _row(pair: Pair) -> Row:
    degree = ox.Literal(f"{pair.degree:.2f}", datatype=ox.NamedNode(XSD + "decimal"))
    return ox.NamedNode(pair.one.iri), ox.NamedNode(pair.other.iri), degree, ox.Literal("; ".join(pair.reasons))


def review(store: Store, tree: Tree, *, projects: bool = False) -> Review:
    """Find likely duplicates and read the decisions.

    Parameters
    ----------
    store : Store
    tree : Tree
        The decisions lie in its ``data/``, the query in its ``queries/``.
    projects : bool, default False
        Compare projects too.

    Returns
    -------
    Review

    Raises
    ------
    IdentitiesError
        If the decisions cannot be followed.
    """
    decisions = read_decisions(tree.data / FILE)
    bodies = read_bodies(store, tree.queries)
    if wrong := list(problems(decisions, bodies)):
        raise IdentitiesError(sorted(wrong, key=lambda finding: finding.sort_key))
    return Review(possible_pairs(bodies.values(), projects=projects), decisions)


def undecided(store: Store, tree: Tree, *, projects: bool = False) -> list[Pair]:
    """List the likely duplicates that nobody has decided on.

    Parameters
    ----------
    store : Store
    tree : Tree
    projects : bool, default False
        Compare projects too.

    Returns
    -------
    list of Pair
        The most alike first.

    Raises
    ------
    IdentitiesError
        If the decisions cannot be followed.
    """
    return review(store, tree, projects=projects).undecided


def identity_findings(store: Store, tree: Tree, origins: Mapping[str, Origin]) -> list[Finding]:
    """Report what a curator should know: decisions that cannot be followed, likely duplicates that are undecided.

    Parameters
    ----------
    store : Store
    tree : Tree
    origins : mapping of str to Origin
        Where each record was written.

    Returns
    -------
    list of Finding
        Violations at lines of the decisions, or warnings at the records.
    """
    try:
        pairs = undecided(store, tree)
    except IdentitiesError as error:
        return list(error.findings)
    return [_warning(pair, origins) for pair in pairs]


def _warning(pair: Pair, origins: Mapping[str, Origin]) -> Finding:
    one, other = map(shorten, pair.iris)
    message = f"{one} may be {other} ({pair.reasons[0]}); join the two, or write in data/{FILE} that they are two"
    place = location_of(origins, pair.one.iri)
    return Finding("likely-duplicate", message, place, Severity.WARNING, pair.one.iri)
