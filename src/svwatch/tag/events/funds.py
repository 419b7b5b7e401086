"""Payments under a deficit agreement that the department withheld, or released afterwards."""

import re
from collections.abc import Iterator

from svwatch.records import Scalar
from svwatch.tag.amounts import whole_number
from svwatch.tag.events.links import linked, nearest, words
from svwatch.tag.events.reading import Draft, Sentence, Story
from svwatch.tag.modality import Modality

_SCHEME = words(
    r"""safety[- ]valves?; bail-?outs?; bailed out; rescue (?:deals?|money); deficit (?:deals?|agreements?); recovery plans?; (?:deals?|agreements?)[^.;]{0,60}(?:government|department|ministers|dfe); (?:government|department|ministers|dfe)[^.;]{0,60}(?:deals?|agreements?)"""
)  # fmt: skip
_PAYER = words(
    r"""dfe; department; government; ministers; whitehall; treasury; officials; education secretary; westminster"""
)
_PAYMENT = words(
    r"""payments?; instalments?; installments?; tranches?; money; funding; grants?; cash; transfers?; sums?; cheques?; penny; pounds?; share; million; arrears; flow; £[\d.,]+(?:m|bn|k)?; the rest; bail-?outs?; nothing; none of; slice; tap"""
)  # fmt: skip
_WITHHELD = words(
    r"""withh[eo]ld(?:ing|s)?; held back; held on to; held up; held over; holding back; holding-up; holding on to; kept back; kept hold; suspend\w*; paus(?:ed|ing|e); froze; frozen; freezing; stopped; halted; deferred; delayed; on hold; on ice; in limbo; claw\w* back; clawback; turned off; turned the tap off; cut off; not (?:been )?(?:paid|handed over|released|sent|made|received|passed on|had|transferred); never (?:came|arrived|left|paid|reached|turned up); went without; gone without; go without; has not (?:come|arrived|moved); have not (?:come|arrived|had); (?<!m )(?:£\S+ )?has not,; refused to (?:hand over|pay|release); retained; yet to (?:arrive|be paid|be released); blocked; received nothing; got nothing; no more money; stopped paying; not paid; paid it none; been off; not one pound; had been holding; stalled; missed out on; unpaid; was held; been held; were held; left unpaid"""
)  # fmt: skip
_RELEASED = words(
    r"""releas(?:ed|es|ing); resum(?:ed|es); reinstated; restored; unfrozen; unlocked; handed over; hand over; paid over; paid out; paid in full; passed on; made good; arrears cleared; cleared; turned back on; restarted; has had its (?:next|latest); let (?:\w+ ){1,4}have; finally been given; reached the (?:county )?council's account; begun to arrive; begun to flow; received (?:the|its|all|every|both|another|half); receiving both; got half; had at least some; backdated; flowing again; started again; unblocked; caught up"""
)  # fmt: skip
_OTHER_MONEY = words(
    r"""names?; schools?' (?:balances|reserves); exam; results; council tax; evidence; information; licen[cs]e; recruitment; building work; wages; pay rise; top-ups?; free school; capital; transport; admissions; pupil premium"""
)  # fmt: skip
_TIMES = re.compile(r"\b(two|three|four|five|both)\b(?: \w+){0,3} (?:payments?|instalments?|tranches?) of £|\b(both) of the £")
_NO_SUM_BEFORE = re.compile(
    r"\b(?:of the|of|deficit of|overspend of|due|received|taking what it has received to|total \w+ \w+ so far to|for|cost|worth|were due|against|interest of|debt of|saving) (?:about |a |an )?$"
)
_NO_SUM_AFTER = re.compile(r"^ ?(?:it had|of the|due|agreement|deal|deficit|overspend|has come|of which|in interest|so far|short|black hole)")
_TRIGGERS = frozenset(
    ["withheld", "withhold", "withholding", "held", "holding", "kept", "suspended", "suspending", "suspend", "paused", "pausing", "froze", "frozen", "freezing", "stopped", "halted", "deferred", "delayed", "hold", "ice", "limbo", "clawed", "claw", "clawback", "turned", "cut", "not", "never", "without", "refused", "retained", "blocked", "nothing", "money", "unpaid", "released", "releases", "releasing", "resumed", "reinstated", "restored", "unfrozen", "unlocked", "handed", "hand", "paid", "passed", "arrears", "restarted", "received", "receiving", "begun", "flowing", "let", "given", "reached", "cleared", "off", "instalment", "stalled", "got", "had", "moved"]
)


def find(sentence: Sentence, story: Story) -> Iterator[Draft]:
    """Payments that a sentence says were withheld, and those released, one of each at most."""
    if sentence.words.isdisjoint(_TRIGGERS) or sentence.lower.endswith("?") or not _is_of_payments(sentence, story):
        return
    for kind, verbs, reach in (("funds_withheld", _WITHHELD, 90), ("funds_released", _RELEASED, 70)):
        for hit in linked(sentence.lower, verbs, _PAYMENT, reach, reach):
            if not sentence.is_quoted(hit.start()) and _is_done(sentence, hit):
                yield Draft(kind, hit.start(), hit.end(), dict(_amount(sentence, hit.start())))
                break


def _is_of_payments(sentence: Sentence, story: Story) -> bool:
    if "withheld_funds" in sentence.hints:
        return True
    if _OTHER_MONEY.search(sentence.lower) or not _SCHEME.search(story.lower):
        return False
    nearby = " ".join(near.lower for near in story.sentences[max(0, sentence.number - 1) : sentence.number + 1])
    return bool(_PAYER.search(nearby) or _SCHEME.search(nearby))


def _is_done(sentence: Sentence, hit: re.Match[str]) -> bool:
    how = sentence.modality(hit.start())
    if hit[0].startswith(("not", "never", "refused", "yet", "no ")):
        return how in (Modality.STATED, Modality.DENIED) and "would" not in sentence.lower[max(0, hit.start() - 40) : hit.start()]
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
