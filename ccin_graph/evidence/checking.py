"""Whether every claim's names and numbers stand in the lines it cites."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from ccin_graph.errors import EvidenceError
from ccin_graph.evidence.folding import contains
from ccin_graph.evidence.numbers import states
from ccin_graph.evidence.spelling import Vocabulary, words_of
from ccin_graph.evidence.texts import SourceText, read_text
from ccin_graph.evidence.wording import hedges, names_principle
from ccin_graph.findings import Finding, Severity
from ccin_graph.packs import read_query
from ccin_graph.records.expanded import location_of
from ccin_graph.vocabulary import BASE, CCIN, DCTERMS, OA, PROV, SKOS, shorten

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.records.expanded import Origin
    from ccin_graph.store import Store

#: The rules that may be accepted: what a text says can be said in words that no list has.
WARNINGS = (
    "blank-end",
    "not-named-in-lines",
    "qualifier-not-in-passage",
    "principle-not-in-passage",
    "likely-misprint",
)

_PRINTED_UNITS = {"GBP", "EUR", "USD", "percent"}


@dataclass(slots=True)
class _Cited:
    """The lines that a node cites."""

    ranges: list[tuple[str, int, int]] = field(default_factory=list)

    def text(self, texts: dict[str, SourceText]) -> str:
        return "\n".join(texts[name].passage(first, last) for name, first, last in self.ranges if name in texts)

    def shown(self) -> str:
        return ", ".join(f"{name}:{first}" + (f"-{last}" if last != first else "") for name, first, last in self.ranges)


class EvidenceCheck:
    """Holds claims against the source texts.

    Parameters
    ----------
    store : Store
        The graph.
    queries : Path
        ``queries/``.
    sources : Path
        Folder of the texts.
    origins : dict of str to Origin
        Where each node was written.
    """

    def __init__(self, store: Store, queries: Path, sources: Path, origins: dict[str, Origin]) -> None:
        self._store = store
        self._queries = queries / "claims"
        self._sources = sources
        self._origins = origins
        self._texts: dict[str, SourceText] = {}
        self._cited: dict[str, _Cited] = defaultdict(_Cited)

    def findings(self) -> list[Finding]:
        """Check everything.

        Returns
        -------
        list of Finding
        """
        found = self._check_texts()
        found += self._check_lines()
        found += self._check_names()
        found += self._check_figures()
        found += self._check_titles()
        found += self._check_ends()
        found += self._check_sources()
        found += self._check_qualifiers()
        found += self._check_principles()
        found += self._check_spelling()
        return found

    def _rows(self, name: str) -> list[tuple[str, ...]]:
        query = read_query(self._queries / f"{name}.rq", f"claims/{name}")
        rows = self._store.select(query.text).rows
        return [tuple("" if term is None else str(getattr(term, "value", term)) for term in row) for row in rows]

    def _finding(self, rule: str, message: str, node: str, path: str = "", **more: str) -> Finding:
        location = location_of(self._origins, node, path)
        severity = Severity.WARNING if rule in WARNINGS else Severity.VIOLATION
        return Finding(rule, message, location, severity, subject=node, path=path, **more)

    def _cites(self, node: str) -> str:
        """Return the property that the lines of a node stand under."""
        origin = self._origins.get(node)
        terms = (PROV + "wasDerivedFrom", DCTERMS + "source", OA + "hasTarget")
        return next((term for term in terms if origin and term in origin.keys), "")

    def _check_texts(self) -> list[Finding]:
        found = []
        for publication, digest, lines in self._rows("texts"):
            slug = publication.removeprefix(BASE + "publication/")
            try:
                text = read_text(self._sources, slug)
            except EvidenceError as error:
                found.append(self._finding("no-source-text", str(error), publication))
                continue
            if text.digest != digest.upper():
                message = (
                    f"{slug}.txt is not the recorded text (its SHA-256 is {text.digest.lower()}); use the recorded one"
                )
                found.append(self._finding("other-source-text", message, publication))
            elif len(text.lines) != int(lines):
                message = f"{slug}.txt has {len(text.lines)} lines, the record says {lines}; mend 'lines'"
                found.append(self._finding("line-count", message, publication))
            else:
                self._texts[slug] = text
        return found

    def _check_lines(self) -> list[Finding]:
        found = []
        for node, publication, first, last in self._rows("passages"):
            slug = publication.removeprefix(BASE + "publication/")
            text = self._texts.get(slug)
            if text is None:
                continue
            self._cited[node].ranges.append((slug, int(first), int(last)))
            if int(last) > len(text.lines):
                message = f"cites line {last}, but {slug} has {len(text.lines)} lines; mend 'at'"
                found.append(self._finding("no-such-line", message, node, self._cites(node)))
            elif not text.passage(int(first), int(last)).strip():
                shown = _Cited([(slug, int(first), int(last))]).shown()
                message = f"cites {shown}, which is blank; cite the lines that carry the claim"
                found.append(self._finding("blank-passage", message, node, self._cites(node)))
        for cited in self._cited.values():
            cited.ranges.sort()
        return found

    def _check_names(self) -> list[Finding]:
        names: dict[str, list[str]] = defaultdict(list)
        for thing, name in self._rows("names"):
            names[thing].append(name)
        found = []
        for claim, thing, printed in self._rows("named"):
            cited = self._cited.get(claim)
            if cited is None:
                continue
            text = cited.text(self._texts)
            wanted = [printed] if printed else names[thing]
            if not any(contains(text, name) for name in wanted):
                said = (
                    f"the printed form '{printed}'"
                    if printed
                    else f"no name of {shorten(thing)} ({'; '.join(sorted(wanted))})"
                )
                verb = "does not stand" if printed else "stands"
                message = f"{said} {verb} in {cited.shown()}; mend the lines, or give 'printed' as it stands there"
                found.append(self._finding("name-not-in-passage", message, claim))
        return found

    def _check_figures(self) -> list[Finding]:
        found = []
        for figure, number, unit, printed in self._rows("figures"):
            cited = self._cited.get(figure)
            if cited is None:
                continue
            text = cited.text(self._texts)
            kind = unit.rpartition("/")[2]
            if printed:
                stands = contains(text, printed)
                what = f"the printed form '{printed}'"
            else:
                stands = states(text, Decimal(number), kind if kind in _PRINTED_UNITS else None)
                what = f"the number {number} ({kind})"
            if not stands:
                message = f"{what} does not stand in {cited.shown()}; mend the number or the lines, or give 'printed'"
                found.append(self._finding("number-not-in-passage", message, figure))
        return found

    def _check_titles(self) -> list[Finding]:
        found = []
        for section, title in self._rows("titles"):
            cited = self._cited.get(section)
            if cited is not None and not contains(cited.text(self._texts), title):
                message = f"the title '{title}' does not stand in {cited.shown()}; mend the title or the lines"
                found.append(self._finding("title-not-in-section", message, section))
        return found

    def _check_ends(self) -> list[Finding]:
        found = []
        for node, cited in self._cited.items():
            for slug, first, last in cited.ranges:
                text = self._texts[slug]
                ends = [line for line in (first, last) if not text.passage(line, line).strip()]
                if ends and last <= len(text.lines) and text.passage(first, last).strip():
                    message = (
                        f"{slug}:{first}-{last} begins or ends on a blank line ({ends[0]}); cite what says something"
                    )
                    found.append(self._finding("blank-end", message, node, self._cites(node)))
        return found

    def _check_sources(self) -> list[Finding]:
        names: dict[str, list[str]] = defaultdict(list)
        for thing, name in [*self._rows("names"), *self._rows("printed")]:
            names[thing].append(name)
        found = []
        for thing, publication, first, last in self._rows("sources"):
            cited = _Cited([(publication.removeprefix(BASE + "publication/"), int(first), int(last))])
            text = cited.text(self._texts)
            if text.strip() and not any(contains(text, name) for name in names[thing]):
                message = (
                    f"no name of {shorten(thing)} ({'; '.join(sorted(set(names[thing])))}) stands in {cited.shown()}; "
                    "mend 'at:', add the name to 'names:', or accept it with the reason"
                )
                found.append(self._finding("not-named-in-lines", message, thing, DCTERMS + "source"))
        return found

    def _check_qualifiers(self) -> list[Finding]:
        found = []
        for figure, qualifier in self._rows("qualifiers"):
            cited = self._cited.get(figure)
            word = qualifier.rpartition("/")[2]
            if cited is not None and not hedges(cited.text(self._texts), word):
                message = (
                    f"nothing in {cited.shown()} says '{word}'; mend 'qualifier:', cite the line that says it, "
                    "or accept it with the reason"
                )
                found.append(self._finding("qualifier-not-in-passage", message, figure, CCIN + "qualifier"))
        return found

    def _check_principles(self) -> list[Finding]:
        labels: dict[str, list[str]] = defaultdict(list)
        for claim, label in self._rows("stated"):
            labels[claim].append(label)
        found = []
        for claim, said in labels.items():
            cited = self._cited.get(claim)
            if cited is not None and not any(names_principle(cited.text(self._texts), label) for label in said):
                message = (
                    f"no word of '{min(said)}' stands in {cited.shown()}, so the text does not state it; write "
                    "'basis: interpreted', mend 'at:', or accept it with the reason"
                )
                found.append(self._finding("principle-not-in-passage", message, claim, CCIN + "basis"))
        return found

    def _check_spelling(self) -> list[Finding]:
        things: dict[str, set[str]] = defaultdict(set)
        for thing, label, is_name in self._rows("labels"):
            for word in words_of(label):
                # A summary is written in our own words, a name is known when two things have it.
                things[word].add(thing.partition("#")[0] if is_name == "true" else "")
        shared = " ".join(word for word, named in things.items() if len(named) > 1 or "" in named)
        vocabulary = Vocabulary([shared, *("\n".join(text.lines) for text in self._texts.values())])
        found = []
        for thing, name in self._rows("spelt") if self._texts else ():
            own = words_of(thing.removeprefix(BASE).partition("#")[0])
            for word, near in vocabulary.likely_misprints(name, own):
                message = (
                    f"'{name}': no text and no other record has the word '{word}', but '{near}' is known; "
                    "mend it, or accept it with the reason"
                )
                path = CCIN + "postTitle" if "#" in thing else SKOS + "prefLabel"
                found.append(
                    self._finding("likely-misprint", message, thing, path, value=name, suggestion=f"write '{near}'")
                )
        return found
