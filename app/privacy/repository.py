"""The statements of privacy: over all tables, by `rules`."""

from datetime import datetime

from sqlalchemy import func, select, text, update
from sqlalchemy.dialects.postgresql import insert

from app.db import ReadSession, Session
from app.money import Kopecks
from app.privacy.entities import Departure, Export, ExportWish
from app.privacy.rules import Emptied, Gone, Personal
from app.privacy.states import DepartureState, before
from app.privacy.tables import DataExportRow, DepartureRow

# Told or not, a failure has given its money back; but whoever asked hears of it first.
_ON_THE_WAY = text("""
    SELECT (SELECT count(*) FROM generation g WHERE g.user_id = :user AND (
               g.state IN ('held', 'submitting', 'submitted', 'running', 'fetching', 'captured')
               OR g.state IN ('failed', 'late') AND g.told_at IS NULL AND g.next_check_at IS NOT NULL))
         + (SELECT count(*) FROM improvement i WHERE i.user_id = :user AND i.state IN ('asked', 'calling'))
           AS made,
           (SELECT count(*) FROM receipt r WHERE r.user_id = :user
               AND r.state IN ('received', 'waiting', 'seconded'))
         + (SELECT count(*) FROM payment_refund f JOIN payment p ON p.id = f.payment_id
               WHERE p.user_id = :user AND f.state = 'asked')
           AS waiting
""")

_BEING_ANSWERED = text("SELECT count(*) FROM inbox WHERE id = :event AND status = 'new'")

_SUBSCRIPTIONS = text("""
    SELECT order_id FROM subscription
    WHERE user_id = :user AND renewal = 'active' AND paid_until > now() ORDER BY order_id
""")

_GENERATIONS = text("SELECT id FROM generation WHERE user_id = :user AND results <> '[]' ORDER BY id")

# Whoever is looked after looks again at `look_at`; a job that was lost is missed a few minutes later.
_FORGOTTEN = text("""
    SELECT id FROM departure WHERE state <> 'done' AND look_at < clock_timestamp() - interval '5 minutes'
    ORDER BY id
""")
_UNSENT = text("""
    SELECT id FROM data_export WHERE sent_at IS NULL AND asked_at < clock_timestamp() - interval '10 minutes'
    ORDER BY id
""")

# Names of tables and conditions stand in `rules`; nothing of them comes from outside.
ROWS = """
    SELECT coalesce(jsonb_agg(found.one), '[]')::text
    FROM (SELECT to_jsonb(it) - CAST(:hidden AS text[]) AS one FROM {} it WHERE {}) AS found
"""
DELETE = "DELETE FROM {} it WHERE {}"
EMPTY = "UPDATE {} it SET {} WHERE {}"


async def on_the_way(session: ReadSession, user_id: int) -> tuple[int, int]:
    """How many generations and improvements are not over, and how many receipts and refunds are not decided."""
    row = (await session.execute(_ON_THE_WAY, {"user": user_id})).one()
    return int(row.made), int(row.waiting)


async def is_being_answered(session: ReadSession, event_id: int) -> bool:
    """Whether the event still waits for its answer."""
    return bool((await session.execute(_BEING_ANSWERED, {"event": event_id})).scalar_one())


async def renewed_subscriptions(session: ReadSession, user_id: int) -> tuple[int, ...]:
    """The orders of the subscriptions that will be paid again."""
    return tuple((await session.execute(_SUBSCRIPTIONS, {"user": user_id})).scalars())


async def generations_with_files(session: ReadSession, user_id: int) -> tuple[int, ...]:
    """Those whose results may lie in our storage."""
    return tuple((await session.execute(_GENERATIONS, {"user": user_id})).scalars())


async def give_out(session: ReadSession, rule: Personal, user_id: int) -> str:
    """The person's rows as a JSON array, in the order of the table's own key or time."""
    statement = text(ROWS.format(rule.table, rule.whose))
    values = {"user": user_id, "hidden": list(rule.hidden)}
    return str((await session.execute(statement, values)).scalar_one())


async def erase(session: Session, rule: Personal, user_id: int) -> None:
    """Does to the person's rows what their fate is."""
    match rule.fate:
        case Gone():
            statement = text(DELETE.format(rule.table, rule.whose))
        case Emptied(assignments):
            statement = text(EMPTY.format(rule.table, assignments, rule.whose))
        case _:
            return
    await session.execute(statement, {"user": user_id})


