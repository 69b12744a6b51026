"""One record to plain JSON-LD: every key checked, every form of the table applied, every node's place remembered."""

from __future__ import annotations

import difflib
from typing import Any

from ccin_graph.findings import Finding, Location, Severity
from ccin_graph.records.context import Context, Holds, Key
from ccin_graph.records.dates import bounds, reads_as_season, swapped_ends
from ccin_graph.records.expanded import Expanded, Origin, Reference
from ccin_graph.records.forms import ABOUT_A_PROJECT, ALSO, FOLDERS, LEAD, NESTED, Nested, slugify
from ccin_graph.records.locators import Locator, parse_locator
from ccin_graph.records.passages import passage_nodes
from ccin_graph.records.reading import Entry, Mapping, Node, Scalar, Sequence
from ccin_graph.records.values import fault_of, one_line
from ccin_graph.vocabulary import BASE, ENTITIES, STATISTICAL_GEOGRAPHY, publication_graph


def expand(record: Mapping, shown: str, kind: str, slug: str, context: Context) -> Expanded:
    """Expand one record.

    Parameters
    ----------
    record : Mapping
        As read.
    shown : str
        How findings name its file.
    kind, slug : str
        What the file's folder and stem say its id is: ``organisation``, ``preston``.
    context : Context

    Returns
    -------
    Expanded
        With findings; the rest is of use only if there are none.
    """
    expansion = _Expansion(record, shown, f"{kind}/{slug}", context)
    expansion.run()
    return expansion.result


