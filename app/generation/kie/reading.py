"""What every reading of KIE's API has in common: the answer whole, and what an answer means that tells nothing."""

import logging

import aiohttp

from app.generation.errors import AccountRefusedError, TryLaterError
from app.generation.kie.envelope import SERVER_ERROR_WAIT, Answer, Envelope, wait_of
from app.generation.kie.failures import WAITS

logger = logging.getLogger(__name__)

UNREACHABLE_WAIT = 5.0
"""Seconds after no connection at all."""

_LARGEST_ANSWER = 4_000_000  # bytes; a record with a long prompt is some 100 kB, the list of all models 300
_ACCOUNT_WAIT = 60.0
_ACCOUNT_CODES = (401, 402, 403, 433)


async def answer_of(response: aiohttp.ClientResponse) -> Answer:
    """The whole body, or what is left of one that is far too large (which is then no envelope)."""
    body = bytearray()
    async for chunk in response.content.iter_chunked(65_536):
        body += chunk
        if len(body) > _LARGEST_ANSWER:
            break
    return Answer(response.status, bytes(body), response.headers.get("Retry-After"))


def is_fine(answer: Answer, envelope: Envelope) -> bool:
    """Whether both the code and the HTTP status say so."""
    return envelope.code == 200 and answer.status < 300


def unreadable(answer: Answer, envelope: Envelope | None) -> TryLaterError:
    """What to raise for an answer that tells nothing: AccountRefusedError where it is our key or our account."""
    code = answer.status if envelope is None else envelope.code
    logger.warning("KIE did not answer a question", extra={"http_status": answer.status, "code": code})
    if code in _ACCOUNT_CODES:
        return AccountRefusedError(wait_of(answer, _ACCOUNT_WAIT), code)
    return TryLaterError(wait_of(answer, WAITS.get(code, SERVER_ERROR_WAIT)))
