"""The surroundings of a council's name as features for the classifier that decides whether the council is meant.

Three views of a mention: what stands beside it (and beside the list it stands in), what governs it ("lives in",
"signed"), and what the sentence and the whole article are about.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import chain

from svwatch.gazetteer import Council
from svwatch.tag.mentions import Mention, is_rank_of
from svwatch.tag.names import NameKind
from svwatch.tag.setting import GIVEN_NAMES, HEAD_OF, SETTING_OF, Setting, Surroundings
from svwatch.tag.word_classes import word_classes

_COMPASS = word_classes().lists["compass"]
_PREPOSITIONS = word_classes().lists["prepositions"]
_BEFORE_NAMES = frozenset(["the", "both", "nearby", "neighbouring", "now", "only", '"', "'"])
_AUXILIARIES = word_classes().lists["auxiliaries"]
_AMBIGUITY = (
    "football",
    "surname",
    "university",
    "verb",
    "common word",
    "given name",
    "district",
    "constituency",
    "festival",
)
_FAR = 30
"""Words further than this from a name are no surroundings: keeps work on one endless sentence linear."""


def features(mention: Mention, setting: Setting, around: Surroundings, council: Council) -> Counter[str]:
    """Named features of one mention, each counted once."""
    first, last, _ = setting.lists[mention.first]
    views = (
        _name_features(mention, council),
        _near(setting.lower, mention.first, mention.last),
        _shape(mention, setting),
        _possession(setting, mention.last),
        _company(mention, setting),
        _before(setting.lower, first),
        _behind(setting, last),
        _sentence(mention, setting, around),
        _document(mention, setting, around),
    )
    return Counter(dict.fromkeys(chain.from_iterable(views), 1))


def _name_features(mention: Mention, council: Council) -> Iterator[str]:
    kind = mention.name.kind
    yield f"kind={kind}"
    yield f"name={mention.name.phrase.lower()}"
    rank = is_rank_of(mention, council)
    if rank is not None:
        yield f"rank={rank}"
    elif mention.rank is not None:
        yield "rank=council"
    if kind in (NameKind.BARE, NameKind.LOOSE):
        yield from (f"mistaken={word}" for word in _AMBIGUITY if word in council.ambiguity)
    yield f"type={council.type}"


def _near(lower: Sequence[str], first: int, last: int) -> Iterator[str]:
    for distance in range(1, 5):
        for side, at in (("L", first - distance), ("R", last + distance - 1)):
            word = _word(lower, at)
            yield from (f"{side}{min(distance, 3)}~{kind}" for kind in HEAD_OF.get(word, ()))
            yield from (f"{side}{min(distance, 3)}:{kind}" for kind in SETTING_OF.get(word, ()))
            if distance <= 2:
                yield f"{side}{distance}={word}"
            if distance > 1:
                yield f"{side}..={word}"
    yield f"L2L1={_word(lower, first - 2)} {_word(lower, first - 1)}"
    yield f"L1R1={_word(lower, first - 1)} {_word(lower, last)}"
    yield f"R1R2={_word(lower, last)} {_word(lower, last + 1)}"


def _word(lower: Sequence[str], at: int) -> str:
    if at < 0:
        return "<s>"
    return lower[at] if at < len(lower) else "</s>"


def _kinds(words: Sequence[str]) -> Iterator[str]:
    """Every class of some words, each as often as it comes."""
    return (kind for word in words for kind in (*SETTING_OF.get(word, ()), *HEAD_OF.get(word, ())))


def _shape(mention: Mention, setting: Setting) -> Iterator[str]:
    words, first, last = setting.words, mention.first, mention.last
    left = words[first - 1] if first else ""
    if left in ("Greater", "New") or (left[:1].isupper() and left.lower() in _COMPASS):
        yield "L1^compass"
    if not setting.has_headline_capitals:
        if left[:1].isupper() and first > 1:
            yield "L1^capital"
        if last < len(words) and words[last][:1].isupper():
            yield "R1^capital"
    for distance in (1, 2):
        given = words[first - distance] if first >= distance else ""
        if given[:1].isupper() and given.lower() in GIVEN_NAMES:
            yield f"L{distance}^given-name"
    if mention.doc.text.isupper():
        yield "capitals"
    if len(words) < 4:
        yield "alone"


def _possession(setting: Setting, last: int) -> Iterator[str]:
    """What a name possesses or is hyphened to: "Bury's schools", "Kent-based"."""
    sign, after = _word(setting.lower, last), _word(setting.lower, last + 1)
    if sign == "'s":
        yield f"'s={after}"
        yield from (f"'s~{head}" for head in HEAD_OF.get(after, ()))
    if sign == "-":
        yield f"hyphen={after}"


def _company(mention: Mention, setting: Setting) -> Iterator[str]:
    """The list a name stands in, and the noun behind the whole: "Kent and Medway ICB", "Bury and Bolton councils"."""
    lower = setting.lower
    first, last, size = setting.lists[mention.first]
    if (first, last) != (mention.first, mention.last):
        head, opening = _word(lower, last), _word(lower, first - 1)
        yield f"list={min(size, 4)}"
        yield f"listR1={head}"
        yield f"listL1={opening}"
        yield from (f"list~{kind}" for kind in HEAD_OF.get(head, ()))
        yield from (f"listL~{kind}" for kind in HEAD_OF.get(opening, ()))
        yield from (
            f"inlist~{kind}" for word in lower[first : min(last, first + _FAR)] for kind in HEAD_OF.get(word, ())
        )
        if first in setting.ranked_lists:
            yield "list-council"
    yield from (f"run~{kind}" for kind in _run_heads(setting.words, mention.last))


def _run_heads(words: Sequence[str], at: int) -> Iterator[str]:
    """Kinds of the head nouns in the run of capitals behind a name or list: "... University Hospitals NHS Trust"."""
    end = min(len(words), at + _FAR)
    while at < end and (words[at][:1].isupper() or words[at] in ("and", "&", "of", "for")):
        yield from HEAD_OF.get(words[at].lower(), ())
        at += 1


def _before(lower: Sequence[str], first: int) -> Iterator[str]:
    """What governs a name or its list from the left: "lives in", "51, of", "a court in"."""
    at = first - 1
    while at >= 0 and lower[at] in _BEFORE_NAMES:
        at -= 1
    opening = _word(lower, at)
    if opening not in _PREPOSITIONS:
        yield "prep=start" if at < 0 else "prep=none"
        yield from (f"gov~{kind}" for kind in SETTING_OF.get(opening, ()))
        return
    yield f"prep={opening}"
    at -= 1
    while at >= 0 and lower[at] in (",", '"', "-", "'"):
        at -= 1
    governor = _word(lower, at)
    yield f"gov={governor} {opening}"
    kinds = SETTING_OF.get(governor) or HEAD_OF.get(governor) or ("other",)
    yield from (f"gov~{kind} {opening}" for kind in kinds)
    yield from (f"left~{kind} {opening}" for kind in _kinds(lower[max(0, at - 6) : at + 1]))


def _behind(setting: Setting, last: int) -> Iterator[str]:
    """What a name or its list does or owns: "signed", "was told", "'s finance team", ", where"."""
    lower, words = setting.lower, setting.words
    if _word(lower, last) in ("'s", "'"):
        yield from (f"owns~{kind}" for kind in _kinds(lower[last + 1 : last + 6]))
        return
    at = last
    while at < min(len(lower), last + 5) and lower[at] in _AUXILIARIES:
        at += 1
    word, skipped = _word(lower, at), _word(lower, last) if at > last else ""
    if word in (",", "(", "-"):
        yield f"R,={_word(lower, at + 1)}"
    elif at < len(words) and words[at][:1].isupper():
        yield f"then^capital {skipped}"
    else:
        yield f"then={word}"
        yield from ([f"aux={skipped}"] if skipped else [])
        yield from (f"then~{kind}" for kind in SETTING_OF.get(word, ("other",)))
        yield from (f"after~{kind}" for near in lower[at : at + 5] for kind in SETTING_OF.get(near, ()))


def _sentence(mention: Mention, setting: Setting, around: Surroundings) -> Iterator[str]:
    """What the sentence talks of, alone and with how the name is joined to it."""
    matter, send, council = min(3, setting.matter), min(2, setting.send), min(2, setting.council)
    left, right = _word(setting.lower, mention.first - 1), _word(setting.lower, mention.last)
    yield f"matter={matter}"
    yield f"matter={matter}+L1={left}"
    yield f"matter={matter}+R1={right}"
    yield f"about={around.matter_share}+L1={left}"
    yield f"about={around.matter_share}+matter={matter}"
    yield f"sent-send={send}"
    yield f"sent-council={council}"
    yield f"sent-send={send}+council={council}+L1={left}"
    near = setting.lower[max(0, mention.first - _FAR) : mention.last + _FAR]
    yield from (f"S={word}" for word in near if len(word) > 3 and word.isalpha())
    yield from (f"S~{kind}" for word in near for kind in SETTING_OF.get(word, ()))


def _document(mention: Mention, setting: Setting, around: Surroundings) -> Iterator[str]:
    kind, seen = mention.name.kind, around.named_in_full.get(mention.slug)
    yield f"about={around.matter_share}"
    yield f"about={around.matter_share}+kind={kind}"
    yield f"theme={around.theme}"
    yield f"theme={around.theme}+full={bool(around.named_in_full)}"
    yield f"theme={around.theme}+sent-council={min(2, setting.council)}"
    if seen is None:
        yield "others-in-full" if around.named_in_full else "none-in-full"
    else:
        yield "in-full-before" if seen < (not setting.in_title, mention.start) else "in-full-after"
        yield f"in-full+kind={kind}"
    yield f"times={min(4, around.times[mention.slug])}+full={seen is not None}"
    yield from ["slug-in-title"] if mention.slug in around.in_title else []
    yield from ["title"] if setting.in_title else []
    if mention.slug in around.long_named and kind in (NameKind.BARE, NameKind.LOOSE):
        yield f"long-name-too+kind={kind}"
    yield from _confusions(mention, around)


def _confusions(mention: Mention, around: Surroundings) -> Iterator[str]:
    """Another thing of that name in the article: a body, a person, a place far away; and whether the council is named too."""
    suffix = "" if around.named_in_full.get(mention.slug) is None else "-but-full"
    if mention.slug in around.other_bodies:
        yield f"other-body{suffix}"
    if mention.name.phrase in around.people:
        yield f"person{suffix}"
    if mention.name.phrase in around.rivals:
        yield f"rival{suffix}"
