"""Pictures of networks that people look at, as SVG and PNG, with a title that says what was found and a description.

::

    whole       who worked with whom, coloured by kind or by community
    columns     councils on one side, their partners on the other
    ego         one organisation and those around it
    atlas       councils and their ties over the outline of the United Kingdom
    spells      who belonged when, definitely or possibly
    grid        which principles go with which themes
    ranks       how sure a place in a table is
    every       all of them, of one graph

Each stands on a ``sheet``: one set of fonts and of colours that colour-blind people tell apart. The same data gives the
same bytes with the same versions of matplotlib, numpy and scipy. Importing this package loads none of them.
"""

from ccin_graph.network.pictures.atlas import draw_atlas
from ccin_graph.network.pictures.columns import draw_columns
from ccin_graph.network.pictures.ego import draw_ego
from ccin_graph.network.pictures.every import draw_all
from ccin_graph.network.pictures.grid import draw_grid
from ccin_graph.network.pictures.ranks import draw_ranks
from ccin_graph.network.pictures.spells import draw_spells
from ccin_graph.network.pictures.whole import draw, headline

__all__ = [
    "draw",
    "draw_all",
    "draw_atlas",
    "draw_columns",
    "draw_ego",
    "draw_grid",
    "draw_ranks",
    "draw_spells",
    "headline",
]
