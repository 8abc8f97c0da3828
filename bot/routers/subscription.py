"""Stars that come again each month."""

from aiogram import F, Router
from aiogram.types import BotSubscriptionUpdated, CallbackQuery

from app.payments import PaymentService, RenewalState, SubscriptionService
from bot.callbacks import (
    Go,
    Target,
)
from bot.cashier import Cashier
from bot.money_callbacks import Renewal
from bot.views.subscription import subscription_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="subscription")
    router.callback_query.register(subscription_button, Go.filter(F.to == Target.SUBSCRIPTION))
    router.callback_query.register(subscribe_button, Go.filter(F.to == Target.SUBSCRIBE))
    router.callback_query.register(renewal_button, Renewal.filter())
    router.subscription.register(subscription_changed, F.state.in_(frozenset(RenewalState)))
    return router


async def subscription_button(
    query: CallbackQuery, visit: Visit, payments: PaymentService, subscriptions: SubscriptionService
) -> None:
    """What it costs, or until when it is paid."""
    running = await subscriptions.of(visit.user.id)
    await visit.show(subscription_view(visit.words, payments.terms, running))


async def subscribe_button(query: CallbackQuery, visit: Visit, cashier: Cashier) -> None:
    """The way to Telegram's own window; who has one already sees it."""
    await cashier.subscribe(visit)


async def renewal_button(
    query: CallbackQuery,
    callback_data: Renewal,
    visit: Visit,
    payments: PaymentService,
    subscriptions: SubscriptionService,
) -> None:
    """Cancels or resumes the subscription of the button."""
    is_so = await subscriptions.set_renewal(
        visit.step.epoch, visit.user.id, callback_data.order, renews=callback_data.renews
    )
    if not is_so:
        visit.say("toast-renewal-refused")
    running = await subscriptions.of(visit.user.id)
    await visit.show(subscription_view(visit.words, payments.terms, running))


async def subscription_changed(
    changed: BotSubscriptionUpdated,
    visit: Visit,
    payments: PaymentService,
    subscriptions: SubscriptionService,
) -> None:
    """The person canceled or resumed it in Telegram, or it could not be paid."""
    renewal = RenewalState(changed.state)
    await subscriptions.told(visit.step.epoch, visit.user.id, changed.invoice_payload, renewal)
    running = await subscriptions.of(visit.user.id)
    await visit.show(subscription_view(visit.words, payments.terms, running))
