"""Every duration and limit of a generation's life, in one place. Seconds, unless the name says otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from app.catalogue import Modality

# The provider's own advice: 2-3 s in the first half minute, 5-10 s up to two minutes, then 15-30 s.
POLLS = ((30.0, 2.5), (120.0, 7.0), (float("inf"), 20.0))

# Measured at the provider: pictures 48 s, a short clip up to 313 s, an edited clip 785 s.
TIME_LIMITS = MappingProxyType(
    {Modality.IMAGE: 15 * 60.0, Modality.VIDEO: 30 * 60.0, Modality.AUDIO: 20 * 60.0}
)


@dataclass(frozen=True)
class Timings:
    """The defaults are those of production; tests shorten them."""

    creation_window: float = 10.5
    """The provider counts creations per 10 s; the rest is for the way there."""
    callback_grace: float = 15 * 60.0
    """How long an unanswered creation waits for its callback before it is declared lost."""
    blind_grace: float = 60.0
    """The same where no callback can come."""
    start_limit: float = 30 * 60.0
    """How long a busy provider is asked again before the money goes back."""
    down_limit: float = 45.0
    """The same for one that answers with server errors, or not at all."""
    polls: tuple[tuple[float, float], ...] = POLLS
    """Pairs (age of the task, interval of looks up to that age)."""
    time_limits: Mapping[Modality, float] = field(default_factory=lambda: TIME_LIMITS)
    """The age of a task after which the money goes back."""
    unknown_grace: float = 10.0
    """How long a task that was just created may be unknown to the provider."""
    late_interval: float = 5 * 60.0
    """How often a task is read again after its money went back."""
    late_limit: float = 24 * 3600.0
    """The age of a task after which it is read no more."""
    read_lease: float = 45.0
    """How long one look at the provider may take before somebody else looks."""
    upload_lease: float = 5 * 60.0
    """How long bringing a person's files to the provider may take."""
    fetch_lease: float = 10 * 60.0
    """How long copying a result may take."""
    send_lease: float = 5 * 60.0
    """How long sending to Telegram may take."""
    fetch_retry: float = 5.0
    """Before a result that could not be copied is tried again; doubled each time."""
    fetch_attempts: int = 6
    storage_retry: float = 15.0
    """Before a result that our own storage did not take is copied again, at least; the longer it lasts, the rarer."""
    storage_limit: float = 12 * 3600.0
    """The age of a task after which our storage is waited for no more: the provider's links live for about a day."""
    delivery_retry: float = 5.0
    """Before a result of which it is unknown whether it was sent is sent again; four times as long each time."""
    delivery_attempts: int = 5
    """How often a result is sent without knowing what became of it: each time may have been a copy."""
    progress_interval: float = 3.0
    progress_limit: float = 5.0
    """How long the progress message may hold up the work."""
    resume_retry: float = 1.0
    """Before work that broke off is begun again, at least; the older its task, the rarer."""
    resume_interval: float = 5 * 60.0
    """The same, at most."""
    sweep_interval: float = 5.0
    overdue: float = 5.0
    """How late a wake-up may be before it counts as lost."""
    sweep_again: float = 30.0

    def grace(self, *, reachable: bool) -> float:
        """How long an unanswered creation waits, with or without a public URL."""
        return self.callback_grace if reachable else self.blind_grace

    def storage_interval(self, age: float) -> float:
        """Until a task of this age is copied again when our storage is away: each time its result is downloaded."""
        return max(self.storage_retry, min(age / 4, 40 * self.storage_retry))

    def resume_after(self, age: float) -> float:
        """Until work that broke off is begun again for a task of this age."""
        return max(self.resume_retry, min(age / 8, self.resume_interval))

    def poll_interval(self, age: float) -> float:
        """Until the next look at a task of this age."""
        return next(interval for limit, interval in self.polls if age < limit)
