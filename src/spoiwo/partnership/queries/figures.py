"""Figures of the annual report: each with the rows it counts, so that every figure can be opened."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet

from spoiwo.kernel.actor import Actor
from spoiwo.partnership.models import Agreement, Body, Communique, Delivery, Implementation, Meeting, Outcome
from spoiwo.partnership.queries.agreements import accessions_on
from spoiwo.partnership.querysets import TAKEN_PLACE
from spoiwo.partnership.types import AccessionState, DeliveryState, MeetingKind, OutcomeKind, ReportFigure

_BY_KIND = (
    ("council_meetings", MeetingKind.COUNCIL),
    ("signatories_meetings", MeetingKind.SIGNATORIES),
    ("committee_meetings", MeetingKind.COMMITTEE),
    ("support_centre_meetings", MeetingKind.SUPPORT_CENTRE),
    ("information_meetings", MeetingKind.INFORMATION),
    ("trainings", MeetingKind.TRAINING),
    ("forum_meetings", MeetingKind.FORUM),
)
LISTED = (  # what a report lists; signatories and deliveries have lists of their own elsewhere
    *(key for key, _kind in _BY_KIND),
    *("recommendations", "implementations", "conclusions", "communiques"),
)
_REACHED = (DeliveryState.ACKNOWLEDGED, DeliveryState.PROVEN)


def figures_of_year(agreement: Agreement, year: int) -> tuple[ReportFigure, ...]:
    """All figures of a year, in the order of the report; rows are "type:id"."""
    sent = Communique.objects.filter(body__agreement=agreement, year=year, sent_on__isnull=False)
    return _figures(agreement, date(year, 1, 1), date(year, 12, 31), None, sent)


def figures_of_period(
    agreement: Agreement, first: date, last: date, body: Body | None = None
) -> tuple[ReportFigure, ...]:
    """The same figures between two days, of one body when it is named; communiqués by the day they were sent."""
    sent = Communique.objects.filter(body__agreement=agreement, sent_on__range=(first, last), **_of(body))
    return _figures(agreement, first, last, body, sent)


def _of(body: Body | None) -> dict[str, Any]:
    return {"body": body} if body else {}


def _figures(
    agreement: Agreement, first: date, last: date, body: Body | None, sent: QuerySet[Communique]
) -> tuple[ReportFigure, ...]:
    meetings = Meeting.objects.filter(
        body__agreement=agreement, starts_on__range=(first, last), state__in=TAKEN_PLACE, **_of(body)
    )
    found = [_signatories(agreement, last)]
    for key, kind in _BY_KIND:
        found.append(_counted(key, "meeting", meetings.filter(kind=kind)))
    outcomes = Outcome.objects.filter(
        body__agreement=agreement, meeting__starts_on__range=(first, last), **_of(body)
    ).exclude(state__in=("proposed", "rejected"))
    recommendations = outcomes.filter(kind=OutcomeKind.RECOMMENDATION)
    found += [
        _counted("recommendations", "outcome", recommendations),
        _counted(
            "recommendations_implemented", "outcome", recommendations.filter(implementations__isnull=False)
        ),
        _counted(
            "implementations", "implementation", Implementation.objects.filter(outcome__in=recommendations)
        ),
        _counted("conclusions", "outcome", outcomes.filter(kind=OutcomeKind.CONCLUSION)),
        _counted("conclusions_verified", "outcome", outcomes.filter(state="verified")),
    ]
    return (*found, *_communiques(sent))


def _communiques(sent: QuerySet[Communique]) -> tuple[ReportFigure, ...]:
    newest = Delivery.objects.filter(communique__in=sent)
    pairs = sorted(set(newest.values_list("communique_id", "institution_id")))
    reached = sorted(set(newest.filter(state__in=_REACHED).values_list("communique_id", "institution_id")))
    institutions = sorted({institution for _, institution in pairs})
    return (
        _counted("communiques", "communique", sent),
        ReportFigure("communique_institutions", len(institutions), _rows("institution", institutions)),
        ReportFigure("communique_deliveries", len(pairs), tuple(f"delivery:{a}/{b}" for a, b in pairs)),
        ReportFigure(
            "communique_deliveries_reached", len(reached), tuple(f"delivery:{a}/{b}" for a, b in reached)
        ),
    )


def _signatories(agreement: Agreement, day: date) -> ReportFigure:
    signed = accessions_on(agreement, day, state=AccessionState.SIGNED)
    return _counted("signatories", "accession", signed)


def _counted(key: str, kind: str, found: Any) -> ReportFigure:
    ids = sorted(set(found.values_list("pk", flat=True)))
    return ReportFigure(key, len(ids), _rows(kind, ids))


def _rows(kind: str, ids: Iterable[int]) -> tuple[str, ...]:
    return tuple(f"{kind}:{pk}" for pk in ids)


def rows_seen_by(actor: Actor, agreement: Agreement, rows: Iterable[str]) -> list[tuple[str, str, str]]:
    """Rows of a figure as the actor may see them; what is for members of a body only is there without words."""
    of_agreement = {"body__agreement": agreement}
    seen = {
        f"{kind}:{uuid}"
        for kind, model in (("meeting", Meeting), ("outcome", Outcome), ("communique", Communique))
        for uuid in model.objects.visible_to(actor).filter(**of_agreement).values_list("uuid", flat=True)
    }
    return [
        line if line[2] in seen or line[2].startswith("institution:") else ("", "", "")
        for line in rows_in_words(agreement, rows)
    ]


def lists_of(agreement: Agreement, figures: Iterable[ReportFigure]) -> dict[str, list[tuple[str, str]]]:
    """(day, words) of the rows that a report lists, by key; what is for members of a body only is left out."""
    inside = {"body__agreement": agreement}
    internal = {
        f"meeting:{uuid}"
        for uuid in Meeting.objects.filter(visibility="body", **inside).values_list("uuid", flat=True)
    } | {
        f"outcome:{uuid}"
        for uuid in Outcome.objects.filter(meeting__visibility="body", **inside).values_list(
            "uuid", flat=True
        )
    }
    return {
        one.key: [
            (day, words)
            for day, words, reference in rows_in_words(agreement, one.rows)
            if reference not in internal
        ]
        for one in figures
        if one.key in LISTED
    }


def rows_in_words(agreement: Agreement, rows: Iterable[str]) -> list[tuple[str, str, str]]:
    """Rows of a figure as (day, title, kind and key of its page)."""
    by_kind: dict[str, list[str]] = {}
    for row in rows:
        kind, _, pk = row.partition(":")
        by_kind.setdefault(kind, []).append(pk)
    return [line for kind, ids in by_kind.items() for line in _LINES[kind](agreement, ids)]


def _meeting_lines(agreement: Agreement, ids: list[str]) -> list[tuple[str, str, str]]:
    found = Meeting.objects.filter(body__agreement=agreement, pk__in=ids).order_by("starts_on", "pk")
    return [
        (one.starts_on.isoformat() if one.day_known else "", one.title, f"meeting:{one.uuid}")
        for one in found
    ]


def _outcome_lines(agreement: Agreement, ids: list[str]) -> list[tuple[str, str, str]]:
    found = Outcome.objects.filter(body__agreement=agreement, pk__in=ids).order_by("pk")
    return [("", f"{one.code}: {one.text}", f"outcome:{one.uuid}") for one in found]


def _implementation_lines(agreement: Agreement, ids: list[str]) -> list[tuple[str, str, str]]:
    found = Implementation.objects.filter(outcome__body__agreement=agreement, pk__in=ids).order_by("pk")
    return [(one.on.isoformat() if one.on else "", one.title, f"outcome:{one.outcome.uuid}") for one in found]


def _communique_lines(agreement: Agreement, ids: list[str]) -> list[tuple[str, str, str]]:
    found = Communique.objects.filter(body__agreement=agreement, pk__in=ids).order_by("pk")
    return [
        (one.sent_on.isoformat() if one.sent_on and one.day_known else "", str(one), f"communique:{one.uuid}")
        for one in found
    ]


def _accession_lines(agreement: Agreement, ids: list[str]) -> list[tuple[str, str, str]]:
    found = agreement.accessions.filter(pk__in=ids).select_related("institution")
    return [
        ("", one.institution.name, f"institution:{one.institution.code}")
        for one in found.order_by("institution__sort_key")
    ]


def _institution_lines(agreement: Agreement, ids: list[str]) -> list[tuple[str, str, str]]:
    return _accession_lines(
        agreement,
        [str(pk) for pk in agreement.accessions.filter(institution_id__in=ids).values_list("pk", flat=True)],
    )


def _delivery_lines(agreement: Agreement, ids: list[str]) -> list[tuple[str, str, str]]:
    communiques = {str(one.pk): one for one in Communique.objects.filter(body__agreement=agreement)}
    names = {
        str(pk): name for pk, name in agreement.accessions.values_list("institution_id", "institution__name")
    }
    pairs = [one.split("/") for one in ids]
    return [
        ("", f"{communiques[a].number}: {names.get(b, b)}", f"communique:{communiques[a].uuid}")
        for a, b in pairs
        if a in communiques
    ]


_LINES = {
    "meeting": _meeting_lines,
    "outcome": _outcome_lines,
    "implementation": _implementation_lines,
    "communique": _communique_lines,
    "accession": _accession_lines,
    "institution": _institution_lines,
    "delivery": _delivery_lines,
}
