"""The few calls of the Bot API that must not wait for aiogram to load."""

from collections.abc import Sequence
from typing import Any

import aiohttp
from pydantic import BaseModel

from app.errors import AppError

# Telegram gives ten seconds for a pre-checkout query; half of them are left for a second try.
ANSWER_SECONDS = 4.0
POLL_SECONDS = 25


class TelegramApiError(AppError):
    """The Bot API refused a call or could not be reached; `code` is its error code, 0 for no answer."""

    def __init__(self, method: str, code: int, description: str) -> None:
        super().__init__(f"{method}: {code} {description}")
        self.method = method
        self.code = code


class WebhookState(BaseModel):
    """What Telegram says of our webhook; `url` is empty where there is none, times are Unix seconds."""

    url: str
    pending_update_count: int = 0
    last_error_date: int | None = None
    last_error_message: str | None = None
    allowed_updates: tuple[str, ...] = ()


class _Envelope(BaseModel):
    ok: bool
    result: Any = None
    error_code: int = 0
    description: str = ""


class TelegramApi:
    """A raw client over a shared aiohttp session. Raises TelegramApiError."""

    def __init__(self, session: aiohttp.ClientSession, *, base_url: str, token: str) -> None:
        self._session = session
        self._base = f"{base_url}/bot{token}/"

    async def answer_pre_checkout(self, query_id: str, refusal: str | None) -> None:
        """Lets the payment go on, or stops it with words for the person."""
        arguments: dict[str, object] = {"pre_checkout_query_id": query_id, "ok": refusal is None}
        if refusal is not None:
            arguments["error_message"] = refusal
        await self._call("answerPreCheckoutQuery", arguments, ANSWER_SECONDS)

    async def get_updates(self, offset: int, allowed: Sequence[str]) -> list[dict[str, Any]]:
        """Waits for updates from `offset` on, as Telegram's JSON objects."""
        arguments = {"offset": offset, "timeout": POLL_SECONDS, "allowed_updates": list(allowed)}
        updates = await self._call("getUpdates", arguments, POLL_SECONDS + 10)
        return list(updates)

    async def get_me(self) -> int:
        """The bot's own id."""
        return int((await self._call("getMe", {}, ANSWER_SECONDS))["id"])

    async def get_webhook(self) -> WebhookState:
        """Where Telegram sends updates now, and how that goes."""
        return WebhookState.model_validate(await self._call("getWebhookInfo", {}, ANSWER_SECONDS))

    async def _call(self, method: str, arguments: dict[str, object], seconds: float) -> Any:
        try:
            async with self._session.post(
                self._base + method, json=arguments, timeout=aiohttp.ClientTimeout(seconds)
            ) as response:
                envelope = _Envelope.model_validate_json(await response.read())
        # The exception's own text carries the URL, and the URL the token: it goes no further.
        except (TimeoutError, aiohttp.ClientError, ValueError):
            raise TelegramApiError(method, 0, "no answer") from None
        if not envelope.ok:
            raise TelegramApiError(method, envelope.error_code, envelope.description)
        return envelope.result
