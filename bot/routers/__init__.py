"""The screens of the bot, one module each; `build_routers` names them in order of precedence."""

from aiogram import Router

from bot.routers import (
    balance,
    confirm,
    fallback,
    generation,
    help,  # noqa: A004 - the screen's name
    history,
    language,
    media,
    menu,
    model,
    models,
    payment,
    prompt,
    wizard,
)

SCREENS = (
    menu,
    models,
    model,
    confirm,
    generation,
    history,
    balance,
    payment,
    language,
    help,
    media,
    wizard,
    prompt,
    fallback,
)


def build_routers() -> tuple[Router, ...]:
    """New routers, the catch-all last."""
    return tuple(screen.build_router() for screen in SCREENS)
