"""The ledger's three tables. What writes them are the SQL functions of the migration, and nothing else.

There are no foreign keys between them: the functions write a transfer and its entries together, triggers keep
both for ever, the audit names an orphan, and a check per entry would cost a tenth of the throughput.
"""

from datetime import datetime

from sqlalchemy import CheckConstraint, Identity, Index, SmallInteger, text
from sqlalchemy.orm import Mapped, mapped_column

from app.db import Base

ACCOUNTS = "revenue|promo|losses|suspense|adjustments|payments:[a-z0-9_-]{1,32}"


class TransferRow(Base):
    """A positive amount that moved from `debit` to `credit`. A hold's row is of this table, too.

    `target_id` is the hold of a capture or release, the capture of a refund, the transfer that a correction
    corrects. `digest` covers every other column and the house entries. `user_id` 0 is the house itself.
    """

    __tablename__ = "ledger_transfer"
    __table_args__ = (
        CheckConstraint("amount > 0", name="amount"),
        CheckConstraint("user_id >= 0", name="user"),
        CheckConstraint("length(key) BETWEEN 1 AND 200", name="key"),
        CheckConstraint(
            "kind IN ('credit', 'bonus', 'hold', 'capture', 'release', 'refund', 'clawback', 'adjust')",
            name="kind",
        ),
        CheckConstraint(
            "kind NOT IN ('capture', 'release', 'refund') OR target_id IS NOT NULL", name="target"
        ),
        CheckConstraint(
            "kind <> 'adjust' OR coalesce(actor, '') <> '' AND coalesce(reason, '') <> ''", name="explained"
        ),
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
    target_id: Mapped[int | None]
    actor: Mapped[str | None]
    reason: Mapped[str | None]
    created_at: Mapped[datetime]
    digest: Mapped[bytes]


class EntryRow(Base):
    """What a transfer did to one account: a house account's amount, or a link of a wallet's chain.

    `hash` covers the entry, its transfer's digest and, in a wallet, the hash of the version before.
    """

    __tablename__ = "ledger_entry"
    __table_args__ = (
        CheckConstraint(
            "CASE WHEN account IS NULL"
            " THEN num_nulls(user_id, bucket, held_delta, posted_after, held_after, version) = 0"
            " ELSE num_nonnulls(user_id, bucket, held_delta, posted_after, held_after, version) = 0 END",
            name="either_house_or_wallet",
        ),
        CheckConstraint(f"account ~ '^({ACCOUNTS})$'", name="account"),
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
        CheckConstraint(
            "CASE bucket WHEN 'debt' THEN posted <= 0 AND held = 0 ELSE held >= 0 AND posted - held >= 0 END",
            name="balance",
        ),
        CheckConstraint(
            "CASE user_id WHEN 0 THEN bucket = 'journal' AND posted = 0"
            " ELSE user_id > 0 AND bucket IN ('bonus', 'cash', 'debt') END",
            name="bucket",
        ),
        {"postgresql_with": {"fillfactor": "50"}},
    )

    user_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    bucket: Mapped[str] = mapped_column(primary_key=True)
    posted: Mapped[int]
    held: Mapped[int]
    version: Mapped[int]
    head: Mapped[bytes]
