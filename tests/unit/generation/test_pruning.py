"""Old copies go, and what crashes left on the way."""

import os
import time
from pathlib import Path

import pytest

from app.db import Epoch
from app.files import FolderStore
from app.generation import Pruner

DAY = 86_400.0


def aged(path: Path, days: float) -> Path:
    """A file of that age."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    os.utime(path, (time.time() - days * DAY,) * 2)
    return path


@pytest.mark.proves("F75")
async def test_copies_are_kept_for_their_days_and_go_with_their_thumbnails(tmp_path: Path) -> None:
    old = [
        aged(tmp_path / f"results/{n}/1.{end}", 31) for n in range(1, 1200) for end in ("mp4", "thumb.jpg")
    ]
    young = aged(tmp_path / "results/2000/1.mp4", 29)
    await Pruner(FolderStore(tmp_path), (), days=30).prune(Epoch(1), 0)
    assert [path for path in old if path.exists()] == []
    assert young.exists()
    assert [it.name for it in (tmp_path / "results").iterdir()] == ["2000"], "empty folders"


async def test_only_what_has_been_under_way_for_a_day_was_left_by_a_crash(tmp_path: Path) -> None:
    left, under_way = aged(tmp_path / "fetching/a", 1.1), aged(tmp_path / "fetching/b", 0.9)
    passages = (tmp_path / "fetching", tmp_path / "no-such-folder")
    await Pruner(FolderStore(tmp_path), passages, days=30).prune(Epoch(1), 0)
    assert not left.exists()
    assert under_way.exists()
