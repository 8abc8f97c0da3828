"""The ledger's rare service: money taken back, and operators' corrections."""

from dataclasses import dataclass

from app.db import ReadSession, Session
from app.ledger import repository
from app.ledger.accounts import Bucket, HouseAccount
from app.ledger.balance import Hold
from app.ledger.errors import InvalidTransferError
from app.ledger.rules import account, explanation, positive, sensible_key
from app.ledger.states import TransferKind
from app.money import Kopecks


@dataclass(frozen=True, slots=True)
class Explanation:
    """Who corrects, why, and the key of the transfer that is corrected, if it is one."""

    actor: str
    reason: str
    corrects: str | None = None


class Corrections:
    """Moves that are no everyday business; keys, ids and InvalidTransferError as with Ledger.

    A named transfer that does not exist raises UnknownTransferError.
    """

    async def clawback(
        self,
        session: Session,
        *,
        user_id: int,
        amount: Kopecks,
        to: str,
        key: str,
        corrects: str | None = None,
    ) -> int:
        """Takes back cash that `to` (a payments account) wants again: what is free; the rest becomes debt."""
        arguments = (user_id, positive(amount), Bucket.CASH, account(to), sensible_key(key), corrects)
        return await _call(session, repository.CLAWBACK, key, arguments, corrects)

    async def reverse_bonus(
        self, session: Session, *, user_id: int, amount: Kopecks, key: str, corrects: str | None = None
    ) -> int:
        """Takes back what is left of a bonus; what was spent of it is written off to promo, never debt."""
        arguments = (user_id, positive(amount), Bucket.BONUS, HouseAccount.PROMO, sensible_key(key), corrects)
        return await _call(session, repository.CLAWBACK, key, arguments, corrects)

    async def hold_cash(self, session: Session, *, user_id: int, amount: Kopecks, key: str) -> Hold:
        """Sets aside money that shall be paid out, so cash only; capture it to the payments account.

        Raises InsufficientFundsError, DebtOutstandingError.
        """
        arguments = (user_id, positive(amount), sensible_key(key), Bucket.CASH)
        done = await repository.call(session, repository.HOLD, key, *arguments)
        return Hold(done.transfer_id, key, done.user_id, Kopecks(0), Kopecks(done.cash or 0))

    async def give(
        self,
        session: Session,
        *,
        user_id: int,
        amount: Kopecks,
        bucket: Bucket,
        key: str,
        why: Explanation,
    ) -> int:
        """An operator gives cash (debt is repaid from it first) or bonus, at the cost of adjustments."""
        money = (user_id, positive(amount), HouseAccount.ADJUSTMENTS, _spendable(bucket), sensible_key(key))
        arguments = (TransferKind.ADJUST, *money, why.corrects, *explanation(why.actor, why.reason))
        return await _call(session, repository.GIVE, key, arguments, why.corrects)

    async def take(
        self,
        session: Session,
        *,
        user_id: int,
        amount: Kopecks,
        bucket: Bucket,
        key: str,
        why: Explanation,
    ) -> int:
        """An operator takes free cash or free bonus; raises InsufficientFundsError, never makes debt."""
        money = (user_id, positive(amount), _spendable(bucket), HouseAccount.ADJUSTMENTS, sensible_key(key))
        arguments = (*money, why.corrects, *explanation(why.actor, why.reason))
        return await _call(session, repository.TAKE, key, arguments, why.corrects)

    async def book(
        self, session: Session, *, debit: str, credit: str, amount: Kopecks, key: str, why: Explanation
    ) -> int:
        """Moves money from one house account to another: nobody's wallet is touched."""
        if debit == credit:
            raise InvalidTransferError(f"{debit} to itself")
        money = (account(debit), account(credit), positive(amount), sensible_key(key))
        arguments = (*money, why.corrects, *explanation(why.actor, why.reason))
        return await _call(session, repository.BOOK, key, arguments, why.corrects)

    async def house_balance(self, session: ReadSession, name: str) -> Kopecks:
        """A house account's balance: the sum of all its entries, so it reads the whole ledger."""
        return await repository.house_balance(session, account(name))


def _spendable(bucket: Bucket) -> Bucket:
    if bucket is Bucket.DEBT:
        raise InvalidTransferError(
            "debt is not given or taken: it grows by clawback and is repaid by credits"
        )
    return bucket


async def _call(
    session: Session, statement: str, key: str, arguments: tuple[object, ...], target: str | None
) -> int:
    done = await repository.call(session, statement, key, *arguments, target=target or "")
    return done.transfer_id
