"""Addresses of pages: which are allowed, what they are resolved to, and which of them are the same page."""

import ipaddress
import re
from html import unescape
from typing import NamedTuple
from urllib.parse import parse_qsl, quote, urlencode, urljoin, urlsplit

import idna
from courlan import extract_domain, normalize_url

MAX_URL_CHARACTERS = 2048
DEFAULT_PORTS = {"http": 80, "https": 443}

_SHAPE = re.compile(r"(?P<scheme>[A-Za-z][A-Za-z0-9+.-]*):(?P<slashes>/*)(?P<authority>[^/?#]*)(?P<rest>.*)", re.DOTALL)
_HOST_LABEL = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?")
_NUMERIC_LABEL = re.compile(r"[0-9]+|0x[0-9a-f]*")
_LINE_BREAK = re.compile(r"[ \t]*[\r\n]+[ \t]*")
_AMPERSAND = re.compile(r"&(?:amp|#38|#x26);", re.IGNORECASE)

_SAFE_IN_PATH = "/%:=&~+!$,;'@()*"
_SAFE_IN_QUERY = _SAFE_IN_PATH + "?[]|"


class Authority(NamedTuple):
    """The host, as DNS or a socket reads it (IPv6 without brackets), and the port that is dialled."""

    host: str
    port: int

    @property
    def server(self) -> str:
        """What answers there: the host, whatever the scheme, and with its port where that is no usual one."""
        return self.host if self.port in DEFAULT_PORTS.values() else f"{self.host}:{self.port}"


def web_address(url: str) -> str:
    """The address as it is dialled: scheme and host in lower case, IDN as punycode, unsafe characters escaped.

    Anything that two programs might read as two different hosts is refused rather than repaired.

    Raises:
        ValueError: it is not a plain web address; the message says why, without repeating the address.
    """
    scheme, authority, rest = _split(url.strip(" "))
    host, port = _read_authority(authority, DEFAULT_PORTS[scheme])
    shown_host = f"[{host}]" if ":" in host else host
    shown_port = "" if port == DEFAULT_PORTS[scheme] else f":{port}"
    path, query, fragment = _read_rest(rest)
    return f"{scheme}://{shown_host}{shown_port}{path}{query}{fragment}"


def authority_of(url: str) -> Authority:
    """Host and port of an address that `web_address` returned."""
    parts = urlsplit(url)
    return Authority(parts.hostname or "", parts.port or DEFAULT_PORTS[parts.scheme])


def resolve(base: str, link: str) -> str:
    """The address a link leads to from a page: unescaped once, line breaks dropped, made absolute.

    Raises:
        ValueError: it does not lead to a web address.
    """
    cleaned = _LINE_BREAK.sub("", _AMPERSAND.sub("&", link.strip()))
    if not cleaned:
        raise ValueError("the link is empty; give it an address")
    return web_address(urljoin(base, cleaned))


def owner(url: str) -> str:
    """The key by which requests are paced: the registered domain, since all its hosts have one owner.

    An address or a name outside the public list (a loopback server, say) is its own owner, with its port.
    """
    host, port = authority_of(url)
    bare = host.removesuffix(".")
    return extract_domain(f"https://{bare}/") or f"{bare}:{port}"


def canonical_key(url: str) -> str:
    """One key for all spellings of a page's address; a key to compare, never an address to fetch.

    Raises:
        ValueError: it is not a web address.
    """
    parts = urlsplit(web_address(url))
    host, port = authority_of(parts.geturl())
    netloc = _bare_host(host) + ("" if port in DEFAULT_PORTS.values() else f":{port}")
    path = urlsplit(normalize_url(urlsplit(f"https://h{_without_amp(parts.path)}"))).path
    query = urlencode(sorted(_telling_parameters(path, parts.query)))
    return f"https://{netloc}{path.rstrip('/')}{'?' + query if query else ''}"


def publisher_id(url: str) -> str | None:
    """The publisher's own number for a page, as ``host:number``; it outlives a change of headline.

    Known by shape: Newsquest ``/<id>.<slug>/``, Reach and KentOnline ``-<id>``, BBC ``/articles/<id>``, LocalGov
    ``/<id>``, Local Government Lawyer ``/<id>-<slug>``. None where no part of the address is surely such a number.

    Raises:
        ValueError: it is not a web address.
    """
    parts = urlsplit(canonical_key(url))
    for shape in _ID_SHAPES:
        found = shape.search(parts.path)
        if found and not _is_date_or_sum(found[1]):
            return f"{parts.netloc}:{found[1]}"
    return None


# --- reading an address -------------------------------------------------------------------------


def _split(url: str) -> tuple[str, str, str]:
    """Scheme, authority and the rest, once the address holds nothing that parsers read differently."""
    if len(url) > MAX_URL_CHARACTERS:
        raise ValueError(f"it is longer than {MAX_URL_CHARACTERS:,} characters; use a shorter address")
    if any(not character.isprintable() or character == "\\" for character in url):
        raise ValueError("it holds a backslash, tab, line break or other hidden character; take it out")
    shape = _SHAPE.fullmatch(url)
    if shape is None or shape["scheme"].lower() not in DEFAULT_PORTS:
        raise ValueError("it is not a web address; start it with https://")
    if shape["slashes"] != "//":
        raise ValueError("it needs exactly two slashes after the scheme, as in https://example.org/")
    if "@" in shape["authority"] + shape["rest"].partition("/")[0]:
        raise ValueError("it holds a user name (an @ before the first slash); take it out")
    return shape["scheme"].lower(), shape["authority"], shape["rest"]


