"""What to know before relying on the data: measured, said in a statement, and stated as DQV.

Everything is counted in the graph and in the findings of a check; nothing is judged.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ccin_graph.errors import BadParameter
from ccin_graph.evidence.coverage import coverage
from ccin_graph.vocabulary import BASE, GRAPH, OA, PREFIXES, RDF, RDFS, SKOS, XSD, publication_graph

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from ccin_graph.store import Store
    from ccin_graph.tree import Tree
    from ccin_graph.validate.reports import Entry, Report

DQV = "http://www.w3.org/ns/dqv#"
#: Dimensions of the quality of linked data, as the Data Quality Vocabulary publishes them.
LDQD = "http://www.w3.org/2016/05/ldqd#"
QUALITY = GRAPH + "quality"
DATASET = BASE + "dataset/ccin"

_PREFIXES = """PREFIX ccin: <https://w3id.org/ccin/def#> PREFIX dcterms: <http://purl.org/dc/terms/>
PREFIX oa: <http://www.w3.org/ns/oa#> PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""
_PUBLICATIONS = """SELECT ?publication ?title ?date {
  ?publication a ccin:Publication ; dcterms:title ?title OPTIONAL { ?publication dcterms:date ?date } }"""
_CLAIMS = """SELECT ?claim ?publication ?first ?last {
  ?claim a ccin:Claim
  OPTIONAL { ?claim prov:wasDerivedFrom|dcterms:source ?passage .
    ?passage ccin:publication ?publication ; ccin:firstLine ?first ; ccin:lastLine ?last } }"""
_STATEMENTS = """SELECT ?claim ?project ?other {
  { ?claim a ccin:Participation ; ccin:project ?project ; prov:agent ?other }
  UNION { ?claim a ccin:PrincipleClaim ; ccin:project ?project ; ccin:principle ?other } }"""
_BASES = "SELECT ?claim ?basis { ?claim a ccin:PrincipleClaim ; ccin:basis ?basis }"
_STATUSES = "SELECT ?claim ?status { ?claim a ccin:Figure ; ccin:status ?status }"
_ENDS = "SELECT ?membership ?end { ?membership a ccin:NetworkMembership ; ccin:endStatus ?end }"
_WEIGHTS = "SELECT ?partnership ?weight { ?partnership a ccin:Partnership ; ccin:weight ?weight }"
_CONTROLS = "SELECT DISTINCT ?figure { ?figure a ccin:Figure ; ccin:control ?control }"
_NOTES = """SELECT DISTINCT ?note ?kind ?publication {
  ?note a ccin:SourceNote ; ccin:noteKind/skos:prefLabel ?kind ; oa:hasTarget/ccin:publication ?publication }"""
_LISTS = "SELECT ?day { ?list a ccin:MembershipListing ; ccin:complete true ; ccin:earliest ?day }"

#: Findings that say that a text could not be held against its claims.
_TEXTS_MISSED = {"no-source-text", "other-source-text", "line-count"}


@dataclass(frozen=True, slots=True)
class Metric:
    """Something that is measured.

    Parameters
    ----------
    slug : str
        End of its IRI.
    label, definition : str
    dimension : str
        Local name of the dimension of linked-data quality that it measures.
    datatype : str
        Local name of the XML Schema datatype: ``integer`` for a number of things, ``decimal`` for a share between 0
        and 1, ``date``.
    """

    slug: str
    label: str
    definition: str
    dimension: str
    datatype: str

    @property
    def iri(self) -> str:
        """IRI of the metric."""
        return f"{BASE}quality-metric/{self.slug}"


#: The dimensions that are measured, with the labels that they are published with.
DIMENSIONS = {
    "consistency": "Consistency",
    "trustworthiness": "Trustworthiness",
    "semanticAccuracy": "Semantic accuracy",
    "completeness": "Completeness",
    "timeliness": "Timeliness",
}

