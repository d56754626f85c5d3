"""Words for the codes that cards are made of; forms offer them, printed cards say them."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from spoiwo.engines.indicators.disclosure.auditing import Audit
from spoiwo.monitoring.types import Direction, Level, Reach, Side, State, View

STATE_CHOICES = [
    (State.DRAFT.value, _("Draft of a card")),
    (State.REVIEW.value, _("Waiting for approval")),
    (State.APPROVED.value, _("Approved card")),
    (State.RETIRED.value, _("Retired")),
]
SIDE_CHOICES = [
    (Side.ENTERPRISES.value, _("Social enterprises")),
    (Side.CENTRES.value, _("Support centres")),
    (Side.ADMINISTRATION.value, _("Actions of the administration")),
    (Side.RISK.value, _("Initiatives with people at risk")),
]
AUDIT_CHOICES = [
    (Audit.NONE.value, _("Not done")),
    (Audit.DONE.value, _("Done: nothing hidden can be told to within a quarter")),
    (
        Audit.ABSENT.value,
        _("Not done: SciPy is not installed. Whoever runs the platform adds spoiwo[interval]."),
    ),
    (Audit.TOO_LARGE.value, _("Not done: more than 2,000 figures hang together. Break them down less.")),
]
UNIT_CHOICES = [
    ("person", _("person (unit)")),
    ("post", _("full-time post (unit)")),
    ("entity", _("entity (unit)")),
    ("event", _("event (unit)")),
    ("hour", _("hour (unit)")),
    ("pln", _("zloty (unit)")),
]
PER = [("1", _("As it is")), ("100", _("In per cent")), ("1000", _("Per 1,000")), ("10000", _("Per 10,000"))]
SOURCES = {  # of measures that come with the platform; others are written as they are
    "survey": pgettext_lazy("source", "survey"),
    "support register": pgettext_lazy("source", "support register"),
    "partnership register": pgettext_lazy("source", "partnership register"),
    "register of clients": pgettext_lazy("source", "register of clients"),
    "joint plans": pgettext_lazy("source", "joint plans"),
    "public statistics": pgettext_lazy("source", "public statistics"),
}
DIMENSIONS = {  # of measures that come with the platform; others are called as they are
    "sex": pgettext_lazy("division", "sex"),
    "age": pgettext_lazy("division", "age"),
    "disability": pgettext_lazy("division", "disability"),
    "activity": pgettext_lazy("division", "what was taken up"),
    "group": pgettext_lazy("division", "group of participants"),
    "way": pgettext_lazy("division", "way to self-reliance"),
    "employment": pgettext_lazy("division", "kind of employment"),
    "origin": pgettext_lazy("division", "origin of the money"),
    "topic": pgettext_lazy("division", "topic"),
    "kind": pgettext_lazy("division", "kind of entity"),
}
PLACES = {2: _("Voivodeships"), 4: _("Counties"), 7: _("Communes")}
GRAINS = {"year": _("A year"), "quarter": _("A quarter"), "month": _("A month")}
TIMES = {
    "sum": _("Add them up (what happened in the period)"),
    "last": _("Take the last one (state at the end)"),
    "average": _("Take the mean"),
}
SPACES = {"sum": _("Places and institutions are added up"), "none": _("Places are not added up")}
MISSING = {
    "skip": _("Leave the institution out of both sides"),
    "require_all": _("Show no figure"),
    "zero": _("Leave it out, and count a reported none as zero"),
}
PROTECTS = {
    "persons": _("People: nothing below 5"),
    "sensitive": _("Sensitive facts about people: nothing below 10"),
    "entities": _("Entities: nothing from fewer than 3"),
}
NOBODY_TO_PROTECT = _("Nothing is hidden: what public bodies do is public")
KINDS = {
    "count": _("Number"),
    "sum": _("Sum"),
    "ratio": _("Quotient"),
    "share": _("Share"),
    "rate": _("Rate"),
    "average": _("Mean"),
    "change": _("Change of a value"),
}
LEVELS = {
    Level.NONE: "",
    Level.CONTEXT: _("Context: what is around"),
    Level.OUTPUT: _("Output: what was done"),
    Level.RESULT: _("Result: what changed at once"),
    Level.IMPACT: _("Impact: what lasts"),
}
DIRECTIONS = {
    Direction.NONE: "",
    Direction.UP: _("The more, the better"),
    Direction.DOWN: _("The less, the better"),
}
REACHES = {
    Reach.PUBLIC: _("Everybody: open data"),
    Reach.PARTNERS: _("People signed in to the platform"),
}
VIEWS = {
    View.OVER_TIME: _("Over time"),
    View.RANKING: _("Ranking of places"),
    View.MAP: _("Map"),
    View.MULTIPLES: _("Small charts of places"),
    View.SLOPES: _("Between two periods"),
    View.PIVOT: _("Pivot table"),
    View.COMPLETENESS: _("Completeness"),
}
TILE_VIEWS = {**VIEWS, View.OWN: _("My institution beside the region")}


def dimension_name(code: str) -> str:
    """What a division is called."""
    return str(DIMENSIONS.get(code, code))
