"""Deficits of the high needs budget: a sum that is owed, overspent or short, and the date or year it is counted at."""

import re
from collections.abc import Iterator, Sequence

from svwatch.records import Scalar
from svwatch.tag.amounts import Amount
from svwatch.tag.date_forms import financial_year
from svwatch.tag.dates import Dated
from svwatch.tag.events.links import paired, word_set, words
from svwatch.tag.events.reading import Draft, Sentence, Story
from svwatch.tag.modality import Modality

KIND = "deficit"
_SURE = words(
    """deficits?; overspen(?:d|ds|t|ding); over-?spen(?:d|ds|t|ding); black ?holes?; in the red; overdrawn;
    in deficit; over budget; shortfalls?; into the red; accumulated debts?; cumulative (?:debts?|position);
    balance carried forward"""
)
_LOOSE = words(
    r"""gaps?; holes?; debts?; ow(?:e|es|ed|ing); adrift; behind; short; down; liabilit(?:y|ies); over for the; pile;
    underwater; figure; totals?; share; number; sums?; arrears; bill; backlog; in the hole; spend £\S+ more;
    historic"""
)
_HIGH_NEEDS = words(
    r"""high[- ]needs; dsg; dedicated schools grant; schools? grant; schools budget; send; sen;
    special (?:educational )?needs; disab\w+; safety valve; override"""
)
_OTHER_BUDGET = words(
    r"""general fund; adult social care; homeless\w*; overall budget; whole budget; council-wide;
    (?:trust|academy|school|college|nhs|icb|hospital)(?:'s|s')? (?:own )?(?:deficit|overspend|debt|shortfall);
    (?:college|academy|trust|nursery|charity) (?:for|has|had|will|is|was|in); my own budget; budget gap;
    trade deficit; transport overspend; children's social care overspend"""
)
_NOT_OWED_BEFORE = re.compile(
    r"\b(?:against(?: the)?|up from|down from|from|rather than|instead of|compared (?:with|to)|worth(?: up to)?|"
    r"grants? of|sav\w+(?: of)?|paid|pays?|"
    r"receiv\w+|spends?|spent|cost\w*|interest(?: of)?|reserves? of|of which|contribut\w*|transfer\w*|surplus of|"
    r"bail-?out of|deal of|promised|"
    r"(?<!more )(?<!less )than|better|worse|capital|budgets? of|income of|fund of|cuts? of|find|invest\w*|award\w*|"
    r"offset by|charg\w+|get|gets|got|extra)"
    r" (?:about |around |up to |a further |an extra |almost |nearly |just |only |over |more than |some )?$"
)
_NOT_OWED_AFTER = re.compile(
    r"^(?:-a-year|,000)?,? ?(?:(?:a year|annually|of|in|from|to|more|less|better|worse|higher|lower|short of|above|"
    r"below|million)? ?"
    r"(?:a month|every|a week|a day|than (?:the|planned|forecast|expected|agreed)|savings?|in savings|grants?|deal|"
    r"agreements?|bail-?outs?|of the|in interest|in reserves|in grant|of grant|of savings|"
    r"increase|improvement|per |each|a head|a pupil|a child|above the|below the|better|worse|surplus|in cuts|"
    r"of cuts|extra|cuts?|reduction|for transport|from reserves|package|safety valve))"
)
_GROWS_TO = re.compile(
    r"\b(?:to|reach\w*|pass\w*|top\w*|hit|hits|exceed\w*|for|at|be|by|is|was|towards|heading for|past|beyond|"
    r"stood at|stands at|total\w*|with)"
    r" (?:about |around |almost |nearly |some |over |more than |just |close to |closer to |well |roughly |"
    r"an estimated |up to |a |as much as |at |the |a little |north of )*$"
)
MOST_OF_ONE_COUNCIL = 10**9
_REACH = 110
_OF_THE_YEAR = re.compile(r"\b(?:in[- ]year|for the year|end the year|year[- ]end|year to date|at outturn|half-year)\b")
_YEAR_WORD = re.compile(r"\b(this|last|next) year\b(?!')")
_TOGETHER = words(
    r"""nationally; across england; across the country; england's; councils'; national deficit; national total;
    authorities overspent; between them; (?:councils|authorities) (?:\w+ )?owe"""
)
_TRIGGERS = word_set(
    """deficit deficits overspend overspends overspent overspending shortfall shortfalls hole holes blackhole
    red overdrawn debt debts owe owes owed owing adrift behind short gap down over total budget liabilities pile
    spend figure position forward share balance sum sums number"""
)


