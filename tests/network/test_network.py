"""The package itself."""

from __future__ import annotations

import subprocess
import sys

import ccin_graph.network


def test_importing_it_loads_nothing_heavy() -> None:
    heavy = ["networkx", "numpy", "scipy", "pandas", "matplotlib", "rdflib", "pyoxigraph"]
    code = f"import sys, ccin_graph.network; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_every_name_that_it_offers_is_there() -> None:
    assert all(hasattr(ccin_graph.network, name) for name in ccin_graph.network.__all__)
    assert len(set(ccin_graph.network.__all__)) == len(ccin_graph.network.__all__)
