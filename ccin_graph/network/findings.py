"""What the results say, as a page to read: every number in it is taken from a report."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from ccin_graph.network.catalogue import PROJECTIONS
from ccin_graph.network.filters import NETWORK_BODY
from ccin_graph.network.layers import by_publication
from ccin_graph.network.permutation import LEVEL

if TYPE_CHECKING:
    from collections.abc import Iterator

    import networkx as nx

    from ccin_graph.network.report import Report
    from ccin_graph.network.tables import Tables

SHOWN = 5
"""Rows of a table on the page."""


def findings(report: Report, tables: Tables) -> str:
    """Return what a full report found, as a page for researchers.

    Parameters
    ----------
    report : Report
        A full one of all tables.
    tables : Tables
        What it was made of.

    Returns
    -------
    str
        Markdown.
    """
    page = _Page(report, tables)
    sections = (
        page.head(),
        page.who_works_with_whom(),
        page.communities(),
        page.more_than_chance(),
        page.one_document(),
        page.change(),
        page.suggestions(),
        page.robustness(),
        page.conclusions(),
    )
    return "\n\n".join("\n\n".join(section) for section in sections) + "\n"


class _Page:
    """The page, a section a method."""

    def __init__(self, report: Report, tables: Tables) -> None:
        self.report = report
        self.tables = tables
        self.results = report.results()
        self.projects: nx.Graph[str] = report.graphs["organisation-project"]
        self.partners: nx.Graph[str] = report.graphs["council-partner"]
        self.everyone: nx.Graph[str] = report.graphs["organisation-organisation"]

    def rows(self, table: str, **wanted: Any) -> list[dict[str, Any]]:
        """Return the rows of a table that have certain values, by column."""
        result = self.results[table]
        names = [column.name for column in result.columns]
        found = (dict(zip(names, row, strict=True)) for row in result.rows)
        return [row for row in found if all(row[name] == value for name, value in wanted.items())]

    def title(self, publication: str | None) -> str:
        """Return a publication as a reader knows it."""
        return f"{self.tables.titles[publication]} ({self.tables.dates[publication]})" if publication else "none"

    def figure(self, network: str, name: str) -> float:
        """Return a figure of a whole network."""
        return float(self.rows("networks", network=network, figure=name)[0]["value"])

    def head(self) -> Iterator[str]:
        yield "# What the network of these five documents shows"
        yield (
            "Generated from the results of `ccin-graph network report` with seed "
            f"{self.report.seed}; a test holds this page and the results together, and `make golden` writes it anew. "
            "How each number was made, with references, stands in the `methods.md` of the report."
        )
        yield (
            "What is analysed is what five publications of the network tell, from "
            f"{min(self.tables.dates.values())} to {max(self.tables.dates.values())}. They were written to show what "
            "went well, each by whoever wrote it. Two organisations are tied if the publications give both a share in "
            "the work of one project. Nothing below is about work that no publication tells."
        )

    def who_works_with_whom(self) -> Iterator[str]:
        kinds = Counter(data["kind"] for _, data in self.everyone.nodes(data=True))
        sides = {side: [n for n, d in self.projects.nodes(data=True) if d["side"] == side] for side in _SIDES}
        organisations, projects = (sides[side] for side in _SIDES)
        alone = sum(self.projects.degree(one) == 1 for one in projects)
        largest = max(projects, key=lambda one: (self.projects.degree(one), one))
        many = self.projects.degree(largest)
        label = self.projects.nodes[largest]["label"]
        yield "## Who works with whom"
        yield (
            f"{len(organisations)} organisations have a share in the work of {len(projects)} projects: "
            f"{kinds['council']} councils, {kinds['affiliate']} affiliates and "
            f"{len(organisations) - kinds['council'] - kinds['affiliate']} others. **{alone} of the projects "
            f"({_share(alone, len(projects))}) name one organisation only**, so that they tie nobody to anybody. Ties "
            f"come from few projects: one of *k* organisations makes *k*(*k*-1)/2 of them, and the largest, {label} "
            f"with {many} organisations, makes {many * (many - 1) // 2} of the {self.everyone.number_of_edges()} ties "
            "between organisations. That is why weights after Newman, which count such a project for less, "
            "stand beside counts."
        )
        yield _table(
            ["network", "nodes", "ties", "largest component", "without ties", "density"],
            [
                [
                    f"`{name}`",
                    *(f"{self.figure(name, one):.0f}" for one in ("nodes", "ties", "largest-component", "isolates")),
                    f"{self.figure(name, 'density'):.3f}",
                ]
                for name in PROJECTIONS
            ],
        )
        others = [node for node, data in self.partners.nodes(data=True) if data["side"] == "partner"]
        worked = [node for node in others if self.partners.degree(node)]
        once = sum(self.partners.degree(node) == 1 for node in worked)
        councils = [node for node, data in self.partners.nodes(data=True) if data["side"] == "focus"]
        lone = sum(not self.partners.degree(node) for node in councils)
        between = self.report.graphs["council-council"]
        single = sum(len(data["projects"]) == 1 for _, _, data in between.edges(data=True))
        yield (
            f"**Partners are local.** Of {len(worked)} organisations that worked with a council and are none, {once} "
            f"({_share(once, len(worked))}) worked with one council only. {lone} of {len(councils)} councils are told "
            f"of without any such partner, {sum(not between.degree(node) for node in between)} without another "
            f"council. Between councils there are {between.number_of_edges()} ties, {single} of which rest on one "
            "project. The Gini coefficient of partners over councils is "
            f"{self.figure('council-partner', 'gini-of-focus'):.2f}, "
            f"that of councils over partners {self.figure('council-partner', 'gini-of-partner'):.2f}: what is unequal "
            "is how much is told of each council."
        )
        joint = len({one for _, _, data in between.edges(data=True) for one in data["projects"]})
        region = self._region()
        kind = self.rows("mixing", network="council-council", attribute="type", test="assortativity")[0]
        across = self.rows("mixing", network="council-affiliate", test="across")[0]
        claim, says = "It is not shown that councils work with councils of their region", ""
        if _more_than_chance(region):
            claim = "**Councils work with councils of their region**"
            says = (
                ", so that the test says that the few projects of several councils are regional, not that councils "
                "chose their region over and over"
            )
        mind = "affiliates do not mind regions" if across["p"] > LEVEL else "affiliates mind regions"
        yield (
            f"{claim}: the assortativity by region is {_test(region)}; by type of council it is {_test(kind)}. These "
            f"ties come from {joint} projects{says}. Of the pairs of councils that worked with the same affiliate, "
            f"{across['observed']:.0%} are of different regions (by chance {across['expected']:.0%}, p = "
            f"{across['p']:.2g}, {across['units']} pairs): as far as so few pairs can tell, {mind}."
        )

    def _region(self) -> dict[str, Any]:
        """Return the test of whether councils work with councils of their region."""
        return self.rows("mixing", network="council-council", attribute="region", test="assortativity")[0]

    def _alone(self) -> float:
        """Return the share of projects that name one organisation only."""
        sizes = [
            self.projects.degree(node) for node, data in self.projects.nodes(data=True) if data["side"] == _SIDES[1]
        ]
        return sizes.count(1) / len(sizes)

    def communities(self) -> Iterator[str]:
        yield "## Communities"
        rows = []
        for name in ("council-council", "council-partner", "council-affiliate", "organisation-organisation"):
            for method in ("louvain", "leiden"):
                found = self.rows("agreement", network=name, method=method, attribute="region")
                if found:
                    stable = [one["stability"] for one in self._tied(name, method)]
                    rows.append(
                        [
                            f"`{name}`",
                            method.title(),
                            str(len(self.rows("community-labels", network=name, method=method))),
                            f"{found[0]['modularity']:.2f}",
                            f"{min(stable):.0%}" if stable else "",
                            f"{found[0]['information']:.2f}",
                        ]
                    )
        barber = self.rows("agreement", network="organisation-project", attribute="region")[0]
        groups: dict[int, list[str]] = {}
        for row in self.rows("communities", network="council-partner", method="louvain"):
            groups.setdefault(row["community"], []).append(row["node"])
        several = [nodes for nodes in groups.values() if len(nodes) > 1]
        one = sum(sum(self.partners.nodes[node]["kind"] == "council" for node in nodes) == 1 for nodes in several)
        yield (
            "Communities are the consensus of 100 runs, at resolution 1, with Newman's weights. Stability is the share "
            "of runs in which a member is with its community; the last column is the adjusted mutual information with "
            "the region (1: the same division, 0: nothing in common beyond chance)."
        )
        yield _table(["network", "method", "communities", "modularity", "least stable member", "with region"], rows)
        yield (
            f"Modularity is high because the network is in pieces, and **{one} of the {len(several)} communities of "
            "councils and partners hold one council with the partners that are its own**: they repeat who wrote a case "
            "study. Divided together, organisations and projects have a modularity after Barber of "
            f"{barber['modularity']:.2f}. The largest communities of councils and partners, with what sets them apart "
            "from the others (how many of those members of whom it is known):"
        )
        yield _table(
            ["members", "stability", "what sets it apart", "councils in it"],
            [
                [
                    str(row["size"]),
                    f"{row['stability']:.0%}",
                    row["traits"],
                    ", ".join(sorted(self._councils(groups[row["community"]]))),
                ]
                for row in self.rows("community-labels", network="council-partner", method="louvain")[:SHOWN]
            ],
        )

    def _tied(self, network: str, method: str) -> list[dict[str, Any]]:
        """Return the members of communities that have ties."""
        graph = self.report.graphs[network]
        rows = self.rows("communities", network=network, method=method)
        return [row for row in rows if graph.degree(row["node"])]

    def _councils(self, nodes: list[str]) -> Iterator[str]:
        data = self.partners.nodes
        return (str(data[node]["label"]) for node in nodes if data[node]["kind"] == "council")

    def more_than_chance(self) -> Iterator[str]:
        yield "## More than chance"
        runs = [run for run in self.report.runs if run.name.startswith("backbone.")]
        if not runs:
            yield " ".join(self.report.left_out)
            return
        survivors = sum(int(run.parameters["survivors"]) for run in runs)
        yield (
            "Each pair was asked whether it has more projects in common than two organisations of so many projects "
            "would have if all chose at random: in the bipartite configuration model, and under a randomisation that "
            "keeps all numbers of projects exactly. A tie counts if both say so, at a rate of false discoveries of 5%."
        )
        yield _table(
            ["network", "pairs tested", "ties", "survive in both", "first model only", "second only", "smallest q"],
            [
                [
                    f"`{run.parameters['network']}`",
                    str(run.parameters["tests"]),
                    str(len(run.results[0].rows)),
                    str(run.parameters["survivors"]),
                    str(run.parameters["only-configuration-model"]),
                    str(run.parameters["only-curveball"]),
                    self._smallest(str(run.parameters["network"])),
                ]
                for run in runs
            ],
        )
        if survivors:
            yield f"**{_count(survivors, 'tie')} survive**; the table `backbone` names them with their projects."
            return
        yield (
            "**No tie survives: there is no validated backbone.** That does not say that the ties are not real; each "
            "has a project and a passage behind it. It says that almost all pairs share one project, that one project "
            "in common is what chance gives some pairs anyway, and that a table as sparse as this one cannot tell "
            "repeated choice from coincidence. Whoever calls a tie here strong has no statistical ground for it."
        )

    def _smallest(self, network: str) -> str:
        least = [max(row["q_bicm"], row["q_curveball"]) for row in self.rows("backbone", network=network)]
        return f"{min(least):.2g}" if least else ""

    def one_document(self) -> Iterator[str]:
        yield "## What rests on one document"
        told = by_publication(self.tables.participations).aggregate
        counts = Counter(len(data["publications"]) for _, _, data in told.edges(data=True))
        yield (
            f"Of {told.number_of_edges()} ties between organisations, {counts[1]} "
            f"({_share(counts[1], told.number_of_edges())}) are told by one publication only. Ranks have intervals: "
            "how they vary when case studies are drawn again at random from each publication (95% of 1000 draws), "
            "and what becomes of them when one publication is left out."
        )
        for ranking, title in (
            ("councils-by-partners", "Councils by the number of their partners outside the councils"),
            ("affiliates-by-councils", "Affiliates by the number of councils they worked with"),
        ):
            rows = self.rows("ranks", ranking=ranking)
            yield f"{title}:"
            yield _table(
                ["rank", "95% interval", "organisation", "ties", "rests most on", "rank (ties) without it"],
                [
                    [
                        str(row["rank"]),
                        f"{row['low']} to {row['high']}",
                        row["label"],
                        f"{row['value']:.0f}",
                        self.title(row["depends_on"]),
                        f"{row['depends_rank']} ({row['depends_value']:.0f})",
                    ]
                    for row in rows[: SHOWN + 1]
                ],
            )
        councils = self.rows("ranks", ranking="councils-by-partners")
        moved = sum(row["without_low"] != row["without_high"] for row in councils)
        most = Counter(row["depends_on"] for row in councils if row["depends_on"])
        first, often = most.most_common(1)[0]
        wide = sorted(row["high"] - row["low"] for row in councils)[len(councils) // 2]
        yield (
            f"The ranks of {moved} of {len(councils)} councils change with the publication left out; {often} rest most "
            f"on {self.title(first)}. The interval of a council in the middle spans {wide} places of {len(councils)}. "
            f"{self.report.run('ranks.councils-by-partners').finding} **A league table of councils or affiliates "
            "cannot be had from these documents.**"
        )

    def change(self) -> Iterator[str]:
        yield "## Change"
        rows = self.rows("change", network="organisation-organisation")
        yield _table(
            ["publication", "joined", "new ties", "deepened", "told again", "of these the same project"],
            [
                [
                    self.title(row["publication"]),
                    *(str(row[name]) for name in ("joined", "new_ties", "deepened", "repeated", "retold")),
                ]
                for row in rows
            ],
        )
        deeper, again, retold = (sum(row[name] for row in rows) for name in ("deepened", "repeated", "retold"))
        yield (
            f"Organisations and ties are nearly all new in each publication: in all, {_count(deeper, 'tie')} deepened, "
            f"and of {again} that two publications in a row tell, {retold} are the same project told twice. **Change "
            "from one publication to the next is change of what is told.** Persistence of ties cannot be estimated "
            "from it, and that somebody is not told again does not mean that they left."
        )
        before, after = (self.report.graphs[name] for name in ("council-council", "council-council.successors"))
        places = self.report.graphs["council-council.places"]
        yield (
            "Councils as they were, rolled forward to their successors, and by the places that they govern give "
            f"{len(before)}, {len(after)} and {len(places)} nodes with {before.number_of_edges()}, "
            f"{after.number_of_edges()} and {places.number_of_edges()} ties: the reorganisations that the records know "
            f"({_count(len(self.tables.successors), 'council')} with a successor) "
            + ("do not change the network." if _same(before, after, places) else "change the network.")
        )

    def suggestions(self) -> Iterator[str]:
        yield "## Suggestions"
        pairs = ("council-affiliate", "council-council")
        for one in pairs:
            yield self.report.run(f"prediction.{one}").finding
        beaten = any(row["beats"] for row in self.rows("prediction"))
        if beaten:
            yield "Suggestions are listed in the table `suggestions`, each with its reasons."
        else:
            yield (
                "**No score is shown to be better than the product of degrees**, which only says that those of whom "
                "much is told are told of again. The table `suggestions` still lists pairs with reasons that a person "
                "can judge (partners in common, themes, region, and the projects as evidence): read the reasons, not "
                "the rank. The first of each kind:"
            )
        yield "\n".join(
            f"- {row['oneLabel']} and {row['otherLabel']}: {'; '.join(row['reasons'])}"
            for one in pairs
            for row in self.rows("suggestions", pairs=one)[:2]
        )

    def robustness(self) -> Iterator[str]:
        yield "## Robustness"
        run = self.report.run("robustness.organisation-organisation")
        yield run.finding
        rows = [row for row in self.rows("robustness") if row["case"].startswith("leave ") or row["who"] in _TOGETHER]
        yield _table(
            [
                "who leaves",
                "projects that fall",
                "stay",
                "largest component before",
                "and after",
                "reach before",
                "and after",
            ],
            [
                [
                    str(row["label"]),
                    str(row["projects_fallen"]),
                    str(row["stay"]),
                    str(row["largest_before"]),
                    str(row["largest_after"]),
                    f"{row['reach_before']:.1f}",
                    f"{row['reach_after']:.1f}",
                ]
                for row in rows
            ],
        )
        yield (
            "Without its best connected members the network falls apart quickly, and it is in many pieces to begin "
            "with. "
            "What holds the largest component together are bodies that are named in several places; one of them under "
            "one name (a charity, a health service) may be several local branches, so that a part of this cohesion "
            "may be one of names. Rows where projects fall take away whatever the funder or the network had a hand in, "
            "and are counted with all roles: they are the worst that could happen, and what would happen no document "
            "tells. That many case studies do not say who paid makes the funders' part look smaller than it is."
        )

    def conclusions(self) -> Iterator[str]:
        survivors = sum(bool(row["survives"]) for row in self.rows("backbone")) if "backbone" in self.results else 0
        regional = _more_than_chance(self._region())
        yield "## What one may and may not conclude"
        yield "One may say:"
        yield "\n".join(
            [
                "- that these publications tell of these joint projects, each at its line in a source;",
                f"- that most partners are told of with one council only, {self._alone():.0%} of projects with nobody;",
                *(["- that the few joint projects of councils are mostly regional;"] if regional else []),
                "- who is told of often, with the interval of the rank and the document that it rests on.",
            ]
        )
        yield "One may not say:"
        yield "\n".join(
            [
                "- that two organisations without a tie do not work together: many case studies name no partner, and "
                "booklets select;",
                "- that one council is better connected than another where their intervals overlap, and nearly all do;",
                "- that a tie is stronger than chance, "
                + ("but for those in the backbone;" if survivors else "for none was shown to be;"),
                "- that the network grew or shrank between publications: who wrote changed too;",
                "- that a suggested pair is likely to work together.",
            ]
        )


_SIDES = ("organisation", "project")
_TOGETHER = ("all affiliates", "all funders", NETWORK_BODY)


def _same(*graphs: nx.Graph[str]) -> bool:
    """Return whether networks are of one size."""
    return len({(len(graph), graph.number_of_edges()) for graph in graphs}) == 1


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.0%}" if whole else "none"


def _count(number: int, what: str) -> str:
    return f"{number} {what}{'' if number == 1 else 's'}"


def _more_than_chance(row: dict[str, Any]) -> bool:
    """Tell whether a permutation test found more than chance gives."""
    return bool(row["p"] <= LEVEL and row["observed"] > row["expected"])


def _test(row: dict[str, Any]) -> str:
    """Return a permutation test in brackets."""
    return (
        f"{row['observed']:.2f} (95% of permutations {row['low']:.2f} to {row['high']:.2f}, p = {row['p']:.2g}, "
        f"{row['units']} ties)"
    )


def _table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, ["---"] * len(head), *rows])
