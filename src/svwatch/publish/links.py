"""Which addresses from outside may become links."""

import re
from urllib.parse import urlsplit

LONGEST_LINK = 2000
_NOT_IN_AN_ADDRESS = re.compile(r"[\s\x00-\x20\x7f<>\"\\^`{|}]")


def web_link(address: str | None) -> str | None:
    """The address where it is a plain http or https one, else None: then it is shown as text, never as a link.

    Refused besides other schemes: control characters, spaces, quotes, names and passwords before the host (they hide
    where a link leads), and anything too long for a mail reader.
    """
    if not address or len(address) > LONGEST_LINK or _NOT_IN_AN_ADDRESS.search(address):
        return None
    try:
        parts = urlsplit(address)
        is_plain = parts.scheme in ("http", "https") and bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return None
    return address if is_plain and address.isprintable() else None
