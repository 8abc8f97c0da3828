"""The catalogue that is shipped, and a made-up one that uses the whole format."""

from pathlib import Path

import pytest

from app.catalogue import Catalogue, ModelSpec, load_catalogue
from tests.fixtures.refused import made_up_models

MODELS = Path(__file__).parents[3] / "models"


@pytest.fixture(scope="session")
def shipped() -> Catalogue:
    """What `models/` holds."""
    return load_catalogue(MODELS)


@pytest.fixture(scope="session")
def everything_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the shipped vocabulary and the made-up family."""
    return made_up_models(tmp_path_factory.mktemp("models"))


@pytest.fixture(scope="session")
def made_up(everything_folder: Path) -> Catalogue:
    """The made-up catalogue."""
    return load_catalogue(everything_folder)


@pytest.fixture(scope="session")
def everything(made_up: Catalogue) -> ModelSpec:
    """The made-up model that has every kind of parameter."""
    return made_up.get("everything")
