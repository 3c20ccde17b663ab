"""Which addresses may be asked: public ones, and those the user let through. Pure, but for Guard.

A name says nothing before it is resolved, and it may resolve to something else a moment later (DNS
rebinding). So the address is judged where the connection is made: ``Guard`` stands before
``reactor.connectTCP``, the one way out of this process.
"""

import ipaddress
import socket
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network
from typing import Any

from ada_url import URL

from monitor.errors import ConfigError

Address = IPv4Address | IPv6Address
Network = IPv4Network | IPv6Network

PORTS = frozenset({80, 443})  # of public addresses; others need an entry host:port
DEFAULT_PORTS = {"http:": 80, "https:": 443}

# IPv6 addresses that carry an IPv4 address in their last 32 bits. What is dialled in the end is
# that one: RFC 4291 2.5.5 (compatible, mapped), RFC 2765 (translated), RFC 6052 (NAT64).
_CARRIERS = tuple(
    IPv6Network(text) for text in ("::/96", "::ffff:0:0/96", "::ffff:0:0:0/96", "64:ff9b::/96")
)
# Global by the letter of IANA's registries, never the address of a publisher.
_REFUSED = tuple(
    ipaddress.ip_network(text)
    for text in (
        "100.64.0.0/10",  # carrier-grade NAT, RFC 6598
        "192.88.99.0/24",  # 6to4 relays, RFC 7526
        "64:ff9b:1::/48",  # NAT64 within one network, RFC 8215
        "fec0::/10",  # site-local, RFC 3879
    )
)


@dataclass(frozen=True, slots=True)
class Allowed:
    """What the user let through although it is not public."""

    endpoints: frozenset[tuple[str, int]] = frozenset()  # host or address, port
    networks: tuple[Network, ...] = ()  # every port of them

    def host(self, host: str, port: int) -> bool:
        """True where this host was let through by name or address, at this port."""
        host = host.strip("[]").lower()
        if (host, port) in self.endpoints:
            return True
        address = _literal(host)
        return address is not None and self.address(address, port)

    def address(self, address: Address, port: int) -> bool:
        """True where this address was let through at this port."""
        return (str(address), port) in self.endpoints or any(
            address in network for network in self.networks if network.version == address.version
        )


def parse_allowed(entries: Iterable[str]) -> Allowed:
    """The allow list that texts such as "127.0.0.1:8000", "[::1]:80" and "10.0.0.0/8" describe.

    Raises ConfigError naming the entry that is neither.
    """
    endpoints: set[tuple[str, int]] = set()
    networks: list[Network] = []
    for entry in entries:
        try:
            if "/" in entry:
                networks.append(ipaddress.ip_network(entry))
            else:
                endpoints.add(_endpoint(entry))
        except ValueError as error:
            raise ConfigError(
                f"allow_private: {entry!r} is neither host:port nor a network such as 10.0.0.0/8"
            ) from error
    return Allowed(frozenset(endpoints), tuple(networks))


def refuse_url(url: str, allowed: Allowed) -> str | None:
    """Why this address may not be asked as far as its spelling tells; None: it may.

    Read as browsers do, so that 0x7f.1, 2130706433 and 127.0.0.1 are one address. A name passes:
    what it resolves to is judged when it is dialled.
    """
    try:
        parsed = URL(url)
    except ValueError:
        return "not a URL"
    if parsed.protocol not in DEFAULT_PORTS:
        return f"scheme {parsed.protocol}"
    if not parsed.hostname:
        return "no host"
    address = _literal(parsed.hostname.strip("[]"))
    if address is None:
        return None
    return refuse_address(address, int(parsed.port or DEFAULT_PORTS[parsed.protocol]), allowed)


def refuse_address(address: Address, port: int, allowed: Allowed) -> str | None:
    """Why this address may not be dialled at this port; None: it may."""
    if allowed.address(address, port):
        return None
    for reached in _reached(address):
        if allowed.address(reached, port):
            return None
        if not _is_public(reached):
            return f"address {address} is not public"
    if port not in PORTS:
        return f"port {port}"
    return None


def _reached(address: Address) -> Iterator[Address]:
    """The address itself and every one that is reached by way of it."""
    if isinstance(address, IPv4Address):
        yield address
        return
    carried = IPv4Address(int(address) & 0xFFFFFFFF)
    if any(address in network for network in _CARRIERS):
        yield carried
    elif address.sixtofour is not None:
        yield address.sixtofour
    elif address.teredo is not None:
        yield from address.teredo
    else:
        yield address


def _is_public(address: Address) -> bool:
    if address.is_multicast or not address.is_global:
        return False
    return not any(address in net for net in _REFUSED if net.version == address.version)


def _literal(host: str) -> Address | None:
    try:
        return ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return None


def _endpoint(entry: str) -> tuple[str, int]:
    host, _, port = entry.rpartition(":")
    host = host.strip().strip("[]").lower()
    if not host or not 0 < int(port) < 65_536:
        raise ValueError(entry)
    address = _literal(host)
    return str(address or host), int(port)


class Refused(Exception):
    """The guard does not let a connection be made; the message says why."""


class Guard:
    """Stands before ``reactor.connectTCP`` and judges every address that is really dialled."""

    def __init__(self, allowed: Allowed, proxies: Iterable[tuple[str, int]] = ()) -> None:
        proxies = frozenset(proxies)
        self.allowed = Allowed(allowed.endpoints | _resolved(allowed.endpoints), allowed.networks)
        self._proxies = proxies | _resolved(proxies)

    def install(self, reactor: Any) -> None:
        """From now on ``reactor`` dials nothing that this guard refuses."""
        dial: Callable[..., Any] = getattr(reactor.connectTCP, "unguarded", reactor.connectTCP)

        def connect(host: str, port: int, *args: Any, **options: Any) -> Any:
            reason = self.refuse(host, port)
            if reason is not None:
                raise Refused(reason)
            return dial(host, port, *args, **options)

        connect.unguarded = dial  # type: ignore[attr-defined]
        reactor.connectTCP = connect

    def refuse(self, host: str, port: int) -> str | None:
        """Why this is not dialled; None: it is. A name is refused: it could become any address."""
        if (host, port) in self._proxies:
            return None
        address = _literal(host)
        if address is None:
            return f"{host} was not resolved before it was dialled"
        return refuse_address(address, port, self.allowed)

    def refuse_resolved(self, host: str, port: int) -> str | None:
        """Why the target of a proxied request is not asked for; None: it is. Waits for the DNS.

        The proxy resolves the name again by itself, so rebinding is the proxy's to refuse.
        """
        try:
            found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
        except OSError:
            return None  # only the proxy knows this name
        for *_, where in found:
            reason = refuse_address(ipaddress.ip_address(where[0]), port, self.allowed)
            if reason is not None:
                return reason
        return None


def _resolved(endpoints: Iterable[tuple[str, int]]) -> frozenset[tuple[str, int]]:
    """The addresses of named endpoints; a name that resolves to nothing lets nothing through."""
    found = set()
    for host, port in endpoints:
        if _literal(host) is None:
            try:
                answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
            except OSError:
                continue
            found |= {(str(where[0]), port) for *_, where in answers}
    return frozenset(found)
