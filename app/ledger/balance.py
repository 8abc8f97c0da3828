"""What the ledger tells about a person's money. All amounts are kopecks."""

from dataclasses import dataclass
from datetime import datetime

from app.ledger.states import TransferKind
from app.money import Kopecks


@dataclass(frozen=True, slots=True)
class Balance:
    """A person's money now. The held sums are parts of `cash` and `bonus`."""

    cash: Kopecks
    cash_held: Kopecks
    bonus: Kopecks
    bonus_held: Kopecks
    debt: Kopecks

    @property
    def free(self) -> Kopecks:
        """What can be held now; nothing while there is debt."""
        if self.debt > 0:
            return Kopecks(0)
        return Kopecks(self.cash - self.cash_held + self.bonus - self.bonus_held)

    @property
    def free_cash(self) -> Kopecks:
        """The part of the free money that can be paid out."""
        return Kopecks(min(self.cash - self.cash_held, self.free))

    @property
    def held(self) -> Kopecks:
        """What is set aside."""
        return Kopecks(self.cash_held + self.bonus_held)


@dataclass(frozen=True, slots=True)
class Hold:
    """Money set aside, in the parts it was taken from: bonus first, then cash."""

    transfer_id: int
    key: str
    user_id: int
    bonus: Kopecks
    cash: Kopecks

    @property
    def amount(self) -> Kopecks:
        """The whole sum set aside."""
        return Kopecks(self.bonus + self.cash)


@dataclass(frozen=True, slots=True)
class StatementLine:
    """One transfer as its person sees it: the changes of each bucket, and of what is held in both.

    `debt` is the change of what is owed: positive when debt grew.
    """

    transfer_id: int
    kind: TransferKind
    key: str
    created_at: datetime
    reason: str | None
    amount: Kopecks
    cash: Kopecks
    bonus: Kopecks
    held: Kopecks
    debt: Kopecks

    @property
    def change(self) -> Kopecks:
        """What it did to the money that can be spent: a hold takes it away, so the capture after it does nothing."""
        return Kopecks(self.cash + self.bonus - self.held)


@dataclass(frozen=True, slots=True)
class Finding:
    """A row of the ledger that breaks a rule, named as `table key`, e.g. `ledger_entry 12/1`."""

    rule: str
    row: str
    detail: str
