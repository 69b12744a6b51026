"""A folder that is replaced as a whole: written beside the old one, then exchanged with it."""

from __future__ import annotations

import ctypes
import os
import shutil
import sys
import tempfile
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ccin_graph.errors import SiteError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: A file of this name says that a folder was written by us, so that nobody's other files are ever replaced.
MARK = ".ccin-graph-site"
_AT_FDCWD = -100
_EXCHANGE = 2


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Give an empty folder to write in, which takes the place of `folder` when all is written.

    Killed at any point, the folder that was there stays whole.

    Parameters
    ----------
    folder : Path
        Absent, empty, or one that was written by us.

    Yields
    ------
    Path

    Raises
    ------
    SiteError
        If the folder holds something else, or cannot be written to.
    """
    folder = folder.absolute()
    before = folder.with_name(f".{folder.name}.before")
    if before.exists() and not folder.exists():
        before.rename(folder)
    if folder.exists() and not folder.is_dir():
        raise SiteError(f"{folder} is no folder", remedy="Choose another one with --out.")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / MARK).exists():
        raise SiteError(
            f"{folder} holds files that are not of a site written here",
            remedy="Choose an empty folder with --out; the whole folder would be replaced.",
        )
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _clear_what_a_killed_one_left(folder)
        stage = Path(tempfile.mkdtemp(prefix=f".{folder.name}.staged-{os.getpid()}-", dir=folder.parent))
    except OSError as error:
        raise SiteError(f"{folder} cannot be written to: {error.strerror}", remedy="Choose another folder.") from error
    try:
        stage.chmod(0o755)
        yield stage
        (stage / MARK).write_text("", "utf-8")
        _swap(stage, folder, before)
    finally:
        shutil.rmtree(stage, ignore_errors=True)


def _swap(stage: Path, folder: Path, before: Path) -> None:
    if not folder.exists():
        stage.rename(folder)
    elif not _exchanged(stage, folder):
        # Two steps; a run that finds only the second half undone puts the old folder back.
        shutil.rmtree(before, ignore_errors=True)
        folder.rename(before)
        stage.rename(folder)
        shutil.rmtree(before, ignore_errors=True)


def _exchanged(one: Path, other: Path) -> bool:
    """Let two folders change places in one step, where the system can."""
    if not sys.platform.startswith("linux"):
        return False
    rename = getattr(ctypes.CDLL(None, use_errno=True), "renameat2", None)
    if rename is None:
        return False
    return bool(rename(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _EXCHANGE) == 0)


def _clear_what_a_killed_one_left(folder: Path) -> None:
    for stage in folder.parent.glob(f".{folder.name}.staged-*-*"):
        try:
            os.kill(int(stage.name.removeprefix(f".{folder.name}.staged-").split("-")[0]), 0)
        except (ProcessLookupError, ValueError):
            shutil.rmtree(stage, ignore_errors=True)
        except PermissionError:
            continue
