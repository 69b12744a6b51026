"""How long a site takes, and how much memory: of the real records, and of a network of 20,000 things.

Run it with ``python -m benchmarks.publish``. The seconds stand beside those of loading the same N-Quads into a
store, in the same run.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.copies import copied
from ccin_graph.build import assemble, canonical_lines
from ccin_graph.store import EmbeddedStore
from ccin_graph.tree import Tree, find_tree

THINGS = 20_000
#: Seconds and bytes that a site may take.
REAL, LARGE, MEMORY = 60.0, 600.0, 2 * 2**30
#: Kinds whose things are counted: what a curator writes a record of.
_KINDS = (
    "organisation/",
    "project/",
    "output/",
    "case-study/",
    "publication/",
    "person/",
    "event/",
    "listing/",
    "place/",
)


def things(store: EmbeddedStore) -> int:
    """Return how many things a graph has that a curator would write down.

    Parameters
    ----------
    store : EmbeddedStore

    Returns
    -------
    int
    """
    from ccin_graph.vocabulary import BASE

    found = {quad.subject.value for quad in store.quads() if hasattr(quad.subject, "value")}
    return sum(1 for iri in found if "#" not in iri and iri.removeprefix(BASE).startswith(_KINDS))


def publishing(dataset: Path, tree: Tree, out: Path) -> tuple[float, float, int, str]:
    """Publish a dataset in a process of its own.

    Parameters
    ----------
    dataset : Path
    tree : Tree
    out : Path

    Returns
    -------
    float, float, int, str
        Seconds, those of a processor among them, most bytes of memory, and what the command said.
    """
    tool = str(Path(sys.executable).with_name("ccin-graph"))
    start = time.perf_counter()
    command = [tool, "publish", "--root", str(tree.root), "--dataset", str(dataset), "--out", str(out)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        said = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"ccin-graph publish failed with exit code {process.returncode}")
    return time.perf_counter() - start, used.ru_utime + used.ru_stime, used.ru_maxrss * 1024, said.strip()


def measured(name: str, store: EmbeddedStore, tree: Tree, folder: Path, seconds: float) -> bool:
    """Print what publishing a graph takes, and whether that is within what it may take.

    Parameters
    ----------
    name : str
    store : EmbeddedStore
    tree : Tree
    folder : Path
        For the dataset and the site.
    seconds : float
        What it may take.

    Returns
    -------
    bool
    """
    dataset = folder / f"{name}.nq"
    dataset.write_bytes(b"".join(canonical_lines(store)))
    start = time.perf_counter()
    EmbeddedStore.from_file(dataset)
    load = time.perf_counter() - start
    taken, work, memory, said = publishing(dataset, tree, folder / name)
    within = taken <= seconds and memory <= MEMORY
    print(
        f"{name}: {things(store):,} things, {len(store):,} statements: {said.partition(' in ')[0]}; {taken:.1f} s "
        f"(at most {seconds:.0f}; {work:.1f} s of a processor), x{taken / load:.0f} of loading them, "
        f"{memory / 2**20:.0f} MB: {'as promised' if within else 'TOO MUCH'}",
        flush=True,
    )
    return within


def main(only: str = "") -> int:
    """Measure both.

    Parameters
    ----------
    only : str, optional
        ``real`` or ``large``, where one of the two will do.

    Returns
    -------
    int
        1 if either takes more than it may.
    """
    tree = find_tree()
    within = True
    with tempfile.TemporaryDirectory() as folder:
        real = assemble(tree).store
        if only != "large":
            within = measured("real", real, tree, Path(folder), REAL)
        if only != "real":
            statements = len(real) * -(-THINGS // things(real))
            large = EmbeddedStore(copied(real.quads(), statements))
            within = measured("large", large, tree, Path(folder), LARGE) and within
    return 0 if within else 1


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:2]))
