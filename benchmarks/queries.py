"""Measure the query packs: ``python -m benchmarks.queries``.

Against rdflib on the same graph, against pyoxigraph called directly, on disk against in memory, cold against a bare
process, on a graph of two million statements, and reshaped queries against the plain way of writing them. All times but
the cold ones are of the processor, so that a busy machine does not spoil them.
"""

from __future__ import annotations

import argparse
import math
import os
import resource
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.generate import write_multiplied
from ccin_graph.build import assemble, write_dataset
from ccin_graph.packs import Query, questions
from ccin_graph.queries import answer, bind
from ccin_graph.queries.binding import default_terms, filled
from ccin_graph.store import EmbeddedStore
from ccin_graph.tree import find_tree

if TYPE_CHECKING:
    import rdflib

LARGE = 2_000_000
#: Seconds of the processor after which a query is given up.
LIMIT = 60.0

_LISTS = "it lists all of a kind, thousands of rows: the answer itself is as large"
_PAIRS = "it lists pairs, and these grow with the square of what is paired"
_GROUPS = "it looks at every claim or passage of the graph and groups them"
_LISTINGS = "it compares every entry of thirty networks' lists with the lists next to it"

#: Questions that may take longer than a second on the large graph, and why.
SLOW: dict[str, str] = {
    "evidence/one-line": _GROUPS,
    "evidence/one-source": _GROUPS,
    "evidence/busiest-lines": _GROUPS,
    "evidence/by-publication": _GROUPS,
    "evidence/projects-retold": _GROUPS,
    "members/as-of": _LISTINGS,
    "members/changes": _LISTINGS,
    "members/standing": _LISTINGS,
    "members/turnover": _LISTINGS,
    "members/never-listed": "it meets every claim about a council with every project that the council leads",
    "network/council-council-by-partners": _PAIRS,
    "network/council-council-by-principles": _PAIRS,
    "network/council-council-by-themes": _PAIRS,
    "network/council-partner": _LISTS,
    "network/nodes": _LISTS,
    "network/organisation-organisation": _PAIRS,
    "network/organisation-organisation-by-publication": _PAIRS,
    "network/organisation-project": _LISTS,
    "network/participations": _LISTS,
    "network/people": _LISTS,
    "network/project-subjects": _LISTS,
    "outcomes/retold": _PAIRS,
    "partnerships/repeated": _PAIRS,
    "partnerships/triples": _PAIRS,
    "quality/bystanders": "it looks for every tie of every organisation that takes part in nothing",
}

#: Questions that were reshaped, as one would write them first: what is replaced by what.
PLAIN: dict[str, list[tuple[str, str]]] = {
    "partnerships/brokers": [
        (
            "MINUS { ?one a ccin:Council . ?direct ccin:partner ?one, ?other . ?other a ccin:Council }",
            "FILTER NOT EXISTS { ?direct ccin:partner ?one, ?other }",
        )
    ],
}


def forked(task: Callable[[], int], limit: float = LIMIT) -> tuple[float, int] | None:
    """Run a task in a process of its own.

    Parameters
    ----------
    task : callable
        Returns how many rows there are.
    limit : float
        Seconds of the processor after which it is stopped.

    Returns
    -------
    tuple of float and int, or None
        Its processor time and the rows; None if it was stopped.
    """
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        resource.setrlimit(resource.RLIMIT_CPU, (math.ceil(limit), math.ceil(limit)))
        try:
            start = time.process_time()
            rows = task()
            os.write(writing, f"{time.process_time() - start} {rows}".encode())
        except Exception as error:
            # Said as it is, and not taken for a query that was stopped.
            os.write(writing, f"error {type(error).__name__}: {error}".encode())
        finally:
            os._exit(0)
    os.close(writing)
    # Ends when the child does, also where the system stops it.
    said = os.read(reading, 200).decode()
    os.close(reading)
    os.waitpid(child, 0)
    seconds, _, many = said.partition(" ")
    if seconds == "error":
        raise SystemExit(f"a query failed: {many}")
    return (float(seconds), int(many)) if said else None


def rows_of(store: EmbeddedStore, text: str) -> Callable[[], int]:
    """Return a task that asks a query and counts its rows."""
    return lambda: len(store.select(text).rows)


def asked(query: Query) -> str:
    """Return a question with its defaults, without a look at any graph."""
    return filled(query, default_terms(query))


def against_rdflib(store: EmbeddedStore, queries: list[Query]) -> float:
    """Time every question on both engines; what rdflib does not end in time counts as that time."""
    from ccin_graph.store.rdflib_graph import to_rdflib

    graph: rdflib.Graph = to_rdflib(store.quads())
    ours = theirs = 0.0
    given_up = []
    for query in queries:
        text = asked(query)
        own = forked(rows_of(store, text))
        other = forked(lambda text=text: len(list(graph.query(text))))  # type: ignore[misc]
        assert own is not None, query.name
        ours += own[0]
        theirs += other[0] if other else LIMIT
        given_up += [] if other else [query.name]
    beyond = f" (given up after {LIMIT:.0f} s, and counted so: {', '.join(given_up)})" if given_up else ""
    print(f"whole pack, {len(queries)} questions: {ours:.2f} s, rdflib {theirs:.1f} s{beyond}: x{theirs / ours:.0f}")
    return theirs / ours


