"""The declared table of forms: what a record leaves out because it always follows.

Nothing else stands between a record and JSON-LD: the types a node has, the nested claims with what their ids are made
of, and the folder each type of record lies in.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

#: What a record or claim of a type also is. Written as prefixed names, for these add no keys: a type's own keys stand
#: in its part of the context, whole, because JSON-LD processors differ in how they join the keys of several types.
ALSO: dict[str, tuple[str, ...]] = {
    "Publication": (),
    "Organisation": (),
    "FormalOrganisation": ("org:Organization",),
    "Council": ("org:FormalOrganization", "org:Organization"),
    "PoliticalGroup": ("org:Organization",),
    "Collaboration": ("org:Organization",),
    "Network": ("org:Organization",),
    "Person": (),
    "Project": (),
    "Output": (),
    "Event": (),
    "MembershipListing": (),
    "CaseStudy": (),
    "Participation": ("ccin:Claim",),
    "PrincipleClaim": ("ccin:Claim",),
    "Figure": ("ccin:Claim",),
    "OutputClaim": ("ccin:Claim",),
    "PolicyAsk": ("ccin:Claim",),
    "Mention": ("ccin:Claim",),
    "ListingEntry": ("ccin:Claim",),
    "CollaborationMembership": ("ccin:Claim",),
    "Post": ("ccin:Claim", "org:Membership"),
    "Appearance": ("ccin:Claim",),
}

#: Folders below ``data/`` in which records of a type lie; a case study's folder ends with its publication.
FOLDERS: dict[str, tuple[str, ...]] = {
    "Publication": ("publications",),
    "Organisation": ("organisations/others",),
    "FormalOrganisation": ("organisations/others",),
    "Council": ("organisations/councils",),
    "PoliticalGroup": ("organisations/groups",),
    "Collaboration": ("organisations/others",),
    "Network": ("organisations/others",),
    "Person": ("people",),
    "Project": ("projects",),
    "Output": ("outputs",),
    "Event": ("events",),
    "MembershipListing": ("listings",),
    "CaseStudy": ("case-studies",),
}

#: First part of a record's id, by the first folder below ``data/``.
KINDS: dict[str, str] = {
    "publications": "publication",
    "organisations": "organisation",
    "people": "person",
    "projects": "project",
    "outputs": "output",
    "events": "event",
    "listings": "listing",
    "case-studies": "case-study",
}


@dataclass(frozen=True, slots=True)
class Nested:
    """A node written inside a record.

    Parameters
    ----------
    type : str
        What it is; its name in the context.
    stem : str
        First word of the fragment that is its id.
    parts : tuple of str
        Keys whose values follow the stem; ``at`` stands for the first line cited.
    """

    type: str
    stem: str
    parts: tuple[str, ...]


#: Nested nodes by the key they stand under.
NESTED: dict[str, Nested] = {
    "participants": Nested("Participation", "participation", ("agent", "role")),
    "principles": Nested("PrincipleClaim", "principle", ("principle",)),
    "values": Nested("PrincipleClaim", "value", ("value",)),
    "figures": Nested("Figure", "figure", ("measure",)),
    "outputs": Nested("OutputClaim", "output", ("output",)),
    "asks": Nested("PolicyAsk", "ask", ("ask",)),
    "mentions": Nested("Mention", "mention", ("agent",)),
    "notes": Nested("SourceNote", "note", ("kind", "at")),
    "entries": Nested("ListingEntry", "entry", ("listed",)),
    "members": Nested("CollaborationMembership", "membership", ("member",)),
    "posts": Nested("Post", "post", ("organisation", "post")),
    "appearances": Nested("Appearance", "appearance", ("person", "role")),
    "changes": Nested("ChangeEvent", "change", ("date",)),
}

#: What a `lead:` of a case study stands for.
LEAD = Nested("Participation", "participation", ("agent", "role"))

#: Nested nodes that are about a project, and the other keys that can say what they are about instead.
ABOUT_A_PROJECT: dict[str, tuple[str, ...]] = {
    "Participation": (),
    "PrincipleClaim": (),
    "OutputClaim": (),
    "Figure": ("organisation", "place"),
}

SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def slugify(text: str) -> str:
    """Make the last part of an id out of a text.

    Parameters
    ----------
    text : str

    Returns
    -------
    str
        Matches ``[a-z0-9]+(-[a-z0-9]+)*``; empty if `text` has no letter or digit.

    Examples
    --------
    >>> slugify("Food parcels & prepared meals (Café)")
    'food-parcels-and-prepared-meals-cafe'
    """
    plain = unicodedata.normalize("NFKD", text.replace("&", " and ").replace("'", "").replace("’", ""))
    letters = "".join(character for character in plain if not unicodedata.combining(character))
    return "-".join(re.findall(r"[a-z0-9]+", letters.casefold()))