METRICS: dict[str, Metric] = {
    slug: Metric(slug, label, definition, dimension, datatype)
    for slug, label, dimension, datatype, definition in (
        (
            "violations", "Violations", "consistency", "integer",
            "Findings of the check that must be mended before the data are released.",
        ),
        (
            "open-warnings", "Open warnings", "consistency", "integer",
            "Findings of the check that should be mended, or accepted with a reason, and are neither yet.",
        ),
        (
            "accepted-warnings", "Accepted warnings", "consistency", "integer",
            "Warnings that a curator has looked at and accepted, with a reason that the record gives.",
        ),
        (
            "information", "Findings for information", "consistency", "integer",
            "Findings of the check that are worth a look and ask for nothing.",
        ),
        (
            "claims", "Claims", "completeness", "integer",
            "Things that a source says, each a node of the graph with evidence of its own.",
        ),
        (
            "claims-with-evidence", "Claims with evidence", "trustworthiness", "decimal",
            "Share of the claims that cite the lines they were read in.",
        ),
        (
            "claims-on-one-line", "Claims that rest on one line", "trustworthiness", "decimal",
            "Share of the claims with evidence whose evidence is a single line of one publication.",
        ),
        (
            "statements-of-one-publication", "Statements of one publication", "trustworthiness", "decimal",
            "Share of the distinct statements (who took part in a project, which principle a project practises) "
            "that no more than one publication makes.",
        ),
        (
            "partnerships-of-one-project", "Partnerships through one project", "trustworthiness", "decimal",
            "Share of the partnerships that a single project supports; a partnership follows from who led a project "
            "and who worked in it, and is rarely said as such.",
        ),
        (
            "interpreted-principles", "Interpreted principles", "trustworthiness", "decimal",
            "Share of the claims that a principle is put into practice that are a curator's judgement: the text "
            "shows the principle without naming it.",
        ),
        (
            "figures-not-of-results", "Figures that are no results", "semanticAccuracy", "decimal",
            "Share of the figures that are targets or estimates, not what came about.",
        ),
        (
            "control-totals", "Control totals", "semanticAccuracy", "integer",
            "Numbers that the sources state about themselves or the network and that are compared with the graph.",
        ),
        (
            "control-totals-that-differ", "Control totals that differ", "semanticAccuracy", "integer",
            "Control totals that do not agree with what the graph holds.",
        ),
        (
            "noted-passages", "Notes on the sources", "semanticAccuracy", "integer",
            "Curators' notes on passages that are misprinted, misplaced, contradictory, broken off or unclear.",
        ),
        (
            "memberships-open", "Memberships open at the newest list", "completeness", "decimal",
            "Share of the memberships that the newest complete list of their category still names; what became of "
            "them after its date is not known.",
        ),
        (
            "memberships-of-unknown-end", "Memberships of unknown end", "completeness", "decimal",
            "Share of the memberships of whose end nothing is known, for no later complete list could tell.",
        ),
        (
            "lines-accounted-for", "Lines accounted for", "completeness", "decimal",
            "Share of the printed lines of the sources that some record cites.",
        ),
        (
            "newest-list", "Newest complete list of members", "timeliness", "date",
            "Date of the newest complete list of members that the graph holds.",
        ),
    )
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Measurement:
    """The value of a metric.

    Parameters
    ----------
    metric : Metric
    publication : str
        Identifier of the publication whose claims were measured; empty for the whole dataset.
    value : str
        As XML Schema writes it.
    part, whole : int
        What a share was computed of; 0 for other values.
    """

    metric: Metric
    publication: str
    value: str
    part: int = 0
    whole: int = 0

    @property
    def iri(self) -> str:
        """IRI of the measurement."""
        return f"{BASE}quality-measurement/{self.metric.slug}/{self.publication or 'dataset'}"

    @property
    def computed_on(self) -> str:
        """IRI of what was measured: the dataset, or the named graph of a publication."""
        return publication_graph(self.publication) if self.publication else DATASET

    @property
    def shown(self) -> str:
        """The value as people read it.

        Examples
        --------
        >>> Measurement(METRICS["interpreted-principles"], "", "0.9975", 399, 400).shown
        'over 99% (399 of 400)'
        """
        if self.metric.datatype == "decimal":
            return f"{percent(self.part, self.whole)} ({self.part:,} of {self.whole:,})"
        return f"{int(self.value):,}" if self.metric.datatype == "integer" else self.value


@dataclass(frozen=True, slots=True)
class Source:
    """A publication that claims were read in.

    Parameters
    ----------
    slug, title, date : str
    """

    slug: str
    title: str
    date: str


@dataclass(frozen=True, slots=True)
class Statement:
    """What to know before relying on the data.

    Parameters
    ----------
    measurements : tuple of Measurement
        In the order of `METRICS`; of each the dataset first, then the publications.
    sources : tuple of Source
        The publications that claims were read in, the newest first.
    differing : tuple of Entry
        Control totals that differ.
    accepted : tuple of Entry
        Accepted warnings.
    notes : dict of str to int
        How many notes on the sources there are of each kind.
    texts_compared : bool
        Whether names and numbers of the claims were looked for in every source text.
    """

    measurements: tuple[Measurement, ...]
    sources: tuple[Source, ...]
    differing: tuple[Entry, ...]
    accepted: tuple[Entry, ...]
    notes: dict[str, int]
    texts_compared: bool

    def measured(self, slug: str, publication: str = "") -> Measurement | None:
        """Return a measurement.

        Parameters
        ----------
        slug : str
            Of the metric.
        publication : str, optional
            The whole dataset by default.

        Returns
        -------
        Measurement or None
            None where there was nothing to measure.
        """
        found = (one for one in self.measurements if one.metric.slug == slug and one.publication == publication)
        return next(found, None)


def percent(part: int, whole: int) -> str:
    """Return a share in per cent that never rounds to all or nothing.

    Parameters
    ----------
    part, whole : int

    Returns
    -------
    str

    Examples
    --------
    >>> percent(1, 3), percent(0, 3), percent(1, 1000), percent(999, 1000)
    ('33%', '0%', 'under 1%', 'over 99%')
    """
    if not 0 < part < whole:
        return "100%" if part else "0%"
    rounded = round(Decimal(100 * part) / whole)
    return {0: "under 1%", 100: "over 99%"}.get(rounded, f"{rounded}%")


def measure_quality(store: Store, report: Report | None, tree: Tree, sources: Path | None = None) -> Statement:
    """Measure what a re-user should know.

    Parameters
    ----------
    store : Store
        Asserted and derived data.
    report : Report or None
        Of a check of the same data; None where none was made, and nothing is then said of findings.
    tree : Tree
    sources : Path, optional
        Folder of the source texts, if the check looked at them.

    Returns
    -------
    Statement
    """
    measuring = _Measuring(store)
    if report is not None:
        measuring.count_findings(report)
    entries = report.entries if report is not None else ()
    measuring.weigh_claims()
    measuring.weigh_statements()
    measuring.weigh_memberships()
    notes = measuring.count_notes()
    compared = sources is not None and not _TEXTS_MISSED & {entry.rule.name for entry in entries}
    if compared and sources is not None:
        measuring.weigh_lines(tree, sources)
    order = list(METRICS)
    return Statement(
        measurements=tuple(sorted(measuring.found, key=lambda one: (order.index(one.metric.slug), one.publication))),
        sources=tuple(measuring.sources()),
        differing=tuple(entry for entry in entries if entry.rule.name == "control-total"),
        accepted=tuple(entry for entry in entries if entry.finding.accepted),
        notes=dict(sorted(notes.items(), key=lambda item: (-item[1], item[0]))),
        texts_compared=compared,
    )


class _Measuring:
    def __init__(self, store: Store) -> None:
        self._store = store
        # The lines that every claim cites, and the publications these are in.
        self._lines: dict[str, set[tuple[str, int]]] = defaultdict(set)
        self._read: dict[str, set[str]] = defaultdict(set)
        for claim, publication, first, last in self._rows(_CLAIMS):
            cited = self._lines[claim]
            if publication:
                cited.update((_slug(publication), line) for line in range(int(first), int(last) + 1))
                self._read[claim].add(_slug(publication))
        self.found: list[Measurement] = []

    def _rows(self, query: str) -> Iterator[tuple[str, ...]]:
        for row in self._store.select(_PREFIXES + query).rows:
            yield tuple(str(getattr(term, "value", "")) for term in row)

    def _pairs(self, query: str) -> dict[str, str]:
        return {row[0]: row[1] for row in self._rows(query)}

    def sources(self) -> Iterator[Source]:
        read = {publication for publications in self._read.values() for publication in publications}
        rows = sorted(self._rows(_PUBLICATIONS), key=lambda row: (row[2], row[0]), reverse=True)
        titles: dict[str, Source] = {}
        for publication, title, date in rows:
            if _slug(publication) in read:
                titles.setdefault(_slug(publication), Source(_slug(publication), title, date))
        yield from titles.values()

    def count(self, slug: str, number: int, publication: str = "") -> None:
        self.found.append(Measurement(METRICS[slug], publication, str(number)))

    def share(self, slug: str, part: int, whole: int, publication: str = "") -> None:
        if whole:
            # The canonical form of xsd:decimal, which stores leave as it is.
            value = f"{(Decimal(part) / whole).quantize(Decimal('0.0001')).normalize():f}"
            self.found.append(Measurement(METRICS[slug], publication, value, part, whole))

    def share_of_claims(self, slug: str, chosen: set[str], among: set[str]) -> None:
        # Of all, and of those that were read in each publication.
        self.share(slug, len(chosen), len(among))
        for publication, claims in self._by_publication(among).items():
            self.share(slug, len(chosen & claims), len(claims), publication)

    def _by_publication(self, claims: Iterable[str]) -> dict[str, set[str]]:
        read: dict[str, set[str]] = defaultdict(set)
        for claim in claims:
            for publication in self._read.get(claim, ()):
                read[publication].add(claim)
        return read

    def count_findings(self, report: Report) -> None:
        counts = report.counts
        self.count("violations", counts["violation"])
        self.count("open-warnings", counts["warning"])
        self.count("accepted-warnings", counts["accepted"])
        self.count("information", counts["information"])
        self.count("control-totals", len(list(self._rows(_CONTROLS))))
        self.count("control-totals-that-differ", sum(entry.rule.name == "control-total" for entry in report.entries))

    def weigh_claims(self) -> None:
        claims = set(self._lines)
        self.count("claims", len(claims))
        for publication, read in self._by_publication(claims).items():
            self.count("claims", len(read), publication)
        evidenced = {claim for claim, lines in self._lines.items() if lines}
        self.share("claims-with-evidence", len(evidenced), len(claims))
        on_one_line = {claim for claim in evidenced if len(self._lines[claim]) == 1}
        self.share_of_claims("claims-on-one-line", on_one_line, evidenced)
        bases = self._pairs(_BASES)
        interpreted = {claim for claim, basis in bases.items() if basis == BASE + "basis/interpreted"}
        self.share_of_claims("interpreted-principles", interpreted, set(bases))
        statuses = self._pairs(_STATUSES)
        no_results = {claim for claim, status in statuses.items() if status != BASE + "status/actual"}
        self.share_of_claims("figures-not-of-results", no_results, set(statuses))

    def weigh_statements(self) -> None:
        told: dict[tuple[str, str], set[str]] = defaultdict(set)
        for claim, project, other in self._rows(_STATEMENTS):
            told[project, other] |= self._read.get(claim, set())
        alone = sum(len(publications) <= 1 for publications in told.values())
        self.share("statements-of-one-publication", alone, len(told))
        weights = self._pairs(_WEIGHTS)
        self.share("partnerships-of-one-project", sum(weight == "1" for weight in weights.values()), len(weights))

    def weigh_memberships(self) -> None:
        ends = Counter(end.rpartition("/")[2] for _, end in self._rows(_ENDS))
        self.share("memberships-open", ends["open"], ends.total())
        self.share("memberships-of-unknown-end", ends["unknown"], ends.total())
        days = sorted(day for (day,) in self._rows(_LISTS))
        if days:
            self.found.append(Measurement(METRICS["newest-list"], "", days[-1]))

    def count_notes(self) -> Counter[str]:
        rows = set(self._rows(_NOTES))
        self.count("noted-passages", len({note for note, _, _ in rows}))
        for publication, number in Counter(_slug(publication) for _, _, publication in rows).items():
            self.count("noted-passages", number, publication)
        return Counter(kind for _, kind in {(note, kind) for note, kind, _ in rows})

    def weigh_lines(self, tree: Tree, sources: Path) -> None:
        texts = coverage(self._store, tree.queries, sources)
        for text in texts:
            self.share("lines-accounted-for", text.cited, text.printed, text.publication)
        self.share("lines-accounted-for", sum(text.cited for text in texts), sum(text.printed for text in texts))


def _slug(publication: str) -> str:
    return publication.removeprefix(BASE + "publication/")


def quality_quads(statement: Statement) -> list[ox.Quad]:
    """Return a statement as DQV, in a named graph of its own.

    Every node has an IRI made of what it is about, so that two statements can be compared. Metrics and dimensions come
    with label and definition; accepted warnings and control totals that differ are quality annotations.

    Parameters
    ----------
    statement : Statement

    Returns
    -------
    list of pyoxigraph.Quad
        In a fixed order, without blank nodes, in the graph ``…/graph/quality``.
    """
    graph = ox.NamedNode(QUALITY)
    triples = dict.fromkeys(_triples(statement))
    return [ox.Quad(subject, term, value, graph) for subject, term, value in triples]


#: How a statement can be written, by the end of the file's name.
_FORMS = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG, ".ttl": ox.RdfFormat.TURTLE}


