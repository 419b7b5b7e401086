"""Official judgements: area SEND outcomes, children's services grades, written statements, notices and directions."""

import re
from collections.abc import Iterator

from svwatch.records import Scalar
from svwatch.tag.events.links import word_set, words
from svwatch.tag.events.reading import Draft, Sentence, Story
from svwatch.tag.modality import Modality

KIND = "rating"
_SEND = words(
    r"""send; sen; special (?:educational )?needs; disab\w+; area send; local area; partnership; cqc;
    care quality commission; ehcps?; education, health and care; additional needs; joint(?: area)? inspection;
    two watchdogs; watchdogs; three"""
)
_CARE = words(
    """children's (?:services|social care|social work|social services);
    social (?:care|services|work|workers)(?: for children)?; ilacs; care leavers; child protection;
    vulnerable children; help and protection; children in care; looked[- ]after"""
)
_INSPECTED = words(
    r"""ofsted; cqc; inspect\w*; watchdogs?; care quality commission; rat(?:ed|ing|ings); grad(?:ed|e|es); judg\w+;
    outcomes?; verdicts?; report; accolade; categor(?:y|ies); revisit; marks?; visit\w*; findings"""
)
_JUDGED = words(
    """rat(?:ed|ing|ings); grad(?:ed|e|es|ing); judg(?:ed|ement|ment|es|e); declared; found; called; deemed; branded;
    ranked; earned?; received; retained; kept; awarded; climbed; slipped; fell; fallen; dropped; rose; risen;
    upgraded; downgraded; improved; moved; bumped; gone; went; escaped; pulled; leap; verdict; hailed; requires;
    was; were; is; given; gave; remains?; an outstanding; overall; labelled; described; assessed; secured; marked"""
)
_ONE_SETTING = words(
    """(?:primary|secondary|special|infant|junior|nursery|grammar|high|free|independent) schools?; nursery; academy;
    academies; college; school; schools; headteacher; children's homes?; sixth form; childminder;
    pupil referral unit; multi-academy; trust's; provider; care home; hospital; fostering agency; trust; ward; shop"""
)
_STRAND = re.compile(
    r"\b(?:leaders(?:hip)?|leadership|help and protection|help or protection|children in care|care leavers|"
    r"adoption|fostering|front door|early years|"
    r"experiences and progress)\b[^.;]{0,70}$"
)
_WHOLE = words("overall; for overall effectiveness; in every; all of; across the board; each; every; all")
_GRADES = (
    (
        "outstanding",
        re.compile(
            r"\boutstanding\b(?! (?:balance|amount|sum|debt|payment|cases|issues|work|example|plans|assessments|"
            r"question|"
            r"appeals|invoice))"
        ),
    ),
    (
        "requires_improvement",
        re.compile(
            r"\brequir(?:es?|ed|ing) improvement\b|\bneeding to get better\b|\brequires-improvement\b|"
            r"\bneeds? improvement\b"
        ),
    ),
    ("inadequate", re.compile(r"\binadequate\b(?! (?:funding|support|provision|resources|supply|staffing|time))")),
    (
        "good",
        re.compile(
            r"(?:(?<=rated )|(?<=graded )|(?<=judged )|(?<=to be )|(?<=found ))good\b|\ba good (?:rating|grade|"
            r"judge?ment)\b|"
            r"(?<!a )\bgood\b(?! (?:deal|news|work|practice|start|faith|reasons?|things?|relationship\w*|people|at|for|"
            r"enough|experiences|outcomes|authority|friend|progress|schools?|will)\b)"
        ),
    ),
)
_AREA = (
    (
        "systemic_failings",
        re.compile(
            r"\bwidespread[^.;]{0,20}\bsystem(?:ic|atic)\b|\bsystem(?:ic|atic)\b[^.;]{0,12}\bfailings\b|"
            r"\bwidespread failings\b|"
            r"\bfailures? (?:is|are|were) widespread\b|\bfailings (?:were|are|is) (?:widespread|systemic)\b|"
            r"\b(?:widespread|systemic)[^.;]{0,15}\bweaknesses\b|\bsystemically\b[^.;]{0,20}\bfail\w*|"
            r"\bsignificant concerns\b"
        ),
    ),
    (
        "inconsistent",
        re.compile(
            r"\binconsistent(?:ly)?\b|\binconsistenc(?:y|ies)\b|\bvar(?:y|ies) too (?:much|widely)\b|"
            r"\bvaries from one\b|"
            r"\b(?:uneven|patchy|mixed|variable)\b(?: \w+){0,2} (?:experiences?|picture|support|outcomes|one)|"
            r"\bnot[^.;]{0,60}consistently\b"
        ),
    ),
    (
        "typically_positive",
        re.compile(
            r"\btypically\b[^.;]{0,30}\b(?:positive|good)\b|\blead typically to (?:positive|good)\b|"
            r"\bpositive experiences and outcomes\b"
        ),
    ),
)
_RANKED = re.compile(
    r"\b(?P<rank>second[- ]highest|second[- ]lowest|second[- ]best|second[- ]worst|lowest|worst|bottom|poorest|middle|"
    r"middling|mid-tier|second|top|highest|best|most favourable|most positive)(?: \w+(?:-\w+)?){0,4}? "
    r"(?:outcomes?|ratings?|grades?|verdicts?|judge?ments?|accolades?|categor(?:y|ies)|tiers?|marks?|scores?|level|"
    r"bands?|"
    r"results?|finding|three)\b"
    r"|\b(?P<marks>top marks|came out top|top of the class|in the middle of (?:the )?three|bottom of the three)\b"
)
_RANKS = {
    **dict.fromkeys(("lowest", "worst", "bottom", "poorest"), ("systemic_failings", "inadequate")),
    **dict.fromkeys(("second-highest", "second highest", "second-best", "second best"), ("", "good")),
    **dict.fromkeys(("second-lowest", "second lowest", "second-worst", "second worst"), ("", "requires_improvement")),
    **dict.fromkeys(("middle", "middling", "mid-tier", "second"), ("inconsistent", "")),
    **dict.fromkeys(
        ("top", "highest", "best", "most favourable", "most positive"), ("typically_positive", "outstanding")
    ),
    "in the middle of the three": ("inconsistent", ""),
    "in the middle of three": ("inconsistent", ""),
    "bottom of the three": ("systemic_failings", "inadequate"),
    **dict.fromkeys(("top marks", "came out top", "top of the class"), ("typically_positive", "outstanding")),
}
_ORDERS = (
    (
        "written_statement_of_action",
        re.compile(
            r"\b(?:written )?statements? of action\b|\bwsoas?\b|\bsignificant weaknesses\b|"
            r"\bareas of significant weakness\b"
        ),
    ),
    ("improvement_notice", re.compile(r"\b(?:improvement notices?|notices? to improve)\b")),
    (
        "statutory_direction",
        re.compile(
            r"\bstatutory directions?\b|\bdirection (?:from|by|under section)\b|\b(?:received|issued|served|handed|"
            r"given|under) "
            r"(?:with )?(?:a|the) (?:\w+ )?direction\b(?! of)|\bcommissioner[^.;]{0,40}\b(?:appointed|imposed|"
            r"sent in)\b"
        ),
    ),
)
_LIFTED = words(
    r"""lift\w*; remov\w+; revok\w+; clos(?:ed|es); withdr[ae]w\w*; ended; escap\w+; freed; discharged; cancelled;
    released from; come out of; came off; no longer"""
)
_ORDER_LIVES = words(
    r"""issu\w+; serv(?:ed|es); hand(?:ed|s); g[ia]ve[ns]?; receiv\w+; under; subject (?:to|of); follow\w*; came;
    impos\w+; order\w*; told; made; requir\w+; must; produc\w+; writ(?:e|ten); in (?:place|force); plac\w+;
    slap\w*; hit; was; is; been; got; landed; has; had; list\w*; identif\w+; found; set out; sent"""
)
_MAYBE = re.compile(
    r"\b(?:could|(?<!in )may(?! last)|might|would(?! have to| need to)|if|unless|whether|fear\w*|risk\w*|threat\w*|"
    r"avoid\w*|"
    r"expect\w*|await\w*|escap\w+)\b"
)
_PREVIOUS = re.compile(
    r"\b(?:from|up from|down from|escap\w+(?: from)?|between(?: the)?|after|since|previously|beyond|"
    r"than)\s(?:\w+ ){0,2}$"
)
_TRIGGERS = word_set(
    """outstanding inadequate good improvement inconsistent inconsistently inconsistency typically positive
    widespread systemic systematic lowest worst bottom middle middling top highest best favourable notice
    notices statement wsoa direction directions weaknesses weakness concerns uneven patchy mixed vary varies
    better consistently second poorest"""
)


