"""Judicial reviews: the stage a claim has reached, the neutral citation of the judgment, the claimant's solicitor."""

import re
from collections.abc import Iterator

from svwatch.records import Scalar
from svwatch.tag.events.links import Rule, words
from svwatch.tag.events.reading import Draft, Sentence, Story
from svwatch.tag.modality import Modality

KIND = "judicial_review"
_COURT = words(
    """judicial reviews?; high court; administrative court; court of appeal; supreme court; pre-action; ewhc; ewca; judge-led;
    letters? before (?:claim|action); legal (?:action|challenge|proceedings|bid|battle|case|fight); lawyers; solicitors?;
    judges?; claimants?; court (?:case|action|battle|challenge|challenges|fight|papers|ruling); to court; in court; mrs? justice"""
)
_OTHER_COURT = words(
    """tribunals?; first-tier; sendist; ombudsman; magistrates; county court; crown court; coroner; employment; planning;
    criminal; inquest; exclusion appeal; admissions? appeals?; school admissions?; convictions?; jury"""
)
_SUPPORT = words(
    r"""send; sen; special (?:educational )?needs; disab\w+; ehcps?; ehc plans?; education, health and care; high[- ]needs;
    safety[- ]valve; children's services; respite; autis\w+; therap(?:y|ies|ists?); school transport; short breaks;
    special schools?; deaf; children and families act; learning difficult\w+; additional needs"""
)
_CASE = words(
    """claims?; cases?; judicial reviews?; legal challenges?; challenges?; proceedings; legal action; court action; applications?;
    bids?; grounds?; actions?; high court; lawsuit; attempts?; papers; litigation; overturn; legal battle; legal fight; legal bid;
    appeals?(?= by| against|,| was| were| has); court fight; court battle; arguments?"""
)
_RULER = words(
    """judges?; court; justice; hhj; lord; lady; ruling; ruled; judgment; judgement; linden; deputy judge; kc; j; his honour;
    her honour"""
)
_PERMISSION = words(
    """(?:permission|leave)(?! to appeal); go-ahead; green light; one will; full hearing; full trial; substantive hearing;
    right to challenge; next stage"""
)
_ASSERTS = words(
    """rul(?:ed|es|ing); h[eo]lds?; held; found; finds; declared; declares; declaration; concluded; decided; judged; said; was;
    were; had; has; have; acted"""
)
_UNLAWFUL = words(
    """unlawful(?:ly|ity)?; irrational(?:ly)?; illegal(?:ly)?; contrary to (?:statute|the law|law); broke the law; broken the law;
    acted outside; breached; in breach; ultra vires; failed in its dut(?:y|ies); had erred; erred in law; misdirected"""
)
_OF_THE_CLAIM = words("claims?; judicial reviews?; proceedings; papers; legal challenges?; legal action; court action; a case; case; court papers")

