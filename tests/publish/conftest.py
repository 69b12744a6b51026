"""Sites that the tests look at: of the invented project, and of the records of the checkout."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from ccin_graph.build import assemble
from ccin_graph.publish.settings import Settings, read_settings
from ccin_graph.publish.site import publish
from ccin_graph.vocabulary import BASE
from tests.pages import Folder

if TYPE_CHECKING:
    from ccin_graph.build import Dataset
    from ccin_graph.tree import Tree
    from tests.conftest import Project

_WHOLE = pytest.StashKey[Folder]()
SETTINGS = Settings("Harbour", f"{BASE}organisation/harbour-network", BASE, home="https://example.org/harbour/")


@pytest.fixture(scope="session")
def small(dataset: Dataset, clean: Project, tmp_path_factory: pytest.TempPathFactory) -> Folder:
    """Return the site of the invented project."""
    folder = tmp_path_factory.mktemp("small") / "site"
    publish(dataset.store, clean.tree, SETTINGS, folder)
    return Folder(folder, "/harbour/")


@pytest.fixture(scope="session")
def whole_dataset(checkout: Tree) -> Dataset:
    """Return the dataset of the records of the checkout."""
    return assemble(checkout)


@pytest.fixture(scope="session")
def whole(
    whole_dataset: Dataset, checkout: Tree, tmp_path_factory: pytest.TempPathFactory, pytestconfig: pytest.Config
) -> Folder:
    """Return the site of the records of the checkout."""
    # Two folders of tests have this fixture, and it would be written for each.
    if _WHOLE not in pytestconfig.stash:
        folder = tmp_path_factory.mktemp("whole") / "site"
        settings = read_settings(checkout.root / "web" / "site.toml")
        publish(whole_dataset.store, checkout, settings, folder)
        pytestconfig.stash[_WHOLE] = Folder(folder)
    return pytestconfig.stash[_WHOLE]
