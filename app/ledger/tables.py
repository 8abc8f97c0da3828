"""The ledger's three tables. What writes them are the SQL functions of the migration, and nothing else.

There are no foreign keys between them: the functions write a transfer and its entries together, triggers keep
both for ever, and the audit names an orphan. There are few checks, too: Postgres parses a check anew for each
statement, and ten of them halved the throughput; what they said is a rule of the audit ("shape").
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Identity, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base


class TransferRow(Base):
    """A positive amount that moved from `debit` to `credit`. A hold's row is of this table, too.

    `target_id` is the hold of a capture or release, the capture of a refund, the transfer that a correction
    corrects. `bonus` is the part of a hold, and of what resolves it, that is bonus money. `digest` covers every
    other column and the house entries. `user_id` 0 is the house itself.
    """

    __tablename__ = "ledger_transfer"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        Index(
            "ix_ledger_transfer_resolution",
            "target_id",
            unique=True,
            postgresql_where=text("kind IN ('capture', 'release')"),
        ),
        Index("ix_ledger_transfer_refund", "target_id", postgresql_where=text("kind = 'refund'")),
    )

    id: Mapped[int] = mapped_column(Identity(), primary_key=True)
    kind: Mapped[str]
    key: Mapped[str] = mapped_column(unique=True)
    user_id: Mapped[int]
    amount: Mapped[int]
    debit: Mapped[str]
    credit: Mapped[str]
    bonus: Mapped[int | None]
    target_id: Mapped[int | None]
    actor: Mapped[str | None]
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
    digest: Mapped[bytes]


class EntryRow(Base):
    """What a transfer did to one account: a house account's amount, or a link of a wallet's chain.

    The amounts of a transfer sum to zero; a positive one makes a balance bigger, and a debt smaller.
    `hash` covers the entry, its transfer's digest and, in a wallet, the hash of the version before.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        Index(
            "ix_ledger_entry_chain",
            "user_id",
            "bucket",
            "version",
            unique=True,
            postgresql_where=text("account IS NULL"),
        ),
    )

    transfer_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    line: Mapped[int] = mapped_column(SmallInteger, primary_key=True, autoincrement=False)
    account: Mapped[str | None]
    user_id: Mapped[int | None]
    bucket: Mapped[str | None]
    amount: Mapped[int]
    held_delta: Mapped[int | None]
    posted_after: Mapped[int | None]
    held_after: Mapped[int | None]
    version: Mapped[int | None]
    hash: Mapped[bytes]


class WalletRow(Base):
    """One bucket of one person; `head` is the hash of its latest entry.

    A person has all three buckets from the first transfer on. The house's own transfers are chained in a
    wallet of user 0, bucket `journal`, which never holds money.
    """

    __tablename__ = "ledger_wallet"
    __table_args__ = (
        CheckConstraint("held >= 0 AND posted - held >= 0", name="balance"),
        {"postgresql_with": {"fillfactor": "50"}},
    )

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bucket: Mapped[str] = mapped_column(primary_key=True)
    posted: Mapped[int]
    held: Mapped[int]
    version: Mapped[int]
    head: Mapped[bytes]
