"""Who belonged to the network on a day: definite, possible or not, by the lists of the invented project.

Members: 2019-04-04 names Northmere and Saltby, 2021-05-01 Northmere and Westhollow; both are complete. Associates:
2021-05-01, complete. Affiliates: some time in 2021, not complete.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ccin_graph.errors import BadParameter
from ccin_graph.queries.members import members_as_of, standing_of

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore
    from tests.conftest import Project

ENTRY = "- {listed: westhollow, printed: Westhollow Borough Council, at: 5}"


def standing(store: EmbeddedStore, project: Project, day: str, category: str | None = "member") -> dict[str, str]:
    """Standing of every body of a category that is not absent."""
    table = members_as_of(store, project.tree.queries, day, category)
    return {row["body"].removeprefix("organisation/"): row["standing"] for row in table}


@pytest.mark.parametrize(
    ("day", "members"),
    [
        ("2018-01-01", {"northmere": "possible", "saltby": "possible", "westhollow": "possible"}),
        ("2019-04-03", {"northmere": "possible", "saltby": "possible", "westhollow": "possible"}),
        ("2019-04-04", {"northmere": "definite", "saltby": "definite"}),
        ("2019-04-05", {"northmere": "definite", "saltby": "possible", "westhollow": "possible"}),
        ("2020-06-01", {"northmere": "definite", "saltby": "possible", "westhollow": "possible"}),
        ("2021-04-30", {"northmere": "definite", "saltby": "possible", "westhollow": "possible"}),
        ("2021-05-01", {"northmere": "definite", "westhollow": "definite"}),
        ("2021-05-02", {"northmere": "possible", "saltby": "possible", "westhollow": "possible"}),
        ("2030-01-01", {"northmere": "possible", "saltby": "possible", "westhollow": "possible"}),
    ],
)
def test_members_between_two_complete_lists(
    store: EmbeddedStore, clean: Project, day: str, members: dict[str, str]
) -> None:
    assert standing(store, clean, day) == members


@pytest.mark.parametrize(
    ("day", "associate"), [("2021-04-30", "possible"), ("2021-05-01", "definite"), ("2021-05-02", "possible")]
)
def test_associates_of_one_complete_list(store: EmbeddedStore, clean: Project, day: str, associate: str) -> None:
    assert standing(store, clean, day, "associate") == {
        "fenwick-green": associate,
        "saltby-labour-group": associate,
    }


@pytest.mark.parametrize("day", ["2020-12-31", "2021-06-01", "2022-01-01"])
def test_affiliates_of_a_list_that_is_not_complete_are_possible(store: EmbeddedStore, clean: Project, day: str) -> None:
    assert standing(store, clean, day, "affiliate") == {"brightwater-trust": "possible"}


def test_a_body_that_two_lists_in_a_row_omit_is_absent_between_them(project: Project) -> None:
    later(project, "2023-01-01", "northmere")
    store = project.dataset().store
    assert standing(store, project, "2022-01-01") == {"northmere": "definite", "westhollow": "possible"}
    assert standing(store, project, "2024-01-01") == {
        "northmere": "possible", "saltby": "possible", "westhollow": "possible",
    }  # fmt: skip


def test_a_body_that_comes_back_is_possible_around_the_gap(project: Project) -> None:
    later(project, "2023-01-01", "northmere", "saltby")
    store = project.dataset().store
    assert standing(store, project, "2021-05-01") == {"northmere": "definite", "westhollow": "definite"}
    assert standing(store, project, "2022-01-01")["saltby"] == "possible"
    assert standing(store, project, "2023-01-01") == {"northmere": "definite", "saltby": "definite"}


def test_a_list_of_a_month_counts_from_its_last_day_and_up_to_its_first(project: Project) -> None:
    later(project, "2023-01", "northmere", "westhollow")
    store = project.dataset().store
    assert standing(store, project, "2022-12-31") == {"northmere": "definite", "westhollow": "definite"}
    assert standing(store, project, "2023-01-15")["northmere"] == "possible"
    assert standing(store, project, "2023-02-01")["northmere"] == "possible"


def test_a_list_that_is_not_complete_omits_nobody(project: Project) -> None:
    later(project, "2020-01-01", "northmere", complete=False)
    store = project.dataset().store
    assert standing(store, project, "2019-06-01") == {
        "northmere": "definite", "saltby": "possible", "westhollow": "possible",
    }  # fmt: skip
    assert standing(store, project, "2020-01-01")["saltby"] == "possible"


def test_who_stands_on_a_list_is_definite_on_its_day_though_it_is_not_complete(project: Project) -> None:
    later(project, "2022-01-01", "saltby", complete=False)
    assert standing(project.dataset().store, project, "2022-01-01")["saltby"] == "definite"


def test_who_stands_on_an_incomplete_list_is_not_absent_on_its_day(project: Project) -> None:
    later(project, "2020-01-01", "fenwick-green", complete=False)
    assert "fenwick-green" in standing(project.dataset().store, project, "2020-01-01")


def test_lists_of_another_network_say_nothing_of_this_one(project: Project) -> None:
    project.write(
        "data/organisations/others/other-network.yaml",
        "id: organisation/other-network\ntype: Network\nname: Other Network\nclassification: [network]\n",
    )
    later(project, "2020-01-01", "westhollow", network="other-network")
    store = project.dataset().store
    assert standing(store, project, "2019-08-01")["northmere"] == "definite"


def later(project: Project, day: str, *bodies: str, complete: bool = True, network: str = "harbour-network") -> None:
    """Add a list of members."""
    entries = "".join(f"- {{listed: {body}, at: 3}}\n" for body in bodies)
    project.write(
        "data/listings/members-later.yaml",
        f"id: listing/members-later\ntype: MembershipListing\nname: Members {day}\npublication: tide-2021\n"
        f"network: {network}\ncategory: member\ndate: {day}\ncomplete: {str(complete).lower()}\nat: 3\n"
        f"entries:\n{entries}",
    )


def test_every_category_without_one(store: EmbeddedStore, clean: Project) -> None:
    table = members_as_of(store, clean.tree.queries, "2021-05-01")
    assert [row["category"] for row in table] == ["Affiliate member", *["Associate member"] * 2, *["Member"] * 2]


def test_the_lists_before_and_after_are_named(store: EmbeddedStore, clean: Project) -> None:
    rows = {row["body"]: row for row in members_as_of(store, clean.tree.queries, "2020-06-01", "Member")}
    saltby = rows["organisation/saltby"]
    assert (saltby["before"], saltby["after"]) == ("Members as at 4 April 2019", "Members as at 1 May 2021")


@pytest.mark.parametrize(("day", "category"), [("2021", None), ("yesterday", None), ("2021-13-01", None), ("", None)])
def test_a_day_that_is_none(store: EmbeddedStore, clean: Project, day: str, category: str | None) -> None:
    with pytest.raises(BadParameter):
        members_as_of(store, clean.tree.queries, day, category)


def test_a_category_that_is_none_names_those_there_are(store: EmbeddedStore, clean: Project) -> None:
    with pytest.raises(BadParameter, match=r"no members in a category 'mebmer'.*affiliate, associate, member"):
        members_as_of(store, clean.tree.queries, "2021-05-01", "mebmer")


@pytest.mark.parametrize("day", ["2018-01-01", "2019-04-04", "2020-06-01", "2021-05-01", "2021-06-15", "2030-01-01"])
def test_the_standing_of_one_body_is_that_of_the_list_of_all(store: EmbeddedStore, clean: Project, day: str) -> None:
    queries = clean.tree.queries
    listed = {row["body"] for row in members_as_of(store, queries, "2018-01-01")}
    said = {(row["body"], row["category"]): row["standing"] for row in members_as_of(store, queries, day)}
    for body in [*sorted(listed), "organisation/river-board"]:
        table = standing_of(store, queries, body, day)
        assert len(table) == 3
        for row in table:
            assert row["standing"] == said.get((body, row["category"]), "no"), body


def test_the_standing_of_one_body_says_for_whom_it_took_a_name(store: EmbeddedStore, clean: Project) -> None:
    table = standing_of(store, clean.tree.queries, "Northmere City Council", "2020-06-01", "member")
    assert [str(taken) for taken in table.taken] == [
        "body: Northmere City Council (organisation/northmere)",
        "date: 2020-06-01",
    ]
    assert [(row["standing"], row["named_before"], row["named_after"]) for row in table] == [
        ("definite", "true", "true")
    ]
