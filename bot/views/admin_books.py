"""The last proof of the books."""

from app.books import AuditRun
from app.ledger import Finding
from bot.keyboards.admin_books import books_keyboard
from bot.texts import Markup, Words, shortened
from bot.view import View

SHOWN = 10
"""Findings that a message names."""

LONGEST_DETAIL = 120


def books_view(words: Words, run: AuditRun | None) -> View:
    """Its time and its outcome; None before the first night."""
    if run is None:
        return View(words("admin-books-never"), books_keyboard(words))
    key = "admin-books-broken" if run.findings else "admin-books-proven"
    head = words(
        key,
        moment=words.moment(run.finished_at),
        took=words.duration(max(1, round(run.took_ms / 1000))),
        findings=run.findings,
    )
    lines = [_line(words, it) for it in run.shown[:SHOWN]]
    more = run.findings - len(lines)
    rest = [words("alert-more", count=more)] if more > 0 else []
    return View(Markup("\n".join([head, *lines, *rest])), books_keyboard(words))


def _line(words: Words, finding: Finding) -> Markup:
    detail = shortened(finding.detail, LONGEST_DETAIL)
    return words("admin-books-finding", rule=finding.rule, row=finding.row, detail=detail)
