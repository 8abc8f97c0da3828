"""Sudden death at every named point and at any moment, while the outside fails; then the accounts.

`make chaos MINUTES=10 SEED=1 PEOPLE=20`, and in a short form `test_storm`. Imports nothing of `app` or `bot`.

- `faults`: what the stand-ins do wrong; `kills`: who dies; `shoppers`: who buys meanwhile
- `storm`: all of it at once; `verdict`: what must be true afterwards
"""
