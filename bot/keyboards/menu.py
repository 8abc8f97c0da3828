"""The main menu's buttons: what to make, where to look, what is one's own."""

from types import MappingProxyType

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup

from app.catalogue import Category
from bot.callbacks import Go, ListKind, ListPage, Shelf, Target
from bot.keyboards.rows import Row, button, keyboard
from bot.texts import Words

CATEGORY_KEYS = MappingProxyType(
    {
        Category.PICTURES: "category-pictures",
        Category.VIDEO: "category-video",
        Category.AUDIO: "category-audio",
        Category.ENHANCE: "category-enhance",
        Category.AVATARS: "category-avatars",
        Category.MUSIC: "category-music",
    }
)
"""The words of each shelf."""


def menu_keyboard(words: Words, resume: Row | None = None, *, invites: bool) -> InlineKeyboardMarkup:
    """What was begun, then most used first; only what can be made carries a picture, so that the eye finds it.

    `invites`: friends are worth a bonus now.
    """

    def shelf(category: Category) -> InlineKeyboardButton:
        return button(words.plain(CATEGORY_KEYS[category]), Shelf(category=category, page=0))

    def go(key: str, to: Target) -> InlineKeyboardButton:
        return button(words.plain(key), Go(to=to))

    def models(key: str, kind: ListKind) -> InlineKeyboardButton:
        return button(words.plain(key), ListPage(kind=kind, page=0))

    own = [models("button-favourites", ListKind.FAVOURITES)]
    if invites:
        own.append(go("button-invite", Target.INVITE))
    return keyboard(
        [
            resume or [],
            [shelf(Category.PICTURES)],
            [shelf(Category.VIDEO), shelf(Category.AUDIO), shelf(Category.MUSIC)],
            [shelf(Category.ENHANCE), shelf(Category.AVATARS)],
            [go("button-quick", Target.QUICK), go("button-search", Target.SEARCH)],
            [models("button-best", ListKind.BEST), models("button-trending", ListKind.TRENDING)],
            [go("button-all-categories", Target.MODELS), go("button-free", Target.FREE)],
            [go("button-balance", Target.BALANCE), go("button-history", Target.HISTORY)],
            own,
            [
                go("button-help", Target.HELP),
                go("button-settings-menu", Target.SETTINGS),
                go("button-support", Target.SUPPORT),
            ],
        ]
    )
