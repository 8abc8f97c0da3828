"""The payment methods, one file each; nothing else of the house knows what is inside."""

from app.payments.providers.bank import BankAccount, BankProvider
from app.payments.providers.stars import StarsProvider

__all__ = ["BankAccount", "BankProvider", "StarsProvider"]
