"""A person's statement as a CSV file that spreadsheets open."""

import csv
from collections.abc import Iterable
from decimal import Decimal
from io import StringIO

from app.ledger import StatementLine
from app.money import Kopecks
from bot.texts import Words
from bot.views.statement import title

COLUMNS = (
    "csv-number",
    "csv-time",
    "csv-title",
    "csv-spendable",
    "csv-cash",
    "csv-bonus",
    "csv-held",
    "csv-debt",
    "csv-note",
)
FORMULA = ("=", "+", "-", "@", "\t", "\r")


def statement_csv(words: Words, lines: Iterable[StatementLine]) -> bytes:
    """UTF-8 with a mark at the start, as spreadsheets want it; amounts are changes in roubles with a point."""
    out = StringIO()
    table = csv.writer(out)
    table.writerow([words.plain(column) for column in COLUMNS])
    for line in lines:
        table.writerow(_cells(words, line))
    return out.getvalue().encode("utf-8-sig")


def _cells(words: Words, line: StatementLine) -> list[str]:
    amounts = (line.change, line.cash, line.bonus, line.held, line.debt)
    return [
        str(line.transfer_id),
        line.created_at.isoformat(timespec="seconds"),
        title(words, line),
        *(_roubles(amount) for amount in amounts),
        _harmless(line.reason or ""),
    ]


def _roubles(amount: Kopecks) -> str:
    return str(Decimal(amount).scaleb(-2).quantize(Decimal("0.01")))


def _harmless(text: str) -> str:
    """A spreadsheet runs what begins like a formula."""
    return "'" + text if text.startswith(FORMULA) else text
