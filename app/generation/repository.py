"""The statements about generations. Every time is the database's own, so a take-over does not change a rule."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from decimal import Decimal
from typing import TypedDict, Unpack

from sqlalchemy import ColumnElement, FromClause, Row, func, insert, or_, select, update
from sqlalchemy.dialects.postgresql import insert as upsert

from app.catalogue import Inputs, Modality, ModelKey
from app.db import Epoch, ReadSession, Session
from app.generation.entities import Generation
from app.generation.results.stored import from_json
from app.generation.states import HOLDING, FailureClass, State, check_move
from app.generation.tables import GenerationRow, JsonFile, UploadRow
from app.money import Kopecks
from app.offers import Quote

_TABLE: FromClause = GenerationRow.__table__
_ROW = GenerationRow
_NOW: ColumnElement[datetime] = func.clock_timestamp()
_PICTURE = (*_TABLE.c, _NOW.label("seen_at"))


@dataclass(frozen=True)
class NewGeneration:
    """What a generation is made of; the price comes from the quote."""

    user_id: int
    chat_id: int
    draft_id: int
    language: str
    progress_message_id: int | None
    model_id: str
    produces: Modality
    inputs: Inputs
    request: Inputs
    quote: Quote
    sold: int = 1
    variant: int = 1
    variants: int = 1
    usual_seconds: int | None = None
    slow_seconds: int | None = None
    parent_id: int | None = None
    """Whose result went in; it stays empty unless that generation is there and this person's."""


class Changes(TypedDict, total=False):
    """Columns that change besides the state. `next_check_at` takes what `in_seconds` makes, or None."""

    next_check_at: ColumnElement[datetime] | None
    submitted_at: ColumnElement[datetime] | datetime | None
    told_at: ColumnElement[datetime]
    kie_task_id: str | None
    hinted_task_id: str
    progress_message_id: int
    cost_credits: Decimal | None
    failure: FailureClass
    failure_detail: str | None
    failures: int
    missing: int
    returned_kopecks: int
    results: list[JsonFile]
    message_ids: list[int]


NOW = _NOW
"""The database's clock, not the moment when the transaction began."""


def in_seconds(seconds: float) -> ColumnElement[datetime]:
    """That many seconds from now, by the database's clock."""
    return _NOW + timedelta(seconds=seconds)


async def insert_generation(session: Session, new: NewGeneration, epoch: Epoch) -> Generation:
    """Stores a generation in HELD, due at once."""
    quote = new.quote
    statement = insert(_ROW).values(
        user_id=new.user_id,
        chat_id=new.chat_id,
        draft_id=new.draft_id,
        language=new.language,
        progress_message_id=new.progress_message_id,
        parent_id=select(_ROW.id)
        .where(_ROW.id == new.parent_id, _ROW.user_id == new.user_id)
        .scalar_subquery(),
        model_key=quote.model_key,
        model_id=new.model_id,
        produces=new.produces.value,
        inputs=dict(new.inputs),
        request=dict(new.request),
        quote_id=quote.id,
        price_kopecks=quote.price,
        is_free=quote.is_free,
        sold=new.sold,
        variant=new.variant,
        variants=new.variants,
        credits=quote.credits,
        usd_rub=quote.usd_rub,
        markup=quote.markup,
        usual_seconds=new.usual_seconds,
        slow_seconds=new.slow_seconds,
        state=State.HELD.value,
        epoch=epoch,
        next_check_at=_NOW,
    )
    return _generation((await session.execute(statement.returning(*_PICTURE))).one())


async def find(session: ReadSession, generation_id: int) -> Generation | None:
    """As it is now."""
    return await _one(session, _ROW.id == generation_id)


async def find_own(session: ReadSession, user_id: int, generation_id: int) -> Generation | None:
    """As it is now, if it is this person's."""
    return await _one(session, _ROW.id == generation_id, _ROW.user_id == user_id)


async def find_purchase(session: ReadSession, draft_id: int) -> tuple[Generation, ...]:
    """What the draft was submitted as, in the order of the variants; empty before it was."""
    statement = select(*_PICTURE).where(_ROW.draft_id == draft_id).order_by(_ROW.variant)
    return tuple(_generation(row) for row in await session.execute(statement))


async def lock_purchase(session: Session, draft_id: int) -> tuple[Generation, ...]:
    """The same, and alone with all of them until the unit ends."""
    statement = select(*_PICTURE).where(_ROW.draft_id == draft_id).order_by(_ROW.id).with_for_update()
    return tuple(_generation(row) for row in await session.execute(statement))


