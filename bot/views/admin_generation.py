"""One generation as the staff sees it."""

from types import MappingProxyType

from app.admin import GenerationCard, Role
from app.catalogue import Catalogue, UnknownModelError
from app.generation import FailureClass, Generation, State
from bot.inputs_text import value_text
from bot.keyboards.admin_generation import ask_made_keyboard, generation_keyboard
from bot.staff_awaiting import Asked, Awaited
from bot.texts import Markup, Words, shortened
from bot.view import View
from bot.views.statement import TITLE_KEYS, signed

SHOWN_VALUE = 60
"""Code units of an input: the staff has to recognize it, not to read it."""

LONGEST_DETAIL = 200

ASK_KEYS = MappingProxyType({Asked.REFUND: "admin-ask-refund", Asked.RETRY: "admin-ask-retry"})

LIFE_KEYS = MappingProxyType(
    {
        State.HELD: "life-held",
        State.SUBMITTING: "life-submitting",
        State.SUBMITTED: "life-submitted",
        State.RUNNING: "life-running",
        State.FETCHING: "life-fetching",
        State.CAPTURED: "life-captured",
        State.DELIVERED: "life-delivered",
        State.KEPT: "life-kept",
        State.CANCELLED: "life-cancelled",
        State.FAILED: "life-failed",
        State.LATE: "life-late",
        State.REFUNDED: "life-refunded",
    }
)

FAILURE_KEYS = MappingProxyType(
    {
        FailureClass.CONTENT_POLICY: "failed-of-content",
        FailureClass.BAD_INPUT: "failed-of-input",
        FailureClass.PROVIDER_BUSY: "failed-of-busy",
        FailureClass.PROVIDER_DOWN: "failed-of-down",
        FailureClass.TIMEOUT: "failed-of-time",
        FailureClass.LOST: "failed-of-loss",
        FailureClass.RESULT_MISSING: "failed-of-result",
        FailureClass.OUR_ACCOUNT: "failed-of-account",
    }
)


def generation_view(words: Words, catalogue: Catalogue, card: GenerationCard, role: Role | None) -> View:
    """What was asked for, where it stands since when, what it cost whom, and every movement of the money."""
    made = card.case.generation
    lines = [
        words("admin-generation", number=str(made.id), model=_model(catalogue, made)),
        words("admin-generation-person", name=card.person.first_name, id=str(card.person.id)),
        words(
            "admin-generation-state",
            state=words.plain(LIFE_KEYS[made.state]),
            moment=words.moment(card.case.state_at),
        ),
        *_failure(words, made),
        *_times(words, made),
        "",
        *_inputs(words, catalogue, made),
        "",
        *_money(words, card),
    ]
    return View(Markup("\n".join(lines)), generation_keyboard(words, card, role))


def ask_made_view(words: Words, awaited: Awaited) -> View:
    """Why its price shall go back, or why it shall be hurried."""
    text = words(ASK_KEYS[awaited.asked], number=awaited.about)
    return View(text, ask_made_keyboard(words, awaited.number), awaited.text)


def _model(catalogue: Catalogue, made: Generation) -> str:
    try:
        return catalogue.get(made.model_key).name
    except UnknownModelError:
        return made.model_key


def _failure(words: Words, made: Generation) -> list[Markup]:
    if made.failure is None:
        return []
    why = words("admin-generation-failure", failure=words.plain(FAILURE_KEYS[made.failure]))
    detail = shortened(made.failure_detail or "", LONGEST_DETAIL)
    return [why, words("admin-generation-detail", detail=detail)] if detail else [why]


def _times(words: Words, made: Generation) -> list[Markup]:
    moments = (
        ("admin-generation-created", made.created_at),
        ("admin-generation-asked", made.submitting_at),
        ("admin-generation-accepted", made.submitted_at),
        ("admin-generation-told", made.told_at),
        ("admin-generation-next", made.next_check_at),
    )
    lines = [words(key, moment=words.moment(at)) for key, at in moments if at is not None]
    if made.task_id is not None:
        lines.append(words("admin-generation-task", task=made.task_id))
    return lines


def _inputs(words: Words, catalogue: Catalogue, made: Generation) -> list[Markup]:
    """Files by their number, texts by their beginning."""
    try:
        spec = catalogue.get(made.model_key)
    except UnknownModelError:
        return []
    given = ((it, made.inputs[it.name]) for it in spec.parameters if it.name in made.inputs)
    return [
        words(
            "input-line",
            label=it.label.get(words.language),
            value=value_text(words, it, value, SHOWN_VALUE),
        )
        for it, value in given
    ]


def _money(words: Words, card: GenerationCard) -> list[Markup]:
    made = card.case.generation
    cost = made.credits if made.cost_credits is None else made.cost_credits
    key = "admin-generation-expected" if made.cost_credits is None else "admin-generation-cost"
    lines = [
        words("admin-generation-price", price=words.money(made.price)),
        words(key, credits=f"{cost.normalize():f}"),
    ]
    return lines + [
        words(
            "admin-generation-move",
            title=words.plain(TITLE_KEYS[it.kind]),
            amount=words.money(it.amount),
            change=signed(words, it.change),
            moment=words.moment(it.created_at),
        )
        for it in card.moves
    ]
