"""What is known of an invitation, and of somebody who invites."""

from dataclasses import dataclass

from app.money import Kopecks


@dataclass(frozen=True, slots=True)
class Invitation:
    """`invited` came by the link of `inviter`.

    `bonus` is what the first payment of `invited` brought the inviter: None before it, 0 where nothing was promised
    then or the inviter was banned. `taken_back`: that payment went back, and the bonus with it.
    """

    invited: int
    inviter: int
    bonus: Kopecks | None
    taken_back: bool


@dataclass(frozen=True, slots=True)
class InviterRecord:
    """How many came by a person's link, how many of these have paid, and what that earned, less what went back."""

    came: int
    paid: int
    earned: Kopecks
