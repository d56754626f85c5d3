"""Hidden people, an emergency access, rules and an incident, so that the desk of a demonstration has work on it."""

from datetime import date, timedelta

from django.contrib.auth import get_user_model
from django.utils import timezone

from spoiwo.access.types import Kept, KeptUntil, RestrictionKind
from spoiwo.cli.demo import region_data as paper
from spoiwo.clients.queries import listing
from spoiwo.clients.queries import retention as kept
from spoiwo.clients.services import emergencies, restricting, retaining
from spoiwo.clients.services.emergencies import Sought
from spoiwo.institutions import queries as institutions
from spoiwo.institutions.types import Role
from spoiwo.kernel.actor import Actor
from spoiwo.oversight import services as oversight
from spoiwo.oversight.types import Source
from spoiwo.toolkit.context import acting_for

HIDDEN_PLACE = 1  # on the case worker's list
RULES = (
    (Kept.CLIENT, KeptUntil.NOT_IN_REGISTER, 120, "JRWA 5311, kategoria B10"),
    (Kept.HISTORY, KeptUntil.REPLACED, 24, "regulamin wymiany danych, § 7"),
)
REASON = "Sprawca przemocy zna pracowników urzędu."
URGENT = "Dziecko zostało samo w domu, policja prosi o numer telefonu opiekuna."
INCIDENT = "Wydruk listy obecności z nazwiskami został na ladzie; znaleziono go po godzinie."


def load_guarding(today: date) -> int:
    """One office's hidden client, emergency access, rules of retention and incident; how many things were made."""
    supervisor = _actor(paper.PUP_GORZOW, Role.SUPERVISOR, today)
    worker = _actor(paper.PUP_GORZOW, Role.CASE_WORKER, today)
    with acting_for(supervisor.institution_id, user_id=supervisor.user_id):
        if kept.rules_of(supervisor).exists():
            return 0
        for what, event, months, basis in RULES:
            retaining.add_rule(kept=what, event=event, months=months, basis=basis, by=supervisor)
        oversight.open_incident(
            source=Source.OTHER,
            description=INCIDENT,
            now=timezone.now() - timedelta(hours=20),
            by=supervisor,
        )
        _hide_one(worker, supervisor, today)
        oversight.watch(supervisor.institution_id)
    return len(RULES) + 3


def _hide_one(worker: Actor, supervisor: Actor, today: date) -> None:
    """Hide a client of the worker's list, whom the worker then opens in an emergency that is over by now."""
    scope = listing.list_scope(worker, day=today)
    row = listing.common_clients(scope, listing.ListFilter(), page="1", per_page=25).rows[HIDDEN_PLACE]
    restricting.restrict_client(
        record_uuid=row.uuid,
        kind=RestrictionKind.VIOLENCE,
        reason=REASON,
        readers=[supervisor.user_id],
        until=None,
        by=supervisor,
    )
    with acting_for(worker.institution_id, user_id=worker.user_id):
        opened = emergencies.open_in_emergency(
            sought=Sought(first_name=row.first_name, last_name=row.last_name, birth_date=row.birth_date),
            reason=URGENT,
            minutes=15,
            purpose=None,
            by=worker,
        )
        emergencies.end(uuid=opened.uuid, by=worker)


def _actor(code: str, role: Role, today: date) -> Actor:
    found = institutions.by_code(code)
    assert found is not None, "the directory was loaded before"
    user = get_user_model().objects.get(email=paper.worker_of(code, role).email)
    actor = institutions.actor_for(user, institution_id=found.pk, day=today)
    assert actor is not None, "the worker was authorised before"
    return actor
