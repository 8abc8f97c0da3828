"""What a crowd says, and what must have come of it: each text leaves its trace in the speaker's drafts, once.

A link to a model begins a draft of it, a wish fills that draft in; so a person's drafts, read in order, are what
they said. What is said in a group to others leaves none: such updates are only stored and done.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from tests.fixtures.books import Books
from tests.fixtures.people import SandboxClient
from tests.fixtures.sender import FIRST_UPDATE, Receipt

MODELS = ("z-image", "imagen-4", "flux-2-pro")
GROUP = -1_002_000_000_000
DRAFTS = """
    SELECT user_id, model_key, inputs ->> 'prompt' FROM draft WHERE user_id = ANY(%s) ORDER BY user_id, id
"""
EVENTS = """
    SELECT external_id::bigint, status, extract(epoch FROM done_at)::float8 FROM inbox
    WHERE source = 'telegram' AND external_id::bigint >= %s
"""
OUT_OF_ORDER = """
    SELECT count(*) FROM (
        SELECT done_at < lag(done_at) OVER (PARTITION BY source, lane ORDER BY id) AS early FROM inbox
    ) AS events WHERE early
"""


def to_the_bot(person: int, number: int) -> str:
    """A link and a wish by turns."""
    if number % 2:
        return f"желание {person} номер {number};"
    return f"/start model_{MODELS[number // 2 % len(MODELS)]}"


def to_others(person: int, number: int) -> str:
    """Nothing that the bot is asked."""
    return f"разговор {person} номер {number}"


@dataclass(frozen=True)
class Reckoning:
    """Updates that were answered 200, and what came of them. `waits`: from the first try to done, by number of each."""

    processed: int
    lost: int
    invented: int
    doubled: int
    out_of_order: int
    unanswered: int
    answered_twice: int
    dead: int
    waits: dict[int, float]

    @property
    def wrong(self) -> tuple[str, ...]:
        """What must be zero and is not."""
        musts = {
            "updates lost": self.lost,
            "updates that nobody sent": self.invented,
            "effects doubled": self.doubled,
            "effects out of order": self.out_of_order,
            "updates without a reply": self.unanswered,
            "dead letters": self.dead,
        }
        return tuple(f"{count} {name}" for name, count in musts.items() if count)


async def reckon(sandbox: SandboxClient, books: Books, receipts: Sequence[Receipt]) -> Reckoning:
    """Compares what was said with the inbox, the drafts and the chats."""
    sent = {it.update_id: it for it in receipts}
    events = {int(str(row[0])): row[1:] for row in books.all(EVENTS, FIRST_UPDATE)}
    done = {number: float(str(at)) for number, (status, at) in events.items() if status == "done"}
    said = _said(receipts)
    effects = _effects(books, list(said))
    replies = await _replies(sandbox)
    # Everybody's first message was the greeting.
    surplus = [replies[person] - 1 - len(texts) for person, texts in said.items()]
    pairs = [(Counter(texts), Counter(effects[person])) for person, texts in said.items()]
    return Reckoning(
        processed=len(done.keys() & sent.keys()),
        lost=len(sent.keys() - done.keys()) + sum((was - came).total() for was, came in pairs),
        invented=len(events.keys() - sent.keys()),
        doubled=sum((came - was).total() for was, came in pairs),
        out_of_order=int(str(books.one(OUT_OF_ORDER)))
        + sum(effects[person] != texts for person, texts in said.items()),
        unanswered=-sum(count for count in surplus if count < 0),
        answered_twice=sum(count for count in surplus if count > 0),
        dead=int(str(books.one("SELECT count(*) FROM inbox WHERE status = 'dead'"))),
        waits={number: done[number] - sent[number].sent_at for number in done.keys() & sent.keys()},
    )


def _said(receipts: Sequence[Receipt]) -> dict[int, list[str]]:
    """To the bot, person by person, in order."""
    said: dict[int, list[str]] = defaultdict(list)
    for receipt in sorted(receipts, key=lambda it: it.number):
        if receipt.text == to_the_bot(receipt.person, receipt.number):
            said[receipt.person].append(receipt.text)
    return said


def _effects(books: Books, people: list[int]) -> dict[int, list[str]]:
    """What they must have said for their drafts to look like this."""
    effects: dict[int, list[str]] = defaultdict(list)
    for person, model, prompt in books.all(DRAFTS, people):
        effects[int(str(person))].append(f"/start model_{model}")
        if prompt is not None:
            effects[int(str(person))].append(str(prompt))
    return effects


async def _replies(sandbox: SandboxClient) -> Counter[int]:
    calls = await sandbox.telegram("GET", "calls?method=sendMessage")
    return Counter(int(call["params"]["chat_id"]) for call in calls if call["ok"])
