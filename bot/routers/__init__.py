"""The screens of the bot, one module each; `build_routers` names them in order of precedence."""

from aiogram import Router

from bot.routers import (
    balance,
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
    receipt,
    search,
    settings,
    statement,
    subscription,
    support,
    top_up,
    wizard,
)

SCREENS = (
    menu,
    models,
    lists,
    model,
    search,
    quick,
    confirm,
    generation,
    history,
    receipt,
    free,
    balance,
    statement,
    budget,
    top_up,
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
