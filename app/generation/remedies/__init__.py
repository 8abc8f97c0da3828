"""What operators can do for a generation that its own rules leave waiting, and for many of them at once.

Invariants:
- nothing here moves money or a state but by the table of a generation's life and its settlement;
- what is given back is given back once: the state is read again under the row's lock.

Proven by tests/integration/generation/test_remedies.py.
"""

from app.generation.remedies.rules import Hopeless
from app.generation.remedies.service import Case, Remedies, Returned

__all__ = ["Case", "Hopeless", "Remedies", "Returned"]
