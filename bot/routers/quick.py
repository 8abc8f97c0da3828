"""Quick actions: a ready prompt, one sentence, and the card (P6)."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.catalogue import InputProblem
from app.offers import Offers, Showcase
from app.users import DraftService
from bot.callbacks import Go, PresetTap, QuickPage, Target
from bot.draft_screens import DraftScreens
from bot.filters import awaits_subject, offered_preset
from bot.questions import filled_in
from bot.routers.wizard import show_draft
from bot.views.problems import problem_text
from bot.views.quick import QuickAction, preset_view, quick_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="quick")
    router.callback_query.register(quick_button, Go.filter(F.to == Target.QUICK))
    router.callback_query.register(page, QuickPage.filter())
    router.callback_query.register(chosen, PresetTap.filter(), offered_preset)
    router.callback_query.register(withdrawn, PresetTap.filter())
    router.message.register(subject_typed, F.text & ~F.text.startswith("/"), awaits_subject)
    return router


async def quick_button(query: CallbackQuery, visit: Visit, offers: Offers, showcase: Showcase) -> None:
    """All of them, in place."""
    await visit.show(quick_view(visit.words, offers, showcase, 0))


async def page(
    query: CallbackQuery, callback_data: QuickPage, visit: Visit, offers: Offers, showcase: Showcase
) -> None:
    """More of them."""
    await visit.show(quick_view(visit.words, offers, showcase, callback_data.page))


async def chosen(query: CallbackQuery, action: QuickAction, visit: Visit, offers: Offers) -> None:
    """Asks for the sentence."""
    await visit.show(preset_view(visit.words, offers, action))


async def withdrawn(query: CallbackQuery, visit: Visit, offers: Offers, showcase: Showcase) -> None:
    """The quick action of an old button is not there any more."""
    visit.say("toast-old-button")
    await visit.show(quick_view(visit.words, offers, showcase, 0))


async def subject_typed(
    message: Message,
    action: QuickAction,
    visit: Visit,
    offers: Offers,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """The prompt with the sentence in it becomes a draft, ready for its card."""
    spec = action.spec
    inputs = filled_in(spec, action.preset, message.text or "", visit.words.language)
    if isinstance(inputs, InputProblem):
        note = problem_text(visit.words, spec.parameter(action.preset.fills), inputs)
        await visit.show(preset_view(visit.words, offers, action).noting(note))
        return
    draft = await drafts.open(visit.step, visit.user.id, spec.key, inputs)
    await show_draft(visit, draft_screens, draft)
