"""The movements of a person's money, page by page or as a file."""

from aiogram import F, Router
from aiogram.types import BufferedInputFile, CallbackQuery

from bot.balances import FILE_LINES, Balances
from bot.callbacks import (
    Go,
    Target,
)
from bot.money_callbacks import StatementPage
from bot.statement_file import statement_csv
from bot.views.statement import PAGE_SIZE, statement_view
from bot.visit import Visit


def build_router() -> Router:
    """What leads here."""
    router = Router(name="statement")
    router.callback_query.register(statement, Go.filter(F.to == Target.STATEMENT))
    router.callback_query.register(page, StatementPage.filter())
    router.callback_query.register(file, Go.filter(F.to == Target.STATEMENT_FILE))
    return router


async def show_statement(visit: Visit, balances: Balances, before: int | None) -> None:
    """One page; one more than it holds is read, to know whether there is another."""
    found = await balances.statement(visit.user.id, before=before, limit=PAGE_SIZE + 1)
    await visit.show(statement_view(visit.words, found, is_first=before is None))


async def statement(query: CallbackQuery, visit: Visit, balances: Balances) -> None:
    """The newest, in place."""
    await show_statement(visit, balances, None)


async def page(query: CallbackQuery, callback_data: StatementPage, visit: Visit, balances: Balances) -> None:
    """Older ones."""
    await show_statement(visit, balances, callback_data.before or None)


async def file(query: CallbackQuery, visit: Visit, balances: Balances) -> None:
    """Everything, as a file below the screen."""
    lines = await balances.statement(visit.user.id, before=None, limit=FILE_LINES)
    content = BufferedInputFile(statement_csv(visit.words, lines), f"statement-{visit.user.id}.csv")
    await visit.screen.send_document(content)
    visit.say("toast-statement")