def find(sentence: Sentence, story: Story) -> Iterator[Draft]:
    """Every sum that the sentence says is owed on high needs, with its council where each has its own."""
    is_hinted = "deficit" in sentence.hints
    if (
        (sentence.words.isdisjoint(_TRIGGERS) and not is_hinted)
        or not sentence.amounts
        or not _is_of_high_needs(sentence, story)
    ):
        return
    owed = [amount for amount in sentence.amounts if _is_owed(sentence, amount)]
    councils = paired(sentence.groups, owed)
    if not owed and is_hinted:
        councils = paired(sentence.groups, sentence.amounts)
        owed = list(councils)
    dates = sentence.dates
    for index, amount in enumerate(owed):
        window = (
            owed[index - 1].end if index else 0,
            owed[index + 1].start if index + 1 < len(owed) else len(sentence.text),
        )
        as_of = _counted_at(sentence, amount, dates, window)
        values: dict[str, Scalar] = {"amount": amount.pounds}
        if as_of:
            values["as_of"] = as_of
        whose = () if amount.pounds >= MOST_OF_ONE_COUNCIL or _TOGETHER.search(sentence.lower) else councils.get(amount)
        yield Draft(KIND, amount.start, amount.end, values, whose, is_dated=False)


def _is_of_high_needs(sentence: Sentence, story: Story) -> bool:
    if sentence.lower.endswith("?") or _OTHER_BUDGET.search(sentence.lower):
        return False
    if "deficit" in sentence.hints or _HIGH_NEEDS.search(sentence.lower):
        return True
    return bool(_SURE.search(sentence.lower) or "deficit" in story.topics) and story.is_on_support


def _is_owed(sentence: Sentence, amount: Amount) -> bool:
    before, after = sentence.lower[: amount.start], sentence.lower[amount.end :]
    if after.startswith(" more than it has") and "spend" in before[-12:]:
        return True
    if _NOT_OWED_BEFORE.search(before[-60:]) or _NOT_OWED_AFTER.match(after[:60]) or sentence.is_quoted(amount.start):
        return False
    if sentence.modality(amount.start) is Modality.DENIED:
        return False
    near = sentence.lower[max(0, amount.start - _REACH) : amount.end + 60]
    if "deficit" in sentence.hints or _SURE.search(near):
        return True
    return bool(_HIGH_NEEDS.search(sentence.lower) and _LOOSE.search(near))


def _counted_at(sentence: Sentence, amount: Amount, dates: Sequence[Dated], window: tuple[int, int]) -> str | None:
    """The date nearest to a sum, no nearer to another; one behind the sum before one ahead of it."""
    behind = [dated for dated in dates if amount.end <= dated.start < window[1]]
    ahead = [dated for dated in dates if window[0] <= dated.start < amount.start]
    for dated in (*behind[:1], *ahead[-1:]):
        return _as_of(sentence, dated)
    if sentence.published and _OF_THE_YEAR.search(sentence.lower):
        return financial_year(sentence.published.year, sentence.published.month)
    return None


def _as_of(sentence: Sentence, dated: Dated) -> str:
    """A day is counted as its month, and "this year" as the money year."""
    said = _YEAR_WORD.fullmatch(sentence.lower, dated.start, dated.end)
    if said and sentence.published:
        step = {"last": -1, "this": 0, "next": 1}[said[1]]
        return financial_year(sentence.published.year + step, sentence.published.month)
    return dated.value[:7] if dated.value.count("-") == 2 else dated.value
