"""The whole dataset to take away: every form gzipped, the networks as files of other programs, checksums of all."""

from __future__ import annotations

import gzip
import hashlib
import io
import re
from typing import TYPE_CHECKING

from ccin_graph.build import dataset_files
from ccin_graph.errors import SiteError

if TYPE_CHECKING:
    from pathlib import Path

    from ccin_graph.graph import Graph
    from ccin_graph.publish.settings import Settings
    from ccin_graph.store import EmbeddedStore

#: Where it all lies, below the site's top.
FOLDER = "data"
CHECKSUMS = "SHA256SUMS"
_NAME = re.compile(r"[a-z0-9-]+")


def dataset_name(settings: Settings) -> str:
    """Return what the dataset's files are called: as the network is in its IRI.

    Parameters
    ----------
    settings : Settings

    Returns
    -------
    str

    Examples
    --------
    >>> from ccin_graph.publish.settings import Settings
    >>> dataset_name(Settings("A network", "https://example.org/id/organisation/net", "https://example.org/id/"))
    'net'
    """
    found = re.split(r"[/#]", settings.network)[-1].lower()
    return found if _NAME.fullmatch(found) else "dataset"


def write_dumps(store: EmbeddedStore, settings: Settings, folder: Path) -> str:
    """Write N-Quads, TriG, Turtle and JSON-LD, each gzipped.

    Parameters
    ----------
    store : EmbeddedStore
    settings : Settings
    folder : Path
        Top of the site.

    Returns
    -------
    str
        SHA-256 of the N-Quads, before they were compressed.

    Raises
    ------
    SiteError
        If the graph has what no file could hold.
    """
    target = folder / FOLDER
    target.mkdir(parents=True, exist_ok=True)
    digests = {}
    try:
        for name, content in dataset_files(store):
            form = name.partition(".")[2]
            digests[form] = hashlib.sha256(content).hexdigest()
            (target / f"{dataset_name(settings)}.{form}.gz").write_bytes(gzipped(content))
    except SyntaxError as error:
        # A store may have been read from a file that was not looked at closely.
        raise SiteError(f"no IRI, or no language: {error.msg}", remedy="Write it with percent-encoding.") from error
    return digests["nq"]


def gzipped(content: bytes) -> bytes:
    """Return bytes compressed, the same for the same: no name, no time.

    Parameters
    ----------
    content : bytes

    Returns
    -------
    bytes

    Examples
    --------
    >>> gzip.decompress(gzipped(b"twice")), gzipped(b"twice")[4:8]
    (b'twice', b'\\x00\\x00\\x00\\x00')
    """
    # GzipFile and not gzip.compress, whose header differs from one Python to the next.
    buffer = io.BytesIO()
    with gzip.GzipFile("", "wb", 6, buffer, mtime=0) as out:
        out.write(content)
    return buffer.getvalue()


def write_networks(graph: Graph, folder: Path) -> None:
    """Write every network of the catalogue as GraphML, GEXF and CSV, into ``data/network/``.

    Parameters
    ----------
    graph : Graph
    folder : Path
        Top of the site.
    """
    from ccin_graph.network.catalogue import PROJECTIONS
    from ccin_graph.network.export import write_csv, write_gexf, write_graphml
    from ccin_graph.network.tables import tables_of

    tables = tables_of(graph)
    target = folder / FOLDER / "network"
    for name, projection in PROJECTIONS.items():
        made = projection.make(tables)
        write_graphml(made, target / f"{name}.graphml")
        write_gexf(made, target / f"{name}.gexf")
        write_csv(made, target / name)


def write_checksums(folder: Path) -> None:
    """Write the SHA-256 of every file below ``data/``, as ``sha256sum --check`` reads it there.

    Parameters
    ----------
    folder : Path
        Top of the site.
    """
    target = folder / FOLDER
    files = (path for path in target.rglob("*") if path.is_file() and path.name != CHECKSUMS)
    paths = {path.relative_to(target).as_posix(): path for path in files}
    lines = (f"{checksum(paths[name])}  {name}\n" for name in sorted(paths))
    (target / CHECKSUMS).write_text("".join(lines), "utf-8", newline="")


def checksum(path: Path) -> str:
    """Return the SHA-256 of a file.

    Parameters
    ----------
    path : Path

    Returns
    -------
    str
        Hexadecimal.
    """
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
