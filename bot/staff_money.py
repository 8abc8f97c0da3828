"""What one of the staff wants done with people's money: shown with what it will do, then done."""

from app.admin import Adjustment, AdminService, MoneyDesk, Right, Staff, may
from bot.staff_awaiting import Awaited
from bot.staff_refusals import answer_of, refusal_of
from bot.staff_typed import read_number, read_reason
from bot.staff_wishes import PaybackWish, adjustment_of, bucket_of, payback_of
from bot.view import View
from bot.views.admin_confirm import adjustment_view, payback_view
from bot.views.admin_money import ask_sum_view
from bot.views.admin_payments import ask_payback_view, paid_back_view
from bot.views.admin_people import person_view
from bot.visit import Visit


class StaffMoney:
    """Nothing happens before the tap that agrees; what is refused says why."""

    def __init__(self, money: MoneyDesk, admin: AdminService, staff: Staff) -> None:
        self._money = money
        self._admin = admin
        self._staff = staff

    async def foresee_adjustment(self, visit: Visit, awaited: Awaited, text: str) -> None:
        """`500 why` becomes a card with the balance before and after; anything else is asked again."""
        wanted, typed = bucket_of(awaited), read_number(text)
        again = ask_sum_view(visit.words, await self._admin.profile(wanted.user_id), wanted)
        if typed is None or typed.kopecks is None or not typed.reason:
            await visit.show(again.noting(visit.words("admin-sum-refused")))
            return
        adjustment = Adjustment(wanted.user_id, wanted.direction, wanted.bucket, typed.kopecks, typed.reason)
        foresight, refusal = await answer_of(self._money.foresee(visit.user.id, adjustment))
        if foresight is None:
            await visit.show(again.noting(visit.words(refusal)))
            return
        await visit.show(adjustment_view(visit.words, adjustment, foresight))

    async def adjust(self, visit: Visit, awaited: Awaited) -> None:
        """Gives or takes what was agreed to; the person's card after it."""
        wanted = adjustment_of(awaited)
        refusal = await refusal_of(self._money.adjust(visit.step, visit.user.id, wanted))
        role = await self._staff.role_of(visit.user.id)
        view = person_view(visit.words, await self._admin.profile(wanted.user_id), role)
        await visit.show(view.noting(visit.words(refusal or "admin-done")))

    async def foresee_payback(self, visit: Visit, awaited: Awaited, text: str) -> None:
        """The text is the reason; what of the payment is spent already is said before anybody agrees."""
        reason = read_reason(text)
        if not reason:
            again = ask_payback_view(visit.words, awaited)
            await visit.show(again.noting(visit.words("admin-reason-refused")))
            return
        await visit.show(await self._payback(visit, awaited.number, reason))

    async def pay_back(self, visit: Visit, awaited: Awaited) -> None:
        """Sends back what was agreed to, with no more debt than was said."""
        wish = payback_of(awaited)
        act = self._money.pay_back(
            visit.step, visit.user.id, wish.payment_id, wish.reason, most_debt=wish.most_debt
        )
        await visit.show(paid_back_view(visit.words, await refusal_of(act)))

    async def _payback(self, visit: Visit, payment_id: int, reason: str) -> View:
        payback, refusal = await answer_of(self._money.payback(payment_id))
        if payback is None:
            return paid_back_view(visit.words, refusal)
        role = await self._staff.role_of(visit.user.id)
        is_allowed = payback.shortfall == 0 or may(role, Right.DEBT)
        wish = PaybackWish(payment_id, payback.shortfall, reason)
        return payback_view(visit.words, payback, wish, is_allowed=is_allowed)
