"""One of everything that the addresses of the support register can name."""

from collections.abc import Iterator
from datetime import date
from typing import Any
from uuid import uuid4

from spoiwo.institutions.models import Institution
from spoiwo.kernel.actor import Actor
from spoiwo.support.models import PathTemplate
from spoiwo.support.services import cases, certificates, events, partnerships, paths, people
from spoiwo.support.types import EventKind, RecipientKind, RecipientRef
from spoiwo.toolkit.context import acting_for
from tests.makers import support as made

DAY = date(2024, 5, 14)


def things_of(office: Institution, last_name: str) -> Iterator[tuple[str, tuple[Any, ...]]]:
    """(kind of thing, arguments of its address) for everything a centre with one adviser has."""
    by = made.adviser_of(office)
    person = made.person(by, last_name=last_name)
    entity = made.entity(by, f"Spółdzielnia {last_name}")
    delivery = made.delivered(by, person)
    fair = made.event(by, kind=EventKind.FAIR, title="Targi próbne")
    yield "supported person", (person.uuid,)
    yield "supported entity", (entity.uuid,)
    yield "delivery", (delivery.uuid,)
    yield "event", (fair.uuid,)
    yield "public event", (fair.code,)
    with acting_for(office.pk):
        yield from _certified(by, person)
        yield from _worked_on(by, RecipientRef(RecipientKind.PERSON, person.uuid), entity.uuid)


def absent_things() -> Iterator[tuple[str, tuple[Any, ...]]]:
    """The same addresses for things that are not there."""
    for kind in (
        *("supported person", "supported entity", "delivery", "event", "registration", "initiative group"),
        *("support case", "promise", "case document", "partnership group", "match", "goal", "path"),
    ):
        yield kind, (uuid4(),)
    yield "public event", ("0123456789",)
    yield "certificate", (999_999, "0" * 16)
    yield "note of a group", (uuid4(), "goal")
    yield "stage", (uuid4(), "recruitment")


def _certified(by: Actor, person: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    training = made.event(by, 240)
    registration = made.attended(by, training, person, 240)
    events.report_event(training.uuid, today=made.TODAY, by=by)
    (issued,) = certificates.issue_certificates(training.uuid, today=made.TODAY, by=by)
    yield "registration", (registration.uuid,)
    yield "certificate", (by.institution_id, issued.code)


def _worked_on(by: Actor, person: RecipientRef, entity: Any) -> Iterator[tuple[str, tuple[Any, ...]]]:
    group = people.add_group(name="Grupa", founded_on=DAY, by=by)
    case = cases.open_case(recipient=person, goal="własna firma", opened_on=DAY, by=by)
    promise = cases.promise(case.uuid, text="biznesplan", due_on=DAY, by=by)
    document = cases.add_document(case.uuid, name="biznesplan.pdf", content=b"%PDF", by=by)
    partnership = partnerships.open_partnership(name="Grupa", area="usługi", opened_on=DAY, by=by)
    goal = partnerships.set_goal(partnership.uuid, text="oferta", due_on=None, by=by)
    match = partnerships.propose(partnership.uuid, entity=entity, offers="", activity="", level=None, by=by)
    template = PathTemplate.objects.get(code="incubation-people", is_current=True)
    path = paths.begin_path(template_id=template.pk, recipient=person, opened_on=DAY, by=by)
    yield "initiative group", (group.uuid,)
    yield "support case", (case.uuid,)
    yield "promise", (promise.uuid,)
    yield "case document", (document.uuid,)
    yield "partnership group", (partnership.uuid,)
    yield "note of a group", (partnership.uuid, "goal")
    yield "goal", (goal.uuid,)
    yield "match", (match.uuid,)
    yield "path", (path.uuid,)
    yield "stage", (path.uuid, "recruitment")
