"""Numbers of the day, and what the staff did."""

from collections.abc import Sequence
from types import MappingProxyType

from app.admin import Action, LogEntry, Overview, Role
from bot.keyboards.admin import log_keyboard, overview_keyboard
from bot.texts import Markup, Words
from bot.view import View

LOG_SIZE = 8

ROLE_KEYS = MappingProxyType(
    {
        Role.OWNER: "role-owner",
        Role.OPERATOR: "role-operator",
        Role.SUPPORT: "role-support",
        Role.READ_ONLY: "role-read-only",
        Role.PERSON: "role-person",
    }
)

ACTION_KEYS = MappingProxyType(
    {
        Action.CREDITED: "action-credited",
        Action.DEBITED: "action-debited",
        Action.BANNED: "action-banned",
        Action.UNBANNED: "action-unbanned",
        Action.GENERATION_REFUNDED: "action-generation-refunded",
        Action.PAYMENT_REFUNDED: "action-payment-refunded",
        Action.PAYMENT_ASSIGNED: "action-payment-assigned",
        Action.PAYMENT_ACCEPTED: "action-payment-accepted",
        Action.RATES_CHANGED: "action-rates-changed",
        Action.ROLE_GRANTED: "action-role-granted",
        Action.ROLE_TAKEN: "action-role-taken",
        Action.RECEIPT_SECONDED: "action-receipt-seconded",
        Action.RECEIPT_APPROVED: "action-receipt-approved",
        Action.RECEIPT_REJECTED: "action-receipt-rejected",
        Action.WORK_REPLAYED: "action-work-replayed",
        Action.GENERATION_RETRIED: "action-generation-retried",
        Action.GENERATION_GIVEN_UP: "action-generation-given-up",
        Action.REFUND_RUN_BEGUN: "action-refund-run-begun",
        Action.REFUND_RUN_ENDED: "action-refund-run-ended",
        Action.MODEL_PUT_BACK: "action-model-put-back",
        Action.MARKET_LOOKED_AT: "action-market-looked-at",
        Action.DATA_EXPORTED: "action-data-exported",
        Action.DELETION_ASKED: "action-deletion-asked",
        Action.ACCOUNT_DELETED: "action-account-deleted",
    }
)


def overview_view(words: Words, overview: Overview, role: Role | None) -> View:
    """The last day in numbers, and what waits."""
    text = words(
        "admin",
        people=overview.people,
        active=overview.active,
        arrived=overview.arrived,
        paid=words.money(overview.paid_in),
        revenue=words.money(overview.revenue),
        cost=words.money(overview.cost),
        margin=words.money(overview.margin),
        made=overview.made,
        failed=overview.failed,
        running=overview.running,
        events=overview.waiting_events,
        dead=overview.dead_events,
        jobs=overview.failed_jobs,
    )
    return View(text, overview_keyboard(words, overview, role))


def log_view(words: Words, found: Sequence[LogEntry], *, is_first: bool) -> View:
    """One page of acts; one more than a page holds means that there are older ones."""
    shown = found[:LOG_SIZE]
    buttons = log_keyboard(words, shown, has_more=len(found) > LOG_SIZE, is_first=is_first)
    lines = [_line(words, entry) for entry in shown]
    return View(Markup("\n\n".join([words("admin-log" if shown else "admin-log-empty"), *lines])), buttons)


def _line(words: Words, entry: LogEntry) -> Markup:
    facts = ", ".join(f"{name}={value}" for name, value in sorted(entry.facts.items()))
    return words(
        "admin-log-line",
        moment=words.moment(entry.at),
        actor=str(entry.actor_id),
        action=words.plain(ACTION_KEYS[entry.action]),
        subject=entry.subject,
        facts=facts,
        reason=entry.reason,
    )