def find(sentence: Sentence, story: Story) -> Iterator[Draft]:
    """Every judgement a sentence states, at most one of each outcome."""
    if sentence.words.isdisjoint(_TRIGGERS) or sentence.lower.endswith("?"):
        return
    seen: set[tuple[str, tuple[int, int]]] = set()
    for outcome, start, end in sorted(
        (*_orders(sentence), *_outcomes(sentence, story), *_grades(sentence, story)), key=lambda hit: hit[1]
    ):
        place = (outcome, _clause_of_a_council(sentence, start))
        if place not in seen and not sentence.is_quoted(start):
            seen.add(place)
            yield Draft(KIND, start, end, {"outcome": outcome, "body": _body(sentence, story, outcome)})


def _clause_of_a_council(sentence: Sentence, at: int) -> tuple[int, int]:
    """The clause at an offset where it names a council of its own, else the whole sentence."""
    start, end = sentence.clause(at)
    is_named = any(start <= named.start < end for named in sentence.named)
    return (start, end) if is_named and len(sentence.groups) > 1 else (0, len(sentence.text))


def _body(sentence: Sentence, story: Story, outcome: Scalar) -> str:
    if outcome in dict(_GRADES):
        return "ilacs"
    if outcome in dict(_AREA) or outcome == "written_statement_of_action":
        return "area_send"
    return "ilacs" if _is_of_care(sentence, story) else "area_send"


