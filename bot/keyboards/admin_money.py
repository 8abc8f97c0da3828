"""The buttons of a correction of somebody's balance."""

from aiogram.types import InlineKeyboardMarkup

from app.admin import Direction
from app.ledger import Bucket
from bot.keyboards.admin import to_overview
from bot.keyboards.admin_people import to_person
from bot.keyboards.rows import button, keyboard
from bot.staff_callbacks import AdjustTap, PersonAct, PersonTap
from bot.staff_wishes import BucketOf
from bot.texts import Words


def bucket_keyboard(words: Words, person: int, direction: Direction) -> InlineKeyboardMarkup:
    """Cash or bonus."""
    cash = AdjustTap(person=person, direction=direction, bucket=Bucket.CASH)
    bonus = AdjustTap(person=person, direction=direction, bucket=Bucket.BONUS)
    buckets = [
        button(words.plain("button-bucket-cash"), cash),
        button(words.plain("button-bucket-bonus"), bonus),
    ]
    return keyboard([buckets, to_person(words, person), to_overview(words)])


def ask_sum_keyboard(words: Words, wanted: BucketOf) -> InlineKeyboardMarkup:
    """Back to the choice, or to the card: nothing was done."""
    act = PersonAct.CREDIT if wanted.direction is Direction.GIVE else PersonAct.DEBIT
    back = button(words.plain("button-back"), PersonTap(person=wanted.user_id, act=act))
    return keyboard([[back, *to_person(words, wanted.user_id)], to_overview(words)])
