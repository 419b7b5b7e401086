"""Payments under a deficit agreement that the department withheld, or released afterwards."""

import re
from collections.abc import Iterator

from svwatch.records import Scalar
from svwatch.tag.amounts import whole_number
from svwatch.tag.events.links import linked, nearest, word_set, words
from svwatch.tag.events.reading import Draft, Sentence, Story
from svwatch.tag.modality import Modality

KINDS = ("funds_withheld", "funds_released")
_SCHEME = words(
    """safety[- ]valves?; bail-?outs?; bailed out; rescue (?:deals?|money|packages?); deficit (?:deals?|agreements?);
    recovery (?:plans?|deals?); (?:deals?|agreements?)[^.;
    ]{0,60}(?:government|department|ministers|dfe|whitehall); (?:government|department|ministers|dfe|whitehall)[^.;
    ]{0,60}(?:deals?|agreements?)"""
)
_PAYER = words(
    """dfe; department; government; ministers; whitehall; treasury; officials; education secretary; westminster;
    civil servants; london"""
)
_PAYMENT = words(
    r"""payments?; instalments?; installments?; tranches?; money; funding; grants?; cash; transfers?; sums?; cheques?;
    penny; pounds?; share; million; arrears; flow; £[\d.,]+\w*; the rest; bail-?outs?; nothing; none of; slice;
    tap; contributions?; remainder; outstanding; funds; balance; millions; drawdown; support"""
)
_WITHHELD = words(
    r"""withh[eo]ld(?:ing|s)?; (?:held|holding|hold|holds|kept|keeping|keep) (?:back|on to|onto|up|over|hold);
    holding-up; suspend\w*; suspension; paus(?:ed|ing|es); froze; frozen; freezing; stopped; stops; halted;
    deferred; delayed; delaying; on hold; on ice; in limbo; claw\w* back; clawback; turned off; turned the tap off;
    cut off; dried up; pulled the plug; docked; reclaimed; took back; locked;
    not (?:yet )?(?:been )?(?:paid|pay|handed over|released?|sent|made|received?|passed on|had|transferred);
    not (?:yet )?(?:arrived?|turn up|come|materialised?|forthcoming);
    never (?:came|arrived|left|paid|reached|turned up|made|got|appeared|sent); (?:go|went|gone|going|left) without;
    has not (?:come|arrived|moved); have not (?:come|arrived|had|seen);
    refus(?:ed|ing|al) to (?:hand over|pay|release|send); retained;
    yet to (?:arrive|be paid|be released|receive|come|see|land|send|pay|hand|release); blocked; received nothing;
    got nothing; got none; no more money; no payments?; no money; stop(?:ped|ping)? paying;
    paid it (?:none|nothing); been off; not one pound; had been holding; stalled; missed out; lost out; unpaid;
    (?:was|been|were|being) held; failed to (?:arrive|pay|materialise|send|turn up); still waiting; waiting for;
    short-?changed; out of pocket; shut off; choked off; shelved; overdue; denied;
    did not (?:pay|release|hand over|send|arrive|come|receive|get|turn up|materialise);
    (?:paid|received) (?:only|just|late); is owed; are owed; pulled; not a penny; not had a penny; has not,"""
)
_RELEASED = words(
    r"""releas(?:ed|es|ing); resum(?:ed|es|ing|ption); reinstated; restored; unfrozen; unlocked; freed;
    hand(?:ed|ing) over; hand over; paid over; paid out; paid up; paid in full; been paid; was paid; were paid;
    passed on; made good; arrears cleared; cleared; turned back on; back on; restarted;
    has had its (?:next|latest); let (?:\w+ ){1,4}have;
    (?:finally|at last) (?:been )?(?:given|paid|received|got|had); reached the (?:county )?council's account;
    (?:begun|began|started) to (?:arrive|flow); received (?:the|its|all|every|both|another|half); receiving both;
    got half; got (?:its|the) (?:money|cash); had at least some; backdated; flowing(?: again)?; started again;
    unblocked; caught up; arrived; landed; in the bank; lifted the (?:suspension|freeze); has been given;
    have now been paid; came through; sent; transferred; thawed; settled up; all it was owed"""
)
_OTHER_MONEY = words(
    """names?; schools?' (?:balances|reserves); exam; results; council tax; evidence; information; licen[cs]e;
    recruitment; building work; wages; pay rise; top-ups?; free school; capital; transport; admissions;
    pupil premium"""
)
_DOUBT = words(
    r"could; may; might; would; if; unless; will; fear\w*; risk\w*; threat\w*; warn\w*; all due; every; on time"
)
_TIMES = re.compile(
    r"\b(two|three|four|five|both)\b(?: \w+){0,3} (?:payments?|instalments?|tranches?) of £|\b(both) of the £"
)
_NO_SUM_BEFORE = re.compile(
    r"\b(?:of the|of|deficit of|overspend of|due|received|taking what it has received to|total \w+ \w+ so far to|"
    r"for|cost|worth|were due|against|interest of|debt of|saving) (?:about |a |an )?$"
)
_NO_SUM_AFTER = re.compile(
    r"^ ?(?:it had|of the|due|agreement|deal|deficit|overspend|has come|of which|in interest|so far|short|black hole)"
)
_TRIGGERS = word_set(
    """withheld withhold withholding held holding kept suspended suspending suspend paused pausing froze frozen
    freezing stopped halted deferred delayed hold ice limbo clawed claw clawback turned cut not never without
    refused retained blocked nothing money unpaid released releases releasing resumed reinstated restored
    unfrozen unlocked handed hand paid passed arrears restarted received receiving begun flowing let given
    reached cleared off instalment stalled got had moved"""
)


