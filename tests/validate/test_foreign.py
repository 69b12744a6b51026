"""Other people's data: every form of RDF is read and checked; what is none gets a sentence, soon and offline."""

from __future__ import annotations

import os
import random
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest
from click.testing import CliRunner, Result

from ccin_graph.cli.check_command import command
from ccin_graph.errors import BadParameter, CcinError, DataError, ShapesError
from ccin_graph.findings import Finding, Severity
from ccin_graph.validate.bounded import Limits, check_files_bounded
from ccin_graph.validate.foreign import check_files
from ccin_graph.validate.reading import FORMATS, read_rdf
from ccin_graph.validate.shacl import Engine

if TYPE_CHECKING:
    from ccin_graph.build import Dataset
    from ccin_graph.tree import Tree

ENGINES = pytest.mark.parametrize("engine", Engine, ids=lambda engine: engine.value)

SUFFIXES = [".ttl", ".trig", ".nt", ".nq", ".jsonld", ".rdf"]

THEIRS = """@prefix ccin: <https://w3id.org/ccin/def#> .
@prefix prov: <http://www.w3.org/ns/prov#> .
@prefix their: <https://example.org/their/> .

their:lead a ccin:Participation ;
    prov:agent their:body ;
    prov:hadRole <https://w3id.org/ccin/id/role/chief> .
"""
PREFIXES = {
    "ccin": "https://w3id.org/ccin/def#",
    "prov": "http://www.w3.org/ns/prov#",
    "their": "https://example.org/their/",
}


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    """Return a function that writes a file and returns its path."""

    def run(name: str, content: str | bytes) -> Path:
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return run


def told(findings: list[Finding], path: Path) -> list[str]:
    """Return findings without the folder of the test."""
    return [str(finding).replace(str(path.parent) + os.sep, "") for finding in findings]


# Data of every form


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_our_own_graph_is_as_right_as_its_records(
    suffix: str, dataset: Dataset, checkout: Tree, write: Callable[..., Path]
) -> None:
    form = FORMATS[suffix]
    quads = list(dataset.store.quads())
    content = ox.serialize(quads if form.supports_datasets else [quad.triple for quad in quads], format=form)
    findings = check_files([write(f"ours{suffix}", content or b"")], checkout)
    assert [finding.rule for finding in findings if finding.to_mend] == ["organisation-type"]


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_what_is_wrong_is_told_with_its_line(suffix: str, checkout: Tree, write: Callable[..., Path]) -> None:
    triples = [quad.triple for quad in ox.parse(THEIRS.encode(), ox.RdfFormat.TURTLE)]
    content = ox.serialize(triples, format=FORMATS[suffix], prefixes=PREFIXES if suffix != ".jsonld" else None) or b""
    content = content.replace(b"><", b">\n<").replace(b'{"', b'{\n"')
    path = write(f"theirs{suffix}", content)
    found = [one for one in check_files([path], checkout) if one.subject == "https://example.org/their/lead"]
    assert {one.rule for one in found} >= {
        "participation-agent", "participation-role", "participation-project", "participation-evidence",
    }  # fmt: skip
    lines = content.decode().splitlines()
    for one in found:
        assert one.location.file == str(path)
        assert "lead" in lines[one.location.line - 1]


@ENGINES
def test_a_finding_of_theirs_reads_like_one_of_ours(engine: Engine, checkout: Tree, write: Callable[..., Path]) -> None:
    path = write("theirs.ttl", THEIRS)
    said = told(check_files([path], checkout, None, engine), path)
    assert (
        "theirs.ttl:5: https://example.org/their/lead: A participant has one role from the scheme: give 'role:'. "
        "(found: role/chief) (participation-role)"
    ) in said
    assert len(said) == len(set(said)) > 3


def test_both_engines_say_the_same_of_theirs(checkout: Tree, write: Callable[..., Path]) -> None:
    path = write("theirs.ttl", THEIRS + "[] a ccin:Figure . their:x prov:wasDerivedFrom [ a ccin:Passage ] .")
    ours, reference, fast = (check_files([path], checkout, None, engine) for engine in Engine)
    assert ours == reference
    assert fast == reference


