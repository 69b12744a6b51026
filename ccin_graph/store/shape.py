"""The shape of a query's text: its form, its parts, one page of it, the count of its rows.

For services that give no more than so many rows: what they would cut is asked for page by page.
"""

from __future__ import annotations

from dataclasses import dataclass

from ccin_graph.sparql import FORMS, tokens


@dataclass(frozen=True, slots=True)
class Shape:
    """A query in parts.

    Parameters
    ----------
    text : str
        The query without its comments.
    prologue : str
        Prefixes and base.
    form : str
        One of `ccin_graph.sparql.FORMS`; empty where the text is no query.
    body : str
        From the form to the end of the pattern.
    grouping : str
        GROUP BY and HAVING.
    order : str
        ORDER BY with its conditions.
    limit, offset : int or None
    values : str
        VALUES after the pattern.
    datasets : bool
        Whether it names its graphs (FROM).
    graphs : bool
        Whether it asks for graphs by name (GRAPH).
    """

    text: str
    prologue: str
    form: str
    body: str
    grouping: str
    order: str
    limit: int | None
    offset: int | None
    values: str
    datasets: bool
    graphs: bool

    def page(self, variables: tuple[str, ...], start: int, size: int) -> str:
        """Return the query for some of its rows.

        The order is the query's own, then that of all columns: only in an order that is settled is a page a page.

        Parameters
        ----------
        variables : tuple of str
            The columns.
        start, size : int
            Which rows, among those that the query's own LIMIT and OFFSET leave.

        Returns
        -------
        str

        Examples
        --------
        >>> shape_of("SELECT ?a ?b { ?a ?p ?b } ORDER BY DESC(?b) OFFSET 2").page(("a", "b"), 10, 5)
        'SELECT ?a ?b { ?a ?p ?b } ORDER BY DESC(?b) ?a ?b LIMIT 5 OFFSET 12'
        """
        if self.limit is not None:
            size = min(size, max(self.limit - start, 0))
        return self.prologue + self._written(variables, f"LIMIT {size} OFFSET {(self.offset or 0) + start}")

    def _written(self, variables: tuple[str, ...], limits: str) -> str:
        columns = "".join(f" ?{name}" for name in variables)
        order = (self.order.rstrip() or "ORDER BY") + columns if columns else ""
        parts = (self.body, self.grouping, order, limits, self.values)
        return " ".join(part.strip() for part in parts if part.strip())

    def count_distinct(self, variables: tuple[str, ...]) -> str:
        """Return a query for the number of different rows.

        Parameters
        ----------
        variables : tuple of str
            The columns.

        Returns
        -------
        str

        Examples
        --------
        >>> shape_of("SELECT ?a { ?a a ?b }").count_distinct(("a",))
        'SELECT (COUNT(*) AS ?rows) WHERE { SELECT DISTINCT ?a WHERE { { SELECT ?a { ?a a ?b } ORDER BY ?a } } }'
        """
        inner = self._written(variables, self._limits())
        columns = " ".join(f"?{name}" for name in variables)
        return (
            f"{self.prologue}SELECT (COUNT(*) AS ?rows) WHERE {{ SELECT DISTINCT {columns} WHERE {{ {{ {inner} }} }} }}"
        )

    def _limits(self) -> str:
        limit = f"LIMIT {self.limit}" if self.limit is not None else ""
        return f"{limit} OFFSET {self.offset}" if self.offset else limit

    def count(self) -> str:
        """Return a query for the number of rows: of a CONSTRUCT, those that its template is filled with.

        Returns
        -------
        str

        Examples
        --------
        >>> shape_of("CONSTRUCT { ?a a ?b } WHERE { ?a ?p ?b } LIMIT 3").count()
        'SELECT (COUNT(*) AS ?rows) WHERE { { SELECT * WHERE { ?a ?p ?b } LIMIT 3 } }'
        """
        body = self.body
        if self.form == "CONSTRUCT":
            pieces = list(tokens(body))
            groups = _groups(pieces)
            # CONSTRUCT { template } WHERE { pattern }, or CONSTRUCT WHERE { both }
            body = "SELECT * WHERE " + "".join(text for _, text in pieces[groups[-1][0] : groups[-1][1] + 1])
        parts = (body, self.grouping, self._limits(), self.values)
        inner = " ".join(part.strip() for part in parts if part.strip())
        return f"{self.prologue}SELECT (COUNT(*) AS ?rows) WHERE {{ {{ {inner} }} }}"


def shape_of(query: str) -> Shape:
    """Take a query apart.

    Parameters
    ----------
    query : str

    Returns
    -------
    Shape

    Examples
    --------
    >>> shape = shape_of("PREFIX a: <http://example.org/> # SELECT\\nASK { ?s a:limit 'LIMIT 3' } LIMIT 1")
    >>> shape.form, shape.prologue, shape.limit
    ('ASK', 'PREFIX a: <http://example.org/> \\n', 1)
    """
    # A comment ends with its line; the line break that follows stays.
    pieces = [(kind, text) for kind, text in tokens(query) if kind != "comment"]
    start = next((n for n, (kind, text) in enumerate(pieces) if kind == "word" and text.upper() in FORMS), len(pieces))
    form = pieces[start][1].upper() if start < len(pieces) else ""
    groups = _groups(pieces)
    last = 1 if form == "CONSTRUCT" and len(groups) > 1 and not _is_short(pieces[start : groups[0][0]]) else 0
    end = groups[last][1] + 1 if len(groups) > last else len(pieces)
    words = {text.upper() for kind, text in pieces if kind == "word"}
    modifiers = _modifiers(pieces[end:])
    return Shape(
        text=_joined(pieces),
        prologue=_joined(pieces[:start]),
        form=form,
        body=_joined(pieces[start:end]),
        grouping=modifiers["GROUP"] + modifiers["HAVING"],
        order=modifiers["ORDER"],
        limit=_number(modifiers["LIMIT"]),
        offset=_number(modifiers["OFFSET"]),
        values=modifiers["VALUES"],
        datasets="FROM" in words,
        graphs="GRAPH" in words,
    )


def _groups(pieces: list[tuple[str, str]]) -> list[tuple[int, int]]:
    """Find where the outermost braces open and close."""
    found = []
    depth = opened = 0
    for number, (kind, text) in enumerate(pieces):
        if kind == "open":
            if depth == 0:
                opened = number
            depth += 1
        elif kind == "close":
            depth -= 1
            if depth == 0 and text == "}":
                found.append((opened, number))
    return found


def _is_short(between: list[tuple[str, str]]) -> bool:
    return any(kind == "word" and text.upper() == "WHERE" for kind, text in between)


def _modifiers(pieces: list[tuple[str, str]]) -> dict[str, str]:
    """Return the clauses after the pattern, by their first word."""
    parts = dict.fromkeys(("", "GROUP", "HAVING", "ORDER", "LIMIT", "OFFSET", "VALUES"), "")
    depth, clause = 0, ""
    for kind, text in pieces:
        depth += (kind == "open") - (kind == "close")
        if depth == 0 and kind == "word" and text.upper() in parts:
            clause = text.upper()
        parts[clause] += text
    return parts


def _number(clause: str) -> int | None:
    return next((int(text) for kind, text in tokens(clause) if kind == "number" and text.isdigit()), None)


def _joined(pieces: list[tuple[str, str]]) -> str:
    return "".join(text for _, text in pieces)
