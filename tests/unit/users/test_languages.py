"""The language a person is first answered in."""

import pytest

from app.users import Language, language_of


@pytest.mark.parametrize("code", ["ru", "uk", "be", "kk", "RU", "ru-RU", "uk_UA"])
def test_clients_in_languages_whose_speakers_read_russian_begin_in_russian(code: str) -> None:
    assert language_of(code) is Language.RU


@pytest.mark.parametrize("code", ["en", "en-US", "de", "pt-br", "", None, "russian"])
def test_every_other_client_begins_in_english(code: str | None) -> None:
    assert language_of(code) is Language.EN
