"""The buttons of a model's card."""

from aiogram.types import InlineKeyboardMarkup

from app.users import Draft
from bot.callbacks import DraftAct, DraftTap
from bot.keyboards.rows import button, keyboard, to_menu
from bot.texts import Words


def model_keyboard(words: Words, draft: Draft) -> InlineKeyboardMarkup:
    """Generate, and the way back to the shelf."""
    return keyboard(
        [
            [button(words.plain("button-generate"), draft_tap(draft, DraftAct.RESUME))],
            [button(words.plain("button-back"), draft_tap(draft, DraftAct.LEAVE)), to_menu(words)],
        ]
    )


def draft_tap(draft: Draft, act: DraftAct) -> DraftTap:
    """What a button does with this revision of a draft."""
    return DraftTap(draft=draft.id, revision=draft.revision, act=act)
