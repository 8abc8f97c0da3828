"""A stand-in for Telegram: the Bot API, strict as the real one, and the clients of the people who write to a bot.

Purpose: every end-to-end test drives the product through this, and the browser page of `make run` is a face of it.

Invariants:
- what the real Bot API refuses is refused here, with its words, and noted as a violation;
- an update goes out again, byte for byte, until 2xx; one at a time per queue;
- state (chats, files, updates, Stars) is one SQLite file and a folder, and survives kill -9.

Proven by `tests/integration/sandbox_telegram`. The client API is described in `client_api`.

Importing this package is cheap; aiogram, whose definitions judge every call, is imported in a thread while the
server listens already, and calls wait for it.
"""

from app.sandbox.telegram.front import TelegramOptions, add_telegram_routes

__all__ = ["TelegramOptions", "add_telegram_routes"]
