"""``ccin-graph network``."""

from __future__ import annotations

import click

from ccin_graph.cli.network import asking, writing


@click.group(name="network", short_help="the collaboration network: measures, communities, backbone, change, report")
def command() -> None:
    """Analyse who worked with whom, after any choice of years, sources, roles, kinds and regions.

    Tables go to standard output; the finding and the methods paragraph, with parameters and seed, to standard error.
    """


for one in (
    asking.summary,
    asking.measures,
    asking.communities,
    asking.backbone,
    asking.mixing,
    asking.change,
    asking.uncertainty,
    asking.predict,
    asking.robustness,
    writing.export,
    writing.report,
    writing.plot,
):
    command.add_command(one)
