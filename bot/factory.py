"""Builds Telegram's side from the services it speaks to."""

import asyncio
from dataclasses import dataclass

from aiogram import Bot, Dispatcher

from app.admin import Desks
from app.books import AuditRuns, Margins
from app.catalogue import Catalogue
from app.clock import Clock
from app.db import Database
from app.files import FileStore
from app.generation import (
    EarlierResults,
    FileLinks,
    Gate,
    GenerationService,
    Improvements,
    Originals,
    PastTasks,
    Popularity,
)
from app.offers import Offers, RatesInForce, Sequels, Showcase
from app.payments import (
    BankProvider,
    BankTransfers,
    Invitations,
    PaymentService,
    RefundService,
    StarsProvider,
    SubscriptionService,
)
from app.privacy import PrivacyService
from app.users import (
    AttachmentService,
    ConsentService,
    DraftService,
    FavouriteService,
    ScreenService,
    UserService,
)
from bot.alerts import OperatorAlerts
from bot.balances import Balances
from bot.bank_desk import BankDesk
from bot.cashier import Cashier
from bot.commands import publish_commands
from bot.configured import Configured
from bot.consent_desk import ConsentDesk
from bot.draft_answers import DraftAnswers
from bot.draft_files import DraftFiles
from bot.draft_results import DraftResults
from bot.draft_screens import DraftScreens
from bot.events import TelegramEvents
from bot.flood import FloodGauge
from bot.generation_screens import GenerationScreens
from bot.improvement_news import TelegramImprovementNews
from bot.line import Line, bots_on
from bot.lists import ModelLists
from bot.mailing import Mailing
from bot.media_screens import FileScreens
from bot.media_source import TelegramMedia
from bot.menu_screen import MenuScreen
from bot.middlewares import (
    ChatPace,
    FloodMiddleware,
    PersonMiddleware,
    RatesMiddleware,
    VisitMiddleware,
)
from bot.notifier import TelegramNotifier
from bot.other_screens import OtherScreens
from bot.pacing import UnsolicitedRate
from bot.past_file_screens import PastFileScreens
from bot.payment_news import TelegramPaymentNews
from bot.privacy_news import TelegramPrivacyNews
from bot.progress_message import ProgressMessage
from bot.receipt_source import TelegramReceipts
from bot.results import ResultSender
from bot.routers import build_routers
from bot.search import ModelSearch
from bot.staff_acts import StaffActs
from bot.staff_dead import StaffDead
from bot.staff_generations import StaffGenerations
from bot.staff_money import StaffMoney
from bot.staff_notifier import TelegramStaffNotices
from bot.staff_receipts import StaffReceipts
from bot.staff_refund_all import StaffRefundAll
from bot.staff_strange import StaffStrange
from bot.stars import TelegramStars
from bot.texts import Texts
from bot.webhook import Report, Webhook, WebhookAddress, leave_webhook

ANSWERED_ON_THE_WIRE = frozenset({"pre_checkout_query"})
"""Updates that any instance answers before they reach the routers (`app.web`); Telegram must send them, too."""


@dataclass(frozen=True)
class BotDependencies:
    """What the bot needs from the rest of the house."""

    line: Line
    database: Database
    clock: Clock
    texts: Texts
    catalogue: Catalogue
    users: UserService
    privacy: PrivacyService
    consents: ConsentService
    drafts: DraftService
    screens: ScreenService
    rates: RatesInForce
    offers: Offers
    generations: GenerationService
    gate: Gate
    improvements: Improvements
    balances: Balances
    invitations: Invitations
    payments: PaymentService
    refunds: RefundService
    favourites: FavouriteService
    popularity: Popularity
    showcase: Showcase
    configured: Configured
    files: FileStore
    links: FileLinks
    originals: Originals
    attachments: AttachmentService
    bank: BankProvider
    transfers: BankTransfers
    desks: Desks


@dataclass(frozen=True)
class BotSide:
    """Telegram's side, ready to be fed. `unsolicited` is a second line for what nobody asked for just now."""

    bot: Bot
    unsolicited: Bot
    dispatcher: Dispatcher
    events: TelegramEvents
    notifier: TelegramNotifier
    alerts: OperatorAlerts
    payment_news: TelegramPaymentNews
    privacy_news: TelegramPrivacyNews
    improvement_news: TelegramImprovementNews
    stars: TelegramStars
    media: TelegramMedia
    receipts: TelegramReceipts
    staff_notices: TelegramStaffNotices
    allowed_updates: tuple[str, ...]
    texts: Texts
    webhook: Webhook | None

    async def keep_connected(self) -> None:
        """Keeps the webhook right until cancelled, and publishes the commands beside it.

        Where updates are polled for, it returns as soon as Telegram would let us poll.
        """
        if self.webhook is None:
            await leave_webhook(self.bot)
            await publish_commands(self.bot, self.texts)
        else:
            await asyncio.gather(self.webhook.keep(), publish_commands(self.bot, self.texts))

    async def close(self) -> None:
        """Ends the connections to Telegram."""
        await self.bot.session.close()
        await self.unsolicited.session.close()


