"""The surroundings of a council's name as features for the classifier that decides whether the council is meant."""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from spacy.tokens import Doc

from svwatch.gazetteer import Council
from svwatch.tag.mentions import Mention, is_rank_of
from svwatch.tag.names import NameKind

_HEADS: Mapping[str, frozenset[str]] = {
    kind: frozenset(words.split())
    for kind, words in {
        "club": """fc afc rfc cc united city town rovers wanderers athletic albion hotspur rangers county wednesday forest
            argyle palace harriers rugby cricket football netball hockey warriors wolves rhinos striker midfielder
            goalkeeper defender captain manager fans supporters marathon half derby stadium tigers saints sharks falcons
            bears academy u21s women ladies""",
        "school": """school schools primary grammar academy college university sixth nursery infants junior high prep
            preparatory polytechnic campus students graduates professor lecturer business medical""",
        "health": "hospital hospitals nhs icb integrated infirmary clinic hospice ambulance gp care trust foundation",
        "law": "crown magistrates magistrates' county-court court courts tribunal coroner's coroner assizes prison jail",
        "police": "police constabulary fire rescue officers detectives",
        "press": """times echo gazette post news mail chronicle guardian express advertiser telegraph live evening online
            observer standard mercury courier herald reporter citizen argus world today radio fm press""",
        "wider": "combined metropolitan region mayor mayoral lep diocese archdiocese archbishop bishop cathedral minster",
        "place": """street road lane avenue square park bridge station airport castle house palace market zoo hall river
            canal railway line racecourse docks harbour beach common wood hill gardens festival theatre museum gallery
            arena centre estate tower retail shopping hotel inn spa""",
        "title": """duke duchess earl lord lady mr mrs ms miss dr sir dame prof professor cllr councillor rev archbishop bishop
            st""",
        "company": "plc ltd building society group bank brewery motors homes holdings partners",
        "district": "district parish town valley vale heath dale cross",
        "seat": "mp mps constituency north south east west central ward by-election",
    }.items()
}
_HEAD_OF: Mapping[str, tuple[str, ...]] = {
    word: tuple(kind for kind in _HEADS if word in _HEADS[kind]) for words in _HEADS.values() for word in words
}
_COMPASS = frozenset(
    [
        "north",
        "south",
        "east",
        "west",
        "mid",
        "central",
        "greater",
        "new",
        "old",
        "upper",
        "lower",
        "great",
        "little",
        "royal",
        "inner",
        "outer",
    ]
)
_MATTER = re.compile(
    r"\b(?:SEND|Send|SEN|EHCPs?|EHC plans?|special needs|special educational|safety valve|high[- ]needs|DSG|dedicated schools"
    r"|Ofsted|CQC|inspectors?|council(?:lor)?s?|authorit(?:y|ies)|borough|cabinet|DfE|Department for Education|deficit"
    r"|children's services|local area|partnership|schools forum|bailout|deal|overspend)\b",
    re.IGNORECASE,
)
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
_RIVALS: Mapping[str, re.Pattern[str]] = {
    "Newcastle": re.compile(r"under-Lyme|under Lyme|Staffordshire|Stoke|New South Wales|Australia"),
    "Richmond": re.compile(r"North Yorkshire|Virginia|Northallerton|Swale|Catterick"),
    "Kingston": re.compile(r"Jamaica|Hull|Ontario"),
    "Cambridge": re.compile(r"Massachusetts|Harvard|MIT\b|Boston"),
    "Durham": re.compile(r"North Carolina|Duke University"),
    "Surrey": re.compile(r"British Columbia|Vancouver|Canada"),
}


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the whole text says beside one mention: how much of it is about our matter, and who else is named."""

    matter_share: int
    named_in_full: Mapping[str, int]
    any_in_full: bool
    rivals: frozenset[str]


def survey(
    text: str, sentence_count: int, mentions: Sequence[Mention], councils: Mapping[str, Council]
) -> Surroundings:
    """The document's share of our vocabulary (0 to 4), and which councils it names beyond doubt, and where first."""
    share = len(_MATTER.findall(text)) / max(1, sentence_count)
    full: dict[str, int] = {}
    for mention in mentions:
        if is_rank_of(mention, councils[mention.slug]):
            full.setdefault(mention.slug, mention.start)
    rivals = frozenset(phrase for phrase, pattern in _RIVALS.items() if phrase in text and pattern.search(text))
    return Surroundings(sum(share > cut for cut in (0.05, 0.25, 0.6, 1.2)), full, bool(full), rivals)


