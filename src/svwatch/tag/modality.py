"""What a sentence states as fact: its clauses, and whether the words at a place are asserted, foretold, supposed or denied."""

import re
from collections.abc import Sequence
from enum import StrEnum
from itertools import pairwise

_CLAUSE_END = re.compile(
    r"[;:()]\s|\s-\s|[,\"']\s+(?=(?:and|but|while|whilst|although|though|which|who|whose|where|when|after|before|because|since|as|so|with|"
    r"having|despite|leaving|taking|bringing|meaning|that|said|says|according|if|unless|until|yet|whereas)\b)"
    r"|\s(?=(?:but|while|whilst|although|though|after|before|because|whereas|unless|despite|when|which|whose|if)\s)"
    r"|\s(?=and (?:was|were|has|have|had|is|are|will|would|said|that|then|it|they|he|she|the|its|a|an|two|one|"
    r"later|since|separately|"
    r"received|got|came|went|asked|told)\b)"
)
_SUPPOSED = re.compile(
    r"\b(?:could|(?<!in )(?<!last )(?<!this )(?<!since )(?<!by )(?<!of )(?<!that )may(?! \d| last| this)|might|"
    r"would|should|must|if|unless|whether|fear\w*|risk\w*|threat\w*|hop(?:e|es|ed|ing)|"
    r"want\w*|urg(?:e|es|ed|ing)|call(?:s|ed|ing)? (?:for|on)|propos\w+|plans? to|planned|consider(?:s|ed|ing)?|"
    r"possib\w+|likely|"
    r"in case|were to|avoid\w*|prevent\w*|pending|ahead of|rumour\w*|speculat\w+|ask(?:s|ed|ing)? (?:for|that)|"
    r"seek(?:s|ing)?|sought|"
    r"hoping|demand\w*|suggest(?:s|ed|ing)?|warn\w*|worr(?:y|ied|ies)|allege\w*|claims? that|claimed|argu(?:e|es|"
    r"ed|ing)|accus\w+|"
    r"what happens|bid to|try(?:ing)? to|tried to|need(?:s|ed)? to|can|ought|supposed to|before|until|instead of|"
    r"rather than|"
    r"recommend\w*|once|has to|have to|had to|decid\w+ whether|in danger|prospect|escaped? from|mooted)\b"
)
_FORETOLD = re.compile(
    r"\b(?:will|shall|to be|due (?:to|in)|set to|expect\w*|is to|are to|about to|poised|forecast\w*|projected|"
    r"awaits?|awaiting|wait\w*)\b"
)
_DENIED = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|nobody|none|without|den(?:y|ies|ied)|fail(?:s|ed)? to|refus(?:e|es|ed) to|"
    r"yet to|far from|cannot|"
    r"hardly|stopped short of)\b|n't\b)(?! only\b| just\b| merely\b)"
)
_QUOTED = re.compile(r'"[^"\n]*(?:"|$)', re.MULTILINE)
LONG_QUOTATION_WORDS = 9


class Modality(StrEnum):
    """How a sentence puts what it says at a place."""

    STATED = "stated"
    FORETOLD = "foretold"
    SUPPOSED = "supposed"
    DENIED = "denied"


def lower(text: str) -> str:
    """A text in small letters, with every character still at its own offset."""
    lowered = text.lower()
    return (
        lowered
        if len(lowered) == len(text)
        else "".join(char if len(char.lower()) > 1 else char.lower() for char in text)
    )


def clauses(lowered: str) -> list[tuple[int, int]]:
    """Offsets ``[start, end)`` of the clauses of a sentence in small letters; together they cover it."""
    cuts = sorted({0, len(lowered), *(match.end() for match in _CLAUSE_END.finditer(lowered))})
    return list(pairwise(cuts)) or [(0, len(lowered))]


def clause_at(parts: Sequence[tuple[int, int]], offset: int) -> tuple[int, int]:
    """The clause that holds `offset` (the last one beyond the end)."""
    return next((part for part in parts if offset < part[1]), parts[-1])


def modality(lowered: str, clause: tuple[int, int], at: int) -> Modality:
    """How the words at `at` are put, by what stands before them in their clause; a denial must stand near."""
    before = lowered[max(clause[0], at - 120) : at]
    if _DENIED.search(before[-45:]):
        return Modality.DENIED
    if _SUPPOSED.search(before):
        return Modality.SUPPOSED
    return Modality.FORETOLD if _FORETOLD.search(before) else Modality.STATED


def quotations(text: str) -> list[tuple[int, int]]:
    """Offsets of what is quoted at length in a plain text of many lines, in order.

    A quotation ends with its line at the latest; one of a few words is the writer's own statement and is left out.
    """
    return [match.span() for match in _QUOTED.finditer(text) if match[0].count(" ") >= LONG_QUOTATION_WORDS]