def refuse_suffix(suffix: str) -> None:
    """Raise if DQV is not written to files of an ending: before a check is worth more than after it.

    Parameters
    ----------
    suffix : str

    Raises
    ------
    BadParameter
    """
    if suffix not in _FORMS:
        raise BadParameter(f"DQV is not written to a file that ends in '{suffix}'", remedy=f"Take {', '.join(_FORMS)}.")


def quality_file(statement: Statement, suffix: str) -> str:
    """Return a statement as a file of DQV.

    Parameters
    ----------
    statement : Statement
    suffix : str
        ``.nq``, sorted as ``ccin.nq`` is; ``.trig``; or ``.ttl``, without the named graph.

    Returns
    -------
    str

    Raises
    ------
    BadParameter
        If it cannot be written so.
    """
    refuse_suffix(suffix)
    quads = quality_quads(statement)
    if suffix == ".nq":
        return "".join(sorted(f"{quad} .\n" for quad in quads))
    prefixes = {**PREFIXES, "dqv": DQV, "ldqd": LDQD}
    used = {name: prefixes[name] for name in ("dqv", "ldqd", "oa", "rdfs", "skos", "xsd")}
    statements = [quad.triple for quad in quads] if suffix == ".ttl" else quads
    written = ox.serialize(statements, format=_FORMS[suffix], prefixes=used)
    assert written is not None
    return written.decode("utf-8")


