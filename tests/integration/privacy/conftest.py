"""Somebody of whom every table knows something, and the jobs of privacy without a network."""

from dataclasses import dataclass, field
from pathlib import Path

import pytest
from sqlalchemy import text

from app.clock import SystemClock
from app.db import Base, Database, Epoch
from app.files import FolderStore
from app.generation import CopyEraser, Withdrawing
from app.jobs import JobQueue
from app.ledger import Balance, Corrections
from app.payments import Method, SubscriptionService
from app.privacy import Departures, Exporter, PrivacyService, Purse, Usher
from app.users import Language, LeavingService, Person, User
from tests.fakes.outside import refuse_in_unit_of_work
from tests.fakes.stars import FakeStars
from tests.integration.books.conftest import WHY, Shop, furnish, open_shop
from tests.integration.generation.parlour import PRICE, open_parlour

SECRET = "тайна"
"""Stands in everything that is personal about person 7, and nowhere else."""

ANNA = Person(7, f"Anna {SECRET}", last_name=SECRET, username=SECRET, language_code="ru")

PLANTED = f"""
UPDATE person SET first_name = 'Anna {SECRET}', last_name = '{SECRET}', username = '{SECRET}' WHERE id = 7;
UPDATE draft SET inputs = '{{"prompt": "{SECRET}"}}' WHERE user_id = 7;
UPDATE generation SET inputs = '{{"prompt": "{SECRET}"}}', request = '{{"prompt": "{SECRET}"}}' WHERE user_id = 7;
UPDATE generation SET failure_detail = '{SECRET}' WHERE user_id = 7 AND state = 'failed';
UPDATE improvement SET original = '{SECRET}' WHERE user_id = 7;
UPDATE improvement SET improved = '{SECRET}' WHERE user_id = 7 AND improved IS NOT NULL;
INSERT INTO favourite (user_id, model_key) VALUES (7, '{SECRET}');
INSERT INTO budget (user_id, period, limit_kopecks) VALUES (7, 'day', 100000000);
INSERT INTO screen (chat_id, user_id, message_id, awaits) VALUES (7, 7, 1, '{SECRET}');
INSERT INTO attachment (chat_id, message_id, user_id, reference, caption) VALUES (7, 1, 7, 'x', '{SECRET}');
INSERT INTO staff (user_id, role) VALUES (7, 'support');
INSERT INTO action_log (actor_id, role, action, user_id, subject, reason, facts)
    VALUES (1, 'owner', 'role_granted', 7, 'person:7', 'why', '{{}}');
INSERT INTO operator_alert (cause, kind, subject, user_id, amount_kopecks, detail)
    VALUES ('x', 'strange_payment', 1, 7, 1, '');
INSERT INTO subscription (order_id, user_id, charge_id, paid_until, renewal, changed_at)
    SELECT id, 7, 'c1', now() + interval '20 days', 'active', now() FROM orders WHERE user_id = 7 LIMIT 1;
INSERT INTO receipt (event_id, order_id, user_id, file_id, unique_id, kind, asked_kopecks, code, state, received_at,
    decided_by, decided_at, reason)
    SELECT 1000001, id, 7, '{SECRET}', '{SECRET}', 'photo', 1, '{SECRET}', 'rejected', now(), 1, now(), 'unreadable'
    FROM orders WHERE user_id = 7 LIMIT 1;
INSERT INTO inbox (source, scope, external_id, digest, lane, payload, status, done_at)
    VALUES ('telegram', '1', 'done', 'x', '7', convert_to('{SECRET}', 'UTF8'), 'done', now());
INSERT INTO inbox (source, scope, external_id, digest, lane, payload, status, error)
    VALUES ('telegram', '1', 'dead', 'x', '7', convert_to('{SECRET}', 'UTF8'), 'dead', '{SECRET}');
INSERT INTO inbox (source, scope, external_id, digest, lane, payload, status)
    VALUES ('telegram', '1', 'paid', 'x', '7', convert_to('"successful_payment"', 'UTF8'), 'dead');
INSERT INTO person (id, first_name, language) VALUES (8, 'Boris', 'ru');
INSERT INTO favourite (user_id, model_key) VALUES (8, 'of another')
"""


