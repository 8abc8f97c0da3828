"""What one of the staff typed, carried out; and the person's card after it."""

from app.admin import AdminService, Staff
from bot.staff_awaiting import Asked, Awaited
from bot.staff_refusals import refusal_of
from bot.staff_typed import read_reason
from bot.views.admin_people import ask_view, person_view
from bot.visit import Visit


class StaffActs:
    """Each of them says what happened above the card; what was refused says why."""

    def __init__(self, admin: AdminService, staff: Staff) -> None:
        self._admin = admin
        self._staff = staff

    async def bar(self, visit: Visit, awaited: Awaited, text: str) -> None:
        """Bans or takes the ban back; the text is the reason."""
        act = self._admin.ban if awaited.asked is Asked.BAN else self._admin.unban
        reason = read_reason(text)
        if not reason:
            await self._ask_again(visit, awaited, "admin-reason-refused")
            return
        refusal = await refusal_of(act(visit.step, visit.user.id, awaited.number, reason))
        await self._show(visit, awaited.number, refusal)

    async def _ask_again(self, visit: Visit, awaited: Awaited, note: str) -> None:
        profile = await self._admin.profile(awaited.number)
        await visit.show(ask_view(visit.words, profile, awaited).noting(visit.words(note)))

    async def _show(self, visit: Visit, user_id: int, refusal: str | None) -> None:
        role = await self._staff.role_of(visit.user.id)
        view = person_view(visit.words, await self._admin.profile(user_id), role)
        await visit.show(view.noting(visit.words(refusal or "admin-done")))
