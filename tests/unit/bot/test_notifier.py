"""What a person is told of a generation, and what Telegram's refusals become."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.exceptions import (
    ClientDecodeError,
    TelegramAPIError,
    TelegramBadRequest,
    TelegramEntityTooLarge,
    TelegramForbiddenError,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import (
    DeleteMessage,
    EditMessageText,
    SendMediaGroup,
    SendMessage,
    SendPhoto,
    TelegramMethod,
)

from app.catalogue import Modality
from app.clock import SystemClock
from app.files import FileStore, FilesUnavailableError, FolderStore
from app.generation import (
    AmbiguousError,
    Delivery,
    FailureClass,
    Stage,
    State,
    TryLaterError,
    UnreachablePersonError,
)
from app.ledger import Balance
from app.money import Kopecks
from bot.forms import PHOTO_LIMIT, UPLOAD_LIMIT
from bot.generation_screens import GenerationScreens
from bot.mailing import Mailing
from bot.notifier import TelegramNotifier
from bot.pacing import UnsolicitedRate
from bot.results import ResultSender
from bot.texts import load_texts
from tests.unit.bot.examples import CATALOGUE, CHAT, OFFERS, SEQUELS, generation, stored
from tests.unit.bot.fake_telegram import FakeTelegram, Shown
from tests.unit.bot.house import LINKS

TEXTS = load_texts()
METHOD = SendMessage(chat_id=CHAT, text="x")
BALANCE = Balance(Kopecks(10_000), Kopecks(0), Kopecks(2_050), Kopecks(0), Kopecks(0))


def notifier_over(
    telegram: FakeTelegram, folder: Path, per_second: int = 25, *, store: FileStore | None = None
) -> TelegramNotifier:
    bot = Bot("1:x", session=telegram.session(), default=DefaultBotProperties(parse_mode="HTML"))
    screens = GenerationScreens(CATALOGUE, OFFERS, SEQUELS)
    sender = ResultSender(bot, Mailing(bot, store or FolderStore(folder)), LINKS, screens)
    return TelegramNotifier(bot, TEXTS, screens, sender, UnsolicitedRate(per_second, SystemClock()))


def ids_of(delivery: Delivery) -> tuple[str | None, ...]:
    """What Telegram keeps of each file."""
    return tuple(file.telegram_file_id for file in delivery.files)


@pytest.fixture
def telegram() -> FakeTelegram:
    """A chat with a progress message."""
    telegram = FakeTelegram()
    telegram.messages[77] = Shown(77, CHAT, "в очереди")
    return telegram


async def test_the_progress_message_moves_through_the_stages(telegram: FakeTelegram, tmp_path: Path) -> None:
    notifier = notifier_over(telegram, tmp_path)
    seen = []
    for stage in (Stage.SENT, Stage.GENERATING, Stage.UPLOADING):
        await notifier.progress(generation(state=State.RUNNING), stage)
        seen.append(telegram.messages[77].words)
    assert [any(word in text for text in seen) for word in ("Отправлено", "Создаётся", "Загружается")]
    assert all("Прошло: 3" in text for text in seen)
    assert len(telegram.in_chat(CHAT)) == 1


async def test_a_waiting_generation_shows_its_position_and_can_be_cancelled(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    notifier = notifier_over(telegram, tmp_path)
    await notifier.progress(generation(state=State.HELD, position=4), Stage.QUEUED)
    assert "Впереди: 4" in telegram.messages[77].words
    assert list(telegram.messages[77].buttons) == ["✖️ Отменить"]
    await notifier.progress(generation(state=State.RUNNING), Stage.GENERATING)
    assert telegram.messages[77].buttons == {}


async def test_a_cancelled_generation_is_said_to_be_cancelled_once_more(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    await notifier_over(telegram, tmp_path).end_progress(generation(state=State.CANCELLED))
    assert "4,74" in telegram.messages[77].words
    assert "✖️ Отменить" not in telegram.messages[77].buttons


async def test_progress_that_comes_too_thick_is_dropped(telegram: FakeTelegram, tmp_path: Path) -> None:
    notifier = notifier_over(telegram, tmp_path, per_second=1)
    await notifier.progress(generation(), Stage.SENT)
    await notifier.progress(generation(), Stage.GENERATING)
    assert len(telegram.called(EditMessageText)) == 1


@pytest.mark.parametrize(
    ("kind", "media"), [(Modality.IMAGE, "photo"), (Modality.VIDEO, "video"), (Modality.AUDIO, "audio")]
)
async def test_a_result_comes_as_what_it_is_with_model_prompt_price_and_number(
    telegram: FakeTelegram, tmp_path: Path, kind: Modality, media: str
) -> None:
    made = generation(results=(stored(tmp_path, "1.bin", kind),))
    notifier = notifier_over(telegram, tmp_path)
    delivery = await notifier.deliver(made)
    await notifier.end_progress(replace(made, state=State.DELIVERED))
    progress, result = telegram.in_chat(CHAT)
    assert (result.media, delivery.message_ids) == (media, (result.message_id,))
    assert ids_of(delivery) == (f"file-{result.message_id}",)
    for part in ("Z-Image", "№12", "4,74", "кот <в> сапогах"):
        assert part in result.words
    assert "готово за 34 с" in progress.words
    assert any("История" in words for words in result.buttons)
    assert telegram.refused == []


@pytest.mark.proves("F94")
async def test_a_caption_keeps_to_1024_characters_however_long_the_prompt(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    made = generation(inputs={"prompt": "<&>😀" * 1200}, results=(stored(tmp_path, "1.png", Modality.IMAGE),))
    await notifier_over(telegram, tmp_path).deliver(made)
    assert telegram.refused == []
    assert telegram.in_chat(CHAT)[-1].words.endswith("…")


async def test_several_results_are_an_album_and_one_message_with_the_buttons(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    results = tuple(stored(tmp_path, f"{n}.png", Modality.IMAGE) for n in range(4))
    delivery = await notifier_over(telegram, tmp_path).deliver(generation(results=results))
    _, *album, control = telegram.in_chat(CHAT)
    assert len(album) == 4
    assert ["Z-Image" in it.words for it in album] == [True, False, False, False]
    assert "4 файла" in control.words
    assert control.buttons
    assert ids_of(delivery) == tuple(f"file-{it.message_id}" for it in album)
    assert telegram.refused == []


@pytest.mark.parametrize("gone", [{0}, {1}, {0, 2}])
async def test_what_telegram_keeps_belongs_to_its_own_file_though_others_are_gone(
    telegram: FakeTelegram, tmp_path: Path, gone: set[int]
) -> None:
    results = tuple(stored(tmp_path, f"{n}.png", Modality.IMAGE) for n in range(3))
    for number in gone:
        (tmp_path / results[number].path).unlink()
    delivery = await notifier_over(telegram, tmp_path).deliver(generation(results=results))
    pictures = iter(f"file-{it.message_id}" for it in telegram.in_chat(CHAT) if it.media == "photo")
    assert ids_of(delivery) == tuple(None if number in gone else next(pictures) for number in range(3))
    assert next(pictures, None) is None
    if len(gone) == 1:
        assert "2 файла" in telegram.in_chat(CHAT)[-1].words


async def test_an_album_that_telegram_refuses_goes_file_by_file(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    results = (
        stored(tmp_path, "1.mp3", Modality.AUDIO),
        stored(tmp_path, "2.png", Modality.IMAGE),
        stored(tmp_path, "3.png", Modality.IMAGE),
    )
    telegram.trouble(SendMediaGroup, TelegramBadRequest(method=METHOD, message="Bad Request: WRONG_MEDIA"))
    delivery = await notifier_over(telegram, tmp_path).deliver(generation(results=results))
    assert [it.media for it in telegram.in_chat(CHAT)] == [None, "audio", "photo", "photo", None]
    assert all(ids_of(delivery))
    assert telegram.refused == []


async def test_a_picture_of_refused_dimensions_goes_as_a_document(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    refusal = TelegramBadRequest(method=METHOD, message="Bad Request: PHOTO_INVALID_DIMENSIONS")
    telegram.trouble(SendPhoto, refusal)
    await notifier_over(telegram, tmp_path).deliver(
        generation(results=(stored(tmp_path, "1.png", Modality.IMAGE),))
    )
    assert telegram.in_chat(CHAT)[-1].media == "document"


@pytest.mark.proves("F94")
async def test_a_heavy_picture_goes_as_a_document_and_a_file_over_the_limit_as_words(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    notifier = notifier_over(telegram, tmp_path)
    heavy = stored(tmp_path, "1.png", Modality.IMAGE, size=PHOTO_LIMIT + 1)
    await notifier.deliver(generation(results=(heavy,)))
    assert telegram.in_chat(CHAT)[-1].media == "document"
    assert telegram.called(SendPhoto) == []
    huge = stored(tmp_path, "2.mp4", Modality.VIDEO, size=UPLOAD_LIMIT + 1)
    delivery = await notifier.deliver(generation(results=(huge,)))
    assert "больше 50 МБ" in telegram.in_chat(CHAT)[-1].words
    assert ids_of(delivery) == (None,)
    telegram.trouble(SendPhoto, TelegramEntityTooLarge(method=METHOD, message="too large"))
    await notifier.deliver(generation(results=(stored(tmp_path, "3.png", Modality.IMAGE),)))
    assert "больше 50 МБ" in telegram.in_chat(CHAT)[-1].words


async def test_what_telegram_keeps_is_sent_again_without_an_upload(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    kept = stored(tmp_path, "1.png", Modality.IMAGE, telegram_file_id="kept")
    await notifier_over(telegram, tmp_path).deliver(generation(results=(kept,)))
    (call,) = telegram.called(SendPhoto)
    assert isinstance(call, SendPhoto)
    assert call.photo == "kept"
    telegram.trouble(
        SendPhoto, TelegramBadRequest(method=METHOD, message="Bad Request: wrong file identifier")
    )
    await notifier_over(telegram, tmp_path).deliver(generation(results=(kept,)))
    assert not isinstance(telegram.called(SendPhoto)[-1].photo, str)  # type: ignore[attr-defined]


async def test_a_late_result_says_that_it_is_free(telegram: FakeTelegram, tmp_path: Path) -> None:
    late = generation(state=State.LATE, results=(stored(tmp_path, "1.png", Modality.IMAGE),))
    await notifier_over(telegram, tmp_path).deliver(late)
    assert "бесплатно" in telegram.in_chat(CHAT)[-1].words


@pytest.mark.parametrize("failure", [*FailureClass, None])
@pytest.mark.parametrize("language", ["ru", "en"])
async def test_each_failure_is_told_in_words_with_the_money_that_came_back(
    telegram: FakeTelegram, tmp_path: Path, failure: FailureClass | None, language: str
) -> None:
    failed = generation(state=State.FAILED, failure=failure, language=language)
    notifier = notifier_over(telegram, tmp_path)
    await notifier.failed(failed, Kopecks(474), BALANCE)
    await notifier.end_progress(failed)
    (told,) = telegram.in_chat(CHAT)
    assert told.words.count("4" + (",74" if language == "ru" else ".74")) == 1
    assert "120" in told.words
    assert len(told.buttons) == 6
    assert (failure or "nothing") not in told.words
    assert telegram.refused == []


def refusals() -> list[tuple[TelegramAPIError, type[Exception]]]:
    """Telegram's error, and what it is to the rest of the house."""
    return [
        (
            TelegramForbiddenError(method=METHOD, message="Forbidden: bot was blocked by the user"),
            UnreachablePersonError,
        ),
        (
            TelegramForbiddenError(method=METHOD, message="Forbidden: user is deactivated"),
            UnreachablePersonError,
        ),
        (TelegramBadRequest(method=METHOD, message="Bad Request: chat not found"), UnreachablePersonError),
        (TelegramRetryAfter(method=METHOD, message="Flood", retry_after=17), TryLaterError),
        (TelegramNetworkError(method=METHOD, message="time-out"), AmbiguousError),
        (TelegramServerError(method=METHOD, message="Bad Gateway"), TryLaterError),
    ]


