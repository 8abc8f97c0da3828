"""The statements about people, drafts and screens."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    Boolean,
    ColumnElement,
    Row,
    Select,
    case,
    delete,
    false,
    func,
    literal,
    literal_column,
    or_,
    select,
    update,
)
from sqlalchemy.dialects.postgresql import insert

from app.catalogue import ModelKey, read_media
from app.db import ReadSession, Session
from app.users.attachment import Attachment
from app.users.draft import Draft
from app.users.person import Language, Person, Presence, User
from app.users.states import DraftState, before
from app.users.tables import AttachmentRow, ConsentRow, DraftRow, FavouriteRow, PersonRow, ScreenRow

# How old `seen_at` may grow before an arrival is written for its sake alone.
SEEN_PRECISION = timedelta(hours=1)

_USER = (
    PersonRow.id,
    PersonRow.first_name,
    PersonRow.username,
    PersonRow.language,
    PersonRow.banned_at.is_not(None).label("banned"),
    case(
        (PersonRow.left_at.is_not(None), Presence.GONE.value),
        (PersonRow.leaving_at.is_not(None), Presence.LEAVING.value),
        else_=Presence.HERE.value,
    ).label("presence"),
)


# A row version that this very statement inserted was never locked or replaced, so its xmax is 0.
_INSERTED_NOW: ColumnElement[bool] = literal_column("(person.xmax = 0)", Boolean())


async def find_user(session: ReadSession, user_id: int) -> User | None:
    """The person as stored."""
    row = (await session.execute(select(*_USER).where(PersonRow.id == user_id))).first()
    return None if row is None else _user(row)


async def find_by_username(session: ReadSession, username: str) -> User | None:
    """Whoever was seen last under this name, in whatever case: Telegram names wander from one to another."""
    statement = (
        select(*_USER)
        .where(func.lower(PersonRow.username) == username.lower())
        .order_by(PersonRow.seen_at.desc())
        .limit(1)
    )
    row = (await session.execute(statement)).first()
    return None if row is None else _user(row)


async def find_unchanged(session: ReadSession, person: Person, event_id: int | None) -> User | None:
    """The person, provided that there is nothing to write about this arrival."""
    brought_them = func.coalesce(PersonRow.first_event_id == literal(event_id, BigInteger), false())
    statement = select(*_USER, brought_them.label("is_new")).where(
        PersonRow.id == person.id,
        PersonRow.first_name == person.first_name,
        PersonRow.last_name.is_not_distinct_from(person.last_name),
        PersonRow.username.is_not_distinct_from(person.username),
        PersonRow.seen_at > func.now() - SEEN_PRECISION,
    )
    row = (await session.execute(statement)).first()
    return None if row is None else _user(row, is_new=row.is_new)


async def upsert_person(
    session: Session, person: Person, first_language: Language, event_id: int | None
) -> User | None:
    """Stores the arrival; `first_language` and `event_id` count only for someone who was never seen.

    None, and nothing is stored, for someone who is leaving or gone.
    """
    names = {
        "first_name": person.first_name,
        "last_name": person.last_name,
        "username": person.username,
    }
    statement = (
        insert(PersonRow)
        .values(id=person.id, language=first_language.value, first_event_id=event_id, **names)
        .on_conflict_do_update(
            index_elements=[PersonRow.id],
            set_={**names, "seen_at": func.now()},
            where=PersonRow.leaving_at.is_(None),
        )
        .returning(*_USER, _INSERTED_NOW.label("is_new"))
    )
    row = (await session.execute(statement)).first()
    return None if row is None else _user(row, is_new=row.is_new)


async def lock_user(session: Session, user_id: int) -> User | None:
    """The person, with the row locked to the end of the unit."""
    statement = select(*_USER).where(PersonRow.id == user_id).with_for_update(key_share=True)
    row = (await session.execute(statement)).first()
    return None if row is None else _user(row)


async def set_language(session: Session, user_id: int, language: Language) -> None:
    """Keeps what the person chose."""
    await session.execute(update(PersonRow).where(PersonRow.id == user_id).values(language=language.value))


async def ban(session: Session, user_id: int) -> None:
    """Keeps the moment of the first ban in force."""
    await session.execute(
        update(PersonRow)
        .where(PersonRow.id == user_id, PersonRow.banned_at.is_(None))
        .values(banned_at=func.now())
    )


async def unban(session: Session, user_id: int) -> None:
    """Takes a ban back."""
    await session.execute(update(PersonRow).where(PersonRow.id == user_id).values(banned_at=None))


async def has_agreed(session: ReadSession, user_id: int, version: str) -> bool:
    """Whether the person agreed to these words."""
    statement = select(ConsentRow.user_id).where(ConsentRow.user_id == user_id, ConsentRow.version == version)
    return (await session.execute(statement)).first() is not None


async def insert_consent(session: Session, user_id: int, version: str) -> bool:
    """Records it; False when it was recorded before."""
    statement = insert(ConsentRow).values(user_id=user_id, version=version).on_conflict_do_nothing()
    return (await session.execute(statement.returning(ConsentRow.user_id))).first() is not None


async def insert_draft(session: Session, draft: Draft) -> Draft:
    """Stores a new draft; the one that comes back carries its id."""
    statement = (
        insert(DraftRow)
        .values(
            user_id=draft.user_id,
            model_key=draft.model_key,
            inputs=dict(draft.inputs),
            revision=draft.revision,
            asking=draft.asking,
            state=draft.state.value,
        )
        .returning(DraftRow.id)
    )
    return replace(draft, id=(await session.execute(statement)).scalar_one())


async def save_draft(session: Session, draft: Draft) -> None:
    """Writes what may change of a draft; the caller holds its row."""
    await session.execute(
        update(DraftRow)
        .where(DraftRow.id == draft.id)
        .values(
            inputs=dict(draft.inputs),
            revision=draft.revision,
            asking=draft.asking,
            state=draft.state.value,
            updated_at=func.now(),
        )
    )


async def find_draft(session: ReadSession, user_id: int, draft_id: int) -> Draft | None:
    """A draft of this person, in whatever state."""
    return await _draft_of(session, _own_draft(user_id, draft_id))


async def lock_draft(session: Session, user_id: int, draft_id: int) -> Draft | None:
    """The same, with the row locked to the end of the unit."""
    return await _draft_of(session, _own_draft(user_id, draft_id).with_for_update())


async def find_open_draft(session: ReadSession, user_id: int) -> Draft | None:
    """The draft the person is working on."""
    statement = select(DraftRow).where(DraftRow.user_id == user_id, DraftRow.state == DraftState.OPEN.value)
    return await _draft_of(session, statement)


async def find_latest_draft(session: ReadSession, user_id: int) -> Draft | None:
    """The draft opened last, in whatever state."""
    statement = select(DraftRow).where(DraftRow.user_id == user_id).order_by(DraftRow.id.desc()).limit(1)
    return await _draft_of(session, statement)


async def abandon_open_draft(session: Session, user_id: int) -> None:
    """Closes the draft the person was working on."""
    await session.execute(
        update(DraftRow)
        .where(DraftRow.user_id == user_id, DraftRow.state.in_(before(DraftState.ABANDONED)))
        .values(
            state=DraftState.ABANDONED.value,
            asking=None,
            revision=DraftRow.revision + 1,
            updated_at=func.now(),
        )
    )


async def submit_draft(session: Session, draft_id: int, revision: int) -> bool:
    """Moves an open draft of this very revision to submitted; False when there is none."""
    statement = (
        update(DraftRow)
        .where(
            DraftRow.id == draft_id,
            DraftRow.revision == revision,
            DraftRow.state.in_(before(DraftState.SUBMITTED)),
        )
        .values(state=DraftState.SUBMITTED.value, asking=None, updated_at=func.now())
        .returning(DraftRow.id)
    )
    return (await session.execute(statement)).first() is not None


ScreenFacts = tuple[int, str | None, str | None]
"""The message id of a live screen, what is awaited there, and what stands for what it says."""


async def find_screen(session: ReadSession, chat_id: int, user_id: int) -> ScreenFacts | None:
    """The live screen."""
    statement = select(ScreenRow.message_id, ScreenRow.awaits, ScreenRow.shows).where(
        ScreenRow.chat_id == chat_id, ScreenRow.user_id == user_id
    )
    row = (await session.execute(statement)).first()
    return None if row is None else (row.message_id, row.awaits, row.shows)


async def put_screen(session: Session, chat_id: int, user_id: int, screen: ScreenFacts) -> None:
    """Makes the message the live screen."""
    values = dict(zip(("message_id", "awaits", "shows"), screen, strict=True))
    statement = insert(ScreenRow).values(chat_id=chat_id, user_id=user_id, **values)
    await session.execute(
        statement.on_conflict_do_update(index_elements=[ScreenRow.chat_id, ScreenRow.user_id], set_=values)
    )


async def swap_screen(
    session: Session, chat_id: int, user_id: int, before: ScreenFacts, after: ScreenFacts
) -> bool:
    """Puts one in the place of another; False when that is not there any more."""
    message_id, awaits, shows = before
    statement = (
        update(ScreenRow)
        .where(
            ScreenRow.chat_id == chat_id,
            ScreenRow.user_id == user_id,
            ScreenRow.message_id == message_id,
            ScreenRow.awaits.is_not_distinct_from(awaits),
            ScreenRow.shows.is_not_distinct_from(shows),
        )
        .values(dict(zip(("message_id", "awaits", "shows"), after, strict=True)))
        .returning(ScreenRow.message_id)
    )
    return (await session.execute(statement)).first() is not None


async def delete_screen(session: Session, chat_id: int, user_id: int) -> None:
    """There is no live screen any more."""
    await session.execute(delete(ScreenRow).where(ScreenRow.chat_id == chat_id, ScreenRow.user_id == user_id))


async def list_favourites(session: ReadSession, user_id: int) -> tuple[ModelKey, ...]:
    """The keys of the models with this person's star, the newest first."""
    statement = (
        select(FavouriteRow.model_key)
        .where(FavouriteRow.user_id == user_id)
        .order_by(FavouriteRow.created_at.desc(), FavouriteRow.model_key)
    )
    return tuple(ModelKey(key) for key in (await session.execute(statement)).scalars())


