"""What the search looks through: every thing with its names, as a script that assigns a global."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.publish.lists import as_script
from ccin_graph.publish.model import Kind, Model
from ccin_graph.publish.pages import parts
from ccin_graph.vocabulary import DCTERMS, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterable

_NAMES = (SKOS + "prefLabel", DCTERMS + "title", SKOS + "altLabel", SKOS + "hiddenLabel", RDFS + "label")


def search_index(model: Model, further: Iterable[dict[str, str]] = ()) -> str:
    """Return the script that assigns ``window.CCIN_SEARCH``.

    Partnerships are left out: they are found through either of the two.

    Parameters
    ----------
    model : Model
    further : iterable of dict
        Entries of pages that are no things of the graph: ``path``, ``label``, ``names``, ``kind``, ``note``.

    Returns
    -------
    str
    """
    entries = []
    for kind in Kind:
        if kind is Kind.PARTNERSHIP:
            continue
        for iri in model.things(kind):
            label = model.label(iri)
            names = dict.fromkeys(text.value for term in _NAMES for text in model.texts(iri, term))
            names.pop(label, None)
            entry = {"path": model.page(iri) or "", "label": label, "names": " · ".join(names), "kind": kind.one}
            entries.append(entry | {"note": parts.note_on(model, iri)})
    return f"window.CCIN_SEARCH = {as_script([*entries, *further])};\n"
