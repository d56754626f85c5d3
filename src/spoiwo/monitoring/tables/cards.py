"""A card as lines of text: all its fields, what differs between versions, the quality box."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from spoiwo.institutions import queries as institutions
from spoiwo.kernel.expressions.nodes import operands
from spoiwo.kernel.expressions.parsing import parse
from spoiwo.kernel.expressions.units import unit_of
from spoiwo.monitoring.messages import in_words, unit_in_words
from spoiwo.monitoring.models import IndicatorVersion, Measure
from spoiwo.monitoring.models import choices as labels
from spoiwo.monitoring.queries.plans import objectives_of
from spoiwo.monitoring.rules.cards import written_unit
from spoiwo.monitoring.tables.aims import aims_with_breaks
from spoiwo.monitoring.tables.figures import number, places_of
from spoiwo.monitoring.types import Aims, Quality
from spoiwo.territory import queries as territory
from spoiwo.toolkit.templatetags.spoiwo import percent, pl_date

Lines = list[tuple[str, str]]


def name_of(version: IndicatorVersion) -> str:
    """The name in the reader's language."""
    return version.name_en if get_language() == "en" else version.name_pl


def text_of(version: IndicatorVersion, field: str) -> str:
    """What the card says in the reader's language, in the other one when only that is there."""
    polish, english = version.texts.get(field, ""), version.texts.get(f"{field}_en", "")
    return str(english or polish if get_language() == "en" else polish or english)


def card_lines(version: IndicatorVersion, measures: Sequence[Measure], *, with_people: bool = False) -> Lines:
    """All fields of the card that say something, formulas as phrases and as they are written. with_people: also who
    drafted and who approved it, for those who are signed in.
    """
    aims = aims_with_breaks(version)
    lines = [
        *_about(version, aims),
        *_computed(version, measures),
        *_reckoned(version.entry),
        *_collected(version, measures, aims),
        *_aimed(version, aims),
        *_used(version, measures, aims),
        *(_people(version) if with_people else ()),
    ]
    return [(str(label), str(text)) for label, text in lines if text]


def _about(version: IndicatorVersion, aims: Aims) -> Iterable[tuple[str, str]]:
    yield _("Code and version"), f"{version.indicator.code}, {version.number}"
    yield _("In force"), _in_force(version)
    yield _("Name in Polish"), version.name_pl
    yield _("Name in English"), version.name_en
    yield _("Short name"), text_of(version, "short_name")
    yield _("Side of the sector"), version.indicator.get_side_display()
    yield _("Objectives that it watches"), "; ".join(objectives_of(version))
    yield _("Link in the chain of results"), str(labels.LEVELS[aims.level])
    yield _("Definition"), text_of(version, "definition")
    yield _("Why it is watched"), text_of(version, "rationale")


def _people(version: IndicatorVersion) -> Iterable[tuple[str, str]]:
    yield _("Drafted by"), institutions.full_name(version.drafted_by_user_id)
    yield _("Approved by"), institutions.full_name(version.approved_by_user_id)


def _in_force(version: IndicatorVersion) -> str:
    if version.approved_at is None:
        return ""
    if version.retired_at is None:
        return _("since %(day)s") % {"day": pl_date(version.approved_at)}
    return _("from %(first)s to %(last)s") % {
        "first": pl_date(version.approved_at),
        "last": pl_date(version.retired_at),
    }


def _computed(version: IndicatorVersion, measures: Sequence[Measure]) -> Iterable[tuple[str, str]]:
    polish = get_language() != "en"
    names = {measure.code: measure.name_pl if polish else measure.name_en for measure in measures}
    entry: Mapping[str, Any] = version.entry
    below = entry.get("denominator", "")
    yield _("Kind of figure"), str(labels.KINDS.get(entry["kind"], entry["kind"]))
    yield _("What is counted"), in_words(parse(entry["numerator"]), names)
    yield _("Divided by"), in_words(parse(below), names) if below else ""
    formula = entry["numerator"] + (f" / ({below})" if below else "")
    yield _("Formula"), f"{formula} × {number(entry.get('multiplier', 1))}"
    yield _("Unit of the figure"), _unit(entry, {measure.code: measure.unit for measure in measures})
    yield _("Decimal places"), str(places_of(version))


def _unit(entry: Mapping[str, Any], units: Mapping[str, str]) -> str:
    """The unit as words; a share is in per cent whatever it counts."""
    if entry["kind"] == "share":
        return _("per cent")
    above = unit_of(parse(entry["numerator"]), units)
    if not entry.get("denominator"):
        return unit_in_words(written_unit(above))
    parts = (written_unit(above), written_unit(unit_of(parse(entry["denominator"]), units)))
    return " / ".join(unit_in_words(part) for part in parts)


