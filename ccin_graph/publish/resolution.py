"""What an IRI leads to on the site: the one table behind the rules for every server.

The patterns match what follows the address that IRIs and site have in common, ``https://w3id.org/ccin/`` here. They are
written so that Python, PCRE and JavaScript read them alike.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from ccin_graph.publish.addresses import Addresses
from ccin_graph.publish.negotiation import FORMS
from ccin_graph.vocabulary import CCIN

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from ccin_graph.publish.settings import Settings

ALL = tuple(FORMS)
_SLUG = "[a-z0-9-]+"
#: What stands in the rules of every server as it is.
_PLAIN = re.compile(r"[A-Za-z0-9_~-]+(\.?[A-Za-z0-9_~-]+)*(/[A-Za-z0-9_~-]+(\.?[A-Za-z0-9_~-]+)*)*")
#: Parts of publications, which stand on their pages.
_PART = re.compile(rf"id/publication/{_SLUG}/(?:text|selector)")
#: What the description of the dataset describes: itself, its named graphs, its quality.
_OF_THE_DATASET = f"(?:dataset|graph|quality)(?:-[a-z]+)?(?:/{_SLUG})*"


@dataclass(frozen=True, slots=True)
class Rule:
    """Where IRIs of one form lead.

    Parameters
    ----------
    pattern : str
        Regular expression for the whole path of the IRI, without its fragment.
    page : str
        Path of the HTML page; ``$1`` stands for the first group.
    data : str
        Path of the data files, without ending; empty where there is none.
    forms : tuple of str
        What there is, of `ccin_graph.publish.negotiation.FORMS`.
    """

    pattern: str
    page: str
    data: str = ""
    forms: tuple[str, ...] = ("html",)

    def target(self, path: str, form: str) -> str | None:
        """Return where a path leads.

        Parameters
        ----------
        path : str
        form : str
            One of `forms`.

        Returns
        -------
        str or None
            Path from the top of the site; None if the rule is not about it.
        """
        match = re.fullmatch(self.pattern, path)
        if match is None:
            return None
        target = self.page if form == "html" else f"{self.data}.{form}"
        return target.replace("$1", match[1]) if "$1" in target else target


def common_address(settings: Settings) -> str:
    """Return what precedes the paths of the rules: the folder that the base stands in.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    str
        Ends with a slash.

    Examples
    --------
    >>> from ccin_graph.publish.settings import Settings
    >>> common_address(Settings("A network", "https://example.org/id/x/y", "https://example.org/net/id/"))
    'https://example.org/net/'
    """
    scheme, _, rest = settings.base.partition("://")
    head, _, tail = rest.removesuffix("/").rpartition("/")
    return f"{scheme}://{head}/" if head else f"{scheme}://{tail}/"


def folder_of_things(settings: Settings) -> str:
    """Return what the paths of things begin with, below the common address.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    str
        ``id/`` here; empty where the base is a whole host.
    """
    return settings.base.removeprefix(common_address(settings))


def _odd(settings: Settings, iris: Iterable[str]) -> Iterator[Rule]:
    addresses, common = Addresses(settings.base), common_address(settings)
    for iri in sorted({iri.partition("#")[0] for iri in iris if iri.startswith(settings.base)}):
        path, document = iri.removeprefix(common), addresses.document(iri)
        plain = f"id/{iri.removeprefix(settings.base)}"
        if document is not None and document != plain and _PLAIN.fullmatch(path) and not _PART.fullmatch(plain):
            yield Rule(re.escape(path), f"{document}.html", document, ALL)


def rules(settings: Settings, iris: Iterable[str] = ()) -> tuple[Rule, ...]:
    """Return where the IRIs of a site lead, the first rule that matches first.

    Parameters
    ----------
    settings : Settings
    iris : iterable of str, optional
        The IRIs of the site's things: those whose file has another name than they (``unit/EUR``) get rules of their
        own. An IRI with signs that no server's rules can hold as they are gets none.

    Returns
    -------
    tuple of Rule

    Examples
    --------
    >>> from ccin_graph.publish.settings import Settings
    >>> found = rules(Settings("A network", "https://example.org/id/x/y", "https://example.org/id/"))
    >>> next(filter(None, (rule.target("id/organisation/preston", "ttl") for rule in found)))
    'id/organisation/preston.ttl'
    """
    things = re.escape(folder_of_things(settings))
    found = [
        *_odd(settings, iris),
        Rule(f"{things}(publication/{_SLUG})/(?:text|selector)", "id/$1.html", "id/$1", ALL),
        Rule(f"{things}query/prefixes", "questions.html", "id/query/prefixes", ALL),
        Rule(f"{things}{_OF_THE_DATASET}", "data.html", "data/dataset", ALL),
        Rule(f"{things}({_SLUG}(?:/{_SLUG})*)", "id/$1.html", "id/$1", ALL),
    ]
    if CCIN.startswith(common_address(settings)) and things:
        found += [
            Rule("", "index.html"),
            Rule("def", "def.html", "def", ALL),
            Rule(f"def/alignments/({_SLUG})", "def/alignments/$1.html", "def/alignments/$1", ALL),
            Rule("shapes", "shapes.html", "shapes", ALL),
            Rule(f"docs/({_SLUG}(?:/{_SLUG})*)", "docs/$1.html"),
        ]
    return tuple(found)
