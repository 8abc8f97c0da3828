"""The durable inbox: what comes from outside is stored before it is understood, and acknowledged only then.

Invariants
- `Inbox.accept` returns after COMMIT or raises; an event that came twice is one row.
- An event ends as `done` or, after its retries, as `dead`; nothing else takes it out of `new`.
- Within a lane events run one after the other in order of id; a failing one is parked and the next goes on.
- An event whose effect is committed is told so (`Event.applied`), and `apply_once` is true once in its life.

Proven by tests/integration/inbox; a crash between claim and mark by tests/integration/inbox/test_crashes.py.
"""

from app.inbox.attempts import Pace
from app.inbox.consumer import Consumer
from app.inbox.errors import MalformedEventError
from app.inbox.events import Backlog, Event, EventHandler, Incoming, Source, Step
from app.inbox.forgetting import FORGET, KEPT_SECONDS, Forgetting
from app.inbox.listener import Listener
from app.inbox.measured import MeasuredHandler
from app.inbox.service import Capacity, Inbox, apply_once, revive
from app.inbox.telegram import canonical_digest, incoming_update, parse_payload, update_kind

__all__ = [
    "FORGET",
    "KEPT_SECONDS",
    "Backlog",
    "Capacity",
    "Consumer",
    "Event",
    "EventHandler",
    "Forgetting",
    "Inbox",
    "Incoming",
    "Listener",
    "MalformedEventError",
    "MeasuredHandler",
    "Pace",
    "Source",
    "Step",
    "apply_once",
    "canonical_digest",
    "incoming_update",
    "parse_payload",
    "revive",
    "update_kind",
]
