"""All parts of the Telegram stand-in, put together."""

import asyncio
import logging
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from app.sandbox.telegram.clock import SandboxClock
from app.sandbox.telegram.delivery import Delivery
from app.sandbox.telegram.faults import Faults
from app.sandbox.telegram.files import Files
from app.sandbox.telegram.journal import Changes, Journal
from app.sandbox.telegram.messages import Messages
from app.sandbox.telegram.payments import Payments
from app.sandbox.telegram.people import People
from app.sandbox.telegram.profile import Profile
from app.sandbox.telegram.queries import Queries
from app.sandbox.telegram.store import Store
from app.sandbox.telegram.subscriptions import Subscriptions
from app.sandbox.telegram.updates import Updates

log = logging.getLogger(__name__)

LOOK_FOR_EXPIRED_SECONDS = 0.25


@dataclass(frozen=True)
class StandIn:
    """What a method of the Bot API and a person's client can reach."""

    token: str
    store: Store
    clock: SandboxClock
    changes: Changes
    journal: Journal
    faults: Faults
    people: People
    messages: Messages
    files: Files
    updates: Updates
    delivery: Delivery
    queries: Queries
    payments: Payments
    subscriptions: Subscriptions
    profile: Profile
    closing: asyncio.Event

    def close(self) -> None:
        """Ends every long poll, so that the server can stop."""
        self.closing.set()
        self.updates.arrived.send()
        self.changes.wake()

    async def run(self) -> None:
        """Delivers updates, lets payments expire and renews subscriptions until cancelled, then closes the file."""
        await self.delivery.open()
        try:
            while True:
                self.payments.expire()
                with self.store.transaction():
                    self.subscriptions.renew_due()
                await asyncio.sleep(LOOK_FOR_EXPIRED_SECONDS)
        finally:
            with suppress(asyncio.CancelledError):
                await self.delivery.close()
            self.store.close()


def build_standin(data: Path, token: str, *, retry_scale: float) -> StandIn:
    """Opens (or makes) the state under `data`; `retry_scale` shortens the pauses between deliveries."""
    data.mkdir(parents=True, exist_ok=True)
    store = Store(data / "telegram.sqlite3")
    clock = SandboxClock(store)
    changes = Changes(store, clock)
    people = People(store)
    messages = Messages(store, clock, changes)
    updates = Updates(store, clock)
    faults = Faults(store)
    payments = Payments(store, clock, people=people, messages=messages, updates=updates, changes=changes)
    return StandIn(
        token=token,
        store=store,
        clock=clock,
        changes=changes,
        journal=Journal(store, clock),
        faults=faults,
        people=people,
        messages=messages,
        files=Files(store, data / "files"),
        updates=updates,
        delivery=Delivery(updates, faults, scale=retry_scale),
        queries=Queries(store, clock, messages=messages, updates=updates, changes=changes),
        payments=payments,
        subscriptions=Subscriptions(store, clock, people=people, payments=payments, updates=updates),
        profile=Profile(store, token),
        closing=asyncio.Event(),
    )
