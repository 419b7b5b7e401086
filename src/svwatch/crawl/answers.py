"""What an HTTP answer means, in plain sentences: refusals, waiting times, bodies within limits. No network here."""

import re
import zlib
from collections.abc import AsyncIterable, Iterator, Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from http import HTTPStatus

import aiohttp

from svwatch.crawl.addresses import AddressRefused
from svwatch.errors import FetchError

STEP_BYTES = 64 * 1024
LONGEST_REST_SECONDS = 24 * 3600.0
USUAL_REST_SECONDS = 15 * 60.0
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PERMANENT = frozenset({301, 308})
BUSY = frozenset({429, 503})

_META_SCAN_BYTES = 64 * 1024
_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})\b", re.IGNORECASE | re.ASCII)
_META = re.compile(rb"<meta\b[^<>]{0,300}>", re.IGNORECASE)
_RESERVING = re.compile(rb"""name\s*=\s*["']?tdm-reservation["']?(?=[\s/>])""", re.IGNORECASE)
_RESERVED = re.compile(rb"""content\s*=\s*["']?\s*1["'\s/>]""", re.IGNORECASE)
_TEMPORARY = frozenset({408, 425, 429})
_MEANINGS = {
    401: "it wants a login, so its pages cannot be read",
    402: "it wants payment, so its pages cannot be read",
    403: "it does not let programs in; ask the publisher, or take the source out",
    404: "there is nothing at this address any more; look for the new one",
    410: "the page is gone for good; take it out",
    429: "svwatch asked too often; it will be tried again later",
    451: "it may not show this page for legal reasons",
}


def retry_after_seconds(value: str | None, now: datetime) -> float | None:
    """The wait a Retry-After header asks for, within 0 to 24 hours; None where it says nothing to be understood."""
    written = (value or "").strip()[:100]
    if written.removeprefix("-").isdecimal():
        return _clamp(float(written))
    try:
        moment = parsedate_to_datetime(written)
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return _clamp(((moment if moment.tzinfo else moment.replace(tzinfo=UTC)) - now).total_seconds())


def max_age_seconds(cache_control: str | None) -> int | None:
    """How long a Cache-Control header wants an answer kept (RFC 9111); None where it does not say."""
    found = _MAX_AGE.search((cache_control or "")[:1024])
    return int(found[1]) if found else None


def is_reserved(header: str | None, body: bytes) -> bool:
    """Whether a site reserves text and data mining, by the ``tdm-reservation`` header or the page's meta element."""
    if (header or "").strip() == "1":
        return True
    metas = _META.findall(body[:_META_SCAN_BYTES])
    return any(_RESERVING.search(meta) and _RESERVED.search(meta) for meta in metas)


def refusal(status: int, headers: Mapping[str, str], now: datetime) -> FetchError:
    """The error for an answer that is neither a page, a redirect nor "not modified"."""
    if headers.get("cf-mitigated") == "challenge":
        meaning = "it wants a browser to prove itself (a Cloudflare challenge), which svwatch does not do"
    else:
        meaning = _MEANINGS.get(status) or _meaning_of_class(status)
    return FetchError(
        f"the site answered {_named(status)}: {meaning}",
        status=status,
        is_temporary=status >= 500 or status in _TEMPORARY,
        retry_after_seconds=retry_after_seconds(headers.get("Retry-After"), now),
    )


def trouble(error: Exception, *, host: str) -> FetchError:
    """The error for a conversation that failed before or below HTTP's own status codes."""
    cause = getattr(error, "os_error", error)
    if isinstance(cause, AddressRefused):
        return FetchError(str(cause), is_temporary=False)
    return FetchError(f"{_what_failed(error, host)}; it will be tried again")


def charset_of(content_type: str) -> str | None:
    """The charset a Content-Type header names, in lower case."""
    for parameter in content_type[:1024].split(";")[1:]:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "charset":
            return value.strip().strip("\"'").lower()[:64] or None
    return None


async def read_body(chunks: AsyncIterable[bytes], coding: str, limit: int, *, is_cut: bool = False) -> bytes:
    """The decoded body, read no further than `limit` bytes however well it is compressed.

    Args:
        chunks: the body as it arrives, in pieces of at most `STEP_BYTES`.
        coding: the Content-Encoding header.
        limit: the most bytes to return.
        is_cut: whether a longer body is cut at `limit`; else it is refused.

    Raises:
        FetchError: the body is too long, damaged, or in an encoding that was not asked for.
    """
    body, unpack = bytearray(), unpacker(coding)
    async for chunk in chunks:
        for piece in unpack.pieces(chunk):
            body += piece
            if len(body) > limit:
                if is_cut:
                    return bytes(body[:limit])
                raise too_long(limit)
    if not unpack.is_complete:
        raise FetchError("the site's compressed answer broke off; it will be tried again")
    return bytes(body)


