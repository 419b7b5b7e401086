"""Deficit agreements: safety valve, Delivering Better Value and their successors, and the state each deal is in."""

import re
from collections.abc import Iterator

from svwatch.records import Scalar
from svwatch.tag.amounts import Amount, Length
from svwatch.tag.events.links import paired, word_set, words
from svwatch.tag.events.reading import Draft, Sentence, Story
from svwatch.tag.events.states import SCHEME, STATES
from svwatch.tag.modality import Modality

KIND = "agreement"
_DEAL_WITH_STATE = re.compile(
    r"\b(?:deals?|agreements?|programme|scheme|contracts?|plan)\b[^.;]{0,80}\b(?:government|department|ministers|"
    r"dfe|whitehall|treasury|officials)\b"
    r"|\b(?:government|department|ministers|dfe|whitehall|treasury|officials)\b[^.;]{0,80}\b(?:deals?|agreements?|"
    r"programme|scheme|contracts?|plan)\b"
)
_MONEY = words(
    r"deficits?; overspen\w+; debts?; high[- ]needs; dsg; black holes?; schools grant; shortfalls?; budgets?"
)
_DEAL_WITH_SUM = re.compile(
    r"£[\d.,]+ ?(?:m|bn|million|billion)?(?:-\w+)? (?:[\w'-]+ ){0,3}(?:deal|agreement|bail-?out|rescue package)\b"
    r"|\b(?:deals?|agreements?|bail-?outs?)\b[^.;]{0,40}\b(?:worth|provides? for|of up to|at|for) (?:up to |about |"
    r"nearly |almost )?£"
)
_NO_DEAL_SUM_BEFORE = re.compile(
    r"\b(?:first|initial|instalments?(?: of)?|already|so far|received|paid|of its own|deficits?(?: of)?|"
    r"overspen\w+(?: of)?|debts?(?: of)?|"
    r"reserves?|sav\w+|shortfall(?: of)?|owed?|black hole(?: of)?|reach|hole of|stands? at|stood at|cost\w*|"
    r"interest|contribut\w+|against|"
    r"remaining|withheld|of which|put in|about a third|gap of|capital|to find|bill|clear|grow\w* to|cut\w*|up front|"
    r"total (?:handed|paid|received)\D{0,20}|a little under|by)"
    r" (?:about |almost |nearly |of |up to |some |a |an |the |just |over |more than |payment |payments |in |to )*$"
)
_NO_DEAL_SUM_AFTER = re.compile(
    r"^,? ?(?:of its own|deficit|overspen|in the red|debt|shortfall|black|hole|of debt|of savings|in savings|"
    r"instalment|upfront|up front|"
    r"so far|already|has been|of (?:the|it)|a year|has come|was (?:paid|withheld)|payment|in interest|short|"
    r"overdrawn|from reserves|worse|"
    r"better|gap|of cuts|still|each year|accumulated)"
)
_YEARS_OF_DEAL = words(
    """deals?; agreements?; plans?; programme; over; bail-?out; terms; stretched; extended; lengthened; extension;
    have; asking for; for; adds; longer; asked for; to"""
)
_MENTION = words(
    """has a; have a; already has; part of; got; gets?; took; made; done; provides; runs; share; received; in place;
    members? of"""
)
_SURE_VERB = words("signed(?: up)?; struck; secured; joined; bailed out; entered(?: into)?")
_RECEIPT = words("has had; have had; promised; received; got; gets?; was given; share; part of; made; has a")
_PAYMENT = words("instalments?; payments?; tranches?")
_LEAST_DEAL = 500_000
_HAS_AMOUNT = frozenset({"signed", "rejected", "extended", "revised"})
_HAS_YEARS = frozenset({"signed", "rejected", "extended", "revised", "renegotiating"})
_TRIGGERS = word_set(
    """deal deals agreement agreements bailout bailouts bail bailed valve scheme programme programmes plan plans
    dbv delivering contract contracts monitoring supervision bid application proposal proposals newcomers
    entrants review signatories version draft terms tranche rescue join package attempt negotiating negotiated
    timetable extension oversight signed stretch longer years submitted promised safety million"""
)
_OTHER_DEAL = words(
    """pay deal; trade deal; section 106; pay agreement; devolution deal; takeover deal; sponsorship deal; one-page;
    deal with it; great deal; good deal; big deal; record deal; lease agreement; partnership agreement;
    data sharing agreement; change programme; school meals; local plan; ehc plans?; care plans?;
    education, health and care plans?; support plans?; business plans?; travel plans?; lesson plans?;
    accelerated progress plan; priority action plan; improvement plan; action plan; whose plan"""
)


