"""The buttons of a question for files, and of the models offered for them."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from app.catalogue import ModelSpec, Parameter, media_in
from app.users import Draft
from bot.callbacks import DraftAct, FileOffer, FileOfferPage
from bot.keyboards.model import draft_tap
from bot.keyboards.models import page_of
from bot.keyboards.rows import Row, button, keyboard, listed, pages, to_menu
from bot.texts import Words


def files_rows(words: Words, draft: Draft, parameter: Parameter) -> list[Row]:
    """Done and Start over, once there is something to be done with."""
    count = len(media_in(draft.answer_to(parameter.name)))
    if parameter.media is None or count == 0:
        return []
    row: Row = [button(words.plain("button-files-clear"), draft_tap(draft, DraftAct.CLEAR))]
    if count >= parameter.media.min_count:
        row.insert(0, button(words.plain("button-files-done"), draft_tap(draft, DraftAct.DONE)))
    return [row]


def file_offers_keyboard(
    words: Words, models: Sequence[ModelSpec], page: int, message_id: int
) -> InlineKeyboardMarkup:
    """One page of the models that take the files of a message; a tap begins at once."""
    shown, page, count = page_of(models, page)
    targets = (
        FileOfferPage(page=page - 1, message=message_id),
        FileOfferPage(page=page + 1, message=message_id),
    )
    names = listed(button(spec.name, FileOffer(key=spec.key, message=message_id)) for spec in shown)
    return keyboard([*names, *pages(words, page, count, targets), [to_menu(words)]])
