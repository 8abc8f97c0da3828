"""The ledger's everyday service."""

from collections.abc import Iterable, Sequence

from app.db import ReadSession, Session
from app.ledger import audit, repository
from app.ledger.accounts import Bucket, HouseAccount
from app.ledger.balance import Balance, Finding, Hold, StatementLine
from app.ledger.rules import account, positive, sensible_key
from app.ledger.states import TransferKind
from app.money import Kopecks


class Ledger:
    """The only code that changes anybody's money; always inside the caller's unit of work.

    Every write takes a key made from natural ids. The same key with the same content answers with the first
    result, however often and from wherever it comes; with other content it raises KeyReusedError. Ids that come
    back are transfer ids. InvalidTransferError is for amounts that are not positive, unknown accounts, empty keys.
    """

    async def credit(self, session: Session, *, user_id: int, amount: Kopecks, source: str, key: str) -> int:
        """Books money that came in through `source` (a house account) as cash; debt is repaid from it first."""
        return await _give(session, TransferKind.CREDIT, user_id, amount, source, key)

    async def bonus(
        self,
        session: Session,
        *,
        user_id: int,
        amount: Kopecks,
        key: str,
        source: str = HouseAccount.PROMO,
    ) -> int:
        """Gives bonus money at the cost of `source`; it never repays debt."""
        return await _give(session, TransferKind.BONUS, user_id, amount, source, key)

    async def hold(self, session: Session, *, user_id: int, amount: Kopecks, key: str) -> Hold:
        """Sets money aside, bonus first. Raises InsufficientFundsError or DebtOutstandingError."""
        arguments = (user_id, positive(amount), sensible_key(key), "wallet")
        done = await repository.call(session, repository.HOLD, key, *arguments)
        return Hold(done.transfer_id, key, done.user_id, Kopecks(done.bonus or 0), Kopecks(done.cash or 0))

    async def capture(
        self, session: Session, *, hold_key: str, key: str, to: str = HouseAccount.REVENUE
    ) -> int:
        """Takes the whole hold to the house account `to`.

        Raises HoldResolvedError when another capture or a release came first, UnknownTransferError without a hold.
        """
        arguments = (TransferKind.CAPTURE, hold_key, sensible_key(key), account(to))
        done = await repository.call(session, repository.RESOLVE, key, *arguments, target=hold_key)
        return done.transfer_id

    async def release(self, session: Session, *, hold_key: str, key: str) -> int:
        """Gives the whole hold back, its cash to the debt first; raises as `capture` does."""
        arguments = (TransferKind.RELEASE, hold_key, sensible_key(key), "wallet")
        done = await repository.call(session, repository.RESOLVE, key, *arguments, target=hold_key)
        return done.transfer_id

    async def refund(
        self, session: Session, *, capture_key: str, key: str, amount: Kopecks | None = None
    ) -> int:
        """Gives a capture back to the buckets it came from: all that is left of it, or `amount`.

        In part, cash returns before bonus. Raises RefundTooLargeError, UnknownTransferError.
        """
        wanted = None if amount is None else positive(amount)
        arguments = (capture_key, wanted, sensible_key(key))
        done = await repository.call(session, repository.REFUND, key, *arguments, target=capture_key)
        return done.transfer_id

    async def lock(self, session: Session, user_ids: Iterable[int]) -> None:
        """Locks several people at once, so that two units never wait for each other in a circle.

        Whoever moves the money of more than one person in a unit of work calls this before the first move.
        """
        await repository.lock(session, list(user_ids))

    async def balance(self, session: ReadSession, user_id: int) -> Balance:
        """A person's money now; all zeros for somebody who never had any."""
        return await repository.balance(session, user_id)

    async def statement(
        self,
        session: ReadSession,
        user_id: int,
        *,
        before: int | None = None,
        limit: int = 20,
        keys: Sequence[str] | None = None,
    ) -> list[StatementLine]:
        """A person's transfers, the newest first; `before` is the last transfer id of the page before.

        With `keys` all those among them, and no pages.
        """
        return await repository.statement(session, user_id, before, limit, keys)

    async def audit(self, session: ReadSession) -> list[Finding]:
        """Proves every row of the ledger against the others; empty means healthy.

        Reads the whole ledger, from a snapshot please. At most 1000 findings a rule.
        """
        return await audit.findings(session)


async def _give(
    session: Session, kind: TransferKind, user_id: int, amount: Kopecks, source: str, key: str
) -> int:
    bucket = Bucket.BONUS if kind is TransferKind.BONUS else Bucket.CASH
    arguments = (
        kind,
        user_id,
        positive(amount),
        account(source),
        bucket,
        sensible_key(key),
        None,
        None,
        None,
    )
    return (await repository.call(session, repository.GIVE, key, *arguments)).transfer_id
