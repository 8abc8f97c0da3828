"""Somebody's generation on an operator's screen: its card, and what was asked to be done with it."""

from collections.abc import Awaitable, Callable

from app.admin import AdminService, GenerationCard, GenerationDesk, Staff
from app.catalogue import Catalogue
from app.inbox import Step
from bot.staff_awaiting import Awaited
from bot.staff_refusals import refusal_of
from bot.staff_typed import read_generation, read_reason
from bot.views.admin_generation import ask_made_view, generation_view
from bot.views.admin_people import find_view
from bot.visit import Visit

Act = Callable[[Step, int, int, str], Awaitable[None]]
"""Step, the operator, the generation, the reason."""


class StaffGenerations:
    """Each act says what happened above the card; what was refused says why."""

    def __init__(self, desk: GenerationDesk, admin: AdminService, staff: Staff, catalogue: Catalogue) -> None:
        self._desk = desk
        self._admin = admin
        self._staff = staff
        self._catalogue = catalogue

    async def show(self, visit: Visit, card: GenerationCard, note: str | None = None) -> None:
        """The card, under a line that says what just happened."""
        role = await self._staff.role_of(visit.user.id)
        view = generation_view(visit.words, self._catalogue, card, role)
        await visit.show(view if note is None else view.noting(visit.words(note)))

    async def find(self, visit: Visit, text: str) -> None:
        """The card of the number, or the question again."""
        number = read_generation(text)
        card = None if number is None else await self._desk.find(number)
        if card is None:
            await visit.show(find_view(visit.words).noting(visit.words("admin-no-generation")))
            return
        await self.show(visit, card)

    async def retry(self, visit: Visit, awaited: Awaited, text: str) -> None:
        """Has its next step done now; the text is the reason."""
        await self._do(visit, awaited, read_reason(text), self._desk.retry)

    async def refund(self, visit: Visit, awaited: Awaited, text: str) -> None:
        """Gives its price back; the text is the reason."""
        await self._do(visit, awaited, read_reason(text), self._admin.refund_generation)

    async def _do(self, visit: Visit, awaited: Awaited, reason: str, act: Act) -> None:
        if not reason:
            again = ask_made_view(visit.words, awaited)
            await visit.show(again.noting(visit.words("admin-reason-refused")))
            return
        refusal = await refusal_of(act(visit.step, visit.user.id, awaited.number, reason))
        card = await self._desk.find(awaited.number)
        if card is None:
            await visit.show(find_view(visit.words).noting(visit.words("admin-no-generation")))
            return
        await self.show(visit, card, refusal or "admin-done")
