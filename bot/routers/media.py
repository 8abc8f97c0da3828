"""Files: as answers of the wizard, and without a state, when the bot asks what to make of them (P7)."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.catalogue import Inputs, MediaFile, ModelSpec, Parameter
from app.users import Answer, Attachment, Draft, DraftService
from bot.attaching import Attached, Misfit
from bot.callbacks import DraftAct, DraftTap, FileOffer, FileOfferPage
from bot.draft_files import DraftFiles
from bot.draft_screens import DraftScreens
from bot.filters import live_draft
from bot.media_filters import (
    awaits_file,
    chosen_for_files,
    fits_draft,
    has_file,
    misfits_draft,
    replies_to_file,
)
from bot.media_screens import FileScreens
from bot.routers.wizard import show_draft
from bot.views.problems import problem_text
from bot.visit import Visit

TYPED = F.text & ~F.text.startswith("/")


def build_router() -> Router:
    """What leads here; before the wizard, whose questions take words."""
    router = Router(name="media")
    router.message.register(given, has_file, fits_draft)
    router.message.register(refused, misfits_draft)
    router.message.register(wish, has_file)
    router.message.register(wish_about, TYPED, replies_to_file)
    router.message.register(awaited, TYPED, awaits_file)
    router.callback_query.register(done, DraftTap.filter(F.act == DraftAct.DONE), live_draft)
    router.callback_query.register(clear, DraftTap.filter(F.act == DraftAct.CLEAR), live_draft)
    router.callback_query.register(page, FileOfferPage.filter())
    router.callback_query.register(chosen, FileOffer.filter(), chosen_for_files)
    router.callback_query.register(other, FileOffer.filter())
    return router


async def given(
    message: Message,
    draft: Draft,
    attached: Attached,
    file: MediaFile,
    visit: Visit,
    draft_files: DraftFiles,
) -> None:
    """A file that answers something of the open draft; its caption is the description."""
    attachment = Attachment(message.message_id, file, message.caption or "")
    await draft_files.take(visit, draft, attached, attachment)


async def refused(
    message: Message, draft: Draft, misfit: Misfit, visit: Visit, draft_screens: DraftScreens
) -> None:
    """A file that the draft's model does not take: said above the place where the person is."""
    view = await draft_screens.here(visit.words, visit.step.epoch, draft)
    note = problem_text(visit.words, misfit.parameter, misfit.problem)
    await visit.show(view if visit.replayed else view.noting(note), in_place=misfit.continues)


async def wish(message: Message, file: MediaFile, visit: Visit, file_screens: FileScreens) -> None:
    """A file without a state: what to do with it? The screen replies to it, once for a whole album."""
    await file_screens.offer(visit, Attachment(message.message_id, file, message.caption or ""))


async def wish_about(message: Message, file: MediaFile, visit: Visit, file_screens: FileScreens) -> None:
    """Words in reply to a picture are what to make of it."""
    await file_screens.offer(visit, Attachment(message.message_id, file, message.text or ""))


async def awaited(
    message: Message, draft: Draft, parameter: Parameter, visit: Visit, draft_screens: DraftScreens
) -> None:
    """Words where a file or a tap is awaited and nothing else can be said."""
    view = await draft_screens.here(visit.words, visit.step.epoch, draft)
    key = "tap-awaited" if parameter.media is None else "file-awaited"
    await visit.show(view.noting(visit.words(key)))


async def done(
    query: CallbackQuery, draft: Draft, visit: Visit, drafts: DraftService, draft_screens: DraftScreens
) -> None:
    """These are all files."""
    changed = await drafts.ask(visit.step, visit.user.id, draft.id, draft.revision, None)
    await show_draft(visit, draft_screens, changed)


async def clear(
    query: CallbackQuery, draft: Draft, visit: Visit, drafts: DraftService, draft_screens: DraftScreens
) -> None:
    """The answer to the open question is taken back, all files of it."""
    nothing = () if draft.asking is None else (Answer(draft.asking, None),)
    changed = await drafts.answer(visit.step, visit.user.id, draft.id, draft.revision, *nothing)
    await show_draft(visit, draft_screens, changed)


async def page(
    query: CallbackQuery, callback_data: FileOfferPage, visit: Visit, file_screens: FileScreens
) -> None:
    """More models for the same files."""
    await file_screens.page(visit, callback_data.message, callback_data.page)


async def chosen(
    query: CallbackQuery,
    spec: ModelSpec,
    inputs: Inputs,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """Begins with the files and the captions filled in."""
    draft = await drafts.open(visit.step, visit.user.id, spec.key, inputs)
    await show_draft(visit, draft_screens, draft)


async def other(
    query: CallbackQuery, callback_data: FileOffer, visit: Visit, file_screens: FileScreens
) -> None:
    """The model is not sold any more, or the terms have changed: what is offered now; files of long ago are gone."""
    await file_screens.page(visit, callback_data.message, 0)
