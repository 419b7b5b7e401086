"""Judicial reviews: the stage a claim has reached, the neutral citation of the judgment, the claimant's solicitor."""

import re
from collections.abc import Iterator

from svwatch.records import Scalar
from svwatch.tag.events.links import word_set, words
from svwatch.tag.events.reading import Draft, Sentence, Story
from svwatch.tag.events.stages import COURT, RULER, STAGES, UNLAWFUL
from svwatch.tag.modality import Modality

KIND = "judicial_review"
_OTHER_COURT = words(
    """tribunals?; first-tier; sendist; ombudsman; magistrates; county court; crown court; coroner; employment;
    planning; criminal; inquest; exclusion appeal; admissions? appeals?; school admissions?; convictions?; jury"""
)
_SUPPORT = words(
    r"""send; sen; special (?:educational )?needs; disab\w+; ehcps?; ehc plans?; education, health and care;
    high[- ]needs; safety[- ]valve; children's services; respite; autis\w+; therap(?:y|ies|ists?);
    school transport; short breaks; special schools?; deaf; children and families act; learning difficult\w+;
    additional needs"""
)
_REPEATS_ARGUMENT = re.compile(
    r"\b(?:said|say|says|argued?|claim(?:s|ed)? that|contend\w*|submit(?:s|ted) that|alleg\w+|whether|believe\w*|"
    r"relied)\b"
)
_COUNCIL_LOSES = re.compile(
    r"\b(?:council|authority|county|borough|city|bosses|leaders|chiefs|ministers|department)(?: has| have|"
    r" had)?(?: been)? $"
)
_TRIGGERS = word_set(
    """judicial court judge justice permission leave ahead light appeal claim claims case cases challenge
    challenges lawyers solicitor solicitors llp represented instructed proceedings letter letters action quashed
    unlawful unlawfully ewhc ewca sue sued suing legal papers lawful lawfully hearing heard consent settled
    overturn claimants ruling lose lost"""
)
_LAWYERS = word_set("solicitor solicitors lawyers llp law legal represented firm sinclairslaw")
_CITATION = re.compile(r"\[(20\d\d)\] (EWHC|EWCA Civ|UKSC) (\d{1,5})(?: ?\((Admin|Fam|KB|QB|Ch)\))?")
_FIRM = re.compile(
    r"\b((?:[A-Z][\w'-]+(?: (?:&|and) )?[ ]?){1,4}(?:Solicitors|LLP|Legal|Law)|[A-Z][a-z]+law|Irwin Mitchell|"
    r"Simpson Millar|"
    r"Rook Irwin Sweeney|Leigh Day|Bindmans|Deighton Pierce Glynn|HCB|Maxwell Gillott|Bhatt Murphy|"
    r"Watkins Solicitors)\b"
)
_FIRM_BEFORE = re.compile(
    r"(?:represented by|instructed by|solicitors,|solicitors at|law firm|firm|letter from|lawyers at|advised by|"
    r"solicitors from)"
    r" (?:the )?((?:[A-Z][\w'-]+)(?: (?:& |and )?[A-Z][\w'-]+){0,3})"
)
_FOR_THE_OTHER_SIDE = re.compile(
    r"\b(?:for the (?:council|authority|defendant|department)|council's (?:solicitor|lawyer))"
)


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
    if not story.holds(COURT) or _OTHER_COURT.search(sentence.lower):
        return False
    near = story.sentences[max(0, sentence.number - 3) : sentence.number + 3]
    return any(_SUPPORT.search(other.lower) for other in near)


def _stages(sentence: Sentence) -> Iterator[tuple[str, int, int]]:
    settled: list[tuple[int, int]] = []
    for rule in STAGES:
        for hit in rule.hits(sentence.lower, sentence.starts, "judicial_review" in sentence.hints):
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
    if stage == "allowed" and UNLAWFUL.fullmatch(hit[0]) and not _is_ruled(sentence.lower, hit.start()):
        return False
    return how is Modality.STATED


def _is_ruled(lowered: str, at: int) -> bool:
    """Whether "unlawful" is a court's word and not a party's."""
    return bool(RULER.search(lowered)) and not _REPEATS_ARGUMENT.search(lowered[max(0, at - 60) : at])


def _names(sentence: Sentence) -> Iterator[tuple[str, Scalar]]:
    cited = _CITATION.search(sentence.text)
    if cited:
        yield "citation", f"[{cited[1]}] {cited[2]} {cited[3]}" + (f" ({cited[4]})" if cited[4] else "")
    if not sentence.words.isdisjoint(_LAWYERS):
        firm = _FIRM_BEFORE.search(sentence.text) or _FIRM.search(sentence.text)
        if firm and not _FOR_THE_OTHER_SIDE.search(sentence.lower, max(0, firm.start() - 40), firm.end() + 40):
            yield "solicitor", firm[1].strip()
