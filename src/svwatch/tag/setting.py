"""What one sentence and the whole article say beside a council's name, read once for all the names they hold."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from svwatch.gazetteer import Council
from svwatch.tag.mentions import Mention, settled
from svwatch.tag.names import NameKind
from svwatch.tag.word_classes import word_classes

if TYPE_CHECKING:
    from spacy.tokens import Doc

HEAD_OF = word_classes().heads
SETTING_OF = word_classes().settings
GIVEN_NAMES = word_classes().lists["given_names"]
_VERBS_TOO = frozenset({"will", "may", "mark", "grant", "bill", "sue", "rob", "guy", "max"})
_FUNCTION_WORDS = word_classes().lists["function_words"]
_JOINTS = frozenset([",", "and", "&", "or", "/", "plus", "then"])
_SEND = re.compile(
    r"\b(?:SEND|Send(?! [A-Z])|SEN|SENCOs?|EHCPs?|EHC|EHCNAs?|DSG)\b|(?i:\bspecial (?:educational )?needs|\bspecial schools?"
    r"|\bsafety valve|\bhigh[- ]needs|\bdedicated schools|\bautis(?:m|tic)|education,? health and care|\bdisabilit(?:y|ies)"
    r"|\bdisabled (?:child|pupil|young)|\bdelivering better value|\btop-ups?\b|\bcare plans?\b)"
)
_COUNCIL = re.compile(
    r"\b(?:council(?:lor)?s?|authorit(?:y|ies)|borough|town hall|cabinet|children's services|DfE|Department for Education"
    r"|Ofsted|CQC|inspect(?:ors?|ions?|ed)|local area|partnership|schools forum|overspend|deficits?|bailout)\b",
    re.IGNORECASE,
)
_MATTER = re.compile(
    r"\b(?:SEND|Send|SEN|EHCPs?|EHC plans?|special needs|special educational|safety valve|high[- ]needs|DSG|dedicated schools"
    r"|Ofsted|CQC|inspectors?|council(?:lor)?s?|authorit(?:y|ies)|borough|cabinet|DfE|Department for Education|deficit"
    r"|children's services|local area|partnership|schools forum|bailout|deal|overspend)\b",
    re.IGNORECASE,
)
_TOWN_HALL = re.compile(
    r"\b(?i:council(?:lor)?s?|boroughs?|town hall|local authorit(?:y|ies)|county hall)\b|\b(?:DfE|Ofsted|CQC)\b"
)
_COUNCIL_WORDS = (
    *("council", " borough", "local authorit", "authorities", "the authority", "town hall", "county hall", "city hall"),
    *("special school", "special needs", "special educational", "safety valve", "high needs", "high-needs"),
    *("dedicated schools", "schools forum", "disabilit", "disabled child", "disabled pupil", "disabled young", "autis"),
    *(
        "dyslex",
        "dysprax",
        "neurodiver",
        "pupil",
        "school transport",
        "childminder",
        "caseworker",
        "ofsted",
        "inspector",
    ),
    *(
        "inspection",
        "bailout",
        "bail-out",
        "instalment",
        "care plan",
        "children's services",
        "children\u2019s services",
    ),
    *("social care", "teaching assistant", "tribunal", "department for education", "overspen", "refuse worker"),
    *("safety-valve", "section 114", "ombudsman", "statement of action", "home to school", "home-to-school"),
)
_NEARBY_WORDS = (
    *("school", "nursery", "nurseries", "toddler", "psychologist", "therapist", "deaf", "disabled", "authority"),
    *(
        "judicial review",
        "the plan",
        "assessment",
        "placement",
        "officers at",
        "officer at",
        "local election",
        "librar",
    ),
    *("helpline", "petition", "caseload", "complaint form", "planning officer", "education", "teacher", "classroom"),
    *(
        "commissioner",
        "taxi",
        "top-up",
        "cabinet member",
        "vulnerable",
        "wheelchair",
    ),
    *("speech therapy", "sensory", "early years", "adoption", "foster", "respite", "short breaks"),
)
_SPORTING_WORDS = (
    *("striker", "midfield", "defender", "goalkeeper", "squad", "season", "league", "premiership", "fly-half", "rugby"),
    *("cricket", "coach", " cup", "scored", "injury", "match", "win over", "victory", "transfer", "signing"),
)
_SPORTING = 3
"""An article with this many sporting words needs a plain word of ours to speak of councils."""
_COUNCIL_SIGNS = re.compile(r"\b(?:SEND?|SENCOs?|EHCPs?|EHC|DSG|DfE|CQC|BCP|Send|Senco|MBC)\b")
_RIVALS: Mapping[str, re.Pattern[str]] = {
    "Newcastle": re.compile(r"under-Lyme|under Lyme|Staffordshire|Stoke|New South Wales|Australia"),
    "Richmond": re.compile(r"North Yorkshire|Virginia|Northallerton|Swale|Catterick"),
    "Kingston": re.compile(r"Jamaica|Hull|Ontario"),
    "Cambridge": re.compile(r"Massachusetts|Harvard|MIT\b|Boston"),
    "Durham": re.compile(r"North Carolina|Duke University"),
    "Surrey": re.compile(r"British Columbia|Vancouver|Canada"),
}
_MOST_STEPS = 6


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the whole text says: how much of it is on our matter (`matter_share`, 0 to 4), its `theme` ("send", "hall" for
    local government, "else"), and who else is named. Councils are slugs, `people` and `rivals` phrases.

    `named_in_full` gives where a council is first named beyond doubt (False for the title, and the character);
    `in_title` are those the title may name; `other_bodies` are those whose name another body
    bears here ("Cambridge City Council"); `times` counts mentions.
    """

    matter_share: int
    theme: str
    named_in_full: Mapping[str, tuple[bool, int]]
    long_named: frozenset[str]
    other_bodies: frozenset[str]
    people: frozenset[str]
    rivals: frozenset[str]
    times: Mapping[str, int]
    in_title: frozenset[str]


