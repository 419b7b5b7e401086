"""Which entries are the same: keys, aliases and digests. Pure.

Known by, in this order: the publisher's id in the address or the canonical address, the GUID, and for an entry with
neither its title and day. A GUID may change under one address; one GUID may be given to two articles; so a GUID only
counts as a second name where the title agrees.
"""

import hashlib
import json
from collections.abc import Callable

from svwatch.records import Entry


def entry_key(entry: Entry, key_of: Callable[[str], str]) -> str:
    """The one key an entry is known by in its source, and its article everywhere."""
    try:
        return storable(key_of(entry.url))
    except ValueError:
        return guid_alias(entry) or f"title:{entry.source_id}:{_day(entry)}:{folded_title(entry.title)}"


def guid_alias(entry: Entry) -> str | None:
    """The GUID as a second name, None where the feed gives none.

    Where it is an address, scheme and fragment are left out: the BBC ends it in ``#0``, GOV.UK in ``#`` and the time of
    the last update, and sites move from http to https.
    """
    if not entry.guid:
        return None
    is_address = entry.guid.startswith(("http://", "https://"))
    name = entry.guid.partition("://")[2].partition("#")[0] if is_address else entry.guid
    return storable(f"guid:{entry.source_id}:{name}")


def folded_title(title: str) -> str:
    """A title without what an edit of case or spacing changes."""
    return " ".join(storable(title).casefold().split())


def entry_digest(entry: Entry) -> str:
    """Changes when the feed says that the entry has changed."""
    return _digest(entry.title, entry.updated_at.isoformat() if entry.updated_at else "", entry.summary)


def text_digest(title: str, text: str) -> str:
    """Changes when an article's title or text has."""
    return _digest(title, text)


def storable(text: str) -> str:
    """The text with lone surrogates, which UTF-8 cannot carry, as question marks; offsets stay."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _day(entry: Entry) -> str:
    moment = entry.published_at or entry.updated_at
    return moment.date().isoformat() if moment else "undated"


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
