"""The buttons of the confirm card."""

from collections.abc import Sequence
from dataclasses import dataclass

from aiogram.types import InlineKeyboardMarkup

from app.catalogue import ModelSpec, Parameter
from app.generation import (
    Broken,
    Capped,
    Card,
    ImprovementOffer,
    OffSale,
    OverBudget,
    Refusal,
    Scope,
)
from app.money import Kopecks, Stars
from app.users import Draft
from bot.callbacks import (
    DraftAct,
    Go,
    ListKind,
    ModelTap,
    Shelf,
    Target,
)
from bot.keyboards.improve import improve_rows
from bot.keyboards.model import draft_tap
from bot.keyboards.rows import Row, button, keyboard, main_button, to_menu
from bot.keyboards.variants import confirm_rows
from bot.keyboards.wizard import back_and_cancel, change_button, choice_rows
from bot.money_callbacks import Buy
from bot.questions import card_choices, settings_of
from bot.texts import Words


def confirm_keyboard(
    words: Words, spec: ModelSpec, card: Card, offer: ImprovementOffer | None = None
) -> InlineKeyboardMarkup:
    """What can be chosen here, the exact price on the button that takes it, and a better text."""
    draft = card.draft
    return keyboard(
        [
            *_choices(words, spec, draft),
            *confirm_rows(words, card),
            *([] if offer is None else improve_rows(words, draft, offer)),
            _settings(words, spec, draft),
            back_and_cancel(words, draft),
        ]
    )


@dataclass(frozen=True)
class TopUp:
    """`missing` kopecks, and the Stars that cover them with what they credit."""

    missing: Kopecks
    stars: Stars
    credited: Kopecks


def lacking_keyboard(words: Words, spec: ModelSpec, draft: Draft, top_up: TopUp) -> InlineKeyboardMarkup:
    """Where the money does not suffice: cheaper choices, the smallest fitting pack, or another sum."""
    credited = words.money(top_up.credited)
    return keyboard(
        [
            *_choices(words, spec, draft),
            [
                main_button(
                    words.plain("button-top-up-by", stars=top_up.stars, amount=credited),
                    Buy(stars=top_up.stars),
                )
            ],
            [button(words.plain("button-other-sum"), Go(to=Target.TOP_UP))],
            _settings(words, spec, draft),
            back_and_cancel(words, draft),
        ]
    )


def refused_keyboard(words: Words, spec: ModelSpec, draft: Draft, refusal: Refusal) -> InlineKeyboardMarkup:
    """Where a guard refuses: one's own limit can be changed, another model may do, the rest opens by itself."""
    again = button(words.plain("button-check-again"), draft_tap(draft, DraftAct.RESUME))
    budget = button(words.plain("button-budget"), Go(to=Target.BUDGET))
    shelf = button(words.plain("button-other-model"), Shelf(category=spec.category, page=0))
    return keyboard(
        [
            [budget] if isinstance(refusal, OverBudget) else [],
            [again, shelf] if _is_about_the_model(refusal) else [again],
            _settings(words, spec, draft),
            back_and_cancel(words, draft),
        ]
    )


def _is_about_the_model(refusal: Refusal) -> bool:
    return isinstance(refusal, Broken | OffSale) or (
        isinstance(refusal, Capped) and refusal.scope is Scope.MODEL
    )


def problem_keyboard(words: Words, draft: Draft, parameters: Sequence[Parameter]) -> InlineKeyboardMarkup:
    """Inputs that do not go together: to each of those that may change."""
    changes = [[change_button(words, draft, it)] for it in parameters]
    return keyboard([*changes, back_and_cancel(words, draft)])


def gone_keyboard(words: Words, successor: ModelSpec | None = None) -> InlineKeyboardMarkup:
    """A draft that cannot go on: to the model that has taken the place of its own, if one has, and elsewhere."""
    elsewhere = [button(words.plain("button-categories"), Go(to=Target.MODELS)), to_menu(words)]
    if successor is None:
        return keyboard([elsewhere])
    there = ModelTap(key=successor.key, kind=ListKind.SHELF, page=0)
    return keyboard([[main_button(successor.name, there)], elsewhere])


def _choices(words: Words, spec: ModelSpec, draft: Draft) -> list[Row]:
    return [row for parameter in card_choices(spec) for row in choice_rows(words, draft, parameter)]


def _settings(words: Words, spec: ModelSpec, draft: Draft) -> Row:
    if not settings_of(spec):
        return []
    return [button(words.plain("button-settings"), draft_tap(draft, DraftAct.SETTINGS))]