_Triple = tuple[ox.NamedNode, ox.NamedNode, ox.NamedNode | ox.Literal]


def _triples(statement: Statement) -> Iterator[_Triple]:
    yield _fact(QUALITY, RDF + "type", DQV + "QualityMetadata")
    yield _text(QUALITY, RDFS + "label", "Quality of the CCIN graph")
    yield _fact(DATASET, DQV + "hasQualityMetadata", QUALITY)
    metrics = list(dict.fromkeys(one.metric for one in statement.measurements))
    for dimension in dict.fromkeys(metric.dimension for metric in metrics):
        yield _fact(LDQD + dimension, RDF + "type", DQV + "Dimension")
        yield _text(LDQD + dimension, SKOS + "prefLabel", DIMENSIONS[dimension])
        yield _fact(LDQD + dimension, RDFS + "isDefinedBy", LDQD.removesuffix("#"))
    for metric in metrics:
        yield _fact(metric.iri, RDF + "type", DQV + "Metric")
        yield _text(metric.iri, SKOS + "prefLabel", metric.label)
        yield _text(metric.iri, SKOS + "definition", metric.definition)
        yield _fact(metric.iri, DQV + "expectedDataType", XSD + metric.datatype)
        yield _fact(metric.iri, DQV + "inDimension", LDQD + metric.dimension)
    for measurement in statement.measurements:
        yield from _measurement(measurement)
    for entry in (*statement.differing, *statement.accepted):
        yield from _annotation(entry)


