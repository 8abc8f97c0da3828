"""A text that answers nothing is a wish: the models that make something of it (P7)."""

from aiogram import F, Router
from aiogram.types import CallbackQuery, Message

from app.catalogue import ModelSpec
from app.offers import Offers, Showcase
from app.users import DraftService
from bot.callbacks import OfferPage, OfferTap
from bot.draft_screens import DraftScreens
from bot.filters import for_sale
from bot.questions import prompted
from bot.routers.wizard import show_draft
from bot.views.models import categories_view, offers_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="prompt")
    router.message.register(wish, F.text & ~F.text.startswith("/"))
    router.callback_query.register(page, OfferPage.filter())
    router.callback_query.register(chosen, OfferTap.filter(), for_sale)
    router.callback_query.register(withdrawn, OfferTap.filter())
    return router


async def wish(message: Message, visit: Visit, offers: Offers, showcase: Showcase) -> None:
    """Offers models; the screen replies to the text and so keeps it."""
    await visit.show(offers_view(visit.words, offers, showcase, 0), as_reply=True)


async def page(
    query: CallbackQuery, callback_data: OfferPage, visit: Visit, offers: Offers, showcase: Showcase
) -> None:
    """More models for the same text."""
    await visit.show(offers_view(visit.words, offers, showcase, callback_data.page))


async def chosen(
    query: CallbackQuery,
    spec: ModelSpec,
    visit: Visit,
    drafts: DraftService,
    draft_screens: DraftScreens,
) -> None:
    """Begins with the text filled in; where it is gone, the wizard asks for it."""
    inputs = prompted(spec, visit.screen.place.replied_text)
    draft = await drafts.open(visit.step, visit.user.id, spec.key, inputs)
    await show_draft(visit, draft_screens, draft)


async def withdrawn(query: CallbackQuery, visit: Visit, offers: Offers) -> None:
    """The model of an old button is not sold any more."""
    visit.say("toast-model-gone")
    await visit.show(categories_view(visit.words, offers))
