"""The card of a model. Looking at it opens a draft, so that the description can be typed at once."""

from aiogram import F, Router
from aiogram.types import CallbackQuery

from app.catalogue import ModelSpec
from app.offers import Offers
from app.users import Draft, DraftService
from bot.callbacks import DraftAct, DraftTap, ModelTap
from bot.draft_screens import DraftScreens
from bot.filters import for_sale, live_draft
from bot.views.models import categories_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="model")
    router.callback_query.register(card, ModelTap.filter(), for_sale)
    router.callback_query.register(withdrawn, ModelTap.filter())
    router.callback_query.register(leave, DraftTap.filter(F.act == DraftAct.LEAVE), live_draft)
    return router


async def card(
    query: CallbackQuery,
    spec: ModelSpec,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """Opens a draft of the model and shows its card."""
    draft = await drafts.open(visit.step, visit.user.id, spec.key)
    await visit.show(draft_screens.model(visit.words, draft))


async def withdrawn(query: CallbackQuery, visit: Visit, offers: Offers) -> None:
    """The model of an old button is not sold any more."""
    visit.say("toast-model-gone")
    await visit.show(categories_view(visit.words, offers))


async def leave(
    query: CallbackQuery,
    draft: Draft,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """Back to the page of the shelf where the model stands; the draft is dropped."""
    await drafts.abandon(visit.step, visit.user.id, draft.id)
    await visit.show(draft_screens.shelf(visit.words, draft))