async def insert_departure(
    session: Session, user_id: int, event_id: int, language: str, given_up: Kopecks
) -> int | None:
    """A new deletion, its id; None when one is on its way."""
    values = {"user_id": user_id, "event_id": event_id, "language": language, "given_up_kopecks": given_up}
    statement = insert(DepartureRow).values(**values).on_conflict_do_nothing().returning(DepartureRow.id)
    return (await session.execute(statement)).scalar_one_or_none()


async def find_departure(session: ReadSession, departure_id: int) -> Departure | None:
    """The deletion with this id."""
    row = (await session.execute(select(DepartureRow).where(DepartureRow.id == departure_id))).scalar()
    return None if row is None else _departure(row)


async def lock_due(session: Session, departure_id: int, state: DepartureState) -> Departure | None:
    """The deletion, its row locked to the end of the unit.

    None when it is not in this state any more, or somebody else looks again later.
    """
    own = (DepartureRow.id == departure_id, DepartureRow.state == state.value)
    due = DepartureRow.look_at <= func.clock_timestamp()
    row = (await session.execute(select(DepartureRow).where(*own, due).with_for_update())).scalar()
    return None if row is None else _departure(row)


async def move(session: Session, departure_id: int, state: DepartureState) -> None:
    """Goes on; the caller holds the row."""
    ended = {"done_at": func.clock_timestamp(), "language": None} if state is DepartureState.DONE else {}
    allowed = DepartureRow.state.in_([it.value for it in before(state)])
    own = update(DepartureRow).where(DepartureRow.id == departure_id, allowed)
    await session.execute(own.values(state=state.value, look_at=func.clock_timestamp(), **ended))


async def look_again(session: Session, departure_id: int, seconds: float) -> datetime:
    """When somebody has to look again: so many seconds from now, by the database's clock."""
    at = func.clock_timestamp() + func.make_interval(0, 0, 0, 0, 0, 0, seconds)
    own = update(DepartureRow).where(DepartureRow.id == departure_id)
    moment: datetime = (
        await session.execute(own.values(look_at=at).returning(DepartureRow.look_at))
    ).scalar_one()
    return moment


async def forgotten_departures(session: ReadSession) -> tuple[int, ...]:
    """Those that nobody looked at when it was time."""
    return tuple((await session.execute(_FORGOTTEN)).scalars())


async def latest_export(session: ReadSession, user_id: int) -> tuple[int, ExportWish] | None:
    """The event and the facts of the last export of less than a day ago; `is_new` is for the caller to say."""
    recent = DataExportRow.asked_at > func.clock_timestamp() - func.make_interval(0, 0, 0, 1)
    statement = (
        select(DataExportRow)
        .where(DataExportRow.user_id == user_id, recent)
        .order_by(DataExportRow.asked_at.desc())
        .limit(1)
    )
    row = (await session.execute(statement)).scalar()
    if row is None:
        return None
    return row.event_id, ExportWish(row.asked_at, is_new=False, sent=row.sent_at is not None)


async def insert_export(session: Session, user_id: int, event_id: int) -> tuple[int, datetime]:
    """A new one: its id, and when it was asked for."""
    statement = insert(DataExportRow).values(user_id=user_id, event_id=event_id)
    made = (await session.execute(statement.returning(DataExportRow.id, DataExportRow.asked_at))).one()
    return made.id, made.asked_at


async def find_export(session: ReadSession, export_id: int) -> Export | None:
    """The export with this id."""
    row = (await session.execute(select(DataExportRow).where(DataExportRow.id == export_id))).scalar()
    return None if row is None else Export(row.id, row.user_id, row.sent_at is not None)


async def mark_sent(session: Session, export_id: int) -> bool:
    """True for the first who says so."""
    unsent = (DataExportRow.id == export_id, DataExportRow.sent_at.is_(None))
    statement = update(DataExportRow).where(*unsent).values(sent_at=func.clock_timestamp())
    return (await session.execute(statement.returning(DataExportRow.id))).first() is not None


async def unsent_exports(session: ReadSession) -> tuple[int, ...]:
    """Those that should have been sent long ago."""
    return tuple((await session.execute(_UNSENT)).scalars())


def _departure(row: DepartureRow) -> Departure:
    return Departure(
        id=row.id,
        event_id=row.event_id,
        user_id=row.user_id,
        language=row.language,
        given_up=Kopecks(row.given_up_kopecks),
        state=DepartureState(row.state),
        asked_at=row.asked_at,
        look_at=row.look_at,
    )
