"""What operators see of a running process: structured, masked log lines that carry the ids of what they are about.

Proven by tests/unit/observability.
"""

from app.observability.context import about
from app.observability.log import LineFormatter, configure_logging, logging_config
from app.observability.traces import trace_of

__all__ = ["LineFormatter", "about", "configure_logging", "logging_config", "trace_of"]