def too_long(limit: int) -> FetchError:
    """The error for a body, stated or met, of more than `limit` bytes."""
    return FetchError(
        f"the answer is longer than {limit / 1024 / 1024:.3g} MiB; check the address, or raise crawl.max_bytes",
        is_temporary=False,
    )


class Unpacker:
    """Passes a body through as it came."""

    is_complete = True

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """The decoded bytes of the next part of a body, each piece at most `STEP_BYTES`."""
        yield chunk


class ZlibUnpacker(Unpacker):
    """Unpacks gzip (also of several members) and deflate (also without its header, as some servers send it)."""

    def __init__(self, coding: str) -> None:
        self._coding = coding
        self._stream: zlib._Decompress | None = None

    @property
    def is_complete(self) -> bool:  # type: ignore[override]
        """Whether the last stream begun has ended; an empty body is complete."""
        return self._stream is None or self._stream.eof

    def pieces(self, chunk: bytes) -> Iterator[bytes]:
        """The decoded bytes of the next part of a body, each piece at most `STEP_BYTES`.

        Raises:
            FetchError: the compressed bytes are damaged.
        """
        try:
            yield from self._pieces(chunk)
        except zlib.error as error:
            raise FetchError("the site's compressed answer is damaged; it will be tried again") from error

    def _pieces(self, waiting: bytes) -> Iterator[bytes]:
        while waiting:
            stream = self._stream_for(waiting)
            if stream is None:
                return
            piece = stream.decompress(waiting, STEP_BYTES)
            waiting = stream.unused_data if stream.eof else stream.unconsumed_tail
            if piece:
                yield piece

    def _stream_for(self, waiting: bytes) -> "zlib._Decompress | None":
        """The open stream, or a new one; None where the stream has ended and padding follows."""
        if self._stream is None:
            self._stream = zlib.decompressobj(_window(self._coding, waiting[0]))
        elif self._stream.eof:
            if self._coding != "gzip" or waiting[0] != 0x1F:
                return None
            self._stream = zlib.decompressobj(_window(self._coding, waiting[0]))
        return self._stream


def unpacker(coding: str) -> Unpacker:
    """What decodes a Content-Encoding.

    Raises:
        FetchError: the encoding was not asked for; one inside another never is.
    """
    name = coding.strip().lower()[:100]
    if name in ("", "identity", "none"):
        return Unpacker()
    if name in ("gzip", "x-gzip", "deflate"):
        return ZlibUnpacker(name.removeprefix("x-"))
    raise FetchError(
        f"the site answered in an encoding that was not asked for ({name!r}); tell the publisher", is_temporary=False
    )


def _window(coding: str, first_byte: int) -> int:
    if coding == "gzip":
        return 16 + zlib.MAX_WBITS
    has_header = first_byte & 0x0F == 8
    return zlib.MAX_WBITS if has_header else -zlib.MAX_WBITS


def _clamp(seconds: float) -> float:
    return min(max(seconds, 0.0), LONGEST_REST_SECONDS)


def _named(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def _meaning_of_class(status: int) -> str:
    if status >= 500:
        return "it is in trouble; it will be tried again"
    if status >= 400:
        return "it did not accept the request; check the address"
    return "that is no answer to a plain request; check the address"


def _what_failed(error: Exception, host: str) -> str:
    match error:
        case aiohttp.ClientConnectorCertificateError():
            return f"the certificate of {host} is not valid ({_reason(error.certificate_error)})"
        case aiohttp.ClientConnectorSSLError():
            return f"no secure connection to {host} could be made"
        case aiohttp.ClientConnectorDNSError():
            return f"the name {host} could not be found"
        case TimeoutError():
            return f"{host} could not be reached in time"
        case aiohttp.ClientConnectorError():
            return f"{host} could not be reached ({_reason(error.os_error)})"
        case aiohttp.ClientPayloadError() | aiohttp.ServerDisconnectedError() | aiohttp.ClientConnectionError():
            return "the site broke the connection off"
    return "the site's answer is not proper HTTP, or its headers are too many or too long"


def _reason(error: Exception) -> str:
    return str(getattr(error, "verify_message", None) or getattr(error, "strerror", None) or type(error).__name__)
