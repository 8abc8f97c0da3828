"""What must hold before a handler of the staff runs. Who is no staff is let go on, to the fallback in the end."""

from collections.abc import Awaitable, Callable
from typing import TypedDict

from aiogram.types import Message, TelegramObject

from app.admin import AdminService, Profile, ReceiptCard, ReceiptDesk, Right, Staff, may
from app.users import User
from bot.staff_awaiting import Asked, Awaited, read_awaited
from bot.staff_callbacks import ApproveTap, PersonTap, ReceiptTap, RejectTap, RoleTap
from bot.visit import Visit


class GivesAwaited(TypedDict):
    """The question that the typed text answers."""

    awaited: Awaited


class GivesProfile(TypedDict):
    """The person of the button."""

    profile: Profile


class GivesCard(TypedDict):
    """The receipt of the button."""

    card: ReceiptCard


def allowed(right: Right) -> Callable[[TelegramObject, Visit, Staff, User], Awaitable[bool]]:
    """A filter: the person's role carries the right, and nobody else reads along in the chat.

    The services check the role again where it is used.
    """

    async def check(event: TelegramObject, visit: Visit, staff: Staff, user: User) -> bool:
        return _is_alone(visit, user) and may(await staff.role_of(user.id), right)

    return check


def answers(
    right: Right, *asked: Asked
) -> Callable[[Message, Visit, Staff, User], Awaitable[bool | GivesAwaited]]:
    """A filter: the live screen asked one of these, and the person still has the right."""

    async def check(event: Message, visit: Visit, staff: Staff, user: User) -> bool | GivesAwaited:
        awaited = read_awaited(await visit.screen.awaits())
        if awaited is None or awaited.asked not in asked or not _is_alone(visit, user):
            return False
        return GivesAwaited(awaited=awaited) if may(await staff.role_of(user.id), right) else False

    return check


async def known_receipt(
    event: TelegramObject, callback_data: ReceiptTap | ApproveTap | RejectTap, receipts: ReceiptDesk
) -> bool | GivesCard:
    """The receipt of the button exists."""
    card = await receipts.find(callback_data.receipt)
    return False if card is None else GivesCard(card=card)


async def known_person(
    event: TelegramObject, callback_data: PersonTap | RoleTap, admin: AdminService
) -> bool | GivesProfile:
    """The person of the button has written to the bot."""
    profile = await admin.find(str(callback_data.person))
    return False if profile is None else GivesProfile(profile=profile)


def _is_alone(visit: Visit, user: User) -> bool:
    """A private chat has its person's id."""
    return visit.screen.place.chat_id == user.id