async def list_own(
    session: ReadSession, user_id: int, *, before: int | None, limit: int
) -> tuple[Generation, ...]:
    """The person's generations, newest first, with ids below `before`."""
    statement = select(*_PICTURE).where(_ROW.user_id == user_id).order_by(_ROW.id.desc()).limit(limit)
    if before is not None:
        statement = statement.where(_ROW.id < before)
    return tuple(_generation(row) for row in await session.execute(statement))


async def list_with_files(
    session: ReadSession, user_id: int, kind: Modality, *, before: int | None, limit: int
) -> tuple[Generation, ...]:
    """Those of the person's generations whose result has a file of this kind, newest first."""
    of_kind = _ROW.results.contains([{"kind": kind.value}])
    statement = (
        select(*_PICTURE).where(_ROW.user_id == user_id, of_kind).order_by(_ROW.id.desc()).limit(limit)
    )
    if before is not None:
        statement = statement.where(_ROW.id < before)
    return tuple(_generation(row) for row in await session.execute(statement))


async def count_holding(session: ReadSession, user_id: int) -> int:
    """How many purchases of this person are on their way; variants of one draft are one."""
    statement = select(func.count(_ROW.draft_id.distinct())).where(
        _ROW.user_id == user_id, _ROW.state.in_([state.value for state in HOLDING])
    )
    return (await session.execute(statement)).scalar_one()


async def held_of(session: ReadSession, user_id: int) -> tuple[int, ...]:
    """The person's generations that the provider was not asked for yet."""
    statement = select(_ROW.id).where(_ROW.user_id == user_id, _ROW.state == State.HELD.value)
    return tuple((await session.execute(statement.order_by(_ROW.id))).scalars())


async def lock(session: Session, generation_id: int) -> Generation | None:
    """As it is now, and alone with it until the unit ends."""
    statement = select(*_PICTURE).where(_ROW.id == generation_id).with_for_update()
    row = (await session.execute(statement)).one_or_none()
    return None if row is None else _generation(row)


async def claim(
    session: Session,
    generation_id: int,
    epoch: Epoch,
    *,
    states: Collection[State],
    lease: float,
    told: bool = True,
) -> Generation | None:
    """Takes a due generation for `lease` seconds; None when it is not due, not in `states`, or taken.

    A failed one is taken only when its person was told already (or, with `told` False, was not). A claim of an
    earlier reign counts for nothing: whoever held it is gone.
    """
    statement = (
        update(_ROW)
        .where(
            _ROW.id == generation_id,
            _ROW.state.in_([state.value for state in states]),
            _ROW.next_check_at.is_not(None),
            or_(_ROW.next_check_at <= _NOW, _ROW.epoch != epoch),
            or_(_ROW.state != State.FAILED.value, _ROW.told_at.is_not(None) == told),
        )
        .values(next_check_at=in_seconds(lease), epoch=epoch)
    )
    row = (await session.execute(statement.returning(*_PICTURE))).one_or_none()
    return None if row is None else _generation(row)


async def claim_submission(
    session: Session, claimed: Generation, *, answer_within: float
) -> Generation | None:
    """HELD → SUBMITTING: from now on the provider may have heard of it. None when it is no longer HELD."""
    check_move(claimed.state, State.SUBMITTING)
    statement = (
        update(_ROW)
        .where(_ROW.id == claimed.id, _ROW.state == State.HELD.value)
        .values(
            state=State.SUBMITTING.value,
            state_at=_NOW,
            submitting_at=_NOW,
            attempt=_ROW.attempt + 1,
            next_check_at=in_seconds(answer_within),
        )
    )
    row = (await session.execute(statement.returning(*_PICTURE))).one_or_none()
    return None if row is None else _generation(row)


async def claim_delivery(session: Session, claimed: Generation) -> Generation:
    """Counts the attempt to deliver, so that only the last claimant records its end.

    It counts as a failure until its end is recorded: whoever dies while sending may have sent.
    """
    statement = (
        update(_ROW).where(_ROW.id == claimed.id).values(attempt=_ROW.attempt + 1, failures=_ROW.failures + 1)
    )
    return _generation((await session.execute(statement.returning(*_PICTURE))).one())


async def move(
    session: Session, generation: Generation, to: State, **changes: Unpack[Changes]
) -> Generation | None:
    """One move of the table of life; None when somebody else moved or claimed the generation first.

    Raises ForbiddenMoveError for a move that the table does not have.
    """
    check_move(generation.state, to)
    statement = (
        update(_ROW)
        .where(
            _ROW.id == generation.id,
            _ROW.state == generation.state.value,
            _ROW.attempt == generation.attempt,
        )
        .values(state=to.value, state_at=_NOW, **changes)
    )
    row = (await session.execute(statement.returning(*_PICTURE))).one_or_none()
    return None if row is None else _generation(row)


