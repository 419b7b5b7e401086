"""The sites of the sample press, and how each one names its pages and writes its feed."""

from collections.abc import Mapping
from dataclasses import dataclass

LOCAL_TERMS = (
    "=SEND",
    "=Send",
    "special educational needs",
    "special needs",
    "EHCP",
    "EHC plan",
    "care plan",
    "high needs",
    "safety valve",
    "dedicated schools grant",
    "Ofsted",
    "inspectors",
    "disabled AND council",
    "home to school",
    "section 114",
    "ombudsman",
    "High Court AND council",
)


@dataclass(frozen=True, slots=True)
class FeedStyle:
    """How a site's software writes its feed; the defaults are those of a tidy RSS 2.0 feed.

    `form` is ``rss`` or ``atom``. `guids` is ``address``, ``number`` (``<base>/?p=<number>``), ``fragment`` (the
    address and ``#0``) or ``none``. `tracking` is added to each link. A `status` other than 200 is its only answer.
    """

    path: str
    form: str = "rss"
    content_type: str = "application/rss+xml; charset=UTF-8"
    guids: str = "address"
    tracking: str = ""
    has_excerpts: bool = False
    has_relative_links: bool = False
    has_titles_escaped_twice: bool = False
    status: int = 200


@dataclass(frozen=True, slots=True)
class Site:
    """One publisher.

    `address` is the pattern of its pages' paths. `match` and `expect` (entries a week, least and most) go into the
    `Source` that watches it. `declared_charset` is what its pages claim, `encoding` what they are written in;
    what that cannot write becomes an entity.
    """

    id: str
    name: str
    kind: str
    address: str
    feed: FeedStyle
    expect: tuple[float, float]
    match: tuple[str, ...] = ()
    declared_charset: str = "utf-8"
    encoding: str = "utf-8"


_SITES = (
    Site(
        "chalkface-weekly",
        "Chalkface Weekly",
        "education press",
        "/{slug}/",
        FeedStyle("/feed/", guids="number", has_excerpts=True),
        (5, 25),
    ),
    Site(
        "local-law-record",
        "Local Law Record",
        "legal",
        "/education-law/394-education-news/{number}-{slug}",
        FeedStyle("/education-law?format=feed&type=rss", content_type="application/rss+xml; charset=utf-8"),
        (2, 12),
        declared_charset="iso-8859-1",
        encoding="cp1252",
    ),
    Site(
        "education-notices",
        "Education Notices",
        "government",
        "/government/publications/{slug}",
        FeedStyle(
            "/search/all.atom?keywords=%22special+educational+needs%22&order=updated-newest",
            form="atom",
            content_type="application/atom+xml; charset=utf-8",
        ),
        (2, 12),
    ),
    Site(
        "public-purse",
        "Public Purse",
        "trade press",
        "/news/{year}/{month}/{slug}",
        FeedStyle("/rss", content_type="text/xml; charset=utf-8", guids="none"),
        (2, 12),
    ),
    Site(
        "town-hall-today",
        "Town Hall Today",
        "trade press",
        "/{title_slug}/{number}",
        FeedStyle("/rss.xml", content_type="text/xml"),
        (2, 10),
        encoding="ascii",
    ),
    Site(
        "wharfside-gazette",
        "Wharfside Gazette",
        "local",
        "/news/{number}.{slug}/",
        FeedStyle("/news/rss/", tracking="?ref=rss"),
        (3, 15),
        match=LOCAL_TERMS,
    ),
    Site(
        "severnmouth-live",
        "Severnmouth Live",
        "local",
        "/news/local-news/{slug}-{number}",
        FeedStyle("/news/?service=rss", has_titles_escaped_twice=True),
        (3, 15),
        match=LOCAL_TERMS,
    ),
    Site(
        "meridian-news",
        "Meridian News",
        "broadcaster",
        "/news/articles/{code}",
        FeedStyle("/news/education/rss.xml", guids="fragment", tracking="?at_medium=RSS&at_campaign=rss"),
        (3, 15),
        match=LOCAL_TERMS,
    ),
    Site(
        "fair-share-families",
        "Fair Share Families",
        "campaign",
        "/{year}/{month}/{day}/{slug}/",
        FeedStyle("/feed/", guids="number"),
        (2, 10),
        encoding="ascii",
    ),
    Site(
        "shire-council-news",
        "Shire Council News",
        "council",
        "/newsroom/{year}/{month_name}/{slug}",
        FeedStyle("/newsroom/rss", has_relative_links=True),
        (1, 8),
    ),
    Site(
        "campus-clippings", "Campus Clippings", "republisher", "/{slug}/", FeedStyle("/feed/", guids="number"), (2, 10)
    ),
    Site(
        "valley-observer",
        "Valley Observer",
        "local",
        "/education/{slug}-{number}",
        FeedStyle("/rss"),
        (3, 10),
    ),
    Site(
        "north-star-bulletin",
        "North Star Bulletin",
        "local",
        "/{slug}/",
        FeedStyle("/feed/", status=503),
        (3, 10),
    ),
)
SITES: Mapping[str, Site] = {site.id: site for site in _SITES}
