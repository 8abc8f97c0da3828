"""One language's words, money, dates and durations."""

from datetime import datetime, tzinfo
from decimal import Decimal
from html import escape

from babel import Locale
from babel.dates import format_datetime
from babel.numbers import format_decimal
from fluent.runtime import FluentBundle

from app.money import Kopecks
from bot.texts.errors import UnknownTextError, UnrenderableTextError
from bot.texts.markup import Markup

Argument = str | int
"""What a text may be given. An int takes part in plurals and is grouped by locale; numbers of things
that are names (a generation's) go in as str."""

NO_BREAK_SPACE = "\u00a0"
MONEY_SIGN = "₽"

LONGEST_PLACEABLE = 500
"""Characters of an argument that Fluent is given itself."""


class Words:
    """Calls give HTML for messages; `plain` gives text for buttons and toasts."""

    def __init__(self, language: str, bundle: FluentBundle, zone: tzinfo) -> None:
        self.language = language
        self._bundle = bundle
        self._zone = zone
        self._locale = Locale.parse(language)

    def __call__(self, key: str, **arguments: Argument) -> Markup:
        """HTML with every str argument escaped, unless it is Markup already.

        Raises UnknownTextError and UnrenderableTextError.
        """
        return Markup(self._render(key, {name: _escaped(value) for name, value in arguments.items()}))

    def plain(self, key: str, **arguments: Argument) -> str:
        """Text without markup, arguments as they are: for places where Telegram parses nothing."""
        return self._render(key, arguments)

    def money(self, amount: Kopecks) -> str:
        """`12,50 ₽`; whole roubles without the kopecks."""
        pattern = "#,##0" if amount % 100 == 0 else "#,##0.00"
        number = format_decimal(Decimal(amount) / 100, format=pattern, locale=self._locale)
        return f"{number}{NO_BREAK_SPACE}{MONEY_SIGN}"

    def moment(self, at: datetime) -> str:
        """Date and time of day in the operator's zone."""
        return format_datetime(at, format="d MMM, HH:mm", tzinfo=self._zone, locale=self._locale)

    def duration(self, seconds: int) -> str:
        """`45 s` or `2 min 5 s`."""
        minutes, rest = divmod(max(seconds, 0), 60)
        if minutes == 0:
            return self.plain("duration-seconds", seconds=rest)
        if rest == 0:
            return self.plain("duration-minutes", minutes=minutes)
        return self.plain("duration-minutes-seconds", minutes=minutes, seconds=rest)

    def _render(self, key: str, arguments: dict[str, Argument]) -> str:
        if not self._bundle.has_message(key):
            raise UnknownTextError(self.language, key)
        pattern = self._bundle.get_message(key).value
        if pattern is None:
            raise UnknownTextError(self.language, key)
        long = {f"\0{name}\0": it for name, it in arguments.items() if _is_long(it)}
        marked = {name: f"\0{name}\0" if _is_long(it) else it for name, it in arguments.items()}
        rendered, errors = self._bundle.format_pattern(pattern, marked)
        if errors:
            raise UnrenderableTextError(self.language, key, errors)
        text = str(rendered)
        for mark, value in long.items():
            text = text.replace(mark, str(value))
        return str(text)


def _is_long(value: Argument) -> bool:
    """Fluent refuses a placeable of more than some thousand characters, so a mark with NUL (which no text of ours
    or of a person has) takes its place."""
    return isinstance(value, str) and len(value) > LONGEST_PLACEABLE


def _escaped(value: Argument) -> Argument:
    if isinstance(value, str) and not isinstance(value, Markup):
        return escape(value, quote=False)
    return value
