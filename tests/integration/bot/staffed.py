"""A house with its jobs done by hand: receipts are read, operators and people are told."""

from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import text

from app.admin import Herald
from app.clock import SystemClock
from app.jobs import JobQueue
from app.payments import ANNOUNCE, READ, ReceiptFile, ReceiptGoneError, ReceiptReader
from tests.integration.bot.conftest import LivingHouse
from tests.unit.bot.house import OWNERS
from tests.unit.bot.people import Somebody

TAKE = text("""
DELETE FROM procrastinate_jobs WHERE id = (
    SELECT id FROM procrastinate_jobs WHERE status = 'todo' AND task_name = ANY(:names) ORDER BY id LIMIT 1
) RETURNING task_name, (args ->> 'id')::bigint
""")


@dataclass
class Files:
    """What Telegram gives for a file id; an unknown one is gone."""

    contents: dict[str, bytes] = field(default_factory=dict)

    async def fetch(self, file: ReceiptFile) -> bytes:
        """The bytes."""
        if file.file_id not in self.contents:
            raise ReceiptGoneError(file.unique_id)
        return self.contents[file.file_id]


@dataclass
class Workroom:
    """Works off what a house has enqueued for receipts and for the staff."""

    house: LivingHouse
    files: Files = field(default_factory=Files)

    def __post_init__(self) -> None:
        database, desks = self.house.database, self.house.desks
        self.reader = ReceiptReader(database, self.files, JobQueue(), SystemClock())
        self.herald = Herald(
            database, desks.staff, desks.receipts, self.house.users, self.house.side.staff_notices
        )

    async def work(self) -> None:
        """Until nothing waits."""
        functions = {READ: self.reader.read, ANNOUNCE: self.herald.announce, "admin.tell": self.herald.tell}
        while True:
            async with self.house.database.unfenced_unit_of_work() as session:
                job = (await session.execute(TAKE, {"names": list(functions)})).first()
            if job is None:
                return
            await functions[job[0]](self.house.epoch, job[1])

    async def send_photo(self, person: Somebody, name: str, content: bytes, **more: Any) -> None:
        """The person sends a photo with these bytes."""
        self.files.contents[name] = content
        photo = {"file_id": name, "file_unique_id": f"u{name}", "width": 9, "height": 9, "file_size": 99}
        await self.house.wire.feed(person.message(photo=[photo], **more))

    async def send_pdf(self, person: Somebody, name: str, content: bytes) -> None:
        """The person sends a PDF with these bytes."""
        self.files.contents[name] = content
        document = {"file_id": name, "file_unique_id": f"u{name}", "mime_type": "application/pdf"}
        await self.house.wire.feed(person.message(document=document))


async def owner(house: LivingHouse, number: int = 0) -> Somebody:
    """One of the two owners, who has written to the bot."""
    person = Somebody(house.wire, id=OWNERS[number], first_name=f"Владелец{number}")
    await person.say("/start")
    return person


async def open_transfer(person: Somebody, roubles: str = "500") -> None:
    """To the question for the receipt of a transfer."""
    await person.say("/balance")
    await person.tap("Пополнить")
    await person.tap("Перевод на карту")
    await person.tap(f"{roubles}\u00a0₽")
    await person.tap("Я оплатил")
