"""The real pack, and copies of it to break."""

import shutil
from pathlib import Path

import pytest
from django.conf import settings


@pytest.fixture
def pack_folder() -> Path:
    return settings.PACKS / "cspo"


@pytest.fixture
def own_pack(tmp_path: Path, pack_folder: Path) -> Path:
    """A copy of the CSPO pack that a test may change."""
    return Path(shutil.copytree(pack_folder, tmp_path / "cspo"))


@pytest.fixture
def rewrite(own_pack: Path):
    """Replace words in one file of the copy; the words must be there."""

    def rewrite(file: str, old: str, new: str, *, times: int = 1) -> Path:
        path = own_pack / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new, times), encoding="utf-8")
        return own_pack

    return rewrite
