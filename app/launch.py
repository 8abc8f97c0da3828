"""The sandbox's own keys, and the environment that the real server gets there."""

import json
import os
import secrets
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

from app.settings import Settings, in_url

# The person of the chat page who is an operator; the page creates that person under this id.
OPERATOR_ID = 9_000_001


@dataclass(frozen=True)
class SandboxKeys:
    """What the stand-ins and the server share; made once and kept, since a database belongs to one bot."""

    token: str
    kie_key: str
    webhook_secret: str

    @classmethod
    def of(cls, data: Path) -> Self:
        """Reads the keys of this folder, or makes them."""
        file = data / "sandbox" / "keys.json"
        if file.exists():
            return cls(**json.loads(file.read_text()))
        keys = cls(
            token=f"{secrets.randbelow(10**9) + 7 * 10**9}:{secrets.token_urlsafe(27)[:35]}",
            kie_key=secrets.token_hex(16),
            webhook_secret=secrets.token_urlsafe(24),
        )
        file.parent.mkdir(parents=True, exist_ok=True)
        # Written beside and renamed: a launcher killed here leaves no half a file.
        draft = file.with_suffix(f".{os.getpid()}")
        draft.touch(mode=0o600)
        draft.write_text(json.dumps(asdict(keys)))
        draft.rename(file)
        return keys


# Everything on, so that every journey of the product can be walked; a person's own settings win.
SANDBOX_DEFAULTS: Mapping[str, str] = {
    "ADMIN_IDS": str(OPERATOR_ID),
    "WELCOME_BONUS_RUB": "300",
    "REFERRAL_BONUS_RUB": "50",
    "STAR_SUBSCRIPTION": "300",
    "PAYMENT_BANK": "Sandbox Bank",
    "PAYMENT_CARD": "0000 0000 0000 0000",
    "PAYMENT_CARD_HOLDER": "SANDBOX OPERATOR",
    "PAYMENT_PHONE": "+70000000000",
}


def sandbox_environment(
    own: Mapping[str, str], keys: SandboxKeys, settings: Settings, inner_port: int
) -> Mapping[str, str]:
    """The server's environment in the sandbox: `own` is the launcher's."""
    loopback = "::1" if ":" in settings.listen_host else "127.0.0.1"
    front = f"http://{in_url(loopback)}:{settings.port}"
    wiring = {
        "SANDBOX": "1",
        "HOST": "127.0.0.1",
        "PORT": str(inner_port),
        "BOT_MODE": "webhook",
        "TELEGRAM_BOT_TOKEN": keys.token,
        "TELEGRAM_API_URL": front,
        "WEBHOOK_BASE_URL": front,
        "WEBHOOK_SECRET_TOKEN": keys.webhook_secret,
        "KIE_API_KEY": keys.kie_key,
        "KIE_API_URL": f"{front}/kie",
        "KIE_UPLOAD_URL": f"{front}/kie-upload",
        "KIE_WEBHOOK_HMAC_KEY": keys.kie_key,
    }
    given = {name: value for name, value in own.items() if value}
    return {**SANDBOX_DEFAULTS, **given, **wiring}
