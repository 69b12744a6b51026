"""Break every record in every way that a tired curator might, and count what the checks catch.

``python -m benchmarks.mutation --sources DIR --register FILE`` makes about fifty mutations of every record, draws a
sample of them with a fixed seed, puts each into the records and runs what ``ccin-graph check`` runs. Mutations that the
loader lets through are tried many at a time, one for a record and none in records that speak of each other, so that
every finding can be laid at the door of one of them.
"""

from __future__ import annotations

import argparse
import copy
import random
import re
import shutil
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from ccin_graph.build import assemble
from ccin_graph.errors import RecordsError
from ccin_graph.findings import Finding
from ccin_graph.records.context import Context, Holds, Key, read_context
from ccin_graph.records.expanded import Expanded
from ccin_graph.records.expansion import expand
from ccin_graph.records.forms import FOLDERS, KINDS, NESTED
from ccin_graph.records.loading import record_files
from ccin_graph.records.mapping import triples_of
from ccin_graph.records.reading import read_text
from ccin_graph.tree import Tree, find_tree
from ccin_graph.validate import check
from ccin_graph.validate.reports.rulebook import Kind, read_rules
from ccin_graph.vocabulary import BASE

PER_RECORD = 50
SAMPLE = 5000
BATCH = 120
#: A record that more records than this speak of is tried only beside others of its like.
HUB = 60

#: Keys that a record of a type, or a claim, always has; the guide says so.
NEEDED: dict[str, set[str]] = {
    "Publication": {"id", "type", "title", "publisher"},
    "Organisation": {"id", "type", "name", "classification"},
    "FormalOrganisation": {"id", "type", "name", "classification"},
    "Council": {"id", "type", "name", "classification"},
    "PoliticalGroup": {"id", "type", "name", "classification", "linked_to"},
    "Collaboration": {"id", "type", "name", "classification"},
    "Network": {"id", "type", "name", "classification"},
    "Person": {"id", "type", "name"},
    "Project": {"id", "type", "name", "kind", "at"},
    "Output": {"id", "type", "name", "kind", "at"},
    "Event": {"id", "type", "name", "date", "at"},
    "MembershipListing": {
        "id", "type", "name", "publication", "network", "category", "date", "complete", "at", "entries",
    },
    "CaseStudy": {"id", "type", "title", "publication", "at", "summary", "themes"},
    "Participation": {"agent", "role", "at"},
    "PrincipleClaim": {"principle", "value", "basis", "at"},
    "Figure": {"measure", "value", "min", "max", "unit", "qualifier", "status", "at"},
    "OutputClaim": {"output", "at"},
    "PolicyAsk": {"ask", "at"},
    "Mention": {"agent", "at"},
    "SourceNote": {"kind", "note", "at"},
    "ListingEntry": {"listed", "at"},
    "CollaborationMembership": {"member", "at"},
    "Post": {"organisation", "office", "post", "at"},
    "Appearance": {"person", "role", "at"},
    "ChangeEvent": {"date", "original", "source"},
    "Area": {"name", "gss", "source"},
}  # fmt: skip

#: Why some mutations of a kind are let through.
REASONS = {
    "cut": "the key may be left out, and the record says less without it",
    "cut off": "a shorter record is a record: what stood below is missing, not wrong",
    "needed key cut": "",
    "other link": "no line need name a project, a place or a region, and a body may stand in the same lines as another",
    "other concept": "whether a role, a unit, a status or a theme is the right one is a reader's judgement",
    "changed digit": "a second number stands in the lines, or the lines still lie in the section and name the body",
    "changed name": "the names of projects and outputs may be our own; a short form is found inside the printed one",
    "swapped lines": "both lines name both, or the claim (a principle, a note) has no name to look for",
    "swapped values": "both numbers, or both bodies, stand in the same lines",
}
#: Kinds that take something away without saying anything else.
SAYS_LESS = {"cut", "cut off"}


