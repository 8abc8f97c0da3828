"""The buttons of a model's card."""

from collections.abc import Iterable
from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup

from app.catalogue import ModelSpec
from app.users import Draft
from bot.callbacks import DraftAct, DraftTap, Leave, ListKind, ModelTap, Star
from bot.keyboards.rows import Row, button, keyboard, main_button, to_menu
from bot.texts import Words


@dataclass(frozen=True)
class Origin:
    """The page (from 0) of the list where a card was opened: the way back."""

    kind: ListKind = ListKind.SHELF
    page: int = 0


SHELF = Origin()
"""Where nothing else is known: the shelf finds the page by itself."""


def model_keyboard(
    words: Words, draft: Draft, origin: Origin, *, starred: bool, instead: Iterable[ModelSpec] = ()
) -> InlineKeyboardMarkup:
    """Generate, what may be taken instead, the star, and the way back to where the card was opened."""
    place = {"draft": draft.id, "revision": draft.revision, "kind": origin.kind, "page": origin.page}
    star = Star(on=not starred, **place)
    return keyboard(
        [
            [main_button(words.plain("button-generate"), draft_tap(draft, DraftAct.RESUME))],
            *([button(it.name, ModelTap(key=it.key, kind=ListKind.SHELF, page=0))] for it in instead),
            [button(words.plain("button-unstar" if starred else "button-star"), star)],
            [button(words.plain("button-back"), Leave(**place)), to_menu(words)],
        ]
    )


def resume_row(words: Words, draft: Draft, spec: ModelSpec) -> Row:
    """Back to a draft that was left with answers in it."""
    return [button(words.plain("button-resume", model=spec.name), draft_tap(draft, DraftAct.RESUME))]


def draft_tap(draft: Draft, act: DraftAct) -> DraftTap:
    """What a button does with this revision of a draft."""
    return DraftTap(draft=draft.id, revision=draft.revision, act=act)
