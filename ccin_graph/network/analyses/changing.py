"""Change from publication to publication as results."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.network.analyses.base import LABEL, NETWORK, joint_work
from ccin_graph.network.change import changes, snapshots
from ccin_graph.network.results import Cell, Column, Result, Run

if TYPE_CHECKING:
    from ccin_graph.network.tables import Tables


def changed(tables: Tables, name: str) -> Run:
    """Tell what each publication adds to a network of joint work.

    Parameters
    ----------
    tables : Tables
    name : str
        One of :data:`WORK`.

    Returns
    -------
    Run
        With the results ``change``, ``change-nodes`` and ``change-ties``.

    Raises
    ------
    NetworkError
        If the network is no projection of organisations and projects.
    """
    found = changes(snapshots(tables.participations, tables.dates, joint_work(name)))
    publication = Column("publication", "thing", "the publication", "dimension")
    labels = {row.organisation: row.label for row in tables.participations}
    counts: list[tuple[Cell, ...]] = []
    who: list[tuple[Cell, ...]] = []
    ties: list[tuple[Cell, ...]] = []
    for change in found:
        persistence = (change.kept, change.kept_possible, change.overlap)
        counts.append(
            (
                name,
                change.publication,
                change.date,
                len(change.joined),
                len(change.returned),
                len(change.dropped),
                len(change.new_ties),
                len(change.deepened),
                change.repeated,
                change.retold,
                *persistence,
            )
        )
        for what in ("joined", "returned", "dropped"):
            who += [(name, change.publication, node, what, labels[node]) for node in getattr(change, what)]
        for kind, pairs in (("new", change.new_ties), ("deepened", change.deepened)):
            ties += [(name, change.publication, *pair, kind, *(labels[node] for node in pair)) for pair in pairs]
    told = "; ".join(
        f"{change.date}: {len(change.joined)} joined, {len(change.new_ties)} new ties, {len(change.deepened)} "
        f"deepened, {change.repeated} told again"
        for change in found
    )
    return Run(
        name=f"change.{name}",
        finding=f"{told}." if told else "No publication tells of anybody.",
        methods=(
            f"The network '{name}' was made of each publication alone and of all up to it, in the order of their "
            "dates. Joined are those that no earlier publication names, returned those that an earlier one but not the "
            "last names, dropped those that the last one names and this one does not; ties are new or deepened in the "
            "cumulative network. Persistence is the share of the ties of the publication before that are told again "
            "(Snijders, van de Bunt and Steglich 2010 for the Jaccard index between waves). What is not told again did "
            "not necessarily end, and the date is that of the publication."
        ),
        parameters={"network": name},
        results=(
            Result(
                "change",
                "what each publication adds",
                (
                    NETWORK,
                    publication,
                    Column("date", "text", "its date", "note"),
                    Column("joined", "integer", "nodes that no publication before it names"),
                    Column("returned", "integer", "nodes that an earlier one, but not the last, names"),
                    Column("dropped", "integer", "nodes that the last one names and it does not"),
                    Column("new_ties", "integer", "ties that were not there before"),
                    Column("deepened", "integer", "ties with more projects than before"),
                    Column("repeated", "integer", "ties that the last one tells of too"),
                    Column("retold", "integer", "of these, without a further project"),
                    Column("kept", "number", "repeated as a share of the ties of the last one", "attribute"),
                    Column("kept_possible", "number", "the same among ties whose ends it names", "attribute"),
                    Column("overlap", "number", "Jaccard index with the last one", "attribute"),
                ),
                counts,
            ),
            Result(
                "change-nodes",
                "who joined, returned or was dropped",
                (
                    NETWORK,
                    publication,
                    Column("node", "thing", "the organisation", "dimension"),
                    Column("change", "text", "joined, returned or dropped"),
                    LABEL,
                ),
                who,
            ),
            Result(
                "change-ties",
                "which ties are new or deeper",
                (
                    NETWORK,
                    publication,
                    Column("one", "thing", "one end of the tie", "dimension"),
                    Column("other", "thing", "the other end", "dimension"),
                    Column("change", "text", "new or deepened"),
                    Column("oneLabel", "text", "its name", "note"),
                    Column("otherLabel", "text", "its name", "note"),
                ),
                ties,
            ),
        ),
    )
