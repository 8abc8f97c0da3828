"""What each table knows of a person: how it is given out, and what becomes of it when the person is deleted."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

OWN = "it.user_id = :user"


@dataclass(frozen=True)
class Gone:
    """The rows are deleted."""


@dataclass(frozen=True)
class Emptied:
    """The rows stay without what is personal: the SQL assignments that take it away."""

    assignments: str


@dataclass(frozen=True)
class Stays:
    """The rows stay as they are."""

    reason: str


Fate = Gone | Emptied | Stays


@dataclass(frozen=True)
class Personal:
    """The rows of `table` (called `it`) about the person `:user` are those for which the SQL `whose` holds.

    `section` is where they stand in the export; `hidden` are columns that are ours and say nothing about the
    person. Without a section, `kept_back` says why they are not given out.
    """

    table: str
    fate: Fate
    whose: str = OWN
    section: str = ""
    hidden: tuple[str, ...] = ()
    kept_back: str = ""


_BOOKS = Stays("the books are never rewritten; the key alone says whose money it was")
_PROOF = Stays("proof of what was done or agreed to, under the key alone")
_LIMITS = Stays("free runs are counted for whoever comes back, too")
_TOUCHED = Stays("what is left of it names nobody but the key")

_RESULTS_WITHOUT_FILES = (
    "(SELECT coalesce(jsonb_agg(r - 'telegram_file_id' - 'original_file_id' - 'track'), '[]'::jsonb) "
    "FROM jsonb_array_elements(it.results) r)"
)

# Money that was paid or went back is booked even for somebody who is gone, from the event if need be.
_NOT_ABOUT_MONEY = (
    "position(convert_to('\"successful_payment\"', 'UTF8') IN it.payload) = 0 "
    "AND position(convert_to('\"refunded_payment\"', 'UTF8') IN it.payload) = 0"
)

PERSONAL: tuple[Personal, ...] = (
    Personal("person", Stays("emptied by app.users"), whose="it.id = :user", section="profile"),
    Personal("consent", _PROOF, section="consents"),
    Personal("favourite", Gone(), section="favourites"),
    Personal("budget", Gone(), section="budget"),
    Personal(
        "draft",
        Emptied(
            "inputs = '{}', asking = NULL, state = CASE state WHEN 'open' THEN 'abandoned' ELSE state END"
        ),
        section="drafts",
    ),
    Personal(
        "attachment",
        Gone(),
        section="files_waiting",
    ),
    Personal("screen", Gone(), kept_back="which message of the chat is edited next"),
    Personal(
        "generation",
        Emptied(
            "inputs = '{}', request = '{}', failure_detail = NULL, progress_message_id = NULL, "
            f"chat_id = user_id, results = {_RESULTS_WITHOUT_FILES}, "
            "message_ids = CASE WHEN message_ids = '{}' THEN message_ids ELSE '{0}' END"
        ),
        section="generations",
        hidden=("epoch", "attempt", "swept_at", "hinted_task_id", "next_check_at"),
    ),
    Personal("quote", _TOUCHED, section="prices", hidden=("inputs_digest",)),
    Personal("free_use", _LIMITS, section="free_runs"),
    Personal(
        "improvement",
        Emptied(
            "original = '', improved = CASE WHEN improved IS NULL THEN NULL ELSE '' END, chat_id = user_id"
        ),
        section="improvements",
        hidden=("epoch", "next_check_at"),
    ),
    Personal("orders", _BOOKS, section="orders", hidden=("payload",)),
    Personal("payment", _BOOKS, section="payments", hidden=("payload", "reviewed_by")),
    Personal(
        "payment_refund",
        _BOOKS,
        whose="it.payment_id IN (SELECT p.id FROM payment p WHERE p.user_id = :user)",
        section="refunds",
        hidden=("actor",),
    ),
    Personal("subscription", _BOOKS, section="subscriptions"),
    Personal(
        "receipt",
        Emptied("file_id = '', unique_id = '', code = ''"),
        section="receipts",
        hidden=("digest", "likeness", "first_by", "decided_by", "twin_id", "twin_exact"),
    ),
    Personal("ledger_wallet", _BOOKS, section="balance", hidden=("head",)),
    Personal("ledger_transfer", _BOOKS, section="statement", hidden=("digest", "actor")),
    Personal("ledger_entry", _BOOKS, section="entries", hidden=("hash",)),
    Personal("staff", Gone(), section="staff"),
    Personal(
        "action_log",
        _PROOF,
        section="operators_acts",
        hidden=("actor_id", "role"),
    ),
    Personal(
        "operator_alert", _PROOF, kept_back="what operators were told about a payment, which is given out"
    ),
    Personal(
        "refund_run",
        _PROOF,
        whose="it.actor_id = :user",
        kept_back="what a member of the staff did for others",
    ),
    Personal("invite_code", Gone(), section="invite_link"),
    Personal(
        "invitation",
        _PROOF,
        whose="it.invited_id = :user",
        section="came_by_a_link",
        hidden=("inviter_id", "bonus_kopecks"),
    ),
    Personal("data_export", Gone(), section="exports"),
    Personal("departure", _PROOF, section="deletions", hidden=("look_at",)),
    Personal(
        "inbox",
        Emptied(
            "payload = '', error = NULL, status = 'done', done_at = coalesce(it.done_at, clock_timestamp())"
        ),
        whose="it.source = 'telegram' AND it.lane = CAST(CAST(:user AS bigint) AS text) "
        f"AND it.status IN ('done', 'dead') AND (it.status = 'done' OR {_NOT_ABOUT_MONEY})",
        kept_back="the messages of the last days as they came; they stand in the chat",
    ),
)

NOBODYS: Mapping[str, str] = MappingProxyType(
    {
        "departed": "a keyed hash; whose it is cannot be read from it",
        "departed_key": "our own key",
        "installation": "the house's own row",
        "leader": "the house's own row",
        "upload": "where the provider has a file, by Telegram's key of the file, for three days",
        "rates": "what was in force for everybody",
        "refund_run_item": "generations, which stand under their own name",
        "market_news": "models",
        "suspension": "models",
        "rehearsal_run": "how a restoring went",
        "audit_run": "rows of the books by their number",
        "kie_balance": "our own account",
        "kie_refusal": "our own account",
        "payment_reconciliation": "how far a list was read",
        "job_death": "the type of an error",
    }
)
"""Tables that know nobody, and why."""
