"""What people were told about their money."""

from dataclasses import dataclass, field

from app.money import Kopecks
from app.payments import Payment, Subscription
from app.users import User


@dataclass
class RememberedNews:
    """`app.payments.PaymentNews`: (what, user, charge) in order."""

    told: list[tuple[str, int, str]] = field(default_factory=list)

    async def credited(self, payment: Payment, user: User) -> None:
        self.told.append(("credited", user.id, payment.charge_id))

    async def taken_back(self, payment: Payment, user: User) -> None:
        self.told.append(("taken back", user.id, payment.charge_id))

    async def renewal_stopped(self, subscription: Subscription, user: User) -> None:
        self.told.append(("renewal stopped", user.id, subscription.charge_id))

    async def referral_earned(self, bonus: Kopecks, inviter: User) -> None:
        self.told.append(("earned", inviter.id, str(bonus)))

    async def referral_taken_back(self, bonus: Kopecks, inviter: User) -> None:
        self.told.append(("earnings taken back", inviter.id, str(bonus)))
