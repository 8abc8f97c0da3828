"""Dead work on an operator's screen: the list, a card, and what was asked to be done."""

from app.admin import DeadDesk, DeadWork, Staff
from bot.keyboards.admin_dead import PAGE_SIZE
from bot.staff_awaiting import Awaited
from bot.staff_refusals import answer_of
from bot.staff_typed import read_reason
from bot.staff_wishes import replay_of
from bot.texts import Markup
from bot.views.admin_dead import ask_replay_view, dead_view, work_view
from bot.visit import Visit


class StaffDead:
    """After each act the list is drawn anew, so an operator who was slower sees what is left."""

    def __init__(self, dead: DeadDesk, staff: Staff) -> None:
        self._dead = dead
        self._staff = staff

    async def page(self, visit: Visit, page: int, note: Markup | None = None) -> None:
        """A page of the list; the first one where there are no longer so many."""
        found, total = await self._dead.page(page, PAGE_SIZE)
        if not found and page > 0:
            page, (found, total) = 0, await self._dead.page(0, PAGE_SIZE)
        view = dead_view(visit.words, found, page, total)
        await visit.show(view if note is None else view.noting(note))

    async def show(self, visit: Visit, work: DeadWork) -> None:
        """Its card."""
        await visit.show(work_view(visit.words, work, await self._staff.role_of(visit.user.id)))

    async def replay(self, visit: Visit, awaited: Awaited, text: str) -> None:
        """Has it, or all of its kind, tried again; the text is the reason."""
        wish, reason = replay_of(awaited), read_reason(text)
        if not reason:
            again = ask_replay_view(visit.words, wish)
            await visit.show(again.noting(visit.words("admin-reason-refused")))
            return
        step, actor = visit.step, visit.user.id
        if wish.work_id is None:
            act = self._dead.replay_kind(step, actor, wish.sort, wish.kind, reason)
        else:
            act = self._dead.replay(step, actor, wish.sort, wish.work_id, reason)
        count, refusal = await answer_of(act)
        nothing = "admin-done" if visit.replayed else "admin-dead-gone"
        key = refusal or ("admin-dead-replayed" if count else nothing)
        await self.page(visit, 0, visit.words(key, count=count or 0))
