"""The older pages of a feed, for a source that is read for the first time: a feed itself is only a window."""

from urllib.parse import parse_qsl, urlencode, urlsplit

from svwatch.crawl.urls import owner, resolve

_PAGE = "paged"


def next_page(url: str, linked: str | None, *, generator: str) -> str | None:
    """Where the entries before those of a feed's page are.

    Args:
        url: the page just read.
        linked: what it links to as ``rel=next``, if anything.
        generator: what the feed says made it; WordPress gives older pages to anyone who asks by number.

    Returns:
        An address of the same owner, or None where there is none to be known.
    """
    if linked is None:
        return _numbered(url) if "wordpress" in generator.lower() else None
    try:
        following = resolve(url, linked)
    except ValueError:
        return None
    return following if owner(following) == owner(url) and following != url else None


def _numbered(url: str) -> str:
    parts = urlsplit(url)
    query = dict(parse_qsl(parts.query, keep_blank_values=True))
    number = query.get(_PAGE, "1")
    query[_PAGE] = str(int(number) + 1) if number.isascii() and number.isdecimal() else "2"
    return parts._replace(query=urlencode(query), fragment="").geturl()