@dataclass(frozen=True, slots=True)
class Setting:
    """One sentence: its tokens as written and in small letters, and how often it speaks of our matter.

    `lists` gives, for each mention's first token, the tokens ``[first, last)`` of the list it stands in and how many of
    our names that holds; `ranked_lists` are the first tokens of lists in which a name bears its rank.
    """

    words: Sequence[str]
    lower: Sequence[str]
    lists: Mapping[int, tuple[int, int, int]]
    ranked_lists: frozenset[int]
    matter: int
    send: int
    council: int
    in_title: bool
    has_headline_capitals: bool


def speaks_of_councils(text: str) -> bool:
    """Whether a text has a word of local government or SEND at all: without one, "Bolton" is a town or its club.

    Spares most general news the cost of reading names; under 1% of the gold that names a council is lost.
    """
    small = text.lower()
    if any(words in small for words in _COUNCIL_WORDS) or _COUNCIL_SIGNS.search(text) is not None:
        return True
    if not any(words in small for words in _NEARBY_WORDS):
        return False
    return sum(words in small for words in _SPORTING_WORDS) < _SPORTING


def survey(
    text: str,
    sentence_count: int,
    in_title: Sequence[Mention],
    in_text: Sequence[Mention],
    councils: Mapping[str, Council],
) -> Surroundings:
    """Read a whole article (`text` is its title and its text) for the mentions that each of the two holds."""
    mentions = [*in_title, *in_text]
    verdicts = [(mention, settled(mention, councils[mention.slug])) for mention in mentions]
    full: dict[str, tuple[bool, int]] = {}
    for at, (mention, verdict) in enumerate(verdicts):
        if verdict:
            full.setdefault(mention.slug, (at >= len(in_title), mention.start))
    sure_kinds = (NameKind.FULL, NameKind.MULTI, NameKind.ABBREVIATION)
    return Surroundings(
        matter_share=_share(_MATTER, text, max(1, sentence_count)),
        theme=_theme(text),
        named_in_full=full,
        long_named=frozenset(mention.slug for mention in mentions if mention.name.kind in sure_kinds),
        other_bodies=frozenset(mention.slug for mention, verdict in verdicts if verdict is False),
        people=frozenset(mention.name.phrase for mention in mentions if is_person(mention)),
        rivals=frozenset(phrase for phrase, rival in _RIVALS.items() if phrase in text and rival.search(text)),
        times=Counter(mention.slug for mention in mentions),
        in_title=frozenset(mention.slug for mention in in_title),
    )