def build(dependencies: BotDependencies) -> BotSide:
    """Wires the bot; opens nothing."""
    bot, unsolicited = bots_on(dependencies.line, ChatPace(dependencies.clock))
    generation_screens = GenerationScreens(
        dependencies.catalogue, dependencies.offers, _sequels(dependencies)
    )
    dispatcher = _dispatcher(dependencies, bot, generation_screens)
    allowed = tuple(sorted({*dispatcher.resolve_used_update_types(), *ANSWERED_ON_THE_WIRE}))
    rate = UnsolicitedRate(dependencies.line.unsolicited_rate, dependencies.clock)
    results = _results(unsolicited, dependencies, generation_screens)
    texts, media = dependencies.texts, TelegramMedia(unsolicited)
    alerts = OperatorAlerts(unsolicited, texts, rate, dependencies.line.alerts_chat)
    return BotSide(
        bot=bot,
        unsolicited=unsolicited,
        dispatcher=dispatcher,
        events=TelegramEvents(bot, dispatcher, dependencies.users, texts),
        notifier=TelegramNotifier(unsolicited, texts, generation_screens, results, rate),
        alerts=alerts,
        payment_news=TelegramPaymentNews(unsolicited, texts, dependencies.balances, rate),
        privacy_news=TelegramPrivacyNews(unsolicited, texts, rate),
        improvement_news=_improvement_news(unsolicited, dependencies, rate),
        stars=TelegramStars(unsolicited),
        media=media,
        receipts=TelegramReceipts(media),
        staff_notices=TelegramStaffNotices(unsolicited, texts, rate),
        allowed_updates=allowed,
        texts=texts,
        webhook=_webhook(bot, dependencies.line, allowed, alerts.webhook_repaired),
    )


def _results(bot: Bot, dependencies: BotDependencies, screens: GenerationScreens) -> ResultSender:
    return ResultSender(bot, Mailing(bot, dependencies.files), dependencies.links, screens)


def _improvement_news(
    bot: Bot, dependencies: BotDependencies, rate: UnsolicitedRate
) -> TelegramImprovementNews:
    screens, improvements = dependencies.screens, dependencies.improvements
    return TelegramImprovementNews(bot, dependencies.texts, screens, improvements, rate)


def _dispatcher(dependencies: BotDependencies, bot: Bot, generation_screens: GenerationScreens) -> Dispatcher:
    """What every handler may ask for by name; the person, their words and the visit come with each update."""
    offers, catalogue, generations = dependencies.offers, dependencies.catalogue, dependencies.generations
    favourites, showcase, texts = dependencies.favourites, dependencies.showcase, dependencies.texts
    search = ModelSearch(catalogue, texts)
    menu = MenuScreen(offers, dependencies.balances, dependencies.drafts, catalogue, dependencies.configured)
    consent_desk = ConsentDesk(dependencies.consents, dependencies.configured)
    dispatcher = Dispatcher(
        disable_fsm=True,
        texts=texts,
        catalogue=catalogue,
        users=dependencies.users,
        consent_desk=consent_desk,
        privacy=dependencies.privacy,
        drafts=dependencies.drafts,
        offers=offers,
        generations=generations,
        originals=dependencies.originals,
        result_sender=_results(bot, dependencies, generation_screens),
        free=dependencies.gate.free,
        budgets=dependencies.gate.budgets,
        standings=dependencies.gate.standings,
        balances=dependencies.balances,
        refunds=dependencies.refunds,
        favourites=favourites,
        showcase=showcase,
        configured=dependencies.configured,
        lists=ModelLists(offers, showcase, dependencies.popularity, favourites, search, dependencies.gate),
        menu=menu,
        generation_screens=generation_screens,
        progress_message=ProgressMessage(dependencies.generations, generation_screens),
    )
    dispatcher.workflow_data.update(
        _files(dependencies, menu, consent_desk)
        | _money(dependencies, bot, consent_desk)
        | _staff(dependencies)
    )
    _add_middlewares(dispatcher, dependencies)
    dispatcher.include_routers(*build_routers())
    return dispatcher


