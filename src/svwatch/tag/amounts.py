"""Sums of money and lengths in years, in figures and in words, with where they stand in a plain text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

MOST_POUNDS = 10**13

_UNITS = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
]
_TENS = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]
_SMALL = {
    **{word: value for value, word in enumerate(_UNITS)},
    **{word: value for value, word in enumerate(["seventeen", "eighteen", "nineteen"], 17)},
    **{word: value for value, word in enumerate(_TENS, 2)},
    **{word: 10 * value for value, word in enumerate(_TENS, 2)},
    "a": 1,
    "an": 1,
}
_SCALES = {
    **dict.fromkeys(("k", "thousand"), 10**3),
    **dict.fromkeys(("m", "mn", "mil", "mln", "million"), 10**6),
    **dict.fromkeys(("b", "bn", "billion"), 10**9),
    **dict.fromkeys(("tn", "trn", "trillion"), 10**12),
}
_FIGURE = r"\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,2})?|\d{1,13}(?:\.\d{1,3})?"
_SCALE = r"(?:thousand|million|billion|trillion|mln|mil|mn|bn|trn|tn|[kmb])(?![a-z])"
_NUMBER_WORD = rf"(?:{'|'.join(sorted(_SMALL.keys() - {'a', 'an'}, key=len, reverse=True))}|hundred)"
_IN_FIGURES = re.compile(
    rf"(?P<between>\bbetween )?(?P<changed>\bfrom )?(?P<sum>(?:£|"
    rf"\bgbp) ?(?P<low>{_FIGURE})(?:[- ]?(?P<low_scale>{_SCALE}))?"
    rf"(?(changed)|(?: ?(?(between)and|(?:-|to)) ?£? ?(?P<high>{_FIGURE})[- ]?(?P<high_scale>{_SCALE}))?))",
    re.IGNORECASE,
)
_IN_WORDS = re.compile(
    rf"(?<![\w£.,])(?:(?P<half>half an?|a quarter of an?|three[- ]quarters of an?) |"
    rf"(?P<figure>\d{{1,3}}(?:\.\d{{1,2}})?)[ -]?|"
    rf"(?P<words>\ban?(?: hundred(?: and)?)?|{_NUMBER_WORD}(?:(?:-| and | ){_NUMBER_WORD}){{0,6}})"
    r"(?P<and_half> and an? half| point [a-z]+)?[ -])"
    rf"(?P<scale>thousand|million|billion)(?P<more_half> and an? half)?"
    rf"(?:,? (?:and )?(?P<rest>(?:an? hundred|{_NUMBER_WORD})(?:(?:-| and | ){_NUMBER_WORD}){{0,6}}) thousand)?"
    r"(?P<pounds>[- ](?:pounds?|quid|sterling)\b)?",
    re.IGNORECASE,
)
# What may follow a sum said without "pounds" ("closer to six million", "the twenty-seven million set down"): punctuation
# or a word that is no thing counted, so that "six million children" is no sum.
_NO_THING_COUNTED = re.compile(
    r"\s*(?:$|[.,;:)!?\"'-]|(?:in|by|to|from|for|at|on|over|under|with|without|of|a year|this|last|next|and|but|or|set|was|"
    r"is|were|are|had|has|will|would|owed|behind|adrift|short|overdrawn|overspent|down|worse|better|more|less|it|that|"
    r"which|after|before|due|since|the|than|if|as|because|while|when|extra|so)\b)",
    re.IGNORECASE,
)
_LENGTH = re.compile(
    rf"\b(?P<number>\d{{1,2}}(?:\.5)?|{_NUMBER_WORD}(?:-{_NUMBER_WORD})?|an?)(?P<half>(?:-| )and(?:-| )a(?:-| )half)?"
    r"(?:-| )(?:more |extra |further |additional )?years?(?![\w'])(?!-old| old|-olds|s? ago| after| before| into|"
    r" later| earlier| early| in a row| running)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Amount:
    """A sum of money at ``[start, end)``; of a range `pounds` is the upper end and `least_pounds` the lower."""

    start: int
    end: int
    pounds: int
    least_pounds: int


@dataclass(frozen=True, slots=True)
class Length:
    """A length of time in years at ``[start, end)``."""

    start: int
    end: int
    years: float


def find_amounts(text: str) -> list[Amount]:
    """Every sum of money of a plain text, in order; a number that counts things is none."""
    in_figures = (
        [_from_figures(found) for found in _IN_FIGURES.finditer(text)] if "£" in text or "gbp" in text.lower() else []
    )
    in_words = list(_said_in_words(text)) if re.search(r"thousand|illion", text, re.IGNORECASE) else []
    taken = [(amount.start, amount.end) for amount in in_figures]
    free = (amount for amount in in_words if not _overlaps(amount, taken))
    return sorted(
        (amount for amount in (*in_figures, *free) if 0 < amount.pounds <= MOST_POUNDS), key=lambda amount: amount.start
    )


def _overlaps(amount: Amount, taken: list[tuple[int, int]]) -> bool:
    return any(start < amount.end and amount.start < end for start, end in taken)


def _from_figures(found: re.Match[str]) -> Amount:
    start, end = found.span("sum")
    low = _decimal(found["low"])
    if found["high"] is None:
        pounds = int(low * _scale(found["low_scale"]))
        return Amount(start, end, pounds, pounds)
    high_scale = _scale(found["high_scale"])
    least = low * (_scale(found["low_scale"]) if found["low_scale"] else high_scale)
    return Amount(start, end, int(_decimal(found["high"]) * high_scale), int(least))


def _decimal(figure: str) -> Decimal:
    return Decimal(figure.replace(",", ""))


def _scale(word: str | None) -> int:
    return _SCALES[word.lower()] if word else 1


def _said_in_words(text: str) -> Iterator[Amount]:
    for found in _IN_WORDS.finditer(text):
        if not found["pounds"] and (
            found["scale"].lower() == "thousand" or not _NO_THING_COUNTED.match(text, found.end())
        ):
            continue
        number = _number_said(found) * _SCALES[found["scale"].lower()]
        pounds = int(number) + 1000 * number_of_words(found["rest"] or "")
        yield Amount(found.start(), found.end(), pounds, pounds)


def _number_said(found: re.Match[str]) -> Decimal:
    halves = Decimal("0.5") if found["more_half"] or "half" in (found["and_half"] or "") else Decimal(0)
    if found["half"]:
        return {"h": Decimal("0.5"), "a": Decimal("0.25"), "t": Decimal("0.75")}[found["half"][0].lower()]
    if found["figure"]:
        return Decimal(found["figure"]) + halves
    point = re.fullmatch(r" point ([a-z]+)", found["and_half"] or "", re.IGNORECASE)
    tenths = Decimal(_SMALL.get(point[1].lower(), 0)) / 10 if point else Decimal(0)
    return number_of_words(found["words"]) + halves + tenths


def number_of_words(words: str) -> int:
    """The number that words under a thousand say ("four hundred and sixty", "thirty-six"); 0 for none."""
    total = 0
    for word in re.findall(r"[a-z]+", words.lower()):
        total = max(1, total) * 100 if word == "hundred" else total + _SMALL.get(word, 0)
    return total


def whole_number(words: str) -> int | None:
    """A count in figures or words ("55", "fifty-five", "a"); None where it is none."""
    return int(words) if words.isdecimal() and len(words) < 10 else number_of_words(words) or None


def find_lengths(text: str) -> list[Length]:
    """Every length in years ("15-year", "over nine years"), in order; an age or "two years ago" is none."""
    if "year" not in text.lower():
        return []
    return [
        Length(found.start(), found.end(), years)
        for found in _LENGTH.finditer(text)
        if 0 < (years := _years(found)) <= 50
    ]


def _years(found: re.Match[str]) -> float:
    said = found["number"]
    number = float(said) if said[0].isdecimal() else float(number_of_words(said))
    number += 0.5 if found["half"] else 0
    return int(number) if number.is_integer() else number