async def change(session: Session, claimed: Generation, **changes: Unpack[Changes]) -> Generation | None:
    """Changes a claimed or locked generation in its state; None when the claim is not ours any more."""
    statement = (
        update(_ROW)
        .where(
            _ROW.id == claimed.id,
            _ROW.state == claimed.state.value,
            _ROW.next_check_at == claimed.next_check_at,
        )
        .values(**changes)
    )
    row = (await session.execute(statement.returning(*_PICTURE))).one_or_none()
    return None if row is None else _generation(row)


async def make_due(session: Session, locked: Generation) -> Generation:
    """Due now, whoever has claimed it: there is news."""
    statement = update(_ROW).where(_ROW.id == locked.id).values(next_check_at=_NOW)
    return _generation((await session.execute(statement.returning(*_PICTURE))).one())


async def sweep(
    session: Session, epoch: Epoch, *, overdue: float, again: float, limit: int = 500
) -> Sequence[Generation]:
    """Those whose moment passed `overdue` seconds ago, each at most once in `again` seconds.

    A moment that an earlier reign set may be the end of a claim that nobody holds any more: it has passed.
    """
    late = (
        select(_ROW.id)
        .where(
            _ROW.next_check_at.is_not(None),
            or_(_ROW.next_check_at < in_seconds(-overdue), _ROW.epoch != epoch),
            or_(_ROW.swept_at.is_(None), _ROW.swept_at < in_seconds(-again)),
        )
        .order_by(_ROW.next_check_at)
        .limit(limit)
        .with_for_update(skip_locked=True)
    )
    due = func.least(_ROW.next_check_at, _NOW)
    statement = update(_ROW).where(_ROW.id.in_(late)).values(swept_at=_NOW, next_check_at=due)
    statement = statement.returning(*_PICTURE)
    return [_generation(row) for row in await session.execute(statement)]


async def count_by_state(session: ReadSession) -> dict[State, int]:
    """How many there are in each state that has any."""
    found = await session.execute(select(_ROW.state, func.count()).group_by(_ROW.state))
    return {State(state): count for state, count in found}


async def find_upload(session: ReadSession, unique_id: str, *, younger_than: float) -> str | None:
    """Where the provider has a file, if it was put there less than so many seconds ago."""
    statement = select(UploadRow.url).where(
        UploadRow.unique_id == unique_id, UploadRow.uploaded_at > in_seconds(-younger_than)
    )
    return (await session.execute(statement)).scalar_one_or_none()


async def put_upload(session: Session, unique_id: str, url: str) -> None:
    """Remembers where the provider has a file from now on."""
    fresh = {"url": url, "uploaded_at": _NOW}
    statement = upsert(UploadRow).values(unique_id=unique_id, url=url)
    await session.execute(statement.on_conflict_do_update(index_elements=[UploadRow.unique_id], set_=fresh))


async def _one(session: ReadSession, *conditions: ColumnElement[bool]) -> Generation | None:
    row = (await session.execute(select(*_PICTURE).where(*conditions))).one_or_none()
    return None if row is None else _generation(row)


def _generation(row: Row[tuple[object, ...]]) -> Generation:
    return replace(
        _one_of(row),
        sold=row.sold,
        missing=row.missing,
        returned=Kopecks(row.returned_kopecks),
        variant=row.variant,
        variants=row.variants,
    )


def _one_of(row: Row[tuple[object, ...]]) -> Generation:
    """All but how many there are."""
    return Generation(
        id=row.id,
        user_id=row.user_id,
        chat_id=row.chat_id,
        draft_id=row.draft_id,
        model_key=ModelKey(row.model_key),
        model_id=row.model_id,
        produces=Modality(row.produces),
        inputs=row.inputs,
        request=row.request,
        language=row.language,
        price=Kopecks(row.price_kopecks),
        is_free=row.is_free,
        credits=row.credits,
        usd_rub=row.usd_rub,
        state=State(row.state),
        created_at=row.created_at,
        seen_at=row.seen_at,
        attempt=row.attempt,
        progress_message_id=row.progress_message_id,
        submitting_at=row.submitting_at,
        submitted_at=row.submitted_at,
        task_id=row.kie_task_id,
        hinted_task_id=row.hinted_task_id,
        next_check_at=row.next_check_at,
        failures=row.failures,
        failure=FailureClass(row.failure) if row.failure else None,
        failure_detail=row.failure_detail,
        results=tuple(from_json(file) for file in row.results),
        message_ids=tuple(row.message_ids),
        told_at=row.told_at,
        cost_credits=row.cost_credits,
        usual_seconds=row.usual_seconds,
        slow_seconds=row.slow_seconds,
        parent_id=row.parent_id,
    )
