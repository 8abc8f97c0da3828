"""The buttons of the staff's roles."""

from collections.abc import Sequence
from types import MappingProxyType

from aiogram.types import InlineKeyboardMarkup

from app.admin import GRANTABLE, Member, Profile, Role
from bot.keyboards.admin import to_overview
from bot.keyboards.rows import button, keyboard
from bot.staff_callbacks import PersonAct, PersonTap, RoleTap, StaffGo, StaffScreen
from bot.texts import Words

ROLE_BUTTONS = MappingProxyType(
    {
        Role.OPERATOR: "button-role-operator",
        Role.SUPPORT: "button-role-support",
        Role.READ_ONLY: "button-role-read-only",
    }
)


def crew_keyboard(words: Words, members: Sequence[Member]) -> InlineKeyboardMarkup:
    """To the card of each member who has one of the given roles, and to find another person."""
    rows = [
        [button(str(it.user_id), PersonTap(person=it.user_id, act=PersonAct.ROLE))]
        for it in members
        if it.role in GRANTABLE
    ]
    find = button(words.plain("button-admin-find"), StaffGo(to=StaffScreen.FIND))
    return keyboard([*rows, [find], to_overview(words)])


def role_keyboard(words: Words, profile: Profile) -> InlineKeyboardMarkup:
    """The roles that can be given, and none; an owner's cannot be changed here."""
    person = profile.user.id
    rows = []
    if profile.role is not Role.OWNER:
        rows = [
            [button(words.plain(ROLE_BUTTONS[role]), RoleTap(person=person, role=role))]
            for role in GRANTABLE
            if role is not profile.role
        ]
    if profile.role in GRANTABLE:
        tap = PersonTap(person=person, act=PersonAct.UNMAKE)
        rows.append([button(words.plain("button-role-none"), tap)])
    back = button(words.plain("button-admin-person"), PersonTap(person=person, act=PersonAct.SHOW))
    return keyboard([*rows, [back], to_overview(words)])
