"""A payment that fits no order on an operator's screen: its card, what is wanted, and what was agreed to."""

from app.admin import Right, Staff, StrangeDesk, StrangePayment, may
from bot.staff_awaiting import Awaited
from bot.staff_refusals import answer_of
from bot.staff_typed import read_reason
from bot.staff_wishes import StrangeWish, strange_of
from bot.views.admin_confirm import assign_view, keep_view
from bot.views.admin_strange import ask_keep_view, ask_person_view, gone_view, strange_view
from bot.visit import Visit

OWNERS_NOTE = "the order's owner"
"""What the log says where nothing was typed."""


class StaffStrange:
    """The card is drawn anew after each decision, so an operator who was slower sees what the other decided."""

    def __init__(self, strange: StrangeDesk, staff: Staff) -> None:
        self._strange = strange
        self._staff = staff

    async def show(self, visit: Visit, found: StrangePayment, note: str | None = None) -> None:
        """The card, under a line that says what just happened."""
        decides = may(await self._staff.role_of(visit.user.id), Right.MONEY)
        view = strange_view(visit.words, found, decides=decides)
        await visit.show(view if note is None else view.noting(visit.words(note)))

    async def to_owner(self, visit: Visit, found: StrangePayment) -> None:
        """Shall the person have it whose order it names?"""
        if found.owner is None or not found.is_assignable:
            await self.show(visit, found, "admin-strange-decided")
            return
        await self._foresee(visit, found, str(found.owner.id), OWNERS_NOTE)

    async def foresee_assign(self, visit: Visit, awaited: Awaited, text: str) -> None:
        """`7 why` or `@name why` becomes a card with the balance before and after."""
        found = await self._strange.find(awaited.number)
        wanted, _, rest = text.strip().partition(" ")
        note = read_reason(rest)
        if found is None:
            await visit.show(gone_view(visit.words))
        elif not note:
            view = ask_person_view(visit.words, found.payment)
            await visit.show(view.noting(visit.words("admin-strange-person-needed")))
        else:
            await self._foresee(visit, found, wanted, note)

    async def foresee_keep(self, visit: Visit, awaited: Awaited, text: str) -> None:
        """The text is the note."""
        found, note = await self._strange.find(awaited.number), read_reason(text)
        if found is None:
            await visit.show(gone_view(visit.words))
        elif not note:
            view = ask_keep_view(visit.words, found.payment)
            await visit.show(view.noting(visit.words("admin-reason-refused")))
        else:
            await visit.show(keep_view(visit.words, found, StrangeWish(found.payment.id, None, note)))

    async def decide(self, visit: Visit, awaited: Awaited) -> None:
        """Does what was agreed to, unless somebody was faster."""
        wish = strange_of(awaited)
        person, desk = wish.user_id, self._strange
        if person is None:
            act = desk.keep(visit.step, visit.user.id, wish.payment_id, wish.note)
        else:
            act = desk.assign(visit.step, visit.user.id, wish.payment_id, person, wish.note)
        decided, refusal = await answer_of(act)
        found = await self._strange.find(wish.payment_id)
        if found is None:
            await visit.show(gone_view(visit.words))
            return
        await self.show(visit, found, refusal or ("admin-done" if decided else "admin-strange-decided"))

    async def _foresee(self, visit: Visit, found: StrangePayment, wanted: str, note: str) -> None:
        foresight = await self._strange.foresee(found.payment, wanted)
        if foresight is None:
            view = ask_person_view(visit.words, found.payment)
            await visit.show(view.noting(visit.words("admin-nobody")))
            return
        wish = StrangeWish(found.payment.id, foresight.person.id, note)
        await visit.show(assign_view(visit.words, found, wish, foresight))
