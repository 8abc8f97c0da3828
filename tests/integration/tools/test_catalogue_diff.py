"""`make catalogue-diff` says what differs and exits by it, writes what it can, and fails where KIE cannot be read."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from app.tools.catalogue_diff import main
from tests.integration.tools.commands import ROOT, Ended, run_command

Diff = Callable[..., Ended]
FEW = "z-image,kling-2-6-text,seedance-2,suno-song"


@pytest.fixture
def models(tmp_path: Path) -> Path:
    """A copy of our models."""
    return Path(shutil.copytree(ROOT / "models", tmp_path / "models"))


@pytest.fixture
def diff(models: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Diff:
    """The command without a key, in a folder where no sandbox runs: it asks a stand-in of its own."""
    monkeypatch.chdir(models)

    def run(*more: str) -> Ended:
        code = main(("--models", str(models), "--only", FEW, *more))
        return Ended(code, capsys.readouterr().out)

    return run


def put(file: Path, words: str, instead: str) -> None:
    """`words`, which stand once in the file, become `instead`."""
    text = file.read_text()
    assert text.count(words) == 1, (file, words)
    file.write_text(text.replace(words, instead))


def test_nothing_differs_between_our_files_and_kie(diff: Diff, models: Path) -> None:
    ended = diff()
    assert ended.code == 0, ended.said
    assert "4 of ours were compared" in ended.said
    assert "✅ Nothing differs" in ended.said


@pytest.mark.proves("F47")
def test_a_price_below_cost_is_named_written_and_then_quiet(diff: Diff, models: Path) -> None:
    row = '{ credits = 55, unit = "per_task", when = { duration = "5", sound = false } }'
    family = models / "kling.toml"
    before = family.read_text()
    begin = before.index('key = "kling-2-6-text"')
    cheap = before[begin:].replace(row, row.replace("55", "20"), 1)
    family.write_text(before[:begin] + cheap)

    ended = diff()
    assert ended.code == 1, ended.said
    assert "Would lose money now (1)" in ended.said
    assert "kling-2-6-text: duration 5, sound False, per_task: sold for 15.80 ₽ (20 credits)" in ended.said
    assert "costs 21.73 ₽ (55)" in ended.said
    assert "20 → 55 credits" in ended.said

    written = diff("--write")
    assert written.code == 1
    assert "written: kling.toml: kling-2-6-text: price" in written.said
    assert family.read_text() == before
    assert diff().code == 0


def test_what_kie_refuses_and_what_it_has_more_is_named(diff: Diff, models: Path) -> None:
    put(
        models / "known" / "kie.toml",
        '"reference_video_urls", "return_last_frame"]\nseedance-2-5',
        "]\nseedance-2-5",
    )
    put(models / "known" / "kie.toml", "seedance-2 = []", "")
    ended = diff("--write")
    assert ended.code == 1, ended.said
    assert "seedance-2: reference_video_urls is new" in ended.said
    assert diff().code == 0


def test_a_kie_that_cannot_be_read_is_neither_the_same_nor_another(tmp_path: Path) -> None:
    keys = {"TELEGRAM_BOT_TOKEN": "1:token", "KIE_API_KEY": "key", "KIE_API_URL": "http://127.0.0.1:1"}
    ended = run_command("-m", "app.tools.catalogue_diff", folder=tmp_path, environment=keys)
    assert ended.code == 2, ended.said
    assert "KIE could not be read" in ended.said


def test_models_that_do_not_load_are_named(diff: Diff, models: Path) -> None:
    put(models / "z-image.toml", 'price = [{ credits = 0.8, unit = "per_image" }]\n', "")
    ended = diff()
    assert ended.code == 1
    assert "is for sale without a price" in ended.said
