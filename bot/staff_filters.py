"""What must hold before a handler of the staff runs. Who is no staff is let go on, to the fallback in the end."""

from collections.abc import Awaitable, Callable
from typing import TypedDict

from aiogram.types import CallbackQuery, Message, TelegramObject

from app.admin import (
    AdminService,
    DeadDesk,
    DeadWork,
    GenerationCard,
    GenerationDesk,
    Profile,
    ReceiptCard,
    ReceiptDesk,
    Right,
    Staff,
    StrangeDesk,
    StrangePayment,
    may,
)
from app.users import User
from bot.staff_awaiting import Asked, Awaited, read_awaited
from bot.staff_callbacks import (
    AdjustTap,
    Agreed,
    ApproveTap,
    DeadTap,
    MadeTap,
    PersonTap,
    ReceiptTap,
    RejectTap,
    RoleTap,
    StrangeTap,
)
from bot.staff_wishes import digest_of
from bot.visit import Visit


class GivesAwaited(TypedDict):
    """The question that the typed text answers."""

    awaited: Awaited


class GivesProfile(TypedDict):
    """The person of the button."""

    profile: Profile


class GivesStrange(TypedDict):
    """The payment of the button."""

    found: StrangePayment


class GivesDead(TypedDict):
    """The dead work of the button."""

    work: DeadWork


class GivesMade(TypedDict):
    """The generation of the button."""

    made: GenerationCard


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


def agreed(*asked: Asked) -> Callable[[CallbackQuery, Agreed, Visit], Awaitable[bool | GivesAwaited]]:
    """A filter: what the button agrees to is one of these, and is what stands on the screen."""

    async def check(event: CallbackQuery, callback_data: Agreed, visit: Visit) -> bool | GivesAwaited:
        awaited = read_awaited(await visit.screen.awaits())
        if awaited is None or awaited.asked not in asked or digest_of(awaited) != callback_data.digest:
            return False
        return GivesAwaited(awaited=awaited)

    return check


async def known_strange(
    event: TelegramObject, callback_data: StrangeTap, strange: StrangeDesk
) -> bool | GivesStrange:
    """The payment of the button exists."""
    found = await strange.find(callback_data.payment)
    return False if found is None else GivesStrange(found=found)


async def known_dead(event: TelegramObject, callback_data: DeadTap, dead: DeadDesk) -> bool | GivesDead:
    """What the button is about is dead still."""
    work = await dead.find(callback_data.sort, callback_data.work)
    return False if work is None else GivesDead(work=work)


async def known_made(
    event: TelegramObject, callback_data: MadeTap, made_desk: GenerationDesk
) -> bool | GivesMade:
    """The generation of the button exists."""
    made = await made_desk.find(callback_data.generation)
    return False if made is None else GivesMade(made=made)


async def known_receipt(
    event: TelegramObject, callback_data: ReceiptTap | ApproveTap | RejectTap, receipts: ReceiptDesk
) -> bool | GivesCard:
    """The receipt of the button exists."""
    card = await receipts.find(callback_data.receipt)
    return False if card is None else GivesCard(card=card)


async def known_person(
    event: TelegramObject, callback_data: PersonTap | RoleTap | AdjustTap, admin: AdminService
) -> bool | GivesProfile:
    """The person of the button has written to the bot."""
    profile = await admin.find(str(callback_data.person))
    return False if profile is None else GivesProfile(profile=profile)


def _is_alone(visit: Visit, user: User) -> bool:
    """A private chat has its person's id."""
    return visit.screen.place.chat_id == user.id
