"""The staff's screens by themselves: margins page by page, alerts with the way to where they are handled."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from app.admin import Alert, AlertKind, Cause, Foresight, Payback
from app.books import AuditRun, ModelMargin
from app.catalogue import ModelKey
from app.ledger import Balance, Finding
from app.money import Credits, Kopecks
from app.payments import Method, Outcome, Payment
from app.users import Language, User
from bot.staff_callbacks import MarginsPage, Stretch
from bot.staff_wishes import PaybackWish
from bot.texts import Words, load_texts
from bot.view import View
from bot.views.admin_books import books_view
from bot.views.admin_confirm import payback_view
from bot.views.admin_margins import margins_view, percent
from bot.views.alerts import SHOWN, alert_view
from tests.unit.bot.examples import CATALOGUE

TEXTS = load_texts()
NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
EVERYWHERE = pytest.mark.parametrize("words", [TEXTS.for_language(it) for it in Language], ids=list(Language))


def margin(number: int, revenue: int, cost: int) -> ModelMargin:
    """Of a model that the catalogue does not know any more."""
    credits_ = Credits(Decimal(1))
    return ModelMargin(ModelKey(f"gone-{number}"), 2, 1, Kopecks(revenue), credits_, Kopecks(cost))


@pytest.mark.parametrize(
    ("margin_", "revenue", "shown"),
    [
        (50, 100, "50\u00a0%"),
        (-50, 100, "-50\u00a0%"),
        (0, 100, "0\u00a0%"),
        (-7, 0, "—"),
        (1, 3, "33\u00a0%"),
    ],
)
def test_a_margin_in_percent_is_a_part_of_the_revenue(margin_: int, revenue: int, shown: str) -> None:
    assert percent(Kopecks(margin_), Kopecks(revenue)) == shown


@EVERYWHERE
def test_margins_are_paged_under_the_sum_of_all_pages(words: Words) -> None:
    found = [margin(number, 10_000, 5_000 + number) for number in range(20)]
    first = margins_view(words, CATALOGUE, found, MarginsPage(stretch=Stretch.WEEK, page=0))
    last = margins_view(words, CATALOGUE, found, MarginsPage(stretch=Stretch.WEEK, page=2))
    assert "gone-0<" in first.text
    assert "gone-19<" not in first.text
    assert "gone-19<" in last.text
    for view in (first, last):
        assert words.money(Kopecks(200_000)) in view.text
        assert words.money(Kopecks(200_000 - 20 * 5_000 - 190)) in view.text
    assert data_of(first) == {"adn:7:1", "adn:1:0", "adn:30:0", "adm:overview"}
    assert data_of(last) == {"adn:7:1", "adn:1:0", "adn:30:0", "adm:overview"}


@EVERYWHERE
@pytest.mark.parametrize(
    ("kind", "user_id", "leads_to"),
    [
        (AlertKind.STRANGE_PAYMENT, None, {"adm:strange"}),
        (AlertKind.RECEIPT_LATE, 7, {"adm:receipts"}),
        (AlertKind.BOOKS_BROKEN, None, {"adm:books"}),
        (AlertKind.ACCOUNT_REFUSED, None, {"adm:overview"}),
        (AlertKind.CHARGED_BACK, 7, {"adp:7:paid"}),
        (AlertKind.REFUND_REFUSED, None, {"adw:1:open", "adw:2:open"}),
    ],
)
def test_each_alert_has_a_button_to_where_it_is_handled(
    words: Words, kind: AlertKind, user_id: int | None, leads_to: set[str]
) -> None:
    causes = tuple(Cause(f"c{it}", it, user_id, Kopecks(100), "<why>") for it in (1, 2))
    view = alert_view(words, Alert(kind, causes))
    assert data_of(view) == leads_to
    assert "&lt;why&gt;" in view.text


@EVERYWHERE
def test_dead_work_is_named_in_words_and_leads_to_its_list(words: Words) -> None:
    causes = (
        Cause("job:x:7", 7, None, Kopecks(0), "generation.deliver"),
        Cause("e", 9, None, Kopecks(0), "x"),
    )
    view = alert_view(words, Alert(AlertKind.DEAD_WORK, causes))
    assert data_of(view) == {"add:0"}
    for work, number in (("work-deliver", "7"), ("work-other", "9")):
        assert words("alert-work-line", work=words.plain(work), number=number) in view.text


@EVERYWHERE
def test_forged_webhooks_say_how_many_and_lead_to_the_overview(words: Words) -> None:
    view = alert_view(words, Alert(AlertKind.FORGED, (Cause("c", 20, None, Kopecks(0), ""),)))
    assert "20" in view.text
    assert data_of(view) == {"adm:overview"}


@EVERYWHERE
def test_an_account_that_is_back_leads_to_the_overview(words: Words) -> None:
    view = alert_view(words, Alert(AlertKind.ACCOUNT_BACK, (Cause("c", 0, None, Kopecks(0), ""),)))
    assert view.text == words("alert-account-back")
    assert data_of(view) == {"adm:overview"}


@EVERYWHERE
def test_many_causes_are_one_message_that_says_how_many_more_there_are(words: Words) -> None:
    causes = tuple(Cause(f"c{it}", it, None, Kopecks(100), "") for it in range(100))
    view = alert_view(words, Alert(AlertKind.STRANGE_PAYMENT, causes))
    assert "100" in view.text.splitlines()[0]
    assert len(view.text.splitlines()) == SHOWN + 2
    assert "95" in view.text.splitlines()[-1]


@EVERYWHERE
def test_a_thousand_findings_fit_into_a_message(words: Words) -> None:
    shown = tuple(Finding("rule", f"row {it}", "<detail> " * 30) for it in range(10))
    view = books_view(words, AuditRun(1, NOON, 1500, 1000, shown, "x"))
    assert len(view.text) < 4096
    assert "990" in view.text
    assert "<detail>" not in view.text
    assert books_view(words, None).keyboard is not None


@EVERYWHERE
def test_who_may_not_accept_debt_sees_it_and_has_nothing_to_agree_with(words: Words) -> None:
    payment = Payment(
        *(5, Method.STARS, "c", 7, None, "XTR", 100, Outcome.CREDITED, None, Kopecks(10_000), "p", NOON, None)
    )
    before = Balance(Kopecks(4_000), Kopecks(0), Kopecks(0), Kopecks(0), Kopecks(0))
    after = Balance(Kopecks(0), Kopecks(0), Kopecks(0), Kopecks(0), Kopecks(6_000))
    payback = Payback(payment, None, Kopecks(6_000), Foresight(anna(), before, after))
    wish = PaybackWish(5, Kopecks(6_000), "why")
    allowed = payback_view(words, payback, wish, is_allowed=True)
    refused = payback_view(words, payback, wish, is_allowed=False)
    for view in (allowed, refused):
        assert words.money(Kopecks(6_000)) in view.text
    assert any(it.startswith("ady:") for it in data_of(allowed))
    assert not any(it.startswith("ady:") for it in data_of(refused))
    assert refused.awaits is None


def anna() -> User:
    return User(7, "Anna <A>", None, Language.RU, banned=False)


def data_of(view: View) -> set[str]:
    """What the buttons carry."""
    assert view.keyboard is not None
    return {it.callback_data or "" for row in view.keyboard.inline_keyboard for it in row}