def _is_of_care(sentence: Sentence, story: Story) -> bool:
    """Whether children's social care is meant, by the sentence or, where it does not say, by the story before it."""
    for near in (sentence, *reversed(story.sentences[max(0, sentence.number - 2) : sentence.number])):
        care, send = _CARE.search(near.lower), _SEND.search(near.lower)
        if care or send:
            return bool(care) and not send
    title = story.title.lower()
    return bool(_CARE.search(title)) and not _SEND.search(title)


def _orders(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    for outcome, pattern in _ORDERS:
        hit = pattern.search(sentence.lower)
        if hit is None:
            continue
        start, end = sentence.clause(hit.start())
        if _is_one_setting(sentence, hit.start()):
            continue
        is_lifted = (
            _LIFTED.search(sentence.lower, start, min(len(sentence.lower), end + 40))
            and "in force since" not in sentence.lower
        )
        if is_lifted or not _ORDER_LIVES.search(sentence.lower, max(0, start - 40), end):
            continue
        if sentence.modality(hit.start()) in (Modality.STATED, Modality.SUPPOSED) and not _is_only_supposed(
            sentence, hit.start()
        ):
            yield outcome, hit.start(), hit.end()


def _is_only_supposed(sentence: Sentence, at: int) -> bool:
    """An order puts duties on a council ("must write a statement of action"), which are no supposition."""
    before = sentence.lower[sentence.clause(at)[0] : at]
    return bool(_MAYBE.search(before))


def _outcomes(sentence: Sentence, story: Story) -> Iterator[tuple[str, int, int]]:
    is_inspection = bool(_INSPECTED.search(sentence.lower)) or "rating" in sentence.hints
    for outcome, pattern in _AREA:
        hit = pattern.search(sentence.lower)
        if hit and is_inspection and _is_found(sentence, hit) and _is_of_area(sentence, story):
            yield outcome, hit.start(), hit.end()
    ranked = _RANKED.search(sentence.lower)
    if ranked and is_inspection and _is_found(sentence, ranked):
        is_care = _is_of_care(sentence, story)
        outcome = _RANKS[ranked["rank"] or ranked["marks"]][is_care]
        if outcome and _is_of_area(sentence, story):
            yield outcome, ranked.start(), ranked.end()


def _is_found(sentence: Sentence, hit: re.Match[str]) -> bool:
    return sentence.modality(hit.start()) is Modality.STATED or hit[0].startswith("not ")


def _is_of_area(sentence: Sentence, story: Story) -> bool:
    is_told = (
        sentence.named or "rating" in sentence.hints or _SEND.search(sentence.lower) or _CARE.search(sentence.lower)
    )
    return bool(is_told) and not _is_one_setting(sentence, 0)


def _is_one_setting(sentence: Sentence, at: int) -> bool:
    """Whether one school, home or college is judged: named as such ahead of the grade, with no council's service there."""
    start, end = sentence.clause(at)
    return bool(_ONE_SETTING.search(sentence.lower, start, max(at, end))) and not _CARE.search(sentence.lower)


def _grades(sentence: Sentence, story: Story) -> Iterator[tuple[str, int, int]]:
    if not (_CARE.search(sentence.lower) or "rating" in sentence.hints or _is_care_story(sentence, story)):
        return
    for outcome, pattern in _GRADES:
        for hit in pattern.finditer(sentence.lower):
            if _is_overall_grade(sentence, hit):
                yield outcome, hit.start(), hit.end()


def _is_care_story(sentence: Sentence, story: Story) -> bool:
    near = (
        story.title.lower(),
        *(near.lower for near in story.sentences[max(0, sentence.number - 3) : sentence.number]),
    )
    return any(_CARE.search(text) for text in near) and bool(sentence.named or _INSPECTED.search(sentence.lower))


def _is_overall_grade(sentence: Sentence, hit: re.Match[str]) -> bool:
    start, end = sentence.clause(hit.start())
    before = sentence.lower[start : hit.start()]
    if not _JUDGED.search(sentence.lower, start, min(end, hit.end() + 12)) or _is_one_setting(sentence, hit.start()):
        return False
    if _PREVIOUS.search(before) or sentence.modality(hit.start()) is not Modality.STATED:
        return False
    return not _STRAND.search(before) or bool(_WHOLE.search(sentence.lower, start, end))