def _add_middlewares(dispatcher: Dispatcher, dependencies: BotDependencies) -> None:
    visits, users = VisitMiddleware(dependencies.screens), dependencies.users
    dispatcher.update.outer_middleware(PersonMiddleware(users, dependencies.privacy, dependencies.texts))
    dispatcher.update.outer_middleware(FloodMiddleware(FloodGauge()))
    # After the others: what nobody said to us is not worth a look into the database.
    dispatcher.update.outer_middleware(RatesMiddleware(dependencies.rates))
    dispatcher.message.outer_middleware(visits)
    dispatcher.callback_query.outer_middleware(visits)
    dispatcher.subscription.outer_middleware(visits)


def _files(dependencies: BotDependencies, menu: MenuScreen, consent_desk: ConsentDesk) -> dict[str, object]:
    """What the screens of drafts and of their files ask for."""
    attachments, drafts, catalogue = dependencies.attachments, dependencies.drafts, dependencies.catalogue
    draft_screens = DraftScreens(
        catalogue,
        dependencies.offers,
        dependencies.generations,
        dependencies.favourites,
        dependencies.payments,
        dependencies.gate,
        dependencies.improvements,
    )
    files = FileScreens(attachments, dependencies.offers, dependencies.showcase, menu, consent_desk)
    earlier = EarlierResults(dependencies.database, dependencies.files)
    answers = DraftAnswers(drafts, draft_screens)
    tasks = PastTasks(dependencies.database, catalogue)
    return {
        "earlier": earlier,
        "past_tasks": tasks,
        "past_files": PastFileScreens(earlier, tasks, catalogue, dependencies.offers),
        "sequels": _sequels(dependencies),
        "other_screens": OtherScreens(catalogue, dependencies.offers, drafts, draft_screens),
        "attachments": attachments,
        "file_screens": files,
        "draft_screens": draft_screens,
        "improvements": dependencies.improvements,
        "draft_files": DraftFiles(attachments, drafts, answers, files, catalogue, consent_desk),
        "draft_results": DraftResults(drafts, answers, catalogue, earlier, tasks),
    }


def _sequels(dependencies: BotDependencies) -> Sequels:
    return Sequels(dependencies.offers, dependencies.showcase.best)


def _money(dependencies: BotDependencies, bot: Bot, consent_desk: ConsentDesk) -> dict[str, object]:
    """What the screens of top-ups ask for."""
    payments, bank, transfers = dependencies.payments, dependencies.bank, dependencies.transfers
    stars = TelegramStars(bot)
    provider = StarsProvider(stars, lambda: payments.terms)
    subscriptions = SubscriptionService(dependencies.database, stars, dependencies.clock)
    return {
        "payments": payments,
        "invitations": dependencies.invitations,
        "subscriptions": subscriptions,
        "cashier": Cashier(bot, payments, provider, subscriptions, consent_desk),
        "bank": bank,
        "transfers": transfers,
        "bank_desk": BankDesk(payments, bank, transfers, consent_desk),
    }


def _staff(dependencies: BotDependencies) -> dict[str, object]:
    """What the screens of the staff ask for."""
    desks = dependencies.desks
    return {
        "rates_in_force": dependencies.rates,
        "staff": desks.staff,
        "admin": desks.admin,
        "receipts": desks.receipts,
        "rates_desk": desks.rates,
        "crew": desks.crew,
        "models_desk": desks.models,
        "money_desk": desks.money,
        "dead": desks.dead,
        "made_desk": desks.generations,
        "staff_dead": StaffDead(desks.dead, desks.staff),
        "staff_generations": StaffGenerations(
            desks.generations, desks.admin, desks.staff, dependencies.catalogue
        ),
        "staff_refund_all": StaffRefundAll(desks.refund_all),
        "strange": desks.strange,
        "margins": Margins(dependencies.database),
        "audits": AuditRuns(dependencies.database),
        "staff_acts": StaffActs(desks.admin, desks.staff),
        "staff_money": StaffMoney(desks.money, desks.admin, desks.staff),
        "staff_strange": StaffStrange(desks.strange, desks.staff),
        "staff_receipts": StaffReceipts(desks.receipts, desks.staff),
    }


def _webhook(bot: Bot, line: Line, allowed: tuple[str, ...], report: Report) -> Webhook | None:
    if line.webhook_url is None:
        return None
    return Webhook(bot, WebhookAddress(line.webhook_url, line.webhook_secret, allowed), report)
