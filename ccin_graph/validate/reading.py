"""A file of somebody's to quads: any form of RDF, and a plain sentence where it is none.

The file may be anything. The parsers are pyoxigraph's; what they let pass or die of is refused before they see it:
XML whose entities grow or that ends early, triples inside triples without end. Nothing is ever fetched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import DataError

if TYPE_CHECKING:
    from collections.abc import Iterator

FORMATS = {
    ".ttl": ox.RdfFormat.TURTLE,
    ".turtle": ox.RdfFormat.TURTLE,
    ".trig": ox.RdfFormat.TRIG,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".nq": ox.RdfFormat.N_QUADS,
    ".jsonld": ox.RdfFormat.JSON_LD,
    ".json": ox.RdfFormat.JSON_LD,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".xml": ox.RdfFormat.RDF_XML,
    ".owl": ox.RdfFormat.RDF_XML,
}

MAX_BYTES = 256 * 2**20

#: The reader of RDF/XML takes time that grows with the square of the depth, that of N-Triples dies of it.
_MAX_DEPTH = 500
#: How much longer than the file a document may become by its entities, beyond a million characters.
_MAX_GROWTH = 10
_MAX_ENTITIES = 200
#: Above this, findings name the file and no line.
_MAX_INDEXED = 64 * 2**20


@dataclass(frozen=True)
class Document:
    """A file that was read.

    Parameters
    ----------
    path : Path
    form : pyoxigraph.RdfFormat
    base : str
        What relative IRIs were resolved against.
    quads : list of pyoxigraph.Quad
        Blank nodes have names that no other document's have.
    prefixes : dict of str to str
    """

    path: Path
    form: ox.RdfFormat
    base: str
    quads: list[ox.Quad]
    prefixes: dict[str, str]

    def line_of(self, iri: str, *, as_subject: bool = False) -> int:
        """Where the file first speaks of a node.

        Parameters
        ----------
        iri : str
        as_subject : bool, default False
            Whether only a line counts that seems to say something of it.

        Returns
        -------
        int
            Counted from 1; 0 where it is not found.
        """
        lines = self._lines[0 if as_subject else 1]
        return min((lines[form] for form in self._forms(iri) if form in lines), default=0)

    @cached_property
    def _lines(self) -> tuple[dict[str, int], dict[str, int]]:
        """The first line of every name as it is written: as a subject, and anywhere."""
        lines: tuple[dict[str, int], dict[str, int]] = ({}, {})
        try:
            content = self.path.read_bytes()
        except OSError:
            content = b""
        if len(content) <= _MAX_INDEXED:
            patterns = _PLACES.get(self.form, _PLACES[ox.RdfFormat.TURTLE])
            for number, line in enumerate(content.decode(errors="replace").split("\n"), 1):
                for pattern, found in zip(patterns, lines, strict=True):
                    for name in pattern.findall(line):
                        found.setdefault(name, number)
        return lines

    def _forms(self, iri: str) -> Iterator[str]:
        short = [
            prefix + ":" + iri.removeprefix(name) for prefix, name in self.prefixes.items() if iri.startswith(name)
        ]
        folder = self.base.rpartition("/")[0] + "/"
        relative = [iri.removeprefix(base) for base in (self.base, self.base + "#", folder) if iri.startswith(base)]
        for form in (iri, *relative):
            yield form
            yield f"<{form}>"
        yield from short


_TURTLE_NAME = r"(<[^<>\s]*>|[\w.-]*:[^\s;,<>\"'()\[\]{}]+)"
_TURTLE = (re.compile(rf"^\s*{_TURTLE_NAME}"), re.compile(_TURTLE_NAME))
_PLACES = {
    ox.RdfFormat.TURTLE: _TURTLE,
    ox.RdfFormat.RDF_XML: (
        re.compile(r"""(?:about|ID)\s*=\s*["']([^"']*)["']"""),
        re.compile(r"""=\s*["']([^"']*)["']"""),
    ),
    ox.RdfFormat.JSON_LD: (re.compile(r'"(?:@id|id)"\s*:\s*"([^"]*)"'), re.compile(r'"([^"]*)"')),
}


def read_rdf(path: Path) -> Document:
    """Read a file of RDF in any form; its name says which.

    Parameters
    ----------
    path : Path
        Turtle, TriG, N-Triples, N-Quads, JSON-LD or RDF/XML.

    Returns
    -------
    Document
        With at least one quad.

    Raises
    ------
    DataError
        If it is not such a file.
    """
    content = _content(path)
    form = FORMATS.get(path.suffix.lower())
    if form is None:
        ends = ", ".join(FORMATS)
        raise DataError(f"{path}: what form of RDF it is cannot be told from its name", remedy=f"Names end in {ends}.")
    _check_text(path, content, form)
    if form == ox.RdfFormat.RDF_XML:
        _XmlCheck(path, content).run()
    elif form != ox.RdfFormat.JSON_LD:
        _check_nesting(path, content)
    base = f"file:///{_in_iri(path.name)}"
    try:
        parser = ox.parse(content, form, base_iri=base, rename_blank_nodes=True)
        quads = [_checked(path, quad) for quad in parser]
    except SyntaxError as error:
        raise _not_rdf(path, form, error) from error
    except ValueError as error:
        raise DataError(f"{path}: not {form.name}: {_short(str(error))}", remedy="Mend the file.") from error
    if not quads:
        remedy = "Give it a context that maps its keys." if form == ox.RdfFormat.JSON_LD else "See whether it is whole."
        raise DataError(f"{path}: holds no statement", remedy=remedy)
    prefixes = {} if form == ox.RdfFormat.RDF_XML else dict(parser.prefixes)
    return Document(path, form, base, quads, prefixes)


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise DataError(f"{path} is a folder", remedy="Name the files in it.")
        if not path.exists():
            raise DataError(f"no file {path}", remedy="Mend the name.")
        if not path.is_file():
            raise DataError(f"{path} is no plain file", remedy="Save what it holds as a file first.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            most = f"{MAX_BYTES // 2**20} MB"
            raise DataError(f"{path}: {size // 2**20} MB; at most {most} are read", remedy="Split it.")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)[:MAX_BYTES]
    except OSError as error:
        raise DataError(f"{path} cannot be read: {error.strerror}", remedy="Mend its name or permissions.") from error
    content = content.removeprefix(b"\xef\xbb\xbf")
    if not content.strip():
        raise DataError(f"{path} is empty", remedy="See whether it was written to the end.")
    return content


def _check_text(path: Path, content: bytes, form: ox.RdfFormat) -> None:
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise DataError(f"{path}: not UTF-8 but UTF-16", remedy="Save it as UTF-8.")
    if b"\0" in content[:4096]:
        raise DataError(f"{path}: binary, not a text", remedy=f"{form.name} is text in UTF-8.")
    try:
        content.decode()
    except UnicodeDecodeError as error:
        line = content.count(b"\n", 0, error.start) + 1
        raise DataError(f"{path}:{line}: not UTF-8", remedy="Save it as UTF-8.") from error
    if re.match(rb"\s*<(?:!doctype html|html)\b", content[:200], re.IGNORECASE):
        raise DataError(f"{path}: a web page, not RDF", remedy="Fetch the data file itself.")


def _check_nesting(path: Path, content: bytes) -> None:
    depth = 0
    for match in re.finditer(rb"<<|>>", content):
        depth += 1 if match.group() == b"<<" else -1
        if depth > _MAX_DEPTH:
            raise DataError(f"{path}: triples inside triples, more than {_MAX_DEPTH} deep", remedy="Write it flatter.")


class _XmlCheck:
    """Refuses XML that ends early, that is nested too deep, or whose entities come from outside or grow.

    Parameters
    ----------
    path : Path
    content : bytes
    """

    def __init__(self, path: Path, content: bytes) -> None:
        from xml.parsers import expat

        self.path = path
        self.content = content
        self.depth = 0
        self.entities: dict[str, str] = {}
        self.parser = expat.ParserCreate()
        self.parser.EntityDeclHandler = self.entity
        self.parser.EndDoctypeDeclHandler = self.doctype_ends
        self.parser.StartElementHandler = self.start
        self.parser.EndElementHandler = self.end

    def run(self) -> None:
        """Read it all.

        Raises
        ------
        DataError
        """
        from xml.parsers import expat

        try:
            self.parser.Parse(self.content, True)
        except expat.ExpatError as error:
            why = expat.errors.messages.get(error.code, "not well-formed")
            raise DataError(
                f"{self.path}:{error.lineno}: not XML: {why}", remedy="See whether the file is whole."
            ) from error

    def refuse(self, why: str, remedy: str) -> None:
        raise DataError(f"{self.path}:{self.parser.CurrentLineNumber}: {why}", remedy=remedy)

    def entity(self, name: str, parameter: bool, value: str | None, _base: object, *outside: object) -> None:
        if parameter or value is None or any(outside):
            self.refuse(f"the entity '{name}' comes from outside the file", "Nothing is fetched; write its value out.")
        elif re.search(r"&[^#\s;]+;", value):
            self.refuse(f"the entity '{name}' is made of other entities", "Write its value out.")
        elif len(self.entities) == _MAX_ENTITIES:
            self.refuse(f"more than {_MAX_ENTITIES} entities", "Write their values out.")
        else:
            self.entities[name] = value

    def doctype_ends(self) -> None:
        used = ((len(value), self.content.count(f"&{name};".encode())) for name, value in self.entities.items())
        growth = sum(length * times for length, times in used)
        if growth > _MAX_GROWTH * len(self.content) + 1_000_000:
            self.refuse(f"its entities would grow to {growth} characters", "Write their values out.")

    def start(self, _name: str, _attributes: object) -> None:
        self.depth += 1
        if self.depth > _MAX_DEPTH:
            said = f"elements nested more than {_MAX_DEPTH} deep"
            self.refuse(said, "Give the inner nodes rdf:about, and list them.")

    def end(self, _name: str) -> None:
        self.depth -= 1


def _checked(path: Path, quad: ox.Quad) -> ox.Quad:
    if isinstance(quad.object, ox.Triple) or isinstance(quad.subject, ox.Triple):
        raise DataError(f"{path}: a triple about a triple (RDF 1.2)", remedy="Give it as RDF 1.1.")
    return quad


def _not_rdf(path: Path, form: ox.RdfFormat, error: SyntaxError) -> DataError:
    said = str(error.msg or error)
    if "LoadDocumentCallback" in said:
        return DataError(
            f"{path}: names a context at another place", remedy="Nothing is fetched; write the context into the file."
        )
    line = f":{error.lineno}" if error.lineno else ""
    why = re.sub(
        r"^Parser error at line \d+ (?:column \d+|between columns? \d+ and (?:line \d+ column )?\d+): ", "", said
    )
    return DataError(
        f"{path}{line}: not {form.name}: {_short(why)}", remedy="Mend the file, or name it for what it is."
    )


def _short(text: str) -> str:
    text = text if len(text) <= 240 else f"{text[:120]} … {text[-100:]}"
    return "".join(character if character.isprintable() else "\N{REPLACEMENT CHARACTER}" for character in text)


def _in_iri(name: str) -> str:
    return re.sub(r"[^\w.~-]", "_", name, flags=re.ASCII)


def files_of(path: Path) -> Iterator[Path]:
    """Yield the files of RDF that a path means: itself, or those of a folder.

    Parameters
    ----------
    path : Path

    Yields
    ------
    Path

    Raises
    ------
    DataError
        If a folder has none.
    """
    if not path.is_dir():
        yield path
        return
    found = sorted(file for file in path.iterdir() if file.suffix.lower() in FORMATS and file.is_file())
    if not found:
        raise DataError(f"no file of RDF in {path}", remedy=f"Names end in {', '.join(FORMATS)}.")
    yield from found
