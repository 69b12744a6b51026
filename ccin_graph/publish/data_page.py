"""The page of the dataset: what can be taken away, in which form, and how large it is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccin_graph.publish.descriptions import dataset_iri
from ccin_graph.publish.dumps import FOLDER
from ccin_graph.publish.negotiation import media_type
from ccin_graph.publish.rendering import ALTERNATES
from ccin_graph.publish.resolution import common_address
from ccin_graph.publish.tables import METADATA, PACKAGE
from ccin_graph.publish.tabular import TABLES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ccin_graph.publish.model import Model
    from ccin_graph.publish.rendering import Renderer

PAGE = "data.html"
_DUMPS = {
    "nq": "N-Quads: one statement a line, with the named graph it stands in, sorted",
    "trig": "TriG: the same with its named graphs, for people",
    "ttl": "Turtle: the statements without the named graphs",
    "jsonld": "JSON-LD: the same for JavaScript and others",
}
_NETWORK_FORMS = {"graphml": "GraphML", "gexf": "GEXF, for Gephi"}
_LEAD = "Everything on this site, to take away and to use: as linked data, as tables, as networks."

#: Address, name, what it holds, size.
_File = tuple[str, str, str, str]


def data_page(model: Model, renderer: Renderer, folder: Path, triples: int, rows: dict[str, int]) -> str:
    """Return the page of the dataset.

    Parameters
    ----------
    model : Model
    renderer : Renderer
    folder : Path
        Top of the site; the files must lie there already.
    triples : int
        How many statements there are.
    rows : dict of str to int
        How many rows each table has.

    Returns
    -------
    str
        HTML.
    """
    settings = model.settings
    facts = [("IRI", dataset_iri(settings)), ("Statements", f"{triples:,}"), ("Release", renderer.release)]
    if settings.licence:
        facts.append(("Licence", settings.licence))
    dumps = "Compressed with gzip; two releases of the same data have the same bytes."
    tables = "Comma-separated, described for CSV on the Web and as a data package."
    networks = "Nodes and ties for programs that analyse networks."
    sections = [
        ("The whole graph", "dumps", dumps, list(_dumps(folder))),
        ("Tables", "tables", tables, list(_tables(folder, rows))),
        ("Networks", "networks", networks, list(_networks(folder))),
    ]
    return renderer.render(
        "data.html",
        PAGE,
        title="Data",
        lead=_LEAD,
        facts=facts,
        alternates=[(f"{FOLDER}/dataset.{ending}", type_) for ending, type_ in ALTERNATES.items()],
        sections=[section for section in sections if section[3]],
        described=_described(model, renderer, folder),
    )


def _described(model: Model, renderer: Renderer, folder: Path) -> dict[str, Any]:
    """Return the dataset for search engines, as schema.org has it; the whole description lies beside the page."""
    settings = model.settings
    top = settings.home or common_address(settings)
    described: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "@id": dataset_iri(settings),
        "name": settings.title,
        "url": f"{top}{PAGE}",
        "version": renderer.release,
        "isAccessibleForFree": True,
        "inLanguage": list(settings.languages),
        "distribution": [
            {
                "@type": "DataDownload",
                "contentUrl": f"{top}{place}",
                "encodingFormat": media_type(place.removesuffix(".gz")).partition(";")[0],
                "name": name,
            }
            for place, name, _, _ in (*_dumps(folder), *_tables(folder, {}))
        ],
    }
    if settings.description:
        described["description"] = settings.description
    if settings.licence:
        described["license"] = settings.licence
    if settings.publisher:
        described["creator"] = {"@type": "Organization", "name": settings.publisher}
    return described


def _dumps(folder: Path) -> Iterator[_File]:
    for path in sorted((folder / FOLDER).glob("*.gz")):
        yield _file(folder, path, _DUMPS.get(path.name.split(".")[-2], ""))


def _tables(folder: Path, rows: dict[str, int]) -> Iterator[_File]:
    target = folder / FOLDER / "tables"
    for table in TABLES:
        path = target / f"{table.name}.csv"
        if path.is_file():
            yield _file(folder, path, f"{table.about} {rows.get(table.name, 0):,} rows.")
    for name, about in (
        (METADATA, "What the columns mean, for CSV on the Web"),
        (PACKAGE, "The same as a data package"),
    ):
        if (target / name).is_file():
            yield _file(folder, target / name, about)


def _networks(folder: Path) -> Iterator[_File]:
    from ccin_graph.network.catalogue import PROJECTIONS

    target = folder / FOLDER / "network"
    for name, projection in PROJECTIONS.items():
        for ending, form in _NETWORK_FORMS.items():
            path = target / f"{name}.{ending}"
            if path.is_file():
                yield _file(folder, path, f"{projection.about[:1].upper()}{projection.about[1:]}. {form}")
        for part in ("nodes", "edges"):
            path = target / name / f"{part}.csv"
            if path.is_file():
                yield _file(folder, path, f"The {part} of the same as CSV")


def _file(folder: Path, path: Path, about: str) -> _File:
    place = path.relative_to(folder).as_posix()
    return place, place.removeprefix(f"{FOLDER}/"), about, _size(path.stat().st_size)


def _size(size: int) -> str:
    return f"{size / 1_000_000:.1f} MB" if size >= 1_000_000 else f"{max(1, round(size / 1000)):,} kB"