@pytest.mark.parametrize(("error", "expected"), refusals(), ids=lambda it: str(it)[:40])
async def test_refusals_are_translated_for_results_and_notices(
    telegram: FakeTelegram, tmp_path: Path, error: TelegramAPIError, expected: type[Exception]
) -> None:
    notifier = notifier_over(telegram, tmp_path)
    made = generation(results=(stored(tmp_path, "1.png", Modality.IMAGE),))
    telegram.trouble(SendPhoto, error)
    with pytest.raises(expected):
        await notifier.deliver(made)
    telegram.trouble(SendMessage, error)
    with pytest.raises(expected) as caught:
        await notifier.failed(generation(state=State.FAILED), Kopecks(1), BALANCE)
    if isinstance(error, TelegramRetryAfter):
        assert getattr(caught.value, "seconds", None) == 17


@pytest.mark.proves("F16")
@pytest.mark.parametrize("method", [EditMessageText, DeleteMessage])
async def test_a_progress_message_that_cannot_be_ended_raises_nothing(
    telegram: FakeTelegram, tmp_path: Path, method: type[TelegramMethod[Any]]
) -> None:
    away = TelegramNetworkError(method=METHOD, message="time-out")
    telegram.trouble(method, away)
    end = State.DELIVERED if method is EditMessageText else State.FAILED
    await notifier_over(telegram, tmp_path).end_progress(generation(state=end))
    assert telegram.messages[77].words == "в очереди"
    assert telegram.troubles[method] == type(telegram.troubles[method])()


