"""The services of other domains that the staff works with."""

from dataclasses import dataclass

from app.generation import GenerationService, Remedies
from app.ledger import Corrections, Ledger
from app.payments import BankTransfers, PaymentReview, RefundService
from app.users import UserService


@dataclass(frozen=True)
class StaffNeighbours:
    """Whatever the desks call outside their own package."""

    users: UserService
    generations: GenerationService
    remedies: Remedies
    transfers: BankTransfers
    review: PaymentReview
    refunds: RefundService
    ledger: Ledger
    corrections: Corrections
