"""What happens to a Telegram update between the wire and the inbox."""

import logging
from collections.abc import Callable
from dataclasses import replace

from pydantic import BaseModel, Field, ValidationError

from app.failpoints import FailPoint, reach
from app.inbox import Inbox, MalformedEventError, incoming_update
from app.payments import PaymentService, PreCheckout
from app.web.telegram_api import TelegramApi, TelegramApiError

log = logging.getLogger(__name__)

BAD_REQUEST = 400

PreCheckoutWords = Callable[[str, str], str]
"""Words for a refusal: (reason, language code of the client) -> text."""


class _Payer(BaseModel):
    id: int
    language_code: str = ""


class _Query(BaseModel):
    id: str
    payer: _Payer = Field(alias="from")
    currency: str
    total_amount: int
    invoice_payload: str


class _PreCheckoutUpdate(BaseModel):
    pre_checkout_query: _Query


class Intake:
    """Stores updates; answers pre-checkout queries on the spot, since they cannot wait for the ACTIVE instance."""

    def __init__(
        self,
        inbox: Inbox,
        payments: PaymentService,
        telegram: TelegramApi,
        words: PreCheckoutWords,
        *,
        bot_id: int,
    ) -> None:
        self._inbox = inbox
        self._payments = payments
        self._telegram = telegram
        self._words = words
        self._bot_id = bot_id

    async def take(self, raw: bytes) -> None:
        """Returns once the update is committed.

        Raises MalformedEventError, StorageUnavailableError, OverloadedError, and TelegramApiError when a
        pre-checkout query could not be answered for now: Telegram then sends it again.
        """
        incoming = incoming_update(raw, self._bot_id)
        # Looking for the word is cheaper than parsing every update a second time.
        if b'"pre_checkout_query"' in raw and (query := _pre_checkout(raw)):
            await self._answer(query)
            incoming = replace(incoming, done=True)
        await self._inbox.accept(incoming)
        reach(FailPoint.EVENT_STORED)

    async def _answer(self, query: _Query) -> None:
        facts = PreCheckout(
            query_id=query.id,
            payer=query.payer.id,
            currency=query.currency,
            amount=query.total_amount,
            payload=query.invoice_payload,
        )
        reason = (await self._payments.check_pre_checkout(facts)).reason
        log.info("pre-checkout answered", extra={"ok": reason is None, "reason": reason})
        refusal = None if reason is None else self._words(reason, query.payer.language_code)
        try:
            await self._telegram.answer_pre_checkout(query.id, refusal)
        except TelegramApiError as error:
            if error.code != BAD_REQUEST:
                raise
            # Too old or answered before: it will never be taken, and what comes after it must not wait for it.
            log.warning("a pre-checkout answer came too late")


def _pre_checkout(raw: bytes) -> _Query | None:
    """The query, or None where the word stands in somebody's text only."""
    try:
        return _PreCheckoutUpdate.model_validate_json(raw).pre_checkout_query
    except ValidationError:
        return None


__all__ = ["Intake", "MalformedEventError", "PreCheckoutWords"]
