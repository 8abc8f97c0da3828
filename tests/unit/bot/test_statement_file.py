"""The statement as a file."""

import csv
from datetime import UTC, datetime
from io import StringIO

import pytest

from app.ledger import StatementLine, TransferKind
from app.money import Kopecks
from bot.statement_file import COLUMNS, statement_csv
from bot.texts import load_texts

WORDS = load_texts().for_language("ru")


def line(
    kind: TransferKind, *, cash: int = 0, held: int = 0, key: str = "k", reason: str | None = None
) -> StatementLine:
    return StatementLine(
        transfer_id=7,
        kind=kind,
        key=key,
        created_at=datetime(2026, 11, 23, 8, 0, tzinfo=UTC),
        reason=reason,
        amount=Kopecks(abs(cash) or abs(held)),
        cash=Kopecks(cash),
        bonus=Kopecks(0),
        held=Kopecks(held),
        debt=Kopecks(0),
    )


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"))))


def test_a_spreadsheet_reads_a_line_per_movement_with_exact_roubles() -> None:
    content = statement_csv(
        WORDS, [line(TransferKind.HOLD, held=64, key="hold:12"), line(TransferKind.CREDIT, cash=1_234_567)]
    )
    head, hold, credit = read(content)
    assert content.startswith(b"\xef\xbb\xbf")
    assert head == [WORDS.plain(column) for column in COLUMNS]
    assert hold[:3] == ["7", "2026-11-23T08:00:00+00:00", "Отложено на работу №12"]
    assert hold[3:8] == ["-0.64", "0.00", "0.00", "0.64", "0.00"]
    assert credit[3:5] == ["12345.67", "12345.67"]


@pytest.mark.proves("S10")
def test_an_operators_words_are_never_a_formula() -> None:
    (_, only) = read(
        statement_csv(WORDS, [line(TransferKind.ADJUST, cash=1, reason='=HYPERLINK("http://x")')])
    )
    assert only[-1] == '\'=HYPERLINK("http://x")'
