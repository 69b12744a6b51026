"""Where things stand on the site: IRIs to the paths of pages and data files, and the way from one page to another.

=================================================  =======================================
IRI                                                page
=================================================  =======================================
``<base>organisation/preston``                     ``id/organisation/preston.html``
``<base>case-study/a/b#figure.homes``              ``id/case-study/a/b.html#figure.homes``
``<base>publication/a/text#line=3,5``              ``id/publication/a.html#line=3,5``
``<base>project/Søndag?``                          ``id/project/_53_c3_b8ndag_3f.html``
``https://w3id.org/ccin/def#Council``              ``def.html#Council``
``https://w3id.org/ccin/id/theme/food`` elsewhere  ``vocabulary/theme/food.html``
=================================================  =======================================

Elsewhere is the site of another network that uses our concepts.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from ccin_graph.vocabulary import BASE, CCIN

#: A segment that is a file's name as it is, on any system: small letters, digits, hyphens.
_SEGMENT = re.compile(r"[a-z0-9]([a-z0-9-]*[a-z0-9])?")
#: Names that Windows keeps for itself.
_KEPT = re.compile(r"con|prn|aux|nul|(com|lpt)[0-9]")
_LONGEST = 120
#: What a fragment may hold besides letters and digits (RFC 3986).
_FRAGMENT = "!$&'()*+,;=:@/?-._~"
_TEXT = re.compile(r"(publication/[^/#]+)/(?:text|selector)")
#: The ontology's page, and its data files.
ONTOLOGY = "def"


class Addresses:
    """Where the things of a graph stand on the site.

    Parameters
    ----------
    base : str
        What the IRIs of things begin with.

    Examples
    --------
    >>> addresses = Addresses("https://w3id.org/ccin/id/")
    >>> addresses.page("https://w3id.org/ccin/id/case-study/a/b#figure.homes")
    'id/case-study/a/b.html#figure.homes'
    >>> addresses.page("https://w3id.org/ccin/id/project/../../etc/passwd")
    'id/project/_2e_2e/_2e_2e/etc/passwd.html'
    >>> addresses.page("https://example.org/elsewhere") is None
    True
    """

    def __init__(self, base: str) -> None:
        self.base = base

    def document(self, iri: str) -> str | None:
        """Return the path, without ending, of the document that describes a thing.

        Parameters
        ----------
        iri : str

        Returns
        -------
        str or None
            None for what is not ours. Two IRIs have two documents, and no document lies outside the folder: what
            would not be safe as a file's name is written as ``_`` and the bytes in hexadecimal.
        """
        if iri.partition("#")[0] + "#" == CCIN:
            return ONTOLOGY
        if iri.startswith(self.base):
            folder, path = "id", iri.removeprefix(self.base)
        elif iri.startswith(BASE):
            folder, path = "vocabulary", iri.removeprefix(BASE)
        else:
            return None
        path = path.partition("#")[0]
        text = _TEXT.fullmatch(path)
        path = text[1] if text else path
        return f"{folder}/{'/'.join(map(file_name, path.split('/')))}"

    def page(self, iri: str) -> str | None:
        """Return the path of the page, with the fragment, where a thing stands.

        Parameters
        ----------
        iri : str

        Returns
        -------
        str or None
        """
        document = self.document(iri)
        if document is None:
            return None
        fragment = iri.partition("#")[2]
        return f"{document}.html" + (f"#{quote(fragment, _FRAGMENT)}" if fragment else "")

    def data(self, iri: str, ending: str) -> str | None:
        """Return the path of the data file that describes a thing.

        Parameters
        ----------
        iri : str
        ending : str
            ``ttl``, ``jsonld`` or ``nt``.

        Returns
        -------
        str or None
        """
        document = self.document(iri)
        return None if document is None else f"{document}.{ending}"


def file_name(segment: str) -> str:
    """Return a part of an IRI as the name of a file, safe on any system; two parts have two names.

    Parameters
    ----------
    segment : str

    Returns
    -------
    str

    Examples
    --------
    >>> file_name("preston"), file_name(".."), file_name("CON")
    ('preston', '_2e_2e', '_43_4f_4e')
    """
    if len(segment) <= _LONGEST and _SEGMENT.fullmatch(segment) and not _KEPT.fullmatch(segment):
        return segment
    if not segment:
        return "_"
    kept = bool(_KEPT.fullmatch(segment))
    written = "".join(
        chr(byte) if (chr(byte).isascii() and re.match(r"[a-z0-9-]", chr(byte)) and not kept) else f"_{byte:02x}"
        for byte in segment.encode()
    )
    if len(written) > _LONGEST:
        return f"{written[:60]}_x{hashlib.sha256(segment.encode()).hexdigest()[:32]}"
    # Neither end is a hyphen, which a command line would take for an option.
    return re.sub(r"^-|-$", "_2d", written)
