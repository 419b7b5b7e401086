"""Deficit agreements: safety valve, Delivering Better Value and their successors, and the state each deal is in."""

import re
from collections.abc import Iterator

from svwatch.records import Scalar
from svwatch.tag.amounts import Amount, Length
from svwatch.tag.events.links import Rule, paired, words
from svwatch.tag.events.reading import Draft, Sentence, Story
from svwatch.tag.modality import Modality

KIND = "agreement"
_SCHEME = words(
    """safety[- ]valves?; bail-?outs?; bailed out; delivering better value; dbvs?; reform plans?; psv; very high deficit;
    rescue (?:deals?|schemes?|programmes?|packages?); deficit (?:deals?|agreements?|management plan); stability grant;
    recovery (?:deals?|plans?|agreements?); management plans?; intervention programmes?; enhanced monitoring"""
)
_DEAL_WITH_STATE = re.compile(
    r"\b(?:deals?|agreements?|programme|scheme|contracts?|plan)\b[^.;]{0,80}\b(?:government|department|ministers|dfe|whitehall|treasury|officials)\b"
    r"|\b(?:government|department|ministers|dfe|whitehall|treasury|officials)\b[^.;]{0,80}\b(?:deals?|agreements?|programme|scheme|contracts?|plan)\b"
)
_MONEY = words(r"deficits?; overspen\w+; debts?; high[- ]needs; dsg; black holes?; schools grant; shortfalls?; budgets?")
_DEAL = words(
    """safety[- ]valves?; bail-?outs?; deals?; agreements?; rescue; delivering better value; dbv; reform plans?; contracts?;
    recovery plans?; management plans?; programmes?; schemes?; pact; bargain; tranche; accord; signator(?:y|ies); package; cohort; round"""
)
_SURE_DEAL = words("safety[- ]valves?; bail-?outs?; deals?; agreements?; delivering better value; dbv; application; rescue package; pact")
_PLAN = words(
    """plans?; proposals?; bids?; applications?; requests?; version; draft; drafts; deals?; agreements?; programme; scheme; entry;
    safety valve; to join; submission; attempt; pitch; offer; blueprint"""
)
_CHANGED = "(?:revised|new|rewritten|replacement|renegotiated|redrawn|updated|amended|fresh|second|reworked|altered|reset)"

