"""When a happening took place: the date its clause states, or the day its report or judgment came out."""

import re
from collections.abc import Sequence
from datetime import date, timedelta

from svwatch.tag.dates import Dated, first_month
from svwatch.tag.events import courts, ratings
from svwatch.tag.events.reading import Draft, Sentence, Story

_YEAR_REACH = 3
_LEAD_SENTENCES = 4
_NEWS = timedelta(days=75)
_LASTS_UNTIL = re.compile(r"\b(?:to|until|till|by)(?: the)? $")
_CAME_OUT = re.compile(
    r"\b(?:report|findings|judge?ment|ruling|verdict|order|letter|notice)\b[^.;]{0,50}"
    r"\b(?:published|released|out|handed down|issued|dated|sealed|sent|made public|delivered|given)\b"
)


def event_date(
    draft: Draft, drafts: Sequence[Draft], sentence: Sentence, dates: Sequence[Dated], story: Story
) -> str | None:
    """The date of one of a sentence's drafts, from the dates that the sentence states; None where nothing says."""
    if not draft.is_dated:
        return None
    return _stated(draft, drafts, sentence, dates) or _came_out(draft, sentence, story)


def known_year(sentence: Sentence, story: Story) -> int | None:
    """What "that year" and "the following year" mean at the start of a sentence: the year said last before it."""
    if sentence.words.isdisjoint(("that", "following", "same")):
        return None
    for earlier in reversed(story.sentences[max(0, sentence.number - _YEAR_REACH) : sentence.number]):
        dates = earlier.dates
        if dates:
            return int(dates[-1].value[:4])
    return None


def _stated(draft: Draft, drafts: Sequence[Draft], sentence: Sentence, dates: Sequence[Dated]) -> str | None:
    """The date in the draft's clause nearest to it; else the sentence's, unless it stands in another draft's clause."""
    usable = [dated for dated in dates if _can_date(dated, draft, sentence)]
    clause = sentence.clause(draft.start)
    others = {sentence.clause(other.start) for other in drafts} - {clause}
    inside = [dated for dated in usable if clause[0] <= dated.start < clause[1]]
    free = [dated for dated in usable if sentence.clause(dated.start) not in others]
    chosen = min(inside or free, key=lambda dated: abs(dated.start - draft.start), default=None)
    return chosen.value if chosen else None


def _can_date(dated: Dated, draft: Draft, sentence: Sentence) -> bool:
    """Whether a date can be that of a happening that is over: not to come, no term, not "this year's" of some thing."""
    if dated.is_for_what_follows and draft.start < dated.start:
        return False
    if sentence.published and first_month(dated.value) > sentence.published.isoformat():
        return False
    is_of_a_thing = sentence.lower.startswith("'s", dated.end)
    return not is_of_a_thing and not _LASTS_UNTIL.search(sentence.lower, max(0, dated.start - 12), dated.start)


def _came_out(draft: Draft, sentence: Sentence, story: Story) -> str | None:
    """For what a story leads with: the recent day or month that one of the next sentences gives for its publication."""
    published = sentence.published
    if draft.kind not in (ratings.KIND, courts.KIND) or published is None or sentence.number >= _LEAD_SENTENCES:
        return None
    for later in story.sentences[sentence.number + 1 : sentence.number + 4]:
        said = _CAME_OUT.search(later.lower)
        for dated in later.dates if said else ():
            if said and abs(dated.start - said.end()) <= 40 and _is_news(dated, published):
                return dated.value
    return None


def _is_news(dated: Dated, published: date) -> bool:
    is_exact = re.fullmatch(r"\d{4}-\d\d(?:-\d\d)?", dated.value) is not None
    return is_exact and (published - _NEWS).isoformat()[:7] <= first_month(dated.value) <= published.isoformat()[:7]
