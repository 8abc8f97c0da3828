"""A quote: the price of one revision of one draft, frozen."""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from app.catalogue import Facts, Inputs, ModelKey
from app.money import Credits, Kopecks

QUOTE_LIFETIME = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class QuotedDraft:
    """What a price is asked for. `facts` were probed from the media; None = what the inputs tell of their files."""

    user_id: int
    draft_id: int
    revision: int
    model_key: ModelKey
    inputs: Inputs
    facts: Facts | None = None

    def digest(self) -> bytes:
        """SHA-256 over the inputs as canonical JSON."""
        canonical = json.dumps(dict(self.inputs), sort_keys=True, separators=(",", ":"))
        return sha256(canonical.encode()).digest()


@dataclass(frozen=True, slots=True)
class Quote:
    """What the person was shown and will be charged, and what it was computed from."""

    id: int
    user_id: int
    draft_id: int
    revision: int
    model_key: ModelKey
    price: Kopecks
    """Zero only where `is_free`."""
    credits: Credits
    usd_rub: Decimal
    markup: Decimal
    """For all, or the model's own."""
    star_rub: Decimal | None
    """What a Star was credited with; None: quoted before this was written down."""
    expires_at: datetime
    dollars: Decimal | None
    """What KIE takes for `credits`; None: quoted before this was written down."""
    unrounded: Decimal | None
    """The price in kopecks before it was rounded up, also of a free run; None as above."""
    is_free: bool = False
    """One of the person's free runs: nothing is held, KIE's credits are ours to bear."""

    def is_live(self, moment: datetime) -> bool:
        """True while the price is still promised."""
        return moment < self.expires_at
