"""The two rows that every instance shares: what this database belongs to, and who is ACTIVE."""

from datetime import datetime

from sqlalchemy import CheckConstraint, LargeBinary, SmallInteger, func
from sqlalchemy.orm import Mapped, mapped_column

from app.db.base import Base


class InstallationRow(Base):
    """Which bot the database belongs to, whether it is a sandbox, and the key that signs links and tokens."""

    __tablename__ = "installation"
    __table_args__ = (
        CheckConstraint("id = 1", name="single"),
        CheckConstraint("kind IN ('sandbox', 'real')", name="kind"),
    )

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    bot_id: Mapped[int | None]
    kind: Mapped[str | None]
    signing_key: Mapped[bytes] = mapped_column(LargeBinary)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class LeaderRow(Base):
    """The lease. `epoch` is unique so that raising it waits for every unit of work that holds the row's key.

    `replaced` is the release that reigned before `release` did; `promised_to` is the one that the last holder left
    the lock to, until somebody reigns.
    """

    __tablename__ = "leader"
    __table_args__ = (CheckConstraint("id = 1", name="single"),)

    id: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    epoch: Mapped[int] = mapped_column(unique=True)
    holder: Mapped[str | None]
    instance: Mapped[str | None]
    release: Mapped[str | None]
    renewed_at: Mapped[datetime | None]
    replaced: Mapped[str | None]
    promised_to: Mapped[str | None]
