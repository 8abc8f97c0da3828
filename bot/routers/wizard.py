"""The wizard: from the first question to the card, answer by answer."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.catalogue import InputProblem, Parameter
from app.offers import Offers
from app.users import Answer, Draft, DraftService
from bot.balances import Balances
from bot.callbacks import Ask, DraftAct, DraftTap, Pick
from bot.draft_screens import DraftScreens
from bot.filters import Answering, LiveDraft, Named, Picked
from bot.questions import read_answer
from bot.routers.menu import show_menu
from bot.views.problems import problem_text
from bot.visit import Visit

router = Router(name="wizard")


async def show_draft(visit: Visit, draft_screens: DraftScreens, draft: Draft) -> None:
    """Where the draft is, as the live screen."""
    await visit.show(await draft_screens.here(visit.words, visit.step.epoch, draft))


@router.callback_query(Pick.filter(), LiveDraft(), Picked())
async def picked(
    query: CallbackQuery,
    draft: Draft,
    answer: Answer,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """A choice was tapped."""
    changed = await drafts.answer(visit.step, visit.user.id, draft.id, draft.revision, answer)
    await show_draft(visit, draft_screens, changed)


@router.message(F.text & ~F.text.startswith("/"), Answering())
async def typed(
    message: Message,
    draft: Draft,
    parameter: Parameter,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """A text that answers the open question, or on the card replaces the description."""
    value = read_answer(parameter, message.text or "")
    if isinstance(value, InputProblem):
        view = await draft_screens.here(visit.words, visit.step.epoch, draft)
        note = problem_text(visit.words, parameter, value)
        await visit.show(view if visit.replayed else view.noting(note))
        return
    answer = Answer(parameter.name, value)
    changed = await drafts.answer(visit.step, visit.user.id, draft.id, draft.revision, answer)
    await show_draft(visit, draft_screens, changed)


@router.callback_query(Ask.filter(), LiveDraft(), Named())
async def ask(
    query: CallbackQuery,
    draft: Draft,
    parameter: Parameter,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """One input is to be set or changed."""
    changed = await drafts.ask(visit.step, visit.user.id, draft.id, draft.revision, parameter.name)
    await show_draft(visit, draft_screens, changed)


@router.callback_query(DraftTap.filter(F.act == DraftAct.RESUME), LiveDraft())
async def resume(query: CallbackQuery, draft: Draft, visit: Visit, draft_screens: DraftScreens) -> None:
    """From the model's card to the first question, from the settings to the confirm card."""
    await show_draft(visit, draft_screens, draft)


@router.callback_query(DraftTap.filter(F.act == DraftAct.SETTINGS), LiveDraft())
async def settings(query: CallbackQuery, draft: Draft, visit: Visit, draft_screens: DraftScreens) -> None:
    """The optional inputs."""
    await visit.show(draft_screens.settings(visit.words, draft))


@router.callback_query(DraftTap.filter(F.act == DraftAct.BACK), LiveDraft())
async def back(
    query: CallbackQuery, draft: Draft, visit: Visit, drafts: DraftService, draft_screens: DraftScreens
) -> None:
    """The question before; before the first one, the model's card."""
    changed = await drafts.back(visit.step, visit.user.id, draft.id, draft.revision)
    if changed.asking == draft.asking:
        await visit.show(draft_screens.model(visit.words, changed))
        return
    await show_draft(visit, draft_screens, changed)


@router.callback_query(DraftTap.filter(F.act == DraftAct.CANCEL), LiveDraft())
async def cancel(
    query: CallbackQuery,
    draft: Draft,
    visit: Visit,
    drafts: DraftService,
    offers: Offers,
    balances: Balances,
) -> None:
    """The draft is dropped."""
    await drafts.abandon(visit.step, visit.user.id, draft.id)
    visit.say("toast-cancelled")
    await show_menu(visit, offers, balances)
