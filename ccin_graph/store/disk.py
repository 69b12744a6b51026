"""The dataset on disk: built once, opened in milliseconds, read only.

A store is a folder. ``store.json`` in it says which dataset it holds and in which folder beside it the engine keeps
that; a new one is built next to the old, and the change of ``store.json`` is what makes it the store.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from pathlib import Path

import pyoxigraph as ox

from ccin_graph.errors import StoreError
from ccin_graph.store.embedded import EmbeddedStore

_LABEL = "store.json"
_PREFIX = "quads-"


@dataclass(frozen=True, slots=True)
class Label:
    """What a store says of itself.

    Parameters
    ----------
    sha256 : str
        Of the file of N-Quads that it was built from.
    quads : int
    folder : str
        Name of the engine's folder.
    """

    sha256: str
    quads: int
    folder: str


class DiskStore(EmbeddedStore):
    """A dataset on disk, opened for reading; see `ccin_graph.store.interface.Store`.

    Any number of processes may have it open, also while a newer one is put in its place.

    Parameters
    ----------
    folder : Path
        What `build_disk_store` made.

    Raises
    ------
    StoreError
        If there is no store, or it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        try:
            self._open(folder)
        except StoreError:
            # A newer one may have been put in its place between the label and the opening.
            self._open(folder)

    def _open(self, folder: Path) -> None:
        self.label = read_label(folder)
        try:
            self._store = ox.Store.read_only(str(folder / self.label.folder))
        except (OSError, RuntimeError) as error:
            raise _damaged(folder, str(error)) from error

    def add(self, quads: object) -> None:
        """Refuse: a store on disk is made from a whole dataset.

        Raises
        ------
        StoreError
            Always.
        """
        raise StoreError(f"{self.folder} is open for reading only", remedy="Build the dataset anew and load it.")

    def is_stale(self, dataset: Path) -> bool:
        """Whether the dataset is another by now.

        Parameters
        ----------
        dataset : Path
            ``ccin.nq``.

        Returns
        -------
        bool
            False where that file does not exist.
        """
        return dataset.exists() and digest_of(dataset) != self.label.sha256


def read_label(folder: Path) -> Label:
    """Read what a store says of itself.

    Parameters
    ----------
    folder : Path

    Returns
    -------
    Label

    Raises
    ------
    StoreError
        If there is no store, or it is damaged.
    """
    try:
        text = (folder / _LABEL).read_text("utf-8")
    except OSError as error:
        raise StoreError(
            f"no store in {folder}", remedy=f"Make one with 'ccin-graph load --store {folder}'."
        ) from error
    try:
        label = Label(**json.loads(text))
        sound = label.folder.startswith(_PREFIX) and Path(label.folder).name == label.folder
    except (AttributeError, TypeError, ValueError) as error:
        raise _damaged(folder, f"{_LABEL} is not ours") from error
    if not sound or not (folder / label.folder).is_dir():
        raise _damaged(folder, f"{label.folder} is missing")
    return label


def build_disk_store(dataset: Path, folder: Path) -> tuple[Label, bool]:
    """Put a dataset on disk, unless it is there.

    Parameters
    ----------
    dataset : Path
        ``ccin.nq``.
    folder : Path
        Made if it does not exist; must be empty or hold a store.

    Returns
    -------
    label : Label
    built : bool
        False if the store held this dataset already.

    Raises
    ------
    StoreError
        If the dataset cannot be read, the folder is something else, or the disk refuses.
    """
    try:
        sha256 = digest_of(dataset)
    except OSError as error:
        raise StoreError(f"{dataset} cannot be read: {error.strerror}", remedy="Run 'ccin-graph build'.") from error
    _check_is_ours(folder)
    try:
        label = read_label(folder)
        if label.sha256 == sha256 and len(DiskStore(folder)) == label.quads:
            return label, False
    except StoreError:
        # None yet, or a damaged one: it is built.
        pass
    try:
        return _build(dataset, folder, sha256), True
    except (OSError, RuntimeError) as error:
        raise StoreError(f"{folder} cannot be written to: {error}", remedy="Choose another folder.") from error


def digest_of(dataset: Path) -> str:
    """Return the SHA-256 of a dataset.

    Parameters
    ----------
    dataset : Path

    Returns
    -------
    str
    """
    with dataset.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _build(dataset: Path, folder: Path, sha256: str) -> Label:
    folder.mkdir(parents=True, exist_ok=True)
    _clear(folder, keep=_current(folder))
    # Of this process, so that two that build at once do not meet.
    name = f"{_PREFIX}{sha256[:16]}-{os.getpid()}"
    stage = folder / name
    shutil.rmtree(stage, ignore_errors=True)
    try:
        store = ox.Store(str(stage))
        store.bulk_load(path=str(dataset), format=ox.RdfFormat.N_QUADS, lenient=True)
        store.optimize()
        label = Label(sha256, len(store), name)
        # The engine writes on closing.
        del store
        written = stage / _LABEL
        written.write_text(json.dumps(asdict(label), indent=1) + "\n", "utf-8")
        os.replace(written, folder / _LABEL)
    except SyntaxError as error:
        shutil.rmtree(stage, ignore_errors=True)
        raise StoreError(f"{dataset}:{error.lineno}: {error.msg}", remedy="Run 'ccin-graph build' anew.") from error
    except BaseException:
        shutil.rmtree(stage, ignore_errors=True)
        raise
    _clear(folder, keep=name)
    return label


def _current(folder: Path) -> str:
    try:
        return read_label(folder).folder
    except StoreError:
        return ""


def _clear(folder: Path, *, keep: str) -> None:
    """Remove what older stores, and killed builds, have left; not what another process builds just now."""
    for path in folder.glob(f"{_PREFIX}*"):
        builder = path.name.rpartition("-")[2]
        if path.name != keep and not (builder != str(os.getpid()) and _is_alive(builder)):
            shutil.rmtree(path, ignore_errors=True)


def _is_alive(process: str) -> bool:
    try:
        os.kill(int(process), 0)
    except (ProcessLookupError, ValueError):
        return False
    except PermissionError:
        return True
    return True


def _check_is_ours(folder: Path) -> None:
    if not folder.exists():
        return
    strangers = (
        [path.name for path in folder.iterdir() if path.name != _LABEL and not path.name.startswith(_PREFIX)]
        if folder.is_dir()
        else [folder.name]
    )
    if strangers:
        raise StoreError(f"{folder} holds something else ({min(strangers)})", remedy="Name an empty or a new folder.")


def _damaged(folder: Path, why: str) -> StoreError:
    return StoreError(
        f"the store in {folder} is damaged: {why}", remedy=f"Make it anew with 'ccin-graph load --store {folder}'."
    )
