"""Every movement of a person's money, a line each."""

from collections.abc import Sequence
from types import MappingProxyType

from app.generation import generation_of, is_fewer, is_improvement
from app.ledger import StatementLine, TransferKind
from app.money import Kopecks
from app.payments import is_referral
from bot.keyboards.statement import statement_keyboard
from bot.texts import Markup, Words
from bot.view import View

PAGE_SIZE = 8

TITLE_KEYS = MappingProxyType(
    {
        TransferKind.CREDIT: "statement-credit",
        TransferKind.BONUS: "statement-bonus",
        TransferKind.HOLD: "statement-hold",
        TransferKind.CAPTURE: "statement-capture",
        TransferKind.RELEASE: "statement-release",
        TransferKind.REFUND: "statement-refund",
        TransferKind.CLAWBACK: "statement-clawback",
        TransferKind.ADJUST: "statement-adjust",
    }
)

IMPROVEMENT_KEYS = MappingProxyType(
    {
        TransferKind.HOLD: "statement-improve-hold",
        TransferKind.CAPTURE: "statement-improve-capture",
        TransferKind.RELEASE: "statement-improve-release",
    }
)

REFERRAL_KEYS = MappingProxyType(
    {
        TransferKind.BONUS: "statement-referral",
        TransferKind.CLAWBACK: "statement-referral-back",
    }
)


def statement_view(words: Words, found: Sequence[StatementLine], *, is_first: bool) -> View:
    """One page of what was found; one more than a page holds means that there are older ones."""
    shown = found[:PAGE_SIZE]
    older = shown[-1].transfer_id if len(found) > PAGE_SIZE else None
    buttons = statement_keyboard(words, older=older, is_first=is_first, is_empty=not shown)
    if not shown:
        return View(words("statement-empty"), buttons)
    return View(Markup("\n\n".join([words("statement"), *(_line(words, line) for line in shown)])), buttons)


def title(words: Words, line: StatementLine) -> str:
    """What a transfer was, without markup."""
    if is_improvement(line.key):
        return words.plain(IMPROVEMENT_KEYS[line.kind])
    if is_referral(line.key):
        return words.plain(REFERRAL_KEYS[line.kind])
    number = generation_of(line.key)
    said = words.plain("statement-fewer" if is_fewer(line.key) else TITLE_KEYS[line.kind])
    return said if number is None else words.plain("statement-of", title=said, number=str(number))


def signed(words: Words, amount: Kopecks) -> str:
    """Money with its sign; a real minus."""
    if amount == 0:
        return words.money(amount)
    return ("+" if amount > 0 else "−") + words.money(Kopecks(abs(amount)))


def _line(words: Words, line: StatementLine) -> Markup:
    # What was set aside before is paid from there: the money to spend does not change again.
    is_capture = line.kind is TransferKind.CAPTURE
    said = words(
        "statement-paid" if is_capture else "statement-line",
        amount=words.money(line.amount) if is_capture else signed(words, line.change),
        title=title(words, line),
        moment=words.moment(line.created_at),
    )
    if line.debt == 0:
        return said
    return Markup(said + "\n" + words("statement-debt", amount=signed(words, line.debt)))
