"""The line to Telegram: how its API is reached, and the two bots that speak over it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field

from aiogram import Bot
from aiogram.client.default import DefaultBotProperties
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.session.base import BaseSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.enums import ParseMode

from app.observability import Meters
from bot.middlewares import ChatPace, MeasuringMiddleware, OutgoingMiddleware
from bot.pacing import Sleep

ANSWER_SECONDS = 10.0
"""How long one call that answers a person may take."""

UPLOAD_SECONDS = 120.0
"""How long one call that may carry 50 MB may take."""

PATIENCE_SECONDS = 5.0
"""How long a 429 may hold up the answer to a person; the event's retries do the rest."""


@dataclass(frozen=True)
class Line:
    """How to reach the Bot API: `api_url` without a path, `unsolicited_rate` sends a second."""

    token: str
    api_url: str
    unsolicited_rate: int
    session: Callable[[TelegramAPIServer, float], BaseSession] = lambda api, timeout: AiohttpSession(
        api=api, timeout=timeout
    )
    """Makes an HTTP session with a time-out in seconds."""
    sleep: Sleep = asyncio.sleep
    """How a pause between two calls to one chat passes."""
    webhook_url: str | None = None
    """Where updates shall be sent; None when they are polled for."""
    webhook_secret: str = ""
    alerts_chat: int | None = None
    """Where operators are told of what needs a hand."""
    meters: Meters = field(default_factory=Meters)


def bots_on(line: Line, pace: ChatPace) -> tuple[Bot, Bot]:
    """One for answers, patient with a 429; one for the rest, whose senders come again by themselves."""
    return (
        _bot(line, ANSWER_SECONDS, OutgoingMiddleware(pace, patience=PATIENCE_SECONDS, sleep=line.sleep)),
        _bot(line, UPLOAD_SECONDS, OutgoingMiddleware(pace, patience=0, sleep=line.sleep)),
    )


def _bot(line: Line, timeout: float, outgoing: OutgoingMiddleware) -> Bot:
    session = line.session(TelegramAPIServer.from_base(line.api_url), timeout)
    session.middleware(outgoing)
    session.middleware(MeasuringMiddleware(line.meters))
    defaults = DefaultBotProperties(parse_mode=ParseMode.HTML, link_preview_is_disabled=True)
    return Bot(line.token, session=session, default=defaults)
