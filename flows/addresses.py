"""Which addresses of the network a feed or page may lead to."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import (
    IPv4Address,
    IPv4Network,
    IPv6Address,
    IPv6Network,
    ip_address,
)
from urllib.parse import urlsplit

from flows.hops import DEFAULT_PORTS

#: Source: IANA special-purpose address registries (RFC 6890 and its updates), all but global ones.
_CLOSED_V4: tuple[IPv4Network, ...] = tuple(
    IPv4Network(block)
    for block in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
        "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24",
        "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24", "198.18.0.0/15",
        "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
    )
)  # fmt: skip
#: Of IPv6 only this block is handed out for the public internet.
_GLOBAL_V6 = IPv6Network("2000::/3")
_CLOSED_V6: tuple[IPv6Network, ...] = tuple(
    IPv6Network(block) for block in ("2001::/23", "2001:db8::/32", "2620:4f:8000::/48", "3fff::/20")
)
#: Blocks that carry an IPv4 address, and how far it is shifted to the left in them.
_CARRIERS: tuple[tuple[IPv6Network, int], ...] = (
    (IPv6Network("::ffff:0:0/96"), 0),  # mapped
    (IPv6Network("::ffff:0:0:0/96"), 0),  # translated, RFC 2765
    (IPv6Network("::/96"), 0),  # compatible
    (IPv6Network("64:ff9b::/96"), 0),  # NAT64
    (IPv6Network("2002::/16"), 80),  # 6to4
)
_TEREDO = IPv6Network("2001::/32")


@dataclass(frozen=True, slots=True)
class _Hop:
    """One connection being made: what the socket factory must know, and what it refused."""

    is_lifted: bool
    refused: list[str] = field(default_factory=list)


#: The socket factory gets an address and nothing else; the hop it is for stands here.
_HOP: ContextVar[_Hop] = ContextVar("hop")


@contextmanager
def leading_to(*, is_lifted: bool) -> Iterator[list[str]]:
    """Let sockets be opened within the block; give the list of addresses that were refused.

    Args:
        is_lifted: they may lead anywhere.
    """
    hop = _Hop(is_lifted)
    token = _HOP.set(hop)
    try:
        yield hop.refused
    finally:
        _HOP.reset(token)


def checked_socket(
    address: tuple[
        int | socket.AddressFamily, int | socket.SocketKind, int, str, tuple[object, ...]
    ],
) -> socket.socket:
    """Return a socket for `address`, a tuple as `getaddrinfo` gives it.

    The check stands here, after DNS and before connecting, and nowhere else: a name that was
    looked up earlier may have another address by now.

    Raises:
        PermissionError: it would lead where a feed or page must not.
    """
    family, kind, protocol, _, (ip, *_) = address
    hop = _HOP.get()
    if not hop.is_lifted and not is_public(str(ip).partition("%")[0]):
        hop.refused.append(str(ip))
        raise PermissionError(f"{ip} is not an address of the public internet")
    return socket.socket(family, kind, protocol)


def is_public(ip: str) -> bool:
    """Tell whether `ip` is an address of the public internet.

    An IPv6 address that carries an IPv4 address (mapped, compatible, NAT64, 6to4, Teredo) is
    public only if that one is. What is no IP address at all is not public.
    """
    try:
        address = ip_address(ip)
    except ValueError:
        return False
    if isinstance(address, IPv4Address):
        return _is_public_v4(address)
    carried = _carried(address)
    if carried:
        return all(_is_public_v4(inner) for inner in carried)
    return address in _GLOBAL_V6 and not any(address in block for block in _CLOSED_V6)


def _is_public_v4(address: IPv4Address) -> bool:
    return not any(address in block for block in _CLOSED_V4)


def _carried(address: IPv6Address) -> tuple[IPv4Address, ...]:
    """Return the IPv4 addresses inside `address`; Teredo has its server's and its client's."""
    number = int(address)
    if address in _TEREDO:
        server, client = (number >> 64) & 0xFFFFFFFF, ~number & 0xFFFFFFFF
        return IPv4Address(server), IPv4Address(client)
    for block, shift in _CARRIERS:
        if address in block:
            return (IPv4Address((number >> shift) & 0xFFFFFFFF),)
    return ()


def is_lifted(url: str, allow_hosts: frozenset[str]) -> bool:
    """Tell whether the ban on private addresses is lifted for the host of `url`.

    Args:
        url: absolute, with a valid port.
        allow_hosts: `host` (any port) or `host:port`; an IPv6 address as `[::1]:80` or `::1`.
    """
    parts = urlsplit(url)
    host = _plain(parts.hostname or "")
    port = parts.port or DEFAULT_PORTS.get(parts.scheme, 0)
    return not {(host, None), (host, port)}.isdisjoint(_entries(allow_hosts))


@lru_cache(maxsize=8)
def _entries(allow_hosts: frozenset[str]) -> frozenset[tuple[str, int | None]]:
    """Return host and port of each entry, the port None for any."""
    found: set[tuple[str, int | None]] = set()
    for entry in allow_hosts:
        text = entry.strip().lower()
        found.add((_plain(text.strip("[]")), None))
        name, _, number = text.rpartition(":")
        if number.isdecimal():
            found.add((_plain(name.strip("[]")), int(number)))
    return frozenset(found)


def _plain(host: str) -> str:
    """Return `host` in one spelling: lower case, no final dot, IPv6 shortened."""
    host = host.lower().rstrip(".")
    try:
        return str(ip_address(host))
    except ValueError:
        return host
