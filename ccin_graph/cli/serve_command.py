"""``ccin-graph serve``."""

from __future__ import annotations

from pathlib import Path

import click


@click.command(name="serve", short_help="the site on localhost with content negotiation")
@click.option(
    "--site", type=click.Path(file_okay=False, path_type=Path), default=Path("site"), show_default=True,
    help="Folder that 'ccin-graph publish' wrote.",
)  # fmt: skip
@click.option("--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="0 for any that is free.")
def command(site: Path, port: int) -> None:
    """Serve the site to this machine until Ctrl-C, with content negotiation for the IRIs of things.

    \b
    Example:
      ccin-graph serve --port 8080
    """
    from ccin_graph.serve.http import SiteServer

    with SiteServer(site, port) as server:
        click.echo(f"{server.url} (Ctrl-C ends it)", err=True)
        try:
            server.serve_forever()
        except KeyboardInterrupt:
            click.echo("", err=True)