def _share(pattern: re.Pattern[str], text: str, sentence_count: int) -> int:
    share = sum(1 for _ in pattern.finditer(text)) / sentence_count
    return sum(share > cut for cut in (0.05, 0.25, 0.6, 1.2))


def _theme(text: str) -> str:
    if _SEND.search(text):
        return "send"
    return "hall" if _TOWN_HALL.search(text) else "else"


def is_person(mention: Mention) -> bool:
    """Whether a given name or a title stands before a name of one word: "Priya Bolton", "Mrs Sutton".

    A given name that is also a verb, and opens the sentence, says nothing: "Will Kent sign?"
    """
    if mention.first == 0 or mention.name.kind not in (NameKind.BARE, NameKind.LOOSE):
        return False
    left = mention.doc[mention.first - 1].text
    word = left.lower().rstrip(".")
    if mention.first == 1 and word in _VERBS_TOO:
        return False
    return left[:1].isupper() and (word in GIVEN_NAMES or "title" in HEAD_OF.get(word, ()))


def read_setting(doc: "Doc", mentions: Sequence[Mention], *, in_title: bool) -> Setting:
    """Read one sentence for the mentions it holds, which are in order."""
    words = [token.text for token in doc]
    lower = ["0" if word[:1].isdigit() else word.lower() for word in words]
    lists = _lists(words, lower, mentions)
    long_words = [word for word in words if len(word) > 3 and word.isalpha()]
    capitals = sum(word[0].isupper() for word in long_words)
    return Setting(
        words=words,
        lower=lower,
        lists=lists,
        ranked_lists=frozenset(lists[mention.first][0] for mention in mentions if mention.rank is not None),
        matter=sum(1 for _ in _MATTER.finditer(doc.text)),
        send=sum(1 for _ in _SEND.finditer(doc.text)),
        council=sum(1 for _ in _COUNCIL.finditer(doc.text)),
        in_title=in_title,
        has_headline_capitals=len(long_words) > 3 and capitals > 0.75 * len(long_words),
    )


def _lists(words: Sequence[str], lower: Sequence[str], mentions: Sequence[Mention]) -> dict[int, tuple[int, int, int]]:
    """Mentions joined by commas and "and", with other capitalised names between and around them."""
    found: dict[int, tuple[int, int, int]] = {}
    run: list[Mention] = []
    for mention in [*mentions, None]:
        if run and (mention is None or not _are_joined(words, lower, run[-1].last, mention.first)):
            first = _widened_left(words, lower, run[0].first)
            last = _widened_right(words, lower, run[-1].last)
            size = len({each.first for each in run})
            found.update({each.first: (first, last, size) for each in run})
            run = []
        if mention is not None:
            run.append(mention)
    return found


def _are_joined(words: Sequence[str], lower: Sequence[str], last: int, first: int) -> bool:
    """Whether only joints and a few other names stand between two mentions."""
    if last >= first:
        return True
    return (
        first - last <= _MOST_STEPS
        and lower[last] in _JOINTS
        and lower[first - 1] in _JOINTS
        and all(lower[at] in _JOINTS or _is_name(words[at]) for at in range(last, first))
    )


def _is_name(word: str) -> bool:
    return word[:1].isupper() and word.lower() not in _FUNCTION_WORDS


def _widened_left(words: Sequence[str], lower: Sequence[str], first: int) -> int:
    """Where a list starts once the other names before our mentions are taken in: "Cardiff, Durham and ..."."""
    for _ in range(_MOST_STEPS):
        at = first - 1
        while at >= 0 and lower[at] in _JOINTS:
            at -= 1
        if at == first - 1 or at < 0 or not _is_name(words[at]):
            break
        while at >= 0 and _is_name(words[at]):
            at -= 1
        first = at + 1
    return first


def _widened_right(words: Sequence[str], lower: Sequence[str], last: int) -> int:
    for _ in range(_MOST_STEPS):
        at = last
        while at < len(words) and lower[at] in _JOINTS:
            at += 1
        if at == last or at >= len(words) or not _is_name(words[at]):
            break
        while at < len(words) and _is_name(words[at]):
            at += 1
        last = at
    return last
