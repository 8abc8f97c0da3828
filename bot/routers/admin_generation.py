"""Somebody's generation: its card, another try, and its price back."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.admin import GenerationCard, Right
from bot.staff_awaiting import Asked, Awaited
from bot.staff_callbacks import MadeAct, MadeTap, RefundTap
from bot.staff_filters import allowed, answers, known_made
from bot.staff_generations import StaffGenerations
from bot.staff_typed import GENERATION
from bot.views.admin_generation import ask_made_view
from bot.visit import Visit

TYPED = F.text & ~F.text.startswith("/")


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_generation")
    look, work, money = allowed(Right.LOOK), allowed(Right.WORK), allowed(Right.MONEY)
    tapped, typed = router.callback_query.register, router.message.register
    tapped(card, MadeTap.filter(F.act == MadeAct.OPEN), look, known_made)
    tapped(ask_retry, MadeTap.filter(F.act == MadeAct.RETRY), work, known_made)
    tapped(ask_refund, RefundTap.filter(), money)
    typed(number_typed, F.text.regexp(GENERATION), answers(Right.LOOK, Asked.FIND))
    typed(retry_typed, TYPED, answers(Right.WORK, Asked.RETRY))
    typed(refund_typed, TYPED, answers(Right.MONEY, Asked.REFUND))
    return router


async def card(
    query: CallbackQuery, made: GenerationCard, visit: Visit, staff_generations: StaffGenerations
) -> None:
    """Everything about it."""
    await staff_generations.show(visit, made)


async def ask_retry(query: CallbackQuery, made: GenerationCard, visit: Visit) -> None:
    """Why shall it be hurried?"""
    awaited = Awaited(Asked.RETRY, str(made.case.generation.id))
    await visit.show(ask_made_view(visit.words, awaited))


async def ask_refund(query: CallbackQuery, callback_data: RefundTap, visit: Visit) -> None:
    """Why shall its price go back?"""
    awaited = Awaited(Asked.REFUND, str(callback_data.generation))
    await visit.show(ask_made_view(visit.words, awaited))


async def number_typed(message: Message, visit: Visit, staff_generations: StaffGenerations) -> None:
    """Where a person is asked for, `№ 12` finds a generation."""
    await staff_generations.find(visit, message.text or "")


async def retry_typed(
    message: Message, awaited: Awaited, visit: Visit, staff_generations: StaffGenerations
) -> None:
    """What was typed is the reason."""
    await staff_generations.retry(visit, awaited, message.text or "")


async def refund_typed(
    message: Message, awaited: Awaited, visit: Visit, staff_generations: StaffGenerations
) -> None:
    """What was typed is the reason."""
    await staff_generations.refund(visit, awaited, message.text or "")
