"""What to know before relying on the data, in the invented project, where it can be counted by hand."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.errors import BadParameter
from ccin_graph.store import EmbeddedStore
from ccin_graph.validate.quality import (
    DATASET,
    DIMENSIONS,
    DQV,
    LDQD,
    METRICS,
    QUALITY,
    Statement,
    measure_quality,
    percent,
    quality_file,
    quality_quads,
)
from ccin_graph.validate.reports import make_report
from ccin_graph.validate.reports.statement import quality_html, quality_text
from ccin_graph.vocabulary import BASE, RDF, SKOS, XSD

if TYPE_CHECKING:
    from tests.validate.reports.conftest import Checked

A = RDF + "type"


@pytest.fixture(scope="module")
def statement(flawless: Checked) -> Statement:
    project = flawless.project
    return measure_quality(flawless.dataset.store, flawless.report, project.tree, project.sources)


def states(checked: Checked) -> Statement:
    return measure_quality(checked.dataset.store, checked.report, checked.project.tree)


@pytest.mark.parametrize(
    ("slug", "publication", "value", "share"),
    [
        ("violations", "", "0", None),
        ("claims", "", "34", None),
        ("claims", "tide-2021", "32", None),
        ("claims", "tide-2019", "2", None),
        ("claims-with-evidence", "", "1", (34, 34)),
        ("claims-on-one-line", "", "0.9412", (32, 34)),  # the two leads rest on the whole section
        ("statements-of-one-publication", "", "1", (12, 12)),
        ("partnerships-of-one-project", "", "0.6667", (2, 3)),
        ("interpreted-principles", "", "0.5", (2, 4)),
        ("interpreted-principles", "tide-2021", "0.5", (2, 4)),
        ("figures-not-of-results", "", "0.25", (2, 8)),
        ("control-totals", "", "0", None),
        ("noted-passages", "tide-2021", "2", None),
        ("memberships-open", "", "0.6667", (4, 6)),
        ("memberships-of-unknown-end", "", "0.1667", (1, 6)),
        ("lines-accounted-for", "tide-2019", "0.8333", (5, 6)),
        ("newest-list", "", "2021-05-01", None),
    ],
)
def test_it_is_counted_as_by_hand(
    statement: Statement, slug: str, publication: str, value: str, share: tuple[int, int] | None
) -> None:
    measured = statement.measured(slug, publication)
    assert measured is not None
    assert measured.value == value
    assert share is None or (measured.part, measured.whole) == share


def test_every_metric_is_measured_where_everything_is_at_hand(statement: Statement) -> None:
    assert {one.metric.slug for one in statement.measurements} == set(METRICS)


def test_what_is_not_there_is_not_measured(statement: Statement) -> None:
    assert statement.measured("interpreted-principles", "tide-2019") is None
    assert statement.measured("claims", "nothing") is None


def test_without_the_texts_their_lines_are_not_measured(flawless: Checked) -> None:
    statement = states(flawless)
    assert not statement.texts_compared
    assert statement.measured("lines-accounted-for") is None
    assert "Not every source text was at hand" in " ".join(quality_text(statement).split())


def test_with_another_text_they_are_not_compared(flawless: Checked) -> None:
    from ccin_graph.findings import Finding

    project = flawless.project
    report = make_report([Finding("other-source-text", "m")], project.tree)
    assert not measure_quality(flawless.dataset.store, report, project.tree, project.sources).texts_compared


def test_the_newest_publication_comes_first(statement: Statement) -> None:
    assert [source.slug for source in statement.sources] == ["tide-2021", "tide-2019"]


def test_faults_are_told(faulty: Checked) -> None:
    statement = states(faulty)
    violations = statement.measured("violations")
    assert violations is not None
    assert int(violations.value) == faulty.report.counts["violation"] >= 2
    assert ("unused-organisation", "Lonely Society") in {(one.rule.name, one.name) for one in statement.accepted}
    assert "Lonely Society" in quality_text(statement)
    assert "kept <for> the next edition" in quality_text(statement)
    assert "kept &lt;for&gt; the next edition" in quality_html(statement)


def test_nothing_is_told_of_an_empty_graph(flawless: Checked) -> None:
    project = flawless.project
    statement = measure_quality(EmbeddedStore(), make_report([], project.tree), project.tree)
    assert {one.value for one in statement.measurements} == {"0"}
    assert quality_text(statement)
    assert quality_html(statement)
    assert quality_quads(statement)


def test_a_share_never_rounds_to_all_or_nothing() -> None:
    assert percent(1, 2000) == "under 1%"
    assert percent(1999, 2000) == "over 99%"
    assert (percent(0, 5), percent(5, 5), percent(1, 2), percent(0, 0)) == ("0%", "100%", "50%", "0%")


# As DQV


@pytest.fixture(scope="module")
def facts(statement: Statement) -> dict[str, dict[str, list[ox.NamedNode | ox.Literal]]]:
    described: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]] = defaultdict(lambda: defaultdict(list))
    for quad in quality_quads(statement):
        assert isinstance(quad.subject, ox.NamedNode)
        assert isinstance(quad.object, ox.NamedNode | ox.Literal)
        assert quad.graph_name == ox.NamedNode(QUALITY)
        described[quad.subject.value][quad.predicate.value].append(quad.object)
    return described


def of_type(facts: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]], name: str) -> list[str]:
    return [node for node, about in facts.items() if ox.NamedNode(DQV + name) in about[A]]


def test_every_measurement_has_metric_target_and_value(
    facts: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]], statement: Statement
) -> None:
    measurements = of_type(facts, "QualityMeasurement")
    assert len(measurements) == len(statement.measurements)
    for node in measurements:
        (metric,), (on,), (value,) = (facts[node][DQV + term] for term in ("isMeasurementOf", "computedOn", "value"))
        assert metric.value in of_type(facts, "Metric")
        assert on.value == DATASET or on.value.startswith(BASE + "graph/tide-")
        assert isinstance(value, ox.Literal)
        assert facts[metric.value][DQV + "expectedDataType"] == [value.datatype]
        assert ox.NamedNode(node) in facts[on.value][DQV + "hasQualityMeasurement"]


def test_every_metric_has_label_definition_and_dimension(
    facts: dict[str, dict[str, list[ox.NamedNode | ox.Literal]]],
) -> None:
    metrics = of_type(facts, "Metric")
    assert len(metrics) == len(METRICS)
    for node in metrics:
        for term in (SKOS + "prefLabel", SKOS + "definition", DQV + "inDimension"):
            assert len(facts[node][term]) == 1
        assert facts[node][DQV + "inDimension"][0].value in of_type(facts, "Dimension")
    for node in of_type(facts, "Dimension"):
        assert node.removeprefix(LDQD) in DIMENSIONS
        assert len(facts[node][SKOS + "prefLabel"]) == 1


def test_shares_lie_between_nothing_and_all(statement: Statement) -> None:
    for one in statement.measurements:
        if one.metric.datatype == "decimal":
            assert 0 <= float(one.value) <= 1


def test_values_keep_their_form_in_a_store(statement: Statement) -> None:
    quads = quality_quads(statement)
    assert set(EmbeddedStore(quads).quads()) == set(quads)
    assert {quad.object.datatype.value for quad in quads if isinstance(quad.object, ox.Literal)} <= {
        XSD + name for name in ("integer", "decimal", "date", "string")
    } | {RDF + "langString"}


def test_it_stands_beside_the_data_without_repeating_them(flawless: Checked, statement: Statement) -> None:
    triples = {quad.triple for quad in flawless.dataset.store.quads()}
    quads = quality_quads(statement)
    assert not triples & {quad.triple for quad in quads}
    assert len(set(quads)) == len(quads)


def test_an_accepted_warning_is_an_annotation(faulty: Checked) -> None:
    quads = quality_quads(states(faulty))
    bodies = [str(getattr(quad.object, "value", "")) for quad in quads if quad.predicate.value.endswith("#bodyValue")]
    assert any(body.endswith("Accepted: kept <for> the next edition") for body in bodies)
    targets = [getattr(quad.object, "value", "") for quad in quads if quad.predicate.value.endswith("#hasTarget")]
    assert BASE + "organisation/lonely" in targets


@pytest.mark.parametrize("suffix", [".nq", ".trig", ".ttl"])
def test_it_is_written_as_a_file(statement: Statement, suffix: str) -> None:
    form = {".nq": ox.RdfFormat.N_QUADS, ".trig": ox.RdfFormat.TRIG, ".ttl": ox.RdfFormat.TURTLE}[suffix]
    text = quality_file(statement, suffix)
    quads = set(ox.parse(text, format=form))
    wanted = set(quality_quads(statement))
    if suffix == ".ttl":
        assert {quad.triple for quad in quads} == {quad.triple for quad in wanted}
    else:
        assert quads == wanted
    if suffix == ".nq":
        assert text.splitlines() == sorted(text.splitlines())


def test_it_is_not_written_as_anything_else(statement: Statement) -> None:
    with pytest.raises(BadParameter, match=r"\.nq, \.trig, \.ttl"):
        quality_file(statement, ".xml")
