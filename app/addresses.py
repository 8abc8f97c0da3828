"""What addresses in settings look like; pure."""

import re
from urllib.parse import urlsplit

_LOOPBACK = re.compile(r"https?://(127\.\d+\.\d+\.\d+|localhost|\[::1\])(:\d+)?(/|$)")
# A password with a bare slash would be cut there, and its rest be told of as the name of a host or a port.
_POSTGRES = re.compile(r"postgres(ql)?://([^\s/?#@]*@)?[^\s/?#@]*([/?#][^\s@]*)?")


def is_loopback_url(url: str) -> bool:
    """Whether it leads to this machine."""
    return _LOOPBACK.match(url) is not None


def is_service_url(url: str) -> bool:
    """Whether it is http(s) with a host, and with a port that can be one."""
    return re.fullmatch(r"https?://[^\s/]+(/\S*)?", url) is not None and _names_a_host(url)


def is_postgres_url(url: str) -> bool:
    """Whether every part of it is read as what it was meant to be."""
    return _POSTGRES.fullmatch(url) is not None


def _names_a_host(url: str) -> bool:
    try:
        parts = urlsplit(url)
        return bool(parts.hostname) and (parts.port is None or parts.port > 0)
    except ValueError:  # a port that is no number, or too large a one
        return False
