"""Rows of people, drafts, screens and files that wait for a wish."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, LargeBinary, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from app.catalogue import InputValue
from app.db import Base


class PersonRow(Base):
    """Everyone who ever wrote; the key is Telegram's id.

    Of one who was deleted (`left_at`) the key alone says something: the books and the proofs hang on it.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("language IN ('ru', 'en')", name="language"),
        CheckConstraint("left_at IS NULL OR leaving_at IS NOT NULL", name="left_at"),
        Index("ix_person_username", text("lower(username)")),
    )

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    first_name: Mapped[str]
    last_name: Mapped[str | None]
    username: Mapped[str | None]
    language: Mapped[str]
    banned_at: Mapped[datetime | None]
    first_event_id: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    seen_at: Mapped[datetime] = mapped_column(server_default=func.now())
    leaving_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]


class DepartedRow(Base):
    """Somebody who was deleted once. `mark` is a keyed hash of Telegram's id: it names nobody without the key."""

    __tablename__ = "departed"

    mark: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    banned_at: Mapped[datetime | None]
    left_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class DepartedKeyRow(Base):
    """The key of these hashes, made by the migration."""

    __tablename__ = "departed_key"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    key: Mapped[bytes] = mapped_column(LargeBinary)


class ConsentRow(Base):
    """Who agreed to which words and when; append-only by trigger. The proof outlives the person's own row."""

    __tablename__ = "consent"
    __table_args__ = (CheckConstraint("version <> ''", name="version"),)

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    version: Mapped[str] = mapped_column(primary_key=True)
    agreed_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())


class DraftRow(Base):
    """Unfinished and finished choices; at most one open per person."""

    __tablename__ = "draft"
    __table_args__ = (
        CheckConstraint("state IN ('open', 'submitted', 'abandoned')", name="state"),
        CheckConstraint("revision >= 1", name="revision"),
        Index("uq_draft_user_id_open", "user_id", unique=True, postgresql_where=text("state = 'open'")),
        Index("ix_draft_user_id", "user_id", "id"),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    model_key: Mapped[str]
    inputs: Mapped[dict[str, InputValue]] = mapped_column(JSONB)
    revision: Mapped[int]
    asking: Mapped[str | None]
    state: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ScreenRow(Base):
    """The one message of a chat that is edited for a person."""

    __tablename__ = "screen"

    chat_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    message_id: Mapped[int]
    awaits: Mapped[str | None]
    shows: Mapped[str | None]


class FavouriteRow(Base):
    """Models that people marked with a star."""

    __tablename__ = "favourite"

    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"), primary_key=True, autoincrement=False)
    model_key: Mapped[str] = mapped_column(primary_key=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class AttachmentRow(Base):
    """A message with a file that came without a state; `reference` is a `MediaFile` as text."""

    __tablename__ = "attachment"
    __table_args__ = (Index("ix_attachment_user_id", "user_id", "created_at"),)

    chat_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    message_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    album: Mapped[str | None]
    reference: Mapped[str]
    caption: Mapped[str]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
