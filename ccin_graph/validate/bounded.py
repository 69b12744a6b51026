"""`check_files` in a process of its own, with a limit of time and memory and no way to the network.

A parser or an engine that is brought down by a hostile file takes that process with it and no more.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ccin_graph import errors
from ccin_graph.errors import CcinError, DataError
from ccin_graph.findings import Finding, Location, Severity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from ccin_graph.tree import Tree
    from ccin_graph.validate.shacl import Engine

#: A file is read in ten seconds, and two more for every million bytes.
_READING = 10.0
_READING_A_MEGABYTE = 2.0


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a check may take.

    Parameters
    ----------
    seconds : float
        For everything; reading a file has a limit of its own besides.
    megabytes : int
        Of address space, where the system can limit it.
    """

    seconds: float = 600.0
    megabytes: int = 4096


def check_files_bounded(
    files: Sequence[Path],
    tree: Tree,
    shapes: Path | None = None,
    engine: Engine | None = None,
    limits: Limits = Limits(),
) -> list[Finding]:
    """Check files of RDF in another process.

    Parameters
    ----------
    files : sequence of Path
    tree : Tree
    shapes : Path, optional
    engine : Engine, optional
        As `ccin_graph.validate.foreign.check_files` takes them.
    limits : Limits, optional

    Returns
    -------
    list of Finding

    Raises
    ------
    CcinError
        What `check_files` raises; a `DataError` if the limits do not suffice.
    """
    request = {
        "files": [str(path) for path in files],
        "root": str(tree.root),
        "shapes": str(shapes) if shapes else None,
        "engine": engine.value if engine else None,
        "megabytes": limits.megabytes,
    }
    # -P: a file in the working directory must not stand in for a module.
    command = [sys.executable, "-P", "-m", "ccin_graph.validate.bounded"]
    try:
        done = subprocess.run(
            command, input=json.dumps(request).encode(), capture_output=True, timeout=limits.seconds, env=_environment()
        )
    except subprocess.TimeoutExpired as error:
        raise _too_long(_last_stage(error.stdout or b""), limits) from error
    stage = _last_stage(done.stdout)
    answer = stage.get("answer")
    if answer is None:
        raise _died(stage, done.returncode, done.stderr, limits)
    if "error" in answer:
        raise _revived(answer)
    return [_finding(found) for found in answer["findings"]]


def _environment() -> dict[str, str]:
    known = [entry for entry in sys.path if entry and os.path.exists(entry)]
    # Threads reserve address space that they do not use.
    few = {"MALLOC_ARENA_MAX": "2", "RAYON_NUM_THREADS": "4", "OMP_NUM_THREADS": "1", "RUST_BACKTRACE": "0"}
    return {**os.environ, "PYTHONPATH": os.pathsep.join(known), **few}


def _last_stage(output: bytes) -> dict[str, Any]:
    """Return what the other process said last, and what it was reading."""
    said: dict[str, Any] = {}
    for line in output.splitlines():
        try:
            said.update(json.loads(line))
        except ValueError:
            # It was cut off.
            continue
    return said


def _too_long(stage: dict[str, Any], limits: Limits) -> DataError:
    what = stage.get("reading") or "the check"
    return DataError(
        f"{what} took more than {limits.seconds:g} seconds", remedy="Check less at once, or give it more time."
    )


def _died(stage: dict[str, Any], code: int, said: bytes, limits: Limits) -> DataError:
    import signal

    path = stage.get("reading")
    if code > 0 and said.strip():
        # Not what a file should be able to do: say what Python said last.
        last = said.decode(errors="replace").strip().splitlines()[-1]
        return DataError(f"{path or 'the check'}: {last}", remedy="Please report it.")
    if code == -getattr(signal, "SIGALRM", 0):
        return DataError(f"{path}: reading it takes too long", remedy="Is it RDF, and not nested without end?")
    if path:
        why = f"reading it needs more than {limits.megabytes} MB, or brings the reader down"
        return DataError(f"{path}: {why}", remedy="Is it RDF, and not nested without end? Or split it.")
    return DataError(
        f"the check needs more than {limits.megabytes} MB, or brought the engine down",
        remedy="Check less at once, or take the other --engine.",
    )


def _revived(answer: dict[str, Any]) -> CcinError:
    kind = getattr(errors, answer["error"], CcinError)
    if not (isinstance(kind, type) and issubclass(kind, CcinError)) or issubclass(kind, errors.RecordsError):
        kind = CcinError
    error = kind(answer["message"], remedy=answer["remedy"])
    assert isinstance(error, CcinError)
    return error


def _finding(found: dict[str, Any]) -> Finding:
    location = Location(**found.pop("location"))
    return Finding(location=location, severity=Severity(found.pop("severity")), **found)


# In the other process


def _main() -> None:
    request = json.load(sys.stdin)
    _confine(request["megabytes"])
    from ccin_graph.tree import Tree
    from ccin_graph.validate.foreign import check_files
    from ccin_graph.validate.shacl import Engine

    try:
        findings = check_files(
            [Path(name) for name in request["files"]],
            Tree(Path(request["root"])),
            Path(request["shapes"]) if request["shapes"] else None,
            Engine(request["engine"]) if request["engine"] else None,
            _reading,
        )
        answer: dict[str, Any] = {"findings": [asdict(finding) for finding in findings]}
    except CcinError as error:
        answer = {"error": type(error).__name__, "message": error.message, "remedy": error.remedy}
    except MemoryError:
        # As if it had died of it.
        sys.exit(1)
    _say({"answer": answer})


def _say(what: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(what) + "\n")
    sys.stdout.flush()


def _reading(path: Path | None) -> None:
    import signal

    _say({"reading": str(path) if path else None})
    if not hasattr(signal, "setitimer"):
        return
    seconds = 0.0
    if path is not None:
        # The alarm is left to the system, which does not wait for a native call to return.
        signal.signal(signal.SIGALRM, signal.SIG_DFL)
        size = path.stat().st_size if path.is_file() else 0
        seconds = _READING + _READING_A_MEGABYTE * size / 1_000_000
    signal.setitimer(signal.ITIMER_REAL, seconds)


def _confine(megabytes: int) -> None:
    sys.addaudithook(_refuse_network)
    try:
        import resource
    except ImportError:
        # Not on this system.
        return
    for kind, limit in ((resource.RLIMIT_AS, megabytes * 2**20), (resource.RLIMIT_CORE, 0)):
        _, most = resource.getrlimit(kind)
        limit = limit if most == resource.RLIM_INFINITY else min(limit, most)
        resource.setrlimit(kind, (limit, limit))


def _refuse_network(event: str, _: tuple[Any, ...]) -> None:
    if event in ("socket.connect", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto", "urllib.Request"):
        raise PermissionError("no connection is opened")


if __name__ == "__main__":
    _main()
