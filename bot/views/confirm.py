"""The confirm card: all inputs, the exact price, what is left after it, how long it takes."""

from types import MappingProxyType
from typing import assert_never

from app.catalogue import InputProblem, ModelSpec
from app.generation import (
    Broken,
    Capped,
    Card,
    ImprovementOffer,
    OffSale,
    OverBudget,
    Period,
    Refusal,
    Scope,
    SoldOut,
)
from app.money import Kopecks
from app.payments import StarsTerms
from app.users import Draft
from bot.awaiting import DRAFT
from bot.inputs_text import input_lines
from bot.keyboards.confirm import (
    TopUp,
    confirm_keyboard,
    gone_keyboard,
    lacking_keyboard,
    problem_keyboard,
    refused_keyboard,
)
from bot.questions import card_choices, shown_of
from bot.texts import Markup, Words
from bot.view import View
from bot.views.free import left_line
from bot.views.improve import outrun_lines
from bot.views.lines import pace_text, price_text
from bot.views.problems import problem_text

BUDGET_KEYS = MappingProxyType({Period.DAY: "refused-budget-day", Period.MONTH: "refused-budget-month"})

CAP_KEYS = MappingProxyType(
    {
        Scope.EVERYBODY: "refused-cap-everybody",
        Scope.NEWCOMERS: "refused-cap-newcomers",
        Scope.MODEL: "refused-cap-model",
    }
)


def card_view(
    words: Words, spec: ModelSpec, card: Card, terms: StarsTerms, offer: ImprovementOffer | None = None
) -> View:
    """The card with the price on the button, or without it where money is missing or a guard refuses.

    `offer`: the text could be said better.
    """
    if card.refusal is not None:
        return refused_view(words, spec, card, card.refusal)
    if card.missing > 0:
        return lacking_view(words, spec, card, _top_up(terms, card.missing))
    after = Kopecks(card.balance.free - card.total)
    lines = [
        *_head(words, spec, card),
        *([] if card.quote.is_free else [words("card-after", balance=words.money(after))]),
        *_time(words, card),
        *_hint(words, spec),
        *outrun_lines(words, offer),
    ]
    return View(Markup("\n".join(lines)), confirm_keyboard(words, spec, card, offer), DRAFT)


def lacking_view(words: Words, spec: ModelSpec, card: Card, top_up: TopUp) -> View:
    """The card that says how much is missing and offers just that; the draft stays as it is."""
    lines = [
        *_head(words, spec, card),
        "",
        words("card-lacking", missing=words.money(top_up.missing), balance=words.money(card.balance.free)),
        *_debt(words, card),
    ]
    return View(Markup("\n".join(lines)), lacking_keyboard(words, spec, card.draft, top_up), DRAFT)


def refused_view(words: Words, spec: ModelSpec, card: Card, refusal: Refusal) -> View:
    """The card that says why it cannot be made now and when it can; nothing is held, the draft waits."""
    lines = [*_head(words, spec, card), "", refusal_text(words, refusal)]
    keyboard = refused_keyboard(words, spec, card.draft, refusal)
    return View(Markup("\n".join(lines)), keyboard, DRAFT)


def refusal_text(words: Words, refusal: Refusal) -> Markup:
    """Why, and when it opens again."""
    match refusal:
        case OverBudget():
            return words(
                BUDGET_KEYS[refusal.period],
                limit=words.money(refusal.limit),
                spent=words.money(refusal.spent),
                moment=words.moment(refusal.opens_at),
            )
        case Capped():
            return words(CAP_KEYS[refusal.scope], moment=words.moment(refusal.opens_at))
        case SoldOut():
            return words("refused-sold-out")
        case Broken():
            return words("refused-broken", moment=words.moment(refusal.opens_at))
        case OffSale():
            return words("refused-off-sale")
        case _:
            assert_never(refusal)


def problem_view(words: Words, spec: ModelSpec, draft: Draft, problem: InputProblem) -> View:
    """Inputs that do not go together, and those to change: the one that is wrong before its companions."""
    name = problem.parameter.partition(".")[0]
    parameter = spec.parameter(name)
    asked = dict.fromkeys((name, *problem.among))
    changeable = [it for it in map(spec.parameter, asked) if it is not None]
    lines = [
        words("card-title", model=spec.name),
        *input_lines(words, shown_of(spec), draft.inputs),
        "",
        problem_text(words, parameter, problem),
    ]
    return View(Markup("\n".join(lines)), problem_keyboard(words, draft, changeable), DRAFT)


def gone_view(words: Words) -> View:
    """The draft cannot go on: its model is not sold any more."""
    return View(words("card-gone"), gone_keyboard(words))


def succeeded_view(words: Words, old: ModelSpec, new: ModelSpec) -> View:
    """The draft cannot go on: another model has taken the place of its own."""
    return View(words("card-succeeded", old=old.name, new=new.name), gone_keyboard(words, new))


def _head(words: Words, spec: ModelSpec, card: Card) -> list[Markup]:
    return [
        words("card-title", model=spec.name),
        *input_lines(words, shown_of(spec), card.draft.inputs),
        Markup(""),
        *_price(words, card),
    ]


def _hint(words: Words, spec: ModelSpec) -> list[Markup]:
    return [Markup(""), words("card-choose")] if card_choices(spec) else []


def _price(words: Words, card: Card) -> list[Markup]:
    total = price_text(words, card.total)
    if card.times == 1:
        price = words("card-price", price=total)
    else:
        one = price_text(words, card.quote.price)
        price = words("card-price-several", times=card.times, one=one, price=total)
    return [price] if card.free is None else [price, left_line(words, card.free)]


def _debt(words: Words, card: Card) -> list[Markup]:
    debt = card.balance.debt
    return [words("card-debt", debt=words.money(debt))] if debt > 0 else []


def _top_up(terms: StarsTerms, missing: Kopecks) -> TopUp:
    stars = terms.fitting(missing)
    return TopUp(missing, stars, terms.credited(stars))


def _time(words: Words, card: Card) -> list[Markup]:
    if card.pace is None:
        return []
    return [words("card-time", time=pace_text(words, card.pace.usual, card.pace.slow))]
