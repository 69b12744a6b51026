"""What a site says of itself: ``site.toml``."""

from __future__ import annotations

import difflib
import re
import tomllib
from dataclasses import dataclass, field, fields
from typing import TYPE_CHECKING, Any

from ccin_graph.errors import SiteError

if TYPE_CHECKING:
    from pathlib import Path

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")


@dataclass(frozen=True, slots=True)
class Settings:
    """What a site says of itself.

    Parameters
    ----------
    title : str
        Name of the site, in every page's head.
    network : str
        IRI of the network that the site is about.
    base : str
        What the IRIs of its things begin with; ends with a slash.
    home : str
        Where the site will be served, for canonical links; ends with a slash.
    description : str
        One sentence for search engines.
    publisher : str
        Who publishes it.
    licence : str
        IRI of the licence of the data.
    report : str
        Where errors are reported: a URL that takes ``title`` and ``body`` as query parameters, or ``""``.
    records : str
        Where the records can be read, file by file: a URL that a file's path is put behind, or ``""``.
    languages : tuple of str
        Language tags of labels, the preferred one first.
    colours : dict of str to str
        ``accent`` and ``accent-dark``, as ``#rrggbb``.
    texts : dict of str to str
        Texts of the start page and the footer, by name.

    Examples
    --------
    >>> Settings("A network", "https://example.org/id/organisation/net", "https://example.org/id/").languages
    ('en',)
    """

    title: str
    network: str
    base: str
    home: str = ""
    description: str = ""
    publisher: str = ""
    licence: str = ""
    report: str = ""
    records: str = ""
    languages: tuple[str, ...] = ("en",)
    colours: dict[str, str] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)


_NAMES = tuple(one.name for one in fields(Settings))
_TABLES = ("colours", "texts")
_ADDRESSES = ("network", "base", "home", "licence", "report", "records")


def read_settings(path: Path) -> Settings:
    """Read ``site.toml``.

    Parameters
    ----------
    path : Path

    Returns
    -------
    Settings

    Raises
    ------
    SiteError
        If the file is missing, is no TOML, or a key is unknown, missing or not what it takes.
    """
    try:
        read = tomllib.loads(path.read_text("utf-8"))
    except OSError as error:
        raise SiteError(f"{path} cannot be read: {error.strerror}", remedy="Name a site.toml with --site.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SiteError(f"{path}: not TOML: {error}", remedy="Mend it there.") from error
    for key in read:
        if key not in _NAMES:
            near = difflib.get_close_matches(key, _NAMES, 1)
            raise SiteError(f"{path}: no key '{key}'", remedy=f"Did you mean '{near[0]}'?" if near else "Take it out.")
    for key in ("title", "network", "base"):
        if key not in read:
            raise SiteError(f"{path}: '{key}' is missing", remedy="Give it.")
    return Settings(**{key: _value(path, key, value) for key, value in read.items()})


def _value(path: Path, key: str, value: Any) -> Any:
    if key == "languages":
        if not isinstance(value, list) or not value or not all(_is_language(one) for one in value):
            raise SiteError(f"{path}: 'languages' is not a list of language tags", remedy='Write it as ["en"].')
        return tuple(value)
    if key in _TABLES:
        if not isinstance(value, dict) or not all(isinstance(one, str) for one in value.values()):
            raise SiteError(f"{path}: '{key}' is not a table of texts", remedy=f"Write it as [{key}].")
        for name, colour in value.items() if key == "colours" else ():
            if not _COLOUR.fullmatch(colour):
                raise SiteError(f"{path}: colours.{name}: '{colour}' is no colour", remedy="Write it as #1a2b3c.")
        return dict(value)
    if not isinstance(value, str):
        raise SiteError(f"{path}: '{key}' is not a text", remedy="Put it in quotes.")
    if key in _ADDRESSES and value and not re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value):
        raise SiteError(f"{path}: '{key}' is no web address: {value}", remedy="Begin it with https://.")
    if key in ("base", "home") and value and not value.endswith("/"):
        raise SiteError(f"{path}: '{key}' does not end with a slash: {value}", remedy=f"Write {value}/.")
    return value


def _is_language(value: Any) -> bool:
    return isinstance(value, str) and bool(_LANGUAGE.fullmatch(value))
