"""The committed register and a few records of it, copied so that a test may edit them."""

import shutil
from pathlib import Path

import pytest

from psc.settings import data_folder
from tests.register.compiled.few_records import IMPERIAL, MARTHA, PINCER, PROGRAMMES, SOUTH, TIMELINE, WITHDRAWN, Edit


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the register with what it is held against."""
    shutil.copytree(data_folder() / "register", tmp_path / "register")
    (tmp_path / "boundaries").mkdir()
    shutil.copy(data_folder() / "boundaries" / "areas.csv", tmp_path / "boundaries")
    (tmp_path / "harms").mkdir()
    for definition in (data_folder() / "harms").glob("*/definition.yaml"):
        (tmp_path / "harms" / definition.parent.name).mkdir()
        shutil.copy(definition, tmp_path / "harms" / definition.parent.name)
    for name in ("harm_areas.yaml", "care_settings.yaml", "synonyms.yaml"):
        shutil.copy(data_folder() / "harms" / name, tmp_path / "harms")
    return tmp_path / "register"


@pytest.fixture
def edit_all(folder: Path) -> Edit:
    """Replace text in a file of the whole copy; the answer is the line it stands on."""
    return _editor(folder)


@pytest.fixture(scope="session")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a few records of each kind, so that a check of it takes no time."""
    folder, data = tmp_path_factory.mktemp("few"), data_folder()
    (folder / "boundaries").mkdir()
    shutil.copy(data / "boundaries" / "areas.csv", folder / "boundaries")
    for name in ("harm_areas.yaml", "care_settings.yaml", "synonyms.yaml", "mrsa/definition.yaml"):
        (folder / "harms" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(data / "harms" / name, folder / "harms" / name)
    for name in (IMPERIAL, SOUTH, PINCER, WITHDRAWN, MARTHA, TIMELINE, PROGRAMMES):
        text = (data / "register" / name).read_text(encoding="utf-8").replace("[pressure-ulcers]", "[mrsa]")
        (folder / "register" / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / "register" / name).write_text(text, encoding="utf-8")
    return folder / "register"


@pytest.fixture
def edit(few: Path, tmp_path: Path) -> Edit:
    """Replace text in a file of the few records, copied to ``tmp_path``; the answer is the line it stands on."""
    shutil.copytree(few.parent, tmp_path, dirs_exist_ok=True)
    return _editor(tmp_path / "register")


def _editor(register: Path) -> Edit:
    def replace(file: str, old: str, new: str) -> int:
        path = register / file
        text = path.read_text(encoding="utf-8")
        assert old in text, f"{file} has no {old!r}: the test needs mending"
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        return text[: text.index(old)].count("\n") + 1

    return replace
