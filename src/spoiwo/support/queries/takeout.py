"""The register of a support centre: whom it supports, with what, and what came of it."""

from collections.abc import Iterator, Sequence

from spoiwo.kernel.actor import Actor
from spoiwo.kernel.sealing import unseal
from spoiwo.support import models
from spoiwo.toolkit.keys import PESEL, key_ring
from spoiwo.toolkit.takeout import AT_ONCE, Takeout, as_text, same, takeout

_PERSON = (
    *("number", "first_name", "last_name", "birth_date", "sex", "phone", "email", "teryt"),
    *("labour_status", "education", "supported_from"),
)
_RECIPIENT = {"person": "participant__number", "entity": "entity__name", "group": "group__name"}


def tables(actor: Actor) -> list[Takeout]:
    """All tables of the register; deliveries at which somebody hidden was are left out, as on screen."""
    return [*_recipients(actor), *_given(actor), *_events(actor), *_cases(actor), *_totals(actor)]


def _recipients(actor: Actor) -> list[Takeout]:
    entities = models.Entity.objects.visible_to(actor)
    groups = models.Group.objects.visible_to(actor)
    return [
        Takeout("support_people", (*_PERSON, "pesel"), lambda: _people(actor)),
        takeout(
            "support_entities", entities, same("name", "kind", "is_social", "nip", "regon", "krs", "teryt")
        ),
        takeout(
            "support_groups",
            groups,
            {**same("name", "teryt", "founded_on", "became_on"), "became": "became__name"},
        ),
    ]


def _people(actor: Actor) -> Iterator[Sequence[str]]:
    ring = key_ring()
    people = models.Participant.objects.visible_to(actor).order_by("pk")
    for one in people.iterator(chunk_size=AT_ONCE):
        sealed = bytes(one.pesel_sealed)
        pesel = unseal(ring.unwrap(bytes(one.wrapped_key)), sealed, PESEL) if sealed else ""
        yield [*(as_text(getattr(one, name)) for name in _PERSON), pesel]


def _given(actor: Actor) -> list[Takeout]:
    delivery = (
        *("kind", "day", "starts_at", "minutes", "mode", "topic", "place", "teryt", "anonymous_headcount"),
        *("de_minimis_pln", "withdrawn_at"),
    )
    given = models.Delivery.objects.visible_to(actor)
    there = models.DeliveryParticipant.objects.visible_to(actor)
    return [
        takeout(
            "support_given",
            given,
            {
                "support": "uuid",
                **_RECIPIENT,
                **same(*delivery),
                "project": "project__name",
                "case": "case__number",
                "adviser": "adviser__full_name",
            },
        ),
        takeout(
            "support_given_people",
            there,
            {"support": "delivery__uuid", "person": "participant__number", **same("minutes")},
        ),
    ]


def _events(actor: Actor) -> list[Takeout]:
    event = (
        *("kind", "title", "about", "place", "teryt", "starts_on", "ends_on", "capacity"),
        *("is_public", "state", "anonymous_headcount"),
    )
    person = ("first_name", "last_name", "email", "phone", "represents", "needs", "state", "is_from_public")
    return [
        takeout("support_events", models.Event.objects.visible_to(actor), {"event": "uuid", **same(*event)}),
        takeout(
            "support_sessions",
            models.Session.objects.visible_to(actor),
            {
                "session": "uuid",
                "event": "event__uuid",
                **same("day", "starts_at", "minutes", "title", "track", "leader"),
            },
        ),
        takeout(
            "support_registrations",
            models.Registration.objects.visible_to(actor),
            {
                "registration": "uuid",
                "event": "event__uuid",
                "person": "participant__number",
                **same(*person),
            },
        ),
        takeout(
            "support_attendance",
            models.Attendance.objects.visible_to(actor),
            {
                "session": "session__uuid",
                "registration": "registration__uuid",
                "person": "participant__number",
                **same("minutes"),
            },
        ),
    ]


def _cases(actor: Actor) -> list[Takeout]:
    case = ("number", "goal", "stage", "opened_on", "closed_on", "outcome")
    path = ("opened_on", "state", "ended_on", "exit_reason", "plan_refs")
    return [
        takeout("support_cases", models.SupportCase.objects.visible_to(actor), {**_RECIPIENT, **same(*case)}),
        takeout(
            "support_case_steps",
            models.CaseStep.objects.visible_to(actor),
            {"case": "case__number", **same("text", "due_on", "done_on")},
        ),
        takeout(
            "support_de_minimis",
            models.DeMinimis.objects.visible_to(actor),
            {"case": "case__number", **same("granted_on", "amount_pln", "amount_eur", "certificate_number")},
        ),
        takeout(
            "support_paths",
            models.Path.objects.visible_to(actor),
            {"path": "uuid", "kind": "template__code", **_RECIPIENT, **same(*path)},
        ),
        takeout(
            "support_path_stages",
            models.PathStage.objects.visible_to(actor),
            {"path": "path__uuid", **same("code", "passed_on")},
        ),
    ]


def _totals(actor: Actor) -> list[Takeout]:
    kfs = ("first_day", "last_day", "priority", "employers", "people", "amount_pln", "wording")
    promotion = ("kind", "title", "day", "minutes", "reach")
    return [
        takeout("promotion", models.Promotion.objects.visible_to(actor), same(*promotion)),
        takeout("kfs_totals", models.KfsTotal.objects.visible_to(actor), same(*kfs)),
    ]
