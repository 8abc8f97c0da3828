"""What operators see of a running process: structured, masked log lines that carry the ids of what they are about,
and the numbers of what the processes of an instance did.

Proven by tests/unit/observability.
"""

from app.observability.context import about
from app.observability.log import LineFormatter, log_what_python_prints, logging_config
from app.observability.masking import MASK, Mask
from app.observability.meters import Meters
from app.observability.traces import trace_of

__all__ = [
    "MASK",
    "LineFormatter",
    "Mask",
    "Meters",
    "about",
    "log_what_python_prints",
    "logging_config",
    "trace_of",
]
