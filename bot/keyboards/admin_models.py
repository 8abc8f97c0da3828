"""The buttons of the models that are off sale."""

from collections.abc import Sequence

from aiogram.types import InlineKeyboardMarkup

from app.admin import OffSaleModel, Right, Role, may
from bot.keyboards.admin import to_overview
from bot.keyboards.rows import Row, button, keyboard
from bot.staff_callbacks import BackTap, StaffGo, StaffScreen, WithdrawnPage
from bot.texts import Words


def models_off_sale_keyboard(
    words: Words, shown: Sequence[OffSaleModel], role: Role | None
) -> InlineKeyboardMarkup:
    """Each of them back on sale, and a look now, where the role allows; those that are not sold at all."""
    acts: list[Row] = []
    if may(role, Right.MONEY):
        acts = [
            [
                button(
                    words.plain("button-model-back", model=it.suspension.name),
                    BackTap(suspension=it.suspension.id),
                )
            ]
            for it in shown
        ]
        acts.append([button(words.plain("button-market-look"), StaffGo(to=StaffScreen.MARKET))])
    withdrawn = [button(words.plain("button-admin-withdrawn"), WithdrawnPage(page=0))]
    return keyboard([*acts, withdrawn, to_overview(words)])
