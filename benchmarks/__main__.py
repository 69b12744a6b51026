"""Measure everything and print ratios to something measured in the same run: ``python -m benchmarks``."""

from __future__ import annotations

import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from benchmarks.generate import write_generated
from benchmarks.network import at_scale, real_report
from benchmarks.validation import measure
from ccin_graph.tree import find_tree

ROUNDS = 9
_BARE = (
    "import sys, pyoxigraph; s = pyoxigraph.Store(); s.bulk_load(path=sys.argv[1], format=pyoxigraph.RdfFormat.N_QUADS)"
)


def medians(tasks: dict[str, Callable[[], object]], rounds: int = ROUNDS) -> dict[str, float]:
    """Time tasks in turns, so that a noisy moment hits all of them.

    Parameters
    ----------
    tasks : dict of str to callable
    rounds : int

    Returns
    -------
    dict of str to float
        Median seconds of each.
    """
    times: dict[str, list[float]] = {name: [] for name in tasks}
    for _ in range(rounds):
        for name, task in tasks.items():
            start = time.perf_counter()
            task()
            times[name].append(time.perf_counter() - start)
    return {name: statistics.median(values) for name, values in times.items()}


def _process(*command: str) -> Callable[[], object]:
    return lambda: subprocess.run(command, check=True, capture_output=True)


def cold_query(path: Path, council: str, what: str) -> None:
    """Time a whole ``ccin-graph query run`` against a bare process that loads the same file."""
    tool = str(Path(sys.executable).with_name("ccin-graph"))
    taken = medians(
        {
            "bare": _process(sys.executable, "-c", _BARE, str(path)),
            "query": _process(tool, "query", "run", "councils/projects", f"council={council}", "--dataset", str(path)),
        }
    )
    ratio, more = taken["query"] / taken["bare"], taken["query"] - taken["bare"]
    print(
        f"cold query, {what}: {taken['query']:.3f} s, bare process {taken['bare']:.3f} s: x{ratio:.2f}, {more:+.3f} s"
    )


def build_against_load() -> None:
    """Time records to the four dataset files, against loading the N-Quads they become."""
    import pyoxigraph as ox

    from ccin_graph.build import assemble, write_dataset

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder)

        def build() -> None:
            write_dataset(assemble(find_tree()), path)

        build()
        load = str(path / "ccin.nq")
        taken = medians(
            {
                "build": build,
                "load": lambda: ox.Store().bulk_load(path=load, format=ox.RdfFormat.N_QUADS, lenient=True),
            },
            5,
        )
    ratio = taken["build"] / taken["load"]
    print(f"build: {taken['build']:.2f} s, loading its N-Quads {taken['load']:.2f} s: x{ratio:.1f}")


def whole_run() -> None:
    """Time a run of the whole pipeline, as a process."""
    tool = str(Path(sys.executable).with_name("ccin-graph"))
    taken = medians({"run": lambda: subprocess.run([tool, "run"], check=False, capture_output=True)}, 3)
    print(f"ccin-graph run: {taken['run']:.1f} s")


def main() -> None:
    """Run every measurement."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "generated.nq"
        count = write_generated(path, 60_000)
        cold_query(path, "organisation/council-1", f"{count} generated statements")
        from ccin_graph.build import assemble, write_dataset

        write_dataset(assemble(find_tree()), Path(folder))
        cold_query(Path(folder) / "ccin.nq", "organisation/preston", "the real graph")
    build_against_load()
    # The large graphs take pySHACL many minutes: python -m benchmarks.validation
    measure(only="real")
    whole_run()
    at_scale()
    real_report()


if __name__ == "__main__":
    main()
