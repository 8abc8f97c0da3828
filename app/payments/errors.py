"""What can be wrong with a wish to pay."""

from app.errors import AppError


class InvalidAmountError(AppError):
    """An order for this many Stars is not taken; both bounds are whole Stars and inclusive."""

    def __init__(self, stars: int, smallest: int, largest: int) -> None:
        super().__init__(f"{stars} Stars are not within {smallest}..{largest}")
        self.stars = stars
        self.smallest = smallest
        self.largest = largest
