"""Text models at KIE: the body of a request and what an answer says. Pure.

Errors come in KIE's envelope or as `{"error": {"message", "type"}}`; a good answer has neither.
"""

from decimal import Decimal

from app.catalogue import TextFormat, TextModel
from app.generation.errors import AmbiguousError, RefusedError
from app.generation.improving.ports import TextAnswer
from app.generation.kie.envelope import Answer, accepted_data
from app.generation.kie.failures import class_by_words
from app.generation.kie.values import Json, JsonObject, as_decimal, as_object, as_text, as_whole, parse_json
from app.generation.states import FailureClass

_CUT_ENDS = frozenset({"length", "max_tokens"})
_REFUSED_ENDS = frozenset({"content_filter", "safety"})


def body_of(model: TextModel, instruction: str, text: str) -> dict[str, object]:
    """The request; what it may say is KIE's schema of the model and nothing beside it."""
    match model.format:
        case TextFormat.OPENAI_CHAT:
            messages = [_message("system", instruction), _message("user", text)]
            return {"messages": messages, **model.fixed}


def text_of(answer: Answer, model: TextModel) -> TextAnswer:
    """What was written. Raises RefusedError, TryLaterError, AmbiguousError."""
    body = parse_json(answer.body)
    choices = body.get("choices") if isinstance(body, dict) else None
    if not isinstance(body, dict) or not isinstance(choices, list) or answer.status >= 300:
        _refuse(answer, body)
        raise AmbiguousError("answered without a text")
    choice = as_object(choices[0]) if choices else None
    if choice is None:
        raise AmbiguousError("answered without a choice")
    end = as_text(choice.get("finish_reason")) or ""
    if end in _REFUSED_ENDS:
        raise RefusedError(FailureClass.CONTENT_POLICY, end)
    message = as_object(choice.get("message")) or {}
    return TextAnswer(
        _text_in(message.get("content")), is_whole=end not in _CUT_ENDS, credits=_credits(body, model)
    )


def _message(role: str, text: str) -> dict[str, object]:
    return {"role": role, "content": [{"type": "text", "text": text}]}


def _refuse(answer: Answer, body: Json) -> None:
    """Raises what an answer without a text means, as far as it says anything."""
    error = as_object(body.get("error")) if isinstance(body, dict) else None
    if error is None:
        accepted_data(answer)
        return
    words = as_text(error.get("message")) or as_text(error.get("type")) or ""
    failure = class_by_words(words)
    if failure is None and answer.status >= 300:
        accepted_data(answer)
    raise RefusedError(failure or FailureClass.PROVIDER_DOWN, words)


def _text_in(content: Json) -> str:
    """Words alone, or the blocks that carry words."""
    blocks = content if isinstance(content, list) else [content]
    found = [it.get("text") if isinstance(it, dict) else it for it in blocks]
    return as_text("".join(it for it in found if isinstance(it, str))) or ""


def _credits(body: JsonObject, model: TextModel) -> Decimal | None:
    """As KIE says it; else the tokens it counted at the prices we know."""
    usage = as_object(body.get("usage")) or {}
    for said in (body.get("credits_consumed"), usage.get("credits_consumed")):
        consumed = as_decimal(said)
        if consumed is not None and consumed >= 0:
            return consumed
    tokens_in, tokens_out = as_whole(usage.get("prompt_tokens")), as_whole(usage.get("completion_tokens"))
    if tokens_in is None or tokens_out is None:
        return None
    return model.prices.of(tokens_in, tokens_out)
