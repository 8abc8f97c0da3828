"""The wizard: from the first question to the card, answer by answer."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.catalogue import InputProblem, Parameter
from app.users import Answer, Draft, DraftService
from bot.callbacks import Ask, DraftAct, DraftTap, Pick
from bot.draft_screens import DraftScreens
from bot.filters import answers_draft, live_draft, named_parameter, picked_choice
from bot.menu_screen import MenuScreen
from bot.questions import read_answer
from bot.views.problems import problem_text
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="wizard")
    router.callback_query.register(picked, Pick.filter(), live_draft, picked_choice)
    router.message.register(typed, F.text & ~F.text.startswith("/"), answers_draft)
    router.callback_query.register(ask, Ask.filter(), live_draft, named_parameter)
    router.callback_query.register(resume, DraftTap.filter(F.act == DraftAct.RESUME), live_draft)
    router.callback_query.register(settings, DraftTap.filter(F.act == DraftAct.SETTINGS), live_draft)
    router.callback_query.register(back, DraftTap.filter(F.act == DraftAct.BACK), live_draft)
    router.callback_query.register(cancel, DraftTap.filter(F.act == DraftAct.CANCEL), live_draft)
    return router


async def show_draft(visit: Visit, draft_screens: DraftScreens, draft: Draft) -> None:
    """Where the draft is, as the live screen."""
    await visit.show(await draft_screens.here(visit.words, visit.step.epoch, draft))


async def picked(
    query: CallbackQuery,
    draft: Draft,
    answer: Answer,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """A choice was tapped, of a question or on the card."""
    changed = await drafts.answer(visit.step, visit.user.id, draft.id, draft.revision, answer)
    if changed == draft:
        visit.say("toast-chosen-already")
    await show_draft(visit, draft_screens, changed)


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


async def resume(query: CallbackQuery, draft: Draft, visit: Visit, draft_screens: DraftScreens) -> None:
    """From the model's card to the first question, from the settings to the confirm card."""
    await show_draft(visit, draft_screens, draft)


async def settings(query: CallbackQuery, draft: Draft, visit: Visit, draft_screens: DraftScreens) -> None:
    """The optional inputs."""
    await visit.show(draft_screens.settings(visit.words, draft))


async def back(
    query: CallbackQuery, draft: Draft, visit: Visit, drafts: DraftService, draft_screens: DraftScreens
) -> None:
    """The question before; before the first one, the model's card."""
    changed = await drafts.back(visit.step, visit.user.id, draft.id, draft.revision)
    if changed.asking == draft.asking:
        await visit.show(await draft_screens.model(visit.words, changed))
        return
    await show_draft(visit, draft_screens, changed)


async def cancel(
    query: CallbackQuery,
    draft: Draft,
    visit: Visit,
    drafts: DraftService,
    menu: MenuScreen,
) -> None:
    """The draft is dropped."""
    await drafts.abandon(visit.step, visit.user.id, draft.id)
    visit.say("toast-cancelled")
    await menu.show(visit)
