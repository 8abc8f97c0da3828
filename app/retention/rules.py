"""The fate of every table."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True)
class Rule:
    """Rows of `table` for which the SQL condition `past` holds (the row is called `it`) serve nobody any more."""

    table: str
    past: str


RULES = (
    # Nobody comes back to what they gave up a month ago; an old button of it leads to a fresh screen.
    Rule(
        "draft",
        "it.state = 'abandoned' AND it.updated_at < now() - interval '30 days' "
        "AND NOT EXISTS (SELECT FROM generation g WHERE g.draft_id = it.id) "
        "AND NOT EXISTS (SELECT FROM improvement i WHERE i.draft_id = it.id)",
    ),
    # A price is live for minutes. One that was paid is proof of what was agreed.
    Rule(
        "quote",
        "it.expires_at < now() - interval '7 days' "
        "AND NOT EXISTS (SELECT FROM generation g WHERE g.draft_id = it.draft_id AND g.quote_id = it.id)",
    ),
    # A file waits so long for its sender's wish.
    Rule("attachment", "it.created_at < now() - interval '7 days'"),
    # An upload is used again for half a day (see app.generation.uploads).
    Rule("upload", "it.uploaded_at < now() - interval '3 days'"),
)

_MONEY = "money: kept for ever"
_PERSON = "one row a person or chat"
_ONE = "one row"

KEPT: Mapping[str, str] = MappingProxyType(
    {
        "ledger_transfer": _MONEY,
        "ledger_entry": _MONEY,
        "ledger_wallet": _MONEY,
        "orders": _MONEY,
        "payment": _MONEY,
        "payment_refund": _MONEY,
        "receipt": _MONEY,
        "subscription": _MONEY,
        "invitation": _MONEY,
        "improvement": _MONEY,
        "generation": "people's History, and what their money went for",
        "free_use": "one row a free generation",
        "consent": "proof",
        "action_log": "proof",
        "rates": "proof of what was in force; one row a change",
        "refund_run": "proof",
        "refund_run_item": "proof",
        "market_news": "what the last look at the provider's market found; the next one replaces it",
        "suspension": "proof of what was off sale; one row each time",
        "audit_run": "proof; one row a night",
        "rehearsal_run": "proof; one row a rehearsal of a restore",
        "operator_alert": "what operators were told is not told again; one row a trouble with money",
        "departure": "proof; one row a deletion",
        "departed": "whoever was deleted is known again; one row a person",
        "departed_key": _ONE,
        "data_export": "one row a copy of somebody's data, at most one a day",
        "person": _PERSON,
        "screen": _PERSON,
        "favourite": _PERSON,
        "invite_code": _PERSON,
        "budget": _PERSON,
        "staff": _PERSON,
        "installation": _ONE,
        "leader": _ONE,
        "kie_balance": _ONE,
        "kie_refusal": _ONE,
        "payment_reconciliation": "one row a method",
        "inbox": "what is done goes by the job inbox.forget; what is dead waits for an operator",
        "job_death": "what is dead waits for an operator; the worker deletes jobs that are done",
    }
)