# The first state that fits a clause wins, so the narrower ones stand first.
_RULES = (
    Rule("enhanced_monitoring", words(
        """enhanced monitoring; (?:tougher|closer|tighter|extra|intensive|special|heightened|stepped-up|intensified|additional)
        (?:monitoring|supervision|oversight|scrutiny from|watch); watch ?list; on watch"""), None),
    Rule("scheme_closed", words(
        """closed; shut; shut down; wound (?:up|down); scrapped; axed; closing; closure; ended; ending; abolished; ditched; discontinued;
        brought to an end; drawn to a close; no longer taking; stopped taking; ceased"""),
        words("""(?:the |this )?(?:scheme|programme|programmes|initiative); safety valve (?:scheme|programme); to entrants;
        to new(?:comers| entrants| applicants| councils)?"""), 40, 30),
    Rule("scheme_closed", words("no (?:more|new|further) (?:councils?|deals?|agreements?|entrants|authorit(?:y|ies))"), _SCHEME, 200, 200, True),
    Rule("rejected", words(
        """turned down; reject(?:ed|s|ion); refus(?:ed|al); sent back; knocked back; rebuffed; declined; told no; thrown out; said no; turning down;
        turned away; unaffordable; did not get (?:it|them|in); requirements not met; vetoed; unsuccessful; turned it down; spurned; rebuff;
        not (?:been )?(?:accepted|approved|admitted); missed out; fell through; collapsed; have come to nothing; failed to (?:win|secure)"""), _PLAN, 140, 80, True),
    Rule("renegotiating", words(
        """subject to (?:a )?review; under review; renegotiating; in (?:fresh |new )?talks; renegotiation; being (?:renegotiated|revised|rewritten|redrawn|
        reviewed|redrafted); negotiating; reopened; re-opened; back to the (?:table|drawing board); negotiating table; rethink; look again; reworking"""),
        words("deals?; agreements?; plan; timetable; terms; payments?; safety valve; programme"), 110, 90, True),
    Rule("renegotiating", words("asked; asking; requested; wrote; applied; wants; seeking; asks; request; appealed; pleaded; sought"),
        words(f"(?:stretch|extend|lengthen|longer|extra years?|more time|extension)(?:ed|ing)?; (?:extra|more|additional) years?; {_CHANGED} (?:plan|deal|agreement|terms)"), 0, 110),
    Rule("extended", words(
        r"""extended; lengthened; stretched; stretch; stretches; extension; longer; (?:\w+ )?(?:more|extra|additional) years?(?: each)?; adds (?:\w+ )years?;
        prolonged; will (?:each )?now have; more time; pushed back; put back; (?:given|granted|allowed|has|have) (?:until|\w+ (?:more )?years); moved from"""),
        words("""deals?; agreements?; plan; terms; safety valve; contract; bail-?outs?; process; programme; same day; timetable; deadline;
        end date; target"""), 110, 80, True),
    Rule("revised", words(
        """came into force; signed; agreed; accepted; approved; struck; published; reached; rewritten; renegotiated; redrawn; sent; submitted; gone to;
        replaced; now has"""),
        words(rf"{_CHANGED}(?: \w+){{0,4}}? (?:deals?|agreements?|plan|terms|version|draft)"), 60, 80),
    Rule("revised", words("rewritten; renegotiated; redrawn; revised; amended; reworked; redrafted; reset"), words("deals?; agreements?; terms; safety valve"), 60, 40, True),
    Rule("invited", words(
        """(?:been|were|was|being) (?:asked|invited|approached|selected|chosen|offered); offered a (?:place|spot|deal); invitation; invites; invited;
        approached; in line for; shortlisted"""),
        words("join; take part; apply; scheme; programme; safety valve; delivering better value; dbv; talks; place"), 40, 90, True),
    Rule("applied", words(
        """applied; submitted; handed in; put in; sent off; sent in; posted; filed; went in; went off; lodged; put forward; asked to join; bid for; tabled;
        delivered; applying; drawn up and sent"""),
        words("""plans?; application; proposals?; bids?; (?:to )?join; version; attempt; scheme; programme; safety valve; reform plans?;
        submission"""), 60, 70),
    Rule("exited", words(
        r"""left; exited; exits; leaves; quit; quits; walked away; walks away; withdrew; withdrawn from; completed; graduated; hands back; handed back; pulled out;
        came out of; come out of; no longer (?:in|part of|a|under); emerged; bowed out; finished; tore up; torn up; reached the end of; expired;
        (?:early )?exit; freed from; discharged"""),
        words("programme; scheme; deals?; agreements?; safety valve; it for; bail-?out"), 10, 70),
    Rule("signed", words(
        """signed(?: up)?; signing; struck; agreed; agrees; agree; entered(?: into)?; secured; joined; accepted; reached; concluded; sealed; let into; landed;
        put its name; shake hands; shook hands; clinched; has had; have had; take part; taking part; brokered; negotiated; finalised; inked; joining; entering;
        put pen to paper; taken up; admitted; brought into; enrolled; entry into; unveiled; taken on; have a; in place; signature; bound by; tied to;
        under the terms of; members? of; recruited; obtained"""), _DEAL, 80, 90),
    Rule("signed", words("signed(?: up)?; struck; joined; (?:took|taken|taking) part; put its name; shake hands; shook hands; bailed out"), _DEAL, 80, 90, True),
    Rule("signed", words(
        """awarded; approved; made; done; took; promised; was given; won; gets?; got; received; committed; share; is to pay; is to receive; became one of; has a;
        already has; part of; will receive; handed; granted; announced; runs; provides; dates? from; dating from"""), _SURE_DEAL, 60, 60),
    Rule("signed", words("promised; in return; will receive; accepted; took; signed up; thrown a rope; to take; to receive; stands to (?:get|receive)"),
        words(r"£[\d.,]+\w*; million"), 10, 60),
    Rule("signed", words(
        r"""bailed out; (?:deal|agreement|bail-?out|contract|programme|package)s?,? (?:was |were |is |are |together )?worth; signator(?:y|ies);
        with (?:such )?(?:deals|agreements); have such (?:deals|agreements); safety valve (?:council|authority|borough|county)"""), None),
)  # fmt: skip
_DEAL_WITH_SUM = re.compile(
    r"£[\d.,]+ ?(?:m|bn|million|billion)?(?:-\w+)? (?:[\w'-]+ ){0,3}(?:deal|agreement|bail-?out|rescue package)\b"
    r"|\b(?:deals?|agreements?|bail-?outs?)\b[^.;]{0,40}\b(?:worth|provides? for|of up to|at|for) (?:up to |about |nearly |almost )?£"
)
_NO_DEAL_SUM_BEFORE = re.compile(
    r"\b(?:first|initial|instalments?(?: of)?|already|so far|received|paid|of its own|deficits?(?: of)?|overspen\w+(?: of)?|debts?(?: of)?|"
    r"reserves?|sav\w+|shortfall(?: of)?|owed?|black hole(?: of)?|reach|hole of|stands? at|stood at|cost\w*|interest|contribut\w+|against|"
    r"remaining|withheld|of which|put in|about a third|gap of|capital|to find|bill|clear|grow\w* to|cut\w*|up front|"
    r"total (?:handed|paid|received)\D{0,20}|a little under|by)"
    r" (?:about |almost |nearly |of |up to |some |a |an |the |just |over |more than |payment |payments |in |to )*$"
)
_NO_DEAL_SUM_AFTER = re.compile(
    r"^,? ?(?:of its own|deficit|overspen|in the red|debt|shortfall|black|hole|of debt|of savings|in savings|instalment|upfront|up front|"
    r"so far|already|has been|of (?:the|it)|a year|has come|was (?:paid|withheld)|payment|in interest|short|overdrawn|from reserves|worse|"
    r"better|gap|of cuts|still|each year|accumulated)"
)
_YEARS_OF_DEAL = words(
    """deals?; agreements?; plans?; programme; over; bail-?out; terms; stretched; extended; lengthened; extension; have; asking for;
    for; adds; longer; asked for; to"""
)
_HAS_AMOUNT = frozenset({"signed", "rejected", "extended", "revised"})
_HAS_YEARS = frozenset({"signed", "rejected", "extended", "revised", "renegotiating"})
_TRIGGERS = frozenset(
    """deal deals agreement agreements bailout bailouts bail bailed valve scheme programme programmes plan plans dbv delivering
    contract contracts monitoring supervision bid application proposal proposals newcomers entrants review signatories version draft
    terms tranche rescue join package attempt negotiating negotiated timetable extension oversight signed stretch longer years
    submitted promised safety million""".split()
)
_OTHER_DEAL = words(
    """pay deal; trade deal; section 106; pay agreement; devolution deal; takeover deal; sponsorship deal; one-page; deal with it;
    great deal; good deal; big deal; record deal; lease agreement; partnership agreement; data sharing agreement; change programme;
    school meals; local plan; ehc plans?; care plans?; education, health and care plans?; support plans?; business plans?;
    travel plans?; lesson plans?; accelerated progress plan; priority action plan; improvement plan; action plan; whose plan"""
)


