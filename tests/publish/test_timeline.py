"""Memberships over time: definite where lists say so, possible where none rules it out, and no more."""

from __future__ import annotations

from itertools import pairwise

import pyoxigraph as ox
import pytest

from ccin_graph.publish.model import TYPE, Model
from ccin_graph.publish.settings import Settings
from ccin_graph.publish.views.timeline import WIDTH, Bar, timeline
from ccin_graph.vocabulary import BASE, CCIN, DCTERMS, ORG, PROV

SETTINGS = Settings("A network", BASE + "organisation/net", BASE)
MEMBERSHIP, BODY, CATEGORY = BASE + "organisation/a#member", BASE + "organisation/a", BASE + "category/full"


def said(subject: str, predicate: str, value: str | ox.Literal) -> ox.Quad:
    term = value if isinstance(value, ox.Literal) else ox.NamedNode(value)
    return ox.Quad(ox.NamedNode(subject), ox.NamedNode(predicate), term)


def bar(*lists: tuple[int, bool, bool]) -> Bar:
    """Return the one membership: of the year of each list, whether it is complete, and whether it names the body."""
    quads = [
        said(MEMBERSHIP, TYPE, CCIN + "NetworkMembership"),
        said(MEMBERSHIP, ORG + "member", BODY),
        said(MEMBERSHIP, ORG + "role", CATEGORY),
    ]
    for year, complete, names in lists:
        listing, entry = f"{BASE}listing/{year}", f"{BASE}listing/{year}#a"
        quads += [
            said(listing, TYPE, CCIN + "MembershipListing"),
            said(listing, CCIN + "category", CATEGORY),
            said(listing, DCTERMS + "date", ox.Literal(f"{year}-01-01")),
            said(listing, CCIN + "earliest", ox.Literal(f"{year}-01-01")),
            said(listing, CCIN + "latest", ox.Literal(f"{year}-01-01")),
            said(listing, CCIN + "complete", ox.Literal(complete)),
        ]
        if names:
            quads += [said(entry, DCTERMS + "isPartOf", listing), said(MEMBERSHIP, PROV + "wasDerivedFrom", entry)]
    told = timeline(Model(quads, SETTINGS))
    assert told is not None
    ((found,),) = [group.bars for group in told.groups]
    return found


@pytest.mark.parametrize(
    ("lists", "definite", "words"),
    [
        ([(2013, True, True)], 1, "definite on 1 January 2013; possible at any time before and at any time after"),
        (
            [(2012, True, False), (2013, True, True), (2018, True, True), (2021, True, False)],
            1,
            "definite from 1 January 2013 to 1 January 2018; possible from 1 January 2012, when a complete list leaves "
            "it out, before and until 1 January 2021, when a complete list leaves it out after",
        ),
        (
            [(2013, True, True), (2015, False, True), (2018, True, True), (2021, True, True)],
            3,
            "definite on 1 January 2013 and on 1 January 2015 and from 1 January 2018 to 1 January 2021; possible "
            "between and at any time before and at any time after",
        ),
    ],
)
def test_only_between_two_complete_lists_it_is_definite(
    lists: list[tuple[int, bool, bool]], definite: int, words: str
) -> None:
    found = bar(*lists)
    assert found.said == words
    spans = found.spans
    assert [span.state for span in spans] == ["possible", *["definite", "possible"] * definite]
    assert all(one.right == other.left for one, other in pairwise(spans))
    assert spans[-1].right <= WIDTH
    # A list alone is a day; two that follow one another are a stretch.
    assert sum(span.width > 0 for span in spans if span.state == "definite") == ("from" in words.partition(";")[0])