def features(mention: Mention, others: Sequence[Mention], around: Surroundings, council: Council) -> Counter[str]:
    """Named features of one mention, each counted once; `others` are the mentions of the same sentence."""
    words = [token.text for token in mention.doc]
    said = Counter(_name_features(mention, council))
    said.update(_near(words, mention.first, mention.last))
    said.update(_shape(mention.doc, mention.first, mention.last))
    said.update(_company(mention, others, words))
    said.update(_sentence(mention, words, around))
    said.update(_document(mention, around))
    return Counter(dict.fromkeys(said, 1))


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


def _near(words: Sequence[str], first: int, last: int) -> Iterator[str]:
    for distance in range(1, 5):
        for side, at in (("L", first - distance), ("R", last + distance - 1)):
            word = _word(words, at)
            if distance <= 2:
                yield f"{side}{distance}={word}"
            for head in _HEAD_OF.get(word, ()):
                yield f"{side}{min(distance, 3)}~{head}"
            if distance > 1:
                yield f"{side}..={word}"
    yield f"L2L1={_word(words, first - 2)} {_word(words, first - 1)}"
    yield f"L1R1={_word(words, first - 1)} {_word(words, last)}"
    yield f"R1R2={_word(words, last)} {_word(words, last + 1)}"


def _word(words: Sequence[str], at: int) -> str:
    if at < 0:
        return "<s>"
    if at >= len(words):
        return "</s>"
    return re.sub(r"\d+", "0", words[at].lower())


def _shape(doc: Doc, first: int, last: int) -> Iterator[str]:
    left = doc[first - 1].text if first else ""
    right = doc[last].text if last < len(doc) else ""
    if left in ("Greater", "New") or (left[:1].isupper() and left.lower() in _COMPASS):
        yield "L1^compass"
    if left[:1].isupper() and first > 1:
        yield "L1^capital"
    if right[:1].isupper():
        yield "R1^capital"
    if right == "'s":
        after = doc[last + 1].text.lower() if last + 1 < len(doc) else ""
        yield f"'s={after}"
        yield from (f"'s~{head}" for head in _HEAD_OF.get(after, ()))
    if right == "-":
        yield f"hyphen={doc[last + 1].text.lower() if last + 1 < len(doc) else ''}"
    if doc.text.isupper():
        yield "capitals"
    if len(doc) < 4:
        yield "alone"


def _company(mention: Mention, others: Sequence[Mention], words: Sequence[str]) -> Iterator[str]:
    """Neighbours in a list, and the noun behind the whole list: "Kent and Medway ICB", "Bury and Bolton councils"."""
    first, last, size = mention.first, mention.last, 1
    for other in others:
        if (
            other.first >= last
            and other.first - last <= 2
            and set(words[last : other.first]) <= {",", "and", "&", "or", "/"}
        ):
            last, size = other.last, size + 1
    for other in reversed(others):
        if (
            other.last <= first
            and first - other.last <= 2
            and set(words[other.last : first]) <= {",", "and", "&", "or", "/"}
        ):
            first, size = other.first, size + 1
    if size > 1:
        yield f"list={min(size, 4)}"
        head = _word(words, last)
        yield f"listR1={head}"
        yield f"listL1={_word(words, first - 1)}"
        yield from (f"list~{kind}" for kind in _HEAD_OF.get(head, ()))
        if any(other.rank is not None for other in others):
            yield "list-council"
    yield from (f"run~{kind}" for kind in _run_heads(words, last))


def _run_heads(words: Sequence[str], at: int) -> Iterator[str]:
    """Kinds of the head nouns in the run of capitals behind a name or list: "... University Hospitals NHS Trust"."""
    while at < len(words) and (words[at][:1].isupper() or words[at] in ("and", "&", "of", "for")):
        yield from _HEAD_OF.get(words[at].lower(), ())
        at += 1


def _sentence(mention: Mention, words: Sequence[str], around: Surroundings) -> Iterator[str]:
    """What the sentence talks of, alone and with how the name is joined to it."""
    matter = min(3, len(_MATTER.findall(mention.doc.text)))
    left, right = _word(words, mention.first - 1), _word(words, mention.last)
    yield f"matter={matter}"
    yield f"matter={matter}+L1={left}"
    yield f"about={around.matter_share}+L1={left}"
    yield f"about={around.matter_share}+matter={matter}"
    yield f"about={around.matter_share}+kind={mention.name.kind}"
    yield f"matter={matter}+R1={right}"
    yield from {f"S={word.lower()}" for word in words if word.isalpha() and len(word) > 3}


def _document(mention: Mention, around: Surroundings) -> Iterator[str]:
    yield f"about={around.matter_share}"
    seen = around.named_in_full.get(mention.slug)
    if seen is None:
        yield "others-in-full" if around.any_in_full else "none-in-full"
    else:
        yield "in-full-before" if seen < mention.start else "in-full-after"
        yield f"in-full+kind={mention.name.kind}"
    if mention.name.phrase in around.rivals:
        yield "rival" if seen is None else "rival-but-full"
