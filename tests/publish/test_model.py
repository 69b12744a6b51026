"""The graph as pages need it: what cannot be written down again is refused, all else comes back as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.errors import SiteError
from ccin_graph.publish.model import Model
from ccin_graph.publish.settings import Settings
from ccin_graph.vocabulary import BASE

if TYPE_CHECKING:
    from ccin_graph.store import EmbeddedStore

SETTINGS = Settings("A network", BASE + "organisation/net", BASE)


def test_what_it_says_of_all_things_is_the_graph(store: EmbeddedStore) -> None:
    model = Model(store.quads(), SETTINGS)
    said = [triple for iri in model for triple in model.triples(iri)]
    assert set(said) == {quad.triple for quad in store.quads()}
    assert len(said) == len(set(said))


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("_:x <http://e.org/p> <http://e.org/o> .", "a node without an IRI"),
        ("<http://e.org/s> <http://e.org/p> _:x .", "a node without an IRI"),
        ("<http://e.org/s> <http://e.org/p> <<( <http://e.org/a> <http://e.org/b> <http://e.org/c> )>> .", "a triple"),
        ("<../s> <http://e.org/p> <http://e.org/o> .", "no IRI: '../s'"),
        ("<http://e.org/s> <../p> <http://e.org/o> .", "no IRI: '../p'"),
        ("<http://e.org/s> <http://e.org/p> <../o> .", "no IRI: '../o'"),
        ('<http://e.org/s> <http://e.org/p> "x"^^<../d> .', "no IRI: '../d'"),
        ('<http://e.org/s> <http://e.org/p> "x"@abcdefghijkl .', 'no language: "x"@abcdefghijkl'),
        ('<http://e.org/s> <http://e.org/p> "x"@ar--rtl .', "a text with a direction"),
    ],
)
def test_what_no_file_could_hold_is_refused(line: str, why: str) -> None:
    sound = '<http://e.org/s> <http://e.org/p> "x"@en, "x"@cy, "x", 1 .'
    quads = [*ox.parse(sound, format=ox.RdfFormat.TURTLE), *ox.parse(line, format=ox.RdfFormat.N_QUADS, lenient=True)]
    with pytest.raises(SiteError) as caught:
        Model(quads, SETTINGS)
    assert str(caught.value).startswith(why)


def test_a_partnership_is_named_by_its_two(store: EmbeddedStore) -> None:
    model = Model(store.quads(), SETTINGS)
    assert (
        model.label(BASE + "partnership/brightwater-trust--saltby") == "Brightwater Trust and Saltby District Council"
    )
