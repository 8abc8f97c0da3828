"""Where KIE serves results from."""

from collections.abc import Collection
from urllib.parse import urlsplit

RESULT_PLACES = (
    "https://tempfile.aiquickdraw.com:443",
    "https://tempfileb.aiquickdraw.com:443",
    "https://file.aiquickdraw.com:443",
    "https://tempfile.redpandaai.co:443",
)
"""As its documentation and recorded traffic say."""


def result_places(configured: Collection[str]) -> frozenset[str]:
    """KIE's own file hosts, and the hosts of the configured URLs with the scheme that these have, or https."""
    urls = [urlsplit(url) for url in configured]
    own = {f"{scheme}://{url.hostname}" for url in urls for scheme in {url.scheme, "https"}}
    return frozenset(RESULT_PLACES) | own
