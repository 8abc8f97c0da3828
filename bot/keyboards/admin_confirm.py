"""The tap that agrees, and the ways back where nothing was done."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.admin import Adjustment, Payback
from bot.keyboards.admin import to_overview
from bot.keyboards.admin_people import to_person
from bot.keyboards.rows import Row, button, keyboard, main_button
from bot.staff_awaiting import Awaited
from bot.staff_callbacks import AdjustTap, Agreed, PersonAct, PersonTap, StrangeAct, StrangeTap
from bot.staff_wishes import PaybackWish, StrangeWish, digest_of, ready
from bot.texts import Words


def adjustment_keyboard(words: Words, wanted: Adjustment) -> InlineKeyboardMarkup:
    """Do it; another sum; back to the person."""
    again = AdjustTap.model_validate(
        {"person": wanted.user_id, "direction": wanted.direction, "bucket": wanted.bucket}
    )
    change = button(words.plain("button-admin-change"), again)
    rows = [[_agree(words, ready(wanted))], [change], to_person(words, wanted.user_id)]
    return keyboard([*rows, to_overview(words)])


def payback_keyboard(words: Words, payback: Payback, wish: PaybackWish | None) -> InlineKeyboardMarkup:
    """Do it, if this member may; back to the payments."""
    rows: list[Row] = [] if wish is None else [[_agree(words, wish.awaited)]]
    if payback.foresight is not None:
        person = payback.foresight.person.id
        payments = button(words.plain("button-admin-paid"), PersonTap(person=person, act=PersonAct.PAID))
        rows.append([payments, *to_person(words, person)])
    return keyboard([*rows, to_overview(words)])


def strange_keyboard(words: Words, wish: StrangeWish) -> InlineKeyboardMarkup:
    """Do it; back to the payment."""
    back = StrangeTap(payment=wish.payment_id, act=StrangeAct.OPEN)
    return keyboard(
        [[_agree(words, wish.awaited)], [button(words.plain("button-back"), back)], to_overview(words)]
    )


def _agree(words: Words, awaited: Awaited) -> InlineKeyboardButton:
    return main_button(words.plain("button-admin-agree"), Agreed(digest=digest_of(awaited)))
