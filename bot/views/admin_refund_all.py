"""A refund of many: what would go back, what was agreed to, and how far it is."""

from app.admin import Forecast, RefundRun
from bot.keyboards.admin_refund_all import (
    ask_hours_keyboard,
    forecast_keyboard,
    ready_keyboard,
    run_keyboard,
)
from bot.staff_awaiting import Asked, Awaited
from bot.staff_wishes import refund_all_asked, refund_all_ready
from bot.texts import Markup, Words
from bot.view import View

MOST_HOURS = 720


def ask_hours_view(words: Words) -> View:
    """How far back."""
    return View(words("admin-ask-hours"), ask_hours_keyboard(words), Awaited(Asked.HOURS).text)


def forecast_view(words: Words, forecast: Forecast) -> View:
    """The dry run; where there is something, the next words typed are the reason."""
    if forecast.generations == 0:
        text = words("admin-refund-all-none", since=words.moment(forecast.since))
        return View(text, forecast_keyboard(words))
    text = Markup(f"{_numbers(words, 'admin-refund-all', forecast)}\n\n{words('admin-refund-all-why')}")
    return View(text, forecast_keyboard(words), refund_all_asked(forecast).text)


def ready_view(words: Words, forecast: Forecast, reason: str) -> View:
    """The same with the reason, and the tap that agrees."""
    numbers = _numbers(words, "admin-confirm-refund-all", forecast)
    text = Markup(f"{numbers}\n{words('admin-confirm-reason', reason=reason)}")
    awaited = refund_all_ready(forecast, reason)
    return View(text, ready_keyboard(words, forecast, awaited), awaited.text)


def run_view(words: Words, run: RefundRun | None) -> View:
    """What is done of it."""
    if run is None:
        return View(words("admin-refund-run-none"), run_keyboard(words))
    text = words(
        "admin-refund-run" if run.ended_at is None else "admin-refund-run-ended",
        number=str(run.id),
        done=run.returned + run.left,
        count=run.generations,
        returned=run.returned,
        people=run.people,
        amount=words.money(run.amount),
        left=run.left,
        reason=run.reason,
    )
    return View(text, run_keyboard(words))


def _numbers(words: Words, key: str, forecast: Forecast) -> Markup:
    return words(
        key,
        since=words.moment(forecast.since),
        count=forecast.generations,
        people=forecast.people,
        amount=words.money(forecast.amount),
    )
