"""What must hold of a message with a file, or of the offers for one, before a handler runs."""

from dataclasses import replace
from typing import TypedDict

from aiogram.types import CallbackQuery, Message

from app.catalogue import Catalogue, Inputs, MediaFile, ModelSpec, Parameter
from app.offers import Offers
from app.users import AttachmentService, Draft, DraftService, User
from bot.attaching import Attached, Misfit, attach, started_with
from bot.callbacks import FileOffer
from bot.filters import draft_on_show
from bot.media import file_in
from bot.questions import open_question, typed_answer_to
from bot.successors import tell_successor
from bot.visit import Visit


class GivesFile(TypedDict):
    """The file of the message, or of the message that it replies to."""

    file: MediaFile


class GivesAttached(TypedDict):
    """The open draft and what the file means to it."""

    draft: Draft
    attached: Attached


class GivesMisfit(TypedDict):
    """The open draft and why it does not take the file."""

    draft: Draft
    misfit: Misfit


class GivesStart(TypedDict):
    """The model that was chosen for files, and what they and their captions give it."""

    spec: ModelSpec
    inputs: Inputs


class GivesAwaiting(TypedDict):
    """The draft that waits for nothing that could be typed, and its question."""

    draft: Draft
    parameter: Parameter


async def has_file(event: Message) -> bool | GivesFile:
    """The message brings a picture, a clip or a recording."""
    file = file_in(event)
    return False if file is None else GivesFile(file=file)


async def replies_to_file(event: Message) -> bool | GivesFile:
    """The message is about a file that is in the chat already."""
    file = None if event.reply_to_message is None else file_in(event.reply_to_message)
    # Only this one is meant, whatever it came with.
    return False if file is None else GivesFile(file=replace(file, album=None))


async def fits_draft(
    event: Message, visit: Visit, drafts: DraftService, catalogue: Catalogue
) -> bool | GivesAttached:
    """The live screen shows a draft whose model takes this file."""
    draft = await draft_on_show(visit, drafts)
    outcome = None if draft is None else _outcome(event, draft, catalogue)
    if draft is None or not isinstance(outcome, Attached):
        return False
    return GivesAttached(draft=draft, attached=outcome)


async def misfits_draft(
    event: Message, visit: Visit, drafts: DraftService, catalogue: Catalogue
) -> bool | GivesMisfit:
    """The live screen shows a draft whose model takes files, but not this one."""
    draft = await draft_on_show(visit, drafts)
    outcome = None if draft is None else _outcome(event, draft, catalogue)
    if draft is None or not isinstance(outcome, Misfit):
        return False
    return GivesMisfit(draft=draft, misfit=outcome)


async def awaits_file(
    event: Message, visit: Visit, drafts: DraftService, catalogue: Catalogue
) -> bool | GivesAwaiting:
    """The live screen shows a draft whose question is answered by a file or by taps, and its model takes no words."""
    draft = await draft_on_show(visit, drafts)
    if draft is None:
        return False
    spec = catalogue.get(draft.model_key)
    question = open_question(spec, draft)
    if question is None or typed_answer_to(spec, draft, event.text or "") is not None:
        return False
    return GivesAwaiting(draft=draft, parameter=question)


async def chosen_for_files(
    event: CallbackQuery,
    callback_data: FileOffer,
    visit: Visit,
    offers: Offers,
    attachments: AttachmentService,
    user: User,
) -> bool | GivesStart:
    """The model of the button (or its successor) is for sale and takes the files, which are still known."""
    spec = offers.sold(callback_data.key)
    if spec is None or event.message is None:
        return False
    album = await attachments.album(event.message.chat.id, user.id, callback_data.message)
    inputs = started_with(spec, album)
    if inputs is None:
        return False
    tell_successor(visit, callback_data.key, spec)
    return GivesStart(spec=spec, inputs=inputs)


def _outcome(message: Message, draft: Draft, catalogue: Catalogue) -> Attached | Misfit | None:
    file = file_in(message)
    if file is None:
        return None
    return attach(catalogue.get(draft.model_key), draft, file, message.caption or "")
