"""The product without Telegram's vocabulary: catalogue, money, generations, and what runs them.

Layers, high to low: tools, sandbox, __main__, main, (bot), web, admin, generation | payments, users | offers,
inbox | ledger | jobs | catalogue, singleton, db, observability, settings, failpoints, money | clock | errors.
The contract is in pyproject.toml and `make check` runs it.
"""
