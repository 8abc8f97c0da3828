"""Where our own requests may go: to the public internet, and to the hosts that operators have named."""

from collections.abc import Collection
from ipaddress import IPv6Address, IPv6Network, ip_address
from socket import AddressFamily

from aiohttp import DefaultResolver
from aiohttp.abc import AbstractResolver, ResolveResult

_UNICAST = IPv6Network("2000::/3")


class ForbiddenAddressError(OSError):
    """A name leads into a private network; for a client a connection that failed like any other."""


class PublicResolver(AbstractResolver):
    """Refuses names that lead anywhere but into the public internet: to this machine, its network, a cloud's metadata.

    The client connects to what was looked at here and asks for no second answer, so a name that changes its address
    between the look and the connection (DNS rebinding) gains nothing. `trusted` are hosts of configured addresses,
    which may lie anywhere.
    """

    def __init__(self, trusted: Collection[str], resolver: AbstractResolver | None = None) -> None:
        self._trusted = frozenset(host.lower() for host in trusted)
        self._resolver = resolver or DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AddressFamily.AF_INET
    ) -> list[ResolveResult]:
        """All addresses of a host; raises ForbiddenAddressError where a single one of them is not public."""
        found = await self._resolver.resolve(host, port, family)
        if host.lower() not in self._trusted and not all(is_public(it["host"]) for it in found):
            raise ForbiddenAddressError(f"the name {host} leads into a private network")
        return found

    async def close(self) -> None:
        """Closes the resolver behind it."""
        await self._resolver.close()


def is_public(address: str) -> bool:
    """Whether an address belongs to one machine on the public internet.

    IPv6 that carries an IPv4 address (mapped, translated, tunnelled) does not: it says nothing of where it leads.
    """
    try:
        ip = ip_address(address)
    except ValueError:  # with a zone: of this link
        return False
    if isinstance(ip, IPv6Address) and (ip not in _UNICAST or ip.sixtofour or ip.teredo):
        return False
    return ip.is_global and not ip.is_multicast
