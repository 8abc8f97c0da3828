"""The audit of buttons: the real bot is walked through from one end to the other.

Purpose: every button that any screen shows is pressed through the real routers, on a real Postgres of which nothing
is left afterwards (`app.db.Rehearsal`), by a person whose id nobody has; Telegram and the provider are made up here.

Invariants:
- the fallback covers nothing: a button that only it answers is dead;
- a tap that two handlers would take is a mistake, unless the later one was written for what the earlier lets go by;
- every handler of taps is reached by a button that some screen shows (old buttons, and a stranger's taps, count for
  such later ones only);
- what only the staff may tap is taken from a stranger by nothing but the refusal;
- every way of paying is on offer here, whatever the deployment offers today;
- nothing is sent to Telegram or to the provider, and no row stays behind.

Proven by tests/integration/tools.
"""

from app.tools.buttons.audit import Report, audit, short_audit
from app.tools.buttons.findings import Finding, Trouble
from app.tools.buttons.handlers import Kind
from app.tools.buttons.stage import Stage, open_stage

__all__ = ["Finding", "Kind", "Report", "Stage", "Trouble", "audit", "open_stage", "short_audit"]
