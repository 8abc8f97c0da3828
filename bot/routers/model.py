"""The card of a model. Looking at it opens a draft, so that the description can be typed at once."""

from aiogram import F, Router
from aiogram.filters import CommandStart
from aiogram.types import CallbackQuery, Message

from app.catalogue import ModelSpec
from app.offers import Offers
from app.users import Draft, DraftService, FavouriteService
from bot.callbacks import Leave, ListKind, ModelTap, Star
from bot.configured import Configured
from bot.draft_screens import DraftScreens
from bot.filters import for_sale, linked_model, live_draft
from bot.keyboards.model import Origin
from bot.lists import ModelLists
from bot.routers.lists import show_list
from bot.successors import Linked
from bot.views.menu import greeting
from bot.views.models import categories_view
from bot.visit import Visit

ON_A_SHELF = frozenset({ListKind.SHELF, ListKind.FAMILY})


def build_router() -> Router:
    """What leads here."""
    router = Router(name="model")
    router.message.register(linked, CommandStart(deep_link=True), linked_model)
    router.callback_query.register(card, ModelTap.filter(), for_sale)
    router.callback_query.register(withdrawn, ModelTap.filter())
    router.callback_query.register(star, Star.filter(), live_draft)
    router.callback_query.register(leave_to_shelf, Leave.filter(F.kind.in_(ON_A_SHELF)), live_draft)
    router.callback_query.register(leave_to_list, Leave.filter(), live_draft)
    return router


async def card(
    query: CallbackQuery,
    callback_data: ModelTap,
    spec: ModelSpec,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """Opens a draft of the model and shows its card."""
    draft = await drafts.open(visit.step, visit.user.id, spec.key)
    origin = Origin(callback_data.kind, callback_data.page)
    await visit.show(await draft_screens.model(visit.words, draft, origin))


async def linked(
    message: Message,
    linked: Linked,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
    configured: Configured,
) -> None:
    """As `card`, by a link from outside: under a greeting, and told where another model was meant."""
    draft = await drafts.open(visit.step, visit.user.id, linked.sold.key)
    view = await draft_screens.model(visit.words, draft)
    if linked.meant != linked.sold:
        view = view.noting(visit.words("card-succeeded", old=linked.meant.name, new=linked.sold.name))
    await visit.show(view.noting(greeting(visit.words, visit.user, configured)))


async def withdrawn(query: CallbackQuery, visit: Visit, offers: Offers) -> None:
    """The model of an old button is not sold any more."""
    visit.say("toast-model-gone")
    await visit.show(categories_view(visit.words, offers))


async def star(
    query: CallbackQuery,
    callback_data: Star,
    draft: Draft,
    visit: Visit,
    favourites: FavouriteService,
    draft_screens: DraftScreens,
) -> None:
    """Marks the model or takes the mark away; the same card again."""
    await favourites.mark(visit.step, visit.user.id, draft.model_key, on=callback_data.on)
    visit.say("toast-starred" if callback_data.on else "toast-unstarred")
    origin = Origin(callback_data.kind, callback_data.page)
    await visit.show(await draft_screens.model(visit.words, draft, origin))


async def leave_to_shelf(
    query: CallbackQuery,
    callback_data: Leave,
    draft: Draft,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """Back to the page of the shelf or of the family; the draft is dropped."""
    await drafts.abandon(visit.step, visit.user.id, draft.id)
    in_family = callback_data.kind is ListKind.FAMILY
    if in_family:
        await visit.show(await draft_screens.family(visit.words, draft, callback_data.page))
    else:
        await visit.show(await draft_screens.shelf(visit.words, draft))


async def leave_to_list(
    query: CallbackQuery,
    callback_data: Leave,
    draft: Draft,
    visit: Visit,
    drafts: DraftService,
    lists: ModelLists,
) -> None:
    """Back to the page of the list; the draft is dropped."""
    await drafts.abandon(visit.step, visit.user.id, draft.id)
    await show_list(visit, lists, callback_data.kind, callback_data.page)
