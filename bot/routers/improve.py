"""A better text for a draft: asked for, shown beside the person's own, taken over or not."""

from types import MappingProxyType

from aiogram import Router
from aiogram.types import CallbackQuery

from app.generation import Improvement, Improvements, ImprovementWish, NotImproved, WhyNot
from app.money import Kopecks
from app.users import Answer, Draft, DraftService
from bot.callbacks import Improve, Reword
from bot.draft_screens import DraftScreens
from bot.filters import live_draft, reworded_text
from bot.routers.wizard import show_draft
from bot.views.confirm import refusal_text
from bot.views.improve import improvement_view
from bot.visit import Visit

WHY_NOT_KEYS = MappingProxyType(
    {
        WhyNot.STALE: "toast-renewed",
        WhyNot.BUSY: "toast-improve-busy",
        WhyNot.LACKING: "toast-improve-lacking",
        WhyNot.REFUSED: "toast-refused",
    }
)


def build_router() -> Router:
    """What leads here."""
    router = Router(name="improve")
    router.callback_query.register(improve, Improve.filter(), live_draft)
    router.callback_query.register(reword, Reword.filter(), live_draft, reworded_text)
    return router


async def improve(
    query: CallbackQuery,
    callback_data: Improve,
    draft: Draft,
    visit: Visit,
    improvements: Improvements,
    draft_screens: DraftScreens,
) -> None:
    """Asks for a better text, or shows what became of the last wish for one."""
    outcome = await improvements.ask(visit.step, _wish(callback_data, visit))
    if isinstance(outcome, NotImproved):
        await show_why_not(visit, outcome, draft, draft_screens)
    else:
        await show_improvement(visit, improvements, outcome)


async def reword(
    query: CallbackQuery,
    draft: Draft,
    answer: Answer,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """The text of the button becomes the draft's."""
    changed = await drafts.answer(visit.step, visit.user.id, draft.id, draft.revision, answer)
    visit.say("toast-improve-same" if changed == draft else "toast-improve-set")
    await show_draft(visit, draft_screens, changed)


async def show_improvement(visit: Visit, improvements: Improvements, improvement: Improvement) -> None:
    """Where it is. What happens to it while the view is on its way is drawn over it."""
    await visit.show(improvement_view(visit.words, improvement, improvements.price()))
    now = await improvements.get(improvement.user_id, improvement.id)
    if now is not None and now.is_worked_on != improvement.is_worked_on:
        await visit.show(improvement_view(visit.words, now, improvements.price()))


async def show_why_not(visit: Visit, outcome: NotImproved, draft: Draft, draft_screens: DraftScreens) -> None:
    """The draft as it is, and why nothing is improved now."""
    if outcome.opens_at is not None:
        visit.say("toast-improve-used-up", moment=visit.words.moment(outcome.opens_at))
    else:
        visit.say(WHY_NOT_KEYS[outcome.why])
    view = await draft_screens.here(visit.words, visit.step.epoch, draft)
    if outcome.refusal is not None:
        view = view.noting(refusal_text(visit.words, outcome.refusal))
    await visit.show(view)


def _wish(data: Improve, visit: Visit) -> ImprovementWish:
    return ImprovementWish(
        user_id=visit.user.id,
        chat_id=visit.screen.place.chat_id,
        draft_id=data.draft,
        revision=data.revision,
        after=data.after,
        price=Kopecks(data.price),
    )
