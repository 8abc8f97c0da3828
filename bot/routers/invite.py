"""Inviting friends, and coming by a friend's link (P24)."""

from aiogram import Bot, F, Router
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, Message
from aiogram.utils.deep_linking import create_start_link

from app.payments import Invitations
from bot.callbacks import Go, Target
from bot.configured import Configured
from bot.filters import REFERRAL, linked_friend
from bot.menu_screen import MenuScreen
from bot.views.invite import invite_view
from bot.views.menu import greeting
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="invite")
    router.message.register(invited, CommandStart(deep_link=True), linked_friend)
    router.callback_query.register(invite_button, Go.filter(F.to == Target.INVITE))
    return router


async def invited(
    message: Message,
    code: str,
    visit: Visit,
    invitations: Invitations,
    menu: MenuScreen,
    configured: Configured,
) -> None:
    """A greeting like any other: whether the code counts is between the inviter and us."""
    await invitations.accept(visit.step, visit.user, code)
    await menu.show(visit, greeting(visit.words, visit.user, configured))


async def invite_button(
    query: CallbackQuery,
    visit: Visit,
    bot: Bot,
    invitations: Invitations,
    menu: MenuScreen,
    configured: Configured,
) -> None:
    """One's own link, and what it has brought; an old button where no bonus is given any more leads home."""
    if configured.referral_bonus <= 0:
        visit.say("toast-old-button")
        await menu.show(visit)
        return
    code = await invitations.code_of(visit.step.epoch, visit.user.id)
    link = await create_start_link(bot, f"{REFERRAL}_{code}")
    record = await invitations.record_of(visit.user.id)
    await visit.show(invite_view(visit.words, link, configured.referral_bonus, record))
