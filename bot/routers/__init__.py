"""The screens of the bot, one module each; `build_routers` names them in order of precedence."""

from aiogram import Router

from bot.routers import (
    admin,
    admin_crew,
    admin_payments,
    admin_people,
    admin_rates,
    admin_receipts,
    admin_refused,
    balance,
    bank,
    budget,
    confirm,
    fallback,
    free,
    generation,
    help,  # noqa: A004 - the screen's name
    history,
    language,
    later,
    lists,
    media,
    menu,
    model,
    models,
    payment,
    prompt,
    quick,
    search,
    settings,
    subscription,
    support,
    top_up,
    wizard,
)

SCREENS = (
    admin,
    admin_people,
    admin_payments,
    admin_receipts,
    admin_rates,
    admin_crew,
    admin_refused,
    menu,
    models,
    lists,
    model,
    search,
    quick,
    confirm,
    generation,
    history,
    free,
    balance,
    budget,
    top_up,
    bank,
    subscription,
    payment,
    settings,
    language,
    support,
    later,
    help,
    media,
    wizard,
    prompt,
    fallback,
)


def build_routers() -> tuple[Router, ...]:
    """New routers, the catch-all last."""
    return tuple(screen.build_router() for screen in SCREENS)
