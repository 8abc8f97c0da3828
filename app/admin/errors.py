"""What the staff is refused."""

from app.admin.roles import Right
from app.catalogue import ModelKey
from app.errors import AppError
from app.money import Kopecks


class NotAllowedError(AppError):
    """This person's role does not carry the right; nothing was written."""

    def __init__(self, user_id: int, right: Right) -> None:
        super().__init__(f"person {user_id} lacks the right {right}")
        self.user_id = user_id
        self.right = right


class OwnersOnlyError(AppError):
    """A sum over `limit` kopecks is given or taken by owners only."""

    def __init__(self, amount: Kopecks, limit: Kopecks) -> None:
        super().__init__(f"{amount} kopecks are over {limit}")
        self.amount = amount
        self.limit = limit


class StaffProtectedError(AppError):
    """An owner has no role to take and is not banned by anybody; the settings say who is one."""

    def __init__(self, user_id: int) -> None:
        super().__init__(f"person {user_id} is an owner")
        self.user_id = user_id


class StillLosingError(AppError):
    """At the rates in force the price of this model does not pay for what the provider takes."""

    def __init__(self, model_key: ModelKey) -> None:
        super().__init__(f"{model_key} would lose money")
        self.model_key = model_key