class _Expansion:
    def __init__(self, record: Mapping, shown: str, identifier: str, context: Context) -> None:
        self.record = record
        self.shown = shown
        self.context = context
        self.result = Expanded(identifier=identifier)
        publication = record.scalar("publication")
        self.publication = publication.text if publication else None
        self.home = publication_graph(self.publication) if self.publication else ENTITIES
        self.projects = [item.text for item in _scalars(record.entries.get("about"))]
        self.extra: dict[str, dict[str, Any]] = {}

    def report(
        self, rule: str, message: str, node: Node, severity: Severity = Severity.VIOLATION, *, suggestion: str = ""
    ) -> None:
        # A private detail is not repeated in a report.
        value = node.text if isinstance(node, Scalar) and rule != "private-detail" else ""
        self.result.findings.append(
            Finding(rule, message, self.place(node), severity, value=value, suggestion=suggestion)
        )

    def place(self, node: Node) -> Location:
        return Location(self.shown, node.line, node.column)

    # The record itself

    def run(self) -> None:
        identifier = self.record.scalar("id")
        if identifier is None:
            wanted = f"id: {self.result.identifier}"
            message = f"no 'id'; begin the file with '{wanted}'"
            self.report("missing-key", message, self.record, suggestion=f"write '{wanted}' in the first line")
        elif identifier.text != self.result.identifier:
            message = f"id '{identifier.text}' but the file says '{self.result.identifier}'; rename one of the two"
            self.report("id-and-file-disagree", message, identifier, suggestion=f"write '{self.result.identifier}'")
        declared = self.record.scalar("type")
        if declared is None or declared.text not in FOLDERS:
            said = f"type '{declared.text}' is unknown" if declared else "no 'type'"
            near = _nearest(declared.text, FOLDERS) if declared else ""
            message = f"{said}; write one of {', '.join(FOLDERS)}{f' (nearest: {near})' if near else ''}"
            self.report("unknown-type", message, declared or self.record, suggestion=near and f"write '{near}'")
            return
        body = self.node(self.record, declared.text, self.result.identifier, self.home)
        leads = list(self.leads())
        if leads:
            body.setdefault("participants", [])[:0] = leads
        self.result.document = [body, *self.extra.values()]
        # Several claims may say the same in one place: the leads of several projects do.
        self.result.references = list(dict.fromkeys(self.result.references))

    def leads(self) -> list[dict[str, Any]]:
        entry = self.record.entries.get("lead")
        nodes: list[dict[str, Any]] = []
        for item in _items(entry.value) if entry else ():
            if isinstance(item, Sequence):
                self.report("bad-value", "a lead is an organisation's id, or a mapping with 'agent'", item)
                continue
            agent = Scalar("agent", item.line, item.column)
            written = {"agent": Entry(agent, item)} if isinstance(item, Scalar) else dict(item.entries)
            if "role" in written:
                self.report("bad-value", "a lead has the role lead; take 'role' out, or make it a participant", item)
            written["role"] = Entry(_implied_key(item), Scalar("lead", item.line, item.column))
            if "at" not in written and "at" in self.record.entries:
                written["at"] = self.record.entries["at"]
            named = written.get("project")
            for project in [""] if named else self.projects or [""]:
                claim = dict(written)
                if project:
                    claim["project"] = Entry(_implied_key(item), Scalar(project, item.line, item.column))
                node = self.claim("lead", Mapping(claim, item.line, item.column), LEAD)
                if node:
                    nodes.append(node)
        return nodes

    # Nodes and their keys

    def known_keys(self, mapping: Mapping, kind: str) -> None:
        keys = self.context.keys(kind)
        for name, entry in mapping.entries.items():
            if name not in keys:
                near = _nearest(name, keys)
                hint = f"did you mean '{near}'?" if near else f"a {kind} takes {', '.join(keys)}"
                message = f"no key '{name}' in a {kind}; {hint}"
                self.report("unknown-key", message, entry.key, suggestion=near and f"write '{near}'")

    def node(self, mapping: Mapping, kind: str, identifier: str, graph: str) -> dict[str, Any]:
        keys = self.context.keys(kind)
        self.known_keys(mapping, kind)
        iri = identifier if "://" in identifier else BASE + identifier
        origin = Origin(self.place(mapping))
        self.result.graphs[iri] = graph
        self.result.origins[iri] = origin
        body: dict[str, Any] = {"id": identifier, "type": [kind, *ALSO.get(kind, ())]}
        for name, key in keys.items():
            entry = mapping.entries.get(name)
            if entry is None or name in ("id", "type", "key", "lead"):
                continue
            if key.term:
                origin.keys[key.term] = self.place(entry.key)
            if name == "accept":
                self.accept(entry.value)
            elif name == "at":
                # Lines that a lead takes over from its section were read with the section.
                taken_over = mapping is not self.record and entry is self.record.entries.get("at")
                body["at"] = [locator.iri for locator in self.locators(entry.value, quiet=taken_over)]
            elif name in NESTED:
                body[name] = self.nested(name, entry.value)
            elif name == "area":
                body[name] = self.area(entry.value)
            elif not entry.key.text and isinstance(entry.value, Scalar):
                # Implied by the table of forms: checked where it was written, once.
                body[name] = entry.value.text
            else:
                body[name] = self.plain(key, entry.value)
        self.add_bounds(body)
        return body

    def plain(self, key: Key, value: Node) -> Any:
        if isinstance(value, Sequence):
            if not key.many:
                self.report("bad-value", f"'{key.name}' takes one value, not a list", value)
                return None
            return [self.single(key, item) for item in value.items]
        single = self.single(key, value)
        return [single] if key.many else single

    def single(self, key: Key, value: Node) -> Any:
        if isinstance(value, Mapping) and key.holds is Holds.TEXT and len(value.entries) == 1:
            (language, entry), *_ = value.entries.items()
            if (
                isinstance(entry.value, Scalar)
                and language.isascii()
                and language.isalpha()
                and len(language) in (2, 3)
            ):
                self.single(key, entry.value)
                return {"@value": one_line(entry.value.text), "@language": language}
        if not isinstance(value, Scalar):
            self.report("bad-value", f"'{key.name}' holds {key.holds.value}, not a list or mapping", value)
            return None
        fault = fault_of(key, value.text)
        if fault:
            rule = "private-detail" if "contact details" in fault else "bad-value"
            swapped = swapped_ends(value.text) if key.holds is Holds.DATE else ""
            self.report(rule, f"{key.name}: {fault}", value, suggestion=swapped and f"write '{swapped}'")
            return None
        if key.holds is Holds.REFERENCE:
            return self.reference(key, value)
        if key.holds is Holds.DATE and reads_as_season(value.text):
            year = f"{value.text[:4]}/20{value.text[5:]}"
            message = f"'{value.text}' is a season in EDTF; write {year} for a financial year"
            self.report("season-or-financial-year", message, value, Severity.WARNING, suggestion=f"write '{year}'")
        return one_line(value.text)

    def reference(self, key: Key, value: Scalar) -> str:
        if key.base == "place":
            return self.named_place(value)
        self.result.references.append(Reference(key.base, value.text, self.place(value)))
        return value.text

    def named_place(self, value: Scalar) -> str:
        slug = slugify(value.text)
        if not slug:
            self.report("bad-value", f"places: '{value.text}' has no letter or digit; write the place's name", value)
        identifier = f"place/{slug}"
        self.one_spelling(self.extra.get(identifier, {}).get("name"), value)
        self.extra[identifier] = {"id": identifier, "type": ["Place"], "name": one_line(value.text)}
        self.result.graphs[BASE + identifier] = ENTITIES
        self.result.origins.setdefault(BASE + identifier, Origin(self.place(value)))
        return slug

    def one_spelling(self, before: str | None, value: Scalar) -> None:
        if before and before != one_line(value.text):
            message = f"places: '{one_line(value.text)}' and '{before}' are one place; write both in one way"
            self.report("place-in-two-spellings", message, value, suggestion=f"write '{before}'")

    def area(self, value: Node) -> dict[str, Any] | None:
        code = value.scalar("gss") if isinstance(value, Mapping) else None
        if code is None:
            self.report("bad-value", "an area is a mapping with 'gss', 'name', 'latitude' and 'longitude'", value)
            return None
        assert isinstance(value, Mapping)
        return self.node(value, "Area", STATISTICAL_GEOGRAPHY + code.text, ENTITIES)

    def add_bounds(self, body: dict[str, Any]) -> None:
        for name in ("date", "period"):
            text = body.get(name)
            if not isinstance(text, str):
                continue
            earliest, latest = bounds(text)
            if earliest:
                body["earliest"] = earliest.isoformat()
            if latest:
                body["latest"] = latest.isoformat()
            if earliest and text == earliest.isoformat():
                # A plain day is a date to every engine; only what is less than a day needs EDTF.
                body[name] = {"@value": text, "@type": "xsd:date"}

    # Claims and their evidence

    def nested(self, name: str, value: Node) -> list[dict[str, Any]]:
        nodes = []
        for item in _items(value):
            if not isinstance(item, Mapping):
                self.report("bad-value", f"'{name}' holds mappings such as {{{', '.join(NESTED[name].parts)}}}", item)
                continue
            node = self.claim(name, item, NESTED[name])
            if node:
                nodes.append(node)
        return nodes

    def claim(self, name: str, item: Mapping, form: Nested) -> dict[str, Any] | None:
        missing = [part for part in form.parts if part not in item.entries]
        if missing:
            message = f"'{name}' needs {' and '.join(repr(part) for part in missing)}"
            near = {part: _nearest(part, item.entries) for part in missing}
            hints = [f"'{wrong}' is not a key of it" for wrong in near.values() if wrong]
            wanted = ", ".join(f"'{part}:'" for part in missing)
            self.report("missing-key", "; ".join([message, *hints]), item, suggestion=f"add {wanted}")
            return None
        item = self.about_its_project(item, form)
        identifier = f"{self.result.identifier}#{'.'.join(self.fragment(item, form))}"
        iri = BASE + identifier
        if iri in self.result.origins:
            first = self.result.origins[iri].location.line
            fragment = identifier.partition("#")[2]
            message = f"says the same as line {first} ({fragment}); take one out, or give this one a 'key:'"
            self.report("clash", message, item)
            return None
        locators = self.locators(item.entries["at"].value, quiet=True) if "at" in item.entries else []
        graph = publication_graph(locators[0].publication) if locators else self.home
        return self.node(item, form.type, identifier, graph)

    def about_its_project(self, item: Mapping, form: Nested) -> Mapping:
        others = ABOUT_A_PROJECT.get(form.type)
        if others is None or "project" in item.entries or not self.projects or any(o in item.entries for o in others):
            return item
        main = Entry(_implied_key(item), Scalar(self.projects[0], item.line, item.column))
        return Mapping({**item.entries, "project": main}, item.line, item.column)

    def fragment(self, item: Mapping, form: Nested) -> list[str]:
        pieces = [form.stem]
        for part in form.parts:
            value = item.entries[part].value
            if part == "at":
                cited = self.locators(value, quiet=True)
                pieces.append(str(cited[0].first) if cited else "0")
            else:
                pieces.append(slugify(value.text) if isinstance(value, Scalar) else "")
        project = item.scalar("project")
        if project and [project.text] != self.projects[:1]:
            pieces.append(project.text)
        key = item.scalar("key")
        if key:
            pieces.append(slugify(key.text))
        return pieces

    def locators(self, value: Node, *, quiet: bool = False) -> list[Locator]:
        found = []
        for item in _items(value):
            try:
                if not isinstance(item, Scalar):
                    raise ValueError("'at' takes lines, such as 387, 387-391 or [387, 395]")
                locator = parse_locator(item.text, self.publication)
            except ValueError as error:
                if not quiet:
                    self.report("bad-locator", f"at: {error}", item)
                continue
            found.append(locator)
            if not quiet:
                self.passage(locator, item)
        return found

    def passage(self, locator: Locator, written: Node) -> None:
        self.result.references.append(Reference("publication", locator.publication, self.place(written)))
        graph = publication_graph(locator.publication)
        for node in passage_nodes(locator):
            self.result.graphs[node["id"]] = graph
            self.extra[node["id"]] = node

    def accept(self, value: Node) -> None:
        for item in _items(value):
            rule, why = (item.scalar("rule"), item.scalar("why")) if isinstance(item, Mapping) else (None, None)
            if rule is None or why is None or not why.text.strip():
                self.report("bad-value", "accept takes mappings {rule: …, why: …}; give the reason", item)
            else:
                self.result.accepted[rule.text] = why.text


def _implied_key(item: Node) -> Scalar:
    # The key of a value that the table of forms adds; it has the place of what it follows from.
    return Scalar("", item.line, item.column)


def _items(value: Node) -> tuple[Node, ...]:
    return value.items if isinstance(value, Sequence) else (value,)


def _scalars(entry: Entry | None) -> list[Scalar]:
    return [item for item in _items(entry.value) if isinstance(item, Scalar)] if entry else []


def _nearest(word: str, known: Any) -> str:
    return next(iter(difflib.get_close_matches(word, list(known), 1, 0.6)), "")
