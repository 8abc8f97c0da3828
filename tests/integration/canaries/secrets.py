"""Secrets that sing: each has a word of its own, which is looked for in everything that is said."""

import base64
from collections.abc import Mapping
from urllib.parse import quote

WORDS: Mapping[str, str] = {
    "TELEGRAM_BOT_TOKEN": "canaryToken7b3d",
    "WEBHOOK_SECRET_TOKEN": "canaryHook5c1e",
    "KIE_API_KEY": "canaryKie9f2a",
    "KIE_WEBHOOK_HMAC_KEY": "canaryHmac4d8b",
    "DATABASE_URL": "canaryBase6e0c",
    "S3_ACCESS_KEY": "canaryBucketKey1a7f",
    "S3_SECRET_KEY": "canaryBucketSecret8b2d",
    "METRICS_TOKEN": "canaryMetrics3c9e",
    "YOOKASSA_SECRET_KEY": "canaryShop0d6a",
    "CRYPTO_PAY_TOKEN": "canaryCrypto2e5b",
    "SENTRY_DSN": "canarySentry7f1c",
    "HEARTBEAT_URL": "canaryHeart9a4d",
}

PASSWORD = f'{WORDS["DATABASE_URL"]}/é"+ \\%@'
"""With everything that somebody writes otherwise: URLs, JSON, Python."""


def environment_with(database: str) -> dict[str, str]:
    """All secret settings; `database` is host, port and name."""
    said = {name: f"{word}+/x" for name, word in WORDS.items()}
    return {
        **said,
        "TELEGRAM_BOT_TOKEN": f"7000000001:{WORDS['TELEGRAM_BOT_TOKEN']}-and-twenty-more-letters",
        "WEBHOOK_SECRET_TOKEN": WORDS["WEBHOOK_SECRET_TOKEN"],
        "DATABASE_URL": f"postgresql://trt:{quote(PASSWORD, safe='')}@{database}",
        "SENTRY_DSN": f"https://{WORDS['SENTRY_DSN']}@sentry.invalid/1",
        "HEARTBEAT_URL": f"https://heart.invalid/{WORDS['HEARTBEAT_URL']}",
        "S3_ENDPOINT": "http://127.0.0.1:1",
        "S3_BUCKET": "results",
        "S3_REGION": "eu-test-1",
        "WEBHOOK_BASE_URL": "http://127.0.0.1:1",
    }


def songs(said: str) -> list[str]:
    """The settings whose secret can be read from it: plain, in an URL, or in base64, whatever stands around."""
    heard = said.lower()
    return [
        name
        for name, word in WORDS.items()
        if word.lower() in heard or any(form in said for form in _in_base64(word))
    ]


def _in_base64(word: str) -> list[str]:
    forms = [base64.b64encode(b"\0" * shift + word.encode()).decode().rstrip("=") for shift in range(3)]
    return [form[-(-shift * 8 // 6) + 1 : -1] for shift, form in enumerate(forms)]
