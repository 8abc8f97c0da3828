"""An earlier result as an answer of the wizard, chosen from what was made."""

from aiogram import Router
from aiogram.types import CallbackQuery

from app.catalogue import Parameter
from app.generation import FileName
from app.users import Draft
from bot.callbacks import PastFiles, TakeFile
from bot.draft_results import DraftResults
from bot.filters import live_draft
from bot.past_file_screens import PastFileScreens
from bot.result_filters import asks_for_file
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="past_files")
    router.callback_query.register(page, PastFiles.filter(), live_draft, asks_for_file)
    router.callback_query.register(take, TakeFile.filter(), live_draft, asks_for_file)
    return router


async def page(
    query: CallbackQuery,
    callback_data: PastFiles,
    draft: Draft,
    parameter: Parameter,
    visit: Visit,
    past_files: PastFileScreens,
) -> None:
    """What this person made that could go in here; without any, the question stays as it is."""
    await past_files.show(visit, draft, parameter, callback_data.before or None)


async def take(
    query: CallbackQuery, callback_data: TakeFile, draft: Draft, visit: Visit, draft_results: DraftResults
) -> None:
    """The file goes in, or it is said why it does not."""
    await draft_results.take(visit, draft, FileName(callback_data.generation, callback_data.number))
