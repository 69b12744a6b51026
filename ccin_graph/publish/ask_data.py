"""What the page that asks needs besides the dump: the questions of the packs and the words of the vocabulary."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from ccin_graph.packs import questions
from ccin_graph.publish.model import Kind
from ccin_graph.publish.pages.queries import query_path
from ccin_graph.vocabulary import CCIN, OWL, PREFIXES, RDFS, SKOS

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from ccin_graph.packs import Query
    from ccin_graph.publish.model import Model

_CLASSES = (OWL + "Class",)
_PROPERTIES = (OWL + "ObjectProperty", OWL + "DatatypeProperty")


def ask_data(model: Model, queries: Path) -> str:
    """Return the questions that a browser can answer, and our vocabulary, as JSON.

    Questions that ask other services are left out, for nothing leaves the reader's browser, and so are those that ask
    the results of analyses, which are not in the dump.

    Parameters
    ----------
    model : Model
    queries : Path
        ``queries/``.

    Returns
    -------
    str
    """
    base = model.settings.base
    data = {
        "base": base,
        "ontology": CCIN,
        "prefixes": PREFIXES | {"id": base},
        "questions": [_question(query) for query in asked_in_browser(queries)],
        "words": list(_words(model)),
    }
    return json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n"


def asked_in_browser(queries: Path) -> Iterator[Query]:
    """Yield the questions of the packs that the published dump answers, in order.

    Parameters
    ----------
    queries : Path
        ``queries/``.

    Yields
    ------
    Query
    """
    return (query for query in questions(queries) if not query.needs_more)


def _question(query: Query) -> dict[str, Any]:
    return {
        "name": query.name,
        "summary": query.summary,
        "question": query.question,
        "parameters": [
            {
                "name": parameter.name,
                "variable": parameter.variable,
                "kind": parameter.kind,
                "about": parameter.about,
                "default": parameter.default,
            }
            for parameter in query.parameters
        ],
        "columns": query.columns,
        "text": query.text,
        "path": query_path(query.name),
    }


def _words(model: Model) -> Iterator[dict[str, str]]:
    for kind, types in (("class", _CLASSES), ("property", _PROPERTIES)):
        for iri in sorted({one for type_ in types for one in model.instances(type_)}):
            about = model.text(iri, SKOS + "definition") or model.text(iri, RDFS + "comment")
            yield {"iri": iri, "label": model.label(iri), "about": about, "kind": kind}
    concepts = [*model.things(Kind.CONCEPT), *model.things(Kind.PRINCIPLE), *model.things(Kind.THEME)]
    for iri in sorted(concepts):
        yield {"iri": iri, "label": model.label(iri), "about": model.text(iri, SKOS + "definition"), "kind": "concept"}