def find(sentence: Sentence, story: Story) -> Iterator[Draft]:
    """The states of deals that a sentence states, one for each clause, with the terms it gives."""
    if sentence.words.isdisjoint(_TRIGGERS) or not _is_of_deals(sentence, story):
        return
    found = list(_states(sentence))
    sums = [amount for amount in sentence.amounts if _is_deal_sum(sentence, amount)]
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
    if "agreement" in sentence.hints or _SCHEME.search(sentence.lower):
        return True
    if _OTHER_DEAL.search(sentence.lower) or not story.is_on_support:
        return False
    return bool(_SCHEME.search(story.lower)) or bool(_DEAL_WITH_STATE.search(story.lower) and _MONEY.search(story.lower))


def _states(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    taken: list[tuple[int, int]] = []
    for rule in _RULES:
        for hit in rule.hits(sentence.lower, "agreement" in sentence.hints):
            clause = sentence.clause(hit.start())
            if clause not in taken and _is_said(sentence, rule.value, hit):
                taken.append(clause)
                yield rule.value, hit.start(), hit.end()
                break
    worth = _DEAL_WITH_SUM.search(sentence.lower)
    ends = {sentence.clause(worth.start()), sentence.clause(worth.end() - 1)} if worth else set()
    if worth and ends.isdisjoint(taken) and _is_said(sentence, "signed", worth):
        yield "signed", worth.start(), worth.end()


def _is_said(sentence: Sentence, state: str, hit: re.Match[str]) -> bool:
    if sentence.is_quoted(hit.start()):
        return False
    how = sentence.modality(hit.start())
    if state == "signed" and hit[0] in ("share", "get", "gets", "is to pay", "will receive", "is to receive", "to receive"):
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
    around = sentence.lower[max(0, length.start - 30) : length.start] + " | " + sentence.lower[length.end : length.end + 30]
    return bool(_YEARS_OF_DEAL.search(around))
