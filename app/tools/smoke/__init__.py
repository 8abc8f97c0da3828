"""The smoke test of a configured system: six checks, each of which looks at the real thing.

Purpose: GREEN means that this configuration, this database, this bot and this provider work together now.

Invariants:
- a check reads and sends nothing to anybody: what it tries on the database is rolled back;
- what could not be looked at is SKIP, and a skipped check is never GREEN;
- no line shows a secret.

Proven by tests/integration/tools.
"""

from app.tools.smoke.running import CHECKS, Result, run_checks
from app.tools.smoke.verdicts import Outcome, Verdict
from app.tools.system import System, find_system

__all__ = ["CHECKS", "Outcome", "Result", "System", "Verdict", "find_system", "run_checks"]
