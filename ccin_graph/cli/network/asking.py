"""Commands that print a table of results."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from ccin_graph.cli.network.looking import looks, name
from ccin_graph.network.analyses import RANKINGS, WORK
from ccin_graph.network.communities import METHODS
from ccin_graph.network.prediction import KINDS_OF_PAIRS, SCORES

if TYPE_CHECKING:
    from ccin_graph.cli.network.looking import Look

_work = click.argument("name", type=click.Choice(list(WORK)), default="council-partner")


@click.command(name="summary")
@looks()
@name
def summary(look: Look, name: str) -> None:
    """Print the figures of a whole network: size, density, components, bridges, Gini, assortativity.

    \b
    Example:
      ccin-graph network summary council-affiliate --years 2018-
    """
    from ccin_graph.network.analyses import measured

    run = measured(look.network(look.tables(), name), name)
    measures, networks = run.results
    from dataclasses import replace

    look.show([replace(run, results=(networks, measures))], ("figure", "value", "about"))


@click.command(name="measures")
@click.option("--by", default="degree", show_default=True, metavar="MEASURE", help="The measure to rank by.")
@looks()
@name
def measures(look: Look, name: str, by: str) -> None:
    """Print the measures of every node of a network, best connected first; CSV has all of them.

    \b
    Example:
      ccin-graph network measures council-affiliate --top 10
    """
    from ccin_graph.network.analyses import measured

    shown = ("rank", "degree", "newman", "betweenness", "constraint", "core", "label", "kind")
    columns = dict.fromkeys(("rank", by, *shown[1:]))
    look.show([measured(look.network(look.tables(), name), name, by=by)], columns)


@click.command(name="communities")
@click.option(
    "--method",
    type=click.Choice([*METHODS, "barber"]),
    default="louvain",
    show_default=True,
    help="Leiden needs networkit; Barber divides organisations and projects together.",
)
@click.option("--resolution", type=float, default=1.0, show_default=True, help="Above 1 communities become smaller.")
@click.option("--runs", type=click.IntRange(min=1), default=100, show_default=True, help="Runs behind the consensus.")
@looks()
@name
def communities(look: Look, name: str, method: str, resolution: float, runs: int) -> None:
    """Print who forms a group, how firmly, what sets it apart, and how far groups follow region and nation.

    \b
    Examples:
      ccin-graph network communities council-council
      ccin-graph network communities council-partner --method leiden --table community-labels
    """
    from ccin_graph.network.analyses import grouped

    tables = look.tables()
    graph = look.network(tables, name)
    run, _ = grouped(tables, graph, name, method=method, resolution=resolution, runs=runs, seed=look.seed)
    look.show([run], ("community", "stability", "label"))


@click.command(name="backbone")
@click.option("--rate", type=float, default=0.05, show_default=True, help="Rate of false discoveries accepted.")
@looks()
@_work
def backbone(look: Look, name: str, rate: float) -> None:
    """Print which ties are more than chance, against two null models; it takes some seconds.

    \b
    Example:
      ccin-graph network backbone council-affiliate
    """
    from ccin_graph.network.analyses import validated

    run, _ = validated(look.rows(), name, rate=rate, seed=look.seed)
    look.show([run], ("oneLabel", "otherLabel", "shared", "expected", "q_bicm", "q_curveball", "survives"))


@click.command(name="mixing")
@click.option("--permutations", type=click.IntRange(min=1), default=9999, show_default=True, help="How many.")
@looks()
def mixing(look: Look, permutations: int) -> None:
    """Print whether like works with like, and whether affiliates work across regions, against permutations.

    \b
    Example:
      ccin-graph network mixing --seed 7
    """
    from ccin_graph.network.analyses import mixed

    look.show(mixed(look.rows(), permutations=permutations, seed=look.seed))


@click.command(name="change")
@looks()
@_work
def change(look: Look, name: str) -> None:
    """Print what each publication adds: who joined, which ties are new or deeper, which were told again.

    \b
    Examples:
      ccin-graph network change council-partner
      ccin-graph network change council-partner --table change-ties --format csv
    """
    from ccin_graph.network.analyses import changed

    run = changed(look.rows(), name)
    look.show([run], ("date", "joined", "returned", "dropped", "new_ties", "deepened", "repeated", "kept", "overlap"))


@click.command(name="uncertainty")
@click.option("--by", default="degree", show_default=True, help="degree, strength, newman or projects.")
@click.option("--replicates", type=click.IntRange(min=1), default=1000, show_default=True, help="Resamples.")
@looks()
@click.argument("ranking", type=click.Choice(list(RANKINGS)), default="councils-by-partners")
def uncertainty(look: Look, ranking: str, by: str, replicates: int) -> None:
    """Print ranks with their intervals, and the document that each depends on most.

    \b
    Example:
      ccin-graph network uncertainty affiliates-by-councils
    """
    from ccin_graph.network.analyses import ranked

    run = ranked(look.rows(), ranking, by=by, replicates=replicates, seed=look.seed)
    look.show(
        [run], ("rank", "low", "high", "without_low", "without_high", "value", "label", "depends_on", "depends_rank")
    )


@click.command(name="predict")
@click.option("--until", default="2019", show_default=True, help="The last date to learn from.")
@click.option(
    "--score", type=click.Choice(SCORES), default="resource-allocation", show_default=True, help="How pairs are scored."
)
@looks()
@click.argument("pairs", type=click.Choice(list(KINDS_OF_PAIRS)), default="council-affiliate")
def predict(look: Look, pairs: str, until: str, score: str) -> None:
    """Print who might work with whom and why; --table prediction says how good that is.

    \b
    Examples:
      ccin-graph network predict council-council --top 5
      ccin-graph network predict council-affiliate --table prediction
    """
    from dataclasses import replace

    from ccin_graph.network.analyses import predicted

    run = predicted(look.rows(), pairs, until=until, score=score, most=look.top, seed=look.seed)
    look.show([replace(run, results=run.results[::-1])], ("rank", "score", "oneLabel", "otherLabel", "reasons"))


@click.command(name="robustness")
@click.option("--runs", type=click.IntRange(min=1), default=100, show_default=True, help="Random orders.")
@looks()
def robustness(look: Look, runs: int) -> None:
    """Print what breaks when an affiliate, a funder or the network body leaves, worst first.

    \b
    Examples:
      ccin-graph network robustness --top 10
      ccin-graph network robustness --table attack --format csv
    """
    from ccin_graph.network.analyses import broken

    look.show(
        [broken(look.rows(), runs=runs, seed=look.seed)],
        ("label", "case", "largest_before", "largest_after", "reach_before", "reach_after", "cut_off"),
    )
