"""Namespaces and IRIs: where things of this graph and of the vocabularies it builds on are named.

``BASE`` stands here and in ``ontology/context.jsonld`` only (a test holds the two equal).
"""

from __future__ import annotations

BASE = "https://w3id.org/ccin/id/"
CCIN = "https://w3id.org/ccin/def#"
DCTERMS = "http://purl.org/dc/terms/"
OA = "http://www.w3.org/ns/oa#"
ORG = "http://www.w3.org/ns/org#"
OWL = "http://www.w3.org/2002/07/owl#"
PROV = "http://www.w3.org/ns/prov#"
QB = "http://purl.org/linked-data/cube#"
RDF = "http://www.w3.org/1999/02/22-rdf-syntax-ns#"
RDFS = "http://www.w3.org/2000/01/rdf-schema#"
SCHEMA = "https://schema.org/"
SH = "http://www.w3.org/ns/shacl#"
SKOS = "http://www.w3.org/2004/02/skos/core#"
SPEX = "https://purl.expasy.org/sparql-examples/ontology#"
XSD = "http://www.w3.org/2001/XMLSchema#"

RFC5147 = "http://tools.ietf.org/rfc/rfc5147"
STATISTICAL_GEOGRAPHY = "http://statistics.data.gov.uk/id/statistical-geography/"

#: Prefixes that every query file writes and every table shortens IRIs with.
PREFIXES: dict[str, str] = {
    "ccin": CCIN,
    "dcterms": DCTERMS,
    "edtf": "http://id.loc.gov/datatypes/edtf/",
    "foaf": "http://xmlns.com/foaf/0.1/",
    "geo": "http://www.w3.org/2003/01/geo/wgs84_pos#",
    "id": BASE,
    "m8g": "http://data.europa.eu/m8g/",
    "oa": OA,
    "org": ORG,
    "owl": OWL,
    "prov": PROV,
    "qb": QB,
    "rdf": RDF,
    "rdfs": RDFS,
    "schema": SCHEMA,
    "sh": SH,
    "skos": SKOS,
    "spex": SPEX,
    "xsd": XSD,
}

GRAPH = BASE + "graph/"
ENTITIES = GRAPH + "entities"
CONCEPTS = GRAPH + "concepts"
ONTOLOGY = GRAPH + "ontology"
DERIVED = GRAPH + "derived"
ANALYSIS = GRAPH + "analysis"
QUERIES = GRAPH + "queries"


def publication_graph(slug: str) -> str:
    """Return the IRI of the named graph that holds what a publication claims.

    Parameters
    ----------
    slug : str
        Identifier of the publication, such as ``case-studies-2021``.

    Returns
    -------
    str

    Examples
    --------
    >>> publication_graph("covid-2020")
    'https://w3id.org/ccin/id/graph/covid-2020'
    """
    return GRAPH + slug


def shorten(iri: str) -> str:
    """Return an IRI as a reader likes it: an id of this graph, a prefixed name, or the IRI itself.

    Parameters
    ----------
    iri : str

    Returns
    -------
    str

    Examples
    --------
    >>> shorten("https://w3id.org/ccin/id/organisation/preston")
    'organisation/preston'
    >>> shorten("https://w3id.org/ccin/def#Council")
    'ccin:Council'
    """
    if iri.startswith(BASE):
        return iri.removeprefix(BASE)
    for prefix, namespace in PREFIXES.items():
        local = iri.removeprefix(namespace)
        if local != iri and "/" not in local and "#" not in local:
            return f"{prefix}:{local}"
    return iri
