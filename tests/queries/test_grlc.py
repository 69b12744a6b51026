"""The folder of queries as a grlc API: decorators, parameters and defaults as grlc reads them, and what it would send.

grlc (https://github.com/CLARIAH/grlc) reads the lines that begin with ``#+`` as YAML, takes a parameter from every
variable ``?_name_type``, and puts a value into the text in place of it.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from ccin_graph.packs import FEDERATED, MACHINERY, read_query
from ccin_graph.queries import bind
from ccin_graph.sparql import variables
from ccin_graph.store import EmbeddedStore
from ccin_graph.vocabulary import BASE, XSD

ROOT = Path(__file__).parents[2]
FILES = {
    f"{path.parent.name}/{path.stem}": path
    for path in sorted((ROOT / "queries").glob("*/*.rq"))
    if path.parent.name not in MACHINERY
}
_PARAMETER = re.compile(r"(?P<required>_{1,2})(?P<name>[^_]+)_?(?P<type>[a-zA-Z0-9]+)?_?(?P<own>[a-zA-Z0-9]+)?.*$")
#: How grlc writes a value, by the last part of the variable.
_WRITTEN = {"iri": "<{}>", "number": "{}", "date": '"{}"^^xsd:date', None: '"{}"'}


def decorators(text: str) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(
        "\n".join(line.lstrip("#+") for line in text.split("\n") if line.startswith("#+"))
    )
    return found


def default(header: dict[str, Any], name: str) -> str:
    return next(str(entry[name]) for entry in header["defaults"] if name in entry)


@pytest.mark.parametrize("name", FILES)
def test_decorators_are_those_that_grlc_knows(name: str) -> None:
    header = decorators(FILES[name].read_text("utf-8"))
    assert header["summary"]
    assert isinstance(header["tags"], list)
    assert header["endpoint"].startswith("https://")
    for entry in (*header.get("defaults", ()), *header.get("enumerate", ())):
        assert len(entry) == 1


@pytest.mark.parametrize("name", FILES)
def test_the_header_says_for_whom_and_what_in_our_own_words(name: str) -> None:
    header = decorators(FILES[name].read_text("utf-8"))
    assert header["question"].endswith("?")
    assert header["audience"] in ("researcher", "publisher", "curator")
    assert all(set(spec) == {"kind", "about"} for spec in header.get("parameters", {}).values())


@pytest.mark.parametrize("name", FILES)
def test_parameters_have_names_of_one_word_and_the_type_that_they_take(name: str) -> None:
    query = read_query(FILES[name], name)
    types = {"date": "date", "number": "number", "string": None}
    for parameter in query.parameters:
        found = _PARAMETER.fullmatch(parameter.variable)
        assert found
        assert found["required"] == "_"
        assert found["name"] == parameter.name
        assert re.fullmatch("[a-z]+", parameter.name)
        assert found["type"] == types.get(parameter.kind, "iri")
        assert found["own"] is None


@pytest.mark.parametrize("name", [name for name in FILES if not name.startswith(f"{FEDERATED}/")])
def test_what_grlc_sends_has_the_same_answer(name: str, real: EmbeddedStore) -> None:
    text = FILES[name].read_text("utf-8")
    query, header = read_query(FILES[name], name), decorators(text)
    body = "\n".join(line for line in text.split("\n") if not line.startswith("#+"))
    for variable in variables(body):
        found = _PARAMETER.match(variable)
        if found:
            assert variable.startswith("_")
            value = default(header, found["name"])
            if found["type"] == "iri":
                assert value.startswith(("http://", "https://")), "grlc writes the value between < and >"
            if found["type"] == "date":
                # It adds the prefix before every SELECT of a query that lacks it.
                assert f"PREFIX xsd: <{XSD}>" in body
            body = body.replace(f"?{variable}", _WRITTEN[found["type"]].format(value))
    assert real.select(body).rows == real.select(bind(query, {}, real)).rows


def test_lists_of_choices_are_those_of_the_scheme(real: EmbeddedStore) -> None:
    listed = 0
    for name, path in FILES.items():
        for parameter in read_query(path, name).parameters:
            if parameter.choices:
                listed += 1
                rows = real.select(
                    "SELECT ?concept { ?concept <http://www.w3.org/2004/02/skos/core#inScheme> "
                    f"<{BASE}scheme/{parameter.kind}> }}"
                ).rows
                concepts = {getattr(row[0], "value", "").removeprefix(BASE) for row in rows}
                assert set(parameter.choices) == concepts
                assert parameter.default in concepts
    assert listed
