"""The way in: HTTP routes that store what arrives before they answer, and speak for the instance's health.

Nothing here imports aiogram, so a process listens and stores updates while the dispatcher is still loading.

Invariants:
- 200 for a webhook is sent only after the COMMIT that stored it; storage away means 503 with Retry-After;
- a secret is compared in constant time, before the body is read;
- a file is served to whoever has its signed link, until the link runs out, and no other file at all;
- pre-checkout queries are answered by whichever instance receives them.

Proven by tests/integration/web and tests/e2e.
"""

from app.web.files import FilePages
from app.web.intake import Intake, PreCheckoutWords
from app.web.metrics import Metrics
from app.web.polling import Poller
from app.web.server import Parts, make_application
from app.web.status import Status
from app.web.telegram_api import TelegramApi, TelegramApiError, WebhookState
from app.web.webhooks import KieCallbacks

__all__ = [
    "FilePages",
    "Intake",
    "KieCallbacks",
    "Metrics",
    "Parts",
    "Poller",
    "PreCheckoutWords",
    "Status",
    "TelegramApi",
    "TelegramApiError",
    "WebhookState",
    "make_application",
]