@dataclass
class FakePrivacyNews:
    """`app.privacy.PrivacyNews`: what came, in order."""

    files: list[tuple[int, str, bytes]] = field(default_factory=list)
    gone_people: list[tuple[int, Language]] = field(default_factory=list)

    async def exported(self, user: User, name: str, content: bytes) -> None:
        refuse_in_unit_of_work()
        self.files.append((user.id, name, content))

    async def gone(self, user_id: int, language: Language) -> None:
        refuse_in_unit_of_work()
        self.gone_people.append((user_id, language))


@dataclass
class Doorway:
    """A shop whose people may leave it."""

    shop: Shop
    privacy: PrivacyService
    departures: Departures
    exporter: Exporter
    news: FakePrivacyNews
    stars: FakeStars
    files: Path

    async def leave(self, person_id: int = 7) -> None:
        """Asks to be deleted, with the sum that is shown."""
        world = self.shop.world
        farewell = await self.privacy.farewell(person_id)
        assert await self.privacy.leave(await world.next_step(), person_id, farewell.paid) is None
        await world.execute("UPDATE inbox SET status = 'done', done_at = now() WHERE status = 'new'")

    async def look(self) -> str:
        """One run of the job for the only deletion, when it is time; the state after it."""
        world = self.shop.world
        await world.execute("UPDATE departure SET look_at = now()")
        await self.departures.go_on(world.epoch, await world.count("SELECT id FROM departure"))
        return str(await self.value("SELECT state FROM departure"))

    async def settle(self) -> None:
        """What waits for others is over: the refund is done, the failure told, the improvement written."""
        world = self.shop.world
        failed = "SELECT id FROM generation WHERE user_id = 7 AND state = 'failed'"
        await world.teller.tell(world.epoch, await world.count(failed))
        await self.shop.refunds.went_back(world.epoch, Method.STARS, "c3", WHY)
        parlour = open_parlour(world, world.database, price=PRICE)
        await parlour.improver.improve(
            world.epoch, await world.count("SELECT max(id) FROM improvement WHERE user_id = 7")
        )

    async def balance(self) -> Balance:
        """Of person 7."""
        return await self.shop.world.balance(7)

    async def value(self, question: str) -> object:
        """The one value that a query gives."""
        async with self.shop.world.database.snapshot() as session:
            return (await session.execute(text(question))).scalar_one()

    async def places_of(self, word: str) -> list[str]:
        """The tables with the word anywhere in a row, bytes included."""
        found = []
        spelled = word.encode().hex()
        for table in sorted(Base.metadata.tables):
            rows = (
                f"SELECT count(*) FROM {table} it WHERE it\\:\\:text LIKE :word OR it\\:\\:text LIKE :bytes"
            )
            if await self.shop.world.count(rows, word=f"%{word}%", bytes=f"%{spelled}%"):
                found.append(table)
        return found


@pytest.fixture
async def doorway(database_url: str, database: Database, epoch: Epoch, tmp_path: Path) -> Doorway:
    """Person 7 has something in every table; see `books.conftest.shop` for their money and work."""
    shop = open_shop(database_url, database, epoch)
    await furnish(shop)
    for statement in PLANTED.split(";\n"):
        await shop.world.execute(statement.replace(":", "\\:"))
    return open_door(shop, tmp_path)


def open_door(shop: Shop, files: Path) -> Doorway:
    """The jobs as the composition root wires them, over fakes of the outside."""
    world, clock, news, stars = shop.world, SystemClock(), FakePrivacyNews(), FakeStars()
    database, users, leaving = world.database, world.users, LeavingService(world.database)
    usher = Usher(
        users,
        leaving,
        Withdrawing(world.settlement),
        Purse(world.ledger, Corrections()),
        SubscriptionService(database, stars, clock),
        CopyEraser(FolderStore(files)),
    )
    return Doorway(
        shop,
        PrivacyService(database, users, leaving, world.ledger, JobQueue()),
        Departures(database, usher, news, JobQueue(), clock),
        Exporter(database, users, news),
        news,
        stars,
        files,
    )