@ENGINES
def test_a_node_without_an_iri_is_told_by_what_is_around_it(
    engine: Engine, checkout: Tree, write: Callable[..., Path]
) -> None:
    path = write(
        "theirs.ttl",
        "@prefix ccin: <https://w3id.org/ccin/def#> .\n@prefix prov: <http://www.w3.org/ns/prov#> .\n"
        "<https://example.org/x>\n  prov:qualifiedAssociation [ a ccin:Participation ] .\n[] a ccin:Figure .\n",
    )
    found = check_files([path], checkout, None, engine)
    inner = next(one for one in found if one.rule == "participation-agent")
    assert inner.message.startswith("the prov:qualifiedAssociation of https://example.org/x: ")
    assert inner.location.line == 3
    assert any(one.message.startswith("a ccin:Figure without an IRI: ") for one in found)


def test_files_are_one_graph(checkout: Tree, write: Callable[..., Path]) -> None:
    one = write("one.ttl", THEIRS)
    other = write("other.ttl", "<https://example.org/their/body> a <http://www.w3.org/ns/org#Organization> .")
    alone = {finding.rule for finding in check_files([one], checkout)}
    together = check_files([one, other, one], checkout)
    assert "participation-agent" in alone - {finding.rule for finding in together}
    assert {finding.location.file for finding in together if finding.subject.endswith("/body")} == {str(other)}


def test_a_rule_sees_what_has_no_name(checkout: Tree, write: Callable[..., Path]) -> None:
    text = """@prefix dcterms: <http://purl.org/dc/terms/> . @prefix org: <http://www.w3.org/ns/org#> .
    [] a org:Organization ; dcterms:identifier "E07000123" ."""
    found = check_files([write("body.ttl", text)], checkout)
    assert ("code-on-a-body", "", "E07000123") in [(one.rule, one.subject, one.value) for one in found]


def test_blank_nodes_of_two_files_are_not_one(checkout: Tree, write: Callable[..., Path]) -> None:
    first = write("a.nt", "_:x <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <https://w3id.org/ccin/def#Figure> .")
    second = write("b.nt", "_:x <https://w3id.org/ccin/def#measure> 'three words'".replace("'", '"') + " .")
    assert "figure-measure" in {finding.rule for finding in check_files([first, second], checkout)}


def test_our_rules_are_run_and_our_concepts_are_not_their_fault(checkout: Tree, write: Callable[..., Path]) -> None:
    path = write(
        "theirs.ttl",
        "@prefix ccin: <https://w3id.org/ccin/def#> . @prefix t: <https://example.org/> .\n"
        "t:a a ccin:Project ; ccin:partOf t:b .\nt:b a ccin:Project ; ccin:partOf t:a .",
    )
    findings = check_files([path], checkout)
    assert [one.location.line for one in findings if one.rule == "part-of-itself"] == [2, 3]
    assert {one.subject.partition("org/")[0] for one in findings} == {"https://example."}


def test_where_nothing_is_looked_at_that_is_said(checkout: Tree, write: Callable[..., Path]) -> None:
    path = write("theirs.ttl", '<https://example.org/a> <https://example.org/b> "c" .')
    (finding,) = check_files([path], checkout)
    assert (finding.rule, finding.severity) == ("nothing-checked", Severity.WARNING)


# Other shapes

SHAPES = """@prefix sh: <http://www.w3.org/ns/shacl#> .
@prefix t: <https://example.org/> .
t:Shape a sh:NodeShape ; sh:targetClass t:Thing ;
  sh:property [ sh:path t:size ; sh:maxLength 2 ; sh:severity sh:Warning ] ;
  sh:sparql [ sh:message "{$this} has no {?value}" ;
    sh:select "SELECT $this ?value { $this t:size ?value FILTER(STRLEN(?value) > 4) }" ] .
"""
THING = '@prefix t: <https://example.org/> .\n\nt:one a t:Thing ; t:size "large" .\n'


@ENGINES
@pytest.mark.parametrize("where", ["shapes.ttl", "."])
def test_any_other_shapes_may_be_given(
    where: str, engine: Engine, checkout: Tree, write: Callable[..., Path], tmp_path: Path
) -> None:
    (tmp_path / "shapes").mkdir()
    write("shapes/shapes.ttl", SHAPES)
    path = write("data.ttl", THING)
    assert told(check_files([path], checkout, tmp_path / "shapes" / where, engine), path) == [
        "data.ttl:3: https://example.org/one: https://example.org/one has no large (found: large) (Shape)",
        "data.ttl:3: https://example.org/one: does not meet sh:maxLength 2 (found: large) (Shape-size)",
    ]


