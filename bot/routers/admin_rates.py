"""The rates in force: roubles for a dollar, markup, for a Star, for a better prompt. Owners change them."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.admin import Rate, RatesDesk, Right
from app.offers import RatesInForce
from bot.staff_awaiting import Asked, Awaited
from bot.staff_callbacks import RateTap, StaffGo, StaffScreen
from bot.staff_filters import allowed, answers
from bot.staff_refusals import refusal_of
from bot.staff_typed import read_number, read_number_or_zero
from bot.views.admin_rates import ask_rate_view, rates_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="admin_rates")
    may_change = allowed(Right.RATES)
    router.callback_query.register(rates, StaffGo.filter(F.to == StaffScreen.RATES), may_change)
    router.callback_query.register(ask_rate, RateTap.filter(), may_change)
    router.message.register(rate_typed, F.text & ~F.text.startswith("/"), answers(Right.RATES, Asked.RATE))
    return router


async def rates(query: CallbackQuery, visit: Visit, rates_in_force: RatesInForce) -> None:
    """What is in force."""
    await visit.show(rates_view(visit.words, rates_in_force.now))


async def ask_rate(
    query: CallbackQuery, callback_data: RateTap, visit: Visit, rates_in_force: RatesInForce
) -> None:
    """Asks for another value and the reason."""
    await visit.show(ask_rate_view(visit.words, rates_in_force.now, callback_data.rate))


async def rate_typed(
    message: Message, awaited: Awaited, visit: Visit, rates_desk: RatesDesk, rates_in_force: RatesInForce
) -> None:
    """Puts it in force, from the very next price on."""
    rate = Rate(awaited.about)
    typed = (read_number_or_zero if rate is Rate.IMPROVEMENT else read_number)(message.text or "")
    if typed is None or not typed.reason:
        again = ask_rate_view(visit.words, rates_in_force.now, rate)
        await visit.show(again.noting(visit.words("admin-rate-needed")))
        return
    act = rates_desk.change(visit.step, visit.user.id, rate, typed.value, typed.reason)
    refusal = await refusal_of(act)
    await rates_in_force.refresh()
    view = rates_view(visit.words, rates_in_force.now)
    await visit.show(view.noting(visit.words(refusal or "admin-rate-changed")))
