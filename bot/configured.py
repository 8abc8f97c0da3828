"""What the operator has configured and people may be told."""

from dataclasses import dataclass

from app.money import Kopecks


@dataclass(frozen=True)
class Configured:
    """`support_telegram`: a user name with or without @, or a link; None: not configured.

    `result_copy_days`: how long our copies of results are kept.
    """

    welcome_bonus: Kopecks
    referral_bonus: Kopecks
    result_copy_days: int
    support_telegram: str | None = None
    support_text: str | None = None
    terms_url: str | None = None

    @property
    def support_url(self) -> str | None:
        """The address of the support chat."""
        name = (self.support_telegram or "").strip()
        if not name or name.startswith(("https://", "http://")):
            return name or None
        return f"https://t.me/{name.removeprefix('@')}"

    @property
    def has_support(self) -> bool:
        """Whether there is anybody to write to."""
        return bool(self.support_url or self.support_text)
