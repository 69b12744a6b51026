"""The skeleton of a new record: every key of its type, with what it takes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ccin_graph.errors import TreeError
from ccin_graph.records.context import Context, Holds, Key
from ccin_graph.records.forms import FOLDERS, KINDS, NESTED, SLUG

if TYPE_CHECKING:
    from pathlib import Path

_COMPUTED = ("earliest", "latest", "accept")


def skeleton(kind: str, slug: str, context: Context, publication: str = "") -> tuple[str, str]:
    """Make the skeleton of a record.

    Parameters
    ----------
    kind : str
        Type of the record, such as ``Project``.
    slug : str
        Last part of its id.
    context : Context
    publication : str, optional
        For a case study, the publication it is in.

    Returns
    -------
    path : str
        Where the record belongs, relative to the project.
    text : str
        The keys of the record; what is in angle brackets is to be filled in, and lines not needed to be taken out.

    Raises
    ------
    TreeError
        If the type is unknown or the slug is none.
    """
    if kind not in FOLDERS:
        raise TreeError(f"no type '{kind}'", remedy=f"Write one of {', '.join(FOLDERS)}.")
    if not SLUG.fullmatch(slug):
        raise TreeError(f"'{slug}' is not a slug", remedy="Use small letters, digits and single hyphens.")
    if publication and not SLUG.fullmatch(publication):
        raise TreeError(f"'{publication}' is not a slug", remedy="Name a publication by its slug: covid-2020.")
    if kind == "CaseStudy" and not publication:
        raise TreeError("a case study lies in a publication", remedy="Name it with --publication.")
    folder = FOLDERS[kind][0] + (f"/{publication}" if kind == "CaseStudy" else "")
    identifier = f"{KINDS[folder.split('/')[0]]}/{f'{publication}/' if kind == 'CaseStudy' else ''}{slug}"
    lines = [f"id: {identifier}", f"type: {kind}"]
    for name, key in context.keys(kind).items():
        if name in ("id", "type", *_COMPUTED):
            continue
        if name in NESTED:
            nested = context.keys(NESTED[name].type)
            wanted = [*NESTED[name].parts, *(("at",) if "at" not in NESTED[name].parts else ())]
            inner = ", ".join(f"{part}: {_hint(nested[part])}" for part in wanted)
            lines += [f"{name}:", f"- {{{inner}}}"]
        elif name == "publication" and publication:
            lines.append(f"publication: {publication}")
        else:
            lines.append(f"{name}: {f'[{_hint(key)}]' if key.many and name != 'at' else _hint(key)}")
    return f"data/{folder}/{slug}.yaml", "\n".join(lines) + "\n"


def _hint(key: Key) -> str:
    if key.name == "at":
        return '"<lines>"'
    if key.holds is Holds.REFERENCE:
        return f'"<{key.base}>"'
    return f'"<{key.name}>"'


def free_path(root: Path, relative: str) -> Path:
    """Return where a new record goes.

    Parameters
    ----------
    root : Path
        The project.
    relative : str
        As `skeleton` returns it.

    Returns
    -------
    Path

    Raises
    ------
    TreeError
        If a record is there already.
    """
    path = root / relative
    if path.exists():
        raise TreeError(f"{relative} exists", remedy="Choose another slug, or edit that record.")
    return path
