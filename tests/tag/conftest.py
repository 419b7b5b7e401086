"""The live model and its tagger, loaded once; hypothesis draws the same cases in every run."""

from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

from svwatch.gazetteer import load_councils
from svwatch.records import Annotation, Article
from svwatch.tag.councils import CouncilSpan, tag_councils
from svwatch.tag.mentions import MentionFinder
from svwatch.tag.model import current_model, load_tagger
from svwatch.tag.tagger import Tagger, annotate

settings.register_profile("svwatch", deadline=None, database=None, derandomize=True, max_examples=150)
settings.load_profile("svwatch")

TagCouncils = Callable[..., list[CouncilSpan]]
Annotate = Callable[..., Annotation]


@pytest.fixture(scope="session")
def live() -> Path:
    """The folder of the live model."""
    return current_model([Path(__file__).parents[2] / "models"])


@pytest.fixture(scope="session")
def tagger(live: Path) -> Tagger:
    return load_tagger(live)


@pytest.fixture(scope="session")
def finder() -> MentionFinder:
    return MentionFinder(list(load_councils().values()))


@pytest.fixture(scope="session")
def councils_in(tagger: Tagger) -> TagCouncils:
    """Tags the councils of a text, with a title and a day of publication where the case needs them."""

    def tag(text: str, *, title: str = "", day: str | None = None) -> list[CouncilSpan]:
        published_at = datetime.fromisoformat(day).replace(tzinfo=UTC) if day else None
        return tag_councils(Article("", title, text, published_at=published_at), tagger.councils)

    return tag


@pytest.fixture(scope="session")
def read(tagger: Tagger) -> Annotate:
    """Annotates a text with the live model."""

    def annotated(text: str, *, title: str = "", published_at: datetime | None = None) -> Annotation:
        return annotate(Article("", title, text, published_at=published_at), tagger)

    return annotated
