"""How long each row lives: what is kept for ever and why, what goes and when.

Purpose: every table either has a reason to grow (it is the business itself) or a rule by which its rows go, so none
grows only because nobody thought of it. The rules join tables of several domains, as the proof of the books does.

Invariants:
- every declared table has one fate (`KEPT`, or a `Rule`), and no rule touches what proves money or what staff did;
- what a generation was made of or priced by stays as long as the generation;
- rows go in small steps, each a unit of work of the ACTIVE side, so nobody waits behind them.

Proven by tests/integration/retention.
"""

from app.retention.pruning import RETENTION, Retention
from app.retention.rules import KEPT, RULES, Rule

__all__ = ["KEPT", "RETENTION", "RULES", "Retention", "Rule"]
