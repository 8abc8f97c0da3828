"""The buttons of somebody's generation."""

from aiogram.types import InlineKeyboardMarkup

from app.admin import GenerationCard, Right, Role, may
from app.generation import State
from bot.keyboards.admin import to_overview
from bot.keyboards.admin_people import to_person
from bot.keyboards.rows import Row, button, keyboard
from bot.staff_callbacks import MadeAct, MadeTap, RefundTap
from bot.texts import Words

REFUNDABLE = frozenset({State.CAPTURED, State.DELIVERED, State.KEPT})


def generation_keyboard(words: Words, card: GenerationCard, role: Role | None) -> InlineKeyboardMarkup:
    """What the state, the money and the role allow; the person; back."""
    made, acts = card.case.generation, list[Row]()
    if card.case.is_retryable and may(role, Right.WORK):
        tap = MadeTap(generation=made.id, act=MadeAct.RETRY)
        acts.append([button(words.plain("button-generation-retry"), tap)])
    if made.state in REFUNDABLE and made.paid > 0 and may(role, Right.MONEY):
        label = words.plain("button-generation-refund", amount=words.money(made.paid))
        acts.append([button(label, RefundTap(generation=made.id))])
    refresh = MadeTap(generation=made.id, act=MadeAct.OPEN)
    acts.append([button(words.plain("button-admin-refresh"), refresh)])
    return keyboard([*acts, to_person(words, card.person.id), to_overview(words)])


def ask_made_keyboard(words: Words, generation_id: int) -> InlineKeyboardMarkup:
    """Back to the card: nothing was done."""
    tap = MadeTap(generation=generation_id, act=MadeAct.OPEN)
    return keyboard([[button(words.plain("button-back"), tap)], to_overview(words)])
