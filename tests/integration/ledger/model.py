"""The ledger as a few dictionaries: what the real one has to agree with after every step."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from app.ledger import (
    Balance,
    DebtOutstandingError,
    HoldResolvedError,
    HouseAccount,
    InsufficientFundsError,
    KeyReusedError,
    RefundTooLargeError,
    TransferKind,
    UnknownTransferError,
)
from app.money import Kopecks


@dataclass
class Wallet:
    """A person's money in kopecks."""

    cash: int = 0
    cash_held: int = 0
    bonus: int = 0
    bonus_held: int = 0
    debt: int = 0

    def gain_cash(self, amount: int) -> None:
        repaid = min(amount, self.debt)
        self.debt -= repaid
        self.cash += amount - repaid

    def balance(self) -> Balance:
        values = (self.cash, self.cash_held, self.bonus, self.bonus_held, self.debt)
        return Balance(*(Kopecks(value) for value in values))


@dataclass
class Parts:
    """The parts of a hold, or what is left to refund of a capture."""

    user_id: int
    bonus: int
    cash: int
    taken_by: str = ""
    resolved: TransferKind | None = None


class Books:
    """Raises what the ledger raises, and changes nothing when it raises."""

    def __init__(self) -> None:
        self.wallets: defaultdict[int, Wallet] = defaultdict(Wallet)
        self.house: Counter[str] = Counter()
        self.holds: dict[str, Parts] = {}
        self.captures: dict[str, Parts] = {}
        self._keys: dict[str, tuple[object, ...]] = {}

    def credit(self, user_id: int, amount: int, source: str, key: str) -> None:
        if self._first("credit", user_id, amount, source, key=key):
            self._write("credit", user_id, amount, source, key=key)
            self.house[source] -= amount
            self.wallets[user_id].gain_cash(amount)

    def bonus(self, user_id: int, amount: int, key: str) -> None:
        if self._first("bonus", user_id, amount, key=key):
            self._write("bonus", user_id, amount, key=key)
            self.house[HouseAccount.PROMO] -= amount
            self.wallets[user_id].bonus += amount

    def hold(self, user_id: int, amount: int, key: str, *, cash_only: bool = False) -> None:
        content = ("hold", user_id, amount, cash_only)
        if not self._first(*content, key=key):
            return
        wallet = self.wallets[user_id]
        if wallet.debt:
            raise DebtOutstandingError(Kopecks(wallet.debt))
        bonus = 0 if cash_only else min(amount, wallet.bonus - wallet.bonus_held)
        cash = amount - bonus
        if cash > wallet.cash - wallet.cash_held:
            raise InsufficientFundsError(Kopecks(cash - (wallet.cash - wallet.cash_held)))
        self._write(*content, key=key)
        wallet.bonus_held += bonus
        wallet.cash_held += cash
        self.holds[key] = Parts(user_id, bonus, cash)

    def capture(self, hold_key: str, key: str, to: str) -> None:
        hold = self._open_hold(TransferKind.CAPTURE, hold_key, key, to)
        if hold is None:
            return
        wallet = self.wallets[hold.user_id]
        wallet.bonus -= hold.bonus
        wallet.cash -= hold.cash
        self.house[to] += hold.bonus + hold.cash
        self.captures[key] = Parts(hold.user_id, hold.bonus, hold.cash, taken_by=to)

    def release(self, hold_key: str, key: str) -> None:
        hold = self._open_hold(TransferKind.RELEASE, hold_key, key, "")
        if hold is None:
            return
        wallet = self.wallets[hold.user_id]
        wallet.cash -= hold.cash
        wallet.gain_cash(hold.cash)

    def refund(self, capture_key: str, amount: int, key: str) -> None:
        if capture_key not in self.captures:
            raise UnknownTransferError(capture_key)
        if not self._first("refund", capture_key, amount, key=key):
            return
        left = self.captures[capture_key]
        if amount > left.bonus + left.cash:
            raise RefundTooLargeError(Kopecks(left.bonus + left.cash))
        self._write("refund", capture_key, amount, key=key)
        cash = min(amount, left.cash)
        left.cash -= cash
        left.bonus -= amount - cash
        self.house[left.taken_by] -= amount
        self.wallets[left.user_id].gain_cash(cash)
        self.wallets[left.user_id].bonus += amount - cash

    def clawback(self, user_id: int, amount: int, to: str, key: str) -> None:
        if not self._first("clawback", user_id, amount, to, key=key):
            return
        self._write("clawback", user_id, amount, to, key=key)
        wallet = self.wallets[user_id]
        taken = min(amount, wallet.cash - wallet.cash_held)
        wallet.cash -= taken
        wallet.debt += amount - taken
        self.house[to] += amount

    def reverse_bonus(self, user_id: int, amount: int, key: str) -> None:
        if not self._first("reverse", user_id, amount, key=key):
            return
        self._write("reverse", user_id, amount, key=key)
        wallet = self.wallets[user_id]
        taken = min(amount, wallet.bonus - wallet.bonus_held)
        wallet.bonus -= taken
        self.house[HouseAccount.PROMO] += taken

    def give(self, user_id: int, amount: int, bucket: str, key: str) -> None:
        if not self._first("give", user_id, amount, bucket, key=key):
            return
        self._write("give", user_id, amount, bucket, key=key)
        self.house[HouseAccount.ADJUSTMENTS] -= amount
        if bucket == "bonus":
            self.wallets[user_id].bonus += amount
        else:
            self.wallets[user_id].gain_cash(amount)

    def take(self, user_id: int, amount: int, bucket: str, key: str) -> None:
        if not self._first("take", user_id, amount, bucket, key=key):
            return
        wallet = self.wallets[user_id]
        free = wallet.bonus - wallet.bonus_held if bucket == "bonus" else wallet.cash - wallet.cash_held
        if amount > free:
            raise InsufficientFundsError(Kopecks(amount - free))
        self._write("take", user_id, amount, bucket, key=key)
        self.house[HouseAccount.ADJUSTMENTS] += amount
        if bucket == "bonus":
            wallet.bonus -= amount
        else:
            wallet.cash -= amount

    def book(self, debit: str, credit: str, amount: int, key: str) -> None:
        if self._first("book", debit, credit, amount, key=key):
            self._write("book", debit, credit, amount, key=key)
            self.house[debit] -= amount
            self.house[credit] += amount

    def _open_hold(self, kind: TransferKind, hold_key: str, key: str, to: str) -> Parts | None:
        """The hold, now resolved and no longer held; None on a replay."""
        if hold_key not in self.holds:
            raise UnknownTransferError(hold_key)
        if not self._first(kind, hold_key, to, key=key):
            return None
        hold = self.holds[hold_key]
        if hold.resolved is not None:
            raise HoldResolvedError(hold_key, hold.resolved)
        self._write(kind, hold_key, to, key=key)
        hold.resolved = kind
        self.wallets[hold.user_id].bonus_held -= hold.bonus
        self.wallets[hold.user_id].cash_held -= hold.cash
        return hold

    def _first(self, *content: object, key: str) -> bool:
        if key in self._keys and self._keys[key] != content:
            raise KeyReusedError(key)
        return key not in self._keys

    def _write(self, *content: object, key: str) -> None:
        self._keys[key] = content
