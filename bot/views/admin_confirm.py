"""What an act of the staff will do, before they agree to it."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from app.admin import Adjustment, Direction, Foresight, Payback, StrangePayment
from app.ledger import Balance, Bucket
from bot.keyboards.admin_confirm import adjustment_keyboard, payback_keyboard, strange_keyboard
from bot.staff_wishes import PaybackWish, StrangeWish, ready
from bot.texts import Markup, Words
from bot.view import View

TITLE_KEYS: Mapping[tuple[Direction, Bucket], str] = MappingProxyType(
    {
        (Direction.GIVE, Bucket.CASH): "admin-confirm-give-cash",
        (Direction.GIVE, Bucket.BONUS): "admin-confirm-give-bonus",
        (Direction.TAKE, Bucket.CASH): "admin-confirm-take-cash",
        (Direction.TAKE, Bucket.BONUS): "admin-confirm-take-bonus",
    }
)


def adjustment_view(words: Words, wanted: Adjustment, foresight: Foresight) -> View:
    """The sum, the reason, the balance before and after."""
    title = words(
        TITLE_KEYS[wanted.direction, wanted.bucket],
        amount=words.money(wanted.amount),
        name=foresight.person.first_name,
        id=str(foresight.person.id),
    )
    text = _joined([title, _reason(words, wanted.reason), "", *_change(words, foresight)])
    return View(text, adjustment_keyboard(words, wanted), ready(wanted).text)


def payback_view(words: Words, payback: Payback, wish: PaybackWish, *, is_allowed: bool) -> View:
    """What goes back, what of it is spent and becomes debt. Who may not accept debt cannot agree to it."""
    payment = payback.payment
    title = words("admin-confirm-payback", number=str(payment.id), amount=words.money(payment.booked))
    lines: list[str] = [title, _reason(words, wish.reason)]
    if payback.foresight is not None:
        person = payback.foresight.person
        about = words("admin-confirm-about", name=person.first_name, id=str(person.id))
        lines += ["", about, *_change(words, payback.foresight)]
    if payback.shortfall > 0:
        lines += ["", words("admin-confirm-debt", amount=words.money(payback.shortfall))]
    if not is_allowed:
        lines.append(words("admin-debt-owners-only"))
    keyboard = payback_keyboard(words, payback, wish if is_allowed else None)
    return View(_joined(lines), keyboard, wish.awaited.text if is_allowed else None)


def assign_view(words: Words, found: StrangePayment, wish: StrangeWish, foresight: Foresight) -> View:
    """Whose the money becomes, and their balance before and after."""
    title = words(
        "admin-confirm-assign",
        number=str(found.payment.id),
        amount=words.money(found.payment.booked),
        name=foresight.person.first_name,
        id=str(foresight.person.id),
    )
    text = _joined([title, _reason(words, wish.note), "", *_change(words, foresight)])
    return View(text, strange_keyboard(words, wish), wish.awaited.text)


def keep_view(words: Words, found: StrangePayment, wish: StrangeWish) -> View:
    """It stays where it is."""
    payment = found.payment
    title = words("admin-confirm-keep", number=str(payment.id), amount=words.money(payment.booked))
    text = _joined([title, _reason(words, wish.note)])
    return View(text, strange_keyboard(words, wish), wish.awaited.text)


def before_lines(words: Words, balance: Balance) -> list[Markup]:
    """Cash, bonus and debt as they are."""
    lines = [
        words("balance-cash", amount=words.money(balance.cash)),
        words("balance-bonus", amount=words.money(balance.bonus)),
    ]
    if balance.debt > 0:
        lines.append(words("admin-debt", amount=words.money(balance.debt)))
    return lines


def _change(words: Words, foresight: Foresight) -> list[Markup]:
    """Cash, bonus and debt, each before and after."""
    before, after = foresight.before, foresight.after
    rows = [
        ("admin-change-cash", before.cash, after.cash),
        ("admin-change-bonus", before.bonus, after.bonus),
    ]
    if before.debt > 0 or after.debt > 0:
        rows.append(("admin-change-debt", before.debt, after.debt))
    return [words(key, before=words.money(was), after=words.money(is_)) for key, was, is_ in rows]


def _reason(words: Words, reason: str) -> Markup:
    return words("admin-confirm-reason", reason=reason)


def _joined(lines: Sequence[str]) -> Markup:
    return Markup("\n".join(lines))
