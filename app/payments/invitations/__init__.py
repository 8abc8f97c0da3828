"""Invitations: who came by whose link, and the bonus that follows the first payment of whoever came.

Invariants:
- a link carries a random code of its owner's, never an id; a code that is unknown or somebody banned's is none;
- who is new is invited once in their life, by one other person; who has been here before never is, so nobody
  invites themselves and no two invite each other (S15);
- the inviter's bonus, never more than what was paid, is booked in the unit that books the first payment, under the
  one key of whoever was invited; later payments bring nothing, not even after the first one went back;
- a payment goes back whole, and the bonus with it, in the same unit: what is left of it; what was spent of it is
  written off, never debt;
- it is bonus money: spent first, never paid out.

Proven by tests/integration/payments/test_invitations.py and, over a random life, tests/integration/books/test_life.py.
"""

from app.payments.invitations.entities import Invitation, InviterRecord
from app.payments.invitations.keys import is_referral
from app.payments.invitations.service import Invitations
from app.payments.invitations.telling import TELL_INVITER, InviterTeller

__all__ = [
    "TELL_INVITER",
    "Invitation",
    "Invitations",
    "InviterRecord",
    "InviterTeller",
    "is_referral",
]