@ENGINES
def test_other_shapes_that_would_pass_in_silence_are_said(
    engine: Engine, checkout: Tree, write: Callable[..., Path]
) -> None:
    misspelt = SHAPES.replace("sh:maxLength 2", "sh:maxLenght 2").replace("targetClass t:Thing", "targetClass t:Think")
    shapes = write("shapes.ttl", misspelt)
    found = {one.rule: one for one in check_files([write("data.ttl", THING)], checkout, shapes, engine)}
    assert "did you mean 'maxLength'?" in found["shape-unknown-term"].message
    assert found["shape-unknown-term"].location.line == 4
    assert "nothing-checked" in found


@ENGINES
def test_other_shapes_that_are_ill_formed_are_said(engine: Engine, checkout: Tree, write: Callable[..., Path]) -> None:
    shapes = write("shapes.ttl", f"{SHAPES}\nt:Other a sh:PropertyShape ; sh:minCount 1 .")
    path = write("data.ttl", THING)
    try:
        said = "\n".join(told(check_files([path], checkout, shapes, engine), path))
    except ShapesError as error:
        said = str(error)
    assert (
        "shapes.ttl:8: https://example.org/Other: not a shape as SHACL has it: it is neither a node shape nor a "
        "property shape, which has one sh:path (shape-ill-formed)"
    ) in said


def test_a_target_may_be_a_class_that_is_a_shape_itself(checkout: Tree, write: Callable[..., Path]) -> None:
    shapes = write(
        "shapes.ttl",
        SHAPES.replace("t:Shape a sh:NodeShape ; sh:targetClass t:Thing", "t:Thing a sh:NodeShape, rdfs:Class").replace(
            "@prefix t:", "@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .\n@prefix t:"
        ),
    )
    assert {one.rule for one in check_files([write("data.ttl", THING)], checkout, shapes)} == {"Thing", "Thing-size"}


def test_what_holds_no_shape_is_an_error(checkout: Tree, write: Callable[..., Path], tmp_path: Path) -> None:
    path = write("data.ttl", THING)
    with pytest.raises(ShapesError, match="no SHACL shape"):
        check_files([path], checkout, path)
    (tmp_path / "empty").mkdir()
    with pytest.raises(DataError, match="no file of RDF in"):
        check_files([path], checkout, tmp_path / "empty")


@ENGINES
def test_a_shape_that_leads_to_itself_ends(engine: Engine, checkout: Tree, write: Callable[..., Path]) -> None:
    shapes = write("shapes.ttl", SHAPES + "t:Shape sh:node t:Shape . t:A sh:targetClass t:Thing ; sh:not t:A .")
    with suppress(ShapesError):
        check_files([write("data.ttl", THING)], checkout, shapes, engine)


# What is not RDF

RDF = '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns:e="http://example.org/">'
ABOUT = '<rdf:Description rdf:about="http://example.org/a">'
TRIPLE = "<http://example.org/a> <http://example.org/b> "


def doctype(inner: str) -> str:
    return f'<?xml version="1.0"?>\n<!DOCTYPE r [{inner}]>\n{RDF}{ABOUT}<e:b>&a;</e:b></rdf:Description></rdf:RDF>'


LAUGHS = '<!ENTITY z "lol">' + "".join(
    f'<!ENTITY {name} "{f"&{inner};" * 10}">' for name, inner in zip("abcdefghi", "bcdefghiz", strict=True)
)

