"""Text models, at the endpoints that answer at once: `/<model>/v1/chat/completions`.

The answer is made of the last message of the user, always the same for the same words: it reads as the same wish said
richer, so that a person who plays with it sees what an improvement is. Tokens are counted by the letter.
"""

import math
import re
from collections.abc import Iterable
from decimal import Decimal
from secrets import token_hex

from aiohttp import web

from app.sandbox.kie.account import Account, Violations
from app.sandbox.kie.envelope import read_object, said
from app.sandbox.kie.errors import RefusalError
from app.sandbox.kie.knobs import KnobBoard
from app.sandbox.kie.schemas import ModelBook, ModelFacts
from app.sandbox.kie.validation import check_inputs, unknown_fields
from app.sandbox.kie.values import Json, JsonObject, as_items, as_object, as_text, compact, texts_within

ROLES = ("system", "user", "assistant")
CHUNK = "chat.completion.chunk"
_CALL = "chat"
_LETTERS_A_TOKEN = 4
_CYRILLIC = re.compile("[а-яё]", re.IGNORECASE)
_RICHER_RU = (
    "мягкий вечерний свет, глубокая перспектива, чёткие детали, выверенная композиция, спокойные тона"
)
_RICHER_EN = "soft evening light, deep perspective, crisp detail, balanced composition, calm tones"


class ChatApi:
    """Chat completions."""

    def __init__(
        self, *, models: ModelBook, account: Account, violations: Violations, knobs: KnobBoard
    ) -> None:
        self._models = models
        self._account = account
        self._violations = violations
        self._knobs = knobs

    async def complete(self, request: web.Request) -> Json:
        """POST /<model>/v1/chat/completions."""
        model = self._models.chat(request.match_info["model"])
        if model is None:
            raise RefusalError(404, said(404), field=request.path)
        body = await read_object(request)
        self._check(model, body)
        asked = self._knobs.take("answer", model=model.id)
        text = asked if isinstance(asked, str) else richer(_last_of_user(body))
        return self._answer(model, body, text)

    def _check(self, model: ModelFacts, body: JsonObject) -> None:
        """RefusalError, with a violation noted, for what KIE would not take."""
        try:
            check_inputs(model, body)
            _check_messages(body)
        except RefusalError as refusal:
            self._violations.note(_CALL, body, refusal)
            raise
        for name in unknown_fields(model, body):
            ignored = RefusalError(200, f"{name} is not a field of {model.id}", field=name)
            self._violations.note(_CALL, body, ignored, refused=False)

    def _answer(self, model: ModelFacts, body: JsonObject, text: str) -> Json:
        tokens = {"input": _tokens(texts_within(body.get("messages"))), "output": _tokens([text])}
        credits_ = _cost(model, tokens)
        self._account.take(credits_)
        said_by_model: JsonObject = {"role": "assistant", "content": text}
        is_stream = body.get("stream", True) is True
        return {
            "id": f"chatcmpl-{token_hex(8)}",
            "object": CHUNK if is_stream else "chat.completion",
            "model": model.id,
            "choices": [
                {
                    "index": 0,
                    "delta" if is_stream else "message": said_by_model,
                    "finish_reason": "stop",
                }
            ],
            "usage": {
                "prompt_tokens": tokens["input"],
                "completion_tokens": tokens["output"],
                "total_tokens": sum(tokens.values()),
            },
            "credits_consumed": float(credits_),
        }


def spoken(answer: Json) -> web.Response:
    """As a chat endpoint says it: no envelope; events for a request that did not turn them off."""
    if as_object(answer).get("object") == CHUNK:
        events = f"data: {compact(answer)}\n\ndata: [DONE]\n\n"
        return web.Response(text=events, content_type="text/event-stream")
    return web.json_response(answer, dumps=compact)


def richer(text: str) -> str:
    """The same wish in more words, in its own language."""
    more = _RICHER_RU if _CYRILLIC.search(text) else _RICHER_EN
    return f"{text.strip().rstrip('.,;')}, {more}"


def _check_messages(body: JsonObject) -> None:
    for index, message in enumerate(as_items(body.get("messages"))):
        field = f"messages[{index}]"
        if as_object(message).get("role") not in ROLES:
            raise RefusalError(422, f"{field}.role is not within the range of allowed options", field=field)
        if not _is_content(as_object(message).get("content")):
            raise RefusalError(422, f"{field}.content is required", field=field)


def _is_content(content: Json) -> bool:
    """Words, or blocks of words: pictures are not asked about here."""
    if not isinstance(content, list):
        return bool(as_text(content))
    blocks = [as_object(block) for block in content]
    return bool(blocks) and all(it.get("type") == "text" and as_text(it.get("text")) for it in blocks)


def _last_of_user(body: JsonObject) -> str:
    messages = [as_object(it) for it in as_items(body.get("messages"))]
    contents = [it.get("content") for it in messages if it.get("role") == "user"]
    if not contents:
        raise RefusalError(422, "messages has nothing of the user", field="messages")
    content = contents[-1]
    return (
        content
        if isinstance(content, str)
        else "".join(as_text(as_object(block).get("text")) for block in as_items(content))
    )


def _tokens(texts: Iterable[str]) -> int:
    return max(1, math.ceil(sum(map(len, texts)) / _LETTERS_A_TOKEN))


def _cost(model: ModelFacts, tokens: dict[str, int]) -> Decimal:
    rows = {as_text(row.when.get("@tokens")): row.credits for row in model.prices}
    return sum((rows.get(kind, Decimal(0)) * count for kind, count in tokens.items()), Decimal(0)) / 1_000_000
