"""Results as tables that say what their columns mean: the one form behind the CSV files, the screen and the RDF."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

Cell: TypeAlias = str | int | float | bool | tuple[str, ...] | None
Role: TypeAlias = Literal["dimension", "measure", "attribute", "note"]
Type: TypeAlias = Literal["thing", "text", "integer", "number", "truth", "things", "texts"]

SEPARATOR = "|"
"""What joins the values of a list in a cell; it occurs in no IRI."""


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a result.

    Parameters
    ----------
    name : str
        As it stands in the header.
    type : str
        ``thing`` for an IRI, ``text``, ``integer``, ``number``, ``truth``, ``things`` and ``texts`` for several.
    about : str
        What it means.
    role : str, optional
        A ``dimension`` says what a row is about: no two rows have the same. A ``measure`` is what was found, of every
        row; an ``attribute`` is one that a row may lack, or have several of. A ``note`` is for readers (names) and not
        part of the RDF.
    """

    name: str
    type: Type
    about: str
    role: Role = "measure"


@dataclass(frozen=True, slots=True)
class Result:
    """A table of results.

    Parameters
    ----------
    name : str
        Stem of its file and last segment of its IRI.
    about : str
        What its rows are.
    columns : tuple of Column
        Dimensions first.
    rows : list of tuple
        Cells in the order of the columns; None where there is nothing to say.

    Examples
    --------
    >>> columns = (Column("node", "text", "who", "dimension"), Column("degree", "integer", "ties"))
    >>> print(Result("degrees", "ties of nodes", columns, [("oldham", 3)]).to_csv().replace(chr(13), ""), end="")
    node,degree
    oldham,3
    """

    name: str
    about: str
    columns: tuple[Column, ...]
    rows: list[tuple[Cell, ...]]

    def to_csv(self) -> str:
        """Return the table as CSV, with floats of ten significant digits.

        Returns
        -------
        str
        """
        import csv
        import io

        out = io.StringIO()
        writer = csv.writer(out, lineterminator="\r\n")
        writer.writerow([column.name for column in self.columns])
        writer.writerows([plain(cell) for cell in row] for row in self.rows)
        return out.getvalue()

    def to_text(self, most: int | None = None) -> str:
        """Return the table aligned for a screen: IRIs shortened, numbers short.

        Parameters
        ----------
        most : int, optional
            How many rows to show at most; what is left out is said below.

        Returns
        -------
        str
        """
        shown = self.rows if most is None else self.rows[:most]
        cells = [[_short(cell) for cell in row] for row in shown]
        heads = [column.name for column in self.columns]
        widths = [max(len(head), *(len(row[place]) for row in cells), 0) for place, head in enumerate(heads)]
        right = [column.type in ("integer", "number") for column in self.columns]
        lines = [_aligned(heads, widths, right), "  ".join("-" * width for width in widths)]
        lines += [_aligned(row, widths, right) for row in cells]
        if len(shown) < len(self.rows):
            lines.append(f"… {len(self.rows) - len(shown)} more rows")
        return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class Run:
    """One analysis that was made: its results, and what a paper must say of it.

    Parameters
    ----------
    name : str
        Analysis and network: ``communities.council-partner``.
    finding : str
        What came of it, in a sentence or two.
    methods : str
        How it was made, as a paragraph for a paper; with its parameters and seed.
    parameters : dict of str to str, int or float
        The same for machines.
    results : tuple of Result
    """

    name: str
    finding: str
    methods: str
    parameters: dict[str, str | int | float] = field(default_factory=dict)
    results: tuple[Result, ...] = ()

    def result(self, name: str) -> Result:
        """Return a result of the run by its name.

        Parameters
        ----------
        name : str

        Returns
        -------
        Result
        """
        return next(result for result in self.results if result.name == name)


def joined(runs: Iterable[Run]) -> list[Result]:
    """Return the results of several runs, those of one name as one table, in the order of their names.

    Parameters
    ----------
    runs : iterable of Run

    Returns
    -------
    list of Result
    """
    found: dict[str, Result] = {}
    for run in runs:
        for result in run.results:
            if result.name in found:
                found[result.name].rows.extend(result.rows)
            else:
                found[result.name] = Result(result.name, result.about, result.columns, list(result.rows))
    return [found[name] for name in sorted(found)]


def plain(cell: Cell) -> str:
    """Return a cell as a file has it: whole IRIs, ten significant digits, nothing for None.

    Parameters
    ----------
    cell : str, int, float, bool, tuple of str or None

    Returns
    -------
    str

    Examples
    --------
    >>> [plain(cell) for cell in (None, True, 0.1, ("a", "b"), 3)]
    ['', 'true', '0.1', 'a|b', '3']
    """
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return f"{cell + 0.0:.10g}"
    return SEPARATOR.join(cell) if isinstance(cell, tuple) else str(cell)


def _short(cell: Cell) -> str:
    """Return a cell as a person reads it."""
    from ccin_graph.vocabulary import shorten

    if isinstance(cell, float):
        return f"{cell + 0.0:.4g}"
    if isinstance(cell, tuple):
        return ", ".join(shorten(one) for one in cell)
    return shorten(cell) if isinstance(cell, str) else plain(cell)


def _aligned(cells: Sequence[str], widths: Sequence[int], right: Sequence[bool]) -> str:
    """Return one line."""
    pieces = [
        cell.rjust(width) if end else cell.ljust(width) for cell, width, end in zip(cells, widths, right, strict=True)
    ]
    return "  ".join(pieces).rstrip()