BAD: dict[str, tuple[str, str | bytes, str]] = {
    "empty": ("x.ttl", "", "is empty"),
    "only blanks": ("x.nq", " \n\t\n", "is empty"),
    "only comments": ("x.ttl", "# nothing\n", "holds no statement"),
    "prose": ("x.ttl", "Hello, this is a letter.", "x.ttl:1: not Turtle: Hello"),
    "prose as N-Triples": ("x.nt", "\nHello, this is a letter.", "x.nt:2: not N-Triples"),
    "a web page": ("x.rdf", "<!DOCTYPE html><html><body></body></html>", "a web page, not RDF"),
    "a table": ("x.csv", "a,b\n1,2\n", "cannot be told from its name"),
    "no ending": ("x", TRIPLE, "cannot be told from its name"),
    "binary": ("x.ttl", random.Random(1).randbytes(50_000), "x.ttl"),
    "binary without zeros": ("x.ttl", b"\xfe\xed" * 9999, "not UTF-8"),
    "zeros": ("x.nq", bytes(9999), "binary, not a text"),
    "UTF-16": ("x.ttl", (TRIPLE + '"c" .').encode("utf-16"), "UTF-16"),
    "Latin-1": ("x.ttl", f'# one\n{TRIPLE}"caf\xe9" .'.encode("latin-1"), "x.ttl:2: not UTF-8"),
    "Turtle cut off": ("x.ttl", TRIPLE + '"abc', "Unexpected end of file"),
    "TriG cut off": ("x.trig", "<http://example.org/g> { " + TRIPLE + '"abc" .', "not TriG"),
    "N-Quads cut off": ("x.nq", TRIPLE, "not N-Quads"),
    "JSON-LD cut off": ("x.jsonld", '{"@id": "http://example.org/a", "http://example.org/b":', "not JSON-LD"),
    "RDF/XML cut off": ("x.rdf", RDF + ABOUT, "no element found"),
    "RDF/XML cut off after a statement": ("x.rdf", f"{RDF}{ABOUT}<e:b>c</e:b></rdf:Description>", "no element found"),
    "XML that is no RDF": ("x.rdf", "<feed><title>News</title></feed>", "not RDF/XML"),
    "JSON that is no JSON-LD": ("x.json", '{"a": "b"}', "holds no statement"),
    "a relative context": (
        "x.jsonld",
        '{"@context": "context.jsonld", "name": "x"}',
        "names a context at another place",
    ),
    "a remote context": ("x.jsonld", '{"@context": "http://127.0.0.1:9/c", "name": "x"}', "names a context at another"),
    "an imported context": (
        "x.jsonld",
        '{"@context": {"@version": 1.1, "@import": "http://127.0.0.1:9/c"}, "name": "x"}',
        "names a context at another place",
    ),
    "an entity bomb": ("x.rdf", doctype(LAUGHS), "made of other entities"),
    "an entity bomb in UTF-16": ("x.rdf", doctype(LAUGHS).encode("utf-16"), "UTF-16"),
    "an entity that is long and often used": (
        "x.owl",
        doctype(f'<!ENTITY a "{"x" * 99_999}">').replace("&a;", "&a;" * 9999),
        "would grow to 999890001 characters",
    ),
    "many entities": ("x.rdf", doctype("".join(f'<!ENTITY e{n} "{n}">' for n in range(999))), "more than 200 entities"),
    "an entity from a file": ("x.rdf", doctype('<!ENTITY a SYSTEM "file:///etc/hostname">'), "comes from outside"),
    "an entity from the web": ("x.rdf", doctype('<!ENTITY a SYSTEM "http://127.0.0.1:9/">'), "comes from outside"),
    "an entity for the document type": (
        "x.rdf",
        doctype('<!ENTITY % a SYSTEM "http://127.0.0.1:9/"> %a;'),
        "comes from outside",
    ),
    "elements without end": ("x.rdf", RDF + "<e:a><e:b>" * 300_000, "nested more than 500 deep"),
    "objects without end": ("x.jsonld", '{"http://example.org/b":' * 300_000, "not JSON-LD"),
    "triples without end": (
        "x.nt",
        TRIPLE + f"<<( {TRIPLE}" * 300_000 + '"a"' + " )>>" * 300_000 + " .",
        "triples inside triples",
    ),
    "a triple about a triple": ("x.ttl", f'{TRIPLE}<<( {TRIPLE}"c" )>> .', "RDF 1.2"),
    "brackets without end": ("x.ttl", TRIPLE + "[<http://example.org/b> " * 300_000, "not Turtle"),
    "ten megabytes of a letter": ("x.ttl", "x" * 10_000_000, "not Turtle"),
    "ten megabytes of a letter as N-Triples": ("x.nt", "x" * 10_000_000, "not N-Triples"),
    "ten megabytes of an IRI": ("x.ttl", "<http://example.org/" + "x" * 10_000_000, "not Turtle"),
    "ten megabytes of a text cut off": ("x.ttl", TRIPLE + '"' + "x" * 10_000_000, "not Turtle"),
    "ten megabytes of JSON": ("x.jsonld", "[" * 10_000_000, "not JSON-LD"),
    "control characters": ("x.ttl", "\x1b[2J\x1b]0;title\x07 .", "not Turtle"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_not_rdf_is_said_in_a_sentence(name: str, write: Callable[..., Path]) -> None:
    file, content, said = BAD[name]
    started = time.monotonic()
    with pytest.raises(DataError) as caught:
        read_rdf(write(file, content))
    text = str(caught.value)
    assert said in text
    assert len(text) < 600 + len(str(write(file, "")))
    assert text.isprintable()
    assert text.endswith(".")
    assert time.monotonic() - started < 20


def test_what_is_no_file_is_said(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="is a folder"):
        read_rdf(tmp_path)
    with pytest.raises(DataError, match="no file"):
        read_rdf(tmp_path / "x.ttl")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.ttl")
        with pytest.raises(DataError, match="no plain file"):
            read_rdf(tmp_path / "pipe.ttl")
        with pytest.raises(DataError, match="no plain file"):
            read_rdf(Path("/dev/zero"))


def test_a_file_that_is_too_large_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.nt"
    with path.open("wb") as file:
        file.truncate(2**40)
    with pytest.raises(DataError, match="at most 256 MB are read"):
        read_rdf(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_is_said(write: Callable[..., Path]) -> None:
    path = write("x.ttl", THING)
    path.chmod(0)
    with pytest.raises(DataError, match="cannot be read"):
        read_rdf(path)


def test_no_file_is_said(checkout: Tree) -> None:
    with pytest.raises(DataError, match="no file to check"):
        check_files([], checkout)


@pytest.mark.parametrize(
    ("file", "content"),
    [
        ("x.rdf", doctype('<!ENTITY a "http://example.org/">')),
        ("x.ttl", b"\xef\xbb\xbf" + TRIPLE.encode() + b'"c" .'),
        ("x.TTL", TRIPLE + '"' + "x" * 10_000_000 + '" .'),
        ("x.ttl", f'{TRIPLE}"twelve"^^<http://www.w3.org/2001/XMLSchema#integer>, "<<" .'),
        ("x.jsonld", '{"@context": {"b": "http://example.org/b"}, "b": "c"}'),
        ("x y (1).ttl", "<> <#b> <c> ."),
    ],
)
def test_what_is_unusual_and_right_is_read(file: str, content: str | bytes, write: Callable[..., Path]) -> None:
    assert len(read_rdf(write(file, content)).quads) >= 1


# In a process of its own


def test_the_other_process_says_the_same(checkout: Tree, write: Callable[..., Path]) -> None:
    path = write("theirs.ttl", THEIRS + '[] a ccin:Figure ; ccin:measure "Straße \U0001f600" .')
    shapes = write("shapes.ttl", SHAPES)
    assert check_files_bounded([path], checkout) == check_files([path], checkout)
    assert check_files_bounded([path], checkout, shapes, Engine.PYSHACL) == check_files([path], checkout, shapes)


def test_an_error_comes_back_as_it_is(checkout: Tree, write: Callable[..., Path], tmp_path: Path) -> None:
    path = write("data.ttl", THING)
    for files, shapes in (([tmp_path / "no.ttl"], None), ([path], path)):
        with pytest.raises(CcinError) as here:
            check_files(files, checkout, shapes)
        with pytest.raises(CcinError) as there:
            check_files_bounded(files, checkout, shapes)
        assert type(here.value) is type(there.value)
        assert str(here.value) == str(there.value)


def test_what_takes_too_long_is_ended(checkout: Tree, write: Callable[..., Path]) -> None:
    path = write("x.ttl", TRIPLE + "(" * 3_000_000)
    started = time.monotonic()
    with pytest.raises(DataError, match=r"took more than 0\.3 seconds"):
        check_files_bounded([path], checkout, limits=Limits(seconds=0.3))
    assert time.monotonic() - started < 5


@pytest.mark.skipif(os.name != "posix", reason="the system cannot limit memory")
def test_what_needs_too_much_memory_is_ended(checkout: Tree, write: Callable[..., Path]) -> None:
    path = write("x.ttl", TRIPLE + "(" * 3_000_000)
    with pytest.raises(DataError, match="reading it needs more than 400 MB"):
        check_files_bounded([path], checkout, limits=Limits(megabytes=400))


def test_what_python_says_of_a_failure_comes_back(
    checkout: Tree, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write("sitecustomize.py", "import pyoxigraph\ndel pyoxigraph.parse\n")
    monkeypatch.syspath_prepend(tmp_path)
    with pytest.raises(DataError, match=r"data\.ttl: AttributeError: .*parse"):
        check_files_bounded([write("data.ttl", THING)], checkout)


def test_a_module_in_the_working_directory_is_not_run(
    checkout: Tree, write: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write("json.py", "raise SystemExit('taken over')")
    path = write("data.ttl", THEIRS)
    monkeypatch.chdir(tmp_path)
    assert check_files_bounded([path], checkout)


# Nothing is fetched


@pytest.fixture
def listener() -> Iterator[tuple[int, list[object]]]:
    """Return a port of this machine, and the list of those who have called."""
    calls: list[object] = []
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        done = threading.Event()

        def listen() -> None:
            while not done.is_set():
                try:
                    connection, caller = server.accept()
                except TimeoutError:
                    continue
                calls.append(caller)
                connection.close()

        thread = threading.Thread(target=listen)
        thread.start()
        yield server.getsockname()[1], calls
        done.set()
        thread.join()


@pytest.fixture
def offline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Make every connection from Python fail, beside the listener that sees those from elsewhere."""

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)


REACHING: dict[str, tuple[str, str]] = {
    "owl:imports": (
        "x.ttl",
        "<http://example.org/o> a <http://www.w3.org/2002/07/owl#Ontology> ;\n"
        " <http://www.w3.org/2002/07/owl#imports> <WEB/o.ttl> .",
    ),
    "sh:shapesGraph": ("x.ttl", "<http://example.org/o> <http://www.w3.org/ns/shacl#shapesGraph> <WEB/s.ttl> ."),
    "a context": ("x.jsonld", '{"@context": "WEB/c.jsonld", "a": "b"}'),
    "a list of contexts": ("x.jsonld", '{"@context": [{"a": "http://example.org/a"}, "WEB/c.jsonld"], "a": "b"}'),
    "an imported context": ("x.jsonld", '{"@context": {"@version": 1.1, "@import": "WEB/c.jsonld"}, "a": "b"}'),
    "a document type": (
        "x.rdf",
        f'<?xml version="1.0"?><!DOCTYPE r SYSTEM "WEB/r.dtd">{RDF}{ABOUT}<e:b>c</e:b></rdf:Description></rdf:RDF>',
    ),
    "an entity": ("x.rdf", doctype('<!ENTITY a SYSTEM "WEB/e">')),
    "a file that is an address": ("x.ttl", "@base <WEB/> . <a> <b> <c> ."),
}


@ENGINES
@pytest.mark.parametrize("name", REACHING)
@pytest.mark.usefixtures("offline")
def test_data_reach_nothing(
    name: str, engine: Engine, checkout: Tree, write: Callable[..., Path], listener: tuple[int, list[object]]
) -> None:
    port, calls = listener
    file, content = REACHING[name]
    path = write(file, content.replace("WEB", f"http://127.0.0.1:{port}"))
    if name in ("a context", "a list of contexts", "an imported context", "an entity"):
        with pytest.raises(DataError, match="Nothing is fetched"):
            check_files([path], checkout, None, engine)
    else:
        found = {finding.rule for finding in check_files([path], checkout, None, engine)}
        assert found == {"nothing-checked"} | ({"import-not-followed"} if name == "owl:imports" else set())
    assert calls == []


REACHING_SHAPES = {
    "owl:imports": "<http://example.org/o> <http://www.w3.org/2002/07/owl#imports> <WEB/o.ttl> .",
    "SERVICE": 'sh:sparql [ sh:select "SELECT $this { SERVICE <WEB/> { ?a ?b ?c } }" ] .',
    "FROM": 'sh:sparql [ sh:select "SELECT $this FROM <WEB/> { ?a ?b ?c }" ] .',
    "a hidden SERVICE": 'sh:sparql [ sh:select "SELECT $this {sErViCe<WEB/>{?a ?b ?c}}" ] .',
    "a script": 'sh:js [ sh:jsFunctionName "f" ; sh:jsLibrary [ sh:jsLibraryURL "WEB/f.js" ] ] .',
    "a prefix": 'sh:sparql [ sh:prefixes <WEB/> ; sh:select "SELECT $this {$this a ?x}" ] .',
}


@ENGINES
@pytest.mark.parametrize("name", REACHING_SHAPES)
@pytest.mark.usefixtures("offline")
def test_shapes_reach_nothing(
    name: str, engine: Engine, checkout: Tree, write: Callable[..., Path], listener: tuple[int, list[object]]
) -> None:
    port, calls = listener
    more = REACHING_SHAPES[name].replace("WEB", f"http://127.0.0.1:{port}")
    shape = "t:More sh:targetClass t:Thing ; " if more.startswith("sh:") else ""
    shapes = write("shapes.ttl", SHAPES + shape + more)
    path = write("data.ttl", THING)
    if name in ("SERVICE", "FROM", "a hidden SERVICE"):
        with pytest.raises(ShapesError, match="Nothing is fetched"):
            check_files([path], checkout, shapes, engine)
    else:
        with suppress(ShapesError):
            found = {finding.rule for finding in check_files([path], checkout, shapes, engine)}
            assert ("import-not-followed" in found) == (name == "owl:imports")
    assert calls == []


def test_an_import_that_is_at_hand_is_no_matter(checkout: Tree, write: Callable[..., Path]) -> None:
    one = write(
        "one.ttl", f"{THEIRS}<http://example.org/o> <http://www.w3.org/2002/07/owl#imports> <http://example.org/p> ."
    )
    other = write("other.ttl", "<http://example.org/p> a <http://www.w3.org/2002/07/owl#Ontology> .")
    (alone,) = (found for found in check_files([one], checkout) if found.rule == "import-not-followed")
    assert (alone.location.file, alone.location.line) == (str(one), 8)
    assert "import-not-followed" not in {found.rule for found in check_files([one, other], checkout)}


# The command


def run(*arguments: object) -> Result:
    return CliRunner().invoke(command, [str(argument) for argument in arguments])


def test_the_command_checks_files(checkout: Tree, write: Callable[..., Path]) -> None:
    theirs = write("theirs.ttl", THEIRS)
    result = run("--root", checkout.root, theirs)
    assert result.exit_code == 1
    assert f"{theirs}:5: https://example.org/their/lead: " in result.stdout
    assert result.stderr.startswith("To mend: ")


def test_the_command_takes_other_shapes_and_writes_every_form(checkout: Tree, write: Callable[..., Path]) -> None:
    data, shapes = write("data.ttl", THING), write("shapes.ttl", SHAPES)
    written = run("--root", checkout.root, data, "--shapes", shapes, "--format", "json", "--engine", "pyshacl")
    assert written.exit_code == 1
    assert '"Shape-size"' in written.stdout
    small = write("small.ttl", THING.replace("large", "s"))
    clean = run("--root", checkout.root, small, "--shapes", shapes)
    assert (clean.exit_code, clean.stdout, clean.stderr) == (0, "", "Nothing to mend.\n")


def test_the_command_ends_what_takes_too_long(checkout: Tree, write: Callable[..., Path]) -> None:
    slow = write("x.ttl", TRIPLE + "(" * 3_000_000)
    result = run("--root", checkout.root, slow, "--time-limit", "0.2")
    assert isinstance(result.exception, DataError)


@pytest.mark.parametrize("option", ["--sources", "--dqv", "--shapes"])
def test_what_does_not_go_together_is_said(option: str, checkout: Tree, tmp_path: Path) -> None:
    files = () if option == "--shapes" else (tmp_path / "x.ttl",)
    value = tmp_path / "x.ttl" if option == "--dqv" else tmp_path
    result = run("--root", checkout.root, *files, option, value)
    assert isinstance(result.exception, BadParameter)
    assert option in str(result.exception)


def test_the_command_says_what_is_lost_without_the_fast_engine(
    checkout: Tree, write: Callable[..., Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "shifty", None)
    theirs = write("theirs.ttl", THEIRS)
    assert "pyshifty cannot be imported here" in run("--root", checkout.root, theirs).stderr
    assert "pyshifty" not in run("--root", checkout.root, theirs, "--engine", "pyshacl").stderr