def find(sentence: Sentence, story: Story) -> Iterator[Draft]:
    """Payments that a sentence says were withheld, and those released, one of each at most."""
    is_hinted = "withheld_funds" in sentence.hints
    if (sentence.words.isdisjoint(_TRIGGERS) and not is_hinted) or sentence.lower.endswith("?"):
        return
    if _is_of_payments(sentence, story):
        yield from list(_said(sentence)) or list(_left_unsaid(sentence))


def _said(sentence: Sentence) -> Iterator[Draft]:
    for kind, verbs, reach in zip(KINDS, (_WITHHELD, _RELEASED), (90, 70), strict=True):
        for hit in _hits(sentence, verbs, reach):
            if not sentence.is_quoted(hit.start()) and _is_done(sentence, hit):
                yield Draft(kind, hit.start(), hit.end(), dict(_amount(sentence, hit.start())))
                break


def _left_unsaid(sentence: Sentence) -> Iterator[Draft]:
    """A sentence known to be on payments that gives a sum or a date and says neither: mostly that one was withheld."""
    is_told = "withheld_funds" in sentence.hints and not _DOUBT.search(sentence.lower) and not sentence.is_quoted(1)
    if is_told and (sentence.amounts or sentence.dates):
        yield Draft(KINDS[0], 0, len(sentence.text), dict(_amount(sentence, 0)))


def _hits(sentence: Sentence, verbs: re.Pattern[str], reach: int) -> Iterator[re.Match[str]]:
    """Words that say so: near a word for payment, or alone in a sentence known to be on the matter."""
    if "withheld_funds" in sentence.hints:
        return verbs.finditer(sentence.lower)
    return linked(sentence.lower, verbs, _PAYMENT, reach, reach)


def _is_of_payments(sentence: Sentence, story: Story) -> bool:
    if "withheld_funds" in sentence.hints:
        return True
    if _OTHER_MONEY.search(sentence.lower) or not (story.holds(_SCHEME) or "withheld_funds" in story.topics):
        return False
    nearby = " ".join(near.lower for near in story.sentences[max(0, sentence.number - 1) : sentence.number + 1])
    return bool(_PAYER.search(nearby) or _SCHEME.search(nearby))


def _is_done(sentence: Sentence, hit: re.Match[str]) -> bool:
    how = sentence.modality(hit.start())
    if hit[0].startswith(("not", "never", "refus", "yet", "no ", "did not", "has not", "have not", "failed")):
        return (
            how in (Modality.STATED, Modality.DENIED)
            and "would" not in sentence.lower[max(0, hit.start() - 40) : hit.start()]
        )
    return how is Modality.STATED


def _amount(sentence: Sentence, at: int) -> Iterator[tuple[str, Scalar]]:
    sums = [
        amount
        for amount in sentence.amounts
        if not _NO_SUM_BEFORE.search(sentence.lower[max(0, amount.start - 50) : amount.start])
        and not _NO_SUM_AFTER.match(sentence.lower[amount.end : amount.end + 30])
    ] or [amount for amount in sentence.amounts if "deficit" not in sentence.lower[amount.end : amount.end + 15]][:1]
    closest = nearest(at, sums)
    if closest:
        times = _TIMES.search(sentence.lower)
        count = (whole_number(times[1]) if times and times[1] and times[1] != "both" else 2) if times else 1
        yield "amount", closest.pounds * (count or 1)
