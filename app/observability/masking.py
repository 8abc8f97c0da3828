"""Secrets taken out of whatever text leaves the process or is kept."""

import base64
import json
import re
from collections.abc import Iterator, Sequence
from itertools import chain
from urllib.parse import quote, quote_plus, unquote, urlsplit

MASK = "[masked]"
SHORTEST = 4
"""Characters. What is shorter stands in every other word by chance."""
SHORTEST_IN_BASE64 = 8
"""Characters of base64 that are a secret's own, and nothing else's."""

# A bot token wherever it stands: in an URL of the Bot API, in an exception's text, in a repr.
BOT_TOKEN = re.compile(r"\d{5,20}(?::|%3[Aa])[\w-]{30,}")
PASSWORD_IN_URL = re.compile(r"(?<=://)([^/\s:@]*):[^/\s@]+(?=@)")


class Mask:
    """Takes out `secrets` and whatever looks like one: plain, and as JSON, Python, URLs and base64 write it.

    Of a secret that is an URL its key and password are secrets by themselves, of a bot token what follows its colon.
    """

    def __init__(self, secrets: Sequence[str] = ()) -> None:
        parts = chain.from_iterable(_parts(it) for it in secrets)
        forms = {form for part in parts if len(part) >= SHORTEST for form in _forms(part)}
        # Longest first: a secret that contains another one is masked whole.
        self._forms = sorted(forms, key=len, reverse=True)

    def __call__(self, text: str) -> str:
        """The text without them."""
        for form in self._forms:
            text = text.replace(form, MASK)
        return PASSWORD_IN_URL.sub(rf"\1:{MASK}", BOT_TOKEN.sub(MASK, text))

    def __repr__(self) -> str:
        """Nothing of what it hides: gunicorn prints its configuration when it is asked to."""
        return "Mask()"


def _parts(secret: str) -> Iterator[str]:
    yield secret
    if re.fullmatch(r"\d+:[\w-]+", secret):
        yield secret.partition(":")[2]
    if "://" in secret:
        # In a database's address the user is a name, in an address without a password a key.
        user, _, password = urlsplit(secret).netloc.rpartition("@")[0].partition(":")
        yield from (password, unquote(password)) if password else (user, unquote(user))


def _forms(part: str) -> Iterator[str]:
    yield part
    yield repr(part)[1:-1]
    yield from (json.dumps(part, ensure_ascii=ascii_only)[1:-1] for ascii_only in (True, False))
    for quoted in (quote(part, safe=""), quote(part), quote(part, safe=":"), quote_plus(part)):
        yield quoted
        yield re.sub("%..", lambda it: it.group().lower(), quoted)
    yield from (it for it in _in_base64(part.encode()) if len(it) >= SHORTEST_IN_BASE64)


def _in_base64(part: bytes) -> Iterator[str]:
    """What the part looks like in the middle of something longer: three ways, by where its first byte falls."""
    for before in range(3):
        whole = base64.b64encode(bytes(before) + part).decode().rstrip("=")
        known = (before + len(part)) * 8 // 6
        middle = whole[-(-before * 8 // 6) : known]
        yield middle
        yield middle.replace("+", "-").replace("/", "_")