def _measurement(measurement: Measurement) -> Iterator[_Triple]:
    node, metric = measurement.iri, measurement.metric
    value = ox.Literal(measurement.value, datatype=ox.NamedNode(XSD + metric.datatype))
    yield _fact(node, RDF + "type", DQV + "QualityMeasurement")
    yield _text(node, RDFS + "label", ", ".join(filter(None, (metric.label, measurement.publication))))
    yield _fact(node, DQV + "isMeasurementOf", metric.iri)
    yield _fact(node, DQV + "computedOn", measurement.computed_on)
    yield (ox.NamedNode(node), ox.NamedNode(DQV + "value"), value)
    yield _fact(measurement.computed_on, DQV + "hasQualityMeasurement", node)


def _annotation(entry: Entry) -> Iterator[_Triple]:
    node = f"{BASE}quality-annotation/{entry.identifier}"
    body = f"{entry.said} Accepted: {entry.finding.accepted}" if entry.finding.accepted else entry.said
    yield _fact(node, RDF + "type", DQV + "QualityAnnotation")
    yield _fact(node, OA + "motivatedBy", DQV + "qualityAssessment")
    yield _fact(node, OA + "hasTarget", entry.finding.subject or DATASET)
    yield (ox.NamedNode(node), ox.NamedNode(OA + "bodyValue"), ox.Literal(body))
    yield _fact(DATASET, DQV + "hasQualityAnnotation", node)


def _fact(subject: str, term: str, value: str) -> _Triple:
    return ox.NamedNode(subject), ox.NamedNode(term), ox.NamedNode(value)


def _text(subject: str, term: str, value: str) -> _Triple:
    return ox.NamedNode(subject), ox.NamedNode(term), ox.Literal(value, language="en")
