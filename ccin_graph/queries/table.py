"""Answers as tables: rows of RDF terms, and the forms in which people and machines want them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from ccin_graph.vocabulary import XSD, shorten

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from ccin_graph.queries.binding import Taken
    from ccin_graph.store import Solutions
    from ccin_graph.store.interface import Term

FORMATS = ("table", "csv", "tsv", "json", "md", "html", "spreadsheet")

#: What a spreadsheet program takes for the beginning of a formula, also in its full-width form.
_FORMULA = "=+-@\t\r\n\uff1d\uff0b\uff0d\uff20"

_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d+)?")
_NUMERIC = tuple(XSD + name for name in ("integer", "decimal", "double", "float", "long", "int"))


@dataclass(frozen=True, slots=True)
class Table:
    """The answer to a SELECT query.

    Parameters
    ----------
    solutions : Solutions
        Columns and rows of RDF terms.
    taken : tuple of Taken
        What the values of a query's parameters were taken for.
    hints : tuple of str
        What seems to be wrong with a query of one's own, although it could be answered.

    Examples
    --------
    >>> from ccin_graph.store import Solutions
    >>> print(Table(Solutions(("name",), ((ox.Literal("Oldham"),),))).to_text())
    name
    ------
    Oldham
    """

    solutions: Solutions
    taken: tuple[Taken, ...] = ()
    hints: tuple[str, ...] = ()

    @property
    def columns(self) -> tuple[str, ...]:
        """Names of the columns."""
        return self.solutions.variables

    def __len__(self) -> int:
        return len(self.solutions.rows)

    def __iter__(self) -> Iterator[dict[str, str]]:
        for row in self.shown():
            yield dict(zip(self.columns, row, strict=True))

    def shown(self) -> list[list[str]]:
        """Rows as people read them: IRIs shortened, literals without datatype, nothing for unbound.

        Returns
        -------
        list of list of str
        """
        return [[_shown(term) for term in row] for row in self.solutions.rows]

    def values(self) -> Iterator[dict[str, str]]:
        """Rows by column, with whole IRIs and plain literals; nothing for unbound.

        Yields
        ------
        dict of str to str
        """
        for row in self.solutions.rows:
            yield {column: _plain(term) for column, term in zip(self.columns, row, strict=True)}

    def render(self, form: str) -> str:
        """Return the table in one of `FORMATS`.

        Parameters
        ----------
        form : str
            ``table`` (aligned text), ``csv`` and ``tsv`` (as the W3C defines them), ``json`` (SPARQL JSON), ``md``,
            ``html``, or ``spreadsheet`` (CSV for people).

        Returns
        -------
        str
        """
        writers = {
            "table": self.to_text,
            "csv": self.to_csv,
            "tsv": self.to_tsv,
            "json": self.to_json,
            "md": self.to_markdown,
            "html": self.to_html,
            "spreadsheet": self.to_spreadsheet,
        }
        return writers[form]()

    def to_text(self, width: int = 48) -> str:
        """Return an aligned text table.

        Parameters
        ----------
        width : int, default 48
            Texts longer than this many characters are wrapped between words.

        Returns
        -------
        str
        """
        import textwrap

        wrapper = textwrap.TextWrapper(width, break_long_words=False, break_on_hyphens=False)
        cells = [[wrapper.wrap(cell) or [""] for cell in row] for row in self.shown()]
        widths = [
            max([len(column), *(len(line) for row in cells for line in row[index])])
            for index, column in enumerate(self.columns)
        ]
        lines = ["  ".join(column.ljust(size) for column, size in zip(self.columns, widths, strict=True)).rstrip()]
        lines.append("  ".join("-" * size for size in widths))
        for row in cells:
            for depth in range(max(len(cell) for cell in row)):
                pieces = [cell[depth] if depth < len(cell) else "" for cell in row]
                lines.append("  ".join(p.ljust(size) for p, size in zip(pieces, widths, strict=True)).rstrip())
        return "\n".join(lines)

    def to_csv(self) -> str:
        """Return SPARQL 1.1 CSV: for machines, whole IRIs, nothing neutralised.

        Returns
        -------
        str
        """
        import csv
        import io

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([_plain(term) for term in row] for row in self.solutions.rows)
        return out.getvalue()

    def to_spreadsheet(self) -> str:
        """Return CSV for people: IRIs shortened, and nothing in it runs as a formula when a spreadsheet opens it.

        A text that begins like a formula gets an apostrophe before it; numbers stay numbers. A byte order mark says
        that it is UTF-8.

        Returns
        -------
        str

        Examples
        --------
        >>> from ccin_graph.store import Solutions
        >>> row = (ox.Literal("=1+1"), ox.Literal(-3))
        >>> Table(Solutions(("name", "change"), (row,))).to_spreadsheet()
        "\\ufeffname,change\\r\\n'=1+1,-3\\r\\n"
        """
        import csv
        import io

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow(self.columns)
        writer.writerows([_harmless(term) for term in row] for row in self.solutions.rows)
        return "\ufeff" + out.getvalue()

    def to_tsv(self) -> str:
        """Return SPARQL 1.1 TSV: terms as Turtle writes them.

        Returns
        -------
        str
        """
        lines = ["\t".join(f"?{column}" for column in self.columns)]
        lines += ["\t".join(_turtle(term) for term in row) for row in self.solutions.rows]
        return "\n".join(lines) + "\n"

    def to_json(self) -> str:
        """Return SPARQL 1.1 JSON; a triple term as SPARQL 1.2 has it.

        Returns
        -------
        str
        """
        import json

        bindings = [
            {column: _binding(term) for column, term in zip(self.columns, row, strict=True) if term is not None}
            for row in self.solutions.rows
        ]
        document = {"head": {"vars": list(self.columns)}, "results": {"bindings": bindings}}
        return json.dumps(document, ensure_ascii=False, indent=1) + "\n"

    def to_markdown(self) -> str:
        """Return a Markdown table.

        Returns
        -------
        str
        """
        rows = [list(self.columns), ["---"] * len(self.columns), *self.shown()]
        return "\n".join(f"| {' | '.join(_markdown(cell) for cell in row)} |" for row in rows) + "\n"

    def to_html(self) -> str:
        """Return an HTML table, everything escaped.

        Returns
        -------
        str
        """
        import html

        head = "".join(f"<th>{html.escape(column)}</th>" for column in self.columns)
        body = "\n".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in self.shown())
        return f"<table>\n<thead><tr>{head}</tr></thead>\n<tbody>\n{body}\n</tbody>\n</table>\n"

    def _repr_html_(self) -> str:
        return self.to_html()

    def to_pandas(self) -> pd.DataFrame:
        """Return a data frame; numbers and booleans are such, IRIs whole.

        Returns
        -------
        pandas.DataFrame
        """
        import pandas as pd

        return pd.DataFrame([[_python(t) for t in row] for row in self.solutions.rows], columns=list(self.columns))


def _plain(term: Term | None) -> str:
    if term is None:
        return ""
    return f"_:{term.value}" if isinstance(term, ox.BlankNode) else str(getattr(term, "value", term))


def _shown(term: Term | None) -> str:
    return shorten(term.value) if isinstance(term, ox.NamedNode) else _plain(term)


def _harmless(term: Term | None) -> str:
    text = _shown(term)
    is_number = isinstance(term, ox.Literal) and term.datatype.value in _NUMERIC and _NUMBER.fullmatch(text)
    return f"'{text}" if text.lstrip(" ").startswith(tuple(_FORMULA)) and not is_number else text


def _turtle(term: Term | None) -> str:
    return "" if term is None else str(term)


def _binding(term: Term) -> dict[str, Any]:
    if isinstance(term, ox.NamedNode):
        return {"type": "uri", "value": term.value}
    if isinstance(term, ox.BlankNode):
        return {"type": "bnode", "value": term.value}
    if isinstance(term, ox.Triple):
        parts = {"subject": term.subject, "predicate": term.predicate, "object": term.object}
        return {"type": "triple", "value": {name: _binding(part) for name, part in parts.items()}}
    binding = {"type": "literal", "value": term.value}
    if term.language:
        binding["xml:lang"] = term.language
    elif term.datatype.value != XSD + "string":
        binding["datatype"] = term.datatype.value
    return binding


def _python(term: Term | None) -> Any:
    if isinstance(term, ox.Literal):
        if term.datatype.value == XSD + "integer":
            return int(term.value)
        if term.datatype.value in _NUMERIC:
            return float(term.value)
        if term.datatype.value == XSD + "boolean":
            return term.value in ("true", "1")
    return None if term is None else _plain(term)


def _markdown(cell: str) -> str:
    escaped = "".join(f"\\{character}" if character in "\\|[]`*_" else character for character in cell)
    return " ".join(escaped.replace("<", "&lt;").splitlines())
