"""Dead events and jobs as the staff sees them."""

from collections.abc import Sequence
from types import MappingProxyType

from app.admin import DeadWork, Role, Trouble
from bot.keyboards.admin_dead import PAGE_SIZE, ask_replay_keyboard, dead_keyboard, work_keyboard
from bot.staff_wishes import ReplayWish
from bot.texts import Markup, Words
from bot.view import View

WORK_KEYS = MappingProxyType(
    {
        "telegram": "work-telegram",
        "kie": "work-kie",
        "generation.start": "work-start",
        "generation.check": "work-check",
        "generation.deliver": "work-deliver",
        "generation.tell": "work-tell",
        "generation.restore": "work-restore",
        "generation.original": "work-original",
        "admin.tell": "work-staff-tell",
        "admin.refund_all": "work-refund-all",
        "receipt.read": "work-receipt",
        "receipt.announce": "work-receipt",
        "payments.refund": "work-payment-refund",
        "payments.stop_renewal": "work-renewal",
    }
)

TROUBLE_KEYS = MappingProxyType(
    {
        Trouble.STORAGE: "trouble-storage",
        Trouble.OUTSIDE: "trouble-outside",
        Trouble.TIME: "trouble-time",
        Trouble.SENSELESS: "trouble-senseless",
        Trouble.CRASH: "trouble-crash",
        Trouble.DEFECT: "trouble-defect",
    }
)


def dead_view(words: Words, found: Sequence[DeadWork], page: int, total: int) -> View:
    """One page, the newest first."""
    lines = [words("admin-dead" if found else "admin-dead-none", count=total)]
    lines += [_line(words, it) for it in found]
    pages = max(1, -(-total // PAGE_SIZE))
    return View(Markup("\n\n".join(lines)), dead_keyboard(words, found, page, pages))


def work_view(words: Words, work: DeadWork, role: Role | None) -> View:
    """Everything an operator needs to decide whether it is worth another try."""
    lines = [
        words("admin-dead-card", number=str(work.id), work=work_name(words, work.kind)),
        words("admin-dead-name", name=work.kind),
        words("admin-dead-when", moment=words.moment(work.died_at), age=_age(words, work)),
        words("admin-dead-attempts", count=work.attempts),
        words("admin-dead-trouble", trouble=words.plain(TROUBLE_KEYS[work.trouble])),
    ]
    if work.error_type:
        lines.append(words("admin-dead-error", error=work.error_type))
    if work.generation_id is not None:
        lines.append(words("admin-dead-generation", number=str(work.generation_id)))
    if work.user_id is not None:
        lines.append(words("admin-dead-person", id=str(work.user_id)))
    return View(Markup("\n".join(lines)), work_keyboard(words, work, role))


def ask_replay_view(words: Words, wish: ReplayWish) -> View:
    """Why it shall be tried again."""
    key = "admin-ask-replay-kind" if wish.work_id is None else "admin-ask-replay"
    text = words(key, number=str(wish.work_id or ""), work=work_name(words, wish.kind))
    return View(text, ask_replay_keyboard(words), wish.awaited.text)


def work_name(words: Words, kind: str) -> str:
    """What it was about to do."""
    return words.plain(WORK_KEYS.get(kind, "work-other"))


def _line(words: Words, work: DeadWork) -> Markup:
    return words(
        "admin-dead-line",
        number=str(work.id),
        work=work_name(words, work.kind),
        age=_age(words, work),
        count=work.attempts,
        trouble=words.plain(TROUBLE_KEYS[work.trouble]),
        whose=_whose(words, work),
    )


def _whose(words: Words, work: DeadWork) -> str:
    if work.generation_id is not None:
        return words.plain("admin-dead-whose-generation", number=str(work.generation_id))
    return "" if work.user_id is None else words.plain("admin-dead-whose-person", id=str(work.user_id))


def _age(words: Words, work: DeadWork) -> str:
    """Seconds are of no interest after an hour."""
    seconds = round(work.age_seconds)
    if seconds < 3600:
        return words.duration(seconds)
    return words.plain("duration-hours", hours=seconds // 3600)
