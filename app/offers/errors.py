"""What can be wrong with an offer."""

from decimal import Decimal

from app.catalogue import UnpricedError
from app.errors import AppError


class NotForSaleError(UnpricedError):
    """The model was withdrawn, or has no price above zero for these inputs."""


class NotFreeError(AppError):
    """Somebody asked for the price zero of a model that the catalogue does not give away."""

    def __init__(self, model_key: str) -> None:
        super().__init__(f"{model_key} is not free")
        self.model_key = model_key


class InvalidRatesError(AppError):
    """With these rates something would be sold below its cost."""

    def __init__(self, usd_rub: Decimal, markup: Decimal, star_rub: Decimal) -> None:
        super().__init__(
            f"usd_rub {usd_rub} and star_rub {star_rub} must be above 0 and markup {markup} at least 1"
        )
        self.usd_rub = usd_rub
        self.markup = markup
        self.star_rub = star_rub


class ShowcaseError(AppError):
    """The files of the showcase cannot be used; `problems` names each file, entry and what is wrong."""

    def __init__(self, problems: tuple[str, ...]) -> None:
        super().__init__("; ".join(problems))
        self.problems = problems