def _reckoned(entry: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    yield _("Territories"), ", ".join(str(labels.PLACES[level]) for level in entry.get("levels", [2]))
    edition = territory.register_state()
    yield _("Register of territories as of"), pl_date(edition) if edition else ""
    yield _("Broken down by"), _(" crossed with ").join(map(labels.dimension_name, entry.get("by", [])))
    yield _("Period"), str(labels.GRAINS[entry.get("grain", "year")])
    yield _("Several reports in one period"), str(labels.TIMES[entry.get("time", "sum")])
    yield _("Places together"), str(labels.SPACES[entry.get("space", "sum")])


def _collected(
    version: IndicatorVersion, measures: Sequence[Measure], aims: Aims
) -> Iterable[tuple[str, str]]:
    entry = version.entry
    used = [one.source for one in _used_measures(entry, measures) if one.source]
    sources = dict.fromkeys(str(labels.SOURCES.get(source, source)) for source in used)
    yield _("Who or what is described"), text_of(version, "population")
    yield _("Source of the data"), text_of(version, "source") or ", ".join(sources)
    yield _("How the data are collected"), text_of(version, "method")
    yield _("Data are due"), _days(aims.due_days)
    yield _("Corrections are taken"), _days(aims.correction_days)
    yield _("Kept by"), version.indicator.institution.name
    yield _("When an answer is missing"), str(labels.MISSING[entry.get("missing", "require_all")])
    yield (
        _("Least response"),
        "" if aims.least_response is None else percent(aims.least_response / 100, 0),
    )


def _used_measures(entry: Mapping[str, Any], measures: Sequence[Measure]) -> list[Measure]:
    below = entry.get("denominator", "")
    parsed = [parse(entry["numerator"]), *([parse(below)] if below else [])]
    codes = {operand.measure for node in parsed for operand in operands(node)}
    return [measure for measure in measures if measure.code in codes]


def _days(days: int | None) -> str:
    if days is None:
        return ""
    return ngettext("within %(n)s day after the period", "within %(n)s days after the period", days) % {
        "n": days
    }


def _aimed(version: IndicatorVersion, aims: Aims) -> Iterable[tuple[str, str]]:
    if aims.baseline is not None:
        source = text_of(version, "baseline_source")
        told = f"{number(aims.baseline, places_of(version))} ({aims.baseline_period})"
        yield _("Baseline"), f"{told}, {source}" if source else told
    yield _("Direction wanted"), str(labels.DIRECTIONS[aims.direction])
    yield (
        _("Targets"),
        "; ".join(
            f"{period}: {number(value, places_of(version))}" for period, value in sorted(aims.targets.items())
        ),
    )
    yield _("Why these targets"), text_of(version, "target_reason")


def _used(version: IndicatorVersion, measures: Sequence[Measure], aims: Aims) -> Iterable[tuple[str, str]]:
    entry = version.entry
    used = _used_measures(entry, measures)
    is_open = bool(used) and all(measure.is_open for measure in used)
    protects = labels.PROTECTS[entry.get("protects", "entities")]
    yield _("What may not be shown"), str(labels.NOBODY_TO_PROTECT if is_open else protects)
    yield _("More about confidentiality"), text_of(version, "confidentiality")
    yield _("Who sees the figures"), str(labels.REACHES[aims.reach])
    yield _("Comparability over time"), text_of(version, "comparability")
    yield (
        _("Breaks of the series"),
        "; ".join(f"{period}: {reason}" for period, reason in sorted(aims.breaks.items())),
    )
    yield _("Limitations"), text_of(version, "limitations")
    yield _("Use and readers"), text_of(version, "use")


def different_lines(
    before: IndicatorVersion, after: IndicatorVersion, measures: Sequence[Measure]
) -> list[tuple[str, str, str]]:
    """Lines of two versions that are not the same: label, text before, text after."""
    own = {_("Code and version"), _("In force")}
    old, new = dict(card_lines(before, measures)), dict(card_lines(after, measures))
    return [
        (label, old.get(label, ""), new.get(label, ""))
        for label in dict.fromkeys((*old, *new))
        if old.get(label) != new.get(label) and label not in own
    ]


def quality_lines(quality: Quality) -> list[tuple[str, str, str]]:
    """The quality box: label, what was worked out, tone of the remark ("ok", "soon" or none)."""
    lines = [
        (_("Response in the newest period"), _share(quality.response), _tone(quality.enough_response)),
        (_("Figures that are known"), _share(quality.known), ""),
        (_("Figures hidden for confidentiality"), _share(quality.hidden), ""),
        (_("From the end of the period to publication"), _after(quality.days), _tone(quality.in_time)),
        (_("Periods that can be compared"), f"{quality.comparable} / {quality.periods}", ""),
    ]
    return [(label, text, tone) for label, text, tone in lines if text]


def _share(share: float | None) -> str:
    return "" if share is None else percent(share, 0)


def _after(days: int | None) -> str:
    return "" if days is None else ngettext("%(n)s day", "%(n)s days", days) % {"n": days}


def _tone(good: bool | None) -> str:
    return {True: "ok", False: "soon", None: ""}[good]
