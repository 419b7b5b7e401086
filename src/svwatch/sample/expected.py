"""What a person would find in each article of the press, by the address it is served at."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from svwatch.learn.gold import Trap
from svwatch.records import Event, Role
from svwatch.sample.furniture import furniture
from svwatch.sample.press import Edition, Press, PressArticle


@dataclass(frozen=True, slots=True)
class Expected:
    """The labels of one article; `councils` holds every tagged slug, `subjects` those a topic's statement is about.

    `copy_of` is the address of the article whose text it repeats, or None. `traps` must not be tagged. `furniture` are
    lines of its site's pages of which none may reach its text; its own headline is not among them.
    """

    id: str
    source_id: str
    url: str
    title: str
    text: str
    is_relevant: bool
    councils: frozenset[str]
    subjects: frozenset[str]
    topics: frozenset[str]
    events: tuple[Event, ...]
    traps: tuple[Trap, ...]
    copy_of: str | None
    furniture: tuple[str, ...]


def expected(press: Press, bases: Mapping[str, str], edition: Edition) -> dict[str, Expected]:
    """What is expected of each article an edition shows, by article id; `bases` holds the sites' addresses by id."""
    found: dict[str, Expected] = {}
    for site_id in press.sites:
        lines = furniture(site_id, press)
        found |= {article.id: _expected(article, press, bases, lines) for article in press.issue(site_id, edition)}
    return found


def _expected(article: PressArticle, press: Press, bases: Mapping[str, str], lines: Sequence[str]) -> Expected:
    said = article.gold.annotation
    return Expected(
        id=article.id,
        source_id=article.site.id,
        url=_address(article, bases),
        title=article.title,
        text=article.gold.article.text,
        is_relevant=said.relevant,
        councils=frozenset(tag.slug for tag in said.councils),
        subjects=frozenset(tag.slug for tag in said.councils if tag.role is Role.SUBJECT),
        topics=frozenset(topic.id for topic in said.topics),
        events=said.events,
        traps=article.gold.traps,
        copy_of=_address(press.find(article.copy_of), bases) if article.copy_of else None,
        furniture=tuple(line for line in lines if line != article.title),
    )


def _address(article: PressArticle, bases: Mapping[str, str]) -> str:
    return bases[article.site.id] + article.path
