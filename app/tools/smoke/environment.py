"""Environment Variables: is everything there, and does it fit together?"""

from app.settings import Settings
from app.tools.smoke.verdicts import Verdict, failed, passed, together, warned
from app.tools.system import System

MISSING = "TELEGRAM_BOT_TOKEN and KIE_API_KEY are not set, and no sandbox runs in this folder (make run)"


async def check_environment(system: System) -> Verdict:
    """Names settings, never shows a value."""
    settings = system.settings
    if settings is None:
        return failed(*system.problems)
    if not system.is_configured:
        return warned(f"{MISSING}; TEST_MODE allows that") if settings.test_mode else failed(MISSING)
    facts = passed(f"{len(settings.model_fields_set)} settings are given, {settings.mode}")
    return together([facts, *(warned(line) for line, is_so in _remarks(settings) if is_so)])


def _remarks(settings: Settings) -> tuple[tuple[str, bool], ...]:
    return (
        ("ADMIN_IDS: nobody is an operator", not settings.admin_ids),
        ("DATABASE_URL: not set, the embedded Postgres is used", settings.database_url is None),
        (
            "SUPPORT_TELEGRAM, SUPPORT_TEXT: people have nobody to write to",
            not (settings.support_telegram or settings.support_text),
        ),
        ("TERMS_URL: there are no terms to show", settings.terms_url is None),
    )