def against_direct(store: EmbeddedStore, queries: list[Query], rounds: int = 5) -> float:
    """Time questions with binding, tables and notes, against the same texts given to pyoxigraph."""
    import pyoxigraph as ox

    inner = ox.Store()
    inner.bulk_extend(store.quads())
    texts = [bind(query, {}, store) for query in queries]
    times: dict[str, list[float]] = {"ours": [], "direct": []}
    for _ in range(rounds):
        start = time.process_time()
        for query in queries:
            answer(query, {}, store)
        middle = time.process_time()
        for text in texts:
            answered = inner.query(text, use_default_graph_as_union=True)
            assert isinstance(answered, ox.QuerySolutions)
            list(map(tuple, answered))
        end = time.process_time()
        times["ours"].append(middle - start)
        times["direct"].append(end - middle)
    ours, direct = min(times["ours"]), min(times["direct"])
    print(f"whole pack: {ours:.3f} s, pyoxigraph called directly {direct:.3f} s: x{ours / direct:.3f}")
    return ours / direct


def from_disk(dataset: Path, queries: list[Query], folder: Path, rounds: int = 3) -> float:
    """Time every question on the store on disk, against the same in memory."""
    from ccin_graph.store.disk import DiskStore, build_disk_store

    build_disk_store(dataset, folder)
    stores: dict[str, EmbeddedStore] = {"memory": EmbeddedStore.from_file(dataset), "disk": DiskStore(folder)}
    start = time.process_time()
    DiskStore(folder)
    opened = time.process_time() - start
    times: dict[str, dict[str, float]] = {place: {} for place in stores}
    for query in queries:
        text = asked(query)
        for place, store in stores.items():
            for _ in range(rounds):
                start = time.process_time()
                store.select(text)
                taken = time.process_time() - start
                times[place][query.name] = min(taken, times[place].get(query.name, taken))
    disk, memory = (sum(times[place].values()) for place in ("disk", "memory"))
    heaviest = max(times["disk"], key=times["disk"].__getitem__)
    print(f"on disk: opened in {opened * 1000:.1f} ms")
    print(f"  whole pack {disk:.2f} s, in memory {memory:.2f} s: x{disk / memory:.1f}")
    print(f"  heaviest: {heaviest}, {times['disk'][heaviest]:.2f} s, memory {times['memory'][heaviest]:.2f} s")
    return disk / memory


def on_a_large_graph(path: Path, queries: list[Query]) -> list[str]:
    """Time every question on a large graph; return those that take too long without a reason."""
    store = EmbeddedStore.from_file(path)
    print(f"large graph: {len(store):,} statements")
    too_slow = []
    for query in queries:
        taken = forked(rows_of(store, asked(query)))
        seconds = taken[0] if taken else LIMIT
        if seconds > 1:
            reason = SLOW.get(query.name, "")
            shown = f"{taken[1]:,} rows" if taken else "given up"
            print(f"  {seconds:6.2f} s  {query.name}, {shown}{f': {reason}' if reason else ': TOO SLOW'}")
            too_slow += [] if reason else [query.name]
    print(f"  of {len(queries)} questions, {len(too_slow)} take more than a second without a reason")
    for name, changes in PLAIN.items():
        query = next(query for query in queries if query.name == name)
        plain = query.text
        for ours, theirs in changes:
            assert plain.count(ours) == 1, name
            plain = plain.replace(ours, theirs)
        reshaped = forked(rows_of(store, asked(query)))
        first = forked(rows_of(store, asked(replace(query, text=plain))))
        written = f"{first[0]:.2f} s" if first else f"given up after {LIMIT:.0f} s"
        assert reshaped is not None
        print(f"  {name}: {reshaped[0]:.3f} s, written plainly {written}")
    return too_slow


def main() -> int:
    """Run the measurements."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.queries", description=__doc__)
    parser.add_argument("--only", choices=["rdflib", "direct", "disk", "cold", "large"], action="append")
    parser.add_argument("--statements", type=int, default=LARGE, help="of the large graph")
    options = parser.parse_args()
    wanted = options.only or ["rdflib", "direct", "disk", "cold", "large"]
    tree = find_tree()
    dataset = assemble(tree)
    queries = [query for query in questions(tree.queries) if not query.federated]
    too_slow: list[str] = []
    with tempfile.TemporaryDirectory() as folder:
        if "direct" in wanted:
            against_direct(dataset.store, queries)
        if {"disk", "cold"} & set(wanted):
            write_dataset(dataset, Path(folder))
        if "disk" in wanted:
            from_disk(Path(folder) / "ccin.nq", queries, Path(folder) / "store")
        if "cold" in wanted:
            from benchmarks.__main__ import cold_query

            cold_query(Path(folder) / "ccin.nq", "organisation/preston", "the real graph")
        if "rdflib" in wanted:
            against_rdflib(dataset.store, queries)
        if "large" in wanted:
            path = Path(folder) / "large.nq"
            write_multiplied(dataset.store.quads(), path, options.statements)
            too_slow = on_a_large_graph(path, queries)
    return 1 if too_slow else 0


if __name__ == "__main__":
    sys.exit(main())