def find(sentence: Sentence, story: Story) -> Iterator[Draft]:
    """The states of deals that a sentence states, one for each clause, with the terms it gives."""
    is_hinted = "agreement" in sentence.hints
    if (sentence.words.isdisjoint(_TRIGGERS) and not is_hinted) or not _is_of_deals(sentence, story):
        return
    sums = [amount for amount in sentence.amounts if _is_deal_sum(sentence, amount)]
    found = list(_states(sentence)) or list(_sum_alone(sentence, sums))
    councils = paired(sentence.groups, sums)
    signed_at = next((start for state, start, _ in found if state == "signed"), None)
    if councils and signed_at is not None:
        found = [hit for hit in found if hit[0] != "signed"]
        for amount, slugs in councils.items():
            yield Draft(KIND, signed_at, amount.end, {"state": "signed", "amount": amount.pounds}, slugs)
    for state, start, end in found:
        values = {"state": state} | _terms(sentence, state, start, sums)
        yield Draft(KIND, start, end, values, () if state == "scheme_closed" else None)


def _is_of_deals(sentence: Sentence, story: Story) -> bool:
    if sentence.lower.endswith("?"):
        return False
    if "agreement" in sentence.hints or SCHEME.search(sentence.lower):
        return True
    if _OTHER_DEAL.search(sentence.lower) or not story.is_on_support:
        return False
    if "agreement" in story.topics or story.holds(SCHEME):
        return True
    return story.holds(_DEAL_WITH_STATE) and story.holds(_MONEY)


def _states(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    taken: list[tuple[int, int]] = []
    for rule in STATES:
        for hit in rule.hits(sentence.lower, sentence.starts, "agreement" in sentence.hints):
            clause = sentence.clause(hit.start())
            if (
                clause not in taken
                and _is_said(sentence, rule.value, hit)
                and not _says_nothing_new(sentence, rule.value, hit)
            ):
                taken.append(clause)
                yield rule.value, hit.start(), hit.end()
                break
    worth = _DEAL_WITH_SUM.search(sentence.lower)
    ends = {sentence.clause(worth.start()), sentence.clause(worth.end() - 1)} if worth else set()
    if worth and ends.isdisjoint(taken) and _is_said(sentence, "signed", worth):
        yield "signed", worth.start(), worth.end()


def _sum_alone(sentence: Sentence, sums: list[Amount]) -> Iterator[tuple[str, int, int]]:
    """A deal's sum in a sentence known to tell of a deal: "In return the city got £17.1m"."""
    for amount in sums if "agreement" in sentence.hints else ():
        is_told = sentence.modality(amount.start) in (Modality.STATED, Modality.FORETOLD)
        if amount.pounds >= _LEAST_DEAL and is_told and not sentence.is_quoted(amount.start):
            yield "signed", amount.start, amount.end
            return


def _says_nothing_new(sentence: Sentence, state: str, hit: re.Match[str]) -> bool:
    """Whether a deal is only mentioned ("has a deal", "received its payment"): no sum, no year, no length with it."""
    if _RECEIPT.fullmatch(hit[0]) and _PAYMENT.search(sentence.lower):
        return True
    is_of_another_topic = bool(sentence.hints) and "agreement" not in sentence.hints
    if state == "signed" and is_of_another_topic and not _SURE_VERB.match(hit[0]):
        return True
    return bool(_MENTION.fullmatch(hit[0])) and not re.search(
        r"£|million|\b20\d\d\b|\byears?\b|\b(?:last|same)\b", sentence.lower
    )


def _is_said(sentence: Sentence, state: str, hit: re.Match[str]) -> bool:
    if sentence.is_quoted(hit.start()):
        return False
    how = sentence.modality(hit.start())
    if state == "signed" and hit[0] in (
        "share",
        "get",
        "gets",
        "is to pay",
        "will receive",
        "is to receive",
        "to receive",
    ):
        return how is not Modality.DENIED and not sentence.lower.startswith("if")
    if state == "scheme_closed" and hit[0].startswith("no "):
        return True
    return how is Modality.STATED


def _is_deal_sum(sentence: Sentence, amount: Amount) -> bool:
    before, after = sentence.lower[max(0, amount.start - 60) : amount.start], sentence.lower[amount.end :]
    return not (_NO_DEAL_SUM_BEFORE.search(before) or _NO_DEAL_SUM_AFTER.match(after[:40]))


def _terms(sentence: Sentence, state: str, at: int, sums: list[Amount]) -> dict[str, Scalar]:
    """The deal's total and its length, where the words near its state give them."""
    terms: dict[str, Scalar] = {}
    near = [amount for amount in sums if abs(amount.start - at) <= 140]
    if near and state in _HAS_AMOUNT:
        terms["amount"] = min(near, key=lambda amount: abs(amount.start - at)).pounds
    lengths = [length for length in sentence.lengths if _is_deal_length(sentence, length)]
    if lengths and state in _HAS_YEARS:
        terms["years"] = lengths[-1 if state == "extended" else 0].years
    return terms


def _is_deal_length(sentence: Sentence, length: Length) -> bool:
    around = (
        sentence.lower[max(0, length.start - 30) : length.start] + " | " + sentence.lower[length.end : length.end + 30]
    )
    return bool(_YEARS_OF_DEAL.search(around))
