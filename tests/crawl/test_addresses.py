"""The gate: which addresses may be dialled, and that nothing gets around it."""

import asyncio
import socket
from collections.abc import Callable

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from svwatch.crawl.addresses import AddressRefused, Gate, judge
from svwatch.crawl.fetch import Fetcher
from svwatch.crawl.urls import Authority
from svwatch.errors import FetchError
from svwatch.records import Page

from .conftest import Site, answer, quick_policy, redirect

PUBLIC = "93.184.216.34"

REFUSED_S1 = [
    "127.0.0.1",
    "127.8.8.8",
    "10.0.0.1",
    "172.16.0.1",
    "172.31.255.255",
    "192.168.1.1",
    "169.254.169.254",
    "0.0.0.0",
    "0.1.2.3",
    "224.0.0.1",
    "239.255.255.250",
    "255.255.255.255",
    "240.0.0.1",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "168.63.129.16",
    "192.0.2.1",
    "203.0.113.9",
    "198.51.100.1",
    "192.0.0.1",
]
REFUSED_S3 = [
    "::ffff:127.0.0.1",
    "::ffff:100.64.0.1",
    "::ffff:a9fe:a9fe",
    "::127.0.0.1",
    "::10.0.0.1",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b::7f00:1",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "2002:a00:1::1",
    "2001:0:7f00:1::1",
    "2001:0:5db8:d822:0:0:80ff:fffe",
    "fec0::1",
    "fe80::1%eth0",
    "2606:4700::1%1",
    "100.64.0.1",
    "100.127.255.255",
    "192.88.99.1",
    "198.18.0.1",
    "198.19.255.255",
    "2001:db8::1",
    "3fff::1",
    "100::1",
    "5f00::1",
    "2001:2::1",
]


class StubNames(AbstractResolver):
    """A name server that the test controls: each look-up takes the next answer, and the last one stays."""

    def __init__(self, *answers: list[str], delay_seconds: float = 0.0) -> None:
        self.answers = list(answers)
        self.delay_seconds = delay_seconds

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        await asyncio.sleep(self.delay_seconds)
        addresses = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=one,
                port=port,
                proto=0,
                flags=0,
                family=socket.AF_INET6 if ":" in one else socket.AF_INET,
            )
            for one in addresses
        ]

    async def close(self) -> None:
        """Nothing to close."""


def fetch_by_name(names: StubNames, url: str, **settings: object) -> Page | None:
    async def run() -> Page | None:
        async with Fetcher(quick_policy(**settings), names) as fetcher:
            return await fetcher.get(url)

    return asyncio.run(run())


@pytest.mark.parametrize("address", REFUSED_S1)
def test_S1_addresses_that_are_not_public_are_refused(address: str) -> None:
    assert judge(address)


@pytest.mark.parametrize("address", REFUSED_S3)
def test_S3_disguised_and_special_addresses_are_refused(address: str) -> None:
    assert judge(address)


@pytest.mark.parametrize(
    "address",
    [
        PUBLIC,
        "151.101.0.81",
        "8.8.8.8",
        "2606:4700::1111",
        "2a00:1450:4009::1",
        "::ffff:8.8.8.8",
        "64:ff9b::808:808",
        "172.32.0.1",
        "100.128.0.1",
    ],
)
def test_plainly_public_addresses_pass(address: str) -> None:
    assert judge(address) is None


@pytest.mark.parametrize("text", ["localhost", "", "1.2.3", "0x7f.1", "2130706433"])
def test_S2_what_is_no_plain_address_is_refused(text: str) -> None:
    assert judge(text)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "0.0.0.0",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "localhost",
        "LOCALHOST.",
        "2130706433",
        "0177.0.0.1",
        "127.1",
        "0x7f.1",
        "１２７.０.０.１",
        "ⓛⓞⓒⓐⓛⓗⓞⓢⓣ",
    ],
)
def test_S2_no_spelling_of_loopback_reaches_a_server(site: Site, host: str) -> None:
    site.routes["/"] = answer(b"secret")
    with pytest.raises(FetchError):
        fetch_by_name(StubNames(["127.0.0.1"]), f"http://{host}:{site.port}/", allow_private_hosts=())
    assert site.connections == 0


def test_S1_a_refusal_names_the_address_and_the_remedy() -> None:
    with pytest.raises(FetchError, match=r"10\.0\.0\.1 is a private address.*name 10\.0\.0\.1:80 under") as refused:
        fetch_by_name(StubNames([]), "http://10.0.0.1/", allow_private_hosts=())
    assert not refused.value.is_temporary


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "169.254.169.254", "[::ffff:7f00:1]", "[64:ff9b::a9fe:a9fe]", "[fec0::1]"]
)
@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_S4_a_redirect_to_an_inner_address_is_refused_at_that_hop(
    site: Site, new_site: Callable[[], Site], status: int, host: str
) -> None:
    canary = new_site()
    site.routes["/feed"] = redirect(f"http://{host}:{canary.port}/", status)
    with pytest.raises(FetchError, match=r"not a web port|which svwatch does not visit"):
        fetch_by_name(StubNames([]), site.url("/feed"), allow_private_hosts=(f"127.0.0.1:{site.port}",))
    assert site.paths[-1] == "/feed"
    assert canary.connections == 0


