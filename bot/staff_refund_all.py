"""A refund of many on an operator's screen: the dry run, what it would cost, and the run."""

from app.admin import RefundAllDesk
from bot.staff_awaiting import Awaited
from bot.staff_refusals import answer_of
from bot.staff_typed import read_number, read_reason
from bot.staff_wishes import forecast_of
from bot.views.admin_refund_all import MOST_HOURS, ask_hours_view, forecast_view, ready_view, run_view
from bot.visit import Visit


class StaffRefundAll:
    """Nothing happens before the tap that agrees to the very numbers on the screen."""

    def __init__(self, desk: RefundAllDesk) -> None:
        self._desk = desk

    async def foresee(self, visit: Visit, hours: int, note: str | None = None) -> None:
        """Counts what there is; 0 hours: asks how many."""
        if hours == 0:
            await visit.show(ask_hours_view(visit.words))
            return
        view = forecast_view(visit.words, await self._desk.foresee(hours))
        await visit.show(view if note is None else view.noting(visit.words(note)))

    async def hours_typed(self, visit: Visit, text: str) -> None:
        """A whole number of hours; anything else is asked again."""
        typed = read_number(text)
        if typed is None or typed.reason or typed.value % 1 or typed.value > MOST_HOURS:
            again = ask_hours_view(visit.words)
            await visit.show(again.noting(visit.words("admin-hours-refused", most=MOST_HOURS)))
            return
        await self.foresee(visit, int(typed.value))

    async def reason_typed(self, visit: Visit, awaited: Awaited, text: str) -> None:
        """What stands on the screen becomes a card that waits to be agreed to."""
        (forecast, _), reason = forecast_of(awaited), read_reason(text)
        if not reason:
            again = forecast_view(visit.words, forecast)
            await visit.show(again.noting(visit.words("admin-reason-refused")))
            return
        await visit.show(ready_view(visit.words, forecast, reason))

    async def begin(self, visit: Visit, awaited: Awaited) -> None:
        """Begins what was agreed to; where the numbers have changed by now, nothing is done and they are shown."""
        forecast, reason = forecast_of(awaited)
        begun, refusal = await answer_of(self._desk.begin(visit.step, visit.user.id, forecast, reason))
        if begun is None or not begun:
            await self.foresee(visit, 1, refusal or "admin-refund-all-changed")
            return
        await self.show_run(visit)

    async def show_run(self, visit: Visit) -> None:
        """How far the newest run is."""
        await visit.show(run_view(visit.words, await self._desk.latest()))
