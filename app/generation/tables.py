"""The rows of generations, and of the files that were uploaded for them."""

from datetime import datetime
from decimal import Decimal

from sqlalchemy import CheckConstraint, ForeignKey, Identity, Index, Numeric, UniqueConstraint, text
from sqlalchemy.dialects.postgresql import ARRAY, JSONB
from sqlalchemy.orm import Mapped, mapped_column
from sqlalchemy.types import BigInteger

from app.catalogue import InputValue
from app.db import Base

JsonFile = dict[str, str | int | None]
"""A StoredFile as jsonb, by the names of its fields."""


class GenerationRow(Base):
    """The truth about one generation; queue rows are only wake-ups for it.

    `next_check_at` is when somebody must look at it, at the latest: a scheduled look, or the end of the lease of
    whoever is working on it. NULL means that nothing is left to do. All its times are the database's own.

    `sold` is how many results the price is for, `missing` how many of them never came, `returned_kopecks` what of the
    price went back for them. The generations of one draft are variants of it, numbered from 1.
    """

    __tablename__ = "generation"
    __table_args__ = (
        CheckConstraint(
            "state IN ('held', 'submitting', 'submitted', 'running', 'fetching', 'captured', 'delivered', 'kept', "
            "'cancelled', 'failed', 'late', 'refunded')",
            name="state",
        ),
        CheckConstraint("price_kopecks >= 0", name="price"),
        CheckConstraint("is_free = (price_kopecks = 0)", name="is_free"),
        CheckConstraint("(state IN ('failed', 'late')) = (failure IS NOT NULL)", name="failure"),
        CheckConstraint("missing >= 0 AND missing < sold", name="missing"),
        CheckConstraint(
            "returned_kopecks BETWEEN 0 AND price_kopecks "
            "AND (returned_kopecks > 0) = (missing > 0 AND price_kopecks > 0)",
            name="returned",
        ),
        CheckConstraint("variant BETWEEN 1 AND variants", name="variant"),
        UniqueConstraint("draft_id", "variant"),
        Index(
            "ix_generation_next_check_at", "next_check_at", postgresql_where=text("next_check_at IS NOT NULL")
        ),
        Index("ix_generation_submitting_at", "submitting_at"),
        Index("ix_generation_created_at", "created_at"),
        Index("ix_generation_user_id_id", "user_id", "id"),
        Index(
            "ix_generation_outcome",
            "model_key",
            "state_at",
            postgresql_where=text("state IN ('captured', 'delivered', 'kept', 'failed', 'late')"),
        ),
        Index("ix_generation_our_account", "state_at", postgresql_where=text("failure = 'our_account'")),
        Index(
            "ix_generation_busy",
            "user_id",
            postgresql_where=text("state IN ('submitting', 'submitted', 'running', 'fetching')"),
        ),
        Index("ix_generation_parent_id", "parent_id", postgresql_where=text("parent_id IS NOT NULL")),
        Index("ix_generation_held", "id", postgresql_where=text("state = 'held'")),
    )

    id: Mapped[int] = mapped_column(Identity(always=True), primary_key=True)
    user_id: Mapped[int] = mapped_column(ForeignKey("person.id"))
    chat_id: Mapped[int]
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id"))
    variant: Mapped[int] = mapped_column(server_default=text("1"))
    variants: Mapped[int] = mapped_column(server_default=text("1"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("generation.id", ondelete="SET NULL"))
    language: Mapped[str]
    progress_message_id: Mapped[int | None]

    model_key: Mapped[str]
    model_id: Mapped[str]
    produces: Mapped[str]
    inputs: Mapped[dict[str, InputValue]] = mapped_column(JSONB)
    request: Mapped[dict[str, InputValue]] = mapped_column(JSONB)

    quote_id: Mapped[int]
    price_kopecks: Mapped[int]
    sold: Mapped[int] = mapped_column(server_default=text("1"))
    missing: Mapped[int] = mapped_column(server_default=text("0"))
    returned_kopecks: Mapped[int] = mapped_column(server_default=text("0"))
    is_free: Mapped[bool] = mapped_column(server_default=text("false"))
    credits: Mapped[Decimal] = mapped_column(Numeric)
    usd_rub: Mapped[Decimal] = mapped_column(Numeric)
    markup: Mapped[Decimal] = mapped_column(Numeric)

    usual_seconds: Mapped[int | None]
    slow_seconds: Mapped[int | None]

    state: Mapped[str]
    state_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    created_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
    epoch: Mapped[int]
    attempt: Mapped[int] = mapped_column(server_default=text("0"))
    next_check_at: Mapped[datetime | None]
    swept_at: Mapped[datetime | None]

    submitting_at: Mapped[datetime | None]
    submitted_at: Mapped[datetime | None]
    kie_task_id: Mapped[str | None] = mapped_column(unique=True)
    hinted_task_id: Mapped[str | None]
    cost_credits: Mapped[Decimal | None] = mapped_column(Numeric)

    failure: Mapped[str | None]
    failure_detail: Mapped[str | None]
    told_at: Mapped[datetime | None]

    failures: Mapped[int] = mapped_column(server_default=text("0"))
    results: Mapped[list[JsonFile]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    message_ids: Mapped[list[int]] = mapped_column(ARRAY(BigInteger), server_default=text("'{}'::bigint[]"))


class UploadRow(Base):
    """Where the provider has a file: kept to spare another upload, for as long as the provider surely keeps it."""

    __tablename__ = "upload"

    unique_id: Mapped[str] = mapped_column(primary_key=True)
    url: Mapped[str]
    uploaded_at: Mapped[datetime] = mapped_column(server_default=text("clock_timestamp()"))
