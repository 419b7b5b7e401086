"""The gate every connection passes: only plainly public addresses are dialled, whatever name led to them.

The gate works at three places, so that no way of reaching a socket goes around it: on the host as written (`admit`),
on what DNS answers (`resolve`), and on the very address about to be dialled (`open_socket`).
"""

import ipaddress
import socket
from collections.abc import Iterable
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.connector import AddrInfoType

from svwatch.crawl.urls import Authority

WEB_PORTS = (80, 443)

# From the IANA special-purpose registries, written out because `ipaddress` judges some of them differently from
# one Python version to the next. 168.63.129.16 is public, but inside Azure it is the machine's metadata service.
_REFUSED_IPV4 = tuple(
    (IPv4Network(network), why)
    for network, why in (
        ("0.0.0.0/8", "an address of this machine"),
        ("10.0.0.0/8", "a private address"),
        ("100.64.0.0/10", "an address inside a provider's network"),
        ("127.0.0.0/8", "an address of this machine"),
        ("168.63.129.16/32", "a cloud metadata service"),
        ("169.254.0.0/16", "a link-local address"),
        ("172.16.0.0/12", "a private address"),
        ("192.0.0.0/24", "a reserved address"),
        ("192.0.2.0/24", "an address for examples"),
        ("192.88.99.0/24", "an address of a retired tunnel"),
        ("192.168.0.0/16", "a private address"),
        ("198.18.0.0/15", "an address for measurements"),
        ("198.51.100.0/24", "an address for examples"),
        ("203.0.113.0/24", "an address for examples"),
        ("224.0.0.0/4", "a multicast address"),
        ("240.0.0.0/4", "a reserved or broadcast address"),
    )
)
_GLOBAL_IPV6 = IPv6Network("2000::/3")
_NAT64 = IPv6Network("64:ff9b::/96")
_REFUSED_IPV6 = tuple(
    (IPv6Network(network), why)
    for network, why in (
        ("2001::/32", "an address of a retired tunnel"),
        ("2001::/23", "a reserved address"),
        ("2001:db8::/32", "an address for examples"),
        ("2002::/16", "an address of a retired tunnel"),
        ("3fff::/20", "an address for examples"),
    )
)


def judge(address: str) -> str | None:
    """Why an IP address may not be dialled, as in "a private address"; None for one that is plainly public."""
    if "%" in address:
        return "an address with a zone id"
    try:
        ip = ipaddress.ip_address(address)
    except ValueError:
        return "not an IP address"
    return _judge_ipv4(ip) if isinstance(ip, IPv4Address) else _judge_ipv6(ip)


def _judge_ipv4(ip: IPv4Address) -> str | None:
    for network, why in _REFUSED_IPV4:
        if ip in network:
            return why
    return None if ip.is_global else "not a public address"


def _judge_ipv6(ip: IPv6Address) -> str | None:
    """IPv4 inside IPv6 is judged as IPv4; what only a tunnel reaches is refused even where that IPv4 is public."""
    for inner in _inner_ipv4(ip):
        if why := _judge_ipv4(inner):
            return f"{why} ({inner}) inside IPv6"
    if ip.ipv4_mapped or ip in _NAT64:
        return None
    for network, why in _REFUSED_IPV6:
        if ip in network:
            return why
    return None if ip in _GLOBAL_IPV6 else "not a public address"


def _inner_ipv4(ip: IPv6Address) -> Iterable[IPv4Address]:
    """The IPv4 addresses that an IPv6 address stands for: mapped, compatible, NAT64, 6to4 and Teredo."""
    if ip.ipv4_mapped:
        yield ip.ipv4_mapped
    if int(ip) >> 32 == 0 or ip in _NAT64:
        yield IPv4Address(int(ip) & 0xFFFFFFFF)
    if ip.sixtofour:
        yield ip.sixtofour
    yield from ip.teredo or ()


class AddressRefused(OSError):
    """The gate refused a host or an address; the message says which and why, and what an operator can do."""


class Gate(AbstractResolver):
    """Decides which hosts, ports and addresses may be dialled; also aiohttp's resolver.

    Args:
        allow_private_hosts: hosts (``127.0.0.1``, ``localhost``) or hosts with port (``127.0.0.1:8080``) for which
            neither the addresses nor the ports are limited.
        names: what looks names up; the system's resolver in a thread if not given.
    """

    def __init__(self, allow_private_hosts: Iterable[str] = (), names: AbstractResolver | None = None) -> None:
        self._allowed = frozenset(host.lower() for host in allow_private_hosts)
        self._names = names
        self._exempt: set[tuple[str, int]] = set()

    def admit(self, authority: Authority) -> None:
        """Judge a host and port as written in an address.

        Raises:
            AddressRefused: the port is not a web port, or the host is an address that is not public.
        """
        host, port = authority
        if self._allows(host, port):
            if _is_literal(host):
                self._exempt.add((host, port))
            return
        if port not in WEB_PORTS:
            raise AddressRefused(f"port {port} is not a web port (80 or 443); {_remedy(host, port)}")
        if _is_literal(host) and (why := judge(host)):
            raise AddressRefused(f"{host} is {why}, which svwatch does not visit; {_remedy(host, port)}")

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        """The addresses of a name that may be dialled; the others are left out.

        Raises:
            AddressRefused: the name has addresses, but none that may be dialled.
        """
        self._names = self._names or aiohttp.ThreadedResolver()
        found = await self._names.resolve(host, port, family)
        if self._allows(host, port):
            self._exempt.update((_bare(one["host"]), port) for one in found)
            return found
        public = [one for one in found if judge(one["host"]) is None]
        if found and not public:
            first = found[0]["host"]
            why = judge(first)
            raise AddressRefused(f"{host} leads to {first}, {why}, which svwatch does not visit; {_remedy(host, port)}")
        return public

    def open_socket(self, target: AddrInfoType) -> socket.socket:
        """A socket for the address about to be dialled: the last judgement, made on that address itself.

        Raises:
            AddressRefused: the address is not public, and no allowed host led to it.
        """
        family, kind, protocol, _, endpoint = target
        address, port = str(endpoint[0]), int(endpoint[1])
        if (_bare(address), port) not in self._exempt and (why := judge(address)):
            raise AddressRefused(f"{address} is {why}, which svwatch does not visit; {_remedy(address, port)}")
        opened = socket.socket(family, kind, protocol)
        opened.setblocking(False)
        return opened

    async def close(self) -> None:
        """Release the resolver underneath."""
        if self._names:
            await self._names.close()

    def _allows(self, host: str, port: int) -> bool:
        bare = host.removesuffix(".")
        return bare in self._allowed or f"{bare}:{port}" in self._allowed or f"[{bare}]:{port}" in self._allowed


def gated_connector(gate: Gate, *, limit: int) -> aiohttp.TCPConnector:
    """A connector whose every connection passes the gate; names are looked up afresh for each connection."""
    return aiohttp.TCPConnector(
        resolver=gate, socket_factory=gate.open_socket, family=socket.AF_UNSPEC, use_dns_cache=False, limit=limit
    )


def _is_literal(host: str) -> bool:
    return ":" in host or host.replace(".", "").isdigit()


def _bare(address: str) -> str:
    return address.partition("%")[0]


def _remedy(host: str, port: int) -> str:
    return f"if it is yours, name {host}:{port} under crawl.allow_private_hosts"
