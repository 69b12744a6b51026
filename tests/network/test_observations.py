"""Results as RDF Data Cubes: well formed as the W3C defines it, and asked together with the facts."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyoxigraph as ox
import pytest

from ccin_graph.errors import NetworkError
from ccin_graph.graph import Graph
from ccin_graph.network.analyses import measured, network, predicted, ranked
from ccin_graph.network.observations import canonical_bytes, observations, turtle
from ccin_graph.network.provenance import provenance_of
from ccin_graph.network.results import Column, Result, Run
from ccin_graph.store import EmbeddedStore
from ccin_graph.vocabulary import ANALYSIS

if TYPE_CHECKING:
    from ccin_graph.network.provenance import Provenance
    from ccin_graph.network.tables import Tables

PREFIXES = """
PREFIX qb: <http://purl.org/linked-data/cube#>
PREFIX prov: <http://www.w3.org/ns/prov#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX schema: <https://schema.org/>
"""

# The integrity constraints of the RDF Data Cube Vocabulary (W3C Recommendation 2014), section 11.
WRONG = {
    "IC-1 one data set": """{ ?o a qb:Observation FILTER NOT EXISTS { ?o qb:dataSet ?d } }
        UNION { ?o qb:dataSet ?one, ?other FILTER (?one != ?other) }""",
    "IC-2 one structure": """{ ?o a qb:DataSet FILTER NOT EXISTS { ?o qb:structure ?s } }
        UNION { ?o qb:structure ?one, ?other FILTER (?one != ?other) }""",
    "IC-3 a measure": """?o a qb:DataStructureDefinition
        FILTER NOT EXISTS { ?o qb:component/qb:measure ?m . ?m a qb:MeasureProperty }""",
    "IC-4 a range": "?o a qb:DimensionProperty FILTER NOT EXISTS { ?o rdfs:range ?r }",
    "IC-6 only attributes are optional": """?s qb:component ?o . ?o qb:componentRequired false
        FILTER NOT EXISTS { ?o qb:attribute ?a }""",
    "IC-11 all dimensions": """?o qb:dataSet/qb:structure/qb:component/qb:dimension ?p
        FILTER NOT EXISTS { ?o ?p ?v }""",
    "IC-14 all measures": """?o qb:dataSet/qb:structure/qb:component/qb:measure ?p
        FILTER NOT EXISTS { ?o ?p ?v }""",
    "made by a run": "?o a qb:Observation FILTER NOT EXISTS { ?o prov:wasGeneratedBy/prov:used ?e . ?e a prov:Entity }",
}


@pytest.fixture(scope="module")
def provenance(records: Graph) -> Provenance:
    return provenance_of(records)


@pytest.fixture(scope="module")
def runs(tables: Tables) -> list[Run]:
    return [
        measured(network(tables, "council-council"), "council-council"),
        measured(network(tables, "council-affiliate"), "council-affiliate"),
        ranked(tables, "councils-by-partners", replicates=20),
        predicted(tables, "council-council"),
    ]


@pytest.fixture(scope="module")
def together(records: Graph, runs: list[Run], provenance: Provenance) -> Graph:
    store = EmbeddedStore(records.store.quads())  # type: ignore[attr-defined]
    store.add(observations(runs, provenance))
    return Graph(store, records.tree)


@pytest.mark.parametrize("name", WRONG)
def test_cubes_are_well_formed(name: str, together: Graph) -> None:
    assert not len(together.sparql(f"{PREFIXES} SELECT ?o WHERE {{ {WRONG[name]} }} LIMIT 3"))


def test_no_two_observations_are_of_the_same(runs: list[Run], provenance: Provenance) -> None:
    column = (Column("who", "text", "who", "dimension"), Column("value", "integer", "how many"))
    twice = Run("twice", "", "", {}, (Result("twice", "twice", column, [("a", 1), ("a", 2)]),))
    with pytest.raises(NetworkError, match="twice: two rows have the same dimensions: a"):
        observations([twice], provenance)


def test_each_row_is_an_observation_with_its_values(together: Graph, runs: list[Run]) -> None:
    rows = {str(row[1]): row for row in runs[0].result("measures").rows}
    found = together.sparql(f"""{PREFIXES}
        PREFIX d: <https://w3id.org/ccin/id/analysis/dimension#>
        PREFIX m: <https://w3id.org/ccin/id/analysis/measures#>
        SELECT ?node ?degree ?betweenness ?articulation WHERE {{
          ?o qb:dataSet <https://w3id.org/ccin/id/analysis/measures> ; d:network "council-council" ; d:node ?node ;
            m:degree ?degree ; m:betweenness ?betweenness ; m:articulation ?articulation }}""")
    names = [column.name for column in runs[0].result("measures").columns]
    answers = {row["node"]: row for row in found.values()}
    assert set(answers) == set(rows)
    for node, row in rows.items():
        wanted = dict(zip(names, row, strict=True))
        assert int(answers[node]["degree"]) == wanted["degree"]
        assert float(answers[node]["betweenness"]) == pytest.approx(wanted["betweenness"])
        assert answers[node]["articulation"] == str(wanted["articulation"]).lower()


def test_suggestions_lead_to_the_projects_that_they_rest_on(together: Graph, runs: list[Run]) -> None:
    found = together.sparql(f"""{PREFIXES}
        PREFIX d: <https://w3id.org/ccin/id/analysis/dimension#>
        PREFIX s: <https://w3id.org/ccin/id/analysis/suggestions#>
        PREFIX ccin: <https://w3id.org/ccin/def#>
        SELECT DISTINCT ?one ?project ?partner WHERE {{
          ?o s:rank 1 ; d:one ?one ; s:projects ?project ; s:common_partners ?partner .
          ?project ccin:participant ?one, ?partner }}""")
    best = [row for row in runs[3].result("suggestions").rows if row[3] == 1]
    assert {row["one"] for row in found.values()} == {str(row[1]) for row in best}


def test_what_is_not_defined_is_not_said(together: Graph) -> None:
    found = together.sparql(f"""{PREFIXES}
        PREFIX m: <https://w3id.org/ccin/id/analysis/measures#>
        SELECT ?o WHERE {{ ?o m:degree 0 ; m:constraint ?c }}""")
    assert not len(found)


def test_iris_follow_from_what_they_name_and_no_node_is_blank(runs: list[Run], provenance: Provenance) -> None:
    quads = observations(runs, provenance)
    assert not any(isinstance(end, ox.BlankNode) for quad in quads for end in (quad.subject, quad.object))
    assert {str(quad.graph_name) for quad in quads} == {f"<{ANALYSIS}>"}
    subjects = {quad.subject.value for quad in quads if isinstance(quad.subject, ox.NamedNode)}
    assert "https://w3id.org/ccin/id/analysis/measures#council-council,organisation/oldham" in subjects
    part = {quad.subject.value for quad in observations(runs, provenance, {"years": "2018"})}  # type: ignore[union-attr]
    results = "https://w3id.org/ccin/id/analysis/measures#council-council"
    assert not any(iri.startswith(results) for iri in part)


def test_a_run_names_data_queries_parameters_seed_and_software(together: Graph, provenance: Provenance) -> None:
    (row,) = together.sparql(f"""{PREFIXES}
        SELECT ?data ?query ?seed ?version WHERE {{
          BIND (<https://w3id.org/ccin/id/analysis/run/ranks.councils-by-partners> AS ?run)
          ?run prov:used ?d, ?q ; prov:wasAssociatedWith ?a ; schema:additionalProperty ?p .
          ?d schema:sha256 ?data FILTER (STRENDS(STR(?d), ?data))
          ?q rdfs:label "network/participations" ; schema:sha256 ?query .
          ?a rdfs:label "networkx" ; schema:softwareVersion ?version .
          ?p schema:name "seed" ; schema:value ?seed }}""").values()
    assert row == {
        "data": provenance.data,
        "query": provenance.queries["network/participations"],
        "seed": "1",
        "version": provenance.software["networkx"],
    }


def test_files_hold_the_same_and_load(runs: list[Run], provenance: Provenance) -> None:
    quads = observations(runs, provenance)
    again = list(ox.parse(canonical_bytes(quads), format=ox.RdfFormat.N_QUADS))
    assert set(again) == set(quads)
    triples = {quad.triple for quad in ox.parse(turtle(quads), format=ox.RdfFormat.TURTLE)}
    assert triples == {quad.triple for quad in quads}


def test_questions_ask_facts_and_results_together(together: Graph, runs: list[Run], tables: Tables) -> None:
    ranks = list(together.query("analysis/ranks-and-documents"))
    assert len(ranks) == len([row for row in runs[2].result("ranks").rows if row[9]])
    assert ranks[0]["rank"] == "1"
    assert ranks[0]["document"] in {
        "Co-operative Case Studies 2018",
        "CCIN Action Learning: Cooperation through Covid-19",
    }
    assert int(ranks[0]["sections"]) > 0
    suggested = {
        (row["one"], row["other"]): (int(row["rank"]), int(row["partners"]), int(row["principles"]))
        for row in together.query("analysis/suggestions-and-principles").values()
    }
    practised = network(tables, "council-principle")
    both = {pair: set(practised[pair[0]]) & set(practised[pair[1]]) for pair in suggested}
    found = runs[3].result("suggestions")
    place = {column.name: number for number, column in enumerate(found.columns)}
    assert suggested == {
        (one, other): (row[place["rank"]], row[place["partners"]], len(both[one, other]))
        for row in found.rows
        for one, other in [(str(row[place["one"]]), str(row[place["other"]]))]
    }
    assert {len(shared) for shared in both.values()} > {0}
    made = {row["name"]: row for row in together.query("analysis/runs")}
    assert set(made) == {run.name for run in runs}
    assert made["prediction.council-council"]["seed"] == "1"