# The first stage that fits a clause wins, so the narrower ones stand first.
_RULES = (
    Rule("permission_refused", words(r"refus\w+; den(?:y|ied); declined; not granted; not given; turned down"), _PERMISSION, 60, 60),
    Rule("permission_refused", words(
        """not strong enough; unarguable; not arguable; no arguable; totally without merit; alternative remedy; no realistic
        prospect; no evidence of such; out of time; brought too late"""), _COURT, 250, 200, True),
    Rule("permission_granted", words(
        r"grant(?:ed|ing|s); given; gave; gives; won; wins?; secured; obtained; got; heard; gets"), _PERMISSION, 60, 50),
    Rule("permission_granted", words(
        """arguable case; can (?:go ahead|proceed); may proceed; allowed to (?:proceed|go ahead|be heard); is arguable; are
        arguable; arguable; cleared the first hurdle; will now go to a full; deserves? a (?:full )?hearing"""), _COURT, 200, 200, True),
    Rule("appeal", words(
        r"""lodg\w+; fil(?:ed|ing); launch\w+; brought; bringing; submitted; taken; take; took; won; granted; given; will hear;
        hears; heard; asked; gone; go; heads?"""),
        words("court of appeal(?! (?:has|dismiss|reject|rul))|appeal court|higher court; supreme court; an appeal; its appeal; their appeal"), 40, 70),
    Rule("appeal", words(r"appeal(?:ed|ing) (?:against|to the (?:court|supreme)|the (?:ruling|judgment|decision)); has appealed; have appealed"), None),
    Rule("settled", words(
        r"""consent order; settled; out[- ]of[- ]court; conced(?:ed|es); settlement; backed down; backs down; climbed down; climbdown; reached
        agreement; agreed terms; offer to settle; without a judge having; without a hearing; compromis\w+"""), _CASE, 160, 120, True),
    Rule("settled", words(r"""agreed to (?:reconsider|rethink|tear up|rewrite|withdraw|think again|look again|settle|quash|scrap|pay)"""),
        _COURT, 200, 200, True),
    Rule("withdrawn", words(
        r"withdr[ae]wn?; dropped; drops?; dropping; discontinu\w+; abandoned; ending the claim; called off; not (?:be )?pursu\w+"),
        _CASE, 70, 45),
    Rule("dismissed", words(
        r"""dismiss(?:ed|es|ing|al); threw out; thrown out; throws out; rejected; rejects; failed; fails; lost; loses; lose; struck out;
        unsuccessful; defeated; turned down; defeat"""), _CASE, 110, 110, True),
    Rule("dismissed", words(
        r"""acted lawfully; did not act unlawfully; (?:was|were|is) lawful; not unlawful; lawfully; not acted unlawfully; not act unlawfully; had been
        lawful; no error of law; in (?:the council's|its) favour; ruled in favour of the (?:council|authority|county|borough|city);
        sided with the (?:council|authority|county|borough|city); entitled to; no breach; was not itself; did not require;
        ruled against (?:the )?(?:\w+ )?(?:famil\w+|parents?|mothers?|claimants?)"""), _RULER, 250, 160),
    Rule("allowed", words(
        r"""allow(?:ed|s|ing); succeed(?:ed|s); successful; successfully; won; wins; win; upheld; upholds; victory; triumph\w*; vindicated;
        ruled in favour of (?:the )?(?:\w+ )?(?:famil\w+|parents?|mothers?|claimants?|boy|girl|child\w*)"""), _CASE, 60, 60, True),
    Rule("allowed", words("quash(?:ed|es); struck down; strikes down; set aside(?: by)?"), None),
    Rule("allowed", _UNLAWFUL, _ASSERTS, 160, 30),
    Rule("hearing", words(
        """began; begins; begun; opened; opens; started; starts; took place; takes place; under way; underway; concluded; was held;
        ended; finished; continues; is taking place; lasted; adjourned"""),
        words("(?:rolled-up |full |final |substantive |two-day |three-day |court )?hearing; trial; judicial review; case"), 60, 40),
    Rule("hearing", words(
        """were heard; was heard; being heard; been heard; reserved judgment; judgment (?:was|is|has been) reserved; has reserved;
        heard together; heard argument; heard arguments; reserved (?:her|his|its) (?:judgment|decision); in court (?:today|yesterday|this week)"""),
        words("judge; court; claims?; cases?; hearing; challenges?; judgment; justice"), 120, 80, True),
    Rule("hearing", words(
        """high court (?:hearing|judge|in [a-z]+) (?:heard|was told|has heard|is hearing); day (?:one|two|three) of the
        (?:hearing|case|judicial review); (?:\\w+-day|rolled-up) hearing"""), None),
    Rule("threatened", words(
        r"""letters? before (?:claim|action); pre-action(?: protocol)?(?: letters?)?; threat\w*; formal letter; legal letter; to a judge;
        first (?:formal )?step; instructed (?:lawyers|solicitors); (?:will|would|could|may|might) (?:seek|take|face|go|sue|bring|launch); warned; warns;
        prepared to go to court; prepar\w+; consider(?:s|ed|ing); ready to; vowed; faces? (?:possible|potential); (?:lawyers|solicitors) (?:\w+ ){0,5}(?:have |has )?written;
        on notice; mull\w*; explor\w+; intend\w*; plan(?:s|ning) to"""),
        words("""judicial reviews?; legal (?:action|challenge|proceedings); high court; court; judge; before a claim; lawyers; solicitors?; claim;
        sue; letters? before (?:claim|action); pre-action"""), 150, 110),
    Rule("issued", words(
        r"""issu(?:ed|ing); lodged; filed; launched; launches; launching; brought; began; begun; started; commenced; mounted; tak(?:ing|en|es); took; su(?:ed|ing|es);
        applied; applying; facing; faces; faced with; is seeking; are seeking; challenging; served; asked the; gone to; going to"""),
        words("""claims?; judicial reviews?; proceedings; papers; legal challenges?; legal action; court action; high court; administrative court; to court;
        (?:started|began|opened) a case; in court"""), 60, 100),
    Rule("issued", words("been issued; was issued; were issued; was lodged; been lodged; was filed; been filed; was brought"), _OF_THE_CLAIM, 80, 60, True),
)  # fmt: skip
_REPEATS_ARGUMENT = re.compile(
    r"\b(?:said|say|says|argued?|claim(?:s|ed)? that|contend\w*|submit(?:s|ted) that|alleg\w+|whether|believe\w*|relied)\b"
)
_COUNCIL_LOSES = re.compile(r"\b(?:council|authority|county|borough|city|bosses|leaders|chiefs|ministers|department)(?: has| have| had)?(?: been)? $")
_TRIGGERS = frozenset(
    ["judicial", "court", "judge", "justice", "permission", "leave", "ahead", "light", "appeal", "claim", "claims", "case", "cases", "challenge", "challenges", "lawyers", "solicitor", "solicitors", "llp", "represented", "instructed", "proceedings", "letter", "letters", "action", "quashed", "unlawful", "unlawfully", "ewhc", "ewca", "sue", "sued", "suing", "legal", "papers", "lawful", "lawfully", "hearing", "heard", "consent", "settled", "overturn", "claimants", "ruling", "lose", "lost"]
)
_CITATION = re.compile(r"\[(20\d\d)\] (EWHC|EWCA Civ|UKSC) (\d{1,5})(?: ?\((Admin|Fam|KB|QB|Ch)\))?")
_FIRM = re.compile(
    r"\b((?:[A-Z][\w'-]+(?: (?:&|and) )?[ ]?){1,4}(?:Solicitors|LLP|Legal|Law)|[A-Z][a-z]+law|Irwin Mitchell|Simpson Millar|"
    r"Rook Irwin Sweeney|Leigh Day|Bindmans|Deighton Pierce Glynn|HCB|Maxwell Gillott|Bhatt Murphy|Watkins Solicitors)\b"
)
_FIRM_BEFORE = re.compile(
    r"(?:represented by|instructed by|solicitors,|solicitors at|law firm|firm|letter from|lawyers at|advised by|solicitors from)"
    r" (?:the )?((?:[A-Z][\w'-]+)(?: (?:& |and )?[A-Z][\w'-]+){0,3})"
)
_FOR_THE_OTHER_SIDE = re.compile(r"\b(?:for the (?:council|authority|defendant|department)|council's (?:solicitor|lawyer))")


