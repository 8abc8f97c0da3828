"""What operators see of a running process: structured, masked log lines that carry the ids of what they are about.

Proven by tests/unit/observability.
"""

from app.observability.context import about
from app.observability.log import LineFormatter, log_what_python_prints, logging_config
from app.observability.masking import MASK, Mask

__all__ = ["MASK", "LineFormatter", "Mask", "about", "log_what_python_prints", "logging_config"]
