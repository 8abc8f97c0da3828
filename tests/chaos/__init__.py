"""Sudden death at every named point and at any moment, while the outside fails; then the accounts.

`make chaos MINUTES=10 SEED=1 PEOPLE=20`, and in short forms `test_fleet` and `test_storm`. The product is a child
process here; of `app` only the program that runs a Postgres is imported.

- `faults`: what the stand-ins do wrong; `kills`: who dies; `shoppers`: who buys meanwhile
- `storm`: all of it at once; `verdict`: what must be true afterwards
- `hosting`: several instances, their network and their Postgres, and what happens to them; `chatter`: what a crowd says
  and what must have come of it; `siege`: both at once, judged
"""