def find(sentence: Sentence, story: Story) -> Iterator[Draft]:
    """Every stage a sentence states, the first with the citation and the solicitor it names.

    Names without a stage make a draft without one: they belong to a stage stated elsewhere.
    """
    if sentence.words.isdisjoint(_TRIGGERS) or not _is_of_the_courts(sentence, story):
        return
    values = dict(_names(sentence))
    stages = list(_stages(sentence))
    if values and not stages:
        yield Draft(KIND, 0, len(sentence.text), values)
    for stage, start, end in stages:
        yield Draft(KIND, start, end, {"stage": stage} | values)
        values = {}


def _is_of_the_courts(sentence: Sentence, story: Story) -> bool:
    if "judicial_review" in sentence.hints:
        return True
    if not _COURT.search(story.lower) or _OTHER_COURT.search(sentence.lower):
        return False
    near = story.sentences[max(0, sentence.number - 3) : sentence.number + 3]
    return any(_SUPPORT.search(other.lower) for other in near)


def _stages(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    settled: list[tuple[int, int]] = []
    for rule in _RULES:
        for hit in rule.hits(sentence.lower, "judicial_review" in sentence.hints):
            clause = sentence.clause(hit.start())
            if clause not in settled and _is_said(sentence, rule.value, hit):
                settled.append(clause)
                yield _of_the_loser(sentence, rule.value, hit), hit.start(), hit.end()
                break


def _of_the_loser(sentence: Sentence, stage: str, hit: re.Match[str]) -> str:
    """A case that the council lost was allowed."""
    is_lost = stage == "dismissed" and hit[0] in ("lost", "loses", "lose", "defeated", "failed")
    return "allowed" if is_lost and _COUNCIL_LOSES.search(sentence.lower, 0, hit.start()) else stage


def _is_said(sentence: Sentence, stage: str, hit: re.Match[str]) -> bool:
    if sentence.is_quoted(hit.start()) or sentence.lower.endswith("?"):
        return False
    how = sentence.modality(hit.start())
    if stage == "threatened":
        return how is not Modality.DENIED
    if stage == "dismissed" and how is Modality.DENIED:
        return False
    if stage == "allowed" and _UNLAWFUL.fullmatch(hit[0]) and not _is_ruled(sentence.lower, hit.start()):
        return False
    return how is Modality.STATED


def _is_ruled(lowered: str, at: int) -> bool:
    """Whether "unlawful" is a court's word and not a party's."""
    return bool(_RULER.search(lowered)) and not _REPEATS_ARGUMENT.search(lowered[max(0, at - 60) : at])


def _names(sentence: Sentence) -> Iterator[tuple[str, Scalar]]:
    cited = _CITATION.search(sentence.text)
    if cited:
        yield "citation", f"[{cited[1]}] {cited[2]} {cited[3]}" + (f" ({cited[4]})" if cited[4] else "")
    if {"solicitor", "solicitors", "lawyers", "llp", "law", "legal", "represented"} & sentence.words or "law," in sentence.lower:
        firm = _FIRM_BEFORE.search(sentence.text) or _FIRM.search(sentence.text)
        if firm and not _FOR_THE_OTHER_SIDE.search(sentence.lower, max(0, firm.start() - 40), firm.end() + 40):
            yield "solicitor", firm[1].strip()
