"""The buttons of a person's card."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.admin import Profile, Right, Role, may
from app.generation import Generation
from bot.keyboards.admin import to_overview
from bot.keyboards.rows import Row, button, in_rows, keyboard
from bot.staff_callbacks import MadeAct, MadeTap, PersonAct, PersonTap
from bot.texts import Words


def person_keyboard(words: Words, profile: Profile, role: Role | None) -> InlineKeyboardMarkup:
    """What this member may do with the person."""
    person = profile.user.id
    money: Row = []
    if may(role, Right.MONEY):
        money.append(
            button(words.plain("button-admin-credit"), PersonTap(person=person, act=PersonAct.CREDIT))
        )
        money.append(button(words.plain("button-admin-debit"), PersonTap(person=person, act=PersonAct.DEBIT)))
    made = button(words.plain("button-admin-made"), PersonTap(person=person, act=PersonAct.MADE))
    paid = button(words.plain("button-admin-paid"), PersonTap(person=person, act=PersonAct.PAID))
    crew: Row = []
    if may(role, Right.STAFF):
        crew.append(button(words.plain("button-admin-role"), PersonTap(person=person, act=PersonAct.ROLE)))
    return keyboard([money, [made, paid], [*_bar(words, profile, role), *crew], to_overview(words)])


def ask_keyboard(words: Words, person: int) -> InlineKeyboardMarkup:
    """Back to the card: nothing was done."""
    return keyboard([to_person(words, person), to_overview(words)])


def made_keyboard(words: Words, profile: Profile, found: Sequence[Generation]) -> InlineKeyboardMarkup:
    """Each of them has a card."""
    cards = (made_button(words, it) for it in found)
    return keyboard([*in_rows(cards, 2), to_person(words, profile.user.id), to_overview(words)])


def made_button(words: Words, generation: Generation) -> InlineKeyboardButton:
    """To its card."""
    label = words.plain(
        "button-admin-generation", number=str(generation.id), amount=words.money(generation.price)
    )
    return button(label, MadeTap(generation=generation.id, act=MadeAct.OPEN))


def _bar(words: Words, profile: Profile, role: Role | None) -> Row:
    if not may(role, Right.BAN):
        return []
    if profile.user.banned:
        return [button(words.plain("button-admin-unban"), _tap(profile, PersonAct.UNBAN))]
    return [button(words.plain("button-admin-ban"), _tap(profile, PersonAct.BAN))]


def _tap(profile: Profile, act: PersonAct) -> PersonTap:
    return PersonTap(person=profile.user.id, act=act)


def to_person(words: Words, person: int) -> Row:
    """Back to the card."""
    return [button(words.plain("button-admin-person"), PersonTap(person=person, act=PersonAct.SHOW))]