async def test_an_album_that_is_too_large_as_one_goes_file_by_file(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    results = tuple(stored(tmp_path, f"{n}.png", Modality.IMAGE) for n in range(2))
    telegram.trouble(
        SendMediaGroup, TelegramEntityTooLarge(method=METHOD, message="Request Entity Too Large")
    )
    await notifier_over(telegram, tmp_path).deliver(generation(results=results))
    assert [it.media for it in telegram.in_chat(CHAT)] == [None, "photo", "photo", None]


@pytest.mark.proves("X33")
async def test_a_refusal_in_the_middle_of_a_delivery_does_not_pass_for_nothing_sent(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    results = tuple(stored(tmp_path, f"{n}.png", Modality.IMAGE) for n in range(2))
    telegram.trouble(SendMessage, TelegramRetryAfter(method=METHOD, message="x", retry_after=17))
    with pytest.raises(AmbiguousError):
        await notifier_over(telegram, tmp_path).deliver(generation(results=results))


@pytest.mark.proves("X33")
async def test_only_a_connection_that_was_never_there_means_that_nothing_was_sent(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    notifier = notifier_over(telegram, tmp_path)
    made = generation(results=(stored(tmp_path, "1.png", Modality.IMAGE),))
    away = TelegramNetworkError(method=METHOD, message="x")
    away.__cause__ = aiohttp.ClientConnectorError(
        aiohttp.client_reqrep.ConnectionKey("127.0.0.1", 1, False, True, None, None, None), OSError()
    )
    telegram.trouble(SendPhoto, away)
    with pytest.raises(TryLaterError):
        await notifier.deliver(made)
    telegram.trouble(SendPhoto, ClientDecodeError("x", ValueError(), "<html>"))
    with pytest.raises(AmbiguousError):
        await notifier.deliver(made)


class AwayStore(FolderStore):
    """A bucket behind a broken line."""

    async def size(self, key: str) -> int | None:
        raise FilesUnavailableError("GenericError")


@pytest.mark.proves("X32")
async def test_a_result_whose_copy_cannot_be_reached_now_is_put_off_and_not_lost(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    made = generation(results=(stored(tmp_path, "1.png", Modality.IMAGE),))
    with pytest.raises(TryLaterError):
        await notifier_over(telegram, tmp_path, store=AwayStore(tmp_path)).deliver(made)
    assert len(telegram.in_chat(CHAT)) == 1


async def test_what_nobody_has_any_more_is_said_with_the_number_the_price_and_the_way_to_support(
    telegram: FakeTelegram, tmp_path: Path
) -> None:
    await notifier_over(telegram, tmp_path).gone(generation(state=State.KEPT))
    told = telegram.in_chat(CHAT)[-1]
    assert all(part in told.words for part in ("№12", "4,74", "/support"))
    assert telegram.refused == []
