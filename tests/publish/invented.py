"""An invented press: makers of stored articles, and one rich day of news. None of it happened."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from svwatch.gazetteer import load_councils
from svwatch.publish.digest import Digest, build_digest
from svwatch.publish.inputs import SourceHealth, SourcesHealth, StoredArticle, StoredCopy
from svwatch.records import Annotation, Article, CouncilTag, Event, Role, Scalar, Span, TopicTag
from svwatch.taxonomy import load_taxonomy

UNTIL = datetime(2026, 5, 15, 6, 0, tzinfo=UTC)
SINCE = UNTIL - timedelta(days=1)


def sentence(text: str) -> Span:
    return Span(0, max(len(text), 1), text)


def stored(
    title: str,
    *,
    hours_ago: float = 5,
    publisher: str = "Schools Week",
    url: str | None = None,
    annotation: Annotation | None = None,
    copies: Sequence[StoredCopy] = (),
    note: str | None = None,
    is_changed: bool = False,
    correct_url: str | None = None,
    is_dated: bool = True,
) -> StoredArticle:
    """An article published some hours before the end of the period and seen then."""
    at = UNTIL - timedelta(hours=hours_ago)
    slug = "".join(c if c.isalnum() else "-" for c in title.lower())[:60]
    article = Article(
        f"https://press.example/{slug}" if url is None else url,
        title,
        "",
        published_at=at if is_dated else None,
        is_summary=note is not None,
        note=note,
    )
    return StoredArticle(article, publisher, max(at, SINCE), annotation, tuple(copies), is_changed, correct_url)


def said(
    *,
    topics: Sequence[str | tuple[str, str]] = (),
    about: Sequence[str] = (),
    names: Sequence[str] = (),
    events: Sequence[Event] = (),
    relevant: bool = True,
) -> Annotation:
    """An annotation: topics (surest first) as ids, or ids with their evidence; slugs it is about, and merely names."""
    pairs = [topic if isinstance(topic, tuple) else (topic, f"A sentence on {topic}.") for topic in topics]
    tags = tuple(TopicTag(key, 0.99 - i / 100, (sentence(text),)) for i, (key, text) in enumerate(pairs))
    councils = (
        *(CouncilTag(slug, Role.SUBJECT, (sentence(slug),)) for slug in about),
        *(CouncilTag(slug, Role.MENTIONED, (sentence(slug),)) for slug in names),
    )
    return Annotation(relevant, 0.9 if relevant else 0.1, tags, councils, tuple(events))


def event(
    kind: str, *councils: str, evidence: str = "It happened.", date: str | None = "2026-05-14", **values: Scalar
) -> Event:
    return Event(kind, councils, sentence(evidence), date, values)


def health(n_read: int = 100, *failed: tuple[str, str], quiet: Sequence[SourceHealth] = ()) -> SourcesHealth:
    read = [SourceHealth(f"Source {n}", True) for n in range(n_read - len(quiet))]
    return SourcesHealth((*read, *quiet, *(SourceHealth(name, False, reason) for name, reason in failed)))


def build(articles: Sequence[StoredArticle], sources: SourcesHealth | None = None, **changes: Any) -> Digest:
    """The digest of 15 May 2026."""
    given: dict[str, Any] = {
        "now": UNTIL,
        "since": SINCE,
        "until": UNTIL,
        "taxonomy": load_taxonomy(),
        "councils": load_councils(),
        "title": "Safety Valve watch",
    }
    return build_digest(articles, health() if sources is None else sources, **(given | changes))


FAILED = (
    ("Norwich Evening Post", "the site did not answer within 30 seconds"),
    ("Dorset Echo and Gazette", "the site answered 403: it does not let us read this page"),
    ("Public Money", "the feed is not one that can be read: it is an HTML page"),
    ("Somerset Live News", "the site's name could not be found"),
)


def rich_day() -> list[StoredArticle]:
    """A busy invented morning with something for every part of the digest."""
    held_back = "The Department for Education has held back £6.2 million that Norfolk was due in March."
    worst = (
        "Inspectors who spent three weeks in the borough found widespread failings which leave children with complex "
        "needs waiting more than a year for the help that the law promises them."
    )
    bus = (
        "From September, families of 900 teenagers will pay £720 a year for a seat on the bus to their special school."
    )
    papers = (
        "Papers for next week's meeting put this year's overspend at £60 million, twice what was planned in autumn."
    )
    watchdog = "The watchdog said that ministers had never asked what the deals meant for the children."
    claim = "Two families have asked the High Court to strike down the county's plan to cut top-up funding by a fifth."
    deal = "Ministers have given Wokingham two more years to clear an overspend that now stands at £48 million."
    review = "https://watch.example/review/{}".format
    return [
        stored(
            "Government holds back £6m from Norfolk as SEND plan slips",
            hours_ago=3,
            annotation=said(
                topics=[("withheld_funds", held_back), "agreement"],
                about=["norfolk"],
                names=["kent", "cambridgeshire"],
                events=[event("funds_withheld", "norfolk", evidence=held_back, amount=6_200_000)],
            ),
            copies=[
                StoredCopy("Norfolk loses out", "University Trends", "https://trends.example/norfolk"),
                StoredCopy("£6m held back", "Eastern Daily News", "https://eastern.example/6m"),
            ],
            correct_url=review(1),
        ),
        stored(
            "Norfolk parents: 'we are paying for a deal nobody asked us about'",
            hours_ago=9,
            publisher="Eastern Daily News",
            annotation=said(
                topics=[("campaign", "More than 400 parents marched to County Hall against the deal.")],
                about=["norfolk"],
                events=[
                    event(
                        "funds_withheld",
                        "norfolk",
                        evidence="A £6 million payment has been stopped.",
                        amount=6_000_000,
                        date="2026-05",
                    )
                ],
            ),
            correct_url=review(2),
        ),
        stored(
            "Bury given the lowest rating for its SEND services",
            hours_ago=6,
            publisher="BBC News",
            annotation=said(
                topics=[("rating", worst), "cuts"],
                about=["bury"],
                events=[event("rating", "bury", evidence=worst, body="area_send", outcome="systemic_failings")],
            ),
            is_changed=True,
            correct_url=review(3),
        ),
        stored(
            "High Court to hear challenge to Devon top-up cuts",
            hours_ago=12,
            publisher="Local Government Lawyer",
            annotation=said(
                topics=[("judicial_review", claim), "cuts"],
                about=["devon"],
                names=["bristol"],
                events=[event("judicial_review", "devon", evidence=claim, stage="issued", solicitor="Hale and Marsh")],
            ),
            correct_url=review(4),
        ),
        stored(
            "Wokingham wins breathing space on SEND debt",
            hours_ago=15,
            publisher="Public Finance",
            annotation=said(
                topics=[("agreement", deal), "deficit"],
                about=["wokingham"],
                events=[
                    event("agreement", "wokingham", evidence=deal, state="extended", amount=48_000_000, years=7),
                    event(
                        "deficit",
                        "wokingham",
                        evidence="It stands at £48 million.",
                        amount=48_000_000,
                        as_of="2026-03",
                        date=None,
                    ),
                ],
            ),
            correct_url=review(5),
        ),
        stored(
            "Kent to end free transport for sixth formers with SEND",
            hours_ago=4,
            publisher="Kent Online",
            annotation=said(topics=[("cuts", bus)], about=["kent"], names=["medway"]),
            correct_url=review(6),
        ),
        stored(
            "Kent's high-needs overspend to reach £60m, papers show",
            hours_ago=7,
            publisher="Local Democracy Reporters",
            annotation=said(topics=[("deficit", papers)], about=["kent"]),
            correct_url=review(7),
        ),
        stored(
            "Auditors warn that nobody knows what the deals did to children",
            hours_ago=5,
            publisher="The Guardian",
            annotation=said(
                topics=[("scrutiny", watchdog), "agreement"], names=["barnsley", "kent", "salford", "slough", "torbay"]
            ),
            correct_url=review(8),
        ),
        stored(
            "Unions plan a day of action on support staff",
            hours_ago=20,
            publisher="Tes",
            annotation=said(topics=[("campaign", "Three unions will rally outside Parliament on 3 June.")]),
            correct_url=review(9),
        ),
        stored(
            "Bath school opens a quiet room",
            hours_ago=22,
            publisher="Bath Voice",
            is_dated=False,
            annotation=said(names=["bath-and-north-east-somerset"]),
            correct_url=review(10),
        ),
        stored(
            "SEND: what the new law would change",
            hours_ago=8,
            publisher="The Times",
            note="the page is behind a paywall",
        ),
        stored(
            "Council leader speaks out",
            hours_ago=8,
            publisher="Hampshire Post",
            note="the page holds no article text",
            url="javascript:alert(1)",
        ),
        stored("Phone ban in schools", hours_ago=8, annotation=said(relevant=False)),
        stored("A new exams chief", hours_ago=8, annotation=said(relevant=False)),
        stored(
            "Schools forum minutes, January",
            hours_ago=24 * 40,
            publisher="Medway Council",
            annotation=said(topics=["deficit"], about=["medway"]),
        ),
    ]


def rich_health() -> SourcesHealth:
    quiet = [SourceHealth("Special Needs Jungle", True, quiet_since=UNTIL - timedelta(days=23))]
    return health(96, *FAILED, quiet=quiet)


def rich_digest(**changes: Any) -> Digest:
    return build(rich_day(), rich_health(), **changes)


def untagged_day() -> list[StoredArticle]:
    """The rich day as it would be stored where nothing can sort articles."""
    return [replace(article, annotation=None) for article in rich_day()]


def busy_day(count: int = 200) -> list[StoredArticle]:
    """Many full-length articles spread over councils and topics, a third of them with an event."""
    slugs, topics = list(load_councils()), load_taxonomy().topic_ids
    words = "The council said that its plan for children with special needs would cost {} pounds more than it has. "
    return [
        stored(
            f"Headline number {n} about the money for special schools in the county",
            hours_ago=n % 23 + 0.5,
            url=f"https://www.a-long-name-of-a-newspaper.example/news/local-news/2026/05/14/article-about-money-{n}",
            publisher=f"The Newspaper of Place {n % 37}",
            correct_url=f"https://watch.example/review/{n}",
            annotation=said(
                topics=[(topics[n % 8], words.format(n) * 3), topics[(n + 3) % 8]],
                about=[slugs[n % 61]],
                events=[event("deficit", slugs[n % 61], evidence=words.format(n), amount=n * 1e6)] * (n % 3 == 0),
            ),
        )
        for n in range(1, count + 1)
    ]