@dataclass(frozen=True)
class Mutation:
    """One change of one record.

    Parameters
    ----------
    file : str
        Below the root of the project.
    kind : str
    what : str
        For a reader.
    text : str
        The record with the change.
    """

    file: str
    kind: str
    what: str
    text: str


# Mutations


@dataclass(frozen=True)
class _Slot:
    """A value in a record, and what its key says that it is."""

    path: tuple[str | int, ...]
    type: str
    key: Key
    value: str

    @property
    def shown(self) -> str:
        return ".".join(map(str, self.path))


@dataclass
class Maker:
    """Makes the mutations of records.

    Parameters
    ----------
    context : Context
    known : set of str
        Ids of all records and concepts.
    """

    context: Context
    known: set[str]
    by_kind: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def __post_init__(self) -> None:
        for name in sorted(self.known):
            kind, _, slug = name.partition("/")
            self.by_kind[kind].append(slug)

    def mutations(self, file: str, text: str, seed: int) -> list[Mutation]:
        """Make up to fifty mutations of a record, of as many kinds as it has room for.

        Parameters
        ----------
        file : str
        text : str
        seed : int

        Returns
        -------
        list of Mutation
        """
        chance = random.Random(f"{seed} {file}")
        document = yaml.load(text, Loader=yaml.BaseLoader)
        lanes: dict[str, list[Mutation]] = {}
        for name, way in self._ways().items():
            made = [Mutation(file, name, what, _dump(changed)) for what, changed in way(document, chance)]
            lanes[name] = made
        lanes["duplicate key"] = list(_duplicate_keys(file, text, chance))
        lanes["cut off"] = list(_cut_off(file, text, chance))
        chosen: list[Mutation] = []
        for lane in lanes.values():
            chance.shuffle(lane)
        while len(chosen) < PER_RECORD and any(lanes.values()):
            chosen += [lane.pop() for lane in lanes.values() if lane]
        return chosen[:PER_RECORD]

    def _ways(self) -> dict[str, Callable[[Any, random.Random], Iterator[tuple[str, Any]]]]:
        return {
            "misspelt key": self._misspelt_keys,
            "needed key cut": lambda document, _: self._cut(document, needed=True),
            "cut": lambda document, _: self._cut(document, needed=False),
            "swapped type": self._types,
            "wrong kind of value": self._wrong_kinds,
            "dangling link": self._dangling,
            "other link": self._other_links,
            "unknown concept": self._unknown_concepts,
            "concept of another scheme": self._foreign_concepts,
            "other concept": self._other_concepts,
            "changed digit": self._digits,
            "changed name": self._names,
            "changed id": self._ids,
            "swapped lines": lambda document, chance: self._swaps(document, chance, ("at",)),
            "swapped values": lambda document, chance: self._swaps(
                document, chance, ("value", "agent", "listed", "member", "person")
            ),
            "duplicate claim": self._duplicates,
        }

    # What is in a record

    def _mappings(self, document: Any) -> Iterator[tuple[tuple[str | int, ...], str, dict[str, Any]]]:
        kind = document.get("type", "")
        if kind not in FOLDERS:
            return
        yield (), kind, document
        for name, value in document.items():
            nested = NESTED.get(name)
            if nested and isinstance(value, list):
                for index, item in enumerate(value):
                    if isinstance(item, dict):
                        yield (name, index), nested.type, item
            if name == "area":
                yield (name,), "Area", value
            if name == "lead":
                for index, item in enumerate(value):
                    if isinstance(item, dict):
                        yield (name, index), "Participation", item

    def _slots(self, document: Any) -> Iterator[_Slot]:
        for path, kind, mapping in self._mappings(document):
            keys = self.context.keys(kind)
            for name, value in mapping.items():
                if name in NESTED or name in ("area", "id", "type", "accept") or name not in keys:
                    continue
                items = list(enumerate(value)) if isinstance(value, list) else [(None, value)]
                for index, item in items:
                    if isinstance(item, str):
                        where = (*path, name) if index is None else (*path, name, index)
                        yield _Slot(where, kind, keys[name], item)

    def _references(self, document: Any, *, concepts: bool) -> Iterator[tuple[_Slot, str]]:
        for slot in self._slots(document):
            base = "organisation" if slot.key.name == "lead" else slot.key.base
            if base and base != "place" and (base not in KINDS.values()) == concepts:
                yield slot, base

    # Ways to break it

    def _misspelt_keys(self, document: Any, chance: random.Random) -> Iterator[tuple[str, Any]]:
        for path, kind, mapping in self._mappings(document):
            for name in mapping:
                wrong = _misspell(name, chance)
                if wrong not in self.context.keys(kind):
                    changed = copy.deepcopy(document)
                    target = _at(changed, path)
                    entries = [(wrong if key == name else key, value) for key, value in target.items()]
                    target.clear()
                    target.update(entries)
                    yield f"{name} as {wrong}", changed

    def _cut(self, document: Any, *, needed: bool) -> Iterator[tuple[str, Any]]:
        for path, kind, mapping in self._mappings(document):
            for name in mapping:
                if (name in NEEDED.get(kind, ())) == needed and name not in ("key", "accept"):
                    changed = copy.deepcopy(document)
                    del _at(changed, path)[name]
                    yield ".".join(map(str, (*path, name))), changed

    def _types(self, document: Any, chance: random.Random) -> Iterator[tuple[str, Any]]:
        for other in chance.sample(sorted(set(FOLDERS) - {document["type"]}), 4):
            yield f"{document['type']} as {other}", {**document, "type": other}

    def _wrong_kinds(self, document: Any, chance: random.Random) -> Iterator[tuple[str, Any]]:
        wrong = {
            Holds.DECIMAL: ["many", "1,200", "£50"],
            Holds.INTEGER: ["many", "1.5"],
            Holds.BOOLEAN: ["no", "True"],
            Holds.DATE: ["soon", "16/03/2020", "2020-13"],
            Holds.CODE: ["unknown", "E123"],
            Holds.REFERENCE: ["Not An Id", "a/b/c"],
            Holds.ADDRESS: ["www.example.org"],
            Holds.FORM: ["page 4", "22:22"],
        }
        for slot in self._slots(document):
            if slot.key.holds in wrong and slot.key.base != "place" and slot.key.name not in ("key", "lead"):
                value = chance.choice(wrong[slot.key.holds])
                yield f"{slot.shown}: {value}", _put(document, slot.path, value)

    def _dangling(self, document: Any, chance: random.Random) -> Iterator[tuple[str, Any]]:
        yield from self._unknown(document, chance, concepts=False)

    def _unknown_concepts(self, document: Any, chance: random.Random) -> Iterator[tuple[str, Any]]:
        yield from self._unknown(document, chance, concepts=True)

    def _unknown(self, document: Any, chance: random.Random, *, concepts: bool) -> Iterator[tuple[str, Any]]:
        for slot, base in self._references(document, concepts=concepts):
            value = _misspell(slot.value, chance)
            if f"{base}/{value}" not in self.known:
                yield f"{slot.shown}: {slot.value} as {value}", _put(document, slot.path, value)

    def _other_links(self, document: Any, chance: random.Random) -> Iterator[tuple[str, Any]]:
        for slot, base in self._references(document, concepts=False):
            value = chance.choice(self.by_kind[base])
            if value != slot.value:
                yield f"{slot.shown}: {slot.value} as {value}", _put(document, slot.path, value)

    def _foreign_concepts(self, document: Any, chance: random.Random) -> Iterator[tuple[str, Any]]:
        schemes = sorted(set(self.by_kind) - set(KINDS.values()))
        for slot, base in self._references(document, concepts=True):
            value = chance.choice(self.by_kind[chance.choice([scheme for scheme in schemes if scheme != base])])
            if value not in self.by_kind[base]:
                yield f"{slot.shown}: {slot.value} as {value}", _put(document, slot.path, value)

    def _other_concepts(self, document: Any, chance: random.Random) -> Iterator[tuple[str, Any]]:
        for slot, base in self._references(document, concepts=True):
            value = chance.choice(self.by_kind[base])
            if value != slot.value:
                yield f"{slot.shown}: {slot.value} as {value}", _put(document, slot.path, value)

    def _digits(self, document: Any, chance: random.Random) -> Iterator[tuple[str, Any]]:
        numeric = (Holds.DECIMAL, Holds.INTEGER, Holds.DATE, Holds.CODE)
        for slot in self._slots(document):
            if slot.key.holds not in numeric and slot.key.name not in ("at", "pages"):
                continue
            digits = [match.start() for match in re.finditer(r"[0-9]", slot.value)]
            if slot.key.name == "at" and ":" in slot.value:
                digits = [place for place in digits if place > slot.value.index(":")]
            for place in chance.sample(digits, min(2, len(digits))):
                other = chance.choice([digit for digit in "0123456789" if digit != slot.value[place]])
                value = slot.value[:place] + other + slot.value[place + 1 :]
                yield f"{slot.shown}: {slot.value} as {value}", _put(document, slot.path, value)

    def _names(self, document: Any, chance: random.Random) -> Iterator[tuple[str, Any]]:
        for slot in self._slots(document):
            if slot.key.name in ("name", "title", "printed", "post") and len(slot.value) > 3:
                value = _misspell(slot.value, chance)
                yield f"{slot.shown}: {slot.value} as {value}", _put(document, slot.path, value)

    def _ids(self, document: Any, chance: random.Random) -> Iterator[tuple[str, Any]]:
        kind, _, slug = document["id"].partition("/")
        yield document["id"], {**document, "id": f"{kind}/{_misspell(slug, chance)}"}

    def _swaps(self, document: Any, chance: random.Random, names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
        for group, value in document.items():
            claims = value if group in NESTED and isinstance(value, list) else []
            for name in names:
                holders = [index for index, claim in enumerate(claims) if isinstance(claim, dict) and name in claim]
                chance.shuffle(holders)
                for one, other in zip(holders[::2], holders[1::2], strict=False):
                    changed = copy.deepcopy(document)
                    here, there = changed[group][one], changed[group][other]
                    here[name], there[name] = there[name], here[name]
                    if here[name] != there[name]:
                        yield f"{group}.{one} and {group}.{other}: {name}", changed

    def _duplicates(self, document: Any, _: random.Random) -> Iterator[tuple[str, Any]]:
        for group, value in document.items():
            if group in NESTED and isinstance(value, list):
                for index, claim in enumerate(value):
                    changed = copy.deepcopy(document)
                    changed[group].insert(index, copy.deepcopy(claim))
                    yield f"{group}.{index}", changed


def _duplicate_keys(file: str, text: str, chance: random.Random) -> Iterator[Mutation]:
    lines = text.splitlines(keepends=True)
    whole = [
        number for number, line in enumerate(lines) if re.match(r"[a-z_]+: \S", line) and not line.endswith(">-\n")
    ]
    for number in chance.sample(whole, min(4, len(whole))):
        key = lines[number].partition(":")[0]
        yield Mutation(file, "duplicate key", key, "".join([*lines, lines[number]]))


def _cut_off(file: str, text: str, chance: random.Random) -> Iterator[Mutation]:
    for _ in range(3):
        place = chance.randrange(len(text) // 4, len(text) - 1)
        yield Mutation(file, "cut off", f"after {place} characters", text[:place] + "\n")


def _misspell(word: str, chance: random.Random) -> str:
    places = [number for number in range(len(word) - 1) if word[number] != word[number + 1]]
    way = chance.randrange(3)
    if way == 0 and places:
        place = chance.choice(places)
        return word[:place] + word[place + 1] + word[place] + word[place + 2 :]
    place = chance.randrange(len(word))
    while not word[place].isalpha() and any(map(str.isalpha, word)):
        place = chance.randrange(len(word))
    return word[:place] + ("" if way == 1 and len(word) > 2 else word[place] * 2) + word[place + 1 :]


def _at(document: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def _put(document: Any, path: tuple[str | int, ...], value: str) -> Any:
    changed = copy.deepcopy(document)
    _at(changed, path[:-1])[path[-1]] = value
    return changed


def _dump(document: Any) -> str:
    return yaml.dump(document, Dumper=yaml.CSafeDumper, allow_unicode=True, sort_keys=False, width=1_000_000)


# Trying them


@dataclass
class Bench:
    """The records, and a copy of them that may be broken.

    Parameters
    ----------
    tree : Tree
    copy : Tree
    sources : Path or None
    register : Path or None
    """

    tree: Tree
    copy: Tree
    sources: Path | None
    register: Path | None
    context: Context = field(init=False)
    texts: dict[str, str] = field(init=False)
    read: dict[str, Expanded] = field(init=False)
    known: set[str] = field(init=False)
    beside: dict[str, set[str]] = field(init=False)

    def __post_init__(self) -> None:
        self.context = read_context(self.tree.context)
        self.texts = {
            path.relative_to(self.tree.root).as_posix(): path.read_text("utf-8") for path in record_files(self.tree)
        }
        self.read = {file: self.expanded(file, text) for file, text in self.texts.items()}
        self.files = {result.identifier: file for file, result in self.read.items()}
        dataset = assemble(self.tree)
        self.known = {
            str(row[0].value).removeprefix(BASE)  # type: ignore[union-attr]
            for row in dataset.store.select(
                "SELECT ?it { ?it <http://www.w3.org/2004/02/skos/core#inScheme> ?scheme }"
            ).rows
        } | set(self.files)
        self.accepted = {
            str(one) for one in check(dataset, self.tree, self.sources, register=self.register) if one.to_mend
        }
        self.beside = defaultdict(set)
        for file in self.texts:
            for other in self.speaks_of(self.read[file]):
                self.beside[file].add(other)
                self.beside[other].add(file)

    def expanded(self, file: str, text: str) -> Expanded:
        """Read and expand the text of one record, as the loader does."""
        folder, _, name = file.removeprefix("data/").rpartition("/")
        kind = KINDS[folder.partition("/")[0]]
        stem = name.removesuffix(".yaml")
        mapping, findings = read_text(text, file)
        if mapping is None:
            return Expanded(findings=findings)
        slug = f"{folder.rpartition('/')[2]}/{stem}" if kind == "case-study" else stem
        result = expand(mapping, file, kind, slug, self.context)
        result.findings += findings
        return result

    def speaks_of(self, result: Expanded) -> set[str]:
        """Return the files of the records that a record names."""
        names = {f"{reference.kind}/{reference.name}" for reference in result.references}
        return {self.files[name] for name in names & set(self.files)}

    def by_loader(self, mutation: Mutation) -> str:
        """Return the rule by which the loader refuses a mutated record; empty if it does not."""
        result = self.expanded(mutation.file, mutation.text)
        for finding in result.findings:
            if finding.to_mend:
                return finding.rule
        if any(f"{one.kind}/{one.name}" not in self.known for one in result.references):
            return "unknown-reference"
        return ""

    def same(self, mutation: Mutation) -> bool:
        """Whether a mutated record says the same as before."""
        return self._triples(self.expanded(mutation.file, mutation.text)) == self._triples(self.read[mutation.file])

    def _triples(self, result: Expanded) -> set[Any]:
        return {triple for node in result.document for triple in triples_of(node, self.context)}

    def batches(self, mutations: list[Mutation]) -> list[list[Mutation]]:
        """Share mutations out so that no two of a batch are in records that speak of each other."""
        batches: list[list[Mutation]] = []
        taken: list[set[str]] = []
        for mutation in mutations:
            near = self.near(mutation)
            hub = len(self.beside[mutation.file]) > HUB
            for batch, files in zip(batches, taken, strict=True):
                mixed = (len(self.beside[batch[0].file]) > HUB) != hub
                if len(batch) < BATCH and not mixed and mutation.file not in files and (hub or not near & files):
                    batch.append(mutation)
                    files.add(mutation.file)
                    break
            else:
                batches.append([mutation])
                taken.append({mutation.file})
        return batches

    def near(self, mutation: Mutation) -> set[str]:
        """Return the files of the records that a mutated record speaks of, or that speak of it; but for the hubs."""
        files = self.beside[mutation.file] | self.speaks_of(self.expanded(mutation.file, mutation.text))
        return {file for file in files if len(self.beside[file]) <= HUB}

    def run(self, batch: list[Mutation]) -> tuple[dict[Mutation, str], list[Mutation]]:
        """Check the records with a batch of mutations in them.

        Parameters
        ----------
        batch : list of Mutation

        Returns
        -------
        caught : dict of Mutation to str
            The first rule that a mutation broke, in the order of loader, shapes, rules and evidence.
        unclear : list of Mutation
            What may have broken a rule, or another may have.
        """
        here = {mutation.file: mutation for mutation in batch}
        caught: dict[Mutation, str] = {}
        for mutation in batch:
            (self.copy.root / mutation.file).write_text(mutation.text, "utf-8")
        try:
            while True:
                try:
                    findings = check(assemble(self.copy), self.copy, self.sources, register=self.register)
                    break
                except RecordsError as error:
                    refused = {here[one.location.file]: one.rule for one in error.findings if one.location.file in here}
                    refused = {mutation: rule for mutation, rule in refused.items() if mutation not in caught}
                    if not refused:
                        raise
                    caught |= refused
                    for mutation in refused:
                        self._restore(mutation)
        finally:
            for mutation in batch:
                self._restore(mutation)
        return self._share_out(findings, here, caught)

    def _share_out(
        self, findings: list[Finding], here: dict[str, Mutation], caught: dict[Mutation, str]
    ) -> tuple[dict[Mutation, str], list[Mutation]]:
        near = {mutation: self.near(mutation) for mutation in here.values()}
        unclear: set[Mutation] = set()
        for finding in findings:
            if not finding.to_mend or str(finding) in self.accepted:
                continue
            file = finding.location.file
            suspects = [here[file]] if file in here else [one for one, files in near.items() if file in files]
            suspects = [one for one in suspects if one not in caught] if file not in here else suspects
            if len(suspects) == 1:
                caught.setdefault(suspects[0], finding.rule)
            else:
                unclear |= set(suspects)
        return caught, [mutation for mutation in here.values() if mutation in unclear and mutation not in caught]

    def _restore(self, mutation: Mutation) -> None:
        (self.copy.root / mutation.file).write_text(self.texts[mutation.file], "utf-8")


@dataclass
class Outcome:
    """What became of the mutations that were tried.

    Parameters
    ----------
    made : int
        How many mutations there are, of which a sample was tried.
    caught : dict of Mutation to str
        The rule that caught it.
    survived : list of Mutation
    """

    made: int
    caught: dict[Mutation, str] = field(default_factory=dict)
    survived: list[Mutation] = field(default_factory=list)


def measure(
    tree: Tree, sources: Path | None, register: Path | None = None, sample: int = SAMPLE, seed: int = 1
) -> Outcome:
    """Mutate the records of a project and try a sample.

    Parameters
    ----------
    tree : Tree
    sources : Path or None
        Folder of the source texts.
    register : Path, optional
        The register of local authorities.
    sample : int
        How many mutations to try; those that change nothing do not count.
    seed : int

    Returns
    -------
    Outcome
    """
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder) / "project"
        for name in ("data", "ontology", "shapes", "queries"):
            shutil.copytree(tree.root / name, root / name)
        bench = Bench(tree, Tree(root), sources, register)
        maker = Maker(bench.context, bench.known)
        made = [one for file, text in bench.texts.items() for one in maker.mutations(file, text, seed)]
        outcome = Outcome(len(made))
        random.Random(seed).shuffle(made)
        left: list[Mutation] = []
        for mutation in made[:sample]:
            rule = bench.by_loader(mutation)
            if rule:
                outcome.caught[mutation] = rule
            elif not bench.same(mutation):
                left.append(mutation)
        for _ in range(4):
            unclear: list[Mutation] = []
            for batch in bench.batches(left):
                caught, again = bench.run(batch)
                outcome.caught |= caught
                outcome.survived += [one for one in batch if one not in caught and one not in again]
                unclear += again
            left = unclear
        outcome.survived += left
    return outcome


def report(outcome: Outcome, tree: Tree, *, survivors: int = 3) -> str:
    """Return the outcome as a table, with the mutations that nothing caught and why.

    Parameters
    ----------
    outcome : Outcome
    tree : Tree
    survivors : int
        How many of each kind to name.

    Returns
    -------
    str
    """
    rules = read_rules(tree)
    layer = {name: rule.kind for name, rule in rules.items()}
    columns = {
        "loader": (Kind.RECORDS,),
        "shapes": (Kind.SHAPES,),
        "rules": (Kind.RULES, Kind.CONTROLS, Kind.IDENTITIES),
    }
    columns["evidence"] = (Kind.EVIDENCE,)
    caught: dict[str, Counter[str]] = defaultdict(Counter)
    for mutation, rule in outcome.caught.items():
        column = next((name for name, kinds in columns.items() if layer.get(rule) in kinds), "rules")
        caught[mutation.kind][column] += 1
    survived = Counter(mutation.kind for mutation in outcome.survived)
    kinds = sorted({*caught, *survived}, key=lambda kind: (kind in SAYS_LESS, survived[kind], kind))
    lines = [f"{'':27}{'tried':>7}" + "".join(f"{name:>10}" for name in columns) + f"{'caught':>9}"]
    for kind in kinds:
        lines.append(_row(kind, caught[kind], survived[kind], list(columns)))
    for title, chosen in (
        ("what says something else", [kind for kind in kinds if kind not in SAYS_LESS]),
        ("the same, form and links", [k for k in kinds if k not in SAYS_LESS and k != "other concept"]),
        ("what says less", [kind for kind in kinds if kind in SAYS_LESS]),
        ("everything", kinds),
    ):
        together = sum((caught[kind] for kind in chosen), Counter[str]())
        lines.append(_row(title, together, sum(survived[kind] for kind in chosen), list(columns)))
    tried = len(outcome.caught) + len(outcome.survived)
    lines.append(f"\n{tried} mutations that change what a record says, drawn from {outcome.made}. What nothing caught:")
    for kind in kinds:
        of_kind = [mutation for mutation in outcome.survived if mutation.kind == kind]
        if of_kind:
            lines.append(f"{kind} ({len(of_kind)}): {REASONS.get(kind, '')}")
            lines += [f"  {one.file.removeprefix('data/')}: {one.what}" for one in of_kind[:survivors]]
    return "\n".join(lines)


def _row(title: str, caught: Counter[str], survived: int, columns: list[str]) -> str:
    tried = caught.total() + survived
    share = caught.total() / tried if tried else 1.0
    return f"{title:27}{tried:7}" + "".join(f"{caught[name]:10}" for name in columns) + f"{share:9.1%}"


def main() -> None:
    """Print how much is caught, by kind, and what is not."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sources", type=Path, help="folder of the source texts")
    parser.add_argument("--register", type=Path, help="the register of local authorities")
    parser.add_argument("--sample", type=int, default=SAMPLE, help="how many mutations to try (default: %(default)s)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--survivors", type=int, default=3, help="how many of each kind to name (default: %(default)s)")
    chosen = parser.parse_args()
    start = time.perf_counter()
    tree = find_tree()
    outcome = measure(tree, chosen.sources, chosen.register, chosen.sample, chosen.seed)
    print(report(outcome, tree, survivors=chosen.survivors))
    print(f"{time.perf_counter() - start:.0f} s")


if __name__ == "__main__":
    main()
