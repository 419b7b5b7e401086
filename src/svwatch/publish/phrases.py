"""What happened, in a short phrase for each kind of event and each value of the field that tells its turn.

A test holds these tables to the taxonomy: a new kind or value there needs words here.
"""

from collections.abc import Mapping

from svwatch.publish.event_dates import event_date_in_words
from svwatch.publish.words import counted, one_line
from svwatch.records import Event

TURN_FIELDS: Mapping[str, str] = {"rating": "outcome", "judicial_review": "stage", "agreement": "state"}
"""The field that says what turn an event took; the other kinds have none."""

_GENERAL: Mapping[str, str] = {
    "rating": "Inspection result",
    "funds_withheld": "Payments held back by the government",
    "funds_released": "Held-back payments released",
    "judicial_review": "Court challenge",
    "agreement": "News of a deficit deal",
    "deficit": "High-needs deficit reported",
}
_TURNS: Mapping[str, Mapping[str, str]] = {
    "rating": {
        "typically_positive": "Top SEND inspection result",
        "inconsistent": "Middle SEND inspection result",
        "systemic_failings": "Lowest SEND inspection result",
        "outstanding": "Rated outstanding",
        "good": "Rated good",
        "requires_improvement": "Told it must improve",
        "inadequate": "Rated inadequate",
        "written_statement_of_action": "Told to set out how it will improve",
        "improvement_notice": "Given an improvement notice",
        "statutory_direction": "Ordered by the government to improve",
    },
    "judicial_review": {
        "threatened": "Court challenge threatened",
        "issued": "Court challenge started",
        "permission_granted": "Court challenge may go ahead",
        "permission_refused": "Court challenge refused",
        "hearing": "Court challenge heard",
        "dismissed": "Court challenge fails",
        "allowed": "Court challenge succeeds",
        "appeal": "Court ruling appealed",
        "settled": "Court challenge settled",
        "withdrawn": "Court challenge dropped",
    },
    "agreement": {
        "invited": "Invited to agree a deficit deal",
        "applied": "Deficit deal asked for",
        "rejected": "Deficit deal turned down",
        "signed": "Deficit deal signed",
        "revised": "Deficit deal changed",
        "extended": "Deficit deal given more time",
        "renegotiating": "Deficit deal under review",
        "enhanced_monitoring": "Deficit deal watched more closely",
        "exited": "Deficit deal ended",
        "scheme_closed": "Deficit deal scheme closed",
    },
}
_GRADES = {"outstanding", "good", "requires_improvement", "inadequate"}


def event_turn(event: Event) -> str | None:
    """The stage, state or outcome of an event; None where its kind has none or the article does not say."""
    turn = event.values.get(TURN_FIELDS.get(event.kind, ""))
    return None if turn is None else str(turn)


def what_happened(event: Event) -> str:
    """A short phrase: ``Lowest SEND inspection result``. Raises KeyError for a kind without words."""
    turn = event_turn(event)
    phrase = _TURNS.get(event.kind, {}).get(turn or "", _GENERAL[event.kind])
    is_childrens_services = event.values.get("body") == "ilacs" and turn in _GRADES
    return f"Children's services: {phrase[0].lower()}{phrase[1:]}" if is_childrens_services else phrase


def event_details(event: Event) -> tuple[str, ...]:
    """What else the article says of it: length of a deal, date of a sum, court reference, lawyers."""
    values = event.values
    years, councils = values.get("years"), values.get("n_councils")
    found = (
        isinstance(years, int | float) and f"over {counted(int(years), 'year')}",
        isinstance(councils, int | float) and counted(int(councils), "council"),
        "as_of" in values and f"as of {event_date_in_words(one_line(str(values['as_of'])))}",
        "citation" in values and one_line(str(values["citation"])),
        "solicitor" in values and f"lawyers: {one_line(str(values['solicitor']))}",
    )
    return tuple(detail for detail in found if detail)
