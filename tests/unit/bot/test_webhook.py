"""Where Telegram sends updates is kept right, and nothing that waits there is ever dropped."""

import asyncio

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramNetworkError
from aiogram.methods import DeleteWebhook, GetWebhookInfo, SendMessage, SetMyCommands, SetWebhook

from app.clock import SystemClock
from bot.alerts import OperatorAlerts
from bot.commands import COMMANDS, publish_commands
from bot.pacing import UnsolicitedRate
from bot.texts import load_texts
from bot.webhook import Webhook, WebhookAddress, leave_webhook
from tests.fakes import until
from tests.unit.bot.fake_telegram import FakeTelegram

ADDRESS = WebhookAddress("https://example.org/webhook/telegram", "s3cret", ("callback_query", "message"))


class Told:
    """Who is reported to."""

    def __init__(self) -> None:
        self.hosts: list[str | None] = []

    async def __call__(self, host: str | None) -> None:
        self.hosts.append(host)


def bot_over(telegram: FakeTelegram) -> Bot:
    return Bot("1:x", session=telegram.session())


@pytest.mark.proves("F11")
async def test_the_first_time_everything_is_set_and_nothing_dropped() -> None:
    telegram = FakeTelegram()
    assert await Webhook(bot_over(telegram), ADDRESS, Told()).ensure()
    (call,) = telegram.called(SetWebhook)
    assert isinstance(call, SetWebhook)
    assert (call.url, call.secret_token) == (ADDRESS.url, "s3cret")
    assert set(call.allowed_updates or ()) == {"callback_query", "message"}
    assert call.drop_pending_updates is False
    assert 40 <= (call.max_connections or 0) <= 100


@pytest.mark.proves("F11")
async def test_later_it_is_set_only_where_something_differs() -> None:
    telegram, told = FakeTelegram(), Told()
    webhook = Webhook(bot_over(telegram), ADDRESS, told)
    await webhook.ensure()
    assert not await webhook.ensure()
    assert told.hosts == []
    telegram.webhook = telegram.webhook.model_copy(update={"url": "https://elsewhere.example/secret"})
    assert await webhook.ensure()
    telegram.webhook = telegram.webhook.model_copy(update={"allowed_updates": ["message"]})
    assert await webhook.ensure()
    assert all(it.drop_pending_updates is False for it in telegram.called(SetWebhook))  # type: ignore[attr-defined]
    assert told.hosts == ["elsewhere.example", None]


@pytest.mark.proves("F11")
@pytest.mark.parametrize(
    ("host", "said"), [("evil.example", "evil.example"), ("", "—"), (None, "список обновлений")]
)
async def test_operators_are_told_of_a_webhook_that_somebody_else_had_changed(
    host: str | None, said: str
) -> None:
    telegram = FakeTelegram()
    rate = UnsolicitedRate(25, SystemClock())
    await OperatorAlerts(bot_over(telegram), load_texts(), rate, 7).webhook_repaired(host)
    (sent,) = telegram.called(SendMessage)
    assert isinstance(sent, SendMessage)
    assert said in sent.text


async def test_telegram_being_away_does_not_end_the_watch() -> None:
    telegram = FakeTelegram()
    away = TelegramNetworkError(method=GetWebhookInfo(), message="away")
    telegram.trouble(SetWebhook, away, away)
    watch = asyncio.create_task(
        Webhook(bot_over(telegram), ADDRESS, Told()).keep(every=0.001, after_error=0.001)
    )

    async def set_and_looked_at_again() -> bool:
        return bool(telegram.called(GetWebhookInfo))

    await until(set_and_looked_at_again)
    watch.cancel()
    assert telegram.webhook.url == ADDRESS.url


@pytest.mark.proves("F3", "F11")
async def test_before_polling_the_webhook_is_left_and_nothing_dropped() -> None:
    telegram = FakeTelegram()
    telegram.trouble(DeleteWebhook, TelegramNetworkError(method=DeleteWebhook(), message="away"))
    await leave_webhook(bot_over(telegram), after_error=0.001)
    assert [it.drop_pending_updates for it in telegram.called(DeleteWebhook)] == [False, False]  # type: ignore[attr-defined]


async def test_commands_are_published_in_each_language_and_for_everybody_else() -> None:
    telegram = FakeTelegram()
    await publish_commands(bot_over(telegram), load_texts())
    calls = telegram.called(SetMyCommands)
    assert [it.language_code for it in calls] == [None, "ru", "en"]  # type: ignore[attr-defined]
    assert all([c.command for c in it.commands] == list(COMMANDS) for it in calls)  # type: ignore[attr-defined]
    telegram.trouble(SetMyCommands, TelegramNetworkError(method=GetWebhookInfo(), message="away"))
    await publish_commands(bot_over(telegram), load_texts())
    garbage = ClientDecodeError("Failed to decode object", ValueError("no JSON"), "<html>")
    telegram.trouble(SetMyCommands, garbage)
    await publish_commands(bot_over(telegram), load_texts())