async def put_favourite(session: Session, user_id: int, model_key: ModelKey) -> None:
    """Sets the star; one that is there stays."""
    statement = insert(FavouriteRow).values(user_id=user_id, model_key=model_key)
    await session.execute(statement.on_conflict_do_nothing())


async def delete_favourite(session: Session, user_id: int, model_key: ModelKey) -> None:
    """Takes the star away."""
    await session.execute(
        delete(FavouriteRow).where(FavouriteRow.user_id == user_id, FavouriteRow.model_key == model_key)
    )


async def insert_attachment(session: Session, chat_id: int, user_id: int, attachment: Attachment) -> None:
    """Stores a message with a file; the same message again changes nothing."""
    statement = insert(AttachmentRow).values(
        chat_id=chat_id,
        message_id=attachment.message_id,
        user_id=user_id,
        album=attachment.file.album,
        reference=attachment.file.reference,
        caption=attachment.caption,
    )
    await session.execute(statement.on_conflict_do_nothing())


async def find_album(
    session: ReadSession, chat_id: int, user_id: int, message_id: int
) -> tuple[Attachment, ...]:
    """The message with its whole album, in the order of the chat."""
    own = (AttachmentRow.chat_id == chat_id, AttachmentRow.user_id == user_id)
    album = select(AttachmentRow.album).where(*own, AttachmentRow.message_id == message_id).scalar_subquery()
    statement = (
        select(AttachmentRow.message_id, AttachmentRow.reference, AttachmentRow.caption)
        .where(*own, or_(AttachmentRow.message_id == message_id, AttachmentRow.album == album))
        .order_by(AttachmentRow.message_id)
    )
    found = []
    for row in await session.execute(statement):
        file = read_media(row.reference)
        if file is not None:
            found.append(Attachment(row.message_id, file, row.caption))
    return tuple(found)


def _user(row: Row[Any], *, is_new: bool = False) -> User:
    """From the columns of _USER."""
    language, presence = Language(row.language), Presence(row.presence)
    return User(row.id, row.first_name, row.username, language, row.banned, is_new, presence)


def _own_draft(user_id: int, draft_id: int) -> Select[DraftRow]:
    return select(DraftRow).where(DraftRow.id == draft_id, DraftRow.user_id == user_id)


async def _draft_of(session: ReadSession, statement: Select[DraftRow]) -> Draft | None:
    # A row read earlier in this unit may have been changed since by plain statements.
    fresh = statement.execution_options(populate_existing=True)
    row = (await session.execute(fresh)).scalar_one_or_none()
    if row is None:
        return None
    return Draft(
        id=row.id,
        user_id=row.user_id,
        model_key=ModelKey(row.model_key),
        inputs=row.inputs,
        revision=row.revision,
        asking=row.asking,
        state=DraftState(row.state),
    )