def _read_authority(authority: str, default_port: int) -> Authority:
    if authority.startswith("["):
        literal, closed, tail = authority[1:].partition("]")
        if not closed or (tail and not tail.startswith(":")):
            raise ValueError("its host is not an IPv6 address in square brackets; correct it")
        return Authority(_ipv6(literal), _port(tail, default_port))
    name, colon, port = authority.partition(":")
    return Authority(_host_name(name), _port(colon + port, default_port))


def _port(written: str, default: int) -> int:
    digits = written.removeprefix(":")
    if not digits:
        return default
    if not (digits.isascii() and digits.isdigit() and len(digits) <= 5 and 0 < int(digits) < 65536):
        raise ValueError("its port is not a number from 1 to 65535; correct it or leave it out")
    return int(digits)


def _ipv6(literal: str) -> str:
    if "%" in literal:
        raise ValueError("its host has a zone id, which only means something on one machine; use a host name")
    try:
        return ipaddress.IPv6Address(literal).compressed
    except ValueError as error:
        raise ValueError("its host is not an IPv6 address; correct it or use a host name") from error


def _host_name(name: str) -> str:
    """A DNS name, or IPv4 as four decimal numbers: the only spelling of it that all programs agree on."""
    host = _ascii_host(name)
    labels = host.removesuffix(".").split(".")
    if len(host) > 254 or not all(_HOST_LABEL.fullmatch(label) for label in labels):
        raise ValueError("its host is not a name that DNS knows, like www.example.org; correct it")
    if _NUMERIC_LABEL.fullmatch(labels[-1]):
        return _ipv4(host.removesuffix("."))
    return host


def _ascii_host(name: str) -> str:
    if name.isascii():
        return name.lower()
    try:
        return idna.encode(name, uts46=True).decode("ascii").lower()
    except (idna.IDNAError, UnicodeError) as error:
        raise ValueError("its host is not a valid international name; correct it") from error


def _ipv4(host: str) -> str:
    try:
        return str(ipaddress.IPv4Address(host))
    except ValueError as error:
        raise ValueError("its host is a number written in an unusual way; write it as four numbers") from error


def _read_rest(rest: str) -> tuple[str, str, str]:
    before, mark, fragment = rest.partition("#")
    path, question, query = before.partition("?")
    return (
        quote(path, safe=_SAFE_IN_PATH) or "/",
        question + quote(query, safe=_SAFE_IN_QUERY),
        mark + quote(fragment, safe=_SAFE_IN_QUERY),
    )


# --- what two spellings of one page have in common ----------------------------------------------

_TWIN_PREFIXES = ("www.", "m.", "amp.", "mail.")
_AMP_SUFFIX = re.compile(r"(?:(?:/amp|\.amp|\.amp\.html)/*)+$", re.IGNORECASE)
_AMP_PREFIX = re.compile(r"(?:/amp)+(?=/.)", re.IGNORECASE)

_TRACKING_PREFIXES = ("utm_", "at_", "mc_", "ns_", "pk_", "mtm_", "hsa_", "_hs")
_TRACKING = frozenset({
    "fbclid", "gclid", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "twclid", "igshid", "mibextid", "sfnsn",
    "_ga", "_gl", "cmp", "cmpid", "ftag", "ito", "oc", "ocid", "xtor", "share", "replytocom", "amp", "outputtype",
})  # fmt: skip
_TRACKING_REFS = frozenset({"rss", "twtrec", "tw", "fb", "wa", "eb", "mr", "share"})
_SCRIPT = re.compile(r"\.(?:php|aspx?|cfm|jsp|cgi)$", re.IGNORECASE)

_ID_SHAPES = (
    re.compile(r"/articles/(?=[a-z]*[0-9])([a-z0-9]{10,14})$"),
    re.compile(r"/([0-9]{6,10})\.[^/]+$"),
    re.compile(r"/[^/]*-([0-9]{6,10})$"),
    re.compile(r"/([0-9]{5,10})$"),
    re.compile(r"/([0-9]{5,10})-[a-z][^/]*$", re.IGNORECASE),
)
_DATE = re.compile(r"(?:19|20)[0-9]{2}(?:(?:0[1-9]|1[0-2])[0-9]{0,2}|(?:19|20)?[0-9]{2})")


def _bare_host(host: str) -> str:
    """The host without the prefixes under which publishers keep twins of one page."""
    bare = host.removesuffix(".")
    while (prefix := bare.partition(".")[0] + ".") in _TWIN_PREFIXES and "." in bare.removeprefix(prefix):
        bare = bare.removeprefix(prefix)
    return f"[{bare}]" if ":" in bare else bare


def _without_amp(path: str) -> str:
    """The path of the full page, given that of its AMP twin (``/amp/x``, ``/x/amp/``, ``/x.amp``)."""
    return _AMP_PREFIX.sub("", _AMP_SUFFIX.sub("", path), count=1) if "amp" in path.lower() else path


def _telling_parameters(path: str, query: str) -> list[tuple[str, str]]:
    """The parameters that name the document; those that say who sent the reader are left out."""
    pairs = parse_qsl(unescape(query) if "&amp;" in query else query, keep_blank_values=True, max_num_fields=None)
    return [(name, value) for name, value in pairs if not _is_tracking(name.lower(), value.lower(), path)]


def _is_tracking(name: str, value: str, path: str) -> bool:
    """`title` only decorates a path that names its page already (IPSEA), but may be all that tells a script's."""
    if name == "title":
        return len(path) > 1 and not _SCRIPT.search(path)
    if name == "ref":
        return value in _TRACKING_REFS
    return name in _TRACKING or name.startswith(_TRACKING_PREFIXES)


def _is_date_or_sum(digits: str) -> bool:
    """Whether a run of digits is rather a date, a year range or a round sum of money than a publisher's number."""
    return digits.isdigit() and (digits.endswith("000") or _DATE.fullmatch(digits) is not None)
