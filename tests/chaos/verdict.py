"""What must be true after a storm, generation by generation: delivered once or refunded once, and nothing held."""

import asyncio
from collections import Counter
from dataclasses import dataclass
from time import monotonic

from tests.fixtures.books import Books
from tests.fixtures.journeys import PICTURE_PRICE
from tests.fixtures.people import SandboxClient, text_of

WELCOME = 30_000
"""Kopecks that everybody began with."""
ENDED_WITHIN = 600.0
# Nobody answers any more: the stand-in calls back for the last time after six seconds (`faults.PACE`).
UNANSWERED = "interval '10 seconds'"

UNFINISHED = """
    SELECT id, user_id, state, failure FROM generation
    WHERE state IN ('held', 'submitting', 'submitted', 'running', 'fetching', 'captured')
        OR (state = 'failed' AND told_at IS NULL) OR (state = 'late' AND next_check_at IS NOT NULL)
"""
WAITING = "SELECT id, lane, attempts, error FROM inbox WHERE status = 'new'"
# What takes minutes by its rule: a dead link is tried for three of them, 455 says two, a stuck task has its time limit.
HURRY = (
    """
    UPDATE generation SET next_check_at = now() - interval '10 seconds', swept_at = NULL
    WHERE state IN ('fetching', 'held') AND next_check_at > now()
    """,
    """
    UPDATE generation SET submitted_at = submitted_at - interval '1 hour', next_check_at = now()
    WHERE state IN ('submitted', 'running') AND submitted_at < now() - interval '60 seconds'
    """,
)
HURRY_SECONDS = 8.0
MOVES = """
    SELECT g.id, g.user_id, g.state, g.inputs ->> 'prompt', g.price_kopecks,
        count(*) FILTER (WHERE t.kind = 'hold'), count(*) FILTER (WHERE t.kind = 'capture'),
        count(*) FILTER (WHERE t.kind = 'release')
    FROM generation g
    LEFT JOIN ledger_transfer t ON t.key IN ('hold:' || g.id, 'resolution:' || g.id)
    GROUP BY g.id ORDER BY g.id
"""
WALLETS = "SELECT sum(posted), sum(held) FROM ledger_wallet WHERE user_id = %s AND bucket <> 'debt'"


@dataclass(frozen=True)
class Verdict:
    """`wrong` names every offender; the rest is counted."""

    generations: int
    ends: Counter[str]
    second_copies: int
    tasks: int
    wrong: tuple[str, ...]


async def settled(sandbox: SandboxClient, books: Books, *, hurried: bool) -> None:
    """Returns when every update was delivered, and every event and generation has ended.

    `hurried` lets hours pass for what rules make wait.
    """
    deadline, next_hurry = monotonic() + ENDED_WITHIN, monotonic() + HURRY_SECONDS
    # In the order in which one becomes the other, so that nothing slips through between two looks.
    while left := [*await _undelivered(sandbox), *books.all(WAITING), *books.all(UNFINISHED)]:
        assert monotonic() < deadline, f"unfinished: {left}"
        books.let_the_grace_time_pass(UNANSWERED)
        if hurried and monotonic() > next_hurry:
            for statement in HURRY:
                books.execute(statement)
            next_hurry = monotonic() + HURRY_SECONDS
        await asyncio.sleep(0.09)


async def _undelivered(sandbox: SandboxClient) -> list[object]:
    """What the stand-in for Telegram still tries to tell; after a power cut it pauses between two tries."""
    told = await sandbox.telegram("GET", "updates?after=0")
    return [update["update_id"] for update in told if update["state"] == "pending"]


async def judge(sandbox: SandboxClient, books: Books, people: list[int], *, copies_allowed: int) -> Verdict:
    """Compares the books, the chats, and what the stand-in for KIE was asked to make."""
    rows = books.all(MOVES)
    captions = {person: await _captions(sandbox, person) for person in people}
    tasks = (await sandbox.kie("GET", "tasks"))["tasks"]
    wrong: list[str] = []
    second = 0
    for number, person, state, prompt, _, *moves in rows:
        copies = sum(str(prompt) in caption for caption in captions.get(int(str(person)), ()))
        second += max(copies - 1, 0)
        wrong += _complaints(f"generation {number} ({state})", str(state), moves, copies)
    if second > copies_allowed:
        wrong.append(f"{second} second copies, at most {copies_allowed} may be explained")
    wrong += [f"{it} has {count} tasks at KIE" for it, count in _asked(tasks).items() if count > 1]
    wrong += [complaint for person in people if (complaint := _wrong_money(books, person, rows))]
    wrong += [
        f"event {row}" for row in books.all("SELECT id, status, error FROM inbox WHERE status <> 'done'")
    ]
    ends = Counter(str(row[2]) for row in rows)
    return Verdict(len(rows), ends, second, len(tasks), tuple(wrong))


def _complaints(name: str, state: str, moves: list[object], copies: int) -> list[str]:
    """Delivered: captured and seen. Failed or cancelled: released and not seen. Late: released and seen."""
    paid, seen = state == "delivered", state in ("delivered", "late")
    expected = [1, 1, 0] if paid else [1, 0, 1]
    complaints = [] if moves == expected else [f"{name}: holds, captures, releases are {moves}"]
    if seen and copies == 0:
        complaints.append(f"{name}: nothing came")
    if not seen and copies > 0 and state != "failed":
        complaints.append(f"{name}: {copies} came for nothing")
    if state not in ("delivered", "failed", "cancelled", "late"):
        complaints.append(f"{name}: is no end here")
    return complaints


def _asked(tasks: list[dict[str, object]]) -> Counter[str]:
    """How often KIE was asked for each generation: its callback URL is its own."""
    return Counter(str(task["callBackUrl"]) for task in tasks)


def _wrong_money(books: Books, person: int, rows: list[tuple[object, ...]]) -> str | None:
    paid = sum(row[1] == person and row[2] == "delivered" for row in rows)
    left = books.all(WALLETS, person)
    right = [(WELCOME - paid * PICTURE_PRICE, 0)]
    return None if left in (right, [(None, None)]) else f"person {person} has {left[0]}, not {right[0]}"


async def _captions(sandbox: SandboxClient, person: int) -> list[str]:
    messages = await sandbox.telegram("GET", f"chats/{person}/messages")
    return [text_of(message) for message in messages if "photo" in message]
