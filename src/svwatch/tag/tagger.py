"""One article in, everything said of it out: councils, topics, events. Pure; the same in every process."""

from dataclasses import dataclass

from svwatch.records import Annotation, Article
from svwatch.tag.councils import CouncilTagger, tag_councils
from svwatch.tag.events import find_events
from svwatch.tag.roles import council_tags
from svwatch.tag.topics import TopicModel, tag_topics

TAGGER_VERSION = "1"


@dataclass(frozen=True, slots=True)
class Tagger:
    """What `annotate` needs: the council tagger, the topic model, and the name of the model they came from."""

    councils: CouncilTagger
    topics: TopicModel
    model_name: str


def annotate(article: Article, tagger: Tagger) -> Annotation:
    """All that is said of one article. Any text is answered: without letters, the annotation is empty."""
    found = tag_councils(article, tagger.councils)
    said = tag_topics(article, tagger.topics)
    sentences = {topic.id: [(span.start, span.end) for span in topic.evidence] for topic in said.topics}
    events = find_events(article, found, sentences) if said.relevant else ()
    return Annotation(
        relevant=said.relevant,
        relevance_score=said.relevance_score,
        topics=said.topics,
        councils=council_tags(found, said.statements),
        events=events,
        tagger_version=TAGGER_VERSION,
        model=tagger.model_name,
    )
