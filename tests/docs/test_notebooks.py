"""The tutorial notebooks: small, stored without output, and they run from top to bottom."""

from __future__ import annotations

from pathlib import Path

import pytest

nbformat = pytest.importorskip("nbformat", reason="the notebooks are run where nbclient is installed")
nbclient = pytest.importorskip("nbclient", reason="the notebooks are run where nbclient is installed")
pytest.importorskip("ipykernel", reason="the notebooks are run where ipykernel is installed")

ROOT = Path(__file__).parents[2]
NOTEBOOKS = sorted((ROOT / "docs" / "notebooks").glob("*.ipynb"))

#: What a reader should see at the end of some cells.
SHOWN = {
    "ask": [
        "council: Preston City Council (organisation/preston)",
        "Did you mean preston",
        "definite",
        "ccin:Council?",
    ],
    "map": ["organisations and projects", "ties between", "ties Preston City Council and "],
    "publish": ["statements", "ccin.jsonld", "query/"],
}


def test_there_are_three() -> None:
    assert [path.stem for path in NOTEBOOKS] == sorted(SHOWN)


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_is_valid_and_stored_without_output(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    nbformat.validate(notebook)
    assert [cell["id"] for cell in notebook.cells] == [
        f"{path.stem}-{number:02}" for number in range(1, len(notebook.cells) + 1)
    ]
    for cell in notebook.cells:
        if cell.cell_type == "code":
            assert cell.outputs == []
            assert cell.execution_count is None
    assert path.stat().st_size < 20_000


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_a_notebook_runs_and_shows_what_it_speaks_of(path: Path) -> None:
    notebook = nbformat.read(path, as_version=4)
    client = nbclient.NotebookClient(notebook, timeout=300, resources={"metadata": {"path": str(ROOT)}})
    client.execute()
    said = []
    for cell in notebook.cells:
        for output in cell.get("outputs", ()):
            assert output.output_type != "error"
            assert output.get("name") != "stderr", output.get("text")
            said.append(str(output.get("text") or output.get("data", {}).get("text/html", "")))
    for text in SHOWN[path.stem]:
        assert text in "\n".join(said)