def test_S4_the_fifth_hop_is_judged_like_the_first(site: Site, new_site: Callable[[], Site]) -> None:
    canary = new_site()
    for hop in range(4):
        site.routes[f"/{hop}"] = redirect(f"/{hop + 1}")
    site.routes["/4"] = redirect("http://127.0.0.1/")
    with pytest.raises(FetchError, match="which svwatch does not visit"):
        fetch_by_name(StubNames([]), site.url("/0"), allow_private_hosts=(f"127.0.0.1:{site.port}",))
    assert canary.connections == 0


def test_S4_a_meta_refresh_is_not_followed(site: Site, new_site: Callable[[], Site]) -> None:
    canary = new_site()
    site.routes["/"] = answer(f'<meta http-equiv="refresh" content="0; url={canary.url("/")}">'.encode())
    page = fetch_by_name(StubNames([]), site.url("/"))
    assert page is not None
    assert canary.connections == 0


def test_S5_a_name_that_leads_inside_is_refused(site: Site) -> None:
    names = StubNames(["127.0.0.1"])
    with pytest.raises(FetchError, match=r"rebind\.example leads to 127\.0\.0\.1"):
        fetch_by_name(names, "http://rebind.example/", allow_private_hosts=())
    assert site.connections == 0


def test_S5_of_a_name_with_both_only_the_public_address_is_left() -> None:
    gate = Gate((), StubNames(["127.0.0.1", PUBLIC, "::1", "::ffff:10.0.0.1"]))
    found = asyncio.run(gate.resolve("both.example", 80))
    assert [one["host"] for one in found] == [PUBLIC]


def test_S5_the_address_dialled_is_judged_whatever_the_name_said_before(site: Site) -> None:
    """1,000 rounds of a name that changes its mind between the look-up and the dialling."""

    async def rounds() -> int:
        opened = 0
        for number in range(1000):
            gate = Gate((), StubNames([PUBLIC], ["127.0.0.1"]))
            assert await gate.resolve("rebind.example", 80)
            target = PUBLIC if number % 2 else "127.0.0.1"
            try:
                gate.open_socket((socket.AF_INET, socket.SOCK_STREAM, 0, "", (target, site.port))).close()
                opened += 1
            except AddressRefused:
                assert target == "127.0.0.1"
        return opened

    assert asyncio.run(rounds()) == 500
    assert site.connections == 0


def test_S5_an_allowed_name_does_not_open_its_address_to_other_names(site: Site) -> None:
    site.routes["/"] = answer(b"mine")

    async def run() -> None:
        policy = quick_policy(allow_private_hosts=(f"mine.example:{site.port}",))
        async with Fetcher(policy, StubNames(["127.0.0.1"])) as fetcher:
            page = await fetcher.get(site.url("/", "mine.example"))
            assert page is not None
            for url in (site.url("/"), site.url("/", "evil.example"), "http://evil.example/"):
                with pytest.raises(FetchError):
                    await fetcher.get(url)

    asyncio.run(run())
    assert site.paths == ["/robots.txt", "/"]


@pytest.mark.parametrize("path", ["/feed", "/page", "/robots.txt"])
def test_S8_with_the_gate_shut_nothing_goes_out(site: Site, path: str) -> None:
    for url in (site.url(path), site.url(path, "localhost"), f"http://[::1]:{site.port}{path}"):
        with pytest.raises(FetchError):
            fetch_by_name(StubNames(["127.0.0.1"]), url, allow_private_hosts=())
    assert site.connections == 0


def test_S8_robots_txt_goes_through_the_same_gate(site: Site, new_site: Callable[[], Site]) -> None:
    canary = new_site()
    site.routes["/robots.txt"] = redirect(canary.url("/robots.txt"))
    site.routes["/feed"] = answer(b"<rss/>")
    with pytest.raises(FetchError, match=r"robots\.txt could not be read"):
        fetch_by_name(StubNames([]), site.url("/feed"), allow_private_hosts=(f"127.0.0.1:{site.port}",))
    assert canary.connections == 0


@pytest.mark.parametrize("port", [22, 25, 6379, 8080])
def test_S9_ports_other_than_the_webs_are_refused(port: int) -> None:
    with pytest.raises(AddressRefused, match="not a web port"):
        Gate().admit(Authority("example.org", port))


@pytest.mark.parametrize(
    ("allowed", "authority", "is_admitted"),
    [
        ("127.0.0.1", Authority("127.0.0.1", 6379), True),
        ("127.0.0.1:8080", Authority("127.0.0.1", 8080), True),
        ("127.0.0.1:8080", Authority("127.0.0.1", 8081), False),
        ("127.0.0.1:8080", Authority("127.0.0.2", 8080), False),
        ("Localhost", Authority("localhost", 8080), True),
        ("[::1]:8080", Authority("::1", 8080), True),
        ("::1", Authority("::1", 8080), True),
    ],
)
def test_the_allow_list_lifts_both_rules_for_its_hosts_only(
    allowed: str, authority: Authority, *, is_admitted: bool
) -> None:
    gate = Gate([allowed], StubNames([]))
    if is_admitted:
        gate.admit(authority)
    else:
        with pytest.raises(AddressRefused):
            gate.admit(authority)


def test_S9_a_proxy_of_the_environment_is_ignored(
    site: Site, new_site: Callable[[], Site], monkeypatch: pytest.MonkeyPatch
) -> None:
    canary = new_site()
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "https_proxy"):
        monkeypatch.setenv(name, canary.url(""))
    site.routes["/"] = answer(b"direct")
    page = fetch_by_name(StubNames([]), site.url("/"))
    assert page is not None
    assert page.body == b"direct"
    assert canary.connections == 0
