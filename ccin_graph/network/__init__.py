"""Who worked with whom: networks of organisations, made from a table of who took part in what.

One direction, each step a module::

    Participation ─▶ organisation_project_graph ─▶ council_council ─▶ measures ─▶ write_csv
     (the table)        (two-mode graph)           council_partner     summary      write_gexf
                                                   council_affiliate                write_graphml
                                                   project                          draw

Every graph is a :class:`networkx.Graph` whose nodes are IRIs. Importing this package loads neither networkx nor
numpy, scipy or matplotlib: the functions that need them do.

Beside that line: ``filters`` (which rows count, and for which council), ``sharing`` (partners, themes or principles in
common), ``layers`` and ``change`` (publications and time), ``structure`` (the whole network), ``robustness`` (who
leaves) and ``prediction`` (who might come together); ``communities`` (who forms a group), ``barber`` (organisations
and projects together), ``traits`` and ``agreement`` (what sets groups apart, what they follow); ``null_models`` and
``significance`` (which ties are more than chance), ``permutation`` (whether regions matter) and ``uncertainty`` (how
sure a rank is).

Above both, for all of it at once: ``tables`` (everything that networks are made of, read with queries), ``choice``
(filters), ``catalogue`` (the networks by name), ``analyses`` (each analysis as a run with its finding, methods and
``results``), ``report`` (all as files), ``provenance`` and ``observations`` (as RDF), ``findings`` (as a page).
"""

from ccin_graph.network.agreement import Comparison, adjusted_mutual_information, compare, nations
from ccin_graph.network.analyses import (
    RANKINGS,
    WORK,
    broken,
    changed,
    grouped,
    measured,
    mixed,
    network,
    predicted,
    ranked,
    validated,
)
from ccin_graph.network.barber import barber_communities, barber_modularity
from ccin_graph.network.bipartite import organisation_project_graph, sides
from ccin_graph.network.catalogue import PROJECTIONS, Projection, projection
from ccin_graph.network.change import Change, Snapshot, changes, snapshots, write_dynamic_gexf
from ccin_graph.network.choice import Choice
from ccin_graph.network.communities import Communities, Consensus, communities, consensus
from ccin_graph.network.export import write_csv, write_cytoscape, write_gexf, write_graphml
from ccin_graph.network.filters import by_place, roll_forward, select, strong_ties
from ccin_graph.network.findings import findings
from ccin_graph.network.labels import short_name
from ccin_graph.network.layers import Layers, by_publication
from ccin_graph.network.measures import Measure, measures
from ccin_graph.network.null_models import NullModels, null_models
from ccin_graph.network.overview import Summary, summary
from ccin_graph.network.participation import KINDS, Participation
from ccin_graph.network.permutation import PermutationTest, affiliates_across_regions, attribute_assortativity
from ccin_graph.network.pictures import draw, headline
from ccin_graph.network.prediction import Evaluation, Suggestion, evaluate, suggestions
from ccin_graph.network.projections import (
    council_affiliate,
    council_council,
    council_partner,
    organisation_organisation,
    project,
)
from ccin_graph.network.provenance import Provenance, provenance_of
from ccin_graph.network.report import Report, make_report, write_report
from ccin_graph.network.results import Column, Result, Run
from ccin_graph.network.robustness import Attack, Damage, attack, damage, damages
from ccin_graph.network.sharing import (
    by_attribute,
    council_council_by_partners,
    council_subject,
    person_organisation,
    subject_subject,
)
from ccin_graph.network.significance import Backbone, Tie, benjamini_hochberg, validated_backbone
from ccin_graph.network.structure import (
    Assortativity,
    Structure,
    assortativity,
    gini,
    participation_coefficients,
    partner_gini,
    structure,
)
from ccin_graph.network.tables import Tables, tables_of
from ccin_graph.network.traits import Trait, community_label, traits
from ccin_graph.network.uncertainty import RankInterval, RankTable, rank_intervals

__all__ = [
    "KINDS",
    "PROJECTIONS",
    "RANKINGS",
    "WORK",
    "Assortativity",
    "Attack",
    "Backbone",
    "Change",
    "Choice",
    "Column",
    "Communities",
    "Comparison",
    "Consensus",
    "Damage",
    "Evaluation",
    "Layers",
    "Measure",
    "NullModels",
    "Participation",
    "PermutationTest",
    "Projection",
    "Provenance",
    "RankInterval",
    "RankTable",
    "Report",
    "Result",
    "Run",
    "Snapshot",
    "Structure",
    "Suggestion",
    "Summary",
    "Tables",
    "Tie",
    "Trait",
    "adjusted_mutual_information",
    "affiliates_across_regions",
    "assortativity",
    "attack",
    "attribute_assortativity",
    "barber_communities",
    "barber_modularity",
    "benjamini_hochberg",
    "broken",
    "by_attribute",
    "by_place",
    "by_publication",
    "changed",
    "changes",
    "communities",
    "community_label",
    "compare",
    "consensus",
    "council_affiliate",
    "council_council",
    "council_council_by_partners",
    "council_partner",
    "council_subject",
    "damage",
    "damages",
    "draw",
    "evaluate",
    "findings",
    "gini",
    "grouped",
    "headline",
    "make_report",
    "measured",
    "measures",
    "mixed",
    "nations",
    "network",
    "null_models",
    "organisation_organisation",
    "organisation_project_graph",
    "participation_coefficients",
    "partner_gini",
    "person_organisation",
    "predicted",
    "project",
    "projection",
    "provenance_of",
    "rank_intervals",
    "ranked",
    "roll_forward",
    "select",
    "short_name",
    "sides",
    "snapshots",
    "strong_ties",
    "structure",
    "subject_subject",
    "suggestions",
    "summary",
    "tables_of",
    "traits",
    "validated",
    "validated_backbone",
    "write_csv",
    "write_cytoscape",
    "write_dynamic_gexf",
    "write_gexf",
    "write_graphml",
    "write_report",
]
